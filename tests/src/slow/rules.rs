//! A standard as its file says it, and what a household of which all is known makes of it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::number::Number;
use super::worlds::Sketch;

/// What a fact is, as far as judging goes.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name.
    pub id: String,
    /// Whose it is: `household` or a list.
    pub entity: String,
    /// What its answers are.
    pub kind: Kind,
    /// Where it is asked; everywhere where nothing is said.
    pub when: Option<Value>,
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
    pub(super) document: Value,
}

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
                let when = fact.get("when").cloned();
                facts.push(Fact { id: text(fact, "id").to_owned(), entity, kind, when });
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
        criterion
            .and_then(|found| found.get("met"))
            .map(Value::to_string)
            .unwrap_or_default()
    }

    /// The facts that the standard's conditions name.
    #[must_use]
    pub fn used(&self) -> Vec<&Fact> {
        self.named_in(&["criterion", "define", "quantity"])
    }

    /// The facts that these parts of the file name.
    #[must_use]
    pub fn named_in(&self, parts: &[&str]) -> Vec<&Fact> {
        let mut names = Vec::new();
        for part in parts {
            if let Some(part) = self.document.get(*part) {
                names_in(part, &mut names);
            }
        }
        self.facts.iter().filter(|fact| names.contains(&fact.id.as_str())).collect()
    }

    /// The whole numbers that the standard sets: where a verdict may turn.
    #[must_use]
    pub fn edges(&self) -> Vec<i64> {
        let values =
            items(&self.document, "param").flat_map(|param| items(param, "value"));
        let values =
            values.filter_map(|value| Number::read(&written(value.get("value")?)));
        values.filter_map(|edge| i64::try_from(edge.to_whole()?).ok()).collect()
    }

    /// The parameters of which several readings stand in a year, and their names.
    #[must_use]
    pub fn open(&self, year: i64) -> Vec<(String, Vec<String>)> {
        let mut open = Vec::new();
        for param in items(&self.document, "param") {
            let values: Vec<_> = values(param, year).collect();
            let readings: Vec<_> = if text(param, "kind") == "choice" && values.is_empty()
            {
                options(param)
            } else {
                let readings =
                    values.iter().map(|value| text(value, "reading").to_owned());
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
        let found =
            items(&self.document, "param").find(|found| text(found, "id") == param)?;
        found.get("default").and_then(Value::as_str).map(str::to_owned)
    }

    pub(super) fn param(&self, id: &str, sketch: &Sketch) -> Option<String> {
        let param =
            items(&self.document, "param").find(|param| text(param, "id") == id)?;
        let default = param.get("default").and_then(Value::as_str);
        let chosen = sketch.choices.get(id).map(String::as_str).or(default);
        let values: Vec<_> = values(param, sketch.year).collect();
        let named = values.iter().find(|value| chosen == Some(text(value, "reading")));
        match (named, values.as_slice(), chosen) {
            (Some(value), _, _) | (None, [value], _) => {
                Some(written(value.get("value")?))
            }
            (None, [], Some(option)) => Some(option.to_owned()),
            _ => None,
        }
    }

    pub(super) fn named(&self, part: &str, id: &str) -> Option<&Value> {
        items(&self.document, part).find(|found| text(found, "id") == id)
    }
}

fn values(param: &Value, year: i64) -> impl Iterator<Item = &Value> {
    items(param, "value").filter(move |value| {
        let bound =
            |at: usize| value.pointer(&format!("/years/{at}")).and_then(Value::as_i64);
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
pub(super) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}
