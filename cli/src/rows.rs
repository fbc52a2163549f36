//! Rows of a CSV file, one after the other, in bounded memory whatever their length.
//!
//! A reader that takes every quote somehow would make one row of many where a quote is not
//! closed, and a household would be judged by answers of another. Here a cell that begins
//! with a quote ends with one, a comma or the end of the line behind it; a quote within its
//! text stands there twice. In a cell that begins with something else a quote is text.

use std::io::{self, BufRead};

/// The most that is kept of a row, and of a household's rows: no record is longer.
pub(crate) const MOST: usize = 16 * 1024 * 1024;

/// A row as far as its cells can be known.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// The line on which it begins, from 1.
    pub(crate) number: u64,
    /// What cannot be taken; then the cells are those before it.
    pub(crate) flaw: Option<Flaw>,
    /// Whether anything but the ends of empty lines was read.
    has_begun: bool,
    texts: Vec<u8>,
    ends: Vec<usize>,
}

/// Why no row can be made of what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It is longer than anything that is judged.
    TooLarge,
    /// Something stands behind the quote that ends a cell, on the same line.
    Quote,
    /// A quote on this line is not closed on it, nor where a cell ends below: where the next
    /// row begins cannot be known.
    Open(u64),
}

impl Cells {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let begins = [0].into_iter().chain(self.ends.iter().copied());
        let places = begins.zip(&self.ends);
        places.map(|(from, to)| self.texts.get(from..*to).unwrap_or_default())
    }

    /// How many bytes it takes while it waits, each cell a text of its own.
    pub(crate) fn size(&self) -> usize {
        let cells = self.ends.len().saturating_mul(size_of::<String>());
        self.texts.len().saturating_add(cells)
    }

    fn put(&mut self, byte: u8) {
        if self.has_room() {
            self.texts.push(byte);
        }
    }

    fn end(&mut self) {
        if self.has_room() {
            self.ends.push(self.texts.len());
        }
    }

    /// Whether there is room for more; what stands before a flaw is all that counts.
    fn has_room(&mut self) -> bool {
        if self.flaw.is_none() && self.size() >= MOST {
            self.flaw = Some(Flaw::TooLarge);
        }
        self.flaw.is_none()
    }
}

/// The byte order mark.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A CSV file that is being read.
pub(crate) struct Rows {
    from: Box<dyn BufRead>,
    scan: Scan,
    /// Whether nothing more of the file can be known.
    is_over: bool,
    is_first: bool,
}

impl Rows {
    pub(crate) fn of(from: Box<dyn BufRead>) -> Self {
        Self { from, scan: Scan::default(), is_over: false, is_first: true }
    }

    /// The next row that is not empty; how many bytes were read for it is told.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(crate) fn row(&mut self, read: &dyn Fn(u64)) -> io::Result<Option<Cells>> {
        let mut row = Cells { number: self.scan.number(), ..Cells::default() };
        while !self.is_over {
            let bytes = match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                bytes => bytes?,
            };
            // What some programs put at the start of a text, to say that it is UTF-8.
            let mark = usize::from(bytes.starts_with(MARK)).saturating_mul(MARK.len());
            if std::mem::take(&mut self.is_first) && mark > 0 {
                self.from.consume(mark);
                continue;
            }
            if bytes.is_empty() {
                self.is_over = true;
                return Ok(self.scan.finish(&mut row).then_some(row));
            }
            let end = bytes.iter().position(|byte| self.scan.step(*byte, &mut row));
            let used = end.map_or(bytes.len(), |end| end.saturating_add(1));
            self.from.consume(used);
            read(u64::try_from(used).unwrap_or(u64::MAX));
            if end.is_some() {
                self.is_over = matches!(row.flaw, Some(Flaw::Open(_)));
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}

/// Where in a row the next byte stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Nothing of the cell was read.
    #[default]
    Before,
    Plain,
    Quoted,
    /// Behind a quote, which ends the cell or is the first of two.
    Quote,
    /// Behind blanks that follow the quote at the end.
    Behind,
}

/// How far a file was understood.
#[derive(Debug, Default)]
struct Scan {
    place: Place,
    /// How many lines have ended.
    lines: u64,
    /// The line of the last quote with which a cell begins.
    opened: u64,
    /// Whether the last byte was the first of two that end a line.
    has_returned: bool,
}

impl Scan {
    fn number(&self) -> u64 {
        self.lines.saturating_add(1)
    }

