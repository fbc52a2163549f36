//! Words: a key gives a text, a template and its parts give a sentence.

use std::rc::Rc;

use litemap::LiteMap;

use crate::document::LoadError;
use crate::judge::Refusal;
use crate::read::Problem;
use crate::standard::Standard;

/// 语言: the words of one language, over those of Chinese, over the key itself.
#[derive(Clone, Debug)]
pub struct Lang {
    name: Rc<str>,
    own: LiteMap<String, String>,
    words: LiteMap<&'static str, &'static str>,
}

impl Lang {
    pub(crate) fn new(name: &str, text: &'static str, fallback: &'static str) -> Self {
        let mut words = LiteMap::new();
        let lines = fallback.lines().chain(text.lines());
        for line in lines.filter(|line| !line.starts_with('#')) {
            if let Some((key, word)) = line.split_once('=') {
                words.insert(key.trim(), word.trim());
            }
        }
        Self { name: name.into(), own: LiteMap::new(), words }
    }

    /// The name of the language: `zh-CN`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn name_shared(&self) -> Rc<str> {
        Rc::clone(&self.name)
    }

    /// Takes in the words that a standard's file brings along.
    pub fn add(&mut self, standard: &Standard) {
        for language in ["zh-CN", &*self.name.clone()] {
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

    /// What stands between the items of a list; a space that is meant is written `␣`,
    /// because the ends of a line of words are trimmed.
    #[must_use]
    pub fn comma(&self) -> String {
        self.text("say.comma").replace('␣', " ")
    }

    /// Why a data file was refused, where, and what to do.
    #[must_use]
    pub fn say_error(&self, error: &LoadError) -> String {
        let name = [("name", error.fault.name.as_str())];
        let what = self.fill(&["load.", error.fault.key].concat(), &name);
        let advice = self.fill(&["advice.load.", error.fault.key].concat(), &name);
        let line = error.line.map(|line| line.to_string());
        let parts = [
            ("file", error.file.as_str()),
            ("line", line.as_deref().unwrap_or_default()),
            ("key", error.key.as_str()),
            ("what", &what),
            ("advice", &advice),
        ];
        self.fill(if line.is_some() { "load.at" } else { "load.at_key" }, &parts)
    }

    /// Why a visit cannot be judged under a standard, and what to do.
    #[must_use]
    pub fn say_refusal(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::Year { year, holds: (first, last) } => {
                let texts = [year.to_string(), first.to_string(), last.to_string()];
                let [year, first, last] = texts.each_ref().map(String::as_str);
                let parts = [("year", year), ("first", first), ("last", last)];
                self.fill("refusal.year", &parts)
            }
            Refusal::Date { date } => self.fill("refusal.date", &[("date", date)]),
        }
    }

    /// What is wrong with an answer, and what to do about it.
    #[must_use]
    pub fn say_problem(&self, problem: &Problem) -> (String, String) {
        let args = problem.args();
        let parts: Vec<(&str, String)> = args
            .into_iter()
            .map(|(name, text)| match name {
                "unit" => (name, self.named("unit", &text)),
                _ => (name, text),
            })
            .collect();
        let parts: Vec<(&str, &str)> =
            parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let say = |kind: &str| self.fill(&[kind, problem.key()].concat(), &parts);
        (say("problem."), say("advice."))
    }
}
