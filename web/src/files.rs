//! Files on the first page: handing over, opening what was handed over, a new household.

mod desk;

use std::rc::Rc;

use js_sys::Uint8Array;
use ruhu_core::Record;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlInputElement};
use yew::prelude::*;

use crate::live::{Part, live};
use crate::session::{Edit, Handover, HandoverError, Held, Lies, Session, Task, Way};
use crate::store::Store;
use crate::{browser, fetch};

pub(crate) use desk::desk;

/// The files and what is done with them.
pub(crate) fn files(store: &Store, session: &Session) -> Html {
    let record = chosen(store, take_record);
    let standard = chosen(store, |store, name, bytes| {
        fetch::take_standard(store, name, browser::text_of(&bytes));
    });
    html! {
        <section class="panel" aria-labelledby="files">
            <h2 id="files">{session.say("files")}</h2>
            <p class="help">{session.say("files_help")}</p>
            <div class="file-row">
                <button type="button" class="second" id="give"
                    onclick={store.on(|| Edit::Desk(Task::Give))}>{session.say("export")}</button>
                <label class="second file">
                    {session.say("import")}
                    <input type="file" accept=".age,.json,application/json" onchange={record} />
                </label>
                <label class="second file">
                    {session.say("load_standard")}
                    <input type="file" accept=".json,application/json" onchange={standard} />
                </label>
                {renew(store, session)}
            </div>
            {live(store, Part::Desk)}
        </section>
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

/// A new household; asked once more, because this one leaves the screen.
fn renew(store: &Store, session: &Session) -> Html {
    html! {
        <details class="renew" key={session.epoch().to_string()}>
            <summary class="second">{session.say("new")}</summary>
            <p>{session.say("new_sure")}</p>
            <button type="button" class="second danger"
                onclick={store.on(|| Edit::New(browser::new_id(), browser::today()))}>
                {session.say("new_yes")}
            </button>
        </details>
    }
}

/// What was chosen as a record: opened as it is, or laid on the desk.
fn take_record(store: &Store, name: String, bytes: Vec<u8>) {
    // The safe says what is wrong with one that only begins like a sealed file.
    if ["age-encryption", "-----BEGIN AGE"]
        .iter()
        .any(|head| bytes.starts_with(head.as_bytes()))
    {
        let held = Held { name, bytes: bytes.into() };
        return store.apply(Edit::Desk(Task::Sealed(held)));
    }
    let text = browser::text_of(&bytes);
    store.apply(match Record::from_json(&text) {
        Ok((record, notices)) => Edit::Record(Box::new(record), notices),
        Err(_) if Handover::pieces(&text) != Err(HandoverError::NotOne) => {
            Edit::Desk(Task::Opened(text))
        }
        Err(error) => Edit::Trouble(store.read().say_record_error(&error)),
    });
}

/// The name of the file of a hand-over, without its ending.
fn file_name(session: &Session) -> String {
    let record = session.visit().record();
    let date = record.date.as_deref().unwrap_or_default();
    ["ruhu-", date, "-", &record.id].concat()
}

/// The record as it is, in a file that anybody can read.
fn plain(store: &Store) {
    let session = store.read();
    let name = [&file_name(&session), ".json"].concat();
    browser::save_file(&name, &session.visit().record().to_json());
}

/// Makes the sealed file of a hand-over, by what was typed.
fn give(store: &Store) {
    let desk = store.read().desk().clone();
    let root = store.root();
    let typed = match (desk.way, desk.county) {
        (Way::Key, Some(key)) => key,
        (Way::Key, None) => browser::typed(root, "county"),
        (Way::Passphrase, _) => {
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
        let (text, name) = {
            let session = store.read();
            let record = session.visit().record().to_json();
            (Handover::write(&[record]), [&file_name(&session), ".age"].concat())
        };
        match seal(&store, desk.way, typed, &text).await {
            Ok(bytes) => {
                let held = Held { name, bytes };
                store.apply(Edit::Desk(Task::Made(held.clone())));
                hand(&store, "hand", &held).await;
            }
            Err(key) => trouble(&store, &key),
        }
    });
}

async fn seal(
    store: &Store,
    way: Way,
    typed: String,
    text: &str,
) -> Result<Rc<[u8]>, String> {
    let bytes: JsValue = Uint8Array::from(text.as_bytes()).into();
    let sealed = match way {
        Way::Passphrase => fetch::safe("sealBy", &[typed.into(), bytes]).await,
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

fn trouble(store: &Store, key: &str) {
    let why = sealed(&store.read(), key);
    store.apply(Edit::Desk(Task::Trouble(why)));
}

/// Opens the file that lies on the desk, by what was typed.
fn unseal(store: &Store) {
    let desk = store.read().desk().clone();
    let Lies::Sealed(held) = &desk.lies else { return };
    let (id, how) = match desk.way {
        Way::Key => ("identity", "openWith"),
        Way::Passphrase => ("passphrase", "openBy"),
    };
    open(store, how, &browser::typed(store.root(), id), held);
}

fn open(store: &Store, how: &'static str, typed: &str, held: &Held) {
    store.apply(Edit::Desk(Task::Busy));
    let given = [typed.into(), Uint8Array::from(&*held.bytes).into()];
    let (store, held) = (store.clone(), held.clone());
    spawn_local(async move {
        let opened = fetch::safe(how, &given).await;
        // Another file may have been chosen meanwhile, or this one put away.
        let is_there = store.read().desk().lies == Lies::Sealed(held);
        match opened.map(|told| bytes_of(&told)) {
            _ if !is_there => {}
            Ok(Some(bytes)) => {
                store.apply(Edit::Desk(Task::Opened(browser::text_of(&bytes))));
            }
            Ok(None) => trouble(&store, "unavailable"),
            Err(key) => trouble(&store, &key),
        }
    });
}
