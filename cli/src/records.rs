//! `ruhu assess` and `ruhu verify`: a line in, a line out.

use std::io::{self, BufWriter, IsTerminal as _};
use std::path::PathBuf;
use std::rc::Rc;
use std::{fs, str};

use indicatif::{ProgressBar, ProgressStyle};
use ruhu_core::json::Entries;
use ruhu_core::{Assess, Decision, Json, Lang, Library, Refused, Replayed, With};

use crate::args::{self, Records};
use crate::lines::{Line, Lines};
use crate::pipe::{self, Made};
use crate::{Outcome, Stop, read};

/// Judges records.
pub(crate) fn assess(args: &args::Assess) -> Result<Outcome, Stop> {
    let begin = || {
        let (mut assess, library, lang) = open(&args.records)?;
        let args::Setting { date, year, set } = &args.setting;
        let mut with = With { year: *year, date: date.clone(), ..With::default() };
        if let Some(name) = &args.standard {
            // One that was brought along may be named like any other.
            let standard = match assess.standard(name) {
                Ok(standard) => standard,
                Err(_) => read::named(&library, &lang, name)?,
            };
            with.standard = Some(standard.id().to_owned());
            with.choices = read::choices(&standard, set)?;
            assess.add(standard);
        } else {
            with.choices = set.iter().cloned().collect();
        }
        Ok::<_, Stop>(assess.with(with))
    };
    // What is wrong with the call is told once, before anything is read.
    begin()?;
    let is_short = args.decide;
    through(&args.records, || {
        let assess = begin()?;
        Ok(move |line: &Line| {
            made(&assess, line, |text| match is_short {
                true => assess.decide(text).map(|one| decision(&one)),
                false => assess.report(text),
            })
        })
    })
}

/// Judges finished records again.
pub(crate) fn verify(args: &args::Verify) -> Result<Outcome, Stop> {
    open(&args.records)?;
    through(&args.records, || {
        let (assess, ..) = open(&args.records)?;
        Ok(move |line: &Line| replayed(&assess, line))
    })
}

/// The core's door, with the standards that were brought.
fn open(records: &Records) -> Result<(Assess, Library, Lang), Stop> {
    let library = read::library()?;
    let lang = read::lang(&library, &records.language)?;
    let assess = Assess::new(read::library()?, &records.language);
    let mut assess = assess.map_err(|error| Stop::Wrong(error.to_string()))?;
    for path in &records.own {
        assess.add(Rc::new(read::standard(&library, &lang, path)?));
    }
    Ok((assess, library, lang))
}

/// Every line through a worker, with a sign of how far it is where somebody looks on.
fn through<W: FnMut(&Line) -> Made>(
    records: &Records,
    begin: impl Fn() -> Result<W, Stop> + Sync,
) -> Result<Outcome, Stop> {
    let bar = bar(records);
    let reading = bar.clone();
    let lines = Lines::of(&records.files, move |bytes| reading.inc(bytes));
    let mut out = BufWriter::new(io::stdout());
    let mut told = Beside(bar.clone());
    let ended = pipe::run(lines, records.jobs, begin, &mut out, &mut told);
    bar.finish_and_clear();
    ended
}

/// How far the files are read; nothing where nobody sees it, or the lines themselves show.
fn bar(records: &Records) -> ProgressBar {
    let is_seen = io::stderr().is_terminal() && !io::stdout().is_terminal();
    if records.quiet || !is_seen {
        return ProgressBar::hidden();
    }
    let size = |path: &PathBuf| fs::metadata(path).ok().map(|about| about.len());
    let sizes: Option<Vec<u64>> = records.files.iter().map(size).collect();
    let (bar, shape) = match sizes {
        Some(sizes) if !sizes.is_empty() => {
            let whole = sizes.iter().fold(0, |all: u64, one| all.saturating_add(*one));
            (
                ProgressBar::new(whole),
                "{wide_bar} {percent} % · {binary_bytes_per_sec} · {eta}",
            )
        }
        _ => (ProgressBar::new_spinner(), "{bytes} · {binary_bytes_per_sec}"),
    };
    match ProgressStyle::with_template(shape) {
        Ok(style) => bar.with_style(style),
        // It is only drawn otherwise.
        Err(_) => bar,
    }
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
    let Ok(text) = str::from_utf8(&line.bytes) else {
        let why = assess.lang().text("assess.not_text").to_owned();
        return refused("not_text", why);
    };
    match judge(text) {
        Ok(line) => Made { line, refused: None },
        Err(why) => refused(why.key(), assess.lang().say_refused(&why)),
    }
}

/// A line of its own, so that the tenth line out is still that of the tenth in.
fn refused(key: &str, why: String) -> Made {
    let line = Json::object(vec![("refused", key.into()), ("text", why.as_str().into())]);
    Made { line: line.write(), refused: Some(why) }
}

fn decision(decision: &Decision) -> String {
    let criteria = decision.verdicts();
    let criteria = criteria.map(|(id, one)| (id.to_owned(), one.as_str().into()));
    Json::object(vec![
        ("id", decision.id.as_str().into()),
        ("standard", decision.standard.id().into()),
        ("decides", decision.decides().into()),
        ("verdict", decision.verdict().as_str().into()),
        ("criteria", Json::Object(criteria.collect::<Entries>())),
    ])
    .write()
}

fn replayed(assess: &Assess, line: &Line) -> Made {
    let mut differs = None;
    let made = made(assess, line, |text| {
        let Replayed { id, differences } = assess.replay(text)?;
        differs = (!differences.is_empty()).then(|| differences.join("; "));
        let all = differences.into_iter().map(Json::from).collect::<Vec<_>>();
        let replays = all.is_empty();
        let parts = vec![
            ("id", id.into()),
            ("replays", replays.into()),
            ("differences", all.into()),
        ];
        Ok(Json::object(parts).write())
    });
    Made { refused: made.refused.or(differs), ..made }
}
