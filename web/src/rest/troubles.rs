//! What cannot be read in what was answered, and what looks odd.

use ruhu_core::read::Problem;
use ruhu_core::{At, Question};
use yew::prelude::*;

use super::reasons::and_more;
use crate::field::hint_line;
use crate::session::{Edit, Session};
use crate::store::Store;

/// What looks odd in a topic; it never decides.
pub(super) fn hints(store: &Store, topic: usize) -> Html {
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
pub(super) fn trouble_summary(store: &Store, index: usize) -> Html {
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
pub(super) fn troubles(session: &Session, topics: &[usize]) -> Vec<At> {
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
pub(super) fn trouble(store: &Store, session: &Session, at: At) -> Html {
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

/// What was odd in the record that was opened: named, and kept.
pub(super) fn notices(session: &Session) -> Html {
    const MOST: usize = 8;
    let told = session.notices();
    if told.is_empty() {
        return Html::default();
    }
    let title = session.fill("notices", &[("count", &told.len().to_string())]);
    let lines = told.iter().take(MOST).map(|one| html! { <li>{one}</li> });
    html! {
        <div class="summary odd" id="notices" tabindex="-1">
            <h2>{title}</h2>
            <ul>{for lines}</ul>
            {and_more(session, told.len().saturating_sub(MOST))}
        </div>
    }
}
