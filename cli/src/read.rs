//! Standards from files, and the words that say what is wrong with them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use ruhu_core::record::Choices;
use ruhu_core::{Lang, Library, LoadError, Standard};
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
    let path = Path::new(name);
    if path.exists() {
        return standard(library, lang, path).map(Rc::new);
    }
    let all: Vec<&str> = library.names().collect();
    let all = all.join(", ");
    Err(Stop::Wrong(format!(
        "there is no standard and no file `{name}`; there are {all}"
    )))
}

/// The choices of a call, where the standard leaves them open.
pub(crate) fn choices(
    standard: &Standard,
    set: &[(String, String)],
) -> Result<Choices, Stop> {
    for (param, choice) in set {
        let Some(known) = standard.params().iter().find(|one| one.id == *param) else {
            let all: Vec<&str> = standard.params().iter().map(|one| &*one.id).collect();
            let (id, all) = (standard.id(), all.join(", "));
            let why = format!("`{id}` has no parameter `{param}`; it has {all}");
            return Err(Stop::Wrong(why));
        };
        let readings = known.values.iter().filter_map(|value| value.reading.as_deref());
        let options = known.options.iter().map(String::as_str);
        let all: BTreeSet<&str> = readings.chain(options).collect();
        if !all.contains(&**choice) {
            let all = all.into_iter().collect::<Vec<_>>().join(", ");
            let why = format!("`{param}` cannot be `{choice}`; it can be {all}");
            return Err(Stop::Wrong(why));
        }
    }
    Ok(set.iter().cloned().collect())
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
    let written = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let is_toml = path.extension().is_some_and(|end| end == "toml");
    let text = if is_toml {
        let value = toml::json(&written).map_err(|error| wrong(error.to_string()))?;
        Cow::Owned(value.to_string())
    } else {
        Cow::Borrowed(&written)
    };
    library.read(&text).map_err(|error| {
        let line = if is_toml { line_of(&written, &error.key) } else { error.line };
        let file = file.clone();
        Stop::Wrong(lang.say_error(&LoadError { file, line, ..error }))
    })
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
