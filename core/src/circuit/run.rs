//! Runs a circuit over a household: no branch hangs on an answer.

use super::pack::Packed;
use super::rail::{Bits, Partial, Whole};
use super::{Circuit, RowCircuit, SUMS, Term};
use crate::range::Range;
use crate::verdict::States;

/// So many rows are worked side by side.
const ROWS: usize = 16;

/// A household of which all is known.
#[inline(never)]
pub(super) fn whole(circuit: &Circuit, household: &Packed) -> States {
    let [word, _] = household.words;
    let Whole(roots) = if circuit.is_narrow {
        run(circuit, household, [word])
    } else {
        run(circuit, household, household.words)
    };
    let met = roots ^ circuit.turned;
    States { met: met & circuit.judged, not_met: !met & circuit.judged }
}

/// Any household.
#[inline(never)]
pub(super) fn partial(circuit: &Circuit, household: &Packed) -> States {
    let Partial { sure, may } = run(circuit, household, household.words);
    let (turned, judged) = (circuit.turned, circuit.judged);
    let met = sure & !turned | !may & turned;
    let not_met = !may & !turned | sure & turned;
    States { met: met & judged, not_met: not_met & judged }
}

/// The bits of the criteria, the first one lowest.
#[inline(always)]
fn run<B: Bits, const W: usize>(
    circuit: &Circuit,
    household: &Packed,
    words: [u64; W],
) -> B {
    let mut bits = B::default();
    let mut sums = circuit.starts.map(|start| B::number(Range::exactly(start)));
    for (plan, list) in circuit.lists.iter().zip(&household.lists) {
        if let Some(plain) = &plan.plain {
            let mut part = B::number(Range::ZERO);
            let mut numbers = list.numbers.iter();
            for word in &list.words {
                for ((others, times), number) in plain.parts.iter().zip(&mut numbers) {
                    let number = B::unless(*word, *others, B::number(*number));
                    part = B::plus(part, B::times(number, *times));
                }
            }
            if let Some(sum) = sums.get_mut(plain.sum) {
                *sum = B::plus(*sum, part);
            }
        } else {
            let (mut numbers, mut seen) = (&*list.numbers, (B::default(), B::default()));
            for words in list.words.chunks(ROWS) {
                seen = rows(plan, words, numbers, (&mut sums, seen));
                let next = plan.width.wrapping_mul(ROWS);
                numbers = numbers.get(next..).unwrap_or_default();
            }
            let (mut had, mut lacked) = seen;
            if list.spare > 0 {
                (had, lacked) = (had.unfinished(), lacked.unfinished());
            }
            for mask in &plan.lacked {
                bits = bits.none(lacked, *mask);
            }
            for mask in &plan.had {
                bits = bits.none(had, *mask);
            }
        }
        if list.spare > 0 {
            for (sum, row) in &plan.missing {
                if let Some(sum) = sums.get_mut(*sum) {
                    *sum = B::plus(*sum, B::times(B::number(*row), list.spare));
                }
            }
        }
    }
    for (looks, word) in circuit.looks.iter().zip(words) {
        for look in looks {
            bits = bits.look(word, *look);
        }
    }
    for term in &circuit.terms {
        let number = term.column.and_then(|column| household.numbers.get(column));
        let number = number.copied().unwrap_or(Range::ZERO);
        add::<B>(&mut sums, term, B::number(number));
    }
    for (range, sum) in circuit.lie.iter().zip(sums) {
        bits = bits.within(sum, *range);
    }
    for span in &circuit.spans {
        let number = household.numbers.get(span.column).copied().unwrap_or(Range::ZERO);
        bits = bits.within(B::number(number), span.range);
    }
    for gate in &circuit.gates {
        bits = bits.gate(bits, words, gate);
    }
    let mut roots = B::default();
    for gate in &circuit.roots {
        roots = roots.gate(bits, words, gate);
    }
    roots
}

/// Some rows of a list: what they add to the sums, and the bits that one of them, or of
/// those before, had or lacked.
#[inline(never)]
fn rows<B: Bits>(
    plan: &RowCircuit,
    words: &[u64],
    numbers: &[Range],
    (sums, (mut had, mut lacked)): (&mut [B::Number; SUMS], (B, B)),
) -> (B, B) {
    let mut all = [B::default(); ROWS];
    let number = |row: usize, column: usize| {
        let at = row.wrapping_mul(plan.width).wrapping_add(column);
        B::number(numbers.get(at).copied().unwrap_or(Range::ZERO))
    };
    for look in &plan.looks {
        for (bits, word) in all.iter_mut().zip(words) {
            *bits = bits.look(*word, *look);
        }
    }
    for span in &plan.spans {
        for (row, (bits, _)) in all.iter_mut().zip(words).enumerate() {
            *bits = bits.within(number(row, span.column), span.range);
        }
    }
    for gate in &plan.gates {
        for (bits, word) in all.iter_mut().zip(words) {
            *bits = bits.gate(*bits, [*word], gate);
        }
    }
    for (bits, _) in all.iter().zip(words) {
        (had, lacked) = (had.had(*bits), lacked.lacked(*bits));
    }
    for term in &plan.terms {
        let mut part = B::number(Range::ZERO);
        for (row, (bits, word)) in all.iter().zip(words).enumerate() {
            let number = match term.column {
                Some(column) => number(row, column),
                None => B::number(Range::exactly(1)),
            };
            part = B::plus(part, bits.under([*word], &term.gate, number));
        }
        add::<B>(sums, term, part);
    }
    (had, lacked)
}

#[inline(always)]
fn add<B: Bits>(sums: &mut [B::Number; SUMS], term: &Term, number: B::Number) {
    for (sum, times) in &term.to {
        if let Some(sum) = sums.get_mut(*sum) {
            *sum = B::plus(*sum, B::times(number, *times));
        }
    }
}
