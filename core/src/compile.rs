//! From a condition as written to a condition that runs, checked on the way.

mod choice;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::dictionary::{Dictionary, EntityRef, Kind};
use crate::document::{Cursor, Loaded};
use crate::param::Param;
use crate::program::{Program, Rows, Sign, Size, Slot, Test, TestId};

/// How deep a condition may be nested.
const DEEPEST: usize = 24;
/// How deep it may go with every definition written out.
const DEEPEST_WHOLE: usize = 64;
/// How many conditions and numbers a standard may have in all.
const MOST_NODES: usize = 4096;

/// Where a name stands that was given a meaning in the file itself.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(crate) id: String,
    pub(crate) of: EntityRef,
    /// Its list in the file (`define` or `quantity`) and its place there.
    pub(crate) list: &'static str,
    pub(crate) at: usize,
    /// `when` or `value`.
    pub(crate) key: &'static str,
}

/// What a condition may use where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Decides: no number without a name and a source, nothing that more answers overturn.
    Criterion,
    /// Shows or hides: anything.
    Hint,
}

/// A definition, the rows around its use, and whether it may be used in a criterion.
type Made = (usize, Vec<EntityRef>, bool);

/// Turns the conditions of one standard into a program.
pub(crate) struct Compiler<'a> {
    pub(crate) dictionary: &'a Dictionary,
    pub(crate) params: &'a [Param],
    pub(crate) definitions: &'a [Definition],
    pub(crate) file: &'a Cursor<'a>,
    pub(crate) program: Program,
    /// Definitions already made.
    pub(crate) made: BTreeMap<Made, u16>,
    /// Definitions being made: to meet one again is a cycle.
    pub(crate) open: Vec<usize>,
    /// The rows around: the household, then a list, then a list inside it.
    pub(crate) rows: Vec<EntityRef>,
    pub(crate) depth: usize,
    pub(crate) used: Use,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(
        dictionary: &'a Dictionary,
        params: &'a [Param],
        definitions: &'a [Definition],
        file: &'a Cursor<'a>,
    ) -> Self {
        Self {
            dictionary,
            params,
            definitions,
            file,
            program: Program::default(),
            made: BTreeMap::new(),
            open: Vec::new(),
            rows: vec![EntityRef::HOUSEHOLD],
            depth: 0,
            used: Use::Criterion,
        }
    }

    /// A condition about the household, or about one row of a list.
    pub(crate) fn condition(
        &mut self,
        cursor: &Cursor<'_>,
        of: EntityRef,
        used: Use,
    ) -> Loaded<TestId> {
        self.used = used;
        self.rows = vec![EntityRef::HOUSEHOLD];
        if of != EntityRef::HOUSEHOLD {
            self.rows.push(of);
        }
        self.test(cursor)
    }

    pub(crate) fn test(&mut self, cursor: &Cursor<'_>) -> Loaded<TestId> {
        self.deeper(cursor)?;
        let made = match cursor.value {
            Value::String(name) => self.test_name(name, cursor),
            Value::Object(_) => self.test_table(cursor),
            _ => Err(cursor.fault("not_a_condition", cursor.value.to_string())),
        };
        self.depth = self.depth.saturating_sub(1);
        made
    }

    pub(crate) fn deeper(&mut self, cursor: &Cursor<'_>) -> Loaded<()> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEEPEST {
            return Err(cursor.fault("too_deep", DEEPEST.to_string()));
        }
        Ok(())
    }

    fn test_name(&mut self, name: &str, cursor: &Cursor<'_>) -> Loaded<TestId> {
        if let Some(at) = self.definition(name, "define") {
            return self.named_test(at, cursor);
        }
        let slot = self.slot(name, cursor)?;
        match self.dictionary.info(slot.fact).map(|fact| fact.kind) {
            Some(Kind::YesNo) => self.push_test(Test::Yes(slot), cursor),
            _ => Err(cursor.fault("not_yes_no", name)),
        }
    }

    fn named_test(&mut self, at: usize, cursor: &Cursor<'_>) -> Loaded<TestId> {
        let key = self.enter(at, cursor)?;
        if let Some(made) = self.made.get(&key) {
            return Ok(TestId(*made));
        }
        let inner = self.inside(at, cursor, Self::test)?;
        let home = key.1.len() == 1;
        let made = self.push_test(Test::Named(at, inner, home), cursor)?;
        self.made.insert(key, made.0);
        Ok(made)
    }

    /// The key under which a definition used here is kept.
    pub(crate) fn enter(&self, at: usize, cursor: &Cursor<'_>) -> Loaded<Made> {
        let Some(definition) = self.definitions.get(at) else {
            return Err(cursor.fault("unknown_name", ""));
        };
        let innermost = self.rows.last().copied().unwrap_or(EntityRef::HOUSEHOLD);
        if definition.of != EntityRef::HOUSEHOLD && definition.of != innermost {
            return Err(cursor.fault("outside_its_rows", &definition.id));
        }
        let mut rows = self.rows.clone();
        if definition.of == EntityRef::HOUSEHOLD {
            rows.truncate(1);
        }
        Ok((at, rows, self.used == Use::Criterion))
    }

    /// Makes what a definition says, with care for cycles.
    pub(crate) fn inside<T>(
        &mut self,
        at: usize,
        cursor: &Cursor<'_>,
        make: impl FnOnce(&mut Self, &Cursor<'_>) -> Loaded<T>,
    ) -> Loaded<T> {
        let Some(definition) = self.definitions.get(at).cloned() else {
            return Err(cursor.fault("unknown_name", ""));
        };
        if self.open.contains(&at) {
            return Err(cursor.fault("cycle", definition.id));
        }
        self.open.push(at);
        let file = *self.file;
        let list = file.need(definition.list)?;
        let entry = list.items()?.get(definition.at);
        let entry = entry.ok_or_else(|| cursor.fault("unknown_name", &definition.id))?;
        let entry = list.at(definition.at, entry);
        let rows = self.rows.clone();
        if definition.of == EntityRef::HOUSEHOLD {
            self.rows.truncate(1);
        }
        let made = make(self, &entry.need(definition.key)?);
        self.rows = rows;
        self.open.pop();
        made
    }

    fn test_table(&mut self, cursor: &Cursor<'_>) -> Loaded<TestId> {
        let Value::Object(map) = cursor.value else {
            return Err(cursor.fault("not_a_condition", ""));
        };
        let has = |key: &str| map.contains_key(key);
        if has("if") {
            return self.test_if(cursor);
        }
        if has("every") || has("some") {
            return self.quantified(cursor, has("every"));
        }
        if has("at_least") {
            cursor.only(&["at_least", "of"])?;
            let count = cursor.need("at_least")?;
            let inner = self.tests(&cursor.need("of")?)?;
            let wanted = usize::try_from(count.integer()?).ok();
            let wanted = wanted.filter(|k| (1..=inner.len()).contains(k));
            let wanted = wanted.ok_or_else(|| {
                count.fault("count_out_of_list", count.value.to_string())
            })?;
            return self.push_test(Test::AtLeast(wanted, inner), cursor);
        }
        let mut keys = map.keys();
        let (Some(key), None) = (keys.next(), keys.next()) else {
            return Err(cursor.fault("not_a_condition", cursor.value.to_string()));
        };
        let inner = cursor.need(key)?;
        let test = match key.as_str() {
            "all" => Test::All(self.tests(&inner)?),
            "any" => Test::Any(self.tests(&inner)?),
            "not" => Test::Not(self.test(&inner)?),
            "over" => return self.compare(Sign::Over, &inner),
            "no_less" => return self.compare(Sign::NoLess, &inner),
            "under" => return self.compare(Sign::Under, &inner),
            "no_more" => return self.compare(Sign::NoMore, &inner),
            "equal" => return self.compare(Sign::Equal, &inner),
            "between" => return self.between(&inner),
            "is" => self.is(&inner)?,
            "same" => self.same(&inner)?,
            "known" => {
                if self.used == Use::Criterion {
                    return Err(inner.fault("known_in_criterion", inner.text()?));
                }
                Test::Known(self.slot(inner.text()?, &inner)?)
            }
            other => return Err(inner.fault("unknown_operator", other)),
        };
        self.push_test(test, cursor)
    }

    fn tests(&mut self, cursor: &Cursor<'_>) -> Loaded<Box<[TestId]>> {
        let mut made = Vec::new();
        for (at, value) in cursor.items()?.iter().enumerate() {
            made.push(self.test(&cursor.at(at, value))?);
        }
        if made.is_empty() {
            Err(cursor.fault("empty_list", ""))
        } else {
            Ok(made.into())
        }
    }

    fn test_if(&mut self, cursor: &Cursor<'_>) -> Loaded<TestId> {
        cursor.only(&["if", "then", "else"])?;
        let condition = self.test(&cursor.need("if")?)?;
        let then = self.test(&cursor.need("then")?)?;
        let otherwise = self.test(&cursor.need("else")?)?;
        self.push_test(Test::If(condition, then, otherwise), cursor)
    }

    fn quantified(&mut self, cursor: &Cursor<'_>, every: bool) -> Loaded<TestId> {
        let key = if every { "every" } else { "some" };
        cursor.only(&[key, "where", "holds"])?;
        let entity = self.list(&cursor.need(key)?)?;
        self.rows.push(entity);
        let only = cursor.get("where").map(|only| self.test(&only)).transpose()?;
        let holds = cursor.get("holds").map(|holds| self.test(&holds)).transpose()?;
        self.rows.pop();
        let test = match (every, only, holds) {
            (true, only, Some(holds)) => Test::Every(Rows { entity, only }, holds),
            (false, only, Some(holds)) => Test::Some(Rows { entity, only }, holds),
            (false, Some(only), None) => Test::Some(Rows { entity, only: None }, only),
            _ => return Err(cursor.fault("missing", "holds")),
        };
        self.push_test(test, cursor)
    }

    /// The rows that a count or a sum goes over.
    pub(crate) fn over(
        &mut self,
        entity: EntityRef,
        cursor: &Cursor<'_>,
    ) -> Loaded<Rows> {
        self.rows.push(entity);
        let only = cursor.get("where").map(|only| self.test(&only)).transpose();
        self.rows.pop();
        Ok(Rows { entity, only: only? })
    }

    pub(crate) fn list(&self, name: &Cursor<'_>) -> Loaded<EntityRef> {
        let entity = self.dictionary.need_entity(name)?;
        if entity == EntityRef::HOUSEHOLD || self.rows.len() > 2 {
            return Err(name.fault("not_a_list_of_rows", name.text()?));
        }
        Ok(entity)
    }

    /// The place of a fact, seen from here.
    pub(crate) fn slot(&self, name: &str, cursor: &Cursor<'_>) -> Loaded<Slot> {
        let Some(fact) = self.dictionary.fact(name) else {
            return Err(cursor.fault("unknown_name", name));
        };
        let info = self.dictionary.info(fact);
        let info = info.ok_or_else(|| cursor.fault("unknown_name", name))?;
        let depth = self.rows.iter().rposition(|entity| *entity == info.entity);
        let depth = depth.ok_or_else(|| cursor.fault("outside_its_rows", name))?;
        Ok(Slot {
            depth: u8::try_from(depth).unwrap_or(u8::MAX),
            column: u16::try_from(info.column).unwrap_or(u16::MAX),
            fact,
        })
    }

    pub(crate) fn definition(&self, name: &str, list: &str) -> Option<usize> {
        self.definitions
            .iter()
            .position(|definition| definition.id == name && definition.list == list)
    }

    pub(crate) fn push_test(
        &mut self,
        test: Test,
        cursor: &Cursor<'_>,
    ) -> Loaded<TestId> {
        let id = self.room(self.program.tests.len(), cursor)?;
        let size = self.within_size(self.program.size_of_test(&test), cursor)?;
        self.program.tests.push(test);
        self.program.test_sizes.push(size);
        Ok(TestId(id))
    }

    /// Refuses what would run too long or too deep once its definitions are written out.
    pub(crate) fn within_size(&self, size: Size, cursor: &Cursor<'_>) -> Loaded<Size> {
        if size.depth > DEEPEST_WHOLE {
            return Err(cursor.fault("too_deep", DEEPEST_WHOLE.to_string()));
        }
        if size.steps > MOST_NODES {
            return Err(cursor.fault("too_many_nodes", MOST_NODES.to_string()));
        }
        Ok(size)
    }

    pub(crate) fn room(&self, at: usize, cursor: &Cursor<'_>) -> Loaded<u16> {
        let all = self.program.tests.len().saturating_add(self.program.nums.len());
        let id = u16::try_from(at).ok().filter(|_| all < MOST_NODES);
        id.ok_or_else(|| cursor.fault("too_many_nodes", MOST_NODES.to_string()))
    }
}
