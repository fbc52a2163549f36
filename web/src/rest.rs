//! The rest of the form: what a first look at it does without. A phone fetches it as a
//! second part of the same program while the first is looked at; what stands in
//! [`drawn`] and [`Session::seldom`] alone is not in the first part.

mod before;
mod begin;
mod check;
mod files;
mod finish;
mod handed;
mod lines;
mod lock;
mod log;
mod long;
mod looks;
mod near;
mod page;
mod paper;
mod readings;
mod reasons;
mod side;
mod told;
mod troubles;
mod visits;
mod windows;
mod words;

use std::cell::Cell;
use std::pin::Pin;

use gloo::timers::callback::Timeout;
use ruhu_core::{At, Place};
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::button::button;
use crate::device;
use crate::keep::Opened;
use crate::live::{Part, live};
use crate::session::{Edit, Effect, Lock, Session, Watch};
use crate::store::Store;

/// How long after a failure the rest is fetched again, in milliseconds.
const AGAIN: u32 = 10_000;

/// What the rest draws; numbers are topics and criteria by place.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Rest {
    Lock,
    All,
    Banner,
    Side,
    Snack,
    Device,
    OtherReadings,
    Readings(usize),
    Hints(usize),
    Troubles(usize),
    Reading,
    Finished,
    Notices,
    Files,
    Desk,
    Looks,
    Offer,
    Install,
    Visits,
    Stages,
    Lines,
    Few(usize),
    Room,
    Reasons,
    Reason(usize),
    Strip(usize),
    Check,
    Paper,
    Lead,
    Was(At),
    Masked(At),
    AllAsBefore(usize, Place),
    MissingRows(usize),
    WhyCounted(Place),
}

impl Rest {
    /// What it shows.
    pub(crate) fn watch(self) -> Vec<Watch> {
        match self {
            Self::Offer => vec![Watch::Device, Watch::Kept],
            Self::Install | Self::Room | Self::Device => vec![Watch::Device],
            Self::Banner => vec![Watch::Kept],
            Self::Snack => vec![Watch::Snack],
            Self::Hints(_) => vec![Watch::Hints],
            Self::Desk => vec![Watch::Desk],
            Self::Stages | Self::Lines | Self::Few(_) => vec![Watch::Visits],
            Self::Reasons => vec![Watch::Bar],
            Self::Reason(at) => vec![Watch::Criterion(at), Watch::Sheet],
            Self::Strip(at) => vec![Watch::Criterion(at)],
            Self::Check | Self::Paper | Self::Troubles(_) => vec![Watch::Settled],
            Self::Lock
            | Self::All
            | Self::Side
            | Self::OtherReadings
            | Self::Readings(_)
            | Self::Reading
            | Self::Finished
            | Self::Notices
            | Self::Files
            | Self::Looks
            | Self::Visits
            | Self::Lead
            | Self::Was(_)
            | Self::Masked(_)
            | Self::AllAsBefore(..)
            | Self::MissingRows(_)
            | Self::WhyCounted(_) => Vec::new(),
        }
    }

    /// Whether somebody who came for it must hear that it is still on its way.
    fn is_waited_for(self) -> bool {
        matches!(
            self,
            Self::Lock | Self::Visits | Self::Reasons | Self::Check | Self::All
        )
    }
}

/// What the rest does and nobody waits for.
#[derive(Debug)]
pub(crate) enum Errand {
    /// Shows the list of visits.
    List,
    /// Takes a visit off this device for good.
    Forget(String),
    /// This window writes from now on.
    Won,
    /// Another window has kept something.
    Changed,
    /// Locks once nobody was there for a while.
    Watch,
    /// Brings back what could not be brought back at once.
    Again,
    /// What the page around the form asks for, by name.
    Ask(String, String),
    /// Takes up what was chosen for this device, which could not be read at first.
    TakeUp,
}

