//! A standard as its file says it, and what a household of which all is known makes of it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::calendar;
use super::number::Number;
use super::worlds::{Row, Sketch};

/// What a fact is, as far as judging goes.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name.
    pub id: String,
    /// Whose it is: `household` or a list.
    pub entity: String,
    /// What its answers are.
    pub kind: Kind,
}

/// What answers a fact takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `yes` or `no`.
    YesNo,
    /// One of these.
    Choice(Vec<String>),
    /// A number in this range of whole units, with so many digits after the point.
    Number(i64, i64, usize),
    /// A day.
    Date,
    /// A row of this list.
    Row(String),
    /// Decides nothing.
    Words,
}

/// An answer, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// Yes or no.
    Yes(bool),
    /// An option.
    Option(String),
    /// A number, or days since 1970.
    Number(Number),
    /// The key of a row.
    Row(u32),
}

/// The dictionary and a standard, as their files say them.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Every fact, in the order of the files.
    pub facts: Vec<Fact>,
    /// The lists and the fewest and most rows of each.
    pub entities: Vec<(String, usize, usize)>,
    document: Value,
}

type Said<T> = Result<T, String>;

impl Rules {
    /// Puts the files of facts and one standard together.
    #[must_use]
    pub fn new(files: &[Value], document: Value) -> Self {
        let mut facts = Vec::new();
        let mut entities = Vec::new();
        let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let own = document.clone();
        for list in files.iter().flat_map(|file| items(file, "list")) {
            lists.insert(text(list, "id"), options(list));
        }
        for file in files.iter().chain([&own]).chain(items(&own, "topics")) {
            if let Some(entity) = file.get("entity") {
                let rows = |key: &str, otherwise: u64| {
                    let rows = entity.get(key).and_then(Value::as_u64);
                    usize::try_from(rows.unwrap_or(otherwise)).unwrap_or(0)
                };
                let id = text(entity, "id").to_owned();
                entities.push((id, rows("least", 0), rows("most", 64)));
            }
            let topic = file.pointer("/topic/entity").and_then(Value::as_str);
            for fact in items(file, "fact") {
                let kind = match text(fact, "kind") {
                    "yes_no" => Kind::YesNo,
                    "choice" => Kind::Choice(
                        lists.get(text(fact, "list")).cloned().unwrap_or(options(fact)),
                    ),
                    "count" => number(fact, 0),
                    "money" => number(fact, 2),
                    "quantity" => number(fact, 0),
                    "date" => Kind::Date,
                    "row" => Kind::Row(text(fact, "of").to_owned()),
                    _ => Kind::Words,
                };
                let entity = topic.unwrap_or("household").to_owned();
                facts.push(Fact { id: text(fact, "id").to_owned(), entity, kind });
            }
        }
        Self { facts, entities, document }
    }

    /// A fact by name.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The criteria, in order.
    #[must_use]
    pub fn criteria(&self) -> Vec<String> {
        let criteria = items(&self.document, "criterion");
        criteria.map(|criterion| text(criterion, "id").to_owned()).collect()
    }

    /// What one criterion asks, as written.
    #[must_use]
    pub fn condition(&self, at: usize) -> String {
        let criterion = items(&self.document, "criterion").nth(at);
        criterion.and_then(|found| found.get("met")).map(Value::to_string).unwrap_or_default()
    }

    /// The facts that the standard's conditions name.
    #[must_use]
    pub fn used(&self) -> Vec<&Fact> {
        let mut names = Vec::new();
        for part in ["criterion", "define", "quantity"] {
            if let Some(part) = self.document.get(part) {
                names_in(part, &mut names);
            }
        }
        self.facts.iter().filter(|fact| names.contains(&fact.id.as_str())).collect()
    }

    /// The whole numbers that the standard sets: where a verdict may turn.
    #[must_use]
    pub fn edges(&self) -> Vec<i64> {
        let values = items(&self.document, "param").flat_map(|param| items(param, "value"));
        let values = values.filter_map(|value| Number::read(&written(value.get("value")?)));
        values.filter_map(|edge| i64::try_from(edge.to_whole()?).ok()).collect()
    }

