//! Words: a key gives a text, a template and its parts give a sentence.

use std::collections::BTreeMap;

use crate::standard::Standard;

/// 语言: the words of one language, over those of Chinese, over the key itself.
#[derive(Clone, Debug)]
pub struct Lang {
    name: String,
    own: BTreeMap<String, String>,
    words: BTreeMap<&'static str, &'static str>,
}

impl Lang {
    pub(crate) fn new(name: &str, text: &'static str, fallback: &'static str) -> Self {
        let mut words = BTreeMap::new();
        for line in fallback.lines().chain(text.lines()) {
            if let Some((key, word)) = line.split_once('=') {
                words.insert(key.trim(), word.trim());
            }
        }
        Self { name: name.to_owned(), own: BTreeMap::new(), words }
    }

    /// The name of the language: `zh-CN`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Takes in the words that a standard's file brings along.
    pub fn add(&mut self, standard: &Standard) {
        for language in ["zh-CN", &self.name.clone()] {
            for (key, text) in standard.words(language) {
                self.own.insert(key.to_owned(), text.to_owned());
            }
        }
    }

    /// The text of a key; the key itself where there are no words for it.
    #[must_use]
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// The text of a key, if there are words for it.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&str> {
        let own = self.own.get(key).map(String::as_str);
        own.or_else(|| self.words.get(key).copied())
    }

    /// The text of `<kind>.<id>`.
    #[must_use]
    pub fn named(&self, kind: &str, id: &str) -> String {
        let mut key = String::with_capacity(kind.len().saturating_add(id.len()));
        key.push_str(kind);
        key.push('.');
        key.push_str(id);
        self.find(&key).unwrap_or(id).to_owned()
    }

    /// The text of a key with its placeholders `{name}` filled.
    #[must_use]
    pub fn fill(&self, key: &str, parts: &[(&str, &str)]) -> String {
        let mut rest = self.text(key);
        let mut made = String::with_capacity(rest.len().saturating_add(32));
        while let Some((before, after)) = rest.split_once('{') {
            made.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                made.push('{');
                rest = after;
                continue;
            };
            if let Some((_, part)) = parts.iter().find(|(known, _)| *known == name) {
                made.push_str(part);
            }
            rest = after;
        }
        made.push_str(rest);
        made
    }
}
