//! Answers as numbers: one range a fact, in the order of the dictionary, ready to be judged.

use crate::dictionary::{Dictionary, EntityRef, FactRef};
use crate::range::Range;

/// Which facts a program looks at, by entity, in the order of its own columns: a
/// household is judged faster the less there is of it to fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) columns: Vec<Vec<FactRef>>,
}

/// The household's cells and those of its lists.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    pub(crate) household: Box<[Range]>,
    pub(crate) lists: Box<[CellList]>,
}

/// The rows of one list.
#[derive(Clone, Debug)]
pub(crate) struct CellList {
    width: usize,
    pub(crate) keys: Vec<u32>,
    cells: Vec<Range>,
    /// A row of which nothing is known.
    pub(crate) blank: Box<[Range]>,
    /// Whether somebody said that these are all of them.
    pub(crate) complete: bool,
    /// Rows beyond the most a list may hold: there, and not judged.
    pub(crate) beyond: usize,
    least: usize,
    most: usize,
}

impl Cells {
    /// Nothing is known of this household.
    pub(crate) fn blank(dictionary: &Dictionary) -> Self {
        let blank = |entity: &crate::dictionary::Entity| -> Box<[Range]> {
            let facts = entity.facts.iter();
            let ranges =
                facts.map(|fact| dictionary.info(*fact).map_or(Range::ZERO, |i| i.range));
            // A row without facts still is a row.
            let none = entity.facts.is_empty().then_some(Range::ZERO);
            ranges.chain(none).collect()
        };
        let mut entities = dictionary.entities().iter();
        let household = entities.next().map(blank).unwrap_or_default();
        let lists = entities.map(|entity| CellList {
            width: entity.facts.len().max(1),
            keys: Vec::new(),
            cells: Vec::new(),
            blank: blank(entity),
            complete: false,
            beyond: 0,
            least: entity.least,
            most: entity.most,
        });
        Self { household, lists: lists.collect() }
    }

    /// No household at all: for what hangs on none.
    pub(crate) fn none() -> Self {
        Self { household: Box::default(), lists: Box::default() }
    }

    /// Only the facts that are looked at, in their order.
    pub(crate) fn narrowed(&self, dictionary: &Dictionary, layout: &Layout) -> Self {
        let columns = |entity: usize| {
            let facts = layout.columns.get(entity).into_iter().flatten();
            let columns = facts.filter_map(|fact| Some(dictionary.info(*fact)?.column));
            columns.collect::<Vec<usize>>()
        };
        let pick = |row: &[Range], columns: &[usize]| {
            let cells = columns.iter().filter_map(|at| row.get(*at).copied());
            // A row of which nothing is looked at still is a row.
            let none = columns.is_empty().then_some(Range::ZERO);
            cells.chain(none).collect::<Vec<Range>>()
        };
        let lists = self.lists.iter().zip(1..).map(|(list, entity)| {
            let columns = columns(entity);
            CellList {
                width: columns.len().max(1),
                cells: list.rows().flat_map(|(_, row)| pick(row, &columns)).collect(),
                blank: pick(&list.blank, &columns).into(),
                ..list.clone()
            }
        });
        let household = pick(&self.household, &columns(0)).into();
        Self { household, lists: lists.collect() }
    }

    pub(crate) fn list(&self, entity: EntityRef) -> Option<&CellList> {
        self.lists.get(entity.list()?)
    }

    pub(crate) fn list_mut(&mut self, entity: EntityRef) -> Option<&mut CellList> {
        self.lists.get_mut(entity.list()?)
    }

    /// The cell of a fact; none where there is no such row.
    pub(crate) fn get(
        &self,
        dictionary: &Dictionary,
        fact: FactRef,
        row: u32,
    ) -> Option<Range> {
        let info = dictionary.info(fact)?;
        if info.entity == EntityRef::HOUSEHOLD {
            return self.household.get(info.column).copied();
        }
        let list = self.list(info.entity)?;
        list.row(list.index(row)?).get(info.column).copied()
    }

    /// Puts a cell and gives back what stood there.
    pub(crate) fn put(
        &mut self,
        dictionary: &Dictionary,
        fact: FactRef,
        row: u32,
        range: Range,
    ) -> Option<Range> {
        let info = dictionary.info(fact)?;
        let cell = if info.entity == EntityRef::HOUSEHOLD {
            self.household.get_mut(info.column)?
        } else {
            let list = self.list_mut(info.entity)?;
            let index = list.index(row)?;
            list.row_mut(index)?.get_mut(info.column)?
        };
        Some(std::mem::replace(cell, range))
    }
}

impl CellList {
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn index(&self, key: u32) -> Option<usize> {
        self.keys.iter().position(|known| *known == key)
    }

    pub(crate) fn row(&self, index: usize) -> &[Range] {
        let start = index.saturating_mul(self.width);
        self.cells.get(start..start.saturating_add(self.width)).unwrap_or_default()
    }

    pub(crate) fn row_mut(&mut self, index: usize) -> Option<&mut [Range]> {
        let start = index.saturating_mul(self.width);
        self.cells.get_mut(start..start.saturating_add(self.width))
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = (u32, &[Range])> {
        self.keys.iter().copied().zip(self.cells.chunks_exact(self.width.max(1)))
    }

    /// How many more rows there may be than were written down.
    pub(crate) fn spare(&self) -> i64 {
        if self.complete && self.len() >= self.least {
            return 0;
        }
        let unseen = self.most.saturating_sub(self.len()).saturating_add(self.beyond);
        i64::try_from(unseen).unwrap_or(i64::MAX)
    }

    pub(crate) fn insert(&mut self, index: usize, key: u32) {
        let index = index.min(self.len());
        let start = index.saturating_mul(self.width);
        self.keys.insert(index, key);
        self.cells.splice(start..start, self.blank.iter().copied());
    }
}
