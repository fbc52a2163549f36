//! Whether the form opens without a network, a newer version of it, its installing: told
//! by the page, shown on the first page of the form, and done by the page.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::button::button;
use crate::session::{Edit, Kept, Offline};
use crate::store::Store;

thread_local! {
    /// What the page does when the newer version is wanted, and when the form is to be
    /// installed.
    static DOES: RefCell<(Option<Function>, Option<Function>)> =
        const { RefCell::new((None, None)) };
}

/// The page tells how something stands.
pub(crate) fn told(store: &Store, what: &str, does: Option<Function>) {
    let mut device = store.read().device();
    match what {
        "newer" => {
            device.newer = does.is_some();
            DOES.with_borrow_mut(|all| all.0 = does);
        }
        "install" => {
            device.installable = does.is_some();
            DOES.with_borrow_mut(|all| all.1 = does);
        }
        _ => {
            device.offline = Some(match what {
                "ready" => Offline::Ready,
                "preparing" => Offline::Preparing,
                "failed" => Offline::Failed,
                _ => Offline::Cannot,
            });
        }
    }
    store.apply(Edit::Device(device));
}

fn run(does: Option<Function>) {
    if let Some(does) = does {
        drop(does.call0(&JsValue::UNDEFINED));
    }
}

/// Whether it opens without a network, honestly.
pub(crate) fn mark(store: &Store) -> Html {
    let session = store.read();
    let Some(offline) = session.device().offline else { return Html::default() };
    let (key, class) = match offline {
        Offline::Ready => ("offline_ready", "kept good"),
        Offline::Preparing => ("offline_preparing", "kept"),
        Offline::Failed => ("offline_failed", "kept none"),
        Offline::Cannot => ("offline_cannot", "kept none"),
    };
    html! { <span {class} role="status">{session.say(key)}</span> }
}

/// The newer version is offered where taking it loses nothing: not while nothing is kept.
pub(crate) fn offer(store: &Store) -> Html {
    let session = store.read();
    let is_kept = !matches!(session.kept(), Kept::Not(_));
    if !(session.device().newer && is_kept) {
        return Html::default();
    }
    let update = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            // Who only reads has nothing to keep.
            if store.read().is_reading() {
                return run(DOES.with_borrow(|all| all.0.clone()));
            }
            store.when_kept(|is_kept| {
                if is_kept {
                    run(DOES.with_borrow(|all| all.0.clone()));
                }
            });
        })
    };
    html! {
        <div class="offer">
            <p>{session.say("newer")}</p>
            {button("second", session.say("update"), update)}
        </div>
    }
}

/// The browser's offer to install the form.
pub(crate) fn install(store: &Store) -> Html {
    let session = store.read();
    if !session.device().installable {
        return Html::default();
    }
    let install = Callback::from(|_: MouseEvent| {
        run(DOES.with_borrow(|all| all.1.clone()));
    });
    html! {
        {button("second install", session.say("install"), install)}
    }
}
