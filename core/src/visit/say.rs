//! Sentences: each is made from the condition's own shape, so it cannot drift from the rule.

mod number;
mod other;

use std::rc::Rc;

use crate::dictionary::{EntityRef, FactRef, Kind};
use crate::enter::figure_text;
use crate::explain::{Ground, Said};
use crate::lang::Lang;
use crate::program::{Program, Sign, Slot, Test, TestId};
use crate::read;
use crate::record::Reason;
use crate::unit::Unit;
use crate::verdict::Verdict;

use super::Visit;
use crate::place::{At, Place};

impl Visit {
    /// A ground as a sentence, with the row it is about in front.
    #[must_use]
    pub fn say_ground(&self, lang: &Lang, ground: &Ground) -> Rc<str> {
        if let Some((language, kept)) = ground.kept.0.borrow().as_ref()
            && **language == *lang.name()
        {
            return Rc::clone(kept);
        }
        let said: Rc<str> = self.say_anew(lang, ground).into();
        ground.kept.0.replace(Some((lang.name_shared(), Rc::clone(&said))));
        said
    }

    fn say_anew(&self, lang: &Lang, ground: &Ground) -> String {
        let said = match &ground.said {
            Said::Test(test) => self.say_test(lang, ground, *test),
            Said::Is(slot, mask) => self.say_is(lang, ground, *slot, *mask),
            Said::Open(list) => {
                lang.fill("say.open", &[("entity", &self.entity_name(lang, *list))])
            }
            Said::Nobody(list) => {
                lang.fill("say.nobody", &[("entity", &self.entity_name(lang, *list))])
            }
            Said::Every(rows, holds) => self.say_every(lang, rows, *holds),
        };
        match ground.place.entity {
            EntityRef::HOUSEHOLD => said,
            _ if ground.place.row == 0 => said,
            _ => {
                let name = self.say_row(lang, ground.place);
                lang.fill("say.row", &[("name", &name), ("said", &said)])
            }
        }
    }

    fn say_every(&self, lang: &Lang, rows: &[Place], holds: TestId) -> String {
        let names: Vec<String> =
            rows.iter().map(|place| self.say_row(lang, *place)).collect();
        let entity = rows.first().map(|place| self.entity_name(lang, place.entity));
        let what = match self.program().test(holds) {
            Some(Test::Named(name, _, _)) => self.define_name(lang, *name),
            _ => String::new(),
        };
        let key = if what.is_empty() { "say.every" } else { "say.every.what" };
        let parts = [
            ("count", rows.len().to_string()),
            ("entity", entity.unwrap_or_default()),
            ("names", names.join(&lang.comma())),
            ("what", what),
        ];
        fill(lang, key, &parts)
    }

    fn say_test(&self, lang: &Lang, ground: &Ground, test: TestId) -> String {
        let Some(test) = self.program().test(test) else { return String::new() };
        let state = ground.verdict;
        if let (Verdict::Unknown, Some(slot)) = (state, ground.answer(self.program())) {
            let place = if slot.depth == 0 { Place::HOUSEHOLD } else { ground.place };
            let info = self.dictionary().info(slot.fact);
            // Nothing is known of the answer: the line it would be held against can wait.
            if info.is_some_and(|info| {
                self.value(At { place, fact: slot.fact }) == info.range
            }) {
                let parts = self.fact_parts(lang, ground.place, slot, state);
                return fill(lang, "say.yes.unknown", &parts);
            }
        }
        match test {
            Test::Yes(slot) | Test::Known(slot) => {
                let parts = self.fact_parts(lang, ground.place, *slot, state);
                fill(lang, by_state("say.yes", state), &parts)
            }

            Test::IsParam(at, _) => {
                let id = self.judge.standard.params.get(*at).map(|param| &param.id);
                let name = id.map(|id| lang.named("param", id)).unwrap_or_default();
                lang.fill("say.param", &[("param", &name)])
            }
            Test::Compare(sign, left, right) => {
                let sign = if ground.negated { sign.opposite() } else { *sign };
                let parts = [
                    ("left", self.say_num(lang, *left, ground.place)),
                    ("right", self.say_num(lang, *right, ground.place)),
                ];
                fill(lang, by_state(sign.key(), state), &parts)
            }
            Test::Between(middle, low, high) => {
                let parts = [
                    ("left", self.say_num(lang, *middle, ground.place)),
                    ("low", self.say_num(lang, *low, ground.place)),
                    ("high", self.say_num(lang, *high, ground.place)),
                ];
                let key = if ground.negated { "say.outside" } else { "say.between" };
                fill(lang, by_state(key, state), &parts)
            }
            _ => lang.text(by_state("say.other", state)).to_owned(),
        }
    }

