//! Next year's visit from this one: nothing counts until it is confirmed.

use ruhu_core::{Answer, At, Place, Record};
use ruhu_web::session::{Edit, Session};

use super::{add, answer, at, session, take_up, topic};

/// A household of two with a house, and the visit of the year after it.
fn copied() -> Session {
    let mut session = session();
    for (fact, text) in [
        ("household_kind", "general"),
        ("main_cause", "illness"),
        ("second_cause", "schooling"),
        ("home_kind", "own"),
        ("house_grade", "B"),
        ("water_litres", "5"),
        ("surveyor_name", "丁"),
    ] {
        answer(&mut session, fact, text);
    }
    for name in ["甲", "乙"] {
        let place = add(&mut session, "members");
        for (fact, text) in
            [("member_name", name), ("relation", "head"), ("health", "healthy")]
        {
            let at = at(&session, fact, place);
            session.apply(Edit::Answer(at, Some(Answer::known(text))));
        }
    }
    let wage = add(&mut session, "wage");
    let amount = at(&session, "wage_amount", wage);
    session.apply(Edit::Answer(amount, Some(Answer::known("20000"))));
    for place in [wage, add(&mut session, "members")] {
        session.apply(Edit::Complete(place.entity, true));
    }
    session.apply(Edit::NextYear("next".to_owned(), "2026-11-01".to_owned()));
    assert_eq!(session.trouble(), None);
    session
}

fn household(session: &Session, fact: &str) -> At {
    at(session, fact, Place::HOUSEHOLD)
}

#[test]
fn a_copied_visit_is_judged_as_a_blank_one() {
    let mut session = copied();
    let record = session.visit().record();
    assert_eq!((record.id.as_str(), record.year), ("next", Some(2018)));
    assert_eq!(record.date.as_deref(), Some("2018-10-15"), "a year after that check");
    assert!(record.answers.is_empty() && record.lists.is_empty());
    let before = record.before.clone().unwrap();
    assert_eq!((before.id.as_str(), before.year), ("a", Some(2017)));
    assert_eq!(before.answers.get("water_litres"), Some(&Answer::known("5")));
    assert_eq!(session.visit().verdicts(), session.visit().blank().verdicts());
    assert!(session.waits_as_before() > 5);
    let text = session.record_text();
    assert!(text.contains("\"copied\""), "{text}");
    let (again, notices) = Record::from_json(&text).unwrap();
    assert_eq!(notices, []);
    assert_eq!(&again, session.visit().record());
    let mut other = super::session();
    take_up(&mut other, &session, Vec::new());
    assert_eq!(other.waits_as_before(), session.waits_as_before());
}

#[test]
fn one_tap_takes_what_carries_and_what_does_not_is_only_shown() {
    let mut session = copied();
    let cause = household(&session, "main_cause");
    let was = session.was(cause).unwrap();
    assert!(was.may_carry && was.said.contains('病'), "{was:?}");
    let epoch = session.epoch();
    let effect = session.apply(Edit::AsBefore(cause));
    assert_eq!(effect.focus.as_deref(), Some("main_cause"));
    assert_ne!(session.epoch(), epoch, "boxes are filled anew");
    assert_eq!(session.visit().typed(cause), Some(&Answer::known("illness")));
    assert!(!session.was(cause).unwrap().may_carry, "taken already");
    for fact in ["water_litres", "surveyor_name"] {
        let at = household(&session, fact);
        assert!(!session.was(at).unwrap().may_carry, "{fact}");
        session.apply(Edit::AsBefore(at));
        assert_eq!(session.visit().typed(at), None, "{fact} is asked anew");
    }
    assert_eq!(session.was(household(&session, "water_tap")), None);
    assert!(session.record_text().contains("/answers/main_cause"), "it is logged");
}

#[test]
fn all_that_is_left_of_a_topic_comes_with_what_hangs_on_it() {
    let mut session = copied();
    let visit = topic(&session, "visit");
    let left = session.left_as_before(visit, Place::HOUSEHOLD);
    assert_eq!(left, [household(&session, "household_kind")], "the causes wait");
    session.apply(Edit::AllAsBefore(visit, Place::HOUSEHOLD));
    for (fact, text) in [("main_cause", "illness"), ("second_cause", "schooling")] {
        let at = household(&session, fact);
        assert_eq!(session.visit().typed(at), Some(&Answer::known(text)), "{fact}");
    }
    assert_eq!(session.visit().typed(household(&session, "house_grade")), None);
    let grade = household(&session, "house_grade");
    session.apply(Edit::Answer(grade, Some(Answer::known("C"))));
    let housing = topic(&session, "housing");
    session.apply(Edit::AllAsBefore(housing, Place::HOUSEHOLD));
    assert_eq!(
        session.visit().typed(grade),
        Some(&Answer::known("C")),
        "not overwritten"
    );
}

