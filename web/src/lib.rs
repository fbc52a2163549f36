//! The boundary between the form and the page that shows it.

mod app;
mod bar;
mod browser;
mod button;
mod device;
mod facts;
mod fetch;
mod field;
mod home;
mod keep;
mod keeper;
mod live;
mod rest;
mod roster;
mod section;
pub mod session;
mod sheet;
mod start;
mod store;

use rest::Errand;
use store::Store;
use wasm_bindgen::prelude::*;

/// Draws the form into an element. The page gives three functions for what is
/// fetched only when it is wanted: `words(language)`, a promise of that language's words,
/// `standard(file, text, language)`, a promise of a standard made ready, or of the
/// sentence that says why it is none, and `work(module, what, …)`, a promise of `done` or of
/// a `refusal`; one that is called when the form is there; and what it keeps visits with.
///
/// # Errors
/// Where what ships is spoilt.
#[wasm_bindgen]
pub fn start(
    root: &web_sys::Element,
    words: js_sys::Function,
    standard: js_sys::Function,
    work: js_sys::Function,
    there: js_sys::Function,
    keep: keep::Keep,
) -> Result<(), JsError> {
    fetch::from_page(words, standard, work);
    start::start(root, there, keep).map_err(|why| JsError::new(&why))
}

/// Keeps what is not kept yet: the page is being left, or may be.
#[wasm_bindgen]
pub fn leave() {
    start::with(Store::keep_rest);
}

/// Tells the form how it stands with this device. `preparing`, `ready`, `failed` and
/// `cannot` say whether it opens without a network; `newer` and `install` come with what
/// their button does, and without it where there is nothing to offer.
#[wasm_bindgen]
pub fn device(what: &str, does: Option<js_sys::Function>) {
    start::with(|store| device::told(store, what, does));
}

/// Opens a record from its JSON.
///
/// # Errors
/// Where the text is no record, and before all of the form is there; what is on the screen
/// then stays.
#[wasm_bindgen]
pub fn load(record: &str) -> Result<(), JsError> {
    let loaded = start::with(|store| rest::load(store, record)).flatten();
    let loaded =
        loaded.unwrap_or_else(|| Err("the form is not all there yet".to_owned()));
    loaded.map_err(|why| JsError::new(&why))
}

/// Gives one answer, in the household (no list) or in a row by its key; empty text takes
/// it back. What that changed is told in words, or nothing where there is no such answer,
/// and before all of the form is there.
#[wasm_bindgen]
#[must_use]
pub fn answer(list: &str, row: u32, fact: &str, text: &str) -> Option<String> {
    start::with(|store| rest::answer(store, (list, row), fact, text)).flatten()
}

/// Asks for something by its name, once all of the form is there: `speak` another language,
/// or `merge` the record on the screen with another copy of it, given as its JSON.
#[wasm_bindgen]
pub fn ask(what: &str, text: &str) {
    start::with(|store| rest::run(store, Errand::Ask(what.to_owned(), text.to_owned())));
}

/// The record as it stands, as JSON.
#[wasm_bindgen]
#[must_use]
pub fn record() -> String {
    start::with(Store::record_text).unwrap_or_default()
}

/// What was found, as JSON.
#[wasm_bindgen]
#[must_use]
pub fn report() -> String {
    start::with(rest::report).flatten().unwrap_or_default()
}
