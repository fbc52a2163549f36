//! A visit: one record under one standard, judged again at every change.

mod change;
mod find;
mod look;
mod report;
mod say;

use std::rc::Rc;

use crate::cells::Cells;
use crate::depend::Depend;
use crate::dictionary::{Dictionary, EntityRef, FactRef};
use crate::enter;
use crate::evaluate::{Setting, View};
use crate::param::ParamKind;
use crate::program::TestId;
use crate::range::Range;
use crate::read;
use crate::record::Record;
use crate::standard::Standard;
use crate::verdict::Verdict;

pub use find::Finding;
pub use look::Tally;

/// Where answers stand: the household, or a row by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The household or a list.
    pub entity: EntityRef,
    /// The key of the row; 0 for the household.
    pub row: u32,
}

impl Place {
    /// 农户.
    pub const HOUSEHOLD: Self = Self { entity: EntityRef::HOUSEHOLD, row: 0 };
}

/// One answer: whose, and to what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Whose.
    pub place: Place,
    /// To what.
    pub fact: FactRef,
}

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

/// Why a visit cannot be judged under a standard; words: `refusal.<key>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The year is outside the standard's life.
    Year {
        /// What was asked for.
        year: i32,
        /// The first and last year it holds for.
        holds: (i64, i64),
    },
    /// The day of the check is not a whole date.
    Date {
        /// As written.
        date: String,
    },
}

/// One record under one standard, with everything that follows from it.
#[derive(Clone, Debug)]
pub struct Visit {
    record: Record,
    judge: Judge,
    hints_by: Judge,
    cells: Cells,
    verdicts: Vec<Verdict>,
    hints: Vec<Hint>,
    /// The highest key any row has had: a key is never given twice.
    highest_key: u32,
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

/// A standard in the year and on the day of a visit.
#[derive(Clone, Debug)]
struct Judge {
    standard: Rc<Standard>,
    setting: Setting,
    criteria: Rc<Depend>,
    hints: Rc<Depend>,
    /// What decides whether each fact is asked, by fact.
    whens: Rc<[Option<TestId>]>,
    shown: Rc<Depend>,
}

impl Judge {
    fn new(standard: Rc<Standard>, setting: Setting) -> Self {
        let household = EntityRef::HOUSEHOLD;
        let criteria = standard.criteria.iter().map(|one| (one.met, household));
        let criteria = Rc::new(Depend::of(&standard, criteria));
        let hints = standard.hints.iter().map(|hint| (hint.when, hint.each));
        let hints = Rc::new(Depend::of(&standard, hints));
        let program = &standard.program;
        let mut whens = vec![None; standard.dictionary.facts().len()];
        for (fact, test) in &program.whens {
            if let Some(when) = whens.get_mut(fact.index()) {
                *when = Some(*test);
            }
        }
        // One bit for all of them: it only matters whether anything may come or go.
        let shown = program.whens.iter().map(|(_, test)| (*test, household));
        let shown = Rc::new(Depend::of(&standard, shown));
        Self { standard, setting, criteria, hints, whens: whens.into(), shown }
    }

    fn view<'a>(&'a self, cells: &'a Cells) -> View<'a> {
        View::new(&self.standard.program, &self.setting, cells)
    }
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
        let setting = setting(standard, &record)?;
        let beside = Setting {
            params: setting_params(hints, &setting, &record),
            ..setting.clone()
        };
        let cells = cells(&standard.dictionary, &record);
        let mut visit = Self {
            judge: Judge::new(Rc::clone(standard), setting),
            hints_by: Judge::new(Rc::clone(hints), beside),
            verdicts: vec![Verdict::Unknown; standard.criteria.len()],
            hints: Vec::new(),
            highest_key: highest_key(&record),
            record,
            cells,
        };
        visit.judge_again(u128::MAX, u128::MAX, u128::MAX);
        Ok(visit)
    }

    /// The record as it stands.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The standard it is judged by.
    #[must_use]
    pub fn standard(&self) -> &Rc<Standard> {
        &self.judge.standard
    }

    /// The hints that stand beside it.
    #[must_use]
    pub fn hints_standard(&self) -> &Rc<Standard> {
        &self.hints_by.standard
    }

    /// The exit year.
    #[must_use]
    pub fn year(&self) -> i64 {
        self.judge.setting.year
    }

    /// The day of the check, days since 1970-01-01.
    #[must_use]
    pub fn check_date(&self) -> i64 {
        self.judge.setting.check_date
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

    /// The household judged from nothing, with no sentences and nothing kept: what a
    /// county does with many thousands.
    #[must_use]
    pub fn decide(&self) -> Verdict {
        let view = self.view();
        let criteria = self.judge.standard.criteria.iter();
        criteria.fold(Verdict::Met, |all, one| all.and(view.test(one.met)))
    }

    fn dictionary(&self) -> &Rc<Dictionary> {
        &self.judge.standard.dictionary
    }

    fn view(&self) -> View<'_> {
        self.judge.view(&self.cells)
    }

