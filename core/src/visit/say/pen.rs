//! A pen: a sentence is written straight through, each blank where it stands.

use crate::enter::put_figure;
use crate::lang::Lang;
use crate::unit::Unit;
use crate::visit::Visit;

/// Writes what a visit says, in one language.
pub(super) struct Pen<'a> {
    pub(super) visit: &'a Visit,
    pub(super) lang: &'a Lang,
    pub(super) text: String,
}

impl<'a> Pen<'a> {
    pub(super) fn new(visit: &'a Visit, lang: &'a Lang) -> Self {
        Self { visit, lang, text: String::with_capacity(160) }
    }

    pub(super) fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The text of a key.
    pub(super) fn word(&mut self, key: &str) {
        self.text.push_str(self.lang.text(key));
    }

    /// The text of `<kind>.<id>`.
    pub(super) fn named(&mut self, kind: &str, id: &str) {
        self.lang.put_named(&mut self.text, &[kind, id]);
    }

    pub(super) fn option(&mut self, list: &str, option: &str) {
        self.lang.put_named(&mut self.text, &["option", list, option]);
    }

    /// The text of a key, with what is to stand in each of its blanks.
    pub(super) fn fill(&mut self, key: &str, blank: &mut dyn FnMut(&mut Self, &str)) {
        let mut rest = self.lang.text(key);
        while let Some((before, name, after)) = crate::lang::next_blank(rest) {
            self.put(before);
            blank(self, name);
            rest = after;
        }
        self.put(rest);
    }

    /// A figure and its unit, as people write them.
    pub(super) fn figure(&mut self, figure: i64, decimals: u8, unit: &Unit) {
        if unit.as_str() == "1" {
            return put_figure(&mut self.text, figure, decimals);
        }
        self.fill("say.figure", &mut |pen, blank| match blank {
            "figure" => put_figure(&mut pen.text, figure, decimals),
            _ => pen.named("unit", unit.as_str()),
        });
    }

    /// Several things with what stands between the items of a list.
    pub(super) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut item: impl FnMut(&mut Self, T),
    ) {
        for (at, one) in items.into_iter().enumerate() {
            if at > 0 {
                let comma = self.lang.comma();
                self.put(&comma);
            }
            item(self, one);
        }
    }
}
