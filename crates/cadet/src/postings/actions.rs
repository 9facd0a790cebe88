//! What one can do with postings.

use super::fit::FitColumn;
use super::lifecycle::postings_forget_source;
use super::model::PostingId;
use super::openings::actions::{opening_show, openings_of};
use super::openings::model::OpeningRecord;
use super::query::PostingQuery;
use super::record::{HistoryEntry, PostingRecord, PostingSummary, Status};
use super::search::{PostingPage, posting_find, posting_search};
use super::sources::model::{RawPosting, SourceId, SourceState};
use super::sources::store as sources;
use super::store::read;
use super::store::sightings::raw_records;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Entries of a posting's history that are shown.
const HISTORY_SHOWN: u64 = 50;
/// Other postings of an employer that are shown with one.
const OTHERS_SHOWN: usize = 8;
/// Postings that an account keeps which are listed at most.
const SAVED_SHOWN: u64 = 500;

/// A posting for its page.
#[derive(Clone, Debug)]
pub struct PostingDetail {
    /// The posting.
    pub record: PostingRecord,
    /// What happened to it, newest first.
    pub history: Vec<HistoryEntry>,
    /// Whether the reader keeps it.
    pub saved: bool,
    /// Its opening with the other postings.
    pub opening: OpeningRecord,
}

/// One posting, whole.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn posting_record(ctx: &Ctx, id: PostingId) -> Result<PostingRecord> {
    let stored = read::one(&ctx.db, id).await?;
    let sightings = read::sightings(&ctx.db, &[id])
        .await?
        .remove(&id)
        .unwrap_or_default();
    let opening = openings_of(ctx, std::slice::from_ref(&stored))
        .await?
        .remove(&id);
    let opening = opening.ok_or_else(|| Error::not_found("posting", id))?;
    Ok(stored.record(sightings, opening))
}

/// One posting with its history, for its page.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn posting_show(ctx: &Ctx, id: PostingId) -> Result<PostingDetail> {
    let record = posting_record(ctx, id).await?;
    let history = read::history(&ctx.db, id, HISTORY_SHOWN).await?;
    let saved = match ctx.owner() {
        Ok(owner) => read::saved_among(&ctx.db, owner, &[id])
            .await?
            .contains(&id),
        Err(_) => false,
    };
    Ok(PostingDetail {
        record,
        history,
        saved,
        opening: opening_show(ctx, id).await?,
    })
}

/// The records of a posting as its sources told them.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn posting_raw(ctx: &Ctx, id: PostingId) -> Result<Vec<(SourceId, RawPosting)>> {
    read::require(ctx.db.pool(), id).await?;
    raw_records(&ctx.db, id).await
}

/// Keeps a posting for the person, or lets it go.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Unauthorised`] when nobody is signed in; from the database.
pub async fn posting_save(ctx: &Ctx, id: PostingId, saved: bool) -> Result<()> {
    let owner = ctx.owner()?;
    let transaction = ctx.db.begin().await?;
    read::require(&transaction, id).await?;
    read::set_saved(&transaction, ctx.now(), owner, id, saved).await?;
    transaction.commit().await?;
    Ok(())
}

/// The postings that the person keeps, the newest kept first.
///
/// # Errors
/// [`Error::Unauthorised`] when nobody is signed in; from the database.
pub async fn posting_saved(ctx: &Ctx) -> Result<Vec<PostingSummary>> {
    let ids = read::saved(&ctx.db, ctx.owner()?, SAVED_SHOWN).await?;
    let mut kept = read::summaries(&ctx.db, &ids).await?;
    kept.iter_mut().for_each(|posting| posting.saved = true);
    Ok(kept)
}

/// Postings in order of id, whole, from `after` on: for export. Fewer than `limit` mean the end.
///
/// # Errors
/// From the database.
pub async fn posting_export(ctx: &Ctx, after: PostingId, limit: u64) -> Result<Vec<PostingRecord>> {
    let stored = read::page_after(&ctx.db, after, limit).await?;
    let ids: Vec<PostingId> = stored.iter().map(|one| one.id).collect();
    let mut sightings = read::sightings(&ctx.db, &ids).await?;
    let mut openings = openings_of(ctx, &stored).await?;
    Ok(stored
        .into_iter()
        .filter_map(|one| {
            let seen = sightings.remove(&one.id).unwrap_or_default();
            let opening = openings.remove(&one.id)?;
            Some(one.record(seen, opening))
        })
        .collect())
}

/// A search as its page shows it.
#[derive(Clone, Debug)]
pub struct Browsed {
    /// What was found.
    pub page: PostingPage,
    /// The name of every source that is not removed.
    pub sources: Vec<(SourceId, String)>,
    /// When nothing was found: which conditions to drop.
    pub relaxations: Vec<Relaxation>,
}

