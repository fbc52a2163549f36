//! The visits on this device: each as a line, found by name, initials, place or stage.

use std::rc::Rc;

use ruhu_core::log::Entry;
use ruhu_core::{
    Act, Answer, Dictionary, Entity, EntityRef, Json, Kind, Place, Record, Row, Verdict,
};

use super::{Session, State};

/// How far a visit has come (走访状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// 未走访: nothing is answered yet.
    NotVisited,
    /// 进行中: sections are still open.
    UnderWay,
    /// 待核实: everything is answered, and it still cannot be said.
    Unknown,
    /// 达标.
    Met,
    /// 未达标.
    NotMet,
    /// 已完成: locked with its verdicts.
    Finished,
    /// 已交出: by this device, and not changed since.
    HandedOver,
}

impl Stage {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::NotVisited,
        Self::UnderWay,
        Self::Unknown,
        Self::NotMet,
        Self::Met,
        Self::Finished,
        Self::HandedOver,
    ];

    /// Its name in data, and in words after `stage.`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotVisited => "not_visited",
            Self::UnderWay => "under_way",
            Self::Unknown => "unknown",
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Finished => "finished",
            Self::HandedOver => "handed_over",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }
}

/// A visit as a line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Under which key it is kept on this device.
    pub key: String,
    /// The record's own name, by which a copy of it is known.
    pub id: String,
    /// After whom the household is called; empty where nobody is named yet.
    pub name: String,
    /// The name's first letters in pinyin.
    pub initials: String,
    /// Where it lives, from large to small.
    pub place: Vec<String>,
    /// The year the standard is applied to.
    pub year: String,
    /// How far it has come; none where the line is spoilt.
    pub stage: Option<Stage>,
    /// How many criteria are met, not met, not yet decided.
    pub tally: [String; 3],
    /// When this device handed it over last, as RFC 3339 has it; empty where it never did.
    pub handed: String,
    /// When it was kept last, by the clock of this device, as RFC 3339 has it.
    pub changed: String,
}

impl Head {
    /// A line from its text; where that is spoilt, the visit is still listed by its key.
    #[must_use]
    pub fn read(key: String, text: Option<&str>) -> Self {
        let json = text.and_then(|text| Json::read(text).ok()).unwrap_or_default();
        let text = |name: &str| json.get(name).and_then(Json::text).unwrap_or_default();
        let texts = |name: &str| {
            let items = json.get(name).map_or(&[][..], Json::items).iter();
            items.filter_map(Json::text).map(str::to_owned).collect::<Vec<_>>()
        };
        let mut tally = texts("tally").into_iter();
        Self {
            id: text("id").to_owned(),
            name: text("name").to_owned(),
            initials: text("initials").to_owned(),
            place: texts("place"),
            year: text("year").to_owned(),
            stage: Stage::named(text("stage")),
            tally: [(); 3].map(|()| tally.next().unwrap_or_default()),
            handed: text("handed").to_owned(),
            changed: text("changed").to_owned(),
            key,
        }
    }

    /// The text it is kept as.
    #[must_use]
    pub fn write(&self) -> String {
        let list = |texts: &[String]| -> Json {
            texts.iter().map(|text| text.as_str().into()).collect::<Vec<Json>>().into()
        };
        Json::object(vec![
            ("id", self.id.as_str().into()),
            ("name", self.name.as_str().into()),
            ("initials", self.initials.as_str().into()),
            ("place", list(&self.place)),
            ("year", self.year.as_str().into()),
            ("stage", self.stage.map_or("", Stage::as_str).into()),
            ("tally", list(&self.tally)),
            ("handed", self.handed.as_str().into()),
            ("changed", self.changed.as_str().into()),
        ])
        .write()
    }

    /// Whether it holds all of these words, in small letters.
    fn holds(&self, words: &[String]) -> bool {
        if words.is_empty() {
            return true;
        }
        let texts = [&self.name, &self.initials].into_iter().chain(&self.place);
        let texts: Vec<String> = texts.map(|text| text.to_ascii_lowercase()).collect();
        words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
    }
}

/// What the list shows.
#[derive(Clone, Debug, Default)]
pub struct Visits {
    /// Every visit, the one that was kept last first; none before they were read.
    pub(super) heads: Option<Vec<Rc<Head>>>,
    /// What is looked for.
    pub(super) find: String,
    /// Only visits of this stage.
    pub(super) only: Option<Stage>,
    /// Taken away, and to be brought back until the message about it goes.
    pub(super) removed: Option<String>,
    /// On their way off this device.
    pub(super) going: Vec<String>,
    /// How often a line was changed by what was done here.
    pub(super) changes: u32,
}

impl Visits {
    /// Whether the visits were read.
    #[must_use]
    pub fn are_read(&self) -> bool {
        self.heads.is_some()
    }

    /// How often a line was changed by what was done here: whoever reads the list from the
    /// device knows by it that what was read is out of date.
    #[must_use]
    pub fn changes(&self) -> u32 {
        self.changes
    }

    /// What is looked for.
    #[must_use]
    pub fn find(&self) -> &str {
        &self.find
    }

    /// Which stage is looked for.
    #[must_use]
    pub fn only(&self) -> Option<Stage> {
        self.only
    }

    /// What was taken away cannot be brought back any more.
    pub(super) fn let_go(&mut self) -> Option<String> {
        let key = self.removed.take()?;
        self.going.push(key.clone());
        Some(key)
    }

