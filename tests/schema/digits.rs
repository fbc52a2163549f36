//! In plain digits, the schema takes just the numbers and days that the core reads.

use std::cell::Cell;

use ruhu_core::{At, Place, Record, Visit, read};
use ruhu_tests::engine::Engine;
use ruhu_tests::run::{fail, run};
use ruhu_tests::tape::Tape;
use ruhu_tests::tiny::{Tiny, yes_no};
use serde_json::{Value, json};

use super::Door;

/// A range of any sign and size, and the digits kept.
fn ends(tape: &Tape<'_>) -> (i64, i64, usize) {
    let end = || {
        let size = *tape.of(&[0, 1, 9, 10, 12, 64, 100, 366, 1_000, 5_000, 10_000_000]);
        let near: i64 = size + tape.between(-1, 1);
        if tape.once_in(3) { -near } else { near }
    };
    let (one, other) = (end(), end());
    (one.min(other), one.max(other), tape.below(4))
}

/// A number as somebody may type it, most often close to an end of its range.
fn typed((low, high, _): (i64, i64, usize), tape: &Tape<'_>) -> String {
    let far = tape.between(-20_000, 20_000);
    let whole = tape.of(&[low, high, 0, far]).saturating_add(tape.between(-1, 1));
    let zeros = tape.of(&["", "", "", "0", "000"]);
    let part =
        tape.of(&["", "", ".", ".0", ".5", ".05", ".50", ".001", ".0000", ".9999"]);
    let is_nothing = whole == 0 && part.bytes().all(|byte| b".0".contains(&byte));
    // `-0.5` lies beside 0 on the other side of `0.5`.
    let sign = if whole < 0 || (!is_nothing && whole == 0 && tape.once_in(2)) {
        "-"
    } else {
        ""
    };
    format!("{sign}{zeros}{}{part}", whole.unsigned_abs())
}

fn record(fact: &str, answer: &Value) -> Value {
    json!({ "ruhu": 1, "year": 2017, "date": "2017-10-15", "answers": { fact: answer } })
}

#[test]
fn a_number_in_plain_digits_is_taken_just_where_it_is_read() {
    let engine = Engine::new().unwrap();
    let (read, refused) = (Cell::new(0), Cell::new(0));
    run(250, 120, |tape| {
        let (low, high, decimals) = ends(tape);
        let fact = json!({
            "id": "number", "kind": "quantity", "unit": "thing", "decimals": decimals,
            "range": [low, high],
        });
        let facts = vec![yes_no("y"), fact];
        let tiny = Tiny { facts, criteria: vec![json!("y")], ..Tiny::default() };
        let standard = engine.read(&tiny.document()).unwrap();
        let door = Door::of(&engine, &standard);
        for _ in 0..16 {
            let text = typed((low, high, decimals), tape);
            let written = record("number", &json!(text));
            let visit = engine.open(&standard, &written).unwrap();
            let fact = standard.dictionary().fact("number").unwrap();
            let problem = visit.problem(At { place: Place::HOUSEHOLD, fact });
            let count = if problem.is_none() { &read } else { &refused };
            count.set(count.get() + 1);
            let told = format!("{text} in {low}..{high} by {decimals}: {problem:?}");
            if door.takes(&written) != problem.is_none() {
                return fail(told);
            }
            // A number of JSON may have more digits than are kept.
            let Ok(plain) = serde_json::from_str::<Value>(&text) else { continue };
            let key = problem.map(|problem| problem.key());
            let is_in = key.is_none_or(|key| key == "decimals" || key == "not_whole");
            let takes = door.takes(&record("number", &plain));
            if takes && !is_in || !takes && key.is_none() {
                return fail(told);
            }
        }
        Ok(())
    });
    println!("numbers: {} read, {} refused", read.get(), refused.get());
    assert!(read.get() > 1_000 && refused.get() > 1_000);
}

/// A date as somebody may write it, or as nobody should.
fn written(tape: &Tape<'_>) -> String {
    let year = tape.of(&["2017", "1880", "2020", "1600", "2200", "2201", "17"]);
    let month = tape.of(&["1", "02", "6", "10", "11", "12", "13", "00"]);
    let day = tape.of(&["1", "07", "15", "20", "28", "29", "30", "31", "32"]);
    let mark = tape.of(&["-", "-", "/", ".", "年", ""]);
    let after = if *mark == "年" { &"月" } else { mark };
    let end = tape.of(&["", "", "", "日", "号", "-"]);
    let date = match tape.below(4) {
        0 => format!("{year}{mark}"),
        1 => format!("{year}{mark}{month}{}", tape.of(&["", after])),
        _ => format!("{year}{mark}{month}{after}{day}{end}"),
    };
    let rest = tape.of(&["", "", "", "", "T00:00:00", " 00:00:00", " 08:30:00"]);
    format!("{date}{rest}")
}

#[test]
fn a_date_in_plain_digits_is_taken_where_it_is_read() {
    let engine = Engine::new().unwrap();
    let standard = engine.standard("sichuan-household-2016").unwrap();
    let door = Door::of(&engine, &standard);
    let (days, parts, refused) = (Cell::new(0), Cell::new(0), Cell::new(0));
    run(8_000, 12, |tape| {
        let text = written(tape);
        let read = read::date(&text);
        let takes = door.takes(&record("appraisal_date", &json!(text)));
        let mut check = record("appraisal_date", &json!(null));
        check["date"] = json!(text);
        let (record, _) = Record::from_json(&check.to_string()).unwrap();
        let takes_day = door.takes(&check);
        let is_day = read.as_ref().is_ok_and(|range| range.known().is_some());
        let count = match (&read, is_day) {
            (_, true) => &days,
            (Ok(_), _) => &parts,
            (Err(_), _) => &refused,
        };
        count.set(count.get() + 1);
        // The calendar is not told: a day that its month has not, a year out of bounds.
        let calendar = ["no_such_day", "no_such_year"];
        let key = read.as_ref().err().map_or("", |problem| problem.key());
        let opens = Visit::open(&standard, &engine.hints, record).is_ok();
        if takes != read.is_ok() && !calendar.contains(&key)
            || takes_day != is_day && !calendar.contains(&key)
            || opens && !takes_day
        {
            return fail(format!(
                "{text}: {read:?}, taken {takes}, as a day {takes_day}"
            ));
        }
        Ok(())
    });
    let tried = [days.get(), parts.get(), refused.get()];
    println!("dates: {tried:?} days, parts, refused");
    assert!(tried.iter().all(|count| *count > 500));
}
