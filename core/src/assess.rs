//! A record's text in, its report out: for servers and pipes, where no visit is kept open.

mod merge;
mod say;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::applied::{Applied, Refusal, year_and_day};
use crate::document::LoadError;
use crate::glance::Glance;
use crate::judge::Judge;
use crate::lang::Lang;
use crate::library::Library;
use crate::param::Param;
use crate::range::Range;
use crate::read;
use crate::record::{Choices, Notice, Record, RecordError};
use crate::standard::Standard;
use crate::verdict::States;
use crate::visit::Visit;

pub use merge::Merged;

/// 核查: judges one record after the other, each by the standard it names; what a standard
/// needs is made ready once.
#[derive(Debug)]
pub struct Assess {
    library: Library,
    lang: Lang,
    hints: Rc<Standard>,
    /// The standards that offices brought, found before those that ship, each with its words.
    own: Vec<(Rc<Standard>, Lang)>,
    with: With,
    /// A county's visits share a few settings.
    judges: RefCell<BTreeMap<Setting, Rc<Judge>>>,
    /// Who looks at what, of each standard that was needed and of the hints.
    applied: RefCell<Vec<Applied>>,
}

/// What holds in place of what the records say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct With {
    /// The standard, by id.
    pub standard: Option<String>,
    /// The exit year.
    pub year: Option<i32>,
    /// The day of the check.
    pub date: Option<String>,
    /// Readings and options of parameters; those of a record that are not named here stay.
    pub choices: Choices,
}

/// What a judge is made for: the standard, the exit year, the day and what was chosen.
type Setting = (String, Option<i32>, Option<String>, Choices);

/// The most judges that are kept.
const JUDGES: usize = 256;

/// The states alone (只要结论).
#[derive(Clone, Debug)]
pub struct Decision {
    /// The record's id.
    pub id: String,
    /// The state of every criterion, in the order of the standard.
    pub states: States,
    /// By which they were judged.
    pub standard: Rc<Standard>,
}

/// What came of judging a finished record again (复核结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// The record's id.
    pub id: String,
    /// A sentence for each thing that is another one than when it was finished, and for a
    /// log that does not hold; none where the record replays.
    pub differences: Vec<String>,
}

/// Why a record was not judged (未予核查).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The text is no record.
    Record(RecordError),
    /// It names no standard, and none was given.
    NoStandard,
    /// It names one that is not here.
    UnknownStandard {
        /// The id that it names.
        id: String,
    },
    /// The standard cannot be applied to its year or day.
    Setting(Refusal),
    /// It was not finished, so there is nothing to replay.
    Open,
    /// Two copies that were to be made one are of two visits, by their ids.
    OtherRecord {
        /// That of the one here, and that of the other.
        ids: [String; 2],
    },
    /// A parameter was set that no standard has.
    UnknownParam {
        /// Its id.
        param: String,
        /// Those that there are.
        all: Vec<String>,
    },
    /// A parameter was set to what it cannot be.
    UnknownChoice {
        /// Its id.
        param: String,
        /// What it was set to.
        choice: String,
        /// What it can be.
        all: Vec<String>,
    },
}

impl Assess {
    /// With what ships, in a language.
    ///
    /// # Errors
    /// Only where the library has no hints, which a test rules out.
    pub fn new(library: Library, language: &str) -> Result<Self, LoadError> {
        let (lang, hints) = (library.lang(language), library.hints()?);
        let (own, judges, applied) = (Vec::new(), RefCell::default(), RefCell::default());
        Ok(Self { library, lang, hints, own, with: With::default(), judges, applied })
    }

    /// A county's own standard beside those that ship; of two of one id the later counts.
    pub fn add(&mut self, standard: Rc<Standard>) {
        let mut lang = self.lang.clone();
        lang.add(&standard);
        self.own.insert(0, (standard, lang));
        self.judges.borrow_mut().clear();
        self.applied.borrow_mut().clear();
    }

