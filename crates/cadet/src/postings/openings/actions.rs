//! What one can do with openings: look at one, take a posting out, put one in, and undo that.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::matching::{openings_match, regroup, tell};
use super::model::{Decision, DecisionId, Link, OpeningOf, OpeningPosting, OpeningRecord, primary};
use super::partition::Pair;
use super::store::{decisions, groups};
use crate::db::{Transaction, lock_event_log};
use crate::error::{Error, Result};
use crate::postings::dedup;
use crate::postings::model::PostingId;
use crate::postings::record::Stored;
use crate::postings::sources::model::{SourceAddress, SourceKind};
use crate::postings::store::{read, write};
use crate::state::Ctx;

/// The opening of a posting, with all its postings.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn opening_show(ctx: &Ctx, id: PostingId) -> Result<OpeningRecord> {
    let db = &ctx.db;
    let opening = groups::opening_of(db.pool(), id).await?;
    let members = groups::members(db.pool(), &BTreeSet::from([opening])).await?;
    let first = primary(&members).unwrap_or(opening);
    let mut ids: Vec<PostingId> = members.iter().map(|member| member.id).collect();
    ids.sort_by_key(|id| (*id != first, *id));
    let links = groups::links_among(db.pool(), &ids).await?;
    let decisions = decisions::about(db.pool(), &ids).await?;
    let postings = read::lean(db, &ids).await?;
    let postings = postings
        .into_iter()
        .map(|one| told(one, &links, &decisions))
        .collect();
    Ok(OpeningRecord {
        id: opening,
        primary: first,
        postings,
        decisions,
    })
}

fn told(one: Stored, links: &[Link], decisions: &[Decision]) -> OpeningPosting {
    let status = one.status();
    let (score, reasons) = why(one.id, links, decisions);
    OpeningPosting {
        id: one.id,
        title: one.posting.title,
        company: one.posting.company,
        locations: one.posting.locations,
        url: one.posting.url,
        status,
        first_seen_at: one.first_seen_at,
        score,
        reasons,
    }
}

/// Why a posting is of its opening: somebody said so, or its surest link.
fn why(id: PostingId, links: &[Link], decisions: &[Decision]) -> (Option<f64>, Vec<String>) {
    let has = |pair: Pair| pair.first == id || pair.second == id;
    if decisions.iter().any(|said| said.same && has(said.pair())) {
        return (None, vec!["put together by hand".to_owned()]);
    }
    let link = links.iter().find(|link| has(link.pair));
    link.map_or((None, Vec::new()), |link| {
        (Some(link.score), link.reasons.clone())
    })
}

/// The openings of postings with the reasons, for their records.
///
/// # Errors
/// From the database.
pub async fn openings_of(ctx: &Ctx, stored: &[Stored]) -> Result<HashMap<PostingId, OpeningOf>> {
    let db = ctx.db.pool();
    let openings = stored.iter().map(|one| one.opening).collect();
    let mut of: BTreeMap<PostingId, Vec<PostingId>> = BTreeMap::new();
    for member in groups::members(db, &openings).await? {
        of.entry(member.opening).or_default().push(member.id);
    }
    let several: Vec<PostingId> = of
        .into_values()
        .filter(|ids| ids.len() > 1)
        .flatten()
        .collect();
    let links = groups::links_among(db, &several).await?;
    let decisions = decisions::about(db, &several).await?;
    let several: HashSet<PostingId> = several.into_iter().collect();
    let of_one = |one: &Stored| {
        let reasons = if several.contains(&one.id) {
            why(one.id, &links, &decisions).1
        } else {
            Vec::new()
        };
        let id = one.opening;
        (one.id, OpeningOf { id, reasons })
    };
    Ok(stored.iter().map(of_one).collect())
}

/// Takes a posting out of its opening: it is never put together with the others again, until that is undone.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is the only one; [`Error::Forbidden`]; from the database.
pub async fn opening_split(ctx: &Ctx, posting: PostingId) -> Result<OpeningRecord> {
    ctx.require_admin()?;
    let (transaction, members) = begin(ctx, &[posting]).await?;
    let others: Vec<PostingId> = members.into_iter().filter(|id| *id != posting).collect();
    if others.is_empty() {
        return Err(Error::Conflict(format!(
            "Posting {posting} is the only one of its opening, so there is nothing to split."
        )));
    }
    let pairs: Vec<Pair> = others
        .iter()
        .map(|other| Pair::of(posting, *other))
        .collect();
    decide(ctx, transaction, posting, &pairs, false).await?;
    opening_show(ctx, posting).await
}

/// Puts the opening of `posting` together with that of `other`, whatever the rules say.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when they are one already; [`Error::Forbidden`]; from the database.
pub async fn opening_join(
    ctx: &Ctx,
    posting: PostingId,
    other: PostingId,
) -> Result<OpeningRecord> {
    ctx.require_admin()?;
    let (transaction, _) = begin(ctx, &[posting, other]).await?;
    let (one, two) = (
        groups::opening_of(&transaction, posting).await?,
        groups::opening_of(&transaction, other).await?,
    );
    if one == two {
        return Err(Error::Conflict(format!(
            "Postings {posting} and {other} are one opening already."
        )));
    }
    decide(ctx, transaction, other, &[Pair::of(posting, other)], true).await?;
    opening_show(ctx, posting).await
}

