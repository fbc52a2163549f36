//! A draft: the record and how it was looked at, as one text.

use ruhu_core::{Json, Record};

use super::edit::{Edit, Effect};
use super::standards::OwnStandard;
use super::{Page, Session};

/// What has to be fetched before a draft can be taken up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// A language of which the words are not here.
    pub language: Option<String>,
    /// The texts of standards that came from files.
    pub standards: Vec<String>,
}

impl Session {
    /// What a draft needs that is not here.
    #[must_use]
    pub fn wants(&self, draft: &str) -> Wants {
        let draft = Json::read(draft).unwrap_or_default();
        let language = draft.get("language").and_then(Json::text);
        let language = language.filter(|language| !self.speaks(language));
        let standards = draft.get("standards").map_or(&[][..], Json::items);
        let standards = standards.iter().filter_map(Json::text);
        Wants {
            language: language.map(str::to_owned),
            standards: standards.map(str::to_owned).collect(),
        }
    }

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
        let standards = self.own.iter().map(|(_, text)| text).chain(&self.unread);
        let standards: Vec<Json> = standards.map(|text| text.as_str().into()).collect();
        let place = |at: usize| i64::try_from(at).unwrap_or_default().into();
        let county = self.desk.county.as_deref().unwrap_or_default();
        Json::object(vec![
            ("county", county.into()),
            ("record", self.visit.record().to_json().into()),
            ("language", look.language.as_str().into()),
            ("contrast", look.contrast.into()),
            ("large", look.large.into()),
            ("grouping", place(look.grouping)),
            ("page", page.into()),
            ("section", place(section)),
            ("standards", standards.into()),
        ])
        .write()
    }

    /// Takes a draft up again, with the standards that it needs; what cannot be read of it
    /// is left alone.
    pub fn take_up(&mut self, draft: &str, standards: Vec<OwnStandard>) -> Effect {
        let Ok(draft @ Json::Object(_)) = Json::read(draft) else {
            return Effect::default();
        };
        let text = |key: &str| draft.get(key).and_then(Json::text);
        if let Some(language) = text("language").filter(|name| self.speaks(name)) {
            language.clone_into(&mut self.look.language);
        }
        self.look.contrast = flag(&draft, "contrast");
        self.look.large = flag(&draft, "large");
        self.look.grouping = place(&draft, "grouping");
        self.desk.county =
            text("county").filter(|key| !key.is_empty()).map(str::to_owned);
        for own in standards {
            match self.opened(&own) {
                Some(standard) => self.keep_standard(standard, own.text),
                None => self.unread.push(own.text),
            }
        }
        let mut effect = Effect::default();
        if let Some(Ok((record, notices))) = text("record").map(Record::from_json) {
            effect = self.apply(Edit::Record(Box::new(record), notices));
        }
        if !self.unread.is_empty() {
            self.trouble = Some(self.say("no_reader"));
        }
        self.undo = None;
        self.snack = None;
        self.page = match text("page") {
            Some("section") => Page::Section(place(&draft, "section")),
            Some("all") => Page::All,
            Some("check") => Page::Check,
            _ => Page::Home,
        };
        (effect.keep, effect.focus) = (false, None);
        effect
    }
}

fn flag(draft: &Json, key: &str) -> bool {
    draft.get(key) == Some(&Json::Bool(true))
}

fn place(draft: &Json, key: &str) -> usize {
    match draft.get(key) {
        Some(Json::Number(digits)) => digits.parse().unwrap_or_default(),
        _ => 0,
    }
}
