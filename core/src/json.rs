//! JSON as a record needs it: every digit kept, keys in order, one way to write it.
//!
//! `serde_json` reads standards, in a module that is fetched for it. A form on a phone reads
//! and writes only records: `hifijson` parses, at a tenth of the download, and writing is
//! ours, because its own leaves some control characters bare. `tests/records/json.rs` holds
//! both to the answers of `serde_json`.

mod read;

use std::fmt;

use litemap::LiteMap;

pub use read::Stop;

/// As `json!`, for values that cannot fail to become JSON: half its code.
macro_rules! object {
    ({ $($key:literal: $value:expr),+ $(,)? }) => {
        $crate::json::Json::object(
            vec![$(($key, $crate::json::Json::from($value))),+]
        )
    };
}

pub(crate) use object;

/// A value of JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The digits as written.
    Number(String),
    /// A text.
    Text(String),
    /// `[…]`.
    List(Vec<Self>),
    /// `{…}`.
    Object(Entries),
}

/// The entries of an object, by key.
pub type Entries = LiteMap<String, Json>;

impl Json {
    /// Reads a value; of two equal keys in one object the last counts.
    ///
    /// # Errors
    /// Text that is not JSON, or more than 127 values inside each other.
    pub fn read(text: &str) -> Result<Self, Stop> {
        read::whole(text)
    }

    /// An object of these entries.
    #[must_use]
    pub fn object(entries: Vec<(&str, Self)>) -> Self {
        let mut made = Entries::with_capacity(entries.len());
        for (key, value) in entries {
            made.insert(key.to_owned(), value);
        }
        Self::Object(made)
    }

    /// An entry of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.get(key),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Compact, with sorted keys: the same value, the same bytes.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = String::new();
        self.put(&mut text);
        text
    }

    fn put(&self, into: &mut String) {
        match self {
            Self::Null => into.push_str("null"),
            Self::Bool(true) => into.push_str("true"),
            Self::Bool(false) => into.push_str("false"),
            Self::Number(digits) => into.push_str(digits),
            Self::Text(text) => put_text(text, into),
            Self::List(items) => {
                let mut mark = '[';
                for item in items {
                    into.push(mark);
                    item.put(into);
                    mark = ',';
                }
                into.push_str(if items.is_empty() { "[]" } else { "]" });
            }
            Self::Object(entries) => {
                let mut mark = '{';
                for (key, value) in entries {
                    into.push(mark);
                    put_text(key, into);
                    into.push(':');
                    value.put(into);
                    mark = ',';
                }
                into.push_str(if entries.is_empty() { "{}" } else { "}" });
            }
        }
    }
}

fn put_text(text: &str, into: &mut String) {
    into.push('"');
    let mut rest = text;
    // Hardly a text has one of these: what stands between goes over whole.
    let is_marked = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\');
    while let Some(at) = rest.bytes().position(is_marked)
        && let Some((plain, marked)) = rest.split_at_checked(at)
        && let Some(sign) = marked.bytes().next()
    {
        into.push_str(plain);
        rest = marked.get(1..).unwrap_or_default();
        let short = match sign {
            b'"' | b'\\' => char::from(sign),
            8 => 'b',
            12 => 'f',
            b'\n' => 'n',
            b'\r' => 'r',
            b'\t' => 't',
            _ => {
                into.push_str(if sign < 16 { "\\u000" } else { "\\u001" });
                into.extend(char::from_digit(u32::from(sign & 15), 16));
                continue;
            }
        };
        into.push('\\');
        into.push(short);
    }
    into.push_str(rest);
    into.push('"');
}

impl fmt::Display for Json {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.write())
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(value.to_string())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<Self>> for Json {
    fn from(items: Vec<Self>) -> Self {
        Self::List(items)
    }
}

impl From<Entries> for Json {
    fn from(entries: Entries) -> Self {
        Self::Object(entries)
    }
}

impl<T: Into<Self>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
