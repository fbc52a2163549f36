//! The engine against a second, slow and obvious evaluator that knows no unknown.
//!
//! A household with unknowns is replaced by all the households it may turn out to be; each
//! of those has one plain answer. What the engine has decided must be all of them.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may fail loudly, and says how much it tried"
)]

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use ruhu_core::{Judge, Standard, Verdict};
use ruhu_tests::case::{self, Case};
use ruhu_tests::engine::{Engine, hints, place_at};
use ruhu_tests::random::{self, Maker, Where, forget, household, villager};
use ruhu_tests::run::{Held, fail, run};
use ruhu_tests::slow::built_in;
use ruhu_tests::slow::{self, Fact, Kind, Rules, Sketch};

/// How the engine's verdicts stand to those of all completions.
#[derive(Debug, Default)]
struct Tally {
    decided: Cell<u32>,
    open: Cell<u32>,
    /// Unknown, though all completions that were tried agree.
    timid: Cell<u32>,
}

fn one_more(cell: &Cell<u32>) {
    cell.set(cell.get() + 1);
}

impl Tally {
    fn total(&self) -> u32 {
        self.decided.get() + self.open.get() + self.timid.get()
    }
}

fn check(
    engine: &Engine,
    standard: &Rc<Standard>,
    rules: &Rules,
    (sketch, completions): (&Sketch, &[Sketch]),
    tally: &Tally,
    exact: bool,
) -> Held {
    let visit = match engine.open(standard, &sketch.record()) {
        Ok(visit) => visit,
        Err(error) => return fail(error),
    };
    // In bulk, with the year worked in, it is what it is one by one.
    let bulk = Judge::new(standard, visit.record()).unwrap();
    let states = bulk.decide(&bulk.household(visit.record()));
    for (at, verdict) in visit.verdicts().iter().enumerate() {
        let (met, not_met) = (states.met >> at & 1 == 1, states.not_met >> at & 1 == 1);
        if (met, not_met) != (*verdict == Verdict::Met, *verdict == Verdict::NotMet) {
            let asks = rules.condition(at);
            return fail(format!(
                "in bulk {met} {not_met}, alone {verdict:?}: {asks}: {sketch:?}"
            ));
        }
    }
    let mut said: Vec<Vec<bool>> = Vec::new();
    for completion in completions {
        match slow::Judge::new(rules, completion).criteria() {
            Ok(verdicts) => said.push(verdicts),
            Err(error) => return fail(format!("the slow one: {error}: {completion:?}")),
        }
    }
    for (at, verdict) in visit.verdicts().iter().enumerate() {
        let mut all = said.iter().zip(completions).filter_map(|(said, completion)| {
            said.get(at).map(|said| (*said, completion))
        });
        let other = |says: bool| all.find(|(said, _)| *said != says);
        match verdict {
            Verdict::Unknown => {
                let agree = said.iter().all(|one| one.get(at) == said[0].get(at));
                one_more(if agree { &tally.timid } else { &tally.open });
                if agree && exact {
                    let said = said[0].get(at);
                    return fail(format!(
                        "c{at} is {said:?} in every completion of {sketch:?}"
                    ));
                }
            }
            decided => {
                one_more(&tally.decided);
                let mut other = other;
                if let Some((_, completion)) = other(*decided == Verdict::Met) {
                    return fail(format!(
                        "criterion {at} is said to be {} for {sketch:?}\nbut not for {completion:?}",
                        decided.as_str()
                    ));
                }
            }
        }
    }
    Ok(())
}

#[test]
fn a_decided_verdict_is_that_of_every_completion() {
    let engine = Engine::new().unwrap();
    let (tally, refused) = (Tally::default(), Cell::new(0_u32));
    run(1_500, 400, |tape| {
        let make = || Maker::new(tape, 12).condition(Where::Household);
        let Some((standard, rules)) = random::standard(&engine, 4, make) else {
            one_more(&refused);
            return Ok(());
        };
        let used = rules.used();
        for _ in 0..6 {
            let whole = household(&rules, &used, tape);
            let sketch = forget(&whole, (&rules, &used), 4, tape);
            let mut completions = sketch.completions(&rules, &used, 240, tape);
            completions.push(whole);
            check(&engine, &standard, &rules, (&sketch, &completions), &tally, false)?;
        }
        Ok(())
    });
    println!("random trees: {tally:?}, {} standards refused", refused.get());
    assert!(tally.total() > 15_000, "only {tally:?}");
}

#[test]
fn where_no_answer_is_read_twice_nothing_is_left_open_without_need() {
    let engine = Engine::new().unwrap();
    let tally = Tally::default();
    run(1_500, 300, |tape| {
        let make = || Maker::new(tape, 0).read_once();
        let Some((standard, rules)) = random::standard(&engine, 3, make) else {
            return Ok(());
        };
        let used = rules.used();
        for _ in 0..6 {
            let whole = household(&rules, &used, tape);
            let mut sketch = forget(&whole, (&rules, &used), 4, tape);
            for list in sketch.lists.values_mut() {
                list.complete = true;
            }
            let completions = sketch.completions(&rules, &used, 4_000, tape);
            check(&engine, &standard, &rules, (&sketch, &completions), &tally, true)?;
        }
        Ok(())
    });
    println!("read-once trees: {tally:?}");
    assert!(tally.total() > 15_000, "only {tally:?}");
}

