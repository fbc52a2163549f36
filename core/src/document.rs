//! Reading a data file: a cursor that knows where it stands, and errors that say so.

use std::fmt;

use serde_json::Value;

/// Why a data file was refused; the file is refused whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The file, as its reader named it.
    pub file: String,
    /// The line of the text that was read, from 1; none where a file is a part of another.
    pub line: Option<usize>,
    /// The place in the file: `criterion[2].met.all[0]`.
    pub key: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a data file; words: `load.<key>` and `advice.load.<key>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind of fault.
    pub key: &'static str,
    /// What the sentence names, in back-ticks.
    pub name: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        write!(out, ": {}: {} `{}`", self.key, self.fault.key, self.fault.name)
    }
}

impl std::error::Error for LoadError {}

/// The longest file that is read.
const LONGEST: usize = 1 << 20;

/// Reads JSON text, as long as a data file may be.
pub(crate) fn parse(text: &str) -> Loaded<Value> {
    let fault = |line, key, name: String| {
        let fault = Fault { key, name };
        Box::new(LoadError { file: String::new(), line, key: String::new(), fault })
    };
    if text.len() > LONGEST {
        return Err(fault(None, "file_too_long", LONGEST.to_string()));
    }
    serde_json::from_str(text)
        .map_err(|error| fault(Some(error.line()), "not_json", error.to_string()))
}

/// One value of a document and the way that led to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    pub(crate) value: &'a Value,
    parent: Option<&'a Cursor<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

/// What was read, or why the file is refused. In a box, for the way of the good case is
/// walked a thousand times.
pub(crate) type Loaded<T> = Result<T, Box<LoadError>>;

impl<'a> Cursor<'a> {
    pub(crate) fn root(value: &'a Value) -> Self {
        Self { value, parent: None, step: Step::Root }
    }

    /// An error at this place.
    pub(crate) fn fault(
        &self,
        key: &'static str,
        name: impl AsRef<str>,
    ) -> Box<LoadError> {
        self.fault_named(key, name.as_ref())
    }

    #[inline(never)]
    fn fault_named(&self, key: &'static str, name: &str) -> Box<LoadError> {
        Box::new(LoadError {
            file: String::new(),
            line: None,
            key: self.path(),
            fault: Fault { key, name: name.to_owned() },
        })
    }

    pub(crate) fn path(&self) -> String {
        let mut path = self.parent.map(Cursor::path).unwrap_or_default();
        match self.step {
            Step::Root => {}
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Step::Index(index) => {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
            }
        }
        path
    }

    /// The value under a key; none where it is left out.
    pub(crate) fn get<'b>(&'b self, key: &'b str) -> Option<Cursor<'b>> {
        let value = self.value.get(key)?;
        Some(Cursor { value, parent: Some(self), step: Step::Key(key) })
    }

    pub(crate) fn need<'b>(&'b self, key: &'b str) -> Loaded<Cursor<'b>> {
        self.get(key).ok_or_else(|| self.fault("missing", key))
    }

    /// The items of a list; an absent list has none.
    pub(crate) fn list<'b>(&'b self, key: &'b str) -> Loaded<Vec<&'b Value>> {
        match self.value.get(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items.iter().collect()),
            Some(_) => Err(self.fault("not_a_list", key)),
        }
    }

    pub(crate) fn items(&self) -> Loaded<&'a [Value]> {
        match self.value {
            Value::Array(items) => Ok(items),
            _ => Err(self.fault("not_a_list", self.last())),
        }
    }

    pub(crate) fn at<'b>(&'b self, index: usize, value: &'b Value) -> Cursor<'b> {
        Cursor { value, parent: Some(self), step: Step::Index(index) }
    }

    pub(crate) fn text(&self) -> Loaded<&'a str> {
        self.value.as_str().ok_or_else(|| self.fault("not_text", self.last()))
    }

    pub(crate) fn integer(&self) -> Loaded<i64> {
        self.value.as_i64().ok_or_else(|| self.fault("not_an_integer", self.last()))
    }

    pub(crate) fn flag(&self, key: &str) -> Loaded<bool> {
        match self.value.get(key) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(self.fault("not_a_flag", key)),
        }
    }

    pub(crate) fn text_of(&self, key: &str) -> Loaded<Option<String>> {
        self.get(key).map(|found| found.text().map(str::to_owned)).transpose()
    }

    pub(crate) fn need_text(&self, key: &str) -> Loaded<String> {
        Ok(self.need(key)?.text()?.to_owned())
    }

    /// A pair of years or figures, the lower first.
    pub(crate) fn pair(&self) -> Loaded<(i64, i64)> {
        let pair = match self.items()? {
            [low, high] => low.as_i64().zip(high.as_i64()),
            _ => None,
        };
        match pair {
            Some((low, high)) if low <= high => Ok((low, high)),
            _ => Err(self.fault("not_a_pair", self.last())),
        }
    }

    /// Refuses keys that are not known: a misspelt key must not be a silent default.
    pub(crate) fn only(&self, known: &[&str]) -> Loaded<()> {
        let Value::Object(map) = self.value else {
            return Err(self.fault("not_a_table", self.last()));
        };
        for key in map.keys() {
            if !known.contains(&key.as_str()) {
                let here = Cursor {
                    value: self.value,
                    parent: Some(self),
                    step: Step::Key(key.as_str()),
                };
                return Err(here.fault("unknown_key", key));
            }
        }
        Ok(())
    }

    fn last(&self) -> String {
        match self.step {
            Step::Key(key) => key.to_owned(),
            Step::Index(index) => index.to_string(),
            Step::Root => String::new(),
        }
    }
}

/// An id: small letters, digits and `_` (or `-` in a standard's), a letter first.
pub(crate) fn is_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|char| {
            char.is_ascii_lowercase() || char.is_ascii_digit() || "_-".contains(char)
        })
}

/// The line, from 1, on which a place stands in a JSON text; none where it is not there.
pub(crate) fn line_of(text: &str, path: &str) -> Option<usize> {
    let mut scan = Scan { rest: text, passed: 0 };
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        scan.space();
        match step.strip_suffix(']').and_then(|index| index.parse::<usize>().ok()) {
            Some(index) => scan.enter_item(index)?,
            None => scan.enter_key(step)?,
        }
    }
    scan.space();
    let passed = text.get(..scan.passed)?;
    Some(passed.matches('\n').count().saturating_add(1))
}

/// A walk over a JSON text that is known to be well formed.
struct Scan<'a> {
    rest: &'a str,
    passed: usize,
}

impl Scan<'_> {
    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        self.passed = self.passed.saturating_add(bytes);
    }

    fn space(&mut self) {
        let trimmed = self.rest.trim_start();
        self.skip(self.rest.len().saturating_sub(trimmed.len()));
    }

    fn eat(&mut self, mark: char) -> Option<()> {
        self.space();
        self.rest.starts_with(mark).then(|| self.skip(mark.len_utf8()))
    }

    /// Passes a string and gives what stands between its quotes, as written.
    fn string(&mut self) -> Option<String> {
        self.eat('"')?;
        let mut escaped = false;
        for (at, char) in self.rest.char_indices() {
            match char {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    let inner = self.rest.get(..at)?.to_owned();
                    self.skip(at.saturating_add(1));
                    return Some(inner);
                }
                _ => {}
            }
        }
        None
    }

    fn value(&mut self) -> Option<()> {
        self.space();
        match self.rest.chars().next()? {
            '"' => self.string().map(drop),
            '{' | '[' => {
                let mut depth = 0_usize;
                loop {
                    match self.rest.chars().next()? {
                        '"' => {
                            self.string()?;
                            continue;
                        }
                        '{' | '[' => depth = depth.saturating_add(1),
                        '}' | ']' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    let first = self.rest.chars().next().map_or(1, char::len_utf8);
                    self.skip(first);
                    if depth == 0 {
                        return Some(());
                    }
                }
            }
            _ => {
                let end = self.rest.find([',', '}', ']']).unwrap_or(self.rest.len());
                self.skip(end);
                Some(())
            }
        }
    }

    fn enter_item(&mut self, index: usize) -> Option<()> {
        self.eat('[')?;
        for _ in 0..index {
            self.value()?;
            self.eat(',')?;
        }
        Some(())
    }

    fn enter_key(&mut self, wanted: &str) -> Option<()> {
        self.eat('{')?;
        loop {
            self.space();
            let before = (self.rest.len(), self.passed);
            let key = self.string()?;
            self.eat(':')?;
            if key == wanted {
                // The line of the key itself, not of its value.
                let _ = before;
                return Some(());
            }
            self.value()?;
            self.eat(',')?;
        }
    }
}
