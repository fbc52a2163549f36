//! Why a verdict is what it is: the conditions that make it so, and by how much.

use std::cell::RefCell;
use std::rc::Rc;

use crate::depend::Seen;
use crate::dictionary::{EntityRef, FactRef};
use crate::evaluate::View;
use crate::place::Place;
use crate::program::{Num, NumId, Program, Rows, Sign, Slot, Test, TestId};
use crate::range::Range;
use crate::unit::Unit;
use crate::verdict::Verdict;

/// 理由: one condition that makes a verdict what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// What it says for the verdict: met, not met, or unknown.
    pub verdict: Verdict,
    /// Whose answers it looks at.
    pub place: Place,
    /// How far a comparison is from tipping over.
    pub margin: Option<Margin>,
    pub(crate) said: Said,
    /// Whether the standard asks for the opposite.
    pub(crate) negated: bool,
    /// Its sentence, once it was said.
    pub(crate) kept: Kept,
}

/// A language and a sentence in it.
type InLanguage = (Rc<str>, Rc<str>);

/// A sentence that was said already; makes no difference between two grounds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept(pub(crate) RefCell<Option<InLanguage>>);

impl PartialEq for Kept {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Kept {}

impl Ground {
    /// Whether its sentence tells of one of these facts.
    pub(crate) fn tells_of(&self, program: &Program, facts: &[FactRef]) -> bool {
        let test = match &self.said {
            Said::Is(slot, _) => return facts.contains(&slot.fact),
            Said::Test(test) | Said::Every(_, test) => *test,
            Said::Open(_) | Said::Nobody(_) => return false,
        };
        let mut seen = Seen::default();
        seen.test(program, test);
        seen.facts.iter().any(|fact| facts.contains(fact))
    }

