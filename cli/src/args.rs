//! What can be typed after `ruhu`.

use std::path::PathBuf;

use clap::{Args as Words, Parser, Subcommand};
use clap_complete::Shell;

/// Judges households by the standards of 两不愁三保障: record in, report out.
///
/// Ends with 0 where all is fine, 1 where records were refused (each is told on the
/// standard error, with its file and line), and 2 where it was called wrongly.
#[derive(Debug, Parser)]
#[command(version, name = "ruhu", max_term_width = 90)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) what: What,
}

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Judge records: one a line in, one report a line out, in the same order
    Assess(Assess),
    /// Judge finished records again, and name every difference
    Verify(Verify),
    /// List the standards that ship, or show one as a page of Markdown
    Standards(Which),
    /// Write the JSON Schema of the records of a standard
    Schema(Schema),
    /// Check a standard's file as the form does when it is opened
    Check(Check),
    /// Show the smallest household on which two standards differ
    Diff(Diff),
    /// Make up households: one record a line, in which nobody lives
    Sample(Sample),
    /// Write completions for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Write the page of the manual, as roff
    Manual,
}

/// Where records come from and how they are worked.
#[derive(Debug, Words)]
pub(crate) struct Records {
    /// Files of JSON Lines, or tables whose names end in .csv; `-` is the standard input, as
    /// where none is named
    pub(crate) files: Vec<PathBuf>,
    /// Take all of them for tables: their head names questions by id or as the form does
    #[arg(long)]
    pub(crate) csv: bool,
    /// Judge in so many threads
    #[arg(long, short, default_value = "1", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: u16,
    /// Write sentences in this language
    #[arg(long, short, default_value = "zh-CN")]
    pub(crate) language: String,
    /// Know this standard too: a file of a county's own, as TOML or JSON
    #[arg(long = "with", value_name = "FILE")]
    pub(crate) own: Vec<PathBuf>,
    /// Show nothing of how far it is
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Words)]
pub(crate) struct Assess {
    #[command(flatten)]
    pub(crate) records: Records,
    /// Judge by this standard, by id or by file, in place of those that the records name
    #[arg(long, short, value_name = "ID|FILE")]
    pub(crate) standard: Option<String>,
    #[command(flatten)]
    pub(crate) setting: Setting,
    /// Write verdicts only
    #[arg(long)]
    pub(crate) decide: bool,
}

/// How a standard is applied.
#[derive(Clone, Debug, Words)]
pub(crate) struct Setting {
    /// The day of the check
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<String>,
    /// The exit year
    #[arg(long, short)]
    pub(crate) year: Option<i32>,
    /// Let this reading or option of a parameter hold
    #[arg(long = "set", value_name = "PARAM=VALUE", value_parser = pair)]
    pub(crate) set: Vec<(String, String)>,
}

#[derive(Debug, Words)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) records: Records,
}

#[derive(Debug, Words)]
pub(crate) struct Which {
    /// The standard, by id or by file; all that ship are listed where none is named
    pub(crate) standard: Option<String>,
    /// Write in this language
    #[arg(long, short, default_value = "zh-CN")]
    pub(crate) language: String,
}

#[derive(Debug, Words)]
pub(crate) struct Schema {
    /// The standard, by id or by file
    pub(crate) standard: String,
    /// Name facts and options in this language
    #[arg(long, short, default_value = "zh-CN")]
    pub(crate) language: String,
}

#[derive(Debug, Words)]
pub(crate) struct Diff {
    /// The one standard, by id or by file
    pub(crate) one: String,
    /// The other
    pub(crate) other: String,
    #[command(flatten)]
    pub(crate) setting: Setting,
    /// Try so many households
    #[arg(long, short = 'n', default_value = "20000")]
    pub(crate) households: u64,
    /// Which households are tried
    #[arg(long, default_value = "1")]
    pub(crate) seed: u64,
    /// Write sentences in this language
    #[arg(long, short, default_value = "zh-CN")]
    pub(crate) language: String,
}

#[derive(Debug, Words)]
pub(crate) struct Sample {
    /// How many
    #[arg(long, short = 'n')]
    pub(crate) households: u64,
    /// Which ones: the same seed, the same households
    #[arg(long, default_value = "1")]
    pub(crate) seed: u64,
    /// For this standard, by id or by file
    #[arg(long, short, default_value = ruhu_core::FIRST_STANDARD, value_name = "ID|FILE")]
    pub(crate) standard: String,
    #[command(flatten)]
    pub(crate) setting: Setting,
}

#[derive(Debug, Words)]
pub(crate) struct Check {
    /// The files, as TOML or JSON
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Write in this language
    #[arg(long, short, default_value = "zh-CN")]
    pub(crate) language: String,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(name, _)| !name.trim().is_empty());
    let (name, value) = pair.ok_or("write it as PARAM=VALUE")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}
