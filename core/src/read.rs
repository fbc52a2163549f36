//! Reading what was typed: from text to figures, days and numbers on cards, or to a problem.

mod calendar;
mod date;
mod identity;
mod number;
mod problem;
mod text;

pub(crate) use calendar::born_by;
pub use calendar::{age, date_text, last_month_day};
pub(crate) use date::YEARS;
pub use date::date;
pub use identity::{DisabilityCertificate, IdNumber, disability_certificate, id_number};
pub use number::{measured, number};
pub use problem::Problem;
pub use text::text;
