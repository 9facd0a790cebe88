//! Plan: which posting each record of a batch belongs to, and what is to be written. Joins the records of one posting.

use std::collections::{HashMap, HashSet};

use super::lifecycle::model::{Life, Look, Policy};
use super::merge::{Changes, Merged, merge};
use super::model::{NormalPosting, PostingId};
use super::packing::alone;
use super::prepare::Prepared;
use super::sources::model::{Listing, Source};
use super::store::sightings::{FormerText, SightingRow};
use super::store::texts::Replaced;
use super::store::write::{PostingRow, Standing, new_ids, postings_by_key, standing};
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::error::{Error, Result};

/// What is to be written for a batch.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) new: Vec<PostingRow>,
    pub(super) updated: Vec<(PostingRow, Changes)>,
    pub(super) sightings: Vec<SightingRow>,
    pub(super) replaced: Vec<Replaced>,
    /// Texts that the stored records of a posting may be packed against, and that it has no more.
    pub(super) former: Vec<FormerText>,
    pub(super) joined: u64,
}

/// Finds for each record the posting that it belongs to, and joins the records of one posting.
pub(super) async fn plan(
    transaction: &Transaction,
    source: &Source,
    policy: Policy,
    now: Timestamp,
    prepared: Vec<Prepared>,
) -> Result<Plan> {
    let keys: Vec<String> = prepared
        .iter()
        .flat_map(|one| one.posting.keys.iter().cloned())
        .collect::<HashSet<_>>()
        .into_iter()
        .collect();
    let mut by_key = postings_by_key(transaction, &keys).await?;
    let belongs = |one: &Prepared, by_key: &HashMap<String, PostingId>| {
        one.record.known.map(|known| known.posting).or_else(|| {
            one.posting
                .keys
                .iter()
                .find_map(|key| by_key.get(key).copied())
        })
    };
    let strangers = prepared
        .iter()
        .filter(|one| belongs(one, &by_key).is_none())
        .count();
    let mut free = new_ids(transaction, strangers).await?.into_iter();
    let standing_ids: Vec<PostingId> = prepared
        .iter()
        .filter_map(|one| belongs(one, &by_key))
        .collect::<HashSet<_>>()
        .into_iter()
        .collect();
    let standings = standing(transaction, &standing_ids).await?;
    let mut draft = Draft {
        source,
        policy,
        now,
        standings,
        new: HashMap::new(),
        order: Vec::new(),
        updated: HashMap::new(),
        sightings: Vec::with_capacity(prepared.len()),
        replaced: Vec::new(),
        joined: 0,
    };
    for one in prepared {
        let id = match belongs(&one, &by_key) {
            Some(id) => id,
            None => free.next().ok_or_else(|| {
                Error::internal("fewer posting numbers were reserved than are needed")
            })?,
        };
        for key in &one.posting.keys {
            by_key.entry(key.clone()).or_insert(id);
        }
        draft.add(id, one)?;
    }
    Ok(draft.finish())
}

/// Postings being joined, while a batch is planned.
struct Draft<'a> {
    source: &'a Source,
    policy: Policy,
    now: Timestamp,
    standings: HashMap<PostingId, Standing>,
    new: HashMap<PostingId, PostingRow>,
    order: Vec<PostingId>,
    updated: HashMap<PostingId, (PostingRow, Changes)>,
    /// Each packed alone or against the text of its posting's row.
    sightings: Vec<SightingRow>,
    replaced: Vec<Replaced>,
    joined: u64,
}

