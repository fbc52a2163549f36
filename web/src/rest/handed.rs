//! What was handed over: when, until when it stays, and how it goes.

use ruhu_core::read::date_text;
use yew::prelude::*;

use super::visits::forget;
use crate::browser;
use crate::button::button;
use crate::field::truth;
use crate::session::{Edit, Head, Session, Stage, Task, minute};
use crate::store::Store;

/// When a visit was handed over, and what follows from it.
pub(crate) fn note(session: &Session, head: &Head) -> Option<String> {
    let time = minute(&head.handed);
    if time.is_empty() {
        return None;
    }
    if head.stage != Some(Stage::HandedOver) {
        return Some(session.fill("handed_before", &[("time", &time)]));
    }
    Some(match session.leaves(head) {
        Some(day) => {
            let day = date_text(day);
            session.fill("handed_until", &[("time", &time), ("day", &day)])
        }
        None => session.fill("handed_at", &[("time", &time)]),
    })
}

/// What was handed over long enough ago is taken off this device, once somebody says so: a
/// clock that is wrong takes nothing away.
pub(crate) fn due(store: &Store, session: &Session) -> Html {
    let due = session.due(&browser::today());
    if due.is_empty() || session.is_reading() {
        return Html::default();
    }
    let days = session.desk().retention.unwrap_or_default().to_string();
    let count = due.len().to_string();
    let parts = [("count", count.as_str()), ("days", days.as_str())];
    let forget_all = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            due.iter().for_each(|key| forget(&store, key.clone()));
        })
    };
    html! {
        <div class="offer due">
            <p>{session.fill("due", &parts)}</p>
            <details class="renew">
                <summary class="second">{session.fill("due_forget", &parts)}</summary>
                <p>{session.say("due_sure")}</p>
                {button("second danger", session.fill("due_yes", &parts), forget_all)}
            </details>
        </div>
    }
}

/// After how many days that is asked.
pub(crate) fn retention(store: &Store, session: &Session) -> Html {
    if session.visits().count(Some(Stage::HandedOver)) == 0 {
        return Html::default();
    }
    let now = session.desk().retention;
    let chips = Session::RETENTIONS.into_iter().map(|days| {
        let name = days.map_or_else(
            || session.say("retention_never"),
            |days| session.fill("retention_days", &[("days", &days.to_string())]),
        );
        html! {
            <button type="button" class="chip" aria-pressed={truth(now == days)}
                onclick={store.on(move || Edit::Desk(Task::Retention(days)))}>{name}</button>
        }
    });
    html! {
        <div class="retention">
            <p class="label" id="retention">{session.say("retention")}</p>
            <div class="chips" role="group" aria-labelledby="retention">{for chips}</div>
        </div>
    }
}
