//! What a standard makes of each fact in one year: where a verdict turns, and which way.

use std::rc::Rc;

use crate::applied::Applied;
use crate::cells::Cells;
use crate::depend::Seen;
use crate::dictionary::{FactRef, Kind};
use crate::param::ParamKind;
use crate::record::Choices;
use crate::standard::Standard;

use super::edges::Edges;
use super::lean::{Lean, Sum, Want};

/// How many ways to meet a criterion are told apart.
pub(super) const WAYS: usize = 4;

/// A standard in one setting, looked through for the making of households.
#[derive(Clone, Debug)]
pub(super) struct Guide {
    pub(super) applied: Applied,
    /// By fact.
    pub(super) facts: Vec<Bent>,
    pub(super) sums: Vec<Sum>,
    /// What each criterion looks at.
    pub(super) seen: Vec<Vec<FactRef>>,
    /// The facts of each entity in the order of their names, in which a record has them.
    pub(super) order: Vec<Vec<FactRef>>,
}

/// What is made of one fact.
#[derive(Clone, Debug, Default)]
pub(super) struct Bent {
    /// Figures at which something turns, inside the range of the fact.
    pub(super) edges: Vec<i64>,
    /// The first criterion that asks for something, and what, by the way that is gone.
    pub(super) wants: Option<(usize, [Option<Want>; WAYS])>,
    /// Whether an age is counted from it.
    pub(super) is_birth: bool,
    /// A figure of the standard in the same unit.
    pub(super) scale: Option<i64>,
    /// Whether it stays blank: what would lead to a person, long texts, and what somebody
    /// decides on his own account.
    pub(super) is_blank: bool,
    /// Whether any criterion looks at it.
    pub(super) decides: bool,
}

impl Bent {
    /// What a criterion asks on one of its ways; the first criterion stays.
    fn wanted(&mut self, criterion: usize, way: usize, want: Option<Want>) {
        let Some(want) = want else { return };
        let (of, wants) = self.wants.get_or_insert((criterion, [None; WAYS]));
        if let Some(kept) = wants.get_mut(way)
            && *of == criterion
        {
            *kept = Some(want);
        }
    }

    /// What is wanted where the criteria are met in these ways.
    pub(super) fn want(&self, ways: &[usize]) -> Option<Want> {
        let (criterion, wants) = self.wants?;
        wants.get(*ways.get(criterion)?).copied().flatten()
    }
}

impl Guide {
    pub(super) fn new(applied: Applied, choices: &Choices) -> Self {
        let standard = Rc::clone(&applied.standard);
        let blank = Cells::blank(&standard.dictionary);
        let edges = Edges::new(applied.view(&blank));
        let mut facts = plain(&applied, choices);
        turn(&mut facts, &standard, &edges);
        let (sums, seen) = lean(&mut facts, &standard, &edges);
        let order = standard.dictionary.entities().iter().map(|entity| {
            let mut facts = entity.facts.clone();
            facts
                .sort_by_key(|fact| standard.dictionary.info(*fact).map(|info| &info.id));
            facts
        });
        let order = order.collect();
        Self { applied, facts, sums, seen, order }
    }

    /// Looks only where a fact turns otherwise than under another standard, if anywhere.
    pub(super) fn keen_on(&mut self, other: &[(String, Vec<i64>)]) {
        let facts = self.applied.standard.dictionary.facts().iter();
        for (bent, info) in self.facts.iter_mut().zip(facts) {
            let there = other.iter().find(|(id, _)| *id == info.id);
            let there = there.map_or(&[][..], |(_, edges)| edges);
            let only = |edges: &[i64], others: &[i64]| -> Vec<i64> {
                edges.iter().copied().filter(|edge| !others.contains(edge)).collect()
            };
            let apart = [only(&bent.edges, there), only(there, &bent.edges)].concat();
            if !apart.is_empty() {
                bent.edges = apart;
            }
        }
    }

    /// Where each fact turns, by id.
    pub(super) fn edges(&self) -> Vec<(String, Vec<i64>)> {
        let facts = self.applied.standard.dictionary.facts().iter().zip(&self.facts);
        facts.map(|(info, bent)| (info.id.clone(), bent.edges.clone())).collect()
    }

    /// Whether a fact is a number.
    pub(super) fn is_number(&self, fact: FactRef) -> bool {
        let kind = self.applied.standard.dictionary.info(fact).map(|info| info.kind);
        matches!(kind, Some(Kind::Count | Kind::Money | Kind::Quantity))
    }
}

/// The facts as the dictionary has them, with figures of the year in the same unit.
fn plain(applied: &Applied, choices: &Choices) -> Vec<Bent> {
    let standard = &applied.standard;
    let facts = standard.dictionary.facts().iter().zip(0..);
    let plain = facts.map(|(info, at)| {
        let params = standard.params.iter().filter(|param| {
            (param.kind, param.decimals) == (ParamKind::Number, info.decimals)
                && param.unit.first() == info.unit.first()
        });
        let figures = params.map(|param| param.resolve(applied.setting.year, choices).hi);
        let mut others = standard.dictionary.facts().iter();
        let is_explained = others.any(|other| other.explains == Some(FactRef(at)));
        let leads_to_somebody = info.kind == Kind::IdNumber || info.mask.is_some();
        Bent {
            scale: figures.filter(|figure| *figure > 0).max(),
            is_blank: leads_to_somebody || info.multiple_lines || is_explained,
            ..Bent::default()
        }
    });
    plain.collect()
}

/// Adds where something turns.
fn turn(facts: &mut [Bent], standard: &Standard, edges: &Edges<'_>) {
    for (slot, edge, is_birth) in edges.all() {
        let Some(info) = standard.dictionary.info(slot.fact) else { continue };
        let Some(bent) = facts.get_mut(slot.fact.index()) else { continue };
        bent.is_birth |= is_birth;
        let tells = info.range.lo < edge && edge < info.range.hi;
        if tells && !bent.edges.contains(&edge) {
            bent.edges.push(edge);
        }
    }
}

/// Adds what the criteria ask for; the sums they compare, and what each looks at.
fn lean(
    facts: &mut [Bent],
    standard: &Standard,
    edges: &Edges<'_>,
) -> (Vec<Sum>, Vec<Vec<FactRef>>) {
    let (mut sums, mut seen) = (Vec::new(), Vec::new());
    for (at, criterion) in standard.criteria.iter().enumerate() {
        let mut looks = Seen::default();
        looks.test(&standard.program, criterion.met);
        for way in 0..WAYS {
            let mut lean = Lean::new(edges, way, facts.len());
            lean.test(criterion.met, Some(true), true);
            let (wants, compared) = lean.found();
            for (bent, want) in facts.iter_mut().zip(wants) {
                bent.wanted(at, way, want);
            }
            if way == 0 {
                sums.extend(compared);
            }
        }
        for fact in &looks.facts {
            if let Some(bent) = facts.get_mut(fact.index()) {
                bent.decides = true;
            }
        }
        seen.push(looks.facts);
    }
    (sums, seen)
}
