//! Tables of households as offices have them: a CSV file whose head names questions, by their
//! ids or as they stand in the form, and whose cells hold answers the same way.
//!
//! A row is a household. Where some columns belong to a list, as that of members, a row is
//! one of these, and rows of one household follow each other with the same `id`.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, BufRead};
use std::rc::Rc;
use std::sync::Arc;

use ruhu_core::json::Entries;
use ruhu_core::record::Reason;
use ruhu_core::{EntityRef, Json, Kind, Lang, Standard};

use crate::lines::{Line, Wrong};
use crate::rows::{Cells, Flaw, MOST, Rows};

/// What the words of a table mean.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) standard: Rc<Standard>,
    pub(crate) lang: Lang,
}

/// A table that is being read.
pub(crate) struct Table {
    words: Rc<Words>,
    name: Arc<str>,
    rows: Rows,
    head: Vec<(String, Column)>,
    /// The list that rows belong to.
    list: Option<String>,
    /// The first row of the next household, which was read already.
    next: Option<Row>,
    /// The line of a row that may be one of the next household's.
    lost: Option<u64>,
    /// The households that were read, where they have several rows.
    seen: BTreeSet<u64>,
}

/// A row, and why it cannot be taken; then its cells are those that surely are where they
/// stand.
struct Row {
    number: u64,
    cells: Vec<String>,
    size: usize,
    wrong: Option<Wrong>,
}

/// What stands in a column.
#[derive(Clone, Debug)]
enum Column {
    /// Of the record itself: `id`, `standard`, `year`, `date`.
    Own(&'static str),
    /// A question, with what its answers are called.
    Fact { id: String, is_row: bool, options: BTreeMap<String, Json> },
}

impl Column {
    fn name(&self) -> &str {
        match self {
            Self::Own(name) => name,
            Self::Fact { id, .. } => id,
        }
    }
}

/// Columns of the record itself, and the words that they have in the form.
const OWN: [(&str, &str); 4] = [
    ("id", "assess.table_id"),
    ("standard", "ui.standard"),
    ("year", "ui.year"),
    ("date", "ui.date"),
];

/// Why an answer is missing, in the words of the form.
const REASONS: [Reason; 5] = [
    Reason::NotAsked,
    Reason::DoesNotKnow,
    Reason::Refused,
    Reason::NotApplicable,
    Reason::Conflict,
];

impl Table {
    /// Reads the head; how far the file was read is told.
    ///
    /// # Errors
    /// Where it cannot be read, or a column says nothing that is known: in words.
    pub(crate) fn of(
        from: Box<dyn BufRead>,
        name: Arc<str>,
        words: Rc<Words>,
        read: &dyn Fn(u64),
    ) -> io::Result<Self> {
        let mut rows = Rows::of(from);
        let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
        let names = rows.row(read)?.unwrap_or_default();
        if let Some(flaw) = names.flaw {
            return Err(wrong(words.flaw(flaw).why));
        }
        let Some(names) = texts(&names) else {
            return Err(wrong(words.lang.text("assess.not_text").to_owned()));
        };
        let mut head: Vec<(String, Column)> = Vec::new();
        let mut list: Option<String> = None;
        for name in names {
            let name = name.trim().trim_start_matches('\u{feff}').to_owned();
            let (column, of) = words.column(&name).map_err(wrong)?;
            if let Some(of) = of {
                let other = list.as_ref().filter(|list| **list != of);
                if let Some(other) = other {
                    let parts = [("one", other.as_str()), ("other", &of)];
                    return Err(wrong(words.lang.fill("assess.table_lists", &parts)));
                }
                list = Some(of);
            }
            if head.iter().any(|(_, other)| other.name() == column.name()) {
                let parts = [("name", name.as_str())];
                return Err(wrong(words.lang.fill("assess.table_double", &parts)));
            }
            head.push((name, column));
        }
        let has_id = head.iter().any(|(_, column)| matches!(column, Column::Own("id")));
        if let Some(list) = list.as_ref().filter(|_| !has_id) {
            let parts = [("list", list.as_str())];
            return Err(wrong(words.lang.fill("assess.table_no_id", &parts)));
        }
        let (next, lost, seen) = (None, None, BTreeSet::new());
        Ok(Self { words, name, rows, head, list, next, lost, seen })
    }

