//! What a verdict depends on, so that one changed answer re-judges only what it can change.

use crate::dictionary::{EntityRef, FactRef};
use crate::program::{Num, NumId, Program, Rows, Slot, Test, TestId};
use crate::standard::Standard;

/// A condition or a number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Root {
    Test(TestId),
    Num(NumId),
    Nothing,
}

/// For every fact and every list, a bit for each condition that looks at it.
#[derive(Clone, Debug)]
pub(crate) struct Depend {
    facts: Vec<u128>,
    lists: Vec<u128>,
}

impl Depend {
    /// Who looks at what, among these; their places are the bits.
    pub(crate) fn of(
        standard: &Standard,
        roots: impl Iterator<Item = (Root, EntityRef)>,
    ) -> Self {
        let dictionary = &standard.dictionary;
        let mut made = Self {
            facts: vec![0; dictionary.facts().len()],
            lists: vec![0; dictionary.entities().len()],
        };
        let mut seen = Seen::default();
        for (bit, (root, each)) in roots.enumerate() {
            seen.clear();
            seen.list(each);
            match root {
                Root::Test(test) => seen.test(&standard.program, test),
                Root::Num(num) => seen.num(&standard.program, num),
                Root::Nothing => {}
            }
            // Criteria and hints have a bit each; of the many conditions on which facts
            // are asked it only matters whether there is any.
            let bit = u32::try_from(bit).unwrap_or(u32::MAX);
            let mask = 1_u128.checked_shl(bit.min(127)).unwrap_or(0);
            for fact in &seen.facts {
                if let Some(bits) = made.facts.get_mut(fact.index()) {
                    *bits |= mask;
                }
            }
            for list in &seen.lists {
                if let Some(bits) = made.lists.get_mut(list.index()) {
                    *bits |= mask;
                }
            }
        }
        made
    }

    pub(crate) fn on_fact(&self, fact: FactRef) -> u128 {
        self.facts.get(fact.index()).copied().unwrap_or(0)
    }

    pub(crate) fn on_list(&self, list: EntityRef) -> u128 {
        self.lists.get(list.index()).copied().unwrap_or(0)
    }
}

/// The facts, lists, parameters and definitions met on a walk through a condition.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) facts: Vec<FactRef>,
    pub(crate) lists: Vec<EntityRef>,
    /// Their places in the standard.
    pub(crate) params: Vec<usize>,
    /// What has a name of its own, by its place; as often as it is met.
    pub(crate) defines: Vec<usize>,
}

impl Seen {
    fn clear(&mut self) {
        self.facts.clear();
        self.lists.clear();
        self.params.clear();
        self.defines.clear();
    }

    fn param(&mut self, param: usize) {
        if !self.params.contains(&param) {
            self.params.push(param);
        }
    }

    fn list(&mut self, list: EntityRef) {
        if !self.lists.contains(&list) {
            self.lists.push(list);
        }
    }

    fn slot(&mut self, slot: Slot) {
        if !self.facts.contains(&slot.fact) {
            self.facts.push(slot.fact);
        }
    }

    fn rows(&mut self, program: &Program, rows: Rows) {
        self.list(rows.entity);
        if let Some(only) = rows.only {
            self.test(program, only);
        }
    }

    pub(crate) fn test(&mut self, program: &Program, id: TestId) {
        let Some(test) = program.test(id) else { return };
        match test {
            Test::All(tests) | Test::Any(tests) | Test::AtLeast(_, tests) => {
                for test in tests {
                    self.test(program, *test);
                }
            }
            Test::Not(test) => self.test(program, *test),
            Test::Named(at, test, _) => {
                self.defines.push(*at);
                self.test(program, *test);
            }
            Test::Yes(slot)
            | Test::Is(slot, _)
            | Test::Same(slot)
            | Test::Known(slot) => {
                self.slot(*slot);
            }
            Test::IsParam(param, _) => self.param(*param),
            Test::Always(_) => {}
            Test::Within(slot, _) => self.slot(*slot),
            Test::Compare(_, left, right) => {
                self.num(program, *left);
                self.num(program, *right);
            }
            Test::Between(middle, low, high) => {
                for num in [middle, low, high] {
                    self.num(program, *num);
                }
            }
            Test::Every(rows, holds) | Test::Some(rows, holds) => {
                self.rows(program, *rows);
                self.test(program, *holds);
            }
            Test::If(condition, then, otherwise) => {
                for test in [condition, then, otherwise] {
                    self.test(program, *test);
                }
            }
        }
    }

    pub(crate) fn num(&mut self, program: &Program, id: NumId) {
        let Some(num) = program.num(id) else { return };
        match num {
            Num::Const(_) | Num::CheckDate => {}
            Num::Param(param) => self.param(*param),
            Num::Fact(slot) => self.slot(*slot),
            Num::Add(parts) => {
                for part in parts {
                    self.num(program, *part);
                }
            }
            Num::Less(one, other) | Num::Times(one, other) | Num::Age(one, other) => {
                self.num(program, *one);
                self.num(program, *other);
            }
            Num::Scaled(inner, _) => self.num(program, *inner),
            Num::Named(at, inner, _) => {
                self.defines.push(*at);
                self.num(program, *inner);
            }
            Num::Count(rows) => self.rows(program, *rows),
            Num::Sum(rows, inner) | Num::Min(rows, inner) | Num::Max(rows, inner) => {
                self.rows(program, *rows);
                self.num(program, *inner);
            }
            Num::If(condition, then, otherwise) => {
                self.test(program, *condition);
                self.num(program, *then);
                self.num(program, *otherwise);
            }
        }
    }
}
