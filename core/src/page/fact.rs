//! The facts that a standard looks at, topic by topic.

use super::mark::Mark;
use super::{Page, Target};
use crate::dictionary::{Fact, FactRef, Kind};

impl Page<'_> {
    /// The topics that have a fact on the page, in the order of the form.
    pub(super) fn topics_used(&self) -> Vec<usize> {
        let dictionary = &self.standard.dictionary;
        let facts = self.facts.iter().filter_map(|fact| dictionary.info(*fact));
        let used: Vec<usize> = facts.map(|fact| fact.topic).collect();
        (0..dictionary.topics().len()).filter(|at| used.contains(at)).collect()
    }

    pub(super) fn topics(&mut self) {
        let standard = self.standard;
        if self.facts.is_empty() {
            return;
        }
        self.head(Target::Section("page.facts"));
        self.line(&self.words("page.facts.about"));
        for at in self.topics_used() {
            let Some(topic) = standard.dictionary.topics().get(at) else { continue };
            self.head(Target::Topic(at));
            if let Some(most) = self.most_rows(topic.entity) {
                self.line(&most);
            }
            self.table(&["page.question", "page.kind", "page.answers", "page.asked"]);
            let facts: Vec<FactRef> = standard
                .dictionary
                .facts_of(at)
                .filter(|fact| self.facts.contains(fact))
                .collect();
            for fact in facts {
                let Some(info) = standard.dictionary.info(fact) else { continue };
                let cells = [
                    self.named("fact", &info.id),
                    self.named("page.kind", kind(info.kind)),
                    self.answers(info),
                    self.asked(fact, info),
                ];
                self.row(&cells);
            }
        }
    }

    /// What it can be: the options with their codes, or the range and the unit.
    fn answers(&self, info: &Fact) -> Mark {
        let dictionary = &self.standard.dictionary;
        match info.kind {
            Kind::Choice { list } => {
                let list = dictionary.lists().get(list);
                let options = list.into_iter().flat_map(|list| {
                    list.options.iter().map(|option| {
                        let name = self.option(&list.id, &option.id);
                        let Some(code) = &option.code else { return name };
                        let parts = [("option", &name), ("code", &Mark::plain(code))];
                        self.fill("page.code", &parts)
                    })
                });
                self.joined("say.comma", options.collect())
            }
            Kind::Count | Kind::Money | Kind::Quantity => {
                let low =
                    Mark::plain(&crate::enter::figure_text(info.range.lo, info.decimals));
                let high = self.measured(info.range.hi, info.decimals, &info.unit);
                self.fill("say.from_to", &[("low", &low), ("high", &high)])
            }
            Kind::Row { of } => self.row_name(of),
            _ => Mark::default(),
        }
    }

    /// When it is asked, and what stands in its place before.
    fn asked(&self, fact: FactRef, info: &Fact) -> Mark {
        let whens = self.standard.program.whens.iter();
        let mut said: Vec<Mark> = whens
            .filter(|(known, _)| *known == fact)
            .map(|(_, when)| self.phrase(*when))
            .collect();
        if said.is_empty() {
            said.push(self.words("page.always"));
        }
        if let Some(from) = info.from {
            said.push(self.fill("page.from", &[("fact", &self.fact_name(from))]));
        }
        if let Some(prefill) = &info.prefill {
            let answer = self.typed(info, prefill);
            said.push(self.fill("page.prefill", &[("answer", &answer)]));
        }
        self.joined("page.semicolon", said)
    }

    /// An answer as a file writes it, in words.
    fn typed(&self, info: &Fact, text: &str) -> Mark {
        let lists = self.standard.dictionary.lists();
        match info.kind {
            Kind::Choice { list } => lists
                .get(list)
                .map(|list| self.option(&list.id, text))
                .unwrap_or_default(),
            Kind::YesNo if text == "yes" => self.quoted(&self.words("say.true")),
            Kind::YesNo => self.quoted(&self.words("say.false")),
            _ => self.quoted(&Mark::plain(text)),
        }
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::YesNo => "yes_no",
        Kind::Choice { .. } => "choice",
        Kind::Count => "count",
        Kind::Money => "money",
        Kind::Quantity => "quantity",
        Kind::Date => "date",
        Kind::Text => "text",
        Kind::IdNumber => "id_number",
        Kind::Row { .. } => "row",
    }
}
