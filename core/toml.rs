// How a data file that is written as TOML reads as JSON: when core is built, and where
// somebody hands over a file of his own.

use serde_json::{Map, Value};
use toml_edit::{DocumentMut, Item, TableLike, TomlError, Value as Toml};

/// TOML as the same JSON.
///
/// # Errors
/// Where the text is no TOML: with its line and what was expected.
pub(crate) fn json(text: &str) -> Result<Value, TomlError> {
    let document: DocumentMut = text.parse()?;
    Ok(table(document.as_table()))
}

fn table(table: &dyn TableLike) -> Value {
    let mut map = Map::new();
    for (key, item) in table.iter() {
        map.insert(key.to_owned(), self::item(item));
    }
    Value::Object(map)
}

fn item(item: &Item) -> Value {
    match item {
        Item::None => Value::Null,
        Item::Value(value) => self::value(value),
        Item::Table(inner) => table(inner),
        Item::ArrayOfTables(tables) => {
            Value::Array(tables.iter().map(|inner| table(inner)).collect())
        }
    }
}

fn value(toml: &Toml) -> Value {
    match toml {
        Toml::String(text) => text.value().as_str().into(),
        Toml::Integer(number) => (*number.value()).into(),
        Toml::Boolean(truth) => (*truth.value()).into(),
        // A float or a date is kept as it was written; the loader refuses the float.
        Toml::Float(number) => number.to_string().trim().to_owned().into(),
        Toml::Datetime(date) => date.value().to_string().into(),
        Toml::Array(values) => Value::Array(values.iter().map(value).collect()),
        Toml::InlineTable(inner) => table(inner),
    }
}
