//! Random conditions over the materials.

use std::cell::Cell;

use serde_json::{Value, json};

use crate::tape::Tape;

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
            6 => {
                json!({ "at_least": self.tape.between(1, 3), "of": [one(), one(), one()] })
            }
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
            _ => json!(self.tape.of(&["y1", "some_item"])),
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
                    10 => {
                        json!({ "sum": self.number(inside), "of": list, "where": test })
                    }
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
