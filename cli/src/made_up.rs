//! `ruhu sample` and `ruhu diff`: households in which nobody lives.

use std::io::{self, BufWriter, Write};
use std::rc::Rc;

use ruhu_core::record::Choices;
use ruhu_core::{
    Difference, Effort, Lang, Library, Parting, Record, Sampler, Standard, Visit, differ,
};

use crate::args::{Diff, Sample, Setting};
use crate::{Outcome, Stop, read};

/// Writes made-up households.
pub(crate) fn sample(sample: &Sample) -> Result<Outcome, Stop> {
    let library = read::library()?;
    let lang = library.lang("en");
    let standard = read::named(&library, &lang, &sample.standard)?;
    let choices = read::choices(&standard, &sample.setting.set)?;
    let Setting { date, year, set } = &sample.setting;
    let sampler = if date.is_none() && year.is_none() && set.is_empty() {
        Sampler::new(&standard, sample.seed)
    } else {
        let record = applied(&[&standard], &sample.setting, choices)?;
        let made = Sampler::like(&standard, &record, sample.seed);
        made.map_err(|why| Stop::Wrong(lang.say_refusal(&why)))?
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for number in 0..sample.households {
        writeln!(out, "{}", sampler.household(number).to_json())?;
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// Says on which household two standards differ.
pub(crate) fn diff(diff: &Diff) -> Result<Outcome, Stop> {
    let library = read::library()?;
    let mut lang = read::lang(&library, &diff.language)?;
    let one = read::named(&library, &lang, &diff.one)?;
    let other = read::named(&library, &lang, &diff.other)?;
    lang.add(&one);
    lang.add(&other);
    // What only one of them has is chosen for that one alone.
    let known = |(param, _): &&(String, String)| {
        one.params().iter().any(|known| known.id == *param)
    };
    let (ours, theirs): (Vec<_>, Vec<_>) = diff.setting.set.iter().partition(known);
    let owned =
        |some: Vec<&(String, String)>| some.into_iter().cloned().collect::<Vec<_>>();
    let mut choices = read::choices(&one, &owned(ours))?;
    for (param, choice) in read::choices(&other, &owned(theirs))? {
        choices.insert(param, choice);
    }
    let setting = applied(&[&one, &other], &diff.setting, choices)?;
    let effort = Effort { households: diff.households, seed: diff.seed };
    let found = differ(&one, &other, &setting, effort);
    let found = found.map_err(|why| Stop::Wrong(lang.say_refusal(&why)))?;
    let mut out = io::stdout().lock();
    match found {
        Difference::Same => writeln!(out, "{}", lang.text("assess.same"))?,
        Difference::NotFound { tried } => {
            let tried = tried.to_string();
            writeln!(out, "{}", lang.fill("assess.not_found", &[("count", &tried)]))?;
        }
        Difference::Found(parting) => {
            tell(&mut out, &library, &lang, (&one, &other), &parting)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// The year, the day and the readings of a call; the last year that all of these hold for,
/// and its last day, where it names none.
fn applied(
    standards: &[&Rc<Standard>],
    setting: &Setting,
    choices: Choices,
) -> Result<Record, Stop> {
    let last = standards.iter().map(|one| one.years().1).min();
    let last = last.and_then(|year| i32::try_from(year).ok());
    let of_date = setting.date.as_deref().and_then(|date| date.get(..4)?.parse().ok());
    let year = setting.year.or(of_date).or(last);
    let year = year.ok_or_else(|| Stop::Wrong("name a year: --year".to_owned()))?;
    let date = setting.date.clone().unwrap_or_else(|| format!("{year}-12-31"));
    Ok(Record { year: Some(year), date: Some(date), choices, ..Record::default() })
}

/// What each says of the household, why, and the household itself.
fn tell(
    out: &mut dyn Write,
    library: &Library,
    lang: &Lang,
    (one, other): (&Rc<Standard>, &Rc<Standard>),
    parting: &Parting,
) -> Result<(), Stop> {
    let hints = library.hints().map_err(|error| Stop::Wrong(error.to_string()))?;
    let Parting { record, criteria, own, .. } = parting;
    let tried = parting.tried.to_string();
    writeln!(out, "{}", lang.fill("assess.differ", &[("count", &tried)]))?;
    for (standard, own) in [(one, &own.0), (other, &own.1)] {
        let visit = Visit::open(standard, &hints, record.clone());
        let visit = visit.map_err(|why| Stop::Wrong(lang.say_refusal(&why)))?;
        let verdict = lang.named("verdict", visit.verdict().as_str());
        writeln!(out, "\n{}\t{verdict}", standard.id())?;
        for (at, criterion) in standard.criteria().iter().enumerate() {
            let differs = criteria.iter().any(|(id, _)| *id == criterion.id);
            if !differs && own.iter().all(|(id, _)| *id != criterion.id) {
                continue;
            }
            let finding = visit.finding(at);
            let verdict = lang.named("verdict", finding.verdict.as_str());
            let name = lang.named("criterion", &criterion.id);
            writeln!(out, "  {name}\t{verdict}")?;
            for ground in &finding.grounds {
                writeln!(out, "    {}", visit.say_ground(lang, ground))?;
            }
        }
    }
    writeln!(out, "\n{}", record.to_json())?;
    Ok(())
}
