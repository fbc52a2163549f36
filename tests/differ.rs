//! Where two standards part is found, is made small, and is never said to be nowhere.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may fail loudly, and says what it found"
)]

use std::rc::Rc;

use ruhu_core::record::Record;
use ruhu_core::{
    Answer, Difference, Effort, Judge, Parting, Split, Standard, Verdict, Visit, differ,
};
use ruhu_tests::data;
use ruhu_tests::engine::{Engine, place_name};
use serde_json::{Value, json};

const PROVINCE: &str = "sichuan-household-2016";

fn effort(households: u64) -> Effort {
    Effort { households, seed: 1 }
}

/// A year, with the income line that an office would choose.
fn setting(year: i32) -> Record {
    let mut record = Record {
        year: Some(year),
        date: Some(format!("{year}-10-15")),
        ..Record::default()
    };
    record.choices.insert("income_line".to_owned(), "working".to_owned());
    record
}

fn province() -> Value {
    data::read(&data::folder("core/standards").join(format!("{PROVINCE}.toml"))).unwrap()
}

/// The province's standard under another name, with one thing changed.
fn county(change: impl FnOnce(&mut Value)) -> Value {
    let mut document = province();
    document["standard"]["id"] = json!("county-household");
    change(&mut document);
    document
}

/// Every value of a parameter that is `from` is `to`.
fn with(param: &str, from: &str, to: &str) -> Value {
    county(|document| {
        let params = document["param"].as_array_mut().unwrap();
        let found = params.iter_mut().find(|known| known["id"] == param).unwrap();
        let values = found["value"].as_array_mut().unwrap().iter_mut();
        let mut changed = 0;
        for value in values.filter(|value| value["value"] == from) {
            value["value"] = json!(to);
            changed += 1;
        }
        assert!(changed > 0, "{param} is nowhere {from}");
    })
}

fn found(difference: Difference) -> Parting {
    match difference {
        Difference::Found(parting) => *parting,
        other => panic!("{other:?}"),
    }
}

fn verdicts(standard: &Rc<Standard>, record: &Record, split: &Split) -> Verdict {
    let judge = Judge::new(standard, record).unwrap();
    let states = judge.decide(&judge.household(record));
    let Some(id) = &split.criterion else {
        return states.whole(standard.criteria().len());
    };
    states.of(standard.criteria().iter().position(|one| one.id == *id).unwrap())
}

/// Every household that lacks one thing more: an answer, a row, a list, or the mark that it
/// is complete.
fn smaller(record: &Record) -> Vec<Record> {
    let mut made = Vec::new();
    let mut without = |change: &dyn Fn(&mut Record)| {
        let mut other = record.clone();
        change(&mut other);
        made.push(other);
    };
    for fact in record.answers.keys() {
        without(&|other| drop(other.answers.remove(fact)));
    }
    for (name, list) in &record.lists {
        without(&|other| drop(other.lists.remove(name)));
        if list.complete {
            without(&|other| other.lists.get_mut(name).unwrap().complete = false);
        }
        for (at, row) in list.rows.iter().enumerate() {
            without(&|other| drop(other.lists.get_mut(name).unwrap().rows.remove(at)));
            for fact in row.answers.keys() {
                without(&|other| {
                    let list = other.lists.get_mut(name).unwrap();
                    list.rows[at].answers.remove(fact);
                });
            }
        }
    }
    made
}

/// That what was found is so, and that nothing more can be left out of it.
fn prove(one: &Rc<Standard>, other: &Rc<Standard>, parting: &Parting) {
    let Parting { record, split, .. } = parting;
    let said =
        |record: &Record| (verdicts(one, record, split), verdicts(other, record, split));
    assert_eq!(said(record), split.verdicts);
    assert_ne!(split.verdicts.0, split.verdicts.1);
    for less in smaller(record) {
        assert_ne!(
            said(&less),
            split.verdicts,
            "more than is needed: {}",
            record.to_json()
        );
    }
    let (read, notices) = Record::from_json(&record.to_json()).unwrap();
    assert!(notices.is_empty() && read == *record);
}

/// The answers on which the verdict hangs, where it is met.
fn hangs(engine: &Engine, standard: &Rc<Standard>, parting: &Parting) -> Vec<String> {
    let record = parting.record.clone();
    let visit = Visit::open(standard, &engine.hints, record).unwrap();
    let id = parting.split.criterion.as_ref().unwrap();
    let at = standard.criteria().iter().position(|one| one.id == *id).unwrap();
    assert_eq!(visit.verdicts()[at], Verdict::Met);
    visit.hangs(at).iter().map(|at| place_name(&visit, *at)).collect()
}

