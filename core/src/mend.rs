//! What would have to be otherwise for a criterion to be met: the smallest sets of changes.

use crate::ask::home_of;
use crate::dictionary::{Dictionary, EntityRef, Kind};
use crate::evaluate::View;
use crate::explain::Gather;
use crate::place::{At, Place};
use crate::program::{Num, Program, Rows, Sign, Slot, Test, TestId};
use crate::verdict::Verdict;

/// 需要的变化: one thing that would have to be otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// An answer would be one of these, as they stand in records.
    Answer {
        /// Whose, to what.
        at: At,
        /// `yes`, `no`, or options.
        to: Vec<String>,
    },
    /// A number would rise or fall by this much.
    Number {
        /// The answer, or none where the number is computed from many.
        at: Option<At>,
        /// The name of the computed number.
        quantity: Option<String>,
        /// How much, in units of its last digit; may be more than is known to be needed
        /// where answers are missing.
        by: i64,
        /// Up, or else down.
        rise: bool,
        /// Its unit.
        unit: String,
        /// Digits after the point.
        decimals: u8,
    },
    /// What is not known yet would be found to fit.
    Fill(At),
    /// It would be said that a list is all there is.
    Complete(EntityRef),
}

/// Sets of changes, the smallest first; each of them would do.
type Sets = Vec<Vec<Change>>;

/// No more ways than these, and none longer: a list nobody reads helps nobody.
const MOST_WAYS: usize = 6;
const LONGEST: usize = 12;

pub(crate) struct Mend<'a> {
    pub(crate) program: &'a Program,
    pub(crate) dictionary: &'a Dictionary,
    pub(crate) names: &'a [crate::standard::Named],
}

