//! Judging again only what a change can change gives what judging anew gives.

use std::cell::Cell;

use ruhu_core::{Answer, At, EntityRef, Place, Reason, Row, Visit};
use ruhu_tests::engine::Engine;
use ruhu_tests::random::{forget, villager};
use ruhu_tests::run::{Held, fail, run};
use ruhu_tests::slow::{Fact, Kind, Sketch, built_in};
use ruhu_tests::tape::Tape;

use super::{open, spot};

/// Everything of a visit that an edit may change.
fn all_of(visit: &Visit) -> (Vec<ruhu_core::Verdict>, Vec<ruhu_core::Hint>, Vec<String>) {
    let dictionary = visit.standard().dictionary();
    let mut shown = Vec::new();
    for at in everywhere(visit) {
        let id = dictionary.info(at.fact).map_or("", |info| info.id.as_str());
        shown.push(format!("{id} {:?} {:?}", at.place, visit.applies(at)));
    }
    (visit.verdicts().to_vec(), visit.hints().to_vec(), shown)
}

/// Every place that an answer can stand in.
fn everywhere(visit: &Visit) -> Vec<At> {
    let dictionary = visit.standard().dictionary();
    let mut all = Vec::new();
    for entity in dictionary.entities() {
        let list = dictionary.entity(&entity.id).unwrap();
        let rows: Vec<u32> = match list {
            EntityRef::HOUSEHOLD => vec![0],
            _ => visit.rows(list).collect(),
        };
        for row in rows {
            let place = Place { entity: list, row };
            all.extend(entity.facts.iter().map(|fact| At { place, fact: *fact }));
        }
    }
    all
}

struct Edits<'a> {
    sketch: &'a Sketch,
    facts: &'a [&'a Fact],
    removed: Vec<(EntityRef, usize, Row)>,
    tape: &'a Tape<'a>,
}

impl Edits<'_> {
    /// One change by chance; what it says it changed.
    fn one(&mut self, visit: &mut Visit) -> Option<ruhu_core::Changed> {
        let dictionary = std::rc::Rc::clone(visit.standard().dictionary());
        let tape = self.tape;
        let lists: Vec<_> = dictionary.entities().iter().skip(1).collect();
        let list = dictionary.entity(&tape.of(&lists).id)?;
        let rows: Vec<u32> = visit.rows(list).collect();
        match tape.below(16) {
            0 => visit.add_row(list).map(|(_, changed)| changed),
            1 => visit.copy_row(list, *rows.first()?).map(|(_, changed)| changed),
            2 => {
                let key = *rows.get(tape.below(rows.len()))?;
                let (at, row, changed) = visit.remove_row(list, key)?;
                self.removed.push((list, at, row));
                Some(changed)
            }
            3 => {
                let (list, at, row) = self.removed.pop()?;
                Some(visit.restore_row(list, at, row))
            }
            4 => Some(visit.set_complete(list, tape.once_in(2))),
            5 => {
                let (param, reading) = tape.of(&[
                    ("income_line", Some("national")),
                    ("income_line", None),
                    ("dropout_rule", Some("any")),
                    ("school_cutoff", Some("nonsense")),
                    ("basic_pension_counts", Some("not_counted")),
                ]);
                Some(visit.choose(param, *reading))
            }
            6 => {
                let (year, date) = *tape.of(&[
                    (2017, "2017-10-15"),
                    (2019, "2019-08-31"),
                    (1999, "2017-10-15"),
                    (2018, "2018-02"),
                ]);
                visit.set_when(year, date).ok()
            }
            _ => {
                let places = everywhere(visit);
                let used: Vec<At> = places
                    .into_iter()
                    .filter(|at| {
                        let id = &dictionary.info(at.fact).unwrap().id;
                        self.facts.iter().any(|fact| fact.id == *id)
                    })
                    .collect();
                let at = *used.get(tape.below(used.len()))?;
                let id = &dictionary.info(at.fact)?.id;
                let fact = self.facts.iter().find(|fact| fact.id == *id)?;
                let mut can_be = self.sketch.candidates(fact, &[2952, 3300], tape);
                if fact.kind == Kind::Words {
                    can_be.push("511133188001010018".to_owned());
                    can_be.push("甲".to_owned());
                }
                let answer = match tape.below(6) {
                    0 => None,
                    1 => Some(Answer::Unknown { reason: Reason::Refused, was: None }),
                    2 => Some(Answer::known("哪知道")),
                    _ if can_be.is_empty() => None,
                    _ => Some(Answer::Known(tape.of(&can_be).clone())),
                };
                Some(visit.answer(at, answer))
            }
        }
    }
}

