//! Numbers in words: what each is made of, in which unit.

use super::condition::figure;
use super::mark::Mark;
use super::{Page, Target};
use crate::dictionary::{EntityRef, FactRef, Kind};
use crate::enter::figure_text;
use crate::param::{Param, ParamKind, ParamValue};
use crate::program::{Num, NumId, Rows};
use crate::read;
use crate::unit::Unit;

impl Page<'_> {
    /// A number as a point of a list; what is chosen or added, as points below it.
    pub(super) fn number(&mut self, depth: usize, label: &Mark, id: NumId) {
        let standard = self.standard;
        let below = depth.saturating_add(1);
        match standard.program.num(id) {
            Some(Num::Scaled(inner, _)) => self.number(depth, label, *inner),
            Some(Num::If(condition, then, otherwise)) => {
                self.item(depth, &label.then(&self.words("page.take")));
                self.condition(below, &self.words("page.take.when"), *condition);
                self.number(below, &self.words("page.take.then"), *then);
                self.number(below, &self.words("page.take.else"), *otherwise);
            }
            Some(Num::Add(parts)) => {
                self.item(depth, &label.then(&self.words("page.add")));
                for part in parts {
                    self.number(below, &Mark::default(), *part);
                }
            }
            Some(Num::Sum(rows, inner)) if self.is_made(*inner) => {
                let rows = self.rows(*rows);
                let head = self.fill("page.sum.each", &[("rows", &rows)]);
                self.item(depth, &label.then(&head));
                self.number(below, &Mark::default(), *inner);
            }
            Some(_) => {
                let what = self.num(id);
                self.item(depth, &label.then(&what));
            }
            None => {}
        }
    }

    /// Whether a number is put together of others.
    fn is_made(&self, id: NumId) -> bool {
        match self.standard.program.num(id) {
            Some(Num::Scaled(inner, _)) => self.is_made(*inner),
            Some(Num::Add(_) | Num::Less(..) | Num::Times(..) | Num::If(..)) => true,
            _ => false,
        }
    }

    /// A number beside the sign of a comparison.
    pub(super) fn side(&self, id: NumId) -> Mark {
        match self.standard.program.num(id) {
            Some(Num::Scaled(inner, _)) => self.side(*inner),
            Some(Num::If(..)) => self.bracketed(&self.num(id)),
            _ => self.num(id),
        }
    }

    /// A number within a sum or a product.
    fn operand(&self, id: NumId) -> Mark {
        let what = self.num(id);
        if self.is_made(id) { self.bracketed(&what) } else { what }
    }

    /// A number as a part of a sentence.
    fn num(&self, id: NumId) -> Mark {
        let program = &self.standard.program;
        let Some(num) = program.num(id) else { return Mark::default() };
        match num {
            Num::Const(range) => {
                let measure = program.measure(id);
                let figure = measure.zip(range.known()).map(|(measure, known)| {
                    self.measured(known, measure.decimals, &measure.unit)
                });
                figure.unwrap_or_default()
            }
            Num::Fact(slot) => self.fact_in_unit(slot.fact),
            Num::Param(at) => self.param(*at),
            Num::CheckDate => self.words("page.check_date"),
            Num::Add(parts) => {
                let parts = parts.iter().map(|part| self.operand(*part));
                self.joined("page.plus", parts.collect())
            }
            Num::Less(one, other) => self.two("page.less", *one, *other),
            Num::Times(one, other) => self.two("say.times_open", *one, *other),
            Num::Scaled(inner, _) => self.num(*inner),
            Num::Count(rows) => {
                let info = self.standard.dictionary.entity_info(rows.entity);
                let row = self.named("entity", info.map_or("", |info| &info.id));
                self.among("page.count", &row, *rows, ("", &Mark::default()))
            }
            Num::Sum(rows, inner) => self.of_rows("page.sum", *rows, *inner),
            Num::Min(rows, inner) if self.is_date(id) => {
                self.of_rows("page.day.min", *rows, *inner)
            }
            Num::Max(rows, inner) if self.is_date(id) => {
                self.of_rows("page.day.max", *rows, *inner)
            }
            Num::Min(rows, inner) => self.of_rows("page.min", *rows, *inner),
            Num::Max(rows, inner) => self.of_rows("page.max", *rows, *inner),
            Num::Age(born, at) => {
                let parts = [("born", &self.side(*born)), ("at", &self.side(*at))];
                self.fill("page.age", &parts)
            }
            Num::If(condition, then, otherwise) => {
                let when = self.phrase(*condition);
                let [then, otherwise] = [then, otherwise].map(|one| self.operand(*one));
                let parts = [("when", &when), ("then", &then), ("else", &otherwise)];
                self.fill("page.take.of", &parts)
            }
            Num::Named(at, ..) => self.link(Target::Define(*at)),
        }
    }

    pub(super) fn is_date(&self, id: NumId) -> bool {
        self.standard.program.measure(id).is_some_and(|measure| measure.is_date)
    }

    fn two(&self, key: &str, one: NumId, other: NumId) -> Mark {
        self.fill(key, &[("one", &self.operand(one)), ("other", &self.operand(other))])
    }

    fn of_rows(&self, key: &str, rows: Rows, inner: NumId) -> Mark {
        let parts = [("rows", &self.rows(rows)), ("what", &self.operand(inner))];
        self.fill(key, &parts)
    }

    /// The rows of a list, and which of them are meant.
    pub(super) fn rows(&self, rows: Rows) -> Mark {
        let row = self.row_name(rows.entity);
        self.among("page.rows", &row, rows, ("", &Mark::default()))
    }

    /// What one row of a list is called after "every".
    pub(super) fn row_name(&self, entity: EntityRef) -> Mark {
        let info = self.standard.dictionary.entity_info(entity);
        let id = info.map_or("", |info| info.id.as_str());
        let key = ["page.row.", id].concat();
        match self.lang.find(&key) {
            Some(words) => Mark::plain(words),
            None => self.fill("page.row", &[("entity", &self.named("entity", id))]),
        }
    }

    /// A question, as the form asks it.
    pub(super) fn fact_name(&self, fact: FactRef) -> Mark {
        let info = self.standard.dictionary.info(fact);
        let name = self.named("fact", info.map_or("", |info| &info.id));
        self.fill("page.fact", &[("fact", &name)])
    }

    fn fact_in_unit(&self, fact: FactRef) -> Mark {
        let name = self.fact_name(fact);
        let info = self.standard.dictionary.info(fact);
        let unit = info.map(|info| &info.unit).filter(|unit| unit.as_str() != "1");
        let Some(unit) = unit else { return name };
        let unit = self.named("unit", unit.as_str());
        self.fill("page.in_unit", &[("name", &name), ("unit", &unit)])
    }

    /// A parameter by its name, with the value where it has only one.
    fn param(&self, at: usize) -> Mark {
        let Some(param) = self.standard.params.get(at) else { return Mark::default() };
        let name = self.link(Target::Param(at));
        let mut values = param.values.iter();
        let first = values.next();
        let one = first.filter(|first| values.all(|value| value.value == first.value));
        let name = match one {
            Some(value) => {
                let value = self.param_value(param, value);
                self.fill("page.in_unit", &[("name", &name), ("unit", &value)])
            }
            None if param.unit.as_str() == "1" => name,
            None => {
                let unit = self.named("unit", param.unit.as_str());
                self.fill("page.in_unit", &[("name", &name), ("unit", &unit)])
            }
        };
        match param.kind {
            ParamKind::MonthDay => self.fill("page.last", &[("day", &name)]),
            _ => name,
        }
    }

    /// A value of a parameter: a figure with its unit, an option, a day of the year.
    pub(super) fn param_value(&self, param: &Param, value: &ParamValue) -> Mark {
        match param.kind {
            ParamKind::Number => self.measured(value.value, param.decimals, &param.unit),
            ParamKind::Choice => {
                let option = usize::try_from(value.value).ok();
                let option = option.and_then(|at| param.options.get(at));
                option.map(|option| self.param_option(param, option)).unwrap_or_default()
            }
            ParamKind::MonthDay => {
                let month = value.value.checked_div(100).unwrap_or(0);
                let month = self.named("page.month", &month.to_string());
                let day = value.value.checked_rem(100).unwrap_or(0);
                let day = Mark::plain(&day.to_string());
                self.fill("page.month_day", &[("month", &month), ("day", &day)])
            }
        }
    }

    /// A figure and its unit, as people write them.
    pub(super) fn measured(&self, value: i64, decimals: u8, unit: &Unit) -> Mark {
        let figure = Mark::plain(&figure_text(value, decimals));
        if unit.as_str() == "1" {
            return figure;
        }
        let unit = self.named("unit", unit.as_str());
        self.fill("say.figure", &[("figure", &figure), ("unit", &unit)])
    }

    /// What a fact is, where its answer has this number.
    pub(super) fn answer(&self, fact: FactRef, value: i64) -> Mark {
        let Some(info) = self.standard.dictionary.info(fact) else {
            return Mark::default();
        };
        match info.kind {
            Kind::Date => Mark::plain(&read::date_text(value)),
            Kind::YesNo => self.words(if value == 1 { "say.true" } else { "say.false" }),
            _ => self.measured(value, info.decimals, &info.unit),
        }
    }

    /// How many rows a list holds; none for the household.
    pub(super) fn most_rows(&self, entity: EntityRef) -> Option<Mark> {
        let info = self.standard.dictionary.entity_info(entity)?;
        entity.list()?;
        let row = self.row_name(entity);
        let [least, most] = [info.least, info.most].map(figure);
        let parts = [("row", &row), ("least", &least), ("most", &most)];
        Some(self.fill("page.rows.most", &parts))
    }
}
