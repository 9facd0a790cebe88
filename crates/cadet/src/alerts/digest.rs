//! What a delivery tells: the postings with what a candidate asks first. The same for mail, webhook, feed and pages.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Delivery, Match, SavedSearch};
use super::store::matches;
use super::words::{describe, one_line, shortened};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::postings::facts;
use crate::postings::index::term_label;
use crate::postings::model::{PostingId, Workplace};
use crate::postings::record::{Status, Stored};
use crate::postings::store::read;
use crate::state::Ctx;

/// Postings told of in one delivery at most; of the others only the number is told.
pub const MOST: u64 = 50;
/// Places of one posting that are told.
const PLACES: usize = 5;

/// A posting that a saved search found, with what a candidate asks first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MatchRecord {
    /// The match's number; grows in the order of finding.
    pub id: i64,
    /// The posting's id.
    pub posting_id: PostingId,
    /// Title, on one line.
    pub title: String,
    /// Employer, on one line.
    pub company: String,
    /// Places in words: `Berlin; Remote`.
    pub place: String,
    /// Terms in words: `Summer 2027`.
    pub term: String,
    /// Pay in words: `EUR 1200 a month`.
    pub pay: String,
    /// Open or closed by now.
    pub status: Status,
    /// Last day to apply, if it is known.
    pub deadline: Option<Timestamp>,
    /// Why it matched.
    pub reasons: Vec<String>,
    /// When it was found.
    pub matched_at: Timestamp,
    /// Whether it was handed over for delivery.
    pub handed_over: bool,
    /// Its page in this Cadet.
    pub url: String,
    /// Where to apply.
    pub apply_url: String,
}

impl MatchRecord {
    fn new(one: &Match, stored: Stored, url: String) -> Self {
        let status = stored.status();
        let posting = stored.posting;
        let terms: Vec<String> = posting
            .facts
            .terms
            .iter()
            .map(|fact| term_label(&fact.value))
            .collect();
        let pay = posting
            .pay
            .as_ref()
            .or(posting.facts.pay.as_ref().map(|fact| &fact.value));
        let places = posting.locations.iter().map(|place| place.text.as_str());
        Self {
            id: one.id,
            posting_id: one.posting,
            title: shortened(&one_line(&posting.title), 200),
            company: shortened(&one_line(&posting.company), 100),
            place: place_words(places.collect(), posting.workplace),
            term: terms.join(", "),
            pay: pay.map_or_else(String::new, facts::pay),
            status,
            deadline: posting.deadline.map(|dated| dated.at),
            reasons: one.reasons.clone(),
            matched_at: one.matched_at,
            handed_over: one.handed_over,
            url,
            apply_url: posting.apply_url,
        }
    }

    /// Place, term, pay and last day, as far as they are known: `Berlin · Summer 2027 · apply until 2027-01-31`.
    #[must_use]
    pub fn facts_line(&self) -> String {
        let until = self.deadline.map_or_else(String::new, |at| {
            format!("apply until {}", at.date_string())
        });
        let closed = match self.status {
            Status::Open => "",
            Status::Closed => "closed by now",
        };
        let parts = [
            &self.place,
            &self.term,
            &self.pay,
            &until,
            &closed.to_owned(),
        ];
        let known: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        known.join(" \u{b7} ")
    }
}

fn place_words(places: Vec<&str>, workplace: Option<Workplace>) -> String {
    let mut words: Vec<String> = places
        .iter()
        .take(PLACES)
        .map(|text| one_line(text))
        .collect();
    if places.len() > PLACES {
        words.push(format!("{} more", places.len() - PLACES));
    }
    let all = words.join("; ");
    match workplace {
        Some(Workplace::Remote) if !all.to_lowercase().contains("remote") && all.is_empty() => {
            "remote".to_owned()
        }
        Some(Workplace::Remote) if !all.to_lowercase().contains("remote") => {
            format!("{all} (remote)")
        }
        Some(Workplace::Hybrid) if !all.is_empty() => format!("{all} (hybrid)"),
        _ => all,
    }
}

/// Matches with their postings, in the order given; postings that are gone are left out.
///
/// # Errors
/// From the database.
pub async fn records(ctx: &Ctx, found: &[Match]) -> Result<Vec<MatchRecord>> {
    let mut postings = postings(&ctx.db, found).await?;
    let server = &ctx.config.server;
    Ok(found
        .iter()
        .filter_map(|one| {
            let stored = postings.remove(&one.posting)?;
            let url = server.url(&format!("/postings/{}", one.posting));
            Some(MatchRecord::new(one, stored, url))
        })
        .collect())
}

async fn postings(db: &Db, found: &[Match]) -> Result<HashMap<PostingId, Stored>> {
    let ids: Vec<PostingId> = found.iter().map(|one| one.posting).collect();
    let stored = read::lean(db, &ids).await?;
    Ok(stored.into_iter().map(|one| (one.id, one)).collect())
}

/// All that a delivery tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The saved search's name, on one line.
    pub name: String,
    /// What it searches for, in words.
    pub words: String,
    /// Its page.
    pub url: String,
    /// How many postings there are.
    pub total: u64,
    /// The first of them.
    pub items: Vec<MatchRecord>,
    /// Where mail for this alert is turned off.
    pub unsubscribe_url: String,
    /// The delivery's number.
    pub number: i64,
    /// When the delivery was made.
    pub created_at: Timestamp,
}

impl Digest {
    /// What a delivery tells.
    ///
    /// # Errors
    /// From the database.
    pub async fn of(ctx: &Ctx, search: &SavedSearch, delivery: &Delivery) -> Result<Self> {
        let found = match delivery.posting_count {
            0 => Vec::new(),
            _ => matches::of_delivery(&ctx.db, delivery.batch, MOST).await?,
        };
        let server = &ctx.config.server;
        Ok(Self {
            name: one_line(&search.name),
            words: one_line(&describe(&search.query)),
            url: server.url(&search.path()),
            total: delivery.posting_count.into(),
            items: records(ctx, &found).await?,
            unsubscribe_url: server.url(&format!("/unsubscribe/{}", search.unsubscribe_token)),
            number: delivery.id.0,
            created_at: delivery.created_at,
        })
    }

    /// Whether it is a test, which tells of no posting.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.total == 0
    }

    /// How many postings there are beyond those told of.
    #[must_use]
    pub fn more(&self) -> u64 {
        self.total.saturating_sub(self.items.len() as u64)
    }

    /// What it is about, on one line: the posting, or how many there are.
    #[must_use]
    pub fn subject(&self) -> String {
        match self.items.as_slice() {
            _ if self.is_test() => format!("Test of your alert: {}", self.name),
            [only] if self.total == 1 => shortened(
                &format!("{} at {} ({})", only.title, only.company, self.name),
                150,
            ),
            _ => format!("{} new: {}", self.total, self.name),
        }
    }
}
