//! From cells to a record: answers as somebody would have typed them.

use litemap::LiteMap;

use crate::cells::Cells;
use crate::dictionary::{EntityRef, Fact, FactRef, Kind};
use crate::enter;
use crate::place::{At, Place};
use crate::range::Range;
use crate::read;
use crate::record::{Answer, Answers, List, Record, Row};

use super::draft::Draft;

/// What everybody and everything is called (天干): no living person bears one of them alone.
const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];

impl Draft<'_> {
    /// Puts the answers into a record.
    pub(super) fn write(&mut self, cells: &Cells, record: &mut Record) {
        record.answers = self.answers(cells, Place::HOUSEHOLD, 0);
        let standard = &self.guide.applied.standard;
        let mut lists = LiteMap::new();
        for (index, entity) in standard.dictionary.entities().iter().enumerate().skip(1) {
            let Some(at) = u16::try_from(index).ok().map(EntityRef) else { continue };
            let Some(list) = cells.list(at) else { continue };
            let rows = list.keys.iter().enumerate().map(|(index, key)| {
                let place = Place { entity: at, row: *key };
                Row { key: *key, answers: self.answers(cells, place, index) }
            });
            let rows = rows.collect();
            lists.insert(entity.id.clone(), List { complete: list.complete, rows });
        }
        record.lists = lists;
    }

    fn answers(&mut self, cells: &Cells, place: Place, index: usize) -> Answers {
        let mut answers = Answers::new();
        let guide = self.guide;
        let facts = guide.order.get(place.entity.index()).into_iter().flatten();
        for fact in facts {
            if guide.facts.get(fact.index()).is_none_or(|bent| bent.is_blank) {
                continue;
            }
            let Some(info) = guide.applied.standard.dictionary.info(*fact) else {
                continue;
            };
            if let Some(answer) = self.text(cells, (*fact, info), place, index) {
                answers.insert(info.id.clone(), answer);
            }
        }
        answers
    }

    fn text(
        &mut self,
        cells: &Cells,
        (fact, info): (FactRef, &Fact),
        place: Place,
        index: usize,
    ) -> Option<Answer> {
        let at = At { place, fact };
        let gap = self.gaps.iter().find(|(known, _)| *known == at).map(|(_, why)| *why);
        if let Some(reason) = gap {
            let reason = reason.filter(|_| self.is_asked(cells, fact, place))?;
            return Some(Answer::Unknown { reason, was: None });
        }
        let dictionary = &self.guide.applied.standard.dictionary;
        if info.kind == Kind::Text {
            if !self.is_asked(cells, fact, place) {
                return None;
            }
            let entity = dictionary.entity_info(place.entity);
            let names = entity.is_some_and(|entity| entity.name == Some(fact));
            let stem =
                if names { STEMS.iter().cycle().nth(index).copied() } else { None };
            return stem.or_else(|| self.dice.of(&STEMS)).map(Answer::known);
        }
        let cell = cells.get(dictionary, fact, place.row)?;
        if cell == info.range {
            return None;
        }
        let text = match info.kind {
            Kind::YesNo => if cell.lo == 1 { "yes" } else { "no" }.to_owned(),
            Kind::Choice { list } => {
                let options = &dictionary.lists().get(list)?.options;
                options.get(usize::try_from(cell.lo).ok()?)?.id.clone()
            }
            Kind::Date => day(cell)?,
            Kind::Count | Kind::Money | Kind::Quantity => {
                enter::figure_text(cell.lo, info.decimals).replace(',', "")
            }
            Kind::Row { .. } => cell.lo.to_string(),
            Kind::Text | Kind::IdNumber => return None,
        };
        Some(Answer::Known(text))
    }
}

/// A day, or the year where no more is known.
fn day(days: Range) -> Option<String> {
    let text = read::date_text(days.lo);
    match days.known() {
        Some(_) => Some(text),
        None => text.get(..4).map(str::to_owned),
    }
}
