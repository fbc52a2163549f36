//! Small things said in many places: where something stands.

use ruhu_core::{Cite, Status};

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
