//! A visit over its life: noted, finished, opened again, made anew a year later.

use crate::log::{Act, Stamp};
use crate::record::{Before, Finished, Record};

use super::Visit;

/// The version of this core, as reports and finished records have it.
pub(crate) const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// 复核: what a finished record was found to be, and is found to be now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// When it was finished.
    pub was: Finished,
    /// What it would be finished with now.
    pub now: Finished,
}

impl Replay {
    /// Whether the text of the standard is another one.
    #[must_use]
    pub fn is_other_text(&self) -> bool {
        self.was.hash != self.now.hash
    }

    /// Whether another version of the core judges now.
    #[must_use]
    pub fn is_other_engine(&self) -> bool {
        self.was.engine != self.now.engine
    }

    /// Whether any verdict is another one.
    #[must_use]
    pub fn is_other_verdict(&self) -> bool {
        let all = |one: &Finished| (one.verdict.clone(), one.verdicts.clone());
        all(&self.was) != all(&self.now)
    }
}

impl Visit {
    /// Notes in the record's log what was done, and seals the record.
    pub fn note(&mut self, notes: Vec<(Act, Vec<String>)>, stamp: &Stamp) {
        for (act, places) in notes {
            self.record.log.note(act, places, stamp);
        }
        self.record.seal();
    }

    /// Finishes the record (完成) with what was found and what found it.
    pub fn finish(&mut self, stamp: &Stamp) {
        let found = self.found();
        self.record.finished = Some(Finished { stamp: stamp.clone(), ..found });
        self.note(vec![(Act::Finished, Vec::new())], stamp);
    }

    /// Opens a finished record again (重新打开): what it was stays among its versions.
    pub fn reopen(&mut self, stamp: &Stamp) {
        let place = ["/versions/", &self.record.versions.len().to_string()].concat();
        self.record.turn_over();
        self.note(vec![(Act::Reopened, vec![place])], stamp);
    }

    /// What the record would be finished with now, without the moment.
    #[must_use]
    pub fn found(&self) -> Finished {
        let standard = self.standard();
        let verdicts = standard.criteria().iter().zip(&self.verdicts);
        let verdicts =
            verdicts.map(|(one, verdict)| (one.id.clone(), verdict.as_str().to_owned()));
        Finished {
            stamp: Stamp::default(),
            engine: ENGINE.to_owned(),
            standard: standard.id().to_owned(),
            hash: standard.hash().to_owned(),
            verdict: self.verdict().as_str().to_owned(),
            verdicts: verdicts.collect(),
        }
    }

    /// What the record was finished with, beside what is found now; none while it is open.
    #[must_use]
    pub fn replay(&self) -> Option<Replay> {
        let was = self.record.finished.clone()?;
        Some(Replay { was, now: self.found() })
    }

    /// The record of the next year's visit (据上年走访新建): nothing is answered yet, and
    /// this year's answers stand beside, to be confirmed.
    #[must_use]
    pub fn next_year(&self, id: &str, date: &str) -> Record {
        let was = &self.record;
        let before = Before {
            id: was.id.clone(),
            year: was.year,
            date: was.date.clone(),
            answers: was.answers.clone(),
            lists: was.lists.clone(),
        };
        Record {
            id: id.to_owned(),
            standard: was.standard.clone(),
            year: was.year.and_then(|year| year.checked_add(1)),
            date: Some(date.to_owned()),
            before: Some(Box::new(before)),
            ..Record::default()
        }
    }

    /// The visit of last year, with its answers as people read them; none where this one
    /// was not made from it.
    #[must_use]
    pub fn before(&self) -> Option<Self> {
        let before = self.record.before.as_ref()?;
        let record = Record {
            year: self.record.year,
            date: self.record.date.clone(),
            answers: before.answers.clone(),
            lists: before.lists.clone(),
            ..Record::default()
        };
        Some(Self::judged(self.applied.clone(), self.hints_by.clone(), record))
    }
}
