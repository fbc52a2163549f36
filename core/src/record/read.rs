//! A record from JSON: whatever has its shape is read, and whatever has not is kept.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::mend::{free_reserved, without_halves};
use super::write::VERSION;
use super::{Answer, Answers, Notice, Reason, Record, RecordError};
use crate::read::{Problem, number};

/// The most bytes a record may have.
const MOST: usize = 16 * 1024 * 1024;
/// Deeper than this, what is kept is kept as text, so that it can always be read again.
const DEPTH: usize = 64;

impl Record {
    /// Reads a record (打开记录), and says what in it is not ours.
    ///
    /// Text, numbers (every digit kept) and true or false are answers; null and empty
    /// text are blanks; whatever else stands there is kept in `unread` and written back.
    /// Of two equal keys in one object the last counts, as everywhere in JSON.
    ///
    /// # Errors
    ///
    /// Text that is no JSON object, too large, or of a later version.
    pub fn from_json(text: &str) -> Result<(Self, Vec<Notice>), RecordError> {
        if text.len() > MOST {
            return Err(RecordError::TooLarge);
        }
        let mut reader = Reader::default();
        let Value::Object(mut top) = reader.parse(text)? else {
            return Err(RecordError::NotARecord);
        };
        if let Some(unread) = top.remove("unread") {
            reader.kept_before(unread);
        }
        if let Some(version) = top.remove("ruhu") {
            reader.version(version)?;
        }
        let mut record = Self::default();
        for (key, value) in top {
            match key.as_str() {
                "id" => record.id = reader.text(value, "", &key).unwrap_or_default(),
                "standard" => {
                    record.standard = reader.text(value, "", &key).unwrap_or_default();
                }
                "date" => record.date = reader.text(value, "", &key),
                "year" => record.year = reader.year(value),
                "choices" => record.choices = reader.choices(value),
                "answers" => record.answers = reader.answers(value, ""),
                "lists" => record.lists = reader.lists(value),
                _ if key.starts_with('/') => reader.keep("", &key, value),
                _ => {
                    reader.note(step("", &key), "unknown_key");
                    reader.unread.insert(key, value);
                }
            }
        }
        record.unread = reader.unread;
        Ok((record, reader.notices))
    }
}

/// What has been noticed and kept so far.
#[derive(Debug, Default)]
pub(super) struct Reader {
    notices: Vec<Notice>,
    unread: Map<String, Value>,
}

impl Reader {
    fn parse(&mut self, text: &str) -> Result<Value, RecordError> {
        let text = text.trim_start_matches('\u{feff}');
        let parsed = serde_json::from_str(text).or_else(|error| {
            let Some(whole) = without_halves(text) else {
                return Err(error);
            };
            self.note(String::new(), "mended");
            serde_json::from_str(&whole)
        });
        let mut value = parsed.map_err(|error| RecordError::NotJson {
            line: error.line(),
            column: error.column(),
        })?;
        if free_reserved(&mut value) {
            self.note(String::new(), "mended");
        }
        Ok(value)
    }

    pub(super) fn note(&mut self, path: String, key: &'static str) {
        self.notices.push(Notice { path, key });
    }

    /// Keeps what is not understood under its place.
    pub(super) fn keep(&mut self, parent: &str, key: &str, value: Value) {
        let path = step(parent, key);
        self.note(path.clone(), "kept");
        let value = if is_deep(&value, DEPTH) { value.to_string().into() } else { value };
        let mut place = path;
        while self.unread.contains_key(&place) {
            place.push('+');
        }
        self.unread.insert(place, value);
    }

    /// What an earlier reading kept, each under the name it had.
    fn kept_before(&mut self, unread: Value) {
        let Value::Object(unread) = unread else {
            return self.keep("", "unread", unread);
        };
        for (key, value) in unread {
            if key.starts_with('/') && !is_deep(&value, DEPTH) {
                self.note(key.clone(), "kept");
                self.unread.insert(key, value);
            } else {
                self.keep("/unread", &key, value);
            }
        }
    }

