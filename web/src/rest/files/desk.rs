//! What lies on the desk, as it is seen.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::super::visits;
use super::{arrived, chosen, codes, give, hand, merge, open, plain, take_all, unseal};
use crate::browser;
use crate::button::button;
use crate::field::truth;
use crate::session::{Desk, Edit, Given, Held, Inside, Lies, Session, Stand, Task, Way};
use crate::store::Store;

/// What lies on the desk.
pub(crate) fn desk(store: &Store) -> Html {
    let session = store.read();
    let desk = session.desk();
    let (title, inside) = match &desk.lies {
        Lies::Nothing => return Html::default(),
        Lies::Giving if desk.is_all => {
            let count = session.visits().found().len().to_string();
            (session.fill("giving_all", &[("count", &count)]), giving(store, &session))
        }
        Lies::Giving => (session.say("export"), giving(store, &session)),
        Lies::Made(held, given) => (
            session.fill("made", &[("file", &held.name)]),
            made(store, &session, held, given),
        ),
        Lies::Codes(shown) => (
            session.say("showing"),
            html! {
                <>
                    {codes::shown(store, &session, shown)}
                    {arrival(store, &session, &shown.given)}
                </>
            },
        ),
        Lies::Scanning(scan) => {
            (session.say("scanning"), codes::scanning(store, &session, scan))
        }
        Lies::Sealed(held) => (
            session.fill("is_sealed", &[("file", &held.name)]),
            opening(store, &session, held),
        ),
        Lies::Merging(merging, _) => merge::merging(store, &session, merging),
        Lies::Inside(records) => {
            let count = records.len().to_string();
            (
                session.fill("inside", &[("count", &count)]),
                offered(store, &session, records),
            )
        }
    };
    html! {
        <section class="desk" aria-labelledby="desk-title">
            <h3 id="desk-title" tabindex="-1">{title}</h3>
            {inside}
            <div>
                if let Some(trouble) = &desk.trouble {
                    <p class="problem" role="alert" id="desk-trouble" tabindex="-1">{trouble}</p>
                }
            </div>
            {button("quiet", session.say("close"), store.on(|| Edit::Desk(Task::Close)))}
        </section>
    }
}

/// By a key, by a passphrase or as QR codes.
fn ways(store: &Store, session: &Session, names: &[(&str, Way)]) -> Html {
    let chips = names.iter().map(|(name, way)| {
        let way = *way;
        html! {
            <button type="button" class="chip" aria-pressed={truth(session.desk().way == way)}
                onclick={store.on(move || Edit::Desk(Task::Way(way)))}>{session.say(name)}</button>
        }
    });
    html! { <div class="chips">{for chips}</div> }
}

/// A box of the desk, with what helps to fill it.
fn line(
    session: &Session,
    id: &'static str,
    kind: &'static str,
    help: Option<&str>,
) -> Html {
    html! {
        <div class="field" key={id}>
            <label class="label" for={id}>{session.say(id)}</label>
            <input class="box" {id} type={kind} autocomplete="off" autocapitalize="off"
                spellcheck="false" aria-describedby={help.map(|_| "desk-help")} />
            if let Some(help) = help {
                <p class="help" id="desk-help">{session.say(help)}</p>
            }
        </div>
    }
}

/// The button; while something is being done, that stands on it.
pub(super) fn act(desk: &Desk, session: &Session, name: &str) -> Html {
    html! {
        <button class="primary" aria-busy={truth(desk.busy)} disabled={desk.busy}>
            {session.say(if desk.busy { "at_work" } else { name })}
        </button>
    }
}

/// A form that is never sent anywhere.
pub(super) fn form(store: &Store, does: fn(&Store), inside: Html) -> Html {
    let store = store.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if !store.read().desk().busy {
            does(&store);
        }
    });
    html! { <form {onsubmit} novalidate=true>{inside}</form> }
}

fn giving(store: &Store, session: &Session) -> Html {
    let desk = session.desk();
    let boxes = match (desk.way, &desk.county) {
        (Way::Key, None) => line(session, "county", "text", Some("county_help")),
        (Way::Key, Some(key)) => html! {
            <p key="known">
                {session.fill("county_known", &[("key", &ends(key))])}
                {button(
                    "link",
                    session.say("change"),
                    store.on(|| Edit::Desk(Task::County(None))),
                )}
            </p>
        },
        (way @ (Way::Passphrase | Way::Codes), _) => html! {
            <>
                if way == Way::Codes {
                    <p class="help">{session.say("by_codes_help")}</p>
                }
                {line(session, "passphrase", "password", Some("passphrase_help"))}
                {line(session, "again", "password", None)}
            </>
        },
    };
    let on_plain = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| plain(&store))
    };
    let names = [
        ("by_key", Way::Key),
        ("by_passphrase", Way::Passphrase),
        ("by_codes", Way::Codes),
    ];
    let names = if desk.is_all { &names[..2] } else { &names[..] };
    let make = if desk.way == Way::Codes { "show_codes" } else { "make" };
    html! {
        <>
            {ways(store, session, names)}
            {form(store, give, html! { <>{boxes}{act(desk, session, make)}</> })}
            <details class="renew">
                <summary class="second">{session.say("plain")}</summary>
                <p>{session.say("plain_sure")}</p>
                {button("second danger", session.say("plain_yes"), on_plain)}
            </details>
        </>
    }
}

/// A long key by how it begins and ends.
fn ends(key: &str) -> String {
    let head = key.get(..10).unwrap_or(key);
    let tail = key.get(key.len().saturating_sub(6)..).unwrap_or_default();
    [head, "…", tail].concat()
}