    /// The file, as it was named.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The next household as a record's text; how far the file was read is told.
    pub(crate) fn line(&mut self, read: &dyn Fn(u64)) -> io::Result<Option<Line>> {
        let first = match self.next.take() {
            Some(first) => Some(first),
            None => self.row(read)?,
        };
        let Some(first) = first else { return Ok(None) };
        let id = self.id(&first).map(str::to_owned);
        let lost = self.lost.take();
        let mut size = first.size;
        let mut rows = vec![first];
        while self.list.is_some() {
            if let Some(last) = rows.last().filter(|last| self.id(last).is_none()) {
                self.lost = Some(last.number);
            }
            let Some(mut next) = self.row(read)? else { break };
            // Cells that were merged name a household once.
            let is_other = self
                .id(&next)
                .is_some_and(|other| !other.is_empty() && id.as_deref() != Some(other));
            if is_other {
                self.next = Some(next);
                break;
            }
            size = size.saturating_add(next.size);
            if size > MOST {
                next.wrong = next.wrong.or_else(|| Some(self.words.flaw(Flaw::TooLarge)));
                rows.truncate(1);
            }
            rows.push(next);
        }
        Ok(Some(self.household(&id.unwrap_or_default(), &rows, lost)))
    }

    /// Whose row it is; none where that cannot be known.
    fn id<'a>(&self, row: &'a Row) -> Option<&'a str> {
        let mut columns = self.head.iter();
        let Some(at) = columns.position(|(_, one)| matches!(one, Column::Own("id")))
        else {
            return Some("");
        };
        row.cells.get(at).map(|cell| cell.trim())
    }

    /// The next row that is not blank.
    fn row(&mut self, read: &dyn Fn(u64)) -> io::Result<Option<Row>> {
        while let Some(row) = self.rows.row(read)? {
            let (cells, wrong) = self.cells(&row);
            if wrong.is_some() || cells.iter().any(|cell| !cell.trim().is_empty()) {
                let (number, size) = (row.number, row.size());
                return Ok(Some(Row { number, cells, size, wrong }));
            }
        }
        Ok(None)
    }

    /// The cells of a row that surely are where they stand, and why it cannot be taken.
    fn cells(&self, row: &Cells) -> (Vec<String>, Option<Wrong>) {
        let lang = &self.words.lang;
        let most = self.head.len();
        let Some(mut cells) = texts(row) else {
            let cells = row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
            let wrong = Wrong::new("not_text", lang.text("assess.not_text").to_owned());
            return (cells.take(most).collect(), Some(wrong));
        };
        if let Some(flaw) = row.flaw {
            cells.truncate(most);
            return (cells, Some(self.words.flaw(flaw)));
        }
        if cells.len() == most || cells.iter().all(|cell| cell.trim().is_empty()) {
            return (cells, None);
        }
        let (count, all) = (cells.len().to_string(), most.to_string());
        let parts = [("count", count.as_str()), ("all", &all)];
        // Whatever is missing or too much may be the second one.
        cells.truncate(1);
        (cells, Some(Wrong::new("table", lang.fill("assess.table_cells", &parts))))
    }

    fn refused(&self, number: u64, wrong: Wrong) -> Line {
        let file = Arc::clone(&self.name);
        Line { file, number, bytes: Vec::new(), wrong: Some(wrong) }
    }

    /// Why rows cannot be one household: without one of them it would be judged by a part.
    fn wrong(
        &mut self,
        id: &str,
        rows: &[Row],
        lost: Option<u64>,
    ) -> Option<(u64, Wrong)> {
        // Eight bytes a household; two of one digest are refused, never mixed. One that is
        // refused has stood here too.
        let is_new = self.list.is_none() || id.is_empty() || {
            let mut digest = DefaultHasher::new();
            id.hash(&mut digest);
            self.seen.insert(digest.finish())
        };
        let mut wrong =
            rows.iter().filter_map(|row| Some((row.number, row.wrong.clone()?)));
        if let Some(wrong) = wrong.next() {
            return Some(wrong);
        }
        let (list, lang) = (self.list.as_ref()?, &self.words.lang);
        let why = match lost.map(|line| line.to_string()) {
            Some(line) => lang.fill("assess.table_lost", &[("line", &line)]),
            None if id.is_empty() => lang.fill("assess.table_no_id", &[("list", list)]),
            None if is_new => return None,
            None => lang.fill("assess.table_apart", &[("id", id)]),
        };
        let first = rows.first().map_or(0, |row| row.number);
        Some((first, Wrong::new("table", why)))
    }

    /// Rows of one household as its record.
    fn household(&mut self, id: &str, rows: &[Row], lost: Option<u64>) -> Line {
        if let Some((number, wrong)) = self.wrong(id, rows, lost) {
            return self.refused(number, wrong);
        }
        let number = rows.first().map_or(0, |row| row.number);
        let mut record = vec![("ruhu", Json::from(1_i64))];
        let (mut answers, mut own) = (Entries::new(), Vec::new());
        let mut said: BTreeMap<usize, &str> = BTreeMap::new();
        for (key, given) in (1_i64..).zip(rows) {
            let mut row = Entries::new();
            for (at, (cell, (name, column))) in
                given.cells.iter().zip(&self.head).enumerate()
            {
                let cell = cell.trim();
                if cell.is_empty() {
                    continue;
                }
                match column {
                    Column::Fact { id, is_row: true, options } => {
                        row.insert(id.clone(), answer(options, cell));
                    }
                    _ if said.get(&at).is_some_and(|known| *known != cell) => {
                        let known = said.get(&at).copied().unwrap_or_default();
                        let parts =
                            [("name", name.as_str()), ("one", known), ("other", cell)];
                        let why = self.words.lang.fill("assess.table_conflict", &parts);
                        return self.refused(number, Wrong::new("table", why));
                    }
                    Column::Fact { id, options, .. } => {
                        said.insert(at, cell);
                        answers.insert(id.clone(), answer(options, cell));
                    }
                    Column::Own(name) => {
                        said.insert(at, cell);
                        let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
                        let value = match *name {
                            "year" if is_number => Json::Number(cell.to_owned()),
                            _ => cell.into(),
                        };
                        if !record.iter().any(|(known, _)| known == name) {
                            record.push((name, value));
                        }
                    }
                }
            }
            let key = ("key", key.into());
            own.push(Json::object(vec![key, ("answers", row.into())]));
        }
        record.push(("answers", answers.into()));
        if let Some(list) = &self.list {
            let rows =
                Json::object(vec![("complete", true.into()), ("rows", own.into())]);
            record.push(("lists", Json::object(vec![(list, rows)])));
        }
        let file = Arc::clone(&self.name);
        let bytes = Json::object(record).write().into_bytes();
        Line { file, number, bytes, wrong: None }
    }
}

