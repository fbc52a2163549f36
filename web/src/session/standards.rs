//! The standards and the languages to choose from: those that ship, and those of files.

use std::rc::Rc;

use ruhu_core::{Standard, Visit};

use super::Session;
use super::edit::{Edit, Effect};

/// A standard that came from a file: made ready, and the text that is kept.
#[derive(Clone, Debug)]
pub struct OwnStandard {
    /// What `Library::pack_standard` made; none where it could not be read yet.
    pub packed: Option<Vec<u8>>,
    /// Its JSON.
    pub text: String,
}

impl Session {
    /// The languages to choose from, each with its own name for itself.
    #[must_use]
    pub fn languages(&self) -> Vec<(String, String)> {
        let names = self.library.languages();
        names.map(|id| (id.to_owned(), self.library.own_name(id).to_owned())).collect()
    }

    /// Whether the words of a language are here.
    #[must_use]
    pub fn speaks(&self, language: &str) -> bool {
        self.library.speaks(language)
    }

    /// The standards that may decide; those of files that were loaded come last.
    #[must_use]
    pub fn standards(&self) -> Vec<Rc<Standard>> {
        self.all_standards().filter(|one| one.decides()).collect()
    }

    /// Proposed standards that hold for the year of this visit: shown, never deciding.
    #[must_use]
    pub fn proposed(&self) -> Vec<Visit> {
        let year = self.visit.year();
        let proposed = self.all_standards().filter(|one| {
            !one.decides() && (one.years().0..=one.years().1).contains(&year)
        });
        let hints = self.visit.hints_standard();
        proposed
            .filter_map(|one| {
                let record = self.visit.record().clone();
                Visit::open(&one, hints, record).ok()
            })
            .collect()
    }

    fn all_standards(&self) -> impl Iterator<Item = Rc<Standard>> {
        let built_in = self.library.names();
        let built_in = built_in.filter_map(|name| self.library.standard(name).ok());
        let replaced =
            |one: &Rc<Standard>| self.own.iter().any(|(own, _)| own.id() == one.id());
        let built_in = built_in.filter(move |one| !replaced(one));
        built_in.chain(self.own.iter().map(|(own, _)| Rc::clone(own)))
    }

    /// What a standard is called; its id where it is not here.
    #[must_use]
    pub fn title_of(&self, id: &str) -> String {
        let named = self.standard_named(id);
        named.map_or_else(|| id.to_owned(), |one| one.title().to_owned())
    }

    pub(super) fn standard_named(&self, id: &str) -> Option<Rc<Standard>> {
        let own = self.own.iter().find(|(one, _)| one.id() == id);
        own.map(|(one, _)| Rc::clone(one)).or_else(|| self.library.standard(id).ok())
    }

    pub(super) fn standard_file(&mut self, own: OwnStandard) -> Effect {
        let Some(standard) = self.opened(&own) else {
            return self.refuse(self.say("no_reader"));
        };
        let id = standard.id().to_owned();
        let proposed = !standard.decides();
        self.keep_standard(standard, own.text);
        if proposed {
            self.trouble = None;
            self.tell("proposed_loaded");
            return Effect::all();
        }
        self.apply(Edit::Standard(id))
    }

    pub(super) fn opened(&self, own: &OwnStandard) -> Option<Standard> {
        self.library.open(own.packed.as_deref()?)
    }

    pub(super) fn keep_standard(&mut self, standard: Standard, text: String) {
        self.own.retain(|(one, _)| one.id() != standard.id());
        self.own.push((Rc::new(standard), text));
    }
}
