//! The sheet over the form, with the reasons on it.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::button::button;
use crate::live::StoreProps;
use crate::rest::{self, Rest};
use crate::session::{Edit, Watch};
use crate::store::use_watch;

/// The sheet over the form; the browser's own dialogue keeps the focus inside it.
#[component]
pub(crate) fn Sheet(props: &StoreProps) -> Html {
    let store = &props.store;
    use_watch(store, &[Watch::Sheet]);
    let open = store.read().sheet_is_open();
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(open, move |open| {
            let found = place.get();
            if let Some(dialog) =
                found.and_then(|found| found.dyn_into::<HtmlDialogElement>().ok())
            {
                if *open && !dialog.open() {
                    if dialog.show_modal().is_err() {
                        dialog.set_open(true);
                    }
                } else if !*open && dialog.open() {
                    dialog.close();
                }
            }
        });
    }
    let close = store.on(|| Edit::Sheet(false));
    let title = store.read().say("reasons");
    html! {
        <dialog class="sheet" ref={place} aria-labelledby="sheet-title"
            onclose={store.on(|| Edit::Sheet(false))}>
            if open {
                <div class="sheet-head">
                    <h2 id="sheet-title">{title}</h2>
                    {button("quiet", store.read().say("close"), close)}
                </div>
                <div class="sheet-body" tabindex="0">
                    {rest::part(store, Rest::Reasons)}
                </div>
            }
        </dialog>
    }
}
