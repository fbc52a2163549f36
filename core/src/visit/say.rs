//! Sentences: each is made from the condition's own shape, so it cannot drift from the rule.

mod number;
mod other;
mod pen;

use std::rc::Rc;

use crate::dictionary::{Choice, CodeList, EntityRef, FactRef, Kind};
use crate::explain::{Ground, Said};
use crate::lang::Lang;
use crate::program::{Program, Sign, Slot, Test, TestId};
use crate::read;
use crate::record::Reason;
use crate::verdict::Verdict;

use super::Visit;
use crate::place::{At, Place};
use pen::Pen;

impl Visit {
    /// A ground as a sentence, with the row it is about in front.
    #[must_use]
    pub fn say_ground(&self, lang: &Lang, ground: &Ground) -> Rc<str> {
        if let Some((language, kept)) = ground.kept.0.borrow().as_ref()
            && **language == *lang.name()
        {
            return Rc::clone(kept);
        }
        let mut pen = Pen::new(self, lang);
        pen.ground(ground);
        let said: Rc<str> = pen.text.into();
        ground.kept.0.replace(Some((lang.name_shared(), Rc::clone(&said))));
        said
    }

    /// Why an answer is not known, in words.
    #[must_use]
    pub fn say_why(&self, lang: &Lang, at: At) -> String {
        let mut pen = Pen::new(self, lang);
        pen.why(at);
        pen.text
    }

    /// An answer as people read it: a label, a figure with its unit, a date; empty where
    /// it is not known.
    #[must_use]
    pub fn say_value(&self, lang: &Lang, at: At) -> String {
        let mut pen = Pen::new(self, lang);
        pen.value(at);
        pen.text
    }

    /// What a row is called in sentences.
    #[must_use]
    pub fn say_row(&self, lang: &Lang, place: Place) -> String {
        let mut pen = Pen::new(self, lang);
        pen.row(place);
        pen.text
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

    fn choices(&self, fact: FactRef) -> Option<&CodeList> {
        let dictionary = self.dictionary();
        let Kind::Choice { list } = dictionary.info(fact)?.kind else { return None };
        dictionary.lists().get(list)
    }

    /// The options that a mask names, a bit each.
    fn options(&self, fact: FactRef, mask: u64) -> impl Iterator<Item = &Choice> {
        let options = self.choices(fact).map(|list| &list.options);
        let options = options.into_iter().flatten().zip(0_u32..);
        let is_named = move |at: u32| mask.checked_shr(at).unwrap_or(0) & 1 == 1;
        options.filter(move |(_, at)| is_named(*at)).map(|(option, _)| option)
    }

    pub(crate) fn program(&self) -> &Program {
        &self.applied.standard.program
    }
}

impl Pen<'_> {
    fn ground(&mut self, ground: &Ground) {
        let place = ground.place;
        if place.entity == EntityRef::HOUSEHOLD || place.row == 0 {
            return self.said(ground);
        }
        self.fill("say.row", &mut |pen, blank| match blank {
            "name" => pen.row(place),
            _ => pen.said(ground),
        });
    }

    fn said(&mut self, ground: &Ground) {
        match &ground.said {
            Said::Test(test) => self.test(ground, *test),
            Said::Is(slot, mask) => self.is(ground, *slot, *mask),
            Said::Open(list) => self.fill("say.open", &mut |pen, _| pen.entity(*list)),
            Said::Nobody(list) => {
                self.fill("say.nobody", &mut |pen, _| pen.entity(*list));
            }
            Said::Every(rows, holds) => self.every(rows, *holds),
        }
    }

    fn every(&mut self, rows: &[Place], holds: TestId) {
        let what = match self.visit.program().test(holds) {
            Some(Test::Named(name, _, _)) => Some(*name),
            _ => None,
        };
        let key = if what.is_some() { "say.every.what" } else { "say.every" };
        self.fill(key, &mut |pen, blank| match blank {
            "count" => pen.put(&rows.len().to_string()),
            "names" => pen.list(rows, |pen, place| pen.row(*place)),
            "what" => {
                if let Some(name) = what {
                    pen.define(name);
                }
            }
            _ => {
                if let Some(place) = rows.first() {
                    pen.entity(place.entity);
                }
            }
        });
    }

    fn test(&mut self, ground: &Ground, test: TestId) {
        let visit = self.visit;
        let program = visit.program();
        let Some(test) = program.test(test) else { return };
        let (state, place) = (ground.verdict, ground.place);
        if let (Verdict::Unknown, Some(slot)) = (state, ground.answer(program)) {
            let info = visit.dictionary().info(slot.fact);
            // Nothing is known of the answer: the line it would be held against can wait.
            if info.is_some_and(|info| visit.value(at(slot, place)) == info.range) {
                return self.fact_and_value("say.yes.unknown", ground, slot, 0);
            }
        }
        match test {
            Test::Yes(slot) | Test::Known(slot) => {
                self.fact_and_value(by_state("say.yes", state), ground, *slot, 0);
            }
            Test::IsParam(param, _) => self.fill("say.param", &mut |pen, _| {
                if let Some(param) = visit.applied.standard.params.get(*param) {
                    pen.named("param", &param.id);
                }
            }),
            Test::Compare(sign, left, right) => {
                let sign = if ground.negated { sign.opposite() } else { *sign };
                self.fill(by_state(sign.key(), state), &mut |pen, blank| match blank {
                    "left" => pen.num(*left, place),
                    _ => pen.num(*right, place),
                });
            }
            Test::Between(middle, low, high) => {
                let key = if ground.negated { "say.outside" } else { "say.between" };
                self.fill(by_state(key, state), &mut |pen, blank| match blank {
                    "left" => pen.num(*middle, place),
                    "low" => pen.num(*low, place),
                    _ => pen.num(*high, place),
                });
            }
            _ => self.word(by_state("say.other", state)),
        }
    }

