//! What a record that is opened tells, and what of it is seen.

use ruhu_core::{Answer, At, List, Place, Record, Row, Status, Verdict};
use ruhu_web::session::{Edit, Session};

use super::{own, session};

/// A session that opened a text, and what it told of it.
fn opened(text: &str) -> (Session, String) {
    let (record, notices) = Record::from_json(text).unwrap();
    let mut session = session();
    session.apply(Edit::Record(Box::new(record), notices));
    assert_eq!(session.trouble(), None, "{text}");
    let told = session.notices().join("\n");
    (session, told)
}

#[test]
fn a_standard_a_year_or_a_day_that_cannot_judge_is_told_and_written_again() {
    for (setting, old, todo) in [
        (r#""standard":"jia""#, "jia", "选择标准"),
        (r#""standard":"leshan-household-2017""#, "leshan-household-2017", "选择标准"),
        (r#""year":1999"#, "1999", "年份"),
        (r#""year":2030"#, "2030", "年份"),
        (r#""year":"soon""#, "soon", "年份"),
        (r#""date":"2017-10""#, "2017-10", "核查日期"),
        (r#""date":"x""#, "“x”", "核查日期"),
    ] {
        let (mut session, told) = opened(&format!(r#"{{"ruhu":1,{setting}}}"#));
        assert!(told.contains(old) && told.contains(todo), "{setting}: {told}");
        assert_eq!(told.lines().count(), 1, "{told}");
        assert_eq!(session.visit().year(), 2017);
        assert_eq!(session.visit().record().date.as_deref(), Some("2017-10-15"));
        let written = session.visit().record().to_json();
        assert!(written.contains(&old.replace(['“', '”'], "\"")), "{written}");
        let (again, same) = opened(&written);
        assert_eq!(same, told);
        assert_eq!(again.visit().record().to_json(), written);
        let mut other = self::session();
        other.take_up(&session.draft(), Vec::new());
        assert_eq!(other.notices().join("\n"), told);
    }
    let (_, told) =
        opened(r#"{"ruhu":1,"standard":"sichuan-household-2016","year":2018}"#);
    assert_eq!(told, "");
}

#[test]
fn a_standard_that_is_loaded_after_its_record_is_no_longer_told() {
    let (mut session, told) =
        opened(r#"{"ruhu":1,"standard":"county-household-2099","year":2019}"#);
    assert!(told.contains("county-household-2099"));
    session.apply(Edit::StandardFile(own("county-household-2099")));
    assert_eq!(session.visit().standard().id(), "county-household-2099");
    assert!(session.notices().is_empty(), "{:?}", session.notices());
    assert!(!session.visit().record().unread.contains_key("/standard"));
}

#[test]
fn what_the_form_does_not_ask_is_told_by_name() {
    let (session, told) = opened(
        r#"{"choices":{"income_line":"nope"},"answers":{"powr_connected":"yes",
        "house_grade":"E","water_tap":"yes"},"lists":{"pigs":{"rows":[]}}}"#,
    );
    for name in ["powr_connected", "pigs", "房屋"] {
        assert!(told.contains(name), "{name}: {told}");
    }
    assert_eq!(told.lines().count(), 4, "{told}");
    assert!(session.visit().record().to_json().contains("powr_connected"));
}

#[test]
fn who_stands_beyond_the_limit_is_not_taken_for_nobody() {
    let insured = |key| Row {
        key,
        answers: [
            ("member_name", "甲"),
            ("resident_insurance", "yes"),
            ("special_status", "none"),
            ("member_change", "none"),
            ("birth_date", "1950-01-01"),
        ]
        .map(|(fact, text)| (fact.to_owned(), Answer::known(text)))
        .into_iter()
        .collect(),
    };
    let seen = |members: u32| {
        let list = List { complete: true, rows: (1..=members).map(insured).collect() };
        let mut session = session();
        let lists = [("member".to_owned(), list)].into_iter().collect();
        let record = Record { lists, ..session.visit().record().clone() };
        session.apply(Edit::Record(Box::new(record), Vec::new()));
        session
    };
    let medical = |session: &Session| {
        let criteria = session.visit().standard().criteria().iter();
        let at = criteria.zip(0..).find(|(one, _)| one.id == "medical").unwrap().1;
        session.visit().verdicts()[at]
    };
    assert_eq!(medical(&seen(64)), Verdict::Met);
    let session = seen(65);
    assert_eq!(medical(&session), Verdict::Unknown);
    // Not judged, and yet shown as it was written: a blank is no figure here either.
    let dictionary = session.visit().standard().dictionary();
    let entity = dictionary.entity("member").unwrap();
    for fact in &dictionary.entity_info(entity).unwrap().facts {
        let of = |row| At { place: Place { entity, row }, fact: *fact };
        let seen =
            |row| (session.visit().value(of(row)), session.visit().applies(of(row)));
        assert_eq!(seen(65), seen(64), "{}", dictionary.info(*fact).unwrap().id);
    }
}

#[test]
fn the_reading_that_decides_is_named_with_how_it_is_founded() {
    let mut session = session();
    let income = |session: &Session| {
        let criteria = session.visit().standard().criteria().iter();
        criteria.zip(0..).find(|(one, _)| one.id == "income").unwrap().1
    };
    let line = |session: &Session| {
        let found = session.visit().doubtful(income(session));
        let (_, value) =
            found.into_iter().find(|(one, _)| one.id == "income_line").unwrap();
        value.map(|value| (value.reading.clone().unwrap(), value.status))
    };
    assert_eq!(line(&session), None, "nobody has chosen");
    session.apply(Edit::Choose("income_line".to_owned(), Some("working".to_owned())));
    assert_eq!(line(&session), Some(("working".to_owned(), Status::Unverified)));
}
