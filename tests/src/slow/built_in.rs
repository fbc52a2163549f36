//! A built-in standard as its files say it, with what it takes over.

use serde_json::Value;

use super::rules::Rules;
use crate::data::{files, folder, read};
use crate::engine::Engine;

/// The rules of a built-in standard, its criteria in the engine's order.
///
/// # Errors
///
/// Where a file cannot be read.
pub fn built_in(engine: &Engine, name: &str) -> Result<Rules, String> {
    let facts = files(&folder("core/facts"), "toml");
    let facts = facts.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let standard =
        |name: &str| read(&folder("core/standards").join(format!("{name}.toml")));
    let mut whole = standard(name)?;
    let below = whole.pointer("/standard/extends").and_then(Value::as_str);
    let below = below.map(standard).transpose()?.unwrap_or_default();
    let Value::Object(whole_map) = &mut whole else { return Err(name.to_owned()) };
    for list in ["param", "define", "quantity", "criterion"] {
        let entries = |value: Option<&Value>| -> Vec<Value> {
            value.and_then(Value::as_array).cloned().unwrap_or_default()
        };
        let own = entries(whole_map.get(list));
        let mut all = entries(below.get(list));
        all.retain(|known| own.iter().all(|entry| entry.get("id") != known.get("id")));
        all.extend(own);
        whole_map.insert(list.to_owned(), Value::Array(all));
    }
    let all = whole_map.get("criterion").and_then(Value::as_array);
    let order = engine.library.standard(name).map_err(|error| error.to_string())?;
    let order = order.criteria().iter().filter_map(|criterion| {
        let id = Some(criterion.id.as_str());
        all?.iter().find(|entry| entry.get("id").and_then(Value::as_str) == id).cloned()
    });
    let order = order.collect::<Value>();
    whole_map.insert("criterion".to_owned(), order);
    Ok(Rules::new(&facts, whole))
}
