//! Changes that few visits make, or make once: a phone fetches what makes them after the
//! rest of the form.

use ruhu_core::{Act, Record};

use super::edit::{Edit, Effect};
use super::{Session, Watch};

impl Session {
    pub(crate) fn seldom(&mut self, edit: Edit) -> Effect {
        match edit {
            Edit::Standard(id) => {
                let mut record = Record { standard: id, ..self.visit.record().clone() };
                self.standard_found(&mut record);
                if !self.is_finished() {
                    self.note(Act::Setting, "/standard".to_owned());
                }
                self.open_record(record)
            }
            Edit::StandardFile(standard) => self.standard_file(standard),
            Edit::Record(key, record, notices) => {
                self.opened_record(&key, *record, notices)
            }
            Edit::Finish(sure) => self.finish(sure),
            Edit::Reopen => self.reopen(),
            Edit::NextYear(id, today) => self.next_year(&id, &today),
            Edit::AsBefore(at) => self.as_before(at),
            Edit::AllAsBefore(topic, place) => self.all_as_before(topic, place),
            Edit::RowAsBefore(topic, row) => self.row_as_before(topic, row),
            Edit::New(key, today) => self.renew(&key, &today),
            Edit::Visit(key, text, missing) => self.open_kept(key, &text, missing),
            Edit::Undo => self.undo(),
            Edit::Forget(key) => self.forget(key),
            Edit::Forgotten(key, new, today) => self.forgotten(&key, &new, &today),
            Edit::Desk(task) => self.at_desk(task),
            Edit::Unfold(criterion) => {
                self.sheet = criterion;
                Effect::of(&[Watch::Sheet])
            }
            Edit::Language(language) => self.speak_in(language),
            Edit::Words(language, words) => {
                self.library.learn(&language, words);
                self.speak_in(language)
            }
            Edit::Grouping(grouping) => {
                self.look.grouping = grouping;
                Effect::all()
            }
            Edit::Contrast(contrast) => {
                self.look.contrast = contrast;
                Effect::all()
            }
            Edit::Large(large) => {
                self.look.large = large;
                Effect::all()
            }
            Edit::Apart(key) => {
                self.key = key;
                self.fresh = None;
                Effect::default()
            }
            Edit::LockSet(lock, word) => self.set_lock(lock, word),
            Edit::Locked(why) => self.refuse_lock(why),
            Edit::Heads(heads) => {
                self.visits.heads = Some(heads.into_iter().map(Into::into).collect());
                self.visits.going.clear();
                Effect::of(&[Watch::Visits])
            }
            Edit::Find(text) => {
                self.visits.find = text;
                Effect::of(&[Watch::Visits])
            }
            Edit::Only(stage) => {
                self.visits.only = stage;
                Effect::of(&[Watch::Visits])
            }
            // Made in `apply.rs`, of which this is the rest.
            Edit::Answer(..)
            | Edit::Add(_)
            | Edit::Copy(..)
            | Edit::Remove(..)
            | Edit::Complete(..)
            | Edit::Choose(..)
            | Edit::When(..)
            | Edit::Quiet
            | Edit::Trouble(_)
            | Edit::Go(_)
            | Edit::Ask(_)
            | Edit::Open(..)
            | Edit::Sheet(_)
            | Edit::Writer(_)
            | Edit::Lock(_)
            | Edit::Kept(_)
            | Edit::Device(_)
            | Edit::Listed(_) => Effect::default(),
        }
    }

    fn speak_in(&mut self, language: String) -> Effect {
        self.look.language = language;
        self.speak();
        Effect::all()
    }
}
