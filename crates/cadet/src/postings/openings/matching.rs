//! Matching: what the event log says is new or changed is compared with what is alike, and put into openings.
//!
//! Any number of processes may do this at once. What a batch of events gives commits together with how far the log was
//! compared, and whoever finds that somebody else was faster begins anew behind that.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use rayon::prelude::*;

use super::features::{Described, Features};
use super::model::Link;
use super::partition::{Pair, partition};
use super::score::{conflict, judge_same};
use super::store::{compared, decisions, groups};
use crate::clock::Timestamp;
use crate::db::{Transaction, lock_event_log};
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::postings::model::PostingId;
use crate::postings::record::Stored;
use crate::postings::store::read;
use crate::state::Ctx;

/// Events read at once.
const EVENTS_AT_ONCE: u64 = 16;
/// Postings gathered before the batch ends; one event more may come on top. Their keys stand at random places of a large
/// index, and what is alike is looked up again for each batch: the more at once, the fewer pages each of them costs.
const POSTINGS_AT_ONCE: usize = 5_000;
/// Postings whose texts are in memory at once, twice: some are described while the next are read.
const DESCRIBED_AT_ONCE: usize = 500;
/// Postings under one key; the oldest make room. What is alike so often is linked to the newest of its kind.
const UNDER_A_KEY: usize = 16;
/// Postings that one is compared with, those that share the most keys first.
const CANDIDATES: usize = 24;
/// Links kept of one posting, the surest; the others follow from them.
const LINKS: usize = 4;

/// What is compared of postings, by their numbers.
type Compared = HashMap<PostingId, Features>;

/// Compares what is new in the event log, to its end. Gives the last event that was looked at: every posting that the log
/// tells of up to there has its opening.
///
/// # Errors
/// From the database.
pub async fn openings_match(ctx: &Ctx) -> Result<i64> {
    loop {
        let from = compared::position(&ctx.db).await?;
        let (ids, to) = gather(ctx, from).await?;
        if to == from {
            return Ok(from);
        }
        let described = describe(ctx, &ids).await?;
        let transaction = ctx.db.begin().await?;
        lock_event_log(&transaction).await?;
        if !compared::advance(&transaction, from, to).await? {
            continue;
        }
        let moved = compare(&transaction, ctx.now(), described).await?;
        tell(&transaction, ctx.now(), moved).await?;
        transaction.commit().await?;
        ctx.index.nudge();
    }
}

/// Logs whose opening changed, if anybody's did.
///
/// # Errors
/// From the database.
pub async fn tell(
    transaction: &Transaction,
    now: Timestamp,
    moved: BTreeSet<PostingId>,
) -> Result<()> {
    if !moved.is_empty() {
        let ids = moved.into_iter().collect();
        events::append(transaction, now, &Event::OpeningsChanged { ids }).await?;
    }
    Ok(())
}

/// The postings to compare behind event `from`, each once, and the last event that was looked at.
async fn gather(ctx: &Ctx, from: i64) -> Result<(Vec<PostingId>, i64)> {
    let (mut ids, mut to) = (BTreeSet::new(), from);
    while ids.len() < POSTINGS_AT_ONCE {
        let events = events::read_after(&ctx.db, to, EVENTS_AT_ONCE).await?;
        if events.is_empty() {
            break;
        }
        for logged in events {
            to = logged.id;
            // What opened again may have changed with that.
            if let Event::PostingsStored {
                new,
                changed,
                reopened,
                ..
            } = logged.event
            {
                ids.extend([new, changed, reopened].into_iter().flatten());
            }
            if ids.len() >= POSTINGS_AT_ONCE {
                break;
            }
        }
    }
    Ok((ids.into_iter().collect(), to))
}

/// What is compared of postings, in order of their numbers.
async fn describe(ctx: &Ctx, ids: &[PostingId]) -> Result<Vec<(PostingId, Described)>> {
    let parts: Vec<_> = ids
        .chunks(DESCRIBED_AT_ONCE)
        .map(|part| describe_part(ctx, part))
        .collect();
    stream::iter(parts).buffered(2).try_concat().await
}

