//! A file of records: made, taken apart, offered, opened.

use ruhu_core::Record;
use ruhu_core::record::RecordError;
use ruhu_web::session::{
    Edit, Handover, HandoverError, Held, Inside, Lies, Page, Session, Task, Told, Way,
};

use super::session;

const HOUSEHOLD: &str = r#"{"ruhu":1,"id":"a","standard":"sichuan-household-2016",
    "year":2017,"date":"2017-10-15","answers":{"village":"“甲”村, [1] {2}","note":"\"]},"},
    "lists":{"member":{"rows":[
    {"key":1,"answers":{"member_name":"乙","relation":"spouse"}},
    {"key":2,"answers":{"member_name":"甲","relation":"head"}}]}}}"#;

fn file(records: &str) -> String {
    format!(r#"{{"format":"ruhu-records","version":1,"records":[{records}]}}"#)
}

fn offered(session: &Session) -> &[Inside] {
    match &session.desk().lies {
        Lies::Inside(inside) => inside,
        _ => &[],
    }
}

#[test]
fn records_come_back_as_they_were_written_in_their_order() {
    let (first, _) = Record::from_json(HOUSEHOLD).unwrap();
    let second = Record { id: "乙".to_owned(), ..Record::default() };
    for records in [vec![&first], vec![&first, &second, &first]] {
        let texts: Vec<String> = records.iter().map(|one| one.to_json()).collect();
        let text = Handover::write(&texts);
        assert_eq!(Handover::pieces(&text).unwrap(), texts);
        let read = Handover::read(&text).unwrap();
        let read: Vec<Record> = read.into_iter().map(|one| one.unwrap().0).collect();
        assert_eq!(read.iter().collect::<Vec<_>>(), records);
    }
    assert_eq!(Handover::write(&Vec::<String>::new()), file(""));
}

#[test]
fn another_program_may_order_and_space_it_otherwise() {
    let text = format!(
        " {{\n \"made\" : {{\"by\":[1,\"]}}\"]}},\n\"records\" : [ {HOUSEHOLD} ,\n{HOUSEHOLD}\n] ,
        \"version\" : 1 , \"format\":\t\"ruhu-records\" }} "
    );
    assert_eq!(Handover::pieces(&text).unwrap(), [HOUSEHOLD, HOUSEHOLD]);
}

#[test]
fn a_good_record_beside_bad_ones_is_still_there() {
    let text = file(&format!(
        r#"{HOUSEHOLD},7,{{"ruhu":99,"answers":{{}}}},{{]}},{{"a":[1}},{HOUSEHOLD}"#
    ));
    let read = Handover::read(&text).unwrap();
    let errors: Vec<&str> = read
        .iter()
        .map(|one| one.as_ref().map_or_else(RecordError::key, |_| "good"))
        .collect();
    assert_eq!(errors, ["good", "not_a_record", "newer", "not_json", "not_json", "good"]);
}

#[test]
fn wherever_a_file_is_cut_off_what_stands_before_is_still_there() {
    let text = file(&[HOUSEHOLD, HOUSEHOLD].join(","));
    let (first, _) = Record::from_json(HOUSEHOLD).unwrap();
    let mut seen = [0; 3];
    for (end, _) in text.char_indices() {
        let (begun, _) = text.split_at(end);
        let Ok(read) = Handover::read(begun) else {
            continue;
        };
        let good = read.iter().flatten().filter(|(record, _)| *record == first).count();
        let whole = begun.matches(HOUSEHOLD).count();
        assert_eq!(good, whole, "{end}");
        assert!(read.len() <= whole + 1, "{end}: one at most is told to be spoilt");
        seen[good] += 1;
    }
    assert!(seen.iter().all(|times| *times > 0), "{seen:?}");
}

#[test]
fn what_is_none_what_is_newer_and_what_is_empty_are_told_apart() {
    let why = |text: &str| Handover::read(text).unwrap_err();
    for text in [
        "",
        "x",
        "[]",
        "{}",
        "7",
        HOUSEHOLD,
        r#"{"records":[{}]}"#,
        r#"{"format":"other","records":[{}]}"#,
    ] {
        assert_eq!(why(text), HandoverError::NotOne, "{text}");
    }
    for version in ["2", "99999999999", "\"1\"", "1.0", "-1", "null"] {
        let text =
            file(HOUSEHOLD).replace("\"version\":1", &format!("\"version\":{version}"));
        let told = version.trim_matches('"').to_owned();
        assert_eq!(why(&text), HandoverError::Newer(told), "{version}");
    }
    for text in [
        file(""),
        file("").replace("[]", "{}"),
        r#"{"format":"ruhu-records","version":1}"#.to_owned(),
    ] {
        assert_eq!(why(&text), HandoverError::Empty, "{text}");
    }
    assert_eq!(why(&file(&vec!["{}"; 5_001].join(","))), HandoverError::TooMany);
    assert_eq!(Handover::read(&file(&vec!["{}"; 5_000].join(","))).unwrap().len(), 5_000);
}

#[test]
fn a_hundred_thousand_brackets_are_one_spoilt_record() {
    for brackets in ["[", "{\"a\":"] {
        let text = file(&brackets.repeat(100_000));
        let read = Handover::read(&text).unwrap();
        assert_eq!(read.len(), 1);
        assert!(matches!(read[0], Err(RecordError::NotJson { .. })), "{:?}", read[0]);
    }
}

#[test]
fn what_is_inside_is_told_before_anything_is_replaced() {
    let mut session = session();
    let before = session.visit().record().clone();
    let log = r#""ruhu":1,"log":{"entries":[["2017-10-15T09:30:00+08:00","/year","a"],
        ["2017-10-16T08:05:59+08:00","/answers/note","b"]]}"#;
    let changed = HOUSEHOLD.replace("\"ruhu\":1", log);
    let other = r#"{"ruhu":1,"standard":"jia","lists":{"member":{"rows":[
        {"key":1,"answers":{"member_name":"丙"}}]}}}"#;
    session.apply(Edit::Desk(Task::Opened(file(
        &[HOUSEHOLD, &changed, other, "{}"].join(","),
    ))));
    let told = |at: usize| offered(&session)[at].told.clone();
    let title = session.visit().standard().title().to_owned();
    let first = Told {
        head: Some("甲".to_owned()),
        year: Some(2017),
        standard: title,
        answers: 6,
        last: Some("2017-10-15".to_owned()),
    };
    assert_eq!(told(0), Ok(first.clone()));
    assert_eq!(told(1), Ok(Told { last: Some("2017-10-16 08:05".to_owned()), ..first }));
    let third = Told {
        head: Some("丙".to_owned()),
        standard: "jia".to_owned(),
        answers: 1,
        ..Told::default()
    };
    assert_eq!(told(2), Ok(third));
    assert_eq!(told(3), Err(RecordError::NotARecord));
    assert_eq!(*session.visit().record(), before);

    session.apply(Edit::Desk(Task::Take(3, "b".to_owned())));
    assert_eq!(*session.visit().record(), before, "a spoilt one is not opened");
    session.apply(Edit::Desk(Task::Take(0, "b".to_owned())));
    let (household, _) = Record::from_json(HOUSEHOLD).unwrap();
    assert_eq!(session.visit().record().lists, household.lists);
    assert_eq!(session.desk().lies, Lies::Nothing);
    session.apply(Edit::Undo);
    assert_eq!(*session.visit().record(), before);
}

