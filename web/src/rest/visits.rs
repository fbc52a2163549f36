//! The list of visits on this device: found, opened, begun, taken away.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

use super::lines::{Lines, STRETCH};
use super::{Rest, files, handed, lock, part};
use crate::button::button;
use crate::field::truth;
use crate::session::{Edit, Page, Room, Session, Stage, Why, Writer};
use crate::store::Store;
use crate::{browser, home};

/// Everything is kept before another visit comes to the screen.
pub(crate) async fn leave(store: &Store) -> bool {
    if store.read().is_reading() {
        return true;
    }
    let kept = JsFuture::from(store.flush()).await;
    let kept = kept.is_ok_and(|kept| kept.is_truthy());
    if !kept {
        let why = store.read().say("leave_unkept");
        store.apply(Edit::Trouble(why));
    }
    kept
}

/// The list, read anew.
pub(crate) fn show(store: &Store) {
    store.apply(Edit::Go(Page::Visits));
    let store = store.clone();
    spawn_local(async move {
        store.read_list().await;
        let Some(keep) = store.keep_of() else { return };
        let mut device = store.read().device();
        device.room = keep.space().await;
        store.apply(Edit::Device(device));
    });
}

/// A new visit; the one on the screen stays in the list.
pub(crate) fn renew(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        if leave(&store).await {
            store.apply(Edit::New(browser::new_id(), browser::today()));
        }
    });
}

/// The visit of the year after the one on the screen, which stays in the list.
pub(crate) fn next_year(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        if leave(&store).await {
            store.apply(Edit::NextYear(browser::new_id(), browser::today()));
        }
    });
}

/// A record from a text, as a visit of its own: no other is touched.
pub(crate) fn record_edit(store: &Store, text: &str) -> Edit {
    store.read().record_edit(&browser::new_id(), text)
}

/// A record from a file.
pub(crate) fn take_record(store: &Store, text: String) {
    let store = store.clone();
    spawn_local(async move {
        if leave(&store).await {
            store.apply(record_edit(&store, &text));
        }
    });
}

pub(super) fn open(store: &Store, key: String) {
    let store = store.clone();
    spawn_local(async move {
        if store.read().key() == key {
            return store.apply(Edit::Go(Page::Home));
        }
        if leave(&store).await {
            bring(&store, &key).await;
        }
    });
}

/// Brings a visit to the screen, where everything is kept by now; its text.
pub(crate) async fn bring(store: &Store, key: &str) -> Option<String> {
    let keep = store.keep_of()?;
    match keep.visit(key).await {
        Ok((text, missing)) => {
            store.apply(Edit::Visit(key.to_owned(), text.clone(), missing));
            store.is_kept();
            store.keep();
            Some(text)
        }
        Err(why) => {
            let why = store.read().lang().named("kept", why.as_str());
            store.apply(Edit::Trouble(why));
            None
        }
    }
}

/// Takes a visit off this device for good.
pub(crate) fn forget(store: &Store, key: String) {
    let store = store.clone();
    spawn_local(async move {
        let Some(keep) = store.keep_of() else { return };
        // What is on its way to be kept would bring it back.
        drop(JsFuture::from(store.flush()).await);
        match keep.forget(&key).await {
            Ok(()) => {
                let today = browser::today();
                store.apply(Edit::Forgotten(key, browser::new_id(), today));
            }
            Err(why) => {
                let why = store.read().lang().named("kept", why.as_str());
                store.apply(Edit::Trouble(why));
                store.read_list().await;
            }
        }
    });
}

/// The page with the list.
pub(crate) fn visits(store: &Store) -> Html {
    let session = store.read();
    let on_find = {
        let store = store.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            store.apply(Edit::Find(input.value()));
        })
    };
    let find = session.visits().find().to_owned();
    html! {
        <>
            {home::top_line(store, false)}
            <h1 id="page-title" tabindex="-1">{session.say("visits")}</h1>
            {part(store, Rest::Offer)}
            {files::list_files(store, &session)}
            <div class="find">
                <label class="label" for="find">{session.say("find")}</label>
                <input id="find" class="box" type="search" ~defaultValue={find}
                    oninput={on_find} placeholder={session.say("find_like")} />
            </div>
            {part(store, Rest::Stages)}
            {part(store, Rest::Lines)}
            {part(store, Rest::Room)}
            {lock::panel(store)}
        </>
    }
}

