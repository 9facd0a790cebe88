//! Fresh: what appeared after a place in the event log, and which of it a search finds.
//!
//! The postings come from the database and stand in a small index of their own, so that the answer depends neither on how
//! far this process's index has come, nor on what it forgets: when a posting is written again, or all of them are, the
//! big index no longer knows when each appeared.

use std::collections::HashMap;

use search::{Index, Request, Sort};

use super::fields::{document, schema};
use super::model::PostingId;
use super::query::PostingQuery;
use super::record::{Status, Stored};
use super::search::{filters, query_of, refused};
use super::store::read;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::state::Ctx;

/// Events read at once.
const EVENTS_AT_ONCE: u64 = 64;
/// Postings gathered before the batch ends; one event more may come on top.
const POSTINGS_AT_ONCE: usize = 500;

/// The open postings that some events of the log made new or open again.
#[derive(Debug)]
pub struct Fresh {
    /// The last event that was looked at; the next batch begins after it.
    pub upto: i64,
    /// Whether the log went no further.
    pub at_end: bool,
    postings: HashMap<PostingId, (i64, Stored)>,
    index: Option<Index>,
}

/// The next batch of what appeared after event `after`, up to event `last`.
///
/// # Errors
/// From the database; [`Error::Internal`] when the engine refuses.
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
    let postings: HashMap<PostingId, (i64, Stored)> = read::whole(&ctx.db, &ids)
        .await?
        .into_iter()
        .filter(|stored| stored.status() == Status::Open)
        .map(|stored| (stored.id, (appeared[&stored.id], stored)))
        .collect();
    let index = match postings.is_empty() {
        true => None,
        false => Some(small_index(ctx, &postings).await?),
    };
    Ok(Fresh {
        upto,
        at_end,
        postings,
        index,
    })
}

async fn small_index(ctx: &Ctx, postings: &HashMap<PostingId, (i64, Stored)>) -> Result<Index> {
    let ids: Vec<PostingId> = postings.keys().copied().collect();
    let sources = read::listed_in(&ctx.db, &ids).await?;
    let documents: Vec<_> = postings
        .values()
        .map(|(_, stored)| {
            let listed = sources.get(&stored.id).map_or(&[][..], Vec::as_slice);
            document(stored, listed)
        })
        .collect();
    let fill = move || -> Result<Index, search::Error> {
        let index = Index::in_memory(schema())?;
        index.put(documents)?;
        index.commit(0)?;
        Ok(index)
    };
    tokio::task::spawn_blocking(fill)
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)
}

impl Fresh {
    /// Those that `query` finds and that appeared after event `after`, in order of id. Words are taken as they are
    /// written: a batch holds too few to judge spelling by.
    ///
    /// # Errors
    /// [`Error::Internal`] when the engine refuses.
    pub fn matching(
        &self,
        query: &PostingQuery,
        after: i64,
        now: Timestamp,
    ) -> Result<Vec<&Stored>> {
        let Some(index) = &self.index else {
            return Ok(Vec::new());
        };
        let request = all_open(index, query, now, self.postings.len());
        let hits = index.search(&request).map_err(refused)?.hits;
        let mut found: Vec<&Stored> = hits
            .iter()
            .filter_map(|hit| self.postings.get(&PostingId(i64::try_from(hit.id).ok()?)))
            .filter(|(event, _)| *event > after)
            .map(|(_, stored)| stored)
            .collect();
        found.sort_by_key(|stored| stored.id);
        Ok(found)
    }
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
    let query = query.clone();
    tokio::task::spawn_blocking(move || open_now(&index, &query, now, limit))
        .await
        .map_err(Error::internal)?
}

fn open_now(index: &Index, query: &PostingQuery, now: Timestamp, limit: usize) -> Result<OpenNow> {
    let mut request = all_open(index, query, now, limit);
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
    let open = PostingQuery {
        status: Some(Status::Open),
        ..query.clone()
    };
    let mut request = Request::new(query_of(index.schema(), &open, now).0);
    request.filters = filters(&open, now);
    request.sort = Sort::Field {
        name: "seen".into(),
        descending: true,
    };
    request.limit = limit;
    request.correct = false;
    request
}
