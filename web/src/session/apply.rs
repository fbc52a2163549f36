//! The one way a session changes, and what follows from each change.

use std::rc::Rc;

use ruhu_core::{Act, Answer, At, Changed, EntityRef, Kind, Place, Question};

use super::edit::{Edit, Effect};
use super::{Head, Page, Session, Snack, Undo, Watch};

impl Session {
    /// The one door: everything that changes, changes here.
    pub fn apply(&mut self, edit: Edit) -> Effect {
        self.apply_by(edit, Self::seldom)
    }

    /// The same, where another part of the program makes what changes seldom.
    pub(crate) fn apply_by(
        &mut self,
        edit: Edit,
        seldom: impl FnOnce(&mut Self, Edit) -> Effect,
    ) -> Effect {
        if self.is_reading() && edit.writes() {
            return self.refuse(self.say("only_reading"));
        }
        if self.is_locked_for(&edit) {
            return self.refuse(self.say("finished_locked"));
        }
        let mut effect = self.change(edit, seldom);
        // What can no longer be brought back goes for good.
        if !matches!(self.undo, Some(Undo::Forget)) && self.visits.removed.is_some() {
            effect.forget = self.visits.let_go();
        }
        effect
    }

    fn change(
        &mut self,
        edit: Edit,
        seldom: impl FnOnce(&mut Self, Edit) -> Effect,
    ) -> Effect {
        match edit {
            Edit::Answer(at, answer) => self.answer(at, answer),
            Edit::Add(topic) => self.add(topic, None),
            Edit::Copy(topic, place) => self.add(topic, Some(place)),
            Edit::Remove(topic, place) => self.remove(topic, place),
            Edit::Complete(list, complete) => {
                let changed = self.visit.set_complete(list, complete);
                let place = [&self.list_path(list), "/complete"].concat();
                self.note(Act::Setting, place);
                let mut effect = self.judged(changed);
                effect.watch.extend([Watch::List(list), Watch::Sum(list)]);
                effect
            }
            Edit::Choose(param, reading) => {
                let changed = self.visit.choose(&param, reading.as_deref());
                self.note(Act::Setting, ["/choices/", &param].concat());
                let mut effect = self.judged(changed);
                effect.watch.push(Watch::Screen);
                effect
            }
            Edit::When(year, date) => self.when(year, &date),
            Edit::Quiet => self.quiet(),
            Edit::Trouble(text) => self.refuse(text),
            Edit::Go(page) => {
                self.page = page;
                self.finishing = false;
                self.sheet_open = false;
                self.trouble = None;
                Effect { focus: Some("page-title".to_owned()), ..Effect::all() }
            }
            Edit::Ask(question) => self.ask(&question),
            Edit::Open(topic, row) => self.show_row(topic, row),
            Edit::Sheet(open) => {
                self.sheet_open = open;
                Effect::of(&[Watch::Sheet])
            }
            Edit::Writer(writer) => self.learn_writer(writer),
            Edit::Lock(lock) => self.learn_lock(lock),
            Edit::Kept(kept) => self.learn_kept(kept),
            Edit::Device(device) => self.learn_device(device),
            Edit::Listed(head) => self.listed(head),
            other => seldom(self, other),
        }
    }

    /// Opens the card of a row under a topic, or closes it.
    pub(super) fn show_row(&mut self, topic: usize, row: Option<u32>) -> Effect {
        let entity = self.entity_of(topic);
        let was = match row {
            Some(row) => self.open.insert(topic, row),
            None => self.open.remove(&topic),
        };
        let both = [was, row].into_iter().flatten();
        let rows = both.map(|row| Watch::Row(Place { entity, row }));
        Effect { watch: rows.collect(), ..Effect::default() }
    }

    fn listed(&mut self, head: Head) -> Effect {
        self.visits.changes = self.visits.changes.wrapping_add(1);
        if let Some(heads) = &mut self.visits.heads {
            heads.retain(|one| one.key != head.key);
            heads.insert(0, Rc::new(head));
        }
        Effect { after: vec![Watch::Visits], ..Effect::default() }
    }

    /// The message at the foot goes, and with it the way back.
    fn quiet(&mut self) -> Effect {
        self.snack = None;
        self.undo = None;
        Effect::of(&[Watch::Snack])
    }

