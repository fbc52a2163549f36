//! Small things said in many places: money, sources.

use ruhu_core::{Cite, Status};

use crate::session::Session;

/// Fen as yuan, thousands parted.
pub(crate) fn money(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    let (yuan, rest) = (fen.checked_div(100), fen.checked_rem(100));
    let digits = yuan.unwrap_or(0).to_string();
    let mut made = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(at);
        if at > 0 && left.checked_rem(3) == Some(0) {
            made.push(',');
        }
        made.push(digit);
    }
    if let Some(rest @ 1..) = rest {
        made.push('.');
        if rest < 10 {
            made.push('0');
        }
        made.push_str(&rest.to_string());
    }
    made
}

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
