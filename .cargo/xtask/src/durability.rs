//! `cargo xtask durability`: random visits with random faults; what the screen had called
//! saved must be there when the form is opened again.
use std::process::Command;

use crate::bundle::{self, Bundle};
use crate::serve::{Door, Place, Shelf};
use crate::step::{Outcome, root, run, say};
use crate::wasm::Mode;
use crate::{machine, npm};

/// Builds the form and runs the suite as these words say.
pub(crate) fn as_told(words: &[&str]) -> Outcome<()> {
    on(bundle::build(Mode::Ship)?, words)
}

/// Runs the suite on a build.
pub(crate) fn on(bundle: Bundle, words: &[&str]) -> Outcome<()> {
    let folder = root().join("tests/durability");
    let browser = machine::browser()?;
    npm::install(&folder, "the durability suite drives browsers")?;
    let door = Door::at(&Place { port: Some(0), ..Place::default() })?;
    let url = door.url.clone();
    door.open(&Shelf::new(bundle, false));
    say("durability: random visits with random faults");
    let mut node = Command::new("node");
    node.current_dir(root()).arg(folder.join("run.js")).args(words);
    node.env("RUHU_CHROMIUM", browser).env("RUHU_URL", url);
    run(&mut node, "each red run says above how to see it again")
}
