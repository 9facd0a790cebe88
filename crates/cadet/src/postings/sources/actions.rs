//! What one can do with sources.

use std::collections::BTreeMap;

use jobs::NewJob;
use serde::Serialize;
use utoipa::ToSchema;

use super::connector::connector;
use super::detect::{Candidate, detect};
use super::examination::{POLLS_JUDGED, source_judge};
use super::health::{Finding, Notice};
use super::model::{
    Poll, RecordProblem, Source, SourceAddress, SourceError, SourceErrorKind, SourceId, SourceState,
};
use super::schedule::{Rhythm, rhythm};
use super::store::{self, health};
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::state::{Actor, Ctx};

/// Polls shown with a source.
const POLLS_SHOWN: usize = 30;
/// Notices shown with a source.
const NOTICES_SHOWN: u64 = 20;
/// Examples shown by a check.
const EXAMPLES: usize = 5;

/// A source that was added.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Added {
    /// The source.
    pub source: Source,
    /// Whether it is new; else it was there already.
    pub new: bool,
    /// Why the input was taken to mean it.
    pub why: String,
    /// What else the input may mean.
    pub others: Vec<SourceAddress>,
}

/// A source with its last polls.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SourceDetail {
    /// The source.
    #[serde(flatten)]
    pub source: Source,
    /// What to do about its last failure, if anything.
    pub advice: Option<String>,
    /// What is wrong with it, and what was lately; what is still so first.
    pub notices: Vec<Notice>,
    /// How often it is looked at, and why.
    pub rhythm: Rhythm,
    /// Its polls, newest first.
    pub polls: Vec<Poll>,
}

/// What reading a source gives, without storing anything.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Checked {
    /// What was read.
    pub address: SourceAddress,
    /// Records that could be read.
    pub found: usize,
    /// Whether the answer was whole.
    pub complete: bool,
    /// Titles of the first records.
    pub examples: Vec<String>,
    /// Records that could not be read.
    pub problems: Vec<RecordProblem>,
    /// What is wrong, compared with what the source brought before; nothing for one that is not added.
    pub findings: Vec<Finding>,
}

/// Works out what `input` means and adds it as a source.
///
/// # Errors
/// [`Error::Source`] when nothing is found there; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn source_add(ctx: &Ctx, input: &str, name: Option<&str>) -> Result<Added> {
    ctx.require_admin()?;
    let mut candidates = detect(&ctx.fetch, input)
        .await
        .map_err(Box::new)?
        .into_iter();
    let Some(first) = candidates.next() else {
        return Err(Error::invalid_field("address", "Nothing was found there."));
    };
    let others = candidates.map(|candidate| candidate.address).collect();
    source_add_candidate(ctx, first, name, others).await
}

/// Adds a source that is known to be meant, such as one of several candidates.
///
/// # Errors
/// [`Error::Forbidden`] for whoever may not; from the database.
pub async fn source_add_candidate(
    ctx: &Ctx,
    candidate: Candidate,
    name: Option<&str>,
    others: Vec<SourceAddress>,
) -> Result<Added> {
    ctx.require_admin()?;
    let now = ctx.now();
    let shown = name
        .map(str::to_owned)
        .or(candidate.name)
        .unwrap_or_else(|| candidate.address.address.clone());
    let added_by = match ctx.actor() {
        Actor::Person { account, .. } => Some(account.0),
        Actor::System | Actor::Nobody => None,
    };
    let transaction = ctx.db.begin().await?;
    let (id, new) = store::insert(
        &transaction,
        now,
        &candidate.address,
        &shown,
        added_by,
        ctx.config.work.poll_minutes,
    )
    .await?;
    transaction.commit().await?;
    Ok(Added {
        source: store::get(&ctx.db, id).await?,
        new,
        why: candidate.why,
        others,
    })
}

/// Every source.
///
/// # Errors
/// From the database.
pub async fn source_list(ctx: &Ctx) -> Result<Vec<Source>> {
    store::list(&ctx.db).await
}

/// One source with its last polls.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn source_show(ctx: &Ctx, id: SourceId) -> Result<SourceDetail> {
    let source = store::get(&ctx.db, id).await?;
    if source.state == SourceState::Removed {
        return Err(Error::not_found("source", id));
    }
    let mut polls = store::polls(&ctx.db, id, POLLS_JUDGED).await?;
    let rhythm = rhythm(&source, &polls);
    polls.truncate(POLLS_SHOWN);
    Ok(SourceDetail {
        advice: source.last_error.as_ref().map(advice),
        notices: health::notices(&ctx.db, id, NOTICES_SHOWN).await?,
        rhythm,
        source,
        polls,
    })
}

