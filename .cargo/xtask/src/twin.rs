//! Twins of the WebAssembly in plain JavaScript, for pages where that is missing or
//! forbidden.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::names::fingerprint;
use crate::npm;
use crate::step::{OrSay, Outcome, fail, put, root, run, say, target, write};
use crate::wasm::{self, CORE, FORM};
use crate::weigh;

/// What has a twin, and what that is called.
pub(crate) const TWINS: [(&str, &str); 4] = [
    (FORM, "twin_form.js"),
    (CORE, "twin_assess.js"),
    ("ruhu_reader", "twin_reader.js"),
    ("ruhu_safe", "twin_safe.js"),
];

/// How hard wasm2js tries.
const HARD: &str = "-O";

/// How old an engine they are written for, as all scripts that know no modules.
const LANGUAGE: &str = "--target=es2017";

/// The maker's words for a form in JavaScript: where a table has nothing to be called, it
/// stops by the error of any script.
const BY_TWIN: [&str; 2] = ["{ exports: program(imports) }", "TypeError"];

/// Writes the twins beside what they are twins of, and says what they weigh.
pub(crate) fn make(joined: &Path) -> Outcome<()> {
    let mut weights = Vec::new();
    for (module, twin) in TWINS {
        let whole = wasm::whole()?;
        let from = if module == FORM { &whole } else { joined };
        let program = program(&converted(&from.join(format!("{module}_bg.wasm")))?)?;
        let text = if module == FORM {
            let glue = from.join(FORM).with_extension("js");
            let glue = fs::read_to_string(glue).or_say("the glue of the form is gone")?;
            let [made, stop] = BY_TWIN;
            let maker = wasm::maker(&glue, made, stop)?.replacen("export ", "", 1);
            script(&key(twin), &program, &maker, "make")
        } else {
            script(&key(twin), &program, "", "program")
        };
        let text = shortened(&text)?;
        write(&joined.join(twin), &text)?;
        weights.push(format!("  {:>10}  {:>10}  {twin}", text.len(), packed(&text)?));
    }
    say("twins in JavaScript, in bytes, and by brotli:");
    weights.iter().for_each(put);
    Ok(())
}

/// What wasm2js makes of a program; it takes a minute, and what it made is kept.
fn converted(wasm: &Path) -> Outcome<String> {
    let mut from = fs::read(wasm).or_say(format!("there is no {}", wasm.display()))?;
    let lock = root().join(".cargo/xtask/npm/package-lock.json");
    from.extend(fs::read(lock).or_say("package-lock.json is gone")?);
    from.extend(HARD.bytes());
    let made = place(&from, "js")?;
    if fs::metadata(&made).is_err() {
        let name = wasm.file_stem().unwrap_or_default().to_string_lossy();
        say(format!("writing {name} as JavaScript"));
        let half = made.with_extension("half.js");
        write(&half, b"")?;
        let mut convert = npm::binaryen(&root(), "wasm2js")?;
        convert.arg(HARD).arg(wasm).arg("-o").arg(&half);
        run(&mut convert, "the wasm cannot be written as JavaScript")?;
        fs::rename(half, &made).or_say("cannot keep what wasm2js made")?;
    }
    fs::read_to_string(made).or_say("wasm2js wrote no text")
}

/// Where what was made of these bytes is kept.
fn place(from: &[u8], kind: &str) -> Outcome<PathBuf> {
    Ok(target()?.join("web/twins").join(fingerprint(from)).with_extension(kind))
}

fn shortened(text: &str) -> Outcome<Vec<u8>> {
    let [long, short] = ["long.js", "short.js"]
        .map(|name| target().map(|at| at.join("web/twins").join(name)));
    let (long, short) = (long?, short?);
    write(&long, text.as_bytes())?;
    let tools = root().join(".cargo/xtask/npm/pack");
    npm::install(&tools, "esbuild shortens scripts")?;
    let mut esbuild = Command::new(tools.join("node_modules/.bin/esbuild"));
    esbuild.arg(&long).args(["--minify", LANGUAGE, "--charset=utf8"]);
    esbuild.arg("--log-level=warning").arg(format!("--outfile={}", short.display()));
    run(&mut esbuild, "the twin is no script")?;
    fs::read(short).or_say("esbuild wrote nothing")
}

