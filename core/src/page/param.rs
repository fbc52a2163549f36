//! Parameters: every value, by year and reading, and what an office may choose.

use super::mark::Mark;
use super::{Page, Target};
use crate::param::{May, Param, ParamKind, ParamValue, Status};

impl Page<'_> {
    pub(super) fn params(&mut self) {
        let standard = self.standard;
        if standard.params.is_empty() {
            return;
        }
        self.head(Target::Section("page.params"));
        self.line(&self.words("page.params.about"));
        self.gap();
        for status in [Status::Sourced, Status::Unverified, Status::Proposed] {
            let mut values = standard.params.iter().flat_map(|param| &param.values);
            if values.any(|value| value.status == status) {
                let says = self.status(status, "page.value");
                self.item(0, &says);
            }
        }
        for (at, param) in standard.params.iter().enumerate() {
            self.head(Target::Param(at));
            self.values(param);
            self.gap();
            self.choice(param);
            if let Some(may) = may(param.may) {
                self.line(&self.words(may));
            }
            self.used_by(|seen| seen.params.contains(&at));
        }
    }

    /// A status and what it means.
    pub(super) fn status(&self, status: Status, meaning: &str) -> Mark {
        let id = status.as_str();
        let parts =
            [("status", &self.named("status", id)), ("means", &self.named(meaning, id))];
        self.fill("page.status", &parts)
    }

    fn values(&mut self, param: &Param) {
        // Of a switch, the reading only says the option again.
        let read = param.values.iter().any(|value| {
            value.reading.is_some()
                && self.option_of(param, value) != value.reading.as_deref()
        });
        let mut keys = vec!["page.years", "page.reading", "page.value", "page.source"];
        keys.extend(["page.clause", "page.founded"]);
        keys.retain(|key| read || *key != "page.reading");
        self.table(&keys);
        for value in &param.values {
            let mut cells = vec![self.span(value.years)];
            if read {
                let reading = value.reading.as_deref();
                cells.push(
                    reading.map(|id| self.named("reading", id)).unwrap_or_default(),
                );
            }
            cells.push(self.param_value(param, value));
            cells.push(self.source(&value.source));
            cells.push(Mark::plain(value.clause.as_deref().unwrap_or_default()));
            cells.push(self.named("status", value.status.as_str()));
            self.row(&cells);
        }
    }

    fn option_of<'p>(&self, param: &'p Param, value: &ParamValue) -> Option<&'p str> {
        let at = usize::try_from(value.value).ok();
        let at = at.filter(|_| param.kind == ParamKind::Choice)?;
        param.options.get(at).map(String::as_str)
    }

    /// What holds until an office says, and what it must or may say.
    fn choice(&mut self, param: &Param) {
        if let Some(default) = &param.default {
            let default = self.reading_name(param, default);
            self.line(&self.fill("page.default", &[("reading", &default)]));
        }
        let open = open_years(param, self.standard.years);
        if param.default.is_none() {
            if !open.is_empty() {
                let years = open.into_iter().map(|years| self.span(years));
                let years = self.joined("say.comma", years.collect());
                self.line(&self.fill("page.must", &[("years", &years)]));
            }
            return;
        }
        let is_switch = param.kind == ParamKind::Choice && param.may != May::Fixed;
        if open.is_empty() && !is_switch {
            return;
        }
        let options = param.options.iter().filter(|_| is_switch);
        let readings = param.values.iter().filter_map(|value| value.reading.as_ref());
        let mut names: Vec<&String> = Vec::new();
        for name in options.chain(readings) {
            if Some(name) != param.default.as_ref() && !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            return;
        }
        let names = names.into_iter().map(|name| self.reading_name(param, name));
        let others = self.one_of(names.collect());
        self.line(&self.fill("page.may", &[("readings", &others)]));
    }

    /// What a default or a choice is called: the option, or the reading.
    fn reading_name(&self, param: &Param, id: &str) -> Mark {
        let name = match param.options.iter().any(|option| option == id) {
            true => self.param_option(param, id),
            false => self.named("reading", id),
        };
        self.quoted(&name)
    }

    pub(super) fn param_option(&self, param: &Param, option: &str) -> Mark {
        let mut text = String::new();
        self.lang.put_named(&mut text, &["param", &param.id, option]);
        Mark::plain(&text)
    }

    /// `2014–2020`, or one year.
    pub(super) fn span(&self, (first, last): (i64, i64)) -> Mark {
        let [low, high] = [first, last].map(|year| Mark::plain(&year.to_string()));
        if first == last {
            return self.fill("page.one_year", &[("year", &low)]);
        }
        self.fill("page.span", &[("first", &low), ("last", &high)])
    }
}

/// What a lower level may do, where anything says so.
fn may(may: May) -> Option<&'static str> {
    match may {
        May::Up => Some("page.lower.up"),
        May::Down => Some("page.lower.down"),
        May::Fixed => Some("page.lower.fixed"),
        May::Any => None,
    }
}

/// The years of a standard for which several values stand, as spans.
fn open_years(param: &Param, (first, last): (i64, i64)) -> Vec<(i64, i64)> {
    let mut spans = Vec::new();
    for (at, one) in param.values.iter().enumerate() {
        for other in param.values.iter().skip(at.saturating_add(1)) {
            let low = one.years.0.max(other.years.0).max(first);
            let high = one.years.1.min(other.years.1).min(last);
            if low <= high {
                spans.push((low, high));
            }
        }
    }
    spans.sort_unstable();
    let mut made: Vec<(i64, i64)> = Vec::new();
    for (low, high) in spans {
        match made.last_mut() {
            Some(open) if low <= open.1.saturating_add(1) => open.1 = open.1.max(high),
            _ => made.push((low, high)),
        }
    }
    made
}
