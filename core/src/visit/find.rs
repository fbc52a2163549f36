//! What a visit finds: grounds, questions, changes, and the answers a verdict hangs on.

use crate::ask::{Missing, Question};
use crate::depend::Seen;
use crate::dictionary::{EntityRef, FactRef, Kind};
use crate::explain::{Gather, Ground, Margin};
use crate::mend::{Change, Mend};
use crate::range::Range;
use crate::record::Reason;
use crate::verdict::Verdict;

use super::{At, Place, Visit};

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
    /// Why a criterion is in its state.
    #[must_use]
    pub fn finding(&self, criterion: usize) -> Finding {
        let verdict = self.verdicts.get(criterion).copied();
        let standard = &self.judge.standard;
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

    /// What is not known and can change an undecided criterion: what applies and was not
    /// asked yet first, then the cheapest, then in the order of the form.
    #[must_use]
    pub fn questions(&self, criterion: usize) -> Vec<Question> {
        let standard = &self.judge.standard;
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
            let slot = ground.answer(&self.judge.standard.program);
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
        let standard = &self.judge.standard;
        let Some(found) = standard.criteria.get(criterion) else { return Vec::new() };
        if self.verdicts.get(criterion) != Some(&Verdict::NotMet) {
            return Vec::new();
        }
        let mend = Mend {
            program: &standard.program,
            dictionary: &standard.dictionary,
            names: &standard.defines,
        };
        mend.reach(self.view(), found.met, &[Place::HOUSEHOLD], true)
    }

    /// The single answers on which a met criterion hangs: were one of them otherwise, it
    /// would not be met.
    #[must_use]
    pub fn hangs(&self, criterion: usize) -> Vec<At> {
        let standard = &self.judge.standard;
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
                let overturned = others(info.kind, info.range).any(|other| {
                    cells.put(self.dictionary(), fact, row, Range::exactly(other));
                    self.judge.view(&cells).test(found.met) != Verdict::Met
                });
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

/// What an answer could have been instead: every option, or the ends of a number's range.
fn others(kind: Kind, range: Range) -> impl Iterator<Item = i64> {
    let all = matches!(kind, Kind::YesNo | Kind::Choice { .. });
    let ends = [range.lo, range.hi];
    let options = if all { range.lo..=range.hi } else { 1..=0 };
    options.chain(ends)
}
