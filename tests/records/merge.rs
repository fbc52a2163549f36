//! Two copies of a record that were both changed, made one again.

use proptest::prelude::*;
use ruhu_core::record::{Field, Merge, Side};
use ruhu_core::{Act, Answer, List, Record, Row, Stamp};

/// A copy of a record on somebody's phone.
#[derive(Clone)]
struct Phone {
    record: Record,
    device: &'static str,
    minute: u32,
}

impl Phone {
    fn new(device: &'static str) -> Self {
        let record = Record { id: "a".to_owned(), ..Record::default() };
        Self { record, device, minute: 0 }
    }

    /// The same record on another phone.
    fn given(&self, device: &'static str) -> Self {
        Self { device, ..self.clone() }
    }

    fn stamp(&mut self) -> Stamp {
        self.minute += 1;
        let time = format!(
            "2017-10-15T{:02}:{:02}:00+08:00",
            self.minute / 60,
            self.minute % 60
        );
        Stamp { time, device: self.device.to_owned() }
    }

    fn note(&mut self, act: Act, place: String) {
        let stamp = self.stamp();
        self.record.log.note(act, vec![place], &stamp);
        self.record.seal();
    }

    fn answer(&mut self, fact: &str, text: &str) {
        self.record.answers.insert(fact.to_owned(), Answer::known(text));
        self.note(Act::Answer, format!("/answers/{fact}"));
    }

    fn list(&mut self, name: &str) -> &mut List {
        self.record.lists.entry(name.to_owned()).or_default()
    }

    /// A row that is there; no list is made for it, which would go beside the log.
    fn row(&mut self, list: &str, key: u32) -> Option<&mut Row> {
        let rows = &mut self.record.lists.get_mut(list)?.rows;
        rows.iter_mut().find(|row| row.key == key)
    }

    fn add(&mut self, list: &str) -> u32 {
        let keys = self.list(list).rows.iter().map(|row| row.key);
        let key = keys.max().unwrap_or_default() + 1;
        self.list(list).rows.push(Row { key, ..Row::default() });
        self.note(Act::RowAdded, format!("/lists/{list}/{key}"));
        key
    }

    fn remove(&mut self, list: &str, key: u32) {
        self.list(list).rows.retain(|row| row.key != key);
        self.note(Act::RowRemoved, format!("/lists/{list}/{key}"));
    }

    fn say(&mut self, list: &str, key: u32, fact: &str, text: &str) {
        let Some(row) = self.row(list, key) else { return };
        row.answers.insert(fact.to_owned(), Answer::known(text));
        self.note(Act::Answer, format!("/lists/{list}/{key}/{fact}"));
    }

    fn said(&self, list: &str, key: u32, fact: &str) -> &str {
        let rows = self.record.lists.get(list).map_or(&[][..], |list| &list.rows);
        let row = rows.iter().find(|row| row.key == key);
        row.and_then(|row| row.answers.get(fact)).map_or("", Answer::text)
    }

    fn answered(&self, fact: &str) -> &str {
        self.record.answers.get(fact).map_or("", Answer::text)
    }

    fn merge(&self, other: &Self) -> Merge {
        Merge::new(self.record.clone(), other.record.clone(), &points)
    }

    fn take(&mut self, other: &Self, chosen: &[Option<Side>]) {
        let stamp = self.stamp();
        self.record = self.merge(other).settle(chosen, &stamp);
    }
}

fn points(fact: &str) -> Option<String> {
    (fact == "who").then(|| "member".to_owned())
}

/// A record of two members that two phones have.
fn two() -> (Phone, Phone) {
    let mut one = Phone::new("one");
    one.answer("village", "东村");
    for name in ["甲", "乙"] {
        let key = one.add("member");
        one.say("member", key, "name", name);
    }
    let two = one.given("two");
    (one, two)
}

#[test]
fn what_only_one_changed_is_taken_without_asking() {
    let (mut one, mut two) = two();
    one.answer("water", "37");
    one.say("member", 1, "health", "ill");
    two.answer("power", "yes");
    two.say("member", 2, "health", "well");
    two.record.date = Some("2017-10-16".to_owned());
    two.note(Act::Setting, "/date".to_owned());
    two.list("member").complete = true;
    two.note(Act::Setting, "/lists/member/complete".to_owned());
    assert_eq!(one.merge(&two).conflicts(), []);
    one.take(&two, &[]);
    assert_eq!((one.answered("water"), one.answered("power")), ("37", "yes"));
    assert_eq!(
        (one.said("member", 1, "health"), one.said("member", 2, "health")),
        ("ill", "well")
    );
    assert_eq!(one.record.date.as_deref(), Some("2017-10-16"));
    assert!(one.list("member").complete);
    assert_eq!(one.record.log.verify(&one.record), Ok(()));
    let (again, notices) = Record::from_json(&one.record.to_json()).unwrap();
    assert_eq!((again, notices), (one.record, Vec::new()));
}

