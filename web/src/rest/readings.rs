//! Readings of a standard's figures that an office has to choose from.

use ruhu_core::figure_text;
use yew::prelude::*;

use super::words::value_source;
use crate::field::{truth, until_finished};
use crate::session::{Edit, Session};
use crate::store::Store;

/// Those that no topic asks for, on the first page.
pub(super) fn others(store: &Store) -> Html {
    let session = store.read();
    let open = session.visit().open_params();
    let others = open.filter(|one| session.topic_of_param(&one.id).is_none());
    let readings: Vec<Html> =
        others.map(|one| param_choice(store, &session, &one.id)).collect();
    if readings.is_empty() {
        return Html::default();
    }
    html! {
        <details class="more-readings">
            <summary>{session.say("readings")}</summary>
            {for readings}
        </details>
    }
}

/// Those of a topic, where they decide.
pub(super) fn of_topic(store: &Store, topic: usize) -> Html {
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
fn param_choice(store: &Store, session: &Session, id: &str) -> Html {
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