/// What the rest does.
struct There {
    /// The rest of what ships: see [`ruhu_core::Library::pack`].
    data: &'static [u8],
    draw: fn(Rest, &Store) -> Html,
    change: fn(&mut Session, Edit) -> Effect,
    run: fn(&Store, Errand),
    begin: fn(Store, Opened) -> Done,
    load: fn(&Store, &str) -> Result<(), String>,
    answer: fn(&Store, Named<'_>, &str, &str) -> Option<String>,
    report: fn(&Store) -> String,
}

/// What is over some time.
type Done = Pin<Box<dyn Future<Output = ()>>>;

/// A list and a row in it, by their names.
type Named<'a> = (&'a str, u32);

thread_local! {
    static THERE: Cell<Option<&'static There>> = const { Cell::new(None) };
    static HAS_FAILED: Cell<bool> = const { Cell::new(false) };
}

#[wasm_split(rest, fallible)]
fn rest() -> Result<&'static There, SplitLoaderError> {
    Ok(&There {
        data: include_bytes!(concat!(env!("OUT_DIR"), "/rest.bin")),
        draw: drawn,
        change: Session::seldom,
        run: done,
        begin: |store, opened| {
            Box::pin(async move { begin::begin(&store, opened).await })
        },
        load: page::load,
        answer: Store::answer_named,
        report: |store| {
            let session = store.read();
            session.visit().report(session.lang())
        },
    })
}

fn done(store: &Store, errand: Errand) {
    match errand {
        Errand::List => visits::show(store),
        Errand::Forget(key) => visits::forget(store, key),
        Errand::Ask(what, text) => page::ask(store, &what, text),
        Errand::Won => store.won(),
        Errand::Changed => store.changed(),
        // Whoever keeps visits has locks of his own.
        Errand::Watch if store.read().is_guest() => {}
        Errand::Watch => lock::watch(store),
        Errand::Again => {
            let store = store.clone();
            spawn_local(async move { begin::again(&store).await });
        }
        Errand::TakeUp => {
            let store = store.clone();
            spawn_local(async move { begin::take_up(&store).await });
        }
    }
}

fn drawn(part: Rest, store: &Store) -> Html {
    match part {
        Rest::Lock => lock::screen(store),
        Rest::All => long::all_sections(store),
        Rest::Side => side::side(store),
        Rest::Banner => told::banner(store),
        Rest::Snack => told::snack(store),
        Rest::Device => device::mark(store),
        Rest::OtherReadings => readings::others(store),
        Rest::Readings(topic) => readings::of_topic(store, topic),
        Rest::Hints(topic) => troubles::hints(store, topic),
        Rest::Troubles(index) => troubles::trouble_summary(store, index),
        Rest::Reading => visits::reading(store),
        Rest::Finished => finish::line(store, &store.read()),
        Rest::Notices => troubles::notices(&store.read()),
        Rest::Files if store.read().is_guest() => self::part(store, Rest::Desk),
        Rest::Files => files::files(store, &store.read()),
        Rest::Desk => files::desk(store),
        Rest::Looks => looks::looks(store),
        Rest::Offer => device::offer(store),
        Rest::Install => device::install(store),
        Rest::Visits => visits::visits(store),
        Rest::Stages => visits::stages(store),
        Rest::Lines => visits::lines(store),
        Rest::Few(at) => lines::few(store, at),
        Rest::Room => visits::room(store),
        Rest::Reasons => reasons::reasons(store),
        Rest::Reason(at) => reasons::reason(store, at),
        Rest::Strip(at) => reasons::strip(store, at),
        Rest::Check => check::check(store),
        Rest::Paper => paper::paper(store),
        Rest::Lead => before::lead(&store.read()),
        Rest::Was(at) => before::line(store, at),
        Rest::Masked(at) => told::mask(store, at),
        Rest::AllAsBefore(topic, place) => before::rest(store, topic, place),
        Rest::MissingRows(topic) => before::missing(store, topic),
        Rest::WhyCounted(place) => reasons::why_counted(store, place),
    }
}

