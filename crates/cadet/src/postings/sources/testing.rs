//! What the tests of connectors share: fixtures, contexts that reach only this machine, and the public sample data.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;

use super::connector::FetchContext;
use super::model::{
    Health, Poll, PollCounts, PollOutcome, RawPosting, Source, SourceAddress, SourceId, SourceKind,
    SourceState,
};
use crate::clock::{ManualClock, Timestamp};
use crate::config::Endpoints;
use crate::fetch::testing::{Site, settings};
use crate::fetch::{Client, Settings};

/// The text of a fixture.
pub(super) fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// A file of the evaluation data beside the repository; `None`, with a message, where it is not there.
pub(super) fn shared(name: &str) -> Option<String> {
    let mut folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    while folder.pop() {
        let path = folder.join("shared/data/postings").join(name);
        if path.is_file() {
            return Some(std::fs::read_to_string(&path).unwrap());
        }
    }
    eprintln!("skipped: shared/data/postings/{name} is not beside the repository");
    None
}

/// A site on this machine, and a context whose boards are all there.
pub(super) async fn site(router: Router) -> (Site, FetchContext) {
    site_with(router, settings()).await
}

/// The same with other settings of the client.
pub(super) async fn site_with(router: Router, settings: Settings) -> (Site, FetchContext) {
    let site = Site::serve(router).await;
    let endpoints = Endpoints {
        greenhouse: format!("{}/gh", site.base),
        greenhouse_eu: format!("{}/gh-eu", site.base),
        lever: format!("{}/lv", site.base),
        lever_eu: format!("{}/lv-eu", site.base),
        ashby: format!("{}/ab", site.base),
        github_raw: format!("{}/raw", site.base),
        ..Endpoints::below(&site.base)
    };
    let clock = Arc::new(ManualClock::new(Timestamp(1_795_000_000_000)));
    let client = Client::new(settings, clock.clone(), Arc::new(|| 0.5)).unwrap();
    (site, FetchContext::new(client, endpoints, clock))
}

pub(super) fn address(kind: SourceKind, address: &str) -> SourceAddress {
    SourceAddress {
        kind,
        address: address.to_owned(),
    }
}

/// The posting with this id.
pub(super) fn by_id<'a>(postings: &'a [RawPosting], id: &str) -> &'a RawPosting {
    postings
        .iter()
        .find(|posting| posting.external_id == id)
        .unwrap_or_else(|| panic!("no posting {id}"))
}

/// Damaged copies of a text, each by one deterministic rule and a number: cut, bytes replaced, parts repeated or removed.
pub(super) fn damaged(text: &str, rule: u8, seed: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if bytes.is_empty() {
        return String::new();
    }
    let at = seed % bytes.len();
    match rule % 5 {
        0 => bytes.truncate(at),
        1 => bytes[at] = b"\"\\{}[]<>&\0\xff0"[seed % 12],
        2 => drop(bytes.drain(at..(at + seed % 97).min(bytes.len()))),
        3 => {
            let part = bytes[at..(at + seed % 997).min(bytes.len())].to_vec();
            bytes.splice(at..at, part);
        }
        _ => {
            return text.replacen(
                ['"', '>', ':'][seed % 3],
                ["null", "9e999", "{}"][seed / 3 % 3],
                1 + seed % 7,
            );
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A source that was added once and is well.
pub(super) fn source(kind: SourceKind) -> Source {
    Source {
        id: SourceId(1),
        address: SourceAddress {
            kind,
            address: "northlight".into(),
        },
        name: "Northlight".into(),
        state: SourceState::Active,
        health: Health::Ok,
        added_at: Timestamp(0),
        poll_minutes: 60,
        interval_minutes: None,
        next_poll_at: Timestamp(0),
        last_polled_at: None,
        last_ok_at: None,
        failures: 0,
        last_error: None,
        open_count: 0,
        moved_to: None,
        validators: None,
    }
}

/// A poll that began at `ms`, took a second and brought nothing.
pub(super) fn poll(ms: i64, outcome: PollOutcome) -> Poll {
    Poll {
        source: SourceId(1),
        started_at: Timestamp(ms),
        finished_at: Timestamp(ms + 1_000),
        outcome,
        counts: PollCounts::default(),
        bytes: 0,
        error: None,
        problems: Vec::new(),
    }
}
