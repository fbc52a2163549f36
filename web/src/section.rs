//! One section of the form: its topics, what they decide, and the way onwards.

use ruhu_core::read::Problem;
use ruhu_core::{At, EntityRef, Place, Question, figure_text};
use yew::prelude::*;

use crate::field::{hint_line, truth, until_finished};
use crate::live::{Part, keyed, live};
use crate::rest::Rest;
use crate::session::{Edit, Page, Session, owns_list};
use crate::store::Store;
use crate::words::value_source;

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
            <div class="top-line">
                <button type="button" class="quiet" onclick={store.on(|| Edit::Go(Page::Home))}>
                    {"‹ "}{session.say("contents")}
                </button>
                <span class="step">{step}</span>
                {live(store, Part::Kept)}
            </div>
            <h1 id="page-title" tabindex="-1">{title}</h1>
            {live(store, Part::Topics(index))}
            {live(store, Part::Troubles(index))}
            <nav class="onwards">
                <button type="button" class="primary"
                    onclick={store.on(move || Edit::Go(next_page))}>
                    {next_text}
                </button>
                if before.is_some() {
                    <button type="button" class="second"
                        onclick={store.on(move || Edit::Go(Page::Section(back)))}>
                        {session.say("section_before")}
                    </button>
                }
            </nav>
        </>
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
                {params(store, topic)}
                {live(store, Part::Hints(topic))}
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
    here.map(|(at, _)| keyed(store, Part::Rest(Rest::Strip(at)), &at)).collect()
}

/// The readings that an office has to choose from, where they decide.
fn params(store: &Store, topic: usize) -> Html {
    let session = store.read();
    let open = session
        .visit()
        .open_params()
        .filter(|param| session.topic_of_param(&param.id) == Some(topic));
    let choices: Html =
        open.map(|param| param_choice(store, &session, &param.id)).collect();
    until_finished(&session, "fixed", choices)
}

/// One parameter and its readings, each with its figure, its source and its status.
pub(crate) fn param_choice(store: &Store, session: &Session, id: &str) -> Html {
    let visit = session.visit();
    let lang = session.lang();
    let standard = visit.standard();
    let Some(param) = standard.params().iter().find(|param| param.id == id) else {
        return Html::default();
    };
    let chosen = visit.record().choices.get(id);
    let now = param.holding(visit.year(), &visit.record().choices);
    let readings: Vec<(String, String, String)> = if param.options.is_empty() {
        let readings = param.readings(visit.year());
        readings
            .map(|value| {
                let reading = value.reading.clone().unwrap_or_default();
                let name = lang.named("reading", &reading);
                let unit = lang.named("unit", &param.unit.to_string());
                let figure = [figure_text(value.value, param.decimals), unit].join(" ");
                let note = value_source(session, value);
                (reading, [name, figure].join(" "), note)
            })
            .collect()
    } else {
        let text = |option: &String| {
            let key = ["param.", id, ".", option].concat();
            lang.find(&key).unwrap_or(option).to_owned()
        };
        let options = param.options.iter();
        options.map(|option| (option.clone(), text(option), String::new())).collect()
    };
    let status = now.map(|now| lang.named("status", now.status.as_str()));
    let name = lang.named("param", id);
    let label = ["l-param-", id].concat();
    let buttons = readings.into_iter().map(|(reading, text, note)| {
        let default = chosen.is_none() && param.default.as_ref() == Some(&reading);
        let pressed = chosen == Some(&reading) || default;
        let param = id.to_owned();
        let onclick = store.on(move || {
            let choice = (!pressed || default).then(|| reading.clone());
            Edit::Choose(param.clone(), choice)
        });
        html! {
            <button type="button" class="choice reading" aria-pressed={truth(pressed)} {onclick}>
                <span>{text}</span>
                if !note.is_empty() { <small>{note}</small> }
            </button>
        }
    });
    html! {
        <div class="field param">
            <div class="label-row">
                <span class="label" id={label.clone()}>{name}</span>
                if let Some(status) = status { <span class="mark plain">{status}</span> }
            </div>
            <p class="help">{session.say("param_help")}</p>
            <div class="choices wide" role="group" id={["param-", id].concat()}
                aria-labelledby={label}>
                {for buttons}
            </div>
        </div>
    }
}

