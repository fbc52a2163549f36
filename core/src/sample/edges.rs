//! Where comparisons turn: the figures and days at which a condition stops to hold.

use crate::depend::Seen;
use crate::evaluate::View;
use crate::program::{Num, NumId, Program, Sign, Slot, Test, TestId};
use crate::range::Range;
use crate::read;
use crate::verdict::Verdict;

/// Finds where comparisons turn, before anything is answered.
#[derive(Debug)]
pub(super) struct Edges<'a> {
    view: View<'a>,
    pub(super) program: &'a Program,
}

impl<'a> Edges<'a> {
    /// As seen from a household of which nothing is known.
    pub(super) fn new(view: View<'a>) -> Self {
        Self { view, program: view.program }
    }

    /// Every comparison of an answer with something known: the answer, the figure, and
    /// whether it is a day of birth.
    pub(super) fn all(&self) -> Vec<(Slot, i64, bool)> {
        let mut found = Vec::new();
        for test in &self.program.tests {
            match test {
                Test::Compare(_, one, other) => {
                    self.pair(*one, *other, &mut found);
                    self.pair(*other, *one, &mut found);
                }
                Test::Between(middle, low, high) => {
                    self.pair(*middle, *low, &mut found);
                    self.pair(*middle, *high, &mut found);
                }
                _ => {}
            }
        }
        found
    }

    fn pair(&self, num: NumId, line: NumId, found: &mut Vec<(Slot, i64, bool)>) {
        let Some(line) = self.line(line) else { return };
        if let Some(slot) = self.fact(num) {
            found.extend([line.lo, line.hi].map(|edge| (slot, edge, false)));
        } else if let Some((slot, at)) = self.born(num) {
            let ages = [line.lo, line.hi, line.hi.saturating_add(1)];
            found.extend(ages.map(|age| (slot, read::born_by(at, age), true)));
        }
    }

    /// What a line can be, where no row has a say in it.
    pub(super) fn line(&self, num: NumId) -> Option<Range> {
        let mut seen = Seen::default();
        seen.num(self.program, num);
        let is_free = seen.lists.is_empty() && self.slots_are_home(num);
        is_free.then(|| self.view.num(num))
    }

    /// Whether a number is made of nothing that stands in a row.
    fn slots_are_home(&self, num: NumId) -> bool {
        match self.program.num(num) {
            Some(Num::Fact(slot)) => slot.depth == 0,
            Some(Num::Const(_) | Num::Param(_) | Num::CheckDate) => true,
            Some(Num::Named(_, inner, home)) => *home || self.slots_are_home(*inner),
            Some(Num::Scaled(inner, _)) => self.slots_are_home(*inner),
            Some(Num::Add(parts)) => parts.iter().all(|part| self.slots_are_home(*part)),
            Some(Num::Less(one, other) | Num::Times(one, other)) => {
                self.slots_are_home(*one) && self.slots_are_home(*other)
            }
            Some(Num::If(_, then, otherwise)) => {
                self.slots_are_home(*then) && self.slots_are_home(*otherwise)
            }
            _ => false,
        }
    }

    /// The answer that a number is, where it is just that.
    pub(super) fn fact(&self, num: NumId) -> Option<Slot> {
        match self.program.num(num)? {
            Num::Fact(slot) => Some(*slot),
            Num::Named(_, inner, _) => self.fact(*inner),
            _ => None,
        }
    }

    /// The day of birth from which a number counts the age, and the day on which.
    fn born(&self, num: NumId) -> Option<(Slot, i64)> {
        match self.program.num(num)? {
            Num::Named(_, inner, _) => self.born(*inner),
            Num::Age(born, at) => Some((self.fact(*born)?, self.line(*at)?.known()?)),
            _ => None,
        }
    }

    /// What a condition is that no answer has a say in.
    pub(super) fn settled(&self, id: TestId) -> Option<bool> {
        let mut seen = Seen::default();
        seen.test(self.program, id);
        let is_free = seen.facts.is_empty() && seen.lists.is_empty();
        let verdict = self.view.test(id);
        (is_free && verdict.is_decided()).then_some(verdict == Verdict::Met)
    }

    /// The condition with that place.
    pub(super) fn test(&self, id: TestId) -> Option<&Test> {
        self.program.test(id)
    }
}

/// The sign that holds where another does not.
pub(super) fn opposite(sign: Sign) -> Option<Sign> {
    Some(match sign {
        Sign::Over => Sign::NoMore,
        Sign::NoLess => Sign::Under,
        Sign::Under => Sign::NoLess,
        Sign::NoMore => Sign::Over,
        Sign::Equal => return None,
    })
}
