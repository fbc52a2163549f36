//! From `www/` and the compiled form to the files a browser loads, named by content.
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use sources::Sources;

use crate::names::{fingerprint, integrity};
use crate::parts;
use crate::step::{OrSay, Outcome, clear, root, say, write};
use crate::twin::{self, TWINS};
use crate::wasm::{self, Mode};
use crate::weigh;

/// The offline worker knows every other file, so it is written last.
const WORKER: &str = "sw.js";

/// What the offline worker keeps, for the worker of a portal around us.
const LIST: &str = "precache-manifest.json";

/// The form and its reader hold these words themselves: nobody ever fetches them.
const HELD: &str = "lang/zh-CN.txt";

/// What only portals have.
const PACKAGE: &str = "embed/";

/// Everything a server hands out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bundle {
    pub(crate) files: BTreeMap<String, File>,
    /// Changes when any file does.
    pub(crate) version: String,
    /// Files that the first page loads, by their final names.
    pub(crate) first_load: BTreeSet<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) bytes: Arc<[u8]>,
    /// The same, compressed; only where it is shorter.
    pub(crate) brotli: Option<Arc<[u8]>>,
    pub(crate) fingerprint: String,
    /// The name changes with the content.
    pub(crate) is_lasting: bool,
}

impl File {
    fn new(bytes: Vec<u8>, is_lasting: bool) -> Self {
        let fingerprint = fingerprint(&bytes);
        Self { bytes: bytes.into(), brotli: None, fingerprint, is_lasting }
    }
}

/// Builds everything; what is to be shipped is weighed and written to `dist/`.
pub(crate) fn build(mode: Mode) -> Outcome<Bundle> {
    let mut sources = read(mode, &wasm::PAGE)?;
    sources.leave_out(PACKAGE);
    if mode == Mode::Ship {
        sources.join()?;
    }
    let root = root();
    let mut bundle = sources.place()?;
    if mode == Mode::Ship {
        say("compressing, as a web server would");
        weigh::compress(&mut bundle);
        store(&bundle, &root.join("dist"))?;
        weigh::first_visit(&bundle)?;
    }
    Ok(bundle)
}

/// Everything that portals get, built: see [`package`].
pub(crate) fn for_package() -> Outcome<PathBuf> {
    let joined = wasm::build(Mode::Ship, &package_modules())?;
    twin::make(&joined)?;
    Ok(joined)
}

fn package_modules() -> Vec<&'static str> {
    [wasm::PAGE.as_slice(), &[wasm::CORE]].concat()
}

/// What a portal imports, and all that it names, of what was built. `instead` names a file
/// that another takes the place of.
pub(crate) fn package(
    joined: &Path,
    entries: &[&str],
    instead: Option<(&str, &str)>,
) -> Outcome<Bundle> {
    let mut sources = gather(Mode::Ship, joined, &package_modules())?;
    for (module, twin) in TWINS.into_iter().filter(|(module, _)| *module != wasm::FORM) {
        let glue = format!("{module}.js");
        sources.make(&glue, &glue, |glue| twin::or_twin(glue, twin))?;
    }
    let [program, stop] = wasm::BY_MODULE;
    let form = |glue: &str| Ok(twin::beside(&wasm::maker(glue, program, stop)?));
    sources.make("ruhu_web.js", "form.js", form)?;
    sources.raise(PACKAGE)?;
    // What is to be sent is kept as visits are.
    sources.lend("keep/", "sealed/");
    let version = format!("export const VERSION = \"{}\";\n", env!("CARGO_PKG_VERSION"));
    sources.write("visit/version.js", version);
    sources.append("style.css", "visit.css", "element.css");
    if let Some((name, other)) = instead {
        sources.make(other, name, |text| Ok(text.to_owned()))?;
    }
    sources.join()?;
    sources.reach(entries)
}

fn read(mode: Mode, modules: &[&str]) -> Outcome<Sources> {
    gather(mode, &wasm::build(mode, modules)?, modules)
}

/// Everything there is, with marks where one file names another.
fn gather(mode: Mode, joined: &Path, modules: &[&str]) -> Outcome<Sources> {
    let mut sources = Sources::new(mode == Mode::Ship);
    let root = root();
    sources.read(&root.join("www"), "")?;
    sources.read(joined, "")?;
    for module in modules {
        let wasm = format!("{module}_bg.wasm");
        sources.mark(&format!("{module}.js"), &wasm, &wasm);
    }
    // Where it is fetched from, and not what the wasm calls it.
    let fetched = format!("from \"./{}\"", parts::LOADER);
    sources.mark("ruhu_web.js", &fetched, parts::LOADER);
    // The words of the languages that the form does not hold itself.
    sources.read(&root.join("core/lang"), "lang/")?;
    sources.leave_out(HELD);
    Ok(sources)
}

fn store(bundle: &Bundle, dist: &Path) -> Outcome<()> {
    clear(dist)?;
    for (name, file) in &bundle.files {
        write(&dist.join(name), &file.bytes)?;
        if let Some(brotli) = &file.brotli {
            write(&dist.join(format!("{name}.br")), brotli)?;
        }
    }
    Ok(())
}

/// As JSON that a person can read.
fn json(value: &impl Serialize) -> Outcome<String> {
    serde_json::to_string_pretty(value).or_say("the list of files is no JSON")
}

/// A file as Workbox takes it.
#[derive(Serialize)]
struct Listed<'a> {
    url: &'a str,
    /// None where the name says it already.
    revision: Option<&'a str>,
    integrity: String,
}

/// What the offline worker keeps, for the worker of a portal.
fn for_portals(files: &BTreeMap<String, File>) -> Outcome<Vec<u8>> {
    let files = files.iter().map(|(url, file)| Listed {
        url,
        revision: (!file.is_lasting).then_some(file.fingerprint.as_str()),
        integrity: integrity(&file.bytes),
    });
    json(&files.collect::<Vec<_>>()).map(String::into_bytes)
}