impl Mend<'_> {
    /// The ways to bring a condition to hold, or to fail; none where nothing can.
    pub(crate) fn reach(
        &self,
        view: View<'_>,
        id: TestId,
        places: &[Place],
        hold: bool,
    ) -> Sets {
        if view.test(id) == Verdict::from(hold) {
            return vec![Vec::new()];
        }
        let Some(test) = self.program.test(id) else { return Vec::new() };
        match test {
            Test::Named(_, inner, home) => {
                let places = home_of(places, *home);
                self.reach(view.home(*home), *inner, places, hold)
            }
            Test::Not(inner) => self.reach(view, *inner, places, !hold),
            Test::All(tests) if hold => self.together(view, tests, places, hold),
            Test::Any(tests) if !hold => self.together(view, tests, places, hold),
            Test::All(tests) | Test::Any(tests) => self.either(view, tests, places, hold),
            Test::If(condition, then, otherwise) => match view.test(*condition) {
                Verdict::Met => self.reach(view, *then, places, hold),
                Verdict::NotMet => self.reach(view, *otherwise, places, hold),
                Verdict::Unknown => {
                    self.together(view, &[*then, *otherwise], places, hold)
                }
            },
            Test::Yes(slot) => {
                let to = if hold { "yes" } else { "no" };
                self.answer(*slot, places, vec![to.to_owned()])
            }
            Test::Is(slot, mask) => {
                let options = self.options(*slot, if hold { *mask } else { !*mask });
                self.answer(*slot, places, options)
            }
            Test::Compare(sign, left, _) => {
                self.number(view, id, *sign, *left, places, hold)
            }
            Test::Every(rows, holds) if hold => {
                self.every_row(view, *rows, *holds, places)
            }
            Test::Always(_)
            | Test::Within(..)
            | Test::AtLeast(..)
            | Test::IsParam(..)
            | Test::Between(..)
            | Test::Every(..)
            | Test::Some(..)
            | Test::Same(_)
            | Test::Known(_) => Vec::new(),
        }
    }

    fn together(
        &self,
        view: View<'_>,
        tests: &[TestId],
        places: &[Place],
        hold: bool,
    ) -> Sets {
        let mut sets = vec![Vec::new()];
        for test in tests {
            sets = cross(&sets, &self.reach(view, *test, places, hold));
        }
        sets
    }

    fn either(
        &self,
        view: View<'_>,
        tests: &[TestId],
        places: &[Place],
        hold: bool,
    ) -> Sets {
        let ways = tests.iter().flat_map(|test| self.reach(view, *test, places, hold));
        smallest(ways.collect())
    }

    fn every_row(
        &self,
        view: View<'_>,
        rows: Rows,
        holds: TestId,
        places: &[Place],
    ) -> Sets {
        let Some(list) = view.list(rows) else { return Vec::new() };
        let mut sets = vec![Vec::new()];
        if list.spare() > 0 {
            sets = vec![vec![Change::Complete(rows.entity)]];
        }
        for (row, cells) in list.rows() {
            let own = view.at_row(row, cells);
            let meant = own.meant(rows);
            if (!meant).or(own.test(holds)) == Verdict::Met {
                continue;
            }
            let mut inside = places.to_vec();
            inside.push(Place { entity: rows.entity, row });
            let mut ways = self.reach(own, holds, &inside, true);
            if let (Some(only), Verdict::Unknown) = (rows.only, meant) {
                ways.extend(self.reach(own, only, &inside, false));
            }
            sets = cross(&sets, &smallest(ways));
        }
        sets
    }

    fn answer(&self, slot: Slot, places: &[Place], to: Vec<String>) -> Sets {
        let fixed = self.dictionary.info(slot.fact).is_none_or(|info| info.fixed);
        let place = places.get(usize::from(slot.depth)).copied();
        match place {
            Some(place) if !fixed && !to.is_empty() => {
                vec![vec![Change::Answer { at: At { place, fact: slot.fact }, to }]]
            }
            _ => Vec::new(),
        }
    }

    fn options(&self, slot: Slot, mask: u64) -> Vec<String> {
        let kind = self.dictionary.info(slot.fact).map(|info| info.kind);
        let Some(Kind::Choice { list }) = kind else { return Vec::new() };
        let Some(list) = self.dictionary.lists().get(list) else { return Vec::new() };
        let options = list.options.iter().zip(0_u32..);
        options
            .filter(|(option, at)| {
                let named = 1_u64.checked_shl(*at).is_some_and(|bit| mask & bit != 0);
                named && option.remedy
            })
            .map(|(option, _)| option.id.clone())
            .collect()
    }

    fn number(
        &self,
        view: View<'_>,
        id: TestId,
        sign: Sign,
        left: crate::program::NumId,
        places: &[Place],
        hold: bool,
    ) -> Sets {
        if let Some(Num::Fact(slot)) = self.program.num(left)
            && view.num(left).known().is_none()
        {
            let place = places.get(usize::from(slot.depth)).copied();
            let at = place.map(|place| At { place, fact: slot.fact });
            return at.map(|at| vec![vec![Change::Fill(at)]]).unwrap_or_default();
        }
        let mut gather = Gather::new(self.program);
        gather.test(view, id, Place::HOUSEHOLD, !hold);
        let margin = gather.grounds.pop().and_then(|ground| ground.margin);
        let Some(margin) = margin.filter(|_| sign != Sign::Equal) else {
            return Vec::new();
        };
        let (at, quantity) = match self.program.num(left) {
            Some(Num::Fact(slot)) => {
                let info = self.dictionary.info(slot.fact);
                if info.is_none_or(|info| info.fixed) {
                    return Vec::new();
                }
                // A figure that the question does not take is no way out.
                let by = if margin.rise { margin.by } else { margin.by.saturating_neg() };
                let then = view.cell(*slot).lo.saturating_add(by);
                if info.is_some_and(|info| then < info.range.lo || then > info.range.hi) {
                    return Vec::new();
                }
                let place = places.get(usize::from(slot.depth)).copied();
                (place.map(|place| At { place, fact: slot.fact }), None)
            }
            Some(Num::Named(name, _, _)) => {
                (None, self.names.get(*name).map(|named| named.id.clone()))
            }
            _ => (None, None),
        };
        if at.is_none() && quantity.is_none() {
            return Vec::new();
        }
        vec![vec![Change::Number {
            at,
            quantity,
            by: margin.by,
            rise: margin.rise,
            unit: margin.unit.to_string(),
            decimals: margin.decimals,
        }]]
    }
}

/// Every way of the one with every way of the other.
fn cross(ones: &Sets, others: &Sets) -> Sets {
    let mut made = Vec::new();
    for one in ones {
        for other in others {
            let mut both = one.clone();
            let agree = other.iter().all(|change| joins(&mut both, change));
            if agree && both.len() <= LONGEST {
                made.push(both);
            }
        }
    }
    smallest(made)
}

/// Adds a change to a set; false where the two ask for what cannot both be.
fn joins(set: &mut Vec<Change>, new: &Change) -> bool {
    for known in set.iter_mut() {
        match (known, new) {
            (Change::Answer { at, to }, Change::Answer { at: other, to: others })
                if at == other =>
            {
                to.retain(|option| others.contains(option));
                return !to.is_empty();
            }
            (
                Change::Number { at, quantity, by, rise, .. },
                Change::Number {
                    at: other, quantity: others, by: more, rise: up, ..
                },
            ) if (&*at, &*quantity) == (other, others) => {
                *by = (*by).max(*more);
                return rise == up;
            }
            (known, new) if known == new => return true,
            _ => {}
        }
    }
    set.push(new.clone());
    true
}

/// The shortest first, none that another is a part of.
pub(crate) fn smallest(mut sets: Sets) -> Sets {
    for set in &mut sets {
        set.sort_unstable();
    }
    sets.sort_by_key(Vec::len);
    let mut kept: Sets = Vec::new();
    for set in sets {
        let covered =
            kept.iter().any(|known| known.iter().all(|change| set.contains(change)));
        if !covered && kept.len() < MOST_WAYS {
            kept.push(set);
        }
    }
    kept
}
