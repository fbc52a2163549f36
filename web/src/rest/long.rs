//! Every section on one page, each drawn when it comes near to what can be seen.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};
use yew::prelude::*;

use crate::button::button;
use crate::live::{Part, live};
use crate::section::contents_line;
use crate::session::{Edit, Page};
use crate::store::Store;

/// Every section, one below the other; each is drawn when it is looked at.
pub(crate) fn all_sections(store: &Store) -> Html {
    let session = store.read();
    let names = session.screens().iter().map(|screen| session.screen_name(screen));
    let names: Vec<String> = names.collect();
    let parts = names.into_iter().enumerate().map(|(index, name)| {
        html! {
            <Later key={index} store={store.clone()} {index} {name} />
        }
    });
    let parts: Html = parts.collect();
    html! {
        <>
            {contents_line(store, String::new())}
            <h1 id="page-title" tabindex="-1">{session.say("one_page")}</h1>
            <div>{parts}</div>
            <nav class="onwards">
                {button(
                    "primary",
                    session.say("to_check"),
                    store.on(|| Edit::Go(Page::Check)),
                )}
            </nav>
        </>
    }
}

/// Which form, which section, what it is called.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LaterProps {
    pub(crate) store: Store,
    pub(crate) index: usize,
    pub(crate) name: String,
}

/// The heading stands there at once; the questions follow when it is nearly in sight.
#[component]
pub(crate) fn Later(props: &LaterProps) -> Html {
    let LaterProps { store, index, name } = props;
    let place = use_node_ref();
    let near = use_near(&place, *index == 0, true);
    let id = ["section-", &index.to_string()].concat();
    html! {
        <section class={classes!("later", (!near).then_some("waiting"))} ref={place.clone()} {id}>
            <h2 class="section-name">{name}</h2>
            if near { {live(store, Part::Topics(*index))} }
        </section>
    }
}

/// Whether an element is near to what can be seen; where `stays` is set, once near is near
/// for good. Where a browser cannot tell, everything is.
#[hook]
pub(crate) fn use_near(place: &NodeRef, first: bool, stays: bool) -> bool {
    let near = use_state_eq(|| first);
    {
        let (near, place) = (near.clone(), place.clone());
        use_effect_with((), move |()| {
            let watching = place.cast::<Element>().and_then(|element| {
                let setter = near.setter();
                let seen = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
                    // The last one tells how it is now.
                    let last: IntersectionObserverEntry =
                        entries.get(entries.length().saturating_sub(1)).unchecked_into();
                    if last.is_intersecting() || !stays {
                        setter.set(last.is_intersecting());
                    }
                });
                let options = IntersectionObserverInit::new();
                options.set_root_margin("800px 0px");
                let observer = IntersectionObserver::new_with_options(
                    seen.as_ref().unchecked_ref(),
                    &options,
                )
                .ok()?;
                observer.observe(&element);
                Some((observer, seen))
            });
            if watching.is_none() {
                near.set(true);
            }
            move || {
                if let Some((observer, _seen)) = watching {
                    observer.disconnect();
                }
            }
        });
    }
    *near
}
