//! Last year's answers beside the questions of a visit that was made from it.

use ruhu_core::{At, Place};
use yew::prelude::*;

use crate::button::button;
use crate::session::{Edit, Session};
use crate::store::Store;

/// What was answered last year under a question, and the tap that takes it.
pub(crate) fn line(store: &Store, at: At) -> Html {
    let session = store.read();
    let Some(was) = session.was(at) else { return Html::default() };
    let label = session.visit().say_fact(session.lang(), at.fact);
    let name = [&session.say("as_before"), "：", &label].concat();
    html! {
        <p class="before">
            <span>{session.fill("before", &[("was", &was.said)])}</span>
            if was.may_carry && !session.is_locked() {
                <button type="button" class="chip" aria-label={name}
                    onclick={store.on(move || Edit::AsBefore(at))}>
                    {session.say("as_before")}
                </button>
            }
        </p>
    }
}

/// One tap for all that is left of a topic.
pub(crate) fn rest(store: &Store, topic: usize, place: Place) -> Html {
    let session = store.read();
    if session.is_locked() || session.left_as_before(topic, place).len() < 2 {
        return Html::default();
    }
    html! {
        {button(
            "second as-before",
            session.say("all_as_before"),
            store.on(move || Edit::AllAsBefore(topic, place)),
        )}
    }
}

/// Who was there last year and is not here yet.
pub(crate) fn missing(store: &Store, topic: usize) -> Html {
    let session = store.read();
    let Some(before) = session.before().filter(|_| !session.is_locked()) else {
        return Html::default();
    };
    let rows = session.missing_rows(topic).into_iter().map(|place| {
        let name = before.say_row(session.lang(), place);
        let row = place.row;
        html! {
            <p class="before">
                <span>{session.fill("before", &[("was", &name)])}</span>
                {button(
                    "chip",
                    session.fill("still_here", &[("name", &name)]),
                    store.on(move || Edit::RowAsBefore(topic, row)),
                )}
            </p>
        }
    });
    let rows: Vec<Html> = rows.collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! { <div class="missing"><p class="help">{session.say("missing_help")}</p>{for rows}</div> }
}

/// That a visit was made from another, and what that means.
pub(crate) fn lead(session: &Session) -> Html {
    let Some(before) = session.visit().record().before.as_ref() else {
        return Html::default();
    };
    let year = before.year.map(|year| year.to_string()).unwrap_or_default();
    html! { <p class="lead">{session.fill("from_before", &[("year", &year)])}</p> }
}

/// What changed since last year, and how much of it waits to be confirmed.
pub(crate) fn since(session: &Session) -> Html {
    let Some(before) = session.visit().record().before.as_ref() else {
        return Html::default();
    };
    let year = before.year.map(|year| year.to_string()).unwrap_or_default();
    let lines = session.since_before();
    let waits = session.waits_as_before();
    html! {
        <section class="panel" aria-labelledby="since">
            <h2 id="since">{session.fill("since_before", &[("year", &year)])}</h2>
            if waits > 0 {
                <p class="hint">{session.fill("before_waits", &[("count", &waits.to_string())])}</p>
            }
            if lines.is_empty() {
                <p class="help">{session.say("since_nothing")}</p>
            } else {
                <ul class="since">{for lines.into_iter().map(|line| html! { <li>{line}</li> })}</ul>
            }
        </section>
    }
}