    fn say_is(&self, lang: &Lang, ground: &Ground, slot: Slot, mask: u64) -> String {
        let mut parts = self.fact_parts(lang, ground.place, slot, ground.verdict);
        if ground.verdict == Verdict::NotMet {
            let options = self.options_text(lang, slot.fact, mask, !ground.negated);
            if options.is_empty() {
                return fill(lang, "say.yes.not_met", &parts);
            }
            parts.push(("options", options));
        }
        let key = if ground.negated { "say.is_not" } else { "say.is" };
        fill(lang, by_state(key, ground.verdict), &parts)
    }

    fn fact_parts(
        &self,
        lang: &Lang,
        place: Place,
        slot: Slot,
        state: Verdict,
    ) -> Vec<(&'static str, String)> {
        let place = if slot.depth == 0 { Place::HOUSEHOLD } else { place };
        let at = At { place, fact: slot.fact };
        let fact = self.say_fact(lang, slot.fact);
        let value = if state == Verdict::Unknown {
            self.say_why(lang, at)
        } else {
            self.say_value(lang, at)
        };
        vec![("fact", fact), ("value", value)]
    }

    /// Why an answer is not known, in words.
    #[must_use]
    pub fn say_why(&self, lang: &Lang, at: At) -> String {
        if self.problem(at).is_some() {
            return lang.text("reason.unreadable").to_owned();
        }
        let reason = self.reason(at).unwrap_or(Reason::NotAsked);
        lang.named("reason", reason.as_str())
    }

    /// An answer as people read it: a label, a figure with its unit, a date; empty where
    /// it is not known.
    #[must_use]
    pub fn say_value(&self, lang: &Lang, at: At) -> String {
        let Some(info) = self.dictionary().info(at.fact) else { return String::new() };
        if matches!(info.kind, Kind::Text | Kind::IdNumber) {
            return self
                .typed(at)
                .map(|answer| answer.text().to_owned())
                .unwrap_or_default();
        }
        let range = self.value(at);
        let Some(known) = range.known() else {
            let narrowed = range != info.range && info.kind == Kind::Date;
            let ends = [range.lo, range.hi].map(read::date_text);
            return if narrowed { ends.join(" – ") } else { String::new() };
        };
        match info.kind {
            Kind::YesNo => {
                lang.text(if known == 1 { "say.true" } else { "say.false" }).to_owned()
            }
            Kind::Choice { list } => {
                let list = self.dictionary().lists().get(list);
                let option = usize::try_from(known).ok().and_then(|at| {
                    let list = list?;
                    Some((list.id.as_str(), list.options.get(at)?.id.as_str()))
                });
                option
                    .map(|(list, option)| option_text(lang, list, option))
                    .unwrap_or_default()
            }
            Kind::Date => read::date_text(known),
            Kind::Row { of } => {
                let row = u32::try_from(known).unwrap_or(0);
                self.say_row(lang, Place { entity: of, row })
            }
            _ => with_unit(lang, known, info.decimals, &info.unit),
        }
    }

