//! What the session promises, without a browser.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "session/finish.rs"]
mod finish;
#[path = "session/handover.rs"]
mod handover;
#[path = "session/new_year.rs"]
mod new_year;
#[path = "session/records.rs"]
mod records;
#[path = "session/visits.rs"]
mod visits;

use ruhu_core::read::Problem;
use ruhu_core::{Answer, At, Library, Place, Question, Record, Verdict};
use ruhu_web::session::{Edit, OwnStandard, Page, Session, State, Wants, Watch};

/// As on a phone: the standards ready made, the words of one language.
fn session() -> Session {
    let (first, rest) = Library::builtin().unwrap().pack();
    let mut library = Library::unpack(first.leak()).unwrap();
    assert!(library.add(rest.leak()));
    Session::new(library, "a", "2017-10-15").unwrap()
}

/// A county's own standard, as its reader hands it over.
fn own(id: &str) -> OwnStandard {
    let library = Library::builtin().unwrap();
    let text = library.text("national-household-2019").unwrap();
    let text = text.replace("\"national-household-2019\"", &["\"", id, "\""].concat());
    let packed = library.pack_standard(&library.read(&text).unwrap());
    OwnStandard { packed: Some(packed), text }
}

/// A session that was left and is taken up again, with the standards that could be read.
fn take_up(session: &mut Session, left: &Session, own: Vec<OwnStandard>) {
    let look = left.look_text();
    session.take_up(&look, own);
    let text = left.visit().record().to_json();
    session.apply(Edit::Visit(Session::visit_of(&look).unwrap(), text, 0));
    session.take_up_page(&look);
}

fn wants(session: &Session, left: &Session) -> Wants {
    session.wants(&left.look_text(), &left.standards_text())
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
fn what_was_left_comes_back_with_its_answers_its_page_and_its_language() {
    let mut one = session();
    answer(&mut one, "water_litres", "３５");
    assert!(!one.speaks("en"));
    one.apply(Edit::Words("en".to_owned(), WORDS.to_owned()));
    assert_eq!(one.say_verdict(Verdict::Met), "Met");
    assert_eq!(one.say_verdict(Verdict::NotMet), "未达标");
    one.apply(Edit::Go(Page::Section(2)));
    let mut other = session();
    let wants = wants(&other, &one);
    assert_eq!(wants.language.as_deref(), Some("en"));
    other.apply(Edit::Words("en".to_owned(), WORDS.to_owned()));
    take_up(&mut other, &one, Vec::new());
    assert_eq!(other.visit().record(), one.visit().record());
    assert_eq!((other.page(), other.look()), (one.page(), one.look()));
}

#[test]
fn looks_and_a_visit_that_are_spoilt_leave_what_is_there() {
    let mut session = session();
    let record = session.visit().record().clone();
    for text in ["", "{", "[]", r#"{"page":"section","section":-1}"#] {
        session.take_up(text, Vec::new());
        session.take_up_page(text);
        if !text.contains("page") {
            session.apply(Edit::Visit("b".to_owned(), text.to_owned(), 0));
            assert!(session.trouble().unwrap().contains("损坏"), "{text}");
        }
        assert_eq!(session.visit().record(), &record, "{text}");
        assert_eq!(session.key(), "a");
    }
}

#[test]
fn a_standard_from_a_file_judges_and_comes_back() {
    let mut one = session();
    one.apply(Edit::StandardFile(own("county-household-2099")));
    assert_eq!(one.visit().standard().id(), "county-household-2099");
    let mut other = session();
    let wants = wants(&other, &one);
    assert_eq!(wants.standards, [own("county-household-2099").text]);
    take_up(&mut other, &one, vec![own("county-household-2099")]);
    assert_eq!(other.visit().standard().hash(), one.visit().standard().hash());
    assert_eq!(other.trouble(), None);
}

#[test]
fn a_standard_that_cannot_be_read_yet_is_said_and_is_kept() {
    let mut one = session();
    one.apply(Edit::StandardFile(own("county-household-2099")));
    let mut other = session();
    let text = own("county-household-2099").text;
    let unread = OwnStandard { packed: None, text: text.clone() };
    take_up(&mut other, &one, vec![unread.clone()]);
    assert!(other.trouble().unwrap().contains("联网"));
    assert_eq!(wants(&other, &other).standards, [text]);
    let hash = other.visit().standard().hash().to_owned();
    other.apply(Edit::StandardFile(unread));
    assert_eq!(other.visit().standard().hash(), hash);
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
    session.apply(Edit::Record("x".to_owned(), Box::new(record), notices));
    let told = session.notices().join("\n");
    for name in ["自来水", "成员 · 第1行", "new/key"] {
        assert!(told.contains(name), "{name}: {told}");
    }
    let mut other = self::session();
    take_up(&mut other, &session, Vec::new());
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
