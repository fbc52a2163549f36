//! Reading a standard's file, whole or not at all.

mod parts;

use std::rc::Rc;

use serde_json::Value;

use parts::{
    cite, definitions, each, grouping, known_inside, source, topic, unique, unit_as_said,
    words,
};

use crate::compile::{Compiler, Use};
use crate::dictionary::{Dictionary, EntityRef, TOPIC_KEYS};
use crate::document::{Cursor, Loaded, is_id, line_of, parse};
use crate::hash::hash;
use crate::merge;
use crate::param::{Param, ParamValue, Status};
use crate::read;
use crate::standard::{Counts, Criterion, HintRule, Level, Named, Standard};

/// Criteria are kept as the bits of one word.
const MOST_CRITERIA: usize = 64;
/// Hints are kept as the bits of a double word.
const MOST_HINTS: usize = 128;
const KEYS: &[&str] = &[
    "standard",
    "source",
    "param",
    "define",
    "quantity",
    "counts",
    "criterion",
    "grouping",
    "hint",
    "words",
    "topic",
    "entity",
    "fact",
    "list",
    "topics",
];
const STANDARD_KEYS: &[&str] =
    &["id", "title", "level", "place", "status", "years", "extends", "keep"];

/// Reads a standard from JSON text; `base` finds the text of the one it extends.
pub(crate) fn standard(
    text: &str,
    dictionary: &Rc<Dictionary>,
    base: &dyn Fn(&str) -> Option<String>,
) -> Loaded<Standard> {
    let own = parse(text)?;
    let mut whole = Value::Null;
    let made = merge::extended(&own, base).and_then(|merged| {
        whole = merged;
        make(&whole, dictionary)
    });
    made.map_err(|mut error| {
        // A place in the merged document is a place in this file, if it is in it at all.
        if let Some(key) = merge::own_place(&own, &whole, &error.key) {
            error.line = line_of(text, &key);
            error.key = key;
        }
        let id = own.pointer("/standard/id").and_then(Value::as_str);
        id.unwrap_or("standard").clone_into(&mut error.file);
        error
    })
}

fn make(whole: &Value, dictionary: &Rc<Dictionary>) -> Loaded<Standard> {
    let file = Cursor::root(whole);
    file.only(KEYS)?;
    let head = file.need("standard")?;
    head.only(STANDARD_KEYS)?;
    let id = head.need("id")?;
    if !is_id(id.text()?) {
        return Err(id.fault("bad_id", id.text()?));
    }
    let level = head.need("level")?;
    let level_is = Level::named(level.text()?);
    let dictionary = with_own_facts(&file, dictionary)?;
    let sources = each(&file, "source", source)?;
    let names: Vec<String> = sources.iter().map(|source| source.id.clone()).collect();
    let params = each(&file, "param", |param| Param::read(param, &names))?;
    let definitions = definitions(&file, &dictionary)?;
    unique(&file, &dictionary)?;
    let mut compiler = Compiler::new(&dictionary, &params, &definitions, &file);
    let mut standard = Standard {
        id: id.text()?.to_owned(),
        hash: hash(&whole.to_string()),
        title: head.need_text("title")?,
        level: level_is.ok_or_else(|| level.fault("unknown_name", "level"))?,
        place: head.text_of("place")?,
        status: Status::read(&head)?,
        years: years(&head.need("years")?)?,
        words: words(&file)?,
        defines: Vec::new(),
        criteria: Vec::new(),
        groupings: Vec::new(),
        hints: Vec::new(),
        counts: Vec::new(),
        program: crate::program::Program::default(),
        sources,
        params: params.clone(),
        dictionary: Rc::clone(&dictionary),
    };
    body(&file, &mut compiler, &mut standard, &names)?;
    years_covered(&file, &standard)?;
    standard.program = compiler.program;
    Ok(standard)
}

