//! Any JSON that nearly has the shape of a record.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use ruhu_core::record::Record;
use serde_json::Value;

use super::{again, read};

/// Texts that can be found again wherever they end up, and the names of reasons.
fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => "[a-z]{8}".prop_map(Value::from),
        2 => (100_000_000_u32..).prop_map(Value::from),
        1 => Just(Value::from("refused")),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::from("")),
    ]
}

/// Values that nearly have the shape of a record.
fn nearly_a_record() -> impl Strategy<Value = Value> {
    let key = || {
        select(vec![
            "id",
            "standard",
            "year",
            "date",
            "choices",
            "answers",
            "lists",
            "before",
            "finished",
            "versions",
            "verdicts",
            "time",
            "log",
            "entries",
            "seal",
            "unread",
            "key",
            "rows",
            "complete",
            "unknown",
            "was",
            "",
            "/",
            "~",
            "a/b",
            "甲",
            "/answers/was",
        ])
        .prop_map(str::to_owned)
    };
    let value = leaf().prop_recursive(7, 80, 5, move |inner| {
        let map = btree_map(key(), inner.clone(), 0..5);
        prop_oneof![
            1 => vec(inner, 0..4).prop_map(Value::from),
            4 => map.prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    btree_map(key(), value, 0..8).prop_map(|map| Value::Object(map.into_iter().collect()))
}

fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        Value::Object(map) => map.values().for_each(|item| leaves(item, found)),
        Value::Null | Value::Bool(_) => {}
    }
}

proptest! {
    #[test]
    fn nothing_that_was_written_is_lost(value in nearly_a_record()) {
        let mut value = value;
        let ours = ["ruhu", "answers", "lists"];
        if let Some(entries) = value.as_object_mut().filter(|entries| {
            !ours.iter().any(|key| entries.contains_key(*key))
        }) {
            entries.insert("ruhu".to_owned(), 1.into());
        }
        let (record, _) = read(&value.to_string());
        let written = again(&record);
        let mut typed = Vec::new();
        leaves(&value, &mut typed);
        for leaf in typed {
            prop_assert!(written.contains(&leaf), "{leaf} of {value} in {written}");
        }
    }

    #[test]
    fn any_text_can_be_opened_or_is_refused(
        any in any::<String>(),
        near in r#"[\[\]{}":,0-9e\\ud8c \n.-]{0,30}"#,
    ) {
        let _ = (Record::from_json(&any), Record::from_json(&near));
        let _ = Record::from_json(&format!(r#"{{"answers":{{"a":"{near}"}}}}"#));
    }
}
