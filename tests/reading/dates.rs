//! Days, and what is counted from them.

use proptest::prelude::*;
use ruhu_core::Range;
use ruhu_core::read::{Problem, age, date, date_text, last_month_day};

/// The first and the last day that an answer can name.
const FIRST: i64 = -135_140;
const LAST: i64 = 84_370;

fn day(text: &str) -> i64 {
    date(text).ok().and_then(Range::known).unwrap_or(i64::MIN)
}

#[test]
fn dates_are_read_whole_and_in_part() {
    for (typed, first, last) in [
        ("1970-01-01", 0, 0),
        ("1880-01-31", -32_842, -32_842),
        ("1880/1/31", -32_842, -32_842),
        ("1880.1.31", -32_842, -32_842),
        ("1880。1。31", -32_842, -32_842),
        ("1880年1月31日", -32_842, -32_842),
        ("1880 年 01 月 31 号", -32_842, -32_842),
        ("1880年1月31", -32_842, -32_842),
        ("18800131", -32_842, -32_842),
        ("１８８０－０１－３１", -32_842, -32_842),
        (" 1880—1—31 ", -32_842, -32_842),
        ("1880-01-31 00:00:00", -32_842, -32_842),
        ("1880-01-31T00:00:00", -32_842, -32_842),
        ("1880", day("1880-01-01"), day("1880-12-31")),
        ("1880年", day("1880-01-01"), day("1880-12-31")),
        ("1880-02", day("1880-02-01"), day("1880-02-29")),
        ("1881/2", day("1881-02-01"), day("1881-02-28")),
        ("1880年5月", day("1880-05-01"), day("1880-05-31")),
        ("1600-01-01", FIRST, FIRST),
        ("2200-12-31", LAST, LAST),
    ] {
        assert_eq!(date(typed), Ok(Range { lo: first, hi: last }), "{typed}");
    }
}

#[test]
fn dates_the_calendar_does_not_have_are_refused_with_the_reason() {
    use Problem::*;
    let year = || NoSuchYear { low: 1600, high: 2200 };
    for (typed, problem) in [
        ("1881-02-29", NoSuchDay { days: 28 }),
        ("1900年2月29日", NoSuchDay { days: 28 }),
        ("2000-02-30", NoSuchDay { days: 29 }),
        ("18800431", NoSuchDay { days: 30 }),
        ("1880-06-31", NoSuchDay { days: 30 }),
        ("1880-09-31", NoSuchDay { days: 30 }),
        ("1880-11-31", NoSuchDay { days: 30 }),
        ("1880-01-00", NoSuchDay { days: 31 }),
        ("1880-13-01", NoSuchMonth),
        ("1880-00", NoSuchMonth),
        ("1599-12-31", year()),
        ("2201", year()),
        ("0000", year()),
        ("", NotADate),
        ("80年5月", NotADate),
        ("188005", NotADate),
        ("188001310", NotADate),
        ("1880-", NotADate),
        ("1880-1-", NotADate),
        ("1880-1-31-", NotADate),
        ("1880-1/31", NotADate),
        ("1880年1-31", NotADate),
        ("31-01-1880", NotADate),
        ("-1880", NotADate),
        ("+880", NotADate),
        ("1880-01-31 08:30:00", NotADate),
        ("1880-01-30T16:00:00.000Z", NotADate),
        ("光绪六年", NotADate),
        ("1880-01-31\u{200f}", BidiControls),
    ] {
        assert_eq!(date(typed), Err(problem), "{typed}");
    }
}

#[test]
fn every_day_is_the_one_that_the_time_crate_counts() {
    let epoch = time::Date::from_ordinal_date(1970, 1).unwrap().to_julian_day();
    for number in FIRST..=LAST {
        let julian = epoch.saturating_add(i32::try_from(number).unwrap());
        let other = time::Date::from_julian_day(julian).unwrap();
        let (year, month, day) = other.to_calendar_date();
        let text = format!("{year:04}-{:02}-{day:02}", u8::from(month));
        assert_eq!(date_text(number), text);
        assert_eq!(date(&text), Ok(Range::exactly(number)));
    }
    assert_eq!(date_text(i64::MIN), "0001-01-01");
    assert_eq!(date_text(i64::MAX), "9999-12-31");
}

#[test]
fn a_person_is_a_year_older_on_each_birthday() {
    for (born, at, years) in [
        ("2009-08-31", "2015-08-30", 5),
        ("2009-08-31", "2015-08-31", 6),
        ("2009-08-31", "2015-09-01", 6),
        ("2009-12-01", "2015-11-30", 5),
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-29", "2024-02-29", 16),
        ("2008-02-29", "2023-02-28", 14),
        ("2008-02-29", "2023-03-01", 15),
        ("2008-02-28", "2024-02-28", 16),
        ("2017-10-15", "2017-10-15", 0),
        ("2017-10-16", "2017-10-15", -1),
        ("1880-01-31", "2017-01-30", 136),
    ] {
        assert_eq!(age(day(born), day(at)), years, "{born} at {at}");
    }
}

#[test]
fn the_last_cut_off_is_on_the_day_itself_or_before() {
    for (month, of, at, found) in [
        (8, 31, "2017-08-30", "2016-08-31"),
        (8, 31, "2017-08-31", "2017-08-31"),
        (8, 31, "2017-12-31", "2017-08-31"),
        (1, 1, "2017-01-01", "2017-01-01"),
        (2, 29, "2017-10-15", "2017-02-28"),
        (2, 29, "2016-10-15", "2016-02-29"),
        (2, 29, "2017-02-27", "2016-02-29"),
        (4, 31, "2017-10-15", "2017-04-30"),
        (0, 0, "2017-10-15", "2017-01-01"),
        (99, 99, "2017-10-15", "2016-12-31"),
    ] {
        assert_eq!(date_text(last_month_day(month, of, day(at))), found, "{month}-{of}");
    }
}

proptest! {
    #[test]
    fn a_day_comes_back_from_its_text(number in FIRST..=LAST) {
        prop_assert_eq!(date(&date_text(number)), Ok(Range::exactly(number)));
    }

    #[test]
    fn nobody_grows_younger(born in FIRST..=LAST, at in FIRST..=LAST) {
        let step = age(born, at.saturating_add(1)).saturating_sub(age(born, at));
        prop_assert!((0..=1).contains(&step));
    }

    #[test]
    fn a_cut_off_is_within_the_year_before(month: u8, of: u8, at in FIRST..=LAST) {
        let found = last_month_day(month, of, at);
        prop_assert!((0..366).contains(&at.saturating_sub(found)));
    }

    #[test]
    fn any_day_can_be_shown(day: i64, other: i64, month: u8, of: u8) {
        let _ = (date_text(day), age(day, other), last_month_day(month, of, day));
    }
}
