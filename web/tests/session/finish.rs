//! A record is finished, opened again, and tells what was done to it.

use ruhu_core::record::Notice;
use ruhu_core::{Answer, Place, Record};
use ruhu_web::session::{Edit, OwnStandard, Page, Session, Watch};

use super::{add, answer, at, own, session, take_up, topic};

const NOW: &str = "2017-10-15T16:30:05+08:00";

fn stamped() -> Session {
    let mut session = session();
    session.stamped_by(|| NOW.to_owned(), "k3v9d2".to_owned());
    session
}

/// What was done, each as `act place`.
fn log(session: &mut Session) -> Vec<String> {
    drop(session.record_text());
    let record = session.visit().record();
    assert_eq!(record.log.verify(record), Ok(()));
    let entries = record.log.entries().iter();
    let told = entries.map(|entry| [&entry.act, " ", &entry.places.join(",")].concat());
    told.collect()
}

/// A record that is finished with some answers.
fn finished() -> Session {
    let mut session = stamped();
    answer(&mut session, "water_litres", "5");
    add(&mut session, "members");
    session.apply(Edit::Finish(true));
    assert!(session.is_finished());
    session
}

fn opened(text: &str) -> Session {
    let (record, notices) = Record::from_json(text).unwrap();
    let mut session = stamped();
    session.apply(Edit::Record("x".to_owned(), Box::new(record), notices));
    session
}

#[test]
fn what_was_done_stands_in_the_log_and_never_what_was_answered() {
    let mut session = stamped();
    for text in ["1", "13", "135", "135甲secret"] {
        answer(&mut session, "household_phone", text);
    }
    let member = add(&mut session, "members");
    let name = at(&session, "member_name", member);
    session.apply(Edit::Answer(name, Some(Answer::known("甲secret"))));
    session.apply(Edit::Complete(member.entity, true));
    session.apply(Edit::Choose("income_line".to_owned(), Some("working".to_owned())));
    session.apply(Edit::When(2018, "2018-10-15".to_owned()));
    session.apply(Edit::Standard("national-household-2019".to_owned()));
    let members = topic(&session, "members");
    session.apply(Edit::Remove(members, member));
    session.apply(Edit::Undo);
    assert_eq!(
        log(&mut session),
        [
            "answer /answers/household_phone",
            "row_added /lists/member/1",
            "answer /lists/member/1/member_name",
            "setting /lists/member/complete",
            "setting /choices/income_line",
            "setting /year",
            "setting /standard",
            "row_removed /lists/member/1",
            "row_added /lists/member/1",
        ]
    );
    let text = session.record_text();
    let (_, log) = text.split_once("\"log\":").unwrap();
    let (log, _) = log.split_once("\"ruhu\"").unwrap();
    assert!(!log.contains("secret") && !log.contains("135"), "{log}");
    let entries = session.visit().record().log.entries();
    assert!(entries.iter().all(|one| one.stamp.time == NOW), "the page's clock");
    assert!(entries.iter().all(|one| one.stamp.device == "k3v9d2"));
}

#[test]
fn a_key_does_not_hash_the_record_and_keeping_it_does() {
    let mut session = stamped();
    answer(&mut session, "water_litres", "5");
    let before = session.visit().record().log.clone();
    answer(&mut session, "water_litres", "55");
    assert_eq!(session.visit().record().log, before);
    assert!(before.entries().is_empty());
    drop(session.record_text());
    let record = session.visit().record();
    assert_eq!(record.log.entries().len(), 1);
    assert_eq!(record.log.verify(record), Ok(()));
    let kept = record.log.clone();
    drop(session.record_text());
    assert_eq!(session.visit().record().log, kept, "nothing new, nothing noted");
}

#[test]
fn a_page_that_comes_back_is_the_same_device_and_opened_nothing() {
    let mut one = stamped();
    answer(&mut one, "water_litres", "5");
    drop(one.record_text());
    let mut other = session();
    other.stamped_by(|| NOW.to_owned(), "another".to_owned());
    take_up(&mut other, &one, Vec::new());
    assert_eq!(other.record_text(), one.record_text());
    answer(&mut other, "water_tap", "yes");
    log(&mut other);
    let entries = other.visit().record().log.entries();
    assert_eq!(entries[1].stamp.device, "k3v9d2");
}

#[test]
fn a_record_that_was_changed_beside_its_log_opens_and_is_told() {
    let mut one = stamped();
    answer(&mut one, "water_litres", "5");
    let text = one.record_text();
    let mut again = opened(&text);
    assert!(again.notices().is_empty(), "{:?}", again.notices());
    assert_eq!(log(&mut again)[1..], ["opened "]);
    let mut changed = opened(&text.replace("\"5\"", "\"50\""));
    assert_eq!(answer_of(&changed, "water_litres"), "50");
    let told = changed.notices().join("\n");
    assert!(told.contains("与它的留痕对不上"), "{told}");
    assert_eq!(log(&mut changed)[1..], ["opened ", "mismatched /log"]);
    let mut entry = opened(&text.replace("/answers/water_litres", "/answers/water_tap"));
    let told = entry.notices().join("\n");
    assert!(told.contains("留痕 · 第1行"), "{told}");
    drop(entry.record_text());
    assert!(entry.visit().record().log.verify(entry.visit().record()).is_err());
}

