//! What the session promises, without a browser.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use ruhu_core::read::Problem;
use ruhu_core::{Answer, At, Library, List, Place, Question, Record, Row, Verdict};
use ruhu_web::session::{Edit, OwnStandard, Page, Session, State, Watch};

/// As on a phone: the standards ready made, the words of one language.
fn session() -> Session {
    let packed = Library::builtin().unwrap().pack();
    Session::new(Library::unpack(packed.leak()).unwrap(), "a", "2017-10-15").unwrap()
}

/// A county's own standard, as its reader hands it over.
fn own(id: &str) -> OwnStandard {
    let library = Library::builtin().unwrap();
    let text = library.text("national-household-2019").unwrap();
    let text = text.replace("\"national-household-2019\"", &["\"", id, "\""].concat());
    let packed = library.pack_standard(&library.read(&text).unwrap());
    OwnStandard { packed: Some(packed), text }
}

const WORDS: &str = "verdict.met = Met";

fn at(session: &Session, fact: &str, place: Place) -> At {
    At { place, fact: session.visit().standard().dictionary().fact(fact).unwrap() }
}

fn answer(session: &mut Session, fact: &str, text: &str) -> Vec<Watch> {
    let at = at(session, fact, Place::HOUSEHOLD);
    session.apply(Edit::Answer(at, Some(Answer::known(text)))).watch
}

fn topic(session: &Session, id: &str) -> usize {
    let dictionary = session.visit().standard().dictionary();
    dictionary.topics().iter().position(|topic| topic.id == id).unwrap()
}

fn add(session: &mut Session, id: &str) -> Place {
    let topic = topic(session, id);
    session.apply(Edit::Add(topic));
    *session.places(topic).last().unwrap()
}

#[test]
fn plain_text_that_follows_plain_text_draws_no_box_again() {
    let mut session = session();
    let at = at(&session, "water_litres", Place::HOUSEHOLD);
    assert!(!answer(&mut session, "water_litres", "3").contains(&Watch::Field(at)));
    assert!(!answer(&mut session, "water_litres", "35").contains(&Watch::Field(at)));
    assert!(answer(&mut session, "water_litres", "35桶").contains(&Watch::Field(at)));
    assert!(answer(&mut session, "water_litres", "35").contains(&Watch::Field(at)));
}

#[test]
fn the_same_answer_again_changes_nothing() {
    let mut session = session();
    answer(&mut session, "water_litres", "35");
    assert!(answer(&mut session, "water_litres", "35").is_empty());
}

#[test]
fn a_row_that_was_removed_comes_back_where_it_was() {
    let mut session = session();
    for _ in 0..3 {
        add(&mut session, "members");
    }
    let members = topic(&session, "members");
    let before = session.places(members);
    session.apply(Edit::Complete(before[0].entity, true));
    let record = session.visit().record().clone();
    session.apply(Edit::Remove(members, before[1]));
    assert_eq!(session.places(members).len(), 2);
    assert!(session.snack().unwrap().undo);
    session.apply(Edit::Undo);
    assert_eq!(session.visit().record(), &record);
}

#[test]
fn a_row_that_was_added_says_that_the_list_is_not_all() {
    let mut session = session();
    let list = add(&mut session, "wage").entity;
    session.apply(Edit::Complete(list, true));
    add(&mut session, "wage");
    assert!(!session.visit().is_complete(list));
}

#[test]
fn a_new_household_can_be_taken_back() {
    let mut session = session();
    answer(&mut session, "water_tap", "yes");
    let record = session.visit().record().clone();
    session.apply(Edit::New("b".to_owned(), "2017-11-01".to_owned()));
    assert!(session.visit().record().answers.is_empty());
    session.apply(Edit::Undo);
    assert_eq!(session.visit().record(), &record);
}

