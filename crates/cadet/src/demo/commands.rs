//! `cadet demo`: the ordinary program over the sample sites.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use futures::StreamExt as _;
use tempfile::TempDir;

use super::{SampleSites, SampleSource, World};
use crate::cli::DemoArgs;
use crate::clock::{Clock as _, SystemClock};
use crate::config::{Config, Endpoints, Fetch, Lifecycle};
use crate::error::{Error, Result};
use crate::postings::sources::actions::{source_add, source_add_candidate, source_list};
use crate::postings::sources::detect::Candidate;
use crate::postings::sources::model::{Poll, SourceAddress, SourceKind};
use crate::postings::sync::source_poll;
use crate::run::{close, listen, serve_on};
use crate::startup;
use crate::state::Ctx;
use crate::terminal::Terminal;

/// Sources handled at once; the sites are on this machine.
const AT_ONCE: usize = 12;
/// Seconds without a byte after which a site is given up: the sites answer at once unless they mean harm.
const IDLE_SECONDS: u64 = 3;
/// Seconds for a whole answer; only a trap that sends a byte a second takes so long.
const ANSWER_SECONDS: u64 = 6;

/// Runs `cadet demo`.
///
/// # Errors
/// When no port is free, the data folder cannot be used, or from the database.
pub async fn run(config: Config, args: DemoArgs, out: &Terminal) -> Result<()> {
    let sites = SampleSites::start(World::build(SystemClock.now().0))
        .await
        .map_err(|cause| {
            Error::unavailable(
                "The sample sites cannot be served on this machine's loopback interface.",
                cause,
            )
        })?;
    let (folder, _temporary) = folder(args.keep.clone())?;
    let mut config = demo_config(config, &sites, folder, args.port);
    let listener = match listen(&mut config).await {
        Ok(listener) => listener,
        // Somebody uses the usual port; any other does as well.
        Err(_) if args.port == DemoArgs::USUAL_PORT => {
            config.server.bind = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            listen(&mut config).await?
        }
        Err(error) => return Err(error),
    };
    let app = startup::open(config, startup::World::default()).await?;
    let ctx = startup::operator(&app).await?;
    let done = show(&ctx, &sites, out).await;
    let served = match done {
        Ok(()) if !args.once => serve_on(&ctx, listener, true, out).await,
        other => other,
    };
    drop(ctx);
    close(app).await;
    served
}

/// Adds the sources, polls them twice with the world moving on in between, and lets a saved search tell what is new.
async fn show(ctx: &Ctx, sites: &SampleSites, out: &Terminal) -> Result<()> {
    out.remark(
        "Sample career sites are served on this machine only; nothing is fetched from outside.",
    );
    add_sources(ctx, sites, out).await?;
    let first = sync(ctx, "Reading the sample sites", out).await?;
    tell(&first, "First look", out);
    crate::alerts::demo::add_sample(ctx).await?;
    sites.advance_poll();
    let second = sync(ctx, "Looking again, some hours later", out).await?;
    tell(&second, "Second look", out);
    let waiting = crate::alerts::demo::summary(ctx).await?;
    out.remark(waiting);
    Ok(())
}

