//! Words: a key gives a text, a template and its parts give a sentence.

mod words;

use std::rc::Rc;

use crate::applied::Refusal;
use crate::document::LoadError;
use crate::read::Problem;
use crate::record::RecordError;
use crate::standard::Standard;
use words::Words;

/// 语言: the words of one language, over those of Chinese, over the key itself.
#[derive(Clone, Debug)]
pub struct Lang {
    name: Rc<str>,
    words: Words,
}

impl Lang {
    pub(crate) fn new(
        name: &str,
        text: &'static str,
        fallback: [&'static str; 2],
    ) -> Self {
        let mut words = Words::default();
        // Chinese needs no words of its own over those of Chinese.
        let own = if text == fallback[0] { "" } else { text };
        let lines = fallback.into_iter().flat_map(str::lines).chain(own.lines());
        for line in lines.filter(|line| !line.starts_with('#')) {
            if let Some((key, word)) = line.split_once('=') {
                words.put(key.trim().into(), word.trim().into());
            }
        }
        Self { name: name.into(), words }
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
                self.words.put(key.to_owned().into(), text.to_owned().into());
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
        self.words.get(key)
    }

    /// The text of `<kind>.<id>`.
    #[must_use]
    pub fn named(&self, kind: &str, id: &str) -> String {
        let mut made = String::with_capacity(40);
        self.put_named(&mut made, &[kind, id]);
        made
    }

    /// Writes the text of a key in parts, `<kind>.<id>`; the last part itself where there
    /// are no words for it.
    pub(crate) fn put_named(&self, out: &mut String, key: &[&str]) {
        // The key is put together where its text will stand: no text is made only for it.
        let start = out.len();
        for (at, part) in key.iter().enumerate() {
            if at > 0 {
                out.push('.');
            }
            out.push_str(part);
        }
        let found = out.get(start..).and_then(|key| self.find(key));
        out.truncate(start);
        out.push_str(found.or(key.last().copied()).unwrap_or_default());
    }

    /// The text of a key with its placeholders `{name}` filled.
    #[must_use]
    pub fn fill(&self, key: &str, parts: &[(&str, &str)]) -> String {
        let mut rest = self.text(key);
        let mut made = String::with_capacity(rest.len().saturating_add(32));
        while let Some((before, name, after)) = next_blank(rest) {
            made.push_str(before);
            if let Some((_, part)) = parts.iter().find(|(known, _)| *known == name) {
                made.push_str(part);
            }
            rest = after;
        }
        made.push_str(rest);
        made
    }

    /// What stands between the items of a list.
    #[must_use]
    pub fn comma(&self) -> String {
        self.between("say.comma")
    }

    /// What stands between two things; a space that is meant is written `␣`, because the
    /// ends of a line of words are trimmed.
    #[must_use]
    pub fn between(&self, key: &str) -> String {
        self.text(key).replace('␣', " ")
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
        let place = match (error.line, error.key.as_str()) {
            (Some(_), "") => "load.at_line",
            (Some(_), _) => "load.at",
            (None, _) => "load.at_key",
        };
        self.fill(place, &parts)
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

    /// Why a record cannot be opened, and what to do.
    #[must_use]
    pub fn say_record_error(&self, error: &RecordError) -> String {
        let args = error.args();
        let parts: Vec<(&str, &str)> =
            args.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let say = |key: &str| self.fill(&[key, error.key()].concat(), &parts);
        let (what, advice) = (say("record."), say("advice.record."));
        self.fill("record.told", &[("what", &what), ("advice", &advice)])
    }

    /// What is wrong with an answer, and what to do about it; nothing where the words for
    /// that are still to come.
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
        let say = |kind: &str| {
            let key = [kind, problem.key()].concat();
            self.find(&key).map(|_| self.fill(&key, &parts)).unwrap_or_default()
        };
        (say("problem."), say("advice."))
    }
}

/// The next blank of a template, `{name}`: what stands before it, its name, what follows.
pub(crate) fn next_blank(text: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = text.split_once('{')?;
    let (name, after) = after.split_once('}')?;
    Some((before, name, after))
}
