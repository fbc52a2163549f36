//! Questions, changes and hints in words.

use super::pen::Pen;
use super::{fill, option_text};
use crate::ask::Question;
use crate::dictionary::{EntityRef, Kind};
use crate::lang::Lang;
use crate::mend::Change;
use crate::place::Place;
use crate::unit::Unit;
use crate::visit::{Hint, Visit};

impl Visit {
    /// A question in words.
    #[must_use]
    pub fn say_question(&self, lang: &Lang, question: &Question) -> String {
        match question {
            Question::Fact(at) => {
                let fact = self.say_fact(lang, at.fact);
                if at.place == Place::HOUSEHOLD {
                    return fact;
                }
                let name = self.say_row(lang, at.place);
                fill(lang, "ask.row", &[("name", name), ("fact", fact)])
            }
            Question::List(list) => {
                fill(lang, "ask.list", &[("entity", self.entity_name(lang, *list))])
            }
            Question::Param(id) => {
                fill(lang, "ask.param", &[("param", lang.named("param", id))])
            }
        }
    }

    /// A change that would help, in words.
    #[must_use]
    pub fn say_change(&self, lang: &Lang, change: &Change) -> String {
        match change {
            Change::Answer { at, to } => {
                let info = self.dictionary().info(at.fact);
                let list = match info.map(|info| info.kind) {
                    Some(Kind::Choice { list }) => self.dictionary().lists().get(list),
                    _ => None,
                };
                let options: Vec<String> = to
                    .iter()
                    .map(|option| match (list, option.as_str()) {
                        (Some(list), option) => {
                            let text = option_text(lang, &list.id, option);
                            lang.fill("say.option", &[("option", &text)])
                        }
                        (None, "yes") => lang.text("say.true").to_owned(),
                        (None, _) => lang.text("say.false").to_owned(),
                    })
                    .collect();
                let parts = [
                    ("fact", self.say_question(lang, &Question::Fact(*at))),
                    ("options", options.join(&lang.between("say.or"))),
                ];
                fill(lang, "change.answer", &parts)
            }
            Change::Number { at, quantity, by, rise, unit, decimals } => {
                let name = match (at, quantity) {
                    (Some(at), _) => self.say_question(lang, &Question::Fact(*at)),
                    (None, Some(quantity)) => lang.named("quantity", quantity),
                    (None, None) => String::new(),
                };
                let unit = Unit::read(unit).unwrap_or_default();
                let mut pen = Pen::new(self, lang);
                pen.figure(*by, *decimals, &unit);
                let key = if *rise { "change.rise" } else { "change.fall" };
                fill(lang, key, &[("fact", name), ("by", pen.text)])
            }
            Change::Fill(at) => {
                let fact = self.say_question(lang, &Question::Fact(*at));
                fill(lang, "change.fill", &[("fact", fact)])
            }
            Change::Complete(list) => {
                let entity = self.entity_name(lang, *list);
                fill(lang, "change.complete", &[("entity", entity)])
            }
        }
    }

    /// A hint in words.
    #[must_use]
    pub fn say_hint(&self, lang: &Lang, hint: &Hint) -> String {
        let judge = if hint.is_own { &self.applied } else { &self.hints_by };
        let Some(rule) = judge.standard.hints.get(hint.rule) else {
            return String::new();
        };
        let name = match hint.place.entity {
            EntityRef::HOUSEHOLD => String::new(),
            _ => self.say_row(lang, hint.place),
        };
        let key = ["hint.", &rule.id].concat();
        lang.fill(&key, &[("name", &name)])
    }
}
