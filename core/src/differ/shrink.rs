//! Makes a household as small as it can be while two standards part on it in the same way.

use crate::dictionary::{Dictionary, Fact, Kind};
use crate::enter;
use crate::read;
use crate::record::{Answer, Record};

use super::Split;
use super::pair::Pair;
use super::parts::{Owner, Part, answers, answers_mut, parts, without};

/// The same household without what can be left out, in the simplest figures.
///
/// Nothing more can be left out at the end; every step leaves something out or makes an
/// answer simpler, so there is an end.
pub(super) fn shrunk(pair: &Pair, split: &Split, mut record: Record) -> Record {
    loop {
        while leave_out(pair, split, &mut record) {}
        let gone = even_out(pair, split, &mut record);
        if !gone && !simplify(pair, split, &mut record) {
            return record;
        }
    }
}

/// Leaves out a row where another figure can make up for it; whether there was any.
fn even_out(pair: &Pair, split: &Split, record: &mut Record) -> bool {
    let rows = parts(record).into_iter().filter(|part| matches!(part, Part::Row(..)));
    for row in rows {
        let less = without(record, &row);
        for (owner, fact, _) in answers(&less) {
            if let Some(evened) = settled(pair, split, &less, (&owner, &fact)) {
                *record = evened;
                return true;
            }
        }
    }
    false
}

/// The household with another figure in one place, where that parts the two again: next to
/// where what either says turns.
fn settled(
    pair: &Pair,
    split: &Split,
    record: &Record,
    (owner, fact): (&Owner, &str),
) -> Option<Record> {
    let (_, info) = known(pair, fact)?;
    if !matches!(info.kind, Kind::Count | Kind::Money | Kind::Quantity) {
        return None;
    }
    let with = |figure: i64| {
        let mut other = record.clone();
        let text = figure_text(figure, info.decimals);
        answers_mut(&mut other, owner.as_ref())?
            .insert(fact.to_owned(), Answer::Known(text));
        Some(other)
    };
    for is_one in [true, false] {
        let says = |figure| with(figure).map(|record| pair.says(&record, split, is_one));
        let (mut low, mut high) = (info.range.lo, info.range.hi);
        let first = says(low)?;
        if first == says(high)? {
            continue;
        }
        while low.saturating_add(1) < high {
            let middle = low.saturating_add(high.saturating_sub(low) >> 1);
            if says(middle)? == first { low = middle } else { high = middle }
        }
        let near = [low, high].into_iter().filter_map(with);
        let evened = near.into_iter().find(|record| pair.parts(record, split));
        if evened.is_some() {
            return evened;
        }
    }
    None
}

/// A fact as one of the two dictionaries has it.
fn known<'a>(pair: &'a Pair, fact: &str) -> Option<(&'a Dictionary, &'a Fact)> {
    [&pair.one, &pair.other].into_iter().find_map(|judge| {
        let dictionary = &*judge.standard().dictionary;
        Some((dictionary, dictionary.info(dictionary.fact(fact)?)?))
    })
}

/// A figure as somebody would have typed it.
fn figure_text(figure: i64, decimals: u8) -> String {
    enter::figure_text(figure, decimals).replace(',', "")
}

/// Leaves out whatever is not needed; whether anything was.
fn leave_out(pair: &Pair, split: &Split, record: &mut Record) -> bool {
    let mut went = false;
    for part in parts(record) {
        // What stood in something that is gone by now is gone with it.
        let smaller = without(record, &part);
        if smaller != *record && pair.parts(&smaller, split) {
            *record = smaller;
            went = true;
        }
    }
    went
}

/// Puts a simpler answer in the place of one that is needed; whether there was any.
fn simplify(pair: &Pair, split: &Split, record: &mut Record) -> bool {
    let mut simpler = false;
    for (owner, fact, answer) in answers(record) {
        let Answer::Known(text) = &answer else { continue };
        let Some((dictionary, info)) = known(pair, &fact) else { continue };
        for text in candidates(dictionary, info, text) {
            let mut other = record.clone();
            let Some(answers) = answers_mut(&mut other, owner.as_ref()) else { continue };
            answers.insert(fact.clone(), Answer::Known(text));
            if pair.parts(&other, split) {
                *record = other;
                simpler = true;
                break;
            }
        }
    }
    simpler
}

/// Answers that are simpler than one, the simplest first.
fn candidates(dictionary: &Dictionary, info: &Fact, text: &str) -> Vec<String> {
    match info.kind {
        Kind::Count | Kind::Money | Kind::Quantity => {
            let Ok(figure) = read::number(text, info.decimals) else { return Vec::new() };
            let figures = rounder(figure).into_iter();
            let fits = |figure: &i64| (info.range.lo..=info.range.hi).contains(figure);
            let shown = figures.filter(fits);
            shown.map(|one| figure_text(one, info.decimals)).collect()
        }
        // The first day of the year, then that of the month.
        Kind::Date => {
            let firsts = [(4, "-01-01"), (7, "-01")].into_iter();
            let firsts =
                firsts.filter_map(|(end, rest)| Some([text.get(..end)?, rest].concat()));
            firsts.take_while(|first| first != text).collect()
        }
        Kind::Choice { list } => {
            let options = dictionary.lists().get(list).map(|list| &list.options);
            let options = options.into_iter().flatten().map(|option| option.id.clone());
            options.take_while(|option| option != text).collect()
        }
        Kind::YesNo | Kind::Row { .. } | Kind::Text | Kind::IdNumber => Vec::new(),
    }
}

/// Figures near another with fewer digits that are not nought, and nought itself.
fn rounder(figure: i64) -> Vec<i64> {
    let mut made = vec![0];
    let mut step = 10_i64;
    while step.saturating_div(10) <= figure.saturating_abs() {
        let down = figure.saturating_sub(figure.checked_rem(step).unwrap_or(0));
        made.extend([down, down.saturating_add(step)]);
        step = step.saturating_mul(10);
    }
    made.retain(|other| weight(*other) < weight(figure));
    made.sort_by_key(|other| weight(*other));
    made
}

/// How many digits it takes to say a figure, then how large it is.
fn weight(figure: i64) -> (usize, u64) {
    let size = figure.unsigned_abs();
    let text = size.to_string();
    (text.trim_end_matches('0').len(), size)
}
