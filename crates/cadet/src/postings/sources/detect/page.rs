//! What a web page leads to: the boards it embeds, else its own data, else the pages it links, else its feeds.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::{Candidate, address, boards, count};
use crate::config::Endpoints;
use crate::fetch::html::{self, Element};
use crate::fetch::{Accept, Request};
use crate::postings::sources::connector::{FetchContext, connector, error};
use crate::postings::sources::model::{SourceAddress, SourceError, SourceErrorKind, SourceKind};
use crate::postings::sources::{feed, jsonld};

/// Boards of one page that are asked; a page that links many is a directory and no employer's.
const MAX_BOARDS: usize = 5;
/// Feeds of one page that are read.
const MAX_FEEDS: usize = 3;

/// Looks through a page that was read from `at` for the input `url`.
pub(super) async fn detect(
    ctx: &FetchContext,
    url: &Url,
    at: &Url,
    html: &str,
) -> Result<Vec<Candidate>, SourceError> {
    let mut found = Vec::new();
    let mut tried = Vec::new();
    for board in embedded_boards(html, at, &ctx.endpoints)
        .into_iter()
        .take(MAX_BOARDS)
    {
        match boards::read(ctx, board, "which the page leads to").await {
            Ok(candidate) => found.push(candidate),
            Err(failure) => tried.push(failure.message),
        }
    }
    for board in branded_boards(html, at) {
        match boards::read(ctx, board, "which serves the page").await {
            Ok(candidate) => found.push(candidate),
            Err(failure) => tried.push(failure.message),
        }
    }
    if let Some(id) = greenhouse_id(url).filter(|_| found.is_empty()) {
        found.extend(boards::by_posting_id(ctx, url, &id).await);
    }
    if !found.is_empty() {
        return Ok(found);
    }
    match own_data(ctx, at, html).await {
        Ok(candidate) => found.push(candidate),
        Err(failure) => tried.push(failure.message),
    }
    found.extend(feeds(ctx, at, html, !found.is_empty()).await);
    if !found.is_empty() {
        return Ok(found);
    }
    let by_name = by_host_name(ctx, url).await;
    if !by_name.is_empty() {
        return Ok(by_name);
    }
    let message = format!(
        "Nothing that can be read was found at {url}: no job board that Cadet knows in its links, scripts and frames, no JobPosting data, and no feed. {} \
         Give the address of one of its postings, or the board's name such as greenhouse:northlight.",
        tried.join(" ")
    );
    Err(error(
        SourceErrorKind::NotFound,
        Some(url.as_str()),
        message,
    ))
}

/// When the page cannot be read, its address may still say which board is meant; otherwise the failure stands.
pub(super) async fn without_page(
    ctx: &FetchContext,
    url: &Url,
    failure: SourceError,
) -> Result<Vec<Candidate>, SourceError> {
    if matches!(
        failure.kind,
        SourceErrorKind::PrivateAddress | SourceErrorKind::BadAddress
    ) {
        return Err(failure);
    }
    if let Some(id) = greenhouse_id(url)
        && let Some(candidate) = boards::by_posting_id(ctx, url, &id).await
    {
        return Ok(vec![candidate]);
    }
    let by_name = by_host_name(ctx, url).await;
    if by_name.is_empty() {
        Err(failure)
    } else {
        Ok(by_name)
    }
}

/// Boards by the site's name. Only a guess, which the reason says.
async fn by_host_name(ctx: &FetchContext, url: &Url) -> Vec<Candidate> {
    let Some(name) = address::name_in_host(url) else {
        return Vec::new();
    };
    let mut found = boards::of_name(ctx, &name).await.unwrap_or_default();
    for candidate in &mut found {
        candidate.why = format!(
            "a guess by the site's name, so check that it is the same employer: {}",
            candidate.why
        );
    }
    found
}

/// The id of a Greenhouse posting that an employer's own page shows.
fn greenhouse_id(url: &Url) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == "gh_jid")
        .map(|(_, id)| id.into_owned())
        .filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Boards that serve the page from a domain of the employer's own.
fn branded_boards(html: &str, at: &Url) -> Vec<SourceAddress> {
    SourceKind::ALL
        .into_iter()
        .filter_map(|kind| connector(kind).branded(html, at))
        .collect()
}

