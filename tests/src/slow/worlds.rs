//! Households as plain text, and all the households that one of them may turn out to be.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::calendar;
use super::rules::{Fact, Kind, Rules};
use crate::tape::Tape;

/// Answers as typed, by fact; what is not known is not there.
pub type Answers = BTreeMap<String, String>;

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its key in the record.
    pub key: u32,
    /// Its answers.
    pub answers: Answers,
}

/// A list of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Whether these are all of them.
    pub complete: bool,
    /// The rows so far.
    pub rows: Vec<Row>,
}

/// A household, a standard and a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The standard's id.
    pub standard: String,
    /// The exit year.
    pub year: i64,
    /// The day of the check.
    pub date: String,
    /// Readings chosen, by parameter.
    pub choices: Answers,
    /// The household's answers.
    pub answers: Answers,
    /// The lists.
    pub lists: BTreeMap<String, Rows>,
}

/// A place where something may stand: a fact of the household or of one row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The list and the row's key; none for the household.
    pub row: Option<(String, u32)>,
    /// The fact.
    pub fact: String,
}

impl Sketch {
    /// The record that says the same.
    #[must_use]
    pub fn record(&self) -> Value {
        let lists = self.lists.iter().map(|(entity, list)| {
            let rows = list.rows.iter();
            let rows = rows.map(|row| json!({ "key": row.key, "answers": row.answers }));
            let rows = rows.collect::<Value>();
            (entity.clone(), json!({ "complete": list.complete, "rows": rows }))
        });
        json!({
            "ruhu": 1,
            "id": "sketch",
            "standard": self.standard,
            "year": self.year,
            "date": self.date,
            "choices": self.choices,
            "answers": self.answers,
            "lists": lists.collect::<Map<_, _>>(),
        })
    }

    /// What a record says, where its answers are plain texts.
    #[must_use]
    pub fn of(record: &Value) -> Self {
        let plain = |value: Option<&Value>| -> Answers {
            let entries = value.and_then(Value::as_object).into_iter().flatten();
            let entries = entries.filter(|(_, value)| !value.is_object());
            let text = |value: &Value| match value {
                Value::String(text) => text.clone(),
                Value::Bool(true) => "yes".to_owned(),
                Value::Bool(false) => "no".to_owned(),
                other => other.to_string(),
            };
            entries.map(|(key, value)| (key.clone(), text(value))).collect()
        };
        let text = |key: &str| {
            record.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let mut lists = BTreeMap::new();
        for (entity, list) in
            record.get("lists").and_then(Value::as_object).into_iter().flatten()
        {
            let rows = list.get("rows").and_then(Value::as_array).into_iter().flatten();
            let rows = rows.map(|row| Row {
                key: row
                    .get("key")
                    .and_then(Value::as_u64)
                    .map_or(0, |key| u32::try_from(key).unwrap_or(0)),
                answers: plain(row.get("answers")),
            });
            let complete = list.get("complete") == Some(&Value::Bool(true));
            lists.insert(entity.clone(), Rows { complete, rows: rows.collect() });
        }
        Self {
            standard: text("standard"),
            year: record.get("year").and_then(Value::as_i64).unwrap_or(0),
            date: text("date"),
            choices: plain(record.get("choices")),
            answers: plain(record.get("answers")),
            lists,
        }
    }

    /// Every place where one of these facts may stand.
    #[must_use]
    pub fn spots(&self, facts: &[&Fact]) -> Vec<Spot> {
        let mut spots = Vec::new();
        for fact in facts.iter().filter(|fact| fact.kind != Kind::Words) {
            let spot = |row| Spot { row, fact: fact.id.clone() };
            if fact.entity == "household" {
                spots.push(spot(None));
            } else if let Some(list) = self.lists.get(&fact.entity) {
                let rows = list.rows.iter();
                spots.extend(rows.map(|row| spot(Some((fact.entity.clone(), row.key)))));
            }
        }
        spots
    }

    fn answers_at(&self, spot: &Spot) -> Option<&Answers> {
        match &spot.row {
            None => Some(&self.answers),
            Some((entity, key)) => {
                let rows = &self.lists.get(entity)?.rows;
                rows.iter().find(|row| row.key == *key).map(|row| &row.answers)
            }
        }
    }

    /// What stands at a place.
    #[must_use]
    pub fn at(&self, spot: &Spot) -> Option<&str> {
        self.answers_at(spot)?.get(&spot.fact).map(String::as_str)
    }

    /// The same household with something else at a place, or nothing.
    #[must_use]
    pub fn with(&self, spot: &Spot, answer: Option<&str>) -> Self {
        let mut other = self.clone();
        let answers = match &spot.row {
            None => Some(&mut other.answers),
            Some((entity, key)) => other.lists.get_mut(entity).and_then(|list| {
                list.rows
                    .iter_mut()
                    .find(|row| row.key == *key)
                    .map(|row| &mut row.answers)
            }),
        };
        match (answers, answer) {
            (Some(answers), Some(text)) => {
                answers.insert(spot.fact.clone(), text.to_owned());
            }
            (Some(answers), None) => {
                answers.remove(&spot.fact);
            }
            (None, _) => {}
        }
        other
    }

    /// What an answer can be: all of a small range, else its ends, the edges, and a guess.
    #[must_use]
    pub fn candidates(&self, fact: &Fact, edges: &[i64], tape: &Tape<'_>) -> Vec<String> {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        match &fact.kind {
            Kind::YesNo => texts(&["yes", "no"]),
            Kind::Choice(options) => options.clone(),
            Kind::Row(entity) => {
                let rows = self.lists.get(entity).map_or(&[][..], |list| &list.rows);
                rows.iter().map(|row| row.key.to_string()).collect()
            }
            Kind::Date => {
                let today = super::day_of(&self.date).unwrap_or(0);
                let years = [0, 1, 3, 6, 7, 10, 15, 16, 18, 40, 70];
                let days = years.iter().flat_map(|years| {
                    let back = i128::saturating_mul(*years, 365);
                    [0, i128::from(tape.between(0, 400))]
                        .map(|more| today.saturating_sub(back).saturating_sub(more))
                });
                days.map(calendar::text_of_day).collect()
            }
            Kind::Number(low, high, _) if high.saturating_sub(*low) <= 12 => {
                (*low..=*high).map(|number| number.to_string()).collect()
            }
            Kind::Number(low, high, decimals) => {
                let near = edges.iter().flat_map(|edge| {
                    [edge.saturating_sub(1), *edge, edge.saturating_add(1)]
                });
                let span = high.saturating_sub(*low).min(60_000);
                let guess = low.saturating_add(tape.between(0, span));
                let mut numbers: Vec<i64> = near.chain([*low, *high, guess]).collect();
                numbers.retain(|number| low <= number && number <= high);
                numbers.sort_unstable();
                numbers.dedup();
                let finest = format!("0.{:0>decimals$}", 1);
                let fine = (*decimals > 0 && *low == 0).then_some(finest);
                numbers.iter().map(i64::to_string).chain(fine).collect()
            }
            Kind::Words => Vec::new(),
        }
    }

