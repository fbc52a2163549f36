//! What holds for every household, tried on thousands of random ones.
//!
//! That a decided verdict is the verdict of every completion is `oracle.rs`'s part.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may fail loudly, and says how much it tried"
)]

#[path = "laws/built_in.rs"]
mod built_in;
#[path = "laws/edits.rs"]
mod edits;
#[path = "laws/margins.rs"]
mod margins;
#[path = "laws/mending.rs"]
mod mending;
#[path = "laws/small.rs"]
mod small;

use std::rc::Rc;

use ruhu_core::{Standard, Verdict, Visit};
use ruhu_tests::engine::{Engine, place_at};
use ruhu_tests::slow::{Sketch, Spot};

/// Opens what must open.
fn open(engine: &Engine, standard: &Rc<Standard>, sketch: &Sketch) -> Visit {
    engine.open(standard, &sketch.record()).unwrap()
}

fn verdict(visit: &Visit, criterion: usize) -> Verdict {
    visit.verdicts()[criterion]
}

/// `iy`, or `item.1.iy`.
fn name(spot: &Spot) -> String {
    match &spot.row {
        None => spot.fact.clone(),
        Some((entity, key)) => format!("{entity}.{key}.{}", spot.fact),
    }
}

/// The place that an engine's place is in a sketch.
fn spot(name: &str) -> Spot {
    let parts: Vec<&str> = name.split('.').collect();
    match parts.as_slice() {
        [entity, key, fact] => Spot {
            row: Some(((*entity).to_owned(), key.parse().unwrap())),
            fact: (*fact).to_owned(),
        },
        _ => Spot { row: None, fact: name.to_owned() },
    }
}

fn at(visit: &Visit, spot: &Spot) -> ruhu_core::At {
    place_at(visit, &name(spot)).unwrap()
}
