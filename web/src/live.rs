//! Parts of the screen that are drawn again on their own, when what they show changes.
//!
//! They are one component: each part is a plain function, so that a new one costs a phone
//! hundreds of bytes and not thousands.

use ruhu_core::{EntityRef, Place};
use yew::prelude::*;
use yew::virtual_dom::Key;

use crate::rest::{self, Rest};
use crate::session::{Page, Watch};
use crate::store::{Store, use_watch};
use crate::{bar, facts, home, roster, section};

/// Which form.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct StoreProps {
    pub(crate) store: Store,
}

/// A part of the screen; numbers are sections, topics and criteria by place.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Part {
    Bar,
    Kept,
    Page(Page),
    Tasks,
    Topics(usize),
    Facts(usize, Place),
    Roster(usize),
    Card(usize, Place),
    Sum(usize),
    Rest(Rest),
}

impl Part {
    /// What it shows.
    fn watch(self, store: &Store) -> Vec<Watch> {
        let list = |topic| roster::entity_of(&store.read(), topic);
        match self {
            Self::Bar => vec![Watch::Bar],
            Self::Kept => vec![Watch::Kept],
            Self::Tasks => vec![Watch::Settled],
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
            Self::Rest(part) => part.watch(),
        }
    }

    fn draw(self, store: &Store) -> Html {
        match self {
            Self::Bar => bar::bar(store),
            Self::Kept => bar::kept_mark(store),
            Self::Page(Page::Home) => home::home(store),
            Self::Page(Page::Visits) => rest::part(store, Rest::Visits),
            Self::Page(Page::Section(index)) => section::section(store, index),
            Self::Page(Page::All) => rest::part(store, Rest::All),
            Self::Page(Page::Check) => rest::part(store, Rest::Check),
            Self::Tasks => home::tasks(store),
            Self::Topics(index) => section::topics(store, index),
            Self::Facts(topic, place) => facts::facts(store, topic, place),
            Self::Roster(topic) => roster::roster(store, topic),
            Self::Card(topic, place) => roster::card(store, topic, place),
            Self::Sum(topic) => roster::sum(store, topic),
            Self::Rest(part) => rest::draw(part, store),
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
