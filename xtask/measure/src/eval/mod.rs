//! Quality, each figure beside its bar; measured on labelled data that is not part of the repository.

mod closing;
mod directory;
mod keys;
mod mails;
mod pairs;
mod titles;

use anyhow::{Result, bail};

use crate::machine;
use crate::table::Table;

/// What to evaluate.
#[derive(clap::Args)]
pub struct Options {
    /// Folder with the labelled data; without it what needs the data is left out.
    #[arg(long, default_value = "../shared/data")]
    data: std::path::PathBuf,
    /// Prints what was judged wrongly, and merges to look at.
    #[arg(long)]
    explain: bool,
}

/// Runs the evaluations and prints their table; fails when a bar is missed.
pub fn run(options: &Options) -> Result<()> {
    println!("machine: {}", machine::describe());
    let mut table = Table::default();
    if !options.data.is_dir() {
        println!(
            "left out: there is no labelled data at {}",
            options.data.display()
        );
    } else {
        let postings = options.data.join("postings");
        titles::measure(&postings.join("titles_labelled_200.jsonl"), &mut table)?;
        keys::measure(
            &postings.join("simplify_listings.json"),
            options.explain,
            &mut table,
        )?;
        let pairs = postings.join("dedup_pairs.jsonl");
        pairs::measure(&pairs, options.explain, &mut table)?;
        mails::measure(&postings.join("emails"), &mut table)?;
        closing::measure(&postings.join("simplify_events.jsonl"), &mut table)?;
        directory::measure(&postings, &mut table)?;
    }
    println!("\n{}", table.render());
    match table.missed() {
        0 => Ok(()),
        missed => bail!("{missed} bars were missed"),
    }
}
