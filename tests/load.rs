//! A bad standard is refused whole: with its line, its key, what is wrong and what to do.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

use std::rc::Rc;

use ruhu_core::{Assess, LoadError, Standard};
use ruhu_tests::data;
use ruhu_tests::engine::Engine;
use ruhu_tests::random::materials;
use serde_json::{Value, json};

/// A sound standard, to be spoilt in one place.
fn sound() -> Value {
    let mut tiny = materials();
    tiny.criteria = vec![
        json!({ "all": ["y0", { "over": ["n0", "p2"] }] }),
        json!({ "every": "item", "where": { "is": ["ic", "a"] }, "holds": "good" }),
    ];
    tiny.params.push(("pf9".to_owned(), "count", "1", "9".to_owned()));
    tiny.document()
}

fn load(document: &Value) -> Result<Standard, LoadError> {
    let engine = Engine::new().unwrap();
    engine.library.read(&serde_json::to_string_pretty(document).unwrap())
}

const MET: &str = "/criterion/0/met";

fn put(document: &mut Value, at: &str, with: Value) {
    let (parent, key) = at.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(map) if with.is_null() => drop(map.remove(key)),
        Value::Object(map) => drop(map.insert(key.to_owned(), with)),
        Value::Array(list) => list.push(with),
        _ => unreachable!("{at}"),
    }
}

#[test]
fn the_standard_that_is_spoilt_is_sound() {
    load(&sound()).unwrap();
}

