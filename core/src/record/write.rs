//! A record as JSON, always written the same way.

use litemap::LiteMap;

use crate::json::{Entries, Json};

use super::{Answer, Answers, List, Record, Row};

/// The shape of a record; a record that states a later one is left alone.
pub(crate) const VERSION: i64 = 1;
const KEYS: [&str; 13] = [
    "ruhu", "id", "standard", "year", "date", "choices", "answers", "lists", "before",
    "finished", "versions", "log", "unread",
];

impl Record {
    /// The record as compact JSON with sorted keys (记录的文本): the same record, the same
    /// bytes. Blank answers are left out.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.json().write()
    }

    pub(crate) fn json(&self) -> Json {
        let versions = self.versions.clone();
        self.json_with(self.log.to_json(), Json::List(versions))
    }

    /// The record with something in place of its log and its versions.
    pub(super) fn json_with(&self, log: Json, versions: Json) -> Json {
        let mut top = Entries::new();
        let mut unread = Entries::new();
        for (key, value) in &self.unread {
            let ours = key.starts_with('/') || KEYS.contains(&key.as_str());
            let place = if ours { &mut unread } else { &mut top };
            place.insert(key.clone(), value.clone());
        }
        top.insert("ruhu".to_owned(), VERSION.into());
        put(&mut top, "id", self.id.as_str());
        put(&mut top, "standard", self.standard.as_str());
        put(&mut top, "date", self.date.as_deref().unwrap_or_default());
        if let Some(year) = self.year {
            top.insert("year".to_owned(), i64::from(year).into());
        }
        let mut choices = Entries::new();
        for (name, choice) in &self.choices {
            put(&mut choices, name, choice.as_str());
        }
        put(&mut top, "choices", choices);
        put(&mut top, "answers", answers_json(&self.answers));
        put(&mut top, "lists", lists_json(&self.lists));
        if let Some(before) = &self.before {
            put(&mut top, "before", before.to_json());
        }
        if let Some(finished) = &self.finished {
            put(&mut top, "finished", finished.to_json());
        }
        put(&mut top, "versions", versions);
        put(&mut top, "log", log);
        put(&mut top, "unread", unread);
        Json::Object(top)
    }
}

/// Puts a value under a key, unless it is empty.
pub(super) fn put(map: &mut Entries, key: &str, value: impl Into<Json>) {
    let value = value.into();
    let empty = match &value {
        Json::Text(text) => text.is_empty(),
        Json::Object(entries) => entries.is_empty(),
        Json::List(items) => items.is_empty(),
        _ => false,
    };
    if !empty {
        map.insert(key.to_owned(), value);
    }
}

pub(super) fn answers_json(answers: &Answers) -> Entries {
    let mut json = Entries::new();
    for (fact, answer) in answers {
        put(&mut json, fact, answer_json(answer));
    }
    json
}

pub(super) fn answer_json(answer: &Answer) -> Json {
    match answer {
        Answer::Known(text) => text.as_str().into(),
        Answer::Unknown { reason, was } => {
            let mut unknown = Entries::new();
            put(&mut unknown, "unknown", reason.as_str());
            if let Some(was) = was {
                unknown.insert("was".to_owned(), was.as_str().into());
            }
            unknown.into()
        }
    }
}

pub(super) fn lists_json(lists: &LiteMap<String, List>) -> Entries {
    let mut json = Entries::new();
    for (name, list) in lists {
        json.insert(name.clone(), list_json(list));
    }
    json
}

pub(super) fn row_json(row: &Row) -> Json {
    let mut json = Entries::new();
    json.insert("key".to_owned(), i64::from(row.key).into());
    json.insert("answers".to_owned(), answers_json(&row.answers).into());
    Json::Object(json)
}

fn list_json(list: &List) -> Json {
    let rows = list.rows.iter().map(row_json);
    let mut json = Entries::new();
    json.insert("rows".to_owned(), rows.collect::<Vec<_>>().into());
    json.insert("complete".to_owned(), list.complete.into());
    Json::Object(json)
}
