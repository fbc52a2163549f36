//! A household on its way: all of it drawn, what is not asked taken out, and mended until
//! it comes out as it was meant to.

use crate::cells::Cells;
use crate::dictionary::{EntityRef, FactRef};
use crate::place::{At, Place};
use crate::range::Range;
use crate::record::Reason;
use crate::verdict::Verdict;

use super::dice::Dice;
use super::draw::{Side, Who};
use super::guide::{Guide, WAYS};
use super::lean::Sum;

/// How a household is meant to come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    /// Nothing that decides is missing, and nothing fails.
    Sound,
    /// A criterion fails, by its place, and perhaps others.
    Failing(usize),
    /// Some of it is not known, and nothing fails that is.
    Open,
}

/// What a mood does: how seldom an answer goes astray or is missing; 0 is never.
struct Odds {
    stray: usize,
    gap: usize,
    open_list: usize,
}

/// How many times what does not come out is drawn again.
const MENDS: usize = 40;
/// How many answers are tried for bringing a sum where it should be.
const TRIES: usize = 12;
/// The most rows of a list above the fewest there can be.
const MORE_ROWS: usize = 3;

pub(super) struct Draft<'a> {
    pub(super) guide: &'a Guide,
    pub(super) dice: Dice,
    mood: Mood,
    /// The way in which each criterion is met.
    ways: Vec<usize>,
    /// Every fact, asked or not.
    drawn: Cells,
    /// The keys of each list.
    pub(super) keys: Vec<Vec<u32>>,
    /// Answers that are missing, and why if anybody said.
    pub(super) gaps: Vec<(At, Option<Reason>)>,
}

impl Mood {
    fn thrown(criteria: usize, dice: &mut Dice) -> Self {
        match dice.below(10) {
            0..=3 => Self::Sound,
            4..=6 => Self::Failing(dice.below(criteria)),
            _ => Self::Open,
        }
    }

    fn odds(self) -> Odds {
        match self {
            Self::Sound => Odds { stray: 60, gap: 0, open_list: 0 },
            Self::Failing(_) => Odds { stray: 10, gap: 100, open_list: 20 },
            Self::Open => Odds { stray: 60, gap: 30, open_list: 6 },
        }
    }

    /// Whether a criterion is to be drawn again.
    fn minds(self, criterion: usize, verdict: Verdict) -> bool {
        match self {
            Self::Sound => verdict != Verdict::Met,
            Self::Failing(at) => criterion == at && verdict != Verdict::NotMet,
            Self::Open => verdict == Verdict::NotMet,
        }
    }
}

impl<'a> Draft<'a> {
    pub(super) fn new(guide: &'a Guide, mut dice: Dice) -> Self {
        let mood = Mood::thrown(guide.seen.len(), &mut dice);
        let dictionary = &guide.applied.standard.dictionary;
        let (mut drawn, mut keys, mut next) = (Cells::blank(dictionary), Vec::new(), 1..);
        for (entity, list) in dictionary.entities().iter().skip(1).zip(&mut drawn.lists) {
            let rows =
                entity.least.saturating_add(dice.below(MORE_ROWS.saturating_add(1)));
            let own: Vec<u32> = next.by_ref().take(rows.min(entity.most)).collect();
            for key in &own {
                list.insert(list.len(), *key);
            }
            list.complete = !dice.once_in(mood.odds().open_list);
            keys.push(own);
        }
        let ways = guide.seen.iter().map(|_| way(&mut dice)).collect();
        let gaps = Vec::new();
        let mut draft = Self { guide, dice, mood, ways, drawn, keys, gaps };
        for fact in guide.order.iter().flatten() {
            draft.answer(*fact, false);
        }
        for sum in &guide.sums {
            if !draft.dice.once_in(4) {
                draft.aim(sum);
            }
        }
        draft
    }

    /// The household as it is asked and answered, mended.
    pub(super) fn finish(&mut self) -> Cells {
        let mut shown = self.shown();
        for _ in 0..MENDS {
            let standard = &self.guide.applied.standard;
            let view = self.guide.applied.view(&shown);
            let met = standard.criteria.iter().map(|one| view.test(one.met));
            let wrong: Vec<usize> = met
                .enumerate()
                .filter_map(|(at, verdict)| self.mood.minds(at, verdict).then_some(at))
                .collect();
            if wrong.is_empty() {
                break;
            }
            for at in wrong {
                if let Some(kept) = self.ways.get_mut(at) {
                    *kept = way(&mut self.dice);
                }
                for fact in self.guide.seen.get(at).into_iter().flatten() {
                    self.answer(*fact, true);
                }
            }
            for sum in &self.guide.sums {
                self.aim(sum);
            }
            shown = self.shown();
        }
        shown
    }