/// How many bytes it is by brotli: so many take a while, and the number is kept.
fn packed(text: &[u8]) -> Outcome<usize> {
    let kept = place(text, "size")?;
    if let Some(size) = fs::read_to_string(&kept).ok().and_then(|size| size.parse().ok())
    {
        return Ok(size);
    }
    let size = weigh::brotli(text).map_or(text.len(), |packed| packed.len());
    write(&kept, size.to_string().as_bytes())?;
    Ok(size)
}

/// By what a twin is found once its script has run: two versions may be on one page.
fn key(twin: &str) -> String {
    format!("{twin} {}", env!("CARGO_PKG_VERSION"))
}

/// How the glue comes to a twin: an expression of JavaScript, a promise of what makes the
/// program.
fn way(twin: &str) -> String {
    let place = format!("new URL(\"./{{{{lazy:{twin}}}}}\", import.meta.url)");
    format!("twin({:?}, {place})", key(twin))
}

/// What the glue takes from `www/embed/twin.js`.
const ASKS: &str = "import { isAllowed, twin } from \"./{{twin.js}}\";\n";

/// The maker of forms, with a way to the twin of what it makes.
pub(crate) fn beside(maker: &str) -> String {
    let [(_, form), ..] = TWINS;
    format!(
        "{ASKS}{maker}export {{ isAllowed }};\nexport const twinned = () => {};\n",
        way(form)
    )
}

/// The glue of a program that fetches itself, and where it may not run, its twin.
pub(crate) fn or_twin(glue: &str, twin: &str) -> Outcome<String> {
    const BEGINS: &str = "async function __wbg_init_once(module_or_path) {\n";
    let Some((before, after)) = glue.split_once(BEGINS) else {
        return fail("the glue begins otherwise: what has wasm-bindgen changed?");
    };
    let way = way(twin);
    Ok(format!(
        "{ASKS}{before}{BEGINS}    if (!isAllowed()) {{\n        \
         const make = await {way};\n        \
         return __wbg_finalize_init({{ exports: make(__wbg_get_imports()) }});\n    }}\n\
         {after}export {{ isAllowed }};\n"
    ))
}

/// The program alone of what wasm2js wrote, which stops and grows as WebAssembly does.
fn program(text: &str) -> Outcome<String> {
    let (_, text) = cut(text, "\n\n")?;
    let (program, _) = cut(text, "\nvar retasmFunc = asmFunc({")?;
    let (before, grows) = cut(program, "function __wasm_memory_grow(")?;
    let (_, after) = cut(grows, "\n }\n")?;
    let program = [before, GROWS, after].concat();
    let (before, after) = cut(&program, TRAP)?;
    with_plain_texts(&[before, "throw new RangeError('unreachable')", after].concat())
}

/// A script that holds in modules and out of them: it leaves `what` under a name. The
/// program is made anew for each who uses it, with a memory of its own.
fn script(key: &str, program: &str, more: &str, what: &str) -> String {
    format!(
        "(globalThis.ruhuTwins = globalThis.ruhuTwins || {{}})[{key:?}] = (function () {{\n\
         \"use strict\";\nfunction program(imports) {{\n{program}\n\
         return asmFunc(imports);\n}}\n{more}\nreturn {what};\n}})();\n"
    )
}

/// Stops as engines do that have no more room for calls: one kind of error for both.
const TRAP: &str = "throw new Error('abort')";

/// More memory, as WebAssembly gives it: the former buffer is detached, by which the glue
/// tells that it is the former one, and where there is no more, -1 says so.
const GROWS: &str = "function __wasm_memory_grow(pages) {
    pages = pages | 0;
    var before = buffer.byteLength >> 16;
    if (pages === 0) return before;
    if (pages < 0 || before + pages > 32767) return -1;
    var more;
    try {
        more = new ArrayBuffer(before + pages << 16);
    } catch (why) {
        return -1;
    }
    new Uint8Array(more).set(HEAPU8);
    var channel = new MessageChannel();
    channel.port1.postMessage(0, [buffer]);
    channel.port1.close();
    buffer = more;
    HEAP8 = new Int8Array(buffer);
    HEAP16 = new Int16Array(buffer);
    HEAP32 = new Int32Array(buffer);
    HEAPU8 = bufferView = new Uint8Array(buffer);
    HEAPU16 = new Uint16Array(buffer);
    HEAPU32 = new Uint32Array(buffer);
    HEAPF32 = new Float32Array(buffer);
    HEAPF64 = new Float64Array(buffer);
    return before;
 }
";

