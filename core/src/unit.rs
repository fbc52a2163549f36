//! Units of numbers: words over words, multiplied and compared, never converted.

use std::fmt;

/// A unit: `yuan/person/year`, `L/person/day`; the empty one counts nothing in particular.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    pub(crate) over: Vec<String>,
    pub(crate) under: Vec<String>,
}

impl Unit {
    /// Reads `a/b/c` as a over b and c; none for what is not words joined by `/`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split('/').map(str::trim);
        let first = words.next()?;
        let mut unit = Self::default();
        if first != "1" {
            unit.over.push(word(first)?);
        }
        for under in words {
            unit.under.push(word(under)?);
        }
        Some(unit)
    }

    /// The first word: the `yuan` of `yuan/year`; none for a bare number.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.over.first().map(String::as_str)
    }

    /// The unit of a product: person times yuan/person is yuan.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let mut over = [self.over.clone(), other.over.clone()].concat();
        let mut under = Vec::new();
        for word in self.under.iter().chain(&other.under) {
            match over.iter().position(|found| found == word) {
                Some(at) => drop(over.remove(at)),
                None => under.push(word.clone()),
            }
        }
        Self { over, under }
    }

    /// The words in one order, whichever they were written in.
    fn sorted(&self) -> (Vec<&str>, Vec<&str>) {
        (sorted(&self.over), sorted(&self.under))
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.sorted() == other.sorted()
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
        if self.over.is_empty() {
            out.write_str("1")?;
        }
        out.write_str(&self.over.join("*"))?;
        for word in &self.under {
            write!(out, "/{word}")?;
        }
        Ok(())
    }
}
