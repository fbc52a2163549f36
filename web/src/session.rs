//! What the screen knows, and the one way it changes; no browser in sight.

mod apply;
mod before;
mod codes;
mod desk;
mod device;
mod edit;
mod finish;
mod handed;
mod handover;
mod keeping;
mod kept;
mod log;
mod merge;
mod notices;
mod open;
mod page;
mod places;
mod rows;
mod screens;
mod seldom;
mod settle;
mod spot;
mod standards;
mod visits;

use std::rc::Rc;

use litemap::LiteMap;
use ruhu_core::record::Notice;
use ruhu_core::{
    At, EntityRef, FIRST_STANDARD, Lang, Library, Place, Record, Row, Standard, Verdict,
    Visit,
};

pub use before::{Was, verdict_named};
pub use codes::{Scan, Shown};
pub use desk::{Desk, Held, Inside, Lies, Task, Told, Way, minute};
pub use device::{Device, Offline, Room};
pub use edit::{Edit, Effect};
pub use handed::Given;
pub use handover::{Handover, HandoverError};
pub use keeping::Wants;
pub use kept::{Kept, Lock, Why, Writer};
pub use log::Trace;
pub use merge::{Asked, Merging};
pub use ruhu_core::record::Stand;
pub use screens::{CONCLUSION, Progress, Screen, State, owns_list};
pub use standards::OwnStandard;
pub use visits::{Head, Stage, Visits};

/// What a part of the screen shows; it is drawn again when that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Watch {
    /// The page, the language, the standard: everything.
    Screen,
    /// The counts and the state of the household.
    Bar,
    /// One criterion's state and reasons.
    Criterion(usize),
    /// One answer.
    Field(At),
    /// Which questions are asked.
    Shown,
    /// The head of one row's card.
    Row(Place),
    /// The rows of a list.
    List(EntityRef),
    /// What a list adds up to.
    Sum(EntityRef),
    /// The hints.
    Hints,
    /// The message at the foot, with its undo.
    Snack,
    /// Whether answers are kept.
    Kept,
    /// What the page tells of this device.
    Device,
    /// What is done with files.
    Desk,
    /// A pause in typing: what may wait is drawn then.
    Settled,
    /// The sheet of reasons.
    Sheet,
    /// The list of visits.
    Visits,
}

/// What fills the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The tasks, the standard and the files.
    Home,
    /// The visits on this device.
    Visits,
    /// One section.
    Section(usize),
    /// Every section, one below the other.
    All,
    /// Check your answers, sign, print.
    Check,
}

/// How it looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The language, as `zh-CN`.
    pub language: String,
    /// For sunlight: black on white, thick lines.
    pub contrast: bool,
    /// Letters a quarter larger.
    pub large: bool,
    /// Under which slogan criteria are grouped.
    pub grouping: usize,
}

/// What can be taken back.
#[derive(Clone, Debug)]
enum Undo {
    Row {
        list: EntityRef,
        at: usize,
        row: Row,
        complete: bool,
    },
    Record(Box<open::Former>),
    /// A visit that was taken off the list.
    Forget,
}

/// What has to be said at the foot of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snack {
    /// The sentence.
    pub text: String,
    /// Whether what happened can be taken back.
    pub undo: bool,
    /// Changes with every message.
    pub number: u32,
}

/// One record, judged, and how it is shown.
#[derive(Debug)]
pub struct Session {
    library: Library,
    own: Vec<(Rc<Standard>, String)>,
    /// Texts of standards that could not be read yet: they are kept all the same.
    unread: Vec<String>,
    visit: Visit,
    /// Under which key it is kept.
    key: String,
    /// The record as it began, while nothing of it needs to be kept.
    fresh: Option<String>,
    /// How many of its last changes could not be read any more.
    missing: u32,
    visits: Visits,
    writer: Writer,
    lock: Lock,
    lock_trouble: Option<String>,
    /// How often a PIN was set here: what was typed for one is gone with the next.
    lock_sets: u32,
    lang: Lang,
    screens: Rc<[Screen]>,
    params: LiteMap<String, usize>,
    look: Look,
    page: Page,
    open: LiteMap<usize, u32>,
    sheet: Option<usize>,
    sheet_open: bool,
    undo: Option<Undo>,
    snack: Option<Snack>,
    kept: Kept,
    device: Device,
    guest: bool,
    desk: Desk,
    trouble: Option<String>,
    notices: Vec<Notice>,
    epoch: u32,
    /// What was done since the record was sealed.
    noted: Vec<log::Note>,
    clock: fn() -> String,
    device_id: String,
    finishing: bool,
    before: Option<Visit>,
}

