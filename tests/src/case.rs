//! A case: a household and what is expected of it, one file each (`tests/README.md`).

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::data::{files, folder, read};

/// One file of `tests/cases`, put together with the household it starts from.
#[derive(Clone, Debug)]
pub struct Case {
    /// `<standard>/<what-it-shows>`.
    pub name: String,
    /// What it shows, in a sentence.
    pub why: String,
    /// The standard it is judged by.
    pub standard: String,
    /// The record as a form would hand it over.
    pub record: Value,
    /// What is expected, as written.
    pub expect: Map<String, Value>,
}

const KEYS: &[&str] = &[
    "why", "source", "standard", "year", "date", "base", "choices", "answers", "lists",
    "rows", "more", "without", "complete", "expect",
];

/// Every case, in the order of the names; a file that is not one says why.
#[must_use]
pub fn all() -> Vec<(PathBuf, Result<Case, String>)> {
    let cases = folder("tests/cases");
    let base = cases.join("base");
    let paths = files(&cases, "toml").into_iter().filter(|path| !path.starts_with(&base));
    paths.map(|path| (path.clone(), Case::read(&path))).collect()
}

impl Case {
    /// Reads one file.
    ///
    /// # Errors
    ///
    /// Where the file is not a case: which file and what is amiss.
    pub fn read(path: &Path) -> Result<Self, String> {
        let at = |message: &str| format!("{}: {message}", path.display());
        let written = read(path)?;
        for key in ["why", "source", "standard", "year", "date", "expect"] {
            if written.get(key).is_none() {
                return Err(at(&format!("`{key}` is missing")));
            }
        }
        let text = |key: &str| {
            written.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let standard = text("standard");
        let folder = path.parent().and_then(Path::file_name);
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if folder.is_none_or(|folder| folder != standard.as_str()) {
            return Err(at(&format!("stands outside the folder `{standard}`")));
        }
        let household = Household::of(&written).map_err(|error| at(&error))?;
        let expect = written.get("expect").and_then(Value::as_object).cloned();
        Ok(Self {
            name: format!("{standard}/{stem}"),
            why: text("why"),
            record: json!({
                "ruhu": 1,
                "id": stem,
                "standard": standard,
                "year": written.get("year"),
                "date": written.get("date"),
                "choices": household.choices,
                "answers": household.answers,
                "lists": household.lists(),
            }),
            standard,
            expect: expect.unwrap_or_default(),
        })
    }
}

#[derive(Clone, Debug, Default)]
struct Household {
    choices: Map<String, Value>,
    answers: Map<String, Value>,
    lists: Vec<Rows>,
}

#[derive(Clone, Debug)]
struct Rows {
    entity: String,
    complete: bool,
    rows: Vec<(u32, Map<String, Value>)>,
}

impl Household {
    /// A household as written, on top of the one it starts from.
    fn of(written: &Value) -> Result<Self, String> {
        let table = written.as_object().ok_or("is not a table")?;
        if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(format!("`{key}` is not a key of a case"));
        }
        let mut household = match table.get("base").and_then(Value::as_str) {
            None => Self::default(),
            Some(base) => {
                let path = folder("tests/cases/base").join(format!("{base}.toml"));
                Self::of(&read(&path)?)?
            }
        };
        let part = |key: &str| table.get(key).and_then(Value::as_object).into_iter();
        for (key, answer) in part("choices").flatten() {
            lay(&mut household.choices, key, answer);
        }
        for (key, answer) in part("answers").flatten() {
            lay(&mut household.answers, key, answer);
        }
        for (entity, rows) in part("lists").flatten() {
            household.lists.retain(|list| list.entity != *entity);
            let mut list =
                Rows { entity: entity.clone(), complete: true, rows: Vec::new() };
            list.append(rows)?;
            household.lists.push(list);
        }
        for (entity, patches) in part("rows").flatten() {
            for (key, patch) in patches.as_object().into_iter().flatten() {
                let answers = household.row(entity, key)?;
                for (fact, answer) in patch.as_object().into_iter().flatten() {
                    lay(answers, fact, answer);
                }
            }
        }
        for (entity, rows) in part("more").flatten() {
            household.list(entity).append(rows)?;
        }
        for gone in table.get("without").and_then(Value::as_array).into_iter().flatten() {
            let (entity, key) = gone
                .as_str()
                .and_then(|gone| gone.split_once(' '))
                .ok_or("`without` names rows as `member 2`")?;
            household.row(entity, key)?;
            let key = key.parse().unwrap_or(0);
            household.list(entity).rows.retain(|(found, _)| *found != key);
        }
        for (entity, complete) in part("complete").flatten() {
            household.list(entity).complete =
                complete.as_bool().ok_or("`complete` is true or false")?;
        }
        Ok(household)
    }

    fn list(&mut self, entity: &str) -> &mut Rows {
        let at = self.lists.iter().position(|list| list.entity == entity);
        let at = at.unwrap_or_else(|| {
            let entity = entity.to_owned();
            self.lists.push(Rows { entity, complete: true, rows: Vec::new() });
            self.lists.len().saturating_sub(1)
        });
        let Some(list) = self.lists.get_mut(at) else { unreachable!("just found") };
        list
    }

    fn row(
        &mut self,
        entity: &str,
        key: &str,
    ) -> Result<&mut Map<String, Value>, String> {
        let number = key.parse::<u32>().map_err(|_| format!("`{key}` is not a row"))?;
        let rows = self.list(entity).rows.iter_mut();
        let mut rows = rows.filter(|(found, _)| *found == number);
        let row = rows.next().map(|(_, answers)| answers);
        row.ok_or_else(|| format!("there is no {entity} {key}"))
    }

    fn lists(&self) -> Map<String, Value> {
        let rows = |list: &Rows| -> Vec<Value> {
            let rows = list.rows.iter();
            rows.map(|(key, answers)| json!({ "key": key, "answers": answers })).collect()
        };
        let lists = self.lists.iter().map(|list| {
            let list_json = json!({ "complete": list.complete, "rows": rows(list) });
            (list.entity.clone(), list_json)
        });
        lists.collect()
    }
}

impl Rows {
    fn append(&mut self, rows: &Value) -> Result<(), String> {
        for row in rows.as_array().ok_or("a list holds rows: [[lists.member]]")? {
            let row = row.as_object().ok_or("a row holds answers")?;
            let last = self.rows.iter().map(|(key, _)| *key).max().unwrap_or(0);
            let mut answers = Map::new();
            for (fact, answer) in row {
                lay(&mut answers, fact, answer);
            }
            self.rows.push((last.saturating_add(1), answers));
        }
        Ok(())
    }
}

/// An empty text makes an answer blank again.
fn lay(answers: &mut Map<String, Value>, key: &str, answer: &Value) {
    if answer.as_str() == Some("") {
        answers.remove(key);
    } else {
        answers.insert(key.to_owned(), answer.clone());
    }
}
