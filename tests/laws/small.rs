//! Laws on small random standards, where every completion can be looked at.

use std::cell::Cell;

use ruhu_core::{Question, Verdict};
use ruhu_tests::engine::{Engine, question_name};
use ruhu_tests::random::{self, Maker, Where, forget, household};
use ruhu_tests::run::{Held, fail, run};
use ruhu_tests::slow::{Fact, Rules, Sketch};
use ruhu_tests::tape::Tape;

use super::{open, spot, verdict};

fn count(cell: &Cell<u32>) {
    cell.set(cell.get() + 1);
}

/// Random standards, and random households with unknowns under each of them.
fn each(
    standards: u32,
    read_once: bool,
    test: impl Fn(&Engine, &std::rc::Rc<ruhu_core::Standard>, &World<'_>) -> Held,
) {
    let engine = Engine::new().unwrap();
    run(standards, 400, |tape| {
        let maker = Maker::new(tape, 12);
        let make = || match read_once {
            true => Maker::new(tape, 0).read_once(),
            false => maker.condition(Where::Household),
        };
        let Some((standard, rules)) = random::standard(&engine, 3, make) else {
            return Ok(());
        };
        let used = rules.used();
        for _ in 0..10 {
            let whole = household(&rules, &used, tape);
            let less = forget(&whole, (&rules, &used), 4, tape);
            let world = World { rules: &rules, used: &used, whole, less, tape };
            test(&engine, &standard, &world)?;
        }
        Ok(())
    });
}

/// One household: all of it, and what is known of it.
struct World<'a> {
    rules: &'a Rules,
    used: &'a [&'a Fact],
    whole: Sketch,
    less: Sketch,
    tape: &'a Tape<'a>,
}

#[test]
fn learning_more_never_overturns_a_verdict() {
    let tried = Cell::new(0);
    each(1_200, false, |engine, standard, world| {
        let World { rules, whole, less, used, tape } = world;
        let mut known = less.clone();
        let mut said: Vec<Verdict> = open(engine, standard, &known).verdicts().to_vec();
        let mut blanks = known.spots(used);
        blanks.retain(|spot| known.at(spot).is_none());
        let mut steps: Vec<Option<_>> = blanks.into_iter().map(Some).collect();
        steps.insert(tape.below(steps.len() + 1), None);
        for step in steps {
            match step {
                Some(spot) => known = known.with(&spot, whole.at(&spot)),
                None => {
                    known.choices.clone_from(&whole.choices);
                    for (entity, list) in &mut known.lists {
                        list.complete = true;
                        let missing = whole.lists[entity].rows.iter();
                        list.rows.extend(missing.skip(list.rows.len()).cloned());
                    }
                }
            }
            let now = open(engine, standard, &known).verdicts().to_vec();
            for (at, (before, after)) in said.iter().zip(&now).enumerate() {
                count(&tried);
                if before.is_decided() && before != after {
                    let asks = rules.condition(at);
                    return fail(format!("{asks}: {before:?} then {after:?}: {known:?}"));
                }
            }
            said = now;
        }
        if said.iter().all(|verdict| verdict.is_decided()) {
            return Ok(());
        }
        fail(format!("all is known and yet {said:?}: {known:?}"))
    });
    println!("learning more: {} verdicts", tried.get());
    assert!(tried.get() > 10_000);
}

/// Where the answer matters, an answer that is missing is none of the answers it could be.
#[test]
fn blank_is_never_zero_and_never_no() {
    let tried = Cell::new(0);
    each(700, false, |engine, standard, world| {
        let World { rules, whole, used, tape, .. } = world;
        let spots = whole.spots(used);
        if spots.is_empty() {
            return Ok(());
        }
        let blank = tape.of(&spots);
        let fact = used.iter().find(|fact| fact.id == blank.fact).unwrap();
        let without = open(engine, standard, &whole.with(blank, None));
        let can_be = whole.candidates(fact, &[], tape);
        let with: Vec<_> = can_be
            .iter()
            .map(|answer| open(engine, standard, &whole.with(blank, Some(answer))))
            .collect();
        for at in 0..standard.criteria().len() {
            count(&tried);
            let mut said: Vec<_> = with.iter().map(|visit| verdict(visit, at)).collect();
            said.dedup();
            if said.len() > 1 && verdict(&without, at).is_decided() {
                let told = verdict(&without, at);
                let asks = rules.condition(at);
                return fail(format!("{asks} without {blank:?} is {told:?}: {whole:?}"));
            }
        }
        Ok(())
    });
    println!("blank is never zero: {} verdicts", tried.get());
    assert!(tried.get() > 10_000);
}

