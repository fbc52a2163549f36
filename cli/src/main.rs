//! `ruhu`: households judged by the line, as the form judges them on a phone.

mod args;
mod lines;
mod made_up;
mod pipe;
mod read;
mod records;
mod rows;
mod standards;
mod table;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use args::{Args, What};

/// How a run ended, where it did not end as it should.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody reads any more: that is no fault.
    Closed,
    /// What was asked for cannot be done: the sentence says what to do.
    Wrong(String),
}

/// Whether something was refused; nobody who calls may overlook it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub(crate) enum Outcome {
    /// All of it is fine.
    Fine,
    /// Some of it was refused, and said so.
    Refused,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(Outcome::Fine) | Err(Stop::Closed) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Err(Stop::Wrong(why)) => {
            // Where nobody listens there is nobody to tell.
            let _ = writeln!(io::stderr(), "ruhu: {why}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<Outcome, Stop> {
    match &args.what {
        What::Assess(assess) => records::assess(assess),
        What::Verify(verify) => records::verify(verify),
        What::Standards(which) => standards::show(which),
        What::Schema(schema) => standards::schema(schema),
        What::Diff(diff) => made_up::diff(diff),
        What::Sample(sample) => made_up::sample(sample),
        What::Check(check) => standards::check(check),
        What::Completions { shell } => {
            let (mut made, mut command) = (Vec::new(), Args::command());
            clap_complete::generate(*shell, &mut command, "ruhu", &mut made);
            print(&made)
        }
        What::Manual => {
            let mut made = Vec::new();
            clap_mangen::Man::new(Args::command()).render(&mut made)?;
            print(&made)
        }
    }
}

/// Writes to the standard output.
pub(crate) fn print(bytes: &[u8]) -> Result<Outcome, Stop> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Outcome::Fine)
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Wrong(error.to_string()),
        }
    }
}
