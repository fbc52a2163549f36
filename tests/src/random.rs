//! Random small standards and random households for them, chosen by a tape.

use std::cell::Cell;
use std::rc::Rc;

use ruhu_core::Standard;
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::slow::{Fact, Row, Rows, Rules, Sketch, Spot};
use crate::tape::Tape;
use crate::tiny::{Tiny, choice, yes_no};

fn count(id: &str, unit: &str, low: i64, high: i64) -> Value {
    json!({ "id": id, "kind": "count", "unit": unit, "range": [low, high] })
}

/// The facts, lists, parameters and definitions that random conditions are made of.
#[must_use]
pub fn materials() -> Tiny {
    let mut tiny = Tiny {
        facts: vec![
            yes_no("y0"),
            yes_no("y1"),
            choice("ch", &["a", "b", "c"]),
            count("n0", "row", 0, 4),
            count("n1", "row", 0, 6),
            count("nf", "1", 0, 3),
            json!({ "id": "qu", "kind": "quantity", "unit": "row", "decimals": 1, "range": [0, 1] }),
            json!({ "id": "da", "kind": "date" }),
        ],
        lists: vec![
            (
                "item",
                0,
                2,
                vec![
                    yes_no("iy"),
                    choice("ic", &["a", "b", "c"]),
                    count("in", "row", 0, 3),
                ],
            ),
            (
                "part",
                1,
                2,
                vec![
                    yes_no("py"),
                    count("pn", "row", 0, 2),
                    json!({ "id": "pi", "kind": "row", "of": "item" }),
                ],
            ),
        ],
        ..Tiny::default()
    };
    for value in 1..=4 {
        tiny.params.push((format!("p{value}"), "count", "row", value.to_string()));
    }
    tiny.more_params.push(json!({
        "id": "half", "kind": "quantity", "unit": "row", "decimals": 1,
        "value": [{ "years": [2017, 2017], "value": "0.5", "source": "T", "status": "proposed" }],
    }));
    tiny.params.push(("pf".to_owned(), "count", "1", "2".to_owned()));
    tiny.params.push(("py6".to_owned(), "count", "year", "6".to_owned()));
    let value = |value: &str, reading: &str| {
        json!({
            "years": [2017, 2017], "value": value, "reading": reading, "source": "T",
            "status": "proposed",
        })
    };
    tiny.more_params.extend([
        json!({
            "id": "po", "kind": "count", "unit": "row",
            "value": [value("1", "low"), value("3", "high")],
        }),
        json!({
            "id": "sw", "kind": "choice", "options": ["one", "two"],
            "value": [value("one", "one"), value("two", "two")],
        }),
        json!({
            "id": "day", "kind": "month_day",
            "value": [value("09-01", "early"), value("11-30", "late")],
        }),
    ]);
    tiny.defines = vec![
        json!({
            "id": "some_item", "source": "T",
            "when": { "some": "item", "where": { "is": ["ic", "a"] }, "holds": "iy" },
        }),
        json!({
            "id": "good", "of": "item", "source": "T",
            "when": { "any": ["iy", { "over": ["in", "p2"] }] },
        }),
    ];
    tiny.quantities = vec![json!({
        "id": "all_in", "unit": "row", "source": "T", "value": { "sum": "in", "of": "item" },
    })];
    tiny
}

/// Conditions as the tape has it.
#[derive(Debug)]
pub struct Maker<'t> {
    tape: &'t Tape<'t>,
    /// Conditions and numbers that may still be made.
    left: Cell<usize>,
}

/// Where a condition stands: in the household, in an item, in a part inside an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// The household.
    Household,
    /// A row of `item`.
    Item,
    /// A row of `part` inside a row of `item`.
    Part,
}

impl<'t> Maker<'t> {
    /// Makes conditions of about so many nodes.
    #[must_use]
    pub fn new(tape: &'t Tape<'t>, nodes: usize) -> Self {
        Self { tape, left: Cell::new(nodes) }
    }

    fn is_small(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left == 0
    }

    /// A condition.
    #[must_use]
    pub fn condition(&self, at: Where) -> Value {
        if self.is_small() {
            return self.leaf(at);
        }
        let one = || self.condition(at);
        match self.tape.below(11) {
            0..=2 => self.leaf(at),
            3 => json!({ "all": [one(), one()] }),
            4 => json!({ "any": [one(), one()] }),
            5 => json!({ "not": one() }),
            6 => json!({ "at_least": self.tape.between(1, 3), "of": [one(), one(), one()] }),
            7 => json!({ "if": one(), "then": one(), "else": one() }),
            8 | 9 => self.quantified(at),
            _ => json!({ *self.tape.of(&["all", "any"]): [one(), one(), one()] }),
        }
    }

    fn quantified(&self, at: Where) -> Value {
        let (list, inside) = match at {
            Where::Household => ("item", Where::Item),
            Where::Item => ("part", Where::Part),
            Where::Part => return self.leaf(at),
        };
        let sign = *self.tape.of(&["every", "some"]);
        let holds = self.condition(inside);
        if self.tape.once_in(2) {
            json!({ sign: list, "where": self.condition(inside), "holds": holds })
        } else {
            json!({ sign: list, "holds": holds })
        }
    }

