//! What was handed over (交出) and has arrived: marked so, and after some days to be taken
//! off this device (留存期限).

use std::rc::Rc;

use ruhu_core::{Act, Range, Record, read};

use super::edit::Effect;
use super::{Head, Session, Stage, Watch};

/// A visit as it went into a file: under which key it is kept, and its record.
pub type Given = (String, Rc<str>);

impl Session {
    /// After how many days it is time to take a visit off this device; none for never.
    pub const RETENTIONS: [Option<u32>; 4] = [Some(7), Some(30), Some(90), None];
    /// What holds until somebody chooses.
    pub(super) const RETENTION: Option<u32> = Some(30);

    /// The seal of a record that is written in a text; none where it is no record.
    #[must_use]
    pub fn seal_of(text: &str) -> Option<String> {
        Record::from_json(text).ok().map(|(record, _)| record.log.seal().to_owned())
    }

    /// A visit that is not on the screen, handed over: its line and its text from now on.
    /// None where it was changed since it went into the file, or cannot be read.
    #[must_use]
    pub fn handed_over(
        &self,
        (key, given): &Given,
        text: &str,
    ) -> Option<(Head, String)> {
        let (mut record, _) = Record::from_json(text).ok()?;
        let mut heads = self.visits.heads.iter().flatten();
        let head = heads.find(|head| head.key == *key)?;
        if Self::seal_of(given)? != record.log.seal() {
            return None;
        }
        let stamp = self.stamp();
        record.log.note(Act::HandedOver, Vec::new(), &stamp);
        record.seal();
        let stage = Some(Stage::HandedOver);
        Some((Head { stage, handed: stamp.time, ..Head::clone(head) }, record.to_json()))
    }

    /// The visit on the screen was handed over; whether it is still as it went into the file.
    pub(super) fn hand_over(&mut self, seal: &str) -> Effect {
        self.seal();
        if self.visit.record().log.seal() == seal {
            self.note(Act::HandedOver, String::new());
        }
        Effect { keep: true, ..Effect::of(&[Watch::Visits]) }
    }

    /// The day from which a visit is to be taken off this device, in days since 1970; none
    /// where it has to stay.
    #[must_use]
    pub fn leaves(&self, head: &Head) -> Option<i64> {
        let days = self.desk.retention?;
        let handed =
            head.handed.get(..10).filter(|_| head.stage == Some(Stage::HandedOver));
        let day = read::date(handed?).ok()?.known()?;
        Some(day.saturating_add(days.into()))
    }

    /// Under which keys the visits are kept whose time has come.
    #[must_use]
    pub fn due(&self, today: &str) -> Vec<String> {
        let today = read::date(today).ok().and_then(Range::known);
        let heads = self.visits.heads.iter().flatten();
        let due = heads.filter(|head| {
            self.leaves(head).zip(today).is_some_and(|(leaves, today)| leaves <= today)
        });
        due.map(|head| head.key.clone()).collect()
    }
}
