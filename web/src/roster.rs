//! Rows of a list as cards, of which one at a time is open.

use ruhu_core::{At, EntityRef, Kind, Place, Verdict, figure_text};
use yew::prelude::*;

use crate::button::button;
use crate::field::{truth, until_finished};
use crate::live::{Part, keyed, live};
use crate::rest::{self, Rest};
use crate::session::{Edit, Session, owns_list};
use crate::store::Store;

/// Whose answers a topic asks for.
pub(crate) fn entity_of(session: &Session, topic: usize) -> EntityRef {
    let topics = session.visit().standard().dictionary().topics();
    topics.get(topic).map_or(EntityRef::HOUSEHOLD, |topic| topic.entity)
}

/// Whether a topic is the one under which its rows come and go.
pub(crate) fn owns(store: &Store, topic: usize) -> bool {
    owns_list(store.read().visit().standard().dictionary(), topic)
}

/// The rows of a list, or what one topic asks of each of them.
pub(crate) fn roster(store: &Store, topic: usize) -> Html {
    let list = entity_of(&store.read(), topic);
    let owns = owns(store, topic);
    let session = store.read();
    let places = session.places(topic);
    let asked = |place: &Place| owns || !session.shown(topic, *place).is_empty();
    let cards = places.iter().copied().filter(asked).map(|place| {
        let key = [place.row, session.epoch()].map(|part| part.to_string()).join("-");
        keyed(store, Part::Card(topic, place), &key)
    });
    let cards: Vec<Html> = cards.collect();
    let empty = cards.is_empty();
    let note = match (empty, owns, places.is_empty()) {
        (true, true, _) if !session.visit().is_complete(list) => {
            Some(session.say("no_rows"))
        }
        (true, false, true) => Some(session.say("members_first")),
        (true, false, false) => Some(session.say("nobody_here")),
        _ => None,
    };
    let beyond = beyond(&session, list).filter(|_| owns);
    drop(session);
    html! {
        <>
            if let Some(note) = note { <p class="empty">{note}</p> }
            if let Some(beyond) = beyond { <p class="hint">{beyond}</p> }
            // A parent of its own: a new row then leaves all others alone.
            <div class="cards">{for cards}</div>
            if owns {
                {rest::draw(Rest::MissingRows(topic), store)}
                {foot(store, topic, list)}
            }
        </>
    }
}

/// That a list is full, or that its last rows are kept and not judged.
fn beyond(session: &Session, list: EntityRef) -> Option<String> {
    let visit = session.visit();
    let most = visit.standard().dictionary().entity_info(list)?.most;
    let more = visit.rows(list).count().checked_sub(most)?;
    let key = if more == 0 { "list_full" } else { "list_beyond" };
    let parts = [("most", &*most.to_string()), ("count", &more.to_string())];
    Some(session.fill(key, &parts))
}

/// Adding a row, and saying that these are all.
fn foot(store: &Store, topic: usize, list: EntityRef) -> Html {
    let session = store.read();
    let visit = session.visit();
    let dictionary = visit.standard().dictionary();
    let Some(info) = dictionary.entity_info(list) else { return Html::default() };
    let name = session.lang().named("entity", &info.id);
    let count = visit.rows(list).count();
    let complete = visit.is_complete(list);
    let full = count >= info.most;
    let add = session.fill("add", &[("entity", &name)]);
    let number = count.to_string();
    let parts = [("entity", name.as_str()), ("count", number.as_str())];
    let all =
        session.fill(if count == 0 { "none_at_all" } else { "that_is_all" }, &parts);
    let ask = session.fill("ask_all", &parts);
    let beyond = beyond(&session, list);
    let none_possible = count > 0 || info.least == 0;
    let (all_id, label_id) = (["all-", &info.id].concat(), ["l-all-", &info.id].concat());
    let inner = html! {
        <>
            <button type="button" class="add" disabled={full} id={["add-", &info.id].concat()}
                onclick={store.on(move || Edit::Add(topic))}>
                {add}
            </button>
            if let Some(beyond) = beyond { <p class="hint">{beyond}</p> }
            if none_possible {
                <div class="all-of-them" role="group" id={all_id}
                    aria-labelledby={label_id.clone()}>
                    <span id={label_id}>{ask}</span>
                    <button type="button" class="choice" aria-pressed={truth(complete)}
                        onclick={store.on(move || Edit::Complete(list, !complete))}>
                        {all}
                    </button>
                </div>
            }
        </>
    };
    until_finished(&session, "list-foot", inner)
}

