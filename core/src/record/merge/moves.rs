//! Rows of the other copy whose key is another's here.

use super::fields::row_place;
use super::since::{Since, met};
use crate::log::Log;
use crate::record::{Answer, Record};

/// Begins the place of an entry that tells under which key a row of the other copy stands.
pub(super) const MOVED: &str = "/moved/";

/// A row of the other copy that has another key here.
#[derive(Clone, Debug)]
pub(super) struct Move {
    list: String,
    from: u32,
    to: u32,
}

impl Move {
    /// As an entry has it, for the next time the two meet.
    pub(super) fn place(&self) -> String {
        let (from, to) = (self.from.to_string(), self.to.to_string());
        [MOVED, &self.list, "/", &from, "/", &to].concat()
    }

    pub(super) fn read(place: &str) -> Option<Self> {
        let mut steps = place.strip_prefix(MOVED)?.split('/');
        let list = steps.next()?.to_owned();
        let [from, to] = [(); 2].map(|()| steps.next().and_then(|key| key.parse().ok()));
        Some(Self { list, from: from?, to: to? })
    }
}

/// Under which keys the rows of the other copy stand here; the later of two counts.
pub(super) struct Moves(Vec<Move>);

impl Moves {
    /// Those that were made when the two met before.
    pub(super) fn known(here: &Log, there: &Log) -> Self {
        let made = |log: &Log, other: &Log| -> Vec<Move> {
            let entries =
                log.entries().iter().filter(|entry| met(entry, other).is_some());
            let places = entries.flat_map(|entry| &entry.places);
            places.filter_map(|place| Move::read(place)).collect()
        };
        let back = made(there, here).into_iter();
        let back = back.map(|Move { list, from, to }| Move { list, from: to, to: from });
        Self(back.chain(made(here, there)).collect())
    }

    pub(super) fn of(&self, list: &str, key: u32) -> u32 {
        let mut all = self.0.iter().rev();
        all.find(|one| one.list == list && one.from == key).map_or(key, |one| one.to)
    }

    /// Gives a row another key where what stands under its own is another one: both copies
    /// added one, or somebody else has moved there.
    pub(super) fn make_room(
        &mut self,
        here: &Record,
        there: &Record,
        (ours, theirs): (&Since, &Since),
    ) -> Vec<Move> {
        let mut fresh = Vec::new();
        for (name, list) in &there.lists {
            let known = here.lists.get(name).map_or(&[][..], |list| &list.rows);
            let moved = self.0.iter().map(|one| one.to.max(one.from));
            let keys = known.iter().chain(&list.rows).map(|row| row.key);
            let mut highest = keys.chain(moved).max().unwrap_or_default();
            for row in &list.rows {
                let place = row_place(name, row.key);
                let is_moved =
                    self.0.iter().any(|one| one.list == *name && one.from == row.key);
                let is_taken =
                    self.0.iter().any(|one| one.list == *name && one.to == row.key);
                let twin = known.iter().find(|other| other.key == row.key);
                let is_other = twin.is_some_and(|twin| twin.answers != row.answers)
                    && ours.added(&place)
                    && theirs.added(&place);
                if !is_moved && (is_taken || is_other) {
                    highest = highest.saturating_add(1);
                    fresh.push(Move { list: name.clone(), from: row.key, to: highest });
                }
            }
        }
        self.0.extend(fresh.iter().cloned());
        fresh
    }

    /// Everything in the other copy that names a row names it by its key here.
    pub(super) fn follow(
        &self,
        there: &mut Record,
        theirs: &mut Since,
        points: &dyn Fn(&str) -> Option<String>,
    ) {
        if self.0.is_empty() {
            return;
        }
        for (name, list) in there.lists.iter_mut() {
            list.rows.iter_mut().for_each(|row| row.key = self.of(name, row.key));
        }
        let rows = there.lists.iter_mut().flat_map(|(_, list)| &mut list.rows);
        let all = rows.map(|row| &mut row.answers).chain([&mut there.answers]);
        for (fact, answer) in all.flat_map(|answers| answers.iter_mut()) {
            let (Answer::Known(text) | Answer::Unknown { was: Some(text), .. }) = answer
            else {
                continue;
            };
            if let (Some(list), Ok(key)) = (points(fact), text.parse()) {
                *text = self.of(&list, key).to_string();
            }
        }
        for (_, place) in theirs.0.iter_mut().flatten() {
            let steps: Vec<&str> = place.splitn(5, '/').collect();
            if let ["", "lists", name, key, rest @ ..] = steps.as_slice()
                && let Ok(key) = key.parse()
            {
                let moved = row_place(name, self.of(name, key));
                *place = [&[moved.as_str()], rest].concat().join("/");
            }
        }
    }
}
