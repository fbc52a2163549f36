//! One section of the form: its topics, what they decide, and the way onwards.

use ruhu_core::{EntityRef, Place};
use yew::prelude::*;

use crate::button::button;
use crate::live::{Part, live};
use crate::rest::{self, Rest};
use crate::session::{Edit, Page, owns_list};
use crate::store::Store;

/// A section on a screen of its own.
pub(crate) fn section(store: &Store, index: usize) -> Html {
    let session = store.read();
    let count = session.screens().len();
    let Some(screen) = session.screens().get(index) else { return Html::default() };
    let title = session.screen_name(screen);
    let step = [index.saturating_add(1).to_string(), count.to_string()].join("/");
    let name_of =
        |at: usize| session.screens().get(at).map(|one| session.screen_name(one));
    let next = name_of(index.saturating_add(1));
    let before = index.checked_sub(1).and_then(name_of);
    let (back, on) = (index.saturating_sub(1), index.saturating_add(1));
    let (next_page, next_text) = match next {
        Some(name) => {
            (Page::Section(on), session.fill("next_section", &[("name", &name)]))
        }
        None => (Page::Check, session.say("to_check")),
    };
    html! {
        <>
            {contents_line(store, step)}
            <h1 id="page-title" tabindex="-1">{title}</h1>
            {live(store, Part::Topics(index))}
            {rest::part(store, Rest::Troubles(index))}
            <nav class="onwards">
                {button("primary", next_text, store.on(move || Edit::Go(next_page)))}
                if before.is_some() {
                    {button(
                        "second",
                        session.say("section_before"),
                        store.on(move || Edit::Go(Page::Section(back))),
                    )}
                }
            </nav>
        </>
    }
}

/// What stands above the title of every page but the first: the way back to the contents,
/// where one is, and whether it is saved.
pub(crate) fn contents_line(store: &Store, step: String) -> Html {
    let back = ["‹ ", &store.read().say("contents")].concat();
    html! {
        <div class="top-line">
            {button("quiet", back, store.on(|| Edit::Go(Page::Home)))}
            <span class="step">{step}</span>
            {live(store, Part::Kept)}
        </div>
    }
}

/// The topics of a section.
pub(crate) fn topics(store: &Store, index: usize) -> Html {
    let session = store.read();
    let Some(screen) = session.screens().get(index) else { return Html::default() };
    let topics = screen.topics.clone();
    let several = topics.len() > 1;
    let dictionary = session.visit().standard().dictionary().clone();
    let named = session.screen_name(screen);
    drop(session);
    let parts = topics.into_iter().map(|topic| {
        let session = store.read();
        let info = dictionary.topics().get(topic);
        let is_household = info.is_some_and(|info| info.entity == EntityRef::HOUSEHOLD);
        let name = session.topic_name(topic);
        let titled = several && name != named;
        let owns = owns_list(&dictionary, topic);
        drop(session);
        html! {
            <section class="topic" key={topic}>
                if titled { <h2>{name}</h2> }
                if owns { {live(store, Part::Sum(topic))} }
                {strips(store, topic)}
                {rest::part(store, Rest::Readings(topic))}
                {rest::part(store, Rest::Hints(topic))}
                if is_household {
                    {live(store, Part::Facts(topic, Place::HOUSEHOLD))}
                } else {
                    {live(store, Part::Roster(topic))}
                }
            </section>
        }
    });
    html! { <div class="topics">{for parts}</div> }
}

fn strips(store: &Store, topic: usize) -> Html {
    let session = store.read();
    let standard = session.visit().standard();
    let topics = standard.dictionary().topics();
    let Some(id) = topics.get(topic).map(|topic| &topic.id) else {
        return Html::default();
    };
    let criteria = standard.criteria().iter().enumerate();
    let here = criteria.filter(|(_, criterion)| criterion.topic == *id);
    here.map(|(at, _)| rest::part(store, Rest::Strip(at))).collect()
}
