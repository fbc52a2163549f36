//! What a household can do without: each of its lists, rows, marks and answers.

use crate::record::{Answer, Answers, Record};

/// Whose answers: the household's, or those of a row of a list.
pub(super) type Owner = Option<(String, u32)>;

/// Something that can be left out.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// A list with all its rows.
    List(String),
    /// A row with its answers.
    Row(String, u32),
    /// That a list is complete.
    Complete(String),
    /// One answer.
    Answer(Owner, String),
}

/// Everything that a household has, the largest parts first; of rows the last first, so
/// that whom a household is called after stays longest.
pub(super) fn parts(record: &Record) -> Vec<Part> {
    let lists = || record.lists.iter();
    let mut parts: Vec<Part> =
        lists().map(|(name, _)| Part::List(name.clone())).collect();
    for (name, list) in lists() {
        parts.extend(list.rows.iter().rev().map(|row| Part::Row(name.clone(), row.key)));
    }
    let complete = lists().filter(|(_, list)| list.complete);
    parts.extend(complete.map(|(name, _)| Part::Complete(name.clone())));
    let answers = answers(record).into_iter();
    parts.extend(answers.map(|(owner, fact, _)| Part::Answer(owner, fact)));
    parts
}

/// Every answer, with whose it is and to what.
pub(super) fn answers(record: &Record) -> Vec<(Owner, String, Answer)> {
    let all = |owner: Owner, answers: &Answers| {
        let answers = answers
            .iter()
            .map(|(fact, answer)| (owner.clone(), fact.clone(), answer.clone()));
        answers.collect::<Vec<_>>()
    };
    let mut found = all(None, &record.answers);
    for (name, list) in &record.lists {
        for row in &list.rows {
            found.extend(all(Some((name.clone(), row.key)), &row.answers));
        }
    }
    found
}

/// The same household without a part.
pub(super) fn without(record: &Record, part: &Part) -> Record {
    let mut record = record.clone();
    match part {
        Part::List(name) => drop(record.lists.remove(name)),
        Part::Row(name, key) => {
            if let Some(list) = record.lists.get_mut(name) {
                list.rows.retain(|row| row.key != *key);
            }
        }
        Part::Complete(name) => {
            if let Some(list) = record.lists.get_mut(name) {
                list.complete = false;
            }
        }
        Part::Answer(owner, fact) => {
            if let Some(answers) = answers_mut(&mut record, owner.as_ref()) {
                answers.remove(fact);
            }
        }
    }
    record
}

/// The answers of an owner.
pub(super) fn answers_mut<'a>(
    record: &'a mut Record,
    owner: Option<&(String, u32)>,
) -> Option<&'a mut Answers> {
    let Some((name, key)) = owner else { return Some(&mut record.answers) };
    let list = record.lists.get_mut(name)?;
    let row = list.rows.iter_mut().find(|row| row.key == *key)?;
    Some(&mut row.answers)
}
