//! What to ask next: the answers still missing that can change an undecided verdict.

use crate::dictionary::EntityRef;
use crate::evaluate::View;
use crate::place::{At, Place};
use crate::program::{Num, NumId, Program, Rows, Slot, Test, TestId};
use crate::verdict::Verdict;

/// 待问: something that is not known and can change a verdict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// The answer to a fact.
    Fact(At),
    /// Whether these are all the rows there are.
    List(EntityRef),
    /// Which reading of a parameter holds, by its name.
    Param(String),
}

/// Gathers what is missing on a walk down the undecided parts of a condition, in order
/// and each once.
pub(crate) struct Missing<'a> {
    program: &'a Program,
    pub(crate) facts: Vec<At>,
    pub(crate) lists: Vec<EntityRef>,
    pub(crate) params: Vec<usize>,
}

impl<'a> Missing<'a> {
    pub(crate) fn new(program: &'a Program) -> Self {
        Self { program, facts: Vec::new(), lists: Vec::new(), params: Vec::new() }
    }

    fn slot(&mut self, view: View<'_>, slot: Slot, places: &[Place]) {
        if view.cell(slot).known().is_none() {
            let place = places.get(usize::from(slot.depth)).copied();
            let place = place.unwrap_or(Place::HOUSEHOLD);
            put(&mut self.facts, At { place, fact: slot.fact });
        }
    }

    /// What can change this condition, seen from a place; nothing where it is decided.
    pub(crate) fn test(&mut self, view: View<'_>, id: TestId, places: &[Place]) {
        let Some(test) = self.program.test(id) else { return };
        if view.test(id).is_decided() {
            return;
        }
        match test {
            Test::All(tests) | Test::Any(tests) | Test::AtLeast(_, tests) => {
                for test in tests {
                    self.test(view, *test, places);
                }
            }
            Test::Not(inner) => self.test(view, *inner, places),
            Test::Named(_, inner, home) => {
                self.test(view.home(*home), *inner, home_of(places, *home));
            }
            Test::Yes(slot)
            | Test::Is(slot, _)
            | Test::Same(slot)
            | Test::Known(slot) => {
                self.slot(view, *slot, places);
            }
            Test::Always(_) => {}
            Test::Within(slot, _) => self.slot(view, *slot, places),
            Test::IsParam(at, _) => put(&mut self.params, *at),
            Test::Compare(_, left, right) => {
                self.num(view, *left, places);
                self.num(view, *right, places);
            }
            Test::Between(middle, low, high) => {
                for num in [middle, low, high] {
                    self.num(view, *num, places);
                }
            }
            Test::Every(rows, holds) => self.rows(view, *rows, places, |seen, own| {
                let meant = own.meant(*rows);
                // A row that is not meant, or for which it holds, asks nothing more.
                if (!meant).or(own.test(*holds)).is_decided() {
                    return;
                }
                seen.meant(own, *rows);
                seen.here(own, *holds);
            }),
            Test::Some(rows, holds) => self.rows(view, *rows, places, |seen, own| {
                if own.meant(*rows).and(own.test(*holds)).is_decided() {
                    return;
                }
                seen.meant(own, *rows);
                seen.here(own, *holds);
            }),
            Test::If(condition, then, otherwise) => {
                self.test(view, *condition, places);
                match view.test(*condition) {
                    Verdict::Met => self.test(view, *then, places),
                    Verdict::NotMet => self.test(view, *otherwise, places),
                    Verdict::Unknown => {
                        self.test(view, *then, places);
                        self.test(view, *otherwise, places);
                    }
                }
            }
        }
    }

    fn num(&mut self, view: View<'_>, id: NumId, places: &[Place]) {
        let Some(num) = self.program.num(id) else { return };
        if view.num(id).known().is_some() {
            return;
        }
        match num {
            Num::Const(_) | Num::CheckDate => {}
            Num::Fact(slot) => self.slot(view, *slot, places),
            Num::Param(at) => put(&mut self.params, *at),
            Num::Add(parts) => {
                for part in parts {
                    self.num(view, *part, places);
                }
            }
            Num::Less(one, other) | Num::Times(one, other) | Num::Age(one, other) => {
                self.num(view, *one, places);
                self.num(view, *other, places);
            }
            Num::Scaled(inner, _) => self.num(view, *inner, places),
            Num::Named(_, inner, home) => {
                self.num(view.home(*home), *inner, home_of(places, *home));
            }
            Num::Count(rows) => self.rows(view, *rows, places, |seen, own| {
                seen.meant(own, *rows);
            }),
            Num::Sum(rows, inner) | Num::Min(rows, inner) | Num::Max(rows, inner) => {
                // A row that adds nothing adds nothing whether it is meant or not.
                let is_sum = matches!(num, Num::Sum(..));
                self.rows(view, *rows, places, |seen, own| {
                    let nothing = is_sum && own.num(*inner).known() == Some(0);
                    if nothing || own.meant(*rows) == Verdict::NotMet {
                        return;
                    }
                    seen.meant(own, *rows);
                    let places = seen.places.clone();
                    seen.missing.num(own, *inner, &places);
                });
            }
            Num::If(condition, then, otherwise) => {
                self.test(view, *condition, places);
                match view.test(*condition) {
                    Verdict::Met => self.num(view, *then, places),
                    Verdict::NotMet => self.num(view, *otherwise, places),
                    Verdict::Unknown => {
                        self.num(view, *then, places);
                        self.num(view, *otherwise, places);
                    }
                }
            }
        }
    }

    fn rows(
        &mut self,
        view: View<'_>,
        rows: Rows,
        places: &[Place],
        mut each: impl FnMut(&mut InRow<'_, 'a>, View<'_>),
    ) {
        let Some(list) = view.list(rows) else { return };
        if list.spare() > 0 {
            put(&mut self.lists, rows.entity);
        }
        for (row, cells) in list.rows() {
            let mut inside = places.to_vec();
            inside.push(Place { entity: rows.entity, row });
            let mut seen = InRow { missing: self, places: inside };
            each(&mut seen, view.at_row(row, cells));
        }
    }
}

fn put<T: Ord>(known: &mut Vec<T>, one: T) {
    if let Err(at) = known.binary_search(&one) {
        known.insert(at, one);
    }
}

/// The places seen from the household as a whole, or from where one stands.
pub(crate) fn home_of(places: &[Place], home: bool) -> &[Place] {
    match places {
        [household, ..] if home => std::slice::from_ref(household),
        _ => places,
    }
}

/// A walk that stands in a row.
struct InRow<'m, 'a> {
    missing: &'m mut Missing<'a>,
    places: Vec<Place>,
}

impl InRow<'_, '_> {
    fn meant(&mut self, own: View<'_>, rows: Rows) {
        if let Some(only) = rows.only {
            self.missing.test(own, only, &self.places);
        }
    }

    fn here(&mut self, own: View<'_>, test: TestId) {
        self.missing.test(own, test, &self.places);
    }
}
