//! A record that is finished (完成): the line that says so, and what asks for it.

use yew::prelude::*;

use crate::button::button;
use crate::session::{Edit, Session, minute, verdict_named};
use crate::store::Store;

/// When and by which standard it was finished; that it is found otherwise now; the way to
/// open it again.
pub(crate) fn line(store: &Store, session: &Session) -> Html {
    let Some(replay) = session.visit().replay() else { return Html::default() };
    let (was, now) = (&replay.was, &replay.now);
    let say = |name: &str| session.say_verdict(verdict_named(name));
    let title = session.title_of(&was.standard);
    let parts = [
        ("time", &*minute(&was.stamp.time)),
        ("standard", &title),
        ("verdict", &say(&was.verdict)),
    ];
    let key = match (replay.is_other_text(), replay.is_other_verdict()) {
        (true, _) => Some("finished_other"),
        (false, true) => Some("finished_differs"),
        (false, false) => None,
    };
    let (old, new) = match replay.is_other_text() {
        true => (short(&was.hash), short(&now.hash)),
        false => (was.engine.clone(), now.engine.clone()),
    };
    let other = key.map(|key| {
        let (verdict, here) = (say(&was.verdict), say(&now.verdict));
        let parts =
            [("old", &*old), ("new", &new), ("verdict", &verdict), ("here", &here)];
        session.fill(key, &parts)
    });
    html! {
        <div class="offer finished" id="finished" tabindex="-1">
            <p>{session.fill("finished", &parts)}</p>
            if let Some(other) = other { <p class="hint">{other}</p> }
            if !session.is_reading() {
                {button("second", session.say("reopen"), store.on(|| Edit::Reopen))}
            }
        </div>
    }
}

/// The button that finishes, and what is said first where something is undecided.
pub(crate) fn panel(store: &Store, session: &Session) -> Html {
    if session.is_locked() {
        return Html::default();
    }
    let undecided = session.visit().tally().unknown.to_string();
    let finish = |sure: bool, key: &'static str, class: &'static str| {
        let id = if sure { "finish-anyway" } else { "finish" };
        html! {
            <button type="button" {class} {id} aria-describedby="finish-help"
                onclick={store.on(move || Edit::Finish(sure))}>
                {session.say(key)}
            </button>
        }
    };
    html! {
        <section class="panel" aria-labelledby="finishing">
            <h2 id="finishing">{session.say("finish")}</h2>
            if session.is_finishing() {
                <p class="hint" id="finish-help">
                    {session.fill("finish_undecided", &[("count", &undecided)])}
                </p>
                {finish(true, "finish_anyway", "second danger")}
            } else {
                <p class="help" id="finish-help">{session.say("finish_help")}</p>
                {finish(false, "finish", "second")}
            }
        </section>
    }
}

/// What is printed of it: when, and the letters that name the record with its log.
pub(crate) fn printed(session: &Session) -> Option<String> {
    let record = session.visit().record();
    let finished = record.finished.as_ref()?;
    let seal: String = record.log.seal().chars().take(12).collect();
    let time = minute(&finished.stamp.time);
    Some(session.fill("paper_finished", &[("time", &time), ("seal", &seal)]))
}

fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
