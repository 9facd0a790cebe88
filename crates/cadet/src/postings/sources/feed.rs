//! RSS, Atom and JSON Feed, read by feed-rs.
//!
//! A feed shows the newest entries and never says how many there are, so a poll of one is never complete: that an entry is
//! missing does not mean that its opening is closed.

mod company;
mod extras;

use async_trait::async_trait;
use feed_rs::model::Entry;
use serde_json::{Value, json};
use url::Url;

use super::connector::{FetchContext, Parsed, Source, error};
use super::document::Document;
use super::jsonld;
use super::markup;
use super::model::{
    Fetched, RawDate, RawPay, RawPosting, SourceAddress, SourceError, SourceErrorKind, SourceKind,
};
use super::record::{digest, hex, web_address, with_unique_ids};
use crate::fetch::{Accept, JsonProblem, Robots, parse_json};
use extras::Extras;

/// The connector.
pub struct Feed;

#[async_trait]
impl Source for Feed {
    fn kind(&self) -> SourceKind {
        SourceKind::Feed
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let document = Document::read(
            ctx,
            &address.address,
            Accept::Feed,
            Robots::Obey,
            validators,
        )
        .await?;
        let mut fetched = Fetched::default();
        if !document.unchanged {
            fetched = parse(&document.text(), &document.at)?.into_fetched();
        }
        Ok(Fetched {
            complete: false,
            ..document.seal(SourceKind::Feed, fetched)
        })
    }
}

/// Reads a feed; `at` is its address, against which links are resolved.
///
/// # Errors
/// If it is no feed.
pub fn parse(body: &str, at: &str) -> Result<Parsed, SourceError> {
    let body = without_declaration(body);
    let malformed = |why: String| {
        error(
            SourceErrorKind::Malformed,
            Some(at),
            format!("{at} is no RSS, Atom or JSON feed: {why}. Check that the address is a feed."),
        )
    };
    if looks_like_page(body) {
        let title = match parse_json(body) {
            Err(JsonProblem::Html(Some(title))) => format!(" (\"{title}\")"),
            _ => String::new(),
        };
        return Err(malformed(format!("it is a web page{title}")));
    }
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Url::parse(at).ok())
        .sanitize_content(false)
        .build();
    let feed = parser
        .parse(body.as_bytes())
        .map_err(|why| malformed(why.to_string()))?;
    let mut extras = extras::of_feed(body);
    let titles: Vec<String> = feed.entries.iter().map(title_of).collect();
    let convention = company::convention(&titles);
    let mut parsed = Parsed::default();
    let mut postings = Vec::with_capacity(feed.entries.len());
    for (index, (entry, title)) in feed.entries.iter().zip(&titles).enumerate() {
        let extra = link_of(entry)
            .and_then(|link| extras.remove(&link))
            .or_else(|| extras.remove(&entry.id))
            .unwrap_or_default();
        match posting(entry, title, convention, extra) {
            Ok(posting) => postings.push(posting),
            Err(missing) => parsed.lose(format!("entry {}", index + 1), missing),
        }
    }
    parsed.name = feed
        .title
        .map(|title| markup::plain(&title.content))
        .filter(|name| !name.is_empty());
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    parsed.whole = false;
    Ok(parsed)
}

/// The text is Unicode by now, so a declaration of another encoding would only mislead the parser.
fn without_declaration(body: &str) -> &str {
    let body = body.trim_start_matches('\u{feff}').trim_start();
    match body.strip_prefix("<?xml") {
        Some(rest) => rest
            .split_once("?>")
            .map_or(body, |(_, rest)| rest.trim_start()),
        None => body,
    }
}

fn looks_like_page(body: &str) -> bool {
    let head: String = body
        .chars()
        .take(15)
        .collect::<String>()
        .to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

fn title_of(entry: &Entry) -> String {
    entry
        .title
        .as_ref()
        .map(|title| markup::plain(&title.content))
        .unwrap_or_default()
}

/// The entry's page: its alternate link, or any that is no enclosure, or an id that is an address.
fn link_of(entry: &Entry) -> Option<String> {
    let alternate = entry
        .links
        .iter()
        .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let other = || {
        entry
            .links
            .iter()
            .find(|link| !matches!(link.rel.as_deref(), Some("enclosure" | "self" | "edit")))
    };
    let link = alternate
        .or_else(other)
        .map(|link| link.href.trim().to_owned());
    web_address(link).or_else(|| web_address(Some(entry.id.clone())))
}

fn posting(
    entry: &Entry,
    title: &str,
    convention: Option<company::Convention>,
    extra: Extras,
) -> Result<RawPosting, &'static str> {
    let url = link_of(entry).ok_or("the entry has no link")?;
    if title.is_empty() {
        return Err("the entry has no title");
    }
    let (named, title) = company::split(title, convention);
    let content = entry
        .content
        .as_ref()
        .and_then(|content| content.body.as_deref());
    let summary = entry
        .summary
        .as_ref()
        .map(|summary| summary.content.as_str());
    let embedded = extra
        .job_posting
        .as_ref()
        .and_then(|record| jsonld::embedded(record, &url))
        .unwrap_or_default();
    let labels: Vec<&str> = entry
        .categories
        .iter()
        .map(|category| category.label.as_deref().unwrap_or(&category.term))
        .collect();
    let id = if entry.id.is_empty() {
        hex(&digest(&[&url]))
    } else {
        entry.id.clone()
    };
    Ok(RawPosting {
        external_id: id,
        company: extra
            .company
            .or(embedded.company)
            .or(named)
            .or_else(|| author_of(entry)),
        title,
        locations: if extra.locations.is_empty() {
            embedded.locations
        } else {
            extra.locations
        },
        workplace: extra.workplace.or(embedded.workplace),
        description: content
            .or(summary)
            .and_then(markup::description)
            .or(embedded.description),
        pay: embedded.pay.or_else(|| {
            extra.salary.map(|text| RawPay {
                text: Some(text),
                ..RawPay::default()
            })
        }),
        employment_type: extra.employment_type.or(embedded.employment_type),
        department: extra.department.or(embedded.department),
        posted: entry
            .published
            .map(|date| RawDate::Millis(date.timestamp_millis()))
            .or(embedded.posted),
        updated: entry
            .updated
            .map(|date| RawDate::Millis(date.timestamp_millis()))
            .or(embedded.updated),
        deadline: embedded.deadline,
        language: entry.language.clone().or(embedded.language),
        raw: json!({ "id": entry.id, "categories": labels, "authors": entry.authors.iter().map(|author| author.name.as_deref()).collect::<Vec<_>>() }),
        url,
        ..RawPosting::default()
    })
}

/// The author (`dc:creator`), where it is not merely whoever keeps the site.
fn author_of(entry: &Entry) -> Option<String> {
    let name = markup::plain(entry.authors.first()?.name.as_deref()?);
    company::is_employer(&name).then_some(name)
}

#[cfg(test)]
mod tests;