#[test]
fn households_under_the_built_in_standards_are_judged_as_the_slow_one_judges_them() {
    let engine = Engine::new().unwrap();
    let tally = Tally::default();
    for name in engine.library.names() {
        let rules = built_in(&engine, name).unwrap();
        let used = rules.used();
        let standard = engine.standard(name).unwrap();
        run(400, 700, |tape| {
            let whole = villager(&standard, (&rules, &used), tape);
            for _ in 0..3 {
                let sketch = forget(&whole, (&rules, &used), 5, tape);
                let mut completions = sketch.completions(&rules, &used, 40, tape);
                completions.push(whole.clone());
                check(
                    &engine,
                    &standard,
                    &rules,
                    (&sketch, &completions),
                    &tally,
                    false,
                )?;
            }
            Ok(())
        });
    }
    println!("built-in standards: {tally:?}");
    assert!(tally.total() > 10_000, "only {tally:?}");
}

/// Cases in which nothing is blank that the criterion looks at.
#[test]
fn the_slow_one_agrees_with_every_case_it_can_judge() {
    let engine = Engine::new().unwrap();
    let mut judged = 0;
    for case in case::all().into_iter().filter_map(|(_, case)| case.ok()) {
        if !engine.library.names().any(|name| name == case.standard) {
            continue;
        }
        judged += agrees(&engine, &case);
    }
    assert!(judged > 60, "only {judged}");
}

fn agrees(engine: &Engine, case: &Case) -> usize {
    let rules = built_in(engine, &case.standard).unwrap();
    let sketch = Sketch::of(&case.record);
    let finished = |(entity, least, _): &(String, usize, usize)| {
        let list = sketch.lists.get(entity);
        list.is_some_and(|list| list.complete && list.rows.len() >= *least)
    };
    if !rules.entities.iter().all(finished) {
        return 0;
    }
    let mut judged = 0;
    for (at, id) in rules.criteria().iter().enumerate() {
        let (Some(expected), Some(Ok(said))) =
            (case.expect.get(id), slow::Judge::new(&rules, &sketch).one(at))
        else {
            continue;
        };
        let said = if said { "met" } else { "not_met" };
        assert_eq!(expected, said, "{}: {id}", case.name);
        judged += 1;
    }
    judged
}

/// With everything known a hint speaks where it holds, and a question is put where it
/// applies; the hints that stand beside every standard and those of its own.
#[test]
fn hints_and_questions_are_shown_just_where_the_slow_one_says_so() {
    let engine = Engine::new().unwrap();
    let name = "sichuan-household-2016";
    let standard = engine.standard(name).unwrap();
    let own = built_in(&engine, name).unwrap();
    let beside = built_in(&engine, ruhu_core::HINTS).unwrap();
    let mut facts: Vec<&Fact> = own.facts.iter().collect();
    facts.retain(|fact| fact.kind != Kind::Words);
    let (tried, seen) = (Cell::new(0_u32), RefCell::new(BTreeSet::new()));
    run(700, 2_500, |tape| {
        let sketch = villager(&standard, (&own, &facts), tape);
        let visit = engine.open(&standard, &sketch.record()).unwrap();
        let mut shown: Vec<(String, u32)> = Vec::new();
        for rules in [&own, &beside] {
            match slow::Judge::new(rules, &sketch).hints() {
                Ok(hints) => shown.extend(hints),
                Err(error) => return fail(error),
            }
        }
        let ids = hints(&visit).into_iter();
        let rows = visit.hints().iter().map(|hint| hint.place.row);
        let mut said: Vec<(String, u32)> = ids.zip(rows).collect();
        shown.sort();
        said.sort();
        if shown != said {
            let odd =
                |one: &[(String, u32)], other: &[(String, u32)]| -> Vec<(String, u32)> {
                    one.iter().filter(|hint| !other.contains(hint)).cloned().collect()
                };
            let (more, less) = (odd(&said, &shown), odd(&shown, &said));
            return fail(format!(
                "shown without need {more:?}, not shown {less:?}: {sketch:?}"
            ));
        }
        // With less known a hint speaks only of what is certain.
        let less = forget(&sketch, (&own, &facts), 60, tape);
        let visit_less = engine.open(&standard, &less.record()).unwrap();
        let rows = visit_less.hints().iter().map(|hint| hint.place.row);
        for hint in hints(&visit_less).into_iter().zip(rows) {
            if !shown.contains(&hint) {
                return fail(format!("{hint:?} is not certain: {less:?}"));
            }
        }
        seen.borrow_mut().extend(said.into_iter().map(|(id, _)| id));
        for spot in sketch.spots(&facts) {
            let fact = facts.iter().find(|fact| fact.id == spot.fact).unwrap();
            let key = spot.row.as_ref().map_or(0, |(_, key)| *key);
            let asked = match slow::Judge::new(&own, &sketch).is_asked(fact, key) {
                Ok(asked) => Verdict::from(asked),
                Err(error) => return fail(error),
            };
            one_more(&tried);
            let place = match &spot.row {
                None => fact.id.clone(),
                Some((list, key)) => format!("{list}.{key}.{}", fact.id),
            };
            if visit.applies(place_at(&visit, &place).unwrap()) != asked {
                return fail(format!("{place} is asked: {asked:?}: {sketch:?}"));
            }
        }
        Ok(())
    });
    let all = standard.hint_rules().len() + engine.hints.hint_rules().len();
    println!("questions: {}; hints seen: {} of {all}", tried.get(), seen.borrow().len());
    assert!(tried.get() > 10_000);
}
