//! `cargo xtask package`: the core and the form as an npm package, for portals.
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::bundle;
use crate::machine;
use crate::step::{OrSay, Outcome, clear, root, run, say, target, write};

/// What a portal imports.
const ENTRIES: [&str; 3] = ["ruhu.js", "node.js", "visit.js"];

/// Files of `www/embed/` that go along as they are.
const ALONG: [&str; 2] = ["package.json", "ruhu.d.ts"];

/// Builds the package, packs it, and says where it lies.
pub(crate) fn build() -> Outcome<PathBuf> {
    let bundle = bundle::package(&ENTRIES)?;
    let place = target()?.join("package");
    let folder = place.join("ruhu");
    clear(&place)?;
    for (name, file) in &bundle.files {
        write(&folder.join(name), &file.bytes)?;
    }
    let own = root().join("www/embed");
    for name in ALONG {
        let what = format!("cannot read www/embed/{name}");
        write(&folder.join(name), &fs::read(own.join(name)).or_say(what)?)?;
    }
    fs::copy(root().join("LICENSE"), folder.join("LICENSE")).or_say("no LICENSE")?;
    machine::node()?;
    let mut npm = Command::new("npm");
    npm.current_dir(&place).args(["pack", "--silent", "./ruhu"]);
    run(&mut npm, "npm cannot pack the package")?;
    say(format!("the package lies in {}", place.display()));
    Ok(place)
}
