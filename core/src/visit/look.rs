//! What a visit tells about single answers, lists and counts.

use crate::dictionary::{EntityRef, FactRef};
use crate::enter;
use crate::param::Param;
use crate::range::Range;
use crate::read::Problem;
use crate::record::{Answer, Answers, Reason};
use crate::verdict::Verdict;

use super::{Hint, Visit};
use crate::place::{At, Place};

/// How many criteria are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// 达标.
    pub met: usize,
    /// 未达标.
    pub not_met: usize,
    /// 待核实.
    pub unknown: usize,
}

impl Visit {
    /// How many criteria are in each state.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let count = |state| self.verdicts.iter().filter(|one| **one == state).count();
        Tally {
            met: count(Verdict::Met),
            not_met: count(Verdict::NotMet),
            unknown: count(Verdict::Unknown),
        }
    }

    /// The answers of the household or of a row.
    #[must_use]
    pub fn answers(&self, place: Place) -> Option<&Answers> {
        enter::answers(&self.record, self.dictionary(), place.entity, place.row)
    }

    /// An answer as typed.
    #[must_use]
    pub fn typed(&self, at: At) -> Option<&Answer> {
        let id = &self.dictionary().info(at.fact)?.id;
        self.answers(at.place)?.get(id)
    }

    /// The keys of a list's rows, in order.
    pub fn rows(&self, list: EntityRef) -> impl Iterator<Item = u32> {
        let info = self.dictionary().entity_info(list);
        let rows = info.and_then(|info| self.record.lists.get(&info.id));
        rows.into_iter().flat_map(|list| list.rows.iter().map(|row| row.key))
    }

    /// Whether somebody said that a list holds all there are.
    #[must_use]
    pub fn is_complete(&self, list: EntityRef) -> bool {
        let info = self.dictionary().entity_info(list);
        info.and_then(|info| self.record.lists.get(&info.id))
            .is_some_and(|list| list.complete)
    }

    /// What an answer can be: a figure where it is known, all it may be where not.
    #[must_use]
    pub fn value(&self, at: At) -> Range {
        let dictionary = self.dictionary();
        let cell = self.cells.get(dictionary, at.fact, at.place.row);
        cell.unwrap_or_else(|| match self.answers(at.place) {
            Some(answers) => enter::cell(dictionary, &self.record, at.fact, answers).0,
            None => dictionary.info(at.fact).map_or(Range::ZERO, |info| info.range),
        })
    }

    /// Whether a number, a choice, a date or a yes/no is known, be it from an ID number.
    #[must_use]
    pub fn is_known(&self, at: At) -> bool {
        self.value(at).known().is_some()
    }

    /// Why an answer could not be read, goes against another, or cannot be left out.
    #[must_use]
    pub fn problem(&self, at: At) -> Option<Problem> {
        let answers = self.answers(at.place)?;
        let found = enter::cell(self.dictionary(), &self.record, at.fact, answers).1;
        found.or_else(|| self.is_unexplained(at).then_some(Problem::Unexplained))
    }

    /// Whether this is the blank reason of a person who decided otherwise.
    fn is_unexplained(&self, at: At) -> bool {
        let explains = self.dictionary().info(at.fact).and_then(|info| info.explains);
        let Some(fact) = explains else { return false };
        let decided = At { fact, ..at };
        let said = |at: At| self.typed(at).map_or("", Answer::text).trim();
        self.is_known(decided)
            && said(decided) != self.verdict().as_str()
            && said(at).is_empty()
    }

    /// Whether somebody asked and still does not know, and why.
    #[must_use]
    pub fn reason(&self, at: At) -> Option<Reason> {
        match self.typed(at)? {
            Answer::Unknown { reason, .. } => Some(*reason),
            Answer::Known(_) => None,
        }
    }

    /// Whether a fact is asked of this household or row: met, not met (hidden), or not
    /// clear yet, as it hangs on an answer still missing.
    #[must_use]
    pub fn applies(&self, at: At) -> Verdict {
        let when = self.applied.links.whens.get(at.fact.index()).copied().flatten();
        let Some(when) = when else { return Verdict::Met };
        self.seen_from(at.place, |view| view.test(when)).unwrap_or(Verdict::NotMet)
    }

    /// The names of the open parameters: those of which an office may fix the reading.
    pub fn open_params(&self) -> impl Iterator<Item = &Param> {
        let year = self.year();
        self.applied.standard.params.iter().filter(move |param| param.is_open(year))
    }

    /// What a parameter can be now: one value, or several while nobody chose.
    #[must_use]
    pub fn param(&self, id: &str) -> Option<Range> {
        let at = self.applied.standard.params.iter().position(|param| param.id == id)?;
        self.applied.setting.params.get(at).copied()
    }

    /// 提示, in the order of their files.
    #[must_use]
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }

    /// Whether a row counts towards the sums, and by which condition; none where the
    /// standard makes no difference between rows of that list.
    #[must_use]
    pub fn counts(&self, place: Place) -> Option<(Verdict, usize)> {
        let rules = &self.applied.standard.counts;
        let rule = rules.iter().find(|rule| rule.entity == place.entity)?;
        let test = self.applied.standard.defines.get(rule.define)?.test?;
        let verdict = self.seen_from(place, |view| view.test(test))?;
        Some((verdict, rule.define))
    }

    /// What a number with a name can be now, in units of its last digit.
    #[must_use]
    pub fn quantity(&self, id: &str) -> Option<Range> {
        let found = self.applied.standard.defines.iter().find(|one| one.id == id)?;
        (found.of == EntityRef::HOUSEHOLD).then_some(())?;
        Some(self.view().num(found.num?))
    }

    /// What a row is called: its name as typed, if it has one.
    #[must_use]
    pub fn row_name(&self, place: Place) -> Option<&str> {
        let fact = self.dictionary().entity_info(place.entity)?.name?;
        let text = self.typed(At { place, fact })?.text();
        (!text.is_empty()).then_some(text)
    }

    /// Runs something on the view from a place; none where there is no such row.
    pub(crate) fn seen_from<T>(
        &self,
        place: Place,
        run: impl FnOnce(crate::evaluate::View<'_>) -> T,
    ) -> Option<T> {
        let view = self.view();
        if place.entity == EntityRef::HOUSEHOLD {
            return Some(run(view));
        }
        let list = self.cells.list(place.entity)?;
        let made;
        let row = match list.index(place.row) {
            Some(index) => list.row(index),
            None => {
                made = self.unjudged(place)?;
                &made
            }
        };
        Some(run(view.at_row(place.row, row)))
    }

    /// A row beyond the most that a list may hold: read, and not judged.
    fn unjudged(&self, place: Place) -> Option<Vec<Range>> {
        let (dictionary, answers) = (self.dictionary(), self.answers(place)?);
        let facts = dictionary.entity_info(place.entity)?.facts.iter();
        let cell =
            |fact: &FactRef| enter::cell(dictionary, &self.record, *fact, answers).0;
        Some(facts.map(cell).collect())
    }

    /// The place of a fact among all: topics in the order of the form, then rows.
    pub(crate) fn order(&self, at: At) -> (usize, u32, FactRef) {
        let topic = self.dictionary().info(at.fact).map_or(0, |info| info.topic);
        (topic, at.place.row, at.fact)
    }
}
