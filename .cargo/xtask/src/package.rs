//! `cargo xtask package`: the core and the form as an npm package, for portals.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::bundle::{self, Bundle};
use crate::names::{integrity, kind};
use crate::npm;
use crate::step::{OrSay, Outcome, cargo, clear, fail, root, run, say, target, write};

/// What a portal imports.
const ENTRIES: [&str; 7] =
    ["ruhu.js", "node.js", "visit.js", "frame.html", "connect.js", "send.js", CLASSIC];

/// The same for pages that know no modules.
const CLASSIC: &str = "classic.js";

/// The same in one file, with all that a form needs inside it.
const SINGLE: &str = "single.js";

/// What that file holds: the form and the words of other languages. Reading a county's own
/// standard takes as much again, and is left to the others.
const CARRIED: [&str; 4] = ["element", "rest", "ruhu_web_bg", "en"];

/// How old an engine the classic scripts are written for.
const LANGUAGE: &str = "--target=es2017";

/// Files of `www/embed/` that go along as they are.
const ALONG: [&str; 5] =
    ["ruhu.d.ts", "visit.d.ts", "connect.d.ts", "send.d.ts", "README.md"];

/// Builds the package, packs it, and says where it lies.
pub(crate) fn build() -> Outcome<PathBuf> {
    let joined = bundle::for_package()?;
    let modules = bundle::package(&joined, &ENTRIES, None)?;
    let place = target()?.join("package");
    let folder = place.join("ruhu");
    clear(&place)?;
    store(&modules, &folder)?;
    let tools = root().join(".cargo/xtask/npm/pack");
    npm::install(&tools, "esbuild makes one script of many")?;
    let base = "var ruhuBase=(document.currentScript||{}).src||location.href;";
    join(&tools, &folder.join(CLASSIC), &folder.join(CLASSIC), base)?;
    let instead = ("rest/files.js", "carried.js");
    let single = bundle::package(&joined, &[SINGLE, "visit.js"], Some(instead))?;
    let parts = place.join("single");
    store(&single, &parts)?;
    let carried = format!("{base}var ruhuCarried={};", carried(&single)?);
    join(&tools, &parts.join(SINGLE), &folder.join(SINGLE), &carried)?;
    let own = root().join("www/embed");
    for name in ALONG {
        write(&folder.join(name), &read(&own.join(name))?)?;
    }
    write(&folder.join("package.json"), described(&own)?.as_bytes())?;
    write(&folder.join("LICENSE"), &read(&root().join("LICENSE"))?)?;
    manifest(&tools, &own, &place, &folder)?;
    sums(&folder)?;
    let mut npm = Command::new("npm");
    npm.current_dir(&place).args(["pack", "--silent", "./ruhu"]);
    run(&mut npm, "npm cannot pack the package")?;
    say(format!("the package lies in {}", place.display()));
    Ok(place)
}

/// The command line, built.
pub(crate) fn command_line() -> Outcome<PathBuf> {
    say("building the command line");
    let mut build = cargo();
    build.args(["build", "--release", "--package", "ruhu-cli"]);
    run(&mut build, "the compiler's messages above say where")?;
    Ok(target()?.join("release/ruhu"))
}

/// Whether it is what bundlers and compilers of others expect.
pub(crate) fn check(place: &Path) -> Outcome<()> {
    let tools = root().join(".cargo/xtask/npm/pack/node_modules/.bin");
    let mut publint = Command::new(tools.join("publint"));
    run(publint.arg("--strict").arg(place.join("ruhu")), "the package is not well made")?;
    let packed = place.join(format!("ruhu-{}.tgz", env!("CARGO_PKG_VERSION")));
    let mut attw = Command::new(tools.join("attw"));
    attw.arg(packed).args(["--profile", "esm-only", "--no-emoji", "--no-color"]);
    // What a page loads by a tag has no types: two scripts, and the form in a frame.
    attw.args(["--exclude-entrypoints", "./classic.js", "./single.js", "./frame.html"]);
    run(&mut attw, "its types are not found as they should")
}

fn store(bundle: &Bundle, folder: &Path) -> Outcome<()> {
    for (name, file) in &bundle.files {
        write(&folder.join(name), &file.bytes)?;
    }
    Ok(())
}

