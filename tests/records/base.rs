//! Two copies of a record without a log, made one by the record that both were made from.

use std::collections::BTreeMap;

use proptest::prelude::*;
use ruhu_core::record::{Side, Stand};
use ruhu_core::{Assess, Library, Merged, Record, Refused, Stamp};
use serde_json::{Value, json};

thread_local! {
    static ASSESS: Assess = Assess::new(Library::builtin().unwrap(), "zh-CN").unwrap();
}

/// Answers by fact, and members by key, each with a name.
type Content = (BTreeMap<String, String>, BTreeMap<u32, String>);

fn text((answers, members): &Content) -> String {
    let row =
        |(key, name): (&u32, &String)| json!({"key": key, "answers": {"name": name}});
    let rows: Vec<Value> = members.iter().map(row).collect();
    let lists = json!({"member": {"complete": false, "rows": rows}});
    json!({"ruhu": 1, "id": "a", "answers": answers, "lists": lists}).to_string()
}

fn content(record: &Record) -> Content {
    let said = |answers: &ruhu_core::Answers, fact: &str| {
        answers.get(fact).map_or(String::new(), |answer| answer.text().to_owned())
    };
    let answers = record.answers.keys().map(|fact| {
        let text = said(&record.answers, fact);
        (fact.clone(), text)
    });
    let rows = record.lists.values().flat_map(|list| &list.rows);
    (answers.collect(), rows.map(|row| (row.key, said(&row.answers, "name"))).collect())
}

fn merged(
    copies: [&str; 2],
    base: Option<&str>,
    chosen: &[(String, Side)],
) -> Result<Merged, Refused> {
    let stamp =
        Stamp { time: "2017-10-15T08:00:00Z".to_owned(), device: "portal".to_owned() };
    let chosen = chosen.iter().cloned().collect();
    ASSESS.with(|assess| assess.merge(copies, base, &chosen, &stamp))
}

fn contents() -> impl Strategy<Value = Content> {
    let answers = proptest::collection::btree_map("f[0-3]", "[12]", 0..4);
    let members = proptest::collection::btree_map(1..4_u32, "[甲乙]", 0..3);
    (answers, members)
}

