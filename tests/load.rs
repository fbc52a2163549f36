//! A bad standard is refused whole: with its line, its key, what is wrong and what to do.

use ruhu_core::{LoadError, Standard};
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
    tiny.document()
}

fn load(document: &Value) -> Result<Standard, LoadError> {
    let engine = Engine::new().unwrap();
    engine.library.read(&serde_json::to_string_pretty(document).unwrap())
}

/// A way to spoil it: where, with what, which fault, and a part of the line that is named.
struct Spoilt {
    why: &'static str,
    at: &'static str,
    with: Value,
    fault: &'static str,
    line: &'static str,
}

fn spoilt(
    why: &'static str,
    at: &'static str,
    with: Value,
    fault: &'static str,
    line: &'static str,
) -> Spoilt {
    Spoilt { why, at, with, fault, line }
}

const MET: &str = "/criterion/0/met";

fn conditions() -> Vec<Spoilt> {
    let met = |why, with, fault, line| spoilt(why, MET, with, fault, line);
    let over = |number: Value| json!({ "over": ["n0", number] });
    vec![
        met("a fact that nobody knows", json!({ "all": ["y0", "y9"] }), "unknown_name", "\"y9\""),
        met("a misspelt operator", json!({ "xor": ["y0", "y1"] }), "unknown_operator", "\"xor\""),
        met("an unknown number", over(json!({ "root": "n0" })), "unknown_operator", "{"),
        met("a number as a condition", json!({ "not": "n0" }), "not_yes_no", "\"n0\""),
        met("a literal as a condition", json!({ "all": [true] }), "not_a_condition", "true"),
        met("a condition as a number", over(json!("y0")), "not_a_number", "\"y0\""),
        met("rows against years", over(json!("py6")), "wrong_unit", "["),
        met("rows against days", over(json!("check_date")), "wrong_unit", "["),
        met("a number without a name", over(json!("3 row")), "number_without_name", "\"3 row\""),
        met("a number without a unit", over(json!("0")), "wrong_unit", "["),
        met("known, which more answers overturn", json!({ "known": "y0" }), "known_in_criterion", "\"y0\""),
        met("over what cannot be reached", json!({ "over": ["nf", "pf9"] }), "always_the_same", "["),
        met("all the options there are", json!({ "is": ["ch", "a", "b", "c"] }), "always_the_same", "["),
        met("none of the options", json!({ "is": ["ch"] }), "always_the_same", "["),
        met("an option that is not there", json!({ "is": ["ch", "d"] }), "unknown_option", "\"d\""),
        met("a choice that is a number", json!({ "is": ["n0", "a"] }), "unknown_option", "\"a\""),
        met("an empty list", json!({ "all": [] }), "empty_list", "[]"),
        met("three of two", json!({ "at_least": 3, "of": ["y0", "y1"] }), "count_out_of_list", "3"),
        met("none of two", json!({ "at_least": 0, "of": ["y0", "y1"] }), "count_out_of_list", "0"),
        met("two conditions in one", json!({ "all": ["y0"], "any": ["y1"] }), "not_a_condition", "\"met\""),
        met("an if without an else", json!({ "if": "y0", "then": "y1" }), "missing", "\"met\""),
        met("an unknown key", json!({ "if": "y0", "then": "y1", "else": "y1", "elif": "y0" }), "unknown_key", "\"elif\""),
        met("a row's fact in the household", json!("iy"), "outside_its_rows", "\"iy\""),
        met("a row's define in the household", json!("good"), "outside_its_rows", "\"good\""),
        met("a list nobody knows", json!({ "some": "cow", "holds": "y0" }), "unknown_name", "\"cow\""),
        met("the household as a list", json!({ "some": "household", "holds": "y0" }), "not_a_list_of_rows", "\"household\""),
        met(
            "rows inside rows inside rows",
            json!({ "some": "item", "holds": { "some": "part", "holds": { "some": "item", "holds": "iy" } } }),
            "not_a_list_of_rows",
            "\"item\"",
        ),
        met(
            "same, but in one list only",
            json!({ "some": "part", "holds": { "same": "pi" } }),
            "not_a_row_of_the_outer_list",
            "\"pi\"",
        ),
        met("every without what holds", json!({ "every": "item" }), "missing", "\"met\""),
        met("one side only", json!({ "over": ["n0"] }), "not_a_pair", "["),
        met("between two", json!({ "between": ["n0", "p1"] }), "not_three", "["),
        met("the age of a number", json!({ "over": [{ "age": "n0", "at": "check_date" }, "py6"] }), "not_a_date", "{"),
        met("the last of a number", json!({ "over": [{ "age": "da", "at": { "last": "p1" } }, "py6"] }), "unknown_name", "\"p1\""),
        met("a name that is a number", json!(7), "not_a_condition", "7"),
    ]
}

