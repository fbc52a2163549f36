//! Numbers in plain digits as a pattern that knows both ends of a range.
//!
//! A pattern has no sense of size: the numbers under 640 are those of fewer digits,
//! `[0-9]{1,2}`, then `[1-5][0-9]{2}`, then `6[0-3][0-9]`. Nothing looks ahead, so that
//! every engine reads it.

use crate::range::Range;

/// The numbers of a range as they are typed, with no more decimals than are kept; zeros
/// beyond them are no loss. What is nearer to zero than the range is
/// [taken too](short_of).
pub(super) fn within(range: Range, decimals: u8) -> String {
    let positive = (range.hi >= 0).then(|| up_to(whole(range.hi, decimals), decimals));
    let negative = (range.lo < 0)
        .then(|| ["-", &up_to(whole(range.lo, decimals), decimals)].concat());
    let signs: Vec<String> = positive.into_iter().chain(negative).collect();
    ["(", &signs.join("|"), ")"].concat()
}

/// The numbers between zero and a range that does not begin there; none where there are
/// none.
pub(super) fn short_of(range: Range, decimals: u8) -> Option<String> {
    let (sign, end) = match range {
        Range { lo: 1.., .. } => ("", range.lo),
        Range { hi: ..0, .. } => ("-", range.hi),
        _ => return None,
    };
    let under = under(whole(end, decimals)).join("|");
    Some([sign, "0*(", &under, ")([.][0-9]*)?"].concat())
}

/// Ends of ranges are whole.
fn whole(end: i64, decimals: u8) -> u64 {
    let one = 10_u64.saturating_pow(decimals.into());
    end.unsigned_abs().checked_div(one).unwrap_or(0)
}

/// From zero to a whole number.
fn up_to(most: u64, decimals: u8) -> String {
    let under = under(most).join("|");
    let part = match decimals {
        0 => "([.]0*)?".to_owned(),
        most => ["([.][0-9]{0,", &most.to_string(), "}0*)?"].concat(),
    };
    let most = most.to_string();
    if under.is_empty() {
        return ["0*", &most, "([.]0*)?"].concat();
    }
    ["0*((", &under, ")", &part, "|", &most, "([.]0*)?)"].concat()
}

/// The whole numbers under one, by the first digit that is less than its own.
fn under(most: u64) -> Vec<String> {
    let digits = most.to_string();
    let fewer = digits.len().saturating_sub(1);
    let mut made = Vec::new();
    match fewer {
        0 => {}
        1 => made.push(any(1)),
        most => made.push(["[0-9]{1,", &most.to_string(), "}"].concat()),
    }
    for ((at, digit), after) in digits.char_indices().zip((0..=fewer).rev()) {
        // One that begins with 0 has fewer digits.
        let least = if at == 0 && fewer > 0 { '1' } else { '0' };
        let less = (least..digit).next_back();
        let Some((less, same)) = less.zip(digits.get(..at)) else { continue };
        made.push(format!("{same}[{least}-{less}]{}", any(after)));
    }
    made
}

fn any(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "[0-9]".to_owned(),
        more => ["[0-9]{", &more.to_string(), "}"].concat(),
    }
}
