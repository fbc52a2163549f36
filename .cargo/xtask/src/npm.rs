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

/// `wasm-opt` of a known release: Debian's does not read what today's compiler writes.
pub(crate) fn wasm_opt(root: &Path) -> Outcome<Command> {
    let folder = root.join(".cargo/xtask/npm");
    install(&folder, "wasm-opt proves that old engines can read the wasm")?;
    let script = folder.join("node_modules/binaryen/bin/wasm-opt");
    fs::metadata(&script).or_say("npm brought no wasm-opt: delete its node_modules")?;
    let mut node = Command::new("node");
    node.arg(script);
    Ok(node)
}
