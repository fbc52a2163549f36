//! What was done, noted until the record is kept and its log with it.

use ruhu_core::log::Entry;
use ruhu_core::record::Notice;
use ruhu_core::{Act, At, EntityRef, Place, Record, Stamp};

use super::Session;
use super::edit::Effect;
use super::minute;

/// One thing that was done, in words (一条留痕).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// When, to the minute.
    pub time: String,
    /// On which device.
    pub device: String,
    /// What was done, and where.
    pub what: String,
}

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

    /// What was done to the record, in words: the newest first, and at most so many. What is
    /// not kept yet is not in it.
    #[must_use]
    pub fn traces(&self, most: usize) -> Vec<Trace> {
        let entries = self.visit.record().log.entries();
        let last = entries.iter().rev().take(most);
        last.map(|entry| Trace {
            time: minute(&entry.stamp.time),
            device: self.say_device(&entry.stamp.device),
            what: self.say_act(entry),
        })
        .collect()
    }

    fn say_device(&self, device: &str) -> String {
        if device == self.device_id {
            return self.say("this_device");
        }
        // Enough to tell one from another.
        let name: String = device.chars().take(4).collect();
        self.fill("other_device", &[("name", &name)])
    }

    fn say_act(&self, entry: &Entry) -> String {
        let act = self.lang.named("act", &entry.act);
        let places = entry
            .places
            .iter()
            .map(|place| self.say_spot(&self.spot(place), &self.visit));
        let places: Vec<String> = places.collect();
        if places.is_empty() {
            return act;
        }
        let places = places.join(&self.lang.comma());
        self.fill("done_at", &[("act", &act), ("place", &places)])
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
