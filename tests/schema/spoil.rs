//! One thing wrong in a record that was right.

use ruhu_tests::slow::{Fact, Kind, Rules, Sketch, Spot};
use ruhu_tests::tape::Tape;
use serde_json::{Value, json};

use super::written;

type Facts<'a> = (&'a Rules, &'a [&'a Fact]);
/// What a spoiling is called, and how it is done, where it can be.
type Way = (&'static str, fn(&mut Value, &Sketch, Facts<'_>, &Tape<'_>) -> Option<()>);

const WAYS: [Way; 17] = [
    ("an option is unknown", |record, sketch, facts, tape| {
        let is_choice = |kind: &Kind| matches!(kind, Kind::YesNo | Kind::Choice(_));
        let (at, _) = spot(sketch, facts, is_choice, tape)?;
        put(record, &at, tape.of(&[json!("maybe"), json!("Yes"), json!(1)]).clone())
    }),
    ("a number is above its range", |record, sketch, facts, tape| {
        let (at, fact) = spot(sketch, facts, is_number, tape)?;
        let Kind::Number(_, high, decimals) = fact.kind else { return None };
        let above = if decimals > 0 && tape.once_in(2) {
            format!("{high}.{:0>decimals$}", 1)
        } else {
            (high + tape.between(1, 3 * high.max(1))).to_string()
        };
        put(record, &at, either(&above, tape))
    }),
    ("a number is below its range", |record, sketch, facts, tape| {
        let (at, fact) = spot(sketch, facts, is_number, tape)?;
        let Kind::Number(low, _, _) = fact.kind else { return None };
        let below = (low - tape.between(1, 20_000)).to_string();
        put(record, &at, either(&below, tape))
    }),
    ("a number has too many decimals", |record, sketch, facts, tape| {
        let (at, fact) = spot(sketch, facts, is_number, tape)?;
        let Kind::Number(low, _, decimals) = fact.kind else { return None };
        put(record, &at, json!(format!("{low}.{:0>1$}", 1, decimals + 1)))
    }),
    ("a number is words", |record, sketch, facts, tape| {
        let (at, _) = spot(sketch, facts, is_number, tape)?;
        let words = ["约30", "三十", "1e1", "3,5", "3.1.2", "-", ".", "3万5", "true"];
        put(record, &at, json!(tape.of(&words)))
    }),
    ("a date cannot be", |record, sketch, facts, tape| {
        let (at, _) = spot(sketch, facts, |kind| *kind == Kind::Date, tape)?;
        put(record, &at, json!(tape.of(&NO_DATES)))
    }),
    ("the day of the check cannot be", |record, _, _, tape| {
        let part = ["2017", "2017-10", "2017年10月"];
        let all: Vec<&str> = NO_DATES.into_iter().chain(part).collect();
        put(record, "/date", json!(tape.of(&all)))
    }),
    ("a reason is unknown", |record, sketch, facts, tape| {
        let (at, _) = spot(sketch, facts, |_| true, tape)?;
        let unknown = [
            json!({ "unknown": "no_time" }),
            json!({ "unknown": null }),
            json!({ "was": "3" }),
            json!({ "unknown": "refused", "by": "son" }),
        ];
        put(record, &at, tape.of(&unknown).clone())
    }),
    ("an answer is no answer", |record, sketch, facts, tape| {
        let (at, _) = spot(sketch, facts, |_| true, tape)?;
        put(record, &at, tape.of(&[json!([]), json!({}), json!(["yes"])]).clone())
    }),
    ("a fact is unknown", |record, sketch, facts, tape| {
        let (at, _) = spot(sketch, facts, |_| true, tape)?;
        let (answers, fact) = at.rsplit_once('/')?;
        let answers = record.pointer_mut(answers)?.as_object_mut()?;
        let answer = answers.remove(fact)?;
        answers.insert(format!("{fact}s"), answer);
        Some(())
    }),
    ("a list is unknown", |record, sketch, _, tape| {
        let names: Vec<&String> = sketch.lists.keys().collect();
        let lists = record["lists"].as_object_mut()?;
        let list = lists.remove(*tape.of(&names))?;
        lists.insert(tape.of(&["members", "household"]).to_string(), list);
        Some(())
    }),
    ("a list has too many rows", |record, _, (rules, _), tape| {
        let (name, _, most) = tape.of(&rules.entities);
        let rows = (1..=most + 1).map(|key| json!({ "key": key, "answers": {} }));
        record["lists"][name]["rows"] = rows.collect();
        Some(())
    }),
    ("a row has no key", |record, sketch, _, tape| {
        let filled = sketch.lists.iter().filter(|(_, list)| !list.rows.is_empty());
        let filled: Vec<_> = filled.collect();
        let (name, list) = filled.get(tape.below(filled.len()))?;
        let at = tape.below(list.rows.len());
        let row = record.pointer_mut(&format!("/lists/{name}/rows/{at}"))?;
        let row = row.as_object_mut()?;
        row.remove("key");
        if tape.once_in(2) {
            row.insert("key".to_owned(), tape.of(&[json!(null), json!(-1)]).clone());
        }
        Some(())
    }),
    ("the year is not one of the standard's", |record, _, _, tape| {
        let year = tape.of(&["2013", "2021", "1", "20170", "-2017", "2017.5"]);
        put(record, "/year", either(year, tape))
    }),
    ("a reading is unknown", |record, sketch, _, tape| {
        let params: Vec<&String> = sketch.choices.keys().collect();
        let param = if params.is_empty() { "none" } else { tape.of(&params).as_str() };
        let choices = record["choices"].as_object_mut()?;
        if tape.once_in(2) {
            choices.insert(format!("{param}_"), json!("national"));
        } else {
            choices.insert(param.to_owned(), json!("mine"));
        }
        Some(())
    }),
    ("a part of a list is unknown", |record, _, (rules, _), tape| {
        let (name, _, _) = tape.of(&rules.entities);
        let list = record["lists"].get_mut(name)?.as_object_mut()?;
        match tape.below(3) {
            0 => list.insert("complete".to_owned(), json!("yes")),
            1 => list.insert("sum".to_owned(), json!(9)),
            _ => list.insert("rows".to_owned(), json!({})),
        };
        Some(())
    }),
    ("it is no record of this standard", |record, _, _, tape| {
        match tape.below(3) {
            0 => record["standard"] = json!("jia"),
            1 => record["ruhu"] = json!(2),
            _ => drop(record.as_object_mut()?.remove("ruhu")),
        }
        Some(())
    }),
];

/// How many ways there are.
pub(super) const KINDS: usize = WAYS.len();

/// Texts that are no dates, whatever the calendar.
const NO_DATES: [&str; 9] = [
    "2017-13-01",
    "2017-00-01",
    "2017-02-32",
    "17-02-03",
    "2017-02/03",
    "201702",
    "20171301",
    "soon",
    "2017-10-15T08:30:00",
];

/// The record with one thing wrong, and what it is.
pub(super) fn spoilt(
    record: &Value,
    sketch: &Sketch,
    facts: Facts<'_>,
    tape: &Tape<'_>,
) -> (&'static str, Value) {
    let from = tape.below(WAYS.len());
    for (kind, way) in WAYS.iter().cycle().skip(from).take(WAYS.len()) {
        let mut record = record.clone();
        if way(&mut record, sketch, facts, tape).is_some() {
            return (kind, record);
        }
    }
    unreachable!("every record has a year")
}

/// The same household as a portal may write it: numbers and yes or no as JSON has them,
/// blanks and unknown answers between.
pub(super) fn as_portals_write(
    sketch: &Sketch,
    facts: &[&Fact],
    tape: &Tape<'_>,
) -> Value {
    let mut record = sketch.record();
    for spot in sketch.spots(facts) {
        let fact = facts.iter().find(|fact| fact.id == spot.fact).unwrap();
        let text = sketch.at(&spot).unwrap_or_default();
        let answer = match (&fact.kind, tape.below(8)) {
            (_, 0) => Value::Null,
            (_, 1) => json!(""),
            (_, 2) => json!({ "unknown": "does_not_know", "was": text }),
            (_, 3) => json!({ "unknown": "refused" }),
            (Kind::YesNo, 4 | 5) => json!(text == "yes"),
            (Kind::Number(..) | Kind::Row(_), 4 | 5) => number(text),
            (Kind::Number(..), 6) => json!(format!("0{text}")),
            _ => json!(text),
        };
        put(&mut record, &path(sketch, &spot), answer);
    }
    if tape.once_in(4) {
        record["year"] = json!(sketch.year.to_string());
        record["photos"] = json!([{ "of": "house" }]);
        record["lists"].as_object_mut().unwrap().retain(|name, _| name == "member");
    }
    if tape.once_in(4) {
        // What the core writes of it holds what it does not know, in another place.
        record["finished"] = json!({ "engine": "0", "by": "a portal" });
        record = written(&record);
    }
    record
}

fn is_number(kind: &Kind) -> bool {
    matches!(kind, Kind::Number(..))
}

/// The digits, as a number of JSON.
fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A number as text, or as it is.
fn either(digits: &str, tape: &Tape<'_>) -> Value {
    if tape.once_in(2) { json!(digits) } else { number(digits) }
}

/// A place where a fact of this kind may stand, in a list that is there.
fn spot<'a>(
    sketch: &Sketch,
    (_, facts): Facts<'a>,
    of: impl Fn(&Kind) -> bool,
    tape: &Tape<'_>,
) -> Option<(String, &'a Fact)> {
    let of_kind: Vec<&Fact> = facts.iter().copied().filter(|one| of(&one.kind)).collect();
    let spots = sketch.spots(&of_kind);
    let spot: &Spot = spots.get(tape.below(spots.len()))?;
    let fact = of_kind.into_iter().find(|fact| fact.id == spot.fact)?;
    Some((path(sketch, spot), fact))
}

/// `/answers/water_tap`, `/lists/member/rows/0/answers/health`.
fn path(sketch: &Sketch, spot: &Spot) -> String {
    let Some((list, key)) = &spot.row else { return format!("/answers/{}", spot.fact) };
    let rows = &sketch.lists[list].rows;
    let at = rows.iter().position(|row| row.key == *key).unwrap();
    format!("/lists/{list}/rows/{at}/answers/{}", spot.fact)
}

/// Puts a value in its place; none where that is not there.
pub(super) fn put(record: &mut Value, path: &str, value: Value) -> Option<()> {
    let (parent, key) = path.rsplit_once('/')?;
    match record.pointer_mut(parent)? {
        Value::Array(items) => *items.get_mut(key.parse::<usize>().ok()?)? = value,
        parent => drop(parent.as_object_mut()?.insert(key.to_owned(), value)),
    }
    Some(())
}
