//! Running a program over a household: three states, and a range for every number.

mod answer;
mod known;

pub(crate) use known::Known;

use answer::{is, within, yes};

use crate::cells::{CellList, Cells};
use crate::program::{Num, NumId, Program, Rows, Sign, Slot, Test, TestId};
use crate::range::Range;
use crate::read;
use crate::verdict::Verdict;

/// What a run needs beside the household: the parameters of the year and the day.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// The exit year.
    pub(crate) year: i64,
    /// By place among the standard's parameters; a day of the year is the date it fell on.
    pub(crate) params: Box<[Range]>,
    /// Days since 1970.
    pub(crate) check_date: i64,
}

/// A household seen from a row, or from a row inside a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    pub(crate) program: &'a Program,
    pub(crate) setting: &'a Setting,
    pub(crate) cells: &'a Cells,
    known: Option<&'a Known>,
    outer: &'a [Range],
    inner: &'a [Range],
    outer_key: u32,
    depth: u8,
}

impl Sign {
    /// Compares two ranges: decided only if every pair in them agrees.
    #[must_use]
    pub(crate) fn compare(self, left: Range, right: Range) -> Verdict {
        let (always, never) = match self {
            Self::Over => (left.lo > right.hi, left.hi <= right.lo),
            Self::NoLess => (left.lo >= right.hi, left.hi < right.lo),
            Self::Under => (left.hi < right.lo, left.lo >= right.hi),
            Self::NoMore => (left.hi <= right.lo, left.lo > right.hi),
            Self::Equal => (
                left.known().is_some() && left == right,
                left.hi < right.lo || left.lo > right.hi,
            ),
        };
        match (always, never) {
            (true, _) => Verdict::Met,
            (_, true) => Verdict::NotMet,
            _ => Verdict::Unknown,
        }
    }
}

impl<'a> View<'a> {
    pub(crate) fn new(
        program: &'a Program,
        setting: &'a Setting,
        cells: &'a Cells,
    ) -> Self {
        let (outer, inner) = (&[][..], &[][..]);
        let known = None;
        Self { program, setting, cells, known, outer, inner, outer_key: 0, depth: 0 }
    }

    /// The same, with what is worked out already: of this household, in this setting.
    pub(crate) fn knowing(self, known: &'a Known) -> Self {
        Self { known: Some(known), ..self }
    }

    /// The household as a whole, from wherever it is looked at.
    #[inline]
    pub(crate) fn home(self, home: bool) -> Self {
        if home { Self { depth: 0, ..self } } else { self }
    }

    /// The same household seen from a row: the first row entered is the outer one.
    #[inline]
    pub(crate) fn at_row(&self, key: u32, row: &'a [Range]) -> Self {
        if self.depth == 0 {
            Self { outer: row, outer_key: key, depth: 1, ..*self }
        } else {
            Self { inner: row, depth: 2, ..*self }
        }
    }

    #[inline]
    pub(crate) fn cell(&self, slot: Slot) -> Range {
        let row = match slot.depth {
            0 => &self.cells.household,
            1 => self.outer,
            _ => self.inner,
        };
        row.get(usize::from(slot.column)).copied().unwrap_or(Range::ZERO)
    }

