//! The controls: a box, a list, large buttons, and the way out of each.

use ruhu_core::{Answer, At, Fact, Kind, Reason, read};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::{FEW, Seen, truth};
use crate::rest::{self, Rest};
use crate::session::{Edit, Session};
use crate::store::Store;

fn answer(store: &Store, at: At, text: &str) {
    let answer = (!text.is_empty()).then(|| Answer::known(text));
    store.apply(Edit::Answer(at, answer));
}

/// Two to five large buttons, and a way out.
pub(super) fn buttons(
    store: &Store,
    at: At,
    seen: &Seen,
    options: &[(&str, &str)],
) -> Html {
    let options = options.iter().map(|(option, key)| {
        let text = store.read().lang().text(key).to_owned();
        ((*option).to_owned(), text)
    });
    button_group(store, at, seen, &options.collect::<Vec<_>>())
}

fn button_group(
    store: &Store,
    at: At,
    seen: &Seen,
    options: &[(String, String)],
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

pub(super) fn choice(store: &Store, at: At, seen: &Seen, list: usize) -> Html {
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
        button_group(store, at, seen, &options)
    } else {
        select(store, at, seen, &options)
    }
}

pub(super) fn select(
    store: &Store,
    at: At,
    seen: &Seen,
    options: &[(String, String)],
) -> Html {
    let chosen = if seen.reason.is_some() { "" } else { &seen.text };
    let onchange = {
        let store = store.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            answer(&store, at, &select.value());
        })
    };
    // A list that was changed by hand no longer follows `selected`: it is made anew when
    // the answer becomes unknown, and when options come and go.
    let mut key = truth(seen.reason.is_some()).to_owned();
    options.iter().for_each(|(option, _)| key.push_str(option));
    let blank = !options.iter().any(|(option, _)| option == chosen);
    let options = options.iter().map(|(option, text)| {
        html! { <option value={option.clone()} selected={option == chosen}>{text}</option> }
    });
    html! {
        <select {key} id={seen.id.clone()} {onchange}
            class={classes!("box", blank.then_some("blank"))}
            aria-describedby={described(seen, false)}>
            <option value="" selected={blank}>{store.read().say("choose")}</option>
            {for options}
        </select>
    }
}

pub(super) fn text_box(
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
            if seen.fact.mask.is_some() { {rest::draw(Rest::Masked(at), store)} }
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
    match JsCast::dyn_into::<HtmlTextAreaElement>(target) {
        Ok(area) => area.value(),
        Err(target) => {
            let input: HtmlInputElement = JsCast::unchecked_into(target);
            input.value()
        }
    }
}

fn put(event: &Event, text: &str) {
    let target = event.target();
    let input =
        target.and_then(|target| JsCast::dyn_into::<HtmlInputElement>(target).ok());
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
pub(super) fn unsure(store: &Store, at: At, seen: &Seen, class: &'static str) -> Html {
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
pub(super) fn reasons(store: &Store, at: At, seen: &Seen) -> Html {
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
