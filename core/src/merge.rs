//! A standard that extends another: what it takes over, and what it may not loosen.

use serde_json::{Map, Value};

use crate::document::{Cursor, Loaded, parse};

/// How many standards may stand one upon another.
const MOST_LEVELS: usize = 4;
/// Lists of tables whose entries have ids: an own entry takes the place of its namesake.
const LISTS: &[&str] =
    &["source", "param", "define", "quantity", "counts", "criterion", "grouping", "hint"];

/// The document with everything it takes over from the one it extends.
pub(crate) fn extended(
    own: &Value,
    base: &dyn Fn(&str) -> Option<String>,
) -> Loaded<Value> {
    let mut whole = own.clone();
    let mut from = own.clone();
    for level in 0.. {
        let file = Cursor::root(&from);
        let Some(head) = file.get("standard") else { return Ok(whole) };
        let Some(name) = head.get("extends") else { return Ok(whole) };
        let text = base(name.text()?).filter(|_| level < MOST_LEVELS);
        let text = text.ok_or_else(|| name.fault("unknown_standard", "extends"))?;
        let below = parse(&text)?;
        not_loosened(&whole, &below)?;
        not_redefined(&whole, &below)?;
        whole = merged(&whole, &below);
        from = below;
    }
    Ok(whole)
}

fn merged(own: &Value, below: &Value) -> Value {
    let keep = own.pointer("/standard/keep").and_then(Value::as_array);
    let mut made = Map::new();
    let (Value::Object(mine), Value::Object(theirs)) = (own, below) else {
        return own.clone();
    };
    for (key, value) in theirs {
        if !mine.contains_key(key) {
            made.insert(key.clone(), value.clone());
        }
    }
    for (key, value) in mine {
        made.insert(key.clone(), value.clone());
    }
    for list in LISTS {
        let their = theirs.get(*list).and_then(Value::as_array);
        let my = mine.get(*list).and_then(Value::as_array);
        let key = if *list == "counts" { "entity" } else { "id" };
        let mine_has = |id: Option<&Value>| {
            my.is_some_and(|my| my.iter().any(|entry| entry.get(key) == id))
        };
        let mut all = Vec::new();
        for entry in their.into_iter().flatten() {
            let id = entry.get(key);
            let kept = *list != "criterion"
                || keep.is_none_or(|keep| keep.iter().any(|kept| Some(kept) == id));
            // A grouping that names criteria which were not kept would not load.
            let whole = *list != "grouping" || keep.is_none();
            if !mine_has(id) && kept && whole {
                all.push(entry.clone());
            }
        }
        all.extend(my.into_iter().flatten().cloned());
        if !all.is_empty() {
            made.insert((*list).to_owned(), Value::Array(all));
        }
    }
    Value::Object(made)
}

/// A lower level may move a parameter only the way that the higher one lets it.
fn not_loosened(own: &Value, below: &Value) -> Loaded<()> {
    let file = Cursor::root(own);
    let Some(params) = file.get("param") else { return Ok(()) };
    for (at, mine) in params.items()?.iter().enumerate() {
        let theirs = below.get("param").and_then(Value::as_array);
        let theirs = theirs.into_iter().flatten();
        let same = theirs.into_iter().find(|entry| entry.get("id") == mine.get("id"));
        let Some(theirs) = same else { continue };
        let may = theirs.get("may").and_then(Value::as_str).unwrap_or("");
        let entry = params.at(at, mine);
        if loosens(mine, theirs, may) {
            return Err(entry.fault("loosened", may));
        }
    }
    Ok(())
}

/// Nor may it put something else in the place of what the higher one says, or leave it
/// out: only a proposal, which decides nothing, may.
fn not_redefined(own: &Value, below: &Value) -> Loaded<()> {
    let level = |of: &Value| {
        let name = of.pointer("/standard/level").and_then(Value::as_str);
        name.and_then(crate::standard::Level::named)
    };
    let proposed = own.pointer("/standard/status") == Some(&"proposed".into());
    if proposed || level(own) <= level(below) {
        return Ok(());
    }
    let file = Cursor::root(own);
    if let Some(head) = file.get("standard")
        && let Some(keep) = head.get("keep")
    {
        return Err(keep.fault("redefined", "keep"));
    }
    for list in ["define", "quantity", "criterion", "counts"] {
        let Some(mine) = file.get(list) else { continue };
        let key = if list == "counts" { "entity" } else { "id" };
        for (at, entry) in mine.items()?.iter().enumerate() {
            let theirs = below.get(list).and_then(Value::as_array);
            let name = entry.get(key);
            if theirs.into_iter().flatten().any(|known| known.get(key) == name) {
                let name = name.and_then(Value::as_str).unwrap_or_default();
                return Err(mine.at(at, entry).fault("redefined", name));
            }
        }
    }
    Ok(())
}

fn loosens(mine: &Value, theirs: &Value, may: &str) -> bool {
    let values = |of: &Value| of.get("value").and_then(Value::as_array).cloned();
    let (Some(mine), Some(theirs)) = (values(mine), values(theirs)) else { return false };
    let years = |value: &Value| {
        let pair = value.get("years").and_then(Value::as_array)?;
        Some((pair.first()?.as_i64()?, pair.get(1)?.as_i64()?))
    };
    for one in &mine {
        // The value of the same reading; every one of them where there is no such.
        let same = |other: &&Value| one.get("reading") == other.get("reading");
        let named = theirs.iter().any(|other| same(&other));
        for other in theirs.iter().filter(|other| !named || same(other)) {
            let together = match (years(one), years(other)) {
                (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
                _ => false,
            };
            if !together {
                continue;
            }
            let figures = (figure(one), figure(other));
            let moved_ill = match (may, figures) {
                ("up", (Some(a), Some(b))) => a < b,
                ("down", (Some(a), Some(b))) => a > b,
                ("up" | "down" | "fixed", _) => one.get("value") != other.get("value"),
                _ => false,
            };
            if moved_ill {
                return true;
            }
        }
    }
    false
}

fn figure(value: &Value) -> Option<i64> {
    crate::read::number(value.get("value")?.as_str()?, 3).ok()
}

/// Where a place of the merged document stands in the file itself.
pub(crate) fn own_place(own: &Value, whole: &Value, key: &str) -> Option<String> {
    let Some((list, rest)) = key.split_once('[') else { return Some(key.to_owned()) };
    let (index, rest) = rest.split_once(']')?;
    // Nothing merged yet: the place is one of the file's own.
    if whole.is_null() {
        return Some(key.to_owned());
    }
    let entry = whole.get(list)?.get(index.parse::<usize>().ok()?);
    let Some(entry) = entry.filter(|_| LISTS.contains(&list)) else {
        return Some(key.to_owned());
    };
    let mine = own.get(list).and_then(Value::as_array)?;
    let at = mine.iter().position(|one| one == entry)?;
    Some(format!("{list}[{at}]{rest}"))
}
