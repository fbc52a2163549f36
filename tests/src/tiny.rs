//! Tiny standards, built as data: the shortest file around a few conditions.

use serde_json::{Map, Value, json};

/// A standard of 2017 with these facts, parameters, definitions and criteria.
#[derive(Clone, Debug, Default)]
pub struct Tiny {
    /// The household's own facts.
    pub facts: Vec<Value>,
    /// Lists, and the facts of their rows.
    pub lists: Vec<(&'static str, usize, usize, Vec<Value>)>,
    /// Parameters with one value: id, kind, unit, value.
    pub params: Vec<(String, &'static str, &'static str, String)>,
    /// Parameters as written.
    pub more_params: Vec<Value>,
    /// Definitions as written, without a source.
    pub defines: Vec<Value>,
    /// Computed numbers as written, without a source.
    pub quantities: Vec<Value>,
    /// Conditions; their ids are `c0`, `c1`, …
    pub criteria: Vec<Value>,
}

impl Tiny {
    /// The whole document.
    #[must_use]
    pub fn document(&self) -> Value {
        let mut topics = vec![json!({
            "topic": { "id": "tiny", "order": 900 },
            "fact": self.facts,
        })];
        for ((id, least, most, facts), order) in self.lists.iter().zip(901..) {
            topics.push(json!({
                "topic": { "id": format!("tiny_{id}"), "order": order, "entity": id },
                "entity": { "id": id, "least": least, "most": most },
                "fact": facts,
            }));
        }
        let params = self.params.iter().map(|(id, kind, unit, value)| {
            json!({
                "id": id, "kind": kind, "unit": unit,
                "value": [{
                    "years": [2017, 2017], "value": value, "source": "T",
                    "status": "proposed",
                }],
            })
        });
        let params: Vec<Value> = params.chain(self.more_params.iter().cloned()).collect();
        let criteria = self.criteria.iter().enumerate().map(|(at, met)| {
            json!({ "id": format!("c{at}"), "topic": "tiny", "source": "T", "met": met })
        });
        let mut whole = Map::new();
        whole.insert(
            "standard".to_owned(),
            json!({
                "id": "tiny", "title": "tiny", "level": "nation", "status": "proposed",
                "years": [2017, 2017],
            }),
        );
        whole.insert(
            "source".to_owned(),
            json!([{ "id": "T", "title": "tests", "status": "proposed" }]),
        );
        for (key, list) in [
            ("topics", topics),
            ("param", params),
            ("define", self.defines.clone()),
            ("quantity", self.quantities.clone()),
            ("criterion", criteria.collect()),
        ] {
            whole.insert(key.to_owned(), Value::Array(list));
        }
        Value::Object(whole)
    }
}

/// A yes/no fact.
#[must_use]
pub fn yes_no(id: &str) -> Value {
    json!({ "id": id, "kind": "yes_no" })
}

/// A choice.
#[must_use]
pub fn choice(id: &str, options: &[&str]) -> Value {
    json!({ "id": id, "kind": "choice", "options": options })
}

/// A whole number of things.
#[must_use]
pub fn count(id: &str, low: i64, high: i64) -> Value {
    json!({ "id": id, "kind": "count", "unit": "thing", "range": [low, high] })
}
