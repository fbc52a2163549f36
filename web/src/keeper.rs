//! Everything that changes is kept: soon, and at once when the page is left.

use std::cell::{Cell, RefCell};

use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen_futures::spawn_local;

use crate::browser;
use crate::keep::{Keep, form};
use crate::rest::{self, Errand};
use crate::session::{Edit, Head, Kept, Lock, Watch, Why, Writer};
use crate::store::Store;

/// How long a change may wait until it is kept, in milliseconds.
const SOON: u32 = 300;
/// How long after a failure it is tried again, in milliseconds.
const AGAIN: u32 = 5_000;

/// Whoever waits to hear whether all could be kept.
type Told = Box<dyn FnOnce(bool)>;

/// Who keeps, and what was kept last.
#[derive(Default)]
pub(crate) struct Keeper {
    keep: RefCell<Option<Keep>>,
    soon: RefCell<Option<Timeout>>,
    again: RefCell<Option<Timeout>>,
    /// Something is being kept.
    busy: Cell<bool>,
    /// Something changed meanwhile.
    more: Cell<bool>,
    /// The browser was asked not to clear anything away.
    asked: Cell<bool>,
    last: RefCell<Parts>,
    /// What was chosen for this device was read: what stands here may take its place.
    is_taken_up: Cell<bool>,
    /// Visits that left the screen before they were kept, each with its line in the list.
    left: RefCell<Vec<(Head, String)>>,
    /// Told whether all could be kept.
    waiting: RefCell<Vec<Told>>,
}

/// The texts that are kept.
#[derive(Clone, Default)]
struct Parts {
    look: String,
    standards: String,
    /// The visit with its line in the list; none while nothing in it was chosen.
    visit: Option<(String, String)>,
}

impl Store {
    fn keeper(&self) -> &Keeper {
        &self.0.keeper
    }

    /// Whether nothing may be kept here: another window writes, or all is locked.
    fn is_barred(&self) -> bool {
        let session = self.read();
        session.is_reading() || session.lock() == Lock::Shut
    }

    /// What keeps, once the page has given it.
    pub(crate) fn keep_of(&self) -> Option<Keep> {
        self.keeper().keep.borrow().clone()
    }

    /// From now on, changes are kept by it.
    pub(crate) fn keep_in(&self, keep: Keep) {
        self.keeper().keep.replace(Some(keep));
    }

    /// What other pages do is told to this one.
    pub(crate) fn listener(&self) -> js_sys::Object {
        let (writer, changed, flush) = (self.clone(), self.clone(), self.clone());
        form(
            move |is_writer| match is_writer {
                true => rest::run(&writer, Errand::Won),
                false => writer.yields(),
            },
            move || rest::run(&changed, Errand::Changed),
            move || flush.flush(),
        )
    }

    /// What was chosen for this device was read, or there is nothing that could be.
    pub(crate) fn has_taken_up(&self) {
        self.keeper().is_taken_up.set(true);
    }

    /// What stands on the screen is what was kept.
    pub(crate) fn is_kept(&self) {
        let parts = self.parts();
        self.keeper().last.replace(parts);
    }

    pub(crate) fn keep_soon(&self) {
        if self.is_barred() {
            return;
        }
        let mut soon = self.keeper().soon.borrow_mut();
        if soon.is_some() {
            return;
        }
        let store = self.clone();
        *soon = Some(Timeout::new(SOON, move || {
            store.keeper().soon.borrow_mut().take();
            store.keep();
            store.settled();
        }));
        drop(soon);
        if self.read().kept() == Kept::Saved {
            self.0.session.borrow_mut().learn_kept(Kept::Saving);
            self.tell_after(&[Watch::Kept]);
        }
    }

    /// Keeps what there is, once all is ready for it.
    pub(crate) async fn get_ready(&self) {
        if self.is_barred() {
            return;
        }
        if let Some(keep) = self.keep_of()
            && let Err(why) = keep.get_ready().await
        {
            return self.kept(Err(why));
        }
        self.keep();
    }

    fn parts(&self) -> Parts {
        // What was done goes into the log first.
        let text = self.record_text();
        let session = self.read();
        let visit = session.is_begun().then(|| (session.key().to_owned(), text));
        Parts { look: session.look_text(), standards: session.standards_text(), visit }
    }

    /// Keeps now what has changed.
    pub(crate) fn keep(&self) {
        let keeper = self.keeper();
        if self.is_barred() {
            return self.answer_waiting(false);
        }
        if keeper.busy.replace(true) {
            return keeper.more.set(true);
        }
        let store = self.clone();
        spawn_local(async move {
            let keeper = store.keeper();
            let mut result = store.keep_all().await;
            while keeper.more.take() && result.is_ok() {
                result = store.keep_all().await;
            }
            keeper.busy.set(false);
            store.kept(result);
        });
    }

