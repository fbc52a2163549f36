//! `ruhu sample` and `ruhu diff`: households in which nobody lives.

use std::io::{self, BufWriter, Write};
use std::rc::Rc;
use std::slice;

use ruhu_core::record::Choices;
use ruhu_core::{
    Difference, Effort, Lang, Library, Parting, Record, Said, Sampler, Standard, Visit,
    differ,
};

use crate::args::{Diff, Sample, Setting};
use crate::{Outcome, Stop, read};

/// Writes made-up households.
pub(crate) fn sample(sample: &Sample) -> Result<Outcome, Stop> {
    let library = read::library()?;
    let lang = library.lang("en");
    let standard = read::named(&library, &lang, &sample.standard)?;
    let choices = read::choices(slice::from_ref(&standard), &lang, &sample.setting.set)?;
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
    let lang = read::lang(&library, &diff.language)?;
    let one = read::named(&library, &lang, &diff.one)?;
    let other = read::named(&library, &lang, &diff.other)?;
    let both = [Rc::clone(&one), Rc::clone(&other)];
    let choices = read::choices(&both, &lang, &diff.setting.set)?;
    // What only one of them has is chosen for that one alone; what both have, for both.
    for standard in &both {
        let has = |(param, _): &&(String, String)| {
            standard.params().iter().any(|known| known.id == *param)
        };
        let own: Vec<_> = diff.setting.set.iter().filter(has).cloned().collect();
        let _ = read::choices(slice::from_ref(standard), &lang, &own)?;
    }
    let setting = applied(&[&one, &other], &diff.setting, choices)?;
    let effort = Effort { households: diff.households, seed: diff.seed };
    let found = differ(&one, &other, &setting, effort);
    let found = found.map_err(|why| Stop::Wrong(lang.say_refusal(&why)))?;
    let year = setting.year.unwrap_or_default().to_string();
    let date = setting.date.as_deref().unwrap_or_default();
    let when = lang.fill("assess.setting", &[("year", &year), ("date", date)]);
    let say = |key: &str, tried: u64| {
        lang.fill(key, &[("setting", &when), ("count", &tried.to_string())])
    };
    let mut out = io::stdout().lock();
    match found {
        Difference::Same => writeln!(out, "{}", say("assess.same", 0))?,
        Difference::NotFound { tried } => {
            writeln!(out, "{}", say("assess.not_found", tried))?;
        }
        Difference::Found(parting) => {
            writeln!(out, "{}", say("assess.differ", parting.tried))?;
            let sides = [
                (&diff.one, &one, &parting.own.0),
                (&diff.other, &other, &parting.own.1),
            ];
            for (name, standard, own) in sides {
                writeln!(out)?;
                tell(&mut out, &library, &lang, (name, standard, own), &parting)?;
            }
            writeln!(out, "\n{}", parting.record.to_json())?;
        }
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// The year, the day and the readings of a call; where it names none, the first of the last
/// years of these standards, and its last day.
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

/// What one of them says of the household, and why.
fn tell(
    out: &mut dyn Write,
    library: &Library,
    lang: &Lang,
    (name, standard, own): (&str, &Rc<Standard>, &Said),
    parting: &Parting,
) -> Result<(), Stop> {
    let hints = library.hints().map_err(|error| Stop::Wrong(error.to_string()))?;
    let mut lang = lang.clone();
    lang.add(standard);
    let visit = Visit::open(standard, &hints, parting.record.clone());
    let visit = visit.map_err(|why| Stop::Wrong(lang.say_refusal(&why)))?;
    let verdict = lang.named("verdict", visit.verdict().as_str());
    writeln!(out, "{name}\t{verdict}")?;
    let both = parting.criteria.iter().map(|(id, _)| id);
    let told: Vec<&String> = both.chain(own.iter().map(|(id, _)| id)).collect();
    for (at, criterion) in standard.criteria().iter().enumerate() {
        if !told.contains(&&criterion.id) {
            continue;
        }
        let finding = visit.finding(at);
        let verdict = lang.named("verdict", finding.verdict.as_str());
        let name = lang.named("criterion", &criterion.id);
        writeln!(out, "  {name}\t{verdict}")?;
        for ground in &finding.grounds {
            writeln!(out, "    {}", visit.say_ground(&lang, ground))?;
        }
    }
    Ok(())
}
