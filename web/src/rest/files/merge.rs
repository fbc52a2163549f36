//! Two copies of a record beside each other: what both changed is chosen, one by one.

use ruhu_core::record::Side;
use yew::prelude::*;

use super::desk::{act, form};
use crate::button::button;
use crate::field::truth;
use crate::session::{Asked, Edit, Merging, Session, Task};
use crate::store::Store;

/// The title, and what is chosen and done.
pub(super) fn merging(
    store: &Store,
    session: &Session,
    merging: &Merging,
) -> (String, Html) {
    let asked = session.asked(merging);
    let (taken, count) = (merging.taken().to_string(), asked.len().to_string());
    let parts = [("taken", taken.as_str()), ("count", count.as_str())];
    let help = if asked.is_empty() { "merging_none" } else { "merging_help" };
    let all = |side: Side, name: &str| {
        let choose = store.on(move || Edit::Desk(Task::Choose(None, side)));
        button("second", session.say(name), choose)
    };
    let lines = asked.iter().enumerate().map(|(at, one)| line(store, session, at, one));
    let inside = html! {
        <>
            <p class="help">{session.fill(help, &parts)}</p>
            if asked.len() > 1 {
                <div class="chips">
                    {all(Side::Here, "merge_all_here")}
                    {all(Side::There, "merge_all_there")}
                </div>
            }
            {for lines}
            {act(session.desk(), session, "merge_do")}
        </>
    };
    let settle = |store: &Store| store.apply(Edit::Desk(Task::Settle));
    let back = store.on(|| Edit::Desk(Task::Back));
    let inside = html! {
        <>
            {form(store, settle, inside)}
            if !session.is_guest() { {button("quiet", session.say("merge_back"), back)} }
        </>
    };
    (session.fill("merging", &[("name", &session.household_name())]), inside)
}

/// One question, with what stands here and what stands in the file.
fn line(store: &Store, session: &Session, at: usize, asked: &Asked) -> Html {
    let id = ["merge-", &at.to_string()].concat();
    let side = |side: Side, name: &str, text: &str| {
        html! {
            <button type="button" class="choice" aria-pressed={truth(asked.chosen == Some(side))}
                onclick={store.on(move || Edit::Desk(Task::Choose(Some(at), side)))}>
                <small>{session.say(name)}</small>
                {text}
            </button>
        }
    };
    html! {
        <div class="field" key={at}>
            <span class="label" id={id.clone()}>{&asked.label}</span>
            <div class="choices wide sides" role="group" aria-labelledby={id}>
                {side(Side::Here, "merge_here", &asked.here)}
                {side(Side::There, "merge_there", &asked.there)}
            </div>
        </div>
    }
}
