//! `ruhu` as somebody calls it.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "cli/lines.rs"]
mod lines;
#[path = "cli/made_up.rs"]
mod made_up;
#[path = "cli/standards.rs"]
mod standards;
#[path = "cli/tables.rs"]
mod tables;
#[path = "cli/verify.rs"]
mod verify;

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

/// How a call ended.
#[derive(Debug)]
struct Ended {
    /// The standard output.
    out: String,
    /// The standard error.
    told: String,
    /// The exit code.
    code: i32,
}

impl Ended {
    /// The standard output, a value a line.
    fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The program with these words.
fn command(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ruhu"));
    command.args(words);
    command
}

/// Calls it with something on its standard input.
fn ruhu(words: &[&str], given: &str) -> Ended {
    let mut child = command(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut to, given) = (child.stdin.take().unwrap(), given.to_owned());
    // It need not read all of it.
    let writer = thread::spawn(move || drop(to.write_all(given.as_bytes())));
    let ended = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Ended {
        out: String::from_utf8(ended.stdout).unwrap(),
        told: String::from_utf8(ended.stderr).unwrap(),
        code: ended.status.code().unwrap(),
    }
}

/// A folder of a test's own.
fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}
