//! Parts of the screen that are drawn again on their own, when what they show changes.
//!
//! They are one component: each part is a plain function, so that a new one costs a phone
//! hundreds of bytes and not thousands.

use ruhu_core::{EntityRef, Place};
use yew::prelude::*;
use yew::virtual_dom::Key;

use crate::session::{Page, Watch};
use crate::store::{Store, use_watch};
use crate::{
    bar, check, device, facts, files, home, paper, roster, section, sheet, visits,
};

/// Which form.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct StoreProps {
    pub(crate) store: Store,
}

/// A part of the screen; numbers are sections, topics and criteria by place.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Part {
    Bar,
    Banner,
    Kept,
    Device,
    Offer,
    Install,
    Stages,
    Lines,
    Room,
    Desk,
    Snack,
    Page(Page),
    Tasks,
    Topics(usize),
    Troubles(usize),
    Facts(usize, Place),
    Roster(usize),
    Card(usize, Place),
    Sum(usize),
    Hints(usize),
    Strip(usize),
    Reasons,
    Reason(usize),
    Paper,
}

impl Part {
    /// What it shows.
    fn watch(self, store: &Store) -> Vec<Watch> {
        let list = |topic| roster::entity_of(&store.read(), topic);
        match self {
            Self::Bar | Self::Reasons => vec![Watch::Bar],
            Self::Banner | Self::Kept => vec![Watch::Kept],
            Self::Device | Self::Install | Self::Room => vec![Watch::Device],
            Self::Stages | Self::Lines => vec![Watch::Visits],
            Self::Offer => vec![Watch::Device, Watch::Kept],
            Self::Snack => vec![Watch::Snack],
            Self::Desk => vec![Watch::Desk],
            Self::Page(Page::Check) | Self::Tasks | Self::Troubles(_) | Self::Paper => {
                vec![Watch::Settled]
            }
            Self::Page(_) | Self::Topics(_) => Vec::new(),
            Self::Facts(..) => vec![Watch::Shown],
            // Of whom a topic asks may hang on answers; a list's own rows do not.
            Self::Roster(topic) if roster::owns(store, topic) => {
                vec![Watch::List(list(topic))]
            }
            Self::Roster(topic) => vec![Watch::List(list(topic)), Watch::Shown],
            Self::Card(_, place) => vec![Watch::Row(place)],
            Self::Sum(topic) => {
                vec![Watch::Sum(list(topic)), Watch::Sum(EntityRef::HOUSEHOLD)]
            }
            Self::Hints(_) => vec![Watch::Hints],
            Self::Strip(at) => vec![Watch::Criterion(at)],
            Self::Reason(at) => vec![Watch::Criterion(at), Watch::Sheet],
        }
    }

    fn draw(self, store: &Store) -> Html {
        match self {
            Self::Bar => bar::bar(store),
            Self::Banner => bar::banner(store),
            Self::Kept => bar::kept_mark(store),
            Self::Device => device::mark(store),
            Self::Offer => device::offer(store),
            Self::Install => device::install(store),
            Self::Desk => files::desk(store),
            Self::Snack => bar::snack(store),
            Self::Stages => visits::stages(store),
            Self::Lines => visits::lines(store),
            Self::Room => visits::room(store),
            Self::Page(Page::Home) => home::home(store),
            Self::Page(Page::Visits) => visits::visits(store),
            Self::Page(Page::Section(index)) => section::section(store, index),
            Self::Page(Page::All) => section::all_sections(store),
            Self::Page(Page::Check) => check::check(store),
            Self::Tasks => home::tasks(store),
            Self::Topics(index) => section::topics(store, index),
            Self::Troubles(index) => section::trouble_summary(store, index),
            Self::Facts(topic, place) => facts::facts(store, topic, place),
            Self::Roster(topic) => roster::roster(store, topic),
            Self::Card(topic, place) => roster::card(store, topic, place),
            Self::Sum(topic) => roster::sum(store, topic),
            Self::Hints(topic) => section::hints(store, topic),
            Self::Strip(at) => sheet::strip(store, at),
            Self::Reasons => sheet::reasons(store),
            Self::Reason(at) => sheet::reason(store, at),
            Self::Paper => paper::paper(store),
        }
    }
}

#[derive(Clone, PartialEq, Properties)]
struct LiveProps {
    store: Store,
    part: Part,
}

#[component]
fn Live(props: &LiveProps) -> Html {
    let LiveProps { store, part } = props;
    use_watch(store, &part.watch(store));
    part.draw(store)
}

/// A part of the screen.
pub(crate) fn live(store: &Store, part: Part) -> Html {
    html! { <Live store={store.clone()} {part} /> }
}

/// A part among others of its kind.
pub(crate) fn keyed(store: &Store, part: Part, key: &impl ToString) -> Html {
    let key = Key::from(key.to_string());
    html! { <Live {key} store={store.clone()} {part} /> }
}