#[test]
fn a_single_record_that_was_sealed_as_it_is_is_offered_too() {
    let mut session = session();
    session.apply(Edit::Desk(Task::Opened(HOUSEHOLD.to_owned())));
    assert_eq!(offered(&session).len(), 1);
    session.apply(Edit::Desk(Task::Opened("PK".to_owned())));
    assert!(matches!(offered(&session)[0].told, Err(RecordError::NotJson { .. })));
}

#[test]
fn a_newer_file_is_refused_in_words_and_what_was_there_stays() {
    let mut session = session();
    let before = session.visit().record().clone();
    let text = file(HOUSEHOLD).replace("\"version\":1", "\"version\":2");
    session.apply(Edit::Desk(Task::Opened(text)));
    let said = session.trouble().unwrap();
    assert!(said.contains("第 2 版") && said.contains("更新"), "{said}");
    assert_eq!(*session.visit().record(), before);
}

#[test]
fn the_countys_key_is_kept_with_the_draft_and_a_new_household_keeps_it() {
    let mut one = session();
    let effect = one.apply(Edit::Desk(Task::County(Some("age1jia".to_owned()))));
    assert!(effect.keep);
    one.apply(Edit::New("b".to_owned(), "2017-10-15".to_owned()));
    let mut other = session();
    other.take_up(&one.look_text(), Vec::new());
    assert_eq!(other.desk().county.as_deref(), Some("age1jia"));
    one.apply(Edit::Desk(Task::County(None)));
    other.take_up(&one.look_text(), Vec::new());
    assert_eq!(other.desk().county, None);
    assert!(!one.look_text().contains("age1jia"));
}

#[test]
fn a_refusal_leaves_the_file_on_the_desk_for_another_try() {
    let mut session = session();
    let lay = |session: &mut Session, head: &[u8]| {
        let held = Held { name: "a.age".to_owned(), bytes: head.into() };
        session.apply(Edit::Desk(Task::Sealed(held)));
        session.desk().way
    };
    let by = b"age-encryption.org/v1\n-> scrypt AAAA 16\n";
    assert_eq!(lay(&mut session, by), Way::Passphrase);
    session.apply(Edit::Desk(Task::Busy));
    assert!(session.desk().busy);
    let effect = session.apply(Edit::Desk(Task::Trouble("x".to_owned())));
    assert_eq!(effect.focus.as_deref(), Some("desk-trouble"));
    let desk = session.desk();
    assert!(matches!(&desk.lies, Lies::Sealed(held) if *held.bytes == *by));
    assert!(!desk.busy && desk.trouble.is_some());
    session.apply(Edit::Desk(Task::Way(Way::Key)));
    assert_eq!(session.desk().trouble, None);
    assert_eq!(lay(&mut session, b"age-encryption.org/v1\n-> X25519 AAAA\n"), Way::Key);
    session.apply(Edit::Desk(Task::Close));
    assert_eq!(session.desk().lies, Lies::Nothing);
}

#[test]
fn handing_over_from_another_page_leads_to_the_first() {
    let mut session = session();
    session.apply(Edit::Go(Page::Check));
    let effect = session.apply(Edit::Desk(Task::Give));
    assert_eq!((session.page(), &session.desk().lies), (Page::Home, &Lies::Giving));
    assert_eq!(effect.focus.as_deref(), Some("desk-title"));
}

#[test]
fn a_passphrase_is_long_enough_and_typed_twice_alike() {
    for (one, other, why) in [
        ("", "", Some("too_short")),
        ("1234567", "1234567", Some("too_short")),
        ("甲乙丙丁戊己庚", "甲乙丙丁戊己庚", Some("too_short")),
        ("甲乙丙丁戊己庚辛", "甲乙丙丁戊己庚辛", None),
        ("12345678", "12345679", Some("not_the_same")),
        ("12345678", "12345678", None),
    ] {
        assert_eq!(Session::unfit(one, other), why, "{one} {other}");
    }
}