fn answer_of(session: &Session, fact: &str) -> String {
    let at = at(session, fact, Place::HOUSEHOLD);
    session.visit().typed(at).map(|one| one.text().to_owned()).unwrap_or_default()
}

#[test]
fn nothing_answered_is_not_finished() {
    let mut session = stamped();
    let effect = session.apply(Edit::Finish(true));
    assert_eq!(effect.focus.as_deref(), Some("trouble"));
    assert!(session.trouble().unwrap().contains("还没有填写"));
    assert!(!session.is_finished());
}

#[test]
fn who_decides_otherwise_without_a_reason_does_not_finish() {
    let mut session = stamped();
    answer(&mut session, "confirmed_verdict", "met");
    session.apply(Edit::Finish(true));
    assert!(session.trouble().unwrap().contains("理由"));
    assert!(!session.is_finished());
    answer(&mut session, "override_reason", "县里核实过");
    session.apply(Edit::Finish(true));
    assert!(session.is_finished());
}

#[test]
fn what_is_undecided_is_told_before_it_is_finished() {
    let mut session = stamped();
    session.apply(Edit::Go(Page::Check));
    answer(&mut session, "water_litres", "5");
    let effect = session.apply(Edit::Finish(false));
    assert!(session.is_finishing() && !session.is_finished());
    assert_eq!(effect.focus.as_deref(), Some("finish-anyway"));
    assert_eq!(session.snack(), None, "nothing covers the button");
    session.apply(Edit::Go(Page::Home));
    assert!(!session.is_finishing(), "who leaves is asked again");
    session.apply(Edit::Finish(false));
    let effect = session.apply(Edit::Finish(true));
    assert_eq!(effect.focus.as_deref(), Some("finished"));
    let was = session.visit().record().finished.clone().unwrap();
    let standard = session.visit().standard();
    assert_eq!((was.stamp.time.as_str(), was.stamp.device.as_str()), (NOW, "k3v9d2"));
    assert_eq!(
        (was.standard.as_str(), was.hash.as_str()),
        (standard.id(), standard.hash())
    );
    assert_eq!(was.verdict, "not_met");
    assert_eq!(was.verdicts.get("water").map(String::as_str), Some("not_met"));
    assert_eq!(log(&mut session).last().map(String::as_str), Some("finished "));
}

#[test]
fn nothing_in_a_finished_record_can_be_changed() {
    let mut session = finished();
    let before = session.record_text();
    let place = *session.places(topic(&session, "members")).first().unwrap();
    let members = topic(&session, "members");
    let water = at(&session, "water_litres", Place::HOUSEHOLD);
    let all = [
        Edit::Answer(water, Some(Answer::known("50"))),
        Edit::Answer(water, None),
        Edit::Add(members),
        Edit::Copy(members, place),
        Edit::Remove(members, place),
        Edit::Complete(place.entity, true),
        Edit::Choose("income_line".to_owned(), Some("working".to_owned())),
        Edit::When(2018, "2018-10-15".to_owned()),
        Edit::Standard("national-household-2019".to_owned()),
        Edit::StandardFile(own("county-household-2099")),
        Edit::AsBefore(water),
        Edit::AllAsBefore(members, place),
        Edit::RowAsBefore(members, 7),
        Edit::Finish(true),
        Edit::Undo,
    ];
    for edit in all {
        let said = format!("{edit:.40?}");
        let is_undo = matches!(edit, Edit::Undo);
        session.apply(edit);
        assert_eq!(session.record_text(), before, "{said}");
        assert!(is_undo || session.trouble().unwrap().contains("重新打开"), "{said}");
        session.apply(Edit::Go(Page::Check));
    }
    assert_eq!(session.answer_named(("", 0), "water_litres", "9").unwrap().1, "");
    assert_eq!(session.record_text(), before);
}

#[test]
fn a_finished_record_that_is_opened_stays_as_it_is() {
    let text = finished().record_text();
    let mut again = opened(&text);
    assert!(again.is_finished() && again.notices().is_empty());
    assert_eq!(again.record_text(), text, "byte for byte");
    let replay = again.visit().replay().unwrap();
    assert!(!replay.is_other_text() && !replay.is_other_verdict());
    let mut changed = opened(&text.replace("\"5\"", "\"50\""));
    assert!(changed.notices().join("").contains("对不上"));
    let replay = changed.visit().replay().unwrap();
    assert!(replay.is_other_verdict() && !replay.is_other_text());
    assert_eq!(
        (replay.was.verdict.as_str(), replay.now.verdict.as_str()),
        ("not_met", "unknown")
    );
    changed.apply(Edit::Reopen);
    assert_eq!(log(&mut changed).last().map(String::as_str), Some("mismatched /log"));
    let version = changed.visit().record().versions[0].write();
    let (_, notices) = Record::from_json(&version).unwrap();
    assert_eq!(notices[0].key, "log_record", "the version still shows it");
}

