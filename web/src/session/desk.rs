//! What is done with files on the first page: handing over, and opening what was handed.

use std::mem;
use std::rc::Rc;

use ruhu_core::Record;
use ruhu_core::record::{RecordError, Side};

use super::Stand;
use super::codes::{Scan, Shown};
use super::handed::Given;
use super::handover::{Handover, HandoverError};
use super::merge::Merging;
use super::visits::name_of;
use super::{Edit, Effect, Page, Session, Watch};

/// By what a file is sealed or opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// 公钥、私钥: the county's.
    #[default]
    Key,
    /// 口令.
    Passphrase,
    /// 当面扫码: by a passphrase too, as QR codes on the screen.
    Codes,
}

/// A file in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Rc<[u8]>,
}

/// What lies on the desk (办理).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Lies {
    /// Nothing.
    #[default]
    Nothing,
    /// A hand-over that is to be made.
    Giving,
    /// A hand-over that is made.
    Made(Held, Vec<Given>),
    /// A hand-over as QR codes that are shown.
    Codes(Shown),
    /// QR codes that are read one after the other.
    Scanning(Scan),
    /// A sealed file that is to be opened.
    Sealed(Held),
    /// What an opened file holds.
    Inside(Vec<Inside>),
    /// One record of it beside the one here, and what the file holds.
    Merging(Merging, Vec<Inside>),
}

/// A record in a file that was opened, as it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    /// Its JSON, which is opened when somebody wants it.
    pub text: String,
    /// What is told of it, or why it cannot be opened.
    pub told: Result<Told, RecordError>,
    /// How it stands to one that is here already, and under which key that is kept.
    pub here: Option<(Stand, String)>,
}

/// What is told of a record before it is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// 户主: the name of the head of the household, else of the first member.
    pub head: Option<String>,
    /// 退出年度.
    pub year: Option<i32>,
    /// 退出标准, by title where it is known here.
    pub standard: String,
    /// How many answers there are.
    pub answers: usize,
    /// When it was changed last, by its log, else the day of the check.
    pub last: Option<String>,
}

/// The desk: what lies there, and how that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// What lies there.
    pub lies: Lies,
    /// By what.
    pub way: Way,
    /// Whether every visit of the list is handed over, or the one on the screen.
    pub is_all: bool,
    /// Something is being done.
    pub busy: bool,
    /// What went wrong, in words.
    pub trouble: Option<String>,
    /// The county's public key (县里的公钥), which this device keeps.
    pub county: Option<String>,
    /// After how many days what was handed over is to be taken off this device.
    pub retention: Option<u32>,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            lies: Lies::Nothing,
            way: Way::Key,
            is_all: false,
            busy: false,
            trouble: None,
            county: None,
            retention: Session::RETENTION,
        }
    }
}

/// What somebody does at the desk.
#[derive(Clone, Debug)]
pub enum Task {
    /// A hand-over is to be made.
    Give,
    /// By what.
    Way(Way),
    /// It takes a while.
    Busy,
    /// It cannot be done, in words.
    Trouble(String),
    /// The county's public key, checked; none to type another.
    County(Option<String>),
    /// A hand-over is made, of these visits.
    Made(Held, Vec<Given>),
    /// A hand-over is made, of these visits, as drawings of QR codes.
    Codes(Vec<String>, Vec<Given>),
    /// The code that is so many further on; then they follow each other by themselves, or
    /// no longer.
    Turn(usize, bool),
    /// QR codes are to be read, from the first on.
    Scan,
    /// One was read: its text, how many there are, and the numbers of those still missing.
    Scanned(String, u8, Vec<u8>),
    /// The camera is to be on, or off.
    Film(bool),
    /// The visit on the screen has arrived, as it went into the file under this seal.
    HandedOver(String),
    /// What was handed over has arrived, in words.
    Arrived(String),
    /// After how many days a visit is to be taken off this device.
    Retention(Option<u32>),
    /// A sealed file was chosen.
    Sealed(Held),
    /// What was in a file.
    Opened(String),
    /// How each record of the file stands to what is here.
    Here(Vec<Option<(Stand, String)>>),
    /// The record at this place is opened, under a key.
    Take(usize, String),
    /// Another copy of the record on the screen: what went on there alone is taken, and what
    /// both changed is laid side by side.
    Beside(String),
    /// The record at this place and the text of the one here are laid side by side.
    Merge(usize, String),
    /// One of the two is taken, at one place or everywhere.
    Choose(Option<usize>, Side),
    /// They become one.
    Settle,
    /// Back to what the file holds.
    Back,
    /// All that was good in the file is in the list, in words.
    Taken(String),
    /// All away.
    Close,
}

