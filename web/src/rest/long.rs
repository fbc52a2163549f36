//! Every section on one page, each drawn when it comes near to what can be seen.

use web_sys::Element;
use yew::prelude::*;

use super::near::{NEAR, watched};
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
    let near = use_near(&place, *index == 0);
    let id = ["section-", &index.to_string()].concat();
    html! {
        <section class={classes!("later", (!near).then_some("waiting"))} ref={place.clone()} {id}>
            <h2 class="section-name">{name}</h2>
            if near { {live(store, Part::Topics(*index))} }
        </section>
    }
}

/// Whether an element is near to what can be seen, or was; where a browser cannot tell,
/// everything is.
#[hook]
fn use_near(place: &NodeRef, first: bool) -> bool {
    let near = use_state_eq(|| first);
    {
        let (near, place) = (near.setter(), place.clone());
        use_effect_with((), move |()| {
            let all = near.clone();
            let element = place.cast::<Element>();
            let watching = watched(element.as_slice(), NEAR, move |seen| {
                if seen.fold(false, |any, (_, is_near)| any || is_near) {
                    near.set(true);
                }
            });
            if watching.is_none() {
                all.set(true);
            }
            move || drop(watching)
        });
    }
    *near
}
