//! Data files as plain values; the tests' own way from TOML to JSON, not core's.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use toml_edit::{DocumentMut, Item, TableLike};

/// A folder of the repository.
#[must_use]
pub fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The files below a folder that end in `.<extension>`, in the order of their names.
#[must_use]
pub fn files(path: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(path) else { return found };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|ending| ending == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A TOML file as a JSON value.
///
/// # Errors
///
/// Where the file cannot be read or is not TOML: its name and why.
pub fn read(path: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    toml(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// TOML as a JSON value.
///
/// # Errors
///
/// Where it is not TOML: the place and why.
pub fn toml(text: &str) -> Result<Value, String> {
    let document: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
    Ok(table(document.as_table()))
}

fn table(table: &dyn TableLike) -> Value {
    let entries = table.iter().map(|(key, item)| (key.to_owned(), self::item(item)));
    Value::Object(entries.collect::<Map<_, _>>())
}

fn item(item: &Item) -> Value {
    match item {
        Item::None => Value::Null,
        Item::Value(value) => self::value(value),
        Item::Table(inner) => table(inner),
        Item::ArrayOfTables(tables) => tables.iter().map(|inner| table(inner)).collect(),
    }
}

fn value(value: &toml_edit::Value) -> Value {
    match value {
        toml_edit::Value::String(text) => text.value().as_str().into(),
        toml_edit::Value::Integer(number) => (*number.value()).into(),
        toml_edit::Value::Boolean(truth) => (*truth.value()).into(),
        toml_edit::Value::Float(number) => number.to_string().trim().into(),
        toml_edit::Value::Datetime(date) => date.value().to_string().into(),
        toml_edit::Value::Array(values) => values.iter().map(self::value).collect(),
        toml_edit::Value::InlineTable(inner) => table(inner),
    }
}
