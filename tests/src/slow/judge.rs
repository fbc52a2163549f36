//! What a household of which all is known makes of a standard: yes or no.

use serde_json::Value;

use super::calendar;
use super::number::Number;
use super::rules::{Fact, Kind, Plain, Rules, items, text};
use super::worlds::{Row, Sketch};

type Said<T> = Result<T, String>;

/// One household of which all is known, before one standard.
#[derive(Debug)]
pub struct Judge<'a> {
    rules: &'a Rules,
    sketch: &'a Sketch,
}

/// The rows one stands in, the innermost last.
type Scope<'a> = [(&'a str, &'a Row)];

impl<'a> Judge<'a> {
    /// Looks at one household.
    #[must_use]
    pub fn new(rules: &'a Rules, sketch: &'a Sketch) -> Self {
        Self { rules, sketch }
    }

    /// Whether each criterion holds, in order.
    ///
    /// # Errors
    ///
    /// Where something is not known after all, or not understood.
    pub fn criteria(&self) -> Said<Vec<bool>> {
        let criteria = items(&self.rules.document, "criterion");
        criteria.map(|criterion| self.holds(part(criterion, "met")?, &[])).collect()
    }

    /// Whether one criterion holds; none where there is no such criterion.
    #[must_use]
    pub fn one(&self, at: usize) -> Option<Said<bool>> {
        let criterion = items(&self.rules.document, "criterion").nth(at)?;
        Some(part(criterion, "met").and_then(|met| self.holds(met, &[])))
    }

    /// The hints that hold: which, and the key of the row it is about.
    ///
    /// # Errors
    ///
    /// Where something is not known after all, or not understood.
    pub fn hints(&self) -> Said<Vec<(String, u32)>> {
        let mut shown = Vec::new();
        for hint in items(&self.rules.document, "hint") {
            let when = part(hint, "when")?;
            let id = text(hint, "id");
            let Some(list) = hint.get("each").and_then(Value::as_str) else {
                if self.holds(when, &[])? {
                    shown.push((id.to_owned(), 0));
                }
                continue;
            };
            for row in self.rows(list) {
                if self.holds(when, &[(list, row)])? {
                    shown.push((id.to_owned(), row.key));
                }
            }
        }
        Ok(shown)
    }

    /// Whether a fact is asked of the household, or of a row.
    ///
    /// # Errors
    ///
    /// Where something is not known after all, or not understood.
    pub fn is_asked(&self, fact: &Fact, key: u32) -> Said<bool> {
        let Some(when) = &fact.when else { return Ok(true) };
        if fact.entity == "household" {
            return self.holds(when, &[]);
        }
        let row = self.rows(&fact.entity).iter().find(|row| row.key == key);
        let row = row.ok_or_else(|| format!("no row {key}"))?;
        self.holds(when, &[(&fact.entity, row)])
    }

    fn answer(&self, id: &str, scope: &Scope<'_>) -> Said<Option<Plain>> {
        let Some(fact) = self.rules.fact(id) else { return Ok(None) };
        let row = scope.iter().rev().find(|(entity, _)| *entity == fact.entity);
        let answers = match row {
            Some((_, row)) => &row.answers,
            None if fact.entity == "household" => &self.sketch.answers,
            None => return Err(format!("`{id}` stands outside its rows")),
        };
        let typed = answers.get(id).ok_or_else(|| format!("`{id}` is not known"))?;
        let plain = match &fact.kind {
            Kind::YesNo => Some(Plain::Yes(typed == "yes")),
            Kind::Choice(_) => Some(Plain::Option(typed.clone())),
            Kind::Number(..) => Number::read(typed).map(Plain::Number),
            Kind::Date => {
                super::day_of(typed).map(|day| Plain::Number(Number::whole(day)))
            }
            Kind::Row(_) => typed.parse().ok().map(Plain::Row),
            Kind::Words => None,
        };
        plain.map(Some).ok_or_else(|| format!("`{typed}` is no answer to `{id}`"))
    }

