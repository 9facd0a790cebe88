//! Feeds: an alert's matches as Atom (RFC 4287) and JSON Feed 1.1. Pure.

use atom_syndication::{
    ContentBuilder, Entry, EntryBuilder, Feed, FeedBuilder, FixedDateTime, Link, LinkBuilder,
    PersonBuilder, Text,
};
use serde_json::{Value, json};

use super::digest::MatchRecord;
use super::model::SavedSearch;
use super::words::{describe, one_line};
use crate::clock::Timestamp;
use crate::config::Server;
use crate::error::{Error, Result};

/// When a feed last changed: its newest match, or the alert itself.
#[must_use]
pub fn updated(search: &SavedSearch, found: &[MatchRecord]) -> Timestamp {
    let newest = found.iter().map(|one| one.matched_at).max();
    newest.unwrap_or(search.created_at)
}

/// A name that stays the same for ever, also when the addresses are renewed.
fn feed_id(search: &SavedSearch) -> String {
    format!("urn:cadet:alert:{}-{}", search.id, search.created_at.0)
}

fn entry_id(search: &SavedSearch, one: &MatchRecord) -> String {
    format!("{}:posting:{}", feed_id(search), one.posting_id)
}

fn title(one: &MatchRecord) -> String {
    format!("{} at {}", one.title, one.company)
}

/// Facts and reasons as plain text, a line each.
fn lines(one: &MatchRecord) -> Vec<String> {
    let mut lines = vec![one.company.clone()];
    lines.push(one.facts_line());
    if !one.reasons.is_empty() {
        lines.push(one_line(&format!("Why: {}", one.reasons.join("; "))));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The Atom feed.
///
/// # Errors
/// [`Error::Internal`] when it cannot be written.
pub fn atom(search: &SavedSearch, found: &[MatchRecord], server: &Server) -> Result<String> {
    let link = |href: String, rel: &str, kind: &str| -> Link {
        LinkBuilder::default()
            .href(href)
            .rel(rel.to_owned())
            .mime_type(Some(kind.to_owned()))
            .build()
    };
    let feed: Feed = FeedBuilder::default()
        .title(Text::plain(storable(&one_line(&search.name))))
        .subtitle(Some(Text::plain(storable(&one_line(&describe(
            &search.query,
        ))))))
        .id(feed_id(search))
        .updated(date(updated(search, found)))
        .author(PersonBuilder::default().name("Cadet").build())
        .link(link(
            server.url(&search.atom_path()),
            "self",
            "application/atom+xml",
        ))
        .link(link(server.url(&search.path()), "alternate", "text/html"))
        .entries(
            found
                .iter()
                .map(|one| entry(search, one))
                .collect::<Vec<_>>(),
        )
        .build();
    let bytes = feed.write_to(Vec::new()).map_err(Error::internal)?;
    String::from_utf8(bytes).map_err(Error::internal)
}

fn entry(search: &SavedSearch, one: &MatchRecord) -> Entry {
    let text: Vec<String> = lines(one)
        .iter()
        .map(|line| format!("<p dir=\"auto\">{}</p>", escaped(&storable(line))))
        .collect();
    let link = LinkBuilder::default()
        .href(one.url.clone())
        .rel("alternate")
        .build();
    let content = ContentBuilder::default()
        .content_type(Some("html".to_owned()))
        .value(Some(text.concat()))
        .build();
    EntryBuilder::default()
        .id(entry_id(search, one))
        .title(Text::plain(storable(&title(one))))
        .updated(date(one.matched_at))
        .published(Some(date(one.matched_at)))
        .link(link)
        .content(Some(content))
        .build()
}

/// The JSON Feed.
#[must_use]
pub fn json_feed(search: &SavedSearch, found: &[MatchRecord], server: &Server) -> Value {
    let items: Vec<Value> = found
        .iter()
        .map(|one| {
            json!({
                "id": entry_id(search, one),
                "url": one.url,
                "external_url": one.apply_url,
                "title": title(one),
                "content_text": lines(one).join("\n"),
                "date_published": one.matched_at,
            })
        })
        .collect();
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": one_line(&search.name),
        "description": one_line(&describe(&search.query)),
        "home_page_url": server.url(&search.path()),
        "feed_url": server.url(&search.json_feed_path()),
        "items": items,
    })
}

fn date(at: Timestamp) -> FixedDateTime {
    // What jiff writes is RFC 3339, which this always reads within its range of years.
    at.to_string().parse().unwrap_or_default()
}

/// Without the characters that XML 1.0 cannot hold.
fn storable(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(*c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