/// What is pressed once the other side says that it has arrived.
fn arrival(store: &Store, session: &Session, given: &[Given]) -> Html {
    if session.is_reading() {
        return Html::default();
    }
    let busy = session.desk().busy;
    let has_arrived = {
        let (store, given) = (store.clone(), given.to_vec());
        Callback::from(move |_: MouseEvent| arrived(&store, given.clone()))
    };
    html! {
        <>
            <p class="help">{session.say("arrived_help")}</p>
            <button type="button" class="primary" aria-busy={truth(busy)} disabled={busy}
                onclick={has_arrived}>
                {session.say(if busy { "at_work" } else { "arrived" })}
            </button>
        </>
    }
}

fn made(store: &Store, session: &Session, held: &Held, given: &[Given]) -> Html {
    let again = |what: &'static str| {
        let (store, held) = (store.clone(), held.clone());
        Callback::from(move |_: MouseEvent| {
            let (store, held) = (store.clone(), held.clone());
            spawn_local(async move { hand(&store, what, &held).await });
        })
    };
    html! {
        <>
            <p class="help">{session.say("made_help")}</p>
            <div class="chips">
                {button("second", session.say("share"), again("hand"))}
                {button("second", session.say("save"), again("save"))}
            </div>
            {arrival(store, session, given)}
        </>
    }
}

fn opening(store: &Store, session: &Session, held: &Held) -> Html {
    let desk = session.desk();
    let boxes = match desk.way {
        Way::Passphrase | Way::Codes => line(session, "passphrase", "password", None),
        Way::Key => {
            let held = held.clone();
            let on_key = chosen(store, move |store, _, bytes| {
                open(store, "openWith", &browser::text_of(&bytes), &held);
            });
            html! {
                <>
                    {line(session, "identity", "password", Some("identity_help"))}
                    <label class="second file">
                        {session.say("key_file")}
                        <input type="file" onchange={on_key} />
                    </label>
                </>
            }
        }
    };
    let names = [("by_identity", Way::Key), ("by_passphrase", Way::Passphrase)];
    html! {
        <>
            {ways(store, session, &names)}
            {form(store, unseal, html! { <>{boxes}{act(desk, session, "unseal")}</> })}
        </>
    }
}

/// What is done with a record at a place, once the one on the screen is kept.
fn does(store: &Store, at: usize, here: Option<(Stand, String)>) -> Callback<MouseEvent> {
    let store = store.clone();
    Callback::from(move |_| {
        let (store, here) = (store.clone(), here.clone());
        spawn_local(async move {
            if !visits::leave(&store).await {
                return;
            }
            let Some((stand, key)) = here else {
                return store.apply(Edit::Desk(Task::Take(at, browser::new_id())));
            };
            // What is changed is on the screen first: so it can be brought back.
            let Some(text) = visits::bring(&store, &key).await else { return };
            store.apply(Edit::Desk(match stand {
                Stand::Newer => Task::Take(at, key),
                Stand::Apart => Task::Merge(at, text),
                Stand::Same | Stand::Older => Task::Close,
            }));
        });
    })
}

/// How a record stands to the one that is here.
fn here_line(session: &Session, one: &Inside) -> Html {
    let Some((stand, _)) = &one.here else { return Html::default() };
    html! { <span class="help">{session.say(&["inside_", stand.as_str()].concat())}</span> }
}

/// The records of a file; nothing on the screen is replaced until one is chosen.
fn offered(store: &Store, session: &Session, records: &[Inside]) -> Html {
    let lines = records.iter().enumerate().map(|(at, one)| {
        let number = at.saturating_add(1).to_string();
        match &one.told {
            Err(error) => {
                let parts = [("n", number.as_str()), ("why", &session.lang().say_record_error(error))];
                html! { <li><p class="problem">{session.fill("inside_spoilt", &parts)}</p></li> }
            }
            Ok(told) => {
                let nobody = || session.say("nameless");
                let name = told.head.clone().unwrap_or_else(nobody);
                let parts = [
                    ("year", told.year.map(|year| year.to_string()).unwrap_or_default()),
                    ("standard", told.standard.clone()),
                    ("count", told.answers.to_string()),
                    ("date", told.last.clone().unwrap_or_default()),
                ];
                let parts = parts.each_ref().map(|(name, text)| (*name, text.as_str()));
                let what = session.say(match one.here {
                    None => "take",
                    Some((Stand::Newer, _)) => "take_newer",
                    Some((Stand::Apart, _)) => "merge",
                    Some((Stand::Same | Stand::Older, _)) => "take_here",
                });
                html! {
                    <li>
                        <b>{&name}</b>
                        <span class="help">{session.fill("inside_one", &parts)}</span>
                        {here_line(session, one)}
                        <button type="button" class="second"
                            aria-label={[&what, "：", &name].concat()}
                            disabled={session.desk().busy}
                            onclick={does(store, at, one.here.clone())}>{&what}</button>
                    </li>
                }
            }
        }
    });
    let desk = session.desk();
    let all = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| take_all(&store))
    };
    html! {
        <>
            <p class="help">{session.say("inside_help")}</p>
            <ol class="inside">{for lines}</ol>
            if records.iter().filter(|one| one.told.is_ok()).count() > 1 {
                <p class="help">{session.say("take_all_help")}</p>
                <button type="button" class="primary" aria-busy={truth(desk.busy)}
                    disabled={desk.busy} onclick={all}>
                    {session.say(if desk.busy { "at_work" } else { "take_all" })}
                </button>
            }
        </>
    }
}
