//! What ships: the dictionary, the built-in standards and the languages.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::bytes::{Packed, Unpack};
use crate::dictionary::{Dictionary, TOPIC_KEYS};
use crate::document::{Cursor, Fault, LoadError, parse};
use crate::hash::hash;
use crate::lang::Lang;
use crate::load;
use crate::pack;
use crate::standard::Standard;

mod packed {
    //! Facts, standards and words as the build packed them.
    include!(concat!(env!("OUT_DIR"), "/packed.rs"));
}

/// 内置资料: everything that ships.
#[derive(Debug)]
pub struct Library {
    dictionary: Rc<Dictionary>,
    books: Vec<Book>,
    /// The name of each language, what it calls itself, and its words; the first one is the
    /// fallback of all, and those of others may be still to come.
    languages: Vec<(String, String, Option<&'static str>)>,
    /// The words that came with the rest.
    more: &'static str,
    /// With the conditions as written: for standards still to be read.
    written: OnceCell<Rc<Dictionary>>,
}

/// A built-in standard, opened when it is asked for.
#[derive(Debug)]
struct Book {
    name: String,
    packed: &'static [u8],
    opened: OnceCell<Rc<Standard>>,
}

/// The file of hints that stand beside every standard.
pub const HINTS: &str = "consistency-hints";

/// The language that stands in where another has no word.
const FIRST_LANGUAGE: &str = "zh-CN";

/// The standard that a first visit begins with (初次走访所用标准).
pub const FIRST_STANDARD: &str = "sichuan-household-2016";

/// The line of a file of words behind which stand those that only the rest of a form says.
const REST: &str = "[rest]";

/// Words that no form says: those of the reader of data files, of pages, schemas and pipes.
const NEVER_ON_A_PHONE: [&str; 5] =
    ["load.", "advice.load.", "assess.", "page.", "schema."];

impl Library {
    /// What ships, read from its text.
    ///
    /// # Errors
    /// Only where a packed file does not load, which a test rules out.
    pub fn builtin() -> Result<Self, LoadError> {
        let dictionary = dictionary().map_err(|error| *error)?;
        let mut books = Vec::new();
        for (name, text) in packed::STANDARDS {
            let read = load::standard(text, &dictionary, &text_named);
            let opened = OnceCell::from(Rc::new(read.map_err(|error| *error)?));
            books.push(Book { name: (*name).to_owned(), packed: &[], opened });
        }
        let languages = packed::LANGUAGES.iter().map(|(name, words)| {
            ((*name).to_owned(), own_name(words).to_owned(), Some(*words))
        });
        let mut languages: Vec<_> = languages.collect();
        languages.sort_by_key(|(id, _, _)| id != FIRST_LANGUAGE);
        let written = OnceCell::from(Rc::clone(&dictionary));
        Ok(Self { dictionary, books, languages, more: "", written })
    }

    /// All of it ready made, in two parts: what fills in and judges a household, and the
    /// rest, with where the standards come from. The words are those of one language; of
    /// the others, only their names.
    #[must_use]
    pub fn pack(&self) -> (Vec<u8>, Vec<u8>) {
        let words = self.languages.first().and_then(|(_, _, words)| *words);
        let (first_words, more) = divided(words.unwrap_or_default());
        let mut first = Vec::new();
        self.dictionary.pack(&mut first);
        let bare = self.standard(FIRST_STANDARD).map(|one| one.bare());
        let silent = self.hints().map(|hints| hints.silent());
        let books = [bare, silent].into_iter().flatten();
        books.map(|book| self.packed(&book)).collect::<Vec<_>>().pack(&mut first);
        let names = self.languages.iter().map(|(id, name, _)| (id.clone(), name.clone()));
        names.collect::<Vec<_>>().pack(&mut first);
        first_words.pack(&mut first);
        let mut rest = Vec::new();
        let books = self.books.iter().filter_map(|book| book.opened.get());
        books.map(|book| self.packed(book)).collect::<Vec<_>>().pack(&mut rest);
        more.pack(&mut rest);
        (first, rest)
    }

    fn packed(&self, standard: &Standard) -> (String, Vec<u8>) {
        (standard.id.clone(), pack::standard(standard, &self.dictionary))
    }

    /// What ships, from the first part that [`Library::pack`] made; none where that is
    /// spoilt.
    #[must_use]
    pub fn unpack(first: &'static [u8]) -> Option<Self> {
        let mut from = Unpack::new(first);
        let dictionary = Packed::unpack(&mut from);
        let books = unpacked_books(&mut from);
        let names: Vec<(String, String)> = Packed::unpack(&mut from);
        let mut words = unpacked_words(&mut from);
        let languages = names.into_iter().map(|(id, name)| (id, name, words.take()));
        let languages = languages.collect();
        let written = OnceCell::new();
        let library = Self { dictionary, books, languages, more: "", written };
        from.is_whole().then_some(library)
    }

    /// Adds the rest, from the second part; whether it was whole.
    #[must_use]
    pub fn add(&mut self, rest: &'static [u8]) -> bool {
        let mut from = Unpack::new(rest);
        let books = unpacked_books(&mut from);
        let words = unpacked_words(&mut from);
        if !from.is_whole() {
            return false;
        }
        self.books = books;
        self.more = words.unwrap_or_default();
        true
    }

    /// Whether the rest is there.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.books.iter().any(|book| ![FIRST_STANDARD, HINTS].contains(&&*book.name))
    }