    /// From now on these settings hold in place of those of the records.
    ///
    /// # Errors
    /// Where no record could be judged by them; those before stay.
    pub fn set(&mut self, with: With) -> Result<(), Refused> {
        let named = with.standard.as_deref().map(|id| self.standard(id)).transpose()?;
        let date = with.date.as_ref().filter(|date| !is_day(date));
        if let Some(date) = date {
            return Err(Refused::Setting(Refusal::Date { date: date.clone() }));
        }
        if let (Some(standard), Some(year)) = (&named, with.year) {
            let holds = standard.years();
            if !(holds.0..=holds.1).contains(&i64::from(year)) {
                return Err(Refused::Setting(Refusal::Year { year, holds }));
            }
        }
        // Where the records name their standards, each choice is open in some of these.
        let standards = named.map_or_else(|| self.standards(), |standard| vec![standard]);
        settable(&standards, &with.choices)?;
        self.with = with;
        Ok(())
    }

    /// What ships.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The words that refusals are told in; reports have those of their standard too.
    #[must_use]
    pub fn lang(&self) -> &Lang {
        &self.lang
    }

    /// A standard by its id; hints alone are none, for they decide nothing.
    ///
    /// # Errors
    /// Where there is none.
    pub fn standard(&self, id: &str) -> Result<Rc<Standard>, Refused> {
        let own = self.brought(id).map(|(standard, _)| Rc::clone(standard));
        let found = own.or_else(|| self.library.standard(id).ok());
        let found = found.filter(|one| !one.criteria().is_empty());
        found.ok_or_else(|| match id {
            "" => Refused::NoStandard,
            _ => Refused::UnknownStandard { id: id.to_owned() },
        })
    }

    /// Every standard that is here, each id once: the one that counts.
    #[must_use]
    pub fn standards(&self) -> Vec<Rc<Standard>> {
        let mut all: Vec<Rc<Standard>> = Vec::new();
        let ship =
            self.library.names().filter_map(|name| self.library.standard(name).ok());
        for standard in self.own().cloned().chain(ship) {
            if all.iter().all(|one| one.id() != standard.id()) {
                all.push(standard);
            }
        }
        all
    }

    /// Those that were brought along, the latest first.
    pub fn own(&self) -> impl Iterator<Item = &Rc<Standard>> {
        self.own.iter().map(|(standard, _)| standard)
    }

    fn brought(&self, id: &str) -> Option<&(Rc<Standard>, Lang)> {
        self.own.iter().find(|(one, _)| one.id() == id)
    }

    fn lang_of(&self, standard: &Standard) -> &Lang {
        self.brought(standard.id()).map_or(&self.lang, |(_, lang)| lang)
    }

    /// The report of a record (核查结果): canonical JSON, the same bytes as in the form. What
    /// was mended while the record was read is among its notices.
    ///
    /// # Errors
    /// Where it cannot be judged.
    pub fn report(&self, text: &str) -> Result<String, Refused> {
        let (record, notices) = self.record(text)?;
        let standard = self.standard(&record.standard)?;
        let visit = self.visit(&standard, record)?;
        let mended = |notice: &Notice| matches!(notice.key, "row_key" | "mended");
        let mended = notices.into_iter().filter(mended);
        let notices: Vec<Notice> = mended.chain(visit.notices()).collect();
        Ok(visit.report_with(self.lang_of(&standard), &notices))
    }

    /// The states of a record's criteria, and nothing of why.
    ///
    /// # Errors
    /// Where it cannot be judged.
    pub fn decide(&self, text: &str) -> Result<Decision, Refused> {
        if let Some(mut glance) = Glance::at(text) {
            let judge = self.judge(self.setting(glance.setting()))?;
            let states = judge.decide(&judge.household_at(&glance));
            let (id, standard) = (glance.id.into_owned(), Rc::clone(judge.standard()));
            return Ok(Decision { id, states, standard });
        }
        let (record, _) = self.record(text)?;
        let Record { standard, year, date, choices, .. } = &record;
        let setting = (standard.clone(), *year, date.clone(), choices.clone());
        let judge = self.judge(setting)?;
        let states = judge.decide(&judge.household(&record));
        let (id, standard) = (record.id, Rc::clone(judge.standard()));
        Ok(Decision { id, states, standard })
    }

