//! Our JSON is that of `serde_json`: the same texts are read, to the same values, and what
//! is written is the same.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ruhu_core::Json;
use serde_json::Value;

/// Reads a text both ways.
fn check(text: &str) {
    let theirs = serde_json::from_str::<Value>(text);
    match (Json::read(text), theirs) {
        (Ok(ours), Ok(theirs)) => {
            let written = ours.write();
            assert_eq!(
                serde_json::from_str::<Value>(&written).unwrap(),
                theirs,
                "{text}"
            );
            assert_eq!(Json::read(&written).as_ref(), Ok(&ours), "{text}");
        }
        (Err(stop), Err(_)) => {
            let line = text.split('\n').nth(stop.line - 1).unwrap();
            assert!((1..=line.chars().count() + 1).contains(&stop.column), "{text}");
        }
        (ours, theirs) => panic!("{ours:?} and {theirs:?}: {text}"),
    }
}

/// Pieces of JSON, and of what nearly is.
fn pieces() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"b\":",
        "\"a\":1,",
        "{\"a\":",
        "null",
        "true",
        "false",
        "nul",
        "tru",
        "0",
        "-",
        "-0",
        "1",
        "12",
        ".",
        ".5",
        "e",
        "E5",
        "e-",
        "1e+9",
        "0.0",
        "18446744073709551616",
        "-9223372036854775809",
        " ",
        "\n",
        "\t",
        "\r",
        "\\",
        "\\n",
        "\"\\u00e4\"",
        "\\u",
        "\\ud83d",
        "\\ude00",
        "\\u4e00",
        "\\uD83D\\uDE00",
        "户",
        "\"户\"",
        "\u{1}",
        "\u{7f}",
        "\u{1f}",
        "😀",
        "/",
        "\\/",
        "\\x",
        "+",
        "'",
        "#",
        "\"\\b\\f\\r\\t\\\"\\\\\\u0000\\u001f\"",
    ]);
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A value as text, with one piece of it lost or doubled.
fn nearly() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((".{0,3}", inner), 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    (value, any::<bool>(), any::<usize>(), any::<usize>()).prop_map(
        |(value, pretty, from, long)| {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            let chars: Vec<char> = text.chars().collect();
            let from = from % (chars.len() + 1);
            let to = from + (long % 3).min(chars.len() - from);
            [&chars[..from], &chars[to..]].concat().into_iter().collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn pieces_of_json_are_read_alike(text in pieces()) {
        check(&text);
    }

    #[test]
    fn values_with_a_gap_are_read_alike(text in nearly()) {
        check(&text);
    }
}

#[test]
fn values_inside_each_other_are_read_alike() {
    for deep in [126, 127, 128, 129] {
        check(&format!("{}1{}", "[".repeat(deep), "]".repeat(deep)));
        check(&format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep)));
    }
    check(r#"{"b":1,"a":2,"b":3,"":4,"a":[5]}"#);
}
