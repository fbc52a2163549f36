//! Judging in bulk says what judging one by one says, of every household.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may fail loudly, and says how much it tried"
)]

use std::cell::Cell;

use ruhu_core::{Judge, Verdict};
use ruhu_tests::engine::Engine;
use ruhu_tests::random::{forget, villager};
use ruhu_tests::run::{fail, run};
use ruhu_tests::slow::{Row, Sketch, built_in};
use ruhu_tests::tape::Tape;

/// Rows that are one too many, of which little is known; readings that nobody chose.
fn roughen(sketch: &mut Sketch, tape: &Tape<'_>) {
    if tape.once_in(6) {
        let lists: Vec<String> = sketch.lists.keys().cloned().collect();
        let list = sketch.lists.get_mut(tape.of(&lists)).unwrap();
        let one = list.rows.first().cloned();
        let rows = [1, 5, 19, 20, 21, 70];
        for key in 100..100 + u32::try_from(*tape.of(&rows)).unwrap() {
            let answers = one.as_ref().filter(|_| tape.once_in(2));
            let answers = answers.map(|row| row.answers.clone()).unwrap_or_default();
            list.rows.push(Row { key, answers });
        }
    }
    if tape.once_in(6) {
        sketch.lists.values_mut().for_each(|list| list.complete = tape.once_in(2));
    }
    if tape.once_in(6) {
        sketch.choices.retain(|_, _| tape.once_in(2));
    }
}

#[test]
fn in_bulk_a_household_is_judged_as_it_is_alone() {
    let engine = Engine::new().unwrap();
    let said = [const { Cell::new(0_usize) }; 3];
    for name in engine.library.names() {
        let standard = engine.standard(name).unwrap();
        let rules = built_in(&engine, name).unwrap();
        let used = rules.used();
        run(4_000, 1_600, |tape| {
            let mut sketch = villager(&standard, (&rules, &used), tape);
            let most = *tape.of(&[0, 0, 3, 12, 60, 400]);
            if most > 0 {
                sketch = forget(&sketch, (&rules, &used), most, tape);
            }
            roughen(&mut sketch, tape);
            let visit = match engine.open(&standard, &sketch.record()) {
                Ok(visit) => visit,
                Err(error) => return fail(error),
            };
            let judge = Judge::new(&standard, visit.record()).unwrap();
            let states = judge.decide(&judge.household(visit.record()));
            for (at, alone) in visit.verdicts().iter().enumerate() {
                let met = (states.met >> at & 1, states.not_met >> at & 1);
                let in_bulk = match met {
                    (1, 0) => Verdict::Met,
                    (0, 1) => Verdict::NotMet,
                    (0, 0) => Verdict::Unknown,
                    both => return fail(format!("{both:?}: {sketch:?}")),
                };
                if in_bulk != *alone {
                    let id = &standard.criteria()[at].id;
                    let said = format!("{id}: {in_bulk:?} in bulk, {alone:?} alone");
                    return fail(format!("{said}: {sketch:?}"));
                }
                let count = &said[usize::from(alone.is_decided())
                    + usize::from(*alone == Verdict::Met)];
                count.set(count.get() + 1);
            }
            let more = (states.met | states.not_met) >> visit.verdicts().len();
            if more == 0 { Ok(()) } else { fail("a criterion that there is not") }
        });
    }
    let [open, not_met, met] = said.map(Cell::into_inner);
    println!("in bulk as alone: {met} met, {not_met} not met, {open} unknown");
    assert!([open, not_met, met].iter().all(|count| *count > 10_000));
}
