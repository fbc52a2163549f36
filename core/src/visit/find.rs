//! What a visit finds: grounds, questions, changes, and the answers a verdict hangs on.

use std::rc::Rc;

use crate::ask::{Missing, Question};
use crate::cells::Cells;
use crate::depend::Seen;
use crate::dictionary::{EntityRef, FactRef, Kind};
use crate::explain::{Gather, Ground, Margin};
use crate::mend::{Change, Mend};
use crate::param::{Param, ParamValue, Status};
use crate::program::TestId;
use crate::range::Range;
use crate::record::Reason;
use crate::verdict::Verdict;

use super::{Found, Visit};
use crate::place::{At, Place};

/// 单项结果: what is found for one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which criterion, by place.
    pub criterion: usize,
    /// Its state.
    pub verdict: Verdict,
    /// Why.
    pub grounds: Vec<Ground>,
}

impl Finding {
    /// 差距: of the first ground that has one.
    #[must_use]
    pub fn margin(&self) -> Option<&Margin> {
        self.grounds.iter().find_map(|ground| ground.margin.as_ref())
    }
}

impl Visit {
    /// Why a criterion is in its state; found once, until an answer changes it.
    #[must_use]
    pub fn finding(&self, criterion: usize) -> Rc<Finding> {
        let mut findings = self.findings.borrow_mut();
        let Some(kept) = findings.get_mut(criterion) else {
            return Rc::new(self.find(criterion));
        };
        if let Some(found) = &kept.now {
            return Rc::clone(found);
        }
        let found = Rc::new(self.find(criterion));
        if let Some((before, changed)) = kept.before.take() {
            let program = &self.applied.standard.program;
            for ground in &found.grounds {
                let same = before.grounds.iter().find(|known| *known == ground);
                let same = same.filter(|known| !known.tells_of(program, &changed));
                if let Some(same) = same {
                    ground.kept.0.replace(same.kept.0.borrow().clone());
                }
            }
        }
        kept.now = Some(Rc::clone(&found));
        found
    }

    /// Forgets what was found for these criteria, but for sentences that stay true.
    pub(super) fn forget(&mut self, criteria: u64, facts: &[FactRef]) {
        for (kept, shift) in self.findings.get_mut().iter_mut().zip(0..) {
            let is_named = criteria.checked_shr(shift).unwrap_or(0) & 1 == 1;
            if !is_named {
                continue;
            }
            if let Some(found) = kept.now.take() {
                kept.before = Some((found, facts.to_vec()));
            } else if let Some((_, changed)) = &mut kept.before {
                changed.extend(facts);
            }
        }
    }

    /// Forgets everything that was found and said.
    pub(super) fn forget_all(&mut self) {
        self.findings.get_mut().fill(Found::default());
    }

    fn find(&self, criterion: usize) -> Finding {
        let verdict = self.verdicts.get(criterion).copied();
        let standard = &self.applied.standard;
        let mut gather = Gather::new(&standard.program);
        if let Some(found) = standard.criteria.get(criterion) {
            gather.test(self.view(), found.met, Place::HOUSEHOLD, false);
        }
        let verdict = verdict.unwrap_or(Verdict::Unknown);
        if verdict == Verdict::Unknown {
            self.leave_later_ones(&mut gather.grounds);
        }
        Finding { criterion, verdict, grounds: gather.grounds }
    }

    /// The parameters that a criterion looks at and on which offices may differ: of several
    /// readings in this year, or not read in a source; with the value that holds, if one does.
    #[must_use]
    pub fn doubtful(&self, criterion: usize) -> Vec<(&Param, Option<&ParamValue>)> {
        let standard = &self.applied.standard;
        let Some(found) = standard.criteria.get(criterion) else { return Vec::new() };
        let mut seen = Seen::default();
        seen.test(&standard.program, found.met);
        let (year, choices) = (self.year(), &self.record.choices);
        let params = seen.params.iter().filter_map(|at| standard.params.get(*at));
        let several = |param: &Param| param.readings(year).nth(1).is_some();
        params
            .map(|param| (param, param.holding(year, choices)))
            .filter(|(param, value)| {
                several(param)
                    || value.is_some_and(|value| value.status != Status::Sourced)
            })
            .collect()
    }

