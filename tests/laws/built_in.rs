//! Laws on random households under the built-in standards.

use std::cell::Cell;

use proptest::prelude::{ProptestConfig, any, proptest};
use ruhu_core::record::Record;
use ruhu_core::{Answer, Question, Verdict, Visit};
use ruhu_tests::engine::{Engine, hints, question_name};
use ruhu_tests::random::{forget, villager};
use ruhu_tests::run::{fail, run};
use ruhu_tests::slow::{Sketch, built_in};

use super::{name, open};

#[test]
fn permuting_rows_changes_nothing() {
    let engine = Engine::new().unwrap();
    let tried = Cell::new(0);
    for standard_name in engine.library.names() {
        let standard = engine.standard(standard_name).unwrap();
        let rules = built_in(&engine, standard_name).unwrap();
        let used = rules.used();
        run(1_200, 700, |tape| {
            let whole = villager(&standard, (&rules, &used), tape);
            let sketch = forget(&whole, (&rules, &used), 8, tape);
            let mut turned = sketch.clone();
            for list in turned.lists.values_mut() {
                let by = tape.below(list.rows.len().max(1));
                list.rows.rotate_left(by);
                if tape.once_in(2) {
                    list.rows.reverse();
                }
            }
            let (one, other) =
                (open(&engine, &standard, &sketch), open(&engine, &standard, &turned));
            tried.set(tried.get() + one.verdicts().len());
            let shown = |visit: &Visit| {
                let mut shown = hints(visit);
                shown.sort();
                shown
            };
            let asked = |visit: &Visit| -> Vec<String> {
                let all = (0..visit.verdicts().len()).flat_map(|at| {
                    let questions = visit.questions(at);
                    questions
                        .into_iter()
                        .map(|one| question_name(visit, &one))
                        .collect::<Vec<_>>()
                });
                let mut all: Vec<_> = all.collect();
                all.sort();
                all
            };
            if one.verdicts() != other.verdicts() {
                return fail(format!("{sketch:?}"));
            }
            if shown(&one) != shown(&other) || asked(&one) != asked(&other) {
                return fail(format!("hints or questions differ: {sketch:?}"));
            }
            Ok(())
        });
    }
    println!("permuted: {} verdicts", tried.get());
    assert!(tried.get() > 10_000);
}

#[test]
fn a_report_is_the_same_bytes_on_replay() {
    let engine = Engine::new().unwrap();
    let name = "sichuan-household-2016";
    let standard = engine.standard(name).unwrap();
    let rules = built_in(&engine, name).unwrap();
    let used = rules.used();
    for language in engine.library.languages() {
        let lang = engine.library.lang(language);
        run(300, 700, |tape| {
            let whole = villager(&standard, (&rules, &used), tape);
            let sketch = forget(&whole, (&rules, &used), 12, tape);
            let visit = open(&engine, &standard, &sketch);
            let first = visit.report(&lang);
            let kept = visit.record().to_json();
            let again = Engine::new().unwrap();
            let standard = again.standard(name).unwrap();
            let (record, notices) = Record::from_json(&kept).unwrap();
            if !notices.is_empty() {
                return fail(format!("{notices:?}"));
            }
            let replayed = Visit::open(&standard, &again.hints, record).unwrap();
            let second = replayed.report(&again.library.lang(language));
            if first != second {
                return fail(format!("{first}\n{second}"));
            }
            Ok(())
        });
    }
}

/// Learning more, on the standards themselves: from nothing known to all known.
#[test]
fn learning_more_never_overturns_a_built_in_verdict() {
    let engine = Engine::new().unwrap();
    let tried = Cell::new(0);
    for standard_name in engine.library.names() {
        let standard = engine.standard(standard_name).unwrap();
        let rules = built_in(&engine, standard_name).unwrap();
        let used = rules.used();
        run(150, 1_200, |tape| {
            let whole = villager(&standard, (&rules, &used), tape);
            let mut known = Sketch {
                standard: whole.standard.clone(),
                year: whole.year,
                date: whole.date.clone(),
                ..Sketch::default()
            };
            let mut said = open(&engine, &standard, &known).verdicts().to_vec();
            let mut steps = whole.spots(&used);
            steps.sort_by_cached_key(|_| tape.below(1_000));
            known.lists.clone_from(&whole.lists);
            for list in known.lists.values_mut() {
                list.complete = false;
                list.rows.iter_mut().for_each(|row| row.answers.clear());
            }
            let middle = tape.below(steps.len().max(1));
            for (at, spot) in steps.iter().enumerate() {
                known = known.with(spot, whole.at(spot));
                if at == middle {
                    known.lists.values_mut().for_each(|list| list.complete = true);
                    // A reading with a default is known from the start.
                    for (param, reading) in &whole.choices {
                        if rules.default_of(param).is_none() {
                            known.choices.insert(param.clone(), reading.clone());
                        }
                    }
                }
                if at % 4 != 0 {
                    continue;
                }
                let now = open(&engine, &standard, &known).verdicts().to_vec();
                tried.set(tried.get() + now.len());
                for (before, after) in said.iter().zip(&now) {
                    if before.is_decided() && before != after {
                        return fail(format!(
                            "{before:?} then {after:?} by {}",
                            name(spot)
                        ));
                    }
                }
                said = now;
            }
            Ok(())
        });
    }
    println!("learning more, built in: {} verdicts", tried.get());
    assert!(tried.get() > 10_000);
}