    /// The parameters of which several readings stand in a year, and their names.
    #[must_use]
    pub fn open(&self, year: i64) -> Vec<(String, Vec<String>)> {
        let mut open = Vec::new();
        for param in items(&self.document, "param") {
            let values: Vec<_> = values(param, year).collect();
            let readings: Vec<_> = if text(param, "kind") == "choice" && values.is_empty() {
                options(param)
            } else {
                let readings = values.iter().map(|value| text(value, "reading").to_owned());
                readings.collect()
            };
            if readings.len() > 1 {
                open.push((text(param, "id").to_owned(), readings));
            }
        }
        open
    }

    /// The reading that holds where none was chosen.
    #[must_use]
    pub fn default_of(&self, param: &str) -> Option<String> {
        let found = items(&self.document, "param").find(|found| text(found, "id") == param)?;
        found.get("default").and_then(Value::as_str).map(str::to_owned)
    }

    fn param(&self, id: &str, sketch: &Sketch) -> Option<String> {
        let param = items(&self.document, "param").find(|param| text(param, "id") == id)?;
        let default = param.get("default").and_then(Value::as_str);
        let chosen = sketch.choices.get(id).map(String::as_str).or(default);
        let values: Vec<_> = values(param, sketch.year).collect();
        let named = values.iter().find(|value| chosen == Some(text(value, "reading")));
        match (named, values.as_slice(), chosen) {
            (Some(value), _, _) | (None, [value], _) => Some(written(value.get("value")?)),
            (None, [], Some(option)) => Some(option.to_owned()),
            _ => None,
        }
    }

    fn named(&self, part: &str, id: &str) -> Option<&Value> {
        items(&self.document, part).find(|found| text(found, "id") == id)
    }
}

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
            Kind::Date => day(typed).map(|day| Plain::Number(Number::whole(day))),
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
            let (month, day) = month.parse().ok().zip(day.parse().ok()).ok_or("digits")?;
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
                let figures = rows.into_iter().map(|row| {
                    self.number(each, &[scope, &[(entity, row)]].concat())
                });
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
            _ => None,
        }
    }

    fn named_number(&self, name: &str, scope: &Scope<'_>) -> Said<Number> {
        if name == "check_date" {
            return super::day_of(&self.sketch.date).map(Number::whole).ok_or("no date".into());
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

fn day(text: &str) -> Option<i128> {
    super::day_of(text)
}

fn part<'v>(value: &'v Value, key: &str) -> Said<&'v Value> {
    value.get(key).ok_or_else(|| format!("`{key}` is missing"))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn values(param: &Value, year: i64) -> impl Iterator<Item = &Value> {
    items(param, "value").filter(move |value| {
        let bound = |at: usize| value.pointer(&format!("/years/{at}")).and_then(Value::as_i64);
        bound(0) <= Some(year) && Some(year) <= bound(1)
    })
}

fn options(list: &Value) -> Vec<String> {
    let options = items(list, "options");
    options
        .map(|option| match option {
            Value::String(id) => id.clone(),
            other => text(other, "id").to_owned(),
        })
        .collect()
}

fn number(fact: &Value, decimals: u64) -> Kind {
    let bound = |at: usize| fact.pointer(&format!("/range/{at}")).and_then(Value::as_i64);
    let decimals = fact.get("decimals").and_then(Value::as_u64).unwrap_or(decimals);
    Kind::Number(
        bound(0).unwrap_or(0),
        bound(1).unwrap_or(0),
        usize::try_from(decimals).unwrap_or(0),
    )
}

fn names_in<'v>(value: &'v Value, names: &mut Vec<&'v str>) {
    match value {
        Value::String(name) => names.push(name),
        Value::Array(values) => values.iter().for_each(|value| names_in(value, names)),
        Value::Object(table) => table.values().for_each(|value| names_in(value, names)),
        _ => {}
    }
}
