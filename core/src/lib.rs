//! Household exit standards, judged while answers are typed.

mod range;
mod read;
mod record;
mod verdict;

pub use range::Range;
pub use verdict::Verdict;
