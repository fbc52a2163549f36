//! A record that was finished (完成), the ones it was before, and the one of last year.

use litemap::LiteMap;

use super::read::{Place, Reader, is_deep};
use super::write::{answers_json, lists_json, put};
use super::{Answers, List, Record};
use crate::hash::hash;
use crate::json::{Entries, Json};
use crate::log::{Broken, Log, Stamp, Why};

/// How deep a version may go to stand in its record as it is; a deeper one stands as text.
const DEPTH: usize = 64;

/// What a record was finished with (完成): its verdicts and what made them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finished {
    /// When and on which device.
    pub stamp: Stamp,
    /// The version of the core that judged.
    pub engine: String,
    /// The standard that judged.
    pub standard: String,
    /// SHA-256 of its canonical JSON.
    pub hash: String,
    /// What was found for the household, by the name of a verdict.
    pub verdict: String,
    /// By criterion.
    pub verdicts: LiteMap<String, String>,
}

/// The visit of last year (上年走访), of which nothing counts until it is confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// The name of that record.
    pub id: String,
    /// The year it was judged for.
    pub year: Option<i32>,
    /// The day of that check.
    pub date: Option<String>,
    /// What was answered about the household.
    pub answers: Answers,
    /// Its rows; who is here again has the key that he had.
    pub lists: LiteMap<String, List>,
}

impl Log {
    /// Whether the log is whole and the record is the one it tells of; a record that never
    /// had a log holds.
    ///
    /// # Errors
    /// Where it does not: at the first entry that is not what was written, or at the
    /// record that was changed beside it.
    pub fn verify(&self, record: &Record) -> Result<(), Broken> {
        if let Some(at) = self.first_broken() {
            return Err(Broken { at, why: Why::Entry });
        }
        let is_none = self.entries.is_empty() && self.seal.is_empty();
        let at = self.entries.len();
        let holds = is_none || at > 0 && self.seal == seal(record, self);
        if holds { Ok(()) } else { Err(Broken { at, why: Why::Record }) }
    }
}

impl Record {
    /// Binds the log to the record as it stands now; where nothing was noted, nothing.
    pub fn seal(&mut self) {
        if !self.log.entries.is_empty() {
            self.log.seal = seal(self, &self.log);
        }
    }

    /// Puts the record as it stands among its versions, whole, and opens it again.
    pub(crate) fn turn_over(&mut self) {
        let version = self.json_with(self.log.to_json(), self.version_hashes());
        let text = version.write();
        let version = if is_deep(&version, DEPTH) { text.into() } else { version };
        self.versions.push(version);
        self.finished = None;
    }

    /// Each version by its hash: so a version itself holds those before it.
    fn version_hashes(&self) -> Json {
        const HASH: usize = 64;
        let hashes = self.versions.iter().map(|version| match version {
            Json::Text(text) if text.len() == HASH => version.clone(),
            Json::Text(text) => hash(text).into(),
            whole => hash(&whole.write()).into(),
        });
        Json::List(hashes.collect())
    }
}

/// SHA-256 of the record with the newest hash in place of its log.
fn seal(record: &Record, log: &Log) -> String {
    hash(&record.json_with(log.newest().into(), record.version_hashes()).write())
}

impl Finished {
    pub(super) fn to_json(&self) -> Entries {
        let mut json = Entries::new();
        put(&mut json, "time", self.stamp.time.as_str());
        put(&mut json, "device", self.stamp.device.as_str());
        put(&mut json, "engine", self.engine.as_str());
        put(&mut json, "standard", self.standard.as_str());
        put(&mut json, "hash", self.hash.as_str());
        put(&mut json, "verdict", self.verdict.as_str());
        let mut verdicts = Entries::new();
        for (criterion, verdict) in &self.verdicts {
            put(&mut verdicts, criterion, verdict.as_str());
        }
        put(&mut json, "verdicts", verdicts);
        json
    }
}

impl Before {
    pub(super) fn to_json(&self) -> Entries {
        let mut json = Entries::new();
        put(&mut json, "id", self.id.as_str());
        if let Some(year) = self.year {
            json.insert("year".to_owned(), i64::from(year).into());
        }
        put(&mut json, "date", self.date.as_deref().unwrap_or_default());
        put(&mut json, "answers", answers_json(&self.answers));
        put(&mut json, "lists", lists_json(&self.lists));
        json
    }
}

impl Reader {
    pub(super) fn log(&mut self, value: Json, at: Place<'_>) -> Log {
        Log::from_json(&value).unwrap_or_else(|| {
            if value != Json::Null {
                self.keep(value, at);
            }
            Log::default()
        })
    }

    pub(super) fn finished(&mut self, value: Json, at: Place<'_>) -> Option<Finished> {
        let mut entries = self.entries(value, at);
        let mut take = |key: &'static str| {
            let value = entries.remove(key).unwrap_or_default();
            self.text(value, at.step(key)).unwrap_or_default()
        };
        let mut finished = Finished {
            stamp: Stamp { time: take("time"), device: take("device") },
            engine: take("engine"),
            standard: take("standard"),
            hash: take("hash"),
            verdict: take("verdict"),
            verdicts: LiteMap::new(),
        };
        let verdicts = entries.remove("verdicts").unwrap_or_default();
        finished.verdicts = self.choices(verdicts, at.step("verdicts"));
        self.keep_all(entries, at);
        (finished != Finished::default()).then_some(finished)
    }

    pub(super) fn versions(&mut self, value: Json, at: Place<'_>) -> Vec<Json> {
        let is_version = |one: &Json| matches!(one, Json::Object(_) | Json::Text(_));
        match value {
            Json::List(versions) if versions.iter().all(is_version) => versions,
            Json::Null => Vec::new(),
            other => {
                self.keep(other, at);
                Vec::new()
            }
        }
    }

    pub(super) fn before(&mut self, value: Json, at: Place<'_>) -> Option<Box<Before>> {
        let mut entries = self.entries(value, at);
        let mut take = |key: &str| entries.remove(key).unwrap_or_default();
        let [id, year, date] = ["id", "year", "date"].map(&mut take);
        let [answers, lists] = ["answers", "lists"].map(&mut take);
        let before = Before {
            id: self.text(id, at.step("id")).unwrap_or_default(),
            year: self.year(year, at.step("year")),
            date: self.text(date, at.step("date")),
            answers: self.answers(answers, at.step("answers")),
            lists: self.lists(lists, at.step("lists")),
        };
        self.keep_all(entries, at);
        (before != Before::default()).then(|| Box::new(before))
    }
}