impl Session {
    /// A session that begins with a blank record.
    ///
    /// # Errors
    /// In words, where what ships does not load, which a test rules out.
    pub fn new(library: Library, id: &str, today: &str) -> Result<Self, String> {
        let mut lang = library.lang("zh-CN");
        let standard = library.standard(FIRST_STANDARD);
        let standard = standard.map_err(|error| error.to_string())?;
        let hints = library.hints().map_err(|error| error.to_string())?;
        let record = blank(&standard, id, today);
        let visit = Visit::open(&standard, &hints, record)
            .map_err(|refusal| lang.say_refusal(&refusal))?;
        lang.add(&standard);
        let look = Look {
            language: "zh-CN".to_owned(),
            contrast: false,
            large: false,
            grouping: 0,
        };
        let mut session = Self {
            library,
            own: Vec::new(),
            unread: Vec::new(),
            screens: Screen::all(standard.dictionary()).into(),
            params: LiteMap::new(),
            key: id.to_owned(),
            fresh: Some(visit.record().to_json()),
            missing: 0,
            visits: Visits::default(),
            writer: Writer::This,
            lock: Lock::Off,
            lock_trouble: None,
            lock_sets: 0,
            visit,
            lang,
            look,
            page: Page::Home,
            open: LiteMap::new(),
            sheet: None,
            sheet_open: false,
            undo: None,
            snack: None,
            kept: Kept::Saving,
            device: Device::default(),
            guest: false,
            desk: Desk::default(),
            trouble: None,
            notices: Vec::new(),
            epoch: 0,
            noted: Vec::new(),
            clock: String::new,
            device_id: String::new(),
            finishing: false,
            before: None,
        };
        session.under_standard();
        Ok(session)
    }

    /// What follows from the standard and its year: sections, readings to choose.
    fn under_standard(&mut self) {
        let standard = self.visit.standard();
        self.screens = Screen::all(standard.dictionary()).into();
        self.look.grouping =
            self.look.grouping.min(standard.groupings().len().saturating_sub(1));
        self.params = screens::params(&self.visit);
        self.look_back();
    }

    /// The words of the language and of the standard's own file.
    fn speak(&mut self) {
        let mut lang = self.library.lang(&self.look.language);
        lang.add(self.visit.standard());
        self.lang = lang;
    }

    /// The rest of what ships: hints, the other standards, where they come from, more
    /// words; whether that was news.
    pub(crate) fn add_rest(&mut self, rest: &'static [u8]) -> bool {
        if self.library.is_whole() || !self.library.add(rest) {
            return false;
        }
        let standard = self.library.standard(self.visit.standard().id());
        if let (Ok(standard), Ok(hints)) = (standard, self.library.hints()) {
            self.visit.complete(&standard, &hints);
            self.under_standard();
        }
        self.speak();
        true
    }

    /// What is judged.
    #[must_use]
    pub fn visit(&self) -> &Visit {
        &self.visit
    }

    /// The words in use.
    #[must_use]
    pub fn lang(&self) -> &Lang {
        &self.lang
    }

    /// The text of the screen's own words, `ui.<key>`.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.lang.named("ui", key)
    }

    /// The text of `ui.<key>` with its parts.
    #[must_use]
    pub fn fill(&self, key: &str, parts: &[(&str, &str)]) -> String {
        self.lang.fill(&["ui.", key].concat(), parts)
    }

    /// What stands between sentences that belong together.
    #[must_use]
    pub fn between(&self) -> String {
        self.lang.between("ui.between")
    }

    /// The sections, in order.
    #[must_use]
    pub fn screens(&self) -> &Rc<[Screen]> {
        &self.screens
    }

    /// How it looks.
    #[must_use]
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// What fills the screen.
    #[must_use]
    pub fn page(&self) -> Page {
        self.page
    }

    /// The row whose card is open under a topic.
    #[must_use]
    pub fn open_row(&self, topic: usize) -> Option<u32> {
        self.open.get(&topic).copied()
    }

    /// Whether the sheet of reasons is open.
    #[must_use]
    pub fn sheet_is_open(&self) -> bool {
        self.sheet_open
    }

    /// The criterion that is unfolded on the sheet.
    #[must_use]
    pub fn unfolded(&self) -> Option<usize> {
        self.sheet
    }

    /// The message at the foot.
    #[must_use]
    pub fn snack(&self) -> Option<&Snack> {
        self.snack.as_ref()
    }

    /// Whether answers outlast the page.
    #[must_use]
    pub fn kept(&self) -> Kept {
        self.kept
    }

    /// What went wrong with a file, in words.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Changes when boxes must be filled anew from the record.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// The words for a state: `verdict.met` and its like.
    #[must_use]
    pub fn say_verdict(&self, verdict: Verdict) -> String {
        self.lang.named("verdict", verdict.as_str())
    }
}

/// A blank record in the standard's life: this year where it holds, or else its last.
fn blank(standard: &Standard, id: &str, today: &str) -> Record {
    let (first, last) = standard.years();
    let year = today.split('-').next().and_then(|year| year.parse::<i64>().ok());
    let year = year.unwrap_or(last);
    let date = if (first..=last).contains(&year) {
        today.to_owned()
    } else {
        [&last.to_string(), "-12-31"].concat()
    };
    let year = i32::try_from(year.clamp(first, last)).ok();
    Record {
        id: id.to_owned(),
        standard: standard.id().to_owned(),
        year,
        date: Some(date),
        ..Record::default()
    }
}
