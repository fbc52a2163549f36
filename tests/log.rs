//! A log tells of every change that was made beside it, and of none that was not.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use ruhu_core::record::{Answer, Record, Row};
use ruhu_core::{Act, Library, Stamp, Visit};
use serde_json::Value;

fn stamp(hour: usize, device: &str) -> Stamp {
    let time = format!("2017-10-{:02}T{:02}:30:00+08:00", 1 + hour / 24, hour % 24);
    Stamp { time, device: device.to_owned() }
}

/// What a record tells when it is opened.
fn told(text: &str) -> Vec<String> {
    let (_, notices) = Record::from_json(text).unwrap();
    notices.iter().map(|one| format!("{} {}", one.path, one.key)).collect()
}

/// Records with a sealed log of some entries, of one or two devices.
fn logged() -> impl Strategy<Value = Record> {
    let fact = select(vec!["water_tap", "phone", "house_grade", "note"]);
    let act = select(vec![Act::Answer, Act::Answer, Act::RowAdded, Act::Setting]);
    let device = select(vec!["phone1", "phone2"]);
    let step = (fact, "[a-z甲0-9\"\\\\]{1,5}", act, device, 0_usize..400);
    vec(step, 1..9).prop_map(|steps| {
        let mut record = Record { id: "x".to_owned(), ..Record::default() };
        for (fact, text, act, device, hour) in steps {
            let rows = &mut record.lists.entry("member".to_owned()).or_default().rows;
            if act == Act::RowAdded {
                let key = u32::try_from(rows.len()).unwrap() + 1;
                rows.push(Row { key, ..Row::default() });
            }
            record.answers.insert(fact.to_owned(), Answer::known(&text));
            let place = format!("/answers/{fact}");
            record.log.note(act, vec![place], &stamp(hour, device));
        }
        record.seal();
        record
    })
}

/// The record with another list of entries.
fn with_entries(record: &Record, change: impl FnOnce(&mut Vec<Value>)) -> String {
    let mut json: Value = serde_json::from_str(&record.to_json()).unwrap();
    change(json["log"]["entries"].as_array_mut().unwrap());
    json.to_string()
}

