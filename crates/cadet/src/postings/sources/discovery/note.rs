//! Noting the boards that postings lead to: those that an event tells of, and those that were there before.

use std::collections::HashSet;

use super::links::{Link, links};
use super::store::noting::{self, Scan};
use crate::db::Transaction;
use crate::error::Result;
use crate::postings::model::PostingId;
use crate::postings::sources::model::{SourceId, SourceKind};
use crate::state::Ctx;

/// Postings looked at in one transaction.
const AT_ONCE: usize = 500;

/// Notes the boards that these postings lead to now. A posting that is gone leads nowhere. Doing it twice is the same as
/// doing it once.
///
/// # Errors
/// From the database.
pub async fn boards_note(ctx: &Ctx, ids: &[PostingId]) -> Result<()> {
    let kinds = kinds();
    for part in ids.chunks(AT_ONCE) {
        let transaction = ctx.db.begin().await?;
        noting::take_turn(&transaction, &kinds).await?;
        note(ctx, &transaction, part).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Looks through the postings that were there before this program knew the kinds of boards that it knows now. Ends at once
/// when that was done; being killed, it goes on where it was.
///
/// # Errors
/// From the database.
pub async fn boards_scan(ctx: &Ctx) -> Result<()> {
    let kinds = kinds();
    loop {
        let transaction = ctx.db.begin().await?;
        let before = noting::take_turn(&transaction, &kinds).await?;
        if before.is_done {
            transaction.commit().await?;
            return Ok(());
        }
        let ids = noting::postings_after(&transaction, before.after, AT_ONCE as u64).await?;
        note(ctx, &transaction, &ids).await?;
        let scan = Scan {
            after: ids.last().copied().unwrap_or(before.after),
            is_done: ids.len() < AT_ONCE,
        };
        noting::set_scan(&transaction, ctx.now(), &kinds, scan).await?;
        transaction.commit().await?;
    }
}

/// The kinds of boards that this program knows, as one text. A version that knows more looks through all postings again.
fn kinds() -> String {
    SourceKind::ALL.map(SourceKind::name).join(" ")
}

async fn note(ctx: &Ctx, transaction: &Transaction, ids: &[PostingId]) -> Result<()> {
    let links = links_of(ctx, transaction, ids).await?;
    noting::replace_links(transaction, ctx.now(), ids, &links).await
}

async fn links_of(ctx: &Ctx, transaction: &Transaction, ids: &[PostingId]) -> Result<Vec<Link>> {
    let postings = noting::noted(transaction, ids).await?;
    let mut seen = noting::seen(transaction, ids).await?;
    let sources: HashSet<SourceId> = seen.values().flatten().map(|one| one.source).collect();
    let sources: Vec<SourceId> = sources.into_iter().collect();
    let addresses = noting::addresses(transaction, &sources).await?;
    let found = postings.iter().flat_map(|posting| {
        let records = seen.remove(&posting.id).unwrap_or_default();
        links(posting, &records, &addresses, &ctx.fetch.endpoints)
    });
    Ok(found.collect())
}