/// Boards in the links, scripts and frames of a page, the most frequent first.
pub(super) fn embedded_boards(html: &str, page: &Url, endpoints: &Endpoints) -> Vec<SourceAddress> {
    static ADDRESSES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?:https?:)?//[A-Za-z0-9][^\s"'<>\\)`]*"#)
            .expect("the pattern is well-formed")
    });
    // Addresses stand in attributes (escaped as HTML) and in scripts (escaped as JSON); both are undone roughly, since only
    // the addresses matter.
    let html = html
        .replace("\\/", "/")
        .replace("\\u002F", "/")
        .replace("\\u002f", "/")
        .replace("&amp;", "&")
        .replace("\\u0026", "&");
    let mut counts: HashMap<SourceAddress, (usize, usize)> = HashMap::new();
    for (order, found) in ADDRESSES.find_iter(&html).enumerate() {
        let Some(board) = page
            .join(found.as_str())
            .ok()
            .and_then(|url| address::board(&url, endpoints))
            // A link to a search or a thread is no word of whose page it is on.
            .filter(|board| board.kind.is_employer_board())
        else {
            continue;
        };
        counts.entry(board).or_insert((0, order)).0 += 1;
    }
    let mut boards: Vec<_> = counts.into_iter().collect();
    boards.sort_by_key(|(_, (count, order))| (std::cmp::Reverse(*count), *order));
    boards.into_iter().map(|(board, _)| board).collect()
}

/// The page's own JobPosting data, or that of the pages it leads to.
async fn own_data(ctx: &FetchContext, at: &Url, html: &str) -> Result<Candidate, SourceError> {
    let parsed = jsonld::parse(html, at.as_str());
    let address = SourceAddress {
        kind: SourceKind::JsonLd,
        address: at.to_string(),
    };
    if !parsed.postings.is_empty() {
        let why = format!("the page itself carries {}", count(parsed.postings.len()));
        return Ok(Candidate {
            address,
            name: parsed.name,
            why,
        });
    }
    let (pages, name) = jsonld::probe(ctx, at, html).await?;
    Ok(Candidate {
        address,
        name,
        why: format!(
            "the page leads to {pages} pages that look like postings, and those carry JobPosting data"
        ),
    })
}

/// Feeds that the page names. When there are better candidates, only those that speak of jobs.
async fn feeds(ctx: &FetchContext, at: &Url, html: &str, only_of_jobs: bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    for url in feed_links(html, at, only_of_jobs)
        .into_iter()
        .take(MAX_FEEDS)
    {
        let Ok(answer) = ctx
            .client
            .get(&Request::new(url.clone(), Accept::Feed))
            .await
        else {
            continue;
        };
        let Ok(parsed) = feed::parse(&answer.text(), answer.final_url.as_str()) else {
            continue;
        };
        let why = format!(
            "a feed that the page names; it has {}",
            count(parsed.postings.len())
        );
        found.push(Candidate {
            address: SourceAddress {
                kind: SourceKind::Feed,
                address: url.into(),
            },
            name: parsed.name,
            why,
        });
    }
    found
}

fn feed_links(text: &str, at: &Url, only_of_jobs: bool) -> Vec<Url> {
    static JOBS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?i)job|career|position|vacanc|opening|intern|karriere|stelle|emploi|vaga")
            .expect("the pattern is well-formed")
    });
    let elements = html::elements(text, &["base", "link"]);
    let base = jsonld::links::base_of(&elements, at);
    let speaks_of_jobs = |link: &&Element| {
        let said = format!(
            "{} {}",
            link.attr("href").unwrap_or_default(),
            link.attr("title").unwrap_or_default()
        );
        JOBS.is_match(&said)
    };
    let links = elements.iter().filter(|element| is_feed_link(element));
    links
        .filter(|link| !only_of_jobs || speaks_of_jobs(link))
        .filter_map(|link| base.join(link.attr("href")?).ok())
        .collect()
}

fn is_feed_link(element: &Element) -> bool {
    const FEEDS: [&str; 4] = [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/json",
    ];
    let relation = element.attr("rel").unwrap_or_default().to_ascii_lowercase();
    let kind = element
        .attr("type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    element.name == "link"
        && relation
            .split_ascii_whitespace()
            .any(|word| word == "alternate")
        && FEEDS.contains(&kind.trim())
}