/// One row: its name and what matters of it; its questions when it is open.
pub(crate) fn card(store: &Store, topic: usize, place: Place) -> Html {
    let session = store.read();
    let open = session.open_row(topic) == Some(place.row);
    let name = session.visit().say_row(session.lang(), place);
    let summary = summary(&session, topic, place);
    let problems = problems(&session, topic, place);
    let counts = counts(&session, place);
    let id = session.row_id(place);
    drop(session);
    let toggle = store.on(move || Edit::Open(topic, (!open).then_some(place.row)));
    html! {
        <section class={classes!("card", open.then_some("open"))}>
            <button type="button" class="card-head" {id} aria-expanded={truth(open)}
                onclick={toggle}>
                <span class="card-text">
                    <span class="card-name">{name}</span>
                    <span class="card-sum">{summary}</span>
                </span>
                {problems}
                {counts}
            </button>
            if open {
                <div class="card-body">
                    {rest::draw(Rest::WhyCounted(place), store)}
                    {live(store, Part::Facts(topic, place))}
                    {card_foot(store, topic, place)}
                </div>
            }
        </section>
    }
}

fn card_foot(store: &Store, topic: usize, place: Place) -> Html {
    let session = store.read();
    let owns = owns_list(session.visit().standard().dictionary(), topic);
    let places = session.places(topic);
    let next = places.iter().skip_while(|one| **one != place).nth(1).map(|one| one.row);
    html! {
        <div class="card-foot">
            if owns && !session.is_locked() {
                {button(
                    "quiet danger",
                    session.say("remove"),
                    store.on(move || Edit::Remove(topic, place)),
                )}
                {button(
                    "quiet",
                    session.say("copy"),
                    store.on(move || Edit::Copy(topic, place)),
                )}
            }
            {button(
                "quiet strong",
                session.say(if next.is_some() { "next_row" } else { "fold" }),
                store.on(move || Edit::Open(topic, next)),
            )}
        </div>
    }
}

/// The first few answers that tell rows apart.
fn summary(session: &Session, topic: usize, place: Place) -> String {
    let (visit, lang) = (session.visit(), session.lang());
    let dictionary = visit.standard().dictionary();
    let name = dictionary.entity_info(place.entity).and_then(|info| info.name);
    let mut said = Vec::new();
    // Money first: it is what a line of income is about.
    let is_money = |fact: &ruhu_core::FactRef| {
        dictionary.info(*fact).is_some_and(|info| info.kind == Kind::Money)
    };
    let money = dictionary.facts_of(topic).filter(is_money);
    let others = dictionary.facts_of(topic).filter(|fact| !is_money(fact));
    for fact in money.chain(others) {
        let at = At { place, fact };
        let Some(info) = dictionary.info(fact) else { continue };
        let told = info.prefill.is_some() || Some(fact) == name;
        if told || matches!(info.kind, Kind::Text | Kind::IdNumber) || !visit.is_known(at)
        {
            continue;
        }
        let value = visit.say_value(lang, at);
        match info.kind {
            // An option says what it is about; a figure, a day or a yes does not.
            Kind::Choice { .. } | Kind::Row { .. } => said.push(value),
            _ => said.push([visit.say_fact(lang, fact), value].join(" ")),
        }
        if said.len() == 3 {
            break;
        }
    }
    said.join(" · ")
}

fn problems(session: &Session, topic: usize, place: Place) -> Html {
    let visit = session.visit();
    let facts = visit.standard().dictionary().facts_of(topic);
    let bad = |fact| {
        let at = At { place, fact };
        visit.typed(at).is_some() && visit.problem(at).is_some()
    };
    let count = facts.filter(|fact| bad(*fact)).count();
    if count == 0 {
        return Html::default();
    }
    let text = session.fill("problems", &[("count", &count.to_string())]);
    html! { <span class="mark trouble">{text}</span> }
}

/// Whether a row counts under the standard.
fn counts(session: &Session, place: Place) -> Html {
    let Some((verdict, _)) = session.visit().counts(place) else {
        return Html::default();
    };
    let (key, class) = match verdict {
        Verdict::Met => ("counted", "mark met"),
        Verdict::NotMet => ("not_counted", "mark plain"),
        Verdict::Unknown => ("counts_open", "mark unknown"),
    };
    html! { <span {class}>{session.say(key)}</span> }
}

/// What a list adds up to under the standard.
pub(crate) fn sum(store: &Store, topic: usize) -> Html {
    let list = entity_of(&store.read(), topic);
    let session = store.read();
    let visit = session.visit();
    let info = visit.standard().dictionary().entity_info(list);
    let id = info.map(|info| [&info.id, "_income"].concat());
    let Some(range) = id.and_then(|id| visit.quantity(&id)) else {
        return Html::default();
    };
    let text = match range.known() {
        Some(sum) => session.fill("sum", &[("sum", &figure_text(sum, 2))]),
        None if range.lo > 0 => {
            session.fill("sum_at_least", &[("sum", &figure_text(range.lo, 2))])
        }
        None => return Html::default(),
    };
    html! { <p class="sum">{text}</p> }
}
