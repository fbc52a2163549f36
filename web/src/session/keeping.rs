//! What is kept of a session, and how it is taken up again.

use ruhu_core::{Json, Record};

use super::edit::{Edit, Effect};
use super::standards::OwnStandard;
use super::{Kept, Lock, Page, Session, Writer};

/// What has to be fetched before a session can be taken up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// A language of which the words are not here.
    pub language: Option<String>,
    /// The texts of standards that came from files.
    pub standards: Vec<String>,
}

impl Session {
    /// What the looks and the standards that were kept need and is not here.
    #[must_use]
    pub fn wants(&self, look: &str, standards: &str) -> Wants {
        let look = Json::read(look).unwrap_or_default();
        let language = look.get("language").and_then(Json::text);
        let language = language.filter(|language| !self.speaks(language));
        let standards = Json::read(standards).unwrap_or_default();
        let standards = standards.items().iter().filter_map(Json::text);
        Wants {
            language: language.map(str::to_owned),
            standards: standards.map(str::to_owned).collect(),
        }
    }

    /// How this device is looked at, and what was on the screen: nothing of a household.
    #[must_use]
    pub fn look_text(&self) -> String {
        let look = &self.look;
        let (page, section) = match self.page {
            Page::Home => ("home", 0),
            Page::Visits => ("visits", 0),
            Page::Section(section) => ("section", section),
            Page::All => ("all", 0),
            Page::Check => ("check", 0),
        };
        let place = |at: usize| i64::try_from(at).unwrap_or_default().into();
        Json::object(vec![
            ("county", self.desk.county.as_deref().unwrap_or_default().into()),
            ("retention", i64::from(self.desk.retention.unwrap_or_default()).into()),
            ("device", self.device_id.as_str().into()),
            ("language", look.language.as_str().into()),
            ("contrast", look.contrast.into()),
            ("large", look.large.into()),
            ("grouping", place(look.grouping)),
            ("page", page.into()),
            ("section", place(section)),
            ("visit", self.key.as_str().into()),
        ])
        .write()
    }

    /// The standards that came from files, as one text.
    #[must_use]
    pub fn standards_text(&self) -> String {
        let standards = self.own.iter().map(|(_, text)| text).chain(&self.unread);
        let standards: Vec<Json> = standards.map(|text| text.as_str().into()).collect();
        Json::from(standards).write()
    }

    /// Takes up the looks and the standards that were kept; what cannot be read is left
    /// alone.
    pub fn take_up(&mut self, look: &str, standards: Vec<OwnStandard>) {
        let look = Json::read(look).unwrap_or_default();
        let language = look.get("language").and_then(Json::text);
        if let Some(language) = language.filter(|name| self.speaks(name)) {
            language.clone_into(&mut self.look.language);
            self.speak();
        }
        let county = look.get("county").and_then(Json::text);
        let county = county.filter(|key| !key.is_empty());
        self.desk.county = county.map(str::to_owned);
        if let Some(days) = look.get("retention") {
            self.desk.retention = days.write().parse().ok().filter(|days| *days > 0);
        }
        let device = look.get("device").and_then(Json::text);
        if let Some(device) = device.filter(|device| !device.is_empty()) {
            device.clone_into(&mut self.device_id);
        }
        self.look.contrast = flag(&look, "contrast");
        self.look.large = flag(&look, "large");
        self.look.grouping = place(&look, "grouping");
        for own in standards {
            match self.opened(&own) {
                Some(standard) => self.keep_standard(standard, own.text),
                None => self.unread.push(own.text),
            }
        }
    }

    /// The page that was on the screen, once its visit is there again.
    pub fn take_up_page(&mut self, look: &str) {
        let look = Json::read(look).unwrap_or_default();
        self.page = match look.get("page").and_then(Json::text) {
            Some("visits") => Page::Visits,
            Some("section") => Page::Section(place(&look, "section")),
            Some("all") => Page::All,
            Some("check") => Page::Check,
            _ => Page::Home,
        };
        if !self.unread.is_empty() {
            self.trouble = Some(self.say("no_reader"));
        }
    }

