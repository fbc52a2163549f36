//! From an empty element to a form in which everything is there again.

use std::cell::RefCell;

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Function;
use ruhu_core::{Library, Record};
use wasm_bindgen::JsValue;
use web_sys::{Element, Event, EventInit};

use crate::app::App;
use crate::browser;
use crate::fetch;
use crate::keep::{Keep, Opened};
use crate::live::StoreProps;
use crate::session::{Edit, Kept, Lock, Page, Session, Why, Writer};
use crate::store::Store;
use crate::{lock, visits};

/// The dictionary, the standards and the words, as the build made them ready.
static LIBRARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));

thread_local! {
    /// The form that the page's own functions speak of.
    static FORM: RefCell<Option<Store>> = const { RefCell::new(None) };
}

/// Runs something with the form, once there is one.
pub(crate) fn with<T>(run: impl FnOnce(&Store) -> T) -> Option<T> {
    let form = FORM.with(|form| form.borrow().clone());
    form.as_ref().map(run)
}

pub(crate) fn start(there: Function, keep: Keep) -> Result<(), String> {
    let document = web_sys::window().and_then(|window| window.document());
    let root = document.and_then(|document| document.get_element_by_id("ruhu"));
    let root = root.ok_or("the page has no element #ruhu")?;
    let library = Library::unpack(LIBRARY).ok_or("the standards are spoilt")?;
    let mut session = Session::new(library, &browser::new_id(), &browser::today())?;
    session.stamped_by(browser::now, browser::device_id());
    let store = Store::new(session, root.clone());
    FORM.with(|form| form.replace(Some(store.clone())));
    listen(&store, &root);
    wasm_bindgen_futures::spawn_local(async move {
        store.keep_in(keep.clone());
        match keep.begin(&store.listener()).await {
            Ok(opened) => begin(&store, &keep, opened).await,
            Err(why) => store.apply(Edit::Kept(Kept::Not(why))),
        }
        lock::watch(&store);
        draw(store.clone());
        // Shows whether this browser keeps anything.
        let is_open = store.read().lock() != Lock::Shut;
        if is_open && !matches!(store.read().kept(), Kept::Not(_)) {
            store.get_ready().await;
        }
        drop(there.call0(&JsValue::UNDEFINED));
    });
    Ok(())
}

/// The PIN was given: everything is on the screen again.
pub(crate) async fn again(store: &Store) {
    let Some(keep) = store.keep_of() else { return };
    match keep.again().await {
        Ok(opened) => begin(store, &keep, opened).await,
        Err(why) => store.apply(Edit::Kept(Kept::Not(why))),
    }
    store.get_ready().await;
}

/// Everything is on the screen again as it was when the page was left.
async fn begin(store: &Store, keep: &Keep, opened: Opened) {
    // The older form kept one draft, with looks and standards in it.
    let (look, standards, old) = match opened.old {
        Some(draft) => Session::parted(&draft),
        None => (opened.look, opened.standards, None),
    };
    fetch::take_up(store, &look, &standards).await;
    store.apply(Edit::Lock(opened.lock));
    if opened.lock == Lock::Shut {
        return;
    }
    if !opened.may_write {
        store.apply(Edit::Writer(Writer::Other));
    }
    // What the page has loaded by now is not replaced.
    if store.read().epoch() > 0 {
        return;
    }
    if let Some(record) = old {
        let key = store.read().key().to_owned();
        store.apply(Edit::Visit(key.clone(), record, 0));
        // One that cannot be read stays where it is.
        if store.read().trouble().is_none() {
            keep.took_old(&key);
        }
        return store.take_up_page(&look);
    }
    let last = Session::visit_of(&look);
    for (key, text) in opened.notes.into_iter().filter(|_| opened.may_write) {
        store.apply(Edit::Visit(key, text, 0));
        drop(wasm_bindgen_futures::JsFuture::from(store.flush()).await);
    }
    if let Some(key) = last {
        if store.read().key() != key {
            match keep.visit(&key).await {
                Ok((text, missing)) => {
                    store.apply(Edit::Visit(key, text, missing));
                    store.is_kept();
                }
                // A visit that was never begun is not there, and not missed.
                Err(Why::None) => {}
                Err(why) => {
                    let why = store.read().lang().named("kept", why.as_str());
                    store.apply(Edit::Trouble(why));
                }
            }
        }
        store.take_up_page(&look);
        if store.read().page() == Page::Visits {
            visits::show(store);
        }
    }
}

fn draw(store: Store) {
    let root = store.root().clone();
    root.set_text_content(None);
    yew::Renderer::<App>::with_root_and_props(root, StoreProps { store }).render();
}

pub(crate) fn load(record: &str) -> Result<(), String> {
    Record::from_json(record).map_err(|error| error.to_string())?;
    let done = with(|store| store.apply(visits::record_edit(store, record)));
    done.ok_or_else(|| "the form has not started".to_owned())
}

/// What no single part of the screen listens to.
fn listen(store: &Store, root: &Element) {
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
    let Some(window) = web_sys::window() else { return };
    let leaving = store.clone();
    EventListener::new(&window, "pagehide", move |_| leaving.keep_rest()).forget();
    let hiding = store.clone();
    let options = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&window, "visibilitychange", options, move |_| {
        hiding.keep_rest();
    })
    .forget();
}
