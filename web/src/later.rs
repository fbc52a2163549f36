//! A section that is drawn when it comes into sight.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};
use yew::prelude::*;

use crate::live::{Part, live};
use crate::store::Store;

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
    let near = use_state_eq(|| *index == 0);
    let place = use_node_ref();
    {
        let (near, place) = (near.clone(), place.clone());
        use_effect_with((), move |()| {
            let watching = place.cast::<Element>().and_then(|element| {
                let setter = near.setter();
                let seen = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
                    let is_near = entries.iter().any(|entry| {
                        let entry: IntersectionObserverEntry = entry.unchecked_into();
                        entry.is_intersecting()
                    });
                    if is_near {
                        setter.set(true);
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
    let id = ["section-", &index.to_string()].concat();
    html! {
        <section class={classes!("later", (!*near).then_some("waiting"))} ref={place} {id}>
            <h2 class="section-name">{name}</h2>
            if *near { {live(store, Part::Topics(*index))} }
        </section>
    }
}
