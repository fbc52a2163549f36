//! Conditions and numbers that have a name, each once, and what they decide.

use super::mark::Mark;
use super::{Page, Target};
use crate::depend::Seen;
use crate::dictionary::EntityRef;
use crate::program::{Num, Test};
use crate::standard::Named;

impl Page<'_> {
    pub(super) fn names(&mut self) {
        let standard = self.standard;
        if standard.defines.is_empty() {
            return;
        }
        self.head(Target::Section("page.names"));
        self.line(&self.words("page.names.about"));
        for (at, named) in standard.defines.iter().enumerate() {
            self.head(Target::Define(at));
            // What is kept of it is its name; what it says stands inside.
            let test = named.test.and_then(|test| standard.program.test(test));
            if let Some(Test::Named(_, inner, _)) = test {
                self.condition(0, &Mark::default(), *inner);
            }
            let num = named.num.and_then(|num| standard.program.num(num));
            if let Some(Num::Named(_, inner, _)) = num {
                self.number(0, &Mark::default(), *inner);
            }
            self.about(at, named);
        }
    }

    /// Whose rows it is about, its unit, where it comes from and what it decides.
    fn about(&mut self, at: usize, named: &Named) {
        self.gap();
        if named.of != EntityRef::HOUSEHOLD {
            let row = self.row_name(named.of);
            self.line(&self.fill("page.each", &[("row", &row)]));
        }
        let program = &self.standard.program;
        let measure = named.num.and_then(|num| program.measure(num));
        if let Some(measure) = measure.filter(|measure| measure.unit.as_str() != "1") {
            let unit = self.named("unit", measure.unit.as_str());
            self.line(&self.fill("page.unit", &[("unit", &unit)]));
        }
        for counts in self.standard.counts.iter().filter(|one| one.define == at) {
            let row = self.row_name(counts.entity);
            self.line(&self.fill("page.counts", &[("row", &row)]));
        }
        self.used_by(|seen| seen.defines.contains(&at));
        if let Some(cite) = &named.cite {
            self.cite(cite);
        }
    }

    /// The criteria that look at something; or that only hints do, or the form.
    pub(super) fn used_by(&mut self, looks: impl Fn(&Seen) -> bool) {
        let by = self.criteria.iter().enumerate().filter(|(_, seen)| looks(seen));
        let by: Vec<Mark> = by.map(|(at, _)| self.link(Target::Criterion(at))).collect();
        if !by.is_empty() {
            let by = self.joined("say.comma", by);
            return self.line(&self.fill("page.used", &[("criteria", &by)]));
        }
        let key = if looks(&self.hints) { "page.used.hints" } else { "page.used.not" };
        self.line(&self.words(key));
    }
}
