//! Days counted one by one: no formula that could be wrong in the same way as core's.

const LENGTHS: [i128; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn is_leap(year: i128) -> bool {
    let by = |number: i128| year.rem_euclid(number) == 0;
    by(4) && (!by(100) || by(400))
}

fn length(year: i128, month: usize) -> i128 {
    let days = LENGTHS.get(month.saturating_sub(1)).copied().unwrap_or(0);
    if month == 2 && is_leap(year) { 29 } else { days }
}

fn days_of(year: i128) -> i128 {
    if is_leap(year) { 366 } else { 365 }
}

/// Days since 1970-01-01.
#[must_use]
pub fn day(year: i128, month: usize, day: i128) -> i128 {
    let mut days: i128 = 0;
    for passed in 1970..year {
        days = days.saturating_add(days_of(passed));
    }
    for coming in year..1970 {
        days = days.saturating_sub(days_of(coming));
    }
    for passed in 1..month {
        days = days.saturating_add(length(year, passed));
    }
    days.saturating_add(day).saturating_sub(1)
}

/// Year, month and day of a number of days since 1970-01-01.
fn civil(days: i128) -> (i128, usize, i128) {
    let mut year = 1970;
    let mut rest = days;
    while rest < 0 {
        year = i128::saturating_sub(year, 1);
        rest = rest.saturating_add(days_of(year));
    }
    while rest >= days_of(year) {
        rest = rest.saturating_sub(days_of(year));
        year = year.saturating_add(1);
    }
    let mut month = 1;
    while rest >= length(year, month) {
        rest = rest.saturating_sub(length(year, month));
        month = usize::saturating_add(month, 1);
    }
    (year, month, rest.saturating_add(1))
}

/// The day that `2017-10-15` is.
#[must_use]
pub fn day_of(text: &str) -> Option<i128> {
    let mut parts = text.split('-').map(str::parse::<i128>);
    let (year, month) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let in_month = parts.next()?.ok()?;
    Some(day(year, usize::try_from(month).ok()?, in_month))
}

/// `2017-10-15`.
#[must_use]
pub fn text_of_day(days: i128) -> String {
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Full years (周岁): one more on every birthday; born on 29 February, on 1 March in a year
/// without that day.
#[must_use]
pub fn age(born: i128, at: i128) -> i128 {
    let (year, month, day) = civil(born);
    let (at_year, at_month, at_day) = civil(at);
    let years = at_year.saturating_sub(year);
    if (at_month, at_day) < (month, day) { years.saturating_sub(1) } else { years }
}

/// The latest such month and day that is not after `at`.
#[must_use]
pub fn last_month_day(month: usize, month_day: i128, at: i128) -> i128 {
    let mut days = at;
    loop {
        let (_, found, found_day) = civil(days);
        if found == month && found_day == month_day {
            return days;
        }
        days = days.saturating_sub(1);
    }
}
