//! The first page's foot, and what was odd in the record that it shows.

use yew::prelude::*;

use super::reasons::and_more;
use crate::fetch;
use crate::field::truth;
use crate::session::{Edit, Session};
use crate::store::Store;

/// What was odd in the record that was opened: named, and kept.
pub(crate) fn notices(session: &Session) -> Html {
    const MOST: usize = 8;
    let told = session.notices();
    if told.is_empty() {
        return Html::default();
    }
    let title = session.fill("notices", &[("count", &told.len().to_string())]);
    let lines = told.iter().take(MOST).map(|one| html! { <li>{one}</li> });
    html! {
        <div class="summary odd" id="notices" tabindex="-1">
            <h2>{title}</h2>
            <ul>{for lines}</ul>
            {and_more(session, told.len().saturating_sub(MOST))}
        </div>
    }
}

/// The language, and how large and how stark it is drawn.
pub(crate) fn looks(store: &Store, session: &Session) -> Html {
    let look = session.look();
    let languages = session.languages().into_iter().map(|(id, name)| {
        let chosen = look.language == id;
        let speak = {
            let (store, id) = (store.clone(), id.clone());
            Callback::from(move |_: MouseEvent| fetch::speak(&store, id.clone()))
        };
        html! {
            <button type="button" class="chip" lang={id} aria-pressed={truth(chosen)}
                onclick={speak}>{name}</button>
        }
    });
    let (contrast, large) = (look.contrast, look.large);
    html! {
        <section class="panel looks" aria-labelledby="looks">
            <h2 id="looks">{session.say("looks")}</h2>
            <div class="chips">
                {for languages}
                <button type="button" class="chip" aria-pressed={truth(large)}
                    onclick={store.on(move || Edit::Large(!large))}>{session.say("large")}</button>
                <button type="button" class="chip" aria-pressed={truth(contrast)}
                    onclick={store.on(move || Edit::Contrast(!contrast))}>
                    {session.say("contrast")}
                </button>
            </div>
        </section>
    }
}
