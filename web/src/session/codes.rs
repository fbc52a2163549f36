//! QR codes (二维码) on the desk: those that are shown, and those that are read.

use std::rc::Rc;

use super::handed::Given;
use super::{Desk, Lies, Session};

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
    pub(super) fn turn(&mut self, by: usize, plays: bool) {
        if let Lies::Codes(shown) = &mut self.lies {
            let at = shown.at.saturating_add(by).checked_rem(shown.codes.len());
            shown.at = at.unwrap_or_default();
            shown.plays = plays;
        }
    }

    pub(super) fn film(&mut self, films: bool) {
        if let Lies::Scanning(scan) = &mut self.lies {
            scan.films = films;
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
