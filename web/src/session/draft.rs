//! A draft: the record and how it was looked at, as one text.

use ruhu_core::Record;
use serde_json::{Map, Value};

use super::edit::{Edit, Effect};
use super::{Page, Session};

impl Session {
    /// Everything that must be there again after the page was left.
    #[must_use]
    pub fn draft(&self) -> String {
        let look = &self.look;
        let (page, section) = match self.page {
            Page::Home => ("home", 0),
            Page::Section(section) => ("section", section),
            Page::All => ("all", 0),
            Page::Check => ("check", 0),
        };
        let standards = self.own.iter().map(|(_, text)| text.as_str());
        let entries: [(&str, Value); 8] = [
            ("record", self.visit.record().to_json().into()),
            ("language", look.language.as_str().into()),
            ("contrast", look.contrast.into()),
            ("large", look.large.into()),
            ("grouping", look.grouping.into()),
            ("page", page.into()),
            ("section", section.into()),
            ("standards", standards.collect()),
        ];
        Value::from_iter(entries).to_string()
    }

    /// Takes a draft up again; what cannot be read of it is left alone.
    pub fn take_up(&mut self, draft: &str) -> Effect {
        let Ok(Value::Object(draft)) = serde_json::from_str(draft) else {
            return Effect::default();
        };
        let text = |key: &str| draft.get(key).and_then(Value::as_str);
        if let Some(language) = text("language") {
            language.clone_into(&mut self.look.language);
        }
        self.look.contrast = flag(&draft, "contrast");
        self.look.large = flag(&draft, "large");
        self.look.grouping = place(&draft, "grouping");
        let standards = draft.get("standards").and_then(Value::as_array);
        for text in standards.into_iter().flatten().filter_map(Value::as_str) {
            if let Ok(standard) = self.library.read(text) {
                self.keep_standard(standard, text);
            }
        }
        let mut effect = Effect::default();
        if let Some(Ok((record, _))) = text("record").map(Record::from_json) {
            effect = self.apply(Edit::Record(Box::new(record)));
        }
        self.undo = None;
        self.snack = None;
        self.page = match text("page") {
            Some("section") => Page::Section(place(&draft, "section")),
            Some("all") => Page::All,
            Some("check") => Page::Check,
            _ => Page::Home,
        };
        effect.keep = false;
        effect
    }
}

fn flag(draft: &Map<String, Value>, key: &str) -> bool {
    draft.get(key).and_then(Value::as_bool).unwrap_or_default()
}

fn place(draft: &Map<String, Value>, key: &str) -> usize {
    let found = draft.get(key).and_then(Value::as_u64);
    found.and_then(|at| usize::try_from(at).ok()).unwrap_or_default()
}
