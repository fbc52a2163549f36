//! Reading JSON, and where it stops being any.

use hifijson::token::Lex as _;
use hifijson::value::{Value, parse_bounded};
use hifijson::{Error, SliceLexer};
use std::borrow::Cow;

use super::{Entries, Json};

/// Where a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The line, from 1.
    pub line: usize,
    /// The character in it, from 1.
    pub column: usize,
}

/// How deep values may stand inside each other.
const DEPTH: usize = 128;

pub(super) fn whole(text: &str) -> Result<Json, Stop> {
    let mut lexer = SliceLexer::new(text.as_bytes());
    let read = lexer.exactly_one(SliceLexer::ws_peek, |next, lexer| {
        parse_bounded(DEPTH, next, lexer)
    });
    read.map(owned).map_err(|_: Error| {
        let left = lexer.as_slice().len();
        let before = text.as_bytes().get(..text.len().saturating_sub(left));
        let before = String::from_utf8_lossy(before.unwrap_or_default());
        let lines = before.bytes().filter(|byte| *byte == b'\n').count();
        let last = before.rsplit('\n').next().unwrap_or_default();
        let column = last.chars().count().saturating_add(1);
        Stop { line: lines.saturating_add(1), column }
    })
}

type Read<'a> = Value<&'a str, Cow<'a, str>>;

fn owned(value: Read<'_>) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(value),
        Value::Number((digits, _)) => Json::Number(digits.to_owned()),
        Value::String(text) => Json::Text(text.into_owned()),
        Value::Array(items) => Json::List(items.into_iter().map(owned).collect()),
        Value::Object(entries) => {
            let entries = entries.into_iter();
            let entries = entries.map(|(key, value)| (key.into_owned(), owned(value)));
            Json::Object(Entries::from_iter(entries))
        }
    }
}
