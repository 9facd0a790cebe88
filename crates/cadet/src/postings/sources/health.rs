//! Health: what the last polls of a source say of it: what was seen, what that means, and what to do. Pure rules.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Poll, PollOutcome, SourceAddress, SourceError, SourceErrorKind, SourceState};
use super::profile::Drift;
use crate::clock::Timestamp;

/// A poll that brings less than this share of what is usual has dropped.
const DROPPED_SHARE: f64 = 0.5;
/// Below this many usual records only nothing at all is a drop.
const USUAL_FROM: u64 = 10;
/// Polls that make a usual.
const USUAL_POLLS: usize = 10;
/// Polls without which there is no usual.
const FEWEST_POLLS: usize = 3;
/// A source is slow when it takes so many times as long as before...
const SLOWER: i64 = 3;
/// ...and so many milliseconds longer.
const SLOWER_BY_MS: i64 = 20_000;
/// Failures in a row from which on a source that does not answer is told of.
const UNREACHABLE_FROM: usize = 3;
/// Share of records with problems from which on a source is called unreadable.
const UNREADABLE_SHARE: f64 = 0.2;
/// Fields named in a sentence.
const NAMED: usize = 6;

/// How a source does, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// Never polled.
    New,
    /// The last poll went well.
    Ok,
    /// The last poll failed; a few failures are normal.
    Failing,
    /// Failed five times or more, or in a way that does not mend itself.
    Broken,
    /// Not polled.
    Paused,
}

impl Health {
    /// Every health.
    pub const ALL: [Self; 5] = [
        Self::New,
        Self::Ok,
        Self::Failing,
        Self::Broken,
        Self::Paused,
    ];

    /// The health's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Ok => "ok",
            Self::Failing => "failing",
            Self::Broken => "broken",
            Self::Paused => "paused",
        }
    }

    /// Judges a source by its state and its failures.
    #[must_use]
    pub fn judge(
        state: SourceState,
        polled: bool,
        failures: u32,
        error: Option<&SourceError>,
    ) -> Self {
        let lasting = error.is_some_and(|error| {
            matches!(
                error.kind,
                SourceErrorKind::NotFound
                    | SourceErrorKind::Robots
                    | SourceErrorKind::PrivateAddress
                    | SourceErrorKind::BadAddress
            )
        });
        match (state, failures) {
            (SourceState::Paused | SourceState::Removed, _) => Self::Paused,
            (_, 0) if !polled => Self::New,
            (_, 0) => Self::Ok,
            (_, n) if n >= 5 || lasting => Self::Broken,
            _ => Self::Failing,
        }
    }
}

/// What can be wrong with a source.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// It brings far fewer records than usual.
    YieldDrop,
    /// Its records have other fields than before.
    SchemaDrift,
    /// It says that it has moved.
    Moved,
    /// robots.txt forbids reading it.
    Robots,
    /// It turns Cadet away, or asks for fewer requests again and again.
    Blocked,
    /// It takes far longer than before.
    Slow,
    /// It has not answered as it should for several times.
    Unreachable,
    /// There is nothing at its address any more.
    Gone,
    /// Its answer, or many records of it, cannot be read.
    Unreadable,
}

impl NoticeKind {
    /// Every kind, what asks for something to be done first.
    pub const ALL: [Self; 9] = [
        Self::Gone,
        Self::Moved,
        Self::Robots,
        Self::Blocked,
        Self::Unreadable,
        Self::SchemaDrift,
        Self::YieldDrop,
        Self::Unreachable,
        Self::Slow,
    ];

