//! Finished records are judged again, and every difference is named.

use std::rc::Rc;

use super::ruhu;
use ruhu_core::{Library, Record, Stamp, Visit};

/// A record that was finished as the form finishes it.
fn finished() -> String {
    let library = Library::builtin().unwrap();
    let standard = library.standard("sichuan-household-2016").unwrap();
    let hints = Rc::clone(&library.hints().unwrap());
    let text = r#"{"ruhu":1,"id":"甲户","standard":"sichuan-household-2016","year":2017,
        "date":"2017-10-15","answers":{"water_litres":"12","power_connected":"yes"}}"#;
    let (record, _) = Record::from_json(text).unwrap();
    let mut visit = Visit::open(&standard, &hints, record).unwrap();
    let time = "2017-10-15T08:30:00+08:00".to_owned();
    visit.finish(&Stamp { time, device: "k".to_owned() });
    visit.record().to_json()
}

#[test]
fn a_record_as_it_was_finished_replays() {
    let ended = ruhu(&["verify"], &finished());
    assert_eq!((ended.code, ended.told.as_str()), (0, ""));
    let wanted = serde_json::json!({ "id": "甲户", "replays": true, "differences": [] });
    assert_eq!(ended.json(), [wanted]);
}

/// What was changed, what is told of it in English, and what the log tells beside it.
#[test]
fn every_difference_is_named() {
    let record = finished();
    let hash = Library::builtin().unwrap();
    let hash = hash.standard("sichuan-household-2016").unwrap().hash().to_owned();
    let other = "0".repeat(64);
    for (from, to, wanted) in [
        (
            "\"power\":\"met\"",
            "\"power\":\"not_met\"",
            "Electricity: it was not met and is met",
        ),
        (
            "\"verdict\":\"not_met\"",
            "\"verdict\":\"met\"",
            "the household: it was met and is not met",
        ),
        ("\"water_litres\":\"12\"", "\"water_litres\":\"42\"", "it was not met and is"),
        (hash.as_str(), other.as_str(), "the text of the standard is another one"),
        ("\"engine\":\"0.1.0\"", "\"engine\":\"0.0.9\"", "it was 0.0.9 and is 0.1.0"),
        ("\"power\":\"met\",", "", "it was not judged and is met"),
    ] {
        assert!(record.contains(from), "{from}: {record}");
        let changed = record.replacen(from, to, 1);
        let ended = ruhu(&["verify", "--language", "en"], &changed);
        assert_eq!(ended.code, 1, "{from}");
        let line = &ended.json()[0];
        assert_eq!((&line["id"], &line["replays"]), (&"甲户".into(), &false.into()));
        let told = line["differences"].as_array().unwrap();
        let told: Vec<&str> = told.iter().map(|one| one.as_str().unwrap()).collect();
        assert!(told.iter().any(|one| one.contains(wanted)), "{from}: {told:?}");
        // Whoever wrote beside the log is told of, whatever he wrote.
        assert!(told.iter().any(|one| one.contains("log")), "{from}: {told:?}");
        assert!(ended.told.contains(told[0]), "{}", ended.told);
    }
}

/// Judging by another day or reading says nothing against the record.
#[test]
fn a_setting_of_the_call_is_no_change_of_the_record() {
    let told = |words: &[&str], record: &str| {
        let words = [&["assess"][..], words].concat();
        let report = ruhu(&words, record).json().remove(0);
        let notices = report["notices"].as_array().unwrap().clone();
        (report["date"].clone(), notices)
    };
    let record = finished();
    let other = ["--date", "2017-12-31", "--set", "income_line=working"];
    assert_eq!(told(&[], &record), ("2017-10-15".into(), vec![]));
    assert_eq!(told(&other, &record), ("2017-12-31".into(), vec![]));
    let changed =
        record.replacen("\"water_litres\":\"12\"", "\"water_litres\":\"42\"", 1);
    for words in [&other[..], &[]] {
        let (_, notices) = told(words, &changed);
        assert_eq!(notices.len(), 1, "{notices:?}");
        assert_eq!(
            (&notices[0]["key"], &notices[0]["path"]),
            (&"log_record".into(), &"/log".into())
        );
    }
}

#[test]
fn what_was_never_finished_is_refused() {
    let open =
        r#"{"standard":"sichuan-household-2016","date":"2017-10-15","answers":{}}"#;
    let lines = [finished(), open.to_owned(), "{".to_owned(), finished()].join("\n");
    let ended = ruhu(&["verify", "-j2"], &lines);
    assert_eq!(ended.code, 1);
    let lines = ended.json();
    assert_eq!((&lines[0], lines.len()), (&lines[3], 4));
    assert_eq!(
        (&lines[1]["refused"], &lines[2]["refused"]),
        (&"open".into(), &"not_json".into())
    );
    assert_eq!(ended.told.lines().count(), 2);
}