    fn leaf(&self, at: Where) -> Value {
        let compare = || {
            let sign = self.tape.of(&["over", "no_less", "under", "no_more", "equal"]);
            json!({ *sign: [self.number(at), self.number(at)] })
        };
        match (at, self.tape.below(8)) {
            (_, 0 | 1) => compare(),
            (_, 2) => json!({ "between": [self.number(at), "p1", "p3"] }),
            (Where::Household, 3) => json!("y0"),
            (Where::Household, 4) => json!({ "is": ["ch", "a", "b"] }),
            (Where::Item, 3) => json!("iy"),
            (Where::Item, 4) => json!({ "is": ["ic", "a", "c"] }),
            (Where::Item, 5) => json!("good"),
            (Where::Part, 3 | 4) => json!({ "same": "pi" }),
            (Where::Part, 5) => json!("py"),
            (_, 5) => json!("some_item"),
            (_, 6) => json!({ "is": ["sw", "one"] }),
            (Where::Household, _) if self.tape.once_in(2) => {
                json!({ "no_less": [{ "age": "da", "at": { "last": "day" } }, "py6"] })
            }
            _ => json!("y1"),
        }
    }

    /// A number of rows.
    fn number(&self, at: Where) -> Value {
        if self.is_small() {
            return self.number_leaf(at);
        }
        let one = || self.number(at);
        match self.tape.below(12) {
            0..=4 => self.number_leaf(at),
            5 => json!({ "add": [one(), one()] }),
            6 => json!({ "less": [one(), one()] }),
            7 => json!({ "times": [one(), self.tape.of(&["pf", "nf"])] }),
            8 => json!({ "if": self.condition(at), "then": one(), "else": one() }),
            way => {
                let (list, inside, own) = match at {
                    Where::Household => ("item", Where::Item, "in"),
                    Where::Item => ("part", Where::Part, "pn"),
                    Where::Part => return self.number_leaf(at),
                };
                let test = self.condition(inside);
                match way {
                    9 => json!({ "count": list, "where": test }),
                    10 => json!({ "sum": self.number(inside), "of": list, "where": test }),
                    _ => {
                        let end = *self.tape.of(&["min", "max"]);
                        json!({ end: own, "of": list, "where": test })
                    }
                }
            }
        }
    }

    fn number_leaf(&self, at: Where) -> Value {
        let params = ["p1", "p2", "p3", "p4", "po", "n0", "n1", "qu", "all_in"];
        match (at, self.tape.below(4)) {
            (Where::Item, 0 | 1) => json!("in"),
            (Where::Part, 0 | 1) => json!("pn"),
            _ => json!(self.tape.of(&params)),
        }
    }

    /// A condition that looks at no answer twice, made of up to six leaves.
    #[must_use]
    pub fn read_once(&self) -> Value {
        let pick = |ways: &[Value]| self.tape.of(ways).clone();
        let sign = || *self.tape.of(&["over", "no_less", "under", "no_more"]);
        let limit = || *self.tape.of(&["p1", "p2", "p3"]);
        let mut leaves = vec![
            json!("y0"),
            json!({ "is": ["ch", self.tape.of(&["a", "b"])] }),
            pick(&[
                json!({ sign(): ["n0", limit()] }),
                json!({ sign(): [{ "add": ["n0", "n1"] }, limit()] }),
                json!({ sign(): [{ "less": ["n1", "n0"] }, limit()] }),
                json!({ sign(): [{ "times": ["n0", "pf"] }, limit()] }),
                json!({ "between": ["n0", "p1", "p3"] }),
                json!({ sign(): [{ "if": "y1", "then": "n0", "else": "n1" }, limit()] }),
            ]),
            pick(&[
                json!({ "every": "item", "where": { "is": ["ic", "a"] }, "holds": "iy" }),
                json!({ "some": "item", "where": { "is": ["ic", "a"] }, "holds": "iy" }),
                json!({ sign(): [{ "count": "item", "where": "iy" }, "p1"] }),
                json!({ sign(): [{ "sum": "in", "of": "item", "where": "iy" }, limit()] }),
                json!({ "every": "item", "holds": { sign(): ["in", "p2"] } }),
            ]),
            json!({ sign(): ["qu", "half"] }),
        ];
        leaves.truncate(self.tape.below(5).saturating_add(1));
        while leaves.len() > 1 {
            let mut take = || {
                let at = self.tape.below(leaves.len());
                leaves.remove(at)
            };
            let (one, two) = (take(), take());
            let both = match self.tape.below(5) {
                0 => json!({ "all": [one, two] }),
                1 => json!({ "any": [one, two] }),
                2 => json!({ "all": [one, { "not": two }] }),
                3 => json!({ "any": [{ "not": one }, two] }),
                _ => match leaves.pop() {
                    None => json!({ "not": { "any": [one, two] } }),
                    Some(three) if self.tape.once_in(2) => {
                        json!({ "if": one, "then": two, "else": three })
                    }
                    Some(three) => json!({ "at_least": 2, "of": [one, two, three] }),
                },
            };
            leaves.push(both);
        }
        leaves.pop().unwrap_or(json!("y0"))
    }
}

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
        let rows = (1..).take(rows).map(|key| Row { key, answers: Default::default() });
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