/// A changed parameter is found; the answer that shows it.
fn changed(document: &Value, year: i32, criterion: &str, by: &str) -> Parting {
    let engine = Engine::new().unwrap();
    let one = engine.standard(PROVINCE).unwrap();
    let other = engine.read(document).unwrap();
    let parting = found(differ(&one, &other, &setting(year), effort(1_000)).unwrap());
    prove(&one, &other, &parting);
    println!("{by} after {}: {}", parting.tried, parting.record.to_json());
    assert_eq!(parting.split.criterion.as_deref(), Some(criterion));
    assert!(parting.split.is_decided());
    assert_eq!(parting.criteria.len(), 1);
    let met = if parting.split.verdicts.0 == Verdict::Met { &one } else { &other };
    let hangs = hangs(&engine, met, &parting);
    assert!(hangs.iter().any(|place| place.ends_with(by)), "{hangs:?}");
    parting
}

fn answer<'a>(parting: &'a Parting, fact: &str) -> &'a str {
    parting.record.answers.get(fact).map_or("", Answer::text)
}

#[test]
fn a_line_that_is_a_yuan_higher_is_found() {
    let parting =
        changed(&with("income_line", "3600", "3601"), 2018, "income", "_amount");
    assert_eq!(parting.split.verdicts, (Verdict::Met, Verdict::NotMet));
    // One member and one source of income are enough to show it.
    let rows = parting.record.lists.values().map(|list| list.rows.len());
    assert_eq!(rows.sum::<usize>(), 2);
}

#[test]
fn a_way_to_water_that_is_a_minute_shorter_is_found() {
    let parting =
        changed(&with("water_minutes_most", "20", "19"), 2018, "water", "water_minutes");
    assert_eq!(answer(&parting, "water_minutes"), "20");
}

#[test]
fn a_tenth_of_a_litre_more_is_found() {
    let document = with("water_litres_wet", "35", "35.1");
    let parting = changed(&document, 2018, "water", "water_litres");
    assert_eq!(answer(&parting, "water_litres"), "35");
}

#[test]
fn a_day_less_without_water_is_found() {
    let document = with("water_short_days_most", "36", "35");
    let parting = changed(&document, 2018, "water", "water_short_days");
    assert_eq!(answer(&parting, "water_short_days"), "36");
}

#[test]
fn a_school_year_less_is_found() {
    let document = with("school_age_to", "15", "14");
    let parting = changed(&document, 2018, "schooling", "birth_date");
    assert_eq!(parting.split.verdicts, (Verdict::NotMet, Verdict::Met));
}

#[test]
fn a_sign_that_is_another_is_found() {
    let document = county(|document| {
        let criteria = document["criterion"].as_array_mut().unwrap();
        let income = criteria.iter_mut().find(|one| one["id"] == "income").unwrap();
        let all = income["met"]["all"].as_array_mut().unwrap();
        let sides = all[0]["over"].take();
        all[0] = json!({ "no_less": sides });
    });
    let parting = changed(&document, 2018, "income", "_amount");
    assert_eq!(parting.split.verdicts, (Verdict::NotMet, Verdict::Met));
    let document = county(|document| {
        let params = document["param"].as_array_mut().unwrap();
        let sign = params.iter_mut().find(|one| one["id"] == "short_days_sign").unwrap();
        sign["default"] = json!("under");
    });
    let parting = changed(&document, 2018, "water", "water_short_days");
    assert_eq!(answer(&parting, "water_short_days"), "36");
}

/// Not by luck: whatever the seed, within as many households.
#[test]
fn it_is_found_under_every_seed() {
    let engine = Engine::new().unwrap();
    let one = engine.standard(PROVINCE).unwrap();
    for (param, from, to) in [
        ("income_line", "3600", "3601"),
        ("water_minutes_most", "20", "19"),
        ("water_litres_wet", "35", "35.1"),
        ("water_short_days_most", "36", "37"),
        ("school_age_from", "6", "7"),
    ] {
        let other = engine.read(&with(param, from, to)).unwrap();
        let mut tried: Vec<u64> = Vec::new();
        for seed in 2..10 {
            let effort = Effort { households: 1_500, seed };
            let parting = found(differ(&one, &other, &setting(2018), effort).unwrap());
            prove(&one, &other, &parting);
            assert!(parting.split.is_decided(), "{param}: {:?}", parting.split);
            tried.push(parting.tried);
        }
        println!("{param} found after {tried:?}");
    }
}

/// A county that extends the province, as counties do, by a question and a criterion.
fn asks_for(engine: &Engine, fact: &str) -> Rc<Standard> {
    let read = engine.read(&json!({
        "standard": {
            "id": "county", "title": "县", "level": "county", "status": "sourced",
            "years": [2014, 2020], "extends": PROVINCE,
        },
        "source": [{ "id": "C", "title": "县", "status": "sourced" }],
        "topic": { "id": "stove", "order": 86 },
        "fact": [{ "id": fact, "kind": "yes_no", "sensitivity": "none", "cost": 1 }],
        "criterion": [{ "id": "stove", "topic": "stove", "source": "C", "met": fact }],
    }));
    read.unwrap()
}