    /// Draws a fact wherever it stands, for the first time or again.
    fn answer(&mut self, fact: FactRef, again: bool) {
        let dictionary = &self.guide.applied.standard.dictionary;
        let Some(info) = dictionary.info(fact) else { return };
        let Some(bent) = self.guide.facts.get(fact.index()) else { return };
        let mut odds = self.mood.odds();
        if bent.is_blank {
            return;
        }
        if !bent.decides && odds.gap == 0 {
            odds.gap = 40;
        }
        let rows = info.entity.list().and_then(|at| self.keys.get(at));
        for (index, row) in rows.map_or(&[0][..], |rows| rows).iter().enumerate() {
            let at = At { place: Place { entity: info.entity, row: *row }, fact };
            self.gaps.retain(|(known, _)| *known != at);
            let side = match self.mood {
                Mood::Failing(_) if again && !self.dice.once_in(3) => Side::Against,
                _ if self.dice.once_in(odds.stray) => Side::Any,
                _ => Side::Wanted,
            };
            let want = bent.want(&self.ways).and_then(|want| want.seen_from(side));
            let who = Who { keys: &self.keys, index, want };
            let mut cell = self.guide.draw(fact, who, &mut self.dice);
            if !again && self.dice.once_in(odds.gap) {
                cell = None;
                let reason = self.dice.of(&Reason::ALL);
                self.gaps.push((at, reason.filter(|_| !self.dice.once_in(2))));
            }
            self.drawn.put(dictionary, fact, *row, cell.unwrap_or(info.range));
        }
    }

    /// Without the answers to what is not asked: a condition that does not hold, or hangs
    /// on something that is not known, asks nothing.
    fn shown(&self) -> Cells {
        let standard = &self.guide.applied.standard;
        let mut cells = self.drawn.clone();
        let mut went = true;
        while went {
            went = false;
            for (fact, _) in &standard.program.whens {
                let Some(info) = standard.dictionary.info(*fact) else { continue };
                let rows = info.entity.list().and_then(|at| self.keys.get(at));
                for row in rows.map_or(&[0][..], |rows| rows) {
                    let place = Place { entity: info.entity, row: *row };
                    let known = cells.get(&standard.dictionary, *fact, *row);
                    if known != Some(info.range) && !self.is_asked(&cells, *fact, place) {
                        cells.put(&standard.dictionary, *fact, *row, info.range);
                        went = true;
                    }
                }
            }
        }
        cells
    }

    /// Whether a fact is asked there.
    pub(super) fn is_asked(&self, cells: &Cells, fact: FactRef, place: Place) -> bool {
        let applied = &self.guide.applied;
        let when = applied.links.whens.get(fact.index()).copied().flatten();
        let Some(when) = when else { return true };
        let view = applied.view(cells);
        if place.entity == EntityRef::HOUSEHOLD {
            return view.test(when) == Verdict::Met;
        }
        let Some(list) = cells.list(place.entity) else { return false };
        let row = list.index(place.row).map(|at| list.row(at));
        row.is_some_and(|row| view.at_row(place.row, row).test(when) == Verdict::Met)
    }

    /// Brings a sum to where its comparison turns, or thereabouts, by one of its answers.
    fn aim(&mut self, sum: &Sum) {
        let view = self.guide.applied.view(&self.drawn);
        let figures = view.num(sum.left).known().zip(view.num(sum.right).known());
        let Some((have, line)) = figures else { return };
        let mut aim = line;
        for _ in 0..TRIES {
            let off = if self.dice.once_in(3) {
                Range::new(-1, 1)
            } else {
                Range::new(line.checked_div(-3).unwrap_or(0), line)
            };
            aim = line.saturating_add(self.dice.within(off));
            let fits = |aim| sum.sign.compare(Range::exactly(aim), Range::exactly(line));
            if matches!(self.mood, Mood::Failing(_)) || fits(aim) == Verdict::Met {
                break;
            }
        }
        let need = aim.saturating_sub(have);
        for _ in 0..TRIES {
            if self.try_by(sum, need, aim) {
                return;
            }
        }
    }

    /// Whether one answer, chosen blindly, brings a sum to a figure when it is changed by
    /// as much, up or down; otherwise all is as it was.
    fn try_by(&mut self, sum: &Sum, need: i64, aim: i64) -> bool {
        let dictionary = &self.guide.applied.standard.dictionary;
        let fact = self.dice.of(&sum.facts).filter(|fact| self.guide.is_number(*fact));
        let Some((fact, info)) =
            fact.and_then(|fact| Some((fact, dictionary.info(fact)?)))
        else {
            return false;
        };
        let row = match info.entity.list() {
            None => Some(0),
            Some(list) => self.keys.get(list).and_then(|keys| self.dice.of(keys)),
        };
        let Some(row) = row else { return false };
        let was = self.drawn.get(dictionary, fact, row);
        let Some(figure) = was.and_then(Range::known) else { return false };
        for by in [need, need.saturating_neg()] {
            let then = Range::exactly(figure.saturating_add(by));
            if info.range.meet(then).is_none() {
                continue;
            }
            self.drawn.put(dictionary, fact, row, then);
            let view = self.guide.applied.view(&self.drawn);
            if view.num(sum.left).known() == Some(aim) {
                return true;
            }
        }
        self.drawn.put(dictionary, fact, row, Range::exactly(figure));
        false
    }
}

/// The first way most of the time.
fn way(dice: &mut Dice) -> usize {
    if dice.once_in(2) { dice.below(WAYS) } else { 0 }
}
