//! From an answer as typed to a cell: what it can be, and what is wrong with it.

use crate::dictionary::{Choice, Dictionary, EntityRef, Fact, FactRef, Kind};
use crate::range::Range;
use crate::read::{self, Problem};
use crate::record::{Answer, Answers, Record};

/// The longest text that is taken without a word.
pub(crate) const LONGEST_TEXT: usize = 2_000;

/// What an answer can be, and why it could not be read if so.
pub(crate) type Entered = (Range, Option<Problem>);

/// The answers of a place: the household's, or a row's.
pub(crate) fn answers<'a>(
    record: &'a Record,
    dictionary: &Dictionary,
    entity: EntityRef,
    row: u32,
) -> Option<&'a Answers> {
    if entity == EntityRef::HOUSEHOLD {
        return Some(&record.answers);
    }
    let list = record.lists.get(&dictionary.entity_info(entity)?.id)?;
    list.rows.iter().find(|known| known.key == row).map(|row| &row.answers)
}

/// What a fact can be, given the answers beside it.
pub(crate) fn cell(
    dictionary: &Dictionary,
    record: &Record,
    fact: FactRef,
    answers: &Answers,
) -> Entered {
    let Some(info) = dictionary.info(fact) else { return (Range::ZERO, None) };
    let beside = |fact: FactRef| typed(answers.get(&dictionary.info(fact)?.id));
    let is_there =
        |of: EntityRef, key: u32| self::answers(record, dictionary, of, key).is_some();
    entered(dictionary, info, typed(answers.get(&info.id)), beside, is_there)
}

/// The same, of a text that is not blank; what stands beside it, and which rows there are,
/// is asked where it matters.
pub(crate) fn entered<'a>(
    dictionary: &Dictionary,
    info: &Fact,
    typed: Option<&str>,
    beside: impl Fn(FactRef) -> Option<&'a str>,
    is_there: impl Fn(EntityRef, u32) -> bool,
) -> Entered {
    let own = typed.map(|text| one(dictionary, info, text, is_there));
    let given = info.from.and_then(|from| given(dictionary, info, beside(from)?));
    match (own, given) {
        (Some(Ok(own)), Some(given)) => match own.meet(given) {
            Some(both) => (both, None),
            None => (own.hull(given), Some(Problem::Conflict)),
        },
        (Some(Ok(own)), None) => (own, None),
        (Some(Err(problem)), given) => (given.unwrap_or(info.range), Some(problem)),
        (None, given) => (given.unwrap_or(info.range), None),
    }
}

/// The text of an answer that is known and not blank.
pub(crate) fn typed(answer: Option<&Answer>) -> Option<&str> {
    match answer {
        Some(Answer::Known(text)) if !text.trim().is_empty() => Some(text),
        _ => None,
    }
}

/// What an ID number in the same row says of a birth date or a sex.
fn given(dictionary: &Dictionary, info: &Fact, id: &str) -> Option<Range> {
    let id = read::id_number(id).ok()?;
    match info.kind {
        Kind::Date => Some(Range::exactly(id.born)),
        Kind::Choice { .. } => {
            let sex = if id.male { "male" } else { "female" };
            let at = dictionary.option(info.kind, sex)?;
            Some(Range::exactly(i64::try_from(at).ok()?))
        }
        _ => None,
    }
}

fn one(
    dictionary: &Dictionary,
    info: &Fact,
    text: &str,
    is_there: impl Fn(EntityRef, u32) -> bool,
) -> Result<Range, Problem> {
    match info.kind {
        Kind::YesNo => match text.trim() {
            "yes" | "true" | "是" | "有" => Ok(Range::exactly(1)),
            "no" | "false" | "否" | "没有" | "无" => Ok(Range::exactly(0)),
            _ => Err(Problem::NotAnOption),
        },
        Kind::Choice { list } => {
            let options = dictionary.lists().get(list).map(|list| &list.options);
            let at = options.and_then(|options| position(options, text.trim()));
            let at = at.and_then(|at| i64::try_from(at).ok());
            at.map(Range::exactly).ok_or(Problem::NotAnOption)
        }
        Kind::Count | Kind::Money | Kind::Quantity => number(info, text),
        Kind::Date => within(info, read::date(text)?, read::date_text),
        Kind::Text => {
            read::text(text, LONGEST_TEXT)?;
            Ok(info.range)
        }
        Kind::IdNumber => read::id_number(text).map(|_| info.range),
        Kind::Row { of } => {
            let key = text.trim().parse::<u32>().map_err(|_| Problem::NoSuchRow)?;
            if is_there(of, key) {
                Ok(Range::exactly(i64::from(key)))
            } else {
                Err(Problem::NoSuchRow)
            }
        }
    }
}

fn position(options: &[Choice], text: &str) -> Option<usize> {
    options.iter().position(|option| option.id == text)
}

fn number(info: &Fact, text: &str) -> Result<Range, Problem> {
    let (number, unit) = read::measured(text, info.decimals)?;
    let asked = info.unit.first();
    if unit.is_some_and(|unit| asked.is_some_and(|asked| asked != unit)) {
        return Err(Problem::WrongUnit { unit: info.unit.to_string() });
    }
    let decimals = info.decimals;
    within(info, Range::exactly(number), |figure| figure_text(figure, decimals))
}

fn within(
    info: &Fact,
    range: Range,
    show: impl Fn(i64) -> String,
) -> Result<Range, Problem> {
    let (low, high) = (info.range.lo, info.range.hi);
    if range.lo < low || range.hi > high {
        return Err(Problem::OutOfRange { low: show(low), high: show(high) });
    }
    Ok(range)
}

/// A figure as people write it: `16,500`, `3,300.50`, `0.6`.
#[must_use]
pub fn figure_text(figure: i64, decimals: u8) -> String {
    let mut made = String::with_capacity(24);
    put_figure(&mut made, figure, decimals);
    made
}

/// Writes a figure as people do.
pub(crate) fn put_figure(out: &mut String, figure: i64, decimals: u8) {
    let places = usize::from(decimals);
    // From the last digit to the first.
    let mut digits = [0_u8; 24];
    let mut left = figure.unsigned_abs();
    let mut count = 0_usize;
    for digit in &mut digits {
        if left == 0 && count > places {
            break;
        }
        *digit = u8::try_from(left.checked_rem(10).unwrap_or(0)).unwrap_or(0);
        left = left.checked_div(10).unwrap_or(0);
        count = count.saturating_add(1);
    }
    let (part, whole) = digits.split_at(places.min(digits.len()));
    let whole = whole.iter().take(count.saturating_sub(places)).enumerate().rev();
    if figure < 0 {
        out.push('-');
    }
    for (at, digit) in whole {
        out.push(char::from(b'0'.saturating_add(*digit)));
        if at > 0 && at.is_multiple_of(3) {
            out.push(',');
        }
    }
    // Fen are shown both or not at all.
    let Some(idle) = part.iter().position(|digit| *digit != 0) else { return };
    let idle = if decimals == 2 { 0 } else { idle };
    out.push('.');
    for digit in part.iter().skip(idle).rev() {
        out.push(char::from(b'0'.saturating_add(*digit)));
    }
}
