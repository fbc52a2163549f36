//! From formulas to gates: what is looked at comes first, a gate after what it hangs on.

use super::formula::{Formula, Number, options};
use super::pack::Layout;
use super::stage::{Joint, Node, Stage, Wire};
use super::sum::Sum;
use super::{Circuit, Look, RowCircuit, SUMS, Span, WORDS};
use crate::range::Range;

/// The circuit of a household in the making, and those of the rows of its lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Board {
    home: Stage,
    rows: Vec<Stage>,
    /// The gate of each criterion that fits, and whether it says the opposite.
    roots: Vec<Option<(Joint, bool)>>,
}

/// A board on which something is wired: where, in which layout, for whole households only.
struct Hand<'a> {
    board: &'a mut Board,
    layout: &'a mut Layout,
    list: Option<usize>,
    whole: bool,
}

impl Board {
    /// Wires one more criterion; none where it does not fit.
    pub(super) fn criterion(
        &mut self,
        layout: &mut Layout,
        met: &Formula,
        whole: bool,
    ) -> Option<()> {
        let mut hand = Hand { board: self, layout, list: None, whole };
        let root = hand.joint(met)?;
        self.roots.push(Some(root));
        let all = self.rows.iter().chain([&self.home]);
        all.map(Stage::len).all(|len| len <= 64).then_some(())
    }

    /// Leaves a criterion out.
    pub(super) fn skip(&mut self) {
        self.roots.push(None);
    }

    fn stage(&mut self, list: Option<usize>) -> Option<&mut Stage> {
        let Some(list) = list else { return Some(&mut self.home) };
        if self.rows.len() <= list {
            self.rows.resize_with(list.saturating_add(1), Stage::default);
        }
        self.rows.get_mut(list)
    }

    pub(super) fn finish(mut self, layout: &Layout) -> Circuit {
        self.rows.resize_with(layout.lists(), Stage::default);
        let (home, all) = (&self.home, self.home.len());
        let lists = self.rows.iter().enumerate();
        let lists = lists.map(|(at, stage)| {
            let masks = |holds| {
                let here = move |(list, wire): &&(usize, Wire)| {
                    *list == at && wire.holds == holds
                };
                let here = home.every.iter().filter(here);
                here.map(|(_, wire)| stage.bit(wire.node, stage.len())).collect()
            };
            RowCircuit {
                plain: stage.plain(layout.width(at)),
                width: layout.width(at),
                looks: stage.looks.iter().map(|(_, look)| *look).collect(),
                spans: stage.spans.clone().into(),
                gates: stage.gates(),
                terms: stage.terms(),
                missing: stage.missing.clone().into(),
                lacked: masks(true),
                had: masks(false),
            }
        });
        let looks = |word| {
            let here = home.looks.iter().filter(|(at, _)| *at == word);
            here.map(|(_, look)| *look).collect()
        };
        let mut starts = [0; SUMS];
        for (start, (sum, _)) in starts.iter_mut().zip(&home.sums) {
            *start = sum.start;
        }
        let (mut roots, mut turned, mut judged) = (Vec::new(), 0_u64, 0_u64);
        for root in self.roots.iter().rev() {
            let (joint, turn) = root.clone().unwrap_or_default();
            turned = turned.wrapping_shl(1) | u64::from(turn);
            judged = judged.wrapping_shl(1) | u64::from(root.is_some());
            roots.push(home.gate(&joint, all));
        }
        Circuit {
            lists: lists.collect(),
            looks: [looks(0), looks(1)],
            is_narrow: layout.is_narrow(),
            spans: home.spans.clone().into(),
            starts,
            terms: home.terms(),
            lie: home.sums.iter().map(|(_, range)| *range).collect(),
            gates: home.gates(),
            roots: roots.into(),
            turned,
            judged,
        }
    }
}

