//! Reading applications: the board, the list, one with everything, those of a posting; and rebuilding rows from logs.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::list::ListQuery;
use super::super::log::Entry;
use super::super::model::{ApplicationId, Stage};
use super::super::next::told_now;
use super::super::offers::compare::{ComparedOffer, compare};
use super::super::record::{ApplicationRecord, ApplicationSummary, StageCount};
use super::super::state::fold;
use super::super::store::rows::Stored;
use super::super::store::{choices, list, log, rows};
use super::time_zone;
use crate::error::Result;
use crate::postings::model::PostingId;
use crate::state::Ctx;

/// Applications shown in a column of the board; the list has the others.
const COLUMN_SHOWN: u64 = 20;
/// The same for those that have ended.
const ENDED_SHOWN: u64 = 8;
/// Offers that are compared.
const OFFERS_MOST: u64 = 50;
/// Applications that are rebuilt in one transaction.
const REBUILT_AT_ONCE: u64 = 200;

/// The board.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Board {
    /// A column for each stage, in order.
    pub columns: Vec<BoardColumn>,
}

/// A column of the board.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BoardColumn {
    /// Its stage.
    pub stage: Stage,
    /// What its owner calls it.
    pub label: String,
    /// How many stand there.
    pub count: u64,
    /// Those that changed last.
    pub applications: Vec<ApplicationSummary>,
}

impl Board {
    /// How many applications there are in all columns.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.columns.iter().map(|column| column.count).sum()
    }
}

/// The board: for each stage how many stand there, and those that changed last.
///
/// # Errors
/// From the database.
pub async fn application_board(ctx: &Ctx) -> Result<Board> {
    let owner = ctx.owner()?;
    let mut columns = Vec::with_capacity(Stage::ALL.len());
    for counted in application_stages(ctx).await? {
        let shown = if counted.stage.is_end() {
            ENDED_SHOWN
        } else {
            COLUMN_SHOWN
        };
        let applications = match counted.count {
            0 => Vec::new(),
            _ => list::column(&ctx.db, owner, counted.stage, shown).await?,
        };
        columns.push(BoardColumn {
            stage: counted.stage,
            label: counted.label,
            count: counted.count,
            applications,
        });
    }
    Ok(Board { columns })
}

/// For each stage what it is called and how many stand there.
///
/// # Errors
/// From the database.
pub async fn application_stages(ctx: &Ctx) -> Result<Vec<StageCount>> {
    let owner = ctx.owner()?;
    let counts = list::counts(&ctx.db, owner).await?;
    let chosen = choices::get(&ctx.db, owner).await?;
    Ok(Stage::ALL
        .into_iter()
        .map(|stage| StageCount {
            stage,
            label: chosen.label(stage).to_owned(),
            count: counts.get(&stage).copied().unwrap_or(0),
        })
        .collect())
}

/// A page of the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ListPage {
    /// How many there are in all.
    pub total: u64,
    /// Those of the page.
    pub applications: Vec<ApplicationSummary>,
}

/// A page of the caller's applications.
///
/// # Errors
/// From the database.
pub async fn application_list(
    ctx: &Ctx,
    query: &ListQuery,
    offset: u64,
    limit: u64,
) -> Result<ListPage> {
    let owner = ctx.owner()?;
    Ok(ListPage {
        total: list::count(&ctx.db, owner, query).await?,
        applications: list::page(&ctx.db, owner, query, (offset, limit)).await?,
    })
}

/// The caller's applications after a number, by number, put away or not.
///
/// # Errors
/// From the database.
pub async fn application_summaries(
    ctx: &Ctx,
    after: ApplicationId,
    limit: u64,
) -> Result<Vec<ApplicationSummary>> {
    let found = rows::after(&ctx.db, ctx.owner()?, after, limit).await?;
    Ok(found.into_iter().map(|one| one.summary).collect())
}

/// The caller's applications after a number with their logs, by number.
///
/// # Errors
/// From the database.
pub async fn application_log_page(
    ctx: &Ctx,
    after: ApplicationId,
    limit: u64,
) -> Result<Vec<(Stored, Vec<Entry>)>> {
    let found = rows::after(&ctx.db, ctx.owner()?, after, limit).await?;
    let ids: Vec<ApplicationId> = found.iter().map(|one| one.summary.id).collect();
    let mut logs = log::entries_of(ctx.db.pool(), &ids).await?;
    Ok(found
        .into_iter()
        .map(|one| {
            let log = logs.remove(&one.summary.id).unwrap_or_default();
            (one, log)
        })
        .collect())
}

/// One application with everything that belongs to it.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; from the database.
pub async fn application_show(ctx: &Ctx, id: ApplicationId) -> Result<ApplicationRecord> {
    let stored = rows::get(ctx.db.pool(), ctx.owner()?, id).await?;
    let log = log::entries(ctx.db.pool(), id).await?;
    let zone = time_zone(ctx).await?;
    Ok(ApplicationRecord {
        next: told_now(id, &stored.state, ctx.now(), &zone),
        application: stored.summary,
        state: stored.state,
        log,
    })
}

/// Whether an application is the caller's, before anything that was said of it is looked at.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is not; from the database.
pub async fn application_owned(ctx: &Ctx, id: ApplicationId) -> Result<()> {
    rows::get(ctx.db.pool(), ctx.owner()?, id).await.map(|_| ())
}

/// The caller's applications for a posting, the newest first.
///
/// # Errors
/// From the database.
pub async fn application_of_posting(
    ctx: &Ctx,
    posting: PostingId,
) -> Result<Vec<ApplicationSummary>> {
    let found = rows::of_posting(ctx.db.pool(), ctx.owner()?, posting).await?;
    Ok(found.into_iter().map(|one| one.summary).collect())
}

/// The caller's offers side by side, the best first.
///
/// # Errors
/// From the database.
pub async fn application_offers(ctx: &Ctx) -> Result<Vec<ComparedOffer>> {
    let owner = ctx.owner()?;
    let weights = choices::get(&ctx.db, owner).await?.weights;
    let mut found = Vec::new();
    for stage in [Stage::Offer, Stage::Accepted] {
        found.extend(rows::in_stage(&ctx.db, owner, stage.name(), OFFERS_MOST).await?);
    }
    let offers = found
        .into_iter()
        .map(|one| {
            let (company, title) = (one.summary.company, one.summary.title);
            let offer = one.state.offer.unwrap_or_default();
            (one.summary.id, company, title, offer)
        })
        .collect();
    Ok(compare(offers, &weights))
}

/// Writes all rows of the caller anew from their logs. Gives how many differed from what their log says.
///
/// # Errors
/// From the database.
pub async fn application_rebuild(ctx: &Ctx) -> Result<u64> {
    let owner = ctx.owner()?;
    let mut after = ApplicationId(0);
    let mut differed = 0;
    loop {
        let part = application_log_page(ctx, after, REBUILT_AT_ONCE).await?;
        let Some((last, _)) = part.last() else {
            return Ok(differed);
        };
        after = last.summary.id;
        let transaction = ctx.db.begin().await?;
        for (stored, log) in part {
            let state = fold(&log);
            differed += u64::from(state != stored.state);
            rows::project(&transaction, owner, stored.summary.id, &state).await?;
        }
        transaction.commit().await?;
    }
}
