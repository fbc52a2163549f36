//! The conditions that look at one answer.

use crate::range::Range;
use crate::verdict::Verdict;

/// Whether a yes/no is yes.
#[inline]
pub(super) fn yes(cell: Range) -> Verdict {
    match (cell.lo, cell.hi) {
        (1, 1) => Verdict::Met,
        (0, 0) => Verdict::NotMet,
        _ => Verdict::Unknown,
    }
}

/// Whether a figure lies in a span.
#[inline]
pub(super) fn within(cell: Range, span: Range) -> Verdict {
    if cell.lo >= span.lo && cell.hi <= span.hi {
        Verdict::Met
    } else if cell.hi < span.lo || cell.lo > span.hi {
        Verdict::NotMet
    } else {
        Verdict::Unknown
    }
}

/// Whether a choice is one of those in the mask; the range holds places of options.
#[inline]
pub(super) fn is(cell: Range, mask: u64) -> Verdict {
    if cell.lo != cell.hi {
        return may_be(cell, mask);
    }
    let bit = u32::try_from(cell.lo).ok().and_then(|at| 1_u64.checked_shl(at));
    (bit.unwrap_or(0) & mask != 0).into()
}

/// The same of a choice that is not known.
#[inline(never)]
fn may_be(cell: Range, mask: u64) -> Verdict {
    let bit = |at: i64| u32::try_from(at).ok().and_then(|at| 1_u64.checked_shl(at));
    let (Some(low), Some(high)) = (bit(cell.lo), bit(cell.hi)) else {
        return Verdict::Unknown;
    };
    let can = high.wrapping_sub(low) | high;
    match (can & mask == can, can & mask == 0) {
        (true, _) => Verdict::Met,
        (_, true) => Verdict::NotMet,
        _ => Verdict::Unknown,
    }
}
