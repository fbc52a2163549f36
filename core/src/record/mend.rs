//! What JSON may hold and we may not: halves of characters, as JavaScript writes them,
//! and the one name that `serde_json`, by which others read records, keeps for itself.

use crate::json::Json;

/// An object that begins with this name is a number to `serde_json`, or an error.
const RESERVED: &str = "$serde_json::private::Number";

/// Renames the reserved name wherever it stands, so that what is written can be read.
pub(super) fn free_reserved(value: &mut Json) -> bool {
    let mut found = false;
    match value {
        Json::List(items) => {
            for item in items {
                found |= free_reserved(item);
            }
        }
        Json::Object(entries) => {
            if let Some(reserved) = entries.remove(RESERVED) {
                entries.insert(["_", RESERVED].concat(), reserved);
                found = true;
            }
            for (_, entry) in entries.iter_mut() {
                found |= free_reserved(entry);
            }
        }
        _ => {}
    }
    found
}

/// The text with every half of a character written `\ud800` replaced by `\ufffd`; none
/// when there is no such half. Nothing moves.
pub(super) fn without_halves(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some((before, escape)) = rest.split_once('\\') {
        mended.push_str(before);
        let pair = half(escape).filter(|unit| *unit < 0xdc00).and_then(|_| {
            let next = escape.get(5..)?.strip_prefix('\\')?;
            half(next).filter(|unit| *unit >= 0xdc00)
        });
        let taken = match (half(escape), pair) {
            (Some(_), None) => {
                found = true;
                mended.push_str("\\ufffd");
                rest = escape.get(5..).unwrap_or_default();
                continue;
            }
            (Some(_), Some(_)) => 11,
            (None, _) => escape.chars().next().map_or(0, char::len_utf8),
        };
        mended.push('\\');
        mended.push_str(escape.get(..taken).unwrap_or_default());
        rest = escape.get(taken..).unwrap_or_default();
    }
    mended.push_str(rest);
    found.then_some(mended)
}

/// The half of a character that an escape begins with, after its backslash.
fn half(escape: &str) -> Option<u32> {
    let digits = escape.strip_prefix('u')?.get(..4)?;
    let unit = u32::from_str_radix(digits, 16).ok()?;
    (0xd800..=0xdfff).contains(&unit).then_some(unit)
}