    /// The dictionary that ships.
    #[must_use]
    pub fn dictionary(&self) -> &Rc<Dictionary> {
        &self.dictionary
    }

    /// The names of the built-in standards; hints are not one of them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.books.iter().map(|book| book.name.as_str());
        names.filter(|name| *name != HINTS)
    }

    /// The JSON of a built-in standard.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        text_named(name)
    }

    /// A built-in standard, opened once.
    ///
    /// # Errors
    /// Where there is none of that name.
    pub fn standard(&self, name: &str) -> Result<Rc<Standard>, LoadError> {
        let book = self.books.iter().find(|book| book.name == name);
        let standard = book.and_then(|book| {
            if book.opened.get().is_none() {
                let standard = pack::unpacked(book.packed, &self.dictionary)?;
                return Some(Rc::clone(book.opened.get_or_init(|| Rc::new(standard))));
            }
            book.opened.get().map(Rc::clone)
        });
        standard.ok_or_else(|| {
            let fault = Fault { key: "unknown_standard", name: name.to_owned() };
            let (file, key) = (name.to_owned(), String::new());
            LoadError { file, line: None, key, fault }
        })
    }

    /// A standard from JSON text: a county's own, with no rebuild.
    ///
    /// # Errors
    /// Where the file is not one: with its line, its key and what is wrong.
    pub fn read(&self, text: &str) -> Result<Standard, LoadError> {
        let written = match self.written.get() {
            Some(written) => written,
            None => {
                let read = dictionary().map_err(|error| *error)?;
                self.written.get_or_init(|| read)
            }
        };
        load::standard(text, written, &text_named).map_err(|error| *error)
    }

    /// A standard that was read elsewhere, as bytes: for [`Library::open`].
    #[must_use]
    pub fn pack_standard(&self, standard: &Standard) -> Vec<u8> {
        pack::standard(standard, self.written.get().unwrap_or(&self.dictionary))
    }

    /// A standard from what [`Library::pack_standard`] made; none where that is spoilt.
    #[must_use]
    pub fn open(&self, bytes: &[u8]) -> Option<Standard> {
        pack::unpacked(bytes, &self.dictionary)
    }

    /// The hints that stand beside every standard.
    ///
    /// # Errors
    /// Where there are none, which a test rules out.
    pub fn hints(&self) -> Result<Rc<Standard>, LoadError> {
        self.standard(HINTS)
    }

    /// The languages that ship, the first one the fallback of all.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|(id, _, _)| id.as_str())
    }

    /// What a language calls itself.
    #[must_use]
    pub fn own_name(&self, language: &str) -> &str {
        let found = self.languages.iter().find(|(id, _, _)| id == language);
        found.map_or("", |(_, name, _)| name)
    }

    /// Whether the words of a language are here.
    #[must_use]
    pub fn speaks(&self, language: &str) -> bool {
        self.words(language).is_some()
    }

    /// Takes in the words of a language that ships beside; they stay.
    pub fn learn(&mut self, language: &str, words: String) {
        let found = self.languages.iter_mut().find(|(id, _, _)| id == language);
        if let Some((_, _, known)) = found
            && known.is_none()
        {
            *known = Some(words.leak());
        }
    }

    /// A language; Chinese where its words are not here.
    #[must_use]
    pub fn lang(&self, name: &str) -> Lang {
        let fallback = self.languages.first().and_then(|(_, _, words)| *words);
        let words = self.words(name).unwrap_or_default();
        Lang::new(name, words, [fallback.unwrap_or_default(), self.more])
    }

    fn words(&self, language: &str) -> Option<&'static str> {
        let found = self.languages.iter().find(|(id, _, _)| id == language);
        found.and_then(|(_, _, words)| *words)
    }
}

/// Words before and after the line that divides them, without those of reading files.
fn divided(words: &str) -> (String, String) {
    let said = |line: &&str| !NEVER_ON_A_PHONE.iter().any(|key| line.starts_with(key));
    let mut lines = words.lines().filter(said);
    let first: Vec<&str> = lines.by_ref().take_while(|line| *line != REST).collect();
    (first.join("\n"), lines.collect::<Vec<_>>().join("\n"))
}

fn unpacked_books(from: &mut Unpack<'static>) -> Vec<Book> {
    let mut books = Vec::new();
    for _ in 0..from.length() {
        let name = Packed::unpack(from);
        let packed = from.length();
        let packed = from.take(packed);
        books.push(Book { name, packed, opened: OnceCell::new() });
    }
    books
}

fn unpacked_words(from: &mut Unpack<'static>) -> Option<&'static str> {
    let words = from.length();
    str::from_utf8(from.take(words)).ok()
}

fn text_named(name: &str) -> Option<String> {
    let found = packed::STANDARDS.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| (*text).to_owned())
}

fn own_name(words: &str) -> &str {
    let words = words.lines().filter_map(|line| line.split_once('='));
    let mut named = words.filter(|(key, _)| key.trim() == "lang.name");
    named.next().map_or("", |(_, name)| name.trim())
}

fn dictionary() -> Result<Rc<Dictionary>, Box<LoadError>> {
    let files = parse(packed::FACTS)?;
    let mut dictionary = Dictionary::empty();
    dictionary.set_hash(hash(packed::FACTS));
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
    Ok(Rc::new(dictionary))
}