impl Hand<'_> {
    fn stage(&mut self) -> Option<&mut Stage> {
        self.board.stage(self.list)
    }

    /// What has to be so when a formula holds; or, turned, when it does not.
    fn joint(&mut self, formula: &Formula) -> Option<(Joint, bool)> {
        let (parts, turned) = match formula {
            Formula::Always(holds) => (Vec::new(), !holds),
            Formula::All(parts) => (parts.clone(), false),
            Formula::Any(parts) => {
                (parts.iter().map(|part| !part.clone()).collect(), true)
            }
            one => (vec![one.clone()], false),
        };
        let mut joint = Joint::default();
        for part in &parts {
            if self.whole
                && let Formula::Is(..) = part
            {
                let (word, look) = self.look(part)?;
                *joint.others.get_mut(word)? |= look.others;
            } else {
                joint.wires.push(self.wire(part)?);
            }
        }
        let wires = &joint.wires;
        let turns = |wire: &Wire| wires.contains(&Wire { holds: !wire.holds, ..*wire });
        if wires.iter().any(turns) {
            return None;
        }
        Some((joint, turned))
    }

    fn look(&mut self, formula: &Formula) -> Option<(usize, Look)> {
        let Formula::Is(fact, mask, of) = formula else { return None };
        let field = self.layout.field(self.list, *fact, *of)?;
        let others = (options(*of) & !mask).wrapping_shl(field.shift);
        Some((field.word, Look { others, these: mask.wrapping_shl(field.shift) }))
    }

    fn wire(&mut self, formula: &Formula) -> Option<Wire> {
        let (node, holds) = match formula {
            Formula::Within(Number::Fact(fact), range, holds) => {
                let column = self.layout.number(self.list, *fact)?;
                let at = add(&mut self.stage()?.spans, Span { column, range: *range });
                (Node::Span(at), *holds)
            }
            Formula::Within(Number::Sum(sum), range, holds) => {
                (Node::Sum(self.sum(sum, *range)?), *holds)
            }
            Formula::Every(entity, inner, holds) => {
                let list = self.layout.list(*entity);
                let wire = self.inside(list).wire(inner)?;
                (Node::Every(add(&mut self.board.home.every, (list, wire))), *holds)
            }
            Formula::Is(..) if !self.whole => {
                let look = self.look(formula)?;
                (Node::Look(add(&mut self.stage()?.looks, look)), true)
            }
            joint => {
                let (joint, turned) = self.joint(joint)?;
                match joint.wires.as_slice() {
                    [wire] if joint.others == [0; WORDS] => {
                        return Some(Wire { holds: wire.holds != turned, ..*wire });
                    }
                    _ => (Node::Gate(add(&mut self.stage()?.gates, joint)), !turned),
                }
            }
        };
        Some(Wire { node, holds })
    }

    fn inside(&mut self, list: usize) -> Hand<'_> {
        let Self { board, layout, whole, .. } = self;
        Hand { board, layout, list: Some(list), whole: *whole }
    }

    fn sum(&mut self, sum: &Sum, range: Range) -> Option<usize> {
        let sums = &mut self.board.home.sums;
        if let Some(at) =
            sums.iter().position(|known| (&known.0, known.1) == (sum, range))
        {
            return Some(at);
        }
        let at = Some(sums.len()).filter(|at| *at < SUMS)?;
        sums.push((sum.clone(), range));
        for (fact, times) in &sum.facts {
            let column = Some(self.layout.number(None, *fact)?);
            self.board.home.term(column, Joint::default(), (at, *times));
        }
        for (entity, part) in &sum.rows {
            let list = self.layout.list(*entity);
            let column = match part.fact {
                Some(fact) => Some(self.layout.number(Some(list), fact)?),
                None => None,
            };
            let mut inside = self.inside(list);
            let joint = match inside.joint(&part.only)? {
                (joint, false) => joint,
                (_, true) => {
                    Joint { wires: vec![inside.wire(&part.only)?], others: [0; WORDS] }
                }
            };
            inside.stage()?.term(column, joint, (at, part.times));
        }
        for (entity, range) in &sum.missing {
            let list = self.layout.list(*entity);
            self.board.stage(Some(list))?.missing.push((at, *range));
        }
        Some(at)
    }
}

/// The place of something in a list to which it is added if it is new.
fn add<T: PartialEq>(all: &mut Vec<T>, one: T) -> usize {
    all.iter().position(|known| *known == one).unwrap_or_else(|| {
        all.push(one);
        all.len().saturating_sub(1)
    })
}
