//! The bits of a household or a row in the making, and where each comes to stand.

use super::sum::Sum;
use super::{Gate, Look, Plain, Span, Term, WORDS};
use crate::range::Range;

#[derive(Clone, Debug, Default)]
pub(super) struct Stage {
    /// That every row of a list has a bit.
    pub(super) every: Vec<(usize, Wire)>,
    pub(super) looks: Vec<(usize, Look)>,
    pub(super) sums: Vec<(Sum, Range)>,
    pub(super) spans: Vec<Span>,
    pub(super) gates: Vec<Joint>,
    pub(super) terms: Vec<Added>,
    pub(super) missing: Vec<(usize, Range)>,
}

/// A bit, as it is or turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wire {
    pub(super) node: Node,
    pub(super) holds: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Every(usize),
    Look(usize),
    Sum(usize),
    Span(usize),
    Gate(usize),
}

/// Several wires are set; and, where all is known, no answer is one of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Joint {
    pub(super) wires: Vec<Wire>,
    pub(super) others: [u64; WORDS],
}

/// What is added to sums where a joint says so.
#[derive(Clone, Debug)]
pub(super) struct Added {
    pub(super) column: Option<usize>,
    pub(super) only: Joint,
    pub(super) to: Vec<(usize, i64)>,
}

impl Stage {
    pub(super) fn len(&self) -> usize {
        self.before_gates().saturating_add(self.gates.len())
    }

    fn before_gates(&self) -> usize {
        let lens =
            [self.every.len(), self.looks.len(), self.sums.len(), self.spans.len()];
        lens.iter().sum()
    }

    /// The place of a bit: lists first, then words, sums, spans and gates.
    fn place(&self, node: Node) -> usize {
        let before = |parts: &[usize]| parts.iter().sum::<usize>();
        let (every, looks) = (self.every.len(), self.looks.len());
        match node {
            Node::Every(at) => {
                rank(self.every.iter().map(|(list, wire)| (*list, !wire.holds)), at)
            }
            Node::Look(at) => {
                before(&[every, rank(self.looks.iter().map(|(word, _)| *word), at)])
            }
            Node::Sum(at) => before(&[every, looks, at]),
            Node::Span(at) => before(&[every, looks, self.sums.len(), at]),
            Node::Gate(at) => before(&[self.before_gates(), at]),
        }
    }

    /// The bit when there are so many: each one pushes those before it up.
    pub(super) fn bit(&self, node: Node, all: usize) -> u64 {
        let below = all.saturating_sub(1).saturating_sub(self.place(node));
        u32::try_from(below).ok().and_then(|below| 1_u64.checked_shl(below)).unwrap_or(0)
    }

    pub(super) fn gate(&self, joint: &Joint, all: usize) -> Gate {
        let mut gate = Gate { of: 0, set: 0, others: joint.others };
        for wire in &joint.wires {
            let bit = self.bit(wire.node, all);
            gate.of |= bit;
            gate.set |= if wire.holds { bit } else { 0 };
        }
        gate
    }

    pub(super) fn gates(&self) -> Box<[Gate]> {
        let gates = (self.before_gates()..).zip(&self.gates);
        gates.map(|(all, joint)| self.gate(joint, all)).collect()
    }

    /// The terms, where there is one for each column, in order, and nothing else.
    pub(super) fn plain(&self, width: usize) -> Option<Plain> {
        let [(first, _)] = self.terms.first()?.to.as_slice() else { return None };
        let columns = self.terms.iter().map(|term| term.column);
        if self.len() > 0 || !columns.eq((0..width).map(Some)) {
            return None;
        }
        let parts = self.terms.iter().map(|term| match term.to.as_slice() {
            [(sum, times)] if sum == first => Some((term.only.others[0], *times)),
            _ => None,
        });
        Some(Plain { sum: *first, parts: parts.collect::<Option<_>>()? })
    }

    pub(super) fn terms(&self) -> Box<[Term]> {
        let all = self.len();
        let terms = self.terms.iter().map(|term| {
            let gate = self.gate(&term.only, all);
            Term { column: term.column, gate, to: term.to.clone().into() }
        });
        terms.collect()
    }

    pub(super) fn term(&mut self, column: Option<usize>, only: Joint, to: (usize, i64)) {
        let mut terms = self.terms.iter_mut();
        match terms.find(|term| (term.column, &term.only) == (column, &only)) {
            Some(known) => known.to.push(to),
            None => self.terms.push(Added { column, only, to: vec![to] }),
        }
    }
}

/// Where one of these comes when they are put in order.
fn rank<K: Ord>(keys: impl Iterator<Item = K> + Clone, at: usize) -> usize {
    let mine = keys.clone().nth(at).map(|key| (key, at));
    keys.zip(0..)
        .filter(|(key, other)| {
            mine.as_ref().is_some_and(|(own, at)| (key, other) < (own, at))
        })
        .count()
}