/// The same of so many as fit into memory, computed on all cores.
async fn describe_part(ctx: &Ctx, ids: &[PostingId]) -> Result<Vec<(PostingId, Described)>> {
    let stored = read::whole(&ctx.db, ids).await?;
    let lists = read::listed_in(&ctx.db, ids).await?;
    let work = move || {
        let describe = |one: &Stored| {
            let mut lists = lists.get(&one.id).cloned().unwrap_or_default();
            lists.sort_unstable();
            lists.dedup();
            (
                one.id,
                Described::of(&one.posting, one.first_seen_at, lists),
            )
        };
        stored.par_iter().map(describe).collect()
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)
}

/// Compares postings with what is alike among them and among those that were compared before, in order of their numbers.
/// Gives the postings of openings that changed.
///
/// # Errors
/// From the database.
pub async fn compare(
    transaction: &Transaction,
    now: Timestamp,
    batch: Vec<(PostingId, Described)>,
) -> Result<BTreeSet<PostingId>> {
    let rows: Vec<_> = batch.iter().map(|(id, one)| (*id, &one.features)).collect();
    let known = compared::write_features(transaction, &rows).await?;
    let known: Vec<PostingId> = known.into_iter().collect();
    let mut affected = groups::forget_links(transaction, &known).await?;
    affected.extend(known);
    let (links, compared) = find(transaction, batch).await?;
    groups::insert_links(transaction, now, &links).await?;
    affected.extend(
        links
            .iter()
            .flat_map(|link| [link.pair.first, link.pair.second]),
    );
    regroup_known(transaction, &affected, compared).await
}

/// Finds what each posting of the batch is one opening with, and puts the batch under its keys. Gives what was compared,
/// too.
async fn find(
    transaction: &Transaction,
    batch: Vec<(PostingId, Described)>,
) -> Result<(Vec<Link>, Compared)> {
    let bands: BTreeSet<i64> = batch
        .iter()
        .flat_map(|(_, one)| one.bands.iter().copied())
        .collect();
    let bands: Vec<i64> = bands.into_iter().collect();
    let mut shelves = Shelves::of(compared::under(transaction, &bands).await?);
    let wanted: Vec<(PostingId, Vec<PostingId>)> = batch
        .iter()
        .map(|(id, one)| (*id, shelves.put(*id, &one.bands)))
        .collect();
    compared::write_bands(transaction, &shelves.take_new(), &shelves.gone).await?;
    let own: HashSet<PostingId> = batch.iter().map(|(id, _)| *id).collect();
    let others: BTreeSet<PostingId> = wanted
        .iter()
        .flat_map(|(_, candidates)| candidates.iter().copied())
        .filter(|id| !own.contains(id))
        .collect();
    let others: Vec<PostingId> = others.into_iter().collect();
    let mut features = compared::features(transaction, &others).await?;
    features.extend(batch.into_iter().map(|(id, one)| (id, one.features)));
    tokio::task::spawn_blocking(move || (judged(&wanted, &features), features))
        .await
        .map_err(Error::internal)
}

/// The surest links of each posting to its candidates.
fn judged(wanted: &[(PostingId, Vec<PostingId>)], features: &Compared) -> Vec<Link> {
    let of_one = |(id, candidates): &(PostingId, Vec<PostingId>)| {
        let Some(one) = features.get(id) else {
            return Vec::new();
        };
        let mut links: Vec<Link> = candidates
            .iter()
            .filter_map(|other| {
                let found = features.get(other)?;
                let judged = judge_same(found, one)?;
                Some(Link {
                    pair: Pair::of(*id, *other),
                    score: judged.score,
                    reasons: judged.reasons,
                })
            })
            .collect();
        links.sort_by(|one, two| {
            two.score
                .total_cmp(&one.score)
                .then(one.pair.cmp(&two.pair))
        });
        links.truncate(LINKS);
        links
    };
    wanted.par_iter().flat_map_iter(of_one).collect()
}

/// What stands under each key, while a batch is put there.
struct Shelves {
    under: HashMap<i64, Vec<PostingId>>,
    put: Vec<(i64, PostingId)>,
    gone: Vec<(i64, PostingId)>,
}

impl Shelves {
    fn of(under: HashMap<i64, Vec<PostingId>>) -> Self {
        Self {
            under,
            put: Vec::new(),
            gone: Vec::new(),
        }
    }

