//! Dates as people write them, whole or in part.

use super::calendar::{Civil, days_in, number_of};
use super::{Problem, text::plain};
use crate::Range;

/// The years that an answer can name, and a standard hold for.
pub(crate) const YEARS: (i64, i64) = (1600, 2200);

/// A date as typed (日期), in days since 1970-01-01: one day, or a span when only the year
/// or the month is given.
///
/// Read: `1880-01-31`, `1880/1/31`, `1880.1.31`, `1880年1月31日`, `18800131`; `1880-05`,
/// `1880年5月`; `1880`, `1880年`; each in full width too, and with a midnight after it, as
/// portals write dates.
///
/// # Errors
///
/// A date that the calendar does not have, or a text that would have to be guessed
/// (`80年5月`, `188005`).
pub fn date(text: &str) -> Result<Range, Problem> {
    let plain = plain(text)?;
    let typed = [" 00:00:00", "T00:00:00"]
        .iter()
        .find_map(|midnight| plain.strip_suffix(midnight))
        .unwrap_or(&plain);
    match parts(typed).ok_or(Problem::NotADate)? {
        (year, None) => Ok(within(year, 1)?.hull(within(year, 12)?)),
        (year, Some((month, None))) => within(year, month),
        (year, Some((month, Some(day)))) => exactly(year, month, day).map(Range::exactly),
    }
}

/// The day's number.
pub(super) fn exactly(year: i64, month: i64, day: i64) -> Result<i64, Problem> {
    within(year, month)?;
    let days = days_in(year, month);
    if !(1..=days).contains(&day) {
        return Err(Problem::NoSuchDay { days });
    }
    Ok(number_of(Civil { year, month, day }))
}

/// The days of a month.
fn within(year: i64, month: i64) -> Result<Range, Problem> {
    let (low, high) = YEARS;
    if !(low..=high).contains(&year) {
        return Err(Problem::NoSuchYear { low, high });
    }
    let last = days_in(year, month);
    if last == 0 {
        return Err(Problem::NoSuchMonth);
    }
    let day = |day| number_of(Civil { year, month, day });
    Ok(Range::new(day(1), day(last)))
}

type Parts = (i64, Option<(i64, Option<i64>)>);

/// Year, month and day as written; none where they are not marked off from each other.
fn parts(text: &str) -> Option<Parts> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..)?);
        let day = day.parse().ok()?;
        return Some((year.parse().ok()?, Some((month.parse().ok()?, Some(day)))));
    }
    let (year, rest) = digits(text, 4..=4)?;
    let Some(mark) = rest.chars().next() else {
        return Some((year, None));
    };
    let rest = rest.strip_prefix(['年', '-', '/', '.'])?.trim_start();
    if mark == '年' && rest.is_empty() {
        return Some((year, None));
    }
    let (month, rest) = digits(rest, 1..=2)?;
    let after = if mark == '年' { '月' } else { mark };
    let rest = match rest.strip_prefix(after) {
        None if rest.is_empty() => return Some((year, Some((month, None)))),
        None => return None,
        Some(rest) => rest.trim_start(),
    };
    if mark == '年' && rest.is_empty() {
        return Some((year, Some((month, None))));
    }
    let (day, rest) = digits(rest, 1..=2)?;
    let ends = rest.is_empty() || (mark == '年' && matches!(rest, "日" | "号"));
    ends.then_some((year, Some((month, Some(day)))))
}

/// The digits a text begins with, if there are as many as that, and what follows.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<(i64, &str)> {
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let digits = text.strip_suffix(rest)?;
    let number = count.contains(&digits.len()).then(|| digits.parse().ok())??;
    Some((number, rest.trim_start()))
}
