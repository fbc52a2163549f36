//! What the tests share: cases as files, a tape that chooses, data files as values.

pub mod case;
pub mod data;
pub mod engine;
pub mod expect;
pub mod random;
pub mod run;
pub mod slow;
pub mod tape;
pub mod tiny;
