//! Citizen numbers and what they tell; whose they are, they do not.

use std::ops::Range;

use super::{Problem, date::exactly, text::plain};

/// A citizen's ID number (公民身份号码) that fits its own check character.
///
/// The first six digits are where it was first given, which says nothing about where
/// its owner lives.
///
/// Source: GB 11643-1999.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdNumber {
    /// 18 characters: digits, and perhaps an X at the end.
    pub text: String,
    /// The day of birth, in days since 1970-01-01.
    pub born: i64,
    /// Whether the sequence number is odd, which is a man's.
    pub male: bool,
}

/// The number of a disability certificate (残疾人证号): whose, of what kind, how severe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisabilityCertificate {
    /// Whose it is.
    pub id: IdNumber,
    /// 1 视力, 2 听力, 3 言语, 4 肢体, 5 智力, 6 精神, 7 多重.
    pub kind: u8,
    /// 1, the most severe, to 4.
    pub level: u8,
}

/// The weight of each digit before the check character.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character, by the sum's remainder.
const CHECKS: &str = "10X98765432";

/// Reads an ID number (身份证号); full width, a small x and spaces are put right.
///
/// # Errors
///
/// Says what does not fit, never what would: an ID number is looked up, not worked out.
pub fn id_number(text: &str) -> Result<IdNumber, Problem> {
    let text = compact(text)?;
    let body = text.strip_suffix('X').unwrap_or(&text);
    if !body.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::IdCharacters);
    }
    match text.len() {
        15 if body.len() == 15 => return Err(Problem::OldIdNumber),
        18 => {}
        count => return Err(Problem::IdLength { count }),
    }
    if text.chars().last() != check(&text) {
        return Err(Problem::IdCheck);
    }
    let part =
        |range: Range<usize>| text.get(range).and_then(|part| part.parse::<i64>().ok());
    let (Some(year), Some(month), Some(day), Some(sequence)) =
        (part(6..10), part(10..12), part(12..14), part(14..17))
    else {
        return Err(Problem::IdCharacters);
    };
    let born = exactly(year, month, day).map_err(|_| Problem::IdBirth)?;
    Ok(IdNumber { born, male: sequence % 2 == 1, text })
}

/// Reads a disability certificate's number (残疾人证号): an ID number, a kind, a level, and
/// B with a digit when it replaces a lost one.
///
/// # Errors
///
/// Those of [`id_number`], and an end that is no kind and level.
pub fn disability_certificate(text: &str) -> Result<DisabilityCertificate, Problem> {
    let text = compact(text)?;
    let count = text.chars().count();
    if count != 20 && count != 22 {
        return Err(Problem::CertificateLength { count });
    }
    let Some((id, end)) = text.split_at_checked(18) else {
        return Err(Problem::IdCharacters);
    };
    let id = id_number(id)?;
    let mut end = end.chars();
    let mut digit = |most| {
        let digit = end.next()?.to_digit(10)?;
        u8::try_from(digit).ok().filter(|digit| (1..=most).contains(digit))
    };
    let (Some(kind), Some(level)) = (digit(7), digit(4)) else {
        return Err(Problem::CertificateEnd);
    };
    let replaced = end.as_str();
    let fits = match replaced.strip_prefix('B') {
        Some(times) => times.bytes().all(|byte| byte.is_ascii_digit()),
        None => replaced.is_empty(),
    };
    if fits {
        Ok(DisabilityCertificate { id, kind, level })
    } else {
        Err(Problem::CertificateEnd)
    }
}

fn compact(text: &str) -> Result<String, Problem> {
    let mut text = plain(text)?.into_owned();
    text.retain(|char| !char.is_whitespace());
    text.make_ascii_uppercase();
    Ok(text)
}

fn check(text: &str) -> Option<char> {
    let digits = text.chars().filter_map(|char| char.to_digit(10));
    let sum = digits.zip(WEIGHTS).fold(0_u32, |sum, (digit, weight)| {
        sum.saturating_add(digit.saturating_mul(weight))
    });
    CHECKS.chars().nth(usize::try_from(sum % 11).ok()?)
}