/// Searches postings for their page.
///
/// # Errors
/// [`Error::Invalid`] for a cursor of another search; from the database and the index.
pub async fn posting_browse(ctx: &Ctx, query: &PostingQuery) -> Result<Browsed> {
    let page = posting_search(ctx, query).await?;
    let sources = sources::names(&ctx.db).await?;
    let helpless = page.total == 0 && !sources.is_empty();
    let relaxations = if helpless {
        let fits = ctx.fit.column(ctx).await?;
        posting_search_relax(ctx, query, fits.as_ref())?
    } else {
        Vec::new()
    };
    Ok(Browsed {
        page,
        sources,
        relaxations,
    })
}

/// What a search would find without some of its conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxation {
    /// The conditions to drop, each with its name and value: `country`, `DE`.
    pub conditions: Vec<(&'static str, String)>,
    /// How many postings there would be.
    pub total: u64,
}

/// For a search that finds nothing: which of its conditions to drop, what helps most first. One where that is enough;
/// else those that find nothing even alone, and one more where that is still not enough.
///
/// # Errors
/// From the database and the index.
pub fn posting_search_relax(
    ctx: &Ctx,
    query: &PostingQuery,
    fits: Option<&FitColumn>,
) -> Result<Vec<Relaxation>> {
    let helpful = relax_each(ctx, query, fits, &[])?;
    if !helpful.is_empty() {
        return Ok(helpful);
    }
    let mut hopeless = Vec::new();
    for (name, value) in conditions(query) {
        let alone = PostingQuery {
            status: query.status,
            ..PostingQuery::parse([(name, &value)])?
        };
        if total(ctx, &alone, fits)? == 0 {
            hopeless.push((name, value));
        }
    }
    let wider = without(query, &hopeless);
    match total(ctx, &wider, fits)? {
        0 => relax_each(ctx, &wider, fits, &hopeless),
        total => Ok(vec![Relaxation {
            conditions: hopeless,
            total,
        }]),
    }
}

/// What dropping each condition of `query` finds, beside those that were dropped before.
fn relax_each(
    ctx: &Ctx,
    query: &PostingQuery,
    fits: Option<&FitColumn>,
    dropped: &[(&'static str, String)],
) -> Result<Vec<Relaxation>> {
    let mut helpful = Vec::new();
    for condition in conditions(query) {
        let wider = without(query, std::slice::from_ref(&condition));
        let total = total(ctx, &wider, fits)?;
        if total > 0 {
            let conditions = dropped.iter().cloned().chain([condition]).collect();
            helpful.push(Relaxation { conditions, total });
        }
    }
    helpful.sort_by_key(|relaxation| std::cmp::Reverse(relaxation.total));
    Ok(helpful)
}

fn conditions(query: &PostingQuery) -> Vec<(&'static str, String)> {
    let pairs = query.pairs().into_iter();
    pairs.filter(|(name, _)| *name != "sort").collect()
}

fn without(query: &PostingQuery, conditions: &[(&'static str, String)]) -> PostingQuery {
    let all = query.clone();
    conditions
        .iter()
        .fold(all, |query, (name, value)| query.without(name, value))
}

fn total(ctx: &Ctx, query: &PostingQuery, fits: Option<&FitColumn>) -> Result<u64> {
    let one = PostingQuery {
        limit: 1,
        cursor: None,
        ..query.clone()
    };
    Ok(posting_find(ctx, &one, fits)?.0.total)
}

/// Other open postings of the same employer.
///
/// # Errors
/// From the database and the index.
pub async fn posting_others(ctx: &Ctx, record: &PostingRecord) -> Result<Vec<PostingSummary>> {
    let query = PostingQuery {
        company: vec![record.company.clone()],
        status: Some(Status::Open),
        limit: OTHERS_SHOWN + 1,
        ..PostingQuery::default()
    };
    let found = posting_search(ctx, &query).await?.items;
    let others = found.into_iter().map(|hit| hit.posting);
    let others = others.filter(|posting| posting.id != record.id);
    Ok(others.take(OTHERS_SHOWN).collect())
}

/// Removes a source. Postings that are seen nowhere else are closed; their history stays.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn source_remove(ctx: &Ctx, id: SourceId) -> Result<u64> {
    ctx.require_admin()?;
    let source = sources::get(&ctx.db, id).await?;
    if source.state == SourceState::Removed {
        return Err(Error::not_found("source", id));
    }
    let transaction = ctx.db.begin().await?;
    sources::set_state(&transaction, ctx.now(), id, SourceState::Removed).await?;
    let closed = postings_forget_source(ctx, &transaction, &source).await?;
    transaction.commit().await?;
    ctx.index.nudge();
    Ok(closed)
}