fn read(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).or_say(format!("cannot read {}", file.display()))
}

/// What npm is told of the package, with the version that all of it has.
fn described(own: &Path) -> Outcome<String> {
    const NO_VERSION: &str = "\"version\": \"0.0.0\"";
    let text = read(&own.join("package.json"))?;
    let text = String::from_utf8_lossy(&text);
    if !text.contains(NO_VERSION) {
        return fail(format!("www/embed/package.json says {NO_VERSION} no more"));
    }
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    Ok(text.replace(NO_VERSION, &version))
}

/// What tools are told of the element: its attributes, events and parts.
fn manifest(tools: &Path, own: &Path, place: &Path, folder: &Path) -> Outcome<()> {
    const MANIFEST: &str = "custom-elements.json";
    // It looks for scripts and writes only below where it stands.
    let apart = place.join("manifest");
    write(&apart.join("visit.js"), &read(&own.join("visit.js"))?)?;
    let mut analyzer = Command::new(tools.join("node_modules/.bin/cem"));
    analyzer.current_dir(&apart).args(["analyze", "--quiet", "--globs", "visit.js"]);
    run(&mut analyzer, "the element cannot be described")?;
    write(&folder.join(MANIFEST), &read(&apart.join(MANIFEST))?)
}

/// One script of many, as engines of 2017 read it; `before` stands inside it, ahead of all.
fn join(tools: &Path, from: &Path, to: &Path, before: &str) -> Outcome<()> {
    let joined = to.with_extension("joined");
    let mut esbuild = Command::new(tools.join("node_modules/.bin/esbuild"));
    esbuild
        .arg(from)
        .args(["--bundle", "--format=iife", "--global-name=ruhu", "--minify", LANGUAGE])
        .args(["--define:import.meta.url=ruhuBase", "--define:RUHU_CARRIED=ruhuCarried"])
        .args(["--log-level=warning", "--charset=utf8"])
        .arg(format!("--outfile={}", joined.display()))
        .env("NODE_PATH", tools.join("node_modules"));
    run(&mut esbuild, "the scripts cannot be made one")?;
    let text = read(&joined)?;
    fs::remove_file(&joined).or_say("cannot tidy up")?;
    let whole = [b"(function(){", before.as_bytes(), &text, b"self.ruhu=ruhu})();\n"];
    write(to, &whole.concat())
}

/// What the single file carries, as a JSON object by name.
fn carried(bundle: &Bundle) -> Outcome<String> {
    let mut carried = BTreeMap::new();
    for (path, file) in &bundle.files {
        let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
        let stem = name.split('.').next().unwrap_or_default();
        if !CARRIED.contains(&stem) || kind(name) == "js" {
            continue;
        }
        let text = if kind(name) == "css" {
            String::from_utf8_lossy(&file.bytes).into_owned()
        } else {
            const HARDEST: u8 = 10;
            STANDARD.encode(miniz_oxide::deflate::compress_to_vec(&file.bytes, HARDEST))
        };
        carried.insert(name, text);
    }
    serde_json::to_string(&carried).or_say("what is carried is no JSON")
}

/// The digests of all files, as `sha256sum` and as browsers read them.
fn sums(folder: &Path) -> Outcome<()> {
    let mut files = Vec::new();
    gather(folder, "", &mut files)?;
    files.sort();
    let mut lines = String::new();
    let mut digests = BTreeMap::new();
    for name in files {
        let bytes = read(&folder.join(&name))?;
        let digest = Sha256::digest(&bytes);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        lines.push_str(&format!("{hex}  {name}\n"));
        digests.insert(name, integrity(&bytes));
    }
    write(&folder.join("SHA256SUMS"), lines.as_bytes())?;
    let text =
        serde_json::to_string_pretty(&digests).or_say("the digests are no JSON")?;
    write(&folder.join("integrity.json"), text.as_bytes())
}

fn gather(folder: &Path, prefix: &str, into: &mut Vec<String>) -> Outcome<()> {
    let what = format!("cannot read {}", folder.display());
    for entry in fs::read_dir(folder).or_say(&what)? {
        let entry = entry.or_say(&what)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), into)?;
        } else {
            into.push(name);
        }
    }
    Ok(())
}
