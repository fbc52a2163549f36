//! What is told over the form and at its foot.

use ruhu_core::At;
use yew::prelude::*;

use crate::button::button;
use crate::session::{Edit, Kept, Session, Task};
use crate::store::Store;

/// A banner that the page shows by itself (`app.js`) when the form has stopped.
pub(super) fn stopped(session: &Session) -> Html {
    html! {
        <div class="banner stopped" role="alert">
            <p>{session.say("stopped")}</p>
            <a class="second" href="">{session.say("stopped_anew")}</a>
        </div>
    }
}

/// A red banner where nothing is kept, with the way to keep it all the same.
pub(crate) fn banner(store: &Store) -> Html {
    let session = store.read();
    html! {
        <>
            {stopped(&session)}
            if let Kept::Not(why) = session.kept() {
                <div class="banner" role="alert">
                    <p>{session.lang().named("kept", why.as_str())}</p>
                    {button(
                        "second",
                        session.say("export"),
                        store.on(|| Edit::Desk(Task::Give)),
                    )}
                </div>
            }
        </>
    }
}

/// The message at the foot, with its undo.
pub(crate) fn snack(store: &Store) -> Html {
    let session = store.read();
    let snack = session.snack().cloned();
    let inside = snack.map(|snack| {
        html! {
            <div class="snack">
                <span>{snack.text}</span>
                if snack.undo {
                    <button type="button" id="undo" onclick={store.on(|| Edit::Undo)}>
                        {session.say("undo")}
                    </button>
                }
                <button type="button" class="x" aria-label={session.say("dismiss")}
                    onclick={store.on(|| Edit::Quiet)}>{"×"}</button>
            </div>
        }
    });
    html! { <div class="snack-place" role="status">{inside.unwrap_or_default()}</div> }
}

/// What lies over a box where nobody is at it, so that nobody reads it in passing.
pub(super) fn mask(store: &Store, at: At) -> Html {
    let text = store.read().say_masked(at);
    text.map(|text| html! { <span class="mask" aria-hidden="true">{text}</span> })
        .unwrap_or_default()
}
