//! What was kept comes back to the screen.

use wasm_bindgen_futures::JsFuture;

use super::visits;
use crate::fetch;
use crate::keep::{Keep, Opened};
use crate::session::{Edit, Kept, Lock, Page, Session, Why, Writer};
use crate::store::Store;

/// The PIN was given: everything is on the screen again.
pub(crate) async fn again(store: &Store) {
    let Some(keep) = store.keep_of() else { return };
    match keep.again().await {
        Ok(opened) => begin(store, opened).await,
        Err(why) => store.apply(Edit::Kept(Kept::Not(why))),
    }
    store.get_ready().await;
}

/// What was chosen for this device is taken up beside what stands on the screen.
pub(crate) async fn take_up(store: &Store) {
    let Some(keep) = store.keep_of() else { return };
    if let Ok(opened) = keep.again().await
        && opened.lock != Lock::Shut
    {
        fetch::take_up(store, &opened.look, &opened.standards).await;
        store.has_taken_up();
        store.keep();
    }
}

/// Everything is on the screen again as it was when the page was left.
pub(crate) async fn begin(store: &Store, opened: Opened) {
    let Some(keep) = store.keep_of() else { return };
    // The older form kept one draft, with looks and standards in it.
    let (look, standards, old) = match opened.old {
        Some(draft) => Session::parted(&draft),
        None => (opened.look, opened.standards, None),
    };
    fetch::take_up(store, &look, &standards).await;
    store.has_taken_up();
    store.apply(Edit::Lock(opened.lock));
    if opened.lock == Lock::Shut {
        return;
    }
    if !opened.may_write {
        store.apply(Edit::Writer(Writer::Other));
    }
    // What the page has loaded by now is not replaced.
    if store.read().epoch() > 0 {
        return;
    }
    if let Some(record) = old {
        let key = store.read().key().to_owned();
        store.apply(Edit::Visit(key.clone(), record, 0));
        // One that cannot be read stays where it is.
        if store.read().trouble().is_none() {
            keep.took_old(&key);
        }
        return store.take_up_page(&look);
    }
    let last = Session::visit_of(&look);
    if opened.may_write {
        take_notes(store, opened.notes).await;
    }
    let is_there = match last {
        Some(key) if store.read().key() != key => bring(store, &keep, key).await,
        Some(_) => true,
        None => false,
    };
    if opened.is_gone {
        let why = store.read().say("all_gone");
        store.apply(Edit::Trouble(why));
    } else if is_there || !keep.all().await.is_ok_and(|heads| !heads.is_empty()) {
        store.take_up_page(&look);
        if store.read().page() == Page::Visits {
            visits::show(store);
        }
    } else {
        // A blank form would look as if all the others were gone.
        visits::show(store);
    }
}

/// What was noted when a page was left is kept, each in its visit.
pub(super) async fn take_notes(store: &Store, notes: Vec<(String, String)>) {
    for (key, text) in notes {
        store.apply(Edit::Visit(key, text, 0));
        drop(JsFuture::from(store.flush()).await);
    }
}

/// Brings the visit that was on the screen last back to it; whether it is there.
pub(super) async fn bring(store: &Store, keep: &Keep, key: String) -> bool {
    match keep.visit(&key).await {
        Ok((text, missing)) => {
            store.apply(Edit::Visit(key, text, missing));
            store.is_kept();
            true
        }
        // A visit that was never begun is not there, and not missed.
        Err(Why::None) => false,
        Err(why) => {
            let why = store.read().lang().named("kept", why.as_str());
            store.apply(Edit::Trouble(why));
            false
        }
    }
}
