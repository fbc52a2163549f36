//! What a number can be: one figure when it is known, a span when it is not.

/// From the least to the greatest a number can be, both included; in the smallest unit
/// (fen, days, hundredths as the fact says).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// The least it can be.
    pub lo: i64,
    /// The greatest it can be.
    pub hi: i64,
}

impl Range {
    /// Zero, known.
    pub const ZERO: Self = Self::exactly(0);

    /// A figure that is known.
    #[must_use]
    pub const fn exactly(figure: i64) -> Self {
        Self { lo: figure, hi: figure }
    }

    /// A span; the ends may come in either order.
    #[must_use]
    pub fn new(one: i64, other: i64) -> Self {
        Self { lo: one.min(other), hi: one.max(other) }
    }

    /// The figure, when there is only one it can be.
    #[must_use]
    pub fn known(self) -> Option<i64> {
        (self.lo == self.hi).then_some(self.lo)
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// The part that both allow, if there is any.
    #[must_use]
    pub fn meet(self, other: Self) -> Option<Self> {
        let (lo, hi) = (self.lo.max(other.lo), self.hi.min(other.hi));
        (lo <= hi).then_some(Self { lo, hi })
    }

    /// Any sum of the two.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            lo: self.lo.saturating_add(other.lo),
            hi: self.hi.saturating_add(other.hi),
        }
    }

    /// Any difference of the two.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self {
            lo: self.lo.saturating_sub(other.hi),
            hi: self.hi.saturating_sub(other.lo),
        }
    }

    /// Any product of the two.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let corners = [
            self.lo.saturating_mul(other.lo),
            self.lo.saturating_mul(other.hi),
            self.hi.saturating_mul(other.lo),
            self.hi.saturating_mul(other.hi),
        ];
        let [mut lo, ..] = corners;
        let mut hi = lo;
        for corner in corners {
            lo = lo.min(corner);
            hi = hi.max(corner);
        }
        Self { lo, hi }
    }
}
