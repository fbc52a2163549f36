//! The standard library for WebAssembly, built once from the compiler's own source.
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::names::fingerprint;
use crate::step::{OrSay, Outcome, clear, fail, run, say, target, write};
use crate::toolchain::{OLD_ENGINES, QUIET, Rustc, crates, hide};

const TARGET: &str = "wasm32-unknown-unknown";

/// An empty crate: asking for it makes cargo build the library it stands on.
const MANIFEST: &str = r#"
[package]
name = "ruhu-standard-library"
version = "0.0.0"
edition = "2024"

[workspace]

[profile.release]
opt-level = "z"
codegen-units = 1
"#;

/// The folder to give as `--sysroot`; built on the first call, about a minute of work.
pub(crate) fn prepare(rustc: &Rustc) -> Outcome<PathBuf> {
    let release = rustc.says("release").unwrap_or("unknown");
    let recipe = format!("{}\n{MANIFEST}\n{OLD_ENGINES} {QUIET:?}", rustc.version);
    let name = format!("{release}-{}", fingerprint(recipe.as_bytes()));
    let sysroots = target()?.join("wasm-sysroot");
    let ready = sysroots.join(&name);
    if ready.is_dir() {
        return Ok(ready);
    }
    say(format!(
        "building the standard library of Rust {release} for WebAssembly, once: \
         the ready-made one leaves out phones from before 2021"
    ));
    // Built aside and moved in whole, so that a stopped build leaves nothing half done.
    let work = sysroots.join(format!("{name}.{}", std::process::id()));
    clear(&work)?;
    compile(rustc, &work)?;
    let library = work.join("sysroot/lib/rustlib").join(TARGET).join("lib");
    collect(&work.join("target").join(TARGET).join("release/deps"), &library)?;
    if let Err(error) = fs::rename(work.join("sysroot"), &ready)
        && !ready.is_dir()
    {
        return Err(error).or_say(format!("cannot create {}", ready.display()));
    }
    clear(&work)?;
    Ok(ready)
}

fn compile(rustc: &Rustc, work: &Path) -> Outcome<()> {
    write(&work.join("Cargo.toml"), MANIFEST.as_bytes())?;
    write(&work.join("src/lib.rs"), b"#![no_std]\n")?;
    let source = rustc.source();
    let real = fs::canonicalize(&source).or_say("the library's source is gone")?;
    let mut flags = QUIET.map(str::to_owned).to_vec();
    flags.extend([
        OLD_ENGINES.to_owned(),
        // Else link-time optimisation cannot look into the library.
        "-Cembed-bitcode=yes".to_owned(),
        // Else its inner parts show up as stable crates of their own.
        "-Zforce-unstable-if-unmarked".to_owned(),
        hide(&source),
        hide(&real),
        hide(&crates()),
    ]);
    let mut cargo = rustc.cargo();
    cargo
        .current_dir(work)
        .args(["build", "--release", "--target", TARGET, "--target-dir"])
        .arg(work.join("target"))
        .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
        // A released compiler builds its own library by this switch; ours alone does not
        // get it, so no crate of the form can come to need an unfinished feature.
        .env("RUSTC_BOOTSTRAP", "1");
    run(
        &mut cargo,
        "is the network there? The library's own crates come from the registry",
    )
}

/// Keeps the compiled libraries, leaves everything else.
fn collect(from: &Path, to: &Path) -> Outcome<()> {
    let what = "cannot gather the standard library: is the disk full?";
    fs::create_dir_all(to).or_say(what)?;
    let mut found = false;
    for entry in fs::read_dir(from).or_say(what)? {
        let file = entry.or_say(what)?.path();
        let name = file.file_name().unwrap_or_default();
        let ours = name.to_string_lossy().starts_with("libruhu_standard_library-");
        if file.extension() == Some(OsStr::new("rlib")) && !ours {
            fs::copy(&file, to.join(name)).or_say(what)?;
            found = true;
        }
    }
    if found { Ok(()) } else { fail("cargo built no standard library: is it too old?") }
}
