//! Several windows with the form: one writes, the others read along.

use wasm_bindgen_futures::spawn_local;

use super::begin;
use crate::browser;
use crate::session::{Edit, Head, Kept, Lock, Writer};
use crate::store::Store;

impl Store {
    /// This page writes from now on.
    pub(super) fn won(&self) {
        let store = self.clone();
        spawn_local(async move {
            if store.is_unkept() {
                // Both stay: what could not be kept here is a visit beside the other's.
                store.apply(Edit::Apart(browser::new_id()));
                store.apply(Edit::Writer(Writer::This));
                return store.keep();
            }
            let notes = store.look_again().await;
            store.apply(Edit::Writer(Writer::This));
            store.apply(Edit::Kept(Kept::Saved));
            if !notes.is_empty() {
                // The page that wrote was left in the middle of a word.
                let (key, page) = (store.read().key().to_owned(), store.read().page());
                begin::take_notes(&store, notes).await;
                let is_other = store.read().key() != key;
                let Some(keep) = store.keep_of() else { return };
                // What is gone meanwhile does not come back; the other's first page is there.
                if !is_other || begin::bring(&store, &keep, key).await {
                    store.apply(Edit::Go(page));
                }
            }
        });
    }

    /// Another page has kept something: what is only read here is read anew.
    pub(super) fn changed(&self) {
        // What could not be kept stays on the screen.
        if !self.read().is_reading() || self.is_unkept() {
            return;
        }
        let store = self.clone();
        spawn_local(async move { drop(store.look_again().await) });
    }

    /// Reads the visit on the screen, and the list, as they lie on the device now; what
    /// was noted when a page was left.
    async fn look_again(&self) -> Vec<(String, String)> {
        let Some(keep) = self.keep_of() else { return Vec::new() };
        let Ok(opened) = keep.again().await else { return Vec::new() };
        // Another window has set a PIN: here, too, it is asked for.
        if opened.lock == Lock::Shut {
            keep.anew();
            return Vec::new();
        }
        let key = self.read().key().to_owned();
        if let Ok((text, missing)) = keep.visit(&key).await {
            let page = self.read().page();
            let is_same = self.read().visit().record().to_json() == text;
            if !is_same && self.read().key() == key {
                self.apply(Edit::Visit(key, text, missing));
                self.apply(Edit::Go(page));
            }
        }
        self.is_kept();
        self.read_list().await;
        opened.notes
    }

    /// Reads the list of visits: again, where something of it changed meanwhile.
    pub(super) async fn read_list(&self) {
        let Some(keep) = self.keep_of() else { return };
        let changes = || self.read().visits().changes();
        let mut before = changes();
        let mut all = keep.all().await;
        while changes() != before {
            before = changes();
            all = keep.all().await;
        }
        let edit = match all {
            Ok(mut heads) => {
                // The one that was changed last first; in one second, the one begun last.
                let order = |head: &Head| (head.changed.clone(), head.key.clone());
                heads.sort_by_cached_key(|head| std::cmp::Reverse(order(head)));
                Edit::Heads(heads)
            }
            Err(why) => Edit::Trouble(self.read().lang().named("kept", why.as_str())),
        };
        self.apply(edit);
    }
}
