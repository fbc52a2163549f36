//! From the answers of a glance to cells: those alone that the criteria look at.

use super::{Glance, Typed};
use crate::cells::Cells;
use crate::dictionary::{Dictionary, EntityRef, FactRef};
use crate::enter;
use crate::names::Names;
use crate::range::Range;

/// The facts of an entity that are looked at, and those that others of them come from.
#[derive(Debug)]
pub(crate) struct Looked {
    facts: Vec<FactRef>,
    names: Names,
}

impl Looked {
    pub(crate) fn of(dictionary: &Dictionary, facts: &[FactRef]) -> Self {
        let from = facts.iter().filter_map(|fact| dictionary.info(*fact)?.from);
        let mut facts: Vec<FactRef> = facts.iter().copied().chain(from).collect();
        facts.sort_unstable();
        facts.dedup();
        let ids = facts.iter();
        let ids = ids.map(|fact| dictionary.info(*fact).map_or("", |info| &*info.id));
        Self { names: Names::of(ids), facts }
    }
}

impl<'a> Glance<'a> {
    /// The answers that are looked at, by entity; all others stay blank.
    pub(crate) fn cells(&self, dictionary: &Dictionary, looked: &[Looked]) -> Cells {
        let mut cells = Cells::blank(dictionary);
        let mut texts = Vec::new();
        let mut entities = dictionary.entities().iter().zip(looked).zip(0..);
        if let Some(((_, looked), _)) = entities.next() {
            let answers = self.answers_of(&self.answers);
            self.read(dictionary, (looked, answers), &mut texts, &mut cells.household);
        }
        for ((entity, looked), at) in entities {
            let list = self.lists.iter().find(|list| list.name == *entity.id);
            let (Some(list), Some(made)) = (list, cells.list_mut(EntityRef(at))) else {
                continue;
            };
            for (row, (key, answers)) in list.rows.iter().take(entity.most).enumerate() {
                made.insert(row, *key);
                let answers = self.answers_of(answers);
                let Some(cells) = made.row_mut(row) else { continue };
                self.read(dictionary, (looked, answers), &mut texts, cells);
            }
            made.beyond = list.rows.len().saturating_sub(entity.most);
            made.complete = list.complete && made.beyond == 0;
        }
        cells
    }

    fn answers_of(&self, range: &std::ops::Range<usize>) -> &[Typed<'a>] {
        self.typed.get(range.clone()).unwrap_or_default()
    }

    /// Reads the answers of one place into its cells.
    fn read<'b>(
        &'b self,
        dictionary: &Dictionary,
        (looked, answers): (&Looked, &'b [Typed<'a>]),
        texts: &mut Vec<Option<&'b str>>,
        cells: &mut [Range],
    ) {
        texts.clear();
        texts.resize(looked.facts.len(), None);
        for (id, text) in answers {
            if let Some(place) = looked.names.find(id).and_then(|at| texts.get_mut(at)) {
                *place = text.as_deref().filter(|text| !text.trim().is_empty());
            }
        }
        let beside = |fact: FactRef| {
            let at = looked.facts.binary_search(&fact).ok()?;
            texts.get(at).copied().flatten()
        };
        let is_there = |of: EntityRef, key: u32| self.has_row(dictionary, of, key);
        for (fact, text) in looked.facts.iter().zip(texts.iter()) {
            let Some(info) = dictionary.info(*fact) else { continue };
            // What is blank stays as it is.
            if text.is_none() && info.from.is_none() {
                continue;
            }
            let (range, _) = enter::entered(dictionary, info, *text, beside, is_there);
            if let Some(cell) = cells.get_mut(info.column) {
                *cell = range;
            }
        }
    }

    /// Whether a list has a row of that key; the household is always there.
    fn has_row(&self, dictionary: &Dictionary, of: EntityRef, key: u32) -> bool {
        if of == EntityRef::HOUSEHOLD {
            return true;
        }
        let info = dictionary.entity_info(of);
        let list =
            info.and_then(|info| self.lists.iter().find(|list| list.name == *info.id));
        list.is_some_and(|list| list.rows.iter().any(|(known, _)| *known == key))
    }
}