    /// Judges again what the bits name.
    fn judge_again(&mut self, criteria: u128, own: u128, beside: u128) -> Changed {
        let mut changed = Changed::default();
        let bit = |at: usize| {
            let shift = u32::try_from(at).unwrap_or(127);
            1_u128.checked_shl(shift).unwrap_or(0)
        };
        let view = self.judge.view(&self.cells);
        let rules = self.judge.standard.criteria.iter().enumerate();
        for ((at, criterion), verdict) in rules.zip(&mut self.verdicts) {
            if criteria & bit(at) == 0 {
                continue;
            }
            let now = view.test(criterion.met);
            changed.verdicts |= now != *verdict;
            *verdict = now;
        }
        changed.criteria = u64::try_from(criteria & u128::from(u64::MAX)).unwrap_or(0);
        let all = self.verdicts.len();
        changed.criteria &= u64::try_from(bit(all).wrapping_sub(1)).unwrap_or(u64::MAX);
        for (is_own, mask) in [(true, own), (false, beside)] {
            if mask == 0 {
                continue;
            }
            let before: Vec<Hint> = self.hints.clone();
            let stays = |hint: &Hint| hint.is_own != is_own || mask & bit(hint.rule) == 0;
            self.hints.retain(stays);
            let judge = if is_own { &self.judge } else { &self.hints_by };
            let view = judge.view(&self.cells);
            for (rule, hint) in judge.standard.hints.iter().enumerate() {
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

/// The highest key that a row has, or that an answer may still point to.
fn highest_key(record: &Record) -> u32 {
    let rows = || record.lists.values().flat_map(|list| &list.rows);
    let keys = rows().map(|row| row.key);
    let answers = rows().flat_map(|row| row.answers.values());
    let named = answers.filter_map(|answer| answer.text().trim().parse::<u32>().ok());
    // Only what can be a key of a list with room for 64 rows at a time.
    let named = named.filter(|key| *key < 100_000);
    keys.chain(named).max().unwrap_or(0)
}

fn setting(standard: &Standard, record: &Record) -> Result<Setting, Refusal> {
    let (first, last) = standard.years;
    let date = record.date.as_deref().unwrap_or_default();
    let day = read::date(date).ok().and_then(Range::known);
    let check_date = day.ok_or_else(|| Refusal::Date { date: date.to_owned() })?;
    let written = read::date_text(check_date);
    let of_date = || written.split('-').next().and_then(|year| year.parse().ok());
    let year: i32 = record.year.or_else(of_date).unwrap_or_default();
    if !(first..=last).contains(&i64::from(year)) {
        return Err(Refusal::Year { year, holds: (first, last) });
    }
    let setting = Setting { year: year.into(), params: Box::default(), check_date };
    let params = setting_params(standard, &setting, record);
    Ok(Setting { params, ..setting })
}

fn setting_params(
    standard: &Standard,
    setting: &Setting,
    record: &Record,
) -> Box<[Range]> {
    let params = standard.params.iter();
    params
        .map(|param| {
            let range = param.resolve(setting.year, &record.choices);
            if param.kind != ParamKind::MonthDay {
                return range;
            }
            let last = |day| last_such_day(day, setting.check_date);
            if let Some(day) = range.known() {
                return Range::exactly(last(day));
            }
            let days = param.readings(setting.year);
            let days = days.map(|reading| Range::exactly(last(reading.value)));
            days.reduce(Range::hull).unwrap_or(crate::dictionary::DATES)
        })
        .collect()
}

/// The latest day of that month and day (month × 100 + day) not after another.
fn last_such_day(day: i64, at: i64) -> i64 {
    let month = day.checked_div(100).and_then(|month| u8::try_from(month).ok());
    let day = day.checked_rem(100).and_then(|day| u8::try_from(day).ok());
    read::last_month_day(month.unwrap_or(1), day.unwrap_or(1), at)
}

fn cells(dictionary: &Dictionary, record: &Record) -> Cells {
    let mut cells = Cells::blank(dictionary);
    for (index, entity) in dictionary.entities().iter().enumerate() {
        let Ok(index) = u16::try_from(index) else { continue };
        let at = EntityRef(index);
        if at == EntityRef::HOUSEHOLD {
            for fact in &entity.facts {
                let (range, _) = enter::cell(dictionary, record, *fact, &record.answers);
                cells.put(dictionary, *fact, 0, range);
            }
            continue;
        }
        let Some(list) = record.lists.get(&entity.id) else { continue };
        // Rows beyond the limit stay in the record; the list then counts as unfinished.
        for row in list.rows.iter().take(entity.most) {
            if let Some(made) = cells.list_mut(at) {
                made.insert(made.len(), row.key);
            }
            for fact in &entity.facts {
                let (range, _) = enter::cell(dictionary, record, *fact, &row.answers);
                cells.put(dictionary, *fact, row.key, range);
            }
        }
        if let Some(made) = cells.list_mut(at) {
            made.complete = list.complete && list.rows.len() <= entity.most;
        }
    }
    cells
}
