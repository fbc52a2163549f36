//! Every change a person can make, and what must be drawn again for it.

use std::rc::Rc;

use ruhu_core::record::Notice;
use ruhu_core::{Answer, At, Changed, EntityRef, Kind, Place, Question, Record, Visit};

use super::standards::OwnStandard;
use super::{Device, Kept, Page, Session, Snack, Task, Undo, Watch, blank};

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
    /// A record from a file or a portal, and what was odd in it.
    Record(Box<Record>, Vec<Notice>),
    /// A new household: the name of the record, and today.
    New(String, String),
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
}

impl Effect {
    pub(super) fn of(watch: &[Watch]) -> Self {
        Self { watch: watch.to_vec(), ..Self::default() }
    }

    pub(super) fn all() -> Self {
        Self { watch: vec![Watch::Screen], keep: true, ..Self::default() }
    }
}

impl Session {
    /// The one door: everything that changes, changes here.
    pub fn apply(&mut self, edit: Edit) -> Effect {
        match edit {
            Edit::Answer(at, answer) => self.answer(at, answer),
            Edit::Add(topic) => self.add(topic, None),
            Edit::Copy(topic, place) => self.add(topic, Some(place)),
            Edit::Remove(topic, place) => self.remove(topic, place),
            Edit::Complete(list, complete) => {
                let changed = self.visit.set_complete(list, complete);
                let mut effect = self.judged(changed);
                effect.watch.extend([Watch::List(list), Watch::Sum(list)]);
                effect
            }
            Edit::Choose(param, reading) => {
                let changed = self.visit.choose(&param, reading.as_deref());
                let mut effect = self.judged(changed);
                effect.watch.push(Watch::Screen);
                effect
            }
            Edit::When(year, date) => self.when(year, &date),
            Edit::Standard(id) => {
                let mut record = Record { standard: id, ..self.visit.record().clone() };
                self.standard_found(&mut record);
                self.open_record(record)
            }
            Edit::StandardFile(standard) => self.standard_file(standard),
            Edit::Record(record, notices) => self.replace(*record, notices, "loaded"),
            Edit::New(id, today) => {
                let was = self.visit.record();
                let mut record = blank(self.visit.standard(), &id, &today);
                record.year = was.year;
                record.choices.clone_from(&was.choices);
                self.replace(record, Vec::new(), "new_started")
            }
            Edit::Undo => self.undo(),
            Edit::Quiet => {
                self.snack = None;
                self.undo = None;
                Effect::of(&[Watch::Snack])
            }
            Edit::Trouble(text) => self.refuse(text),
            other => self.turn(other),
        }
    }

    /// Changes of what is looked at; no answer changes.
    pub(super) fn turn(&mut self, edit: Edit) -> Effect {
        match edit {
            Edit::Go(page) => {
                self.page = page;
                self.sheet_open = false;
                self.trouble = None;
                Effect { focus: Some("page-title".to_owned()), ..Effect::all() }
            }
            Edit::Ask(question) => self.ask(&question),
            Edit::Open(topic, row) => {
                let entity = self.entity_of(topic);
                let was = match row {
                    Some(row) => self.open.insert(topic, row),
                    None => self.open.remove(&topic),
                };
                let both = [was, row].into_iter().flatten();
                let rows = both.map(|row| Watch::Row(Place { entity, row }));
                Effect { watch: rows.collect(), ..Effect::default() }
            }
            Edit::Sheet(open) => {
                self.sheet_open = open;
                Effect::of(&[Watch::Sheet])
            }
            Edit::Unfold(criterion) => {
                self.sheet = criterion;
                Effect::of(&[Watch::Sheet])
            }
            Edit::Language(language) => {
                self.look.language = language;
                self.speak();
                Effect::all()
            }
            Edit::Words(language, words) => {
                self.library.learn(&language, words);
                self.turn(Edit::Language(language))
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
            Edit::Kept(kept) => {
                let same = self.kept == kept;
                self.kept = kept;
                if same { Effect::default() } else { Effect::of(&[Watch::Kept]) }
            }
            Edit::Device(device) => self.learn_device(device),
            Edit::Desk(task) => self.at_desk(task),
            _ => Effect::default(),
        }
    }

    fn answer(&mut self, at: At, answer: Option<Answer>) -> Effect {
        if self.visit.typed(at) == answer.as_ref() {
            return Effect::default();
        }
        let plain = self.is_plain(at);
        let changed = self.visit.answer(at, answer);
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
        match self.visit.set_when(year, date) {
            Ok(_) => {
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

    /// Another record in place of this one, which can be brought back.
    fn replace(&mut self, record: Record, notices: Vec<Notice>, said: &str) -> Effect {
        let was = self.visit.record().clone();
        let mut effect = self.open_record(self.settle(record));
        if self.trouble.is_none() {
            let notices = self.settled(notices);
            effect.focus = (!notices.is_empty()).then(|| "notices".to_owned());
            let told = std::mem::replace(&mut self.notices, notices);
            self.undo = Some(Undo::Record(Box::new(was), told));
            self.tell(said);
        }
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
                self.epoch = self.epoch.wrapping_add(1);
                self.under_standard();
                Effect::all()
            }
            Err(refusal) => self.refuse(self.lang.say_refusal(&refusal)),
        }
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