    /// What is not known and can change an undecided criterion: what applies and was not
    /// asked yet first, then the cheapest, then in the order of the form.
    #[must_use]
    pub fn questions(&self, criterion: usize) -> Vec<Question> {
        let standard = &self.applied.standard;
        let Some(found) = standard.criteria.get(criterion) else { return Vec::new() };
        let mut missing = Missing::new(&standard.program);
        missing.test(self.view(), found.met, &[Place::HOUSEHOLD]);
        let mut asked: Vec<Question> =
            missing.facts.into_iter().map(Question::Fact).collect();
        asked.extend(missing.lists.into_iter().map(Question::List));
        let params = missing.params.into_iter();
        let params = params.filter_map(|at| standard.params.get(at));
        asked.extend(params.map(|param| Question::Param(param.id.clone())));
        asked.sort_by_cached_key(|question| self.rank(question));
        asked
    }

    /// The question to ask next: of all that can change a verdict, the first.
    #[must_use]
    pub fn next_question(&self) -> Option<Question> {
        let undecided = self.verdicts.iter().enumerate();
        let undecided = undecided.filter(|(_, verdict)| !verdict.is_decided());
        let asked = undecided.flat_map(|(at, _)| self.questions(at));
        asked.min_by_key(|question| self.rank(question))
    }

    /// What is not asked yet is no ground while something that is asked is missing.
    fn leave_later_ones(&self, grounds: &mut Vec<Ground>) {
        let later = |ground: &Ground| {
            let slot = ground.answer(&self.applied.standard.program);
            let at = slot.map(|slot| {
                let place = if slot.depth == 0 { Place::HOUSEHOLD } else { ground.place };
                At { place, fact: slot.fact }
            });
            at.is_some_and(|at| self.applies(at) != Verdict::Met)
        };
        if !grounds.iter().all(later) {
            grounds.retain(|ground| !later(ground));
        }
    }

    fn rank(&self, question: &Question) -> (u8, u8, u8, (usize, u32, FactRef)) {
        match question {
            Question::Param(_) => (0, 0, 0, (0, 0, FactRef(0))),
            Question::Fact(at) => {
                let waits = match self.applies(*at) {
                    Verdict::Met => 0,
                    Verdict::Unknown => 1,
                    Verdict::NotMet => 2,
                };
                let asked = match self.reason(*at) {
                    None | Some(Reason::NotAsked) => 0,
                    Some(Reason::Conflict) => 1,
                    Some(Reason::DoesNotKnow) => 2,
                    Some(Reason::NotApplicable) => 3,
                    Some(Reason::Refused) => 4,
                };
                let cost =
                    self.dictionary().info(at.fact).map_or(u8::MAX, |info| info.cost);
                (asked, waits, cost, self.order(*at))
            }
            Question::List(list) => {
                // Asked when the rows that are there are filled in: after their facts.
                let rows = self.rows(*list).count();
                let cost = if rows == 0 { 1 } else { 2 };
                let topic = self.topic_of(*list);
                (0, 0, cost, (topic, u32::MAX, FactRef(u16::MAX)))
            }
        }
    }

    fn topic_of(&self, list: EntityRef) -> usize {
        let topics = self.dictionary().topics();
        topics.iter().position(|topic| topic.entity == list).unwrap_or(0)
    }

    /// The smallest sets of changes each of which would meet a criterion that is not met.
    #[must_use]
    pub fn changes(&self, criterion: usize) -> Vec<Vec<Change>> {
        let standard = &self.applied.standard;
        let Some(found) = standard.criteria.get(criterion) else { return Vec::new() };
        if self.verdicts.get(criterion) != Some(&Verdict::NotMet) {
            return Vec::new();
        }
        let mend = Mend {
            program: &standard.program,
            dictionary: &standard.dictionary,
            names: &standard.defines,
        };
        let mut sets = mend.reach(self.view(), found.met, &[Place::HOUSEHOLD], true);
        // A change may undo what held before: what does not do is not proposed, nor is
        // what would do with less.
        for set in &mut sets {
            self.leave_what_does_not_do(found.met, set);
        }
        sets.retain(|set| {
            let without = |left: usize| {
                let part = set.iter().enumerate().filter(|(at, _)| *at != left);
                part.map(|(_, change)| change).collect::<Vec<_>>()
            };
            let whole: Vec<&Change> = set.iter().collect();
            self.would_meet(found.met, &whole)
                && (0..set.len()).all(|at| !self.meets_surely(found.met, &without(at)))
        });
        sets
    }

