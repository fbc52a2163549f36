//! A record loses nothing that was ever typed or handed over, and says what it changed.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

use ruhu_core::read::number;
use ruhu_core::record::{Answer, Reason, Record, RecordError, Row};
use serde_json::{Value, json};

#[path = "records/base.rs"]
mod base;
#[path = "records/json.rs"]
mod json_alike;
#[path = "records/merge.rs"]
mod merge;
#[path = "records/shapes.rs"]
mod shapes;
#[path = "records/strange.rs"]
mod strange;

/// The record and the notices, each as `path key`.
fn read(text: &str) -> (Record, Vec<String>) {
    let read = Record::from_json(text);
    assert!(read.is_ok(), "{read:?}: {text}");
    let (record, notices) = read.unwrap_or_default();
    let told = notices.iter().map(|notice| format!("{} {}", notice.path, notice.key));
    (record, told.collect())
}

/// What was kept under a key.
fn kept(record: &Record, key: &str) -> Value {
    serde_json::from_str(&record.unread.get(key).unwrap().write()).unwrap()
}

/// Writes and reads once more: the same record, the same bytes.
fn again(record: &Record) -> String {
    let written = record.to_json();
    let (same, _) = read(&written);
    assert_eq!(&same, record);
    assert_eq!(same.to_json(), written);
    written
}

#[test]
fn a_record_is_read_and_written_as_it_stands() {
    let text = concat!(
        r#"{"answers":{"grain_ok":"yes","note":"两行\n文字","phone":{"unknown":"refused"},"#,
        r#""water_litres":{"unknown":"does_not_know","was":"约30"}},"#,
        r#""choices":{"income_line":"national"},"date":"2017-10-15","id":"7f","#,
        r#""lists":{"member":{"complete":true,"rows":["#,
        r#"{"answers":{"member_name":"甲"},"key":2},{"answers":{},"key":1}]},"#,
        r#""wage":{"complete":false,"rows":[]}},"#,
        r#""ruhu":1,"standard":"sichuan-household-2016","year":2017}"#,
    );
    let (record, notices) = read(text);
    assert_eq!(notices, [""; 0]);
    assert_eq!(record.to_json(), text);
    assert_eq!((record.year, record.date.as_deref()), (Some(2017), Some("2017-10-15")));
    assert_eq!(record.answers.get("grain_ok").unwrap(), &Answer::known("yes"));
    assert_eq!(record.answers.get("grain_ok").unwrap().text(), "yes");
    assert_eq!(record.answers.get("phone").unwrap().text(), "");
    assert_eq!(record.answers.get("water_litres").unwrap().text(), "约30");
    let Answer::Unknown { reason, .. } = record.answers.get("water_litres").unwrap()
    else {
        panic!("unknown");
    };
    assert_eq!(*reason, Reason::DoesNotKnow);
    assert!(record.lists.get("member").unwrap().complete);
    assert_eq!(record.lists.get("member").unwrap().rows[0].key, 2);
}

#[test]
fn an_empty_record_is_the_default() {
    for text in [r#"{"ruhu":1}"#, r#"{"answers":{}}"#, r#"{"lists":null}"#] {
        assert_eq!(read(text), (Record::default(), vec![]), "{text}");
        assert_eq!(read(&format!("\u{feff}{text}")).0, Record::default());
    }
    assert_eq!(Record::default().to_json(), r#"{"ruhu":1}"#);
    let blanks = r#"{"id":null,"standard":"","year":null,"date":"","choices":null,
        "answers":{"a":null,"b":""},"lists":null}"#;
    assert_eq!(read(blanks), (Record::default(), vec![]));
}

#[test]
fn numbers_keep_their_digits_and_true_is_yes() {
    let (record, notices) = read(
        r#"{"id":7,"year":"2017","answers":{"a":1.50,"b":-0,"c":1e999,
        "d":12345678901234567890123456789.10,"e":true,"f":false,"g":1E5}}"#,
    );
    assert_eq!(notices, [""; 0]);
    for (fact, text) in [
        ("a", "1.50"),
        ("b", "-0"),
        ("d", "12345678901234567890123456789.10"),
        ("e", "yes"),
        ("f", "no"),
    ] {
        assert_eq!(record.answers.get(fact).unwrap(), &Answer::known(text), "{fact}");
    }
    for huge in ["c", "g"] {
        let text = record.answers.get(huge).unwrap().text();
        assert!(number(text, 0).is_err(), "{text}");
    }
    assert_eq!((record.id.as_str(), record.year), ("7", Some(2017)));
    again(&record);
}

#[test]
fn every_reason_has_a_name_that_is_read_again() {
    for reason in Reason::ALL {
        let mut record = Record::default();
        let was = Some(String::new());
        record.answers.insert("a".to_owned(), Answer::Unknown { reason, was });
        again(&record);
    }
    assert_eq!(Reason::named("no_time"), None);
}

