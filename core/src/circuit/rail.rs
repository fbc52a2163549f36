//! A bit once, where all is known; and twice, whether it is certain and whether it may be.

use super::{Gate, Look};
use crate::range::Range;

/// The bits of a household or a row, the last one lowest.
pub(super) trait Bits: Copy + Default {
    type Number: Copy;

    /// One more bit: whether the answer is one of these.
    fn look(self, word: u64, look: Look) -> Self;
    /// One more bit: whether the number lies there.
    fn within(self, number: Self::Number, range: Range) -> Self;
    /// One more bit: what a gate says of some bits and words.
    fn gate<const W: usize>(self, of: Self, words: [u64; W], gate: &Gate) -> Self;
    /// One more bit: whether no row had any of these.
    fn none(self, rows: Self, mask: u64) -> Self;
    /// The bits that one or the other has.
    fn had(self, row: Self) -> Self;
    /// The bits that one has or the other lacks.
    fn lacked(self, row: Self) -> Self;
    /// The same where there may be rows of which nothing is known.
    fn unfinished(self) -> Self;
    /// The number where a gate says so, and else nothing.
    fn under(self, words: [u64; 1], gate: &Gate, number: Self::Number) -> Self::Number;
    /// The number; where all is known, nothing if an answer is one of others.
    fn unless(word: u64, others: u64, number: Self::Number) -> Self::Number;

    // The loader has proved that no sum of answers is too large for its number, so what
    // wraps on the way comes back.
    fn number(range: Range) -> Self::Number;
    fn plus(one: Self::Number, other: Self::Number) -> Self::Number;
    fn times(number: Self::Number, times: i64) -> Self::Number;
}

/// Each bit as it is.
#[derive(Clone, Copy, Default)]
pub(super) struct Whole(pub(super) u64);

/// Each bit twice: whether it is certain, and whether it may be.
#[derive(Clone, Copy, Default)]
pub(super) struct Partial {
    pub(super) sure: u64,
    pub(super) may: u64,
}

#[inline(always)]
fn push(bits: u64, bit: bool) -> u64 {
    bits << 1 | u64::from(bit)
}

impl Whole {
    #[inline(always)]
    fn at<const W: usize>(self, words: [u64; W], gate: &Gate) -> bool {
        let mut wrong = self.0 & gate.of ^ gate.set;
        for (word, others) in words.iter().zip(gate.others) {
            wrong |= word & others;
        }
        wrong == 0
    }
}

impl Bits for Whole {
    type Number = i64;

    #[inline(always)]
    fn look(self, word: u64, look: Look) -> Self {
        Self(push(self.0, word & look.others == 0))
    }

    #[inline(always)]
    fn within(self, number: i64, range: Range) -> Self {
        Self(push(self.0, (number >= range.lo) & (number <= range.hi)))
    }

    #[inline(always)]
    fn gate<const W: usize>(self, of: Self, words: [u64; W], gate: &Gate) -> Self {
        Self(push(self.0, of.at(words, gate)))
    }

    #[inline(always)]
    fn none(self, rows: Self, mask: u64) -> Self {
        Self(push(self.0, rows.0 & mask == 0))
    }

    #[inline(always)]
    fn had(self, row: Self) -> Self {
        Self(self.0 | row.0)
    }

    #[inline(always)]
    fn lacked(self, row: Self) -> Self {
        Self(self.0 | !row.0)
    }

    #[inline(always)]
    fn unfinished(self) -> Self {
        self
    }

    #[inline(always)]
    fn under(self, words: [u64; 1], gate: &Gate, number: i64) -> i64 {
        if self.at(words, gate) { number } else { 0 }
    }

    #[inline(always)]
    fn unless(word: u64, others: u64, number: i64) -> i64 {
        if word & others == 0 { number } else { 0 }
    }

    #[inline(always)]
    fn number(range: Range) -> i64 {
        range.lo
    }

    #[inline(always)]
    fn plus(one: i64, other: i64) -> i64 {
        one.wrapping_add(other)
    }

    #[inline(always)]
    fn times(number: i64, times: i64) -> i64 {
        number.wrapping_mul(times)
    }
}

impl Partial {
    /// Where something may be unknown, gates look at bits alone.
    #[inline(always)]
    fn at(self, gate: &Gate) -> (bool, bool) {
        let (set, unset) = (gate.set, gate.of ^ gate.set);
        let holds = |these, those| these & set | those & unset == set;
        (holds(self.sure, self.may), holds(self.may, self.sure))
    }

    #[inline(always)]
    fn push(self, sure: bool, may: bool) -> Self {
        Self { sure: push(self.sure, sure), may: push(self.may, may) }
    }
}

impl Bits for Partial {
    type Number = Range;

    #[inline(always)]
    fn look(self, word: u64, look: Look) -> Self {
        self.push(word & look.others == 0, word & look.these != 0)
    }

    #[inline(always)]
    fn within(self, number: Range, range: Range) -> Self {
        let sure = (number.lo >= range.lo) & (number.hi <= range.hi);
        let may = (number.hi >= range.lo) & (number.lo <= range.hi);
        self.push(sure, may)
    }

    #[inline(always)]
    fn gate<const W: usize>(self, of: Self, _: [u64; W], gate: &Gate) -> Self {
        let (sure, may) = of.at(gate);
        self.push(sure, may)
    }

    #[inline(always)]
    fn none(self, rows: Self, mask: u64) -> Self {
        self.push(rows.sure & mask == 0, rows.may & mask == 0)
    }

    // Of rows "certain" is kept for what must not be found: none is certain where none may.
    #[inline(always)]
    fn had(self, row: Self) -> Self {
        Self { sure: self.sure | row.may, may: self.may | row.sure }
    }

    #[inline(always)]
    fn lacked(self, row: Self) -> Self {
        Self { sure: self.sure | !row.sure, may: self.may | !row.may }
    }

    #[inline(always)]
    fn unfinished(self) -> Self {
        Self { sure: u64::MAX, may: self.may }
    }

    #[inline(always)]
    fn under(self, _: [u64; 1], gate: &Gate, number: Range) -> Range {
        match self.at(gate) {
            (true, _) => number,
            (_, true) => number.hull(Range::ZERO),
            _ => Range::ZERO,
        }
    }

    #[inline(always)]
    fn unless(_: u64, _: u64, number: Range) -> Range {
        number
    }

    #[inline(always)]
    fn number(range: Range) -> Range {
        range
    }

    #[inline(always)]
    fn plus(one: Range, other: Range) -> Range {
        Range { lo: one.lo.wrapping_add(other.lo), hi: one.hi.wrapping_add(other.hi) }
    }

    #[inline(always)]
    fn times(number: Range, times: i64) -> Range {
        let lo = number.lo.wrapping_mul(times);
        let hi = number.hi.wrapping_mul(times);
        if times < 0 { Range { lo: hi, hi: lo } } else { Range { lo, hi } }
    }
}
