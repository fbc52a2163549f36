//! What is near to what can be seen, and what is not.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

/// How far around the screen is near; and how far is far, which is more: what is drawn may be
/// less high than the gap that it fills, and would be near and far by turns.
pub(super) const NEAR: &str = "800px 0px";
pub(super) const FAR: &str = "1600px 0px";

/// Watches elements for as long as it is held.
pub(super) struct Watching {
    observer: IntersectionObserver,
    _seen: Closure<dyn Fn(Array)>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Tells of elements whenever some of them come near or go; none where the browser cannot
/// tell.
pub(super) fn watched(
    elements: &[Element],
    margin: &str,
    tell: impl Fn(&mut dyn Iterator<Item = (Element, bool)>) + 'static,
) -> Option<Watching> {
    let seen = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        tell(&mut entries.iter().map(|entry| {
            let entry: IntersectionObserverEntry = entry.unchecked_into();
            (entry.target(), entry.is_intersecting())
        }));
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(margin);
    let callback = seen.as_ref().unchecked_ref();
    let observer = IntersectionObserver::new_with_options(callback, &options).ok()?;
    elements.iter().for_each(|element| observer.observe(element));
    Some(Watching { observer, _seen: seen })
}
