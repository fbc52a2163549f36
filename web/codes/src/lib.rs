//! A file as a chain of QR codes (二维码): one phone shows them, another reads them by its
//! camera or from photos, in any order. For a record where neither files nor a network go
//! from one to the other.

mod chain;
mod picture;
mod refusal;

pub use chain::{MOST, chain, join, missing, pack, unpack};
pub use picture::{draw, read};
pub use refusal::Refusal;

use wasm_bindgen::prelude::*;

/// What a page calls: a refusal is thrown as its key, the words of which are `sealed.<key>`.
type Answer<T> = Result<T, JsValue>;

fn thrown(refusal: Refusal) -> JsValue {
    refusal.key().into()
}

/// A text made small.
#[wasm_bindgen(js_name = pack)]
#[must_use]
pub fn js_pack(text: &[u8]) -> Vec<u8> {
    pack(text)
}

/// A text that was made small; any other as it is.
///
/// # Errors
/// Where it is spoilt or would be too large.
#[wasm_bindgen(js_name = unpack)]
pub fn js_unpack(bytes: &[u8]) -> Answer<Vec<u8>> {
    unpack(bytes).map_err(thrown)
}

/// The drawings of the codes of a file, in order: see [`draw`].
///
/// # Errors
/// Where the file is too large for a chain.
#[wasm_bindgen(js_name = show)]
pub fn js_show(file: &[u8]) -> Answer<Vec<String>> {
    let texts = chain(file).map_err(thrown)?;
    texts.iter().map(|text| draw(text).map_err(thrown)).collect()
}

/// The texts of the codes that are seen in a picture, given as its brightness.
#[wasm_bindgen(js_name = read)]
#[must_use]
pub fn js_read(brightness: &[u8], width: u32) -> Vec<String> {
    read(brightness, usize::try_from(width).unwrap_or_default())
}

/// How many codes there are, and the numbers of those that are still missing.
///
/// # Errors
/// Where one of the texts is none of the chain's.
#[wasm_bindgen(js_name = missing)]
#[expect(
    clippy::needless_pass_by_value,
    reason = "wasm-bindgen hands lists over as they are"
)]
pub fn js_missing(texts: Vec<String>) -> Answer<Vec<u8>> {
    missing(&texts).map_err(thrown)
}

/// The file of a whole chain.
///
/// # Errors
/// Where a code is missing or is none of the chain's.
#[wasm_bindgen(js_name = join)]
#[expect(
    clippy::needless_pass_by_value,
    reason = "wasm-bindgen hands lists over as they are"
)]
pub fn js_join(texts: Vec<String>) -> Answer<Vec<u8>> {
    join(&texts).map_err(thrown)
}