#[test]
fn opened_again_it_can_be_changed_and_what_it_was_stands_whole_inside() {
    let mut session = finished();
    let was = session.record_text();
    session.apply(Edit::Reopen);
    assert!(!session.is_finished());
    answer(&mut session, "water_litres", "50");
    assert_eq!(answer_of(&session, "water_litres"), "50");
    let done = log(&mut session);
    assert!(done.contains(&"reopened /versions/0".to_owned()), "{done:?}");
    let version = session.visit().record().versions[0].write();
    assert_eq!(version, was);
    session.apply(Edit::Finish(true));
    session.apply(Edit::Reopen);
    assert_eq!(session.visit().record().versions.len(), 2);
    let again = opened(&session.record_text());
    assert!(again.notices().is_empty(), "{:?}", again.notices());
    assert_eq!(session.apply(Edit::Reopen).watch, Vec::<Watch>::new(), "it is open");
}

#[test]
fn another_text_of_the_standard_is_told_with_both_verdicts() {
    let mut one = stamped();
    one.apply(Edit::StandardFile(own("county-household-2099")));
    answer(&mut one, "eats_enough", "no");
    one.apply(Edit::Finish(true));
    let text = one.record_text();
    let library = ruhu_core::Library::builtin().unwrap();
    let other = own("county-household-2099").text.replacen("《", "〈", 1);
    let other = if other == own("county-household-2099").text {
        other.replacen("\"title\":\"", "\"title\":\"新", 1)
    } else {
        other
    };
    let packed = Some(library.pack_standard(&library.read(&other).unwrap()));
    // Without its standard it is judged by the one on the screen, and that is told.
    let mut two = opened(&text);
    assert!(two.visit().replay().unwrap().is_other_text());
    two.apply(Edit::StandardFile(own("county-household-2099")));
    assert_eq!(two.trouble(), None, "its own standard may come after it");
    assert!(!two.visit().replay().unwrap().is_other_text());
    two.apply(Edit::StandardFile(OwnStandard { packed, text: other }));
    let replay = two.visit().replay().unwrap();
    assert!(replay.is_other_text());
    assert_eq!(
        (replay.was.verdict.as_str(), replay.now.verdict.as_str()),
        ("not_met", "not_met")
    );
}

#[test]
fn what_is_noted_goes_with_the_record_that_is_taken_back() {
    let mut session = stamped();
    answer(&mut session, "water_tap", "yes");
    session.apply(Edit::New("b".to_owned(), "2017-11-01".to_owned()));
    answer(&mut session, "water_tap", "no");
    assert_eq!(log(&mut session), ["answer /answers/water_tap"]);
    let record = Record { id: "c".to_owned(), ..Record::default() };
    session.apply(Edit::Record("x".to_owned(), Box::new(record), Vec::<Notice>::new()));
    session.apply(Edit::Undo);
    assert_eq!(session.visit().record().id, "b");
    assert_eq!(log(&mut session), ["answer /answers/water_tap"]);
}

#[test]
fn what_was_done_is_told_in_words_the_newest_first_and_never_what_was_answered() {
    let mut session = stamped();
    answer(&mut session, "household_phone", "135甲secret");
    let member = add(&mut session, "members");
    let name = at(&session, "member_name", member);
    session.apply(Edit::Answer(name, Some(Answer::known("甲"))));
    session.apply(Edit::Complete(member.entity, true));
    session.apply(Edit::Choose("income_line".to_owned(), Some("working".to_owned())));
    session.apply(Edit::When(2018, "2018-10-15".to_owned()));
    drop(session.record_text());
    let told = session.traces(usize::MAX);
    let what: Vec<&str> = told.iter().map(|trace| trace.what.as_str()).collect();
    assert_eq!(
        what,
        [
            "改动：退出年度",
            "改动：收入标准",
            "改动：成员",
            "填写：甲：姓名",
            "添加：甲",
            "填写：联系电话",
        ]
    );
    assert!(told.iter().all(|trace| trace.device == "本机"));
    assert!(told.iter().all(|trace| trace.time == "2017-10-15 16:30"));
    assert_eq!(session.traces(2), told[..2]);

    // Seen from another device, and after the row is gone.
    let members = topic(&session, "members");
    session.apply(Edit::Remove(members, member));
    let text = session.record_text();
    let mut other = opened(&text);
    other.stamped_by(|| NOW.to_owned(), "z".to_owned());
    assert_eq!(other.traces(1)[0].device, "设备k3v9");
    let gone: Vec<String> = other.traces(9).into_iter().map(|one| one.what).collect();
    assert!(gone.iter().all(|what| !what.contains('甲')), "{gone:?}");
    assert!(gone[0].starts_with("删去：第1位成员"), "{gone:?}");
}