#[test]
fn what_is_not_ours_is_kept_in_its_place_and_told() {
    let text = r#"{"zone":{"b":1e999,"a":[]},"/x":1,"year":"soon","date":[],"id":{},
        "choices":{"line":{}},"answers":{"a/b":[1],"~1":[],"c":{"unknown":"no_time"},
        "d":{"unknown":"refused","by":"son","was":[2]},"e":{"x":"y"}},
        "lists":{"plot":[{"mu":3}],"wage":{"complete":"yes","rows":{},"sum":9},
        "member":{"rows":["甲",{"key":1,"answers":7,"photo":"p"}]}}}"#;
    let (record, notices) = read(text);
    let places = [
        "/zone unknown_key",
        "/~1x kept",
        "/year kept",
        "/date kept",
        "/id kept",
        "/choices/line kept",
        "/answers/a~1b kept",
        "/answers/~01 kept",
        "/answers/c kept",
        "/answers/d/was kept",
        "/answers/d/by kept",
        "/answers/e kept",
        "/lists/plot kept",
        "/lists/wage/complete kept",
        "/lists/wage/rows kept",
        "/lists/wage/sum kept",
        "/lists/member/rows/0 kept",
        "/lists/member/rows/1/answers kept",
        "/lists/member/rows/1/photo kept",
    ];
    for place in places {
        assert!(notices.iter().any(|notice| notice == place), "{place}: {notices:?}");
        let path = place.split(' ').next().unwrap();
        let key = if path == "/zone" { "zone" } else { path };
        assert!(record.unread.contains_key(key), "{key}");
    }
    assert_eq!(notices.len(), places.len());
    assert_eq!(record.lists.get("member").unwrap().rows.len(), 1);
    assert_eq!(record.answers.len(), 1);

    let written: Value = serde_json::from_str(&again(&record)).unwrap();
    assert_eq!(written["zone"].to_string(), r#"{"a":[],"b":1e+999}"#);
    assert_eq!(written["unread"]["/answers/e"], json!({"x": "y"}));
    assert_eq!(written["unread"]["/lists/member/rows/0"], "甲");
}

#[test]
fn what_an_earlier_reading_kept_is_not_displaced() {
    let (record, _) = read(
        r#"{"unread":{"/answers/a":["old"],"odd":1,"answers":2},"answers":{"a":["new"]}}"#,
    );
    assert_eq!(kept(&record, "/answers/a"), json!(["old"]));
    assert_eq!(kept(&record, "/answers/a+"), json!(["new"]));
    assert_eq!(kept(&record, "/unread/odd"), json!(1));
    assert_eq!(kept(&record, "/unread/answers"), json!(2));
    again(&record);
    again(&read(r#"{"ruhu":1,"unread":[1]}"#).0);
}

#[test]
fn a_row_without_a_key_of_its_own_is_given_one_that_no_row_had() {
    let (record, notices) = read(
        r#"{"lists":{"m":{"rows":[{},{"key":3},{"key":"5"},{"key":3},{"key":"x"},
        {"key":null},{"key":-1}]}}}"#,
    );
    let keys: Vec<u32> =
        record.lists.get("m").unwrap().rows.iter().map(|row| row.key).collect();
    assert_eq!(keys, [6, 3, 5, 7, 8, 9, 10]);
    assert_eq!(notices.iter().filter(|notice| notice.ends_with(" row_key")).count(), 5);
    assert_eq!(notices[0], "/lists/m/rows/0/key row_key");
    assert_eq!(kept(&record, "/lists/m/rows/4/key"), "x");
    again(&record);

    let last = format!(
        r#"{{"lists":{{"m":{{"rows":[{{"key":{}}},{{}},{{"key":1}},{{}}]}}}}}}"#,
        u32::MAX
    );
    let rows = read(&last).0.lists.get("m").unwrap().rows.clone();
    assert_eq!(rows.iter().map(|row| row.key).collect::<Vec<_>>(), [u32::MAX, 2, 1, 3]);
}

