//! Exact decimal numbers: an integer and how many of its digits stand after the point.

use std::cmp::Ordering;

/// `digits / 10^places`.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    digits: i128,
    places: u32,
}

impl Number {
    /// A whole number.
    #[must_use]
    pub fn whole(digits: i128) -> Self {
        Self { digits, places: 0 }
    }

    /// Plain digits, with a sign or a point at most: `-12.50`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{part}").parse().ok()?;
        Some(Self { digits, places: u32::try_from(part.len()).ok()? })
    }

    /// The whole number it is, if it is one.
    #[must_use]
    pub fn to_whole(self) -> Option<i128> {
        let one = ten(self.places);
        (self.digits.checked_rem(one) == Some(0))
            .then(|| self.digits.checked_div(one))
            .flatten()
    }

    fn together(self, other: Self) -> (i128, i128, u32) {
        let places = self.places.max(other.places);
        let stretch = |one: Self| {
            let more = ten(places.saturating_sub(one.places));
            one.digits.saturating_mul(more)
        };
        (stretch(self), stretch(other), places)
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let (one, two, places) = self.together(other);
        Self { digits: one.saturating_add(two), places }
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let (one, two, places) = self.together(other);
        Self { digits: one.saturating_sub(two), places }
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self {
            digits: self.digits.saturating_mul(other.digits),
            places: self.places.saturating_add(other.places),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, two, _) = self.together(*other);
        one.cmp(&two)
    }
}

fn ten(places: u32) -> i128 {
    10_i128.saturating_pow(places)
}
