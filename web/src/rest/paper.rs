//! The acceptance sheet on paper (贫困户脱贫入户核查表): seen only when printed.

use ruhu_core::{At, EntityRef, ParamValue, Place, Status, Verdict, read};
use yew::prelude::*;

use super::check::pairs;
use super::finish;
use super::reasons::{grouped, in_short, term};
use super::words::{reading_line, source_line};
use crate::session::{CONCLUSION, Session};
use crate::store::Store;

/// The sheet: what was judged and why, what was answered, who signs.
pub(crate) fn paper(store: &Store) -> Html {
    let session = store.read();
    let visit = session.visit();
    let standard = visit.standard();
    let year = visit.year().to_string();
    let date = read::date_text(visit.check_date());
    let head = session.fill(
        "paper_head",
        &[("standard", standard.title()), ("year", &year), ("date", &date)],
    );
    let hash: String = standard.hash().chars().take(16).collect();
    html! {
        <article class="paper" aria-hidden="true">
            <h1>{session.say("paper_title")}</h1>
            <p class="paper-head">{head}</p>
            if let Some(finished) = finish::printed(&session) {
                <p class="paper-head">{finished}</p>
            }
            {checks(&session)}
            {answered(&session)}
            {conclusion(&session)}
            <div class="signs">
                {for ["sign_head", "sign_surveyor", "sign_helper"].map(|key| html! {
                    <p><span>{session.say(key)}</span><i></i><span>{session.say("sign_date")}</span></p>
                })}
            </div>
            <p class="paper-foot">{session.fill("paper_foot", &[("hash", &hash)])}</p>
        </article>
    }
}

fn checks(session: &Session) -> Html {
    let visit = session.visit();
    let criteria = visit.standard().criteria();
    let rows = grouped(session).into_iter().flat_map(|(group, members)| {
        let count = members.len();
        members
            .into_iter()
            .enumerate()
            .map(move |(place, at)| (group.clone(), count, place, at))
    });
    let mut above = None;
    let rows = rows.map(|(group, count, place, at)| {
        let verdict = visit.verdicts().get(at).copied().unwrap_or(Verdict::Unknown);
        let cite = criteria.get(at).map(|one| source_line(session, &one.cite));
        let same = place > 0 && cite == above;
        above.clone_from(&cite);
        let cite = if same { Some(session.say("same")) } else { cite };
        html! {
            <tr>
                if place == 0 { <th rowspan={count.to_string()}>{group}</th> }
                <td>{term(session, at)}</td>
                <td class="paper-verdict">{session.say_verdict(verdict)}</td>
                <td>
                    {in_short(session, visit, at)}
                    {unfounded(session, at)}
                </td>
                <td>{cite.unwrap_or_default()}</td>
            </tr>
        }
    });
    let heads = ["col_group", "col_check", "col_verdict", "col_reason", "col_clause"];
    html! {
        <table>
            <thead><tr>{for heads.map(|key| html! { <th>{session.say(key)}</th> })}</tr></thead>
            <tbody>{for rows}</tbody>
            <tfoot>
                <tr>
                    <th colspan="2">{session.say("overall")}</th>
                    <td colspan="3">{session.say_verdict(visit.verdict())}</td>
                </tr>
            </tfoot>
        </table>
    }
}

/// The readings that decide and were not found in a source: who signs must know.
fn unfounded(session: &Session, at: usize) -> String {
    let found = session.visit().doubtful(at).into_iter();
    let found = found
        .filter(|(_, value)| value.is_none_or(|value| value.status != Status::Sourced));
    let status =
        |value: &ParamValue| session.lang().named("status", value.status.as_str());
    found.map(|one| reading_line(session, one, status)).collect::<Vec<_>>().join(" ")
}

fn answered(session: &Session) -> Html {
    let screens = session.screens().iter();
    let parts = screens.map(|screen| {
        let topics = screen.topics.iter().flat_map(|topic| {
            session.places(*topic).into_iter().map(move |place| (*topic, place))
        });
        let lines: Vec<Html> = topics
            .filter_map(|(topic, place)| {
                let pairs = pairs(session, topic, place);
                let said: Vec<String> = pairs
                    .into_iter()
                    .map(|(_, label, value)| [label, value].join(" "))
                    .collect();
                if said.is_empty() {
                    return None;
                }
                let name = (place.entity != EntityRef::HOUSEHOLD)
                    .then(|| session.visit().say_row(session.lang(), place));
                let text = said.join(&session.between());
                Some(html! {
                    <p>if let Some(name) = name { <b>{name}{"："}</b> }{text}</p>
                })
            })
            .collect();
        if lines.is_empty() {
            return Html::default();
        }
        html! { <section><h2>{session.screen_name(screen)}</h2>{for lines}</section> }
    });
    parts.collect()
}

fn conclusion(session: &Session) -> Html {
    let (visit, lang) = (session.visit(), session.lang());
    let dictionary = visit.standard().dictionary();
    let topic = dictionary.topics().iter().position(|topic| topic.id == CONCLUSION);
    let Some(topic) = topic else { return Html::default() };
    let lines = dictionary.facts_of(topic).map(|fact| {
        let at = At { place: Place::HOUSEHOLD, fact };
        let value = visit.say_value(lang, at);
        let problem = visit.problem(at).map(|problem| lang.say_problem(&problem).0);
        html! {
            <p class="to-write">
                <span>{visit.say_fact(lang, fact)}{"："}{problem}</span>
                if value.trim().is_empty() { <i></i> } else { {value} }
            </p>
        }
    });
    html! {
        <section><h2>{session.topic_name(topic)}</h2>{for lines}</section>
    }
}
