//! Households that are made up (样本户): for trials and benchmarks, and for finding where two
//! standards part.

mod dice;
mod draft;
mod draw;
mod edges;
mod guide;
mod lean;
mod write;

use std::rc::Rc;

use crate::applied::{Applied, Refusal};
use crate::param::Param;
use crate::range::Range;
use crate::read;
use crate::record::{Choices, Record};
use crate::standard::Standard;

use dice::Dice;
use draft::Draft;
use guide::Guide;

/// How many days and sets of readings there are for each year.
const SETTINGS: u64 = 4;

/// 样本户: households of nobody, as many as are asked for, the same ones every time.
///
/// Every fact that is asked is answered, mostly the usual way, and often just where a
/// verdict turns. Of ten households about four are whole and pass, three fail somewhere,
/// and of three something is not known. Nobody in them lives: members are called 甲, 乙,
/// 丙, and whatever would lead to a person (an ID number, a telephone) is blank.
#[derive(Clone, Debug)]
pub struct Sampler {
    seed: u64,
    settings: Vec<(Record, Guide)>,
}

impl Sampler {
    /// Households of every year of a standard, on several days and under several readings.
    #[must_use]
    pub fn new(standard: &Rc<Standard>, seed: u64) -> Self {
        let (first, last) = standard.years;
        let years = (first..=last).zip(1_u64..);
        let settings = years.flat_map(|(year, at)| {
            (0..SETTINGS).filter_map(move |more| {
                let number = at.saturating_mul(SETTINGS).saturating_add(more);
                // Beside those of the households, whose numbers begin with 0.
                let mut dice = Dice::new(!seed, number);
                set(standard, year, &mut dice)
            })
        });
        let settings = settings.filter_map(|record| bound(standard, record).ok());
        Self { seed, settings: settings.collect() }
    }

    /// Households of one year and day under the readings chosen: those of a record.
    ///
    /// # Errors
    /// Where the year is outside the standard's life, or the day is not a date.
    pub fn like(
        standard: &Rc<Standard>,
        record: &Record,
        seed: u64,
    ) -> Result<Self, Refusal> {
        let Record { year, date, choices, .. } = record.clone();
        let record = Record { year, date, choices, ..Record::default() };
        Ok(Self { seed, settings: vec![bound(standard, record)?] })
    }

    /// Turns two samplers to where their standards turn at different figures; both are
    /// those of one setting.
    pub(crate) fn turn_apart(one: &mut Self, other: &mut Self) {
        for ((_, one), (_, other)) in one.settings.iter_mut().zip(&mut other.settings) {
            let (here, there) = (one.edges(), other.edges());
            one.keen_on(&there);
            other.keen_on(&here);
        }
    }

    /// One of them, by number: the same whatever was made before it.
    #[must_use]
    pub fn household(&self, number: u64) -> Record {
        let mut dice = Dice::new(self.seed, number);
        let at = dice.below(self.settings.len());
        let Some((setting, guide)) = self.settings.get(at) else {
            return Record::default();
        };
        let mut record = setting.clone();
        record.id = ["sample", &self.seed.to_string(), &number.to_string()].join("-");
        let mut draft = Draft::new(guide, dice);
        let cells = draft.finish();
        draft.write(&cells, &mut record);
        record
    }
}

/// A standard looked through for the setting of a record.
fn bound(standard: &Rc<Standard>, record: Record) -> Result<(Record, Guide), Refusal> {
    let applied = Applied::new(standard, &record)?;
    let guide = Guide::new(applied, &record.choices);
    Ok((Record { standard: standard.id.clone(), ..record }, guide))
}

/// A day of the second half of a year, when exits are checked, and some readings.
fn set(standard: &Standard, year: i64, dice: &mut Dice) -> Option<Record> {
    let days = read::date(&year.to_string()).ok()?;
    let late = Range::new(days.lo.saturating_add(days.hi) / 2, days.hi);
    let date = Some(read::date_text(dice.within(late)));
    let open = standard.params.iter().filter(|param| param.is_open(year));
    let choices =
        open.filter_map(|param| Some((param.id.clone(), reading(param, year, dice)?)));
    let choices: Choices = choices.collect();
    let year = i32::try_from(year).ok();
    Some(Record { year, date, choices, ..Record::default() })
}

/// What an office has chosen: mostly nothing where something holds without it.
fn reading(param: &Param, year: i64, dice: &mut Dice) -> Option<String> {
    let is_left = match param.default {
        Some(_) => !dice.once_in(4),
        None => dice.once_in(8),
    };
    if is_left {
        return None;
    }
    let readings = param.readings(year).filter_map(|value| value.reading.as_deref());
    let readings: Vec<&str> = readings.collect();
    let options: Vec<&str> = param.options.iter().map(String::as_str).collect();
    let named = dice.of(if readings.is_empty() { &options } else { &readings });
    named.map(str::to_owned)
}
