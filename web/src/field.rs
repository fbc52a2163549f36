//! One question and its control, chosen by its kind.

use ruhu_core::{Answer, At, Fact, Kind, Reason, read};
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::session::{Edit, Session, Watch};
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
    use_watch(store, &watch);
    let left = use_state_eq(|| true);
    let seen = look(&store.read(), at);
    let Some(seen) = seen else { return Html::default() };
    let problem = seen.problem.as_ref().filter(|_| *left);
    let control = match seen.fact.kind {
        Kind::YesNo => {
            buttons(store, at, &seen, &[("yes", "say.true"), ("no", "say.false")])
        }
        Kind::Choice { list } => choice(store, at, &seen, list),
        Kind::Row { of } => {
            let session = store.read();
            let visit = session.visit();
            let rows = visit.rows(of).map(|row| {
                let place = ruhu_core::Place { entity: of, row };
                (row.to_string(), visit.say_row(session.lang(), place))
            });
            select(store, at, &seen, rows.collect())
        }
        _ => text_box(store, at, &seen, problem.is_some(), &left),
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
    let unsure = (!is_group && !sure).then(|| unsure(store, at, &seen, "link"));
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
                {reasons(store, at, &seen)}
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

fn row_of(store: &Store, at: At) -> Option<ruhu_core::EntityRef> {
    let session = store.read();
    match session.visit().standard().dictionary().info(at.fact)?.kind {
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

fn answer(store: &Store, at: At, text: &str) {
    let answer = (!text.is_empty()).then(|| Answer::known(text));
    store.apply(Edit::Answer(at, answer));
}

/// Two to five large buttons, and a way out.
fn buttons(store: &Store, at: At, seen: &Seen, options: &[(&str, &str)]) -> Html {
    let options = options.iter().map(|(option, key)| {
        let text = store.read().lang().text(key).to_owned();
        ((*option).to_owned(), text)
    });
    button_group(store, at, seen, options.collect())
}

fn button_group(
    store: &Store,
    at: At,
    seen: &Seen,
    options: Vec<(String, String)>,
) -> Html {
    let chosen = if seen.reason.is_some() { "" } else { &seen.text };
    // A Chinese character is as wide as two letters.
    let width = |text: &str| -> usize {
        text.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum()
    };
    let widest = options.iter().map(|(_, text)| width(text)).max();
    let size = match widest {
        Some(0..=6) | None => "choices",
        Some(7..=12) => "choices medium",
        Some(_) => "choices wide",
    };
    let buttons = options.iter().map(|(option, text)| {
        let pressed = option == chosen;
        let (store, option) = (store.clone(), option.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            // Pressed again, an answer is taken back.
            answer(&store, at, if pressed { "" } else { &option });
        });
        html! {
            <button type="button" class="choice" aria-pressed={truth(pressed)} {onclick}>
                {text}
            </button>
        }
    });
    html! {
        <div class={size} role="group"
            id={seen.id.clone()} aria-labelledby={["l-", &seen.id].concat()}
            aria-describedby={described(seen, false)}>
            {for buttons}
            {unsure(store, at, seen, "choice soft")}
        </div>
    }
}

fn choice(store: &Store, at: At, seen: &Seen, list: usize) -> Html {
    let options: Vec<(String, String)> = {
        let session = store.read();
        let lists = session.visit().standard().dictionary().lists();
        let Some(list) = lists.get(list) else { return Html::default() };
        let text = |id: &str| {
            let key = ["option.", &list.id, ".", id].concat();
            session.lang().find(&key).unwrap_or(id).to_owned()
        };
        list.options.iter().map(|option| (option.id.clone(), text(&option.id))).collect()
    };
    if options.len() <= FEW {
        button_group(store, at, seen, options)
    } else {
        select(store, at, seen, options)
    }
}

fn select(store: &Store, at: At, seen: &Seen, options: Vec<(String, String)>) -> Html {
    let chosen = if seen.reason.is_some() { "" } else { &seen.text };
    let onchange = {
        let store = store.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            answer(&store, at, &select.value());
        })
    };
    // A list that was changed by hand no longer follows `selected`: it is made anew when
    // the answer becomes unknown.
    let options = options.iter().map(|(option, text)| {
        html! { <option value={option.clone()} selected={option == chosen}>{text}</option> }
    });
    let blank = chosen.is_empty();
    html! {
        <select key={truth(seen.reason.is_some())} id={seen.id.clone()} {onchange}
            class={classes!("box", blank.then_some("blank"))}
            aria-describedby={described(seen, false)}>
            <option value="" selected={blank}>{store.read().say("choose")}</option>
            {for options}
        </select>
    }
}

