//! Files: handing over, opening what was handed over, and where a visit begins or ends.

mod codes;
mod desk;
mod merge;
mod open;

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlInputElement};
use yew::prelude::*;

use super::{Rest, part, visits};
use crate::button::button;
use crate::keep::Keep;
use crate::session::{Edit, Given, Handover, Held, Kept, Session, Task, Way};
use crate::store::Store;
use crate::{browser, fetch};

pub(crate) use desk::desk;
use open::{open, take_all, take_record, unseal};

/// What is done with the visit on the screen.
pub(crate) fn files(store: &Store, session: &Session) -> Html {
    let standard = chosen(store, |store, name, bytes| {
        fetch::take_standard(store, name, browser::text_of(&bytes));
    });
    html! {
        <section class="panel" aria-labelledby="files">
            <h2 id="files">{session.say("files")}</h2>
            <p class="help">{session.say("files_help")}</p>
            <div class="file-row">
                {give_button(store, session, "export")}
                {record_box(store, session)}
                {codes::scan_button(store, session)}
                <label class="second file">
                    {session.say("load_standard")}
                    <input type="file" accept=".json,application/json" onchange={standard} />
                </label>
                {button(
                    "second",
                    session.say("next_year"),
                    does(store, visits::next_year),
                )}
                {renew(store, session)}
            </div>
            {part(store, Rest::Desk)}
        </section>
    }
}

/// What is done with the list of visits.
pub(crate) fn list_files(store: &Store, session: &Session) -> Html {
    html! {
        <>
            <div class="file-row">
                if !session.is_reading() {
                    {button("primary", session.say("new"), does(store, visits::renew))}
                    {record_box(store, session)}
                    {codes::scan_button(store, session)}
                }
                {give_button(store, session, "give_all")}
            </div>
            {part(store, Rest::Desk)}
        </>
    }
}

fn does(store: &Store, run: fn(&Store)) -> Callback<MouseEvent> {
    let store = store.clone();
    Callback::from(move |_| run(&store))
}

fn give_button(store: &Store, session: &Session, name: &str) -> Html {
    html! {
        <button type="button" class="second" id="give"
            onclick={store.on(|| Edit::Desk(Task::Give))}>{session.say(name)}</button>
    }
}

fn record_box(store: &Store, session: &Session) -> Html {
    let record = chosen(store, take_record);
    html! {
        <label class="second file">
            {session.say("import")}
            <input type="file" accept=".age,.json,application/json" onchange={record} />
        </label>
    }
}

/// A handler of a box for files; what is too large is refused before it is read.
fn chosen(
    store: &Store,
    then: impl Fn(&Store, String, Vec<u8>) + Clone + 'static,
) -> Callback<Event> {
    let store = store.clone();
    Callback::from(move |event: Event| {
        let (store, then) = (store.clone(), then.clone());
        let input: HtmlInputElement = event.target_unchecked_into();
        browser::read_file(&input, move |name, bytes| match bytes {
            Some(bytes) => then(&store, name, bytes),
            None => {
                let why = sealed(&store.read(), "too_large");
                store.apply(Edit::Trouble(why));
            }
        });
    })
}

/// The words of a refusal of the safe.
fn sealed(session: &Session, key: &str) -> String {
    session.lang().named("sealed", key)
}

/// A new household. Asked once more where this one is not kept and would be gone.
fn renew(store: &Store, session: &Session) -> Html {
    if !matches!(session.kept(), Kept::Not(_)) {
        return html! {
            {button("second", session.say("new"), does(store, visits::renew))}
        };
    }
    html! {
        <details class="renew" key={session.epoch().to_string()}>
            <summary class="second">{session.say("new")}</summary>
            <p>{session.say("new_sure")}</p>
            {button(
                "second danger",
                session.say("new_yes"),
                store.on(|| Edit::New(browser::new_id(), browser::today())),
            )}
        </details>
    }
}

/// What is handed over: the name of its file, without its ending, and its records.
struct Pack {
    name: String,
    /// Each under the key of its visit.
    records: Vec<(String, String)>,
    /// How many visits could not be read.
    spoilt: usize,
}

/// None where what was typed last cannot be kept, which is said.
async fn pack(store: &Store) -> Option<Pack> {
    if !store.read().desk().is_all {
        let text = store.record_text();
        let session = store.read();
        let records = vec![(session.key().to_owned(), text)];
        let record = session.visit().record();
        let date = record.date.as_deref().unwrap_or_default();
        let name = ["ruhu-", date, "-", &record.id].concat();
        return Some(Pack { name, records, spoilt: 0 });
    }
    // What was typed last belongs to it.
    if !visits::leave(store).await {
        return None;
    }
    if !store.read().visits().are_read() {
        store.read_list().await;
    }
    let found: Vec<String> = {
        let session = store.read();
        let found = session.visits().found().into_iter();
        found.map(|head| head.key.clone()).collect()
    };
    let texts = match store.keep_of() {
        Some(keep) => keep.visits(&found).await,
        None => Vec::new(),
    };
    let spoilt = found.len().saturating_sub(texts.iter().flatten().count());
    let records: Vec<(String, String)> = found
        .into_iter()
        .zip(texts)
        .filter_map(|(key, text)| text.map(|text| (key, text)))
        .collect();
    let name = ["ruhu-", &browser::today(), "-", &records.len().to_string()].concat();
    Some(Pack { name, records, spoilt })
}

fn texts(records: &[(String, String)]) -> String {
    Handover::write(&records.iter().map(|(_, text)| text).collect::<Vec<_>>())
}

/// Says what could not be handed over.
fn tell_spoilt(store: &Store, spoilt: usize) {
    if spoilt > 0 {
        let count = spoilt.to_string();
        let why = store.read().fill("not_given", &[("count", &count)]);
        store.apply(Edit::Desk(Task::Trouble(why)));
    }
}