/// Fetches the rest for a form, if it is not there yet; whether it is there.
pub(crate) async fn fetch(store: &Store) -> bool {
    let there = match THERE.get() {
        Some(there) => Some(there),
        None => rest().await.ok(),
    };
    HAS_FAILED.set(there.is_none());
    let Some(there) = there else {
        store.tell(Watch::Screen);
        return false;
    };
    THERE.set(Some(there));
    let is_news = store.0.session.borrow_mut().add_rest(there.data);
    if is_news {
        (there.run)(store, Errand::Watch);
        store.tell(Watch::Screen);
        // What could not be brought back without it.
        if store.read().lock() == Lock::Shut {
            (there.run)(store, Errand::Again);
        }
    }
    true
}

/// Tries again in a while, and as often as that fails: a mast may be behind the next hill.
pub(crate) fn fetch_later(store: &Store) {
    let store = store.clone();
    Timeout::new(AGAIN, move || {
        spawn_local(async move {
            if !fetch(&store).await {
                fetch_later(&store);
            }
        });
    })
    .forget();
}

/// Brings back what was kept. Where that cannot be done yet, the form stays shut: a blank
/// page would look as if everything were gone.
pub(crate) async fn begin(store: &Store, opened: Opened) {
    fetch(store).await;
    match THERE.get() {
        Some(there) => (there.begin)(store.clone(), opened).await,
        None => store.apply(Edit::Lock(Lock::Shut)),
    }
}

/// Runs an errand, now or when the rest is there.
pub(crate) fn run(store: &Store, errand: Errand) {
    if let Some(there) = THERE.get() {
        return (there.run)(store, errand);
    }
    let store = store.clone();
    spawn_local(async move {
        fetch(&store).await;
        if let Some(there) = THERE.get() {
            (there.run)(&store, errand);
        }
    });
}

/// Opens a record from its JSON; none while the rest is on its way.
pub(crate) fn load(store: &Store, record: &str) -> Option<Result<(), String>> {
    THERE.get().map(|there| (there.load)(store, record))
}

/// Gives an answer by its names; what that changed, in words.
pub(crate) fn answer(
    store: &Store,
    named: Named<'_>,
    fact: &str,
    text: &str,
) -> Option<String> {
    THERE.get().and_then(|there| (there.answer)(store, named, fact, text))
}

/// What was found, as JSON; none while the rest is on its way.
pub(crate) fn report(store: &Store) -> Option<String> {
    THERE.get().map(|there| (there.report)(store))
}

/// A part of the rest, drawn again on its own. What nobody waits for costs the first page
/// nothing: when the rest comes, everything is drawn again.
pub(crate) fn part(store: &Store, part: Rest) -> Html {
    if THERE.get().is_none() && !part.is_waited_for() {
        return Html::default();
    }
    live(store, Part::Rest(part))
}

/// A part of the rest, or what stands there until it comes.
pub(crate) fn draw(part: Rest, store: &Store) -> Html {
    if let Some(there) = THERE.get() {
        return (there.draw)(part, store);
    }
    if !part.is_waited_for() {
        return Html::default();
    }
    let session = store.read();
    if !HAS_FAILED.get() {
        return html! { <p class="help" role="status">{session.say("rest_coming")}</p> };
    }
    let again = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            let store = store.clone();
            spawn_local(async move {
                fetch(&store).await;
            });
        })
    };
    let said = html! {
        <div class="offer" role="alert">
            <p>{session.say("rest_failed")}</p>
            {button("second", session.say("rest_again"), again)}
        </div>
    };
    if part != Rest::Lock {
        return said;
    }
    html! {
        <main>
            <h1 id="page-title" tabindex="-1">{session.say("title")}</h1>
            {said}
        </main>
    }
}

/// Makes a change that the first part leaves to the rest. Where that is still on its way,
/// the change is made when it comes.
pub(crate) fn change(store: &Store, session: &mut Session, edit: Edit) -> Effect {
    if let Some(there) = THERE.get() {
        return (there.change)(session, edit);
    }
    let store = store.clone();
    spawn_local(async move {
        if fetch(&store).await {
            store.apply(edit);
        } else {
            let why = store.read().say("rest_failed");
            store.apply(Edit::Trouble(why));
        }
    });
    Effect::default()
}
