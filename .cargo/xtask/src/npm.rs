//! Packages from npm, exactly as a lock file says, and only when it has changed.
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::machine;
use crate::step::{OrSay, Outcome, fail, run, say, write};

/// Makes `node_modules` of this folder agree with its lock file.
pub(crate) fn install(folder: &Path, why: &str) -> Outcome<()> {
    machine::node()?;
    let lock = folder.join("package-lock.json");
    let Ok(wanted) = fs::read(&lock) else {
        return fail(format!("{} is missing: run `npm install` there", lock.display()));
    };
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    say(format!("npm ci: {why}"));
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund"]);
    run(&mut npm, "is the network there, and does package-lock.json fit package.json?")?;
    write(&stamp, &wanted)
}

/// A tool of a known release of binaryen: Debian's does not read what today's compiler
/// writes.
pub(crate) fn binaryen(root: &Path, tool: &str) -> Outcome<Command> {
    let folder = root.join(".cargo/xtask/npm");
    install(
        &folder,
        "binaryen reads WebAssembly as old engines do, and writes JavaScript",
    )?;
    let script = folder.join("node_modules/binaryen/bin").join(tool);
    let advice = format!("npm brought no {tool}: delete its node_modules");
    fs::metadata(&script).or_say(advice)?;
    let mut node = Command::new("node");
    node.arg(script);
    Ok(node)
}
