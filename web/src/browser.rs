//! What is asked of the browser itself: focus, files, paper, the date.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlElement, HtmlInputElement,
    HtmlSelectElement, ScrollIntoViewOptions, ScrollLogicalPosition, Url,
};

/// Focuses an element of the form by its id, or the first control inside it.
pub(crate) fn focus(root: &Element, id: &str) {
    let Some(found) = root.query_selector(&["#", id].concat()).ok().flatten() else {
        return;
    };
    let inner = || found.query_selector("button,input,select,textarea").ok().flatten();
    let is_group = found.get_attribute("role").as_deref() == Some("group");
    let target = if is_group { inner() } else { None }.unwrap_or_else(|| found.clone());
    if id == "page-title" {
        let here = root.query_selector(".jump[aria-current]").ok().flatten();
        if let Some(here) = here {
            let options = ScrollIntoViewOptions::new();
            options.set_inline(ScrollLogicalPosition::Center);
            options.set_block(ScrollLogicalPosition::Nearest);
            here.scroll_into_view_with_scroll_into_view_options(&options);
        }
        // Whatever stands above the form in a portal has been seen.
        root.scroll_into_view();
    } else {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        found.scroll_into_view_with_scroll_into_view_options(&options);
    }
    if let Some(target) = target.dyn_ref::<HtmlElement>() {
        drop(target.focus());
    }
}

/// Today, as `2017-10-15`, by the clock of this device.
pub(crate) fn today() -> String {
    let now = js_sys::Date::new_0();
    let month = now.get_month().saturating_add(1);
    [now.get_full_year().to_string(), two(month), two(now.get_date())].join("-")
}

/// This moment by the clock of this device, as RFC 3339 has it: `2017-10-15T16:30:05+08:00`.
pub(crate) fn now() -> String {
    let now = js_sys::Date::new_0();
    // `Sun Oct 15 2017 16:30:05 GMT+0800`, whatever the language: no figure is formatted.
    let said = now.to_string().as_string().unwrap_or_default();
    let zone = said.split_once("GMT").and_then(|(_, zone)| zone.get(..5));
    let (hours, minutes) =
        zone.unwrap_or("+0000").split_at_checked(3).unwrap_or_default();
    let time = [now.get_hours(), now.get_minutes(), now.get_seconds()].map(two).join(":");
    [&today(), "T", &time, hours, ":", minutes].concat()
}

fn two(figure: u32) -> String {
    let text = figure.to_string();
    if text.len() < 2 { ["0", &text].concat() } else { text }
}

/// A name for this device that tells nothing.
pub(crate) fn device_id() -> String {
    chance::<12>()
}

/// So many letters of chance.
fn chance<const COUNT: usize>() -> String {
    let mut chance = [0_u8; COUNT];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        drop(crypto.get_random_values_with_u8_array(&mut chance));
    }
    let letters =
        chance.iter().filter_map(|byte| char::from_digit(u32::from(byte & 31), 32));
    letters.collect()
}

/// A name for a new record: what the clock says, and eight letters of chance, so that two
/// phones do not give the same.
pub(crate) fn new_id() -> String {
    let now = js_sys::Date::new_0();
    let now = now.to_iso_string().as_string().unwrap_or_default();
    [&now.replace([':', '.', '-'], ""), "-", &chance::<8>()].concat()
}

/// Hands a text to the person as a file.
pub(crate) fn save_file(name: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download has begun by then; the text need not stay in memory for ever.
    gloo::timers::callback::Timeout::new(60_000, move || {
        drop(Url::revoke_object_url(&url));
    })
    .forget();
    Some(())
}

/// The largest file that is read: a hundred times what an office hands over.
const MOST_BYTES: f64 = 67_108_864.0;

/// Reads the file that was chosen; told its name and what is in it, or nothing where it is
/// too large to be read at all.
pub(crate) fn read_file(
    input: &HtmlInputElement,
    then: impl FnOnce(String, Option<Vec<u8>>) + 'static,
) {
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    input.set_value("");
    let name = file.name();
    if file.size() > MOST_BYTES {
        return then(name, None);
    }
    let done = Closure::once(move |bytes: JsValue| {
        then(name, Some(Uint8Array::new(&bytes).to_vec()));
    });
    drop(file.array_buffer().then(&done));
    done.forget();
}

/// The text in a file; what is none of Unicode is shown as such.
pub(crate) fn text_of(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_start_matches('\u{feff}').to_owned()
}

/// What stands in a box.
pub(crate) fn typed(root: &Element, id: &str) -> String {
    let found = root.query_selector(&["#", id].concat()).ok().flatten();
    match found.map(JsCast::dyn_into::<HtmlInputElement>) {
        Some(Ok(input)) => input.value(),
        Some(Err(other)) => other
            .dyn_into::<HtmlSelectElement>()
            .map(|select| select.value())
            .unwrap_or_default(),
        None => String::new(),
    }
}

/// The id of what has the focus inside an element.
pub(crate) fn focused(root: &Element) -> Option<String> {
    let active = web_sys::window()?.document()?.active_element()?;
    let id = active.id();
    (root.contains(Some(&active)) && !id.is_empty()).then_some(id)
}

/// Whether the screen is wide enough for the reasons beside the form.
pub(crate) fn is_wide() -> bool {
    let query = web_sys::window()
        .and_then(|window| window.match_media("(min-width: 1100px)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Writes a text into a box, as if it had been typed at its end.
pub(crate) fn fill(root: &Element, id: &str, text: &str) {
    let found = root.query_selector(&["#", id].concat()).ok().flatten();
    if let Some(input) = found.and_then(|found| found.dyn_into::<HtmlInputElement>().ok())
    {
        input.set_value(text);
        drop(input.focus());
    }
}

/// Over once the browser has drawn what there is; at once where nobody looks.
pub(crate) async fn painted() {
    let Some(window) = web_sys::window() else { return };
    if window.document().is_none_or(|document| document.hidden()) {
        return;
    }
    let frame = Promise::new(&mut |done, _| {
        drop(window.request_animation_frame(&done));
    });
    drop(JsFuture::from(frame).await);
    // That was just before the drawing.
    turn().await;
}

/// Over once the browser has had a turn.
pub(crate) async fn turn() {
    let Some(window) = web_sys::window() else { return };
    let after = Promise::new(&mut |done, _| {
        drop(window.set_timeout_with_callback(&done));
    });
    drop(JsFuture::from(after).await);
}
