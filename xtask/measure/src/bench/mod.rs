//! Speed and memory, each figure beside its bar: ingest, faceted search, percolation, PDFs, and the running server.

mod applications;
mod dedup;
mod documents;
mod fits;
mod load;
mod pages;
mod peers;
mod percolate;
mod postgres;
mod product;
mod search;
mod serve;
mod sql;
mod sqlite;
mod tailor;

pub use pages::first;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use async_trait::async_trait;

use crate::generate::{Generated, Generator};
use crate::machine;
use crate::queries::{Facet, Query};
use crate::table::{Bar, Table};

/// How many postings go to an engine at once, as a poll of a long list would bring them.
const BATCH: usize = 5_000;

/// What to measure, and how large.
#[derive(clap::Args)]
pub struct Options {
    /// How many postings.
    #[arg(long, default_value_t = 100_000)]
    postings: usize,
    /// How many sightings for `dedup`.
    #[arg(long, default_value_t = 100_000)]
    sightings: usize,
    /// Requests a second to the page of the list.
    #[arg(long, default_value_t = 200)]
    rate: u32,
    /// Seconds of requests.
    #[arg(long, default_value_t = 20)]
    seconds: u32,
    /// Saved searches of the percolation.
    #[arg(long, default_value_t = 100_000)]
    searches: usize,
    /// Openings of the percolation.
    #[arg(long, default_value_t = 20_000)]
    openings: usize,
    /// Applications, each with ten entries in its log.
    #[arg(long, default_value_t = 10_000)]
    applications: usize,
    /// Measures other people's programs for resumes too.
    #[arg(long)]
    peers: bool,
    /// Measures these alone; all if none is named.
    #[arg(value_name = "WHAT")]
    what: Vec<What>,
    /// The same, as an option; may be given several times.
    #[arg(long, value_name = "WHAT")]
    only: Vec<What>,
}

impl Options {
    fn wants(&self, what: What) -> bool {
        let all = self.what.is_empty() && self.only.is_empty();
        all || self.what.contains(&what) || self.only.contains(&what)
    }
}

/// A measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// From parsed postings to stored and searchable ones.
    Ingest,
    /// The query mix, beside SQLite FTS5 and PostgreSQL.
    Search,
    /// The query mix on the index alone, filled without the database: for a million postings.
    Index,
    /// Saved searches asked of what appears.
    Percolate,
    /// Start, memory and page latency of the server.
    Serve,
    /// From stored sightings to openings.
    Dedup,
    /// One profile against all postings, and the page of the best.
    Match,
    /// A resume for a posting, with the gate and reading it back.
    Tailor,
    /// Pages of applications.
    Applications,
    /// From data to the bytes of a PDF, and back to text.
    Pdf,
}

/// Something that stores postings and searches them; the product, or what it is compared with.
#[async_trait]
pub trait Engine: Send {
    /// Its name in the table.
    fn name(&self) -> &'static str;
    /// Takes postings in.
    async fn load(&mut self, postings: Vec<Generated>) -> Result<()>;
    /// Returns when every posting taken in can be found.
    async fn settle(&mut self) -> Result<()>;
    /// Does the work that what was taken in left for later, if the engine has such work. Returns how long it took.
    async fn follow_up(&mut self) -> Result<Option<Duration>> {
        Ok(None)
    }
    /// Finds: how many, the best twenty, and the ten most frequent values of each facet among all that were found.
    async fn search(&self, query: &Query) -> Result<Answer>;
}

/// What a search gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// How many postings were found.
    pub total: u64,
    /// Numbers of the best, at most twenty.
    pub best: Vec<usize>,
    /// Values of facets with how many postings have them.
    pub facets: Vec<(Facet, String, u64)>,
}

