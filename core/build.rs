//! Packs facts, standards and words into the crate, so that a new file is all it takes.

#[path = "toml.rs"]
mod toml;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let mut facts = Vec::new();
    for path in files("facts", "toml")? {
        facts.push(json(&path)?);
    }
    facts.sort_by_key(|file| {
        file.pointer("/topic/order").and_then(Value::as_i64).unwrap_or(i64::MAX)
    });
    let mut standards = Vec::new();
    for path in files("standards", "toml")? {
        standards.push((stem(&path)?, json(&path)?.to_string()));
    }
    let mut languages = Vec::new();
    for path in files("lang", "txt")? {
        languages.push((stem(&path)?, words(&fs::read_to_string(&path)?)));
    }
    let facts = Value::Array(facts).to_string();
    fs::write(
        out.join("packed.rs"),
        format!(
            "pub(crate) static FACTS: &str = {facts:?};\n\
             pub(crate) static STANDARDS: &[(&str, &str)] = &{standards:?};\n\
             pub(crate) static LANGUAGES: &[(&str, &str)] = &{languages:?};\n"
        ),
    )?;
    Ok(())
}

/// The files of one kind in a folder, in the order of their names.
fn files(folder: &str, extension: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={folder}");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn stem(path: &Path) -> Result<String, Box<dyn Error>> {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    Ok(stem.ok_or("a file name that is not text")?.to_owned())
}

/// Words without comments and blank lines: nobody reads them in a browser. The line
/// `[rest]` stays, which divides them.
fn words(text: &str) -> String {
    let kept = text.lines().map(str::trim).filter(|line| !line.is_empty());
    kept.filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n")
}

fn json(path: &Path) -> Result<Value, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    toml::json(&text).map_err(|error| format!("{}: {error}", path.display()).into())
}
