//! Matching: one profile against all postings, the page of the best, and the gap.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use cadet::accounts::model::AccountId;
use cadet::config::Config;
use cadet::matching::actions::gap_show;
use cadet::matching::basis::Basis;
use cadet::matching::compute::{account_match, basis_of, requirements_follow, scores_of};
use cadet::postings::query::PostingQuery;
use cadet::postings::search::posting_search;
use cadet::profile::actions::{profile_current, profile_save};
use cadet::skills::SkillId;
use cadet::skills::evidence::{EvidenceKind, NewEvidence, evidence_add};
use cadet::startup::{self, World};
use cadet::state::Ctx;

use crate::table::{Bar, Table, percentile};

/// What the person knows, and how well.
const KNOWN: [(&str, f32); 12] = [
    ("java", 0.8),
    ("spring-boot", 0.6),
    ("postgresql", 0.7),
    ("sql", 0.6),
    ("git", 0.7),
    ("docker", 0.55),
    ("python", 0.4),
    ("junit", 0.5),
    ("rest-api-design", 0.3),
    ("linux", 0.2),
    ("kafka", 0.2),
    ("english", 0.3),
];
/// Runs of each figure.
const RUNS: usize = 15;
/// Rows of the page.
const ROWS: usize = 50;

/// Measures on the data folder that ingest left.
pub async fn measure(folder: &Path, table: &mut Table) -> Result<()> {
    let config = Config {
        data_dir: folder.join("product"),
        ..Config::default()
    };
    let app = startup::open(config, World::default()).await?;
    let ctx = startup::operator(&app).await?;
    person(&ctx).await?;
    let start = Instant::now();
    requirements_follow(&ctx).await?;
    let seconds = start.elapsed().as_secs_f64();
    table.add("match: requirements not read yet", seconds, "s", Bar::None);
    let start = Instant::now();
    ctx.matching.refresh(&ctx).await?;
    let seconds = start.elapsed().as_secs_f64();
    table.add(
        "match: reading the requirements once",
        seconds,
        "s",
        Bar::None,
    );
    let basis = basis_of(&ctx).await?;
    compare(&ctx, &basis, table);
    whole(&ctx, table).await?;
    page(&ctx, table).await?;
    gap(&ctx, table).await
}

async fn person(ctx: &Ctx) -> Result<()> {
    for (skill, strength) in KNOWN {
        let id = SkillId::parse(skill)?;
        let piece = NewEvidence {
            strength,
            kind: EvidenceKind::Repository,
            ..NewEvidence::statement(id, format!("Wrote {skill}."), ctx.now())
        };
        evidence_add(ctx, piece).await?;
    }
    aims(ctx, "DE").await
}

/// Another country among the aims, so that everything has to be compared anew.
async fn aims(ctx: &Ctx, country: &str) -> Result<()> {
    let mut profile = profile_current(ctx).await?;
    profile.aims.countries = vec!["US".into(), country.into()];
    profile_save(ctx, profile, "a measurement").await?;
    Ok(())
}

/// The comparison alone, on one core.
fn compare(ctx: &Ctx, basis: &Basis, table: &mut Table) {
    let all = ctx.matching.read();
    let mut times = Vec::with_capacity(RUNS);
    let mut open = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        let scores = scores_of(&all, basis, None);
        times.push(start.elapsed().as_secs_f64());
        open = scores.iter().filter(|(_, score)| score.is_some()).count();
    }
    times.sort_by(f64::total_cmp);
    let what = format!("match: one profile against {open} open postings");
    table.add(&what, percentile(&times, 0.95), "s", Bar::AtMost(1.0));
}

/// The same with reading what is known of the person and writing the scores.
async fn whole(ctx: &Ctx, table: &mut Table) -> Result<()> {
    let mut times = Vec::with_capacity(RUNS);
    for run in 0..RUNS {
        aims(ctx, if run % 2 == 0 { "FR" } else { "DE" }).await?;
        let start = Instant::now();
        account_match(ctx, AccountId::LOCAL).await?;
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    let what = "match: after a change of the profile, written";
    table.add(what, percentile(&times, 0.95), "s", Bar::AtMost(1.0));
    Ok(())
}

async fn page(ctx: &Ctx, table: &mut Table) -> Result<()> {
    for (name, query) in [
        (
            "match: page of the best 50",
            "sort=fit&status=open&limit=50",
        ),
        (
            "match: the same, internships in Germany with java",
            "sort=fit&status=open&limit=50&internship=yes&country=DE&q=java",
        ),
    ] {
        let query = PostingQuery::parse_str(query)?;
        posting_search(ctx, &query).await?;
        let mut times = Vec::with_capacity(RUNS);
        for _ in 0..RUNS {
            let start = Instant::now();
            let found = posting_search(ctx, &query).await?;
            times.push(start.elapsed().as_secs_f64() * 1_000.0);
            anyhow::ensure!(found.items.len() <= ROWS, "the page is too long");
        }
        times.sort_by(f64::total_cmp);
        table.add(name, percentile(&times, 0.95), "ms", Bar::AtMost(50.0));
    }
    Ok(())
}

async fn gap(ctx: &Ctx, table: &mut Table) -> Result<()> {
    let start = Instant::now();
    let found = gap_show(ctx, "", true).await.context("the gap")?;
    let took = start.elapsed().as_secs_f64() * 1_000.0;
    anyhow::ensure!(found.postings > 0, "there are no postings");
    table.add("match: the gap over all of them", took, "ms", Bar::None);
    Ok(())
}
