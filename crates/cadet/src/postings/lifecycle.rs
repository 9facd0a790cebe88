//! Lifecycle: open, suspect, closed, open again; what says so, and the event that tells of it.
//!
//! Each record of a posting in a source has a life of its own ([`model`]). A posting is open while some record is, suspect
//! while all that are left are doubted, and closed when none is left or its last day has passed ([`deadline`]).

pub mod deadline;
pub mod model;

use self::model::{Life, Look, Policy};
use super::ingest::{Completeness, Ingested};
use super::model::PostingId;
use super::sources::model::{RecordProblem, Source};
use super::store::lives::{self, Judged, listed, posting_states, presence, set_lives, set_suspect};
use super::store::write::{self, set_closed};
use crate::clock::Timestamp;
use crate::db::{Transaction, lock_event_log};
use crate::error::Result;
use crate::events::{self, Event};
use crate::state::Ctx;

/// A poll that brings less than this share of what was there is not believed at once.
const SHRUNK_SHARE: f64 = 0.4;
/// Below this many records a source may well lose most of them from one day to the next.
const SHRUNK_FROM: u64 = 10;

/// Why postings are suspected or closed, in words for their history.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reasons {
    suspected: &'static str,
    closed: &'static str,
}

/// A record says so.
pub(super) const SAID: Reasons = Reasons {
    suspected: "its source calls it closed, which the next look has to confirm",
    closed: "its source says so",
};
/// A complete poll did not bring it.
const MISSING: Reasons = Reasons {
    suspected: "it was not listed at the last look",
    closed: "it is no longer listed",
};
/// Its own page is gone.
const PAGE_GONE: Reasons = Reasons {
    suspected: MISSING.suspected,
    closed: "its page is gone",
};
/// Nobody reads its source any more.
const FORGOTTEN: Reasons = Reasons {
    suspected: MISSING.suspected,
    closed: "its source was removed",
};

/// Closes what is no longer in `source` at all, because the source was removed.
///
/// # Errors
/// From the database.
pub async fn postings_forget_source(
    ctx: &Ctx,
    transaction: &Transaction,
    source: &Source,
) -> Result<u64> {
    let now = ctx.now();
    lock_event_log(transaction).await?;
    let touched = lives::forget_source(transaction, now, source.id).await?;
    let written = settle(transaction, now, &touched, FORGOTTEN).await?;
    let closed = written.closed.len() as u64;
    announce(transaction, now, &written).await?;
    Ok(closed)
}

/// Closes postings whose last day to apply has passed.
///
/// # Errors
/// From the database.
pub async fn postings_close_overdue(ctx: &Ctx) -> Result<u64> {
    const AT_ONCE: u64 = 2_000;
    let now = ctx.now();
    let mut closed = 0;
    loop {
        let transaction = ctx.db.begin().await?;
        lock_event_log(&transaction).await?;
        let ids = write::overdue(&transaction, now, AT_ONCE).await?;
        if ids.is_empty() {
            return Ok(closed);
        }
        set_closed(
            &transaction,
            now,
            &ids,
            Some(now),
            "its last day to apply has passed",
        )
        .await?;
        closed += ids.len() as u64;
        announce(
            &transaction,
            now,
            &Written {
                closed: ids,
                ..Written::default()
            },
        )
        .await?;
        transaction.commit().await?;
    }
}

/// What writing a batch did; each posting stands in one list.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) new: Vec<PostingId>,
    pub(super) changed: Vec<PostingId>,
    pub(super) closed: Vec<PostingId>,
    pub(super) reopened: Vec<PostingId>,
    pub(super) joined: u64,
    pub(super) told: usize,
}

/// Brings `touched` to what their records say: closed where none is left, suspect where only doubted ones are, else open.
pub(super) async fn settle(
    transaction: &Transaction,
    now: Timestamp,
    touched: &[PostingId],
    reasons: Reasons,
) -> Result<Written> {
    if touched.is_empty() {
        return Ok(Written::default());
    }
    let listed = listed(transaction, touched).await?;
    let overdue = write::overdue_among(transaction, now, touched).await?;
    let mut written = Written::default();
    let (mut suspected, mut cleared) = (Vec::new(), Vec::new());
    for state in posting_states(transaction, touched).await? {
        let id = state.id;
        let alive = listed.get(&id).filter(|_| !overdue.contains(&id));
        match (state.closed_at, alive, state.suspect_since) {
            (None, None, _) => written.closed.push(id),
            (Some(_), Some(None), _) => written.reopened.push(id),
            (None, Some(Some(_)), None) => suspected.push(id),
            (None, Some(None), Some(_)) => cleared.push(id),
            _ => {}
        }
    }
    set_closed(transaction, now, &written.closed, Some(now), reasons.closed).await?;
    let again = "it is listed again";
    set_closed(transaction, now, &written.reopened, None, again).await?;
    set_suspect(transaction, now, &suspected, Some(now), reasons.suspected).await?;
    set_suspect(transaction, now, &cleared, None, again).await?;
    Ok(written)
}