impl Draft<'_> {
    /// Joins one record into the posting `id`.
    fn add(&mut self, id: PostingId, mut one: Prepared) -> Result<()> {
        let rank = self.rank(&one.posting);
        let life = self.life(&one);
        let mut sighting = sighting_row(id, &mut one, life)?;
        let joins = one.record.known.is_none();
        if let Some(row) = self.new.get_mut(&id) {
            join(row, &one.posting, rank, &mut self.sightings, &mut sighting)?;
            if one.record.raw.listing == Listing::Open {
                row.closed_at = closed_from_start(&row.posting, Listing::Open, self.now);
            }
            self.joined += 1;
        } else if let Some((row, changes)) = self.updated.get_mut(&id) {
            let merged = join(row, &one.posting, rank, &mut self.sightings, &mut sighting)?;
            changes.extend(told(joins, merged));
        } else if let Some(before) = self.standings.get(&id) {
            let merged = merge(&before.posting, before.rank, &one.posting, rank);
            stand_alone(&mut sighting, &one.posting, &merged.posting)?;
            self.replaced.extend(replaced(id, before, &merged, joins));
            let row = PostingRow {
                id,
                posting: merged.posting,
                rank: merged.rank,
                closed_at: before.closed_at,
            };
            self.updated.insert(id, (row, told(joins, merged.changes)));
            self.joined += u64::from(joins);
        } else {
            let closed_at = closed_from_start(&one.posting, one.record.raw.listing, self.now);
            self.order.push(id);
            self.new.insert(
                id,
                PostingRow {
                    id,
                    posting: one.posting,
                    rank,
                    closed_at,
                },
            );
        }
        self.sightings.push(sighting);
        Ok(())
    }

    /// The record's life after this look.
    fn life(&self, one: &Prepared) -> Life {
        let look = Look::from(one.record.raw.listing);
        match one.record.known {
            Some(known) => known.life.after(look, self.now, self.policy),
            None => Life::begin(look, self.now),
        }
    }

    /// A source that gives the text is trusted a little more than its equal that does not.
    fn rank(&self, posting: &NormalPosting) -> i32 {
        self.source.address.kind.rank()
            + i32::from(!posting.description_text.is_empty() && !posting.has_excerpt())
    }

    fn finish(mut self) -> Plan {
        let new = self
            .order
            .iter()
            .filter_map(|id| self.new.remove(id))
            .collect();
        let mut updated: Vec<_> = self.updated.into_values().collect();
        updated.sort_by_key(|(row, _)| row.id);
        let former = updated
            .iter()
            .filter_map(|(row, _)| former(row, &self.standings))
            .collect();
        Plan {
            new,
            updated,
            sightings: self.sightings,
            replaced: self.replaced,
            former,
            joined: self.joined,
        }
    }
}

/// What is told as a change of the posting: a record that joins it only makes it better known.
fn told(joins: bool, changes: Changes) -> Changes {
    if joins { Changes::new() } else { changes }
}

/// The text that a change replaces, if one does that is told.
fn replaced(id: PostingId, before: &Standing, merged: &Merged, joins: bool) -> Option<Replaced> {
    let text = &before.posting.description_text;
    (!joins && !text.is_empty() && merged.changes.contains_key("description")).then(|| Replaced {
        posting: id,
        html: before.posting.description_html.clone(),
        text: text.clone(),
    })
}

/// The text of a posting before a change that replaces it.
fn former(row: &PostingRow, standings: &HashMap<PostingId, Standing>) -> Option<FormerText> {
    let before = &standings.get(&row.id)?.posting.description_html;
    (*before != row.posting.description_html).then(|| FormerText {
        posting: row.id,
        html: before.clone(),
    })
}

/// Packs the record of `own` alone if its posting is stored with another text.
fn stand_alone(row: &mut SightingRow, own: &NormalPosting, stored: &NormalPosting) -> Result<()> {
    if own.description_html != stored.description_html
        && let Some(packed) = alone(&row.raw, &own.description_html)?
    {
        row.raw = packed;
    }
    Ok(())
}

/// Joins `new`, of which `record` tells, into a posting that this batch writes already. Of its records, those in `earlier`
/// and the new one, the ones whose text it does not keep are packed alone.
fn join(
    row: &mut PostingRow,
    new: &NormalPosting,
    rank: i32,
    earlier: &mut [SightingRow],
    record: &mut SightingRow,
) -> Result<Changes> {
    let merged = merge(&row.posting, row.rank, new, rank);
    for one in earlier.iter_mut().filter(|one| one.posting == row.id) {
        stand_alone(one, &row.posting, &merged.posting)?;
    }
    stand_alone(record, new, &merged.posting)?;
    row.posting = merged.posting;
    row.rank = merged.rank;
    Ok(merged.changes)
}

fn closed_from_start(
    posting: &NormalPosting,
    listing: Listing,
    now: Timestamp,
) -> Option<Timestamp> {
    let overdue = posting.closes_at().is_some_and(|at| at < now);
    (overdue || listing != Listing::Open).then_some(now)
}

/// Takes what only the record's row needs.
fn sighting_row(id: PostingId, one: &mut Prepared, life: Life) -> Result<SightingRow> {
    Ok(SightingRow {
        known: one.record.known.map(|known| known.id),
        posting: id,
        external_id: std::mem::take(&mut one.record.raw.external_id),
        url: one.posting.url.clone(),
        title: one.posting.title.clone(),
        company: one.posting.company.clone(),
        locations: serde_json::to_string(&one.posting.locations).map_err(Error::internal)?,
        content_hash: one.record.content_hash,
        listing: one.record.raw.listing,
        life,
        raw: std::mem::take(&mut one.packed),
    })
}
