//! `cadet source directory`.

use clap::Args;

use super::actions::{directory_add_fitting, directory_all, directory_query};
use super::model::{DirectoryQuery, Listed};
use crate::error::Result;
use crate::postings::sources::intake::commands::intake_wait;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

/// Which employers of the directory.
#[derive(Debug, Args)]
pub struct DirectoryArgs {
    /// Part of the employer's name
    #[arg(long)]
    pub name: Option<String>,
    /// Countries where its engineers work, as two letters: DE
    #[arg(long)]
    pub country: Vec<String>,
    /// S, M, L or XL
    #[arg(long)]
    pub size: Vec<String>,
    /// Fields of work: fintech
    #[arg(long)]
    pub field: Vec<String>,
    /// Add those that fit as sources, and read each once
    #[arg(long)]
    pub add: bool,
}

impl DirectoryArgs {
    fn query(&self) -> Result<DirectoryQuery> {
        let lists = [
            ("country", &self.country),
            ("size", &self.size),
            ("field", &self.field),
        ];
        let lists = lists
            .into_iter()
            .flat_map(|(name, values)| values.iter().map(move |value| (name, value.as_str())));
        let name = self.name.iter().map(|name| ("name", name.as_str()));
        directory_query(name.chain(lists))
    }
}

/// Runs `cadet source directory`.
///
/// # Errors
/// [`crate::error::Error::Invalid`] for filters that are not known; whatever adding says.
pub async fn run(ctx: &Ctx, args: &DirectoryArgs, out: &Terminal) -> Result<()> {
    let query = args.query()?;
    if args.add {
        let intake = directory_add_fitting(ctx, &query).await?;
        return intake_wait(ctx, intake, out).await;
    }
    let listed = directory_all(ctx, &query).await?;
    if out.wants_json() {
        return out.json(&listed);
    }
    if listed.is_empty() {
        return out
            .line("No employer of the directory fits all of this. Leave out one of the filters.");
    }
    let columns = [
        ("Employer", Align::Left),
        ("Board", Align::Left),
        ("Countries", Align::Left),
        ("Size", Align::Left),
        ("Fields", Align::Left),
        ("", Align::Left),
    ];
    out.table(&columns, listed.iter().map(row).collect())?;
    out.remark(format!(
        "{} employers. Add them with --add, or one with: cadet source add {}",
        listed.len(),
        listed.first().map_or("", |one| one.key.as_str())
    ));
    Ok(())
}

fn row(listed: &Listed) -> Vec<String> {
    let employer = &listed.employer;
    vec![
        employer.name.clone(),
        listed.key.clone(),
        employer.countries.join(" "),
        employer.size.name().to_owned(),
        employer.fields.join(", "),
        listed
            .source
            .map_or_else(String::new, |id| format!("source {id}")),
    ]
}
