//! One form on a page: its session, and who is drawn again when something changes.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use crate::browser;
use crate::keeper::Keeper;
use crate::rest::{self, Errand};
use crate::session::{Edit, Effect, OwnStandard, Session, Watch};

/// A form on a page; cloning it is cheap, and all clones are one.
#[derive(Clone)]
pub(crate) struct Store(pub(crate) Rc<Inner>);

pub(crate) struct Inner {
    pub(crate) session: RefCell<Session>,
    watchers: RefCell<Vec<Watcher>>,
    next: Cell<u32>,
    /// What is drawn once the browser has had a turn.
    after: RefCell<(Vec<Watch>, Option<Timeout>)>,
    root: Element,
    pub(crate) keeper: Keeper,
    snack: RefCell<Option<Timeout>>,
    focus: RefCell<Option<Timeout>>,
}

/// Someone who is drawn again when something changes.
struct Watcher {
    watch: Watch,
    number: u32,
    update: UseForceUpdateHandle,
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Store {
    pub(crate) fn new(session: Session, root: Element) -> Self {
        Self(Rc::new(Inner {
            session: RefCell::new(session),
            watchers: RefCell::default(),
            next: Cell::new(0),
            after: RefCell::default(),
            root,
            keeper: Keeper::default(),
            snack: RefCell::default(),
            focus: RefCell::default(),
        }))
    }

    pub(crate) fn read(&self) -> Ref<'_, Session> {
        self.0.session.borrow()
    }

    /// Somebody is in the middle of changing it.
    pub(crate) fn is_busy(&self) -> bool {
        self.0.session.try_borrow().is_err()
    }

    /// The element everything is drawn into.
    pub(crate) fn root(&self) -> &Element {
        &self.0.root
    }

    /// The one way a session changes.
    pub(crate) fn apply(&self, edit: Edit) {
        if edit.opens() {
            self.keep_left();
        }
        let effect = {
            let mut session = self.0.session.borrow_mut();
            session.apply_by(edit, |session, edit| rest::change(self, session, edit))
        };
        self.follow(effect);
    }

    /// An answer that the page gives; what it changed, in words.
    pub(crate) fn answer_named(
        &self,
        place: (&str, u32),
        fact: &str,
        text: &str,
    ) -> Option<String> {
        let named = self.0.session.borrow_mut().answer_named(place, fact, text);
        let (effect, said) = named?;
        self.follow(effect);
        Some(said)
    }

    /// A handler that makes one change.
    pub(crate) fn on<E>(&self, edit: impl Fn() -> Edit + 'static) -> Callback<E> {
        let store = self.clone();
        Callback::from(move |_| store.apply(edit()))
    }

    pub(crate) fn follow(&self, effect: Effect) {
        for watch in &effect.watch {
            self.tell(*watch);
        }
        self.tell_after(&effect.after);
        if effect.watch.iter().any(|watch| matches!(watch, Watch::Snack | Watch::Screen))
        {
            self.let_snack_go();
        }
        if effect.keep {
            self.keep_soon();
        }
        if let Some(id) = effect.focus {
            self.focus(id);
        }
        if let Some(key) = effect.forget {
            rest::run(self, Errand::Forget(key));
        }
    }

    pub(crate) fn tell(&self, watch: Watch) {
        // Who is drawn again may begin or cease to watch.
        let watchers = self.0.watchers.borrow();
        let watching = watchers.iter().filter(|watcher| watcher.watch == watch);
        let watching: Vec<_> = watching.map(|watcher| watcher.update.clone()).collect();
        drop(watchers);
        for update in watching {
            update.force_update();
        }
    }

    /// Tells those who may wait; keys that follow fast are told in one.
    pub(crate) fn tell_after(&self, watch: &[Watch]) {
        if watch.is_empty() {
            return;
        }
        let mut after = self.0.after.borrow_mut();
        let (waiting, timer) = &mut *after;
        for one in watch {
            if !waiting.contains(one) {
                waiting.push(*one);
            }
        }
        if timer.is_none() {
            let store = self.clone();
            *timer = Some(Timeout::new(0, move || {
                let (waiting, _) = store.0.after.take();
                for watch in waiting {
                    store.tell(watch);
                }
            }));
        }
    }

    /// A pause in typing: what may wait is drawn.
    pub(crate) fn settled(&self) {
        self.tell(Watch::Settled);
    }

    /// The page around the form keeps visits.
    pub(crate) fn be_guest(&self) {
        self.0.session.borrow_mut().be_guest();
    }

    /// The record as it stands, its log with it.
    pub(crate) fn record_text(&self) -> String {
        self.0.session.borrow_mut().record_text()
    }

    /// Takes up the looks and the standards that were kept.
    pub(crate) fn take_up(&self, look: &str, standards: Vec<OwnStandard>) {
        self.0.session.borrow_mut().take_up(look, standards);
    }

    /// The page that was on the screen.
    pub(crate) fn take_up_page(&self, look: &str) {
        self.0.session.borrow_mut().take_up_page(look);
    }

    fn let_snack_go(&self) {
        const LONG_ENOUGH: u32 = 10_000;
        let shown = self.read().snack().map(|snack| snack.number);
        let store = self.clone();
        let timer = shown.map(|number| {
            Timeout::new(LONG_ENOUGH, move || {
                let now = store.read().snack().map(|snack| snack.number);
                if now == Some(number) {
                    store.apply(Edit::Quiet);
                }
            })
        });
        self.0.snack.replace(timer);
    }

    /// Focuses an element once it is drawn.
    pub(crate) fn focus(&self, id: String) {
        let store = self.clone();
        self.0.focus.replace(Some(Timeout::new(0, move || {
            browser::focus(store.root(), &id);
        })));
    }

    fn watch(&self, watch: &[Watch], update: &UseForceUpdateHandle) -> u32 {
        let number = self.0.next.get();
        self.0.next.set(number.wrapping_add(1));
        let mut watchers = self.0.watchers.borrow_mut();
        for watch in watch {
            watchers.push(Watcher { watch: *watch, number, update: update.clone() });
        }
        number
    }

    fn unwatch(&self, number: u32) {
        self.0.watchers.borrow_mut().retain(|watcher| watcher.number != number);
    }
}

/// Draws a component again when any of these changes, or the whole screen.
#[hook]
pub(crate) fn use_watch(store: &Store, watch: &[Watch]) {
    let update = use_force_update();
    let store = store.clone();
    let mut watch = watch.to_vec();
    watch.push(Watch::Screen);
    use_effect_with(watch, move |watch| {
        let number = store.watch(watch, &update);
        move || store.unwatch(number)
    });
}
