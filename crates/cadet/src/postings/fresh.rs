//! Fresh: what appeared after a place in the event log, as documents that saved searches are asked of.
//!
//! The postings come from the database, so that the answer depends neither on how far this process's index has come, nor
//! on what it forgets: when a posting is written again, or all of them are, the index no longer knows when each appeared.

use std::collections::HashMap;

use search::{Document, Filter, Index, Request, Sort};

use super::fields::document;
use super::model::PostingId;
use super::query::PostingQuery;
use super::record::{Status, Stored};
use super::search::{filters, least_fit, query_of, refused};
use super::store::read;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::state::Ctx;

/// Events read at once.
const EVENTS_AT_ONCE: u64 = 64;
/// Postings gathered before the batch ends; one event more may come on top.
const POSTINGS_AT_ONCE: usize = 500;

/// An open posting that an event of the log made new or open again.
#[derive(Debug)]
pub struct Appeared {
    /// The event.
    pub event: i64,
    /// The posting.
    pub stored: Stored,
    /// What searches see of it.
    pub document: Document,
}

/// The open postings that some events of the log made new or open again.
#[derive(Debug)]
pub struct Fresh {
    /// The last event that was looked at; the next batch begins after it.
    pub upto: i64,
    /// Whether the log went no further.
    pub at_end: bool,
    /// In order of id.
    pub postings: Vec<Appeared>,
}

/// The next batch of what appeared after event `after`, up to event `last`.
///
/// # Errors
/// From the database.
pub async fn postings_fresh(ctx: &Ctx, after: i64, last: i64) -> Result<Fresh> {
    let mut appeared: HashMap<PostingId, i64> = HashMap::new();
    let (mut upto, mut at_end) = (after, false);
    while appeared.len() < POSTINGS_AT_ONCE && !at_end {
        let mut events = events::read_after(&ctx.db, upto, EVENTS_AT_ONCE).await?;
        events.retain(|logged| logged.id <= last);
        at_end = (events.len() as u64) < EVENTS_AT_ONCE;
        for logged in events {
            upto = logged.id;
            if let Event::PostingsStored { new, reopened, .. } = logged.event {
                appeared.extend(new.into_iter().chain(reopened).map(|id| (id, logged.id)));
            }
            if appeared.len() >= POSTINGS_AT_ONCE {
                at_end = false;
                break;
            }
        }
    }
    let ids: Vec<PostingId> = appeared.keys().copied().collect();
    let postings = documents(ctx, &ids).await?.into_iter();
    let mut postings: Vec<Appeared> = postings
        .filter(|(stored, _)| stored.status() == Status::Open)
        .map(|(stored, document)| Appeared {
            event: appeared[&stored.id],
            stored,
            document,
        })
        .collect();
    postings.sort_by_key(|one| one.stored.id);
    Ok(Fresh {
        upto,
        at_end,
        postings,
    })
}

/// Postings with what searches see of them.
async fn documents(ctx: &Ctx, ids: &[PostingId]) -> Result<Vec<(Stored, Document)>> {
    let stored = read::whole(&ctx.db, ids).await?;
    let sources = read::listed_in(&ctx.db, ids).await?;
    let with_document = |stored: Stored| {
        let listed = sources.get(&stored.id).map_or(&[][..], Vec::as_slice);
        let document = document(&stored, listed);
        (stored, document)
    };
    Ok(stored.into_iter().map(with_document).collect())
}

/// Up to `limit` open postings as searches see them, those first seen last: what is usual.
///
/// # Errors
/// From the database and the index.
pub async fn postings_sample(ctx: &Ctx, limit: usize) -> Result<Vec<Document>> {
    let open = postings_open(ctx, &PostingQuery::default(), limit).await?;
    let found = documents(ctx, &open.ids).await?;
    Ok(found.into_iter().map(|(_, document)| document).collect())
}

/// A search as an alert reads it at an instant: only what is open, and words as they are written, since what just
/// appeared is too little to judge spelling by.
#[must_use]
pub fn alert_reading(
    schema: &search::Schema,
    query: &PostingQuery,
    now: Timestamp,
) -> (search::Query, Vec<Filter>) {
    let open = PostingQuery {
        status: Some(Status::Open),
        ..query.clone()
    };
    (query_of(schema, &open, now).0, filters(&open, now))
}

/// What a search finds now, as an alert reads it.
#[derive(Debug)]
pub struct OpenNow {
    /// The open postings, the last first seen first.
    pub ids: Vec<PostingId>,
    /// How many there are in all.
    pub total: u64,
    /// What was not taken as it may have been meant.
    pub warnings: Vec<String>,
    /// Words that no posting has, each with one that may have been meant.
    pub misspelt: Vec<(String, String)>,
}

/// The open postings that a search finds now, at most `limit`.
///
/// # Errors
/// From the index.
pub async fn postings_open(ctx: &Ctx, query: &PostingQuery, limit: usize) -> Result<OpenNow> {
    let (index, now) = (ctx.index.engine().clone(), ctx.now());
    let fits = match query.fit {
        Some(_) => ctx.fit.column(ctx).await?,
        None => None,
    };
    let fit = least_fit(query, fits.as_ref());
    let query = query.clone();
    tokio::task::spawn_blocking(move || open_now(&index, &query, fit, now, limit))
        .await
        .map_err(Error::internal)?
}

fn open_now(
    index: &Index,
    query: &PostingQuery,
    fit: Option<Filter>,
    now: Timestamp,
    limit: usize,
) -> Result<OpenNow> {
    let mut request = all_open(index, query, now, limit);
    request.filters.extend(fit);
    let page = index.search(&request).map_err(refused)?;
    (request.correct, request.limit) = (true, 0);
    let misspelt = index.search(&request).map_err(refused)?.corrections;
    let (_, warnings) = query_of(index.schema(), query, now);
    let ids = page.hits.iter();
    Ok(OpenNow {
        ids: ids
            .filter_map(|hit| i64::try_from(hit.id).ok().map(PostingId))
            .collect(),
        total: page.total,
        warnings: warnings.iter().map(ToString::to_string).collect(),
        misspelt,
    })
}

fn all_open(index: &Index, query: &PostingQuery, now: Timestamp, limit: usize) -> Request {
    let (asked, filters) = alert_reading(index.schema(), query, now);
    let mut request = Request::new(asked);
    request.filters = filters;
    request.sort = Sort::Field {
        name: "seen".into(),
        descending: true,
    };
    request.limit = limit;
    request.correct = false;
    request
}
