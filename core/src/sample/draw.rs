//! One answer at a time: what stands where, before it is known what is asked.

use crate::dictionary::{Choice, Fact, FactRef, Kind};
use crate::range::Range;
use crate::read;

use super::dice::Dice;
use super::guide::{Bent, Guide};
use super::lean::Want;

/// How many times a figure is thrown again that is not on the side that is wanted.
const THROWS: usize = 8;
/// The longest life that is made up, and how far back other days lie; in days.
const LIFE: i64 = 32_800;
const LATELY: i64 = 1_100;
/// A range of no more figures than these is thrown evenly.
const SHORT: i64 = 16;

/// Who is answered for, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Who<'a> {
    /// The keys of each list.
    pub(super) keys: &'a [Vec<u32>],
    /// Which row of its list it is, from 0.
    pub(super) index: usize,
    /// What the criteria ask of the answer.
    pub(super) want: Option<Want>,
}

/// On which side of what is wanted an answer is to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Wanted,
    Any,
    Against,
}

impl Guide {
    /// An answer to a fact; none where it has no cell, or nobody is there to point to.
    pub(super) fn draw(
        &self,
        fact: FactRef,
        who: Who<'_>,
        dice: &mut Dice,
    ) -> Option<Range> {
        let bent = self.facts.get(fact.index())?;
        let info = self.applied.standard.dictionary.info(fact)?;
        let want = who.want;
        match info.kind {
            Kind::YesNo => {
                let yes = match want {
                    Some(want) => want.allows(1),
                    None => dice.once_in(2),
                };
                Some(Range::exactly(i64::from(yes)))
            }
            Kind::Choice { list } => {
                let list = self.applied.standard.dictionary.lists().get(list)?;
                option(&list.options, (info, want), who.index, dice)
            }
            Kind::Count | Kind::Money | Kind::Quantity => {
                Some(Range::exactly(number(bent, info, want, dice)))
            }
            Kind::Date => date(bent, info, self.applied.setting.check_date, dice),
            Kind::Row { of } => {
                let key = dice.of(who.keys.get(of.list()?)?)?;
                Some(Range::exactly(i64::from(key)))
            }
            Kind::Text | Kind::IdNumber => None,
        }
    }
}

/// An option: most of the time the one that a new row starts with, or the first.
///
/// A household is called after its first row and no other; its further rows mostly follow
/// the options in their order.
fn option(
    options: &[Choice],
    (info, want): (&Fact, Option<Want>),
    index: usize,
    dice: &mut Dice,
) -> Option<Range> {
    let wanted = |at: usize| {
        let at = i64::try_from(at).unwrap_or(i64::MAX);
        want.is_none_or(|want| want.allows(at))
    };
    let leads = options.iter().any(|option| option.leads);
    let fits = |(at, option): &(usize, &Choice)| {
        wanted(*at) && (!leads || option.leads == (index == 0))
    };
    let fitting: Vec<(usize, &Choice)> =
        options.iter().enumerate().filter(fits).collect();
    let usual = fitting.iter().find(|(at, option)| {
        if leads { *at == index } else { info.prefill.as_ref() == Some(&option.id) }
    });
    let usual = usual.or(fitting.first()).copied();
    let taken = if dice.once_in(3) { dice.of(&fitting) } else { usual };
    i64::try_from(taken?.0).ok().map(Range::exactly)
}

/// A figure: near one at which something turns, or as large as the standard's own.
fn number(bent: &Bent, info: &Fact, want: Option<Want>, dice: &mut Dice) -> i64 {
    let mut figure = info.range.lo;
    for _ in 0..THROWS {
        figure = thrown(bent, info, dice).clamp(info.range.lo, info.range.hi);
        if want.is_none_or(|want| want.allows(figure)) {
            break;
        }
    }
    figure
}

fn thrown(bent: &Bent, info: &Fact, dice: &mut Dice) -> i64 {
    let (lo, hi) = (info.range.lo, info.range.hi);
    if let Some(edge) = dice.of(&bent.edges) {
        if dice.once_in(2) {
            return edge.saturating_add(dice.within(Range::new(-1, 1)));
        }
        return dice.within(Range::new(lo, edge.saturating_mul(2)));
    }
    let span = hi.saturating_sub(lo);
    let unit = (0..info.decimals).fold(1_i64, |unit, _| unit.saturating_mul(10));
    if span.checked_div(unit).unwrap_or(0) <= SHORT {
        return dice.within(info.range);
    }
    let most = bent.scale.map_or(span >> 4, |scale| scale.saturating_mul(8).min(span));
    let most = most.checked_shr(u32::try_from(dice.below(6)).unwrap_or(0)).unwrap_or(0);
    lo.saturating_add(rounded(dice.within(Range::new(0, most)), unit))
}

/// As people say figures: no more than two digits that are not nought, no broken units.
fn rounded(figure: i64, unit: i64) -> i64 {
    let mut step = unit;
    while figure.checked_div(step).unwrap_or(0) >= 100 {
        step = step.saturating_mul(10);
    }
    figure.saturating_sub(figure.checked_rem(step).unwrap_or(0))
}

/// A day no later than that of the check: a birth anywhere in a life and often where an
/// age turns, sometimes of which only the year is known; else a day of late.
fn date(bent: &Bent, info: &Fact, today: i64, dice: &mut Dice) -> Option<Range> {
    let past = |back: i64| Range::new(today.saturating_sub(back), today);
    let edges: Vec<i64> =
        bent.edges.iter().copied().filter(|edge| *edge <= today).collect();
    let day = match dice.of(&edges) {
        Some(edge) if dice.once_in(3) => {
            edge.saturating_add(dice.within(Range::new(-1, 1)))
        }
        _ if bent.is_birth || info.from.is_some() => dice.within(past(LIFE)),
        _ => dice.within(past(LATELY)),
    };
    let day = day.min(today);
    if bent.is_birth && dice.once_in(40) {
        let year = read::date(read::date_text(day).get(..4)?).ok()?;
        return Some(if year.hi <= today { year } else { Range::exactly(day) });
    }
    Some(Range::exactly(day))
}
