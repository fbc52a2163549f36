//! The reader of standards: text in, bytes out for a form that cannot read them itself.
//!
//! Reading and checking a standard takes as much code as judging by it, and few visits
//! need it: a page fetches this when somebody opens a file.

use ruhu_core::{Library, LoadError};
use wasm_bindgen::prelude::*;

/// A standard from its JSON, made ready; `file` is what the person calls it.
///
/// # Errors
/// Where it is not one: the sentence that says so, in that language.
#[wasm_bindgen]
pub fn read(file: &str, text: &str, language: &str) -> Result<Vec<u8>, JsError> {
    let library = Library::builtin().map_err(|error| JsError::new(&error.to_string()))?;
    let say = |mut error: LoadError| {
        file.clone_into(&mut error.file);
        JsError::new(&library.lang(language).say_error(&error))
    };
    let standard = library.read(text).map_err(say)?;
    Ok(library.pack_standard(&standard))
}
