//! The form as WebAssembly: compiled, and joined to JavaScript.
use std::fs;
use std::path::{Path, PathBuf};

use walrus::Module;
use wasm_bindgen_cli_support::Bindgen;

use crate::parts;
use crate::step::{OrSay, Outcome, clear, fail, in_ci, run, say, target, write};
use crate::toolchain::{self, Toolchain};

/// What a build is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mode {
    /// For a phone: small, and for old engines too.
    Ship,
    /// For the person at this keyboard: soon.
    Dev,
}

pub(crate) const FORM: &str = "ruhu_web";

/// The form, and what it fetches when it is wanted: what reads a standard's file, what
/// seals and opens hand-over files, and what makes QR codes of them and back.
pub(crate) const PAGE: [&str; 4] = [FORM, "ruhu_reader", "ruhu_safe", "ruhu_codes"];

/// The core without a form.
pub(crate) const CORE: &str = "ruhu_assess";

/// Whoever judges by the thousand waits for the judging, and not for the download.
const CORE_PROFILE: &str = "assess";

/// Builds modules; the folder returned holds a `.js` and a `_bg.wasm` of each.
pub(crate) fn build(mode: Mode, modules: &[&str]) -> Outcome<PathBuf> {
    let toolchain = toolchain::prepare(mode)?;
    let folder = match mode {
        Mode::Ship if modules == PAGE => "web",
        Mode::Ship => "package",
        Mode::Dev => "debug",
    };
    let joined = target()?.join("web/joined").join(folder);
    clear(&joined)?;
    fs::create_dir_all(&joined).or_say("cannot write to target/: is the disk full?")?;
    for module in modules.iter().copied() {
        let mut compiled = compile(&toolchain, module, mode)?;
        if module == FORM {
            if modules.contains(&CORE) {
                join(&parts::whole(&compiled)?, &whole()?, mode)?;
            }
            compiled = parts::split(&compiled, &joined, mode)?;
        }
        join(&compiled, &joined, mode)?;
    }
    Ok(joined)
}

/// Where the form lies in one part, from which its twin is written.
pub(crate) fn whole() -> Outcome<PathBuf> {
    Ok(target()?.join("web/joined/whole"))
}

/// Compiles one module.
fn compile(toolchain: &Toolchain, module: &str, mode: Mode) -> Outcome<PathBuf> {
    let target = target()?.join("web");
    let (profile, folder) = match mode {
        Mode::Ship if module == CORE => (CORE_PROFILE, CORE_PROFILE),
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
    parts::forget(wasm, mode);
    parts::lend(wasm);
    let short = if mode == Mode::Ship { shorten(wasm) } else { Vec::new() };
    let what = "cannot write the joined form: is the disk full?";
    output.emit(joined).or_say(what)?;
    let name = compiled.file_stem().unwrap_or_default();
    let glue = joined.join(name).with_extension("js");
    let mut text = fs::read_to_string(&glue).or_say(what)?;
    for (long, short) in short {
        text = text.replace(&long, &short);
    }
    if name == FORM {
        text = without_waiting(&text)?;
    }
    write(&glue, text.as_bytes())
}

/// The form's glue without its second way in, which waits for nothing: no browser compiles as
/// much as a form at once, and every phone would download it.
fn without_waiting(glue: &str) -> Outcome<String> {
    const EXPORT: &str = "export { initSync, ";
    let found = glue.split_once("function initSync(");
    let rest =
        found.and_then(|(before, rest)| Some((before, rest.split_once("\n}\n")?.1)));
    match rest {
        Some((before, after)) if after.contains(EXPORT) => {
            Ok([before, &after.replace(EXPORT, "export { ")].concat())
        }
        _ => fail("the glue has no `initSync` any more: what has wasm-bindgen changed?"),
    }
}

/// The form's glue as a function that makes a form: each has a memory of its own. It is
/// given what the wasm imports of the one other script, and told when one of the wasm's functions
/// stops half way. `program` is an expression of JavaScript for what was made, a promise or
/// not, from `imports`, and `stop` the kind of error by which it stops.
pub(crate) fn maker(glue: &str, program: &str, stop: &str) -> Outcome<String> {
    let mut made = String::from("export function make(given, crash) {\n");
    let mut names = Vec::new();
    for line in glue.lines() {
        if let Some(import) = line.strip_prefix("import * as ") {
            let (name, _) = import.split_once(" from ").unwrap_or((import, ""));
            made.push_str(&format!("const {name} = given;\n"));
        } else if let Some(function) = line.strip_prefix("export function ") {
            names.extend(function.split('(').next());
            made.push_str(&format!("function {function}\n"));
        } else if line.starts_with("export {") || line.contains("import.meta") {
        } else if line.starts_with("export ") || line.starts_with("import ") {
            return fail(format!("the glue has a line that no maker knows: {line}"));
        } else {
            made.push_str(line);
            made.push('\n');
        }
    }
    made.push_str(&OPEN.replace("PROGRAM", program).replace("STOP", stop));
    made.push_str(&format!("return {{ open, {} }};\n}}\n", names.join(", ")));
    Ok(made)
}

/// The maker's words for a form in WebAssembly.
pub(crate) const BY_MODULE: [&str; 2] =
    ["WebAssembly.instantiate(module, imports)", "WebAssembly.RuntimeError"];

/// How a form that was made is opened: its functions are watched.
const OPEN: &str = "
async function open(module) {
    const imports = __wbg_get_imports();
    const instance = await PROGRAM;
    __wbg_finalize_init(instance, module);
    wasm = watched(instance.exports);
    return instance.exports;
}
function watched(functions) {
    const made = {};
    for (const [name, item] of Object.entries(functions)) {
        made[name] = typeof item !== 'function' ? item : (...given) => {
            try {
                return item(...given);
            } catch (why) {
                if (why instanceof STOP || why instanceof RangeError) crash(why);
                throw why;
            }
        };
    }
    return made;
}
";

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

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "import * as import1 from \"./rest.js\"\n\
        export function load(text) {\n    return import1.a(text);\n}\n\
        function initSync(module) {\n    if (1) {\n    }\n}\n\
        async function __wbg_init(at) {\n    at = new URL('x', import.meta.url);\n}\n\
        export { initSync, __wbg_init as default };\n";

    #[test]
    fn a_maker_gives_what_the_glue_exports_and_exports_nothing_else() {
        let [program, stop] = BY_MODULE;
        let made = maker(GLUE, program, stop).unwrap();
        assert!(
            made.starts_with(
                "export function make(given, crash) {\nconst import1 = given;"
            )
        );
        assert!(made.contains("return { open, load };"), "{made}");
        assert_eq!(made.matches("export ").count(), 1, "{made}");
        assert!(!made.contains("import.meta"), "{made}");
        assert!(
            made.contains("await WebAssembly.instantiate(module, imports);"),
            "{made}"
        );
        assert!(made.contains("why instanceof WebAssembly.RuntimeError ||"), "{made}");
        assert!(maker("export const a = 1;", program, stop).is_err());
        assert!(maker("import b from \"b\";", program, stop).is_err());
    }

    #[test]
    fn a_form_has_one_way_in() {
        let made = without_waiting(GLUE).unwrap();
        assert!(!made.contains("initSync"), "{made}");
        assert!(made.contains("export { __wbg_init as default };"), "{made}");
        assert!(made.contains("async function __wbg_init"), "{made}");
        assert!(without_waiting("export { __wbg_init as default };").is_err());
    }
}
