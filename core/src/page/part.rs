//! The head of a page, its criteria, slogans, hints and sources.

use super::mark::{Mark, breaks};
use super::{Page, Target};
use crate::dictionary::EntityRef;
use crate::standard::{Cite, HintRule, Level, Source};

impl Page<'_> {
    /// Which standard it is, and by which text.
    pub(super) fn top(&mut self) {
        let standard = self.standard;
        self.head(Target::Title);
        self.line(&self.words("page.about"));
        self.gap();
        let key = ["standard.", &standard.id].concat();
        let place = standard.place.as_deref().map(Mark::plain);
        for (key, what) in [
            ("page.id", Some(Mark::code(&standard.id))),
            ("page.called", self.lang.find(&key).map(Mark::plain)),
            ("page.level", Some(self.named("level", level(standard.level)))),
            ("page.place", place),
            ("page.exit_years", Some(self.span(standard.years))),
            ("page.standing", Some(self.status(standard.status, "page.standard"))),
            ("page.hash", Some(Mark::code(&standard.hash))),
        ] {
            if let Some(what) = what {
                self.item(0, &self.fill(key, &[("what", &what)]));
            }
        }
    }

    pub(super) fn criteria(&mut self) {
        let standard = self.standard;
        if standard.criteria.is_empty() {
            return;
        }
        self.head(Target::Section("page.criteria"));
        self.line(&self.words("page.criteria.about"));
        self.documents();
        for (at, criterion) in standard.criteria.iter().enumerate() {
            self.head(Target::Criterion(at));
            let topic = self.topic_name(&criterion.topic);
            self.line(&self.fill("page.topic", &[("topic", &topic)]));
            self.cite(&criterion.cite);
            self.gap();
            self.line(&self.words("page.met"));
            self.gap();
            self.condition(0, &Mark::default(), criterion.met);
        }
    }

    /// The documents that the criteria come from, each once, by their titles.
    fn documents(&mut self) {
        let standard = self.standard;
        let cited = |source: &Source| {
            standard.criteria.iter().any(|one| one.cite.source == source.id)
        };
        self.gap();
        for source in standard.sources.iter().filter(|source| cited(source)) {
            let title = Mark::plain(&source.title);
            let parts = [("source", &self.source(&source.id)), ("title", &title)];
            self.item(0, &self.fill("page.document", &parts));
        }
    }

    pub(super) fn topic_name(&self, id: &str) -> Mark {
        let topics = self.standard.dictionary.topics();
        match topics.iter().position(|topic| topic.id == id) {
            Some(at) => self.link(Target::Topic(at)),
            None => self.named("topic", id),
        }
    }

    /// Where something stands, and the words of the document.
    pub(super) fn cite(&mut self, cite: &Cite) {
        if let Some(said) = self.cited(cite) {
            self.line(&said);
        }
        if let Some(text) = &cite.text {
            self.gap();
            for line in text.split(breaks).filter(|line| !line.trim().is_empty()) {
                let line = Mark::plain(line).line();
                self.put(&["> ", &line, "\n"]);
            }
        }
    }

    /// `依据：S5，注6。`; nothing where nobody can say.
    fn cited(&self, cite: &Cite) -> Option<Mark> {
        if cite.source.is_empty() {
            return None;
        }
        let source = self.source(&cite.source);
        Some(match &cite.clause {
            None => self.fill("page.cite", &[("source", &source)]),
            Some(clause) => {
                let parts = [("source", &source), ("clause", &Mark::plain(clause))];
                self.fill("page.cite.clause", &parts)
            }
        })
    }

    pub(super) fn source(&self, id: &str) -> Mark {
        let at = self.standard.sources.iter().position(|source| source.id == id);
        at.map_or_else(|| Mark::plain(id), |at| self.link(Target::Source(at)))
    }

    pub(super) fn groupings(&mut self) {
        let standard = self.standard;
        if standard.groupings.is_empty() {
            return;
        }
        self.head(Target::Section("page.groupings"));
        self.line(&self.words("page.groupings.about"));
        for (at, grouping) in standard.groupings.iter().enumerate() {
            self.head(Target::Grouping(at));
            for (group, criteria) in &grouping.groups {
                let criteria =
                    criteria.iter().map(|at| self.link(Target::Criterion(*at)));
                let criteria = self.joined("say.comma", criteria.collect());
                let parts =
                    [("group", &self.named("group", group)), ("criteria", &criteria)];
                self.item(0, &self.fill("page.group", &parts));
            }
        }
    }

    pub(super) fn hints(&mut self) {
        let standard = self.standard;
        if standard.hints.is_empty() {
            return;
        }
        self.head(Target::Section("page.hints"));
        self.line(&self.words("page.hints.about"));
        self.gap();
        for hint in &standard.hints {
            self.hint(hint);
        }
    }

    fn hint(&mut self, hint: &HintRule) {
        let each = self.standard.dictionary.entity_info(hint.each);
        let key = ["page.name.", each.map_or("", |info| &info.id)].concat();
        let name = self.words(self.lang.find(&key).map_or("page.name", |_| &key));
        let key = ["hint.", &hint.id].concat();
        let says = match self.lang.find(&key) {
            Some(_) => self.fill(&key, &[("name", &name)]),
            None => Mark::plain(&hint.id),
        };
        self.item(0, &says);
        let label = match hint.each {
            EntityRef::HOUSEHOLD => self.words("page.when"),
            each => self.fill("page.when.each", &[("row", &self.row_name(each))]),
        };
        self.condition(1, &label, hint.when);
        if !hint.facts.is_empty() {
            let facts = hint.facts.iter().map(|fact| self.fact_name(*fact));
            let facts = self.joined("say.comma", facts.collect());
            self.item(1, &self.fill("page.points", &[("facts", &facts)]));
        }
        let topic = self.topic_name(&hint.topic);
        let topic = self.fill("page.topic", &[("topic", &topic)]);
        let cited = self.cited(&hint.cite).unwrap_or_default();
        let parts = [("cite", &cited), ("topic", &topic)];
        self.item(1, &self.fill("page.hint.about", &parts));
        if let Some(text) = &hint.cite.text {
            self.item(1, &Mark::plain(text));
        }
    }

    pub(super) fn sources(&mut self) {
        let standard = self.standard;
        if standard.sources.is_empty() {
            return;
        }
        self.head(Target::Section("page.sources"));
        for (at, source) in standard.sources.iter().enumerate() {
            self.head(Target::Source(at));
            self.line(&Mark::plain(&source.title));
            self.gap();
            self.source_says(source);
        }
    }

    fn source_says(&mut self, source: &Source) {
        for (key, what) in [
            ("page.number", &source.number),
            ("page.date", &source.date),
            ("page.note", &source.note),
        ] {
            if let Some(what) = what {
                self.item(0, &self.fill(key, &[("what", &Mark::plain(what))]));
            }
        }
        let status = self.named("status", source.status.as_str());
        self.item(0, &self.fill("page.standing", &[("what", &status)]));
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Nation => "nation",
        Level::Province => "province",
        Level::City => "city",
        Level::County => "county",
    }
}
