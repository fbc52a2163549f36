//! `cargo xtask test`: everything the project promises, each step saying what it proves.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bundle::{self, Bundle};
use crate::serve::{Door, Place, Shelf};
use crate::step::{Outcome, cargo, in_ci, root, run, say, target, write};
use crate::wasm::Mode;
use crate::{durability, machine, npm, package};

/// Which parts to run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts {
    /// Format, lints and the native tests.
    pub(crate) core: bool,
    /// The web build, its size, and what engines it needs.
    pub(crate) web: bool,
    /// A person at the screen, in a real browser.
    pub(crate) journeys: bool,
    /// What portals get, in real projects, and the same verdict through every door.
    pub(crate) package: bool,
    /// Random visits with random faults.
    pub(crate) durability: bool,
}

/// Always the same visits: a failure here is seen again at once.
const VISITS: &[&str] = &["--runs", "200", "--seed", "1"];

impl Parts {
    pub(crate) const ALL: Self =
        Self { core: true, web: true, journeys: true, package: true, durability: true };
    pub(crate) const NONE: Self = Self {
        core: false,
        web: false,
        journeys: false,
        package: false,
        durability: false,
    };
}

/// Runs these parts, the quick ones first; the first failure ends it.
pub(crate) fn all_of(parts: Parts) -> Outcome<()> {
    if parts.core {
        native()?;
    }
    if parts.package {
        portals()?;
    }
    if parts.web || parts.journeys || parts.durability {
        let bundle = bundle::build(Mode::Ship)?;
        if parts.web {
            old_engines(&bundle)?;
        }
        if parts.journeys {
            journeys(&bundle)?;
        }
        if parts.durability {
            durability::on(bundle, VISITS)?;
        }
    }
    say("all of it holds ✓");
    Ok(())
}

fn native() -> Outcome<()> {
    let step = |words: &[&str], advice: &str| {
        say(format!("cargo {}", words.join(" ")));
        let mut cargo = cargo();
        let (before, after) =
            words.split_at(words.iter().take_while(|w| **w != "--").count());
        cargo.args(before);
        if in_ci() && before.first() != Some(&"fmt") {
            cargo.arg("--locked");
        }
        run(cargo.args(after), advice)
    };
    step(&["fmt", "--all", "--check"], "run `cargo fmt --all`")?;
    step(
        &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
        "mend what it names above",
    )?;
    machine::age()?;
    // This program apart: its crates are compiled already, in the plain profile.
    step(&["test", "--workspace", "--exclude", "xtask"], "mend what it names above")?;
    step(&["test", "--package", "xtask", "--profile", "dev"], "mend what it names above")
}

/// The shipped wasm must need nothing that came after the first release of WebAssembly.
fn old_engines(bundle: &Bundle) -> Outcome<()> {
    say("reading the wasm as the oldest engines would");
    let mut wasm = bundle.files.iter().filter(|(name, _)| name.ends_with(".wasm"));
    let copy = target()?.join("web/oldest-engine.wasm");
    wasm.try_for_each(|(name, file)| {
        write(&copy, &file.bytes)?;
        let mut check = npm::binaryen(&root(), "wasm-opt")?;
        check.args(["-q", "--mvp-features"]).arg(&copy).args(["-o", "/dev/null"]);
        run(
            &mut check,
            &format!(
                "{name} uses instructions that phones from before 2021 lack: was the \
                      standard library built by this program?"
            ),
        )
    })
}

fn portals() -> Outcome<()> {
    let package = package::build()?;
    package::check(&package)?;
    let ruhu = package::command_line()?;
    let folder = root().join("tests/embed");
    let browser = machine::browser()?;
    machine::chinese_font()?;
    machine::servers()?;
    npm::install(&folder, "portals are driven through playwright-core")?;
    say("portals: real projects around the package");
    let mut node = Command::new("node");
    // One after the other: each builds or judges with all there is.
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]);
    node.current_dir(root()).args(scripts(&folder));
    node.env("RUHU_CHROMIUM", browser).env("RUHU_PACKAGE", package);
    node.env("RUHU_CLI", ruhu);
    run(&mut node, "the test that failed says above what it saw")
}

fn journeys(bundle: &Bundle) -> Outcome<()> {
    let folder = root().join("tests/journeys");
    let files = scripts(&folder);
    if files.is_empty() {
        say("tests/journeys has no journey yet");
        return Ok(());
    }
    let browser = machine::browser()?;
    machine::chinese_font()?;
    machine::age()?;
    npm::install(&folder, "the journeys drive a browser through playwright-core")?;
    let door = Door::at(&Place { port: Some(0), ..Place::default() })?;
    let url = door.url.clone();
    door.open(&Shelf::new(bundle.clone(), false));
    say("journeys: a person at the screen");
    let mut node = Command::new("node");
    node.current_dir(root()).args(["--test", "--test-reporter=spec"]).args(files);
    node.env("RUHU_CHROMIUM", browser).env("RUHU_URL", url);
    run(&mut node, "the journey that failed says above what it saw")
}

/// Named one by one: not every Node knows what a star means.
fn scripts(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|file| file.to_string_lossy().ends_with(".test.js"))
        .collect();
    files.sort();
    files
}
