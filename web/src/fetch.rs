//! What the form fetches when it is wanted: a language's words, the reader of standards.

use std::cell::RefCell;

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::session::{Edit, OwnStandard};
use crate::store::Store;

thread_local! {
    /// The page's own two functions: language → words; file, text, language → standard.
    static PAGE: RefCell<Option<(Function, Function)>> = const { RefCell::new(None) };
}

pub(crate) fn from_page(words: Function, standard: Function) {
    PAGE.with(|page| page.replace(Some((words, standard))));
}

/// Calls one of the page's functions; none where the page gave none.
async fn call(
    which: impl FnOnce(&(Function, Function)) -> &Function,
    given: &[&str],
) -> Result<JsValue, JsValue> {
    let function =
        PAGE.with(|page| page.borrow().as_ref().map(|page| which(page).clone()));
    let function = function.ok_or(JsValue::UNDEFINED)?;
    let given = given.iter().map(|text| JsValue::from_str(text)).collect();
    let promise: Promise = function.apply(&JsValue::UNDEFINED, &given)?.dyn_into()?;
    JsFuture::from(promise).await
}

/// Another language, its words fetched first where they are not here.
pub(crate) fn speak(store: &Store, language: String) {
    if store.read().speaks(&language) {
        return store.apply(Edit::Language(language));
    }
    let store = store.clone();
    spawn_local(async move {
        let edit = match words(&language).await {
            Some(words) => Edit::Words(language, words),
            None => Edit::Trouble(store.read().say("no_words")),
        };
        store.apply(edit);
    });
}

async fn words(language: &str) -> Option<String> {
    call(|(words, _)| words, &[language]).await.ok()?.as_string()
}

/// A standard from a file that somebody chose.
pub(crate) fn take_standard(store: &Store, file: String, text: String) {
    let store = store.clone();
    spawn_local(async move {
        let language = store.read().look().language.clone();
        let read = standard(&file, &text, &language).await;
        store.apply(match read {
            Ok(standard) => Edit::StandardFile(standard),
            Err(why) => {
                let why = why.unwrap_or_else(|| store.read().say("no_reader"));
                Edit::Trouble(why)
            }
        });
    });
}

/// The standard, or why it is none; nothing said where the reader could not be fetched.
async fn standard(
    file: &str,
    text: &str,
    language: &str,
) -> Result<OwnStandard, Option<String>> {
    let read = call(|(_, standard)| standard, &[file, text, language]).await;
    match read.map(JsCast::dyn_into::<Uint8Array>) {
        Ok(Ok(packed)) => {
            Ok(OwnStandard { packed: Some(packed.to_vec()), text: text.to_owned() })
        }
        Ok(Err(other)) => Err(other.as_string()),
        Err(_) => Err(None),
    }
}

/// Takes up looks and standards, with all that they need fetched first; what cannot be had
/// is left out.
pub(crate) async fn take_up(store: &Store, look: &str, standards: &str) {
    let wants = store.read().wants(look, standards);
    let mut own = Vec::new();
    for text in wants.standards {
        let read = standard("", &text, "").await;
        own.push(OwnStandard { packed: read.ok().and_then(|own| own.packed), text });
    }
    if let Some(language) = wants.language
        && let Some(words) = words(&language).await
    {
        store.apply(Edit::Words(language, words));
    }
    store.take_up(look, own);
}