    /// The name as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::YieldDrop => "yield-drop",
            Self::SchemaDrift => "schema-drift",
            Self::Moved => "moved",
            Self::Robots => "robots",
            Self::Blocked => "blocked",
            Self::Slow => "slow",
            Self::Unreachable => "unreachable",
            Self::Gone => "gone",
            Self::Unreadable => "unreadable",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// As people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::YieldDrop => "Far fewer records than usual",
            Self::SchemaDrift => "Its format changed",
            Self::Moved => "It has moved",
            Self::Robots => "robots.txt forbids reading it",
            Self::Blocked => "It turns Cadet away",
            Self::Slow => "It became slow",
            Self::Unreachable => "It does not answer",
            Self::Gone => "Nothing is at its address any more",
            Self::Unreadable => "It cannot be read as it should",
        }
    }

    /// What it means for the postings.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::YieldDrop => {
                "Either many positions were filled or withdrawn, or the site shows only a part of them. Nothing is closed before a second reading agrees."
            }
            Self::SchemaDrift => {
                "The site was probably rebuilt. Facts that came from the missing fields are absent from new postings; those that are known keep theirs."
            }
            Self::Moved => {
                "The old address leads to the new one for now. When that ends, nothing more will come from here."
            }
            Self::Robots => {
                "The site asks programs not to read this. Cadet obeys: what is known stays, and nothing new comes."
            }
            Self::Blocked => {
                "What is known stays, but nothing new comes while it lasts. Nothing is closed by it."
            }
            Self::Slow => "Readings still succeed. If it gets worse they will run out of time.",
            Self::Unreachable => {
                "What is known stays, but may be out of date. Nothing is closed by it."
            }
            Self::Gone => {
                "The board was removed or renamed. Its postings stay open until you remove the source or another source closes them."
            }
            Self::Unreadable => {
                "Records that cannot be read are left out, and a reading that lost some closes nothing."
            }
        }
    }

    /// What one can do.
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::YieldDrop => {
                "Compare with the site in a browser. If it shows more than Cadet found, run `cadet source check` with its number and report what you see."
            }
            Self::SchemaDrift => {
                "Look at a new posting: if a fact is missing that the site shows, report the change with the field names above. After some readings the new format counts as the usual one."
            }
            Self::Moved => "Add the new address as a source, then remove this one.",
            Self::Robots | Self::Blocked => {
                "Remove the source, or use the site's alert mails. If it lasts only for hours, Cadet goes on by itself."
            }
            Self::Slow => {
                "Nothing, unless it lasts. A longer fetch.timeout_seconds keeps readings from being cut off."
            }
            Self::Unreachable => {
                "Open the address in a browser. If it works there, check Cadet's network and proxy; Cadet tries again by itself."
            }
            Self::Gone => {
                "Look for the employer's career page and add that; then remove this source."
            }
            Self::Unreadable => {
                "See the records below. If the site was rebuilt, add its career page anew; else run `cadet source check` with its number."
            }
        }
    }

    /// Whether a poll that ended so says anything about this: a failed one says nothing of records, and one in which nothing
    /// changed nothing of their number and format.
    #[must_use]
    pub const fn is_judged_by(self, outcome: PollOutcome) -> bool {
        match self {
            Self::YieldDrop | Self::SchemaDrift => {
                matches!(outcome, PollOutcome::Complete | PollOutcome::Partial)
            }
            Self::Moved | Self::Slow => !matches!(outcome, PollOutcome::Failed),
            Self::Unreadable => !matches!(outcome, PollOutcome::Unchanged),
            Self::Robots | Self::Blocked | Self::Unreachable | Self::Gone => true,
        }
    }
}

/// Something that was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Finding {
    /// What is wrong.
    pub kind: NoticeKind,
    /// What exactly was seen.
    pub seen: String,
}

/// Something that is or was wrong with a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Notice {
    /// What is wrong.
    pub kind: NoticeKind,
    /// What exactly was seen last.
    pub seen: String,
    /// Since when.
    pub since: Timestamp,
    /// When it was seen last.
    pub seen_at: Timestamp,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Observation<'a> {
    /// The last polls, newest first; the first one is judged.
    pub polls: &'a [Poll],
    /// Where the source says that it has moved.
    pub moved_to: Option<&'a SourceAddress>,
    /// How the format of the newest poll differs from the usual one.
    pub drift: &'a Drift,
}

/// Everything that is wrong with a source, what asks for something to be done first.
#[must_use]
pub fn examine(observation: &Observation<'_>) -> Vec<Finding> {
    let Some((newest, earlier)) = observation.polls.split_first() else {
        return Vec::new();
    };
    let seen = |kind| match kind {
        NoticeKind::YieldDrop => yield_drop(newest, earlier),
        NoticeKind::SchemaDrift => schema_drift(observation.drift),
        NoticeKind::Moved => moved(observation.moved_to),
        NoticeKind::Robots => robots(newest, earlier),
        NoticeKind::Blocked => blocked(newest, earlier),
        NoticeKind::Slow => slow(observation.polls),
        NoticeKind::Unreachable => unreachable(observation.polls),
        NoticeKind::Gone => gone(newest),
        NoticeKind::Unreadable => unreadable(newest),
    };
    NoticeKind::ALL
        .into_iter()
        .filter(|kind| kind.is_judged_by(newest.outcome))
        .filter_map(|kind| seen(kind).map(|seen| Finding { kind, seen }))
        .collect()
}

fn yield_drop(newest: &Poll, earlier: &[Poll]) -> Option<String> {
    let found: Vec<u64> = earlier
        .iter()
        .filter(|poll| poll.outcome == PollOutcome::Complete)
        .map(|poll| poll.counts.found)
        .take(USUAL_POLLS)
        .collect();
    let usual = median(found.len() >= FEWEST_POLLS, found)?;
    let now = newest.counts.found;
    let few = usual >= USUAL_FROM && (now as f64) < usual as f64 * DROPPED_SHARE;
    let none = now == 0 && usual >= FEWEST_POLLS as u64;
    (few || none).then(|| format!("It brought {now} records; usual are {usual}."))
}

