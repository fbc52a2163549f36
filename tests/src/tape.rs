//! A tape of numbers that chooses: proptest shortens the tape, and the case with it.

use std::cell::Cell;

/// Numbers to choose by; a tape that has run out always chooses the first.
#[derive(Debug)]
pub struct Tape<'a> {
    numbers: &'a [u32],
    at: Cell<usize>,
}

impl<'a> Tape<'a> {
    /// A tape from its start.
    #[must_use]
    pub fn new(numbers: &'a [u32]) -> Self {
        Self { numbers, at: Cell::new(0) }
    }

    fn next(&self) -> u64 {
        let at = self.at.get();
        self.at.set(at.saturating_add(1));
        self.numbers.get(at).copied().map_or(0, u64::from)
    }

    /// A number below `most`; 0 where there is none.
    pub fn below(&self, most: usize) -> usize {
        let most = u64::try_from(most).unwrap_or(0);
        let chosen = self.next().checked_rem(most).unwrap_or(0);
        usize::try_from(chosen).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).saturating_add(1);
        let chosen = i64::try_from(self.next()).unwrap_or(0).checked_rem(span);
        low.saturating_add(chosen.unwrap_or(0))
    }

    /// Once in so many times; never when the tape has run out.
    pub fn once_in(&self, times: usize) -> bool {
        self.below(times) == times.saturating_sub(1)
    }

    /// One of these.
    ///
    /// # Panics
    ///
    /// Where there is nothing to choose from.
    pub fn of<'b, T>(&self, choices: &'b [T]) -> &'b T {
        let Some(chosen) = choices.get(self.below(choices.len())) else {
            unreachable!("nothing to choose from")
        };
        chosen
    }
}