async fn add_sources(ctx: &Ctx, sites: &SampleSites, out: &Terminal) -> Result<()> {
    let samples = sites.source_list();
    let bar = out.progress("Adding sources", Some(samples.len() as u64));
    let added: Vec<(String, Result<()>)> = futures::stream::iter(samples)
        .map(|sample| {
            let bar = bar.clone();
            async move {
                let name = sample.name.clone();
                let added = add_source(ctx, sample).await;
                bar.inc(1);
                (name, added)
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    bar.finish_and_clear();
    for (name, result) in added {
        match result {
            // One site that does not answer must not end the demonstration.
            Err(Error::Source(error)) => out.remark(format!("{name}: {error}")),
            other => other?,
        }
    }
    Ok(())
}

/// Adds a sample source as a person would. The traps are added unseen, since looking at them is what fails.
async fn add_source(ctx: &Ctx, sample: SampleSource) -> Result<()> {
    if sample.healthy {
        source_add(ctx, &sample.address, Some(&sample.name)).await?;
        return Ok(());
    }
    let kind = match sample.kind {
        "greenhouse" => SourceKind::Greenhouse,
        "lever" => SourceKind::Lever,
        "ashby" => SourceKind::Ashby,
        "listings" => SourceKind::Simplify,
        "feed" => SourceKind::Feed,
        _ => SourceKind::JsonLd,
    };
    let address = sample
        .address
        .strip_prefix(&format!("{}:", kind.name()))
        .unwrap_or(&sample.address)
        .to_owned();
    let candidate = Candidate {
        address: SourceAddress { kind, address },
        name: Some(sample.name.clone()),
        why: sample.what.clone(),
    };
    source_add_candidate(ctx, candidate, Some(&sample.name), Vec::new()).await?;
    Ok(())
}

async fn sync(ctx: &Ctx, what: &str, out: &Terminal) -> Result<Vec<Poll>> {
    let sources = source_list(ctx).await?;
    let bar = out.progress(what, Some(sources.len() as u64));
    let polls: Vec<Result<Option<Poll>>> = futures::stream::iter(&sources)
        .map(|source| {
            let bar = bar.clone();
            async move {
                let poll = source_poll(ctx, source, &|_| ()).await;
                bar.inc(1);
                poll
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    bar.finish_and_clear();
    ctx.index.catch_up(&ctx.db, &|_| ()).await?;
    crate::work::worker(ctx.app())?.drain().await?;
    Ok(polls
        .into_iter()
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect())
}

fn tell(polls: &[Poll], what: &str, out: &Terminal) {
    let sum = |count: fn(&Poll) -> u64| polls.iter().map(count).sum::<u64>();
    let failed = polls.iter().filter(|poll| poll.error.is_some()).count();
    out.remark(format!(
        "{what}: {} of {} sources read, {} records, {} new postings, {} changed, {} closed. {failed} sources fail on purpose; their pages say why.",
        polls.len() - failed,
        polls.len(),
        sum(|poll| poll.counts.found),
        sum(|poll| poll.counts.added),
        sum(|poll| poll.counts.changed),
        sum(|poll| poll.counts.closed),
    ));
}

/// The folder for the demo's data, and the guard that deletes a temporary one at the end.
fn folder(keep: Option<PathBuf>) -> Result<(PathBuf, Option<TempDir>)> {
    if let Some(folder) = keep {
        return Ok((folder, None));
    }
    let temporary = tempfile::Builder::new()
        .prefix("cadet-demo-")
        .tempdir()
        .map_err(|cause| {
            Error::unavailable(
                "No temporary folder can be made. Give one with --keep FOLDER.",
                cause,
            )
        })?;
    Ok((temporary.path().to_owned(), Some(temporary)))
}

fn demo_config(config: Config, sites: &SampleSites, data_dir: PathBuf, port: u16) -> Config {
    let base = sites.base_url();
    let host = base.trim_start_matches("http://").to_owned();
    let mut demo = Config {
        data_dir,
        // A demo never writes into a database that somebody uses.
        database_url: None,
        endpoints: Endpoints {
            greenhouse_eu: format!("{base}/greenhouse"),
            lever_eu: format!("{base}/lever"),
            ..Endpoints::below(base)
        },
        fetch: Fetch {
            allow_private: vec![host],
            proxy: None,
            timeout_seconds: ANSWER_SECONDS,
            idle_seconds: IDLE_SECONDS,
            per_host_concurrency: AT_ONCE,
            per_host_per_second: 0,
            retries: 2,
            ..config.fetch.clone()
        },
        // The two looks are seconds apart and show hours; what the second one misses is believed to be gone.
        lifecycle: Lifecycle {
            confirm_minutes: 0,
            ..Lifecycle::default()
        },
        ..config
    };
    demo.server.bind = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    demo.server.multi_user = false;
    demo.server.public_url = None;
    demo
}