/// Runs the measurements and prints their table; fails when a bar is missed.
pub async fn run(options: &Options) -> Result<()> {
    println!("machine: {}", machine::describe());
    println!(
        "corpus: {} postings of seed {}",
        options.postings,
        crate::SEED
    );
    let mut table = Table::default();
    if options.wants(What::Pdf) {
        if let Err(error) = pages::measure(&mut table) {
            table.fail("pdf", &format!("{error:#}"));
        }
        if options.peers
            && let Err(error) = peers::measure(&mut table)
        {
            table.fail("pdf: others", &format!("{error:#}"));
        }
    }
    if options.wants(What::Dedup) {
        let folder = tempfile::tempdir().context("cannot create a folder for the data")?;
        if let Err(error) = dedup::measure(folder.path(), options.sightings, &mut table).await {
            table.fail("dedup", &format!("{error:#}"));
        }
    }
    if options.wants(What::Tailor)
        && let Err(error) = tailor::measure(&mut table)
    {
        table.fail("tailoring", &format!("{error:#}"));
    }
    if options.wants(What::Applications) {
        let folder = tempfile::tempdir().context("cannot create a folder for the data")?;
        let measured = applications::measure(folder.path(), options.applications, &mut table).await;
        if let Err(error) = measured {
            table.fail("applications", &format!("{error:#}"));
        }
    }
    if options.wants(What::Percolate)
        && let Err(error) = percolate::measure(options.searches, options.openings, &mut table)
    {
        table.fail("percolation", &format!("{error:#}"));
    }
    if options.wants(What::Index) {
        let folder = tempfile::tempdir().context("cannot create a folder for the index")?;
        search::alone(options.postings, folder.path(), &mut table).await?;
    }
    if [What::Ingest, What::Search, What::Match, What::Serve]
        .map(|what| options.wants(what))
        .contains(&true)
    {
        over_corpus(options, &mut table).await?;
    }
    println!("\n{}", table.render());
    match table.missed() {
        0 => Ok(()),
        missed => bail!("{missed} bars were missed"),
    }
}

/// The measurements that need a product with the corpus.
async fn over_corpus(options: &Options, table: &mut Table) -> Result<()> {
    let wants = |what| options.wants(what);
    let folder = tempfile::tempdir().context("cannot create a folder for the data")?;
    // Everything rests on a product that holds the corpus, so ingest runs in any case.
    let mut product =
        match ingest(folder.path(), options.postings, wants(What::Ingest), table).await {
            Ok(product) => Some(product),
            Err(error) => {
                table.fail("ingest", &format!("{error:#}"));
                None
            }
        };
    if wants(What::Search) {
        search::compare(
            product.as_deref_mut(),
            options.postings,
            folder.path(),
            table,
        )
        .await?;
    }
    let ingested = product.is_some();
    drop(product);
    if wants(What::Match)
        && ingested
        && let Err(error) = fits::measure(folder.path(), table).await
    {
        table.fail("match", &format!("{error:#}"));
    }
    if wants(What::Serve) {
        if !ingested {
            table.fail("serve", "there is no data folder to serve");
        } else if let Err(error) =
            serve::measure(folder.path(), options.rate, options.seconds, table).await
        {
            table.fail("serve", &format!("{error:#}"));
        }
    }
    Ok(())
}

/// Fills a data folder through the product's own pipeline.
async fn ingest(
    folder: &Path,
    count: usize,
    report: bool,
    table: &mut Table,
) -> Result<Box<dyn Engine>> {
    let mut product = product::open(&folder.join("product")).await?;
    let took = fill(&mut *product, count).await?;
    if report {
        table.add(
            "ingest: parsed to searchable",
            count as f64 / took.as_secs_f64(),
            "postings/s",
            Bar::AtLeast(5_000.0),
        );
        // The corpus is made batch by batch, so that the peak is the product's and not ours.
        match machine::peak_memory() {
            Some(peak) => table.add("ingest: peak memory", peak, "MiB", Bar::AtMost(400.0)),
            None => table.fail("ingest: peak memory", "this system does not tell"),
        }
    }
    // What later measurements find is a product at rest, as it is a minute after a sync.
    if let Some(rest) = product.follow_up().await?
        && report
    {
        table.add(
            "ingest: jobs that follow it",
            count as f64 / rest.as_secs_f64(),
            "postings/s",
            Bar::None,
        );
    }
    Ok(product)
}

/// Takes `count` generated postings in; gives the time that the engine took, without that of making them.
pub async fn fill(engine: &mut dyn Engine, count: usize) -> Result<Duration> {
    let mut generator = Generator::new(crate::SEED);
    let mut took = Duration::ZERO;
    let mut left = count;
    while left > 0 {
        let batch: Vec<Generated> = generator.by_ref().take(left.min(BATCH)).collect();
        left -= batch.len();
        let start = Instant::now();
        engine.load(batch).await?;
        took += start.elapsed();
    }
    let start = Instant::now();
    engine.settle().await?;
    Ok(took + start.elapsed())
}