#[test]
fn a_draft_brings_back_the_answers_the_page_and_the_language() {
    let mut one = session();
    answer(&mut one, "water_litres", "３５");
    assert!(!one.speaks("en"));
    one.apply(Edit::Words("en".to_owned(), WORDS.to_owned()));
    assert_eq!(one.say_verdict(Verdict::Met), "Met");
    assert_eq!(one.say_verdict(Verdict::NotMet), "未达标");
    one.apply(Edit::Go(Page::Section(2)));
    let mut other = session();
    let wants = other.wants(&one.draft());
    assert_eq!(wants.language.as_deref(), Some("en"));
    other.apply(Edit::Words("en".to_owned(), WORDS.to_owned()));
    other.take_up(&one.draft(), Vec::new());
    assert_eq!(other.visit().record(), one.visit().record());
    assert_eq!((other.page(), other.look()), (one.page(), one.look()));
}

#[test]
fn a_draft_that_is_spoilt_leaves_what_is_there() {
    let mut session = session();
    let record = session.visit().record().clone();
    for draft in
        ["", "{", "[]", r#"{"record":"{"}"#, r#"{"page":"section","section":-1}"#]
    {
        session.take_up(draft, Vec::new());
        assert_eq!(session.visit().record(), &record, "{draft}");
    }
}

#[test]
fn a_standard_from_a_file_judges_and_comes_back_with_the_draft() {
    let mut one = session();
    one.apply(Edit::StandardFile(own("county-household-2099")));
    assert_eq!(one.visit().standard().id(), "county-household-2099");
    let mut other = session();
    let wants = other.wants(&one.draft());
    assert_eq!(wants.standards, [own("county-household-2099").text]);
    other.take_up(&one.draft(), vec![own("county-household-2099")]);
    assert_eq!(other.visit().standard().hash(), one.visit().standard().hash());
    assert_eq!(other.trouble(), None);
}

#[test]
fn a_standard_that_cannot_be_read_yet_is_said_and_stays_in_the_draft() {
    let mut one = session();
    one.apply(Edit::StandardFile(own("county-household-2099")));
    let mut other = session();
    let text = own("county-household-2099").text;
    let unread = OwnStandard { packed: None, text: text.clone() };
    other.take_up(&one.draft(), vec![unread.clone()]);
    assert!(other.trouble().unwrap().contains("联网"));
    assert_eq!(other.wants(&other.draft()).standards, [text]);
    let hash = other.visit().standard().hash().to_owned();
    other.apply(Edit::StandardFile(unread));
    assert_eq!(other.visit().standard().hash(), hash);
}

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
        let (session, told) = opened(&format!(r#"{{"ruhu":1,{setting}}}"#));
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
fn the_next_question_leads_to_where_it_is_asked() {
    let mut session = session();
    let question = session.visit().next_question().unwrap();
    let effect = session.apply(Edit::Ask(question.clone()));
    let (section, _, id) = session.place_of(&question);
    assert_eq!(session.page(), Page::Section(section));
    assert_eq!(effect.focus, Some(id));
}

#[test]
fn every_question_of_every_criterion_has_its_section() {
    let session = session();
    for question in session.deciding() {
        let (section, topic, _) = session.place_of(&question);
        assert!(session.screens()[section].topics.contains(&topic), "{question:?}");
        assert!(!matches!(question, Question::Param(_)) || topic > 0);
    }
}

#[test]
fn a_section_without_answers_is_not_begun_and_one_that_cannot_be_read_says_so() {
    let mut session = session();
    let screen = session
        .screens()
        .iter()
        .find(|screen| screen.topics.contains(&topic(&session, "water")));
    let screen = screen.unwrap().clone();
    assert_eq!(session.progress(&screen, &[]).state(), State::Fresh);
    answer(&mut session, "water_litres", "35");
    assert_eq!(session.progress(&screen, &[]).state(), State::Begun);
    answer(&mut session, "water_litres", "很多");
    assert_eq!(session.progress(&screen, &[]).state(), State::Trouble);
}

#[test]
fn a_record_that_is_refused_leads_to_the_words_that_say_why() {
    let mut session = session();
    let effect = session.apply(Edit::Trouble("why".to_owned()));
    assert_eq!(effect.focus.as_deref(), Some("trouble"));
    session.apply(Edit::Go(Page::Home));
    assert_eq!(session.trouble(), None);
}

#[test]
fn what_is_odd_in_a_record_is_told_by_name_until_the_record_leaves() {
    let mut session = session();
    let text =
        r#"{"answers":{"water_tap":[1]},"lists":{"member":{"rows":[7]}},"new/key":1}"#;
    let (record, notices) = Record::from_json(text).unwrap();
    session.apply(Edit::Record(Box::new(record), notices));
    let told = session.notices().join("\n");
    for name in ["自来水", "成员 · 第1行", "new/key"] {
        assert!(told.contains(name), "{name}: {told}");
    }
    let mut other = self::session();
    other.take_up(&session.draft(), Vec::new());
    assert_eq!(other.notices().len(), session.notices().len());
    session.apply(Edit::New("b".to_owned(), "2017-11-01".to_owned()));
    assert!(session.notices().is_empty());
    session.apply(Edit::Undo);
    assert_eq!(session.notices().join("\n"), told);
}

#[test]
fn who_decides_otherwise_is_asked_for_the_reason_until_it_is_written() {
    let mut session = session();
    let reason = at(&session, "override_reason", Place::HOUSEHOLD);
    let missing =
        |session: &Session| session.visit().problem(reason) == Some(Problem::Unexplained);
    assert!(!missing(&session), "nothing is decided yet");
    answer(&mut session, "confirmed_verdict", "unknown");
    assert!(!missing(&session), "as the form says");
    answer(&mut session, "confirmed_verdict", "met");
    assert!(missing(&session));
    answer(&mut session, "override_reason", "  ");
    assert!(missing(&session), "a blank is no reason");
    let drawn = answer(&mut session, "override_reason", "县里核实过");
    assert!(!missing(&session));
    assert!(drawn.contains(&Watch::Field(reason)), "what was said of it goes away");
    answer(&mut session, "override_reason", "");
    assert!(missing(&session));
    answer(&mut session, "water_litres", "5");
    answer(&mut session, "confirmed_verdict", "not_met");
    assert_eq!(missing(&session), session.visit().verdict().as_str() != "not_met");
    let effect = session.apply(Edit::Ask(Question::Fact(reason)));
    assert_eq!(
        (session.page(), effect.focus.as_deref()),
        (Page::Check, Some("override_reason"))
    );
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
fn a_section_does_not_ask_for_more_than_it_shows() {
    let mut session = session();
    // The water standard of that year asks more of those who carry their water.
    session.apply(Edit::When(2020, "2020-10-15".to_owned()));
    let deciding = session.deciding();
    let mut asked_for = 0;
    for screen in session.screens().iter() {
        let progress = session.progress(screen, &deciding);
        let params = deciding.iter().filter(|one| matches!(one, Question::Param(_)));
        assert!(progress.deciding <= progress.asked + params.count(), "{progress:?}");
        asked_for += progress.deciding;
    }
    assert!(asked_for > 20);
}

#[test]
fn an_answer_by_name_is_told_in_words_and_one_that_there_is_not_is_refused() {
    let mut session = session();
    let (effect, said) = session.answer_named(("", 0), "water_litres", "5").unwrap();
    assert!(effect.keep && effect.watch.contains(&Watch::Screen));
    assert!(said.starts_with("未达标\n") && said.contains("20升"), "{said}");
    assert_eq!(session.visit().verdict(), Verdict::NotMet);
    let before = session.visit().record().clone();
    for (list, row, fact) in [
        ("", 0, "no_such_fact"),
        ("no_such_list", 0, "water_litres"),
        ("member", 7, "member_name"),
        ("", 0, "member_name"),
        ("member", 0, "water_litres"),
    ] {
        assert!(session.answer_named((list, row), fact, "1").is_none(), "{list} {fact}");
    }
    assert_eq!(session.visit().record(), &before);
    session.answer_named(("", 0), "water_litres", "").unwrap();
    assert_eq!(session.visit().verdict(), Verdict::Unknown);
}

#[test]
fn what_need_not_keep_the_verdict_waiting_comes_after_it() {
    let mut session = session();
    let place = add(&mut session, "wage");
    let at = at(&session, "wage_amount", place);
    let effect = session.apply(Edit::Answer(at, Some(Answer::known("20000"))));
    for later in [Watch::Row(place), Watch::Sum(place.entity)] {
        assert!(effect.after.contains(&later), "{:?}", effect.after);
        assert!(!effect.watch.contains(&later));
    }
    assert!(effect.watch.iter().any(|watch| matches!(watch, Watch::Criterion(_))));
}
