//! Where answers stand, and which one is meant.

use crate::dictionary::{EntityRef, FactRef};

/// Where answers stand: the household, or a row by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The household or a list.
    pub entity: EntityRef,
    /// The key of the row; 0 for the household.
    pub row: u32,
}

impl Place {
    /// 农户.
    pub const HOUSEHOLD: Self = Self { entity: EntityRef::HOUSEHOLD, row: 0 };
}

/// One answer: whose, and to what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Whose.
    pub place: Place,
    /// To what.
    pub fact: FactRef,
}
