//! What a case expects, held against what the engine says.

use ruhu_core::{Lang, Margin, Visit};
use serde_json::{Map, Value};

use crate::engine::{change_name, hints, place_name, place_of_row, question_name};

/// Everything that is otherwise than expected, a line each; nothing where all is well.
#[must_use]
pub fn differences(
    expect: &Map<String, Value>,
    visit: &Visit,
    lang: &Lang,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let criteria = visit.standard().criteria();
    let place = |id: &str| criteria.iter().position(|criterion| criterion.id == id);
    for (key, expected) in expect {
        match key.as_str() {
            "verdict" => {
                differ(&mut wrong, "verdict", expected, &visit.verdict().as_str().into());
            }
            "hints" | "no_hints" => {
                let shown = hints(visit);
                for hint in expected.as_array().into_iter().flatten() {
                    let is_shown = shown.iter().any(|shown| hint == shown.as_str());
                    if is_shown != (key == "hints") {
                        wrong.push(format!("{key}: {hint}; shown are {shown:?}"));
                    }
                }
            }
            "counts" => {
                for (row, expected) in expected.as_object().into_iter().flatten() {
                    let counts = place_of_row(visit, row).and_then(|at| visit.counts(at));
                    let got = counts.map(|(verdict, _)| verdict.as_str());
                    differ(&mut wrong, &format!("counts.{row}"), expected, &got.into());
                }
            }
            "margin" | "questions" | "changes" | "hangs" | "says" | "never_says" => {
                for (id, expected) in expected.as_object().into_iter().flatten() {
                    match place(id) {
                        None => wrong.push(format!("{key}: no criterion is called {id}")),
                        Some(at) => {
                            finer(&mut wrong, (key, id), expected, (visit, at, lang));
                        }
                    }
                }
            }
            id => match place(id) {
                None => wrong.push(format!("no criterion is called {id}")),
                Some(at) => {
                    let got = visit.verdicts().get(at).map(|verdict| verdict.as_str());
                    differ(&mut wrong, id, expected, &got.into());
                }
            },
        }
    }
    wrong
}

fn finer(
    wrong: &mut Vec<String>,
    (key, id): (&str, &str),
    expected: &Value,
    (visit, at, lang): (&Visit, usize, &Lang),
) {
    let what = format!("{key}.{id}");
    let finding = visit.finding(at);
    match key {
        "margin" => {
            differ(wrong, &what, expected, &finding.margin().map(figure).into());
        }
        "says" | "never_says" => {
            let said =
                finding.grounds.iter().map(|ground| visit.say_ground(lang, ground));
            let said: Vec<_> = said.collect();
            let part = expected.as_str().unwrap_or_default();
            if said.iter().any(|said| said.contains(part)) != (key == "says") {
                wrong.push(format!("{what}: {part} in {said:?}"));
            }
        }
        "changes" => {
            let changes = visit.changes(at);
            let sets = changes.iter().map(|set| {
                let names = set.iter().map(|change| change_name(visit, change));
                sorted(names.map(Value::from).collect())
            });
            let sets: Vec<Value> = sets.collect();
            for set in expected.as_array().into_iter().flatten() {
                let set = sorted(set.as_array().cloned().unwrap_or_default());
                if !sets.contains(&set) {
                    wrong.push(format!("{what}: {set} is not offered, but {sets:?}"));
                }
            }
        }
        _ => {
            let names: Vec<Value> = if key == "hangs" {
                visit.hangs(at).iter().map(|at| place_name(visit, *at).into()).collect()
            } else {
                let questions = visit.questions(at);
                questions.iter().map(|one| question_name(visit, one).into()).collect()
            };
            let expected = expected.as_array().cloned().unwrap_or_default();
            differ(wrong, &what, &sorted(expected), &sorted(names));
        }
    }
}

fn sorted(mut values: Vec<Value>) -> Value {
    values.sort_by_key(Value::to_string);
    Value::Array(values)
}

fn differ(wrong: &mut Vec<String>, what: &str, expected: &Value, got: &Value) {
    if expected != got {
        wrong.push(format!("{what}: expected {expected}, got {got}"));
    }
}

/// A margin as its figure alone: `3000`, `0.01`, `34.5`.
fn figure(margin: &Margin) -> String {
    let places = usize::from(margin.decimals);
    let digits = format!("{:0>width$}", margin.by, width = places.saturating_add(1));
    let (whole, part) = digits.split_at(digits.len().saturating_sub(places));
    match part.trim_end_matches('0') {
        "" => whole.to_owned(),
        part => format!("{whole}.{part}"),
    }
}

/// Every sentence that a visit says, to be printed where a case fails.
#[must_use]
pub fn sentences(visit: &Visit, lang: &Lang) -> String {
    let criteria = visit.standard().criteria().iter().enumerate();
    let lines = criteria.map(|(at, criterion)| {
        let finding = visit.finding(at);
        let said = finding.grounds.iter().map(|ground| {
            let margin = ground.margin.as_ref().map_or(String::new(), |margin| {
                let margin = visit.say_margin(lang, margin, ground.verdict);
                format!(" ({margin})")
            });
            format!("\n      {}{margin}", visit.say_ground(lang, ground))
        });
        let said: String = said.collect();
        format!("  {}: {}{said}", criterion.id, finding.verdict.as_str())
    });
    lines.collect::<Vec<_>>().join("\n")
}