fn body(
    file: &Cursor<'_>,
    compiler: &mut Compiler<'_>,
    standard: &mut Standard,
    sources: &[String],
) -> Loaded<()> {
    // First, so that they are the same in every program: packed side by side, programs
    // that begin alike cost a phone little more than one.
    asked_when(compiler)?;
    for definition in compiler.definitions {
        let list = file.need(definition.list)?;
        let Some(entry) = list.items()?.get(definition.at) else { continue };
        let entry = list.at(definition.at, entry);
        let inner = entry.need(definition.key)?;
        let name = Value::String(definition.id.clone());
        let call = Cursor::root(&name);
        compiler.rows = vec![EntityRef::HOUSEHOLD];
        if definition.of != EntityRef::HOUSEHOLD {
            compiler.rows.push(definition.of);
        }
        compiler.used = if definition.list == "define" && known_inside(inner.value) {
            Use::Hint
        } else {
            Use::Criterion
        };
        let is_quantity = definition.list == "quantity";
        let (test, num) = if is_quantity {
            (None, Some(compiler.num(&call)?))
        } else {
            (Some(compiler.test(&call)?), None)
        };
        standard.defines.push(Named {
            id: definition.id.clone(),
            of: definition.of,
            cite: entry.get("source").map(|_| cite(&entry, sources)).transpose()?,
            is_quantity,
            test,
            num,
        });
        if is_quantity {
            unit_as_said(&entry, compiler, num)?;
        }
    }
    standard.criteria = each(file, "criterion", |entry| {
        entry.only(&["id", "topic", "source", "clause", "text", "met"])?;
        Ok(Criterion {
            id: entry.need_text("id")?,
            topic: topic(entry, compiler.dictionary)?,
            cite: cite(entry, sources)?,
            met: compiler.condition(
                &entry.need("met")?,
                EntityRef::HOUSEHOLD,
                Use::Criterion,
            )?,
        })
    })?;
    if standard.criteria.len() > MOST_CRITERIA {
        return Err(file.fault("too_many_criteria", MOST_CRITERIA.to_string()));
    }
    standard.hints = each(file, "hint", |entry| {
        entry.only(&[
            "id", "each", "topic", "facts", "source", "clause", "text", "when",
        ])?;
        let each = match entry.get("each") {
            None => EntityRef::HOUSEHOLD,
            Some(name) => compiler.dictionary.need_entity(&name)?,
        };
        let mut facts = Vec::new();
        for (at, value) in entry.list("facts")?.into_iter().enumerate() {
            let listed = entry.need("facts")?;
            let name = listed.at(at, value);
            let fact = compiler.dictionary.fact(name.text()?);
            facts.push(fact.ok_or_else(|| {
                name.fault("unknown_name", value.as_str().unwrap_or_default())
            })?);
        }
        Ok(HintRule {
            id: entry.need_text("id")?,
            topic: topic(entry, compiler.dictionary)?,
            each,
            facts,
            cite: cite(entry, sources)?,
            when: compiler.condition(&entry.need("when")?, each, Use::Hint)?,
        })
    })?;
    if standard.hints.len() > MOST_HINTS {
        return Err(file.fault("too_many_hints", MOST_HINTS.to_string()));
    }
    standard.counts = each(file, "counts", |entry| {
        entry.only(&["entity", "when"])?;
        let name = entry.need("when")?;
        let define = compiler.definition(name.text()?, "define");
        Ok(Counts {
            entity: compiler.dictionary.need_entity(&entry.need("entity")?)?,
            define: define.ok_or_else(|| name.fault("unknown_name", "when"))?,
        })
    })?;
    standard.groupings = each(file, "grouping", |entry| grouping(entry, standard))?;
    Ok(())
}

/// The conditions on which facts are asked.
fn asked_when(compiler: &mut Compiler<'_>) -> Loaded<()> {
    let dictionary = compiler.dictionary;
    for (fact, when) in &dictionary.whens {
        let of = dictionary.info(*fact).map_or(EntityRef::HOUSEHOLD, |info| info.entity);
        let when = parse(when)?;
        let test = compiler.condition(&Cursor::root(&when), of, Use::Hint);
        let test = test.map_err(|mut error| {
            let name = dictionary.info(*fact).map_or("", |info| info.id.as_str());
            error.key = format!("fact `{name}` when.{}", error.key);
            error
        })?;
        compiler.program.whens.push((*fact, test));
    }
    Ok(())
}

/// Facts that the standard brings along, in the shape of the dictionary.
fn with_own_facts(
    file: &Cursor<'_>,
    dictionary: &Rc<Dictionary>,
) -> Loaded<Rc<Dictionary>> {
    let mut own = Dictionary::clone(dictionary);
    own.add_lists(file)?;
    own.add_topic(file)?;
    for (at, value) in file.list("topics")?.into_iter().enumerate() {
        let topics = file.need("topics")?;
        let topic = topics.at(at, value);
        topic.only(TOPIC_KEYS)?;
        own.add_lists(&topic)?;
        own.add_topic(&topic)?;
    }
    let more = own.facts().len() > dictionary.facts().len();
    Ok(if more { Rc::new(own) } else { Rc::clone(dictionary) })
}

/// The first and last exit year: years that a day can have.
fn years(cursor: &Cursor<'_>) -> Loaded<(i64, i64)> {
    let (first, last) = cursor.pair()?;
    let (low, high) = read::YEARS;
    if first < low || last > high {
        let years = [first.to_string(), last.to_string()].join(", ");
        return Err(cursor.fault("years_beyond", years));
    }
    Ok((first, last))
}

/// Every parameter says what it is in every year the standard holds for, and a default is
/// one of the readings of each year that has several.
fn years_covered(file: &Cursor<'_>, standard: &Standard) -> Loaded<()> {
    let (first, last) = standard.years;
    for (at, param) in standard.params.iter().enumerate() {
        if param.default.is_some() && !param.options.is_empty() {
            continue;
        }
        for year in first..=last {
            let named = |one: &ParamValue| one.reading == param.default;
            let fault = match param.readings(year).count() {
                0 => "year_without_value",
                2.. if param.default.is_some() && !param.readings(year).any(named) => {
                    "year_without_default"
                }
                _ => continue,
            };
            let params = file.need("param")?;
            let Some(value) = params.items()?.get(at) else { continue };
            return Err(params.at(at, value).fault(fault, year.to_string()));
        }
    }
    Ok(())
}
