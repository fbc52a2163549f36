//! The characters of a text: the ones that hide, and the ones with two widths.

use std::borrow::Cow;

use super::Problem;

/// Checks a text that is kept as written (文本): its length and its characters.
///
/// Newlines and tabs are kept; a length is counted in characters, not bytes.
///
/// # Errors
///
/// What a reader could not see or a sheet not hold: marks that turn the direction of
/// writing, control characters, more than `most` characters.
pub fn text(text: &str, most: usize) -> Result<(), Problem> {
    visible(text)?;
    match text.chars().nth(most) {
        Some(_) => Err(Problem::TooLong { most }),
        None => Ok(()),
    }
}

/// The same text in half width, trimmed, without the marks that come along in a paste.
pub(super) fn plain(text: &str) -> Result<Cow<'_, str>, Problem> {
    // As most are: nothing of it has another width, or is hidden.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(Cow::Borrowed(text.trim()));
    }
    visible(text)?;
    let half: String = text.chars().filter_map(half_width).collect();
    Ok(Cow::Owned(half.trim().to_owned()))
}

fn visible(text: &str) -> Result<(), Problem> {
    if text.chars().any(turns_direction) {
        return Err(Problem::BidiControls);
    }
    if text.chars().any(|char| char.is_control() && !matches!(char, '\n' | '\r' | '\t')) {
        return Err(Problem::ControlCharacters);
    }
    Ok(())
}

fn turns_direction(char: char) -> bool {
    matches!(
        char,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

/// ０ as 0, － as -, 。 as a point; none for what has no width at all.
fn half_width(char: char) -> Option<char> {
    match char {
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(char).checked_sub(0xfee0).and_then(char::from_u32)
        }
        '\u{3000}' => Some(' '),
        '。' | '｡' => Some('.'),
        '￥' => Some('¥'),
        '−' | '–' | '—' | '‐' | '‑' => Some('-'),
        '\u{200b}' | '\u{feff}' => None,
        _ => Some(char),
    }
}