    fn answer(&mut self, at: At, answer: Option<Answer>) -> Effect {
        if self.visit.typed(at) == answer.as_ref() {
            return Effect::default();
        }
        let plain = self.is_plain(at);
        let changed = self.visit.answer(at, answer);
        self.note(Act::Answer, self.path(at));
        let mut effect = self.judged(changed);
        // While plain text follows plain text, the box already shows all there is to say.
        if !plain || !self.is_plain(at) {
            effect.watch.push(Watch::Field(at));
        }
        let dictionary = Rc::clone(self.visit.standard().dictionary());
        if let Some(info) = dictionary.info(at.fact) {
            for fact in dictionary.facts_of(info.topic) {
                if dictionary.info(fact).is_some_and(|one| one.from == Some(at.fact)) {
                    effect.watch.push(Watch::Field(At { fact, ..at }));
                }
            }
        }
        if at.place != Place::HOUSEHOLD {
            effect.after = vec![Watch::Row(at.place), Watch::Sum(at.place.entity)];
        }
        effect
    }

    /// Whether nothing is said about an answer beyond the text in its box.
    fn is_plain(&self, at: At) -> bool {
        let info = self.visit.standard().dictionary().info(at.fact);
        let kind = info.map(|info| (info.kind, info.from));
        let text = match self.visit.typed(at) {
            None => "",
            Some(Answer::Known(text)) => text,
            Some(Answer::Unknown { .. }) => return false,
        };
        let digits = || text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let is_box = match kind {
            Some((Kind::Text, None)) => true,
            Some((Kind::Count | Kind::Money | Kind::Quantity, None)) => digits(),
            _ => false,
        };
        is_box && self.visit.problem(at).is_none()
    }

    pub(super) fn judged(&self, changed: Changed) -> Effect {
        let mut watch = Vec::new();
        if changed.verdicts {
            watch.push(Watch::Bar);
        }
        for at in 0..self.visit.verdicts().len() {
            let bit = u32::try_from(at).ok().and_then(|at| 1_u64.checked_shl(at));
            if bit.is_some_and(|bit| changed.criteria & bit != 0) {
                watch.push(Watch::Criterion(at));
            }
        }
        if changed.hints {
            watch.push(Watch::Hints);
        }
        if changed.shown {
            watch.push(Watch::Shown);
        }
        Effect { watch, keep: true, ..Effect::default() }
    }

    pub(super) fn entity_of(&self, topic: usize) -> EntityRef {
        let topics = self.visit.standard().dictionary().topics();
        topics.get(topic).map_or(EntityRef::HOUSEHOLD, |topic| topic.entity)
    }

    fn when(&mut self, year: i64, date: &str) -> Effect {
        let year = i32::try_from(year).unwrap_or_default();
        let same_year = self.visit.record().year == Some(year);
        match self.visit.set_when(year, date) {
            Ok(_) => {
                let place = if same_year { "/date" } else { "/year" };
                self.note(Act::Setting, place.to_owned());
                self.trouble = None;
                self.under_standard();
                Effect::all()
            }
            Err(refusal) => self.refuse(self.lang.say_refusal(&refusal)),
        }
    }

    /// Says why something was not done; whoever asked for it is led to the words.
    pub(super) fn refuse(&mut self, why: String) -> Effect {
        self.trouble = Some(why);
        Effect { focus: Some("trouble".to_owned()), ..Effect::all() }
    }

    /// To the section where a question stands, with its row open.
    fn ask(&mut self, question: &Question) -> Effect {
        let (section, topic, id) = self.place_of(question);
        // Also from the long page, where the question may not be drawn yet.
        let in_section = self.screens.iter().any(|one| one.topics.contains(&topic));
        self.page = if in_section { Page::Section(section) } else { Page::Check };
        if let Question::Fact(at) = question
            && at.place != Place::HOUSEHOLD
        {
            self.open.insert(topic, at.place.row);
        }
        self.sheet_open = false;
        Effect { focus: Some(id), ..Effect::all() }
    }

    pub(super) fn tell(&mut self, key: &str) {
        let text = self.say(key);
        self.say_snack(text);
    }

    pub(super) fn say_snack(&mut self, text: String) {
        let number = self.snack.as_ref().map_or(0, |snack| snack.number);
        let number = number.wrapping_add(1);
        self.snack = Some(Snack { text, undo: self.undo.is_some(), number });
    }
}
