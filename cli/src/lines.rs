//! Lines of files, one after the other, in bounded memory whatever their length.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use crate::table::{Table, Words};

/// The most bytes of one line that are kept: a sign more than the longest record.
const LONGEST: u64 = 16 * 1024 * 1024 + 4;
/// How many bytes are read at once.
const READ: usize = 256 * 1024;

/// One line, and where it stood.
#[derive(Debug)]
pub(crate) struct Line {
    /// The file, as it was named.
    pub(crate) file: Arc<str>,
    /// From 1.
    pub(crate) number: u64,
    /// Without its end; of a line that is too long, the beginning.
    pub(crate) bytes: Vec<u8>,
    /// Why it is no record, where that is known already.
    pub(crate) wrong: Option<Wrong>,
}

/// Why something is no record: a key, and the sentence.
#[derive(Clone, Debug)]
pub(crate) struct Wrong {
    pub(crate) key: &'static str,
    pub(crate) why: String,
}

impl Wrong {
    pub(crate) fn new(key: &'static str, why: String) -> Self {
        Self { key, why }
    }
}

/// The lines of several files that are not blank.
pub(crate) struct Lines {
    files: std::vec::IntoIter<PathBuf>,
    open: Option<Source>,
    read: Rc<dyn Fn(u64)>,
    tables: Tables,
}

/// Which files are tables, and what their words mean.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    /// All of them, whatever they are called.
    pub(crate) all: bool,
    pub(crate) words: Rc<Words>,
}

enum Source {
    Plain(Open),
    Table(Box<Table>),
}

struct Open {
    from: Box<dyn BufRead>,
    name: Arc<str>,
    number: u64,
}

impl Lines {
    /// The lines of these files; of the standard input where there are none. How many bytes
    /// were read is told as they are.
    pub(crate) fn of(
        files: &[PathBuf],
        tables: Tables,
        read: impl Fn(u64) + 'static,
    ) -> Self {
        let files = match files {
            [] => vec![PathBuf::from("-")],
            files => files.to_vec(),
        };
        Self { files: files.into_iter(), open: None, read: Rc::new(read), tables }
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        loop {
            let Some(open) = &mut self.open else {
                let Some(path) = self.files.next() else { return Ok(None) };
                self.open = Some(self.tables.open(&path, &*self.read)?);
                continue;
            };
            let line = match open {
                Source::Plain(open) => {
                    let line = open.line(&*self.read);
                    line.map_err(|error| named(&open.name, &error))?
                }
                Source::Table(table) => {
                    let line = table.line(&*self.read);
                    line.map_err(|error| named(table.name(), &error))?
                }
            };
            match line {
                Some(line) if line.is_blank() => {}
                Some(line) => return Ok(Some(line)),
                None => self.open = None,
            }
        }
    }
}

impl Line {
    /// How many bytes it takes while it waits.
    pub(crate) fn size(&self) -> usize {
        let why = self.wrong.as_ref().map_or(0, |wrong| wrong.why.len());
        let texts = self.bytes.len().saturating_add(why);
        texts.saturating_add(size_of::<Self>())
    }

    fn is_blank(&self) -> bool {
        self.wrong.is_none() && self.bytes.iter().all(u8::is_ascii_whitespace)
    }
}

impl Tables {
    fn open(&self, path: &Path, read: &dyn Fn(u64)) -> io::Result<Source> {
        let is_named =
            path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        let open = Open::at(path)?;
        if !(self.all || is_named) {
            return Ok(Source::Plain(open));
        }
        let name = Arc::clone(&open.name);
        let words = Rc::clone(&self.words);
        let table = Table::of(open.from, Arc::clone(&name), words, read);
        table
            .map(|table| Source::Table(Box::new(table)))
            .map_err(|error| named(&name, &error))
    }
}

impl Iterator for Lines {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_line().transpose()
    }
}

impl Open {
    fn at(path: &Path) -> io::Result<Self> {
        let name = path.display().to_string();
        let from: Box<dyn BufRead> = if name == "-" {
            Box::new(BufReader::with_capacity(READ, io::stdin()))
        } else {
            let file = File::open(path).map_err(|error| named(&name, &error))?;
            Box::new(BufReader::with_capacity(READ, file))
        };
        Ok(Self { from, name: name.into(), number: 0 })
    }

    fn line(&mut self, read: &dyn Fn(u64)) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut length =
            self.from.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)?;
        if length == 0 {
            return Ok(None);
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        } else {
            length = length.saturating_add(self.from.skip_until(b'\n')?);
            cut(&mut bytes);
        }
        read(u64::try_from(length).unwrap_or(u64::MAX));
        self.number = self.number.saturating_add(1);
        let (file, number) = (Arc::clone(&self.name), self.number);
        Ok(Some(Line { file, number, bytes, wrong: None }))
    }
}

/// A line that ends within a sign ends before it; what is no text stays as it is.
fn cut(bytes: &mut Vec<u8>) {
    if let Err(error) = str::from_utf8(bytes)
        && error.error_len().is_none()
    {
        bytes.truncate(error.valid_up_to());
    }
}

/// An error with the file that it is about.
fn named(file: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{file}: {error}"))
}

#[cfg(test)]
mod tests {
    use ruhu_core::{FIRST_STANDARD, Library};

    use super::*;

    /// A file that breaks off where something is read of it.
    struct Broken(io::Cursor<&'static [u8]>);

    impl io::Read for Broken {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            match self.0.read(into)? {
                0 => Err(io::Error::other("torn")),
                read => Ok(read),
            }
        }
    }

    #[test]
    fn a_file_that_breaks_off_is_named() {
        let library = Library::builtin().unwrap();
        let standard = library.standard(FIRST_STANDARD).unwrap();
        let words = Rc::new(Words { standard, lang: library.lang("zh-CN") });
        let name: Arc<str> = "visits.csv".into();
        let from =
            || Box::new(BufReader::new(Broken(io::Cursor::new(b"id,village\na,b\nc"))));
        let table = Table::of(from(), Arc::clone(&name), Rc::clone(&words), &|_| ());
        let plain = Open { from: from(), name, number: 0 };
        let sources = [Source::Table(Box::new(table.unwrap())), Source::Plain(plain)];
        for source in sources {
            let tables = Tables { all: false, words: Rc::clone(&words) };
            let mut lines = Lines::of(&[], tables, |_| ());
            lines.open = Some(source);
            let error = lines.find_map(Result::err).unwrap();
            assert_eq!(error.to_string(), "visits.csv: torn");
        }
    }
}
