//! `ruhu assess` and `ruhu verify`: a line in, a line out.

use std::io::{self, BufWriter, IsTerminal as _};
use std::path::PathBuf;
use std::rc::Rc;
use std::{fs, str};

use indicatif::{ProgressBar, ProgressStyle};
use ruhu_core::json::Entries;
use ruhu_core::{Assess, Decision, Json, Range, Refusal, Refused, Replayed, With};

use crate::args::{self, Records, Setting};
use crate::lines::{Line, Lines};
use crate::pipe::{self, Made};
use crate::read::{self, Text};
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
        let with = settled(&assess, id, &args.setting)?;
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
    let own = texts(&args.records)?;
    open(&args.records, &own)?;
    through(&args.records, || {
        let assess = open(&args.records, &own)?;
        Ok(move |line: &Line| replayed(&assess, line))
    })
}

/// The settings of a call, as far as the standard that is named can be applied by them.
fn settled(assess: &Assess, id: Option<String>, setting: &Setting) -> Result<With, Stop> {
    let Setting { date, year, set } = setting.clone();
    let wrong = |why: Refusal| Stop::Wrong(assess.lang().say_refusal(&why));
    if let Some(date) = &date
        && ruhu_core::read::date(date).ok().and_then(Range::known).is_none()
    {
        return Err(wrong(Refusal::Date { date: date.clone() }));
    }
    let named = id.as_deref().map(|id| assess.standard(id));
    let named = named.transpose();
    let named = named.map_err(|why| Stop::Wrong(assess.lang().say_refused(&why)))?;
    if let (Some(standard), Some(year)) = (&named, year) {
        let holds = standard.years();
        if !(holds.0..=holds.1).contains(&i64::from(year)) {
            return Err(wrong(Refusal::Year { year, holds }));
        }
    }
    let choices = match named {
        Some(standard) => read::choices(&standard, &set)?,
        None => read::choices_of_any(&assess.standards(), &set)?,
    };
    Ok(With { standard: id, year, date, choices })
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
    begin: impl Fn() -> Result<W, Stop> + Sync,
) -> Result<Outcome, Stop> {
    let bar = bar(records);
    let reading = bar.clone();
    let lines = Lines::of(&records.files, move |bytes| reading.inc(bytes));
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
