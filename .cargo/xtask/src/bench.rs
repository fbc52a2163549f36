//! `cargo xtask bench`: the measurements, of the engine alone and of the page.
use std::path::Path;
use std::process::Command;

use crate::bundle;
use crate::serve::{Door, Place, Shelf};
use crate::step::{Outcome, cargo, root, run, say};
use crate::wasm::Mode;
use crate::{machine, npm, package};

/// Runs what there is to measure.
pub(crate) fn all() -> Outcome<()> {
    let tests = root().join("tests");
    say("measuring the engine");
    let mut cargo = cargo();
    cargo.args(["run", "--release", "--package", "ruhu-tests", "--bin", "bench"]);
    run(&mut cargo, "see above")?;
    let script = tests.join("bench/run.mjs");
    if script.is_file() {
        let browser = machine::browser()?;
        machine::chinese_font()?;
        if tests.join("bench/package.json").is_file() {
            npm::install(&tests.join("bench"), "the page is measured in a browser")?;
        }
        let door = Door::at(&Place { port: Some(0), ..Place::default() })?;
        let url = door.url.clone();
        door.open(&Shelf::new(bundle::build(Mode::Ship)?, false));
        say("measuring the page");
        let measure = |script: &Path| {
            let mut node = Command::new("node");
            node.current_dir(root()).arg(script).env("RUHU_CHROMIUM", &browser);
            node.env("RUHU_URL", &url);
            node
        };
        run(&mut measure(&script), "see above")?;
        let (package, ruhu) = (package::build()?, package::command_line()?);
        say("measuring what a portal pays");
        let mut node = measure(&tests.join("bench/portal.mjs"));
        run(node.env("RUHU_PACKAGE", package).env("RUHU_CLI", ruhu), "see above")?;
    }
    Ok(())
}
