//! Chance that is none: numbers that follow from a seed.

use crate::range::Range;

/// Numbers that look thrown; the same seed and the same number give the same ones.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The step from one state to the next: 2⁶⁴ over the golden ratio.
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

    /// The dice for one household of a seed.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        Self(mixed(mixed(seed).wrapping_add(number)))
    }

    /// A number below `most`; 0 where there is none.
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(Self::STEP);
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        let thrown = mixed(self.0).checked_rem(most).unwrap_or(0);
        usize::try_from(thrown).unwrap_or(0)
    }

    /// A number of a span, both ends included.
    pub(super) fn within(&mut self, span: Range) -> i64 {
        let count = span.hi.saturating_sub(span.lo).saturating_add(1);
        let thrown = self.below(usize::try_from(count).unwrap_or(usize::MAX));
        span.lo.saturating_add(i64::try_from(thrown).unwrap_or(0))
    }

    /// Once in so many times; never where that is 0.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        times > 0 && self.below(times) == 0
    }

    /// One of these.
    pub(super) fn of<T: Copy>(&mut self, choices: &[T]) -> Option<T> {
        choices.get(self.below(choices.len())).copied()
    }
}

fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
