//! Where two standards part (标准对比): the smallest household that they judge differently.

mod pair;
mod parts;
mod shrink;

use std::rc::Rc;

use crate::applied::Refusal;
use crate::record::Record;
use crate::sample::Sampler;
use crate::standard::Standard;
use crate::verdict::Verdict;

use pair::Pair;

/// How long to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// The most households that are tried.
    pub households: u64,
    /// Which ones.
    pub seed: u64,
}

/// Whether two standards differ (两份标准的差别), as far as is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// 判法相同: they are one text, or once the year and the readings are worked in they are
    /// one program.
    Same,
    /// None of so many households is judged differently; that says nothing of the rest.
    NotFound {
        /// How many.
        tried: u64,
    },
    /// One was found and made as small as can be.
    Found(Box<Parting>),
}

/// Criteria by id, with what is said of each.
pub type Said = Vec<(String, Verdict)>;

/// A household on which two standards part, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Parting {
    /// The household: without any one of its answers, rows or marks that a list is
    /// complete, they part there no longer.
    pub record: Record,
    /// What is judged differently; it was held fast while the household was made smaller.
    pub split: Split,
    /// What the one and the other say of the household.
    pub verdicts: (Verdict, Verdict),
    /// The criteria of both that are judged differently, by id.
    pub criteria: Vec<(String, (Verdict, Verdict))>,
    /// The criteria that only the one has, and that only the other has, with what it says.
    pub own: (Said, Said),
    /// How many households were tried.
    pub tried: u64,
}

/// What is judged differently (分歧).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// A criterion that both have, by id; the whole household where there is none.
    pub criterion: Option<String>,
    /// What the one and the other say.
    pub verdicts: (Verdict, Verdict),
}

impl Split {
    /// Whether the one says met where the other says not met.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.verdicts.0.is_decided() && self.verdicts.1.is_decided()
    }

    /// How telling it is: met against not met before anything unknown, then one criterion
    /// before the whole, as it needs the fewer answers.
    fn strength(&self) -> u8 {
        match (self.is_decided(), self.criterion.is_some()) {
            (false, false) => 1,
            (false, true) => 2,
            (true, false) => 3,
            (true, true) => STRONGEST,
        }
    }
}

const STRONGEST: u8 = 4;

/// Looks for the smallest household that two standards judge differently in the year, on
/// the day and under the readings of a record; each has its own default where none is
/// chosen.
///
/// Compared are the verdict of the whole, and every criterion that both have by id; a
/// criterion that only one has counts through the whole. Each reads the same answers with
/// its own facts: one that it does not know says nothing to it, and is blank.
/// Households come in turn from what decides in the one and in the other, and most from
/// where figures of theirs are not the same; each leaves blank what only the other asks.
/// A difference between met and not met is taken before one where either is unknown.
/// The smallest is one of which nothing more can be left out; another that is smaller may
/// exist.
///
/// # Errors
/// Where the year is outside the life of either, or the day is not a date.
pub fn differ(
    one: &Rc<Standard>,
    other: &Rc<Standard>,
    setting: &Record,
    effort: Effort,
) -> Result<Difference, Refusal> {
    let pair = Pair::new(one, other, setting)?;
    if pair.is_same() {
        return Ok(Difference::Same);
    }
    let mut samplers = (
        Sampler::like(one, setting, effort.seed)?,
        Sampler::like(other, setting, effort.seed)?,
    );
    Sampler::turn_apart(&mut samplers.0, &mut samplers.1);
    let (mut best, mut tried): (Option<(Split, Record)>, u64) = (None, 0);
    for number in 0..effort.households {
        let is_even = number.is_multiple_of(2);
        let sampler = if is_even { &samplers.0 } else { &samplers.1 };
        let record = sampler.household(number);
        tried = tried.saturating_add(1);
        let least = best.as_ref().map_or(0, |(split, _)| split.strength());
        let found = pair.split(&record).filter(|split| split.strength() > least);
        if let Some(split) = found {
            let enough = split.strength() == STRONGEST;
            best = Some((split, record));
            if enough {
                break;
            }
        }
    }
    let Some((split, record)) = best else {
        return Ok(Difference::NotFound { tried });
    };
    let record = Record { id: String::new(), standard: one.id.clone(), ..record };
    let record = shrink::shrunk(&pair, &split, record);
    Ok(Difference::Found(Box::new(pair.parting(record, split, tried))))
}
