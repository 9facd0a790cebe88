//! Examination: what a poll says of its source's health, and when to look again.

use super::health::{Finding, Observation, examine};
use super::model::{Fetched, Poll, PollCounts, PollOutcome, Source, SourceAddress};
use super::profile::{Drift, Profile};
use super::schedule::{Plan, Rhythm, next_poll_at, rhythm};
use super::store::{self, health};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::state::Ctx;

/// Polls by which a source is judged.
pub(super) const POLLS_JUDGED: u64 = 40;

/// What a poll left to be judged.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'a> {
    /// The poll.
    pub poll: &'a Poll,
    /// Which fields its records filled.
    pub profile: Option<&'a Profile>,
    /// Where the source says that it has moved.
    pub moved_to: Option<&'a SourceAddress>,
    /// Milliseconds after which a second look confirms what this one missed, if it missed something.
    pub confirm_ms: Option<i64>,
}

/// What an examination found.
#[derive(Clone, Debug)]
pub struct Examined {
    /// How the poll ended by which the source was judged.
    pub outcome: PollOutcome,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// The usual profile from now on.
    pub profile: Option<Profile>,
    /// How often to look.
    pub rhythm: Rhythm,
    /// When to look next.
    pub next_poll_at: Timestamp,
}

/// Judges a source by a poll that is not stored yet and by those before it.
///
/// # Errors
/// From the database.
pub async fn source_examine(ctx: &Ctx, source: &Source, looked: Looked<'_>) -> Result<Examined> {
    let usual = health::usual_profile(&ctx.db, source.id).await?;
    let mut polls = store::polls(&ctx.db, source.id, POLLS_JUDGED).await?;
    polls.insert(0, looked.poll.clone());
    let drift = drift(usual.as_ref(), looked.profile);
    let findings = examine(&Observation {
        polls: &polls,
        moved_to: looked.moved_to,
        drift: &drift,
    });
    let rhythm = rhythm(source, &polls);
    let plan = Plan {
        minutes: rhythm.minutes,
        error: looked.poll.error.as_ref(),
        confirm_ms: looked.confirm_ms,
        chance: ctx.entropy.unit(),
    };
    Ok(Examined {
        outcome: looked.poll.outcome,
        findings,
        profile: match (usual, looked.profile) {
            (Some(usual), Some(now)) => Some(usual.after(now.clone())),
            (usual, now) => usual.or_else(|| now.cloned()),
        },
        rhythm,
        next_poll_at: next_poll_at(source, looked.poll.finished_at, plan),
    })
}

/// Judges what was just read of a source, without storing anything.
///
/// # Errors
/// From the database.
pub async fn source_judge(
    ctx: &Ctx,
    source: &Source,
    started_at: Timestamp,
    fetched: &Fetched,
) -> Result<Vec<Finding>> {
    let poll = Poll {
        source: source.id,
        started_at,
        finished_at: ctx.now(),
        outcome: match (fetched.unchanged, fetched.complete) {
            (true, _) => PollOutcome::Unchanged,
            (false, true) => PollOutcome::Complete,
            (false, false) => PollOutcome::Partial,
        },
        counts: PollCounts {
            found: fetched.postings.len() as u64,
            ..PollCounts::default()
        },
        bytes: fetched.bytes,
        error: None,
        problems: fetched.problems.clone(),
    };
    let profile = Profile::of(&fetched.postings);
    let looked = Looked {
        poll: &poll,
        profile: profile.as_ref(),
        moved_to: fetched.moved_to.as_ref(),
        confirm_ms: None,
    };
    Ok(source_examine(ctx, source, looked).await?.findings)
}

/// How a profile differs from the usual one, as far as both are known.
fn drift(usual: Option<&Profile>, now: Option<&Profile>) -> Drift {
    usual
        .zip(now)
        .map_or_else(Drift::default, |(usual, now)| usual.drift(now))
}