/// The records as they are, in a file that anybody can read.
fn plain(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        let is_all = store.read().desk().is_all;
        let Some(Pack { name, records, spoilt }) = pack(&store).await else { return };
        let text = match records.as_slice() {
            [(_, one)] if !is_all => one.clone(),
            all => texts(all),
        };
        let held =
            Held { name: [&name, ".json"].concat(), bytes: text.as_bytes().into() };
        store.apply(Edit::Desk(Task::Made(held, given(&records))));
        browser::save_file(&[&name, ".json"].concat(), &text);
        tell_spoilt(&store, spoilt);
    });
}

/// Makes the sealed file of a hand-over, by what was typed.
fn give(store: &Store) {
    let desk = store.read().desk().clone();
    let root = store.root();
    let typed = match (desk.way, desk.county) {
        (Way::Key, Some(key)) => key,
        (Way::Key, None) => browser::typed(root, "county"),
        (Way::Passphrase | Way::Codes, _) => {
            let passphrase = browser::typed(root, "passphrase");
            let unfit = Session::unfit(&passphrase, &browser::typed(root, "again"));
            if let Some(key) = unfit {
                return trouble(store, key);
            }
            passphrase
        }
    };
    store.apply(Edit::Desk(Task::Busy));
    let store = store.clone();
    spawn_local(async move {
        let Some(Pack { name, records, spoilt }) = pack(&store).await else {
            return store.apply(Edit::Desk(Task::Give));
        };
        let given = given(&records);
        let text = texts(&records);
        let bytes: JsValue = Uint8Array::from(text.as_bytes()).into();
        if desk.way == Way::Codes {
            return match codes::make(typed, bytes).await {
                Ok(codes) => {
                    store.apply(Edit::Desk(Task::Codes(codes, given)));
                    codes::play(&store);
                }
                Err(key) => trouble(&store, &key),
            };
        }
        match seal(&store, desk.way, typed, bytes).await {
            Ok(bytes) => {
                let held = Held { name: [&name, ".age"].concat(), bytes };
                store.apply(Edit::Desk(Task::Made(held.clone(), given)));
                hand(&store, "hand", &held).await;
                tell_spoilt(&store, spoilt);
            }
            Err(key) => trouble(&store, &key),
        }
    });
}

/// What went into a file, by which it is known again once it has arrived.
fn given(records: &[(String, String)]) -> Vec<Given> {
    records.iter().map(|(key, text)| (key.clone(), text.as_str().into())).collect()
}

async fn seal(
    store: &Store,
    way: Way,
    typed: String,
    bytes: JsValue,
) -> Result<Rc<[u8]>, String> {
    let sealed = match way {
        Way::Passphrase | Way::Codes => {
            fetch::safe("sealBy", &[typed.into(), bytes]).await
        }
        Way::Key => {
            let key = fetch::safe("recipient", &[typed.into()]).await?;
            let sealed = fetch::safe("sealTo", &[key.clone(), bytes]).await;
            // Kept only when it has been checked.
            if sealed.is_ok() {
                store.apply(Edit::Desk(Task::County(key.as_string())));
            }
            sealed
        }
    };
    bytes_of(&sealed?).ok_or_else(|| "unavailable".to_owned())
}

fn bytes_of(told: &JsValue) -> Option<Rc<[u8]>> {
    told.dyn_ref::<Uint8Array>().map(|bytes| bytes.to_vec().into())
}

/// Hands a file to another app, or saves it; what happens then the browser tells nobody.
async fn hand(store: &Store, what: &'static str, held: &Held) {
    let bytes = Uint8Array::from(&*held.bytes);
    let done = fetch::safe(what, &[held.name.as_str().into(), bytes.into()]).await;
    if let Err(key) = done {
        trouble(store, &key);
    }
}

/// The file has arrived: its visits are marked, but for those that were changed since.
fn arrived(store: &Store, given: Vec<Given>) {
    let store = store.clone();
    spawn_local(async move {
        let Some(keep) = store.keep_of() else { return };
        if !visits::leave(&store).await {
            return;
        }
        store.apply(Edit::Desk(Task::Busy));
        let (mut marked, mut changed) = (0_usize, 0_usize);
        for visit in given {
            let done = if store.read().key() == visit.0 {
                mark_shown(&store, &visit.1).await
            } else {
                mark_kept(&store, &keep, &visit).await
            };
            let count = if done { &mut marked } else { &mut changed };
            *count = count.saturating_add(1);
        }
        let (marked, left) = (marked.to_string(), changed.to_string());
        let parts = [("count", marked.as_str()), ("left", left.as_str())];
        let key = if changed == 0 { "handed" } else { "handed_some" };
        let text = store.read().fill(key, &parts);
        store.apply(Edit::Desk(Task::Arrived(text)));
    });
}

async fn mark_shown(store: &Store, given: &str) -> bool {
    let Some(seal) = Session::seal_of(given) else { return false };
    let is_same = Session::seal_of(&store.record_text()).is_some_and(|now| now == seal);
    store.apply(Edit::Desk(Task::HandedOver(seal)));
    is_same && visits::leave(store).await
}

async fn mark_kept(store: &Store, keep: &Keep, visit: &Given) -> bool {
    let Ok((text, _)) = keep.visit(&visit.0).await else { return false };
    let marked = store.read().handed_over(visit, &text);
    let Some((head, text)) = marked else { return false };
    let is_kept = keep.keep(&head, &text).await.is_ok();
    if is_kept {
        store.apply(Edit::Listed(head));
    }
    is_kept
}

fn trouble(store: &Store, key: &str) {
    let why = sealed(&store.read(), key);
    store.apply(Edit::Desk(Task::Trouble(why)));
}