#[test]
fn who_was_there_is_there_again_once_somebody_says_so() {
    let mut session = copied();
    let members = topic(&session, "members");
    let missing = session.missing_rows(members);
    assert_eq!(missing.len(), 3);
    assert_eq!(session.missing_rows(topic(&session, "wage")), []);
    let new = add(&mut session, "members");
    assert!(missing.iter().all(|one| one.row != new.row), "nobody's key is given again");
    session.apply(Edit::RowAsBefore(members, missing[0].row));
    assert_eq!(session.missing_rows(members).len(), 2);
    let name = at(&session, "member_name", missing[0]);
    assert_eq!(session.visit().typed(name), Some(&Answer::known("甲")));
    let health = at(&session, "health", missing[0]);
    assert_eq!(session.visit().typed(health), None);
    assert!(!session.was(health).unwrap().may_carry);
    let before = session.record_text();
    session.apply(Edit::RowAsBefore(members, missing[0].row));
    assert_eq!(session.visit().rows(missing[0].entity).count(), 2, "once");
    drop(before);
}

#[test]
fn what_changed_since_last_year_is_told() {
    let mut session = copied();
    assert!(session.since_before().is_empty(), "{:?}", session.since_before());
    let members = topic(&session, "members");
    let missing = session.missing_rows(members);
    session.apply(Edit::RowAsBefore(members, missing[0].row));
    let relation = at(&session, "relation", missing[0]);
    session.apply(Edit::Answer(relation, Some(Answer::known("spouse"))));
    session.apply(Edit::AsBefore(household(&session, "main_cause")));
    answer(&mut session, "water_litres", "50");
    add(&mut session, "members");
    session.apply(Edit::Complete(missing[0].entity, true));
    let told = session.since_before().join("\n");
    for part in [
        "甲 · 与户主关系：上年 本人或户主，今年 配偶",
        "今年 50",
        "上年有、今年没有：乙",
        "今年新登记",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("病"), "the same is no change: {told}");
}

#[test]
fn a_year_that_the_standard_does_not_have_is_refused_and_so_is_nothing() {
    let mut blank = session();
    blank.apply(Edit::NextYear("b".to_owned(), "2018-01-01".to_owned()));
    assert!(blank.trouble().unwrap().contains("还没有填写"));
    let mut session = session();
    answer(&mut session, "water_litres", "5");
    session.apply(Edit::When(2020, "2020-02-29".to_owned()));
    let before = session.record_text();
    session.apply(Edit::NextYear("b".to_owned(), "2021-01-01".to_owned()));
    assert!(session.trouble().unwrap().contains("2021"));
    assert_eq!(session.record_text(), before);
}

#[test]
fn the_day_of_the_next_check_is_a_day() {
    for (was, today, now) in [
        ("2016-02-29", "2026-01-01", "2017-12-31"),
        ("2016-03-01", "2017-05-06", "2017-05-06"),
    ] {
        let mut session = session();
        answer(&mut session, "water_litres", "5");
        session.apply(Edit::When(2016, was.to_owned()));
        session.apply(Edit::NextYear("b".to_owned(), today.to_owned()));
        assert_eq!(session.visit().record().date.as_deref(), Some(now));
        session.apply(Edit::Undo);
        assert_eq!(session.visit().record().date.as_deref(), Some(was));
        assert_eq!(session.before().map(|_| ()), None);
    }
}

/// A finished record is the best to go on from.
#[test]
fn a_finished_visit_is_copied_open() {
    let mut session = session();
    answer(&mut session, "water_litres", "5");
    session.apply(Edit::Finish(true));
    session.apply(Edit::NextYear("b".to_owned(), "2018-01-01".to_owned()));
    assert!(!session.is_finished());
    answer(&mut session, "water_tap", "yes");
    assert_eq!(session.trouble(), None);
}