/// Whoever answers what is asked next, and nothing else, comes to the end of every household.
#[test]
fn asking_what_is_asked_next_decides_every_household() {
    let engine = Engine::new().unwrap();
    let (asked, all) = (Cell::new(0_usize), Cell::new(0_usize));
    for standard_name in engine.library.names() {
        let standard = engine.standard(standard_name).unwrap();
        let rules = built_in(&engine, standard_name).unwrap();
        let used = rules.used();
        run(120, 1_200, |tape| {
            let whole = villager(&standard, (&rules, &used), tape);
            let expected = open(&engine, &standard, &whole).verdicts().to_vec();
            let mut blank = whole.clone();
            blank.answers.clear();
            blank.choices.retain(|param, _| rules.default_of(param).is_some());
            for list in blank.lists.values_mut() {
                list.complete = false;
                list.rows.iter_mut().for_each(|row| row.answers.clear());
            }
            let mut visit = open(&engine, &standard, &blank);
            let spots = whole.spots(&used).len();
            all.set(all.get() + spots);
            for _ in 0..=spots + 20 {
                let Some(question) = visit.next_question() else { break };
                asked.set(asked.get() + 1);
                match &question {
                    Question::Fact(at) => {
                        let place = super::spot(&question_name(&visit, &question));
                        let Some(answer) = whole.at(&place) else {
                            return fail(format!("{place:?} is no answer that decides"));
                        };
                        visit.answer(*at, Some(Answer::known(answer)));
                    }
                    Question::List(list) => drop(visit.set_complete(*list, true)),
                    Question::Param(param) => {
                        let reading = whole.choices.get(param).map(String::as_str);
                        visit.choose(param, reading);
                    }
                }
            }
            if visit.verdicts() == expected {
                return Ok(());
            }
            fail(format!("{:?} instead of {expected:?}: {whole:?}", visit.verdicts()))
        });
    }
    println!("asked {} of {} answers", asked.get(), all.get());
}

/// Characters that have made readers stumble: full width, signs, marks, other scripts.
const ODD: &str = "[0-9０-９.，,。万亿元-]{0,12}|\\PC{0,24}|[\u{0}-\u{ff}\u{202e}\u{feff}\u{10ffff}]{0,8}";

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 10_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_in_any_field_can_be_judged(
        texts in proptest::collection::vec((any::<u32>(), ODD), 1..6),
        choice in ODD,
    ) {
        thread_local! {
            static ENGINE: Engine = Engine::new().unwrap();
        }
        ENGINE.with(|engine| {
            let standard = engine.standard("sichuan-household-2016").unwrap();
            let facts = standard.dictionary().facts();
            let mut sketch = Sketch {
                standard: "sichuan-household-2016".to_owned(),
                year: 2017,
                date: "2017-10-15".to_owned(),
                ..Sketch::default()
            };
            sketch.choices.insert("income_line".to_owned(), choice);
            for (number, text) in &texts {
                let fact = &facts[usize::try_from(*number).unwrap() % facts.len()];
                let entity = &standard.dictionary().entities()[fact.entity.index()];
                let answers = if fact.entity.index() == 0 {
                    &mut sketch.answers
                } else {
                    let list = sketch.lists.entry(entity.id.clone()).or_default();
                    list.complete = true;
                    if list.rows.is_empty() {
                        let answers = Default::default();
                        list.rows.push(ruhu_tests::slow::Row { key: 1, answers });
                    }
                    &mut list.rows[0].answers
                };
                answers.insert(fact.id.clone(), text.clone());
            }
            let visit = open(engine, &standard, &sketch);
            let report = visit.report(&engine.library.lang("zh-CN"));
            assert!(report.starts_with('{'));
            let _ = visit.next_question();
            // What is unreadable is unknown: it never decides the whole.
            assert_ne!(visit.verdict(), Verdict::Met);
        });
    }
}
