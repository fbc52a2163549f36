//! Many visits on one device: each is a line, found, opened, taken away.

use ruhu_core::Answer;
use ruhu_web::session::{Edit, Head, Page, Session, Stage, Stand, Writer};

use super::{add, answer, at, session};

fn member(session: &mut Session, facts: &[(&str, &str)]) {
    let place = add(session, "members");
    for (fact, text) in facts {
        let at = at(session, fact, place);
        session.apply(Edit::Answer(at, Some(Answer::known(text))));
    }
}

fn head(key: &str, name: &str, initials: &str, stage: Stage) -> Head {
    let line = session().head("2017-10-15 09:30", initials);
    let place = vec!["甲村".to_owned(), "三组".to_owned()];
    Head { key: key.to_owned(), name: name.to_owned(), place, stage: Some(stage), ..line }
}

/// A session whose list holds three visits.
fn listed() -> Session {
    let mut session = session();
    session.apply(Edit::Heads(vec![
        head("1", "甲", "j", Stage::UnderWay),
        head("2", "乙 Ab", "yab", Stage::Met),
        head("3", "丙", "b", Stage::Met),
    ]));
    session
}

fn keys(session: &Session) -> Vec<String> {
    session.visits().found().iter().map(|head| head.key.clone()).collect()
}

#[test]
fn a_household_is_called_after_its_head_or_else_whoever_is_named_first() {
    let mut session = session();
    assert_eq!(session.household_name(), "");
    member(&mut session, &[("member_name", " ")]);
    member(&mut session, &[("member_name", "乙"), ("relation", "spouse")]);
    assert_eq!(session.household_name(), "乙");
    member(&mut session, &[("member_name", "甲"), ("relation", "head")]);
    assert_eq!(session.household_name(), "甲");
}

#[test]
fn a_line_tells_what_the_visit_is_and_is_read_as_it_was_written() {
    let mut session = session();
    assert_eq!(session.head("", "").stage, Some(Stage::NotVisited));
    answer(&mut session, "village", "甲村");
    answer(&mut session, "village_group", "三组");
    let head = session.head("2017-10-15 09:30", "");
    assert_eq!(head.place, ["甲村", "三组"]);
    assert_eq!(head.stage, Some(Stage::UnderWay));
    let sum: usize = head.tally.iter().map(|one| one.parse::<usize>().unwrap()).sum();
    assert_eq!(sum, session.visit().verdicts().len());
    assert_eq!(Head::read("a".to_owned(), Some(&head.write())), head);
    for spoilt in [None, Some("{"), Some("7")] {
        let read = Head::read("a".to_owned(), spoilt);
        assert_eq!((read.key.as_str(), read.stage), ("a", None));
    }
}

#[test]
fn visits_are_found_by_name_initials_place_and_stage() {
    let mut session = listed();
    for (find, found) in [
        ("", &["1", "2", "3"][..]),
        ("乙", &["2"]),
        ("AB", &["2"]),
        ("ya", &["2"]),
        ("甲村", &["1", "2", "3"]),
        ("三组 b", &["2", "3"]),
        ("丁", &[]),
    ] {
        session.apply(Edit::Find(find.to_owned()));
        assert_eq!(keys(&session), found, "{find}");
    }
    session.apply(Edit::Find(String::new()));
    session.apply(Edit::Only(Some(Stage::Met)));
    assert_eq!(keys(&session), ["2", "3"]);
    assert_eq!(session.visits().count(Some(Stage::UnderWay)), 1);
}

#[test]
fn a_visit_that_was_kept_stands_first() {
    let mut session = listed();
    session.apply(Edit::Listed(head("3", "丙", "b", Stage::NotMet)));
    assert_eq!(keys(&session), ["3", "1", "2"]);
    assert_eq!(session.visits().count(Some(Stage::Met)), 1);
}

#[test]
fn a_visit_goes_for_good_only_when_it_cannot_be_brought_back() {
    let mut session = listed();
    let forget = |key: &str| Edit::Forget(key.to_owned());
    assert_eq!(session.apply(forget("1")).forget, None);
    assert_eq!(keys(&session), ["2", "3"]);
    session.apply(Edit::Undo);
    assert_eq!(keys(&session), ["1", "2", "3"]);
    session.apply(forget("1"));
    assert_eq!(session.apply(forget("2")).forget.as_deref(), Some("1"));
    assert_eq!(keys(&session), ["3"]);
    assert_eq!(session.apply(Edit::Quiet).forget.as_deref(), Some("2"));
    assert_eq!(session.apply(Edit::Quiet).forget, None);
    assert_eq!(keys(&session), ["3"]);
    let gone = ["1", "b", "2017-10-15"].map(str::to_owned);
    let [key, new, today] = gone;
    session.apply(Edit::Forgotten(key, new, today));
    assert_eq!(session.key(), "a");
    // What could not be taken away is on the list again when that is read.
    session.apply(Edit::Heads(vec![head("2", "乙", "y", Stage::Met)]));
    assert_eq!(keys(&session), ["2"]);
}

#[test]
fn the_visit_on_the_screen_goes_with_its_line() {
    let mut session = listed();
    answer(&mut session, "water_tap", "yes");
    session.apply(Edit::Go(Page::Visits));
    let gone = ["a", "b", "2017-10-15"].map(str::to_owned);
    let [key, new, today] = gone;
    session.apply(Edit::Forgotten(key, new, today));
    assert_eq!((session.key(), session.page()), ("b", Page::Visits));
    assert!(session.visit().record().answers.is_empty());
    assert!(!session.is_begun());
}