/// Fewer letters than this are guessed.
const LEAST_LETTERS: usize = 8;

impl Session {
    /// What lies on the desk, and how that goes.
    #[must_use]
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Why a passphrase that was typed twice will not do: the key of its words.
    #[must_use]
    pub fn unfit(passphrase: &str, again: &str) -> Option<&'static str> {
        if passphrase.chars().count() < LEAST_LETTERS {
            return Some("too_short");
        }
        (passphrase != again).then_some("not_the_same")
    }

    pub(super) fn at_desk(&mut self, task: Task) -> Effect {
        let mut effect = Effect::of(&[Watch::Desk]);
        if self.desk.by_itself(&task) {
            return effect;
        }
        self.desk.trouble = None;
        self.desk.busy = false;
        let desk = &mut self.desk;
        match task {
            Task::Turn(..) | Task::Film(_) => {}
            Task::Give => {
                desk.is_all = self.page == Page::Visits;
                if !matches!(self.page, Page::Home | Page::Visits) {
                    effect = self.apply(Edit::Go(Page::Home));
                }
                // Many households are more than anybody would scan.
                if self.desk.is_all && self.desk.way == Way::Codes {
                    self.desk.way = Way::Passphrase;
                }
                return self.lay(Lies::Giving, effect);
            }
            Task::Way(way) => desk.way = way,
            Task::Busy => desk.busy = true,
            Task::Trouble(text) => {
                desk.trouble = Some(text);
                effect.focus = Some("desk-trouble".to_owned());
            }
            Task::County(key) => {
                let is_away = key.is_none();
                desk.county = key;
                effect.keep = true;
                effect.focus = is_away.then(|| "county".to_owned());
            }
            Task::Made(held, given) => return self.lay(Lies::Made(held, given), effect),
            Task::Codes(codes, given) => {
                return self.lay(Lies::Codes(Shown::new(codes, given)), effect);
            }
            Task::Scan if desk.rescan() => {}
            Task::Scan => return self.lay(Lies::Scanning(Scan::default()), effect),
            Task::Scanned(text, of, missing) => desk.scanned(text, of, missing),
            Task::HandedOver(seal) => return self.hand_over(&seal),
            Task::Retention(days) => {
                desk.retention = days;
                effect.keep = true;
                effect.watch.push(Watch::Visits);
            }
            Task::Sealed(held) => {
                desk.way = way_of(&held.bytes);
                return self.lay(Lies::Sealed(held), effect);
            }
            Task::Opened(text) => match self.look_into(&text) {
                Ok(inside) => return self.lay(Lies::Inside(inside), effect),
                Err(why) => return self.refuse(why),
            },
            Task::Here(here) => {
                if let Lies::Inside(inside) = &mut desk.lies {
                    let known = inside.iter_mut().zip(here);
                    known.for_each(|(one, here)| one.here = here);
                }
            }
            Task::Take(at, key) => return self.take(at, key),
            Task::Beside(copy) => return self.beside(&copy, effect),
            Task::Merge(at, here) => return self.lay_side_by_side(at, &here, effect),
            Task::Choose(at, side) => {
                if let Lies::Merging(merging, _) = &mut desk.lies {
                    merging.choose(at, side);
                }
            }
            Task::Settle => return self.settle_merge(effect),
            Task::Back => {
                if let Lies::Merging(_, inside) = mem::take(&mut desk.lies) {
                    return self.lay(Lies::Inside(inside), effect);
                }
            }
            Task::Taken(text) | Task::Arrived(text) => {
                desk.lies = Lies::Nothing;
                self.undo = None;
                self.say_snack(text);
                effect.watch.push(Watch::Snack);
            }
            Task::Close => {
                desk.lies = Lies::Nothing;
                effect.focus = Some("give".to_owned());
            }
        }
        effect
    }

    fn lay(&mut self, lies: Lies, mut effect: Effect) -> Effect {
        // What an earlier file was refused for is no longer of interest.
        if self.trouble.take().is_some() {
            effect.watch.push(Watch::Screen);
        }
        self.desk.lies = lies;
        effect.focus = Some("desk-title".to_owned());
        effect
    }

    /// What a file holds, record by record.
    pub(super) fn look_into(&self, text: &str) -> Result<Vec<Inside>, String> {
        let pieces = match Handover::pieces(text) {
            Ok(pieces) => pieces,
            // A single record, sealed as it is.
            Err(HandoverError::NotOne) => vec![text],
            Err(error) => {
                let version = match &error {
                    HandoverError::Newer(version) => version.as_str(),
                    _ => "",
                };
                let key = ["handover.", error.key()].concat();
                return Err(self.lang.fill(&key, &[("version", version)]));
            }
        };
        let inside = pieces.into_iter().map(|piece| Inside {
            text: piece.to_owned(),
            told: Record::from_json(piece).map(|(record, _)| self.told(&record)),
            here: None,
        });
        Ok(inside.collect())
    }

    fn told(&self, record: &Record) -> Told {
        let standard = self.standard_named(&record.standard);
        let standard = standard.map(|one| one.title().to_owned());
        let rows = record.lists.values().flat_map(|list| &list.rows);
        let rows = rows.map(|row| row.answers.len());
        let last = record.log.entries().last().map(|entry| minute(&entry.stamp.time));
        Told {
            head: name_of(self.library.dictionary(), record),
            year: record.year,
            standard: standard.unwrap_or_else(|| record.standard.clone()),
            answers: rows.fold(record.answers.len(), usize::saturating_add),
            last: last.or_else(|| record.date.clone()),
        }
    }

    /// Opens a record of the file by the door of all records; it can be taken back.
    pub(super) fn take(&mut self, at: usize, key: String) -> Effect {
        let Lies::Inside(inside) = &self.desk.lies else { return Effect::default() };
        let read = inside.get(at).map(|one| Record::from_json(&one.text));
        let Some(Ok((record, notices))) = read else { return Effect::default() };
        let mut effect = self.apply(Edit::Record(key, Box::new(record), notices));
        if self.trouble.is_none() {
            self.desk.lies = Lies::Nothing;
            effect.focus = effect.focus.or_else(|| Some("page-title".to_owned()));
        }
        effect
    }

    pub(super) fn lay_side_by_side(
        &mut self,
        at: usize,
        here: &str,
        effect: Effect,
    ) -> Effect {
        let Lies::Inside(inside) = &self.desk.lies else { return Effect::default() };
        let Some(one) = inside.get(at) else { return Effect::default() };
        let key = one.here.as_ref().map(|(_, key)| key.clone()).unwrap_or_default();
        match self.merging(key, here, &one.text) {
            Some(merging) => {
                let inside = inside.clone();
                self.lay(Lies::Merging(merging, inside), effect)
            }
            None => self.refuse(self.lang.named("handover", "not_one")),
        }
    }
}

/// A file says in its header by what it opens.
fn way_of(file: &[u8]) -> Way {
    let head = file.get(..64).unwrap_or(file);
    let is_scrypt = head.windows(10).any(|window| window == b"\n-> scrypt");
    if is_scrypt { Way::Passphrase } else { Way::Key }
}

/// `2017-10-15T16:30:05+08:00` to the minute, as people read it.
#[must_use]
pub fn minute(time: &str) -> String {
    time.chars().take(16).map(|sign| if sign == 'T' { ' ' } else { sign }).collect()
}
