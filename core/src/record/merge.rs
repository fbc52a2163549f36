//! Two copies of one record that were both changed are made one again (合并): what only one
//! of them changed is taken over, what both changed is asked, and nothing is dropped.

use litemap::LiteMap;

use super::{Answer, List, Record, Row};
use crate::log::{Act, Entry, Log, Stamp};

/// Begins the place of an entry that names the newest entry of another log.
const OF: &str = "/log/";
/// Begins the place of an entry that tells under which key a row of the other copy stands.
const MOVED: &str = "/moved/";

/// Which of two copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// 本机: the one that is here.
    Here,
    /// 文件: the one that came.
    There,
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

/// What was done to a copy that the other does not know of, each with its place; none where
/// no log tells.
struct Since(Option<Vec<(String, String)>>);

impl Since {
    /// What one log has more than another, of which so many entries are known there.
    fn new(log: &Log, other: &Log, known: Option<usize>) -> Self {
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

    fn places(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter().flatten();
        all.map(|(act, place)| (act.as_str(), place.as_str()))
    }

    /// Whether anything was done at a place or to what it is part of.
    fn touched(&self, place: &str) -> bool {
        self.0.is_none() || self.places().any(|(_, at)| is_within(place, at))
    }

    /// Whether anything was done within a row.
    fn worked_on(&self, row: &str) -> bool {
        self.0.is_none() || self.places().any(|(_, at)| is_within(at, row))
    }

    /// Whether a row that is there came since.
    fn added(&self, row: &str) -> bool {
        let came = [Act::RowAdded.as_str(), Act::Merged.as_str()];
        self.places().any(|(act, at)| at == row && came.contains(&act))
    }
}

/// Whether a place is another one, or part of it.
fn is_within(place: &str, whole: &str) -> bool {
    place.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How many entries of a log the other knows: those that both have, and those before it was
/// merged into the other; none where they share nothing.
fn known(log: &Log, other: &Log) -> Option<usize> {
    let (ours, theirs) = (log.entries(), other.entries());
    let same = ours.iter().zip(theirs).take_while(|(one, two)| one.hash == two.hash);
    let known = theirs.iter().filter_map(|entry| met(entry, log));
    let known = known.fold(same.count(), usize::max);
    let is_met = known > 0 || ours.iter().any(|entry| met(entry, other).is_some());
    is_met.then_some(known)
}

/// How many entries of a log were there when an entry of the other tells that it was merged.
fn met(entry: &Entry, log: &Log) -> Option<usize> {
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

impl Merge {
    /// Compares two copies; `points` tells into which list a fact points, for a row that
    /// came under a key that is taken gets another, and what points to it follows.
    #[must_use]
    pub fn new(
        here: Record,
        mut there: Record,
        points: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        // A log that does not hold tells nothing.
        let both_hold =
            here.log.verify(&here).is_ok() && there.log.verify(&there).is_ok();
        let since = |log: &Log, other: &Log| {
            Since::new(log, other, known(log, other).filter(|_| both_hold))
        };
        let ours = since(&here.log, &there.log);
        let mut theirs = since(&there.log, &here.log);
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

/// Whether a row that one copy has and the other has not is to stay; none where that is to
/// be asked.
fn stays(row: &str, having: &Since, lacking: &Since) -> Option<bool> {
    // Nobody has taken away what only one of them ever had.
    if having.0.is_none() || having.added(row) {
        return Some(true);
    }
    let is_taken_away = lacking.touched(row) && !having.worked_on(row);
    is_taken_away.then_some(false)
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

/// A row of the other copy that has another key here.
#[derive(Clone, Debug)]
struct Move {
    list: String,
    from: u32,
    to: u32,
}

impl Move {
    /// As an entry has it, for the next time the two meet.
    fn place(&self) -> String {
        let (from, to) = (self.from.to_string(), self.to.to_string());
        [MOVED, &self.list, "/", &from, "/", &to].concat()
    }

    fn read(place: &str) -> Option<Self> {
        let mut steps = place.strip_prefix(MOVED)?.split('/');
        let list = steps.next()?.to_owned();
        let [from, to] = [(); 2].map(|()| steps.next().and_then(|key| key.parse().ok()));
        Some(Self { list, from: from?, to: to? })
    }
}

/// Under which keys the rows of the other copy stand here; the later of two counts.
struct Moves(Vec<Move>);

impl Moves {
    /// Those that were made when the two met before.
    fn known(here: &Log, there: &Log) -> Self {
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

    fn of(&self, list: &str, key: u32) -> u32 {
        let mut all = self.0.iter().rev();
        all.find(|one| one.list == list && one.from == key).map_or(key, |one| one.to)
    }

    /// Gives a row another key where what stands under its own is another one: both copies
    /// added one, or somebody else has moved there.
    fn make_room(
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
    fn follow(
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

fn row_place(list: &str, key: u32) -> String {
    ["/lists/", list, "/", &key.to_string()].concat()
}

/// Everything that can differ, by place.
fn fields(record: &Record) -> LiteMap<String, Field> {
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
    fn put(&mut self, place: &str, field: Option<&Field>) {
        let mut steps = place.split('/').skip(1);
        let steps = [(); 4].map(|()| steps.next());
        let setting = match field {
            Some(Field::Setting(text)) => Some(text.clone()),
            _ => None,
        };
        match steps {
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

fn put_answer(answers: &mut super::Answers, fact: &str, field: Option<&Field>) {
    match field {
        Some(Field::Answer(answer)) => {
            drop(answers.insert(fact.to_owned(), answer.clone()));
        }
        _ => drop(answers.remove(fact)),
    }
}

fn put_in_list(list: &mut List, row: &str, fact: Option<&str>, field: Option<&Field>) {
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