/// One stage is looked for, or all of them.
pub(crate) fn stages(store: &Store) -> Html {
    let session = store.read();
    let visits = session.visits();
    let chosen = visits.only();
    let chip = |stage: Option<Stage>, name: String| {
        let count = visits.count(stage);
        html! {
            <button type="button" class="chip" aria-pressed={truth(chosen == stage)}
                onclick={store.on(move || Edit::Only(stage))}>
                {name}{" "}<b>{count}</b>
            </button>
        }
    };
    let all = Stage::ALL
        .into_iter()
        .filter(|stage| chosen == Some(*stage) || visits.count(Some(*stage)) > 0);
    let all = all.map(|stage| chip(Some(stage), say_stage(&session, stage)));
    html! {
        <div class="chips" role="group" aria-label={session.say("stages")}>
            {chip(None, session.say("all_stages"))}
            {for all}
        </div>
    }
}

pub(super) fn say_stage(session: &Session, stage: Stage) -> String {
    session.lang().named("stage", stage.as_str())
}

/// The lines that were looked for; only those near to what can be seen are drawn.
pub(crate) fn lines(store: &Store) -> Html {
    let session = store.read();
    let visits = session.visits();
    if !visits.are_read() {
        return html! { <p class="help" role="status">{session.say("reading_list")}</p> };
    }
    let total = visits.found().len();
    let all = visits.count(None);
    let (count, of) = (total.to_string(), all.to_string());
    let said = match (all, total) {
        (0, _) => session.say("no_visits"),
        (_, 0) => session.say("none_found"),
        (all, some) if all == some => session.fill("visit_count", &[("count", &count)]),
        _ => session.fill("found_count", &[("count", &count), ("all", &of)]),
    };
    html! {
        <>
            <p class="help" role="status">{said}</p>
            {handed::due(store, &session)}
            <Lines store={store.clone()} from={0} until={total} each={STRETCH} />
            {handed::retention(store, &session)}
        </>
    }
}

/// How much room there is, and whether the browser promises to keep it all.
pub(crate) fn room(store: &Store) -> Html {
    let session = store.read();
    let Some(Room { used, all, is_safe }) = session.device().room else {
        return Html::default();
    };
    let space = used.zip(all).map(|(used, all)| {
        let used = used.max(1).to_string();
        session.fill("room", &[("used", &used), ("all", &all.to_string())])
    });
    html! {
        <p class="help room">
            {space.unwrap_or_default()}
            {session.say(if is_safe { "room_safe" } else { "room_unsafe" })}
        </p>
    }
}

/// Another window writes: here it can be read, and taken over.
pub(crate) fn reading(store: &Store) -> Html {
    let session = store.read();
    if !session.is_reading() {
        return Html::default();
    }
    let take_over = |force: bool| {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            let store = store.clone();
            spawn_local(async move {
                let Some(keep) = store.keep_of() else { return };
                match keep.claim(force).await {
                    Ok(()) => {}
                    Err(Why::CannotYield) => {
                        store.apply(Edit::Writer(Writer::Unyielding));
                    }
                    Err(why) => {
                        let why = store.read().lang().named("kept", why.as_str());
                        store.apply(Edit::Trouble(why));
                    }
                }
            });
        })
    };
    let refused = session.writer() == Writer::Unyielding;
    html! {
        <div class="banner reading" role="status">
            <p id="reading">{session.say(if refused { "reading_refused" } else { "reading" })}</p>
            {button(
                "second",
                session.say(if refused { "take_over_anyway" } else { "take_over" }),
                take_over(refused),
            )}
        </div>
    }
}
