//! The form as WebAssembly: compiled, and joined to JavaScript.
use std::fs;
use std::path::{Path, PathBuf};

use walrus::{ConstExpr, ElementItems, Module, ModuleConfig};
use wasm_bindgen_cli_support::Bindgen;

use crate::step::{Failure, OrSay, Outcome, clear, in_ci, run, say, target, write};
use crate::toolchain::{self, Toolchain};

/// What a build is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mode {
    /// For a phone: small, and for old engines too.
    Ship,
    /// For the person at this keyboard: soon.
    Dev,
}

const FORM: &str = "ruhu_web";

/// What the first page of the form does without.
pub(crate) const REST: &str = "rest.wasm";

/// What fetches it.
pub(crate) const LOADER: &str = "rest.js";

/// The form, and what it fetches when it is wanted: what reads a standard's file, and what
/// seals and opens hand-over files.
pub(crate) const MODULES: [&str; 3] = [FORM, "ruhu_reader", "ruhu_safe"];

/// Builds the modules; the folder returned holds a `.js` and a `_bg.wasm` of each.
pub(crate) fn build(mode: Mode) -> Outcome<PathBuf> {
    let toolchain = toolchain::prepare(mode)?;
    let folder = if mode == Mode::Ship { "web" } else { "debug" };
    let joined = target()?.join("web/joined").join(folder);
    clear(&joined)?;
    fs::create_dir_all(&joined).or_say("cannot write to target/: is the disk full?")?;
    for module in MODULES {
        let mut compiled = compile(&toolchain, module, mode)?;
        if module == FORM {
            compiled = split(&compiled, &joined, mode)?;
        }
        join(&compiled, &joined, mode)?;
    }
    Ok(joined)
}

/// Compiles one module.
fn compile(toolchain: &Toolchain, module: &str, mode: Mode) -> Outcome<PathBuf> {
    let target = target()?.join("web");
    let (profile, folder) = match mode {
        Mode::Ship => ("web", "web"),
        Mode::Dev => ("dev", "debug"),
    };
    let package = module.replace('_', "-");
    say(format!("compiling {package} to WebAssembly"));
    let mut cargo = toolchain.cargo();
    cargo
        // Only as what a page loads: as a Rust library too, it would not be optimised whole.
        .args(["rustc", "--package", &package, "--lib", "--crate-type", "cdylib"])
        .args(["--target", "wasm32-unknown-unknown", "--profile", profile])
        // A folder of its own: native builds and this one need not wait for each other.
        .arg("--target-dir")
        .arg(&target)
        .env("CARGO_PROFILE_DEV_DEBUG", "false");
    if in_ci() {
        cargo.arg("--locked");
    }
    if module == FORM {
        // Where everything lies, for whoever splits it.
        cargo.args(["--", "-Clink-arg=--emit-relocs", "-Clink-arg=--export-table"]);
    }
    run(&mut cargo, "the compiler's messages above say where")?;

    let compiled = target.join("wasm32-unknown-unknown").join(folder);
    Ok(compiled.join(format!("{module}.wasm")))
}

/// Cuts off what the first page does without; returned is what is left.
fn split(compiled: &Path, joined: &Path, mode: Mode) -> Outcome<PathBuf> {
    let form = fs::read(compiled).or_say("the compiled form is gone")?;
    let parts = target()?.join("web/parts");
    clear(&parts)?;
    let first = parts.join(format!("{FORM}.wasm"));
    let mut options = wasm_split_cli_support::Options::new(&form);
    options.output_dir = &parts;
    options.main_out_path = &first;
    let link = format!("./{LOADER}");
    options.link_name = &link;
    wasm_split_cli_support::transform(options).map_err(|why| {
        Failure::Step(format!(
            "the form cannot be split: {why}; do wasm_split_helpers' release and \
             wasm_split_cli_support's agree?"
        ))
    })?;
    let what = "the rest of the form was not split off: does anything call it?";
    let mut rest = ModuleConfig::new()
        .generate_name_section(mode == Mode::Dev)
        .generate_producers_section(false)
        .parse_file(parts.join("split_rest.wasm"))
        .or_say(what)?;
    forget(&mut rest, mode);
    rest.emit_wasm_file(joined.join(REST)).or_say("cannot write the rest of the form")?;
    Ok(first)
}

/// Takes out what serves only who builds.
fn forget(module: &mut Module, mode: Mode) {
    if mode == Mode::Ship {
        // Says which instructions were allowed; the check of the shipped file must see
        // which ones are used.
        module.customs.remove_raw("target_features");
    }
    // Places held free in the table for the rest of the form, by an instruction that old
    // engines lack: a table is empty where nothing is said.
    let held: Vec<_> = module.elements.iter().filter(|one| is_empty(one)).collect();
    let held: Vec<_> = held.into_iter().map(walrus::Element::id).collect();
    for id in held {
        module.elements.delete(id);
    }
}

fn is_empty(element: &walrus::Element) -> bool {
    match &element.items {
        ElementItems::Functions(functions) => functions.is_empty(),
        ElementItems::Expressions(_, all) => {
            all.iter().all(|one| matches!(one, ConstExpr::RefNull(_)))
        }
    }
}

/// Joins one module to JavaScript.
fn join(compiled: &Path, joined: &Path, mode: Mode) -> Outcome<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .web(true)
        .or_say("wasm-bindgen refuses to write for a web page")?
        .typescript(false)
        // The glue may name the wasm: the bundle then writes its lasting name there.
        .omit_default_module_path(false)
        .remove_producers_section(true)
        // The table of functions, which the rest of the form shares.
        .keep_lld_exports(true)
        // Names of functions help who debugs and cost a phone a third of the download.
        .remove_name_section(mode == Mode::Ship);
    let mut output = bindgen.generate_output().or_say(
        "wasm-bindgen cannot join the form to JavaScript: do its version in Cargo.toml \
         and wasm-bindgen-cli-support's agree?",
    )?;
    let wasm = output.wasm_mut();
    forget(wasm, mode);
    let short = if mode == Mode::Ship { shorten(wasm) } else { Vec::new() };
    let what = "cannot write the joined form: is the disk full?";
    output.emit(joined).or_say(what)?;
    let name = compiled.file_stem().unwrap_or_default();
    let glue = joined.join(name).with_extension("js");
    let mut text = fs::read_to_string(&glue).or_say(what)?;
    for (long, short) in short {
        text = text.replace(&long, &short);
    }
    write(&glue, text.as_bytes())
}

/// Gives what the wasm asks of JavaScript short names; those that it had end in a digest,
/// and a phone would download each of them twice. What was changed is returned.
fn shorten(wasm: &mut Module) -> Vec<(String, String)> {
    let is_digest = |end: &str| {
        end.len() == DIGEST && end.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let mut changed = Vec::new();
    for import in wasm.imports.iter_mut() {
        let end = import.name.rsplit_once('_').map(|(_, end)| end);
        if end.is_some_and(is_digest) {
            let short = format!("_{:x}", changed.len());
            changed.push((std::mem::replace(&mut import.name, short.clone()), short));
        }
    }
    changed
}

/// How many signs the digest has at the end of a name that wasm-bindgen gives.
const DIGEST: usize = 16;
