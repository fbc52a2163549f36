//! Units of numbers: words over words, multiplied and compared, never converted.

use std::fmt;
use std::rc::Rc;

/// A unit: `yuan/person/year`, `L/person/day`; the empty one counts nothing in particular.
/// Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Unit(Rc<Words>);

#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) over: Vec<String>,
    pub(crate) under: Vec<String>,
    /// As it is written.
    text: String,
}

impl Unit {
    pub(crate) fn of(over: Vec<String>, under: Vec<String>) -> Self {
        let mut text = if over.is_empty() { "1".to_owned() } else { over.join("*") };
        for word in &under {
            text.push('/');
            text.push_str(word);
        }
        Self(Rc::new(Words { over, under, text }))
    }

    /// Reads `a/b/c` as a over b and c; none for what is not words joined by `/`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split('/').map(str::trim);
        let first = words.next()?;
        let mut over = Vec::new();
        if first != "1" {
            over.push(word(first)?);
        }
        let under = words.map(word).collect::<Option<Vec<String>>>()?;
        Some(Self::of(over, under))
    }

    /// The first word: the `yuan` of `yuan/year`; none for a bare number.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.0.over.first().map(String::as_str)
    }

    /// As it is written: `yuan/person/year`; `1` for a bare number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    pub(crate) fn words(&self) -> &Words {
        &self.0
    }

    /// The unit of a product: person times yuan/person is yuan.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let mut over = [self.0.over.clone(), other.0.over.clone()].concat();
        let mut under = Vec::new();
        for word in self.0.under.iter().chain(&other.0.under) {
            match over.iter().position(|found| found == word) {
                Some(at) => drop(over.remove(at)),
                None => under.push(word.clone()),
            }
        }
        Self::of(over, under)
    }

    /// The words in one order, whichever they were written in.
    fn sorted(&self) -> (Vec<&str>, Vec<&str>) {
        (sorted(&self.0.over), sorted(&self.0.under))
    }
}

impl Default for Unit {
    fn default() -> Self {
        Self::of(Vec::new(), Vec::new())
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str() || self.sorted() == other.sorted()
    }
}

impl Eq for Unit {}

fn sorted(words: &[String]) -> Vec<&str> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words
}

fn word(text: &str) -> Option<String> {
    let good = !text.is_empty() && text.chars().all(char::is_alphanumeric);
    good.then(|| text.to_owned())
}

impl fmt::Display for Unit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
