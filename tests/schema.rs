//! The JSON Schema takes what the core writes, refuses what it cannot read, and is small.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may fail loudly, and says how much it tried"
)]

#[path = "schema/digits.rs"]
mod digits;
#[path = "schema/life.rs"]
mod life;
#[path = "schema/spoil.rs"]
mod spoil;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jsonschema::{Validator, draft202012};
use ruhu_core::{Answer, At, EntityRef, Kind, Lang, Place, Record, Standard, Visit};
use ruhu_tests::case::{self, Case};
use ruhu_tests::engine::Engine;
use ruhu_tests::random::{materials, villager};
use ruhu_tests::run::{fail, run};
use ruhu_tests::slow::built_in;
use serde_json::{Value, json};

/// The largest schema of a built-in standard, in bytes.
const MOST: usize = 60_000;

fn schema(standard: &Standard, lang: &Lang) -> Value {
    serde_json::from_str(&standard.schema(lang)).unwrap()
}

/// A standard's schema, ready to hold records against.
struct Door(Validator);

impl Door {
    fn of(engine: &Engine, standard: &Standard) -> Self {
        let schema = schema(standard, &engine.library.lang("en"));
        Self(draft202012::new(&schema).unwrap())
    }

    fn takes(&self, record: &Value) -> bool {
        self.0.is_valid(record)
    }

    /// What is wrong with a record, and where.
    fn wrong(&self, record: &Value) -> Vec<String> {
        let errors = self.0.iter_errors(record);
        errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
    }
}

/// A record as the core writes it, after it has read it.
fn written(record: &Value) -> Value {
    let (record, _) = Record::from_json(&record.to_string()).unwrap();
    value(&record)
}

fn value(record: &Record) -> Value {
    serde_json::from_str(&record.to_json()).unwrap()
}

/// Every standard that the tests know, with facts of its own or without.
fn standards(engine: &Engine) -> Vec<Rc<Standard>> {
    let names = engine.library.names().map(str::to_owned);
    let names = names.chain(["partial-answers".to_owned()]);
    let mut all: Vec<_> = names.map(|name| engine.standard(&name).unwrap()).collect();
    let mut tiny = materials();
    tiny.criteria = vec![json!("y0")];
    all.push(engine.read(&tiny.document()).unwrap());
    all
}

/// Every text that people read in it.
fn said<'a>(schema: &'a Value, into: &mut Vec<&'a str>) {
    match schema {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if key == "title" || key == "description" => {
                        into.push(text);
                    }
                    _ => said(value, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| said(item, into)),
        _ => {}
    }
}

/// Every part that is referred to.
fn referred(schema: &Value, into: &mut BTreeSet<String>) {
    match schema {
        Value::Object(entries) => {
            let part = schema["$ref"].as_str().and_then(|to| to.strip_prefix("#/$defs/"));
            into.extend(part.map(str::to_owned));
            entries.values().for_each(|value| referred(value, into));
        }
        Value::Array(items) => items.iter().for_each(|item| referred(item, into)),
        _ => {}
    }
}

#[test]
fn a_schema_is_one_in_every_language_and_each_of_its_parts_is_used() {
    let engine = Engine::new().unwrap();
    for standard in standards(&engine) {
        for language in engine.library.languages() {
            let schema = schema(&standard, &engine.library.lang(language));
            let valid = draft202012::meta::validate(&schema);
            assert!(valid.is_ok(), "{} {language}: {valid:?}", standard.id());
            let id = schema["$id"].as_str().unwrap();
            assert!(id.contains(standard.id()) && id.contains(standard.hash()), "{id}");
            assert!(id.ends_with(language), "{id}");
            let parts: BTreeSet<String> =
                schema["$defs"].as_object().unwrap().keys().cloned().collect();
            let mut used = BTreeSet::new();
            referred(&schema, &mut used);
            assert_eq!(used, parts, "{}", standard.id());
        }
    }
}

#[test]
fn everything_in_a_schema_is_said_in_its_language() {
    let engine = Engine::new().unwrap();
    for name in engine.library.names() {
        let standard = engine.standard(name).unwrap();
        let mut texts = BTreeMap::new();
        for language in engine.library.languages() {
            let schema = schema(&standard, &engine.library.lang(language));
            let mut told = Vec::new();
            said(&schema, &mut told);
            let key = |text: &&&str| {
                let mut chars = text.chars();
                chars.all(|char| char.is_ascii_lowercase() || "._".contains(char))
                    && (text.contains(['.', '_']) || language != "en")
            };
            assert_eq!(told.iter().find(key), None, "{language}");
            let told: Vec<String> = told.into_iter().map(str::to_owned).collect();
            texts.insert(language.to_owned(), told);
        }
        assert!(
            texts["zh-CN"].contains(&"饮水来源".to_owned()) || texts["zh-CN"].len() > 500
        );
        assert_eq!(texts["zh-CN"].len(), texts["en"].len());
    }
}

