//! A visit: one record under one standard, judged again at every change.

mod change;
mod find;
mod finish;
mod look;
mod report;
mod say;
mod strange;

use std::cell::RefCell;
use std::rc::Rc;

use crate::applied::{self, Applied, Refusal};
use crate::cells::Cells;
use crate::dictionary::{Dictionary, EntityRef, FactRef};
use crate::evaluate::{Known, View};
use crate::place::Place;
use crate::record::Record;
use crate::standard::Standard;
use crate::verdict::Verdict;

pub use find::Finding;
pub use finish::Replay;
pub use look::Tally;

/// What a change did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The criteria that were judged again, a bit each.
    pub criteria: u64,
    /// Whether the state of any of them is another one.
    pub verdicts: bool,
    /// Whether other hints are shown.
    pub hints: bool,
    /// Whether a question may have come or gone.
    pub shown: bool,
}

/// One record under one standard, with everything that follows from it.
#[derive(Clone, Debug)]
pub struct Visit {
    record: Record,
    applied: Applied,
    hints_by: Applied,
    cells: Cells,
    known: Known,
    verdicts: Vec<Verdict>,
    hints: Vec<Hint>,
    /// By criterion.
    findings: RefCell<Vec<Found>>,
    /// The highest key any row has had: a key is never given twice.
    highest_key: u32,
}

/// What was found and said of a criterion, kept until an answer changes it.
#[derive(Clone, Debug, Default)]
struct Found {
    now: Option<Rc<Finding>>,
    /// What was found before a change, and the facts that changed since.
    before: Option<(Rc<Finding>, Vec<FactRef>)>,
}

/// 提示: something that looks odd in what was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hint {
    /// Whether it is the standard's own, or stands beside every standard.
    pub is_own: bool,
    /// Which one of that file.
    pub rule: usize,
    /// Whose answers look odd.
    pub place: Place,
}

impl Visit {
    /// A record under a standard, judged.
    ///
    /// # Errors
    /// Where the year is outside the standard's life, or the day is not a date.
    pub fn open(
        standard: &Rc<Standard>,
        hints: &Rc<Standard>,
        record: Record,
    ) -> Result<Self, Refusal> {
        let applied = Applied::new(standard, &record)?;
        let (year, day) = (applied.setting.year, applied.setting.check_date);
        let hints_by = Applied::at(hints, year, day, &record.choices);
        Ok(Self::judged(applied, hints_by, record))
    }

    /// A visit of the same year, day and standard of which nothing is known yet, with no
    /// reading chosen.
    #[must_use]
    pub fn blank(&self) -> Self {
        let Record { year, date, .. } = &self.record;
        let record = Record { year: *year, date: date.clone(), ..Record::default() };
        let (year, day) = (self.year(), self.check_date());
        let applied = self.applied.moved(year, day, &record.choices);
        let hints_by = self.hints_by.moved(year, day, &record.choices);
        Self::judged(applied, hints_by, record)
    }

    /// A record under a standard and hints that were applied to its year and day.
    pub(crate) fn judged(applied: Applied, hints_by: Applied, record: Record) -> Self {
        let standard = &applied.standard;
        let mut visit = Self {
            cells: applied::cells(&standard.dictionary, &record),
            known: Known::blank(standard.defines.len()),
            verdicts: vec![Verdict::Unknown; standard.criteria.len()],
            hints: Vec::new(),
            findings: RefCell::new(vec![Found::default(); standard.criteria.len()]),
            highest_key: applied::highest_key(&standard.dictionary, &record),
            applied,
            hints_by,
            record,
        };
        visit.judge_again(u128::MAX, u128::MAX, u128::MAX);
        visit
    }

    /// The record as it stands.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The standard it is judged by.
    #[must_use]
    pub fn standard(&self) -> &Rc<Standard> {
        &self.applied.standard
    }

    /// The hints that stand beside it.
    #[must_use]
    pub fn hints_standard(&self) -> &Rc<Standard> {
        &self.hints_by.standard
    }

    /// The same standard with where it comes from, and the hints beside it: what a library
    /// has once the rest of it is there.
    pub fn complete(&mut self, standard: &Rc<Standard>, hints: &Rc<Standard>) {
        if standard.hash != self.applied.standard.hash {
            return;
        }
        let (year, day) = (self.year(), self.check_date());
        self.applied = Applied::at(standard, year, day, &self.record.choices);
        self.hints_by = Applied::at(hints, year, day, &self.record.choices);
        self.judge_again(u128::MAX, u128::MAX, u128::MAX);
    }

    /// The exit year.
    #[must_use]
    pub fn year(&self) -> i64 {
        self.applied.setting.year
    }

    /// The day of the check, days since 1970-01-01.
    #[must_use]
    pub fn check_date(&self) -> i64 {
        self.applied.setting.check_date
    }

    /// The household: not met if any criterion is not met, else unknown if any is.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdicts.iter().copied().fold(Verdict::Met, Verdict::and)
    }

    /// By criterion.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    fn dictionary(&self) -> &Rc<Dictionary> {
        &self.applied.standard.dictionary
    }

    fn view(&self) -> View<'_> {
        self.applied.view(&self.cells).knowing(&self.known)
    }

    /// A bit for every criterion.
    fn all_criteria(&self) -> u64 {
        let all = u32::try_from(self.verdicts.len()).unwrap_or(u32::MAX);
        1_u64.checked_shl(all).map_or(u64::MAX, |bit| bit.wrapping_sub(1))
    }

    /// Judges again what the bits name.
    fn judge_again(&mut self, criteria: u128, own: u128, beside: u128) -> Changed {
        let mut changed = Changed::default();
        let bit = |at: usize| {
            let shift = u32::try_from(at).unwrap_or(127);
            1_u128.checked_shl(shift).unwrap_or(0)
        };
        let view = self.applied.view(&self.cells).knowing(&self.known);
        for (at, verdict) in self.verdicts.iter_mut().enumerate() {
            if criteria & bit(at) == 0 {
                continue;
            }
            let criterion = self.applied.standard.criteria.get(at);
            let now = criterion.map_or(Verdict::Unknown, |one| view.test(one.met));
            changed.verdicts |= now != *verdict;
            *verdict = now;
        }
        changed.criteria = u64::try_from(criteria & u128::from(u64::MAX)).unwrap_or(0);
        changed.criteria &= self.all_criteria();
        for (is_own, mask) in [(true, own), (false, beside)] {
            if mask == 0 {
                continue;
            }
            let before: Vec<Hint> = self.hints.clone();
            let stays = |hint: &Hint| hint.is_own != is_own || mask & bit(hint.rule) == 0;
            self.hints.retain(stays);
            let applied = if is_own { &self.applied } else { &self.hints_by };
            let mut view = applied.view(&self.cells);
            if is_own {
                view = view.knowing(&self.known);
            }
            for (rule, hint) in applied.standard.hints.iter().enumerate() {
                if mask & bit(rule) == 0 {
                    continue;
                }
                if hint.each == EntityRef::HOUSEHOLD {
                    if view.test(hint.when) == Verdict::Met {
                        self.hints.push(Hint { is_own, rule, place: Place::HOUSEHOLD });
                    }
                    continue;
                }
                let Some(list) = self.cells.list(hint.each) else { continue };
                for (row, cells) in list.rows() {
                    if view.at_row(row, cells).test(hint.when) == Verdict::Met {
                        let place = Place { entity: hint.each, row };
                        self.hints.push(Hint { is_own, rule, place });
                    }
                }
            }
            self.hints.sort_unstable();
            changed.hints |= before != self.hints;
        }
        changed
    }
}
