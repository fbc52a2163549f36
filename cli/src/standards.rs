//! `ruhu standards` and `ruhu check`: what ships, and whether a file is a standard.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use crate::args::{Check, Which};
use crate::{Outcome, Stop, print, read};

/// Lists the standards that ship.
pub(crate) fn list(which: &Which) -> Result<Outcome, Stop> {
    let library = read::library()?;
    let lang = read::lang(&library, &which.language)?;
    let mut made = String::new();
    for name in library.names() {
        let standard = library.standard(name);
        let standard = standard.map_err(|error| Stop::Wrong(error.to_string()))?;
        let (first, last) = standard.years();
        let status = lang.named("status", standard.status().as_str());
        // A text takes any line.
        let _ = writeln!(made, "{name}\t{first}–{last}\t{status}\t{}", standard.title());
    }
    print(made.as_bytes())
}

/// Reads standards as the form does when they are opened.
pub(crate) fn check(check: &Check) -> Result<Outcome, Stop> {
    let library = read::library()?;
    let lang = read::lang(&library, &check.language)?;
    let mut outcome = Outcome::Fine;
    for path in &check.files {
        match read::standard(&library, &lang, path) {
            Ok(standard) => {
                let line = format!(
                    "{}\t{}\t{}\n",
                    path.display(),
                    standard.id(),
                    standard.hash()
                );
                let _ = print(line.as_bytes())?;
            }
            Err(Stop::Wrong(why)) => {
                outcome = Outcome::Refused;
                writeln!(io::stderr(), "{why}")?;
            }
            Err(closed) => return Err(closed),
        }
    }
    Ok(outcome)
}
