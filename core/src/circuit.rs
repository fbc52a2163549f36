//! A standard's criteria as a circuit: for counties, where households are judged by the
//! million and only the states are wanted.
//!
//! | of the program | in the circuit |
//! |---|---|
//! | a choice, a yes or no | a bit for each option that it can still be |
//! | "is one of these" | no bit is set among the others |
//! | "and", "or", "not" | a gate: these bits are set and those are not |
//! | every row, some row | the bits that some row had, and those that some row lacked |
//! | a comparison | the sum of its left side less its right, in a span |
//!
//! Each bit is kept twice: whether it is certain, and whether it may be. A household of
//! which all is known needs it once, and fewer gates: they look at the answers themselves.
//! Whatever fits no circuit is judged as the program says.

mod formula;
mod pack;
mod rail;
mod run;
mod stage;
mod sum;
mod wire;

use crate::dictionary::Dictionary;
use crate::fold::Folding;
use crate::program::TestId;
use crate::range::Range;
use crate::verdict::States;

pub(crate) use pack::Packed;

/// How many sums a circuit can hold.
const SUMS: usize = 8;
/// How many words of options a household has; a row has one.
const WORDS: usize = 2;

/// The criteria as circuits, and those that fit none.
#[derive(Clone, Debug)]
pub(crate) struct Circuits {
    layout: pack::Layout,
    /// For households of which all is known.
    whole: Circuit,
    /// For every household.
    partial: Circuit,
    /// What the program has to be asked for, and its bit.
    pub(crate) rest: Vec<(u64, TestId)>,
}

/// Gates in the order in which they are worked; each adds a bit to those before it.
#[derive(Clone, Debug, Default)]
struct Circuit {
    lists: Box<[RowCircuit]>,
    looks: [Box<[Look]>; WORDS],
    /// Whether the household has one word of options at most.
    is_narrow: bool,
    spans: Box<[Span]>,
    /// What each sum starts with, what the household adds, and where it has to lie.
    starts: [i64; SUMS],
    terms: Box<[Term]>,
    lie: Box<[Range]>,
    gates: Box<[Gate]>,
    /// A gate for each criterion, the last one first.
    roots: Box<[Gate]>,
    /// The criteria whose gate says the opposite, and those that are here at all.
    turned: u64,
    judged: u64,
}

/// The same for each row of a list.
#[derive(Clone, Debug, Default)]
struct RowCircuit {
    /// All that has to be done, where it is only this.
    plain: Option<Plain>,
    /// How many numbers a row has.
    width: usize,
    looks: Box<[Look]>,
    spans: Box<[Span]>,
    gates: Box<[Gate]>,
    terms: Box<[Term]>,
    /// What each row that may still be missing adds to a sum.
    missing: Box<[(usize, Range)]>,
    /// Conditions that every row meets: none lacked this bit.
    lacked: Box<[u64]>,
    /// Conditions that every row meets: none had this bit.
    had: Box<[u64]>,
}

/// Each number of a row is added to one sum so many times; where all is known, unless an
/// answer is one of others.
#[derive(Clone, Debug)]
struct Plain {
    sum: usize,
    parts: Box<[(u64, i64)]>,
}

/// The answer is one of some options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    /// Certain where it can be none of these.
    others: u64,
    /// Possible where it can be one of these.
    these: u64,
}

/// A number lies between two others, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    column: usize,
    range: Range,
}

/// Of these bits just those are set; and, where all is known, no answer is one of others.
#[derive(Clone, Copy, Debug)]
struct Gate {
    of: u64,
    set: u64,
    others: [u64; WORDS],
}

/// A number is added to sums, so many times to each, where a gate says so; without a
/// number, one is: that counts rows.
#[derive(Clone, Debug)]
struct Term {
    column: Option<usize>,
    gate: Gate,
    to: Box<[(usize, i64)]>,
}

impl Circuits {
    pub(crate) fn new(folding: &Folding, dictionary: &Dictionary) -> Self {
        let mut layout = pack::Layout::default();
        let (mut whole, mut partial) = (wire::Board::default(), wire::Board::default());
        let mut rest = Vec::new();
        for (at, root) in (0_u32..).zip(&folding.roots) {
            let kept = (layout.clone(), whole.clone(), partial.clone());
            let read = |whole| formula::read(&folding.program, dictionary, *root, whole);
            let wired = read(true).and_then(|known| {
                whole.criterion(&mut layout, &known, true)?;
                partial.criterion(&mut layout, &read(false)?, false)
            });
            if wired.is_none() {
                (layout, whole, partial) = kept;
                whole.skip();
                partial.skip();
                rest.push((1_u64.wrapping_shl(at), *root));
            }
        }
        let (whole, partial) = (whole.finish(&layout), partial.finish(&layout));
        Self { layout, whole, partial, rest }
    }

    /// The answers that are looked at.
    pub(crate) fn pack(
        &self,
        cells: &crate::cells::Cells,
        dictionary: &Dictionary,
    ) -> Packed {
        self.layout.pack(cells, dictionary)
    }

    /// The state of every criterion that fits a circuit.
    #[inline]
    pub(crate) fn judge(&self, household: &Packed) -> States {
        if household.is_whole {
            run::whole(&self.whole, household)
        } else {
            run::partial(&self.partial, household)
        }
    }
}
