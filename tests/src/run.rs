//! Many random cases, the same ones every time.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any};
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::tape::Tape;

/// Whether a case holds; where it does not, why.
pub type Held = Result<(), TestCaseError>;

/// A case that does not hold.
///
/// # Errors
///
/// Always.
pub fn fail(why: impl Into<String>) -> Held {
    Err(TestCaseError::fail(why.into()))
}

/// Runs a test on so many tapes of so many numbers; says what the shortest failure is.
///
/// # Panics
///
/// Where a case does not hold.
pub fn run(cases: u32, tape: usize, test: impl Fn(&Tape<'_>) -> Held) {
    let config =
        ProptestConfig { cases, failure_persistence: None, ..Default::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let tapes = vec(any::<u32>(), tape);
    let outcome = runner.run(&tapes, |numbers| test(&Tape::new(&numbers)));
    if let Err(error) = outcome {
        let text = error.to_string();
        let told = text.split("minimal failing input").next().unwrap_or_default();
        unreachable!("{told}");
    }
}
