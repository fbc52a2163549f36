//! Files that are opened: sealed or not, one record or many, and how each stands to what is
//! here.

use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::super::visits;
use super::{bytes_of, codes, trouble};
use crate::keep::Keep;
use crate::session::{
    Edit, Handover, HandoverError, Held, Lies, Session, Stand, Task, Way,
};
use crate::store::Store;
use crate::{browser, fetch};

/// What was chosen as a record: opened as it is, or laid on the desk.
pub(super) fn take_record(store: &Store, name: String, bytes: Vec<u8>) {
    // The safe says what is wrong with one that only begins like a sealed file.
    if ["age-encryption", "-----BEGIN AGE"]
        .iter()
        .any(|head| bytes.starts_with(head.as_bytes()))
    {
        let held = Held { name, bytes: bytes.into() };
        return store.apply(Edit::Desk(Task::Sealed(held)));
    }
    let text = browser::text_of(&bytes);
    if Handover::pieces(&text) == Err(HandoverError::NotOne) {
        visits::take_record(store, text);
    } else {
        look_inside(store, text);
    }
}

/// Shows what is in a file, and then how each record stands to one that is here.
fn look_inside(store: &Store, text: String) {
    store.apply(Edit::Desk(Task::Opened(text)));
    let Some(keep) = store.keep_of() else { return };
    // What is done with a record depends on it.
    store.apply(Edit::Desk(Task::Busy));
    let store = store.clone();
    spawn_local(async move {
        drop(JsFuture::from(store.flush()).await);
        store.read_list().await;
        let texts: Vec<String> = match &store.read().desk().lies {
            Lies::Inside(inside) => inside.iter().map(|one| one.text.clone()).collect(),
            _ => Vec::new(),
        };
        let mut here = Vec::new();
        for text in &texts {
            here.push(standing(&store, &keep, text).await);
        }
        store.apply(Edit::Desk(Task::Here(here)));
    });
}

/// How a record stands to the nearest copy that is here, and under which key that is kept.
async fn standing(store: &Store, keep: &Keep, text: &str) -> Option<(Stand, String)> {
    let id = store.read().id_of(text);
    let keys = store.read().visits().keys_of(&id);
    let mut nearest = None;
    for key in keys {
        let Ok((here, _)) = keep.visit(&key).await else { continue };
        match Session::stand(&here, text) {
            Stand::Apart if nearest.is_some() => {}
            Stand::Apart => nearest = Some((Stand::Apart, key)),
            near => return Some((near, key)),
        }
    }
    nearest
}

/// Opens the file that lies on the desk, by what was typed.
pub(super) fn unseal(store: &Store) {
    let desk = store.read().desk().clone();
    let Lies::Sealed(held) = &desk.lies else { return };
    let (id, how) = match desk.way {
        Way::Key => ("identity", "openWith"),
        Way::Passphrase | Way::Codes => ("passphrase", "openBy"),
    };
    open(store, how, &browser::typed(store.root(), id), held);
}

pub(super) fn open(store: &Store, how: &'static str, typed: &str, held: &Held) {
    store.apply(Edit::Desk(Task::Busy));
    let given = [typed.into(), Uint8Array::from(&*held.bytes).into()];
    let (store, held) = (store.clone(), held.clone());
    spawn_local(async move {
        let opened = match fetch::safe(how, &given).await {
            Ok(told) => codes::whole(told).await,
            refused => refused,
        };
        // Another file may have been chosen meanwhile, or this one put away.
        let is_there = store.read().desk().lies == Lies::Sealed(held);
        match opened.map(|told| bytes_of(&told)) {
            _ if !is_there => {}
            Ok(Some(bytes)) => look_inside(&store, browser::text_of(&bytes)),
            Ok(None) => trouble(&store, "unavailable"),
            Err(key) => trouble(&store, &key),
        }
    });
}

/// Puts every good record of the file into the list: what is there already and the same
/// stays as it is, what went on elsewhere goes on here. What both changed waits on the desk.
pub(super) fn take_all(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        let Some(keep) = store.keep_of() else { return };
        if !visits::leave(&store).await {
            return;
        }
        let texts: Vec<String> = match &store.read().desk().lies {
            Lies::Inside(inside) => {
                let good = inside.iter().filter(|one| one.told.is_ok());
                good.map(|one| one.text.clone()).collect()
            }
            _ => return,
        };
        store.apply(Edit::Desk(Task::Busy));
        store.read_list().await;
        let mut counts = [0_u32; 4];
        let mut apart = Vec::new();
        for text in texts {
            let (at, key) = match standing(&store, &keep, &text).await {
                None => (0, Some(browser::new_id())),
                Some((Stand::Newer, key)) => (1, Some(key)),
                Some((Stand::Same | Stand::Older, _)) => (2, None),
                Some((Stand::Apart, _)) => (3, None),
            };
            if let Some(key) = key {
                let edit = store.read().record_edit(&key, &text);
                store.apply(edit);
                if !visits::leave(&store).await {
                    return;
                }
            }
            if let Some(count) = counts.get_mut(at) {
                *count = count.saturating_add(1);
            }
            if at == 3 {
                apart.push(text);
            }
        }
        let [new, newer, same, left] = counts.map(|count| count.to_string());
        let parts = [
            ("new", new.as_str()),
            ("newer", newer.as_str()),
            ("same", same.as_str()),
            ("apart", left.as_str()),
        ];
        let text = store.read().fill("taken_all", &parts);
        visits::show(&store);
        store.apply(Edit::Desk(Task::Taken(text)));
        if !apart.is_empty() {
            look_inside(&store, Handover::write(&apart));
        }
    });
}
