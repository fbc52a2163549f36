//! How fast the core judges, as a ratio to the same checks written by hand, in one run.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    reason = "a bench prints and divides; it decides nothing"
)]

mod by_hand;
mod households;
mod lines;

use std::hint::black_box;
use std::time::Instant;

use households::{Dice, Options};
use ruhu_core::{Answer, At, Judge, Lang, Library, Place, Record, Visit};

const HOUSEHOLDS: usize = 1_000;
const ROUNDS: usize = 15;

fn main() {
    let library = Library::builtin().unwrap();
    let standard = library.standard("sichuan-household-2016").unwrap();
    let options = Options(standard.dictionary());
    let rules = households::rules(&options);
    let mut dice = Dice::new(20_171_015);
    let made: Vec<_> =
        (0..HOUSEHOLDS).map(|_| households::household(&mut dice, &options)).collect();
    let judge = Judge::new(&standard, &made[0].0).unwrap();
    let read: Vec<_> = made.iter().map(|(record, _)| judge.household(record)).collect();

    let all = (1_u64 << standard.criteria().len()) - 1;
    let mut met = 0;
    for ((record, by_hand), household) in made.iter().zip(&read) {
        let (ours, theirs) = (judge.decide(household), by_hand::judge(by_hand, &rules));
        assert_eq!(ours.met | ours.not_met, all, "all is known: {}", record.to_json());
        assert_eq!(ours.met, theirs, "the two agree: {}", record.to_json());
        met += usize::from(theirs == all);
    }
    println!("{HOUSEHOLDS} households, {met} met; both agree on every criterion");
    let forgotten = made.iter().map(|(record, _)| forget(record, &mut dice));
    let partial: Vec<_> = forgotten.map(|record| judge.household(&record)).collect();
    let states = partial.iter().map(|household| judge.decide(household));
    let open: u32 = states.map(|one| (all & !one.met & !one.not_met).count_ones()).sum();
    println!("with a tenth of the answers unknown {open} criteria are left open");

    let (mut hand, mut ours, mut less) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        hand.push(time(|| {
            for (_, household) in &made {
                black_box(by_hand::judge(black_box(household), &rules));
            }
        }));
        for (households, times) in [(&read, &mut ours), (&partial, &mut less)] {
            times.push(time(|| {
                for household in households {
                    black_box(judge.decide(black_box(household)));
                }
            }));
        }
    }
    let (hand, ours, less) = (median(hand), median(ours), median(less));
    println!("by hand, two-valued        {hand:7.1} ns a household");
    println!("ours, all known            {ours:7.1} ns a household");
    println!("ours, a tenth unknown      {less:7.1} ns a household");
    println!("all known / by hand        {:7.2} times (reach: at most 4)", ours / hand);
    println!("a tenth unknown / by hand  {:7.2} times", less / hand);

    let hints = library.hints().unwrap();
    let lang = library.lang("zh-CN");
    let fact = |id: &str| standard.dictionary().fact(id).unwrap();
    let business = standard.dictionary().entity("business").unwrap();
    let trades = |record: &Record| !record.lists.get("business").unwrap().rows.is_empty();
    let (record, _) = made.iter().find(|(record, _)| trades(record)).unwrap();
    let row = record.lists.get("business").unwrap().rows[0].key;
    let amount = Place { entity: business, row };
    for (name, place, fact) in [
        ("minutes to the well", Place::HOUSEHOLD, fact("water_minutes")),
        ("an amount", amount, fact("business_revenue")),
    ] {
        let mut visit = Visit::open(&standard, &hints, record.clone()).unwrap();
        let key = key(&mut visit, &lang, At { place, fact });
        println!(
            "{name} and its sentences {key:9.1} ns, {:6.2} times by hand",
            key / hand
        );
    }
    lines::print(library);
}

/// Nanoseconds for one of the lines.
fn time_of(lines: &[String], mut work: impl FnMut(&str)) -> f64 {
    let start = Instant::now();
    lines.iter().for_each(|line| work(line));
    start.elapsed().as_nanos() as f64 / lines.len() as f64
}

/// One answer after the other, each with the sentences that it changes.
fn key(visit: &mut Visit, lang: &Lang, at: At) -> f64 {
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        times.push(time(|| {
            for key in 0..HOUSEHOLDS {
                let answer = Answer::Known((key % 7 + round % 3).to_string());
                let changed = visit.answer(at, Some(answer));
                for criterion in 0..visit.verdicts().len() {
                    if changed.criteria >> criterion & 1 == 1 {
                        let finding = visit.finding(criterion);
                        for ground in &finding.grounds {
                            black_box(visit.say_ground(lang, ground));
                            if let Some(margin) = &ground.margin {
                                black_box(visit.say_margin(lang, margin, ground.verdict));
                            }
                        }
                    }
                }
            }
        }));
    }
    median(times)
}

/// The same household with about a tenth of its answers not known.
fn forget(record: &Record, dice: &mut Dice) -> Record {
    let mut record = record.clone();
    let rows = record.lists.iter_mut().flat_map(|(_, list)| &mut list.rows);
    for answers in rows.map(|row| &mut row.answers).chain([&mut record.answers]) {
        answers.retain(|_, _| !dice.one_in(10));
    }
    record
}

/// Nanoseconds for one of the households.
fn time(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_nanos() as f64 / HOUSEHOLDS as f64
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
