//! The civil calendar (公历): days counted from 1970-01-01, and years of age.

/// A day of the civil calendar, in the order in which days come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Civil {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
}

/// The days that can be shown: 0001-01-01 to 9999-12-31.
const SHOWN: (i64, i64) = (-719_162, 2_932_896);
/// Days in 400 years, after which the calendar begins again.
const ERA: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01: years that begin in March end with the leap day.
const EPOCH: i64 = 719_468;

/// The days a month has in a year; a month beyond the twelve has none.
pub(super) fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// The day's number; the parts must be a day of the calendar.
#[expect(clippy::arithmetic_side_effects, reason = "a year has four digits")]
pub(super) fn number_of(civil: Civil) -> i64 {
    let year = if civil.month > 2 { civil.year } else { civil.year - 1 };
    let month = (civil.month + 9) % 12;
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day = (153 * month + 2) / 5 + civil.day - 1;
    era * ERA + year * 365 + year / 4 - year / 100 + day - EPOCH
}

/// The day with this number; the nearest that can be shown.
#[expect(clippy::arithmetic_side_effects, reason = "held within four-digit years")]
pub(super) fn civil(day: i64) -> Civil {
    let day = day.clamp(SHOWN.0, SHOWN.1) + EPOCH;
    let (era, day) = (day.div_euclid(ERA), day.rem_euclid(ERA));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    Civil { year, month, day }
}

/// A day as written, `1880-01-31` (日期); before 0001-01-01 or after 9999-12-31, that day.
#[must_use]
pub fn date_text(day: i64) -> String {
    let Civil { year, month, day } = civil(day);
    [(year, 4), (month, 2), (day, 2)].map(|(part, width)| padded(part, width)).join("-")
}

/// A number with zeros before it, as wide as asked for.
fn padded(number: i64, width: usize) -> String {
    let digits = number.to_string();
    ["0".repeat(width.saturating_sub(digits.len())), digits].concat()
}

/// Full years of age on a day (周岁): a year older on each birthday.
///
/// Who was born on 29 February is a year older on 1 March in a common year.
/// Before birth it is negative.
#[must_use]
pub fn age(born: i64, at: i64) -> i64 {
    let (born, at) = (civil(born), civil(at));
    let had_birthday = (at.month, at.day) >= (born.month, born.day);
    let years = at.year.saturating_sub(born.year);
    if had_birthday { years } else { years.saturating_sub(1) }
}

/// The latest day of birth of whoever is of that age, in full years, or older.
pub(crate) fn born_by(at: i64, years: i64) -> i64 {
    let at = civil(at);
    let year = at.year.saturating_sub(years);
    let day = at.day.min(days_in(year, at.month));
    number_of(Civil { year, month: at.month, day })
}

/// The latest such day of a year that is not after `at`, as the last 31 August (最近一个).
///
/// A day that the month does not have that year is the month's last; a month beyond the
/// twelve is the nearest.
#[must_use]
pub fn last_month_day(month: u8, day: u8, at: i64) -> i64 {
    let month = i64::from(month).clamp(1, 12);
    let in_year = |year: i64| {
        let day = i64::from(day).clamp(1, days_in(year, month));
        number_of(Civil { year, month, day })
    };
    let year = civil(at).year;
    let this = in_year(year);
    if this <= at { this } else { in_year(year.saturating_sub(1)) }
}
