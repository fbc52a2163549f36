//! Another visit comes to the screen: a new one, one from a file, one that was kept.

use std::mem;
use std::rc::Rc;

use ruhu_core::record::Notice;
use ruhu_core::{Record, Visit};

use super::edit::Effect;
use super::log::Note;
use super::{Page, Session, Undo, Watch, blank};

/// What was on the screen before, to come back whole.
#[derive(Clone, Debug)]
pub(super) struct Former {
    key: String,
    record: Record,
    fresh: Option<String>,
    notices: Vec<Notice>,
    noted: Vec<Note>,
}

impl Session {
    /// A blank record, of the year and the readings of the one before it.
    pub(super) fn renew(&mut self, key: &str, today: &str) -> Effect {
        let was = self.visit.record();
        let mut record = blank(self.visit.standard(), key, today);
        record.year = was.year;
        record.choices.clone_from(&was.choices);
        let effect = self.replace(key, record, Vec::new(), "new_started");
        self.fresh = Some(self.visit.record().to_json());
        self.page = Page::Home;
        effect
    }

    /// Another record in place of this one, which can be brought back.
    pub(super) fn replace(
        &mut self,
        key: &str,
        record: Record,
        notices: Vec<Notice>,
        said: &str,
    ) -> Effect {
        let was = Former {
            key: self.key.clone(),
            record: self.visit.record().clone(),
            fresh: self.fresh.clone(),
            notices: self.notices.clone(),
            noted: mem::take(&mut self.noted),
        };
        let mut effect = self.open_record(self.settle(record));
        if self.trouble.is_none() {
            key.clone_into(&mut self.key);
            self.fresh = None;
            self.missing = 0;
            self.notices = self.settled(notices);
            let is_odd = !self.notices.is_empty();
            // What a portal gives it keeps itself, and nobody asked for it.
            if !self.guest {
                effect.focus = is_odd.then(|| "notices".to_owned());
                self.undo = Some(Undo::Record(Box::new(was)));
                self.tell(said);
            }
            if self.page == Page::Visits {
                self.page = Page::Home;
            }
        } else {
            self.noted = was.noted;
        }
        effect
    }

    /// The record that was there before is on the screen again.
    pub(super) fn bring_back(&mut self, was: Former) -> Effect {
        let effect = self.open_record(was.record);
        self.key = was.key;
        self.fresh = was.fresh;
        self.notices = was.notices;
        self.noted = was.noted;
        effect
    }

    /// Opens a record under the standard it names; what cannot be judged is not opened.
    pub(super) fn open_record(&mut self, mut record: Record) -> Effect {
        let standard = self.deciding_standard(&record.standard);
        record.standard = standard.id().to_owned();
        record.date = record.date.or_else(|| self.visit.record().date.clone());
        let fresh = blank(&standard, &record.id, record.date.as_deref().unwrap_or(""));
        let (first, last) = standard.years();
        let holds = |year: &i32| (first..=last).contains(&i64::from(*year));
        record.year = record.year.filter(holds).or(fresh.year);
        match Visit::open(&standard, self.visit.hints_standard(), record) {
            Ok(visit) => {
                let is_other = !Rc::ptr_eq(self.visit.standard(), &standard);
                self.visit = visit;
                if is_other {
                    self.speak();
                }
                self.trouble = None;
                self.open.clear();
                self.undo = None;
                self.snack = None;
                self.finishing = false;
                self.epoch = self.epoch.wrapping_add(1);
                self.under_standard();
                Effect::all()
            }
            Err(refusal) => self.refuse(self.lang.say_refusal(&refusal)),
        }
    }

    /// A visit is taken off the list; it can be brought back until the message goes.
    pub(super) fn forget(&mut self, key: String) -> Effect {
        let mut heads = self.visits.heads.iter().flatten();
        let name = heads.find(|head| head.key == key).map(|head| head.name.clone());
        let name = name.filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| self.say("nobody_named"));
        let before = self.visits.let_go();
        self.visits.removed = Some(key);
        self.undo = Some(Undo::Forget);
        let text = self.fill("forgetting", &[("name", &name)]);
        self.say_snack(text);
        let mut effect = Effect::of(&[Watch::Visits, Watch::Snack]);
        effect.focus = Some("undo".to_owned());
        effect.forget = before;
        effect
    }

    /// A visit is gone from this device; if it was on the screen, a blank one is.
    pub(super) fn forgotten(&mut self, key: &str, new: &str, today: &str) -> Effect {
        self.visits.changes = self.visits.changes.wrapping_add(1);
        if let Some(heads) = &mut self.visits.heads {
            heads.retain(|head| head.key != key);
        }
        self.visits.going.retain(|one| one != key);
        if self.key != key {
            return Effect::of(&[Watch::Visits]);
        }
        let page = self.page;
        let effect = self.renew(new, today);
        (self.page, self.undo, self.snack) = (page, None, None);
        effect
    }
}
