//! Two standards beside each other, and what they say of one household.

use std::rc::Rc;

use crate::applied::Refusal;
use crate::judge::Judge;
use crate::record::Record;
use crate::standard::Standard;
use crate::verdict::{States, Verdict};

use super::{Parting, Split};

/// Two standards in one setting.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) one: Judge,
    pub(super) other: Judge,
    /// The criteria that both have: the id, and the place in either.
    shared: Vec<(String, usize, usize)>,
}

impl Pair {
    pub(super) fn new(
        one: &Rc<Standard>,
        other: &Rc<Standard>,
        setting: &Record,
    ) -> Result<Self, Refusal> {
        let shared = one.criteria.iter().enumerate().filter_map(|(at, criterion)| {
            let there = other.criteria.iter().position(|two| two.id == criterion.id)?;
            Some((criterion.id.clone(), at, there))
        });
        let shared = shared.collect();
        let (one, other) = (Judge::new(one, setting)?, Judge::new(other, setting)?);
        Ok(Self { one, other, shared })
    }

    /// Whether no household can be judged differently, as far as can be proved.
    pub(super) fn is_same(&self) -> bool {
        let (one, other) = (self.one.standard(), self.other.standard());
        let one_text =
            one.hash == other.hash && one.dictionary.hash == other.dictionary.hash;
        one_text || self.one.is_same(&self.other)
    }

    fn states(&self, record: &Record) -> (States, States) {
        let decide = |judge: &Judge| judge.decide(&judge.household(record));
        (decide(&self.one), decide(&self.other))
    }

    fn whole(&self, (one, other): (States, States)) -> (Verdict, Verdict) {
        let criteria = |judge: &Judge| judge.standard().criteria.len();
        (one.whole(criteria(&self.one)), other.whole(criteria(&self.other)))
    }

    /// The most telling difference in what is said of a household.
    pub(super) fn split(&self, record: &Record) -> Option<Split> {
        let states = self.states(record);
        let criteria = self.shared.iter().map(|(id, here, there)| Split {
            criterion: Some(id.clone()),
            verdicts: (states.0.of(*here), states.1.of(*there)),
        });
        let whole = Split { criterion: None, verdicts: self.whole(states) };
        let splits = criteria.chain([whole]);
        let splits = splits.filter(|split| split.verdicts.0 != split.verdicts.1);
        // Of several alike the first, in the order of the standard.
        splits.reduce(
            |best, split| {
                if split.strength() > best.strength() { split } else { best }
            },
        )
    }

    /// What the one, or else the other, says of what is judged differently.
    pub(super) fn says(&self, record: &Record, split: &Split, is_one: bool) -> Verdict {
        let judge = if is_one { &self.one } else { &self.other };
        let states = judge.decide(&judge.household(record));
        let shared = self.shared.iter();
        let mut found = shared.filter(|(id, ..)| Some(id) == split.criterion.as_ref());
        match found.next() {
            Some((_, here, there)) => states.of(if is_one { *here } else { *there }),
            None => states.whole(judge.standard().criteria.len()),
        }
    }

    /// Whether a household is judged differently in just that way.
    pub(super) fn parts(&self, record: &Record, split: &Split) -> bool {
        let (one, other) = split.verdicts;
        self.says(record, split, true) == one && self.says(record, split, false) == other
    }

    /// All that is said of a household.
    pub(super) fn parting(&self, record: Record, split: Split, tried: u64) -> Parting {
        let states = self.states(&record);
        let criteria = self.shared.iter().map(|(id, here, there)| {
            (id.clone(), (states.0.of(*here), states.1.of(*there)))
        });
        let criteria = criteria.filter(|(_, (one, other))| one != other).collect();
        let own = |judge: &Judge, states: States| {
            let all = judge.standard().criteria.iter().enumerate();
            let own = all.filter(|(_, criterion)| {
                self.shared.iter().all(|(id, ..)| *id != criterion.id)
            });
            own.map(|(at, criterion)| (criterion.id.clone(), states.of(at))).collect()
        };
        let own = (own(&self.one, states.0), own(&self.other, states.1));
        let verdicts = self.whole(states);
        Parting { record, split, verdicts, criteria, own, tried }
    }
}
