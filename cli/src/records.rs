//! `ruhu assess` and `ruhu verify`: a line in, a line out.

use std::io::{self, BufWriter, IsTerminal as _};
use std::path::PathBuf;
use std::rc::Rc;
use std::{fs, str};

use indicatif::{ProgressBar, ProgressStyle};
use ruhu_core::{Assess, FIRST_STANDARD, Refused, With};

use crate::args::{self, Records, Setting};
use crate::lines::{Line, Lines, Tables, Wrong};
use crate::pipe::{self, Made};
use crate::read::{self, Text};
use crate::table::Words;
use crate::{Outcome, Stop};

/// Judges records.
pub(crate) fn assess(args: &args::Assess) -> Result<Outcome, Stop> {
    let own = texts(&args.records)?;
    let known = open(&args.records, &own)?;
    // One that was brought along may be named like any other.
    let named = args.standard.as_deref();
    let named = named.filter(|name| known.standard(name).is_err());
    let file = named.map(|name| Text::named(&read::library()?, name)).transpose()?;
    let begin = || {
        let mut assess = open(&args.records, &own)?;
        let mut id = args.standard.clone();
        if let Some(file) = &file {
            let standard = file.open(&read::library()?, assess.lang())?;
            id = Some(standard.id().to_owned());
            assess.add(Rc::new(standard));
        }
        let set = assess.set(settled(id, &args.setting));
        set.map_err(|why| Stop::Wrong(assess.lang().say_refused(&why)))?;
        Ok::<_, Stop>(assess)
    };
    // What is wrong with the call is told once, before anything is read.
    let words = words(&begin()?, args.standard.as_deref().filter(|_| file.is_none()))?;
    let is_short = args.decide;
    through(&args.records, words, || {
        let assess = begin()?;
        Ok(move |line: &Line| {
            made(&assess, line, |text| match is_short {
                true => assess.decide(text).map(|one| one.write()),
                false => assess.report(text),
            })
        })
    })
}

/// Judges finished records again.
pub(crate) fn verify(args: &args::Verify) -> Result<Outcome, Stop> {
    let own = texts(&args.records)?;
    let words = words(&open(&args.records, &own)?, None)?;
    through(&args.records, words, || {
        let assess = open(&args.records, &own)?;
        Ok(move |line: &Line| replayed(&assess, line))
    })
}

/// The settings of a call.
fn settled(id: Option<String>, setting: &Setting) -> With {
    let Setting { date, year, set } = setting.clone();
    With { standard: id, year, date, choices: set.into_iter().collect() }
}

/// What the words of tables mean: those of the standard that is named, or of the one that was
/// brought last.
fn words(assess: &Assess, named: Option<&str>) -> Result<Words, Stop> {
    let wrong = |why: Refused| Stop::Wrong(assess.lang().say_refused(&why));
    let standard = match (named, assess.own().next()) {
        (Some(id), _) => assess.standard(id).map_err(wrong)?,
        (None, Some(own)) => Rc::clone(own),
        (None, None) => assess.standard(FIRST_STANDARD).map_err(wrong)?,
    };
    let mut lang = assess.lang().clone();
    lang.add(&standard);
    Ok(Words { standard, lang })
}

fn texts(records: &Records) -> Result<Vec<Text>, Stop> {
    records.own.iter().map(|path| Text::of(path)).collect()
}

/// The core's door, with the standards that were brought.
fn open(records: &Records, own: &[Text]) -> Result<Assess, Stop> {
    let library = read::library()?;
    let lang = read::lang(&library, &records.language)?;
    let own: Vec<_> =
        own.iter().map(|text| text.open(&library, &lang)).collect::<Result<_, _>>()?;
    let assess = Assess::new(library, &records.language);
    let mut assess = assess.map_err(|error| Stop::Wrong(error.to_string()))?;
    own.into_iter().for_each(|standard| assess.add(Rc::new(standard)));
    Ok(assess)
}

/// Every line through a worker, with a sign of how far it is where somebody looks on.
fn through<W: FnMut(&Line) -> Made>(
    records: &Records,
    words: Words,
    begin: impl Fn() -> Result<W, Stop> + Sync,
) -> Result<Outcome, Stop> {
    let bar = bar(records);
    let reading = bar.clone();
    let tables = Tables { all: records.csv, words: Rc::new(words) };
    let lines = Lines::of(&records.files, tables, move |bytes| reading.inc(bytes));
    let mut out = BufWriter::new(io::stdout());
    let mut told = Beside(bar.clone());
    let ended = pipe::run(lines, records.jobs.into(), begin, &mut out, &mut told);
    bar.finish_and_clear();
    ended
}

/// How far the files are read; nothing where nobody sees it, or the lines themselves show.
fn bar(records: &Records) -> ProgressBar {
    let is_seen = io::stderr().is_terminal() && !io::stdout().is_terminal();
    if records.quiet || !is_seen {
        return ProgressBar::hidden();
    }
    let (bar, shape) = match whole(&records.files) {
        Some(whole) => (
            ProgressBar::new(whole),
            "{wide_bar} {percent} % · {binary_bytes_per_sec} · {eta}",
        ),
        None => (ProgressBar::new_spinner(), "{bytes} · {binary_bytes_per_sec}"),
    };
    match ProgressStyle::with_template(shape) {
        Ok(style) => bar.with_style(style),
        // It is only drawn otherwise.
        Err(_) => bar,
    }
}

/// How many bytes there are to read; none where that is not known, as of a pipe.
fn whole(files: &[PathBuf]) -> Option<u64> {
    let mut whole = None;
    for path in files {
        let about = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        whole = Some(about.len().saturating_add(whole.unwrap_or(0)));
    }
    whole
}

/// The standard error beside a bar, which stands below what is written.
struct Beside(ProgressBar);

impl io::Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| io::stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// What comes of a line that may be refused.
fn made(
    assess: &Assess,
    line: &Line,
    judge: impl FnOnce(&str) -> Result<String, Refused>,
) -> Made {
    if let Some(Wrong { key, why }) = &line.wrong {
        return refused(assess, key, why.clone());
    }
    let Ok(text) = str::from_utf8(&line.bytes) else {
        let why = assess.lang().text("assess.not_text").to_owned();
        return refused(assess, "not_text", why);
    };
    match judge(text) {
        Ok(line) => Made { line, refused: None },
        Err(why) => refused(assess, why.key(), assess.lang().say_refused(&why)),
    }
}

/// A line of its own, so that the tenth line out is still that of the tenth in.
fn refused(assess: &Assess, key: &str, why: String) -> Made {
    Made { line: assess.lang().write_refused(key, &why), refused: Some(why) }
}

fn replayed(assess: &Assess, line: &Line) -> Made {
    let mut differs = None;
    let made = made(assess, line, |text| {
        let replayed = assess.replay(text)?;
        differs = (!replayed.replays()).then(|| replayed.differences.join("; "));
        Ok(replayed.write())
    });
    Made { refused: made.refused.or(differs), ..made }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_stands_only_where_the_end_is_known() {
        let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let size = fs::metadata(&own).unwrap().len();
        assert_eq!(whole(&[own.clone(), own.clone()]), Some(size * 2));
        for pipe in ["/dev/null", "-", "no-such-file.jsonl"] {
            assert_eq!(whole(&[own.clone(), pipe.into()]), None, "{pipe}");
        }
        assert_eq!(whole(&[]), None);
    }
}
