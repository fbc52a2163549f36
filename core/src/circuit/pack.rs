//! Answers as bits and numbers: only those that a circuit looks at, side by side.

use super::WORDS;
use super::formula::options;
use crate::cells::Cells;
use crate::dictionary::{Dictionary, EntityRef, Fact, FactRef};
use crate::range::Range;

/// A household as a circuit sees it.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    /// A bit for each option that an answer can still be.
    pub(super) words: [u64; WORDS],
    pub(super) numbers: Box<[Range]>,
    pub(super) lists: Box<[PackedList]>,
    /// Whether nothing that is looked at is unknown.
    pub(super) is_whole: bool,
}

#[derive(Clone, Debug)]
pub(super) struct PackedList {
    /// A word a row.
    pub(super) words: Box<[u64]>,
    /// The numbers of the first row, of the second, and so on.
    pub(super) numbers: Box<[Range]>,
    /// How many more rows there may be than were written down.
    pub(super) spare: i64,
}

/// Where each answer stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    home: Columns,
    lists: Vec<(EntityRef, Columns)>,
}

#[derive(Clone, Debug, Default)]
struct Columns {
    fields: Vec<Field>,
    /// How many bits of each word are taken.
    taken: Vec<u32>,
    numbers: Vec<FactRef>,
}

/// Side by side in one word, a bit for each option of a choice, or "no" and "yes".
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    fact: FactRef,
    pub(super) word: usize,
    pub(super) shift: u32,
    of: u32,
}

impl Layout {
    /// The place of a list among those that are looked at.
    pub(super) fn list(&mut self, entity: EntityRef) -> usize {
        let at = self.lists.iter().position(|(known, _)| *known == entity);
        at.unwrap_or_else(|| {
            self.lists.push((entity, Columns::default()));
            self.lists.len().saturating_sub(1)
        })
    }

    pub(super) fn lists(&self) -> usize {
        self.lists.len()
    }

    /// Whether the household has one word at most.
    pub(super) fn is_narrow(&self) -> bool {
        self.home.taken.len() <= 1
    }

    /// How many numbers a row of a list has.
    pub(super) fn width(&self, list: usize) -> usize {
        self.lists.get(list).map_or(0, |(_, columns)| columns.numbers.len())
    }

    fn columns(&mut self, list: Option<usize>) -> Option<&mut Columns> {
        match list {
            None => Some(&mut self.home),
            Some(list) => self.lists.get_mut(list).map(|(_, columns)| columns),
        }
    }

    /// The field of a choice; none where the words are full.
    pub(super) fn field(
        &mut self,
        list: Option<usize>,
        fact: FactRef,
        of: u32,
    ) -> Option<Field> {
        let columns = self.columns(list)?;
        if let Some(known) = columns.fields.iter().find(|field| field.fact == fact) {
            return Some(*known);
        }
        let room = |taken: &u32| taken.saturating_add(of) <= u64::BITS;
        let word = columns.taken.iter().position(room).unwrap_or(columns.taken.len());
        if word == columns.taken.len() {
            columns.taken.push(0);
        }
        let words = if list.is_none() { WORDS } else { 1 };
        let taken = columns.taken.get_mut(word).filter(|_| word < words)?;
        let field = Field { fact, word, shift: *taken, of };
        *taken = taken.saturating_add(of);
        columns.fields.push(field);
        Some(field)
    }

    pub(super) fn number(&mut self, list: Option<usize>, fact: FactRef) -> Option<usize> {
        let numbers = &mut self.columns(list)?.numbers;
        let at = numbers.iter().position(|known| *known == fact);
        Some(at.unwrap_or_else(|| {
            numbers.push(fact);
            numbers.len().saturating_sub(1)
        }))
    }

    pub(super) fn pack(&self, cells: &Cells, dictionary: &Dictionary) -> Packed {
        let home = self.home.facts(dictionary);
        let mut packed = Packed {
            words: home.words(&cells.household),
            numbers: home.numbers(&cells.household).collect(),
            lists: Box::default(),
            is_whole: home.all_known(&cells.household),
        };
        let lists = self.lists.iter().filter_map(|(entity, columns)| {
            let (list, facts) = (cells.list(*entity)?, columns.facts(dictionary));
            let rows = || list.rows().map(|(_, row)| row);
            packed.is_whole &=
                list.spare() == 0 && rows().all(|row| facts.all_known(row));
            Some(PackedList {
                words: rows().flat_map(|row| facts.words::<1>(row)).collect(),
                numbers: rows().flat_map(|row| facts.numbers(row)).collect(),
                spare: list.spare(),
            })
        });
        packed.lists = lists.collect();
        packed
    }
}

/// Fields and numbers with their places among an entity's cells.
struct Facts {
    fields: Vec<(Field, usize)>,
    numbers: Vec<usize>,
}

impl Columns {
    fn facts(&self, dictionary: &Dictionary) -> Facts {
        let column =
            |fact| dictionary.info(fact).map_or(usize::MAX, |info: &Fact| info.column);
        let fields = self.fields.iter().map(|field| (*field, column(field.fact)));
        let numbers = self.numbers.iter().map(|fact| column(*fact));
        Facts { fields: fields.collect(), numbers: numbers.collect() }
    }
}

impl Facts {
    fn words<const WORDS: usize>(&self, row: &[Range]) -> [u64; WORDS] {
        let mut words = [0; WORDS];
        for (field, at) in &self.fields {
            if let Some(word) = words.get_mut(field.word) {
                *word |= can_be(cell(row, *at), field.of).wrapping_shl(field.shift);
            }
        }
        words
    }

    fn numbers(&self, row: &[Range]) -> impl Iterator<Item = Range> {
        self.numbers.iter().map(|at| cell(row, *at))
    }

    fn all_known(&self, row: &[Range]) -> bool {
        let fields = self.fields.iter().map(|(_, at)| at);
        fields.chain(&self.numbers).all(|at| cell(row, *at).known().is_some())
    }
}

fn cell(row: &[Range], at: usize) -> Range {
    row.get(at).copied().unwrap_or(Range::ZERO)
}

/// A bit for each option from the first to the last that it can be.
pub(super) fn can_be(cell: Range, of: u32) -> u64 {
    let place = |at: i64| u32::try_from(at).unwrap_or(0);
    let upto = options(place(cell.hi).saturating_add(1).min(of));
    upto & !options(place(cell.lo).min(of))
}
