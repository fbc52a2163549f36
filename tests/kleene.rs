//! "And", "or" and "not" are Kleene's: the engine before the cases of the DMN TCK.
//!
//! The rows are all those of its five files on them (Apache-2.0), re-typed with their ids:
//!
//! | file | level | cases |
//! |---|--:|--:|
//! | 0064-feel-conjunction | 3 | 19 |
//! | 0065-feel-disjunction | 3 | 19 |
//! | 0066-feel-negation | 3 | 6 |
//! | 0106-feel-ternary-logic, each both ways | 2 | 9 + 9 |
//! | 0107-feel-ternary-logic-not | 2 | 3 |
//!
//! What is no truth value there (`123`, `0`, `"true"`, `null`) can stand in two places here.
//! As a household's answer it is missing or cannot be read, which is unknown, as the file
//! expects; written into a rule it is refused when the rule is loaded, which is stricter.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

use ruhu_tests::engine::Engine;
use ruhu_tests::tiny::{Tiny, choice, count, yes_no};
use serde_json::{Map, Value, json};

/// An operand as the TCK writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operand {
    True,
    False,
    Null,
    Number,
    Zero,
    One,
    Text,
}

use Operand::{False, Null, Number, One, Text, True, Zero};

type Case = (&'static str, Operand, Operand, Option<bool>);

const T: Option<bool> = Some(true);
const F: Option<bool> = Some(false);
const N: Option<bool> = None;

const CONJUNCTION: &[Case] = &[
    ("0064-001", True, True, T),
    ("0064-002", True, False, F),
    ("0064-003_a", True, Null, N),
    ("0064-003_b", True, Number, N),
    ("0064-003_c", True, Text, N),
    ("0064-004", False, True, F),
    ("0064-005", False, False, F),
    ("0064-006_a", False, Null, F),
    ("0064-006_b", False, Number, F),
    ("0064-006_c", False, Text, F),
    ("0064-007_a", Null, True, N),
    ("0064-007_b", Number, True, N),
    ("0064-007_c", Text, True, N),
    ("0064-008_a", Null, False, F),
    ("0064-008_b", Number, False, F),
    ("0064-008_c", Text, False, F),
    ("0064-009_a", Null, Null, N),
    ("0064-009_b", Text, Text, N),
    ("0064-009_c", Zero, Zero, N),
    ("0106-001", True, True, T),
    ("0106-002", False, True, F),
    ("0106-003", Null, True, N),
    ("0106-004", True, False, F),
    ("0106-005", False, False, F),
    ("0106-006", Null, False, F),
    ("0106-007", True, Null, N),
    ("0106-008", False, Null, F),
    ("0106-009", Null, Null, N),
];

const DISJUNCTION: &[Case] = &[
    ("0065-001", True, True, T),
    ("0065-002", True, False, T),
    ("0065-003_a", True, Null, T),
    ("0065-003_b", True, Number, T),
    ("0065-003_c", True, Text, T),
    ("0065-004", False, True, T),
    ("0065-005", False, False, F),
    ("0065-006_a", False, Null, N),
    ("0065-006_b", False, Number, N),
    ("0065-006_c", False, Text, N),
    ("0065-007_a", Null, True, T),
    ("0065-007_b", Number, True, T),
    ("0065-007_c", Text, True, T),
    ("0065-008_a", Null, False, N),
    ("0065-008_b", Number, False, N),
    ("0065-008_c", Text, False, N),
    ("0065-009_a", Null, Null, N),
    ("0065-009_b", Text, Text, N),
    ("0065-009_c", Zero, Zero, N),
    ("0106-001", True, True, T),
    ("0106-002", False, True, T),
    ("0106-003", Null, True, T),
    ("0106-004", True, False, T),
    ("0106-005", False, False, F),
    ("0106-006", Null, False, N),
    ("0106-007", True, Null, T),
    ("0106-008", False, Null, N),
    ("0106-009", Null, Null, N),
];

const NEGATION: &[(&str, Operand, Option<bool>)] = &[
    ("0066-001", True, F),
    ("0066-002", False, T),
    ("0066-003_a", Null, N),
    ("0066-003_b", Zero, N),
    ("0066-003_c", One, N),
    ("0066-003_d", Text, N),
    ("0107-001", True, F),
    ("0107-002", False, T),
    ("0107-003", Null, N),
];

/// The ways in which one side of a condition can be written.
const FORMS: usize = 8;

/// One side of a condition, in one of the forms; `side` is `l` or `r`.
fn operand(side: &str, form: usize) -> Value {
    let name = |kind: &str| format!("{side}_{kind}");
    match form {
        0 => json!(name("yes")),
        1 => json!({ "not": name("opposite") }),
        2 => json!({ "is": [name("choice"), "a", "c"] }),
        3 => json!({ "no_less": [name("count"), "limit"] }),
        4 => json!(name("named")),
        5 => json!({ "some": name("row"), "holds": name("row_yes") }),
        6 => json!({ "every": name("row"), "holds": name("row_yes") }),
        _ => {
            json!({ "if": name("opposite"), "then": { "not": name("opposite") }, "else": name("yes") })
        }
    }
}

/// The answers that make one side true, false, or neither.
fn answers(side: &str, operand: Operand, record: &mut Value) {
    let (yes, opposite, choice, count) = match operand {
        True => (json!("yes"), json!("no"), json!("a"), json!("5")),
        False => (json!("no"), json!("yes"), json!("b"), json!("4")),
        Null => (Value::Null, Value::Null, Value::Null, Value::Null),
        Number => (json!(123), json!(123), json!(123), json!("12a")),
        Zero => (json!(0), json!(0), json!(0), json!("nought")),
        One => (json!(1), json!(1), json!(1), json!("one")),
        Text => (json!("\"true\""), json!("\"true\""), json!("\"a\""), json!("\"5\"")),
    };
    let rows = format!("{side}_row");
    if let Some(answers) = record["answers"].as_object_mut() {
        answers.insert(format!("{side}_yes"), yes.clone());
        answers.insert(format!("{side}_opposite"), opposite);
        answers.insert(format!("{side}_choice"), choice);
        answers.insert(format!("{side}_count"), count);
    }
    let row = json!({ "key": 1, "answers": { format!("{side}_row_yes"): yes } });
    record["lists"][rows] = json!({ "complete": true, "rows": [row] });
}

fn record() -> Value {
    json!({
        "ruhu": 1, "id": "kleene", "standard": "tiny", "year": 2017, "date": "2017-10-15",
        "choices": {}, "answers": Map::new(), "lists": Map::new(),
    })
}

fn tiny(criteria: Vec<Value>) -> Value {
    let mut tiny = Tiny { criteria, ..Tiny::default() };
    for side in ["l", "r"] {
        let name = |kind: &str| format!("{side}_{kind}");
        tiny.facts.push(yes_no(&name("yes")));
        tiny.facts.push(yes_no(&name("opposite")));
        tiny.facts.push(choice(&name("choice"), &["a", "b", "c"]));
        tiny.facts.push(count(&name("count"), 0, 9));
        tiny.defines
            .push(json!({ "id": name("named"), "when": name("yes"), "source": "T" }));
    }
    tiny.lists.push(("l_row", 0, 1, vec![yes_no("l_row_yes")]));
    tiny.lists.push(("r_row", 0, 1, vec![yes_no("r_row_yes")]));
    tiny.params.push(("limit".to_owned(), "count", "thing", "5".to_owned()));
    tiny.document()
}

/// The ways in which "and" (or "or") of two conditions can be written.
fn connected(left: &Value, right: &Value, and: bool) -> Vec<Value> {
    let key = if and { "all" } else { "any" };
    let other = if and { "any" } else { "all" };
    let least = if and { 2 } else { 1 };
    vec![
        json!({ key: [left, right] }),
        json!({ "at_least": least, "of": [left, right] }),
        json!({ "not": { other: [{ "not": left }, { "not": right }] } }),
        json!({ key: [{ key: [left] }, { key: [right, right] }] }),
    ]
}

fn said(verdict: &str) -> Option<bool> {
    match verdict {
        "met" => T,
        "not_met" => F,
        _ => N,
    }
}

fn check(cases: &[Case], and: bool) {
    let engine = Engine::new().unwrap();
    for way in 0..4 {
        let mut criteria = Vec::new();
        for left in 0..FORMS {
            for right in 0..FORMS {
                let (left, right) = (operand("l", left), operand("r", right));
                criteria.push(connected(&left, &right, and)[way].clone());
            }
        }
        let document = tiny(criteria.clone());
        let standard = engine.read(&document).unwrap();
        for (id, left, right, expected) in cases {
            let mut record = record();
            answers("l", *left, &mut record);
            answers("r", *right, &mut record);
            let visit = engine.open(&standard, &record).unwrap();
            for (criterion, verdict) in criteria.iter().zip(visit.verdicts()) {
                let got = said(verdict.as_str());
                assert_eq!(got, *expected, "{id} written as {criterion}");
            }
        }
    }
}

#[test]
fn no_case_is_left_out() {
    let cases = [CONJUNCTION.len(), DISJUNCTION.len(), NEGATION.len()];
    assert_eq!(cases, [19 + 9, 19 + 9, 6 + 3]);
}

#[test]
fn and_is_kleenes() {
    check(CONJUNCTION, true);
}

#[test]
fn or_is_kleenes() {
    check(DISJUNCTION, false);
}

#[test]
fn not_is_kleenes() {
    let engine = Engine::new().unwrap();
    let criteria: Vec<Value> = (0..FORMS)
        .flat_map(|form| {
            let inner = operand("l", form);
            [json!({ "not": inner }), json!({ "not": { "not": { "not": inner } } })]
        })
        .collect();
    let standard = engine.read(&tiny(criteria.clone())).unwrap();
    for (id, operand, expected) in NEGATION {
        let mut record = record();
        answers("l", *operand, &mut record);
        let visit = engine.open(&standard, &record).unwrap();
        for (criterion, verdict) in criteria.iter().zip(visit.verdicts()) {
            assert_eq!(said(verdict.as_str()), *expected, "{id} written as {criterion}");
        }
    }
}

#[test]
fn every_reason_for_not_knowing_is_the_same_null() {
    let engine = Engine::new().unwrap();
    let criteria = vec![json!("l_yes"), json!({ "not": "l_yes" }), operand("l", 3)];
    let standard = engine.read(&tiny(criteria)).unwrap();
    for reason in ["not_asked", "does_not_know", "refused", "not_applicable", "conflict"]
    {
        let mut record = record();
        let unknown = json!({ "unknown": reason, "was": "yes" });
        record["answers"] = json!({ "l_yes": unknown, "l_count": unknown });
        let visit = engine.open(&standard, &record).unwrap();
        for verdict in visit.verdicts() {
            assert_eq!(verdict.as_str(), "unknown", "{reason}");
        }
    }
}

#[test]
fn what_is_no_truth_value_is_refused_in_a_rule() {
    let engine = Engine::new().unwrap();
    for operand in
        [json!("l_count"), json!("limit"), json!(123), json!(null), json!(true)]
    {
        for rule in [json!({ "all": ["l_yes", operand] }), json!({ "not": operand })] {
            assert!(engine.read(&tiny(vec![rule.clone()])).is_err(), "{rule}");
        }
    }
}