    /// The one answer that a ground is about, where it is about one.
    pub(crate) fn answer(&self, program: &Program) -> Option<Slot> {
        match &self.said {
            Said::Is(slot, _) => Some(*slot),
            Said::Test(test) => match program.test(*test)? {
                Test::Yes(slot) => Some(*slot),
                Test::Compare(_, left, _) | Test::Between(left, ..) => {
                    match program.num(*left)? {
                        Num::Fact(slot) => Some(*slot),
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// What a ground is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// A single condition.
    Test(TestId),
    /// A choice, and every option that would have done, a bit each.
    Is(Slot, u64),
    /// A list of which nobody said that it is all.
    Open(EntityRef),
    /// All the rows that are meant, and the condition that holds for each.
    Every(Vec<Place>, TestId),
    /// No row is meant.
    Nobody(EntityRef),
}

/// 差距: the smallest change of the compared number that turns the comparison over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// How much, in units of the last digit; more than nought.
    pub by: i64,
    /// Whether it must rise (or else fall).
    pub rise: bool,
    /// Its unit.
    pub unit: Unit,
    /// Digits after the point.
    pub decimals: u8,
    /// The heads it is for, where the line is one per head.
    pub heads: Option<i64>,
}

/// Gathers grounds on a walk down a condition.
pub(crate) struct Gather<'a> {
    pub(crate) grounds: Vec<Ground>,
    program: &'a Program,
}

/// How many grounds a finding holds at most; a sheet with more says nothing.
const MOST: usize = 96;

impl<'a> Gather<'a> {
    pub(crate) fn new(program: &'a Program) -> Self {
        Self { grounds: Vec::new(), program }
    }

    fn push(&mut self, said: Said, verdict: Verdict, place: Place, negated: bool) {
        let kept = Kept::default();
        let ground = Ground { verdict, place, margin: None, said, negated, kept };
        if self.grounds.len() < MOST && !self.grounds.contains(&ground) {
            self.grounds.push(ground);
        }
    }

    /// Whether a ground tells of this answer already: one answer, one sentence.
    fn says(&self, slot: Slot, verdict: Verdict, place: Place) -> bool {
        self.grounds.iter().any(|ground| {
            let same = match ground.said {
                Said::Is(known, _) => known == slot,
                Said::Test(test) => {
                    matches!(self.program.test(test), Some(Test::Yes(known)) if *known == slot)
                }
                _ => false,
            };
            same && ground.place == place && ground.verdict == verdict
        })
    }

    /// One sentence a choice, with every option that would have done.
    fn choice(
        &mut self,
        slot: Slot,
        mask: u64,
        verdict: Verdict,
        place: Place,
        negated: bool,
    ) {
        let same = self.grounds.iter_mut().find(|ground| {
            matches!(ground.said, Said::Is(known, _) if known == slot)
                && (ground.verdict, ground.place) == (verdict, place)
                && (ground.negated == negated || verdict == Verdict::Unknown)
        });
        match same.map(|ground| &mut ground.said) {
            Some(Said::Is(_, options)) => *options |= mask,
            _ => self.push(Said::Is(slot, mask), verdict, place, negated),
        }
    }

    /// The grounds of a condition, seen from a place; `negated` where the opposite is
    /// asked for.
    pub(crate) fn test(
        &mut self,
        view: View<'_>,
        id: TestId,
        place: Place,
        negated: bool,
    ) {
        let Some(test) = self.program.test(id) else { return };
        let own = view.test(id);
        let verdict = if negated { !own } else { own };
        match test {
            Test::Named(_, inner, home) => {
                let place = if *home { Place::HOUSEHOLD } else { place };
                self.test(view.home(*home), *inner, place, negated);
            }
            Test::Not(inner) => self.test(view, *inner, place, !negated),
            Test::All(tests) => self.several(view, tests, place, (own, negated), true),
            Test::Any(tests) => self.several(view, tests, place, (own, negated), false),
            Test::AtLeast(_, tests) => {
                for test in tests {
                    self.test(view, *test, place, negated);
                }
            }
            Test::If(condition, then, otherwise) => match view.test(*condition) {
                Verdict::Met => self.test(view, *then, place, negated),
                Verdict::NotMet => self.test(view, *otherwise, place, negated),
                Verdict::Unknown => {
                    self.test(view, *condition, place, false);
                    for branch in [then, otherwise] {
                        if view.test(*branch) == own {
                            self.test(view, *branch, place, negated);
                        }
                    }
                }
            },
            Test::Every(rows, holds) => {
                self.rows(view, *rows, *holds, (own, negated), true);
            }
            Test::Some(rows, holds) => {
                self.rows(view, *rows, *holds, (own, negated), false);
            }
            Test::IsParam(..) if verdict.is_decided() => {}
            Test::Is(slot, mask) => self.choice(*slot, *mask, verdict, place, negated),
            Test::Yes(slot) if self.says(*slot, verdict, place) => {}
            Test::Compare(sign, left, right) => {
                let margin = self.margin(view, *sign, *left, *right);
                self.push(Said::Test(id), verdict, place, negated);
                if let (Some(last), true) = (self.grounds.last_mut(), margin.is_some()) {
                    last.margin = margin;
                }
            }
            _ => self.push(Said::Test(id), verdict, place, negated),
        }
    }

    /// The parts that make an "all" or an "any" what it is: those that agree with it.
    fn several(
        &mut self,
        view: View<'_>,
        tests: &[TestId],
        place: Place,
        (own, negated): (Verdict, bool),
        all: bool,
    ) {
        // One part that holds is enough for an "any", one that fails for an "all".
        let one_is_enough = own == if all { Verdict::NotMet } else { Verdict::Met };
        for test in tests {
            if view.test(*test) != own {
                continue;
            }
            self.test(view, *test, place, negated);
            if one_is_enough && !all {
                return;
            }
        }
    }

    fn rows(
        &mut self,
        view: View<'_>,
        rows: Rows,
        holds: TestId,
        (own, negated): (Verdict, bool),
        every: bool,
    ) {
        let Some(list) = view.list(rows) else { return };
        let verdict = if negated { !own } else { own };
        let mut meant_rows = Vec::new();
        for (row, cells) in list.rows() {
            let place = Place { entity: rows.entity, row };
            let seen = view.at_row(row, cells);
            let meant = seen.meant(rows);
            if meant == Verdict::NotMet {
                continue;
            }
            let holding = seen.test(holds);
            let this = if every { (!meant).or(holding) } else { meant.and(holding) };
            meant_rows.push(place);
            if this != own || (every && own == Verdict::Met) {
                continue;
            }
            if meant == Verdict::Unknown
                && let Some(only) = rows.only
            {
                self.test(seen, only, place, false);
            }
            if holding != Verdict::Met || !every {
                self.test(seen, holds, place, negated);
            }
        }
        if list.spare() > 0 && own == Verdict::Unknown {
            let place = Place { entity: rows.entity, row: 0 };
            self.push(Said::Open(rows.entity), Verdict::Unknown, place, negated);
        }
        let place = Place::HOUSEHOLD;
        if every && own == Verdict::Met {
            if meant_rows.is_empty() {
                self.push(Said::Nobody(rows.entity), verdict, place, negated);
            } else {
                self.push(Said::Every(meant_rows, holds), verdict, place, negated);
            }
        } else if !every && own == Verdict::NotMet {
            self.push(Said::Nobody(rows.entity), verdict, place, negated);
        }
    }

    /// The margin of a comparison of two known numbers.
    fn margin(
        &self,
        view: View<'_>,
        sign: Sign,
        left: NumId,
        right: NumId,
    ) -> Option<Margin> {
        let (have, line) = (view.num(left).known()?, view.num(right).known()?);
        let measure = self.program.measure(left)?;
        if measure.is_date || sign == Sign::Equal {
            return None;
        }
        let (by, rise) = edge(sign, have, line);
        Some(Margin {
            by,
            rise,
            unit: measure.unit.clone(),
            decimals: measure.decimals,
            heads: self.heads(view, right),
        })
    }

    /// The heads in a line times heads.
    fn heads(&self, view: View<'_>, right: NumId) -> Option<i64> {
        let Some(Num::Times(one, other)) = self.program.num(right) else { return None };
        [*one, *other].into_iter().find_map(|num| {
            let measure = self.program.measure(num)?;
            let heads = view.num(num).known().filter(|heads| *heads > 0)?;
            let is_heads = measure.unit.first() == Some("person")
                && measure.unit.to_string() == "person";
            is_heads.then_some(heads)
        })
    }
}

/// The smallest change of the left side that turns a comparison over, and its direction.
fn edge(sign: Sign, have: i64, line: i64) -> (i64, bool) {
    let gap = have.abs_diff(line);
    let gap = i64::try_from(gap).unwrap_or(i64::MAX);
    let met = sign.compare(Range::exactly(have), Range::exactly(line)) == Verdict::Met;
    // On the line itself, `over` and `under` fail; `no_less` and `no_more` hold.
    let (rise, beyond) = match (sign, met) {
        (Sign::Over, true) => (false, 0),
        (Sign::Over, false) => (true, 1),
        (Sign::NoLess, true) => (false, 1),
        (Sign::NoLess, false) => (true, 0),
        (Sign::Under, true) => (true, 0),
        (Sign::Under, false) => (false, 1),
        (Sign::NoMore, true) => (true, 1),
        (Sign::NoMore | Sign::Equal, _) => (false, 0),
    };
    (gap.saturating_add(beyond), rise)
}