/// Reads a source, or whatever `input` means, without storing anything.
///
/// # Errors
/// [`Error::Source`] when it cannot be read; [`Error::Forbidden`] for whoever may not.
pub async fn source_check(ctx: &Ctx, input: &str) -> Result<Checked> {
    ctx.require_admin()?;
    let known = match input.parse::<i64>() {
        Ok(id) => Some(store::get(&ctx.db, SourceId(id)).await?),
        Err(_) => None,
    };
    let address = match &known {
        Some(source) => source.address.clone(),
        None => {
            let found = detect(&ctx.fetch, input)
                .await
                .map_err(Box::new)?
                .into_iter()
                .next();
            found
                .ok_or_else(|| Error::invalid_field("address", "Nothing was found there."))?
                .address
        }
    };
    let started_at = ctx.now();
    let fetched = connector(address.kind)
        .fetch(&ctx.fetch, &address, None)
        .await
        .map_err(Box::new)?;
    let findings = match &known {
        Some(source) => source_judge(ctx, source, started_at, &fetched).await?,
        None => Vec::new(),
    };
    Ok(Checked {
        findings,
        found: fetched.postings.len(),
        complete: fetched.complete,
        examples: fetched
            .postings
            .iter()
            .take(EXAMPLES)
            .map(|raw| raw.title.clone())
            .collect(),
        problems: fetched.problems,
        address,
    })
}

/// What is wrong with sources that are polled, by source.
///
/// # Errors
/// From the database.
pub async fn source_notices(ctx: &Ctx) -> Result<BTreeMap<SourceId, Vec<Notice>>> {
    let mut by_source: BTreeMap<SourceId, Vec<Notice>> = BTreeMap::new();
    for stored in health::open_notices(&ctx.db).await? {
        let notices = by_source.entry(stored.source).or_default();
        notices.push(stored.notice);
    }
    Ok(by_source)
}

/// Stops polling a source until it is resumed, or resumes it.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn source_pause(ctx: &Ctx, id: SourceId, paused: bool) -> Result<Source> {
    ctx.require_admin()?;
    source_show(ctx, id).await?;
    let state = if paused {
        SourceState::Paused
    } else {
        SourceState::Active
    };
    let transaction = ctx.db.begin().await?;
    store::set_state(&transaction, ctx.now(), id, state).await?;
    transaction.commit().await?;
    store::get(&ctx.db, id).await
}

/// Asks for a poll of a source now. It is done in the background, at most once at a time.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is paused; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn source_poll_now(ctx: &Ctx, id: SourceId) -> Result<()> {
    ctx.require_admin()?;
    let source = source_show(ctx, id).await?.source;
    if source.state != SourceState::Active {
        let message = format!("{} is paused. Resume it to poll it.", source.name);
        return Err(Error::Conflict(message));
    }
    let job = NewJob::new(kind::SOURCE_POLL, &id)?
        .max_attempts(1)
        .unique(id.to_string())?;
    jobs::enqueue(ctx.db.pool(), ctx.now().0, &job).await?;
    ctx.queue.wake();
    Ok(())
}

/// A source that was removed, so that one can be told and take it back; nothing for any other.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn source_removed(ctx: &Ctx, id: SourceId) -> Result<Option<Source>> {
    let source = store::get(&ctx.db, id).await?;
    Ok(Some(source).filter(|source| source.state == SourceState::Removed))
}

/// Takes back that a source was removed.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn source_restore(ctx: &Ctx, id: SourceId) -> Result<Source> {
    ctx.require_admin()?;
    let source = store::get(&ctx.db, id).await?;
    if source.state == SourceState::Removed {
        // Adding it anew makes the next poll read all of it, which opens its postings again.
        let transaction = ctx.db.begin().await?;
        store::insert(
            &transaction,
            ctx.now(),
            &source.address,
            &source.name,
            None,
            source.poll_minutes,
        )
        .await?;
        transaction.commit().await?;
        source_poll_now(ctx, id).await?;
    }
    store::get(&ctx.db, id).await
}

/// What a person can do about a failure that does not mend itself.
#[must_use]
pub fn advice(error: &SourceError) -> String {
    let text = match error.kind {
        SourceErrorKind::NotFound => {
            "The board is gone or was renamed. Look for the employer's career page and add it anew; then remove this source."
        }
        SourceErrorKind::Denied => {
            "The site turns programs away. Cadet does not get around that; remove the source, or use the site's alert mails."
        }
        SourceErrorKind::Robots => {
            "The site asks programs not to read this. Cadet obeys; remove the source."
        }
        SourceErrorKind::PrivateAddress => {
            "The address is on a private network. If that is meant, the operator allows it with fetch.allow_private."
        }
        SourceErrorKind::RateLimited => {
            "The site asks for fewer requests. Cadet waits and tries again by itself."
        }
        SourceErrorKind::BadAddress | SourceErrorKind::File => {
            "Check the address or the file, and add the source anew."
        }
        SourceErrorKind::Malformed => {
            "The answer is not what this kind of source gives. It may be down for maintenance; if it lasts, check it with `cadet source check`."
        }
        SourceErrorKind::TooLarge => "The answer is larger than fetch.max_body_mib allows.",
        SourceErrorKind::Redirects | SourceErrorKind::UnexpectedStatus => {
            "The site answers strangely. If it lasts, look at it in a browser and add its new address."
        }
        SourceErrorKind::Unreachable
        | SourceErrorKind::Timeout
        | SourceErrorKind::ServerError
        | SourceErrorKind::Truncated => {
            "The site does not answer as it should. Cadet tries again by itself."
        }
    };
    text.to_owned()
}
