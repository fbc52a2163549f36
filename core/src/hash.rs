//! The one way in which texts are named by what they say.

use sha2::{Digest, Sha256};

/// SHA-256 of a text as 64 small hex digits: of canonical JSON (keys sorted, nothing
/// between the tokens), the identity of what it says.
pub(crate) fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().fold(String::new(), |mut hex, byte| {
        for half in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
        hex
    })
}
