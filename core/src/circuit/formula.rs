//! Conditions with nothing left but "and", "or" and what is looked at.

use super::sum::Sum;
use crate::dictionary::{Dictionary, EntityRef, FactRef, Kind};
use crate::program::{Num, NumId, Program, Rows, Sign, Slot, Test, TestId};
use crate::range::Range;
use crate::verdict::Verdict;

use Formula::{All, Always, Any, Every, Is, Within};

/// So many steps a condition may take when every "if" in it is written out.
const STEPS: usize = 10_000;

/// A condition; "not" stands only before what is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Formula {
    Always(bool),
    /// The answer is one of these options, out of so many; a bit an option.
    Is(FactRef, u64, u32),
    /// A number lies in a span, or outside.
    Within(Number, Range, bool),
    /// Every row of a list meets this, or one does not.
    Every(EntityRef, Box<Formula>, bool),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Fact(FactRef),
    Sum(Sum),
}

/// A condition of the household as a formula; none where it has no such form.
///
/// Where all is known, an "if" is its one branch or its other; where not, it also holds
/// when both do.
pub(super) fn read(
    program: &Program,
    dictionary: &Dictionary,
    test: TestId,
    whole: bool,
) -> Option<Formula> {
    Reader { program, dictionary, whole, steps: STEPS }.test(test, 0)
}

pub(super) struct Reader<'a> {
    pub(super) program: &'a Program,
    pub(super) dictionary: &'a Dictionary,
    whole: bool,
    pub(super) steps: usize,
}

impl Formula {
    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Always(true) => {}
                Always(false) => return part,
                All(inner) => all.extend(inner),
                part => all.push(part),
            }
        }
        match all.len() {
            0 => Always(true),
            1 => all.swap_remove(0),
            _ => All(all),
        }
    }

    fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        !Self::all(parts.into_iter().map(|part| !part))
    }
}

impl std::ops::Not for Formula {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Always(holds) => Always(!holds),
            Is(fact, mask, of) => Is(fact, options(of) & !mask, of),
            Within(number, range, holds) => Within(number, range, !holds),
            Every(list, inner, holds) => Every(list, inner, !holds),
            All(parts) => Any(parts.into_iter().map(|part| !part).collect()),
            Any(parts) => All(parts.into_iter().map(|part| !part).collect()),
        }
    }
}

/// A bit for each of so many options.
pub(super) fn options(of: u32) -> u64 {
    u64::MAX.checked_shr(64_u32.saturating_sub(of)).unwrap_or(0)
}