/// Logs what was written, if anything was.
pub(super) async fn announce(
    transaction: &Transaction,
    now: Timestamp,
    written: &Written,
) -> Result<()> {
    let Written {
        new,
        changed,
        closed,
        reopened,
        ..
    } = written;
    if [new, changed, closed, reopened]
        .into_iter()
        .all(Vec::is_empty)
    {
        return Ok(());
    }
    let (new, changed) = (new.clone(), changed.clone());
    let (closed, reopened) = (closed.clone(), reopened.clone());
    events::append(
        transaction,
        now,
        &Event::PostingsStored {
            new,
            changed,
            closed,
            reopened,
        },
    )
    .await?;
    Ok(())
}

/// Doubts what a complete poll did not bring and closes what a second one confirms, unless so much is missing that the
/// poll itself is doubted.
pub(super) async fn close_missing(
    ctx: &Ctx,
    source: &Source,
    started: Timestamp,
    completeness: Completeness,
    done: &mut Ingested,
) -> Result<()> {
    let transaction = ctx.db.begin().await?;
    lock_event_log(&transaction).await?;
    let (present, seen) = presence(&transaction, source.id, started).await?;
    let shrunk = present >= SHRUNK_FROM && (seen as f64) < present as f64 * SHRUNK_SHARE;
    if shrunk && completeness.doubted_before != Some(done.counts.found) {
        done.problems.push(RecordProblem {
            at: "the whole answer".into(),
            message: format!("Only {seen} of {present} known postings were in it. Nothing is closed until the next poll says the same."),
        });
        return Ok(());
    }
    let absent = lives::missing(&transaction, source.id, started).await?;
    let written = judge(
        ctx,
        &transaction,
        source,
        absent,
        |_| Look::Missing,
        MISSING,
    )
    .await?;
    transaction.commit().await?;
    done.counts.closed += written.closed.len() as u64;
    done.believed = true;
    Ok(())
}

/// Confirms doubts by a poll in which the source said that nothing changed since the last complete one. Gives how many
/// postings that closed.
///
/// # Errors
/// From the database.
pub async fn postings_confirm_doubts(ctx: &Ctx, source: &Source) -> Result<u64> {
    let transaction = ctx.db.begin().await?;
    lock_event_log(&transaction).await?;
    let suspects = lives::suspects(&transaction, source.id).await?;
    let again = |one: &Judged| match one.listed {
        true => Look::Missing,
        false => Look::SaidClosed,
    };
    let written = judge(ctx, &transaction, source, suspects, again, MISSING).await?;
    transaction.commit().await?;
    Ok(written.closed.len() as u64)
}

/// Closes at once the postings of a source whose own pages answered that they are gone for good. Gives how many.
///
/// # Errors
/// From the database.
pub async fn postings_close_gone(ctx: &Ctx, source: &Source, pages: &[String]) -> Result<u64> {
    if pages.is_empty() {
        return Ok(0);
    }
    let transaction = ctx.db.begin().await?;
    lock_event_log(&transaction).await?;
    let gone = lives::at_addresses(&transaction, source.id, pages).await?;
    let written = judge(
        ctx,
        &transaction,
        source,
        gone,
        |_| Look::PageGone,
        PAGE_GONE,
    )
    .await?;
    transaction.commit().await?;
    Ok(written.closed.len() as u64)
}

/// Moves on the lives of records that a poll judged without bringing them, and what follows for their postings.
async fn judge(
    ctx: &Ctx,
    transaction: &Transaction,
    source: &Source,
    records: Vec<Judged>,
    look: impl Fn(&Judged) -> Look,
    reasons: Reasons,
) -> Result<Written> {
    let now = ctx.now();
    let policy = Policy::of(source.address.kind, &ctx.config.lifecycle);
    let (mut gone, mut doubted, mut touched) = (Vec::new(), Vec::new(), Vec::new());
    for one in records {
        let look = look(&one);
        let life: Life = one.life.after(look, now, policy);
        let is_gone = life.standing == model::Standing::Closed && look != Look::SaidClosed;
        if is_gone || life != one.life {
            touched.push(one.posting);
            let moved_on = if is_gone { &mut gone } else { &mut doubted };
            moved_on.push((one.id, life));
        }
    }
    set_lives(transaction, &gone, Some(now)).await?;
    set_lives(transaction, &doubted, None).await?;
    let written = settle(transaction, now, &touched, reasons).await?;
    announce(transaction, now, &written).await?;
    Ok(written)
}
