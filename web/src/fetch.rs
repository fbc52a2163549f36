//! What the form fetches when it is wanted: a language's words, the reader of standards,
//! and what works beside the screen.

use std::cell::RefCell;

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::session::{Edit, OwnStandard};
use crate::store::Store;

thread_local! {
    /// The page's own functions.
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
}

struct Page {
    /// Language → words.
    words: Function,
    /// File, text, language → standard.
    standard: Function,
    /// Module, what, with what → what comes of it.
    work: Function,
}

pub(crate) fn from_page(words: Function, standard: Function, work: Function) {
    PAGE.with(|page| page.replace(Some(Page { words, standard, work })));
}

/// Calls one of the page's functions; none where the page gave none.
async fn call(
    which: fn(&Page) -> &Function,
    given: &[JsValue],
) -> Result<JsValue, JsValue> {
    let function =
        PAGE.with(|page| page.borrow().as_ref().map(|page| which(page).clone()));
    let function = function.ok_or(JsValue::UNDEFINED)?;
    let given = given.iter().collect();
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
    call(|page| &page.words, &[language.into()]).await.ok()?.as_string()
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
    let given = [file.into(), text.into(), language.into()];
    let read = call(|page| &page.standard, &given).await;
    match read.map(JsCast::dyn_into::<Uint8Array>) {
        Ok(Ok(packed)) => {
            Ok(OwnStandard { packed: Some(packed.to_vec()), text: text.to_owned() })
        }
        Ok(Err(other)) => Err(other.as_string()),
        Err(_) => Err(None),
    }
}

/// What comes of asking the safe, or the key of why nothing does: `sealed.<key>`.
pub(crate) async fn safe(what: &str, given: &[JsValue]) -> Result<JsValue, String> {
    work("safe", what, given).await
}

/// The same of the codes.
pub(crate) async fn codes(what: &str, given: &[JsValue]) -> Result<JsValue, String> {
    work("codes", what, given).await
}

/// What only the page around the form can do.
pub(crate) async fn page(what: &str) {
    drop(work("page", what, &[]).await);
}

async fn work(module: &str, what: &str, given: &[JsValue]) -> Result<JsValue, String> {
    let named = [module, what].map(JsValue::from_str);
    let given: Vec<JsValue> = named.into_iter().chain(given.iter().cloned()).collect();
    let told = call(|page| &page.work, &given).await;
    let part = |name: &str| {
        let told = told.as_ref().ok()?;
        js_sys::Reflect::get(told, &name.into()).ok().filter(|part| !part.is_undefined())
    };
    let refusal = || part("refusal").and_then(|refusal| refusal.as_string());
    part("done").ok_or_else(|| refusal().unwrap_or_else(|| "unavailable".to_owned()))
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
