//! Numbers as people type them, read exactly: digits in, an integer out, no float between.

use super::{Problem, text::plain};

/// The unit words that may follow a number, and the first word of the unit they name in
/// `core/facts`; a measure word for anything (个) names none.
const UNITS: &[(&str, &str)] = &[
    ("元", "yuan"),
    ("圆", "yuan"),
    ("块", "yuan"),
    ("块钱", "yuan"),
    ("人", "person"),
    ("口", "person"),
    ("口人", "person"),
    ("个人", "person"),
    ("岁", "year"),
    ("周岁", "year"),
    ("年", "year"),
    ("月", "month"),
    ("个月", "month"),
    ("天", "day"),
    ("日", "day"),
    ("小时", "h"),
    ("分钟", "min"),
    ("次", "time"),
    ("亩", "mu"),
    ("公顷", "ha"),
    ("平", "m2"),
    ("平米", "m2"),
    ("平方", "m2"),
    ("平方米", "m2"),
    ("㎡", "m2"),
    ("m²", "m2"),
    ("m2", "m2"),
    ("米", "m"),
    ("m", "m"),
    ("公里", "km"),
    ("千米", "km"),
    ("km", "km"),
    ("里", "li"),
    ("升", "L"),
    ("L", "L"),
    ("吨", "t"),
    ("公斤", "kg"),
    ("千克", "kg"),
    ("斤", "jin"),
    ("度", "kWh"),
    ("伏", "V"),
    ("V", "V"),
    ("头", "head"),
    ("只", "head"),
    ("个", ""),
    ("户", "household"),
];

/// A number as typed (数值), exact, times ten to the power of `decimals`.
///
/// Read: `1234.5`, `１，２３４．５`, `¥2万`, `1.5亿元`, `-3`, `3 亩`. A comma parts thousands or is
/// refused. Zeros beyond `decimals` are no loss and are read.
/// It is not checked against what is possible, nor in which unit it was typed:
/// that is [`measured`].
///
/// # Errors
///
/// Whatever would have to be guessed: `3万5`, `3,5`, `约30`, `三十`, `1e5`.
pub fn number(text: &str, decimals: u8) -> Result<i64, Problem> {
    measured(text, decimals).map(|(number, _)| number)
}

/// A number and the unit word that stands after it (数值和单位), as the first word of a
/// unit in `core/facts`: `3公里` is 3 `km`, and a question in `m` must refuse it.
///
/// # Errors
///
/// As [`number`].
pub fn measured(
    text: &str,
    decimals: u8,
) -> Result<(i64, Option<&'static str>), Problem> {
    let plain = plain(text)?;
    let (negative, yuan, rest) = signs(&plain);
    let after = rest.trim_start_matches(|char: char| {
        char.is_ascii_digit() || char == ',' || char == '.'
    });
    let digits = rest.strip_suffix(after).unwrap_or(rest);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if (whole.is_empty() && part.is_empty()) || part.bytes().any(|byte| byte == b'.') {
        return Err(Problem::NotANumber);
    }
    if part.bytes().any(|byte| byte == b',') || !is_grouped(whole) {
        return Err(Problem::Commas);
    }
    let (zeros, after) = myriads(after.trim_start());
    if zeros > 0 && after.starts_with(|char: char| char.is_ascii_digit()) {
        return Err(Problem::AfterMyriad);
    }
    let unit = unit(after, yuan)?;
    let shift = usize::from(decimals).saturating_add(zeros);
    let number = scaled(negative, whole, part.trim_end_matches('0'), shift);
    number.map(|number| (number, unit)).map_err(|problem| match problem {
        Problem::Decimals { .. } if decimals > 0 => Problem::Decimals { most: decimals },
        Problem::Decimals { .. } => Problem::NotWhole,
        other => other,
    })
}

/// A sign and a ¥, each at most once, in either order.
fn signs(text: &str) -> (bool, bool, &str) {
    let (mut negative, mut signed, mut yuan, mut rest) = (false, false, false, text);
    loop {
        let mut chars = rest.chars();
        match chars.next() {
            Some(sign @ ('-' | '+')) if !signed => {
                signed = true;
                negative = sign == '-';
            }
            Some('¥') if !yuan => yuan = true,
            _ => return (negative, yuan, rest),
        }
        rest = chars.as_str().trim_start();
    }
}

/// Whether commas, if any, part thousands: `1,234` and not `12,34` or `0,123`.
fn is_grouped(whole: &str) -> bool {
    let Some((first, others)) = whole.split_once(',') else {
        return true;
    };
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && others.split(',').all(|group| group.len() == 3)
}

/// The zeros that 万 or 亿 stand for, and what follows.
fn myriads(text: &str) -> (usize, &str) {
    for (word, zeros) in [("万", 4), ("萬", 4), ("亿", 8), ("億", 8)] {
        if let Some(after) = text.strip_prefix(word) {
            return (zeros, after.trim_start());
        }
    }
    (0, text)
}

fn unit(word: &str, yuan: bool) -> Result<Option<&'static str>, Problem> {
    let named = UNITS.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit);
    match (word, named) {
        ("", _) => Ok(yuan.then_some("yuan")),
        (_, Some("yuan")) => Ok(Some("yuan")),
        (_, Some(_)) if yuan => Err(Problem::NotANumber),
        (_, Some(unit)) => Ok((!unit.is_empty()).then_some(unit)),
        (_, None) => Err(Problem::NotANumber),
    }
}

/// The digits, moved to the left by `shift` places.
fn scaled(negative: bool, whole: &str, part: &str, shift: usize) -> Result<i64, Problem> {
    let Some(zeros) = shift.checked_sub(part.len()) else {
        return Err(Problem::Decimals { most: 0 });
    };
    let mut size = 0_u64;
    for digit in whole.chars().chain(part.chars()).filter_map(|char| char.to_digit(10)) {
        size = size
            .checked_mul(10)
            .and_then(|size| size.checked_add(digit.into()))
            .ok_or(Problem::TooBig)?;
    }
    for _ in 0..zeros {
        size = size.checked_mul(10).ok_or(Problem::TooBig)?;
    }
    let number = if negative {
        0_i64.checked_sub_unsigned(size)
    } else {
        i64::try_from(size).ok()
    };
    number.ok_or(Problem::TooBig)
}