    fn version(&mut self, value: Value) -> Result<(), RecordError> {
        let version = plain(&value).unwrap_or_default();
        match number(&version, 0) {
            Ok(VERSION) => Ok(()),
            Ok(later) if later > VERSION => Err(RecordError::Newer { version }),
            Err(Problem::TooBig) => Err(RecordError::Newer { version }),
            _ => {
                self.keep("", "ruhu", value);
                Ok(())
            }
        }
    }

    /// A text, a number's digits, yes or no; none for a blank and for what is kept.
    fn text(&mut self, value: Value, parent: &str, key: &str) -> Option<String> {
        match value {
            Value::Null => None,
            Value::String(text) => (!text.is_empty()).then_some(text),
            other => {
                let text = plain(&other);
                if text.is_none() {
                    self.keep(parent, key, other);
                }
                text
            }
        }
    }

    fn year(&mut self, value: Value) -> Option<i32> {
        let year = plain(&value).and_then(|text| number(&text, 0).ok());
        let year = year.and_then(|year| i32::try_from(year).ok());
        let blank = value.is_null() || value == "";
        if year.is_none() && !blank {
            self.keep("", "year", value);
        }
        year
    }

    /// The entries of an object; what is no object is kept.
    pub(super) fn entries(
        &mut self,
        value: Value,
        parent: &str,
        key: &str,
    ) -> Map<String, Value> {
        match value {
            Value::Object(entries) => entries,
            Value::Null => Map::new(),
            other => {
                self.keep(parent, key, other);
                Map::new()
            }
        }
    }

    fn choices(&mut self, value: Value) -> BTreeMap<String, String> {
        let mut choices = BTreeMap::new();
        for (name, value) in self.entries(value, "", "choices") {
            if let Some(choice) = self.text(value, "/choices", &name) {
                choices.insert(name, choice);
            }
        }
        choices
    }

    pub(super) fn answers(&mut self, value: Value, parent: &str) -> Answers {
        let mut answers = Answers::new();
        let at = step(parent, "answers");
        for (fact, value) in self.entries(value, parent, "answers") {
            let answer = match value {
                Value::Object(unknown) => self.unknown(unknown, &at, &fact),
                other => self.text(other, &at, &fact).map(Answer::Known),
            };
            if let Some(answer) = answer {
                answers.insert(fact, answer);
            }
        }
        answers
    }

    fn unknown(
        &mut self,
        mut unknown: Map<String, Value>,
        parent: &str,
        fact: &str,
    ) -> Option<Answer> {
        let named = unknown.get("unknown").and_then(Value::as_str);
        let Some(reason) = named.and_then(Reason::named) else {
            self.keep(parent, fact, Value::Object(unknown));
            return None;
        };
        let at = step(parent, fact);
        unknown.remove("unknown");
        let was = match unknown.remove("was") {
            Some(Value::String(was)) => Some(was),
            was => self.text(was.unwrap_or_default(), &at, "was"),
        };
        self.keep_all(unknown, &at);
        Some(Answer::Unknown { reason, was })
    }

    pub(super) fn keep_all(&mut self, others: Map<String, Value>, parent: &str) {
        for (key, value) in others {
            self.keep(parent, &key, value);
        }
    }
}

/// A value that is one text: itself, a number's digits, yes or no.
pub(super) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A place and one key below it (RFC 6901).
pub(super) fn step(parent: &str, key: &str) -> String {
    let key = key.replace('~', "~0").replace('/', "~1");
    format!("{parent}/{key}")
}

fn is_deep(value: &Value, depth: usize) -> bool {
    let Some(below) = depth.checked_sub(1) else {
        return true;
    };
    match value {
        Value::Array(items) => items.iter().any(|item| is_deep(item, below)),
        Value::Object(entries) => entries.values().any(|entry| is_deep(entry, below)),
        _ => false,
    }
}