fn is_found(text: &str) -> bool {
    told(text).iter().any(|one| one.starts_with("/log"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn what_was_written_holds_when_it_is_read(record in logged()) {
        let text = record.to_json();
        let (again, notices) = Record::from_json(&text).unwrap();
        prop_assert_eq!(notices, vec![]);
        prop_assert_eq!(again.log.verify(&again), Ok(()));
        prop_assert_eq!(again.to_json(), text);
    }

    #[test]
    fn a_changed_byte_is_found(record in logged(), at: Index, byte in 0x20_u8..0x7f) {
        let mut bytes = record.to_json().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
        // Refused, or the same record after all, or told.
        if let Ok((other, notices)) = Record::from_json(&text) {
            prop_assert!(other == record || !notices.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_changed_answer_is_found(record in logged(), text in "[a-z]{1,3}") {
        let mut other = record.clone();
        let was = other.answers.insert("water_tap".to_owned(), Answer::known(&text));
        let same = was == Some(Answer::known(&text));
        prop_assert_eq!(other.log.verify(&other).is_ok(), same);
        prop_assert_eq!(told(&other.to_json()).contains(&"/log log_record".to_owned()), !same);
    }

    #[test]
    fn an_entry_that_is_gone_is_found(record in logged(), at: Index) {
        let text = with_entries(&record, |entries| {
            entries.remove(at.index(entries.len()));
        });
        prop_assert!(is_found(&text));
    }

    #[test]
    fn an_entry_that_was_put_in_is_found(record in logged(), at: Index, of: Index) {
        let text = with_entries(&record, |entries| {
            let one = entries[of.index(entries.len())].clone();
            entries.insert(at.index(entries.len() + 1), one);
        });
        prop_assert!(is_found(&text));
    }

    #[test]
    fn entries_that_changed_places_are_found(record in logged(), one: Index, other: Index) {
        let count = record.log.entries().len();
        if count < 2 {
            return Ok(());
        }
        let one = one.index(count);
        let other = (one + 1 + other.index(count - 1)) % count;
        let text = with_entries(&record, |entries| entries.swap(one, other));
        prop_assert!(is_found(&text));
    }
}

#[test]
fn digits_that_follow_digits_are_one_entry_and_nothing_else_is() {
    let mut record = Record::default();
    let mut note = |act, place: &str, hour, device| {
        record.log.note(act, vec![place.to_owned()], &stamp(hour, device));
        record.log.entries().len()
    };
    assert_eq!(note(Act::Answer, "/answers/a", 1, "x"), 1);
    assert_eq!(note(Act::Answer, "/answers/a", 1, "x"), 1, "the same place and hour");
    assert_eq!(note(Act::Answer, "/answers/a", 2, "x"), 2, "an hour later");
    assert_eq!(note(Act::Answer, "/answers/a", 2, "y"), 3, "another device");
    assert_eq!(note(Act::Answer, "/answers/b", 2, "y"), 4, "another place");
    assert_eq!(note(Act::RowAdded, "/answers/b", 2, "y"), 5, "something else done");
    assert_eq!(note(Act::RowAdded, "/answers/b", 2, "y"), 6, "two rows are two");
    assert_eq!(note(Act::Answer, "/answers/b", 1, "y"), 7, "a clock that went back");
    assert_eq!(record.log.entries()[6].stamp, stamp(1, "y"), "is told as it went");
    record.seal();
    assert_eq!(record.log.verify(&record), Ok(()));
}

#[test]
fn a_log_that_is_none_is_kept_and_told() {
    for log in [
        "7",
        r#""x""#,
        "[]",
        r#"{"entries":{}}"#,
        r#"{"entries":[["t","/a"]]}"#,
        r#"{"entries":[["t","/a","h",7]]}"#,
        r#"{"entries":[["t","/a","h","answer"]]}"#,
        r#"{"entries":[["t",["/a"],"h"]]}"#,
        r#"{"entries":[],"seal":"s"}"#,
        r#"{"more":1}"#,
    ] {
        let text = format!(r#"{{"log":{log},"ruhu":1}}"#);
        let (record, notices) = Record::from_json(&text).unwrap();
        assert_eq!(record.log, ruhu_core::Log::default(), "{log}");
        assert_eq!((notices[0].path.as_str(), notices[0].key), ("/log", "kept"), "{log}");
        assert!(record.to_json().contains(log), "{log}");
    }
    let seal_alone = r#"{"log":{"seal":"s"},"ruhu":1}"#;
    assert_eq!(told(seal_alone), ["/log log_record"]);
}

#[test]
fn three_hundred_entries_take_less_than_forty_kilobytes() {
    let library = Library::builtin().unwrap();
    let facts = library.dictionary().facts();
    let mut record = Record::default();
    for at in 0..300 {
        let fact = &facts[at * 7 % facts.len()];
        let row = at % 12;
        let place = match fact.entity.index() {
            0 => format!("/answers/{}", fact.id),
            _ => format!("/lists/member/{row}/{}", fact.id),
        };
        record.log.note(Act::Answer, vec![place], &stamp(at / 20, "k3v9d2m1q8x7"));
    }
    record.seal();
    assert_eq!(record.log.entries().len(), 300);
    let size = record.to_json().len();
    assert!(size < 40_000, "{size}");
}

#[test]
fn every_version_stands_whole_in_its_record_and_holds() {
    let library = Library::builtin().unwrap();
    let standard = library.standard("sichuan-household-2016").unwrap();
    let text = r#"{"ruhu":1,"id":"x","year":2017,"date":"2017-10-15",
        "answers":{"water_tap":"yes","note":"甲"}}"#;
    let (record, _) = Record::from_json(text).unwrap();
    let hints = Rc::clone(&library.hints().unwrap());
    let mut visit = Visit::open(&standard, &hints, record).unwrap();
    let mut finished = Vec::new();
    for hour in 0..60 {
        visit.finish(&stamp(hour, "k"));
        finished.push(visit.record().clone());
        visit.reopen(&stamp(hour, "k"));
        assert_eq!(visit.record().finished, None);
    }
    let text = visit.record().to_json();
    assert_eq!(told(&text), [""; 0]);
    let (record, _) = Record::from_json(&text).unwrap();
    assert_eq!(record.versions.len(), 60);
    for (version, was) in record.versions.iter().zip(&finished) {
        let text = version.write();
        let (version, notices) = Record::from_json(&text).unwrap();
        assert_eq!(notices, []);
        assert_eq!(version.finished, was.finished);
        assert_eq!(
            (version.answers, version.log),
            (was.answers.clone(), was.log.clone())
        );
        assert!(version.versions.iter().all(|one| one.text().is_some()), "not again");
    }
    let changed = text.replacen("甲", "乙", 1);
    assert_eq!(told(&changed), ["/log log_record"]);
    let mut fewer = record.clone();
    fewer.versions.remove(3);
    assert!(fewer.log.verify(&fewer).is_err());
}

/// The same record gives the same bytes of verdict, also after it lay in a file.
#[test]
fn a_finished_record_replays() {
    let library = Library::builtin().unwrap();
    let standard = library.standard("sichuan-household-2016").unwrap();
    let hints = Rc::clone(&library.hints().unwrap());
    let lang = library.lang("zh-CN");
    let text = r#"{"ruhu":1,"year":2017,"date":"2017-10-15","answers":
        {"water_tap":"yes","water_litres":"12","power_connected":"no"}}"#;
    let (record, _) = Record::from_json(text).unwrap();
    let mut visit = Visit::open(&standard, &hints, record).unwrap();
    visit.finish(&stamp(1, "k"));
    let written = visit.record().to_json();
    let (again, notices) = Record::from_json(&written).unwrap();
    assert_eq!(notices, []);
    let again = Visit::open(&standard, &hints, again).unwrap();
    assert_eq!(again.report(&lang), visit.report(&lang));
    let finished = again.record().finished.clone().unwrap();
    assert_eq!(finished.verdict, "not_met");
    assert_eq!(finished.verdicts.len(), standard.criteria().len());
    let found = again.found();
    assert_eq!((&finished.verdicts, &finished.hash), (&found.verdicts, &found.hash));
    assert_eq!(again.record().to_json(), written);
}
