//! Numbers in sentences: what each is called, what it is made of, how far it is off.

use super::{fill, with_unit};
use crate::explain::Margin;
use crate::lang::Lang;
use crate::place::Place;
use crate::program::{Num, NumId};
use crate::range::Range;
use crate::read;
use crate::verdict::Verdict;
use crate::visit::Visit;

/// A limit so high that nobody would call it one.
const HUGE: u64 = 100_000_000;

impl Visit {
    /// A number in a sentence: its name, what it is made of, and what it is.
    pub(super) fn say_num(&self, lang: &Lang, id: NumId, place: Place) -> String {
        let program = self.program();
        let Some(num) = program.num(id) else { return String::new() };
        let value = self
            .seen_from(place, |view| view.num(id))
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
                let holds = self.seen_from(place, |view| view.test(*condition));
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
}
