//! The whole screen: the bar, one page, the sheet, the message at the foot.

use yew::prelude::*;

use crate::browser;
use crate::button::button;
use crate::live::{Part, StoreProps, keyed, live};
use crate::rest::{self, Rest};
use crate::session::{Lock, Page};
use crate::sheet::Sheet;
use crate::store::use_watch;

/// The form. It is drawn again for another page, never for a keystroke.
#[component]
pub(crate) fn App(props: &StoreProps) -> Html {
    let store = &props.store;
    use_watch(store, &[]);
    let wide = use_memo((), |()| browser::is_wide());
    let session = store.read();
    let look = session.look();
    let class = classes!(
        "ruhu",
        look.contrast.then_some("contrast"),
        look.large.then_some("large"),
    );
    let page = session.page();
    let name = match page {
        Page::Home => "home".to_owned(),
        Page::Visits => "visits".to_owned(),
        Page::Section(index) => index.to_string(),
        Page::All => "all".to_owned(),
        Page::Check => "check".to_owned(),
    };
    let key = [name, session.epoch().to_string()].join("-");
    let main = keyed(store, Part::Page(page), &key);
    let skip = {
        let root = store.root().clone();
        Callback::from(move |_: MouseEvent| browser::focus(&root, "page-title"))
    };
    if session.lock() == Lock::Shut {
        return html! {
            <div {class} lang={look.language.clone()}>{rest::part(store, Rest::Lock)}</div>
        };
    }
    html! {
        <div {class} lang={look.language.clone()}>
            {button("skip", session.say("skip"), skip)}
            if page != Page::Visits { {live(store, Part::Bar)} }
            <div class="banners">{rest::part(store, Rest::Reading)}{rest::part(store, Rest::Banner)}</div>
            <div class={classes!("columns", matches!(page, Page::Home | Page::Visits).then_some("at-home"))}>
                <nav class="side" aria-label={session.say("sections")}>{rest::part(store, Rest::Side)}</nav>
                <main class={(page == Page::Check).then_some("has-paper")}>
                    <div>
                        if let Some(trouble) = session.trouble() {
                            <p class="problem" role="alert" id="trouble" tabindex="-1">
                                {trouble}
                            </p>
                        }
                    </div>
                    <div>{rest::part(store, Rest::Finished)}</div>
                    {main}
                </main>
                if *wide && page != Page::Visits {
                    <aside class="beside-form" aria-label={session.say("reasons")}>
                        <h2>{session.say("reasons")}</h2>
                        {rest::part(store, Rest::Reasons)}
                    </aside>
                }
            </div>
            <Sheet store={store.clone()} />
            {rest::part(store, Rest::Snack)}
        </div>
    }
}
