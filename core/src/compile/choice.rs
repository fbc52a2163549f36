//! Conditions on choices and on rows that point to one another.

use super::Compiler;
use crate::dictionary::{FactRef, Kind};
use crate::document::{Cursor, Loaded};
use crate::param::ParamKind;
use crate::program::Test;

impl Compiler<'_> {
    pub(super) fn is(&mut self, cursor: &Cursor<'_>) -> Loaded<Test> {
        let [name, options @ ..] = cursor.items()? else {
            return Err(cursor.fault("not_a_condition", "is"));
        };
        let name_at = cursor.at(0, name);
        let name = name_at.text()?;
        let param = self.params.iter().position(|param| param.id == name);
        let slot = match param {
            Some(_) => None,
            None => Some(self.slot(name, &name_at)?),
        };
        let mut mask = 0_u64;
        for (at, value) in options.iter().enumerate() {
            let option = cursor.at(at.saturating_add(1), value);
            let found = match param.and_then(|at| self.params.get(at)) {
                Some(param) if param.kind == ParamKind::Choice => {
                    param.options.iter().position(|known| known == value)
                }
                Some(_) => None,
                None => slot.and_then(|slot| self.dictionary.info(slot.fact)).and_then(
                    |fact| self.dictionary.option(fact.kind, option.text().ok()?),
                ),
            };
            let bit = found.and_then(|at| 1_u64.checked_shl(u32::try_from(at).ok()?));
            let bit =
                bit.ok_or_else(|| option.fault("unknown_option", value.to_string()))?;
            mask |= bit;
        }
        let all = match (param.and_then(|at| self.params.get(at)), slot) {
            (Some(param), _) => param.options.len(),
            (None, Some(slot)) => self.option_count(slot.fact),
            (None, None) => 0,
        };
        let named = usize::try_from(mask.count_ones()).unwrap_or(0);
        if named == 0 || named == all {
            return Err(cursor.fault("always_the_same", name));
        }
        Ok(match (param, slot) {
            (_, Some(slot)) => Test::Is(slot, mask),
            (Some(at), None) => Test::IsParam(at, mask),
            (None, None) => return Err(cursor.fault("unknown_name", name)),
        })
    }

    fn option_count(&self, fact: FactRef) -> usize {
        match self.dictionary.info(fact).map(|fact| fact.kind) {
            Some(Kind::Choice { list }) => {
                self.dictionary.lists().get(list).map_or(0, |list| list.options.len())
            }
            _ => 0,
        }
    }

    pub(super) fn same(&mut self, cursor: &Cursor<'_>) -> Loaded<Test> {
        let slot = self.slot(cursor.text()?, cursor)?;
        let kind = self.dictionary.info(slot.fact).map(|fact| fact.kind);
        let outer = self.rows.get(1).copied();
        match (kind, outer) {
            (Some(Kind::Row { of }), Some(outer))
                if of == outer && self.rows.len() == 3 && slot.depth == 2 =>
            {
                Ok(Test::Same(slot))
            }
            _ => Err(cursor.fault("not_a_row_of_the_outer_list", cursor.text()?)),
        }
    }
}
