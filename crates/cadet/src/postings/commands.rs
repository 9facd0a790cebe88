//! `cadet sync`, `search`, `show`, `save`, `export postings` and `index rebuild`.

pub mod show;

use clap::Args;
use futures::StreamExt as _;

use super::actions::{posting_export, posting_save};
use super::model::{PostingId, Workplace};
use super::query::PostingQuery;
use super::record::{PostingSummary, Status};
use super::search::posting_search;
use super::sources::commands::ago;
use super::sources::model::{Poll, PollOutcome, SourceId};
use super::sync::{source_poll, sources_to_sync};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

/// Sources polled at once; the client spaces requests to one host by itself.
const SOURCES_AT_ONCE: usize = 6;
/// Postings exported at once.
const EXPORT_BATCH: u64 = 500;

/// Which sources to sync.
#[derive(Debug, Args)]
pub struct SyncArgs {
    /// Numbers of sources; without any, all
    pub sources: Vec<i64>,
}

/// What to search for.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Words; "phrases", -not, OR, field:value, prefix*
    pub words: Vec<String>,
    /// Internships only
    #[arg(long)]
    pub internship: bool,
    /// Open ones only
    #[arg(long)]
    pub open: bool,
    /// Paid ones only
    #[arg(long)]
    pub paid: bool,
    /// Those whose applications are read as they come only
    #[arg(long)]
    pub rolling: bool,
    /// Countries as two letters: DE
    #[arg(long)]
    pub country: Vec<String>,
    /// Cities
    #[arg(long)]
    pub city: Vec<String>,
    /// Employers
    #[arg(long)]
    pub company: Vec<String>,
    /// Skills by id: postgresql
    #[arg(long)]
    pub skill: Vec<String>,
    /// Terms: "Summer 2027"
    #[arg(long)]
    pub term: Vec<String>,
    /// remote, hybrid or on-site
    #[arg(long)]
    pub workplace: Vec<String>,
    /// explicit, plausible or no
    #[arg(long)]
    pub backend: Vec<String>,
    /// Languages of the text as two letters: en
    #[arg(long)]
    pub language: Vec<String>,
    /// What is said of visas: offered, not-offered, citizens-only or authorisation-required
    #[arg(long)]
    pub sponsorship: Vec<String>,
    /// When work begins: now, 2027 or 2027-06
    #[arg(long)]
    pub start: Vec<String>,
    /// Posted within so many days
    #[arg(long, value_name = "DAYS")]
    pub within: Option<u32>,
    /// Fitting you at least so well, from 0 to 1
    #[arg(long, value_name = "SCORE")]
    pub least_fit: Option<f32>,
    /// relevance, posted, seen, closing or fit
    #[arg(long, default_value = "relevance")]
    pub sort: String,
    /// Rows
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
    /// Where the page begins, as the last page said
    #[arg(long)]
    pub cursor: Option<String>,
}

impl SearchArgs {
    /// A search by how postings fit, among those that are open.
    #[must_use]
    pub fn fitting(
        country: Vec<String>,
        internship: bool,
        least: Option<f32>,
        rows: usize,
    ) -> Self {
        Self {
            words: Vec::new(),
            internship,
            open: true,
            paid: false,
            rolling: false,
            country,
            city: Vec::new(),
            company: Vec::new(),
            skill: Vec::new(),
            term: Vec::new(),
            workplace: Vec::new(),
            backend: Vec::new(),
            language: Vec::new(),
            sponsorship: Vec::new(),
            start: Vec::new(),
            within: None,
            least_fit: least,
            sort: "fit".to_owned(),
            limit: rows,
            cursor: None,
        }
    }