/// What looks odd in a topic; it never decides.
pub(crate) fn hints(store: &Store, topic: usize) -> Html {
    let session = store.read();
    let visit = session.visit();
    let here = session.hints_of(&[topic]).into_iter();
    let said = here.filter_map(|at| visit.hints().get(at));
    let said: Vec<String> =
        said.map(|hint| visit.say_hint(session.lang(), hint)).collect();
    if said.is_empty() {
        return Html::default();
    }
    let count = session.fill("hints", &[("count", &said.len().to_string())]);
    let lines = said.iter().map(|hint| hint_line(store, hint));
    html! {
        <details class="hints">
            <summary>{count}</summary>
            <div>{for lines}</div>
        </details>
    }
}

/// What cannot be read in a section, each with a way to it.
pub(crate) fn trouble_summary(store: &Store, index: usize) -> Html {
    let session = store.read();
    let Some(screen) = session.screens().get(index) else { return Html::default() };
    let troubles = troubles(&session, &screen.topics);
    if troubles.is_empty() {
        return Html::default();
    }
    let title = session.fill("troubles", &[("count", &troubles.len().to_string())]);
    html! {
        <div class="summary" role="group" aria-labelledby="trouble-title">
            <h2 id="trouble-title">{title}</h2>
            <ul>{for troubles.iter().map(|at| trouble(store, &session, *at))}</ul>
        </div>
    }
}

/// Answers of some topics that cannot be read, and reasons that must not be left out.
pub(crate) fn troubles(session: &Session, topics: &[usize]) -> Vec<At> {
    let visit = session.visit();
    let dictionary = visit.standard().dictionary();
    let mut found = Vec::new();
    for topic in topics {
        for place in session.places(*topic) {
            for fact in dictionary.facts_of(*topic) {
                let at = At { place, fact };
                let Some(problem) = visit.problem(at) else { continue };
                if visit.typed(at).is_some() || problem == Problem::Unexplained {
                    found.push(at);
                }
            }
        }
    }
    found
}

/// One line of an error summary.
pub(crate) fn trouble(store: &Store, session: &Session, at: At) -> Html {
    let question = Question::Fact(at);
    let said = session.visit().say_question(session.lang(), &question);
    let problem = session.visit().problem(at);
    let what = problem.map(|problem| session.lang().say_problem(&problem).0);
    html! {
        <li>
            <button type="button" class="link"
                onclick={store.on(move || Edit::Ask(question.clone()))}>
                {said}{"："}{what.unwrap_or_default()}
            </button>
        </li>
    }
}

/// Every section, one below the other; each is drawn when it is looked at.
pub(crate) fn all_sections(store: &Store) -> Html {
    let session = store.read();
    let names = session.screens().iter().map(|screen| session.screen_name(screen));
    let names: Vec<String> = names.collect();
    let parts = names.into_iter().enumerate().map(|(index, name)| {
        html! {
            <crate::later::Later key={index} store={store.clone()} {index} {name} />
        }
    });
    let parts: Html = parts.collect();
    html! {
        <>
            <div class="top-line">
                <button type="button" class="quiet" onclick={store.on(|| Edit::Go(Page::Home))}>
                    {"‹ "}{session.say("contents")}
                </button>
                <span class="step"></span>
                {live(store, Part::Kept)}
            </div>
            <h1 id="page-title" tabindex="-1">{session.say("one_page")}</h1>
            <div>{parts}</div>
            <nav class="onwards">
                <button type="button" class="primary" onclick={store.on(|| Edit::Go(Page::Check))}>
                    {session.say("to_check")}
                </button>
            </nav>
        </>
    }
}
