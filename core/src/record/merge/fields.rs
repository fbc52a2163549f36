//! Everything in a record that can differ, by place, and how it is put there.

use litemap::LiteMap;

use super::Field;
use crate::json::Json;
use crate::log::steps;
use crate::record::write::{answer_json, row_json};
use crate::record::{Answers, List, Record};

impl Field {
    /// As it stands in a record.
    pub(crate) fn json(&self) -> Json {
        match self {
            Self::Answer(answer) => answer_json(answer),
            Self::Setting(text) => text.as_str().into(),
            Self::Complete => true.into(),
            Self::Row(row) => row_json(row),
        }
    }
}

pub(super) fn row_place(list: &str, key: u32) -> String {
    ["/lists/", list, "/", &key.to_string()].concat()
}

/// Everything that can differ, by place.
pub(super) fn fields(record: &Record) -> LiteMap<String, Field> {
    let mut all = LiteMap::new();
    let mut set = |place: &str, text: &str| {
        if !text.is_empty() {
            all.insert(place.to_owned(), Field::Setting(text.to_owned()));
        }
    };
    set("/standard", &record.standard);
    set("/year", &record.year.map(|year| year.to_string()).unwrap_or_default());
    set("/date", record.date.as_deref().unwrap_or_default());
    for (param, reading) in &record.choices {
        set(&["/choices/", param].concat(), reading);
    }
    for (fact, answer) in &record.answers {
        all.insert(["/answers/", fact].concat(), Field::Answer(answer.clone()));
    }
    for (name, list) in &record.lists {
        if list.complete {
            all.insert(["/lists/", name, "/complete"].concat(), Field::Complete);
        }
        for row in &list.rows {
            let place = row_place(name, row.key);
            for (fact, answer) in &row.answers {
                let place = [&place, "/", fact].concat();
                all.insert(place, Field::Answer(answer.clone()));
            }
            all.insert(place, Field::Row(row.clone()));
        }
    }
    all
}

impl Record {
    /// Puts something in a place, or takes away what is there.
    pub(super) fn put(&mut self, place: &str, field: Option<&Field>) {
        let setting = match field {
            Some(Field::Setting(text)) => Some(text.clone()),
            _ => None,
        };
        match steps(place) {
            [Some("standard"), ..] => self.standard = setting.unwrap_or_default(),
            [Some("year"), ..] => self.year = setting.and_then(|text| text.parse().ok()),
            [Some("date"), ..] => self.date = setting,
            [Some("choices"), Some(param), ..] => match setting {
                Some(text) => drop(self.choices.insert(param.to_owned(), text)),
                None => drop(self.choices.remove(param)),
            },
            [Some("answers"), Some(fact), ..] => {
                put_answer(&mut self.answers, fact, field);
            }
            [Some("lists"), Some(name), Some(row), fact] => {
                let list = self.lists.entry(name.to_owned()).or_default();
                put_in_list(list, row, fact, field);
            }
            _ => {}
        }
    }
}

pub(super) fn put_answer(answers: &mut Answers, fact: &str, field: Option<&Field>) {
    match field {
        Some(Field::Answer(answer)) => {
            drop(answers.insert(fact.to_owned(), answer.clone()));
        }
        _ => drop(answers.remove(fact)),
    }
}

pub(super) fn put_in_list(
    list: &mut List,
    row: &str,
    fact: Option<&str>,
    field: Option<&Field>,
) {
    if row == "complete" {
        list.complete = field.is_some();
        return;
    }
    let at = list.rows.iter().position(|one| one.key.to_string() == row);
    match (at, fact, field) {
        (Some(at), Some(fact), field) => {
            if let Some(row) = list.rows.get_mut(at) {
                put_answer(&mut row.answers, fact, field);
            }
        }
        (None, None, Some(Field::Row(row))) => list.rows.push(row.clone()),
        (Some(at), None, None) => drop(list.rows.remove(at)),
        _ => {}
    }
}
