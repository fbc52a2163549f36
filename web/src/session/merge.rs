//! A record that is here already, and another copy of it: which of them holds the other.

use ruhu_core::{Log, Record};

use super::Session;

/// How a copy of a record from elsewhere stands to the one on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Every answer is the same.
    Same,
    /// The one here went on from it.
    Older,
    /// It went on from the one here.
    Newer,
    /// Each was changed since they were one.
    Apart,
}

impl Session {
    /// The own name of a record that is written in a text; empty where there is none.
    #[must_use]
    pub fn id_of(&self, text: &str) -> String {
        Record::from_json(text).map(|(record, _)| record.id).unwrap_or_default()
    }

    /// How a copy stands to the one here, by what their logs tell; a text that is no record
    /// stands apart from all.
    #[must_use]
    pub fn stand(here: &str, copy: &str) -> Stand {
        let read = |text: &str| Record::from_json(text).ok().map(|(record, _)| record);
        let Some((here, copy)) = read(here).zip(read(copy)) else { return Stand::Apart };
        let answers = |record: &Record| Record { log: Log::default(), ..record.clone() };
        if answers(&here) == answers(&copy) {
            return Stand::Same;
        }
        let holds = |record: &Record, other: &Record| {
            let last = other.log.entries().last();
            last.is_some_and(|last| {
                record.log.entries().iter().any(|entry| entry.hash == last.hash)
            })
        };
        match (holds(&here, &copy), holds(&copy, &here)) {
            (true, false) => Stand::Older,
            (false, true) => Stand::Newer,
            _ => Stand::Apart,
        }
    }
}
