//! Numbers in sentences: what each is called, what it is made of, how far it is off.

use super::pen::Pen;
use crate::explain::Margin;
use crate::lang::Lang;
use crate::place::Place;
use crate::program::{Measure, Num, NumId};
use crate::range::Range;
use crate::read;
use crate::verdict::Verdict;
use crate::visit::Visit;

/// A limit so high that nobody would call it one: a million yuan.
const HUGE: i64 = 100_000_000;

impl Visit {
    /// A margin in words; `verdict` is that of the condition it belongs to.
    #[must_use]
    pub fn say_margin(&self, lang: &Lang, margin: &Margin, verdict: Verdict) -> String {
        let mut pen = Pen::new(self, lang);
        pen.margin(margin, verdict);
        pen.text
    }
}

impl Pen<'_> {
    /// A number in a sentence: its name, what it is made of, and what it is.
    pub(super) fn num(&mut self, id: NumId, place: Place) {
        let visit = self.visit;
        let standard = &visit.applied.standard;
        match standard.program.num(id) {
            None => {}
            Some(Num::Scaled(inner, _)) => self.num(*inner, place),
            Some(Num::Times(one, other)) => {
                // Of a product that is not known, its parts say all there is to say.
                let range = visit.seen_from(place, |view| view.num(id));
                let known = range.and_then(Range::known).is_some();
                let key = if known { "say.times" } else { "say.times_open" };
                self.fill(key, &mut |pen, blank| match blank {
                    "one" => pen.num(*one, place),
                    "other" => pen.num(*other, place),
                    _ => pen.value_of(id, place),
                });
            }
            Some(Num::If(condition, then, otherwise)) => {
                match visit.seen_from(place, |view| view.test(*condition)) {
                    Some(Verdict::Met) => self.num(*then, place),
                    Some(Verdict::NotMet) => self.num(*otherwise, place),
                    _ => self.value_of(id, place),
                }
            }
            Some(
                num @ (Num::Fact(_) | Num::Named(..) | Num::Param(_) | Num::CheckDate),
            ) => {
                self.fill("say.num", &mut |pen, blank| match (blank, num) {
                    ("name", Num::Fact(slot)) => pen.fact(slot.fact),
                    ("name", Num::Named(at, _, _)) => pen.define(*at),
                    ("name", Num::Param(at)) => {
                        if let Some(param) = standard.params.get(*at) {
                            pen.named("param", &param.id);
                        }
                    }
                    ("name", _) => pen.word("say.check_date"),
                    _ => pen.value_of(id, place),
                });
            }
            Some(_) => self.value_of(id, place),
        }
    }

    /// What a number is, or what it can be.
    fn value_of(&mut self, id: NumId, place: Place) {
        let range = self.visit.seen_from(place, |view| view.num(id));
        let measure = self.visit.program().measure(id);
        if let (Some(range), Some(measure)) = (range, measure) {
            self.range(id, measure, range);
        }
    }

    fn range(&mut self, id: NumId, measure: &Measure, range: Range) {
        if let Some(known) = range.known() {
            return self.measured(known, measure);
        }
        let program = self.visit.program();
        let domain = program.domain(id);
        // An end that only says "whatever one answer can be" tells nobody anything.
        let below = HUGE.saturating_neg();
        let low_is_idle = domain.lo <= below && range.lo <= below;
        let high_is_idle = domain.hi >= HUGE && range.hi >= HUGE;
        let all = range == domain;
        let low = (!all && !low_is_idle).then_some(range.lo);
        let high = (!all && !high_is_idle).then_some(range.hi);
        let key = match (low, high) {
            (Some(_), Some(_)) => "say.from_to",
            (Some(1..), None) => "say.at_least",
            (None, Some(_)) => "say.at_most",
            _ => return self.word("say.not_known"),
        };
        self.fill(key, &mut |pen, blank| match blank {
            "low" => pen.measured(range.lo, measure),
            _ => pen.measured(range.hi, measure),
        });
    }

    fn measured(&mut self, figure: i64, measure: &Measure) {
        if measure.is_date {
            self.put(&read::date_text(figure));
        } else {
            self.figure(figure, measure.decimals, &measure.unit);
        }
    }

    fn margin(&mut self, margin: &Margin, verdict: Verdict) {
        let own = match (verdict, margin.rise) {
            (Verdict::Met, true) => "margin.met.rise",
            (Verdict::Met, false) => "margin.met.fall",
            (_, true) => "margin.short",
            (_, false) => "margin.beyond",
        };
        let heads = margin.heads.filter(|_| own == "margin.short");
        let key = if heads.is_some() { "margin.short.each" } else { own };
        // Rounded up: a share rounded down would not do.
        let heads = heads.unwrap_or(1);
        let up = margin.by.saturating_add(heads.saturating_sub(1));
        let each = up.checked_div(heads).unwrap_or(margin.by);
        self.fill(key, &mut |pen, blank| {
            let figure = if blank == "each" { each } else { margin.by };
            pen.figure(figure, margin.decimals, &margin.unit);
        });
    }
}