#[test]
fn edit_by_edit_is_as_from_scratch() {
    let engine = Engine::new().unwrap();
    let tried = Cell::new(0_u32);
    for name in ["sichuan-household-2016", "national-household-2019"] {
        let standard = engine.standard(name).unwrap();
        let rules = built_in(&engine, name).unwrap();
        let facts: Vec<&Fact> = rules.facts.iter().collect();
        let used = rules.used();
        run(260, 1_500, |tape| {
            let whole = villager(&standard, (&rules, &used), tape);
            let sketch = forget(&whole, (&rules, &used), 8, tape);
            let mut visit = open(&engine, &standard, &sketch);
            let mut edits =
                Edits { sketch: &sketch, facts: &facts, removed: Vec::new(), tape };
            for _ in 0..25 {
                let before = all_of(&visit);
                let record = visit.record().clone();
                let changed = edits.one(&mut visit);
                tried.set(tried.get() + 1);
                let after = all_of(&visit);
                let anew = Visit::open(&standard, &engine.hints, visit.record().clone())
                    .unwrap();
                if all_of(&anew) != after {
                    return fail(format!("from {record:?}\nto {:?}", visit.record()));
                }
                told(changed, &before, &after)?;
                unique_keys(&visit)?;
            }
            let lang = engine.library.lang("zh-CN");
            let anew =
                Visit::open(&standard, &engine.hints, visit.record().clone()).unwrap();
            if anew.report(&lang) == visit.report(&lang) {
                return Ok(());
            }
            fail(format!("another report: {:?}", visit.record()))
        });
    }
    println!("edits: {}", tried.get());
    assert!(tried.get() > 10_000);
}

type All = (Vec<ruhu_core::Verdict>, Vec<ruhu_core::Hint>, Vec<String>);

/// What a change says it changed is what it changed.
fn told(changed: Option<ruhu_core::Changed>, before: &All, after: &All) -> Held {
    let changed = changed.unwrap_or_default();
    if changed.verdicts != (before.0 != after.0) {
        return fail(format!(
            "verdicts: {changed:?} but {:?} to {:?}",
            before.0, after.0
        ));
    }
    for (at, (was, is)) in before.0.iter().zip(&after.0).enumerate() {
        if was != is && changed.criteria & (1 << at) == 0 {
            return fail(format!("criterion {at} is another one: {changed:?}"));
        }
    }
    if before.1 != after.1 && !changed.hints {
        return fail(format!("hints: {changed:?}"));
    }
    if before.2 != after.2 && !changed.shown {
        return fail(format!("questions came or went: {changed:?}"));
    }
    Ok(())
}

fn unique_keys(visit: &Visit) -> Held {
    for (id, list) in &visit.record().lists {
        let mut keys: Vec<u32> = list.rows.iter().map(|row| row.key).collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.len() != list.rows.len() {
            return fail(format!("two rows of {id} have one key: {:?}", visit.record()));
        }
    }
    Ok(())
}

/// A row that is gone leaves its key behind: nobody else may be meant by it.
#[test]
fn a_key_never_names_another_row() {
    let engine = Engine::new().unwrap();
    let standard = engine.standard("sichuan-household-2016").unwrap();
    let sketch = Sketch {
        standard: "sichuan-household-2016".to_owned(),
        year: 2017,
        date: "2017-10-15".to_owned(),
        ..Sketch::default()
    };
    let mut visit = open(&engine, &standard, &sketch);
    let dictionary = std::rc::Rc::clone(standard.dictionary());
    let (member, wage) =
        (dictionary.entity("member").unwrap(), dictionary.entity("wage").unwrap());
    let (first, _) = visit.add_row(member).unwrap();
    let (row, _) = visit.add_row(wage).unwrap();
    let at = super::at(&visit, &spot(&format!("wage.{row}.wage_member")));
    visit.answer(at, Some(Answer::known(&first.to_string())));
    let (index, removed, _) = visit.remove_row(member, first).unwrap();
    let (second, _) = visit.add_row(member).unwrap();
    assert_ne!(first, second, "the wage of the one who was removed is the new one's");
    visit.restore_row(member, index, removed);
    assert_eq!(visit.rows(member).count(), 2);
    assert!(visit.is_known(at), "the wage is again the one's who was removed");
}

/// The same after the record was kept and opened again.
#[test]
fn a_key_never_names_another_row_after_a_reload_either() {
    let engine = Engine::new().unwrap();
    let standard = engine.standard("sichuan-household-2016").unwrap();
    let mut sketch = Sketch {
        standard: "sichuan-household-2016".to_owned(),
        year: 2017,
        date: "2017-10-15".to_owned(),
        ..Sketch::default()
    };
    // The wage is that of a member 7 who was removed before the record was kept.
    let answers = [("wage_member".to_owned(), "7".to_owned())].into();
    let rows = vec![ruhu_tests::slow::Row { key: 1, answers }];
    let wages = ruhu_tests::slow::Rows { complete: true, rows };
    sketch.lists.insert("wage".to_owned(), wages);
    let answers = ruhu_tests::slow::Answers::new();
    let rows = vec![ruhu_tests::slow::Row { key: 6, answers }];
    let members = ruhu_tests::slow::Rows { complete: true, rows };
    sketch.lists.insert("member".to_owned(), members);
    let mut visit = open(&engine, &standard, &sketch);
    let member = standard.dictionary().entity("member").unwrap();
    let (key, _) = visit.add_row(member).unwrap();
    let at = super::at(&visit, &spot("wage.1.wage_member"));
    assert!(!visit.is_known(at), "the wage of one who was removed is that of row {key}");
}