    /// Takes a byte; whether the row ends with it.
    fn step(&mut self, byte: u8, row: &mut Cells) -> bool {
        let is_break = matches!(byte, b'\r' | b'\n');
        let is_second = byte == b'\n' && self.has_returned;
        self.has_returned = byte == b'\r';
        let here = self.number();
        if is_break && !is_second {
            self.lines = here;
        }
        match (self.place, byte) {
            (Place::Quoted, b'"') => self.place = Place::Quote,
            (Place::Quoted, _) => row.put(byte),
            (Place::Quote, b'"') => {
                row.put(byte);
                self.place = Place::Quoted;
            }
            // An empty line is no row.
            (Place::Before, _) if is_break && !row.has_begun => {
                row.number = self.number();
            }
            _ if is_break => {
                row.end();
                self.place = Place::Before;
                return true;
            }
            (_, b',') => {
                row.end();
                self.place = Place::Before;
            }
            (Place::Before, b'"') => {
                self.opened = here;
                self.place = Place::Quoted;
            }
            (Place::Quote | Place::Behind, b' ' | b'\t') => self.place = Place::Behind,
            (Place::Quote | Place::Behind, _) if self.opened < here => {
                row.flaw = Some(Flaw::Open(self.opened));
                return true;
            }
            (Place::Quote | Place::Behind, _) => {
                row.flaw = row.flaw.or(Some(Flaw::Quote));
                self.place = Place::Plain;
            }
            (Place::Before | Place::Plain, _) => {
                row.put(byte);
                self.place = Place::Plain;
            }
        }
        row.has_begun |= !is_break;
        false
    }

    /// Ends what stands at the end of the file; whether that is a row.
    fn finish(&self, row: &mut Cells) -> bool {
        if self.place == Place::Quoted {
            row.flaw = Some(Flaw::Open(self.opened));
        }
        row.end();
        row.has_begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a text that comes in pieces of so many bytes: line, cells, flaw.
    fn rows(text: &str, piece: usize) -> Vec<(u64, Vec<String>, Option<Flaw>)> {
        let from = io::Cursor::new(text.to_owned().into_bytes());
        let mut rows = Rows::of(Box::new(io::BufReader::with_capacity(piece, from)));
        let mut found = Vec::new();
        while let Some(row) = rows.row(&|_| ()).unwrap() {
            let cells = row.iter().map(|cell| String::from_utf8(cell.to_vec()).unwrap());
            found.push((row.number, cells.collect(), row.flaw));
        }
        found
    }

    fn one(text: &str) -> Vec<(u64, Vec<String>, Option<Flaw>)> {
        let found = rows(text, 64);
        assert_eq!(found, rows(text, 1), "{text:?}");
        found
    }

    #[test]
    fn rows_are_those_of_a_reader_that_takes_everything_where_nothing_is_wrong() {
        let texts = [
            "",
            "\n\n",
            "a",
            "a,b\nc,d",
            "a,b\r\n\r\nc,d\r\n",
            "a\rb\r\rc",
            ",\n,,\n",
            "\"a\",\"b,c\"\n\"d\ne\",f\n",
            "\"a\"\"b\",\"\"\"\"\n\"\",\n",
            "a\"b\"c,d\" \n\"x\r\ny\",z",
            "\"a\" ,b\n",
            "甲,\"乙\n丙\"\n",
        ];
        for text in texts {
            let mut reader = csv::ReaderBuilder::new();
            let reader = reader.has_headers(false).flexible(true);
            let wanted: Vec<Vec<String>> = reader
                .from_reader(text.as_bytes())
                .records()
                .map(|row| row.unwrap().iter().map(|cell| cell.trim().into()).collect())
                .collect();
            let found = one(text).into_iter().map(|(_, cells, flaw)| {
                assert_eq!(flaw, None, "{text:?}");
                cells.iter().map(|cell| cell.trim().to_owned()).collect()
            });
            assert_eq!(found.collect::<Vec<Vec<String>>>(), wanted, "{text:?}");
        }
    }

    #[test]
    fn what_stands_where_no_quote_may_is_a_flaw_and_the_next_row_is_one() {
        let text = "a,\"b\"c,d\n\"e\" ,f\n";
        let cells =
            |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let wanted =
            [(1, cells(&["a"]), Some(Flaw::Quote)), (2, cells(&["e", "f"]), None)];
        assert_eq!(one(text), wanted);
    }

    #[test]
    fn a_quote_that_is_not_closed_ends_the_file() {
        for rest in ["", "e,\"f\",g\n", "e,\" \"\n", "\"\"x\n", "e,\"\",\"f\"\nh"] {
            let found = one(&format!("a\n\"b\nc\",\"d,\n{rest}"));
            let wanted = [(1, vec!["a".to_owned()], None)];
            assert_eq!(found[..1], wanted, "{rest}");
            let wanted = [(2, vec!["b\nc".to_owned()], Some(Flaw::Open(3)))];
            assert_eq!(found[1..], wanted, "{rest}");
        }
    }

    #[test]
    fn no_more_is_kept_of_a_row_than_can_be_judged() {
        let long = "x".repeat(MOST + 10);
        let found = rows(&format!("a,\"{long}\n\",b\nc,d"), 4096);
        let flaws: Vec<_> = found.iter().map(|row| (row.0, row.1.len(), row.2)).collect();
        assert_eq!(flaws, [(1, 1, Some(Flaw::TooLarge)), (3, 2, None)]);
        let [row, _] = &found[..] else { unreachable!("two rows") };
        assert_eq!(row.1, ["a"]);
        // Many cells take more than what stands in them.
        let found = rows(&",".repeat(MOST), 4096);
        assert_eq!(found[0].2, Some(Flaw::TooLarge));
        let cells = size_of::<String>();
        assert!(found[0].1.len() * cells < MOST + cells);
    }
}
