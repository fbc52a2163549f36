//! The parts of a standard's file that stand on their own.

use serde_json::Value;

use crate::compile::{Compiler, Definition};
use crate::dictionary::{Dictionary, EntityRef};
use crate::document::{Cursor, Loaded, is_id};
use crate::param::Status;
use crate::standard::{Cite, Grouping, OwnWords, Source, Standard};

pub(super) fn source(entry: &Cursor<'_>) -> Loaded<Source> {
    entry.only(&["id", "title", "number", "date", "note", "status"])?;
    Ok(Source {
        id: entry.need_text("id")?,
        title: entry.need_text("title")?,
        number: entry.text_of("number")?,
        date: entry.text_of("date")?,
        note: entry.text_of("note")?,
        status: Status::read(entry)?,
    })
}

pub(super) fn cite(entry: &Cursor<'_>, sources: &[String]) -> Loaded<Cite> {
    let source = entry.need("source")?;
    let name = source.text()?;
    if !sources.iter().any(|known| known == name) {
        return Err(source.fault("unknown_source", name));
    }
    Ok(Cite {
        source: name.to_owned(),
        clause: entry.text_of("clause")?,
        text: entry.text_of("text")?,
    })
}

pub(super) fn topic(entry: &Cursor<'_>, dictionary: &Dictionary) -> Loaded<String> {
    let topic = entry.need("topic")?;
    let name = topic.text()?;
    let known = dictionary.topics().iter().any(|topic| topic.id == name);
    if known { Ok(name.to_owned()) } else { Err(topic.fault("unknown_name", name)) }
}

pub(super) fn definitions(
    file: &Cursor<'_>,
    dictionary: &Dictionary,
) -> Loaded<Vec<Definition>> {
    let mut found = Vec::new();
    for (list, key, keys) in [
        ("define", "when", &["id", "of", "when", "source", "clause", "text"][..]),
        ("quantity", "value", &["id", "of", "unit", "value", "source", "clause", "text"]),
    ] {
        let mut at = 0_usize;
        let more = each(file, list, |entry| {
            entry.only(keys)?;
            let of = match entry.get("of") {
                None => EntityRef::HOUSEHOLD,
                Some(name) => dictionary.need_entity(&name)?,
            };
            let definition = Definition { id: entry.need_text("id")?, of, list, at, key };
            at = at.saturating_add(1);
            Ok(definition)
        })?;
        found.extend(more);
    }
    Ok(found)
}

/// One name, one meaning: a fact, a parameter, a definition or a criterion's own id.
pub(super) fn unique(file: &Cursor<'_>, dictionary: &Dictionary) -> Loaded<()> {
    let mut taken: Vec<&str> = Vec::new();
    for list in ["param", "define", "quantity"] {
        for (at, value) in file.list(list)?.into_iter().enumerate() {
            let tables = file.need(list)?;
            let entry = tables.at(at, value);
            let id = entry.need("id")?;
            let name = value.get("id").and_then(Value::as_str).unwrap_or_default();
            if taken.contains(&name) || dictionary.fact(name).is_some() {
                return Err(id.fault("twice", name));
            }
            if !is_id(name) || name == "check_date" {
                return Err(id.fault("bad_id", name));
            }
            taken.push(name);
        }
    }
    for list in ["source", "criterion", "hint", "grouping"] {
        let mut taken: Vec<&str> = Vec::new();
        for (at, value) in file.list(list)?.into_iter().enumerate() {
            let tables = file.need(list)?;
            let entry = tables.at(at, value);
            let id = entry.need("id")?;
            let name = value.get("id").and_then(Value::as_str).unwrap_or_default();
            if taken.contains(&name) {
                return Err(id.fault("twice", name));
            }
            taken.push(name);
        }
    }
    Ok(())
}

/// The unit that a quantity says it has is the one its parts give.
pub(super) fn unit_as_said(
    entry: &Cursor<'_>,
    compiler: &Compiler<'_>,
    num: Option<crate::program::NumId>,
) -> Loaded<()> {
    let said = entry.need("unit")?;
    let measure = num.and_then(|num| compiler.program.measure(num));
    let found = measure.map(|measure| measure.unit.to_string()).unwrap_or_default();
    let same = crate::unit::Unit::read(said.text()?)
        .is_some_and(|unit| measure.is_some_and(|measure| measure.unit == unit));
    if same {
        Ok(())
    } else {
        Err(said.fault("wrong_unit", format!("{} ≠ {found}", said.text()?)))
    }
}

pub(super) fn known_inside(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.contains_key("known") || map.values().any(known_inside),
        Value::Array(items) => items.iter().any(known_inside),
        _ => false,
    }
}

pub(super) fn grouping(entry: &Cursor<'_>, standard: &Standard) -> Loaded<Grouping> {
    entry.only(&["id", "groups"])?;
    let groups = entry.need("groups")?;
    let mut made = Vec::new();
    for (at, value) in groups.items()?.iter().enumerate() {
        let group = groups.at(at, value);
        group.only(&["id", "criteria"])?;
        let names = group.need("criteria")?;
        let mut criteria = Vec::new();
        for (at, value) in names.items()?.iter().enumerate() {
            let name = names.at(at, value);
            let text = name.text()?;
            let found = standard.criteria.iter().position(|known| known.id == text);
            criteria.push(found.ok_or_else(|| name.fault("unknown_name", text))?);
        }
        made.push((group.need_text("id")?, criteria));
    }
    Ok(Grouping { id: entry.need_text("id")?, groups: made })
}

pub(super) fn words(file: &Cursor<'_>) -> Loaded<Vec<(String, OwnWords)>> {
    let Some(words) = file.get("words") else { return Ok(Vec::new()) };
    let Value::Object(languages) = words.value else {
        return Err(words.fault("not_a_table", "words"));
    };
    let mut made = Vec::new();
    for language in languages.keys() {
        let entries = words.need(language)?;
        let Value::Object(map) = entries.value else {
            return Err(entries.fault("not_a_table", language));
        };
        let mut own = Vec::new();
        for key in map.keys() {
            own.push((key.clone(), entries.need_text(key)?));
        }
        made.push((language.clone(), own));
    }
    Ok(made)
}

/// Every entry of a list of tables, each by its own reader.
pub(super) fn each<T>(
    file: &Cursor<'_>,
    key: &str,
    mut read: impl FnMut(&Cursor<'_>) -> Loaded<T>,
) -> Loaded<Vec<T>> {
    let Some(list) = file.get(key) else { return Ok(Vec::new()) };
    let items = list.items()?.iter().enumerate();
    items.map(|(at, value)| read(&list.at(at, value))).collect()
}
