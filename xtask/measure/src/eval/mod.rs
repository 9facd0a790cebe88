//! Quality, each figure beside its bar; measured on labelled data that is not part of the repository.
//!
//! A measure is a file here and a line of [`MEASURES`]. It reads every file of the data that has the documented name
//! ([`data::Data`]), and tells its figures and its mistakes to the [`report::Report`]. Where it needs to wait for something
//! asynchronous, `tokio::task::block_in_place` lets it.

mod closing;
mod data;
mod directory;
mod gate;
mod keys;
mod mails;
mod pairs;
mod report;
mod resumes;
mod score;
mod skills;
mod titles;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use self::data::Data;
use self::report::Report;
use crate::machine;

/// What measures something: reads the data, tells the report.
type Measure = fn(&Data, &mut Report) -> Result<()>;

/// Every measure by the name that one asks for it by, in the order of the table.
const MEASURES: &[(&str, Measure)] = &[
    ("titles", titles::measure),
    ("keys", |data, report| {
        each(
            data,
            report,
            "keys",
            "simplify_listings*.json",
            keys::measure,
        )
    }),
    ("skills", skills::measure),
    ("pairs", |data, report| {
        each(data, report, "pairs", "dedup_pairs*.jsonl", pairs::measure)
    }),
    ("gate", gate::measure),
    ("closing", |data, report| {
        each(
            data,
            report,
            "closing",
            "simplify_events*.jsonl",
            closing::measure,
        )
    }),
    ("mails", |data, report| {
        around(data, report, "mails", "emails/*.eml", mails::measure)
    }),
    ("directory", |data, report| {
        around(
            data,
            report,
            "directory",
            "simplify_listings.json",
            directory::measure,
        )
    }),
    ("resumes", |data, report| {
        around(
            data,
            report,
            "resumes",
            "resumes/pdf/*.truth.json",
            resumes::measure,
        )
    }),
];

/// Measures each file of a documented name for itself.
fn each(
    data: &Data,
    report: &mut Report,
    what: &str,
    files: &str,
    measure: fn(&Path, &mut Report) -> Result<()>,
) -> Result<()> {
    let found = data.files(files)?;
    if found.is_empty() {
        report.left_out(what, files);
    }
    for file in &found {
        println!("{what}: {}", data::name(file));
        measure(file, report)?;
    }
    Ok(())
}

/// Measures the folder in which files of a documented name lie.
fn around(
    data: &Data,
    report: &mut Report,
    what: &str,
    files: &str,
    measure: fn(&Path, &mut Report) -> Result<()>,
) -> Result<()> {
    match data.files(files)?.first().and_then(|file| file.parent()) {
        Some(folder) => measure(folder, report),
        None => {
            report.left_out(what, files);
            Ok(())
        }
    }
}

/// What to evaluate.
#[derive(clap::Args)]
pub struct Options {
    /// Only these measures (titles, keys, skills, ...); all of them when none is named.
    measures: Vec<String>,
    /// Folder with the labelled data; `shared/data` beside the repository, or above it, when it is not given. What needs data that
    /// is not there is left out, with a message.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Print each mistake.
    #[arg(long)]
    mistakes: bool,
    /// Fail when a bar is missed.
    #[arg(long)]
    strict: bool,
}

/// Runs the measures and prints their table.
pub fn run(options: &Options) -> Result<()> {
    if let Some(unknown) = options
        .measures
        .iter()
        .find(|name| MEASURES.iter().all(|(known, _)| known != name))
    {
        let known: Vec<&str> = MEASURES.iter().map(|(name, _)| *name).collect();
        bail!(
            "there is no measure `{unknown}`; there are {}",
            known.join(", ")
        );
    }
    println!("machine: {}", machine::describe());
    let data = Data::find(options.data.as_deref())?;
    println!("data: {}", data.describe());
    let mut report = Report::new(options.mistakes);
    for (name, measure) in MEASURES {
        if options.measures.is_empty() || options.measures.iter().any(|wanted| wanted == name) {
            measure(&data, &mut report)?;
        }
    }
    println!("\n{}", report.table.render());
    match report.table.missed() {
        0 => Ok(()),
        missed if options.strict => bail!("{missed} bars were missed"),
        missed => {
            println!("{missed} bars were missed");
            Ok(())
        }
    }
}