#[test]
fn every_undecided_verdict_names_what_is_missing() {
    let tried = Cell::new(0);
    each(1_500, false, |engine, standard, world| {
        let visit = open(engine, standard, &world.less);
        for at in 0..standard.criteria().len() {
            let questions = visit.questions(at);
            if verdict(&visit, at).is_decided() {
                if !questions.is_empty() {
                    return fail(format!("c{at} is decided and asks: {:?}", world.less));
                }
                continue;
            }
            count(&tried);
            if questions.is_empty() {
                return fail(format!("c{at} is open and asks nothing: {:?}", world.less));
            }
            for question in questions {
                let known = match &question {
                    Question::Fact(at) => visit.is_known(*at),
                    Question::List(list) => visit.is_complete(*list),
                    Question::Param(param) => world.less.choices.contains_key(param),
                };
                if known {
                    let asked = question_name(&visit, &question);
                    return fail(format!("c{at} asks {asked}: {:?}", world.less));
                }
            }
        }
        Ok(())
    });
    println!("names what is missing: {} open verdicts", tried.get());
    assert!(tried.get() > 5_000);
}

/// A question that could not change the verdict whatever the rest turns out to be is idle.
#[test]
fn no_question_is_idle_where_no_answer_is_read_twice() {
    let (tried, gaps) = (Cell::new(0), Cell::new(0));
    each(1_200, true, |engine, standard, world| {
        let World { rules, used, tape, .. } = world;
        let mut less = world.less.clone();
        less.lists.values_mut().for_each(|list| list.complete = true);
        let visit = open(engine, standard, &less);
        let completions = less.completions(rules, used, 1_500, tape);
        for at in 0..standard.criteria().len() {
            for question in visit.questions(at) {
                let Question::Fact(_) = question else { continue };
                count(&tried);
                let asked = spot(&question_name(&visit, &question));
                let judged = |sketch: &Sketch| {
                    ruhu_tests::slow::Judge::new(rules, sketch).one(at).unwrap().unwrap()
                };
                let fact = used.iter().find(|fact| fact.id == asked.fact).unwrap();
                let matters = completions.iter().any(|completion| {
                    let said = judged(completion);
                    let can_be = completion.candidates(fact, &[], tape);
                    let mut others = can_be.iter();
                    others.any(|other| {
                        judged(&completion.with(&asked, Some(other))) != said
                    })
                });
                // Amounts that count or do not leave gaps in a sum, and no range sees those.
                let condition = rules.condition(at);
                if !matters && condition.contains("sum") {
                    count(&gaps);
                } else if !matters {
                    return fail(format!("{condition} asks {asked:?} in vain: {less:?}"));
                }
            }
        }
        Ok(())
    });
    println!("no idle question: {}, {} idle in sums", tried.get(), gaps.get());
    assert!(tried.get() > 10_000);
}

/// The answers that a met verdict hangs on are just those of which another would end it.
#[test]
fn a_met_verdict_hangs_on_just_the_answers_that_are_named() {
    let tried = Cell::new(0);
    each(400, false, |engine, standard, world| {
        let World { rules, less, used, tape, .. } = world;
        let visit = open(engine, standard, less);
        for at in 0..standard.criteria().len() {
            if verdict(&visit, at) != Verdict::Met {
                continue;
            }
            let hangs: Vec<_> = visit.hangs(at);
            for spot in less.spots(used) {
                let here = super::at(&visit, &spot);
                if !visit.is_known(here) || spot.fact == "da" || spot.fact == "qu" {
                    continue;
                }
                count(&tried);
                let fact = used.iter().find(|fact| fact.id == spot.fact).unwrap();
                let others = less.candidates(fact, &[], tape);
                let ends = others.iter().any(|other| {
                    let other = open(engine, standard, &less.with(&spot, Some(other)));
                    verdict(&other, at) != Verdict::Met
                });
                // A row may also be one that is not there; no sketch can say that.
                let is_row = spot.fact == "pi";
                if (ends || !is_row) && ends != hangs.contains(&here) {
                    let told = if ends { "does" } else { "does not" };
                    let asks = rules.condition(at);
                    return fail(format!("{asks} {told} hang on {spot:?}: {less:?}"));
                }
            }
        }
        Ok(())
    });
    println!("hangs on: {} answers", tried.get());
    assert!(tried.get() > 10_000);
}
