//! Two copies of one record that were both changed are made one again (合并): what only one
//! of them changed is taken over, what both changed is asked, and nothing is dropped.

mod fields;
mod moves;
mod since;
mod stand;

use litemap::LiteMap;

use super::{Answer, Record, Row};
use crate::log::{Act, Stamp};
use fields::fields;
use moves::{Move, Moves};
use since::{OF, Since, known, stays};

pub use stand::Stand;

/// Which of two copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// 本机: the one that is here.
    Here,
    /// 文件: the one that came.
    There,
}

impl Side {
    /// The side of that name: `here` or `there`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "here" => Some(Self::Here),
            "there" => Some(Self::There),
            _ => None,
        }
    }
}

/// What a copy has at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// An answer.
    Answer(Answer),
    /// A setting: the standard, the year, the day, a reading.
    Setting(String),
    /// A list is finished.
    Complete,
    /// A row is there, with its answers.
    Row(Row),
}

/// A place that both changed, each in its own way (两边都改过的一项).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where, as a log has it: `/answers/water_tap`, `/lists/member/3/health`.
    pub place: String,
    /// What stands here; none where nothing does.
    pub here: Option<Field>,
    /// What stands there.
    pub there: Option<Field>,
}

/// Two copies of a record, on their way to be one.
#[derive(Debug)]
pub struct Merge {
    here: Record,
    there: Record,
    /// Rows of the other copy that are new here under another key.
    fresh: Vec<Move>,
    /// What only the other copy changed.
    taken: Vec<(String, Option<Field>)>,
    conflicts: Vec<Conflict>,
}

impl Merge {
    /// Compares two copies by what their logs tell; `points` tells into which list a fact
    /// points, for a row that came under a key that is taken gets another, and what points to
    /// it follows.
    #[must_use]
    pub fn new(
        here: Record,
        there: Record,
        points: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        Self::by(here, there, points, told)
    }

    /// The same, by `base`, which both were made from, where their logs tell nothing.
    #[must_use]
    pub fn from_base(
        here: Record,
        there: Record,
        base: &Record,
        points: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        Self::by(here, there, points, |own, other| {
            let told = told(own, other);
            if told.0.is_some() { told } else { Since::base(base, own) }
        })
    }

    fn by(
        here: Record,
        mut there: Record,
        points: &dyn Fn(&str) -> Option<String>,
        since: impl Fn(&Record, &Record) -> Since,
    ) -> Self {
        let (ours, mut theirs) = (since(&here, &there), since(&there, &here));
        let mut moves = Moves::known(&here.log, &there.log);
        let fresh = moves.make_room(&here, &there, (&ours, &theirs));
        moves.follow(&mut there, &mut theirs, points);
        let (one, two) = (fields(&here), fields(&there));
        let mut places: Vec<&String> = one.keys().chain(two.keys()).collect();
        places.sort();
        places.dedup();
        let (mut taken, mut conflicts) = (Vec::new(), Vec::new());
        for place in places {
            let [from_here, from_there] =
                [&one, &two].map(|fields| fields.get(place).cloned());
            let is_row = |field: &Option<Field>| matches!(field, Some(Field::Row(_)));
            let rows = (is_row(&from_here), is_row(&from_there));
            if from_here == from_there
                || rows == (true, true)
                || has_no_row(place, &one, &two)
            {
                continue;
            }
            let decided = match rows {
                (true, false) => stays(place, &ours, &theirs)
                    .map(|stays| if stays { Side::Here } else { Side::There }),
                (false, true) => stays(place, &theirs, &ours)
                    .map(|stays| if stays { Side::There } else { Side::Here }),
                _ => match (ours.touched(place), theirs.touched(place)) {
                    (false, true) => Some(Side::There),
                    (true, false) => Some(Side::Here),
                    _ => None,
                },
            };
            match decided {
                Some(Side::Here) => {}
                Some(Side::There) => taken.push((place.clone(), from_there)),
                None => conflicts.push(Conflict {
                    place: place.clone(),
                    here: from_here,
                    there: from_there,
                }),
            }
        }
        Self { here, there, fresh, taken, conflicts }
    }

    /// What has to be asked, in the order of the places.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// How many places only the other copy changed.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.taken.len()
    }

    /// Both copies as they are: here, there.
    #[must_use]
    pub fn copies(&self) -> [&Record; 2] {
        [&self.here, &self.there]
    }

    /// One record, by what was chosen for each conflict; where nothing was chosen, the one
    /// that is here stays. Both copies stand among its versions, whole.
    #[must_use]
    pub fn settle(&self, chosen: &[Option<Side>], stamp: &Stamp) -> Record {
        let Self { here, there, fresh, taken, conflicts } = self;
        let (mut merged, mut there) = (here.clone(), there.clone());
        let mut places = vec![[OF, there.log.newest()].concat()];
        places.extend(fresh.iter().map(Move::place));
        merged.turn_over();
        there.turn_over();
        merged.versions.extend(there.versions.pop());
        for (place, field) in taken {
            merged.put(place, field.as_ref());
            places.push(place.clone());
        }
        merged.log.note(Act::Merged, places, stamp);
        // What somebody decided was done here, whoever had it first.
        let mut decided = Vec::new();
        for (at, conflict) in conflicts.iter().enumerate() {
            if chosen.get(at) == Some(&Some(Side::There)) {
                merged.put(&conflict.place, conflict.there.as_ref());
            }
            decided.push(conflict.place.clone());
        }
        if !decided.is_empty() {
            merged.log.note(Act::Merged, decided, stamp);
        }
        merged.before = merged.before.or(there.before);
        for (key, value) in there.unread {
            if !merged.unread.contains_key(&key) {
                merged.unread.insert(key, value);
            }
        }
        merged.seal();
        merged
    }
}

/// What one copy has more than another, where both logs hold: one that does not tells nothing.
fn told(own: &Record, other: &Record) -> Since {
    let holds = |record: &Record| record.log.verify(record).is_ok();
    let known = known(&own.log, &other.log).filter(|_| holds(own) && holds(other));
    Since::new(&own.log, &other.log, known)
}

/// Whether a place lies in a row that only one of the copies has: the row decides.
fn has_no_row(
    place: &str,
    one: &LiteMap<String, Field>,
    two: &LiteMap<String, Field>,
) -> bool {
    let Some((row, _)) = place.rsplit_once('/') else { return false };
    let is_row =
        |fields: &LiteMap<String, Field>| matches!(fields.get(row), Some(Field::Row(_)));
    is_row(one) != is_row(two)
}