impl Reader<'_> {
    /// A condition of the household (0) or of a row (1).
    pub(super) fn test(&mut self, id: TestId, depth: u8) -> Option<Formula> {
        self.steps = self.steps.checked_sub(1)?;
        let program = self.program;
        Some(match program.test(id)? {
            Test::Always(Verdict::Met) => Always(true),
            Test::Always(Verdict::NotMet) => Always(false),
            Test::Yes(slot) => self.is(*slot, 0b10, depth)?,
            Test::Is(slot, mask) => self.is(*slot, *mask, depth)?,
            Test::Within(slot, range) if slot.depth == depth => {
                Within(Number::Fact(slot.fact), *range, true)
            }
            Test::Not(inner) => !self.test(*inner, depth)?,
            Test::All(tests) => Formula::all(self.tests(tests, depth)?),
            Test::Any(tests) => {
                let tests = self.tests(tests, depth)?;
                Formula::any(if self.whole { merged(tests) } else { tests })
            }
            Test::If(condition, then, otherwise) => {
                let condition = self.test(*condition, depth)?;
                let then = self.test(*then, depth)?;
                let otherwise = self.test(*otherwise, depth)?;
                self.either(condition, then, otherwise)
            }
            Test::Named(_, inner, home) if depth == 0 || !home => {
                self.test(*inner, depth)?
            }
            Test::Compare(sign, left, right) if depth == 0 => {
                self.compare(*sign, *left, *right)?
            }
            Test::Between(middle, low, high) if depth == 0 => Formula::all([
                self.compare(Sign::NoLess, *middle, *low)?,
                self.compare(Sign::NoMore, *middle, *high)?,
            ]),
            Test::Every(rows, holds) if depth == 0 => {
                let (only, holds) = (self.only(*rows)?, self.test(*holds, 1)?);
                Every(rows.entity, Box::new(Formula::any([!only, holds])), true)
            }
            Test::Some(rows, holds) if depth == 0 => {
                let (only, holds) = (self.only(*rows)?, self.test(*holds, 1)?);
                Every(rows.entity, Box::new(Formula::any([!only, !holds])), false)
            }
            _ => return None,
        })
    }

    fn tests(&mut self, tests: &[TestId], depth: u8) -> Option<Vec<Formula>> {
        tests.iter().map(|test| self.test(*test, depth)).collect()
    }

    pub(super) fn only(&mut self, rows: Rows) -> Option<Formula> {
        rows.only.map_or(Some(Always(true)), |only| self.test(only, 1))
    }

    fn is(&self, slot: Slot, mask: u64, depth: u8) -> Option<Formula> {
        let of = match self.dictionary.info(slot.fact)?.kind {
            Kind::YesNo => 2,
            Kind::Choice { list } => self.dictionary.lists().get(list)?.options.len(),
            _ => return None,
        };
        let of = u32::try_from(of).ok().filter(|of| (1..=64).contains(of))?;
        (slot.depth == depth).then_some(Is(slot.fact, mask & options(of), of))
    }

    fn either(&self, condition: Formula, then: Formula, otherwise: Formula) -> Formula {
        let both = Formula::all([then.clone(), otherwise.clone()]);
        let then = Formula::all([condition.clone(), then]);
        let otherwise = Formula::all([!condition, otherwise]);
        let both = if self.whole { Always(false) } else { both };
        Formula::any([then, otherwise, both])
    }

    /// A number without its name.
    fn bare(&self, mut num: NumId) -> NumId {
        while let Some(Num::Named(_, inner, _)) = self.program.num(num) {
            num = *inner;
        }
        num
    }

    fn compare(&mut self, sign: Sign, left: NumId, right: NumId) -> Option<Formula> {
        self.steps = self.steps.checked_sub(1)?;
        let (left, right) = (self.bare(left), self.bare(right));
        match sign.compare(self.program.domain(left), self.program.domain(right)) {
            Verdict::Met => return Some(Always(true)),
            Verdict::NotMet => return Some(Always(false)),
            Verdict::Unknown => {}
        }
        let program = self.program;
        match (program.num(left)?, program.num(right)?) {
            // Two figures on either side of a third are each unequal to it, and what lies
            // between them may be equal.
            (Num::If(..), _) | (_, Num::If(..)) if sign == Sign::Equal => None,
            (Num::If(condition, then, otherwise), _) => {
                let condition = self.test(*condition, 0)?;
                let then = self.compare(sign, *then, right)?;
                let otherwise = self.compare(sign, *otherwise, right)?;
                Some(self.either(condition, then, otherwise))
            }
            (_, Num::If(condition, then, otherwise)) => {
                let condition = self.test(*condition, 0)?;
                let then = self.compare(sign, left, *then)?;
                let otherwise = self.compare(sign, left, *otherwise)?;
                Some(self.either(condition, then, otherwise))
            }
            _ => {
                let mut sum = Sum::default();
                self.add(left, 1, &mut sum)?;
                self.add(right, -1, &mut sum)?;
                Some(Within(Number::Sum(sum), sign.holds(0), true))
            }
        }
    }
}

/// Alternatives about one answer as one, which is the same as long as it is known.
fn merged(tests: Vec<Formula>) -> Vec<Formula> {
    let mut made: Vec<Formula> = Vec::new();
    for test in tests {
        let known = made.iter_mut().find_map(|known| match (known, &test) {
            (Is(one, mask, _), Is(other, more, _)) if one == other => Some((mask, *more)),
            _ => None,
        });
        match known {
            Some((mask, more)) => *mask |= more,
            None => made.push(test),
        }
    }
    made
}
