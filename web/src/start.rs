//! From an empty element to a form in which everything is there again.

use std::cell::RefCell;

use gloo::events::EventListener;
use js_sys::Function;
use ruhu_core::Library;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, EventInit};

use crate::app::App;
use crate::browser;
use crate::keep::Keep;
use crate::live::StoreProps;
use crate::rest;
use crate::session::{Edit, Kept, Lock, Session};
use crate::store::Store;

/// The dictionary, a standard and the words of the first page, as the build made them.
static LIBRARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/first.bin"));

thread_local! {
    /// The form that the page's own functions speak of.
    static FORM: RefCell<Option<Store>> = const { RefCell::new(None) };
}

/// Runs something with the form, once there is one.
pub(crate) fn with<T>(run: impl FnOnce(&Store) -> T) -> Option<T> {
    let form = FORM.with(|form| form.borrow().clone());
    form.as_ref().map(run)
}

pub(crate) fn start(root: &Element, there: Function, keep: Keep) -> Result<(), String> {
    let library = Library::unpack(LIBRARY).ok_or("the standards are spoilt")?;
    let mut session = Session::new(library, &browser::new_id(), &browser::today())?;
    session.stamped_by(browser::now, browser::device_id());
    let store = Store::new(session, root.clone());
    FORM.with(|form| form.replace(Some(store.clone())));
    listen(root);
    spawn_local(async move {
        store.keep_in(keep.clone());
        let opened = keep.begin(&store.listener()).await;
        if opened.as_ref().is_ok_and(|opened| opened.is_guest) {
            store.be_guest();
        }
        match opened {
            // A first visit need not wait for what opens others.
            Ok(opened) if opened.is_new() => store.has_taken_up(),
            Ok(opened) => rest::begin(&store, opened).await,
            Err(why) => store.apply(Edit::Kept(Kept::Not(why))),
        }
        take_early(&store);
        let focused = browser::focused(store.root());
        draw(store.clone());
        if let Some(id) = focused {
            store.focus(id);
        }
        // What is looked at first is on the screen before anything else is done.
        browser::painted().await;
        // Shows whether this browser keeps anything; a slow one takes its time.
        let is_open = store.read().lock() != Lock::Shut;
        if is_open && !matches!(store.read().kept(), Kept::Not(_)) {
            let store = store.clone();
            spawn_local(async move { store.get_ready().await });
        }
        if !rest::fetch(&store).await {
            rest::fetch_later(&store);
        }
        drop(there.call0(&JsValue::UNDEFINED));
    });
    Ok(())
}

/// The year that was chosen on the page before the form was there.
fn take_early(store: &Store) {
    let chosen = browser::typed(store.root(), "year").parse();
    let (year, date, is_free) = {
        let session = store.read();
        let is_free = !session.is_begun() && !session.is_reading();
        (session.visit().year(), session.visit().record().date.clone(), is_free)
    };
    if let Ok(chosen) = chosen
        && chosen != year
        && is_free
    {
        store.apply(Edit::When(chosen, date.unwrap_or_default()));
    }
}

fn draw(store: Store) {
    let root = store.root().clone();
    root.set_text_content(None);
    yew::Renderer::<App>::with_root_and_props(root, StoreProps { store }).render();
}

/// What no single part of the screen listens to.
fn listen(root: &Element) {
    // The last input of a composition still counts as composing, and none follows it.
    let composed = EventListener::new(root, "compositionend", |event| {
        let Some(target) = event.target() else { return };
        let options = EventInit::new();
        options.set_bubbles(true);
        if let Ok(input) = Event::new_with_event_init_dict("input", &options) {
            drop(target.dispatch_event(&input));
        }
    });
    composed.forget();
}
