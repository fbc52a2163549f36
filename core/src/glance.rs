//! A record's text as a line of very many: its answers, borrowed from it.
//!
//! What such a line ordinarily is gets read here, several times as fast. Whatever is out of
//! the ordinary is left to [`Record::from_json`](crate::Record::from_json), which says what
//! is wrong and keeps it: a key twice or unknown, a row without a key, a half of a character.
//! `tests/glance.rs` holds the two to the same answers.

mod looked;

use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use hifijson::num::LexWrite as _;
use hifijson::str::LexAlloc as _;
use hifijson::token::Lex as _;
use hifijson::{Expect, SliceLexer};

use crate::read::number;
use crate::record::Choices;

pub(crate) use looked::Looked;

/// The longest text, and the longest key: what is longer may be too large to be read at all,
/// which is found elsewhere.
const LONGEST: usize = 128 * 1024;
const LONGEST_KEY: usize = 256;
/// The most rows of a list, and the most keys and lists of a record: whether two are the
/// same is looked at one by one.
const ROWS: usize = 256;
const KEYS: usize = 64;
/// How deep what is passed over may go.
const DEPTH: usize = 64;

/// What judging needs of a record.
#[derive(Debug, Default)]
pub(crate) struct Glance<'a> {
    pub(crate) id: Text<'a>,
    pub(crate) standard: Text<'a>,
    pub(crate) year: Option<i32>,
    pub(crate) date: Option<Text<'a>>,
    pub(crate) choices: Choices,
    /// The answers of the household, as a part of `typed`.
    pub(crate) answers: Range<usize>,
    pub(crate) lists: Vec<List<'a>>,
    /// A fact and what was typed; the later of two of one place counts.
    pub(crate) typed: Vec<Typed<'a>>,
}

/// A list of rows.
#[derive(Debug, Default)]
pub(crate) struct List<'a> {
    pub(crate) name: Text<'a>,
    pub(crate) complete: bool,
    /// The key of each row, and its answers.
    pub(crate) rows: Vec<(u32, Range<usize>)>,
}

type Text<'a> = Cow<'a, str>;
type Typed<'a> = (Text<'a>, Option<Text<'a>>);

/// Out of the ordinary, or no JSON: others say which.
#[derive(Debug)]
struct Odd;

impl From<Expect> for Odd {
    fn from(_: Expect) -> Self {
        Self
    }
}

impl<'a> Glance<'a> {
    /// A record at a glance; none where it has to be read more closely.
    pub(crate) fn at(text: &'a str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut reader = Reader { text, lexer: SliceLexer::new(text.as_bytes()) };
        let mut glance = Self::default();
        reader.record(&mut glance).ok().filter(|()| reader.is_done()).map(|()| glance)
    }
}

impl Glance<'_> {
    /// What the record says of how it is to be judged, taken out of it.
    pub(crate) fn setting(&mut self) -> (String, Option<i32>, Option<String>, Choices) {
        let standard = mem::take(&mut self.standard).into_owned();
        let date = self.date.take().map(Text::into_owned);
        (standard, self.year, date, mem::take(&mut self.choices))
    }
}

struct Reader<'a> {
    text: &'a str,
    lexer: SliceLexer<'a>,
}

impl<'a> Reader<'a> {
    fn record(&mut self, into: &mut Glance<'a>) -> Result<(), Odd> {
        let mut seen = Vec::with_capacity(16);
        self.object(|reader, key| {
            // Of two equal keys the last counts, for better or worse.
            if seen.len() >= KEYS || seen.contains(&key) {
                return Err(Odd);
            }
            match &*key {
                "ruhu" => match reader.answer()? {
                    Some(version) if version == "1" => {}
                    _ => return Err(Odd),
                },
                "id" => into.id = reader.answer()?.unwrap_or_default(),
                "standard" => into.standard = reader.answer()?.unwrap_or_default(),
                "date" => into.date = reader.answer()?,
                "year" => {
                    let year = reader.answer()?.and_then(|text| number(&text, 0).ok());
                    into.year = year.and_then(|year| i32::try_from(year).ok());
                }
                "choices" => reader.choices(&mut into.choices)?,
                "answers" => into.answers = reader.answers(&mut into.typed)?,
                "lists" => reader.lists(into)?,
                _ => reader.pass_over(DEPTH)?,
            }
            seen.push(key);
            Ok(())
        })?;
        let is_ours = |key: &Text<'_>| matches!(&**key, "ruhu" | "answers" | "lists");
        if seen.iter().any(is_ours) { Ok(()) } else { Err(Odd) }
    }

    fn is_done(&mut self) -> bool {
        self.lexer.ws_peek().is_none()
    }

    fn peek(&mut self) -> Result<u8, Odd> {
        self.lexer.ws_peek().ok_or(Odd)
    }

