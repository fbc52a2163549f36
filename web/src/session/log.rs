//! What was done, noted until the record is kept and its log with it.

use ruhu_core::record::Notice;
use ruhu_core::{Act, At, EntityRef, Place, Record, Stamp};

use super::Session;
use super::edit::Effect;

/// A thing that was done, and where.
pub(super) type Note = (Act, String);

impl Session {
    /// From now on the log is told the time by this clock, and this name of the device.
    pub fn stamped_by(&mut self, clock: fn() -> String, device: String) {
        self.clock = clock;
        self.device_id = device;
    }

    pub(super) fn stamp(&self) -> Stamp {
        Stamp { time: (self.clock)(), device: self.device_id.clone() }
    }

    /// Notes what was done; keys that follow each other in one box are one note.
    pub(super) fn note(&mut self, act: Act, place: String) {
        let note = (act, place);
        if act != Act::Answer || self.noted.last() != Some(&note) {
            self.noted.push(note);
        }
    }

    /// Puts what was noted into the log and binds it to the record: not at a keystroke,
    /// but whenever the record is kept or leaves.
    pub(super) fn seal(&mut self) {
        if self.noted.is_empty() {
            return;
        }
        let notes = std::mem::take(&mut self.noted);
        let notes = notes.into_iter().map(|(act, place)| {
            (act, Some(place).filter(|place| !place.is_empty()).into_iter().collect())
        });
        let stamp = self.stamp();
        self.visit.note(notes.collect(), &stamp);
    }

    /// The record as it stands, its log with it, as JSON.
    #[must_use]
    pub fn record_text(&mut self) -> String {
        self.seal();
        self.visit.record().to_json()
    }

    /// A record from elsewhere: that it was opened, and opened though its log does not
    /// hold, is part of its log; a finished record stays as it is.
    pub(super) fn opened_record(
        &mut self,
        key: &str,
        record: Record,
        notices: Vec<Notice>,
    ) -> Effect {
        let at = notices.iter().find(|notice| notice.key.starts_with("log_"));
        let at = at.map(|notice| notice.path.clone());
        let effect = self.replace(key, record, notices, "loaded");
        if self.trouble.is_none() && !self.is_finished() {
            self.note(Act::Opened, String::new());
            at.into_iter().for_each(|at| self.note(Act::Mismatched, at));
        }
        effect
    }

    /// Where an answer stands in the record.
    pub(super) fn path(&self, at: At) -> String {
        let dictionary = self.visit.standard().dictionary();
        let fact = dictionary.info(at.fact).map_or("", |info| &info.id);
        if at.place == Place::HOUSEHOLD {
            return ["/answers/", fact].concat();
        }
        [&self.row_path(at.place), "/", fact].concat()
    }

    /// Where a row stands in the record: by its key.
    pub(super) fn row_path(&self, place: Place) -> String {
        [&self.list_path(place.entity), "/", &place.row.to_string()].concat()
    }

    pub(super) fn list_path(&self, list: EntityRef) -> String {
        let dictionary = self.visit.standard().dictionary();
        let id = dictionary.entity_info(list).map_or("", |info| &info.id);
        ["/lists/", id].concat()
    }
}
