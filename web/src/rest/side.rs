//! Quick jumps beside the form.

use yew::prelude::*;

use super::visits;
use crate::button::button;
use crate::session::{Edit, Page};
use crate::store::Store;

/// Quick jumps between sections; on a phone a row that is pushed sideways.
pub(super) fn side(store: &Store) -> Html {
    let session = store.read();
    let page = session.page();
    let jump = |to: Page, text: String| {
        let here = to == page;
        html! {
            <button type="button" class="jump" aria-current={here.then_some("page")}
                onclick={store.on(move || Edit::Go(to))}>
                {text}
            </button>
        }
    };
    let sections =
        session.screens().iter().enumerate().map(|(index, screen)| {
            jump(Page::Section(index), session.screen_name(screen))
        });
    let sections: Html = sections.collect();
    if page == Page::Visits {
        return jump(page, session.say("visits"));
    }
    let list = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| visits::show(&store))
    };
    html! {
        <>
            if !session.is_guest() { {button("jump", session.say("visits"), list)} }
            {jump(Page::Home, session.say("contents"))}
            {sections}
            {jump(Page::Check, session.say("check"))}
        </>
    }
}
