//! What is proposed for a verdict that is not met would do, and nothing of it is too much.

use std::cell::Cell;

use ruhu_core::{Change, Verdict, Visit};
use ruhu_tests::engine::{Engine, place_name};
use ruhu_tests::random::{self, Maker, Where, forget, household};
use ruhu_tests::run::{fail, run};
use ruhu_tests::slow::{Number, Sketch};
use serde_json::json;

use super::{open, spot, verdict};

/// The household with a change made; none where it cannot be made by one answer.
fn made(
    visit: &Visit,
    sketch: &Sketch,
    change: &Change,
    option: usize,
) -> Option<Sketch> {
    match change {
        Change::Answer { at, to } => {
            let to = to.get(option.checked_rem(to.len())?)?;
            Some(sketch.with(&spot(&place_name(visit, *at)), Some(to)))
        }
        Change::Number { at: Some(at), by, rise, decimals, .. } => {
            let spot = spot(&place_name(visit, *at));
            let one = 10_i128.pow(u32::from(*decimals));
            let was = Number::read(sketch.at(&spot)?)?.times(Number::whole(one));
            let by = if *rise { i128::from(*by) } else { -i128::from(*by) };
            let now = was.plus(Number::whole(by)).to_whole()?;
            let text = if *decimals == 0 {
                now.to_string()
            } else {
                format!("{}.{:0>2$}", now / one, now % one, usize::from(*decimals))
            };
            Some(sketch.with(&spot, Some(&text)))
        }
        Change::Complete(list) => {
            let mut whole = sketch.clone();
            let info = visit.standard().dictionary().entity_info(*list)?;
            whole.lists.get_mut(&info.id)?.complete = true;
            Some(whole)
        }
        Change::Number { at: None, .. } | Change::Fill(_) => None,
    }
}

#[test]
fn what_is_proposed_would_do_and_no_part_of_it_would() {
    let engine = Engine::new().unwrap();
    let (tried, open_ended) = (Cell::new(0_u32), Cell::new(0_u32));
    let (single, offered) = (Cell::new(0_u32), Cell::new(0_u32));
    run(2_000, 400, |tape| {
        let maker = Maker::new(tape, 12);
        let make = || maker.condition(Where::Household);
        let Some((standard, rules)) = random::standard(&engine, 3, make) else {
            return Ok(());
        };
        let used = rules.used();
        for _ in 0..8 {
            let whole = household(&rules, &used, tape);
            let sketch = forget(&whole, (&rules, &used), 1, tape);
            let visit = open(&engine, &standard, &sketch);
            for at in 0..standard.criteria().len() {
                let sets = visit.changes(at);
                if verdict(&visit, at) != Verdict::NotMet {
                    if !sets.is_empty() {
                        return fail(format!("c{at} is not failed and yet {sets:?}"));
                    }
                    continue;
                }
                // One answer that alone would do is never overlooked by what is proposed.
                let one_would = sketch.spots(&used).iter().any(|spot| {
                    let fact = used.iter().find(|fact| fact.id == spot.fact).unwrap();
                    sketch.candidates(fact, &[], tape).iter().any(|other| {
                        let other = sketch.with(spot, Some(other));
                        verdict(&open(&engine, &standard, &other), at) == Verdict::Met
                    })
                });
                if one_would {
                    single.set(single.get() + 1);
                    if sets.iter().any(|set| set.len() == 1) {
                        offered.set(offered.get() + 1);
                    }
                }
                for set in &sets {
                    tried.set(tried.get() + 1);
                    for option in 0..3 {
                        // Every part of the set, the whole of it last.
                        let parts: u32 = 1 << set.len().min(8);
                        for part in 0..parts {
                            let chosen = set.iter().zip(0..);
                            let mut chosen =
                                chosen.filter(|(_, bit)| part & (1 << bit) != 0);
                            let changed = chosen
                                .try_fold(sketch.clone(), |so_far, (one, _)| {
                                    made(&visit, &so_far, one, option)
                                });
                            let Some(changed) = changed else {
                                open_ended.set(open_ended.get() + 1);
                                continue;
                            };
                            let now = verdict(&open(&engine, &standard, &changed), at);
                            let is_whole = part == parts - 1;
                            if (now == Verdict::Met) != is_whole {
                                return fail(format!(
                                    "{}: part {part:b} of {set:?} makes it {now:?}: {sketch:?}",
                                    rules.condition(at)
                                ));
                            }
                        }
                    }
                }
            }
        }
        Ok(())
    });
    println!(
        "changes: {} sets; of {} failures that one answer would mend, {} are told so",
        tried.get(),
        single.get(),
        offered.get()
    );
    assert!(tried.get() > 3_000);
}

/// Parts of one condition that want something of the same answer.
#[test]
fn parts_that_quarrel_over_one_answer_are_brought_together() {
    let engine = Engine::new().unwrap();
    let both =
        |one: serde_json::Value, other: serde_json::Value| json!({ "all": [one, other] });
    for (met, answers, expected) in [
        (
            both(json!({ "no_less": ["n0", "p3"] }), json!({ "no_less": ["n0", "p4"] })),
            [("n0", "0")].as_slice(),
            "n0 +4",
        ),
        (
            both(json!({ "any": ["y0", "y1"] }), json!({ "not": "y0" })),
            &[("y0", "no"), ("y1", "no")],
            "y1 yes",
        ),
        (
            both(json!({ "is": ["ch", "a", "b"] }), json!({ "is": ["ch", "b", "c"] })),
            &[("ch", "a")],
            "ch b",
        ),
    ] {
        let mut tiny = random::materials();
        tiny.criteria.push(met.clone());
        let standard = engine.read(&tiny.document()).unwrap();
        let mut sketch = Sketch {
            standard: "tiny".to_owned(),
            year: 2017,
            date: "2017-10-15".to_owned(),
            ..Sketch::default()
        };
        for (fact, answer) in answers {
            sketch.answers.insert((*fact).to_owned(), (*answer).to_owned());
        }
        let visit = open(&engine, &standard, &sketch);
        let told = |change: &Change| match change {
            Change::Answer { at, to } => {
                format!("{} {}", place_name(&visit, *at), to.join(" "))
            }
            Change::Number { at: Some(at), by, rise, .. } => {
                let sign = if *rise { "+" } else { "-" };
                format!("{} {sign}{by}", place_name(&visit, *at))
            }
            other => format!("{other:?}"),
        };
        let sets = visit.changes(0);
        let sets: Vec<Vec<String>> =
            sets.iter().map(|set| set.iter().map(told).collect()).collect();
        assert_eq!(sets, vec![vec![expected.to_owned()]], "{met}");
    }
}