    fn is(&mut self, ground: &Ground, slot: Slot, mask: u64) {
        let aim = !ground.negated;
        let named = |option: &Choice| !aim || option.remedy;
        if ground.verdict == Verdict::NotMet
            && self.visit.options(slot.fact, mask).all(|option| !named(option))
        {
            return self.fact_and_value("say.yes.not_met", ground, slot, 0);
        }
        let key = if ground.negated { "say.is_not" } else { "say.is" };
        self.fact_and_value(by_state(key, ground.verdict), ground, slot, mask);
    }

    /// A question and what was answered, or why it is not known; and the options of a
    /// mask: those to aim for, where the sentence says what should be.
    fn fact_and_value(&mut self, key: &str, ground: &Ground, slot: Slot, mask: u64) {
        let at = at(slot, ground.place);
        self.fill(key, &mut |pen, blank| match blank {
            "fact" => pen.fact(slot.fact),
            "options" => {
                let visit = pen.visit;
                let list = visit.choices(slot.fact).map_or("", |list| &list.id);
                let options = visit.options(slot.fact, mask);
                let options = options.filter(|one| ground.negated || one.remedy);
                for (at, option) in options.enumerate() {
                    if at > 0 {
                        let or = pen.lang.between("say.or");
                        pen.put(&or);
                    }
                    // An option may have commas of its own.
                    pen.fill("say.option", &mut |pen, _| pen.option(list, &option.id));
                }
            }
            _ if ground.verdict == Verdict::Unknown => pen.why(at),
            _ => pen.value(at),
        });
    }

    fn why(&mut self, at: At) {
        if self.visit.problem(at).is_some() {
            return self.word("reason.unreadable");
        }
        let reason = self.visit.reason(at).unwrap_or(Reason::NotAsked);
        self.named("reason", reason.as_str());
    }

    fn value(&mut self, at: At) {
        let visit = self.visit;
        let Some(info) = visit.dictionary().info(at.fact) else { return };
        if matches!(info.kind, Kind::Text | Kind::IdNumber) {
            if let Some(answer) = visit.typed(at) {
                self.put(answer.text());
            }
            return;
        }
        let range = visit.value(at);
        let Some(known) = range.known() else {
            if range != info.range && info.kind == Kind::Date {
                self.put(&[range.lo, range.hi].map(read::date_text).join(" – "));
            }
            return;
        };
        match info.kind {
            Kind::YesNo => self.word(if known == 1 { "say.true" } else { "say.false" }),
            Kind::Choice { list } => {
                let list = visit.dictionary().lists().get(list);
                let option = usize::try_from(known).ok();
                let option = option.zip(list).and_then(|(at, list)| list.options.get(at));
                if let Some((list, option)) = list.zip(option) {
                    self.option(&list.id, &option.id);
                }
            }
            Kind::Date => self.put(&read::date_text(known)),
            Kind::Row { of } => {
                let row = u32::try_from(known).unwrap_or(0);
                self.row(Place { entity: of, row });
            }
            _ => self.figure(known, info.decimals, &info.unit),
        }
    }

    fn row(&mut self, place: Place) {
        let visit = self.visit;
        let entity = visit.dictionary().entity_info(place.entity);
        let start = self.text.len();
        if let Some(fact) = entity.and_then(|entity| entity.name) {
            self.value(At { place, fact });
        }
        if self.text.len() > start {
            return;
        }
        self.fill("say.unnamed", &mut |pen, blank| match blank {
            "n" => {
                let at = visit.rows(place.entity).position(|row| row == place.row);
                pen.put(&at.unwrap_or(0).saturating_add(1).to_string());
            }
            _ => pen.entity(place.entity),
        });
    }

    fn fact(&mut self, fact: FactRef) {
        let info = self.visit.dictionary().info(fact);
        self.named("fact", info.map_or("", |info| &info.id));
    }

    fn entity(&mut self, entity: EntityRef) {
        let info = self.visit.dictionary().entity_info(entity);
        self.named("entity", info.map_or("", |info| &info.id));
    }

    fn define(&mut self, at: usize) {
        if let Some(named) = self.visit.applied.standard.defines.get(at) {
            self.named(if named.is_quantity { "quantity" } else { "define" }, &named.id);
        }
    }
}

/// Whose answer it is, seen from a place.
fn at(slot: Slot, place: Place) -> At {
    let place = if slot.depth == 0 { Place::HOUSEHOLD } else { place };
    At { place, fact: slot.fact }
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
