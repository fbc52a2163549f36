//! The engine as the tests see it: values go in, names of facts and rows come out.

use std::rc::Rc;

use ruhu_core::record::Record;
use ruhu_core::{At, Change, Library, Place, Question, Standard, Visit};
use serde_json::Value;

/// What ships, and the hints that stand beside every standard.
#[derive(Debug)]
pub struct Engine {
    /// What ships.
    pub library: Library,
    /// The hints.
    pub hints: Rc<Standard>,
}

impl Engine {
    /// Loads what ships.
    ///
    /// # Errors
    ///
    /// Where the dictionary or the hints do not load.
    pub fn new() -> Result<Self, String> {
        let library = Library::builtin().map_err(|error| error.to_string())?;
        let hints = library.hints().map_err(|error| error.to_string())?;
        Ok(Self { library, hints })
    }

    /// A built-in standard, or one of `tests/standards`.
    ///
    /// # Errors
    ///
    /// Where there is none of that name, or it does not load.
    pub fn standard(&self, name: &str) -> Result<Rc<Standard>, String> {
        if self.library.names().any(|known| known == name) {
            return self.library.standard(name).map_err(|error| error.to_string());
        }
        let path = crate::data::folder("tests/standards").join(format!("{name}.toml"));
        self.read(&crate::data::read(&path)?)
    }

    /// A standard from its document.
    ///
    /// # Errors
    ///
    /// Where it does not load.
    pub fn read(&self, document: &Value) -> Result<Rc<Standard>, String> {
        let read = self.library.read(&document.to_string());
        read.map(Rc::new).map_err(|error| error.to_string())
    }

    /// A record under a standard.
    ///
    /// # Errors
    ///
    /// Where the record cannot be read, or the year or the day is refused.
    pub fn open(&self, standard: &Rc<Standard>, record: &Value) -> Result<Visit, String> {
        let read = Record::from_json(&record.to_string());
        let (record, _) = read.map_err(|error| format!("{error:?}"))?;
        Visit::open(standard, &self.hints, record).map_err(|error| format!("{error:?}"))
    }
}

/// `water_litres`, or `wage.1.wage_amount`.
#[must_use]
pub fn place_name(visit: &Visit, at: At) -> String {
    let dictionary = visit.standard().dictionary();
    let fact = dictionary.info(at.fact).map_or("?", |info| info.id.as_str());
    if at.place == Place::HOUSEHOLD {
        return fact.to_owned();
    }
    let entity = dictionary.entity_info(at.place.entity);
    let entity = entity.map_or("?", |info| info.id.as_str());
    format!("{entity}.{}.{fact}", at.place.row)
}

/// The place that a name means; the other way round.
#[must_use]
pub fn place_at(visit: &Visit, name: &str) -> Option<At> {
    let dictionary = visit.standard().dictionary();
    let parts: Vec<&str> = name.split('.').collect();
    let (place, fact) = match parts.as_slice() {
        [fact] => (Place::HOUSEHOLD, fact),
        [entity, row, fact] => {
            let entity = dictionary.entity(entity)?;
            (Place { entity, row: row.parse().ok()? }, fact)
        }
        _ => return None,
    };
    Some(At { place, fact: dictionary.fact(fact)? })
}

/// The row that `wage.1` means.
#[must_use]
pub fn place_of_row(visit: &Visit, name: &str) -> Option<Place> {
    let (entity, row) = name.split_once('.')?;
    let entity = visit.standard().dictionary().entity(entity)?;
    Some(Place { entity, row: row.parse().ok()? })
}

/// `all of member`, `which income_line`, or the place of a fact.
#[must_use]
pub fn question_name(visit: &Visit, question: &Question) -> String {
    match question {
        Question::Fact(at) => place_name(visit, *at),
        Question::Param(param) => format!("which {param}"),
        Question::List(list) => {
            let entity = visit.standard().dictionary().entity_info(*list);
            format!("all of {}", entity.map_or("?", |info| info.id.as_str()))
        }
    }
}

/// What a change is about: a place, a computed number, or a list.
#[must_use]
pub fn change_name(visit: &Visit, change: &Change) -> String {
    match change {
        Change::Answer { at, .. }
        | Change::Fill(at)
        | Change::Number { at: Some(at), .. } => place_name(visit, *at),
        Change::Number { quantity, .. } => quantity.clone().unwrap_or_default(),
        Change::Complete(list) => question_name(visit, &Question::List(*list)),
    }
}

/// The ids of the hints that are shown.
#[must_use]
pub fn hints(visit: &Visit) -> Vec<String> {
    let ids = visit.hints().iter().filter_map(|hint| {
        let by = if hint.is_own { visit.standard() } else { visit.hints_standard() };
        by.hint_rules().get(hint.rule).map(|rule| rule.id.clone())
    });
    ids.collect()
}
