//! What ships: the dictionary, the built-in standards and the languages, read when wanted.

use std::cell::OnceCell;
use std::rc::Rc;

use serde_json::Value;

use crate::dictionary::{Dictionary, TOPIC_KEYS};
use crate::document::{Cursor, LoadError, Loaded, hash, parse};
use crate::lang::Lang;
use crate::load;
use crate::standard::Standard;

mod packed {
    //! Facts, standards and words as the build packed them.
    include!(concat!(env!("OUT_DIR"), "/packed.rs"));
}

/// 内置资料: everything that ships, each part read the first time it is asked for.
#[derive(Debug)]
pub struct Library {
    dictionary: Rc<Dictionary>,
    standards: Vec<OnceCell<Rc<Standard>>>,
}

/// The file of hints that stand beside every standard.
pub const HINTS: &str = "consistency-hints";

impl Library {
    /// What ships.
    ///
    /// # Errors
    /// Only where the packed dictionary itself does not load, which a test rules out.
    pub fn builtin() -> Result<Self, LoadError> {
        let standards = packed::STANDARDS.iter().map(|_| OnceCell::new()).collect();
        let dictionary = dictionary(packed::FACTS).map_err(|error| *error)?;
        Ok(Self { dictionary: Rc::new(dictionary), standards })
    }

    /// The dictionary that ships.
    #[must_use]
    pub fn dictionary(&self) -> &Rc<Dictionary> {
        &self.dictionary
    }

    /// The names of the built-in standards; hints are not one of them.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let names = packed::STANDARDS.iter().map(|(name, _)| *name);
        names.filter(|name| *name != HINTS)
    }

    /// The JSON of a built-in standard, as packed.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&'static str> {
        packed::STANDARDS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// A built-in standard, read once.
    ///
    /// # Errors
    /// Where its file does not load, or there is none of that name.
    pub fn standard(&self, name: &str) -> Result<Rc<Standard>, LoadError> {
        let at = packed::STANDARDS.iter().position(|(known, _)| *known == name);
        let found = at.and_then(|at| Some((self.standards.get(at)?, self.text(name)?)));
        let Some((kept, text)) = found else {
            let nothing = Value::Null;
            return Err(*Cursor::root(&nothing).fault("unknown_standard", name));
        };
        if let Some(standard) = kept.get() {
            return Ok(Rc::clone(standard));
        }
        let standard = Rc::new(self.read(text)?);
        Ok(Rc::clone(kept.get_or_init(|| standard)))
    }

    /// A standard from JSON text: a county's own, with no rebuild.
    ///
    /// # Errors
    /// Where the file is not one: with its line, its key and what is wrong.
    pub fn read(&self, text: &str) -> Result<Standard, LoadError> {
        let base = |name: &str| self.text(name).map(str::to_owned);
        load::standard(text, &self.dictionary, &base).map_err(|error| *error)
    }

    /// The hints that stand beside every standard.
    ///
    /// # Errors
    /// Where the packed file does not load, which a test rules out.
    pub fn hints(&self) -> Result<Rc<Standard>, LoadError> {
        self.standard(HINTS)
    }

    /// The languages that ship, the first one the fallback of all.
    pub fn languages(&self) -> impl Iterator<Item = &'static str> {
        packed::LANGUAGES.iter().map(|(name, _)| *name)
    }

    /// A language; Chinese where there is none of that name.
    #[must_use]
    pub fn lang(&self, name: &str) -> Lang {
        let text = |name: &str| {
            let found = packed::LANGUAGES.iter().find(|(known, _)| *known == name);
            found.map_or("", |(_, text)| *text)
        };
        Lang::new(name, text(name), text("zh-CN"))
    }
}

fn dictionary(text: &str) -> Loaded<Dictionary> {
    let files = parse(text)?;
    let mut dictionary = Dictionary::empty();
    dictionary.set_hash(hash(text));
    let root = Cursor::root(&files);
    let files: Vec<Cursor<'_>> =
        root.items()?.iter().enumerate().map(|(at, file)| root.at(at, file)).collect();
    for file in &files {
        file.only(TOPIC_KEYS)?;
        dictionary.add_lists(file)?;
    }
    for file in &files {
        dictionary.add_topic(file)?;
    }
    Ok(dictionary)
}
