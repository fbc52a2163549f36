//! `ruhu standards`, `schema` and `check`: what ships, what it asks, and whether a file is a
//! standard.

use std::fmt::Write as _;
use std::io;

use crate::args::{Check, Schema, Which};
use crate::read::Text;
use crate::{Outcome, Stop, pipe, print, read};

/// Lists the standards that ship, or shows one.
pub(crate) fn show(which: &Which) -> Result<Outcome, Stop> {
    let library = read::library()?;
    let lang = read::lang(&library, &which.language)?;
    if let Some(name) = &which.standard {
        return print(read::named(&library, &lang, name)?.page(&lang).as_bytes());
    }
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

/// Writes what a record of a standard can be.
pub(crate) fn schema(schema: &Schema) -> Result<Outcome, Stop> {
    let library = read::library()?;
    let lang = read::lang(&library, &schema.language)?;
    let standard = read::named(&library, &lang, &schema.standard)?;
    print([standard.schema(&lang).as_str(), "\n"].concat().as_bytes())
}

/// Reads standards as the form does when they are opened.
pub(crate) fn check(check: &Check) -> Result<Outcome, Stop> {
    let library = read::library()?;
    let lang = read::lang(&library, &check.language)?;
    let mut outcome = Outcome::Fine;
    for path in &check.files {
        match Text::of(path).and_then(|text| text.open(&library, &lang)) {
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
                pipe::tell(&mut io::stderr(), &format!("{why}\n"))?;
            }
            Err(closed) => return Err(closed),
        }
    }
    Ok(outcome)
}
