//! The PIN: asked for before anything is shown, set and taken away, and what happens after
//! a while in which nobody was there.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Interval;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::begin;
use super::told;
use crate::browser;
use crate::button::button;
use crate::keep::Keep;
use crate::session::{Edit, Lock, Session, Why};
use crate::store::Store;

/// How long nobody may be there before it is locked, in seconds.
const IDLE: u32 = 300;
/// How often it is looked whether somebody is there, in milliseconds.
const LOOK: u32 = 5_000;
/// Fewer letters than this are guessed.
const LEAST: usize = 6;

/// Why a PIN was not taken, in words.
fn say(store: &Store, keep: &Keep, why: Why) -> String {
    let session = store.read();
    let seconds = keep.seconds();
    let key = match why {
        Why::Wait => "lock_wait",
        Why::WrongPin if seconds != "0" => "lock_wrong_wait",
        _ => return session.lang().named("kept", why.as_str()),
    };
    session.fill(key, &[("seconds", &seconds)])
}

/// A form that is never sent anywhere.
fn form(store: &Store, class: &'static str, does: fn(&Store), inside: Html) -> Html {
    let store = store.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        does(&store);
    });
    html! { <form {onsubmit} {class} novalidate=true>{inside}</form> }
}

/// What is seen while all is locked.
pub(crate) fn screen(store: &Store) -> Html {
    let session = store.read();
    let inside = html! {
        <>
            {pin_box(&session, "pin", "current-password")}
            {trouble(&session)}
            <button class="primary">{session.say("unlock")}</button>
        </>
    };
    html! {
        <main class="locked">
            {told::stopped(&session)}
            <span class="brand">{session.say("brand")}</span>
            <h1 id="page-title" tabindex="-1">{session.say("locked")}</h1>
            <p class="lead">{session.say("locked_help")}</p>
            {form(store, "", unlock, inside)}
            <details class="renew">
                <summary class="second">{session.say("pin_forgotten")}</summary>
                {wiping(store, &session, "pin_forgotten_help")}
            </details>
        </main>
    }
}

fn unlock(store: &Store) {
    // What was said of the last one goes.
    store.apply(Edit::Lock(Lock::Shut));
    let store = store.clone();
    spawn_local(async move {
        let Some(keep) = store.keep_of() else { return };
        let pin = browser::typed(store.root(), "pin");
        match keep.unlocked_by(&pin).await {
            Ok(()) => begin::again(&store).await,
            Err(why) => store.apply(Edit::Locked(say(&store, &keep, why))),
        }
    });
}

fn pin_box(session: &Session, id: &'static str, auto: &'static str) -> Html {
    html! {
        <div class="find">
            <label class="label" for={id}>{session.say(id)}</label>
            <input class="box" {id} type="password" autocomplete={auto} />
        </div>
    }
}

fn trouble(session: &Session) -> Html {
    html! {
        <div>
            if let Some(trouble) = session.lock_trouble() {
                <p class="problem" role="alert" id="lock-trouble" tabindex="-1">{trouble}</p>
            }
        </div>
    }
}

/// Everything off this device; asked once more, by a word that is typed.
fn wiping(store: &Store, session: &Session, help: &str) -> Html {
    let word = session.say("wipe_word");
    let inside = html! {
        <>
            <p>{session.say(help)}</p>
            <div class="find">
                <label class="label" for="wipe">
                    {session.fill("wipe_type", &[("word", &word)])}
                </label>
                <input class="box" id="wipe" type="text" autocomplete="off" />
            </div>
            <button class="second danger">{session.say("wipe")}</button>
        </>
    };
    form(store, "", wipe, inside)
}

fn wipe(store: &Store) {
    let word = store.read().say("wipe_word");
    if browser::typed(store.root(), "wipe").trim() != word {
        let why = store.read().fill("wipe_word_missing", &[("word", &word)]);
        return store.apply(Edit::Locked(why));
    }
    let store = store.clone();
    spawn_local(async move {
        let Some(keep) = store.keep_of() else { return };
        if let Err(why) = keep.clear().await {
            store.apply(Edit::Locked(say(&store, &keep, why)));
        }
    });
}

