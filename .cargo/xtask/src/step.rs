//! One step at a time: say what it is and why, run it, and if it fails say what to do.
use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Instant;
use std::{env, io};

/// What a command comes to: done, or one sentence for the person who typed it.
pub(crate) type Outcome<T> = Result<T, Failure>;

#[derive(Debug)]
pub(crate) enum Failure {
    /// The command was typed wrongly: exit code 2.
    Call(String),
    /// A step failed: exit code 1.
    Step(String),
}

/// Turns an error into the sentence that says what happened and what to do.
pub(crate) trait OrSay<T> {
    fn or_say(self, what: impl Display) -> Outcome<T>;
}

impl<T, E: Display> OrSay<T> for Result<T, E> {
    fn or_say(self, what: impl Display) -> Outcome<T> {
        self.map_err(|cause| Failure::Step(format!("{what} ({cause})")))
    }
}

/// A failure that no error stands behind.
pub(crate) fn fail<T>(what: impl Into<String>) -> Outcome<T> {
    Err(Failure::Step(what.into()))
}

/// Announces a step, and how long it has taken to come this far.
pub(crate) fn say(what: impl Display) {
    static START: OnceLock<Instant> = OnceLock::new();
    let seconds = START.get_or_init(Instant::now).elapsed().as_secs();
    put(format!("▸ {seconds:>3} s  {what}"));
}

/// A line for the person; nobody may be reading any more, which is no failure.
pub(crate) fn put(line: impl Display) {
    drop(writeln!(io::stdout(), "{line}"));
}

/// A line about what went wrong.
pub(crate) fn complain(line: impl Display) {
    drop(writeln!(io::stderr(), "{line}"));
}

/// Runs a program to its end, its output on the screen; `advice` says what to do if it
/// fails.
pub(crate) fn run(command: &mut Command, advice: &str) -> Outcome<()> {
    let name = shown(command);
    let status = command.status().or_say(format!("`{name}` did not start: {advice}"))?;
    if status.success() { Ok(()) } else { fail(format!("`{name}` failed: {advice}")) }
}

/// What a program prints, or `None` where it is missing or unhappy.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The first words of a command: the rest is of no use to who reads the error.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    let words = command.get_args().take(2).map(|word| word.to_string_lossy());
    [name].into_iter().chain(words).collect::<Vec<_>>().join(" ")
}

/// The checkout this command belongs to.
pub(crate) fn root() -> PathBuf {
    // Cargo says where the package lies today; a target folder may serve two checkouts.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.ancestors().nth(2).map_or_else(|| package.clone(), Path::to_path_buf)
}

/// Where everything built lies; our own program is two floors down in it.
pub(crate) fn target() -> Outcome<PathBuf> {
    let program = env::current_exe().or_say("cannot tell where target/ is")?;
    match program.ancestors().nth(2) {
        Some(target) => Ok(target.to_path_buf()),
        None => fail("cannot tell where target/ is: start this as `cargo xtask`"),
    }
}

/// Cargo, as it called us.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// True on the machines that prove a change: there the lock file must be complete.
pub(crate) fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Removes a folder, which may be gone already.
pub(crate) fn clear(folder: &Path) -> Outcome<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).or_say(format!("cannot clear {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Writes a file and the folders above it.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> Outcome<()> {
    let what = format!("cannot write {}: is the disk full?", file.display());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).or_say(&what)?;
    }
    std::fs::write(file, bytes).or_say(what)
}
