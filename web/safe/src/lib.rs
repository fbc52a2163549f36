//! The safe: files that only the right key or passphrase opens, PINs made dear to guess.
//!
//! Few visits need it and it is as large as half the form: a page fetches it when it is
//! first used, into a worker, because a passphrase takes a second of work.

mod open;
mod refusal;
mod seal;
mod stretch;

pub use open::{MOST_BYTES, MOST_WORK, open_by, open_with};
pub use refusal::Refusal;
pub use seal::{WORK, key_pair, recipient, seal_by, seal_to};
pub use stretch::stretch;

use wasm_bindgen::prelude::*;

/// What a page calls: a refusal is thrown as its key, the words of which are `sealed.<key>`.
type Answer<T> = Result<T, JsValue>;

fn thrown(refusal: Refusal) -> JsValue {
    refusal.key().into()
}

/// A file for whoever holds a secret key of these public keys, one a line.
///
/// # Errors
/// Where a line is no public key.
#[wasm_bindgen(js_name = sealTo)]
pub fn js_seal_to(recipients: &str, bytes: &[u8]) -> Answer<Vec<u8>> {
    seal_to(recipients, bytes).map_err(thrown)
}

/// A file for whoever knows the passphrase.
///
/// # Errors
/// Where it is too large.
#[wasm_bindgen(js_name = sealBy)]
pub fn js_seal_by(passphrase: &str, bytes: &[u8]) -> Answer<Vec<u8>> {
    seal_by(passphrase, bytes).map_err(thrown)
}

/// What is in a file, by one of the secret keys in a text.
///
/// # Errors
/// Every reason why the file stays closed.
#[wasm_bindgen(js_name = openWith)]
pub fn js_open_with(identities: &str, bytes: &[u8]) -> Answer<Vec<u8>> {
    open_with(identities, bytes).map_err(thrown)
}

/// What is in a file, by its passphrase.
///
/// # Errors
/// Every reason why the file stays closed.
#[wasm_bindgen(js_name = openBy)]
pub fn js_open_by(passphrase: &str, bytes: &[u8]) -> Answer<Vec<u8>> {
    open_by(passphrase, bytes).map_err(thrown)
}

/// A public key as it is written, found in what somebody typed or pasted.
///
/// # Errors
/// Where it is none.
#[wasm_bindgen(js_name = recipient)]
pub fn js_recipient(typed: &str) -> Answer<String> {
    recipient(typed).map_err(thrown)
}

/// A new pair of keys, as the text of a key file: the public one in a comment.
#[wasm_bindgen(js_name = keyPair)]
#[must_use]
pub fn js_key_pair() -> String {
    key_pair()
}

/// 32 bytes from a secret and a salt, at the price of that memory and these passes.
///
/// # Errors
/// Where the price or the salt is out of bounds.
#[wasm_bindgen(js_name = stretch)]
pub fn js_stretch(
    secret: &[u8],
    salt: &[u8],
    memory_kib: u32,
    passes: u32,
) -> Answer<Vec<u8>> {
    stretch(secret, salt, memory_kib, passes).map(Vec::from).map_err(thrown)
}