fn schema_drift(drift: &Drift) -> Option<String> {
    let listed = |paths: &[String]| {
        let named = paths[..paths.len().min(NAMED)].join(", ");
        match paths.len().saturating_sub(NAMED) {
            0 => named,
            more => format!("{named} and {more} more"),
        }
    };
    let parts: Vec<String> = [
        ("No longer filled", &drift.missing),
        ("New", &drift.unknown),
    ]
    .into_iter()
    .filter(|(_, paths)| !paths.is_empty())
    .map(|(what, paths)| format!("{what}: {}.", listed(paths)))
    .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn moved(to: Option<&SourceAddress>) -> Option<String> {
    let to = to?;
    Some(format!(
        "It redirects for good to {}:{}.",
        to.kind.name(),
        to.address
    ))
}

fn robots(newest: &Poll, earlier: &[Poll]) -> Option<String> {
    let error = newest.error.as_ref()?;
    let before = earlier.iter().find(|poll| !failed_by(poll, ROBOTS));
    (error.kind == SourceErrorKind::Robots).then(|| match before {
        Some(poll) if poll.error.is_none() => {
            format!("{} Until then it was allowed.", error.message)
        }
        _ => error.message.clone(),
    })
}

fn blocked(newest: &Poll, earlier: &[Poll]) -> Option<String> {
    let error = newest.error.as_ref()?;
    let again = earlier.first().is_some_and(|poll| failed_by(poll, LIMITED));
    let blocked = match error.kind {
        SourceErrorKind::Denied => true,
        SourceErrorKind::RateLimited => again,
        _ => false,
    };
    blocked.then(|| error.message.clone())
}

fn slow(polls: &[Poll]) -> Option<String> {
    let took: Vec<i64> = polls
        .iter()
        .filter(|poll| matches!(poll.outcome, PollOutcome::Complete | PollOutcome::Partial))
        .map(|poll| poll.finished_at.0 - poll.started_at.0)
        .collect();
    let recent = took.get(..FEWEST_POLLS)?.to_vec();
    let before = took[FEWEST_POLLS..].to_vec();
    let now = median(true, recent)?;
    let usual = median(before.len() >= FEWEST_POLLS, before)?;
    (now >= usual * SLOWER && now - usual >= SLOWER_BY_MS).then(|| {
        format!(
            "A reading takes {} s; usual were {} s.",
            now / 1_000,
            (usual / 1_000).max(1)
        )
    })
}

fn unreachable(polls: &[Poll]) -> Option<String> {
    let failures = polls
        .iter()
        .take_while(|poll| failed_by(poll, UNANSWERED))
        .count();
    let error = polls.first()?.error.as_ref()?;
    (failures >= UNREACHABLE_FROM).then(|| {
        format!(
            "{failures} failures in a row. The last one: {}",
            error.message
        )
    })
}

fn gone(newest: &Poll) -> Option<String> {
    let error = newest.error.as_ref()?;
    (error.kind == SourceErrorKind::NotFound).then(|| error.message.clone())
}

fn unreadable(newest: &Poll) -> Option<String> {
    if failed_by(newest, MALFORMED) {
        return newest.error.as_ref().map(|error| error.message.clone());
    }
    let (problems, found) = (newest.problems.len(), newest.counts.found);
    let share = problems as f64 / (found as f64).max(1.0);
    (problems >= FEWEST_POLLS && share >= UNREADABLE_SHARE && newest.error.is_none())
        .then(|| format!("{problems} records had problems, beside {found} that were read."))
}

const ROBOTS: &[SourceErrorKind] = &[SourceErrorKind::Robots];
const LIMITED: &[SourceErrorKind] = &[SourceErrorKind::RateLimited, SourceErrorKind::Denied];
const UNANSWERED: &[SourceErrorKind] = &[
    SourceErrorKind::Unreachable,
    SourceErrorKind::Timeout,
    SourceErrorKind::ServerError,
    SourceErrorKind::Truncated,
    SourceErrorKind::Redirects,
    SourceErrorKind::UnexpectedStatus,
    SourceErrorKind::PrivateAddress,
];
const MALFORMED: &[SourceErrorKind] = &[
    SourceErrorKind::Malformed,
    SourceErrorKind::TooLarge,
    SourceErrorKind::File,
    SourceErrorKind::BadAddress,
];

fn failed_by(poll: &Poll, kinds: &[SourceErrorKind]) -> bool {
    poll.error
        .as_ref()
        .is_some_and(|error| kinds.contains(&error.kind))
}

/// The middle value, if there is `enough` to have one.
fn median<T: Ord + Copy>(enough: bool, mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    values.get(values.len() / 2).copied().filter(|_| enough)
}

#[cfg(test)]
#[path = "health_tests.rs"]
mod tests;