impl Words {
    /// Why a row cannot be taken that has a flaw.
    fn flaw(&self, flaw: Flaw) -> Wrong {
        let text = |key| self.lang.text(key).to_owned();
        match flaw {
            Flaw::TooLarge => Wrong::new("too_large", text("assess.table_large")),
            Flaw::Quote => Wrong::new("table", text("assess.table_quote")),
            Flaw::Open(line) => {
                let parts = [("line", &*line.to_string())];
                Wrong::new("table", self.lang.fill("assess.table_open", &parts))
            }
        }
    }

    /// What a column holds, and the list whose rows have it.
    fn column(&self, name: &str) -> Result<(Column, Option<String>), String> {
        let own =
            OWN.iter().find(|(id, word)| *id == name || self.lang.text(word) == name);
        if let Some((id, _)) = own {
            return Ok((Column::Own(id), None));
        }
        let dictionary = self.standard.dictionary();
        let is_named = |id: &str| id == name || self.lang.named("fact", id) == name;
        let mut found = dictionary.facts().iter().filter(|fact| is_named(&fact.id));
        let first = found
            .next()
            .ok_or_else(|| self.lang.fill("assess.table_unknown", &[("name", name)]))?;
        let others: Vec<&str> = found.map(|fact| fact.id.as_str()).collect();
        if first.id != name && !others.is_empty() {
            let all = [&[first.id.as_str()], others.as_slice()].concat();
            let all = all.join(&self.lang.comma());
            let parts = [("name", name), ("all", all.as_str())];
            return Err(self.lang.fill("assess.table_twice", &parts));
        }
        let mut options: BTreeMap<String, Json> = BTreeMap::new();
        for reason in REASONS {
            let said = Json::object(vec![("unknown", reason.as_str().into())]);
            options.insert(self.lang.named("reason", reason.as_str()), said);
        }
        if let Kind::Choice { list } = first.kind
            && let Some(list) = dictionary.lists().get(list)
        {
            for option in &list.options {
                let key = ["option.", &list.id, ".", &option.id].concat();
                let said = option.id.as_str();
                options.insert(self.lang.text(&key).to_owned(), said.into());
            }
        }
        let is_row = first.entity != EntityRef::HOUSEHOLD;
        let list = dictionary.entity_info(first.entity).map(|info| info.id.clone());
        Ok((
            Column::Fact { id: first.id.clone(), is_row, options },
            list.filter(|_| is_row),
        ))
    }
}

fn answer(options: &BTreeMap<String, Json>, cell: &str) -> Json {
    options.get(cell).cloned().unwrap_or_else(|| cell.into())
}

fn texts(row: &Cells) -> Option<Vec<String>> {
    let texts = row.iter().map(|cell| String::from_utf8(cell.to_vec()).ok());
    texts.collect()
}