    /// The search that the arguments mean.
    ///
    /// # Errors
    /// [`Error::Invalid`] names the argument that cannot be used.
    pub fn query(&self) -> Result<PostingQuery> {
        let mut pairs: Vec<(&str, String)> = vec![
            ("q", self.words.join(" ")),
            ("sort", self.sort.clone()),
            ("limit", self.limit.to_string()),
        ];
        let lists = [
            ("country", &self.country),
            ("city", &self.city),
            ("company", &self.company),
            ("skill", &self.skill),
            ("term", &self.term),
            ("workplace", &self.workplace),
            ("backend", &self.backend),
            ("language", &self.language),
            ("sponsorship", &self.sponsorship),
            ("start", &self.start),
        ];
        for (name, values) in lists {
            pairs.extend(values.iter().map(|value| {
                (
                    name,
                    if name == "country" {
                        value.to_uppercase()
                    } else {
                        value.clone()
                    },
                )
            }));
        }
        for (name, value, on) in [
            ("internship", "yes", self.internship),
            ("status", "open", self.open),
            ("paid", "yes", self.paid),
            ("rolling", "yes", self.rolling),
        ] {
            if on {
                pairs.push((name, value.to_owned()));
            }
        }
        pairs.extend(self.within.map(|days| ("within", days.to_string())));
        pairs.extend(self.least_fit.map(|score| ("fit", score.to_string())));
        pairs.extend(self.cursor.clone().map(|cursor| ("cursor", cursor)));
        PostingQuery::parse(pairs)
    }
}

/// Runs `cadet sync`: polls, ingests, brings the search index up to date and runs what follows.
///
/// # Errors
/// From the database; [`Error::Source`] when every source failed.
pub async fn sync(ctx: &Ctx, args: &SyncArgs, out: &Terminal) -> Result<()> {
    ctx.require_admin()?;
    let ids: Vec<SourceId> = args.sources.iter().copied().map(SourceId).collect();
    let sources = sources_to_sync(ctx, &ids).await?;
    if sources.is_empty() {
        return out.line(
            "There are no sources to poll. Add one: cadet source add https://example.org/careers",
        );
    }
    let bar = out.progress("Polling sources", Some(sources.len() as u64));
    let polls: Vec<Result<(String, Option<Poll>)>> = futures::stream::iter(&sources)
        .map(|source| async {
            let poll = source_poll(ctx, source, &|_| ()).await?;
            bar.inc(1);
            Ok((source.name.clone(), poll))
        })
        .buffer_unordered(SOURCES_AT_ONCE)
        .collect()
        .await;
    bar.finish_and_clear();
    let polls = polls.into_iter().collect::<Result<Vec<_>>>()?;
    finish_sync(ctx, out).await?;
    tell_sync(&polls, out)
}

/// Brings the search index up to date and runs the jobs that the sync gave rise to.
async fn finish_sync(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let bar = out.progress("Indexing", None);
    ctx.index
        .catch_up(&ctx.db, &|done| bar.set_position(done))
        .await?;
    bar.set_message("Running what follows");
    crate::work::worker(ctx.app())?.drain().await?;
    bar.finish_and_clear();
    Ok(())
}

fn tell_sync(polls: &[(String, Option<Poll>)], out: &Terminal) -> Result<()> {
    let done: Vec<&Poll> = polls.iter().filter_map(|(_, poll)| poll.as_ref()).collect();
    if out.wants_json() {
        out.json(&done)?;
    } else {
        let sum = |count: fn(&Poll) -> u64| done.iter().map(|poll| count(poll)).sum::<u64>();
        for (name, poll) in polls {
            match poll {
                None => out.remark(format!("{name}: another process is polling it.")),
                Some(Poll {
                    error: Some(error), ..
                }) => out.remark(format!("{name}: {error}")),
                Some(_) => {}
            }
        }
        out.line(format!(
            "{} sources read: {} records, {} new postings, {} changed, {} closed, {} open again.",
            done.iter()
                .filter(|poll| poll.outcome != PollOutcome::Failed)
                .count(),
            sum(|poll| poll.counts.found),
            sum(|poll| poll.counts.added),
            sum(|poll| poll.counts.changed),
            sum(|poll| poll.counts.closed),
            sum(|poll| poll.counts.reopened),
        ))?;
    }
    let failed: Vec<_> = done.iter().filter_map(|poll| poll.error.clone()).collect();
    match failed.into_iter().next() {
        Some(error) if done.iter().all(|poll| poll.error.is_some()) => {
            Err(Error::Source(Box::new(error)))
        }
        _ => Ok(()),
    }
}

