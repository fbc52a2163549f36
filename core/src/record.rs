//! The record of one visit: every answer as it was typed, and nothing thrown away.

mod lists;
mod mend;
mod merge;
mod read;
mod versions;
mod write;

use std::fmt;

use litemap::LiteMap;

use crate::json::{Entries, Json};
use crate::log::{Broken, Log, Why};

pub use merge::{Conflict, Field, Merge, Side, Stand};
pub use versions::{Before, Finished};
pub(crate) use write::VERSION;

/// One visit to one household, as typed (入户调查记录).
///
/// It knows no dictionary: an answer to a fact nobody knows is kept like any other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The record's own name, given by the page; opaque.
    pub id: String,
    /// The standard it is judged by.
    pub standard: String,
    /// The year the standard is applied to.
    pub year: Option<i32>,
    /// The day of the check, as typed.
    pub date: Option<String>,
    /// Readings and options chosen for a standard's parameters.
    pub choices: Choices,
    /// What was answered about the household.
    pub answers: Answers,
    /// Its members, incomes, plots: rows by list.
    pub lists: LiteMap<String, List>,
    /// The visit of last year, where this one was made from it.
    pub before: Option<Box<Before>>,
    /// What it was finished with; nothing more is to change then.
    pub finished: Option<Finished>,
    /// What it was each time it was opened again, the oldest first: whole, or by its hash.
    pub versions: Vec<Json>,
    /// What was done to it.
    pub log: Log,
    /// What is not ours, kept and written back: a key of the record as it stands, or a
    /// place in it, `/answers/phone`, with what stood there.
    pub unread: Entries,
}

/// Answers by fact; a fact without one is blank.
pub type Answers = LiteMap<String, Answer>;

/// What was chosen, by parameter (选定的口径).
pub type Choices = LiteMap<String, String>;

/// A list of rows, and whether it is finished (名单).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// 已全部填写: that is all of them.
    pub complete: bool,
    /// In the order in which they are shown.
    pub rows: Vec<Row>,
}

/// One row of a list, as a member (一行).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Names the row within its list, for as long as it is there.
    pub key: u32,
    /// What was answered about it.
    pub answers: Answers,
}

/// An answer (填写): as typed, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The text as typed.
    Known(String),
    /// Asked or not, and still unknown.
    Unknown {
        /// Why.
        reason: Reason,
        /// What was typed before, or instead.
        was: Option<String>,
    },
}

impl Answer {
    /// An answer as typed.
    #[must_use]
    pub fn known(text: &str) -> Self {
        Self::Known(text.to_owned())
    }

    /// What the box shows: the text as typed, also where the answer stays unknown.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Known(text) => text,
            Self::Unknown { was, .. } => was.as_deref().unwrap_or_default(),
        }
    }
}

/// Why an answer is unknown (未知原因).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// 未询问.
    NotAsked,
    /// 不清楚.
    DoesNotKnow,
    /// 不愿说.
    Refused,
    /// 不适用.
    NotApplicable,
    /// 说法不一.
    Conflict,
}

impl Reason {
    /// Every reason there is.
    pub const ALL: [Self; 5] = [
        Self::NotAsked,
        Self::DoesNotKnow,
        Self::Refused,
        Self::NotApplicable,
        Self::Conflict,
    ];

    /// The name in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::DoesNotKnow => "does_not_know",
            Self::Refused => "refused",
            Self::NotApplicable => "not_applicable",
            Self::Conflict => "conflict",
        }
    }

    /// The reason of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }
}

/// Something in a record that was read otherwise than written (提示); words: `notice.<key>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The place in the text, `/lists/member/rows/2/key`; empty for the whole of it.
    pub path: String,
    /// The kind of notice.
    pub key: &'static str,
}

impl Notice {
    /// That a log does not hold, and where.
    pub(crate) fn broken(broken: Broken) -> Self {
        match broken.why {
            Why::Record => Self { path: "/log".to_owned(), key: "log_record" },
            Why::Entry => {
                let index = broken.at.saturating_sub(1).to_string();
                Self { path: ["/log/entries/", &index].concat(), key: "log_entry" }
            }
        }
    }
}

/// Why a text is no record (无法打开的记录); the text is the caller's to keep.
///
/// Words: `record.<key>` says what is wrong, `advice.record.<key>` what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordError {
    /// Not JSON, or cut off.
    NotJson {
        /// The line where reading stopped, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// JSON, but no object, or one with neither `ruhu` nor `answers` nor `lists`.
    NotARecord,
    /// A standard's file (退出标准), which is opened elsewhere.
    AStandard,
    /// Written by a later version, whose rules are not known here.
    Newer {
        /// That version.
        version: String,
    },
    /// Larger than any household: above 16 MiB, a million values, or 50,000 that cannot
    /// be read.
    TooLarge,
}

impl RecordError {
    /// The name in words.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "not_json",
            Self::NotARecord => "not_a_record",
            Self::AStandard => "a_standard",
            Self::Newer { .. } => "newer",
            Self::TooLarge => "too_large",
        }
    }

    /// What the words name, by placeholder.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotJson { line, column } => {
                vec![("line", line.to_string()), ("column", column.to_string())]
            }
            Self::Newer { version } => vec![("version", version.clone())],
            Self::NotARecord | Self::AStandard | Self::TooLarge => Vec::new(),
        }
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.key())?;
        for (name, value) in self.args() {
            out.write_str(&[" ", name, " `", &value, "`"].concat())?;
        }
        Ok(())
    }
}

impl std::error::Error for RecordError {}