#[test]
fn every_fault_is_refused_with_its_line_its_key_and_what_to_do() {
    let engine = Engine::new().unwrap();
    let ways = data::read(&data::folder("tests/standards/spoilt.toml")).unwrap();
    let ways = ways["spoilt"].as_array().unwrap();
    assert!(ways.len() >= 77, "{}", ways.len());
    let mut wrong = Vec::new();
    for way in ways {
        let part = |key: &str| way[key].as_str().unwrap();
        let (why, at, fault, line) =
            (part("why"), part("at"), part("fault"), part("line"));
        let mut document = sound();
        put(&mut document, at, way.get("with").cloned().unwrap_or_default());
        let text = serde_json::to_string_pretty(&document).unwrap();
        let Err(error) = engine.library.read(&text) else {
            wrong.push(format!("{why}: it loads"));
            continue;
        };
        if error.fault.key != fault {
            wrong.push(format!("{why}: {fault} expected, but {error}"));
        }
        if error.file != "tiny" || error.key.is_empty() && !at.starts_with("/criterions")
        {
            wrong.push(format!("{why}: neither file nor key: {error:?}"));
        }
        let named = error.line.and_then(|line| text.lines().nth(line.checked_sub(1)?));
        if named.is_none_or(|named| !named.contains(line)) {
            wrong.push(format!(
                "{why}: line {:?} says {named:?}, not {line}: {error}",
                error.line
            ));
        }
        for language in engine.library.languages() {
            let lang = engine.library.lang(language);
            for key in [
                format!("load.{}", error.fault.key),
                format!("advice.load.{}", error.fault.key),
            ] {
                if lang.find(&key).is_none() {
                    wrong.push(format!("{why}: no words in {language} for {key}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn text_that_is_no_json_is_refused_at_its_line() {
    let text = serde_json::to_string_pretty(&sound()).unwrap();
    let broken: String = text.lines().take(12).collect::<Vec<_>>().join("\n");
    let engine = Engine::new().unwrap();
    let error = engine.library.read(&broken).unwrap_err();
    assert_eq!((error.fault.key, error.line), ("not_json", Some(12)));
    assert!(engine.library.read("").is_err());
    assert!(engine.library.read("[]").is_err());
    assert!(engine.library.read("null").is_err());
    assert!(engine.library.read(&"[".repeat(100_000)).is_err());
}

fn nested(levels: usize) -> Value {
    (1..levels).fold(json!("y0"), |inner, _| json!({ "not": inner }))
}

#[test]
fn twenty_four_levels_are_read_and_twenty_five_are_not() {
    let mut document = sound();
    put(&mut document, MET, nested(24));
    load(&document).unwrap();
    put(&mut document, MET, nested(25));
    assert_eq!(load(&document).unwrap_err().fault.key, "too_deep");
}

#[test]
fn no_standard_is_too_large_to_be_judged_at_once() {
    let mut document = sound();
    put(&mut document, MET, json!({ "any": vec!["y0"; 5_000] }));
    assert_eq!(load(&document).unwrap_err().fault.key, "too_many_nodes");
    // A name is used twice at each of 40 steps: 2 to the power of 40 to judge.
    let mut document = sound();
    let mut last = "some_item".to_owned();
    for step in 0..40 {
        let id = format!("step_{step}");
        let when = json!({ "any": [last, { "not": last }] });
        put(&mut document, "/define/9", json!({ "id": id, "source": "T", "when": when }));
        last = id;
    }
    put(&mut document, MET, json!(last));
    assert!(load(&document).is_err());
    // A chain of names, each a little above the last.
    let mut document = sound();
    let mut last = "some_item".to_owned();
    for step in 0..1_300 {
        let id = format!("step_{step}");
        put(
            &mut document,
            "/define/9",
            json!({ "id": id, "source": "T", "when": { "not": last } }),
        );
        last = id;
    }
    put(&mut document, MET, json!(last));
    assert!(load(&document).is_err());
}

#[test]
fn a_mebibyte_is_read_and_a_byte_more_is_not() {
    let engine = Engine::new().unwrap();
    let text = sound().to_string();
    let padded = |bytes: usize| format!("{text}{}", " ".repeat(bytes - text.len()));
    engine.library.read(&padded(1 << 20)).unwrap();
    let error = engine.library.read(&padded((1 << 20) + 1)).unwrap_err();
    assert_eq!(error.fault.key, "file_too_long");
}

#[test]
fn more_than_can_be_kept_apart_is_refused() {
    let mut document = sound();
    let criteria = (0..65).map(|at| {
        json!({ "id": format!("c{at}"), "topic": "tiny", "source": "T", "met": "y0" })
    });
    put(&mut document, "/criterion", criteria.collect());
    assert_eq!(load(&document).unwrap_err().fault.key, "too_many_criteria");
    let mut document = sound();
    let hints = (0..200).map(|at| {
        json!({ "id": format!("h{at}"), "topic": "tiny", "source": "T", "when": "y0" })
    });
    put(&mut document, "/hint", hints.collect());
    assert_eq!(load(&document).unwrap_err().fault.key, "too_many_hints");
}

/// A county's file on top of the province's, with one parameter of its own.
fn county(param: &Value) -> Value {
    json!({
        "standard": {
            "id": "county", "title": "县", "level": "county", "status": "sourced",
            "years": [2014, 2020], "extends": "sichuan-household-2016",
        },
        "source": [{ "id": "C", "title": "县", "status": "sourced" }],
        "param": [param.clone()],
    })
}

fn param(
    id: &str,
    kind: &str,
    unit: &str,
    values: &[(i64, i64, &str, Option<&str>)],
) -> Value {
    let values = values.iter().map(|(first, last, value, reading)| {
        let mut made = json!({ "years": [first, last], "value": value, "source": "C", "status": "sourced" });
        if let Some(reading) = reading {
            made["reading"] = json!(reading);
        }
        made
    });
    json!({ "id": id, "kind": kind, "unit": unit, "value": values.collect::<Vec<_>>() })
}

#[test]
fn a_county_tightens_and_never_loosens() {
    let line = |values: &[(i64, i64, &str, Option<&str>)]| {
        param("income_line", "money", "yuan/person/year", values)
    };
    let minutes = |most: &str| {
        param("water_minutes_most", "count", "min", &[(2014, 2020, most, None)])
    };
    for allowed in [
        line(&[(2014, 2020, "4500", None)]),
        minutes("15"),
        minutes("20"),
        param("school_age_to", "count", "year", &[(2014, 2020, "15", None)]),
    ] {
        load(&county(&allowed)).unwrap_or_else(|error| panic!("{allowed}: {error}"));
    }
    for loose in [
        line(&[(2014, 2020, "2000", None)]),
        line(&[
            (2014, 2016, "4500", None),
            (2017, 2017, "2951.99", Some("national")),
            (2018, 2020, "4500", None),
        ]),
        line(&[
            (2014, 2016, "4500", None),
            (2017, 2017, "2000", Some("county")),
            (2018, 2020, "4500", None),
        ]),
        minutes("21"),
        minutes("3０"),
        param("school_age_to", "count", "year", &[(2014, 2020, "14", None)]),
        param("school_age_to", "count", "year", &[(2014, 2020, "16", None)]),
    ] {
        let document = county(&loose);
        let text = serde_json::to_string_pretty(&document).unwrap();
        let error = Engine::new().unwrap().library.read(&text).map(|_| loose.clone());
        let error = error.expect_err("a county loosened");
        assert_eq!(error.fault.key, "loosened", "{loose}");
        assert!(error.line.is_some() && error.key.starts_with("param[0]"), "{error:?}");
    }
}

#[test]
fn a_county_neither_rewrites_nor_leaves_out_what_the_province_asks() {
    let rewritten = [
        json!({ "criterion": [{ "id": "income", "topic": "income", "source": "C", "met": "power_connected" }] }),
        json!({ "define": [{ "id": "is_insured", "of": "member", "source": "C", "when": "lives_at_home" }] }),
        json!({ "quantity": [{ "id": "net_income", "unit": "yuan/year", "source": "C", "value": "medical_spending" }] }),
    ];
    for part in rewritten {
        let mut document = county(&Value::Null);
        document.as_object_mut().unwrap().remove("param");
        for (key, value) in part.as_object().unwrap() {
            document[key] = value.clone();
        }
        assert_eq!(load(&document).unwrap_err().fault.key, "redefined", "{part}");
    }
    let mut document = county(&Value::Null);
    document.as_object_mut().unwrap().remove("param");
    document["standard"]["keep"] = json!(["power"]);
    assert_eq!(load(&document).unwrap_err().fault.key, "redefined");
}

#[test]
fn what_ships_loads() {
    let engine = Engine::new().unwrap();
    let mut names: Vec<&str> = engine.library.names().collect();
    names.push(ruhu_core::HINTS);
    let files = data::files(&data::folder("core/standards"), "toml");
    assert_eq!(names.len(), files.len());
    for name in names {
        let standard =
            engine.library.standard(name).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(standard.hash().len(), 64);
    }
}

#[test]
fn the_hash_is_that_of_what_is_said_and_not_of_how_it_is_written() {
    let engine = Engine::new().unwrap();
    let text = sound().to_string();
    let spaced = serde_json::to_string_pretty(&sound()).unwrap();
    let hash = |text: &str| engine.library.read(text).unwrap().hash().to_owned();
    assert_eq!(hash(&text), hash(&spaced));
    let mut turned = sound();
    let head = turned["standard"].take();
    let title = json!({ "title": head["title"], "status": head["status"], "years": head["years"],
        "level": head["level"], "id": head["id"] });
    turned["standard"] = title;
    assert_eq!(hash(&text), hash(&turned.to_string()));
    let mut other = sound();
    put(&mut other, "/standard/title", json!("other"));
    assert_ne!(hash(&text), hash(&other.to_string()));
}

/// A county's edition of what ships has its id: it counts, and is listed once.
#[test]
fn of_two_standards_of_one_id_the_later_is_listed() {
    let library = Engine::new().unwrap().library;
    let shipped: Vec<String> = library.names().map(str::to_owned).collect();
    let name = shipped.first().unwrap().clone();
    let mut text: Value = serde_json::from_str(&library.text(&name).unwrap()).unwrap();
    let mut edition = |title: &str| {
        text["standard"]["title"] = title.into();
        Rc::new(library.read(&text.to_string()).unwrap())
    };
    let (one, other) = (edition("one"), edition("other"));
    let mut assess = Assess::new(library, "zh-CN").unwrap();
    for own in [one, other] {
        assess.add(own);
    }
    let listed = assess.standards();
    let mut ids: Vec<&str> = listed.iter().map(|one| one.id()).collect();
    assert_eq!((ids[0], listed[0].title()), (name.as_str(), "other"));
    ids.sort_unstable();
    assert_eq!(ids, shipped);
}