/// What a place holds after a merge; none where that has to be asked.
fn decided<T: PartialEq + Clone>(
    base: Option<&T>,
    here: Option<&T>,
    there: Option<&T>,
) -> Option<Option<T>> {
    if here == there || there == base {
        return Some(here.cloned());
    }
    (here == base).then(|| there.cloned())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn each_answer_is_as_the_one_who_changed_it_left_it(
        base in contents(), here in contents(), there in contents(), side in any::<bool>(),
    ) {
        let texts = [&here, &there].map(text);
        let [one, two] = texts.each_ref().map(String::as_str);
        let before = text(&base);
        let found = merged([one, two], Some(&before), &[]).unwrap();
        let back = merged([two, one], Some(&before), &[]).unwrap();
        let places = |merged: &Merged| {
            merged.conflicts.iter().map(|one| one.place.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(places(&found), places(&back));
        let facts = ["f0", "f1", "f2", "f3"];
        let (answers, _) = content(&found.record);
        for fact in facts {
            let was = (base.0.get(fact), here.0.get(fact), there.0.get(fact));
            let place = format!("/answers/{fact}");
            match decided(was.0, was.1, was.2) {
                Some(decided) => prop_assert_eq!(answers.get(fact), decided.as_ref()),
                None => prop_assert!(places(&found).contains(&place)),
            }
        }
        // Once chosen, nothing is left to ask, and both sides agree.
        let choose = |side: Side| {
            places(&found).into_iter().map(|place| (place, side)).collect::<Vec<_>>()
        };
        let [ours, theirs] =
            if side { [Side::Here, Side::There] } else { [Side::There, Side::Here] };
        let first = merged([one, two], Some(&before), &choose(ours)).unwrap();
        let second = merged([two, one], Some(&before), &choose(theirs)).unwrap();
        prop_assert!(first.conflicts.is_empty() && second.conflicts.is_empty());
        let names = |merged: &Merged| {
            let (answers, rows) = content(&merged.record);
            let mut rows: Vec<String> = rows.into_values().collect();
            rows.sort();
            (answers, rows)
        };
        prop_assert_eq!(names(&first), names(&second));
        // Nobody loses a member that only one of them has added or kept without a change.
        if found.stand == Stand::Apart {
            prop_assert_eq!(found.record.versions.len(), 2);
        }
    }

    #[test]
    fn who_changed_nothing_takes_what_the_other_has(base in contents(), other in contents()) {
        let (before, after) = (text(&base), text(&other));
        for copies in [[&before, &after], [&after, &before]] {
            let found = merged(copies.map(String::as_str), Some(&before), &[]).unwrap();
            prop_assert!(found.conflicts.is_empty());
            prop_assert_eq!(content(&found.record), other.clone());
            prop_assert!(found.record.versions.is_empty());
        }
    }
}

#[test]
fn without_a_base_every_difference_is_asked_and_no_member_goes() {
    let here =
        ([("f0".to_owned(), "1".to_owned())].into(), [(1, "甲".to_owned())].into());
    let there =
        ([("f0".to_owned(), "2".to_owned())].into(), [(2, "乙".to_owned())].into());
    let found = merged([&text(&here), &text(&there)], None, &[]).unwrap();
    assert_eq!(found.stand, Stand::Apart);
    assert_eq!(found.conflicts.len(), 1, "{:?}", found.conflicts);
    assert_eq!(content(&found.record).1.len(), 2);
    let json: Value = serde_json::from_str(&found.write()).unwrap();
    assert_eq!(
        json["conflicts"],
        json!([{"place": "/answers/f0", "here": "1", "there": "2"}])
    );
    assert_eq!(json["stand"], "apart");
    assert_eq!(json["record"]["id"], "a");
}

#[test]
fn a_member_whom_one_took_away_and_the_other_wrote_of_is_asked_about() {
    let name =
        |name: &str| -> Content { (BTreeMap::new(), [(1, name.to_owned())].into()) };
    let gone = (BTreeMap::new(), BTreeMap::new());
    let (base, changed) = (text(&name("甲")), text(&name("乙")));
    let found = merged([&changed, &text(&gone)], Some(&base), &[]).unwrap();
    let json: Value = serde_json::from_str(&found.write()).unwrap();
    assert_eq!(json["conflicts"][0]["place"], "/lists/member/1");
    assert_eq!(json["conflicts"][0]["here"]["answers"]["name"], "乙");
    assert_eq!(json["conflicts"][0]["there"], Value::Null);
    // Taken away by one and untouched by the other, it goes.
    let found = merged([&base, &text(&gone)], Some(&base), &[]).unwrap();
    assert!(content(&found.record).1.is_empty());
}

#[test]
fn members_whom_each_added_are_both_there_and_nobody_is_asked() {
    let with = |key: u32, name: &str| -> Content {
        let members = [(1, "甲".to_owned()), (key, name.to_owned())];
        (BTreeMap::new(), members.into())
    };
    let base = text(&(BTreeMap::new(), [(1, "甲".to_owned())].into()));
    for (ours, theirs) in [(2, 3), (2, 2)] {
        let copies = [text(&with(ours, "乙")), text(&with(theirs, "丙"))];
        let [here, there] = copies.each_ref().map(String::as_str);
        let found = merged([here, there], Some(&base), &[]).unwrap();
        assert!(found.conflicts.is_empty(), "{:?}", found.conflicts);
        let names: Vec<String> = content(&found.record).1.into_values().collect();
        assert_eq!(names, ["甲", "乙", "丙"]);
    }
}

#[test]
fn what_was_changed_beside_its_log_is_not_overwritten_by_who_goes_on_from_that_log() {
    let base = (BTreeMap::from([("f0".to_owned(), "1".to_owned())]), BTreeMap::new());
    let (mut other, mut more) = (base.clone(), base.clone());
    other.0.insert("f1".to_owned(), "2".to_owned());
    more.0.insert("f2".to_owned(), "3".to_owned());
    let both = merged([&text(&other), &text(&more)], Some(&text(&base)), &[]).unwrap();
    let common = both.record.to_json();
    // One edits the text itself; the other goes on as a form does.
    let edited = common.replace("\"f0\":\"1\"", "\"f0\":\"9\"");
    assert_ne!(edited, common);
    let mut on = both.record;
    on.answers.insert("f3".to_owned(), ruhu_core::Answer::known("4"));
    on.log.note(
        ruhu_core::Act::Answer,
        vec!["/answers/f3".to_owned()],
        &Stamp { time: "2017-10-16T08:00:00Z".to_owned(), device: "form".to_owned() },
    );
    on.seal();
    let found = merged([&edited, &on.to_json()], Some(&common), &[]).unwrap();
    let (answers, _) = content(&found.record);
    assert!(found.conflicts.is_empty(), "{:?}", found.conflicts);
    let said = |fact: &str| answers.get(fact).map(String::as_str);
    assert_eq!((said("f0"), said("f3")), (Some("9"), Some("4")));
}

#[test]
fn records_of_two_visits_are_never_one() {
    let other = json!({"ruhu": 1, "id": "b"}).to_string();
    let (one, none) = (text(&Content::default()), "{");
    let refused = merged([&one, &other], None, &[]).unwrap_err();
    assert_eq!(refused.key(), "other_record");
    assert_eq!(
        merged([&one, &one], Some(&other), &[]).unwrap_err().key(),
        "other_record"
    );
    assert_eq!(merged([&one, none], None, &[]).unwrap_err().key(), "not_json");
    let said = ASSESS.with(|assess| assess.lang().say_refused(&refused));
    assert!(said.contains('a') && said.contains('b') && said.contains("合并"), "{said}");
}