/// What the memory holds at first, as texts of a sign a byte in place of base64, which
/// hides from a compressor what repeats.
fn with_plain_texts(program: &str) -> Outcome<String> {
    const CALL: &str = "base64DecodeToExistingUint8Array(bufferView, ";
    let (head, rest) = cut(program, "  var base64ReverseLookup")?;
    let (_, rest) = cut(rest, "\nfunction initActiveSegments(")?;
    let mut plain = [head, PUT, "function initActiveSegments("].concat();
    let mut rest = rest;
    while let Some((before, after)) = rest.split_once(CALL) {
        let (at, after) = cut(after, ", \"")?;
        let (packed, after) = cut(after, "\")")?;
        let bytes =
            STANDARD.decode(packed).or_say("wasm2js writes no base64 any more")?;
        plain.push_str(before);
        plain.push_str(&format!("put({at}, \"{}\")", literal(&bytes)));
        rest = after;
    }
    plain.push_str(rest);
    Ok(plain)
}

const PUT: &str = "function put(at, text) {
    for (var place = 0; place < text.length; place += 1) {
        bufferView[at + place] = text.charCodeAt(place);
    }
}
";

/// Bytes as what stands between the quotes of a text.
fn literal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'"' | b'\\' => text.extend(['\\', char::from(*byte)]),
            0..=0x1f | 0x7f => text.push_str(&format!("\\x{byte:02x}")),
            _ => text.push(char::from(*byte)),
        }
    }
    text
}

/// What stands before a mark and behind it.
fn cut<'a>(text: &'a str, mark: &str) -> Outcome<(&'a str, &'a str)> {
    match text.split_once(mark) {
        Some(both) => Ok(both),
        None => fail(format!(
            "wasm2js writes no `{}` any more: what has binaryen changed?",
            mark.trim()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = "import * as $a from './a.js';\n\nfunction Table(ret) {}\n\n  \
        var bufferView;\n  var base64ReverseLookup = 1;\nfunction initActiveSegments(i) {\n  \
        base64DecodeToExistingUint8Array(bufferView, 64, \"AAEiXP8=\");\n}\n\
        function asmFunc(imports) {\n function __wasm_memory_grow(pagesToAdd) {\n  \
        return oldPages;\n }\n function stop() { throw new Error('abort'); }\n}\n\n\
        var retasmFunc = asmFunc({\n});\nexport var a = retasmFunc.a;\n";

    #[test]
    fn a_twin_is_a_script_that_imports_and_exports_nothing() {
        let made = script("a 1", &program(WRITTEN).unwrap(), "const b = 1;", "b");
        let begins = "(globalThis.ruhuTwins = globalThis.ruhuTwins || {})[\"a 1\"] = (f";
        assert!(made.starts_with(begins), "{made}");
        assert!(made.ends_with("const b = 1;\nreturn b;\n})();\n"), "{made}");
        assert!(!made.contains("import *") && !made.contains("export "), "{made}");
    }

    #[test]
    fn it_stops_and_grows_as_webassembly_does() {
        let made = program(WRITTEN).unwrap();
        assert!(made.contains("throw new RangeError('unreachable')"), "{made}");
        assert!(made.contains("postMessage(0, [buffer])"), "{made}");
        assert!(!made.contains("pagesToAdd"), "{made}");
    }

    #[test]
    fn its_first_memory_is_plain_text() {
        let made = program(WRITTEN).unwrap();
        assert!(made.contains("put(64, \"\\x00\\x01\\\"\\\\\u{ff}\")"), "{made}");
        assert!(!made.contains("base64"), "{made}");
    }

    #[test]
    fn what_another_release_writes_is_refused() {
        for gone in ["retasmFunc = ", "__wasm_memory_grow", "'abort'", "base64Reverse"] {
            assert!(program(&WRITTEN.replace(gone, "x")).is_err(), "{gone}");
        }
    }

    #[test]
    fn glue_takes_the_twin_before_it_fetches_anything() {
        let glue = "async function __wbg_init_once(module_or_path) {\n    fetch();\n}\n";
        let made = or_twin(glue, "twin_a.js").unwrap();
        let asks = made.find("if (!isAllowed())").unwrap();
        assert!(asks < made.find("fetch();").unwrap(), "{made}");
        assert!(made.contains("new URL(\"./{{lazy:twin_a.js}}\", import.meta.url)"));
        assert!(or_twin("", "twin_a.js").is_err());
    }
}
