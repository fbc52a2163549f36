#![doc = include_str!("../README.md")]

mod ask;
mod assess;
mod bytes;
mod cells;
mod circuit;
mod compile;
mod depend;
mod dictionary;
mod differ;
mod document;
mod enter;
mod evaluate;
mod explain;
mod fold;
mod glance;
mod hash;
pub mod json;
mod judge;
mod lang;
mod library;
mod load;
pub mod log;
mod measure;
mod mend;
mod merge;
mod names;
mod pack;
mod page;
mod param;
mod place;
mod program;
mod range;
pub mod read;
pub mod record;
mod sample;
mod schema;
mod size;
mod standard;
mod unit;
mod verdict;
mod visit;

pub use ask::Question;
pub use assess::{Assess, Decision, Refused, Replayed, With};
pub use dictionary::{
    Choice, CodeList, Dictionary, Entity, EntityRef, Fact, FactRef, Kind, Mask,
    Sensitivity, Topic,
};
pub use differ::{Difference, Effort, Parting, Said, Split, differ};
pub use document::{Fault, LoadError};
pub use enter::figure_text;
pub use explain::{Ground, Margin};
pub use json::Json;
pub use judge::{Household, Judge, Refusal};
pub use lang::Lang;
pub use library::{FIRST_STANDARD, HINTS, Library};
pub use log::{Act, Log, Stamp};
pub use mend::Change;
pub use param::{Param, ParamKind, ParamValue, Status};
pub use place::{At, Place};
pub use range::Range;
pub use record::{Answer, Answers, List, Reason, Record, Row};
pub use sample::Sampler;
pub use standard::{Cite, Criterion, Grouping, HintRule, Level, Named, Source, Standard};
pub use unit::Unit;
pub use verdict::{States, Verdict};
pub use visit::{Changed, Finding, Hint, Replay, Tally, Visit};