    pub(crate) fn list(&self, rows: Rows) -> Option<&'a CellList> {
        self.cells.list(rows.entity)
    }

    /// Whether a row is meant.
    #[inline]
    pub(crate) fn meant(&self, rows: Rows) -> Verdict {
        rows.only.map_or(Verdict::Met, |only| self.test(only))
    }

    /// The state of a condition. What looks at one answer is done on the spot; only what
    /// has parts costs a call.
    #[inline]
    pub(crate) fn test(&self, id: TestId) -> Verdict {
        let Some(test) = self.program.test(id) else { return Verdict::Unknown };
        match test {
            Test::Within(slot, range) => within(self.cell(*slot), *range),
            Test::Yes(slot) => yes(self.cell(*slot)),
            Test::Is(slot, mask) => is(self.cell(*slot), *mask),
            parts => self.parts(parts),
        }
    }

    #[inline(never)]
    fn parts(&self, test: &Test) -> Verdict {
        match test {
            Test::Within(slot, range) => within(self.cell(*slot), *range),
            Test::Yes(slot) => yes(self.cell(*slot)),
            Test::Is(slot, mask) => is(self.cell(*slot), *mask),
            Test::Always(verdict) => *verdict,
            Test::All(tests) => {
                let mut verdict = Verdict::Met;
                for test in tests {
                    verdict = verdict.and(self.test(*test));
                    if verdict == Verdict::NotMet {
                        break;
                    }
                }
                verdict
            }
            Test::Any(tests) => {
                let mut verdict = Verdict::NotMet;
                for test in tests {
                    verdict = verdict.or(self.test(*test));
                    if verdict == Verdict::Met {
                        break;
                    }
                }
                verdict
            }
            Test::AtLeast(wanted, tests) => self.at_least(*wanted, tests),
            Test::Not(test) => !self.test(*test),
            Test::IsParam(at, mask) => {
                self.setting.params.get(*at).map_or(Verdict::Unknown, |p| is(*p, *mask))
            }
            Test::Compare(sign, left, right) => {
                sign.compare(self.num(*left), self.num(*right))
            }
            Test::Between(middle, low, high) => {
                let middle = self.num(*middle);
                let enough = Sign::NoLess.compare(middle, self.num(*low));
                enough.and(Sign::NoMore.compare(middle, self.num(*high)))
            }
            Test::Every(rows, holds) => self.every(*rows, *holds),
            Test::Some(rows, holds) => self.some(*rows, *holds),
            Test::Same(slot) => self.same(*slot),
            Test::If(condition, then, otherwise) => match self.test(*condition) {
                Verdict::Met => self.test(*then),
                Verdict::NotMet => self.test(*otherwise),
                Verdict::Unknown => {
                    let (then, otherwise) = (self.test(*then), self.test(*otherwise));
                    if then == otherwise { then } else { Verdict::Unknown }
                }
            },
            Test::Known(slot) => self.cell(*slot).known().is_some().into(),
            Test::Named(at, test, true) => match self.known {
                Some(known) => known.test(*at, || self.home(true).test(*test)),
                None => self.home(true).test(*test),
            },
            Test::Named(_, test, false) => self.test(*test),
        }
    }

    fn at_least(&self, wanted: usize, tests: &[TestId]) -> Verdict {
        let (mut met, mut open) = (0_usize, 0_usize);
        for test in tests {
            match self.test(*test) {
                Verdict::Met => met = met.saturating_add(1),
                Verdict::Unknown => open = open.saturating_add(1),
                Verdict::NotMet => {}
            }
        }
        if met >= wanted {
            Verdict::Met
        } else if met.saturating_add(open) >= wanted {
            Verdict::Unknown
        } else {
            Verdict::NotMet
        }
    }

    fn every(&self, rows: Rows, holds: TestId) -> Verdict {
        let Some(list) = self.list(rows) else { return Verdict::Unknown };
        let mut verdict = Verdict::Met;
        for (key, row) in list.rows() {
            let row = self.at_row(key, row);
            let meant = row.meant(rows);
            if meant != Verdict::NotMet {
                verdict = verdict.and((!meant).or(row.test(holds)));
                if verdict == Verdict::NotMet {
                    return verdict;
                }
            }
        }
        if list.spare() > 0 { verdict.and(Verdict::Unknown) } else { verdict }
    }

    fn some(&self, rows: Rows, holds: TestId) -> Verdict {
        let Some(list) = self.list(rows) else { return Verdict::Unknown };
        let mut verdict = Verdict::NotMet;
        for (key, row) in list.rows() {
            let row = self.at_row(key, row);
            let meant = row.meant(rows);
            if meant != Verdict::NotMet {
                verdict = verdict.or(meant.and(row.test(holds)));
                if verdict == Verdict::Met {
                    return verdict;
                }
            }
        }
        if list.spare() > 0 { verdict.or(Verdict::Unknown) } else { verdict }
    }

    fn same(&self, slot: Slot) -> Verdict {
        let cell = self.cell(slot);
        let outer = Range::exactly(i64::from(self.outer_key));
        Sign::Equal.compare(cell, outer)
    }

    /// What a number can be; an answer and a constant are done on the spot.
    #[inline]
    pub(crate) fn num(&self, id: NumId) -> Range {
        let Some(num) = self.program.num(id) else { return Range::ZERO };
        match num {
            Num::Fact(slot) => self.cell(*slot),
            Num::Const(range) => *range,
            parts => self.figure(parts),
        }
    }

    #[inline(never)]
    fn figure(&self, num: &Num) -> Range {
        match num {
            Num::Const(range) => *range,
            Num::Fact(slot) => self.cell(*slot),
            Num::Param(at) => {
                self.setting.params.get(*at).copied().unwrap_or(Range::ZERO)
            }
            Num::CheckDate => Range::exactly(self.setting.check_date),
            Num::Add(parts) => {
                parts.iter().fold(Range::ZERO, |sum, part| sum.plus(self.num(*part)))
            }
            Num::Less(one, other) => self.num(*one).minus(self.num(*other)),
            Num::Times(one, other) => self.num(*one).times(self.num(*other)),
            Num::Scaled(inner, factor) => self.num(*inner).times(Range::exactly(*factor)),
            Num::Count(rows) => self.count(*rows),
            Num::Sum(rows, inner) => self.sum(*rows, *inner),
            Num::Min(rows, inner) => self.least(*rows, *inner),
            Num::Max(rows, inner) => self.greatest(*rows, *inner),
            Num::Age(born, at) => self.age(*born, *at),
            Num::If(condition, then, otherwise) => match self.test(*condition) {
                Verdict::Met => self.num(*then),
                Verdict::NotMet => self.num(*otherwise),
                Verdict::Unknown => self.num(*then).hull(self.num(*otherwise)),
            },
            Num::Named(at, inner, true) => match self.known {
                Some(known) => known.num(*at, || self.home(true).num(*inner)),
                None => self.home(true).num(*inner),
            },
            Num::Named(_, inner, false) => self.num(*inner),
        }
    }

    /// Full years; whoever is not yet born is nought.
    fn age(&self, born: NumId, at: NumId) -> Range {
        let (born, at) = (self.num(born), self.num(at));
        let youngest = read::age(born.hi, at.lo).clamp(0, 150);
        let oldest = read::age(born.lo, at.hi).clamp(0, 150);
        Range::new(youngest, oldest)
    }

    fn count(&self, rows: Rows) -> Range {
        let Some(list) = self.list(rows) else { return Range::ZERO };
        let blank = self.at_row(0, &list.blank).meant(rows);
        let (mut lo, mut hi) = (0_i64, 0_i64);
        if blank != Verdict::NotMet {
            hi = list.spare();
        }
        for (key, row) in list.rows() {
            match self.at_row(key, row).meant(rows) {
                Verdict::Met => {
                    lo = lo.saturating_add(1);
                    hi = hi.saturating_add(1);
                }
                Verdict::Unknown => hi = hi.saturating_add(1),
                Verdict::NotMet => {}
            }
        }
        Range { lo, hi }
    }

    fn sum(&self, rows: Rows, inner: NumId) -> Range {
        let Some(list) = self.list(rows) else { return Range::ZERO };
        let mut sum = Range::ZERO;
        for (key, row) in list.rows() {
            let row = self.at_row(key, row);
            let part = match row.meant(rows) {
                Verdict::Met => row.num(inner),
                Verdict::Unknown => row.num(inner).hull(Range::ZERO),
                Verdict::NotMet => continue,
            };
            sum = sum.plus(part);
        }
        let spare = list.spare();
        if spare > 0 {
            let blank = self.at_row(0, &list.blank);
            if blank.meant(rows) != Verdict::NotMet {
                let more = blank.num(inner).hull(Range::ZERO);
                sum = sum.plus(more.times(Range::exactly(spare)));
            }
        }
        sum
    }

    fn least(&self, rows: Rows, inner: NumId) -> Range {
        let Some(list) = self.list(rows) else { return self.program.domain(inner) };
        let domain = self.at_row(0, &list.blank).num(inner);
        let (mut lo, mut hi) = (domain.hi, domain.hi);
        for (key, row) in list.rows() {
            let row = self.at_row(key, row);
            let meant = row.meant(rows);
            if meant != Verdict::NotMet {
                let one = row.num(inner);
                lo = lo.min(one.lo);
                if meant == Verdict::Met {
                    hi = hi.min(one.hi);
                }
            }
        }
        if list.spare() > 0 {
            lo = domain.lo;
        }
        Range::new(lo.min(hi), hi)
    }

    fn greatest(&self, rows: Rows, inner: NumId) -> Range {
        let Some(list) = self.list(rows) else { return self.program.domain(inner) };
        let domain = self.at_row(0, &list.blank).num(inner);
        let (mut lo, mut hi) = (domain.lo, domain.lo);
        for (key, row) in list.rows() {
            let row = self.at_row(key, row);
            let meant = row.meant(rows);
            if meant != Verdict::NotMet {
                let one = row.num(inner);
                hi = hi.max(one.hi);
                if meant == Verdict::Met {
                    lo = lo.max(one.lo);
                }
            }
        }
        if list.spare() > 0 {
            hi = domain.hi;
        }
        Range::new(lo, hi.max(lo))
    }
}
