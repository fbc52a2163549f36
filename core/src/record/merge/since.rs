//! What was done to each of two copies since they were one, as their logs tell it.

use super::Field;
use super::fields::fields;
use crate::log::{Act, Entry, Log};
use crate::record::Record;

/// Begins the place of an entry that names the newest entry of another log.
pub(super) const OF: &str = "/log/";
/// What was done to a copy that the other does not know of, each with its place; none where
/// no log tells.
pub(super) struct Since(pub(super) Option<Vec<(String, String)>>);

impl Since {
    /// What one log has more than another, of which so many entries are known there.
    pub(super) fn new(log: &Log, other: &Log, known: Option<usize>) -> Self {
        Self(known.map(|known| {
            let more = log.entries().iter().skip(known);
            // What a merge took from the other was not done here.
            let more = more.filter(|entry| met(entry, other).is_none());
            let places = more.flat_map(|entry| {
                entry.places.iter().map(|place| (entry.act.clone(), place.clone()))
            });
            places.collect()
        }))
    }

    /// What makes a copy another than the one that both were made from.
    pub(super) fn base(base: &Record, own: &Record) -> Self {
        let (was, is) = (fields(base), fields(own));
        let is_row = |field: Option<&Field>| matches!(field, Some(Field::Row(_)));
        let mut done = Vec::new();
        let mut note = |act: Act, place: &str| {
            done.push((act.as_str().to_owned(), place.to_owned()));
        };
        for (place, field) in &is {
            match was.get(place) {
                None if is_row(Some(field)) => note(Act::RowAdded, place),
                // What is in a row is told by itself.
                Some(_) if is_row(Some(field)) => {}
                before if before != Some(field) => note(Act::Answer, place),
                _ => {}
            }
        }
        for (place, field) in was.iter().filter(|(place, _)| is.get(*place).is_none()) {
            let act = if is_row(Some(field)) { Act::RowRemoved } else { Act::Answer };
            note(act, place);
        }
        Self(Some(done))
    }

    pub(super) fn places(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter().flatten();
        all.map(|(act, place)| (act.as_str(), place.as_str()))
    }

    /// Whether anything was done at a place or to what it is part of.
    pub(super) fn touched(&self, place: &str) -> bool {
        self.0.is_none() || self.places().any(|(_, at)| is_within(place, at))
    }

    /// Whether anything was done within a row.
    pub(super) fn worked_on(&self, row: &str) -> bool {
        self.0.is_none() || self.places().any(|(_, at)| is_within(at, row))
    }

    /// Whether a row that is there came since.
    pub(super) fn added(&self, row: &str) -> bool {
        let came = [Act::RowAdded.as_str(), Act::Merged.as_str()];
        self.places().any(|(act, at)| at == row && came.contains(&act))
    }
}

/// Whether a place is another one, or part of it.
pub(super) fn is_within(place: &str, whole: &str) -> bool {
    place.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How many entries of a log the other knows: those that both have, and those before it was
/// merged into the other; none where they share nothing.
pub(super) fn known(log: &Log, other: &Log) -> Option<usize> {
    let (ours, theirs) = (log.entries(), other.entries());
    let same = ours.iter().zip(theirs).take_while(|(one, two)| one.hash == two.hash);
    let known = theirs.iter().filter_map(|entry| met(entry, log));
    let known = known.fold(same.count(), usize::max);
    let is_met = known > 0 || ours.iter().any(|entry| met(entry, other).is_some());
    is_met.then_some(known)
}

/// How many entries of a log were there when an entry of the other tells that it was merged.
pub(super) fn met(entry: &Entry, log: &Log) -> Option<usize> {
    if entry.act != Act::Merged.as_str() {
        return None;
    }
    let named = entry.places.iter().find_map(|place| place.strip_prefix(OF))?;
    let at = log.entries().iter().position(|one| one.hash == named)?;
    Some(at.saturating_add(1))
}

impl Record {
    /// Whether everything that was done to another copy was done to this one as well.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        known(&other.log, &self.log) == Some(other.log.entries().len())
    }
}

/// Whether a row that one copy has and the other has not is to stay; none where that is to
/// be asked.
pub(super) fn stays(row: &str, having: &Since, lacking: &Since) -> Option<bool> {
    // Nobody has taken away what only one of them ever had.
    if having.0.is_none() || having.added(row) {
        return Some(true);
    }
    let is_taken_away = lacking.touched(row) && !having.worked_on(row);
    is_taken_away.then_some(false)
}
