//! One question and its control, chosen by its kind.

mod controls;

use ruhu_core::{At, Fact, Kind, Reason};
use yew::prelude::*;

use crate::rest::{self, Rest};
use crate::session::{Session, Watch};
use crate::store::{Store, use_watch};

/// Which form, which question.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FieldProps {
    pub(crate) store: Store,
    pub(crate) at: At,
}

/// As many options as this stand side by side.
const FEW: usize = 5;

/// What is read from the session to draw a question.
struct Seen {
    fact: Fact,
    id: String,
    label: String,
    help: Option<String>,
    text: String,
    reason: Option<Reason>,
    /// What was understood, where that is not just what stands in the box.
    echo: Option<String>,
    problem: Option<(String, String)>,
    hints: Vec<String>,
}

fn look(session: &Session, at: At) -> Option<Seen> {
    let visit = session.visit();
    let lang = session.lang();
    let dictionary = visit.standard().dictionary();
    let fact = dictionary.info(at.fact)?.clone();
    let typed = visit.typed(at);
    let text = typed.map(|answer| answer.text().to_owned()).unwrap_or_default();
    let problem = visit.problem(at).map(|problem| lang.say_problem(&problem));
    let hints = session.hints_at(at).into_iter();
    let hints = hints.filter_map(|hint| visit.hints().get(hint));
    Some(Seen {
        id: session.field_id(at),
        label: visit.say_fact(lang, at.fact),
        help: lang.find(&["help.", &fact.id].concat()).map(str::to_owned),
        echo: echo(session, at, &fact, &text),
        reason: visit.reason(at),
        hints: hints.map(|hint| visit.say_hint(lang, hint)).collect(),
        problem,
        text,
        fact,
    })
}

fn echo(session: &Session, at: At, fact: &Fact, text: &str) -> Option<String> {
    let (visit, lang) = (session.visit(), session.lang());
    let value = visit.say_value(lang, at);
    if text.is_empty() {
        let given = fact.from.is_some() && !value.is_empty();
        return given.then(|| session.fill("given", &[("value", &value)]));
    }
    match fact.kind {
        Kind::IdNumber if visit.problem(at).is_none() => {
            let dictionary = visit.standard().dictionary();
            let given = dictionary.facts_of(fact.topic).filter(|other| {
                dictionary.info(*other).is_some_and(|other| other.from == Some(at.fact))
            });
            let said = given.map(|other| {
                let value = visit.say_value(lang, At { fact: other, ..at });
                [visit.say_fact(lang, other), value].join(" ")
            });
            Some(said.collect::<Vec<_>>().join(" · "))
        }
        Kind::Count | Kind::Money | Kind::Quantity | Kind::Date => {
            let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            let same = plain && fact.kind != Kind::Date || value == text;
            let said = !same && !value.is_empty();
            said.then(|| session.fill("read_as", &[("value", &value)]))
        }
        _ => None,
    }
}

/// A question: its label, its help, its control, and what is to be said about the answer.
#[component]
pub(crate) fn Field(props: &FieldProps) -> Html {
    let FieldProps { store, at } = props;
    let at = *at;
    let mut watch = vec![Watch::Field(at), Watch::Hints];
    if let Some(of) = row_of(store, at) {
        watch.push(Watch::List(of));
    }
    if let Some(fact) = info_of(store, at).and_then(|info| info.explains) {
        watch.extend([Watch::Bar, Watch::Field(At { fact, ..at })]);
    }
    use_watch(store, &watch);
    let left = use_state_eq(|| true);
    let seen = look(&store.read(), at);
    let Some(seen) = seen else { return Html::default() };
    let problem = seen.problem.as_ref().filter(|_| *left);
    let control = match seen.fact.kind {
        Kind::YesNo => controls::buttons(
            store,
            at,
            &seen,
            &[("yes", "say.true"), ("no", "say.false")],
        ),
        Kind::Choice { list } => controls::choice(store, at, &seen, list),
        Kind::Row { of } => {
            let session = store.read();
            let visit = session.visit();
            let rows = visit.rows(of).map(|row| {
                let place = ruhu_core::Place { entity: of, row };
                (row.to_string(), visit.say_row(session.lang(), place))
            });
            controls::select(store, at, &seen, &rows.collect::<Vec<_>>())
        }
        _ => controls::text_box(store, at, &seen, problem.is_some(), &left),
    };
    let is_group = is_group(store, &seen.fact);
    let sure = matches!(seen.fact.kind, Kind::Text);
    let label = if is_group {
        html! { <span class="label" id={["l-", &seen.id].concat()}>{&seen.label}</span> }
    } else {
        html! {
            <label class="label" id={["l-", &seen.id].concat()} for={seen.id.clone()}>
                {&seen.label}
            </label>
        }
    };
    let unsure = (!is_group && !sure).then(|| controls::unsure(store, at, &seen, "link"));
    html! {
        // Each part has a parent of its own: what comes and goes leaves the box alone.
        <div class={if problem.is_some() { "field bad" } else { "field" }}>
            <div>
                <div class="label-row">{label}{unsure}</div>
                if let Some(help) = &seen.help {
                    <p class="help" id={["h-", &seen.id].concat()}>{help}</p>
                }
            </div>
            <div>{control}</div>
            <div>
                if let (Some(echo), true) = (&seen.echo, problem.is_none()) {
                    <p class="echo">{echo}</p>
                }
                {rest::draw(Rest::Was(at), store)}
                {controls::reasons(store, at, &seen)}
                if let Some((what, advice)) = problem {
                    <p class="problem" id={["p-", &seen.id].concat()}>
                        <strong>{what}</strong>
                        {" "}
                        {advice}
                    </p>
                }
            </div>
            <div>{for seen.hints.iter().map(|hint| hint_line(store, hint))}</div>
        </div>
    }
}

/// A hint where it is met.
pub(crate) fn hint_line(store: &Store, hint: &str) -> Html {
    html! {
        <p class="hint"><b>{store.read().say("hint")}</b>{hint}</p>
    }
}

fn info_of(store: &Store, at: At) -> Option<Fact> {
    store.read().visit().standard().dictionary().info(at.fact).cloned()
}

fn row_of(store: &Store, at: At) -> Option<ruhu_core::EntityRef> {
    match info_of(store, at)?.kind {
        Kind::Row { of } => Some(of),
        _ => None,
    }
}

fn is_group(store: &Store, fact: &Fact) -> bool {
    match fact.kind {
        Kind::YesNo => true,
        Kind::Choice { list } => {
            let session = store.read();
            let lists = session.visit().standard().dictionary().lists();
            lists.get(list).is_some_and(|list| list.options.len() <= FEW)
        }
        _ => false,
    }
}

/// For `aria-pressed` and its like.
pub(crate) fn truth(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

/// Controls that can be used until the record is finished, where this window writes.
pub(crate) fn until_finished(
    session: &Session,
    class: &'static str,
    inner: Html,
) -> Html {
    if session.is_locked() {
        let why = if session.is_finished() { "finished" } else { "reading" };
        html! { <fieldset {class} disabled=true aria-describedby={why}>{inner}</fieldset> }
    } else {
        html! { <div {class}>{inner}</div> }
    }
}