/// Undoes a decision, with all that was decided at once with it. The rules say again what belongs together.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is undone already; [`Error::Forbidden`]; from the database.
pub async fn opening_undo(ctx: &Ctx, id: DecisionId) -> Result<OpeningRecord> {
    ctx.require_admin()?;
    let (transaction, _) = begin(ctx, &[]).await?;
    let decision = decisions::get(&transaction, id).await?;
    if decision.undone_at.is_some() {
        return Err(Error::Conflict(format!("Decision {id} is undone already.")));
    }
    let at_once: Vec<Decision> = decisions::about(&transaction, &[decision.about])
        .await?
        .into_iter()
        .filter(|one| one.at == decision.at && one.about == decision.about)
        .collect();
    let ids: Vec<DecisionId> = at_once.iter().map(|one| one.id).collect();
    decisions::undo(&transaction, ctx.now(), &ids).await?;
    let concerned = at_once.iter().flat_map(|one| [one.first, one.second]);
    finish(ctx, transaction, concerned.collect()).await?;
    opening_show(ctx, decision.about).await
}

/// The posting that somebody names by its number or by an address of it.
///
/// # Errors
/// [`Error::Invalid`] for what is neither; [`Error::NotFound`]; from the database.
pub async fn posting_named(ctx: &Ctx, text: &str) -> Result<PostingId> {
    let text = text.trim();
    if let Ok(number) = text.trim_start_matches('#').parse::<i64>() {
        return Ok(PostingId(number));
    }
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    if !is_address {
        return Err(Error::invalid_field(
            "posting",
            "Give the number of a posting, or the address of its page.",
        ));
    }
    if let Some(number) = own_page(text, &ctx.config.server.url("")) {
        return Ok(PostingId(number));
    }
    let nowhere = SourceAddress {
        kind: SourceKind::JsonLd,
        address: text.to_owned(),
    };
    let keys = dedup::keys(text, "", &nowhere, "");
    let transaction = ctx.db.begin().await?;
    let found = write::postings_by_key(&transaction, &keys).await?;
    let found = keys.iter().find_map(|key| found.get(key).copied());
    found.ok_or_else(|| Error::not_found("posting", text))
}

/// The number in the address of a posting's page in this Cadet.
fn own_page(address: &str, own: &str) -> Option<i64> {
    let rest = address.strip_prefix(own)?.trim_start_matches('/');
    let rest = rest.strip_prefix("postings/")?;
    rest.split(['/', '?', '#']).next()?.parse().ok()
}

/// Begins a change of openings: what the log tells was compared, and nobody else changes openings. Gives all postings of
/// the openings of `ids`.
async fn begin(ctx: &Ctx, ids: &[PostingId]) -> Result<(Transaction, Vec<PostingId>)> {
    openings_match(ctx).await?;
    let transaction = ctx.db.begin().await?;
    lock_event_log(&transaction).await?;
    let openings = groups::openings_of(&transaction, ids).await?;
    if let Some(unknown) = ids.iter().find(|id| !openings.contains_key(id)) {
        return Err(Error::not_found("posting", unknown));
    }
    let openings = openings.into_values().collect();
    let members = groups::members(&transaction, &openings).await?;
    Ok((
        transaction,
        members.iter().map(|member| member.id).collect(),
    ))
}

/// Writes a decision; what was said before and contradicts it ends.
async fn decide(
    ctx: &Ctx,
    transaction: Transaction,
    about: PostingId,
    pairs: &[Pair],
    same: bool,
) -> Result<()> {
    let concerned: BTreeSet<PostingId> = pairs
        .iter()
        .flat_map(|pair| [pair.first, pair.second])
        .collect();
    let openings =
        groups::openings_of(&transaction, &concerned.iter().copied().collect::<Vec<_>>())
            .await?
            .into_values()
            .collect();
    let members = groups::members(&transaction, &openings).await?;
    let opening: HashMap<PostingId, PostingId> = members
        .iter()
        .map(|member| (member.id, member.opening))
        .collect();
    let ids: Vec<PostingId> = opening.keys().copied().collect();
    let contradicts = |said: &Decision| match same {
        // Whatever kept the two openings apart.
        true => {
            !said.same
                && opening.contains_key(&said.first)
                && opening.contains_key(&said.second)
                && opening.get(&said.first) != opening.get(&said.second)
        }
        false => said.same && pairs.contains(&said.pair()),
    };
    let ended: Vec<DecisionId> = decisions::about(&transaction, &ids)
        .await?
        .iter()
        .filter(|said| contradicts(said))
        .map(|said| said.id)
        .collect();
    decisions::undo(&transaction, ctx.now(), &ended).await?;
    let pairs: Vec<(Pair, bool)> = pairs.iter().map(|pair| (*pair, same)).collect();
    decisions::insert(&transaction, ctx.now(), ctx.owner().ok(), about, &pairs).await?;
    finish(ctx, transaction, concerned).await
}

/// Parts the openings anew, tells of it, and commits.
async fn finish(ctx: &Ctx, transaction: Transaction, concerned: BTreeSet<PostingId>) -> Result<()> {
    let moved = regroup(&transaction, &concerned).await?;
    tell(&transaction, ctx.now(), moved).await?;
    transaction.commit().await?;
    ctx.index.nudge();
    Ok(())
}
