//! A record from JSON: whatever has its shape is read, and whatever has not is kept.

use super::mend::{free_reserved, without_halves};
use super::write::VERSION;
use super::{Answer, Answers, Choices, Notice, Reason, Record, RecordError};
use crate::json::{Entries, Json};
use crate::read::{Problem, number};

/// The most bytes a record may have, and those above which its writing is weighed too.
const MOST: usize = 16 * 1024 * 1024;
const LARGE: usize = 1024 * 1024;
/// The most marks that may part its values: each costs memory many times its byte.
const MARKS: usize = 1_000_000;
/// The most bytes of notices, a little for each and the length of its place.
const TOLD: usize = 4 * 1024 * 1024;
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
    /// Text that is no JSON object, too large, or of a later version; an object with none
    /// of `ruhu`, `answers` and `lists`, as a standard's.
    pub fn from_json(text: &str) -> Result<(Self, Vec<Notice>), RecordError> {
        if is_too_large(text) {
            return Err(RecordError::TooLarge);
        }
        let mut reader = Reader::default();
        let Json::Object(mut top) = reader.parse(text)? else {
            return Err(RecordError::NotARecord);
        };
        if !["ruhu", "answers", "lists"].iter().any(|key| top.contains_key(*key)) {
            return Err(match top.get("standard") {
                Some(Json::Object(_)) => RecordError::AStandard,
                _ => RecordError::NotARecord,
            });
        }
        if let Some(unread) = top.remove("unread") {
            reader.kept_before(unread);
        }
        if let Some(version) = top.remove("ruhu") {
            reader.version(version)?;
        }
        let mut record = Self::default();
        for (key, value) in top {
            let at = Place::top(&key);
            match key.as_str() {
                "id" => record.id = reader.text(value, at).unwrap_or_default(),
                "standard" => {
                    record.standard = reader.text(value, at).unwrap_or_default();
                }
                "date" => record.date = reader.text(value, at),
                "year" => record.year = reader.year(value, at),
                "choices" => record.choices = reader.choices(value, at),
                "answers" => record.answers = reader.answers(value, at),
                "lists" => record.lists = reader.lists(value, at),
                "before" => record.before = reader.before(value, at),
                "finished" => record.finished = reader.finished(value, at),
                "versions" => record.versions = reader.versions(value, at),
                "log" => record.log = reader.log(value, at),
                _ if key.starts_with('/') => reader.keep(value, at),
                _ => {
                    reader.note(Some(at), "unknown_key");
                    reader.unread.insert(key, value);
                }
            }
        }
        record.unread = reader.unread;
        reader.notices.extend(record.log.verify(&record).err().map(Notice::broken));
        let unwritable = text.len() > LARGE && is_too_large(&record.to_json());
        if reader.told > TOLD || unwritable {
            return Err(RecordError::TooLarge);
        }
        Ok((record, reader.notices))
    }
}

fn is_too_large(text: &str) -> bool {
    text.len() > MOST || text.bytes().filter(|byte| b",[{".contains(byte)).count() > MARKS
}

/// A place in the text, written out only where there is something to say of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    key: &'a str,
}

impl<'a> Place<'a> {
    fn top(key: &'a str) -> Self {
        Self { parent: None, key }
    }

    pub(super) fn step<'b>(&'b self, key: &'b str) -> Place<'b> {
        Place { parent: Some(self), key }
    }

    /// As a JSON pointer (RFC 6901).
    fn path(&self) -> String {
        let mut path = self.parent.map(Place::path).unwrap_or_default();
        path.push('/');
        path.push_str(&self.key.replace('~', "~0").replace('/', "~1"));
        path
    }
}

/// What has been noticed and kept so far.
#[derive(Debug, Default)]
pub(super) struct Reader {
    notices: Vec<Notice>,
    unread: Entries,
    /// The size of the notices; above [`TOLD`] the text is refused.
    told: usize,
}

impl Reader {
    fn parse(&mut self, text: &str) -> Result<Json, RecordError> {
        let text = text.trim_start_matches('\u{feff}');
        let parsed = Json::read(text).or_else(|error| {
            let Some(whole) = without_halves(text) else {
                return Err(error);
            };
            self.note(None, "mended");
            Json::read(&whole)
        });
        let mut value = parsed.map_err(|error| RecordError::NotJson {
            line: error.line,
            column: error.column,
        })?;
        if free_reserved(&mut value) {
            self.note(None, "mended");
        }
        Ok(value)
    }

    pub(super) fn note(&mut self, at: Option<Place<'_>>, key: &'static str) {
        if self.told > TOLD {
            return;
        }
        let path = at.map(|at| at.path()).unwrap_or_default();
        self.told = self.told.saturating_add(path.len()).saturating_add(64);
        self.notices.push(Notice { path, key });
    }