    /// What is on the screen and not kept yet is not left behind when another visit comes.
    pub(crate) fn keep_left(&self) {
        let keeper = self.keeper();
        let waits = keeper.soon.borrow().is_some() || keeper.busy.get();
        if self.is_barred() || !(waits || self.is_unkept()) {
            return;
        }
        let (Some(keep), Some((key, text))) = (self.keep_of(), self.parts().visit) else {
            return;
        };
        let mut left = keeper.left.borrow_mut();
        left.retain(|(head, _)| head.key != key);
        left.push((self.head(&keep), text));
    }

    fn next_left(&self) -> Option<(Head, String)> {
        self.keeper().left.borrow().first().cloned()
    }

    async fn keep_all(&self) -> Result<(), Why> {
        let keep = self.keep_of().ok_or(Why::None)?;
        while let Some(left) = self.next_left() {
            keep.keep(&left.0, &left.1).await?;
            self.keeper().left.borrow_mut().retain(|one| *one != left);
            self.apply(Edit::Listed(left.0));
        }
        let (now, last) = (self.parts(), self.keeper().last.borrow().clone());
        if let Some((_, text)) = now.visit.as_ref().filter(|_| now.visit != last.visit) {
            let head = self.head(&keep);
            keep.keep(&head, text).await?;
            self.keeper().last.borrow_mut().visit.clone_from(&now.visit);
            self.apply(Edit::Listed(head));
            if !self.keeper().asked.replace(true) {
                let keep = keep.clone();
                spawn_local(async move { keep.ask_to_stay().await });
            }
        }
        // Never over what could not be read.
        if !self.keeper().is_taken_up.get() {
            rest::run(self, Errand::TakeUp);
            return Ok(());
        }
        if now.standards != last.standards {
            keep.choose("standards", &now.standards).await?;
            self.keeper().last.borrow_mut().standards = now.standards;
        }
        if now.look != last.look {
            keep.choose("look", &now.look).await?;
            self.keeper().last.borrow_mut().look = now.look;
        }
        Ok(())
    }

    fn head(&self, keep: &Keep) -> Head {
        let session = self.read();
        let initials = keep.letters(&session.household_name());
        session.head(&browser::now(), &initials)
    }

    /// Told how keeping went; a change that still waits is not kept yet.
    fn kept(&self, result: Result<(), Why>) {
        let keeper = self.keeper();
        match result {
            // What was typed meanwhile is kept next.
            Ok(()) if keeper.soon.borrow().is_some() => {}
            Ok(()) => {
                self.apply(Edit::Kept(Kept::Saved));
                self.answer_waiting(true);
            }
            Err(why) => {
                self.apply(Edit::Kept(Kept::Not(why)));
                if why == Why::Taken {
                    self.apply(Edit::Writer(Writer::Other));
                }
                self.answer_waiting(false);
                if why.may_pass() {
                    let store = self.clone();
                    let again = Timeout::new(AGAIN, move || store.keep());
                    keeper.again.replace(Some(again));
                }
            }
        }
    }

    fn answer_waiting(&self, is_kept: bool) {
        for told in self.keeper().waiting.take() {
            told(is_kept);
        }
    }

    /// Keeps what is not kept yet; for when the page is being left.
    pub(crate) fn keep_rest(&self) {
        let keeper = self.keeper();
        // A browser that leaves a page may have ended the form in the middle of a step.
        let Ok(mut soon) = keeper.soon.try_borrow_mut() else { return };
        let waits = soon.take().is_some() || keeper.busy.get();
        drop(soon);
        if self.is_busy() || self.is_barred() || !(waits || self.is_unkept()) {
            return;
        }
        if let Some(keep) = self.keep_of() {
            let Parts { look, visit, .. } = self.parts();
            let look =
                Some(look).filter(|_| keeper.is_taken_up.get()).unwrap_or_default();
            let (key, text) = visit.unwrap_or_default();
            keep.keep_now(&look, &key, &text);
        }
        self.keep();
    }

    /// Keeps all there is, and tells whether that could be done.
    pub(crate) fn when_kept(&self, then: impl FnOnce(bool) + 'static) {
        self.keeper().waiting.borrow_mut().push(Box::new(then));
        self.keeper().soon.borrow_mut().take();
        self.keep();
    }

    /// The same as a promise.
    pub(crate) fn flush(&self) -> Promise {
        Promise::new(&mut |done, _| {
            self.when_kept(move |is_kept| {
                drop(done.call1(&wasm_bindgen::JsValue::UNDEFINED, &is_kept.into()));
            });
        })
    }

    /// Another page took over.
    fn yields(&self) {
        let keeper = self.keeper();
        let waits = keeper.soon.borrow_mut().take().is_some() || keeper.busy.get();
        self.apply(Edit::Writer(Writer::Other));
        if waits || self.is_unkept() {
            self.apply(Edit::Kept(Kept::Not(Why::Taken)));
        }
    }

    pub(crate) fn is_unkept(&self) -> bool {
        matches!(self.read().kept(), Kept::Not(_))
    }
}
