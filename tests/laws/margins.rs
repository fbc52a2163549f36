//! A margin is just what tips a comparison over, and one step less does not.

use std::cell::Cell;

use ruhu_core::{Range, Verdict};
use ruhu_tests::engine::Engine;
use ruhu_tests::random::villager;
use ruhu_tests::run::{fail, run};
use ruhu_tests::slow::{Sketch, Spot, built_in};
use ruhu_tests::tiny::{Tiny, count};
use serde_json::json;

use super::{open, verdict};

fn household(fact: &str, answer: &str, heads: i64) -> Sketch {
    let mut sketch = Sketch {
        standard: "tiny".to_owned(),
        year: 2017,
        date: "2017-10-15".to_owned(),
        ..Sketch::default()
    };
    sketch.answers.insert("heads".to_owned(), heads.to_string());
    sketch.answers.insert(fact.to_owned(), answer.to_owned());
    sketch
}

/// Digits of which so many stand after the point.
fn text(figure: i64, places: usize) -> String {
    let sign = if figure < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", figure.unsigned_abs(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[test]
fn a_margin_turns_the_verdict_and_a_step_less_does_not() {
    let engine = Engine::new().unwrap();
    let mut tiny = Tiny {
        facts: vec![
            count("heads", 1, 64),
            json!({ "id": "net", "kind": "money", "unit": "yuan/year", "range": [0, 1_000_000] }),
            json!({ "id": "level", "kind": "quantity", "unit": "L", "decimals": 1, "range": [0, 10_000] }),
            json!({ "id": "depth", "kind": "quantity", "unit": "L", "decimals": 3, "range": [0, 10_000] }),
        ],
        ..Tiny::default()
    };
    tiny.params.push((
        "line".to_owned(),
        "money",
        "yuan/thing/year",
        "3300.01".to_owned(),
    ));
    tiny.params.push(("enough".to_owned(), "quantity", "L", "35".to_owned()));
    for sign in ["over", "no_less", "under", "no_more"] {
        tiny.criteria.push(json!({ sign: ["net", { "times": ["line", "heads"] }] }));
        tiny.criteria.push(json!({ sign: ["level", "enough"] }));
        tiny.criteria.push(json!({ sign: ["depth", "enough"] }));
        tiny.criteria.push(json!({ "not": { sign: ["level", "enough"] } }));
    }
    let standard = engine.read(&tiny.document()).unwrap();
    let tried = Cell::new(0);
    run(10_000, 8, |tape| {
        let heads = tape.between(1, 64);
        let criterion = tape.below(16);
        let (fact, places, edge) = match criterion % 4 {
            0 => ("net", 2, 330_001 * heads),
            2 => ("depth", 3, 35_000),
            _ => ("level", 1, 350),
        };
        let near = tape.once_in(2);
        let have =
            if near { edge + tape.between(-3, 3) } else { tape.between(0, edge * 2) };
        let judged = |figure: i64| {
            open(&engine, &standard, &household(fact, &text(figure, places), heads))
        };
        let visit = judged(have);
        let said = verdict(&visit, criterion);
        let finding = visit.finding(criterion);
        let Some(margin) = finding.margin() else {
            return fail(format!("no margin for {fact} = {have}"));
        };
        let step = if margin.rise { 1 } else { -1 };
        let there = |by: i64| verdict(&judged(have + step * by), criterion);
        let (turned, short) = (there(margin.by), there(margin.by - 1));
        tried.set(tried.get() + 1);
        if margin.by < 1 || turned == said || short != said || turned == Verdict::Unknown
        {
            return fail(format!(
                "{criterion}: {fact} = {have} is {said:?}; {margin:?} gives {turned:?}, a step less {short:?}"
            ));
        }
        Ok(())
    });
    assert!(tried.get() >= 10_000);
}

/// The same for a household's income: a fen more or less of wages at home.
#[test]
fn the_margin_of_an_income_is_exact_to_the_fen() {
    let engine = Engine::new().unwrap();
    let name = "sichuan-household-2016";
    let standard = engine.standard(name).unwrap();
    let rules = built_in(&engine, name).unwrap();
    let used = rules.used();
    let tried = Cell::new(0);
    run(44_000, 700, |tape| {
        let mut sketch = villager(&standard, (&rules, &used), tape);
        sketch.answers.insert("income_is_stable".to_owned(), "yes".to_owned());
        let wage = sketch.lists.entry("wage".to_owned()).or_default();
        let key = wage.rows.iter().map(|row| row.key).max().unwrap_or(0) + 1;
        wage.rows.push(ruhu_tests::slow::Row { key, answers: Default::default() });
        let spot = |fact: &str| Spot {
            row: Some(("wage".to_owned(), key)),
            fact: fact.to_owned(),
        };
        let wages = tape.between(1_000_000, 9_000_000);
        let sketch = sketch.with(&spot("wage_place"), Some("in_township"));
        let judged = |fen: i64| {
            open(
                &engine,
                &standard,
                &sketch.with(&spot("wage_amount"), Some(&text(fen, 2))),
            )
        };
        let visit = judged(wages);
        let said = verdict(&visit, 0);
        let finding = visit.finding(0);
        let Some(margin) = finding.margin() else { return Ok(()) };
        // Only the sum against the line: a household of nobody has no line to pass.
        if visit.quantity("registered_members").and_then(Range::known) == Some(0) {
            return Ok(());
        }
        let step = if margin.rise { 1 } else { -1 };
        let (turned, short) = (wages + step * margin.by, wages + step * (margin.by - 1));
        if !(0..=1_000_000_000).contains(&turned) {
            return Ok(());
        }
        tried.set(tried.get() + 1);
        let (turned, short) = (verdict(&judged(turned), 0), verdict(&judged(short), 0));
        if turned == said || short != said {
            return fail(format!(
                "{said:?}, {margin:?}: {turned:?}, {short:?}: {sketch:?}"
            ));
        }
        Ok(())
    });
    println!("margins of incomes: {}", tried.get());
    assert!(tried.get() >= 10_000);
}
