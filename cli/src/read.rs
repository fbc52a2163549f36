//! Standards from files, and the words that say what is wrong with them.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use ruhu_core::record::Choices;
use ruhu_core::{Lang, Library, LoadError, Standard, settable};
use toml_edit::{Document, Item};

use crate::Stop;

#[path = "../../core/toml.rs"]
mod toml;

/// What ships.
pub(crate) fn library() -> Result<Library, Stop> {
    Library::builtin().map_err(|error| Stop::Wrong(error.to_string()))
}

/// The words of a language that ships.
pub(crate) fn lang(library: &Library, language: &str) -> Result<Lang, Stop> {
    if library.speaks(language) {
        return Ok(library.lang(language));
    }
    let all: Vec<&str> = library.languages().collect();
    Err(Stop::Wrong(format!(
        "there is no language `{language}`; there are {}",
        all.join(", ")
    )))
}

/// The text of a file that should be a standard. It is read once: what stands behind a name
/// need not be there a second time.
pub(crate) struct Text {
    file: String,
    written: String,
    /// As JSON, where it was written as TOML.
    made: Option<String>,
}

impl Text {
    /// What a file holds that is named where an id could be.
    pub(crate) fn named(library: &Library, name: &str) -> Result<Self, Stop> {
        let path = Path::new(name);
        if path.exists() {
            return Self::of(path);
        }
        let all = library.names().collect::<Vec<_>>().join(", ");
        let why = format!("there is no standard and no file `{name}`; there are {all}");
        Err(Stop::Wrong(why))
    }

    /// What a file holds; TOML and JSON are told apart by the end of its name.
    pub(crate) fn of(path: &Path) -> Result<Self, Stop> {
        let file = path.display().to_string();
        let wrong = |why: String| Stop::Wrong(format!("{file}: {why}"));
        let written =
            fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        let is_toml = path.extension().is_some_and(|end| end == "toml");
        let made = is_toml.then(|| toml::json(&written).map(|value| value.to_string()));
        let made = made.transpose().map_err(|error| wrong(error.to_string()))?;
        Ok(Self { file, written, made })
    }

    /// The standard; where it is none, the sentence that says so.
    pub(crate) fn open(&self, library: &Library, lang: &Lang) -> Result<Standard, Stop> {
        let text = self.made.as_ref().unwrap_or(&self.written);
        library.read(text).map_err(|error| {
            let own = self.made.as_ref().map(|_| line_of(&self.written, &error.key));
            let line = own.unwrap_or(error.line);
            let file = self.file.clone();
            Stop::Wrong(lang.say_error(&LoadError { file, line, ..error }))
        })
    }
}

/// A standard by its id or its file.
pub(crate) fn named(
    library: &Library,
    lang: &Lang,
    name: &str,
) -> Result<Rc<Standard>, Stop> {
    if library.names().any(|known| known == name) {
        let found = library.standard(name);
        return found.map_err(|error| Stop::Wrong(error.to_string()));
    }
    Text::named(library, name)?.open(library, lang).map(Rc::new)
}

/// The choices of a call, each of which one of the standards leaves open.
pub(crate) fn choices(
    standards: &[Rc<Standard>],
    lang: &Lang,
    set: &[(String, String)],
) -> Result<Choices, Stop> {
    let choices = set.iter().cloned().collect();
    let wrong = |why| Stop::Wrong(lang.say_refused(&why));
    settable(standards, &choices).map_err(wrong)?;
    Ok(choices)
}

/// The line on which a value of a TOML text begins, `criterion[2].met.all[0]`.
fn line_of(text: &str, path: &str) -> Option<usize> {
    let document = Document::parse(text).ok()?;
    let mut item: &Item = document.as_item();
    let mut found = None;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        let inner = match step.strip_suffix(']').and_then(|index| index.parse().ok()) {
            Some::<usize>(index) => item.get(index),
            None => item.get(step),
        };
        // What is missing is missing where it should stand.
        let Some(inner) = inner else { break };
        item = inner;
        found = item.span().or(found);
    }
    let before = text.get(..found?.start)?;
    Some(before.matches('\n').count().saturating_add(1))
}
