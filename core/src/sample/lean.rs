//! Which way the criteria would have each answer, and the sums they compare.

use crate::depend::Seen;
use crate::dictionary::FactRef;
use crate::program::{NumId, Sign, Slot, Test, TestId};
use crate::range::Range;

use super::draw::Side;
use super::edges::{Edges, opposite};

/// What is asked of an answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Want {
    /// It only says which way is gone: any will do.
    Any,
    /// One of these, a bit each; yes is the second.
    Options(u64),
    /// A figure of these.
    Figures(Range),
    /// Any other figure than these.
    Beyond(Range),
}

impl Want {
    /// The same as seen from a side of it; none where anything will do.
    pub(super) fn seen_from(self, side: Side) -> Option<Self> {
        match (side, self) {
            (Side::Any, _) | (_, Self::Any) => None,
            (Side::Wanted, want) => Some(want),
            (Side::Against, Self::Options(mask)) => Some(Self::Options(!mask)),
            (Side::Against, Self::Figures(range)) => Some(Self::Beyond(range)),
            (Side::Against, Self::Beyond(range)) => Some(Self::Figures(range)),
        }
    }

    /// Whether it is met by a figure, or the place of an option.
    pub(super) fn allows(self, figure: i64) -> bool {
        let within = |range: Range| (range.lo..=range.hi).contains(&figure);
        match self {
            Self::Any => true,
            Self::Options(mask) => {
                let at = u32::try_from(figure).unwrap_or(u32::MAX);
                mask.checked_shr(at).is_some_and(|mask| mask & 1 == 1)
            }
            Self::Figures(range) => within(range),
            Self::Beyond(range) => !within(range),
        }
    }
}

/// Two numbers that are compared and of which one at least is made of several answers.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    /// As the criterion would have it.
    pub(super) sign: Sign,
    pub(super) left: NumId,
    pub(super) right: NumId,
    /// The facts on the left alone.
    pub(super) facts: Vec<FactRef>,
}

/// A walk down the criteria.
#[derive(Debug)]
pub(super) struct Lean<'a> {
    edges: &'a Edges<'a>,
    /// Which of several ways is gone where one is enough.
    way: usize,
    wants: Vec<Option<Want>>,
    sums: Vec<Sum>,
}

impl<'a> Lean<'a> {
    pub(super) fn new(edges: &'a Edges<'a>, way: usize, facts: usize) -> Self {
        Self { edges, way, wants: vec![None; facts], sums: Vec::new() }
    }

    /// By fact what is wanted, and the sums.
    pub(super) fn found(self) -> (Vec<Option<Want>>, Vec<Sum>) {
        (self.wants, self.sums)
    }

    /// Walks down a condition that is to hold, or to fail, or only tells two ways apart;
    /// `home` where it is about the household and not a row.
    pub(super) fn test(&mut self, id: TestId, hold: Option<bool>, home: bool) {
        let Some(test) = self.edges.test(id) else { return };
        match test {
            Test::Named(_, inner, is_home) => self.test(*inner, hold, home || *is_home),
            Test::Not(inner) => self.test(*inner, hold.map(|hold| !hold), home),
            Test::All(tests) => self.several(tests, hold, Some(false), home),
            Test::Any(tests) => self.several(tests, hold, Some(true), home),
            Test::AtLeast(_, tests) => self.several(tests, hold, None, home),
            Test::If(condition, then, otherwise) => {
                match self.edges.settled(*condition) {
                    Some(true) => self.test(*then, hold, home),
                    Some(false) => self.test(*otherwise, hold, home),
                    None => {
                        self.test(*condition, None, home);
                        self.test(*then, hold, home);
                        self.test(*otherwise, hold, home);
                    }
                }
            }
            Test::Every(rows, holds) | Test::Some(rows, holds) => {
                if let Some(only) = rows.only {
                    self.test(only, None, false);
                }
                self.test(*holds, hold, false);
            }
            Test::Yes(slot) => self.options(*slot, 0b10, hold),
            Test::Is(slot, mask) => self.options(*slot, *mask, hold),
            Test::Compare(sign, left, right) => {
                self.compare(*sign, (*left, *right), hold, home);
            }
            Test::Between(..)
            | Test::Always(_)
            | Test::Within(..)
            | Test::IsParam(..)
            | Test::Same(_)
            | Test::Known(_) => {}
        }
    }

    /// The parts of a condition. Where one of them is enough, all but the way that is gone
    /// fail, so that it alone decides; beside the first, which is the usual one, only bare
    /// answers do.
    fn several(
        &mut self,
        tests: &[TestId],
        hold: Option<bool>,
        enough: Option<bool>,
        home: bool,
    ) {
        let one_is_enough = hold.is_some() && hold == enough;
        let way = self.way.checked_rem(tests.len()).unwrap_or(0);
        for (at, test) in tests.iter().enumerate() {
            let is_bare = matches!(self.edges.test(*test), Some(Test::Yes(_)));
            let aside = one_is_enough && at != way && (way > 0 || is_bare);
            self.test(*test, if aside { hold.map(|hold| !hold) } else { hold }, home);
        }
    }

    fn options(&mut self, slot: Slot, mask: u64, hold: Option<bool>) {
        self.want(
            slot,
            match hold {
                None => Want::Any,
                Some(true) => Want::Options(mask),
                Some(false) => Want::Options(!mask),
            },
        );
    }

    /// What is said first of a fact stays; what is said later may narrow it.
    fn want(&mut self, slot: Slot, want: Want) {
        let Some(kept) = self.wants.get_mut(slot.fact.index()) else { return };
        *kept = Some(match (*kept, want) {
            (None, want) => want,
            (Some(Want::Options(mask)), Want::Options(more)) if mask & more != 0 => {
                Want::Options(mask & more)
            }
            (Some(Want::Figures(range)), Want::Figures(more)) => {
                Want::Figures(range.meet(more).unwrap_or(range))
            }
            (Some(kept), _) => kept,
        });
    }

    fn compare(
        &mut self,
        sign: Sign,
        (left, right): (NumId, NumId),
        hold: Option<bool>,
        home: bool,
    ) {
        let sign = if hold == Some(false) { opposite(sign) } else { Some(sign) };
        let (Some(sign), Some(_)) = (sign, hold) else { return };
        if let (Some(slot), Some(line)) = (self.edges.fact(left), self.edges.line(right))
        {
            // Far enough, whatever else the line hangs on.
            let line =
                if matches!(sign, Sign::Over | Sign::NoLess) { line.hi } else { line.lo };
            self.want(slot, Want::Figures(sign.holds(line)));
        } else if home {
            self.sum(sign, left, right);
        }
    }

    fn sum(&mut self, sign: Sign, left: NumId, right: NumId) {
        let [of_left, of_right] = [left, right].map(|num| {
            let mut seen = Seen::default();
            seen.num(self.edges.program, num);
            seen.facts
        });
        let mut facts = of_left;
        facts.retain(|fact| !of_right.contains(fact));
        self.sums.push(Sum { sign, left, right, facts });
    }
}
