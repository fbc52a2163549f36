//! A file of records as it is handed over (交出): made of any number, read one by one.
//!
//! What it holds is `{"format":"ruhu-records","version":1,"records":[…]}`. It is taken
//! apart without being read as a whole: a record that is spoilt spoils no other, and what
//! stands before the place where a file was cut off is still there.

use ruhu_core::Record;
use ruhu_core::record::{Notice, RecordError};

const FORMAT: &str = "\"ruhu-records\"";
const VERSION: u32 = 1;

/// More than an office has households.
const MOST: usize = 5_000;

/// A record has a few values inside each other, and never this many.
const DEEPEST: usize = 256;

/// A record that was opened, and what was odd in it.
type Read = Result<(Record, Vec<Notice>), RecordError>;

/// The file of a hand-over.
#[derive(Clone, Copy, Debug)]
pub struct Handover;

/// Why a text is no hand-over; its words are `handover.<key>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandoverError {
    /// Something else, perhaps a record.
    NotOne,
    /// Written by a later version, whose rules are not known here.
    Newer(String),
    /// No list of records, or nothing in it.
    Empty,
    /// More records than are taken from one file.
    TooMany,
}

impl HandoverError {
    /// The name in words.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotOne => "not_one",
            Self::Newer(_) => "newer",
            Self::Empty => "empty",
            Self::TooMany => "too_many",
        }
    }
}

impl Handover {
    /// The text of a file of these records, each as its own JSON.
    #[must_use]
    pub fn write(records: &[impl AsRef<str>]) -> String {
        let mut text = ["{\"format\":", FORMAT, ",\"version\":"].concat();
        text.push_str(&VERSION.to_string());
        text.push_str(",\"records\":[");
        for (at, record) in records.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            text.push_str(record.as_ref());
        }
        text.push_str("]}");
        text
    }

    /// The records of a file, in order; those that cannot be read with their reason.
    ///
    /// # Errors
    /// Where the file as a whole is none, or not to be read here.
    pub fn read(text: &str) -> Result<Vec<Read>, HandoverError> {
        let pieces = Self::pieces(text)?;
        Ok(pieces.into_iter().map(Record::from_json).collect())
    }

    /// The text of each record; the last one may be cut off.
    ///
    /// # Errors
    /// Where the file as a whole is none, or not to be read here.
    pub fn pieces(text: &str) -> Result<Vec<&str>, HandoverError> {
        let mut scan = Scan { left: text };
        let (mut is_one, mut records) = (false, None);
        if !scan.take('{') {
            return Err(HandoverError::NotOne);
        }
        while let Some(key) = scan.value().filter(|_| scan.take(':')) {
            match key {
                "\"records\"" => records = scan.items(),
                _ => {
                    let Some(value) = scan.value() else { break };
                    match key {
                        "\"format\"" => is_one = value == FORMAT,
                        "\"version\"" if value.parse() != Ok(VERSION) => {
                            let version = value.trim_matches('"').to_owned();
                            return Err(HandoverError::Newer(version));
                        }
                        _ => {}
                    }
                }
            }
            if !scan.take(',') {
                break;
            }
        }
        match records {
            _ if !is_one => Err(HandoverError::NotOne),
            Some(records) if records.len() > MOST => Err(HandoverError::TooMany),
            Some(records) if !records.is_empty() => Ok(records),
            _ => Err(HandoverError::Empty),
        }
    }
}

/// Walks over JSON without reading it: where a value begins and where it ends.
struct Scan<'a> {
    left: &'a str,
}

impl<'a> Scan<'a> {
    fn take(&mut self, sign: char) -> bool {
        self.left = self.left.trim_start();
        let behind = self.left.strip_prefix(sign);
        self.left = behind.unwrap_or(self.left);
        behind.is_some()
    }

    /// The next value as it is written; none where it does not end, and nothing is taken. A
    /// bracket that is missing or too many inside it does not lead beyond it.
    fn value(&mut self) -> Option<&'a str> {
        self.left = self.left.trim_start();
        let (mut open, mut in_text, mut escaped) = (Vec::new(), false, false);
        for (at, byte) in self.left.bytes().enumerate() {
            let mut ends = false;
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => {
                    in_text = !in_text;
                    ends = !in_text && open.is_empty();
                }
                _ if in_text => {}
                // No record is that deep: what is has been refused before it is searched.
                b'[' | b'{' if open.len() > DEEPEST => {}
                b'[' => open.push(b']'),
                b'{' => open.push(b'}'),
                // What ends is a bare word; the sign belongs to what is around it.
                b']' | b'}' | b',' | b':' if open.is_empty() => return self.cut(at),
                b']' | b'}' => {
                    let closed = open.iter().rposition(|other| *other == byte);
                    open.truncate(closed.unwrap_or(open.len()));
                    ends = open.is_empty();
                }
                b' ' | b'\t' | b'\n' | b'\r' if open.is_empty() => return self.cut(at),
                _ => {}
            }
            if ends {
                return self.cut(at.saturating_add(1));
            }
        }
        None
    }

    fn cut(&mut self, at: usize) -> Option<&'a str> {
        let (value, left) = self.left.split_at_checked(at)?;
        self.left = left;
        Some(value).filter(|value| !value.is_empty())
    }

    /// The items of a list, of which the last may be cut off; none where there is no list.
    fn items(&mut self) -> Option<Vec<&'a str>> {
        if !self.take('[') {
            return None;
        }
        let mut items = Vec::new();
        while !self.take(']') && !self.left.is_empty() {
            match self.value() {
                Some(item) => items.push(item),
                None => items.push(std::mem::take(&mut self.left)),
            }
            // Without a comma, whatever stands there is the next item, and no record.
            self.take(',');
            if items.len() > MOST {
                break;
            }
        }
        Some(items)
    }
}