#[test]
fn what_both_changed_is_asked_with_both_values() {
    let (mut one, mut two) = two();
    one.answer("water", "37");
    one.answer("power", "yes");
    two.answer("water", "12");
    two.answer("power", "yes");
    let merge = one.merge(&two);
    let [conflict] = merge.conflicts() else { panic!("{:?}", merge.conflicts()) };
    assert_eq!(conflict.place, "/answers/water");
    assert_eq!(conflict.here, Some(Field::Answer(Answer::known("37"))));
    assert_eq!(conflict.there, Some(Field::Answer(Answer::known("12"))));
    let stamp = one.stamp();
    for (side, water) in
        [(None, "37"), (Some(Side::Here), "37"), (Some(Side::There), "12")]
    {
        let merged = merge.settle(&[side], &stamp);
        assert_eq!(merged.answers.get("water"), Some(&Answer::known(water)));
        let versions: Vec<String> =
            merged.versions.iter().map(ruhu_core::Json::write).collect();
        assert!(
            versions[0].contains("\"37\"") && versions[1].contains("\"12\""),
            "{versions:?}"
        );
    }
}

#[test]
fn where_no_log_tells_every_difference_is_asked_and_no_row_goes() {
    for spoil in [
        |phone: &mut Phone| phone.record.log = ruhu_core::Log::default(),
        // Changed beside its log.
        |phone: &mut Phone| {
            drop(phone.record.answers.insert("x".to_owned(), Answer::known("1")));
        },
    ] {
        let (mut one, mut two) = two();
        one.answer("water", "37");
        two.answer("power", "yes");
        two.add("member");
        two.remove("member", 1);
        spoil(&mut two);
        let merge = one.merge(&two);
        let asked: Vec<&str> =
            merge.conflicts().iter().map(|one| one.place.as_str()).collect();
        assert!(asked.starts_with(&["/answers/power", "/answers/water"]), "{asked:?}");
        one.take(&two, &[]);
        assert_eq!(one.list("member").rows.len(), 3);
        assert_eq!(one.answered("power"), "", "nothing is taken unasked");
    }
}

#[test]
fn two_new_members_under_one_key_are_two_and_what_points_at_them_follows() {
    let (mut one, mut two) = two();
    let key = one.add("member");
    one.say("member", key, "name", "丙");
    let same = two.add("member");
    assert_eq!(key, same);
    two.say("member", same, "name", "丁");
    let wage = two.add("wage");
    two.say("wage", wage, "who", &same.to_string());
    let old = two.add("wage");
    two.say("wage", old, "who", "1");
    assert_eq!(one.merge(&two).conflicts(), []);
    one.take(&two, &[]);
    assert_eq!(one.list("member").rows.len(), 4);
    let who = one.said("wage", wage, "who").parse().unwrap();
    assert_eq!(one.said("member", who, "name"), "丁");
    assert_eq!(one.said("member", key, "name"), "丙");
    assert_eq!(one.said("wage", old, "who"), "1");
    // What is said of her later is said of her, whoever asks for it.
    two.say("member", same, "health", "ill");
    assert_eq!(one.merge(&two).conflicts(), []);
    let mut back = two.clone();
    back.take(&one, &[]);
    one.take(&two, &[]);
    assert_eq!(
        (one.said("member", who, "health"), one.said("member", key, "health")),
        ("ill", "")
    );
    assert_eq!(content(&back.record), content(&one.record));
    one.say("member", key, "health", "well");
    back.take(&one, &[]);
    assert_eq!(content(&back.record), content(&one.record));
}

#[test]
fn a_row_that_one_took_away_goes_unless_the_other_went_on_with_it() {
    let (one, two) = two();
    let (mut away, mut on) = (one, two);
    away.remove("member", 2);
    assert_eq!(away.merge(&on).conflicts(), []);
    let mut whole = on.clone();
    whole.take(&away, &[]);
    assert_eq!(whole.list("member").rows.len(), 1);
    on.say("member", 2, "health", "ill");
    for (here, there) in [(&away, &on), (&on, &away)] {
        let merge = here.merge(there);
        let [conflict] = merge.conflicts() else { panic!("{:?}", merge.conflicts()) };
        assert_eq!(conflict.place, "/lists/member/2");
        assert_ne!(conflict.here.is_some(), conflict.there.is_some());
    }
    let mut one = away.clone();
    one.take(&on, &[Some(Side::There)]);
    assert_eq!(one.said("member", 2, "health"), "ill", "it is back, whole");
    on.take(&away, &[Some(Side::There)]);
    assert_eq!(on.list("member").rows.len(), 1, "it is gone");
}

