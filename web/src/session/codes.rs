//! QR codes (二维码) on the desk: those that are shown, and those that are read.

use std::rc::Rc;

use super::handed::Given;
use super::{Desk, Lies, Session, Task};

/// QR codes (二维码) that are shown one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The drawing of each.
    pub codes: Rc<[String]>,
    /// The visits that are in them.
    pub given: Vec<Given>,
    /// Which one is on the screen.
    pub at: usize,
    /// They follow each other by themselves.
    pub plays: bool,
}

/// What was read of a chain of QR codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The text of each code, in the order in which they were seen.
    pub texts: Vec<String>,
    /// How many there are; none is known before the first.
    pub of: u8,
    /// The numbers of those that are still missing.
    pub missing: Vec<u8>,
    /// The camera is on.
    pub films: bool,
}

impl Shown {
    pub(super) fn new(codes: Vec<String>, given: Vec<Given>) -> Self {
        Self { codes: codes.into(), given, at: 0, plays: true }
    }
}

impl Desk {
    /// What happens by itself: whatever else is going on at the desk goes on.
    pub(super) fn by_itself(&mut self, task: &Task) -> bool {
        match (task, &mut self.lies) {
            (Task::Turn(by, plays), Lies::Codes(shown)) => {
                let at = shown.at.saturating_add(*by).checked_rem(shown.codes.len());
                shown.at = at.unwrap_or_default();
                shown.plays = *plays;
            }
            (Task::Film(films), Lies::Scanning(scan)) => scan.films = *films,
            _ => return matches!(task, Task::Turn(..) | Task::Film(_)),
        }
        true
    }

    /// From the first code on, if some were read; the camera goes on.
    pub(super) fn rescan(&mut self) -> bool {
        let Lies::Scanning(scan) = &mut self.lies else { return false };
        *scan = Scan { films: scan.films, ..Scan::default() };
        true
    }

    pub(super) fn scanned(&mut self, text: String, of: u8, missing: Vec<u8>) {
        if let Lies::Scanning(scan) = &mut self.lies
            && !scan.texts.contains(&text)
        {
            scan.texts.push(text);
            scan.of = of;
            scan.missing = missing;
        }
    }
}

impl Session {
    /// How many codes were read, and which are missing.
    #[must_use]
    pub fn say_scanned(&self, scan: &Scan) -> String {
        let missing: Vec<String> = scan.missing.iter().map(u8::to_string).collect();
        let missing = missing.join(&self.lang.comma());
        let (have, of) = (scan.texts.len().to_string(), scan.of.to_string());
        let parts = [("have", have.as_str()), ("of", &of), ("missing", &missing)];
        let key = match (scan.texts.is_empty(), scan.missing.is_empty()) {
            (true, _) => "scanned_none",
            (_, true) => "scanned_all",
            _ => "scanned",
        };
        self.fill(key, &parts)
    }
}