    /// The options a mask names: those to aim for, where it says what should be.
    fn options_text(&self, lang: &Lang, fact: FactRef, mask: u64, aim: bool) -> String {
        let Some(Kind::Choice { list }) =
            self.dictionary().info(fact).map(|info| info.kind)
        else {
            return String::new();
        };
        let Some(list) = self.dictionary().lists().get(list) else {
            return String::new();
        };
        let named = list.options.iter().zip(0_u32..).filter(|(option, at)| {
            let named = 1_u64.checked_shl(*at).is_some_and(|bit| mask & bit != 0);
            named && (!aim || option.remedy)
        });
        let texts: Vec<String> =
            named.map(|(option, _)| option_text(lang, &list.id, &option.id)).collect();
        texts.join(&lang.comma())
    }

    /// What a row is called in sentences.
    #[must_use]
    pub fn say_row(&self, lang: &Lang, place: Place) -> String {
        let named =
            self.dictionary().entity_info(place.entity).and_then(|info| info.name);
        if let Some(fact) = named {
            let text = self.say_value(lang, At { place, fact });
            if !text.is_empty() {
                return text;
            }
        }
        let at = self.rows(place.entity).position(|row| row == place.row);
        let at = at.unwrap_or(0).saturating_add(1).to_string();
        let entity = self.entity_name(lang, place.entity);
        fill(lang, "say.unnamed", &[("n", at), ("entity", entity)])
    }

    /// 指标 in words.
    #[must_use]
    pub fn say_fact(&self, lang: &Lang, fact: FactRef) -> String {
        let id = self.dictionary().info(fact).map_or("", |info| info.id.as_str());
        lang.named("fact", id)
    }

    fn entity_name(&self, lang: &Lang, entity: EntityRef) -> String {
        let id = self.dictionary().entity_info(entity).map_or("", |info| &info.id);
        lang.named("entity", id)
    }

    fn define_name(&self, lang: &Lang, at: usize) -> String {
        let Some(named) = self.judge.standard.defines.get(at) else {
            return String::new();
        };
        lang.named(if named.is_quantity { "quantity" } else { "define" }, &named.id)
    }

    pub(crate) fn program(&self) -> &Program {
        &self.judge.standard.program
    }
}

impl Sign {
    /// The sign that holds just where this one does not.
    fn opposite(self) -> Self {
        match self {
            Self::Over => Self::NoMore,
            Self::NoLess => Self::Under,
            Self::Under => Self::NoLess,
            Self::NoMore => Self::Over,
            Self::Equal => Self::Equal,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Over => "say.over",
            Self::NoLess => "say.no_less",
            Self::Under => "say.under",
            Self::NoMore => "say.no_more",
            Self::Equal => "say.equal",
        }
    }
}

/// `<key>.met`, `<key>.not_met` or `<key>.unknown`, without building it each time.
fn by_state(key: &'static str, state: Verdict) -> &'static str {
    macro_rules! states {
        ($($key:literal),* $(,)?) => {
            match (key, state) {
                $(
                    ($key, Verdict::Met) => concat!($key, ".met"),
                    ($key, Verdict::NotMet) => concat!($key, ".not_met"),
                    ($key, Verdict::Unknown) => concat!($key, ".unknown"),
                )*
                _ => key,
            }
        };
    }
    states!(
        "say.yes",
        "say.is",
        "say.is_not",
        "say.over",
        "say.no_less",
        "say.under",
        "say.no_more",
        "say.equal",
        "say.between",
        "say.outside",
        "say.other",
    )
}

fn fill(lang: &Lang, key: &str, parts: &[(&str, String)]) -> String {
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    lang.fill(key, &parts)
}

fn option_text(lang: &Lang, list: &str, option: &str) -> String {
    let key = ["option.", list, ".", option].concat();
    lang.find(&key).unwrap_or(option).to_owned()
}

/// A figure and its unit, as people write them.
pub(crate) fn with_unit(lang: &Lang, figure: i64, decimals: u8, unit: &Unit) -> String {
    let figure = figure_text(figure, decimals);
    let name = unit.to_string();
    if name == "1" {
        return figure;
    }
    let unit = lang.named("unit", &name);
    lang.fill("say.figure", &[("figure", &figure), ("unit", &unit)])
}
