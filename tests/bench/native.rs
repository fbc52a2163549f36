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

use std::hint::black_box;
use std::time::Instant;

use households::{Dice, Options};
use ruhu_core::{Answer, At, Judge, Library, Place, Visit};

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

    let (mut hand, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        hand.push(time(|| {
            for (_, household) in &made {
                black_box(by_hand::judge(black_box(household), &rules));
            }
        }));
        ours.push(time(|| {
            for household in &read {
                black_box(judge.decide(black_box(household)));
            }
        }));
    }
    let (hand, ours) = (median(hand), median(ours));
    println!("by hand, two-valued        {hand:7.1} ns a household");
    println!("ours, three-valued         {ours:7.1} ns a household");
    println!("ours / by hand             {:7.2} times (reach: at most 4)", ours / hand);

    let hints = library.hints().unwrap();
    let lang = library.lang("zh-CN");
    let mut visit = Visit::open(&standard, &hints, made[0].0.clone()).unwrap();
    let fact = standard.dictionary().fact("water_minutes").unwrap();
    let at = At { place: Place::HOUSEHOLD, fact };
    let mut keys = Vec::new();
    for round in 0..ROUNDS {
        keys.push(time(|| {
            for key in 0..HOUSEHOLDS {
                let answer = Answer::Known((key % 7 + round % 3).to_string());
                let changed = visit.answer(at, Some(answer));
                for criterion in 0..standard.criteria().len() {
                    if changed.criteria >> criterion & 1 == 1 {
                        let finding = visit.finding(criterion);
                        for ground in &finding.grounds {
                            black_box(visit.say_ground(&lang, ground));
                        }
                    }
                }
            }
        }));
    }
    let key = median(keys);
    println!("one answer and its sentences {key:5.1} ns");
    println!("that / by hand             {:7.2} times", key / hand);
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