    /// Of an answer that could be one of several, only those that would do.
    fn leave_what_does_not_do(&self, met: TestId, set: &mut [Change]) {
        for at in 0..set.len() {
            let Some(Change::Answer { at: answer, to }) = set.get(at) else { continue };
            let (answer, mut options) = (*answer, to.clone());
            options.retain(|option| {
                let mut tried = set.to_vec();
                if let Some(change) = tried.get_mut(at) {
                    *change = Change::Answer { at: answer, to: vec![option.clone()] };
                }
                self.would_meet(met, &tried.iter().collect::<Vec<_>>())
            });
            if let (Some(Change::Answer { to, .. }), false) =
                (set.get_mut(at), options.is_empty())
            {
                *to = options;
            }
        }
    }

    /// Whether a criterion would be met after these changes, as far as can be tried out.
    fn would_meet(&self, met: TestId, changes: &[&Change]) -> bool {
        match self.tried(changes) {
            Some(cells) => self.applied.view(&cells).test(met) == Verdict::Met,
            None => true,
        }
    }

    fn meets_surely(&self, met: TestId, changes: &[&Change]) -> bool {
        let tried = self.tried(changes);
        tried.is_some_and(|cells| self.applied.view(&cells).test(met) == Verdict::Met)
    }

    /// The cells after changes; none where a computed number would have to change, which
    /// many answers could do.
    fn tried(&self, changes: &[&Change]) -> Option<Cells> {
        let mut cells = self.cells.clone();
        for change in changes {
            match change {
                Change::Answer { at, to } => {
                    let info = self.dictionary().info(at.fact)?;
                    let to = to.first()?;
                    let place = match info.kind {
                        Kind::YesNo => i64::from(to == "yes"),
                        kind => {
                            i64::try_from(self.dictionary().option(kind, to)?).ok()?
                        }
                    };
                    let range = Range::exactly(place);
                    cells.put(self.dictionary(), at.fact, at.place.row, range);
                }
                Change::Number { at: Some(at), by, rise, .. } => {
                    let was = self.value(*at).known()?;
                    let by = if *rise { *by } else { by.saturating_neg() };
                    let range = Range::exactly(was.saturating_add(by));
                    cells.put(self.dictionary(), at.fact, at.place.row, range);
                }
                Change::Number { at: None, .. } | Change::Fill(_) => return None,
                Change::Complete(list) => {
                    let list = cells.list_mut(*list)?;
                    list.complete = list.beyond == 0;
                }
            }
        }
        Some(cells)
    }

    /// The single answers on which a met criterion hangs: were one of them otherwise, it
    /// would not be met.
    #[must_use]
    pub fn hangs(&self, criterion: usize) -> Vec<At> {
        let standard = &self.applied.standard;
        let Some(found) = standard.criteria.get(criterion) else { return Vec::new() };
        if self.verdicts.get(criterion) != Some(&Verdict::Met) {
            return Vec::new();
        }
        let mut seen = Seen::default();
        seen.test(&standard.program, found.met);
        let mut cells = self.cells.clone();
        let mut hangs = Vec::new();
        for fact in seen.facts {
            let Some(info) = self.dictionary().info(fact) else { continue };
            let rows: Vec<u32> = match info.entity.list() {
                None => vec![0],
                Some(at) => {
                    cells.lists.get(at).map_or_else(Vec::new, |list| list.keys.clone())
                }
            };
            for row in rows {
                let Some(was) = cells.get(self.dictionary(), fact, row) else { continue };
                if was.known().is_none() {
                    continue;
                }
                let mut judge = |range| {
                    cells.put(self.dictionary(), fact, row, range);
                    self.applied.view(&cells).test(found.met)
                };
                let overturned = some_other(&mut judge, info.range);
                cells.put(self.dictionary(), fact, row, was);
                if overturned {
                    let place = Place { entity: info.entity, row };
                    hangs.push(At { place, fact });
                }
            }
        }
        hangs.sort_by_key(|at| self.order(*at));
        hangs
    }
}

/// Whether an answer in the range would leave a criterion not met: halves the range as
/// long as that cannot be said of the whole of it.
fn some_other(judge: &mut impl FnMut(Range) -> Verdict, range: Range) -> bool {
    let mut open = vec![range];
    for _ in 0..MOST_TRIES {
        let Some(range) = open.pop() else { return false };
        match judge(range) {
            Verdict::Met => {}
            Verdict::NotMet => return true,
            Verdict::Unknown if range.known().is_some() => return true,
            Verdict::Unknown => {
                let half = range.hi.saturating_sub(range.lo).checked_div(2).unwrap_or(0);
                let middle = range.lo.saturating_add(half);
                open.push(Range::new(range.lo, middle));
                open.push(Range::new(middle.saturating_add(1), range.hi));
            }
        }
    }
    true
}

/// Enough to halve any range down to a few edges; beyond that it is said to hang.
const MOST_TRIES: usize = 512;
