//! How fast lines are judged, beside reading the same lines alone.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hint::black_box;

use ruhu_core::{Assess, Library, Sampler};
use serde::Deserialize;

use crate::{median, time_of};

const LINES: usize = 2_000;
const ROUNDS: usize = 9;

/// A record as somebody who only reads it would type it.
#[derive(Deserialize)]
#[serde(bound = "'de: 'a")]
struct Typed<'a> {
    standard: Cow<'a, str>,
    year: i32,
    date: Cow<'a, str>,
    #[serde(default)]
    choices: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    answers: BTreeMap<Cow<'a, str>, Answer<'a>>,
    #[serde(default)]
    lists: BTreeMap<Cow<'a, str>, List<'a>>,
}

#[derive(Deserialize)]
#[serde(bound = "'de: 'a")]
struct List<'a> {
    #[serde(default)]
    complete: bool,
    rows: Vec<Row<'a>>,
}

#[derive(Deserialize)]
#[serde(bound = "'de: 'a")]
struct Row<'a> {
    key: u32,
    answers: BTreeMap<Cow<'a, str>, Answer<'a>>,
}

#[derive(Deserialize)]
#[serde(untagged, bound = "'de: 'a")]
enum Answer<'a> {
    Known(Cow<'a, str>),
    Unknown { unknown: Cow<'a, str> },
}

/// Prints what a line costs.
pub(crate) fn print(library: Library) {
    let standard = library.standard(ruhu_core::FIRST_STANDARD).unwrap();
    let sampler = Sampler::new(&standard, 1);
    let lines: Vec<String> =
        (0..LINES).map(|at| sampler.household(at as u64).to_json()).collect();
    let assess = Assess::new(library, "zh-CN").unwrap();
    let bytes: usize = lines.iter().map(String::len).sum();
    println!("{LINES} made-up records, {} bytes each", bytes / LINES);
    let mut read = Vec::new();
    let mut decided = Vec::new();
    let mut reported = Vec::new();
    for _ in 0..ROUNDS {
        read.push(time_of(&lines, |line| {
            let typed: Typed<'_> = serde_json::from_str(line).unwrap();
            black_box(weight(&typed));
        }));
        decided.push(time_of(&lines, |line| {
            black_box(assess.decide(line).unwrap());
        }));
        reported.push(time_of(&lines, |line| {
            black_box(assess.report(line).unwrap());
        }));
    }
    let (read, decided, reported) = (median(read), median(decided), median(reported));
    println!("read into typed records    {:7.1} µs a line", read / 1000.0);
    println!("verdicts alone             {:7.1} µs a line", decided / 1000.0);
    println!("with the whole report      {:7.1} µs a line", reported / 1000.0);
    println!(
        "rate of verdicts / of reading  {:5.2} (reach: at least 0.6)",
        read / decided
    );
    println!(
        "rate of reports / of reading   {:5.2} (reach: at least 0.3)",
        read / reported
    );
}

/// Something of every part, so that none is read for nothing.
fn weight(typed: &Typed<'_>) -> usize {
    let answers = |answers: &BTreeMap<Cow<'_, str>, Answer<'_>>| -> usize {
        let texts = answers.values().map(|answer| match answer {
            Answer::Known(text) | Answer::Unknown { unknown: text } => text.len(),
        });
        texts.sum()
    };
    let rows = typed.lists.values().flat_map(|list| {
        let rows = list.rows.iter();
        rows.map(|row| {
            answers(&row.answers) + row.key as usize + usize::from(list.complete)
        })
    });
    let head = typed.standard.len() + typed.date.len() + typed.choices.len();
    rows.sum::<usize>() + answers(&typed.answers) + head + typed.year as usize
}