    fn listed(&self) -> impl Iterator<Item = &Rc<Head>> {
        let away = self.removed.iter().chain(&self.going);
        let away: Vec<&String> = away.collect();
        let all = self.heads.iter().flatten();
        all.filter(move |head| !away.contains(&&head.key))
    }

    /// How many there are, of one stage or altogether.
    #[must_use]
    pub fn count(&self, of: Option<Stage>) -> usize {
        self.listed().filter(|head| of.is_none() || head.stage == of).count()
    }

    /// Under which keys copies of a record are kept.
    #[must_use]
    pub fn keys_of(&self, id: &str) -> Vec<String> {
        let same = self.listed().filter(|head| !id.is_empty() && head.id == id);
        same.map(|head| head.key.clone()).collect()
    }

    /// Those that are looked for.
    #[must_use]
    pub fn found(&self) -> Vec<Rc<Head>> {
        let words = self.find.split_whitespace().map(str::to_ascii_lowercase);
        let words: Vec<String> = words.collect();
        let fits = |head: &&Rc<Head>| {
            (self.only.is_none() || head.stage == self.only) && head.holds(&words)
        };
        self.listed().filter(fits).cloned().collect()
    }
}

impl Session {
    /// The visits on this device.
    #[must_use]
    pub fn visits(&self) -> &Visits {
        &self.visits
    }

    /// Under which key the visit on the screen is kept.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether there is anything to keep: a visit is nothing before something in it was
    /// chosen or answered.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.fresh.as_ref().is_none_or(|fresh| *fresh != self.visit.record().to_json())
    }

    /// The visit on the screen as a line; its time and its initials are the page's to give.
    #[must_use]
    pub fn head(&self, changed: &str, initials: &str) -> Head {
        let tally = self.visit.tally();
        Head {
            key: self.key.clone(),
            id: self.visit.record().id.clone(),
            name: self.household_name(),
            initials: initials.to_owned(),
            place: self.household_place(),
            year: self.visit.year().to_string(),
            stage: Some(self.stage()),
            handed: self.handed().map_or_else(String::new, |(time, _)| time),
            tally: [tally.met, tally.not_met, tally.unknown].map(|one| one.to_string()),
            changed: changed.to_owned(),
        }
    }

    fn stage(&self) -> Stage {
        let mut screens = self.screens.iter();
        let is_open = |screen| self.progress(screen, &[]).state() != State::Done;
        if self.handed().is_some_and(|(_, is_last)| is_last) {
            Stage::HandedOver
        } else if self.is_finished() {
            Stage::Finished
        } else if self.is_blank() {
            Stage::NotVisited
        } else if screens.any(is_open) {
            Stage::UnderWay
        } else {
            match self.visit.verdict() {
                Verdict::Met => Stage::Met,
                Verdict::NotMet => Stage::NotMet,
                Verdict::Unknown => Stage::Unknown,
            }
        }
    }

    /// When this device handed the visit over last, and whether nothing was done since.
    fn handed(&self) -> Option<(String, bool)> {
        let entries = self.visit.record().log.entries();
        let by_us = |entry: &Entry| {
            entry.act == Act::HandedOver.as_str() && entry.stamp.device == self.device_id
        };
        let at = entries.iter().rposition(by_us)?;
        let is_last = at.saturating_add(1) == entries.len();
        Some((entries.get(at)?.stamp.time.clone(), is_last))
    }

    /// After whom the household on the screen is called; empty where nobody is named yet.
    #[must_use]
    pub fn household_name(&self) -> String {
        let dictionary = self.visit.standard().dictionary();
        name_of(dictionary, self.visit.record()).unwrap_or_default()
    }

    fn household_place(&self) -> Vec<String> {
        let dictionary = self.visit.standard().dictionary();
        let listed = dictionary
            .facts()
            .iter()
            .filter(|fact| fact.listed && fact.entity == EntityRef::HOUSEHOLD);
        let answers = self.visit.answers(Place::HOUSEHOLD);
        let answer = |id: &str| match answers.and_then(|answers| answers.get(id)) {
            Some(Answer::Known(text)) => Some(text.trim().to_owned()),
            _ => None,
        };
        listed
            .filter_map(|fact| answer(&fact.id))
            .filter(|text| !text.is_empty())
            .collect()
    }
}

/// After whom a household is called: the row that leads its list, or the first named.
pub(super) fn name_of(dictionary: &Dictionary, record: &Record) -> Option<String> {
    dictionary.entities().iter().find_map(|entity| {
        let name = &dictionary.info(entity.name?)?.id;
        let rows = &record.lists.get(&entity.id)?.rows;
        let named = |row: &Row| match row.answers.get(name) {
            Some(Answer::Known(text)) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        };
        let first = rows.iter().find(|row| leads(dictionary, entity, row));
        first.into_iter().chain(rows).find_map(named)
    })
}

/// Whether a row has an option that leads.
fn leads(dictionary: &Dictionary, entity: &Entity, row: &Row) -> bool {
    entity.facts.iter().any(|fact| {
        let Some(info) = dictionary.info(*fact) else { return false };
        let Kind::Choice { list } = info.kind else { return false };
        let Some(Answer::Known(chosen)) = row.answers.get(&info.id) else { return false };
        let options = dictionary.lists().get(list).map(|list| &list.options);
        let mut options = options.into_iter().flatten();
        options.any(|option| option.leads && option.id == *chosen)
    })
}
