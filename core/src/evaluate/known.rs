//! What was worked out for the household as a whole, until an answer changes it.

use std::cell::Cell;

use crate::range::Range;
use crate::verdict::Verdict;

/// Conditions and numbers that have a name, by place among the standard's definitions:
/// a sentence needs again what the verdict needed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    tests: Box<[Cell<Option<Verdict>>]>,
    nums: Box<[Cell<Option<Range>>]>,
}

impl Known {
    /// Nothing is worked out yet of so many definitions.
    pub(crate) fn blank(count: usize) -> Self {
        let tests = vec![Cell::new(None); count].into();
        Self { tests, nums: vec![Cell::new(None); count].into() }
    }

    /// Forgets those that the bits name; the last bit stands for all that have none.
    pub(crate) fn forget(&self, mask: u128) {
        for (at, (test, num)) in self.tests.iter().zip(&self.nums).enumerate() {
            let bit = u32::try_from(at).unwrap_or(u32::MAX).min(127);
            if mask.checked_shr(bit).unwrap_or(0) & 1 == 1 {
                test.set(None);
                num.set(None);
            }
        }
    }

    #[inline]
    pub(super) fn test(&self, at: usize, find: impl FnOnce() -> Verdict) -> Verdict {
        kept(self.tests.get(at), find)
    }

    #[inline]
    pub(super) fn num(&self, at: usize, find: impl FnOnce() -> Range) -> Range {
        kept(self.nums.get(at), find)
    }
}

#[inline]
fn kept<T: Copy>(place: Option<&Cell<Option<T>>>, find: impl FnOnce() -> T) -> T {
    if let Some(known) = place.and_then(Cell::get) {
        return known;
    }
    let found = find();
    if let Some(place) = place {
        place.set(Some(found));
    }
    found
}