/// Setting the PIN, changing it, taking it away; everything off this device.
pub(crate) fn panel(store: &Store) -> Html {
    let session = store.read();
    if session.is_reading() {
        return Html::default();
    }
    let has_pin = session.lock() == Lock::Open;
    let does = |run: fn(&Store)| {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| run(&store))
    };
    let choosing = html! {
        <>
            <p>{session.say("pin_help")}</p>
            if has_pin { {pin_box(&session, "pin_old", "current-password")} }
            {pin_box(&session, "pin_new", "new-password")}
            {pin_box(&session, "pin_again", "new-password")}
            <button class="primary">{session.say("pin_keep")}</button>
            if has_pin {
                {button("second danger", session.say("pin_away"), does(take_away))}
            }
        </>
    };
    html! {
        <section class="panel" aria-labelledby="lock">
            <h2 id="lock" tabindex="-1">{session.say("lock")}</h2>
            <p class="help">{session.say(if has_pin { "lock_on" } else { "lock_off" })}</p>
            {trouble(&session)}
            <div class="chips">
                if has_pin {
                    {button("second", session.say("lock_now"), does(shut))}
                }
                <details class="renew" key={session.lock_sets()}>
                    <summary class="second">
                        {session.say(if has_pin { "pin_change" } else { "pin_set" })}
                    </summary>
                    {form(store, "", choose, choosing)}
                </details>
                <details class="renew" key="wipe">
                    <summary class="second">{session.say("wipe")}</summary>
                    {wiping(store, &session, "wipe_help")}
                </details>
            </div>
        </section>
    }
}

fn choose(store: &Store) {
    let root = store.root();
    let [old, next, again] =
        ["pin_old", "pin_new", "pin_again"].map(|id| browser::typed(root, id));
    let unfit = match next.chars().count() < LEAST {
        true => Some("pin_short"),
        false => (next != again).then_some("pin_differs"),
    };
    if let Some(key) = unfit {
        let why = store.read().say(key);
        return store.apply(Edit::Locked(why));
    }
    lock_by(store, old, next);
}

fn take_away(store: &Store) {
    lock_by(store, browser::typed(store.root(), "pin_old"), String::new());
}

/// The PIN is that one from now on; an empty one is none.
fn lock_by(store: &Store, old: String, next: String) {
    let store = store.clone();
    spawn_local(async move {
        let Some(keep) = store.keep_of() else { return };
        let done = keep.lock_by(&old, &next).await;
        store.apply(match done {
            Ok(()) if next.is_empty() => Edit::LockSet(Lock::Off, "pin_is_away"),
            Ok(()) if old.is_empty() => Edit::LockSet(Lock::Open, "pin_is_set"),
            Ok(()) => Edit::LockSet(Lock::Open, "pin_is_changed"),
            Err(why) => Edit::Locked(say(&store, &keep, why)),
        });
    });
}

/// Locks once all is kept; what cannot be kept stays on the screen.
fn shut(store: &Store) {
    if store.read().lock() != Lock::Open {
        return;
    }
    let Some(keep) = store.keep_of() else { return };
    if store.read().is_reading() {
        return keep.anew();
    }
    store.when_kept(move |is_kept| {
        if is_kept {
            keep.anew();
        }
    });
}

/// Locks when nobody was there for a while, be the page in sight or not. A key only leaves
/// word that somebody is there: it must not wait for more.
pub(super) fn watch(store: &Store) {
    let Some(window) = web_sys::window() else { return };
    let is_there = Rc::new(Cell::new(true));
    for event in ["pointerdown", "keydown", "input"] {
        let is_there = Rc::clone(&is_there);
        let options = EventListenerOptions::run_in_capture_phase();
        EventListener::new_with_options(&window, event, options, move |_| {
            is_there.set(true);
        })
        .forget();
    }
    let store = store.clone();
    Interval::new(LOOK, move || {
        let Some(keep) = store.keep_of() else { return };
        if keep.idle(is_there.take()) >= IDLE {
            shut(&store);
        }
    })
    .forget();
}
