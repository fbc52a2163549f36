//! Every file of `tests/cases` is a test; `tests/README.md` says how to add one.

use std::collections::BTreeMap;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use ruhu_tests::case::{self, Case};
use ruhu_tests::engine::Engine;
use ruhu_tests::expect::{differences, sentences};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    let mut seen: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for (path, case) in case::all() {
        match case {
            Ok(case) => {
                seen.entry(case.standard.clone()).or_default().push(case.clone());
                trials.push(Trial::test(case.name.clone(), move || run(&case)));
            }
            Err(error) => {
                let name = path.display().to_string();
                trials.push(Trial::test(name, move || Err(error.into())));
            }
        }
    }
    let covered =
        "every criterion of every standard has a met, a not-met and an unknown case";
    trials.push(Trial::test(covered, move || each_criterion_has_three(&seen)));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn run(case: &Case) -> Result<(), Failed> {
    let engine = Engine::new()?;
    let standard = engine.standard(&case.standard)?;
    let visit = engine.open(&standard, &case.record)?;
    let mut lang = engine.library.lang("zh-CN");
    lang.add(&standard);
    let wrong = differences(&case.expect, &visit, &lang);
    if wrong.is_empty() {
        return Ok(());
    }
    let told = sentences(&visit, &lang);
    Err(format!("{}\n{}\n{told}", case.why, wrong.join("\n")).into())
}

fn each_criterion_has_three(seen: &BTreeMap<String, Vec<Case>>) -> Result<(), Failed> {
    let engine = Engine::new()?;
    let mut missing = Vec::new();
    for name in engine.library.names() {
        let standard = engine.standard(name)?;
        for criterion in standard.criteria() {
            for state in ["met", "not_met", "unknown"] {
                let cases = seen.get(name).into_iter().flatten();
                let shown = cases.filter_map(|case| case.expect.get(&criterion.id));
                if !shown.into_iter().any(|verdict| verdict == state) {
                    missing.push(format!("{name}: {} {state}", criterion.id));
                }
            }
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(missing.join("\n").into()) }
}
