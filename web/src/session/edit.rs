//! Every change a person can make, and what can follow from one.

use ruhu_core::record::Notice;
use ruhu_core::{Answer, At, EntityRef, Place, Question, Record};

use super::standards::OwnStandard;
use super::{Device, Head, Kept, Lock, Page, Stage, Task, Watch, Writer};

/// A change.
#[derive(Clone, Debug)]
pub enum Edit {
    /// An answer, or none.
    Answer(At, Option<Answer>),
    /// A new row under a topic.
    Add(usize),
    /// A row like this one.
    Copy(usize, Place),
    /// A row away.
    Remove(usize, Place),
    /// "That is all of them", or not yet.
    Complete(EntityRef, bool),
    /// Which reading of a parameter holds.
    Choose(String, Option<String>),
    /// The exit year and the day of the check.
    When(i64, String),
    /// The standard to judge by.
    Standard(String),
    /// A standard from a file.
    StandardFile(OwnStandard),
    /// A record from a file or a portal, under a key, and what was odd in it.
    Record(String, Box<Record>, Vec<Notice>),
    /// A new household: its key, and today.
    New(String, String),
    /// A visit that was kept: its key, its text, how many of its changes are missing.
    Visit(String, String, u32),
    /// The visits on this device.
    Heads(Vec<Head>),
    /// A visit was kept, and so stands in the list.
    Listed(Head),
    /// What is looked for in the list.
    Find(String),
    /// The stage that is looked for.
    Only(Option<Stage>),
    /// A visit off the list, to be brought back for a while.
    Forget(String),
    /// That visit is gone from this device; a new key, and today.
    Forgotten(String, String, String),
    /// Which window writes.
    Writer(Writer),
    /// The visit on the screen is kept under another key, beside the one it came from.
    Apart(String),
    /// Whether what is kept is under a PIN.
    Lock(Lock),
    /// A PIN was set, changed or taken away: what holds from now on, and the word for it.
    LockSet(Lock, &'static str),
    /// A PIN was not taken, in words.
    Locked(String),
    /// The record locked with its verdicts; whether nothing more is to be asked first.
    Finish(bool),
    /// A finished record opened again.
    Reopen,
    /// The visit of the next year: its key, and today.
    NextYear(String, String),
    /// Last year's answer holds.
    AsBefore(At),
    /// All that is left of last year's answers in a topic holds.
    AllAsBefore(usize, Place),
    /// A row of last year is here again: the topic, and its key.
    RowAsBefore(usize, u32),
    /// What was done last, taken back.
    Undo,
    /// The message at the foot away.
    Quiet,
    /// What went wrong, in words.
    Trouble(String),
    /// Another page.
    Go(Page),
    /// To where a question is asked.
    Ask(Question),
    /// Opens the card of a row under a topic, or closes it.
    Open(usize, Option<u32>),
    /// The sheet of reasons open or closed.
    Sheet(bool),
    /// A criterion unfolded on the sheet.
    Unfold(Option<usize>),
    /// The language.
    Language(String),
    /// A language with its words, which were not here.
    Words(String, String),
    /// The slogan under which criteria are grouped.
    Grouping(usize),
    /// For sunlight.
    Contrast(bool),
    /// Larger letters.
    Large(bool),
    /// Whether answers are kept.
    Kept(Kept),
    /// What the page tells of this device.
    Device(Device),
    /// What is done with files.
    Desk(Task),
}

/// How far a change reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// What the record says; a finished one does not change.
    Record,
    /// Which visit is on the screen, or by what it is judged.
    Visit,
    /// The screen and this device alone.
    Screen,
}

impl Edit {
    /// Whether it may bring another visit to the screen.
    #[must_use]
    pub fn opens(&self) -> bool {
        matches!(
            self,
            Self::Record(..)
                | Self::New(..)
                | Self::NextYear(..)
                | Self::Visit(..)
                | Self::Undo
        )
    }

    /// Whether it changes what is kept of a visit.
    pub(super) fn writes(&self) -> bool {
        self.reach() != Reach::Screen
    }

    /// How far it reaches.
    pub(super) fn reach(&self) -> Reach {
        match self {
            Self::Answer(..)
            | Self::Add(_)
            | Self::Copy(..)
            | Self::Remove(..)
            | Self::Complete(..)
            | Self::Choose(..)
            | Self::When(..)
            | Self::AsBefore(_)
            | Self::AllAsBefore(..)
            | Self::RowAsBefore(..)
            | Self::Finish(_) => Reach::Record,
            Self::Standard(_)
            | Self::StandardFile(_)
            | Self::Record(..)
            | Self::New(..)
            | Self::Reopen
            | Self::NextYear(..)
            | Self::Forget(_)
            | Self::Undo => Reach::Visit,
            Self::Visit(..)
            | Self::Heads(_)
            | Self::Listed(_)
            | Self::Find(_)
            | Self::Only(_)
            | Self::Forgotten(..)
            | Self::Writer(_)
            | Self::Apart(_)
            | Self::Lock(_)
            | Self::LockSet(..)
            | Self::Locked(_)
            | Self::Quiet
            | Self::Trouble(_)
            | Self::Go(_)
            | Self::Ask(_)
            | Self::Open(..)
            | Self::Sheet(_)
            | Self::Unfold(_)
            | Self::Language(_)
            | Self::Words(..)
            | Self::Grouping(_)
            | Self::Contrast(_)
            | Self::Large(_)
            | Self::Kept(_)
            | Self::Device(_)
            | Self::Desk(_) => Reach::Screen,
        }
    }
}

/// What follows from a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// What must be drawn again.
    pub watch: Vec<Watch>,
    /// What must be drawn again, but may wait until the verdict is on the screen.
    pub after: Vec<Watch>,
    /// Whether there is something new to keep.
    pub keep: bool,
    /// The id of what is focused next.
    pub focus: Option<String>,
    /// The key of a visit that is to be taken off this device for good.
    pub forget: Option<String>,
}

impl Effect {
    pub(super) fn of(watch: &[Watch]) -> Self {
        Self { watch: watch.to_vec(), ..Self::default() }
    }

    pub(super) fn all() -> Self {
        Self { watch: vec![Watch::Screen], keep: true, ..Self::default() }
    }
}
