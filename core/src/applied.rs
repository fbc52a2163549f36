//! A standard in one year, and what of it looks at what.

use std::rc::Rc;

use crate::cells::Cells;
use crate::depend::{Depend, Root};
use crate::dictionary::{Dictionary, EntityRef, Kind};
use crate::enter;
use crate::evaluate::{Setting, View};
use crate::param::{Param, ParamKind};
use crate::program::TestId;
use crate::range::Range;
use crate::read;
use crate::record::{Choices, Record};
use crate::standard::Standard;

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

/// A standard in an exit year, on a day, with the readings that were chosen.
#[derive(Clone, Debug)]
pub(crate) struct Applied {
    pub(crate) standard: Rc<Standard>,
    pub(crate) setting: Setting,
    pub(crate) links: Rc<Links>,
}

/// Who looks at what; the same in every year.
#[derive(Debug)]
pub(crate) struct Links {
    pub(crate) criteria: Depend,
    pub(crate) hints: Depend,
    pub(crate) shown: Depend,
    /// The definitions about the household as a whole.
    pub(crate) defines: Depend,
    /// What decides whether each fact is asked, by fact.
    pub(crate) whens: Box<[Option<TestId>]>,
}

impl Applied {
    /// A standard for the year, the day and the readings of a record.
    ///
    /// # Errors
    /// Where the year is outside the standard's life, or the day is not a date.
    pub(crate) fn new(standard: &Rc<Standard>, record: &Record) -> Result<Self, Refusal> {
        let Record { year, date, choices, .. } = record;
        Self::of(standard, *year, date.as_deref(), choices)
    }

    /// The same from the year and the day as a record has them.
    pub(crate) fn of(
        standard: &Rc<Standard>,
        year: Option<i32>,
        date: Option<&str>,
        choices: &Choices,
    ) -> Result<Self, Refusal> {
        let (year, check_date) = year_and_day(standard, year, date)?;
        Ok(Self::at(standard, year, check_date, choices))
    }

    /// The same without a look at the years for which the standard was made.
    pub(crate) fn at(
        standard: &Rc<Standard>,
        year: i64,
        check_date: i64,
        choices: &Choices,
    ) -> Self {
        let links = Rc::new(Links::of(standard));
        let setting = setting(standard, year, check_date, choices);
        Self { standard: Rc::clone(standard), setting, links }
    }

    /// The same standard with another setting.
    pub(crate) fn moved(&self, year: i64, check_date: i64, choices: &Choices) -> Self {
        let setting = setting(&self.standard, year, check_date, choices);
        let (standard, links) = (Rc::clone(&self.standard), Rc::clone(&self.links));
        Self { standard, setting, links }
    }

    /// The standard as written, for explanations.
    pub(crate) fn view<'a>(&'a self, cells: &'a Cells) -> View<'a> {
        View::new(&self.standard.program, &self.setting, cells)
    }
}

impl Links {
    fn of(standard: &Standard) -> Self {
        let household = EntityRef::HOUSEHOLD;
        let program = &standard.program;
        let criteria = standard.criteria.iter();
        let criteria = criteria.map(|one| (Root::Test(one.met), household));
        let hints = standard.hints.iter();
        let hints = hints.map(|hint| (Root::Test(hint.when), hint.each));
        let shown = program.whens.iter();
        let shown = shown.map(|(_, test)| (Root::Test(*test), household));
        let defines = standard.defines.iter().map(|one| {
            let root = match (one.test, one.num) {
                _ if one.of != household => Root::Nothing,
                (Some(test), _) => Root::Test(test),
                (None, Some(num)) => Root::Num(num),
                (None, None) => Root::Nothing,
            };
            (root, household)
        });
        let mut whens = vec![None; standard.dictionary.facts().len()];
        for (fact, test) in &program.whens {
            if let Some(when) = whens.get_mut(fact.index()) {
                *when = Some(*test);
            }
        }
        Self {
            criteria: Depend::of(standard, criteria),
            hints: Depend::of(standard, hints),
            shown: Depend::of(standard, shown),
            defines: Depend::of(standard, defines),
            whens: whens.into(),
        }
    }
}

/// The exit year and the day of the check that a record names.
pub(crate) fn year_and_day(
    standard: &Standard,
    year: Option<i32>,
    date: Option<&str>,
) -> Result<(i64, i64), Refusal> {
    let (first, last) = standard.years;
    let date = date.unwrap_or_default();
    let day = read::date(date).ok().and_then(Range::known);
    let day = day.ok_or_else(|| Refusal::Date { date: date.to_owned() })?;
    let written = read::date_text(day);
    let of_date = || written.split('-').next().and_then(|year| year.parse().ok());
    let year: i32 = year.or_else(of_date).unwrap_or_default();
    if !(first..=last).contains(&i64::from(year)) {
        return Err(Refusal::Year { year, holds: (first, last) });
    }
    Ok((year.into(), day))
}

fn setting(
    standard: &Standard,
    year: i64,
    check_date: i64,
    choices: &Choices,
) -> Setting {
    let params = standard.params.iter();
    let params = params.map(|param| resolved(param, year, check_date, choices)).collect();
    Setting { year, params, check_date }
}

/// What a parameter can be; a day of the year is the date on which it last fell.
fn resolved(param: &Param, year: i64, check_date: i64, choices: &Choices) -> Range {
    let range = param.resolve(year, choices);
    if param.kind != ParamKind::MonthDay {
        return range;
    }
    let last = |day| last_such_day(day, check_date);
    if let Some(day) = range.known() {
        return Range::exactly(last(day));
    }
    let days = param.readings(year).map(|reading| Range::exactly(last(reading.value)));
    days.reduce(Range::hull).unwrap_or(crate::dictionary::DATES)
}

/// The latest day of that month and day (month × 100 + day) not after another.
fn last_such_day(day: i64, at: i64) -> i64 {
    let month = day.checked_div(100).and_then(|month| u8::try_from(month).ok());
    let day = day.checked_rem(100).and_then(|day| u8::try_from(day).ok());
    read::last_month_day(month.unwrap_or(1), day.unwrap_or(1), at)
}

/// The highest key that a row has, or that an answer still points to.
pub(crate) fn highest_key(dictionary: &Dictionary, record: &Record) -> u32 {
    // Who was there last year has his key for himself.
    let before = record.before.iter().flat_map(|before| before.lists.values());
    let rows = || record.lists.values().chain(before.clone()).flat_map(|list| &list.rows);
    let keys = rows().map(|row| row.key);
    let pointing = dictionary.facts().iter();
    let pointing = pointing.filter(|fact| matches!(fact.kind, Kind::Row { .. }));
    let named = pointing.flat_map(|fact| {
        let answers = rows().filter_map(|row| row.answers.get(&fact.id));
        answers.filter_map(|answer| answer.text().trim().parse::<u32>().ok())
    });
    // No household has had so many: beyond that it is no key of ours.
    let named = named.filter(|key| *key < 1_000_000);
    keys.chain(named).max().unwrap_or(0)
}

/// Every answer of a record, read.
pub(crate) fn cells(dictionary: &Dictionary, record: &Record) -> Cells {
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
            made.beyond = list.rows.len().saturating_sub(entity.most);
            made.complete = list.complete && made.beyond == 0;
        }
    }
    cells
}