#[test]
fn a_visit_is_begun_by_anything_that_was_chosen() {
    let begun = |edit: &dyn Fn(&mut Session)| {
        let mut session = session();
        assert!(!session.is_begun());
        edit(&mut session);
        session.is_begun()
    };
    assert!(!begun(&|session| drop(session.apply(Edit::Go(Page::Check)))));
    assert!(begun(&|session| drop(answer(session, "village", "甲"))));
    assert!(begun(&|session| {
        session.apply(Edit::When(2016, "2017-10-15".to_owned()));
    }));
    assert!(begun(&|session| {
        session.apply(Edit::When(2017, "2017-10-16".to_owned()));
    }));
    assert!(begun(&|session| {
        session.apply(Edit::Standard("national-household-2019".to_owned()));
    }));
    assert!(begun(&|session| {
        session.apply(Edit::Choose("income_line".to_owned(), Some("working".to_owned())));
    }));
    assert!(begun(&|session| {
        session.apply(Edit::Record("b".to_owned(), Box::default(), Vec::new()));
    }));
}

#[test]
fn a_record_from_a_file_is_a_visit_of_its_own() {
    let mut session = session();
    answer(&mut session, "water_tap", "yes");
    let text = session.visit().record().to_json();
    let edit = session.record_edit("b", &text);
    session.apply(edit);
    assert_eq!((session.key(), session.is_begun()), ("b", true));
    session.apply(Edit::Undo);
    assert_eq!((session.key(), session.is_begun()), ("a", true));
}

#[test]
fn while_another_window_writes_nothing_changes_here() {
    let mut session = listed();
    session.apply(Edit::Writer(Writer::Other));
    let record = session.visit().record().clone();
    answer(&mut session, "water_tap", "yes");
    assert!(session.trouble().unwrap().contains("另一个窗口"));
    session.apply(Edit::Forget("1".to_owned()));
    session.apply(Edit::New("b".to_owned(), "2017-10-15".to_owned()));
    assert_eq!(session.visit().record(), &record);
    assert_eq!((session.key(), keys(&session).len()), ("a", 3));
    session.apply(Edit::Go(Page::Check));
    assert_eq!(session.page(), Page::Check);
    session.apply(Edit::Writer(Writer::This));
    answer(&mut session, "water_tap", "yes");
    assert_ne!(session.visit().record(), &record);
}

#[test]
fn changes_that_could_not_be_read_are_told_until_another_visit_comes() {
    let mut session = session();
    let text = session.visit().record().to_json();
    session.apply(Edit::Visit("b".to_owned(), text.clone(), 3));
    assert!(session.notices().join("").contains("最后3次改动"));
    session.apply(Edit::Visit("c".to_owned(), text, 0));
    assert!(session.notices().is_empty());
}

/// A session of a device with a name, so that its log tells who did what.
fn of_device(name: &str) -> Session {
    let mut session = session();
    session.stamped_by(|| "2017-10-15T09:30:00+08:00".to_owned(), name.to_owned());
    session
}

fn opened_by(device: &str, text: &str) -> Session {
    let mut session = of_device(device);
    let edit = session.record_edit("x", text);
    session.apply(edit);
    assert_eq!(session.trouble(), None);
    session
}

#[test]
fn of_two_copies_the_log_tells_which_went_on_from_the_other() {
    let mut one = of_device("one");
    answer(&mut one, "water_tap", "yes");
    let first = one.record_text();
    let mut other = opened_by("other", &first);
    assert_eq!(Session::stand(&first, &other.record_text()), Stand::Same);
    answer(&mut other, "village", "甲村");
    let later = other.record_text();
    assert_eq!(Session::stand(&first, &later), Stand::Newer);
    assert_eq!(Session::stand(&later, &first), Stand::Older);
    answer(&mut one, "village", "乙村");
    let apart = one.record_text();
    assert_eq!(Session::stand(&later, &apart), Stand::Apart);
    assert_eq!(Session::stand(&apart, &later), Stand::Apart);
    assert_eq!(Session::stand(&apart, "{"), Stand::Apart);
}

#[test]
fn copies_without_a_log_are_the_same_or_apart() {
    let text = |village: &str| {
        format!(r#"{{"ruhu":1,"id":"a","answers":{{"village":"{village}"}}}}"#)
    };
    assert_eq!(Session::stand(&text("甲"), &text("甲")), Stand::Same);
    assert_eq!(Session::stand(&text("甲"), &text("乙")), Stand::Apart);
}

#[test]
fn copies_are_found_by_the_own_name_of_the_record() {
    let mut session = session();
    let line = |key: &str, id: &str| Head {
        id: id.to_owned(),
        ..head(key, "甲", "j", Stage::UnderWay)
    };
    session.apply(Edit::Heads(vec![line("1", "a"), line("2", "b"), line("3", "a")]));
    assert_eq!(session.visits().keys_of("a"), ["1", "3"]);
    assert!(session.visits().keys_of("").is_empty());
    assert_eq!(session.id_of(r#"{"ruhu":1,"id":"b"}"#), "b");
}