    fn rows(&self, entity: &str) -> &'a [Row] {
        self.sketch.lists.get(entity).map_or(&[], |list| &list.rows)
    }

    fn holds(&self, condition: &Value, scope: &Scope<'_>) -> Said<bool> {
        if let Some(name) = condition.as_str() {
            if let Some(answer) = self.answer(name, scope)? {
                return Ok(answer == Plain::Yes(true));
            }
            let define = self.rules.named("define", name);
            let define = define.ok_or_else(|| format!("nothing is called `{name}`"))?;
            return self.holds(part(define, "when")?, scope);
        }
        if let Some(all) = condition.get("all") {
            return self.several(all, scope).map(|held| held.iter().all(|held| *held));
        }
        if let Some(any) = condition.get("any") {
            return self.several(any, scope).map(|held| held.iter().any(|held| *held));
        }
        if let Some(least) = condition.get("at_least").and_then(Value::as_u64) {
            let held = self.several(part(condition, "of")?, scope)?;
            let held = held.into_iter().filter(|held| *held).count();
            return Ok(u64::try_from(held).unwrap_or(0) >= least);
        }
        if let Some(not) = condition.get("not") {
            return self.holds(not, scope).map(|held| !held);
        }
        if let Some(test) = condition.get("if") {
            let way = if self.holds(test, scope)? { "then" } else { "else" };
            return self.holds(part(condition, way)?, scope);
        }
        if let Some(is) = condition.get("is").and_then(Value::as_array) {
            return self.is(is, scope);
        }
        if condition.get("known").is_some() {
            return Ok(true);
        }
        if let Some(fact) = condition.get("same").and_then(Value::as_str) {
            let outer = scope.iter().rev().nth(1).map(|(_, row)| row.key);
            let answer = self.answer(fact, scope)?;
            return Ok(answer.is_some() && answer == outer.map(Plain::Row));
        }
        for (sign, every) in [("every", true), ("some", false)] {
            if let Some(entity) = condition.get(sign).and_then(Value::as_str) {
                let rows = self.chosen(entity, condition, scope)?;
                let Some(holds) = condition.get("holds") else {
                    return Ok(every || !rows.is_empty());
                };
                for row in rows {
                    let inside = [scope, &[(entity, row)]].concat();
                    if self.holds(holds, &inside)? != every {
                        return Ok(!every);
                    }
                }
                return Ok(every);
            }
        }
        self.compares(condition, scope)
    }

    fn several(&self, conditions: &Value, scope: &Scope<'_>) -> Said<Vec<bool>> {
        let conditions = conditions.as_array().ok_or("not a list of conditions")?;
        conditions.iter().map(|condition| self.holds(condition, scope)).collect()
    }

    fn is(&self, is: &[Value], scope: &Scope<'_>) -> Said<bool> {
        let name = is.first().and_then(Value::as_str).unwrap_or_default();
        let found = match self.answer(name, scope)? {
            Some(Plain::Option(found)) => found,
            Some(other) => return Err(format!("`{name}` is {other:?}, not a choice")),
            None => {
                let param = self.rules.param(name, self.sketch);
                param.ok_or_else(|| format!("`{name}` was not chosen"))?
            }
        };
        Ok(is.iter().skip(1).any(|option| option.as_str() == Some(found.as_str())))
    }

    fn compares(&self, condition: &Value, scope: &Scope<'_>) -> Said<bool> {
        let table = condition.as_object().ok_or("not a condition")?;
        let (sign, sides) = table.iter().next().ok_or("an empty condition")?;
        let sides = sides.as_array().ok_or("a comparison has sides")?;
        let sides = sides.iter().map(|side| self.number(side, scope));
        let sides: Vec<Number> = sides.collect::<Said<_>>()?;
        Ok(match (sign.as_str(), sides.as_slice()) {
            ("over", [a, b]) => a > b,
            ("no_less", [a, b]) => a >= b,
            ("under", [a, b]) => a < b,
            ("no_more", [a, b]) => a <= b,
            ("equal", [a, b]) => a == b,
            ("between", [x, a, b]) => a <= x && x <= b,
            _ => return Err(format!("`{sign}` is not an operator")),
        })
    }

    /// The rows of a list that `where` leaves.
    fn chosen(
        &self,
        entity: &str,
        condition: &Value,
        scope: &Scope<'_>,
    ) -> Said<Vec<&'a Row>> {
        let mut chosen = Vec::new();
        for row in self.rows(entity) {
            let keep = match condition.get("where") {
                None => true,
                Some(test) => self.holds(test, &[scope, &[(entity, row)]].concat())?,
            };
            if keep {
                chosen.push(row);
            }
        }
        Ok(chosen)
    }

    fn number(&self, written_as: &Value, scope: &Scope<'_>) -> Said<Number> {
        if let Some(name) = written_as.as_str() {
            return self.named_number(name, scope);
        }
        let get = |key: &str| written_as.get(key);
        let several = |list: &Value| -> Said<Vec<Number>> {
            let list = list.as_array().ok_or("not a list of numbers")?;
            list.iter().map(|number| self.number(number, scope)).collect()
        };
        if let Some(test) = get("if") {
            let way = if self.holds(test, scope)? { "then" } else { "else" };
            return self.number(part(written_as, way)?, scope);
        }
        if let Some(born) = get("age") {
            let born = self.number(born, scope)?.to_whole();
            let at = self.number(part(written_as, "at")?, scope)?.to_whole();
            let (born, at) = born.zip(at).ok_or("an age between days")?;
            return Ok(Number::whole(calendar::age(born, at).clamp(0, 150)));
        }
        if let Some(name) = get("last").and_then(Value::as_str) {
            let chosen = self.rules.param(name, self.sketch);
            let chosen = chosen.ok_or_else(|| format!("`{name}` was not chosen"))?;
            let (month, day) = chosen.split_once('-').ok_or("not a month and day")?;
            let (month, day) =
                month.parse().ok().zip(day.parse().ok()).ok_or("digits")?;
            let at = super::day_of(&self.sketch.date).ok_or("no date")?;
            return Ok(Number::whole(calendar::last_month_day(month, day, at)));
        }
        if let Some(entity) = get("count").and_then(Value::as_str) {
            let rows = self.chosen(entity, written_as, scope)?;
            return Ok(Number::whole(i128::try_from(rows.len()).unwrap_or(0)));
        }
        for key in ["sum", "min", "max"] {
            if let Some(each) = get(key) {
                let entity = text(written_as, "of");
                let rows = self.chosen(entity, written_as, scope)?;
                let figures = rows
                    .into_iter()
                    .map(|row| self.number(each, &[scope, &[(entity, row)]].concat()));
                let figures = figures.collect::<Said<Vec<_>>>()?.into_iter();
                let found = match key {
                    "sum" => Some(figures.fold(Number::whole(0), Number::plus)),
                    // The least of none is as great as can be, and the other way round.
                    "min" => figures.min().or_else(|| self.end(each, true)),
                    _ => figures.max().or_else(|| self.end(each, false)),
                };
                return found.ok_or_else(|| "the least or greatest of none".to_owned());
            }
        }
        let table = written_as.as_object().ok_or("not a number")?;
        let (sign, sides) = table.iter().next().ok_or("an empty number")?;
        let sides = several(sides)?;
        Ok(match (sign.as_str(), sides.as_slice()) {
            ("add", sides) => sides.iter().copied().fold(Number::whole(0), Number::plus),
            ("less", [a, b]) => a.minus(*b),
            ("times", [a, b]) => a.times(*b),
            _ => return Err(format!("`{sign}` is not a number")),
        })
    }

    /// The greatest or least that a fact can be.
    fn end(&self, fact: &Value, greatest: bool) -> Option<Number> {
        match self.rules.fact(fact.as_str()?)?.kind {
            Kind::Number(low, high, _) => {
                Some(Number::whole(if greatest { high } else { low }.into()))
            }
            Kind::Date => {
                let (first, last) =
                    (calendar::day(1600, 1, 1), calendar::day(2200, 12, 31));
                Some(Number::whole(if greatest { last } else { first }))
            }
            _ => None,
        }
    }

    fn named_number(&self, name: &str, scope: &Scope<'_>) -> Said<Number> {
        if name == "check_date" {
            return super::day_of(&self.sketch.date)
                .map(Number::whole)
                .ok_or("no date".into());
        }
        match self.answer(name, scope)? {
            Some(Plain::Number(number)) => return Ok(number),
            Some(other) => return Err(format!("`{name}` is {other:?}, not a number")),
            None => {}
        }
        if let Some(quantity) = self.rules.named("quantity", name) {
            return self.number(part(quantity, "value")?, scope);
        }
        if self.rules.named("param", name).is_some() {
            let value = self.rules.param(name, self.sketch);
            let value = value.ok_or_else(|| format!("`{name}` was not chosen"))?;
            return Number::read(&value).ok_or_else(|| format!("`{value}` is no number"));
        }
        let literal = name.split_once(' ').and_then(|(digits, _)| Number::read(digits));
        literal.ok_or_else(|| format!("nothing is called `{name}`"))
    }
}

fn part<'v>(value: &'v Value, key: &str) -> Said<&'v Value> {
    value.get(key).ok_or_else(|| format!("`{key}` is missing"))
}