    /// Households this one may turn out to be: all of them where there are at most `most`,
    /// else as many by chance.
    #[must_use]
    pub fn completions(
        &self,
        rules: &Rules,
        used: &[&Fact],
        most: usize,
        tape: &Tape<'_>,
    ) -> Vec<Self> {
        let mut grown = vec![self.clone()];
        for (param, readings) in rules.open(self.year) {
            if self.choices.contains_key(&param) || rules.default_of(&param).is_some() {
                continue;
            }
            grown = several(grown, &readings, |sketch, reading| {
                sketch.choices.insert(param.clone(), reading.clone());
            });
        }
        for (entity, least, limit) in &rules.entities {
            if self.lists.get(entity).is_some_and(|list| list.complete) {
                continue;
            }
            let rows = self.lists.get(entity).map_or(0, |list| list.rows.len());
            let more: Vec<usize> = (0..=2)
                .filter(|more| (*least..=*limit).contains(&rows.saturating_add(*more)))
                .collect();
            grown = several(grown, &more, |sketch, more| {
                let list = sketch.lists.entry(entity.clone()).or_default();
                list.complete = true;
                let last = list.rows.iter().map(|row| row.key).max().unwrap_or(0);
                for key in (last.saturating_add(1)..).take(*more) {
                    list.rows.push(Row { key, answers: Answers::new() });
                }
            });
        }
        let share = most.checked_div(grown.len()).unwrap_or(0).max(1);
        let edges = rules.edges();
        grown.iter().flat_map(|sketch| sketch.filled(used, &edges, share, tape)).collect()
    }

    fn filled(
        &self,
        used: &[&Fact],
        edges: &[i64],
        most: usize,
        tape: &Tape<'_>,
    ) -> Vec<Self> {
        let blank = |spot: &Spot| self.at(spot).is_none();
        let blanks: Vec<_> = self.spots(used).into_iter().filter(blank).collect();
        let can_be: Vec<Vec<String>> = blanks
            .iter()
            .map(|spot| {
                let fact = used.iter().find(|fact| fact.id == spot.fact);
                fact.map_or_else(Vec::new, |fact| self.candidates(fact, edges, tape))
            })
            .collect();
        if can_be.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let all = can_be.iter().try_fold(1, |all: usize, can_be| {
            all.checked_mul(can_be.len()).filter(|all| *all <= most)
        });
        let world = |pick: &mut dyn FnMut(usize) -> usize| {
            let mut world = self.clone();
            for (spot, can_be) in blanks.iter().zip(&can_be) {
                let answer = can_be.get(pick(can_be.len())).map(String::as_str);
                world = world.with(spot, answer);
            }
            world
        };
        match all {
            Some(all) => (0..all)
                .map(|number| {
                    let mut rest = number;
                    world(&mut |size| {
                        let digit = rest.checked_rem(size).unwrap_or(0);
                        rest = rest.checked_div(size).unwrap_or(0);
                        digit
                    })
                })
                .collect(),
            None => {
                let mut seed = u64::try_from(tape.between(1, 1_000_000)).unwrap_or(1);
                let mut chance = |size: usize| {
                    seed ^= seed << 13;
                    seed ^= seed >> 7;
                    seed ^= seed << 17;
                    let size = u64::try_from(size).unwrap_or(1);
                    usize::try_from(seed.checked_rem(size).unwrap_or(0)).unwrap_or(0)
                };
                (0..most).map(|_| world(&mut chance)).collect()
            }
        }
    }
}

/// Each sketch once with each of these changes.
fn several<T>(
    sketches: Vec<Sketch>,
    changes: &[T],
    change: impl Fn(&mut Sketch, &T),
) -> Vec<Sketch> {
    let each = sketches.into_iter().flat_map(|sketch| {
        changes.iter().map(move |one| (sketch.clone(), one)).collect::<Vec<_>>()
    });
    each.map(|(mut sketch, one)| {
        change(&mut sketch, one);
        sketch
    })
    .collect()
}
