//! Check your answers: everything that was said, what follows, and a person's word on it.

use ruhu_core::{At, EntityRef, Place, Question};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::reasons::{grouped, strip};
use super::troubles::{notices, trouble, troubles};
use super::{Rest, before, finish, log, part};
use crate::bar::state;
use crate::button::button;
use crate::fetch;
use crate::live::{Part, live};
use crate::section::contents_line;
use crate::session::{CONCLUSION, Edit, Page, Session, Task};
use crate::store::Store;

/// The answers, the verdict, the person's own conclusion, and the paper.
pub(crate) fn check(store: &Store) -> Html {
    let session = store.read();
    let topics = session.visit().standard().dictionary().topics();
    let all: Vec<usize> = (0..topics.len()).collect();
    let troubles = troubles(&session, &all);
    let conclusion = topics.iter().position(|topic| topic.id == CONCLUSION);
    let print = Callback::from(|_: MouseEvent| spawn_local(fetch::page("print")));
    let export = store.on(|| Edit::Desk(Task::Give));
    html! {
        <>
            {contents_line(store, String::new())}
            <h1 id="page-title" tabindex="-1">{session.say("check")}</h1>
            if !troubles.is_empty() {
                <div class="summary" role="group">
                    <h2>{session.fill("troubles", &[("count", &troubles.len().to_string())])}</h2>
                    <ul>{for troubles.iter().map(|at| trouble(store, &session, *at))}</ul>
                </div>
            }
            {notices(&session)}
            {verdicts(store, &session)}
            if let Some(topic) = conclusion {
                <section class="topic" aria-labelledby="conclusion">
                    <h2 id="conclusion">{session.topic_name(topic)}</h2>
                    <p class="help">{session.say("only_a_proposal")}</p>
                    {live(store, Part::Facts(topic, Place::HOUSEHOLD))}
                </section>
            }
            {before::since(&session)}
            {finish::panel(store, &session)}
            <nav class="onwards">
                {button("primary", session.say("print"), print)}
                if !session.is_guest() {
                    {button("second", session.say("export"), export)}
                }
            </nav>
            {answers(store, &session)}
            {log::traces(&session)}
            {part(store, Rest::Paper)}
        </>
    }
}

fn verdicts(store: &Store, session: &Session) -> Html {
    let visit = session.visit();
    let groups = grouped(session).into_iter().map(|(name, criteria)| {
        let rows = criteria.into_iter().map(|at| strip(store, at));
        html! {
            <section class="group">
                if !name.is_empty() { <h2>{name}</h2> }
                {for rows}
            </section>
        }
    });
    let groups: Html = groups.collect();
    html! {
        <section class="topic">
            <p class="overall">{session.say("overall")}{state(store, visit.verdict())}</p>
            {groups}
        </section>
    }
}

/// What was answered, by section, each with a way back to it.
fn answers(store: &Store, session: &Session) -> Html {
    let screens = session.screens().iter().enumerate().map(|(index, screen)| {
        let topics =
            screen.topics.iter().map(|topic| topic_answers(store, session, *topic));
        let topics: Html = topics.collect();
        html! {
            <section class="answers">
                <div class="answers-head">
                    <h2>{session.screen_name(screen)}</h2>
                    if !session.is_locked() {
                        {button(
                            "link",
                            session.say("change"),
                            store.on(move || Edit::Go(Page::Section(index))),
                        )}
                    }
                </div>
                {topics}
            </section>
        }
    });
    screens.collect()
}

fn topic_answers(store: &Store, session: &Session, topic: usize) -> Html {
    let places = session.places(topic).into_iter();
    let parts = places.map(|place| {
        let pairs = pairs(session, topic, place);
        if pairs.is_empty() {
            return Html::default();
        }
        let name = (place.entity != EntityRef::HOUSEHOLD)
            .then(|| session.visit().say_row(session.lang(), place));
        let lines = pairs.into_iter().map(|(at, label, value)| {
            let question = Question::Fact(at);
            html! {
                <div class="answer">
                    <dt>{label}</dt>
                    <dd>
                        {button(
                            "link",
                            value,
                            store.on(move || Edit::Ask(question.clone())),
                        )}
                    </dd>
                </div>
            }
        });
        html! {
            <>
                if let Some(name) = name { <h3>{name}</h3> }
                <dl>{for lines}</dl>
            </>
        }
    });
    parts.collect()
}

/// Answers of a place to a topic, as people read them; an unknown one with its reason.
pub(crate) fn pairs(
    session: &Session,
    topic: usize,
    place: Place,
) -> Vec<(At, String, String)> {
    let (visit, lang) = (session.visit(), session.lang());
    let dictionary = visit.standard().dictionary();
    let name = dictionary.entity_info(place.entity).and_then(|info| info.name);
    let mut pairs = Vec::new();
    for fact in dictionary.facts_of(topic).filter(|fact| Some(*fact) != name) {
        let at = At { place, fact };
        let given = dictionary.info(fact).is_some_and(|info| info.from.is_some());
        if visit.typed(at).is_none() && !(given && visit.is_known(at)) {
            continue;
        }
        let value = session.say_answer(visit, at);
        if value.is_empty() {
            continue;
        }
        pairs.push((at, visit.say_fact(lang, fact), value));
    }
    pairs
}