    /// Puts a posting under its keys; gives what stood there, those that share the most keys first, then the newest.
    fn put(&mut self, id: PostingId, bands: &[i64]) -> Vec<PostingId> {
        let mut shared: BTreeMap<PostingId, usize> = BTreeMap::new();
        for band in bands {
            let under = self.under.entry(*band).or_default();
            for other in under.iter() {
                *shared.entry(*other).or_default() += 1;
            }
            under.push(id);
            self.put.push((*band, id));
            if under.len() > UNDER_A_KEY {
                self.gone.push((*band, under.remove(0)));
            }
        }
        let mut candidates: Vec<(PostingId, usize)> = shared.into_iter().collect();
        candidates.sort_by(|(one, many), (two, more)| more.cmp(many).then(two.cmp(one)));
        candidates.truncate(CANDIDATES);
        candidates.into_iter().map(|(id, _)| id).collect()
    }

    /// What is to be written: not what made room in the same batch.
    fn take_new(&mut self) -> Vec<(i64, PostingId)> {
        let gone: HashSet<(i64, PostingId)> = self.gone.iter().copied().collect();
        let put: HashSet<(i64, PostingId)> = self.put.iter().copied().collect();
        self.gone.retain(|one| !put.contains(one));
        self.gone.sort_unstable();
        let mut new: Vec<_> = put.into_iter().filter(|one| !gone.contains(one)).collect();
        // In the order of the table, so that its pages are visited once.
        new.sort_unstable();
        new
    }
}

/// Parts the openings of these postings anew, by what links and decisions say now. Gives the postings of openings that
/// changed.
///
/// # Errors
/// From the database.
pub async fn regroup(
    transaction: &Transaction,
    ids: &BTreeSet<PostingId>,
) -> Result<BTreeSet<PostingId>> {
    regroup_known(transaction, ids, HashMap::new()).await
}

/// The same, where some of what is compared is at hand.
async fn regroup_known(
    transaction: &Transaction,
    ids: &BTreeSet<PostingId>,
    mut features: Compared,
) -> Result<BTreeSet<PostingId>> {
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids: Vec<PostingId> = ids.iter().copied().collect();
    let openings = groups::openings_of(transaction, &ids).await?;
    let openings: BTreeSet<PostingId> = openings.into_values().collect();
    let before: BTreeMap<PostingId, PostingId> = groups::members(transaction, &openings)
        .await?
        .into_iter()
        .map(|member| (member.id, member.opening))
        .collect();
    let members: BTreeSet<PostingId> = before.keys().copied().collect();
    let list: Vec<PostingId> = members.iter().copied().collect();
    let links = groups::links_among(transaction, &list).await?;
    let links: Vec<(Pair, f64)> = links
        .into_iter()
        .map(|link| (link.pair, link.score))
        .collect();
    let decided = decisions::about(transaction, &list).await?;
    let decided = decided.iter().map(|one| (one.pair(), one.same)).collect();
    // Only what is linked may come together, which most postings are not.
    let linked: BTreeSet<PostingId> = links
        .iter()
        .flat_map(|(pair, _)| [pair.first, pair.second])
        .collect();
    let unknown = linked.into_iter().filter(|id| !features.contains_key(id));
    let unknown: Vec<PostingId> = unknown.collect();
    features.extend(compared::features(transaction, &unknown).await?);
    let after = partition(&members, &decided, &links, |one, two| {
        let both = features.get(&one).zip(features.get(&two));
        both.is_some_and(|(one, two)| conflict(one, two))
    });
    let moves: BTreeMap<PostingId, PostingId> = after
        .iter()
        .filter(|(id, opening)| before.get(id) != Some(opening))
        .map(|(id, opening)| (*id, *opening))
        .collect();
    groups::set_openings(transaction, &moves).await?;
    let changed: HashSet<PostingId> = moves
        .iter()
        .flat_map(|(id, opening)| before.get(id).copied().into_iter().chain([*opening]))
        .collect();
    let concerns = |id: &PostingId| {
        let openings = [before.get(id), after.get(id)];
        openings
            .into_iter()
            .flatten()
            .any(|opening| changed.contains(opening))
    };
    Ok(members.into_iter().filter(concerns).collect())
}
