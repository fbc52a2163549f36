//! The language, and how large and how stark the form is drawn.

use yew::prelude::*;

use crate::fetch;
use crate::field::truth;
use crate::session::Edit;
use crate::store::Store;

/// What can be chosen of it.
pub(crate) fn looks(store: &Store) -> Html {
    let session = store.read();
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
