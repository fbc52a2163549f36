//! What random conditions are made of: facts of small ranges, two lists, a few numbers.

use serde_json::{Value, json};

use crate::tiny::{Tiny, choice, yes_no};

fn count(id: &str, unit: &str, low: i64, high: i64) -> Value {
    json!({ "id": id, "kind": "count", "unit": unit, "range": [low, high] })
}

/// The facts, lists, parameters and definitions that random conditions are made of.
#[must_use]
pub fn materials() -> Tiny {
    let mut tiny = Tiny {
        facts: vec![
            yes_no("y0"),
            yes_no("y1"),
            choice("ch", &["a", "b", "c"]),
            count("n0", "row", 0, 4),
            count("n1", "row", 0, 6),
            count("nf", "1", 0, 3),
            json!({ "id": "qu", "kind": "quantity", "unit": "row", "decimals": 1, "range": [0, 1] }),
            json!({ "id": "da", "kind": "date" }),
        ],
        lists: vec![
            (
                "item",
                0,
                2,
                vec![
                    yes_no("iy"),
                    choice("ic", &["a", "b", "c"]),
                    count("in", "row", 0, 3),
                ],
            ),
            (
                "part",
                1,
                2,
                vec![
                    yes_no("py"),
                    count("pn", "row", 0, 2),
                    json!({ "id": "pi", "kind": "row", "of": "item" }),
                ],
            ),
        ],
        ..Tiny::default()
    };
    for value in 1..=4 {
        tiny.params.push((format!("p{value}"), "count", "row", value.to_string()));
    }
    tiny.more_params.push(json!({
        "id": "half", "kind": "quantity", "unit": "row", "decimals": 1,
        "value": [{ "years": [2017, 2017], "value": "0.5", "source": "T", "status": "proposed" }],
    }));
    tiny.params.push(("pf".to_owned(), "count", "1", "2".to_owned()));
    tiny.params.push(("py6".to_owned(), "count", "year", "6".to_owned()));
    let value = |value: &str, reading: &str| {
        json!({
            "years": [2017, 2017], "value": value, "reading": reading, "source": "T",
            "status": "proposed",
        })
    };
    tiny.more_params.extend([
        json!({
            "id": "po", "kind": "count", "unit": "row",
            "value": [value("1", "low"), value("3", "high")],
        }),
        json!({
            "id": "sw", "kind": "choice", "options": ["one", "two"],
            "value": [value("one", "one"), value("two", "two")],
        }),
        json!({
            "id": "day", "kind": "month_day",
            "value": [value("09-01", "early"), value("11-30", "late")],
        }),
    ]);
    tiny.defines = vec![
        json!({
            "id": "some_item", "source": "T",
            "when": { "some": "item", "where": { "is": ["ic", "a"] }, "holds": "iy" },
        }),
        json!({
            "id": "good", "of": "item", "source": "T",
            "when": { "any": ["iy", { "over": ["in", "p2"] }] },
        }),
    ];
    tiny.quantities = vec![json!({
        "id": "all_in", "unit": "row", "source": "T", "value": { "sum": "in", "of": "item" },
    })];
    tiny
}
