//! The second evaluator: slow and obvious, two-valued, for households of which all is known.
//!
//! It reads facts and standards as plain JSON and shares no line with core.

mod built_in;
mod calendar;
mod judge;
mod number;
mod rules;
mod worlds;

pub use built_in::built_in;
pub use calendar::{age, day, day_of, last_month_day, text_of_day};
pub use judge::Judge;
pub use number::Number;
pub use rules::{Fact, Kind, Plain, Rules};
pub use worlds::{Answers, Row, Rows, Sketch, Spot};