    /// Which visit was on the screen.
    #[must_use]
    pub fn visit_of(look: &str) -> Option<String> {
        let look = Json::read(look).unwrap_or_default();
        look.get("visit").and_then(Json::text).map(str::to_owned)
    }

    /// An older form's one draft, as the looks, the standards and the visit that it held.
    #[must_use]
    pub fn parted(draft: &str) -> (String, String, Option<String>) {
        let draft = Json::read(draft).unwrap_or_default();
        let record = draft.get("record").and_then(Json::text).map(str::to_owned);
        let standards = draft.get("standards").map_or_else(String::new, Json::write);
        (draft.write(), standards, record)
    }

    /// A visit that was kept comes to the screen; `missing` of its last changes could not
    /// be read any more.
    pub(super) fn open_kept(&mut self, key: String, text: &str, missing: u32) -> Effect {
        let Ok((record, notices)) = Record::from_json(text) else {
            return self.refuse(self.lang.named("kept", "spoilt"));
        };
        let mut effect = self.open_record(self.settle(record));
        if self.trouble.is_none() {
            self.notices = self.settled(notices);
            self.missing = missing;
            self.key = key;
            self.fresh = None;
            self.noted.clear();
            self.page = Page::Home;
            // A portal brings it by itself: nobody asked for it.
            effect.focus = (!self.guest).then(|| "page-title".to_owned());
        }
        // It is as it was kept; the looks say which visit is on the screen.
        Effect { keep: true, ..effect }
    }

    /// How many of the last changes of the visit on the screen could not be read any more.
    #[must_use]
    pub fn missing(&self) -> u32 {
        self.missing
    }

    pub(crate) fn learn_kept(&mut self, kept: Kept) -> Effect {
        let same = self.kept == kept;
        self.kept = kept;
        if same { Effect::default() } else { Effect::of(&[super::Watch::Kept]) }
    }

    pub(super) fn learn_writer(&mut self, writer: Writer) -> Effect {
        let same = self.writer == writer;
        self.writer = writer;
        if same { Effect::default() } else { Effect { keep: false, ..Effect::all() } }
    }

    pub(super) fn learn_lock(&mut self, lock: Lock) -> Effect {
        self.lock = lock;
        self.lock_trouble = None;
        Effect { keep: false, ..Effect::all() }
    }

    pub(super) fn set_lock(&mut self, lock: Lock, word: &str) -> Effect {
        self.lock_sets = self.lock_sets.wrapping_add(1);
        self.undo = None;
        self.tell(word);
        Effect { focus: Some("lock".to_owned()), ..self.learn_lock(lock) }
    }

    pub(super) fn refuse_lock(&mut self, why: String) -> Effect {
        self.lock_trouble = Some(why);
        let focus = Some("lock-trouble".to_owned());
        Effect { keep: false, focus, ..Effect::all() }
    }

    /// Whether what is kept is under a PIN.
    #[must_use]
    pub fn lock(&self) -> Lock {
        self.lock
    }

    /// How often a PIN was set, changed or taken away since the page opened.
    #[must_use]
    pub fn lock_sets(&self) -> u32 {
        self.lock_sets
    }

    /// Why a PIN was not taken, in words.
    #[must_use]
    pub fn lock_trouble(&self) -> Option<&str> {
        self.lock_trouble.as_deref()
    }

    /// Which of the windows on this device writes.
    #[must_use]
    pub fn writer(&self) -> Writer {
        self.writer
    }

    /// Whether another window writes, and this one only reads.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.writer != Writer::This
    }

    /// A text from a file or a portal, as the change that opens it under a new key.
    #[must_use]
    pub fn record_edit(&self, key: &str, text: &str) -> Edit {
        match Record::from_json(text) {
            Ok((record, notices)) => {
                Edit::Record(key.to_owned(), Box::new(record), notices)
            }
            Err(error) => Edit::Trouble(self.lang.say_record_error(&error)),
        }
    }
}

fn flag(look: &Json, key: &str) -> bool {
    look.get(key) == Some(&Json::Bool(true))
}

fn place(look: &Json, key: &str) -> usize {
    match look.get(key) {
        Some(Json::Number(digits)) => digits.parse().unwrap_or_default(),
        _ => 0,
    }
}
