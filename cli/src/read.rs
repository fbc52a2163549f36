//! Standards from files, and the words that say what is wrong with them.

use std::fs;
use std::path::Path;

use ruhu_core::{Lang, Library, LoadError, Standard};

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

/// A standard from a file, TOML or JSON by its name's end; where it is none, the sentence
/// that says so.
pub(crate) fn standard(
    library: &Library,
    lang: &Lang,
    path: &Path,
) -> Result<Standard, Stop> {
    let file = path.display().to_string();
    let wrong = |why: String| Stop::Wrong(format!("{file}: {why}"));
    let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let is_toml = path.extension().is_some_and(|end| end == "toml");
    let text = if is_toml {
        let value = toml::json(&text).map_err(|error| wrong(error.to_string()))?;
        value.to_string()
    } else {
        text
    };
    library.read(&text).map_err(|error| {
        let file = file.clone();
        Stop::Wrong(lang.say_error(&LoadError { file, ..error }))
    })
}
