//! What was done to the record (留痕), for whoever looks it through.

use yew::prelude::*;

use crate::session::Session;

/// So many lines are read by nobody, and cost a phone no time yet.
const MOST: usize = 200;

pub(crate) fn traces(session: &Session) -> Html {
    let count = session.visit().record().log.entries().len();
    let traces = session.traces(MOST);
    if traces.is_empty() {
        return Html::default();
    }
    let older = count.saturating_sub(traces.len()).to_string();
    let lines = traces.into_iter().map(|trace| {
        html! {
            <li>
                <span class="help">{trace.time}{" · "}{trace.device}</span>
                {trace.what}
            </li>
        }
    });
    html! {
        <details class="panel traces">
            <summary>{session.fill("traces", &[("count", &count.to_string())])}</summary>
            <p class="help">{session.say("traces_help")}</p>
            <ol reversed=true>{for lines}</ol>
            if older != "0" {
                <p class="help">{session.fill("traces_older", &[("count", &older)])}</p>
            }
        </details>
    }
}
