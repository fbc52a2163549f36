//! The program as somebody calls it.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

/// How a call ended.
#[derive(Debug)]
pub struct Ended {
    /// The standard output.
    pub out: String,
    /// The standard error.
    pub told: String,
    /// The exit code.
    pub code: i32,
}

impl Ended {
    /// The standard output, a value a line.
    pub fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The program with these words.
pub fn command(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ruhu"));
    command.args(words);
    command
}

/// Calls it with something on its standard input.
pub fn ruhu(words: &[&str], given: &str) -> Ended {
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
pub fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}
