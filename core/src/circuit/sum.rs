//! Numbers that are nothing but answers and rows, each so many times, added up.

use super::formula::{Formula, Number, Reader};
use super::pack::can_be;
use crate::dictionary::{EntityRef, FactRef};
use crate::program::{Num, NumId, Rows};
use crate::range::Range;
use crate::verdict::Verdict;

use Formula::Always;

/// Answers and rows, each so many times, added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) start: i64,
    pub(super) facts: Vec<(FactRef, i64)>,
    pub(super) rows: Vec<(EntityRef, Part)>,
    /// What each row that may still be missing adds.
    pub(super) missing: Vec<(EntityRef, Range)>,
}

/// What a row adds: a fact, or one, so many times; where a condition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) fact: Option<FactRef>,
    pub(super) times: i64,
    pub(super) only: Formula,
}

impl Reader<'_> {
    /// Adds a number of the household to a sum, so many times.
    pub(super) fn add(&mut self, num: NumId, times: i64, sum: &mut Sum) -> Option<()> {
        self.steps = self.steps.checked_sub(1)?;
        let program = self.program;
        match program.num(num)? {
            Num::Const(range) => {
                let more = range.known()?.checked_mul(times)?;
                sum.start = sum.start.checked_add(more)?;
            }
            Num::Fact(slot) if slot.depth == 0 => sum.facts.push((slot.fact, times)),
            Num::Add(parts) => {
                for part in parts {
                    self.add(*part, times, sum)?;
                }
            }
            Num::Less(one, other) => {
                self.add(*one, times, sum)?;
                self.add(*other, times.checked_neg()?, sum)?;
            }
            Num::Scaled(inner, factor) => {
                self.add(*inner, times.checked_mul(*factor)?, sum)?;
            }
            Num::Times(one, other) => {
                let (factor, inner) = self.factor(*one, *other)?;
                self.add(inner, times.checked_mul(factor)?, sum)?;
            }
            Num::Named(_, inner, _) => self.add(*inner, times, sum)?,
            Num::Count(rows) => {
                let only = self.only(*rows)?;
                let one = Part { fact: None, times, only: Always(true) };
                self.missing(*rows, &only, std::slice::from_ref(&one), sum);
                sum.rows.push((rows.entity, Part { only, ..one }));
            }
            Num::Sum(rows, inner) => {
                let mut parts = Vec::new();
                self.row(*inner, times, &mut parts)?;
                let only = self.only(*rows)?;
                self.missing(*rows, &only, &parts, sum);
                let parts = under(&only, parts)?;
                sum.rows.extend(parts.into_iter().map(|part| (rows.entity, part)));
            }
            _ => return None,
        }
        Some(())
    }

    /// The same of a number of a row.
    fn row(&mut self, num: NumId, times: i64, parts: &mut Vec<Part>) -> Option<()> {
        self.steps = self.steps.checked_sub(1)?;
        let program = self.program;
        let part = |fact, times| Part { fact, times, only: Always(true) };
        match program.num(num)? {
            Num::Const(range) => match range.known()?.checked_mul(times)? {
                0 => {}
                more => parts.push(part(None, more)),
            },
            Num::Fact(slot) if slot.depth == 1 => {
                parts.push(part(Some(slot.fact), times));
            }
            Num::Add(inner) => {
                for one in inner {
                    self.row(*one, times, parts)?;
                }
            }
            Num::Less(one, other) => {
                self.row(*one, times, parts)?;
                self.row(*other, times.checked_neg()?, parts)?;
            }
            Num::Scaled(inner, factor) => {
                self.row(*inner, times.checked_mul(*factor)?, parts)?;
            }
            Num::Times(one, other) => {
                let (factor, inner) = self.factor(*one, *other)?;
                self.row(inner, times.checked_mul(factor)?, parts)?;
            }
            Num::Named(_, inner, false) => self.row(*inner, times, parts)?,
            Num::If(condition, then, otherwise) => {
                let condition = self.test(*condition, 1)?;
                let (mut yes, mut no) = (Vec::new(), Vec::new());
                self.row(*then, times, &mut yes)?;
                self.row(*otherwise, times, &mut no)?;
                let made = match (yes.is_empty(), no.is_empty()) {
                    (_, true) => under(&condition, yes)?,
                    (true, false) => under(&!condition, no)?,
                    (false, false) => return None,
                };
                parts.extend(made);
            }
            _ => return None,
        }
        Some(())
    }

    /// What a row of which nothing is known adds, if it can be meant at all.
    fn missing(&self, rows: Rows, only: &Formula, parts: &[Part], sum: &mut Sum) {
        if self.blank(only) == Verdict::NotMet {
            return;
        }
        let more = parts.iter().map(|part| {
            let info = part.fact.and_then(|fact| self.dictionary.info(fact));
            let one = info.map_or(Range::exactly(1), |info| info.range);
            let one = one.times(Range::exactly(part.times));
            match self.blank(&part.only) {
                Verdict::Met => one,
                Verdict::Unknown => one.hull(Range::ZERO),
                Verdict::NotMet => Range::ZERO,
            }
        });
        let more = more.fold(Range::ZERO, Range::plus).hull(Range::ZERO);
        sum.missing.push((rows.entity, more));
    }

    /// A condition of a row of which nothing is known.
    fn blank(&self, formula: &Formula) -> Verdict {
        let range =
            |fact| self.dictionary.info(fact).map_or(Range::ZERO, |info| info.range);
        match formula {
            Always(holds) => (*holds).into(),
            Formula::Is(fact, mask, of) => {
                let can = can_be(range(*fact), *of);
                state(can & !mask == 0, can & mask != 0)
            }
            Formula::Within(Number::Fact(fact), span, holds) => {
                let met = range(*fact).meet(*span);
                let verdict = state(met == Some(range(*fact)), met.is_some());
                if *holds { verdict } else { !verdict }
            }
            Formula::All(parts) => {
                parts.iter().fold(Verdict::Met, |all, part| all.and(self.blank(part)))
            }
            Formula::Any(parts) => {
                parts.iter().fold(Verdict::NotMet, |any, part| any.or(self.blank(part)))
            }
            Formula::Within(..) | Formula::Every(..) => Verdict::Unknown,
        }
    }

    fn factor(&self, one: NumId, other: NumId) -> Option<(i64, NumId)> {
        let known = |num| match self.program.num(num) {
            Some(Num::Const(range)) => range.known(),
            _ => None,
        };
        let first = known(one).map(|factor| (factor, other));
        first.or_else(|| known(other).map(|factor| (factor, one)))
    }
}

fn state(sure: bool, may: bool) -> Verdict {
    match (sure, may) {
        (true, _) => Verdict::Met,
        (_, true) => Verdict::Unknown,
        _ => Verdict::NotMet,
    }
}

/// The parts, where a condition holds. Of several the span is not the sum of their spans
/// when it is not known whether it holds.
fn under(only: &Formula, parts: Vec<Part>) -> Option<Vec<Part>> {
    if parts.len() > 1 && *only != Always(true) {
        return None;
    }
    let under =
        |part: Part| Part { only: Formula::all([only.clone(), part.only]), ..part };
    Some(parts.into_iter().map(under).collect())
}
