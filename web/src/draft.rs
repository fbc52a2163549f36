//! The draft on this device: one text in the browser's own base, through a door that reopens.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{
    IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbRequestReadyState, IdbTransactionMode,
};

use crate::session::Kept;

const BASE: &str = "ruhu";
const SHELF: &str = "drafts";
const CURRENT: &str = "current";

/// Where drafts are kept, and who is told how that went.
pub(crate) struct Draft {
    base: RefCell<Option<IdbDatabase>>,
    /// What the page asked for before the form was there.
    opening: Cell<Option<IdbOpenDbRequest>>,
    told: Box<dyn Fn(Kept)>,
    /// How many writes are under way.
    writing: Cell<u32>,
    done: RefCell<Option<Rc<Listeners>>>,
}

struct Listeners {
    complete: Closure<dyn Fn()>,
    failed: Closure<dyn Fn()>,
}

impl Draft {
    pub(crate) fn new(
        opening: Option<IdbOpenDbRequest>,
        told: impl Fn(Kept) + 'static,
    ) -> Rc<Self> {
        let draft = Rc::new(Self {
            base: RefCell::new(None),
            opening: Cell::new(opening),
            told: Box::new(told),
            writing: Cell::new(0),
            done: RefCell::new(None),
        });
        let (one, other) = (Rc::clone(&draft), Rc::clone(&draft));
        let listeners = Listeners {
            complete: Closure::new(move || one.wrote(Kept::Saved)),
            failed: Closure::new(move || other.wrote(Kept::Failed)),
        };
        draft.done.replace(Some(Rc::new(listeners)));
        draft
    }

    /// Opens the base and reads what is kept there; told once, with nothing where there is
    /// nothing.
    pub(crate) fn read(self: &Rc<Self>, then: impl FnOnce(Option<String>) + 'static) {
        let draft = Rc::clone(self);
        self.open(move |base| {
            let Some(base) = base else { return then(None) };
            let request = draft.request(&base);
            draft.base.replace(Some(base));
            let Some(request) = request else { return then(None) };
            when_done(&request.clone(), move |good| {
                let found = request.result().ok().filter(|_| good);
                then(found.and_then(|found| found.as_string()));
            });
        });
    }

    fn request(&self, base: &IdbDatabase) -> Option<IdbRequest> {
        let shelf = base.transaction_with_str(SHELF).ok()?.object_store(SHELF).ok()?;
        shelf.get(&CURRENT.into()).ok()
    }

    /// Writes a text in a transaction of its own; begun before this returns, so that it
    /// also works while the page is being left.
    pub(crate) fn keep(self: &Rc<Self>, text: String) {
        let begun = self.base.borrow().as_ref().map(|base| self.write(base, &text));
        match begun {
            Some(Ok(())) => {}
            // The phone closed the base while the page was away: open it again, once.
            Some(Err(_)) | None => {
                let draft = Rc::clone(self);
                self.open(move |base| {
                    let Some(base) = base else { return (draft.told)(Kept::Nowhere) };
                    let wrote = draft.write(&base, &text);
                    draft.base.replace(Some(base));
                    if wrote.is_err() {
                        (draft.told)(Kept::Failed);
                    }
                });
            }
        }
    }

    #[expect(deprecated, reason = "the standard has it; its binding is an old one")]
    fn write(&self, base: &IdbDatabase, text: &str) -> Result<(), JsValue> {
        let write =
            base.transaction_with_str_and_mode(SHELF, IdbTransactionMode::Readwrite)?;
        write.object_store(SHELF)?.put_with_key(&text.into(), &CURRENT.into())?;
        if let Some(listeners) = &*self.done.borrow() {
            write.set_oncomplete(Some(listeners.complete.as_ref().unchecked_ref()));
            write.set_onabort(Some(listeners.failed.as_ref().unchecked_ref()));
        }
        // Committed at once, where the engine can: a page that is being left gets no later
        // turn to do it.
        drop(write.commit());
        self.writing.set(self.writing.get().saturating_add(1));
        (self.told)(Kept::Saving);
        Ok(())
    }

    fn wrote(&self, how: Kept) {
        let left = self.writing.get().saturating_sub(1);
        self.writing.set(left);
        if left == 0 || how == Kept::Failed {
            (self.told)(how);
        }
    }

    fn open(&self, then: impl FnOnce(Option<IdbDatabase>) + 'static) {
        let Some(request) = self.opening.take().or_else(ask) else { return then(None) };
        if request.ready_state() == IdbRequestReadyState::Done {
            return then(opened(&request));
        }
        let asked = request.clone();
        when_done(&request, move |good| then(opened(&asked).filter(|_| good)));
    }
}

fn ask() -> Option<IdbOpenDbRequest> {
    let factory = web_sys::window()?.indexed_db().ok().flatten()?;
    let request = factory.open_with_u32(BASE, 1).ok()?;
    let asked = request.clone();
    let upgrade = Closure::once_into_js(move || {
        if let Some(base) = opened(&asked) {
            drop(base.create_object_store(SHELF));
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    Some(request)
}

fn opened(request: &IdbOpenDbRequest) -> Option<IdbDatabase> {
    request.result().ok()?.dyn_into().ok()
}

/// Runs something when a request has succeeded or failed.
fn when_done(request: &IdbRequest, then: impl FnOnce(bool) + 'static) {
    let then = Rc::new(Cell::new(Some(then)));
    let told = |good: bool| {
        let then = Rc::clone(&then);
        Closure::once_into_js(move || {
            if let Some(then) = then.take() {
                then(good);
            }
        })
    };
    request.set_onsuccess(Some(told(true).unchecked_ref()));
    request.set_onerror(Some(told(false).unchecked_ref()));
}
