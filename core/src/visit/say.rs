//! Sentences: each is made from the condition's own shape, so it cannot drift from the rule.

use std::rc::Rc;

use crate::ask::Question;
use crate::dictionary::{EntityRef, FactRef, Kind};
use crate::enter::figure_text;
use crate::explain::{Ground, Margin, Said};
use crate::lang::Lang;
use crate::mend::Change;
use crate::program::{Num, NumId, Program, Sign, Slot, Test, TestId};
use crate::range::Range;
use crate::read;
use crate::record::Reason;
use crate::unit::Unit;
use crate::verdict::Verdict;

use super::{At, Hint, Place, Visit};

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

    /// A number in a sentence: its name, what it is made of, and what it is.
    fn say_num(&self, lang: &Lang, id: NumId, place: Place) -> String {
        let program = self.program();
        let Some(num) = program.num(id) else { return String::new() };
        let value = self
            .from_place(place, |view| view.num(id))
            .map(|range| self.say_range(lang, id, range))
            .unwrap_or_default();
        let name = match num {
            Num::Fact(slot) => self.say_fact(lang, slot.fact),
            Num::Named(at, _, _) => self.define_name(lang, *at),
            Num::Param(at) => {
                let id = self.judge.standard.params.get(*at).map(|param| &param.id);
                id.map(|id| lang.named("param", id)).unwrap_or_default()
            }
            Num::CheckDate => lang.text("say.check_date").to_owned(),
            Num::Scaled(inner, _) => return self.say_num(lang, *inner, place),
            Num::Times(one, other) => {
                let parts = [
                    ("one", self.say_num(lang, *one, place)),
                    ("other", self.say_num(lang, *other, place)),
                    ("value", value),
                ];
                return fill(lang, "say.times", &parts);
            }
            Num::If(condition, then, otherwise) => {
                let holds = self.from_place(place, |view| view.test(*condition));
                return match holds {
                    Some(Verdict::Met) => self.say_num(lang, *then, place),
                    Some(Verdict::NotMet) => self.say_num(lang, *otherwise, place),
                    _ => value,
                };
            }
            _ => return value,
        };
        fill(lang, "say.num", &[("name", name), ("value", value)])
    }

    fn say_range(&self, lang: &Lang, id: NumId, range: Range) -> String {
        let Some(measure) = self.program().measure(id) else { return String::new() };
        let show = |figure| {
            if measure.is_date {
                read::date_text(figure)
            } else {
                with_unit(lang, figure, measure.decimals, &measure.unit)
            }
        };
        if let Some(known) = range.known() {
            return show(known);
        }
        let domain = self.program().domain(id);
        // An end that only says "whatever an answer can be" tells nobody anything.
        let idle = |end: i64, limit: i64| {
            let half = limit.unsigned_abs().checked_div(2).unwrap_or(0);
            limit.unsigned_abs() >= HUGE && end.unsigned_abs() >= half
        };
        let all = range == domain && matches!(self.program().num(id), Some(Num::Fact(_)));
        let low = (!all && !idle(range.lo, domain.lo)).then_some(range.lo);
        let high = (!all && !idle(range.hi, domain.hi)).then_some(range.hi);
        match (low, high) {
            (Some(low), Some(high)) => {
                fill(lang, "say.from_to", &[("low", show(low)), ("high", show(high))])
            }
            (Some(low), None) if low > 0 => {
                fill(lang, "say.at_least", &[("low", show(low))])
            }
            (None, Some(high)) => fill(lang, "say.at_most", &[("high", show(high))]),
            _ => lang.text("say.not_known").to_owned(),
        }
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

    /// A margin in words; `verdict` is that of the condition it belongs to.
    #[must_use]
    pub fn say_margin(&self, lang: &Lang, margin: &Margin, verdict: Verdict) -> String {
        let key = match (verdict, margin.rise) {
            (Verdict::Met, true) => "margin.met.rise",
            (Verdict::Met, false) => "margin.met.fall",
            (_, true) => "margin.short",
            (_, false) => "margin.beyond",
        };
        let by = with_unit(lang, margin.by, margin.decimals, &margin.unit);
        let (Some(heads), true, true) =
            (margin.heads, margin.rise, verdict != Verdict::Met)
        else {
            return fill(lang, key, &[("by", by)]);
        };
        // Rounded up: a share rounded down would not do.
        let up = margin.by.saturating_add(heads.saturating_sub(1));
        let each = up.checked_div(heads).unwrap_or(margin.by);
        let each = with_unit(lang, each, margin.decimals, &margin.unit);
        fill(lang, "margin.short.each", &[("by", by), ("each", each)])
    }

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
                        (Some(list), option) => option_text(lang, &list.id, option),
                        (None, "yes") => lang.text("say.true").to_owned(),
                        (None, _) => lang.text("say.false").to_owned(),
                    })
                    .collect();
                let parts = [
                    ("fact", self.say_question(lang, &Question::Fact(*at))),
                    ("options", options.join(&lang.comma())),
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
                let by = with_unit(lang, *by, *decimals, &unit);
                let key = if *rise { "change.rise" } else { "change.fall" };
                fill(lang, key, &[("fact", name), ("by", by)])
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
        let judge = if hint.is_own { &self.judge } else { &self.hints_by };
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

    pub(crate) fn program(&self) -> &Program {
        &self.judge.standard.program
    }
}

/// A limit so high that nobody would call it one.
const HUGE: u64 = 100_000_000;

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
