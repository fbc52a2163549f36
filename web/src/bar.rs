//! The bar at the top: how many criteria are met, not met, not yet decided.

use ruhu_core::Verdict;
use yew::prelude::*;

use crate::button::button;
use crate::session::{Edit, Kept, Page};
use crate::store::Store;

/// The class and the sign of a state; the word stands beside it always.
pub(crate) fn sign(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Met => ("met", "✓"),
        Verdict::NotMet => ("not-met", "✕"),
        Verdict::Unknown => ("unknown", "?"),
    }
}

/// A state in a word and a sign.
pub(crate) fn state(store: &Store, verdict: Verdict) -> Html {
    let (class, sign) = sign(verdict);
    html! {
        <span class={classes!("state", class)}>
            <i aria-hidden="true">{sign}</i>{store.read().say_verdict(verdict)}
        </span>
    }
}

/// The bar: a tap shows the reasons, another leads to the question that matters next.
pub(crate) fn bar(store: &Store) -> Html {
    let session = store.read();
    let tally = session.visit().tally();
    let verdict = session.visit().verdict();
    let counts = [
        (Verdict::Met, tally.met),
        (Verdict::NotMet, tally.not_met),
        (Verdict::Unknown, tally.unknown),
    ];
    let counts = counts.into_iter().map(|(verdict, count)| {
        let (class, _) = sign(verdict);
        html! {
            <span class={classes!("count", class)}>
                {session.say_verdict(verdict)}{" "}<b>{count}</b>
            </span>
        }
    });
    let counts: Html = counts.collect();
    let open_undecided = tally.unknown > 0 && !session.is_finished();
    let next = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            let next = store.read().visit().next_question();
            match next.filter(|_| open_undecided) {
                Some(question) => store.apply(Edit::Ask(question)),
                None => store.apply(Edit::Go(Page::Check)),
            }
        })
    };
    html! {
        <div class="bar" role="region" aria-label={session.say("bar")}>
            <button type="button" class="bar-main" aria-haspopup="dialog" id="bar"
                onclick={store.on(|| Edit::Sheet(true))}>
                <span class="bar-text" aria-live="polite" aria-atomic="true">
                    {state(store, verdict)}
                    <span class="counts">{counts}</span>
                </span>
                <span class="more" aria-hidden="true">{"›"}</span>
            </button>
            {button(
                "bar-next",
                session.say(if open_undecided { "next_question" } else { "to_check" }),
                next,
            )}
        </div>
    }
}

/// Whether answers are kept, honestly.
pub(crate) fn kept_mark(store: &Store) -> Html {
    let session = store.read();
    // Who only reads has nothing to keep.
    if session.is_reading() {
        return Html::default();
    }
    let (key, class) = match session.kept() {
        Kept::Saved => ("saved", "kept good"),
        Kept::Saving => ("saving", "kept"),
        Kept::Not(_) => ("not_saved", "kept bad"),
    };
    html! { <span {class} role="status">{session.say(key)}</span> }
}