#[test]
fn half_a_character_does_not_cost_the_record() {
    for (typed, read_as) in [
        (r"\ud800", "\u{fffd}"),
        (r"\uDC00", "\u{fffd}"),
        (r"a\ud83d", "a\u{fffd}"),
        (r"\udc00\udc00", "\u{fffd}\u{fffd}"),
        (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
        (r"\ud83d\u4e00", "\u{fffd}一"),
        (r"\ud83d\n", "\u{fffd}\n"),
        (r"\\ud800\ud800", "\\ud800\u{fffd}"),
        (r"荍\ud800荍", "荍\u{fffd}荍"),
    ] {
        let (record, notices) = read(&format!(r#"{{"answers":{{"a":"{typed}"}}}}"#));
        assert_eq!(record.answers.get("a").unwrap().text(), read_as, "{typed}");
        assert_eq!(notices, [" mended"], "{typed}");
        again(&record);
    }
    let (record, notices) = read(r#"{"answers":{"a":"\ud83d\ude00\\ud800"}}"#);
    assert_eq!(record.answers.get("a").unwrap().text(), "😀\\ud800");
    assert_eq!(notices, [""; 0]);
}

#[test]
fn the_name_that_the_json_reader_keeps_for_itself_does_no_harm() {
    let reserved = "$serde_json::private::Number";
    let (record, notices) = read(&format!(
        r#"{{"ruhu":1,"a":[{{"z":1,"{reserved}":"x"}}],"{reserved}":{{}}}}"#
    ));
    assert!(notices.contains(&" mended".to_owned()));
    assert_eq!(kept(&record, "a")[0][&format!("_{reserved}")], "x");
    again(&record);
}

#[test]
fn a_text_that_is_no_record_is_refused_with_the_place() {
    for (text, error) in [
        ("", RecordError::NotJson { line: 1, column: 1 }),
        ("{\"a\":1", RecordError::NotJson { line: 1, column: 7 }),
        ("{\n\"a\":\"\\ud800\",}", RecordError::NotJson { line: 2, column: 14 }),
        ("[]", RecordError::NotARecord),
        ("null", RecordError::NotARecord),
        ("{}", RecordError::NotARecord),
        (r#"{"name":"package"}"#, RecordError::NotARecord),
        (r#"{"standard":"sichuan-household-2016"}"#, RecordError::NotARecord),
        (r#"{"standard":{"id":"jia"},"criterion":[]}"#, RecordError::AStandard),
        (r#"{"ruhu":2}"#, RecordError::Newer { version: "2".to_owned() }),
        (r#"{"ruhu":"2"}"#, RecordError::Newer { version: "2".to_owned() }),
        (
            r#"{"ruhu":99999999999999999999}"#,
            RecordError::Newer { version: "99999999999999999999".to_owned() },
        ),
    ] {
        assert_eq!(Record::from_json(text), Err(error), "{text}");
    }
    assert_eq!(read(r#"{"ruhu":"draft"}"#).1, ["/ruhu kept"]);
    assert_eq!(read(r#"{"ruhu":0}"#).1, ["/ruhu kept"]);
    let many = " ".repeat(16 * 1024 * 1024);
    assert_eq!(
        Record::from_json(&many),
        Err(RecordError::NotJson { line: 1, column: many.len() + 1 })
    );
    assert_eq!(Record::from_json(&format!("{many} ")), Err(RecordError::TooLarge));
    assert!(Record::from_json(&"[".repeat(1_000_000)).is_err());
}

#[test]
fn a_file_that_no_household_fills_is_refused_before_it_fills_the_phone() {
    let name = "n".repeat(1_000_000);
    let rows = |name: &str, row: &str, count: usize| {
        let rows = vec![row; count].join(",");
        format!(r#"{{"lists":{{"{name}":{{"rows":[{rows}]}}}}}}"#)
    };
    let lists = (0..400_000).map(|at| format!(r#""{at}":{{}}"#)).collect::<Vec<_>>();
    let earlier = (0..70_000).map(|at| format!(r#""/{at}":0"#)).collect::<Vec<_>>();
    for text in [
        rows("m", "1", 1_000_001),
        rows("m", "{}", 100_000),
        rows("m", r#"{"key":1,"a":2}"#, 70_000),
        rows(&name, "{}", 400_000),
        rows(&name, "[]", 400_000),
        format!(r#"{{"lists":{{{}}}}}"#, lists.join(",")),
        format!(r#"{{"ruhu":1,"unread":{{{}}}}}"#, earlier.join(",")),
    ] {
        assert_eq!(Record::from_json(&text), Err(RecordError::TooLarge), "{text:.99}");
    }
    let (record, _) = read(&rows("m", "{}", 40_000));
    assert_eq!(record.lists.get("m").unwrap().rows.len(), 40_000);
    again(&record);
}

#[test]
fn long_notes_many_members_and_deep_values_are_kept() {
    let mut record = Record::default();
    let note = "长".repeat(3_500_000);
    record.answers.insert("note".to_owned(), Answer::Known(note));
    let members = record.lists.entry("member".to_owned()).or_default();
    members.rows = (1..=100).map(|key| Row { key, ..Row::default() }).collect();
    again(&record);

    let deep = format!("{}{}", "[".repeat(126), "]".repeat(126));
    for text in
        [format!(r#"{{"answers":{deep}}}"#), format!(r#"{{"ruhu":1,"zone":{deep}}}"#)]
    {
        assert!(again(&read(&text).0).contains(&deep));
    }
}