/// Runs `cadet search`.
///
/// # Errors
/// [`Error::Invalid`] for arguments that cannot be used; from the database and the index.
pub async fn search(ctx: &Ctx, args: &SearchArgs, out: &Terminal) -> Result<()> {
    let query = args.query()?;
    ctx.index.catch_up(&ctx.db, &|_| ()).await?;
    let page = posting_search(ctx, &query).await?;
    if out.wants_json() {
        return out.json(&page);
    }
    for warning in &page.warnings {
        out.remark(warning);
    }
    for correction in &page.corrections {
        out.remark(format!(
            "Searched \"{}\" instead of \"{}\".",
            correction.searched, correction.typed
        ));
    }
    if page.items.is_empty() {
        return out
            .line("Nothing found. Try fewer words or filters; `cadet sync` fetches what is new.");
    }
    let now = ctx.now();
    let columns = [
        ("#", Align::Right),
        ("Title", Align::Left),
        ("Company", Align::Left),
        ("Place", Align::Left),
        ("Term", Align::Left),
        ("Backend", Align::Left),
        ("Fit", Align::Right),
        ("Posted", Align::Left),
    ];
    out.table(
        &columns,
        page.items
            .iter()
            .map(|hit| row(&hit.posting, now))
            .collect(),
    )?;
    out.line(format!("{} of {} postings.", page.items.len(), page.total))?;
    match page.next {
        Some(cursor) => out.line(format!("More: --cursor {cursor}")),
        None => Ok(()),
    }
}

fn row(posting: &PostingSummary, now: Timestamp) -> Vec<String> {
    let closed = if posting.status == Status::Closed {
        " (closed)"
    } else {
        ""
    };
    let terms: Vec<String> = posting
        .terms
        .iter()
        .map(super::fields::term_label)
        .collect();
    vec![
        posting.id.to_string(),
        format!("{}{closed}", posting.title),
        posting.company.clone(),
        place(posting),
        terms.join(", "),
        super::query::grade_name(posting.backend).to_owned(),
        posting
            .fit
            .map_or_else(String::new, |fit| format!("{} %", fit.percent())),
        posting
            .posted
            .map_or_else(String::new, |date| ago(date.at, now)),
    ]
}

/// The first place and how many more there are.
fn place(posting: &PostingSummary) -> String {
    let first = posting
        .locations
        .first()
        .map_or_else(String::new, |place| place.text.clone());
    let more = match posting.locations.len() {
        0 | 1 => String::new(),
        count => format!(" +{}", count - 1),
    };
    let remote = if posting.workplace == Some(Workplace::Remote)
        && !first.to_lowercase().contains("remote")
    {
        " (remote)"
    } else {
        ""
    };
    format!("{first}{more}{remote}")
}

/// Runs `cadet save`.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn save(ctx: &Ctx, id: PostingId, remove: bool, out: &Terminal) -> Result<()> {
    posting_save(ctx, id, !remove).await?;
    if out.wants_json() {
        return out.json(&serde_json::json!({ "id": id, "saved": !remove }));
    }
    out.line(format!(
        "Posting {id} is {}.",
        if remove { "no longer saved" } else { "saved" }
    ))
}

/// Runs `cadet export postings`: one JSON object a line, in order of id.
///
/// # Errors
/// From the database; [`Error::Unavailable`] when the output is closed.
pub async fn export(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let mut after = PostingId(0);
    loop {
        let records = posting_export(ctx, after, EXPORT_BATCH).await?;
        let Some(last) = records.last() else {
            return Ok(());
        };
        after = last.id;
        for record in &records {
            out.json_line(record)?;
        }
    }
}

/// Runs `cadet index rebuild`.
///
/// # Errors
/// [`Error::Conflict`] while another process writes the index; from the database.
pub async fn rebuild_index(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let total = super::store::read::count(&ctx.db).await?;
    let bar = out.progress("Indexing", Some(total));
    let written = ctx
        .index
        .rebuild(&ctx.db, &|done| bar.set_position(done))
        .await;
    bar.finish_and_clear();
    let written = written?;
    if out.wants_json() {
        return out.json(&serde_json::json!({ "postings": written }));
    }
    out.line(format!("The search index is rebuilt: {written} postings."))
}