/// One program over other questions is not the same.
#[test]
fn two_counties_that_ask_for_other_things_part() {
    let engine = Engine::new().unwrap();
    let (one, other) = (asks_for(&engine, "has_stove"), asks_for(&engine, "has_kettle"));
    let parting = found(differ(&one, &other, &setting(2018), effort(1_000)).unwrap());
    prove(&one, &other, &parting);
    assert_eq!(parting.split.criterion.as_deref(), Some("stove"));
    // Households come from the one or the other, and each leaves blank what it does not ask.
    assert!(!parting.split.is_decided() && parting.record.answers.len() == 1);
}

#[test]
fn what_a_county_asks_beyond_the_province_is_found() {
    let engine = Engine::new().unwrap();
    let one = engine.standard(PROVINCE).unwrap();
    let other = asks_for(&engine, "has_stove");
    let parting = found(differ(&one, &other, &setting(2018), effort(1_000)).unwrap());
    prove(&one, &other, &parting);
    let verdicts = (Verdict::Met, Verdict::NotMet);
    assert_eq!(parting.split, Split { criterion: None, verdicts });
    assert_eq!(parting.own, (Vec::new(), vec![("stove".to_owned(), Verdict::NotMet)]));
    assert!(parting.criteria.is_empty());
    assert_eq!(answer(&parting, "has_stove"), "no");
}

#[test]
fn what_judges_alike_is_said_to_only_where_it_is_proved() {
    let engine = Engine::new().unwrap();
    for name in engine.library.names() {
        let one = engine.standard(name).unwrap();
        let year = i32::try_from(one.years().1).unwrap();
        let same = differ(&one, &one, &setting(year), effort(1)).unwrap();
        assert_eq!(same, Difference::Same);
    }
    let one = engine.standard(PROVINCE).unwrap();
    // Another title, and another line in a year that is not asked about.
    let title = engine.read(&county(|document| {
        document["standard"]["title"] = json!("县");
    }));
    let later = engine.read(&with("income_line", "4000", "4001"));
    for other in [title.unwrap(), later.unwrap()] {
        assert_ne!(one.hash(), other.hash());
        let same = differ(&one, &other, &setting(2018), effort(1)).unwrap();
        assert_eq!(same, Difference::Same);
    }
    // Written otherwise, and the same for every household: found nowhere, and not proved.
    let turned = engine.read(&county(|document| {
        let criteria = document["criterion"].as_array_mut().unwrap();
        let power = criteria.iter_mut().find(|one| one["id"] == "power").unwrap();
        power["met"] = json!({ "not": { "not": "power_connected" } });
    }));
    let turned = differ(&one, &turned.unwrap(), &setting(2018), effort(300)).unwrap();
    assert_eq!(turned, Difference::NotFound { tried: 300 });
}

#[test]
fn what_is_found_is_the_same_every_time() {
    let engine = Engine::new().unwrap();
    let one = engine.standard(PROVINCE).unwrap();
    let other = engine.read(&with("water_minutes_most", "20", "15")).unwrap();
    let look = || differ(&one, &other, &setting(2017), effort(500)).unwrap();
    assert_eq!(look(), look());
    let turned = found(differ(&other, &one, &setting(2017), effort(500)).unwrap());
    prove(&other, &one, &turned);
}

#[test]
fn a_year_that_either_does_not_know_is_refused() {
    let engine = Engine::new().unwrap();
    let one = engine.standard(PROVINCE).unwrap();
    let other = engine.standard("national-household-2019").unwrap();
    differ(&one, &other, &setting(2018), effort(1)).unwrap_err();
    differ(&other, &one, &setting(2018), effort(1)).unwrap_err();
}

#[test]
fn the_province_asks_more_than_the_nation() {
    let engine = Engine::new().unwrap();
    let one = engine.standard(PROVINCE).unwrap();
    let other = engine.standard("national-household-2019").unwrap();
    let parting = found(differ(&one, &other, &setting(2019), effort(1_000)).unwrap());
    println!("{}\n{:?}", parting.record.to_json(), parting.own);
    prove(&one, &other, &parting);
    assert_eq!(parting.verdicts, (Verdict::NotMet, Verdict::Met));
    assert!(parting.criteria.is_empty() && parting.split.criterion.is_none());
    let failing = parting.own.0.iter().filter(|(_, said)| *said == Verdict::NotMet);
    assert_eq!(failing.count(), 1);
}