#[test]
fn a_schema_is_the_same_bytes_twice_and_small() {
    let (one, other) = (Engine::new().unwrap(), Engine::new().unwrap());
    for name in one.library.names() {
        for language in one.library.languages() {
            let text = |engine: &Engine| {
                engine.standard(name).unwrap().schema(&engine.library.lang(language))
            };
            let first = text(&one);
            println!("{name} {language}: {} bytes", first.len());
            assert_eq!(first, text(&other));
            assert!(first.len() < MOST, "{name} {language}: {}", first.len());
        }
    }
}

/// Every place of a record where something may stand.
fn places(visit: &Visit) -> Vec<At> {
    let dictionary = visit.standard().dictionary();
    let mut places = Vec::new();
    for index in 0..dictionary.topics().len() {
        for fact in dictionary.facts_of(index) {
            let entity = dictionary.info(fact).unwrap().entity;
            if entity == EntityRef::HOUSEHOLD {
                places.push(At { place: Place::HOUSEHOLD, fact });
            }
            let rows = visit.rows(entity);
            places.extend(rows.map(|row| At { place: Place { entity, row }, fact }));
        }
    }
    places
}

/// What of a case the core cannot read or does not know, by the name of the problem, and
/// the numbers that it reads though they are not in plain digits.
fn unread(engine: &Engine, case: &Case) -> (Record, Vec<&'static str>) {
    let standard = engine.standard(&case.standard).unwrap();
    let (record, notices) = Record::from_json(&case.record.to_string()).unwrap();
    let visit = Visit::open(&standard, &engine.hints, record.clone()).unwrap();
    let notices = notices.into_iter().chain(visit.strange());
    let mut unread: Vec<_> = notices.map(|notice| notice.key).collect();
    for at in places(&visit) {
        unread.extend(visit.problem(at).map(|problem| problem.key()));
        let fact = standard.dictionary().info(at.fact).unwrap();
        let is_number = matches!(fact.kind, Kind::Count | Kind::Money | Kind::Quantity);
        let text = visit.typed(at).map_or("", Answer::text);
        let is_plain = text.bytes().all(|byte| b"-.0123456789".contains(&byte));
        if is_number && !is_plain && visit.value(at).known().is_some() {
            unread.push("in_other_signs");
        }
    }
    (record, unread)
}

/// What a schema cannot see: answers that go against each other.
const BETWEEN_ANSWERS: [&str; 3] = ["conflict", "no_such_row", "unexplained"];

#[test]
fn every_case_fits_unless_the_core_cannot_read_it() {
    let engine = Engine::new().unwrap();
    let mut doors = BTreeMap::new();
    let (mut fit, mut refused) = (0, BTreeMap::new());
    for (path, case) in case::all() {
        let case = case.unwrap();
        let door = doors.entry(case.standard.clone()).or_insert_with(|| {
            Door::of(&engine, &engine.standard(&case.standard).unwrap())
        });
        let (record, mut unread) = unread(&engine, &case);
        let wrong = door.wrong(&value(&record));
        unread.retain(|key| !BETWEEN_ANSWERS.contains(key));
        if unread.is_empty() {
            fit += 1;
            assert_eq!(wrong, [""; 0], "{}", path.display());
        } else {
            assert!(!wrong.is_empty(), "{} {unread:?}", path.display());
        }
        for key in unread {
            *refused.entry(key).or_insert(0) += 1;
        }
    }
    println!("cases: {fit} fit; refused for {refused:?}");
    assert!(fit > 200 && refused.len() > 2);
}

#[test]
fn every_villager_fits_and_no_spoilt_one() {
    let engine = Engine::new().unwrap();
    let spoilt = RefCell::new(BTreeMap::new());
    for name in engine.library.names() {
        let standard = engine.standard(name).unwrap();
        let rules = built_in(&engine, name).unwrap();
        let used = rules.used();
        let door = Door::of(&engine, &standard);
        run(1_000, 1_500, |tape| {
            let sketch = villager(&standard, (&rules, &used), tape);
            let typed = spoil::as_portals_write(&sketch, &used, tape);
            for record in [sketch.record(), typed.clone(), written(&typed)] {
                let wrong = door.wrong(&record);
                if !wrong.is_empty() {
                    return fail(format!("{wrong:?}: {record}"));
                }
            }
            let (kind, record) = spoil::spoilt(&typed, &sketch, (&rules, &used), tape);
            *spoilt.borrow_mut().entry(kind).or_insert(0) += 1;
            if door.takes(&record) {
                return fail(format!("taken though {kind}: {record}"));
            }
            Ok(())
        });
    }
    let spoilt = spoilt.into_inner();
    println!("spoilt: {spoilt:?}");
    assert_eq!(spoilt.len(), spoil::KINDS);
    assert!(spoilt.values().all(|tried| *tried > 20), "{spoilt:?}");
}
