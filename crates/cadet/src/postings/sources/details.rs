//! Details: boards whose list has no text, so that each posting needs a call of its own.
//!
//! Only postings that are new, or whose record in the list changed, or that were last read a week ago are read, and at most
//! `AT_MOST` in one poll; the next polls read on. The others are told as outlines: what is known of them stays. Whether a poll
//! is complete is decided by its list alone, since a text that was not read yet says nothing of what is gone.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use futures::StreamExt as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::connector::FetchContext;
use super::model::{Fetched, RawPosting, RecordProblem, SourceError, SourceErrorKind};
use crate::clock::Timestamp;
use crate::fetch::{Accept, Request};

/// Postings read in one poll. At two requests a second it takes a hundred seconds, which is as long as a poll should take.
pub(super) const AT_MOST: usize = 200;
/// Calls under way at once; the client holds each host to its own pace besides.
const AT_ONCE: usize = 4;
/// Days after which a posting is read again though its record in the list did not change.
const READ_AGAIN_DAYS: i64 = 7;
/// Bytes of a stamp: enough that two of a list's records have the same one about once in a million lists.
const STAMP_BYTES: usize = 6;
/// The name under which the memory stands among a source's validators.
pub(super) const KEY: &str = "details";

type Stamp = [u8; STAMP_BYTES];

/// A posting as the list tells it, and the call that tells the rest.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) posting: RawPosting,
    pub(super) call: Url,
}

impl Listed {
    /// Takes the postings out of a list, each with the call that `call` makes for it.
    pub(super) fn taken_out(
        fetched: &mut Fetched,
        call: impl Fn(&RawPosting) -> Result<Url, SourceError>,
    ) -> Result<Vec<Self>, SourceError> {
        let postings = std::mem::take(&mut fetched.postings).into_iter();
        postings
            .map(|posting| {
                let call = call(&posting)?;
                Ok(Self { posting, call })
            })
            .collect()
    }
}

/// How the calls are made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calls {
    pub(super) accept: Accept,
    /// Whether the interface is documented for programs; see [`Request::to_documented_api`].
    pub(super) documented: bool,
}

/// Reads the details of a list's postings and puts the postings into `fetched`. `merge` puts what a call answered into its
/// posting; an error there is noted, and the posting stays an outline.
pub(super) async fn fill_in(
    ctx: &FetchContext,
    fetched: &mut Fetched,
    listed: Vec<Listed>,
    validators: Option<&Value>,
    calls: Calls,
    merge: impl Fn(&mut RawPosting, &str, &Url) -> Result<(), String>,
) {
    let mut known = remembered(validators);
    let now = ctx.clock.now();
    let stamps: Vec<Stamp> = listed.iter().map(|one| stamp(&one.posting, now)).collect();
    let allowed = if ctx.outlines_only { 0 } else { AT_MOST };
    let due: Vec<usize> = (0..listed.len())
        .filter(|index| !known.contains(&stamps[*index]))
        .collect();
    if due.len() > allowed && !ctx.outlines_only {
        fetched.problems.push(RecordProblem {
            at: "details".to_owned(),
            message: format!(
                "{} postings are still to be read in full; {AT_MOST} are read in one poll, and the next polls read on",
                due.len()
            ),
        });
    }
    let urls: Vec<Url> = listed.iter().map(|one| one.call.clone()).collect();
    let mut postings: Vec<RawPosting> = listed
        .into_iter()
        .map(|one| RawPosting {
            outline: true,
            ..one.posting
        })
        .collect();
    let mut answers = futures::stream::iter(due.into_iter().take(allowed))
        .map(|index| {
            let url = urls[index].clone();
            async move { (index, read(ctx, &url, calls).await) }
        })
        .buffered(AT_ONCE);
    while let Some((index, answer)) = answers.next().await {
        let told = match answer {
            Ok((bytes, text, at)) => {
                fetched.bytes += bytes;
                let mut whole = postings[index].clone();
                merge(&mut whole, &text, &at).map(|()| {
                    whole.outline = false;
                    postings[index] = whole;
                    known.insert(stamps[index]);
                })
            }
            // The list was read before the posting was taken away; the next list will not have it.
            Err(error) if error.kind == SourceErrorKind::NotFound => Ok(()),
            Err(error) if concerns_all(error.kind) => {
                fetched.problems.push(RecordProblem {
                    at: urls[index].to_string(),
                    message: format!("{} No further posting was read in full.", error.message),
                });
                break;
            }
            Err(error) => Err(error.message),
        };
        if let Err(message) = told {
            fetched.problems.push(RecordProblem {
                at: urls[index].to_string(),
                message,
            });
        }
    }
    drop(answers);
    fetched.postings = postings;
    fetched.validators = Some(memory(&known, &stamps));
}

async fn read(
    ctx: &FetchContext,
    url: &Url,
    calls: Calls,
) -> Result<(u64, String, Url), SourceError> {
    let mut request = Request::new(url.clone(), calls.accept);
    if calls.documented {
        request = request.to_documented_api();
    }
    let answer = ctx.client.get(&request).await?;
    Ok((answer.bytes(), answer.text(), answer.final_url))
}

/// Whether further calls are pointless or impolite for now.
fn concerns_all(kind: SourceErrorKind) -> bool {
    matches!(
        kind,
        SourceErrorKind::RateLimited
            | SourceErrorKind::Denied
            | SourceErrorKind::Robots
            | SourceErrorKind::Unreachable
            | SourceErrorKind::PrivateAddress
    )
}

/// What a poll that was not complete may keep of its validators: the memory of what was read in full holds all the same.
#[must_use]
pub fn memory_alone(validators: Option<&Value>) -> Option<Value> {
    let memory = validators?.get(KEY)?;
    Some(json!({ KEY: memory }))
}

fn remembered(validators: Option<&Value>) -> HashSet<Stamp> {
    let bytes = validators
        .and_then(|validators| validators.get(KEY)?.as_str())
        .and_then(|text| STANDARD_NO_PAD.decode(text).ok())
        .unwrap_or_default();
    bytes
        .chunks_exact(STAMP_BYTES)
        .filter_map(|chunk| chunk.try_into().ok())
        .collect()
}

/// The stamps of this list that were read in full. What the list no longer has is forgotten.
fn memory(known: &HashSet<Stamp>, stamps: &[Stamp]) -> Value {
    let bytes: Vec<u8> = stamps
        .iter()
        .filter(|stamp| known.contains(*stamp))
        .flatten()
        .copied()
        .collect();
    json!({ KEY: STANDARD_NO_PAD.encode(bytes) })
}

/// A digest of what the list tells of a posting, and of the week, which begins on another day for each posting. Dates are left
/// out: some lists give them relative to now.
fn stamp(posting: &RawPosting, now: Timestamp) -> Stamp {
    let told = json!([
        posting.external_id,
        posting.url,
        posting.title,
        posting.company,
        posting.locations,
        posting.workplace,
        posting.employment_type,
        posting.department,
        posting.listing,
    ]);
    let mut phase = Sha256::new();
    phase.update(posting.external_id.as_bytes());
    let day = now.as_millis().div_euclid(Timestamp::DAY_MS);
    let week = (day + i64::from(phase.finalize()[0])).div_euclid(READ_AGAIN_DAYS);
    let mut hasher = Sha256::new();
    hasher.update(told.to_string());
    hasher.update(week.to_le_bytes());
    let mut stamp = Stamp::default();
    stamp.copy_from_slice(&hasher.finalize()[..STAMP_BYTES]);
    stamp
}

#[cfg(test)]
mod tests;
