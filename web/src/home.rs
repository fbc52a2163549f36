//! The first page: by which standard, the tasks, how it looks.

use ruhu_core::Status;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::button::button;
use crate::field::until_finished;
use crate::live::{Part, live};
use crate::rest::{self, Errand, Rest};
use crate::session::{Edit, Page, Progress, Screen, Session, State};
use crate::store::Store;

/// The tasks and everything around them.
pub(crate) fn home(store: &Store) -> Html {
    let session = store.read();
    let blank = session.is_blank();
    html! {
        <>
            {top_line(store, true)}
            <h1 id="page-title" tabindex="-1">{session.say("title")}</h1>
            if blank && !session.is_guest() { <p class="lead">{session.say("welcome")}</p> }
            {rest::part(store, Rest::Lead)}
            {rest::part(store, Rest::Offer)}
            {rest::part(store, Rest::Notices)}
            {basis(store, &session)}
            {live(store, Part::Tasks)}
            <nav class="onwards">
                if !session.is_locked() {
                    {button(
                        "primary",
                        session.say(if blank { "begin" } else { "go_on" }),
                        go_on(store),
                    )}
                }
                {button(
                    "second",
                    session.say("to_check"),
                    store.on(|| Edit::Go(Page::Check)),
                )}
                {button(
                    "second",
                    session.say("one_page"),
                    store.on(|| Edit::Go(Page::All)),
                )}
            </nav>
            {rest::part(store, Rest::Files)}
            {rest::part(store, Rest::Looks)}
            {rest::part(store, Rest::Install)}
        </>
    }
}

/// What stands above the title: the way back to the list, unless that is the page, and how
/// it stands with this device.
pub(crate) fn top_line(store: &Store, has_back: bool) -> Html {
    let session = store.read();
    let show = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| rest::run(&store, Errand::List))
    };
    html! {
        <div class="top-line">
            if has_back && !session.is_guest() {
                <button type="button" class="quiet" onclick={show}>
                    {"‹ "}{session.say("visits")}
                </button>
            } else {
                <span class="brand">{session.say("brand")}</span>
            }
            <span class="step"></span>
            {rest::part(store, Rest::Device)}
            {live(store, Part::Kept)}
        </div>
    }
}

/// To the first section that is not done, or to the answers to check.
fn go_on(store: &Store) -> Callback<MouseEvent> {
    let store = store.clone();
    Callback::from(move |_| {
        let first = {
            let session = store.read();
            let mut screens = session.screens().iter();
            screens
                .position(|screen| session.progress(screen, &[]).state() != State::Done)
        };
        store.apply(Edit::Go(first.map_or(Page::Check, Page::Section)));
    })
}

/// Year, standard and day of the check.
fn basis(store: &Store, session: &Session) -> Html {
    let visit = session.visit();
    let standard = visit.standard();
    let record = visit.record();
    let standards = session.standards();
    let years = standard.years();
    let year = visit.year();
    let date = record.date.clone().unwrap_or_default();
    let on_standard = {
        let store = store.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            store.apply(Edit::Standard(select.value()));
        })
    };
    let on_year = {
        let (store, date) = (store.clone(), date.clone());
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            if let Ok(year) = select.value().parse() {
                store.apply(Edit::When(year, date.clone()));
            }
        })
    };
    let on_date = {
        let store = store.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            store.apply(Edit::When(year, input.value()));
        })
    };
    let chosen = standard.id().to_owned();
    let options = standards.iter().map(|one| {
        html! {
            <option value={one.id().to_owned()} selected={one.id() == chosen}>
                {one.title().to_owned()}
            </option>
        }
    });
    let year_options = (years.0..=years.1).rev().map(|one| {
        html! { <option value={one.to_string()} selected={one == year}>{one}</option> }
    });
    let epoch = session.epoch().to_string();
    html! {
        <section class="panel" aria-labelledby="basis">
            <h2 id="basis">{session.say("basis")}</h2>
            {until_finished(session, "fixed", html! { <>
            <div class="field">
                <label class="label" for="standard">{session.say("standard")}</label>
                <select id="standard" class="box" key={[&chosen, "s", &epoch].concat()}
                    onchange={on_standard}>{for options}</select>
            </div>
            <div class="pair">
                <div class="field">
                    <label class="label" for="year">{session.say("year")}</label>
                    <select id="year" class="box" key={[&chosen, "y", &epoch].concat()}
                        onchange={on_year}>{for year_options}</select>
                </div>
                <div class="field">
                    <label class="label" for="date">{session.say("date")}</label>
                    <input id="date" class="box" type="text" inputmode="numeric"
                        key={["d", &epoch].concat()} ~defaultValue={date} onchange={on_date}
                        placeholder={session.say("date_like")} />
                </div>
            </div>
            if standard.status() != Status::Sourced {
                <p class="help">{session.lang().named("status", standard.status().as_str())}</p>
            }
            {rest::part(store, Rest::OtherReadings)}
            </> })}
        </section>
    }
}

/// The sections as a list of tasks, each with its state in words.
pub(crate) fn tasks(store: &Store) -> Html {
    let session = store.read();
    let deciding = session.deciding();
    let tasks = session.screens().iter().enumerate().map(|(index, screen)| {
        let progress = session.progress(screen, &deciding);
        html! {
            <li>
                <button type="button" class="task"
                    onclick={store.on(move || Edit::Go(Page::Section(index)))}>
                    <span class="task-name">{session.screen_name(screen)}</span>
                    <span class="task-note">{note(&session, screen, progress)}</span>
                    {mark(&session, progress)}
                </button>
            </li>
        }
    });
    let tasks: Html = tasks.collect();
    html! {
        <section aria-labelledby="tasks">
            <h2 id="tasks">{session.say("tasks")}</h2>
            <ol class="tasks">{tasks}</ol>
        </section>
    }
}

fn note(session: &Session, screen: &Screen, progress: Progress) -> String {
    if progress.asked == 0 {
        let somebody = screen.topics.iter().any(|at| !session.places(*at).is_empty());
        return session.say(if somebody { "nobody_here" } else { "members_first" });
    }
    let numbers = [progress.answered, progress.asked, progress.deciding, progress.hints];
    let [answered, asked, deciding, hints] = numbers.map(|number| number.to_string());
    let mut parts =
        vec![session.fill("answered", &[("done", &answered), ("all", &asked)])];
    if progress.deciding > 0 {
        parts.push(session.fill("deciding", &[("count", &deciding)]));
    }
    if progress.hints > 0 {
        parts.push(session.fill("hints", &[("count", &hints)]));
    }
    parts.join(" · ")
}

/// The state of a section in a word.
pub(crate) fn mark(session: &Session, progress: Progress) -> Html {
    let (key, class) = match progress.state() {
        State::Fresh => ("fresh", "mark plain"),
        State::Begun => ("begun", "mark begun"),
        State::Done => ("done", "mark met"),
        State::Trouble => ("trouble", "mark trouble"),
    };
    html! { <span {class}>{session.say(key)}</span> }
}