    /// Keeps what is not understood under its place.
    pub(super) fn keep(&mut self, value: Json, at: Place<'_>) {
        if self.told > TOLD {
            return;
        }
        self.note(Some(at), "kept");
        let mut path = at.path();
        while self.unread.contains_key(&path) {
            path.push('+');
        }
        let value = if is_deep(&value, DEPTH) { value.write().into() } else { value };
        self.unread.insert(path, value);
    }

    pub(super) fn keep_all(&mut self, others: Entries, at: Place<'_>) {
        for (key, value) in others {
            self.keep(value, at.step(&key));
        }
    }

    /// What an earlier reading kept, each under the name it had.
    fn kept_before(&mut self, unread: Json) {
        let at = Place::top("unread");
        let Json::Object(unread) = unread else {
            return self.keep(unread, at);
        };
        for (key, value) in unread {
            if key.starts_with('/') && !is_deep(&value, DEPTH) {
                self.told = self.told.saturating_add(64);
                self.notices.push(Notice { path: key.clone(), key: "kept" });
                self.unread.insert(key, value);
            } else {
                self.keep(value, at.step(&key));
            }
        }
    }

    fn version(&mut self, value: Json) -> Result<(), RecordError> {
        let version = plain(&value).unwrap_or_default();
        match number(&version, 0) {
            Ok(VERSION) => Ok(()),
            Ok(later) if later > VERSION => Err(RecordError::Newer { version }),
            Err(Problem::TooBig) => Err(RecordError::Newer { version }),
            _ => {
                self.keep(value, Place::top("ruhu"));
                Ok(())
            }
        }
    }

    /// A text, a number's digits, yes or no; none for a blank and for what is kept.
    pub(super) fn text(&mut self, value: Json, at: Place<'_>) -> Option<String> {
        match value {
            Json::Null => None,
            Json::Text(text) => (!text.is_empty()).then_some(text),
            other => {
                let text = plain(&other);
                if text.is_none() {
                    self.keep(other, at);
                }
                text
            }
        }
    }

    pub(super) fn year(&mut self, value: Json, at: Place<'_>) -> Option<i32> {
        let year = plain(&value).and_then(|text| number(&text, 0).ok());
        let year = year.and_then(|year| i32::try_from(year).ok());
        let blank = value == Json::Null || value.text() == Some("");
        if year.is_none() && !blank {
            self.keep(value, at);
        }
        year
    }

    /// The entries of an object; what is no object is kept.
    pub(super) fn entries(&mut self, value: Json, at: Place<'_>) -> Entries {
        match value {
            Json::Object(entries) => return entries,
            Json::Null => {}
            other => self.keep(other, at),
        }
        Entries::new()
    }

    pub(super) fn choices(&mut self, value: Json, at: Place<'_>) -> Choices {
        let mut choices = Choices::new();
        for (name, value) in self.entries(value, at) {
            if let Some(choice) = self.text(value, at.step(&name)) {
                choices.insert(name, choice);
            }
        }
        choices
    }

    pub(super) fn answers(&mut self, value: Json, at: Place<'_>) -> Answers {
        let mut answers = Answers::new();
        for (fact, value) in self.entries(value, at) {
            let answer = match value {
                Json::Object(unknown) => self.unknown(unknown, at.step(&fact)),
                other => self.text(other, at.step(&fact)).map(Answer::Known),
            };
            if let Some(answer) = answer {
                answers.insert(fact, answer);
            }
        }
        answers
    }

    fn unknown(&mut self, mut unknown: Entries, at: Place<'_>) -> Option<Answer> {
        let named = unknown.get("unknown").and_then(Json::text);
        let Some(reason) = named.and_then(Reason::named) else {
            self.keep(Json::Object(unknown), at);
            return None;
        };
        unknown.remove("unknown");
        let was = match unknown.remove("was") {
            Some(Json::Text(was)) => Some(was),
            was => self.text(was.unwrap_or_default(), at.step("was")),
        };
        self.keep_all(unknown, at);
        Some(Answer::Unknown { reason, was })
    }
}

/// A value that is one text: itself, a number's digits, yes or no.
pub(super) fn plain(value: &Json) -> Option<String> {
    match value {
        Json::Text(text) => Some(text.clone()),
        Json::Number(number) => Some(number.clone()),
        Json::Bool(true) => Some("yes".to_owned()),
        Json::Bool(false) => Some("no".to_owned()),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}

pub(super) fn is_deep(value: &Json, depth: usize) -> bool {
    let Some(below) = depth.checked_sub(1) else {
        return true;
    };
    match value {
        Json::List(items) => items.iter().any(|item| is_deep(item, below)),
        Json::Object(entries) => entries.values().any(|entry| is_deep(entry, below)),
        _ => false,
    }
}