    /// Judges a finished record again (复核), by its own settings.
    ///
    /// # Errors
    /// Where it cannot be judged, or was not finished.
    pub fn replay(&self, text: &str) -> Result<Replayed, Refused> {
        let (record, _) = Record::from_json(text).map_err(Refused::Record)?;
        let standard = self.standard(&record.standard)?;
        let lang = self.lang_of(&standard);
        let visit = self.visit(&standard, record)?;
        let replay = visit.replay().ok_or(Refused::Open)?;
        let record = visit.record();
        let broken = record.log.verify(record).err().map(Notice::broken);
        let broken = broken.map(|notice| lang.say_notice(&notice));
        let differences = lang.say_replay(&replay).into_iter().chain(broken);
        Ok(Replayed { id: record.id.clone(), differences: differences.collect() })
    }

    /// A record under its standard, judged.
    fn visit(&self, standard: &Rc<Standard>, record: Record) -> Result<Visit, Refused> {
        let Record { year, date, choices, .. } = &record;
        let when = year_and_day(standard, *year, date.as_deref());
        let (year, day) = when.map_err(Refused::Setting)?;
        let mut kept = self.applied.borrow_mut();
        let mut applied = |standard: &Rc<Standard>| {
            let mut known = kept.iter();
            if let Some(known) = known.find(|one| Rc::ptr_eq(&one.standard, standard)) {
                return known.moved(year, day, choices);
            }
            let made = Applied::at(standard, year, day, choices);
            kept.push(made.clone());
            made
        };
        let (own, beside) = (applied(standard), applied(&self.hints));
        Ok(Visit::judged(own, beside, record))
    }

    /// A record with the settings that were given, and what was noticed of it before.
    fn record(&self, text: &str) -> Result<(Record, Vec<Notice>), Refused> {
        let (mut record, notices) = Record::from_json(text).map_err(Refused::Record)?;
        let Record { standard, year, date, choices, .. } = &record;
        let own = (standard.clone(), *year, date.clone(), choices.clone());
        let setting = self.setting(own.clone());
        if setting != own {
            let holds = record.log.verify(&record).is_ok();
            (record.standard, record.year, record.date, record.choices) = setting;
            // What is set here is nobody's change of the record.
            if holds {
                record.seal();
            }
        }
        Ok((record, notices))
    }

    /// What a record says, unless something else was given.
    fn setting(&self, (standard, year, date, mut choices): Setting) -> Setting {
        let With { standard: other, year: in_year, date: on, choices: chosen } =
            &self.with;
        for (param, choice) in chosen {
            choices.insert(param.clone(), choice.clone());
        }
        let standard = other.clone().unwrap_or(standard);
        (standard, in_year.or(year), on.clone().or(date), choices)
    }

    fn judge(&self, setting: Setting) -> Result<Rc<Judge>, Refused> {
        let mut judges = self.judges.borrow_mut();
        if let Some(judge) = judges.get(&setting) {
            return Ok(Rc::clone(judge));
        }
        let (standard, year, date, choices) = &setting;
        let standard = self.standard(standard)?;
        let judge = Judge::of(&standard, *year, date.as_deref(), choices);
        let judge = Rc::new(judge.map_err(Refused::Setting)?);
        if judges.len() >= JUDGES {
            judges.pop_first();
        }
        judges.insert(setting, Rc::clone(&judge));
        Ok(judge)
    }
}

fn is_day(date: &str) -> bool {
    read::date(date).ok().and_then(Range::known).is_some()
}

/// Whether each of these can be chosen in one of the standards.
///
/// # Errors
/// Where one of them cannot: a parameter that none has, or what it cannot be set to.
pub fn settable(standards: &[Rc<Standard>], choices: &Choices) -> Result<(), Refused> {
    let all = || standards.iter().flat_map(|standard| standard.params());
    for (param, choice) in choices {
        let mut known = all().filter(|one| one.id == *param).peekable();
        let param = param.clone();
        if known.peek().is_none() {
            let all: BTreeSet<String> = all().map(|one| one.id.clone()).collect();
            return Err(Refused::UnknownParam { param, all: all.into_iter().collect() });
        }
        let can: BTreeSet<&str> = known.flat_map(Param::choices).collect();
        if !can.contains(choice.as_str()) {
            let all = can.into_iter().map(str::to_owned).collect();
            return Err(Refused::UnknownChoice { param, choice: choice.clone(), all });
        }
    }
    Ok(())
}