#[test]
fn a_finished_record_is_open_again_when_it_was_merged_and_stays_as_a_version() {
    let (mut one, mut two) = two();
    one.record.finished = Some(ruhu_core::record::Finished {
        verdict: "met".to_owned(),
        ..Default::default()
    });
    one.note(Act::Finished, "/finished".to_owned());
    two.answer("water", "12");
    one.take(&two, &[]);
    assert_eq!(one.record.finished, None);
    assert!(one.record.versions[0].write().contains("\"verdict\":\"met\""));
}

#[test]
fn once_merged_neither_asks_again_and_who_goes_on_alone_is_followed() {
    let (mut one, mut two) = two();
    one.answer("water", "37");
    two.answer("water", "12");
    assert!(!one.record.holds(&two.record) && !two.record.holds(&one.record));
    one.take(&two, &[Some(Side::Here)]);
    assert!(one.record.holds(&two.record) && !two.record.holds(&one.record));
    // The other phone does not know of it and goes on.
    two.answer("power", "yes");
    let merge = one.merge(&two);
    assert_eq!(merge.conflicts(), [], "that water was settled is not forgotten");
    one.take(&two, &[]);
    assert_eq!((one.answered("water"), one.answered("power")), ("37", "yes"));
    // And takes over what was merged.
    assert!(one.record.holds(&two.record));
}

/// What somebody does to a copy.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Answer(u8, u8),
    Add,
    Remove(u8),
    Say(u8, u8, u8),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        (0..4_u8, 0..3_u8).prop_map(|(fact, text)| Deed::Answer(fact, text)),
        Just(Deed::Add),
        (1..4_u8).prop_map(Deed::Remove),
        (1..5_u8, 0..2_u8, 0..3_u8)
            .prop_map(|(row, fact, text)| Deed::Say(row, fact, text)),
    ];
    proptest::collection::vec(deed, 0..8)
}

fn act(phone: &mut Phone, deeds: &[Deed]) {
    for deed in deeds {
        match *deed {
            Deed::Answer(fact, text) => {
                phone.answer(&format!("f{fact}"), &text.to_string());
            }
            Deed::Add => drop(phone.add("member")),
            Deed::Remove(row) => {
                if phone.row("member", row.into()).is_some() {
                    phone.remove("member", row.into());
                }
            }
            Deed::Say(row, fact, text) => {
                phone.say("member", row.into(), &format!("m{fact}"), &text.to_string());
            }
        }
    }
}

/// What stands in a record, whatever the keys of its rows and their order.
fn content(record: &Record) -> (Vec<String>, Vec<String>) {
    let said = |answers: &ruhu_core::Answers| {
        // What points at a row points at its key.
        let all = answers.iter().filter(|(fact, _)| *fact != "who");
        let all = all.map(|(fact, answer)| format!("{fact}={}", answer.text()));
        all.collect::<Vec<_>>()
    };
    let rows = record.lists.values().flat_map(|list| &list.rows);
    let mut rows: Vec<String> = rows.map(|row| said(&row.answers).join(",")).collect();
    rows.sort();
    (said(&record.answers), rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn it_is_the_same_from_either_side_and_drops_nothing(
        before in deeds(), ours in deeds(), theirs in deeds(), side in any::<bool>(),
    ) {
        let mut one = Phone::new("one");
        act(&mut one, &before);
        let mut two = one.given("two");
        act(&mut one, &ours);
        act(&mut two, &theirs);
        let (merge, back) = (one.merge(&two), two.merge(&one));
        let places = |merge: &Merge| {
            let all = merge.conflicts().iter().map(|one| one.place.clone());
            all.collect::<Vec<_>>()
        };
        prop_assert_eq!(places(&merge), places(&back));
        let [here, there] =
            if side { [Side::Here, Side::There] } else { [Side::There, Side::Here] };
        let chosen = |side| vec![Some(side); places(&merge).len()];
        let (mut first, mut second) = (one.clone(), two.clone());
        first.take(&two, &chosen(here));
        second.take(&one, &chosen(there));
        prop_assert_eq!(content(&first.record), content(&second.record));
        for (merged, copies) in [(&first, [&one, &two]), (&second, [&two, &one])] {
            let record = &merged.record;
            prop_assert_eq!(record.log.verify(record), Ok(()));
            let count = record.versions.len();
            for (version, copy) in record.versions[count - 2..].iter().zip(copies) {
                let (read, _) = Record::from_json(&version.write()).unwrap();
                prop_assert_eq!(content(&read), content(&copy.record));
                prop_assert!(record.holds(&copy.record) || copy.record.log.entries().is_empty());
            }
            // One of which nothing is told is asked about for ever.
            if copies.iter().all(|copy| !copy.record.log.entries().is_empty()) {
                for copy in [&one, &two] {
                    let again = merged.merge(copy);
                    prop_assert_eq!(again.conflicts(), []);
                }
            }
        }
    }
}