    fn object(
        &mut self,
        mut entry: impl FnMut(&mut Self, Text<'a>) -> Result<(), Odd>,
    ) -> Result<(), Odd> {
        if self.peek()? != b'{' {
            return Err(Odd);
        }
        self.lexer.discarded();
        let mut next = self.peek()?;
        if next == b'}' {
            self.lexer.discarded();
            return Ok(());
        }
        loop {
            if next != b'"' {
                return Err(Odd);
            }
            let key = self.string()?;
            if key.len() > LONGEST_KEY || self.peek()? != b':' {
                return Err(Odd);
            }
            self.lexer.discarded();
            entry(self, key)?;
            match self.peek()? {
                b',' => {
                    self.lexer.discarded();
                    next = self.peek()?;
                }
                b'}' => {
                    self.lexer.discarded();
                    return Ok(());
                }
                _ => return Err(Odd),
            }
        }
    }

    fn list(
        &mut self,
        item: impl FnMut(&mut Self) -> Result<(), Odd>,
    ) -> Result<(), Odd> {
        let mut item = item;
        if self.peek()? != b'[' {
            return Err(Odd);
        }
        self.lexer.discarded();
        if self.peek()? == b']' {
            self.lexer.discarded();
            return Ok(());
        }
        loop {
            item(self)?;
            let next = self.peek()?;
            self.lexer.discarded();
            match next {
                b',' => {}
                b']' => return Ok(()),
                _ => return Err(Odd),
            }
        }
    }

    /// A string, cut out of the text where nothing in it is escaped.
    fn string(&mut self) -> Result<Text<'a>, Odd> {
        let rest = self.lexer.discarded().as_slice();
        let is_end = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
        let end = rest.iter().position(is_end).ok_or(Odd)?;
        let (Some(b'"'), after) = (rest.get(end), end.saturating_add(1)) else {
            return self.lexer.str_string().map_err(|_| Odd);
        };
        let start = self.text.len().saturating_sub(rest.len());
        let string = self.text.get(start..start.saturating_add(end)).ok_or(Odd)?;
        self.lexer = SliceLexer::new(rest.get(after..).unwrap_or_default());
        Ok(Text::Borrowed(string))
    }

    /// A text, a number's digits, yes or no; none for a blank, for an unknown answer, and
    /// for what is no answer.
    fn answer(&mut self) -> Result<Option<Text<'a>>, Odd> {
        Ok(match self.peek()? {
            b'"' => {
                let text = self.string()?;
                (!text.is_empty()).then_some(text)
            }
            b'-' | b'0'..=b'9' => {
                let (digits, _) = self.lexer.num_string().validated().map_err(|_| Odd)?;
                Some(Text::Borrowed(digits))
            }
            b'a'..=b'z' => match self.lexer.null_or_bool().ok_or(Odd)? {
                Some(true) => Some(Text::Borrowed("yes")),
                Some(false) => Some(Text::Borrowed("no")),
                None => None,
            },
            b'{' | b'[' => {
                self.pass_over(DEPTH)?;
                None
            }
            _ => return Err(Odd),
        })
    }

    fn choices(&mut self, into: &mut Choices) -> Result<(), Odd> {
        self.object(|reader, name| {
            match reader.answer()? {
                Some(choice) => into.insert(name.into_owned(), choice.into_owned()),
                None => into.remove(&*name),
            };
            Ok(())
        })
    }

    fn answers(&mut self, into: &mut Vec<Typed<'a>>) -> Result<Range<usize>, Odd> {
        let start = into.len();
        self.object(|reader, fact| {
            let typed = reader.answer()?;
            into.push((fact, typed));
            Ok(())
        })?;
        Ok(start..into.len())
    }

    fn lists(&mut self, into: &mut Glance<'a>) -> Result<(), Odd> {
        let Glance { lists, typed, .. } = into;
        self.object(|reader, name| {
            if lists.len() >= KEYS || lists.iter().any(|list| list.name == name) {
                return Err(Odd);
            }
            let mut list = List { name, ..List::default() };
            let mut seen = (false, false);
            reader.object(|reader, key| match &*key {
                "complete" if !seen.0 => {
                    seen.0 = true;
                    if reader.peek()? != b't' && reader.peek()? != b'f' {
                        return Err(Odd);
                    }
                    list.complete = reader.lexer.null_or_bool().flatten().ok_or(Odd)?;
                    Ok(())
                }
                "rows" if !seen.1 => {
                    seen.1 = true;
                    reader.list(|reader| reader.row(&mut list.rows, typed))
                }
                _ => Err(Odd),
            })?;
            lists.push(list);
            Ok(())
        })
    }

    fn row(
        &mut self,
        rows: &mut Vec<(u32, Range<usize>)>,
        typed: &mut Vec<Typed<'a>>,
    ) -> Result<(), Odd> {
        let (mut key, mut answers) = (None, None);
        self.object(|reader, name| match &*name {
            "key" if key.is_none() => {
                let own = reader.answer()?.ok_or(Odd)?;
                key = Some(own.parse::<u32>().map_err(|_| Odd)?);
                Ok(())
            }
            "answers" if answers.is_none() => {
                answers = Some(reader.answers(typed)?);
                Ok(())
            }
            _ => Err(Odd),
        })?;
        let key = key.ok_or(Odd)?;
        if rows.len() >= ROWS || rows.iter().any(|(known, _)| *known == key) {
            return Err(Odd);
        }
        rows.push((key, answers.unwrap_or_default()));
        Ok(())
    }

    /// Any value, if it is one.
    fn pass_over(&mut self, depth: usize) -> Result<(), Odd> {
        let depth = depth.checked_sub(1).ok_or(Odd)?;
        match self.peek()? {
            b'{' => self.object(|reader, _| reader.pass_over(depth)),
            b'[' => self.list(|reader| reader.pass_over(depth)),
            _ => self.answer().map(|_| ()),
        }
    }
}
