//! Small things said in many places: where something stands.

use ruhu_core::{Cite, Param, ParamValue, Status, figure_text};

use crate::session::Session;

/// Where something stands: title, number, clause; and how well it is founded.
pub(crate) fn source_line(session: &Session, cite: &Cite) -> String {
    let source = session.visit().standard().source(&cite.source);
    let mut parts = Vec::new();
    if let Some(source) = source {
        let number = source.number.as_deref().unwrap_or_default();
        parts.push(["《", &source.title, "》", number].concat());
        parts.extend(source.date.clone().filter(|_| source.number.is_none()));
    }
    parts.extend(cite.clause.clone());
    if let Some(source) = source.filter(|source| source.status != Status::Sourced) {
        parts.push(session.lang().named("status", source.status.as_str()));
    }
    parts.join(&session.lang().comma().replace('、', "，"))
}

/// Which reading of a parameter decides, and how well it is founded.
pub(crate) fn reading_line(
    session: &Session,
    (param, value): (&Param, Option<&ParamValue>),
    founded: impl Fn(&ParamValue) -> String,
) -> String {
    let (lang, name) = (session.lang(), session.lang().named("param", &param.id));
    let Some(value) = value else {
        return lang.fill("say.param", &[("param", &name)]);
    };
    let reading = value.reading.as_deref();
    let reading = reading.map(|reading| lang.named("reading", reading));
    // A choice is no number, and of no unit.
    let figure = match param.options.is_empty() {
        true => {
            let unit = lang.named("unit", &param.unit.to_string());
            [" ", &figure_text(value.value, param.decimals), " ", &unit].concat()
        }
        false => String::new(),
    };
    let parts = [
        ("param", name.as_str()),
        ("reading", &reading.unwrap_or_default()),
        ("figure", &figure),
        ("source", &founded(value)),
    ];
    session.fill("reading_line", &parts)
}

/// How well a value is founded, and where it stands.
pub(crate) fn value_source(session: &Session, value: &ParamValue) -> String {
    let source = session.visit().standard().source(&value.source);
    let source = source.map(|source| source.title.as_str()).unwrap_or_default();
    let status = session.lang().named("status", value.status.as_str());
    let clause = value.clause.as_deref().unwrap_or_default();
    session.fill(
        "reading_source",
        &[("status", &status), ("source", source), ("clause", clause)],
    )
}