fn text_box(
    store: &Store,
    at: At,
    seen: &Seen,
    bad: bool,
    left: &UseStateHandle<bool>,
) -> Html {
    let typing = {
        let (store, left) = (store.clone(), left.clone());
        Callback::from(move |event: InputEvent| {
            // While an input method composes, the text is not yet an answer; when it ends,
            // the root sends the input again.
            if !event.is_composing() {
                let text = typed(&event);
                if *left && !is_bad(&store, at) {
                    left.set(false);
                }
                answer(&store, at, &text);
            }
        })
    };
    let leaving = {
        let (store, left) = (store.clone(), left.clone());
        Callback::from(move |event: FocusEvent| {
            let text = typed(&event);
            let tidy = tidy(&store, at, &text);
            if tidy != text {
                put(&event, &tidy);
                answer(&store, at, &tidy);
            }
            left.set(true);
        })
    };
    let mode = match seen.fact.kind {
        Kind::Count | Kind::Date | Kind::IdNumber => "numeric",
        Kind::Money | Kind::Quantity => "decimal",
        _ => "text",
    };
    let unit = unit(&store.read(), &seen.fact);
    let placeholder = match seen.fact.kind {
        Kind::Date => Some(store.read().say("date_like")),
        _ => None,
    };
    let described = described(seen, bad);
    if seen.fact.multiple_lines {
        return html! {
            <textarea class="box" id={seen.id.clone()} rows="3" oninput={typing}
                onblur={leaving} defaultvalue={seen.text.clone()}
                aria-describedby={described} aria-invalid={bad.then_some("true")} />
        };
    }
    let extra = (seen.fact.kind == Kind::IdNumber).then(|| x_key(store, at, seen));
    html! {
        <div class="line">
            <input class="box" id={seen.id.clone()} type="text" inputmode={mode}
                autocomplete="off" oninput={typing} onblur={leaving}
                ~defaultValue={seen.text.clone()} {placeholder}
                aria-describedby={described} aria-invalid={bad.then_some("true")} />
            if let Some(unit) = unit {
                <span class="unit">{unit}</span>
            }
            {extra}
        </div>
    }
}

/// The key that number pads lack.
fn x_key(store: &Store, at: At, seen: &Seen) -> Html {
    let (root, id, to) = (store.root().clone(), seen.id.clone(), store.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let text = to.read().visit().typed(at).map(|answer| answer.text().to_owned());
        let text = [&text.unwrap_or_default(), "X"].concat();
        crate::browser::fill(&root, &id, &text);
        answer(&to, at, &text);
    });
    let label = store.read().say("x_key");
    html! {
        <button type="button" class="key" aria-label={label} {onclick}>{"X"}</button>
    }
}

fn is_bad(store: &Store, at: At) -> bool {
    store.read().visit().problem(at).is_some()
}

fn typed(event: &Event) -> String {
    let Some(target) = event.target() else { return String::new() };
    match wasm_bindgen::JsCast::dyn_into::<HtmlTextAreaElement>(target) {
        Ok(area) => area.value(),
        Err(target) => {
            let input: HtmlInputElement = wasm_bindgen::JsCast::unchecked_into(target);
            input.value()
        }
    }
}

fn put(event: &Event, text: &str) {
    let target = event.target();
    let input = target.and_then(|target| {
        wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(target).ok()
    });
    if let Some(input) = input {
        input.set_value(text);
    }
}

/// What is left in a box: in half width, an ID number as it is printed.
fn tidy(store: &Store, at: At, text: &str) -> String {
    let session = store.read();
    let kind =
        session.visit().standard().dictionary().info(at.fact).map(|info| info.kind);
    match kind {
        Some(Kind::IdNumber) => match read::id_number(text) {
            Ok(id) => id.text,
            Err(_) => narrow(text),
        },
        Some(Kind::Count | Kind::Money | Kind::Quantity | Kind::Date) => narrow(text),
        _ => text.to_owned(),
    }
}

/// Full-width digits and signs as the ordinary ones.
fn narrow(text: &str) -> String {
    let narrow = text.trim().chars().map(|sign| match sign {
        '\u{ff01}'..='\u{ff5e}' => {
            let code = u32::from(sign).saturating_sub(0xfee0);
            char::from_u32(code).unwrap_or(sign)
        }
        '\u{3000}' => ' ',
        '。' => '.',
        _ => sign,
    });
    narrow.collect()
}

fn unit(session: &Session, fact: &Fact) -> Option<String> {
    let is_number = matches!(fact.kind, Kind::Count | Kind::Money | Kind::Quantity);
    let unit = fact.unit.to_string();
    (is_number && unit != "1").then(|| session.lang().named("unit", &unit))
}

/// "Cannot say", which opens the reasons why.
fn unsure(store: &Store, at: At, seen: &Seen, class: &'static str) -> Html {
    let pressed = seen.reason.is_some();
    let was = Some(seen.text.clone()).filter(|text| !text.is_empty());
    let onclick = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            let given = if pressed {
                was.clone().map(Answer::Known)
            } else {
                let reason = Reason::DoesNotKnow;
                Some(Answer::Unknown { reason, was: was.clone() })
            };
            store.apply(Edit::Answer(at, given));
        })
    };
    let text = match seen.reason {
        Some(reason) => store.read().lang().named("reason", reason.as_str()),
        None => store.read().say("unsure"),
    };
    let label = [&seen.label, "：", &text].concat();
    html! {
        <button type="button" class={class} aria-pressed={truth(pressed)} aria-label={label}
            {onclick}>
            {text}
        </button>
    }
}

/// Why it is not known: shown once somebody said so.
fn reasons(store: &Store, at: At, seen: &Seen) -> Html {
    let Some(now) = seen.reason else { return Html::default() };
    let chips = Reason::ALL.into_iter().filter(|reason| *reason != Reason::NotAsked);
    let chips = chips.map(|reason| {
        let was = Some(seen.text.clone()).filter(|text| !text.is_empty());
        let onclick = store.on(move || {
            Edit::Answer(at, Some(Answer::Unknown { reason, was: was.clone() }))
        });
        html! {
            <button type="button" class="chip" aria-pressed={truth(reason == now)} {onclick}>
                {store.read().lang().named("reason", reason.as_str())}
            </button>
        }
    });
    html! {
        <div class="why" role="group" aria-label={store.read().say("why_unknown")}>
            {for chips}
        </div>
    }
}

fn described(seen: &Seen, bad: bool) -> Option<String> {
    let help = seen.help.as_ref().map(|_| ["h-", &seen.id].concat());
    let problem = bad.then(|| ["p-", &seen.id].concat());
    let all: Vec<String> = [help, problem].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// For `aria-pressed` and its like.
pub(crate) fn truth(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}