fn shapes() -> Vec<Spoilt> {
    let value = json!({ "years": [2017, 2017], "value": "2", "source": "T", "status": "proposed" });
    let but = |key: &str, with: Value| {
        let mut value = value.clone();
        if with.is_null() {
            value.as_object_mut().unwrap().remove(key);
        } else {
            value[key] = with;
        }
        json!([value])
    };
    vec![
        spoilt("a criterion without a source", "/criterion/1/source", Value::Null, "missing", "{"),
        spoilt("a criterion of a source nobody named", "/criterion/1/source", json!("X"), "unknown_source", "\"X\""),
        spoilt("a criterion without a condition", "/criterion/1/met", Value::Null, "missing", "{"),
        spoilt("a criterion in a topic nobody knows", "/criterion/1/topic", json!("tin"), "unknown_name", "\"tin\""),
        spoilt("a misspelt key", "/criterion/1/clauze", json!("I"), "unknown_key", "\"clauze\""),
        spoilt("a misspelt table", "/criterions", json!([]), "unknown_key", "\"criterions\""),
        spoilt("a misspelt key of the head", "/standard/tittle", json!("T"), "unknown_key", "\"tittle\""),
        spoilt("two criteria of one name", "/criterion/1/id", json!("c0"), "twice", "\"c0\""),
        spoilt("a parameter called like a fact", "/param/0/id", json!("n0"), "twice", "\"n0\""),
        spoilt("a define called like a parameter", "/define/0/id", json!("p1"), "twice", "\"p1\""),
        spoilt("two sources of one name", "/source/1", json!({ "id": "T", "title": "t", "status": "proposed" }), "twice", "\"T\""),
        spoilt("a name with a space", "/define/0/id", json!("some item"), "bad_id", "\"some item\""),
        spoilt("a define of a list nobody knows", "/define/1/of", json!("cow"), "unknown_name", "\"cow\""),
        spoilt("a value without a source", "/param/1/value", but("source", Value::Null), "missing", "{"),
        spoilt("a value of a source nobody named", "/param/1/value", but("source", json!("X")), "unknown_source", "\"X\""),
        spoilt("a value without a status", "/param/1/value", but("status", Value::Null), "missing", "{"),
        spoilt("a status nobody knows", "/param/1/value", but("status", json!("sure")), "unknown_name", "\"sure\""),
        spoilt("a value that is no number", "/param/1/value", but("value", json!("two")), "bad_value", "\"two\""),
        spoilt("a value that is too fine", "/param/1/value", but("value", json!("2.5")), "bad_value", "\"2.5\""),
        spoilt("years turned round", "/param/1/value", but("years", json!([2018, 2017])), "not_a_pair", "\"years\""),
        spoilt("a year without a value", "/param/1/value", but("years", json!([2018, 2018])), "year_without_value", "{"),
        spoilt("two values of one year", "/param/1/value", json!([value, value]), "two_values_one_year", "\"value\""),
        spoilt("no value at all", "/param/1/value", json!([]), "missing", "\"value\""),
        spoilt("a parameter without a unit", "/param/1/unit", Value::Null, "missing", "{"),
        spoilt("a kind nobody knows", "/param/1/kind", json!("float"), "unknown_kind", "\"float\""),
        spoilt("a way nobody knows", "/param/1/may", json!("sideways"), "unknown_name", "\"sideways\""),
        spoilt("a level nobody knows", "/standard/level", json!("hamlet"), "unknown_name", "\"hamlet\""),
        spoilt("a standard that extends nothing", "/standard/extends", json!("nowhere"), "unknown_standard", "\"extends\""),
        spoilt("a quantity in another unit", "/quantity/0/unit", json!("yuan"), "wrong_unit", "\"yuan\""),
        spoilt("a quantity that uses itself", "/quantity/0/value", json!({ "add": ["all_in", "n0"] }), "cycle", ""),
        spoilt("a literal in a quantity", "/quantity/0/value", json!({ "add": ["n0", "3 row"] }), "number_without_name", ""),
        spoilt("a define that uses itself", "/define/0/when", json!({ "not": "some_item" }), "cycle", ""),
        spoilt("a literal in a define", "/define/0/when", json!({ "over": ["n0", "3 row"] }), "number_without_name", ""),
        spoilt("a fact of a kind nobody knows", "/topics/0/fact/0/kind", json!("float"), "unknown_kind", "\"float\""),
        spoilt("a fact that is there already", "/topics/0/fact/0/id", json!("water_tap"), "twice", "\"water_tap\""),
        spoilt("a range turned round", "/topics/0/fact/3/range", json!([4, 0]), "not_a_pair", "\"range\""),
        spoilt("a fact without a range", "/topics/0/fact/3/range", Value::Null, "missing", "{"),
        spoilt("four digits after the point", "/topics/0/fact/6/decimals", json!(4), "decimals_0_to_3", "4"),
        spoilt("a choice of nothing", "/topics/0/fact/2/options", json!([]), "options_1_to_64", "\"options\""),
        spoilt("one option twice", "/topics/0/fact/2/options", json!(["a", "b", "a"]), "twice", "\"a\""),
        spoilt("more rows than there may be", "/topics/1/entity/most", json!(65), "too_many_rows", "65"),
        spoilt(
            "a grouping of what is not there",
            "/grouping",
            json!([{ "id": "g", "groups": [{ "id": "a", "criteria": ["c9"] }] }]),
            "unknown_name",
            "\"c9\"",
        ),
        spoilt(
            "a hint about a fact nobody knows",
            "/hint",
            json!([{ "id": "h", "topic": "tiny", "source": "T", "facts": ["y9"], "when": "y0" }]),
            "unknown_name",
            "\"y9\"",
        ),
    ]
}

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
    let mut wrong = Vec::new();
    for Spoilt { why, at, with, fault, line } in conditions().into_iter().chain(shapes()) {
        let mut document = sound();
        if with.to_string().contains("pf9") {
            let nine = json!([{ "years": [2017, 2017], "value": "9", "source": "T", "status": "proposed" }]);
            put(&mut document, "/param/9", json!({ "id": "pf9", "kind": "count", "unit": "1", "value": nine }));
        }
        put(&mut document, at, with);
        let text = serde_json::to_string_pretty(&document).unwrap();
        let error = match engine.library.read(&text) {
            Ok(_) => {
                wrong.push(format!("{why}: it loads"));
                continue;
            }
            Err(error) => error,
        };
        if error.fault.key != fault {
            wrong.push(format!("{why}: {fault} expected, but {error}"));
        }
        if error.file != "tiny" || error.key.is_empty() && !at.starts_with("/criterions") {
            wrong.push(format!("{why}: neither file nor key: {error:?}"));
        }
        let named = error.line.and_then(|line| text.lines().nth(line.checked_sub(1)?));
        if named.is_none_or(|named| !named.contains(line)) {
            wrong.push(format!("{why}: line {:?} says {named:?}, not {line}: {error}", error.line));
        }
        for language in engine.library.languages() {
            let lang = engine.library.lang(language);
            for key in [format!("load.{}", error.fault.key), format!("advice.load.{}", error.fault.key)] {
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
        put(&mut document, "/define/9", json!({ "id": id, "source": "T", "when": { "not": last } }));
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
fn county(param: Value) -> Value {
    json!({
        "standard": {
            "id": "county", "title": "县", "level": "county", "status": "sourced",
            "years": [2014, 2020], "extends": "sichuan-household-2016",
        },
        "source": [{ "id": "C", "title": "县", "status": "sourced" }],
        "param": [param],
    })
}

fn param(id: &str, kind: &str, unit: &str, values: &[(i64, i64, &str, Option<&str>)]) -> Value {
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
    let minutes = |most: &str| param("water_minutes_most", "count", "min", &[(2014, 2020, most, None)]);
    for allowed in [
        line(&[(2014, 2020, "4500", None)]),
        minutes("15"),
        minutes("20"),
        param("school_age_to", "count", "year", &[(2014, 2020, "15", None)]),
    ] {
        load(&county(allowed.clone())).unwrap_or_else(|error| panic!("{allowed}: {error}"));
    }
    for loose in [
        line(&[(2014, 2020, "2000", None)]),
        line(&[(2014, 2016, "4500", None), (2017, 2017, "2951.99", Some("national")), (2018, 2020, "4500", None)]),
        line(&[(2014, 2016, "4500", None), (2017, 2017, "2000", Some("county")), (2018, 2020, "4500", None)]),
        minutes("21"),
        minutes("3０"),
        param("school_age_to", "count", "year", &[(2014, 2020, "14", None)]),
        param("school_age_to", "count", "year", &[(2014, 2020, "16", None)]),
    ] {
        let document = county(loose.clone());
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
        let mut document = county(Value::Null);
        document.as_object_mut().unwrap().remove("param");
        for (key, value) in part.as_object().unwrap() {
            document[key] = value.clone();
        }
        assert_eq!(load(&document).unwrap_err().fault.key, "redefined", "{part}");
    }
    let mut document = county(Value::Null);
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
        let standard = engine.library.standard(name).unwrap_or_else(|error| panic!("{error}"));
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
