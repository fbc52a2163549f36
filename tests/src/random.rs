//! Random small standards and random households for them, chosen by a tape.

mod maker;
mod materials;

use std::rc::Rc;

use ruhu_core::Standard;
use serde_json::Value;

use crate::engine::Engine;
use crate::slow::{Answers, Fact, Row, Rows, Rules, Sketch, Spot};
use crate::tape::Tape;

pub use maker::{Maker, Where};
pub use materials::materials;

/// A household of which all is known.
#[must_use]
pub fn household(rules: &Rules, facts: &[&Fact], tape: &Tape<'_>) -> Sketch {
    let mut sketch = Sketch {
        standard: "tiny".to_owned(),
        year: 2017,
        date: "2017-10-15".to_owned(),
        ..Sketch::default()
    };
    for (param, readings) in rules.open(2017) {
        sketch.choices.insert(param, tape.of(&readings).clone());
    }
    for (entity, least, most) in &rules.entities {
        let limit = most.saturating_sub(*least).min(3).saturating_add(1);
        let rows = tape.below(limit).saturating_add(*least);
        let rows = (1..).take(rows).map(|key| Row { key, answers: Answers::new() });
        let list = Rows { complete: true, rows: rows.collect() };
        sketch.lists.insert(entity.clone(), list);
    }
    fill(&sketch, rules, facts, tape)
}

/// The same household with something in every place that is blank.
#[must_use]
pub fn fill(sketch: &Sketch, rules: &Rules, facts: &[&Fact], tape: &Tape<'_>) -> Sketch {
    let edges = rules.edges();
    let mut filled = sketch.clone();
    for spot in sketch.spots(facts) {
        if sketch.at(&spot).is_some() {
            continue;
        }
        let Some(fact) = facts.iter().find(|fact| fact.id == spot.fact) else { continue };
        let can_be = sketch.candidates(fact, &edges, tape);
        if !can_be.is_empty() {
            let answer: &String = tape.of(&can_be);
            filled = filled.with(&spot, Some(answer));
        }
    }
    filled
}

/// The same household with some of its answers, readings and list ends unknown; a reading
/// with a default is never unknown.
#[must_use]
pub fn forget(
    sketch: &Sketch,
    (rules, facts): (&Rules, &[&Fact]),
    most: usize,
    tape: &Tape<'_>,
) -> Sketch {
    let mut less = sketch.clone();
    for _ in 0..tape.below(most.saturating_add(1)) {
        let spots: Vec<_> = less.spots(facts);
        let kept: Vec<_> = spots.iter().filter(|spot| less.at(spot).is_some()).collect();
        if !kept.is_empty() {
            let spot: &&Spot = tape.of(&kept);
            less = less.with(spot, None);
        }
    }
    if tape.once_in(4) {
        let lists: Vec<String> = less.lists.keys().cloned().collect();
        if let Some(list) = lists.get(tape.below(lists.len()))
            && let Some(list) = less.lists.get_mut(list)
        {
            list.complete = false;
            if tape.once_in(2) {
                list.rows.pop();
            }
        }
    }
    if tape.once_in(4) {
        let choices = less.choices.keys().filter(|id| rules.default_of(id).is_none());
        let choices: Vec<String> = choices.cloned().collect();
        if let Some(choice) = choices.get(tape.below(choices.len())) {
            less.choices.remove(choice);
        }
    }
    less
}

/// A standard of random conditions; those that are always the same are left out.
#[must_use]
pub fn standard(
    engine: &Engine,
    wanted: usize,
    make: impl Fn() -> Value,
) -> Option<(Rc<Standard>, Rules)> {
    let mut tiny = materials();
    let conditions: Vec<Value> = (0..wanted).map(|_| make()).collect();
    tiny.criteria = conditions.clone();
    if engine.read(&tiny.document()).is_err() {
        tiny.criteria.clear();
        for condition in conditions {
            tiny.criteria.push(condition);
            if engine.read(&tiny.document()).is_err() {
                tiny.criteria.pop();
            }
        }
    }
    let document = tiny.document();
    let standard = engine.read(&document).ok().filter(|_| !tiny.criteria.is_empty())?;
    Some((standard, Rules::new(&[], document)))
}

/// A random household that a built-in standard can judge, in one of its years.
#[must_use]
pub fn villager(
    standard: &Standard,
    (rules, used): (&Rules, &[&Fact]),
    tape: &Tape<'_>,
) -> Sketch {
    let (first, last) = standard.years();
    let year = tape.between(first, last);
    let mut sketch = household(rules, used, tape);
    standard.id().clone_into(&mut sketch.standard);
    sketch.year = year;
    sketch.date = format!("{year}-10-{:02}", tape.between(1, 28));
    let open = rules.open(year).into_iter();
    sketch.choices =
        open.map(|(param, readings)| (param, tape.of(&readings).clone())).collect();
    // Born, accepted and so on by dates of that year.
    let mut again = sketch.clone();
    for spot in sketch.spots(used) {
        if sketch.at(&spot).is_some_and(|text| text.len() == 10 && text.contains('-')) {
            again = again.with(&spot, None);
        }
    }
    fill(&again, rules, used, tape)
}
