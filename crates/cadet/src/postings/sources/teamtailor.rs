//! Teamtailor career sites: a JSON Feed with a schema.org `JobPosting` for each item, or an RSS feed in pages.
//!
//! `GET https://{tenant}.teamtailor.com/jobs.json`, else `/jobs.rss?per_page=&offset=`; also on a domain of the employer's own.

mod rss;

use std::collections::HashSet;

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Parsed, Source, address_of, error, no_such_board, not_json};
use super::jsonld;
use super::markup;
use super::model::{
    Fetched, RawPosting, RecordProblem, SourceAddress, SourceError, SourceErrorKind, SourceKind,
};
use super::record::{date, first_text, text, web_address, with_unique_ids, without};
use super::tenant::{CareerSite, captured};
use crate::config::Endpoints;
use crate::fetch::{Accept, Request, parse_json};

pub use rss::parse as parse_rss;

/// Entries of one page of the RSS feed.
const PAGE: usize = 100;
/// Pages after which a site is not believed any more.
const MAX_PAGES: usize = 50;

/// The connector.
pub struct Teamtailor;

#[async_trait]
impl Source for Teamtailor {
    fn kind(&self) -> SourceKind {
        SourceKind::Teamtailor
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let site = CareerSite::parse(&address.address)?;
        let base = site.base(&ctx.endpoints.teamtailor);
        match json_feed(ctx, &base, validators).await {
            Ok(fetched) => Ok(fetched),
            Err(failure) if is_elsewhere(failure.kind) => rss_feed(ctx, &base)
                .await
                .map_err(|error| no_such_board(error, "Teamtailor", address)),
            Err(failure) => Err(failure),
        }
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        let of = |address: String| SourceAddress {
            kind: SourceKind::Teamtailor,
            address,
        };
        if let Some(site) = captured(url, &endpoints.teamtailor) {
            return Some(of(site.employer()?.as_str().to_owned()));
        }
        // Sites of other regions have a label more: northlight.na.teamtailor.com.
        let host = url.host_str()?;
        let regional = host
            .strip_suffix(".teamtailor.com")
            .is_some_and(|tenant| tenant.matches('.').count() == 1);
        (regional && url.port().is_none() && url.scheme() == "https")
            .then(|| of(url.origin().ascii_serialization()))
    }

    fn shorthand(&self, board: &str) -> Option<Result<String, SourceError>> {
        Some(CareerSite::parse(board).map(|site| site.to_string()))
    }

    fn branded(&self, html: &str, at: &Url) -> Option<SourceAddress> {
        // Pages on an employer's domain load their scripts and pictures from Teamtailor's hosts.
        html.contains("teamtailor-cdn.com").then(|| SourceAddress {
            kind: SourceKind::Teamtailor,
            address: at.origin().ascii_serialization(),
        })
    }
}

/// Whether the other feed may be there though this one is not.
fn is_elsewhere(kind: SourceErrorKind) -> bool {
    matches!(
        kind,
        SourceErrorKind::NotFound | SourceErrorKind::Malformed | SourceErrorKind::UnexpectedStatus
    )
}

/// The JSON Feed with its further pages, if it names any.
async fn json_feed(
    ctx: &FetchContext,
    base: &str,
    validators: Option<&Value>,
) -> Result<Fetched, SourceError> {
    let mut url = address_of(base, &["jobs.json"], &[])?;
    let mut all = Pages::default();
    for page in 0..MAX_PAGES {
        // The feeds are published for programs to read.
        let request = Request::new(url.clone(), Accept::Json)
            .validated_by(validators.filter(|_| page == 0))
            .to_documented_api();
        let answer = match ctx.client.get(&request).await {
            Ok(answer) => answer,
            Err(failure) if page == 0 => return Err(failure.into()),
            Err(failure) => return Ok(all.broken_off(page, failure.message)),
        };
        if answer.not_modified {
            return Ok(Fetched {
                unchanged: true,
                complete: true,
                validators: answer.validators,
                ..Fetched::default()
            });
        }
        let (parsed, next) = match parse_page(&answer.text(), answer.final_url.as_str()) {
            Ok(read) => read,
            Err(failure) if page == 0 => return Err(failure),
            Err(failure) => return Ok(all.broken_off(page, failure.message)),
        };
        let news = all.add(parsed, answer.bytes());
        let next = next.filter(|next| next.origin() == answer.final_url.origin());
        match next {
            None => {
                let mut fetched = all.fetched;
                // Validators speak of one page, so only a site of one page can be asked whether it changed.
                fetched.validators = answer.validators.filter(|_| page == 0 && fetched.complete);
                return Ok(fetched);
            }
            Some(_) if news == 0 => {
                return Ok(all.broken_off(page, "the page repeats the ones before".to_owned()));
            }
            Some(next) => url = next,
        }
    }
    Ok(all.broken_off(MAX_PAGES, "the feed does not end".to_owned()))
}

/// The RSS feed, page by page until one is short or brings nothing new.
async fn rss_feed(ctx: &FetchContext, base: &str) -> Result<Fetched, SourceError> {
    let mut all = Pages::default();
    for page in 0..MAX_PAGES {
        let (size, offset) = (PAGE.to_string(), (page * PAGE).to_string());
        let query = [("per_page", size.as_str()), ("offset", offset.as_str())];
        let url = address_of(base, &["jobs.rss"], &query)?;
        let request = Request::new(url, Accept::Feed).to_documented_api();
        let read = match ctx.client.get(&request).await {
            Ok(answer) => parse_rss(&answer.text(), answer.final_url.as_str())
                .map(|parsed| (answer.bytes(), parsed)),
            Err(failure) => Err(failure.into()),
        };
        let (bytes, parsed) = match read {
            Ok(read) => read,
            Err(failure) if page == 0 => return Err(failure),
            Err(failure) => return Ok(all.broken_off(page, failure.message)),
        };
        let entries = parsed.postings.len();
        let news = all.add(parsed, bytes);
        // A site that knows no pages gives all at once, and the same again.
        if entries != PAGE || news == 0 {
            return Ok(all.fetched);
        }
    }
    Ok(all.broken_off(MAX_PAGES, "the feed does not end".to_owned()))
}

/// Pages of a feed, joined.
struct Pages {
    fetched: Fetched,
    seen: HashSet<String>,
}

impl Default for Pages {
    fn default() -> Self {
        Self {
            fetched: Fetched {
                complete: true,
                ..Fetched::default()
            },
            seen: HashSet::new(),
        }
    }
}

impl Pages {
    /// Adds a page; gives how many of its postings are new.
    fn add(&mut self, parsed: Parsed, bytes: u64) -> usize {
        let all = &mut self.fetched;
        all.bytes += bytes;
        all.complete &= parsed.whole;
        all.problems.extend(parsed.problems);
        all.name = all.name.take().or(parsed.name);
        let before = all.postings.len();
        for posting in parsed.postings {
            if self.seen.insert(posting.external_id.clone()) {
                all.postings.push(posting);
            }
        }
        all.postings.len() - before
    }

    /// What was read so far is kept, and the poll is told as a partial one.
    fn broken_off(mut self, page: usize, message: String) -> Fetched {
        self.fetched.complete = false;
        self.fetched.problems.push(RecordProblem {
            at: format!("page {}", page + 1),
            message,
        });
        self.fetched
    }
}

/// Reads a JSON Feed; `at` is its address.
///
/// # Errors
/// If it is not JSON, or no JSON Feed.
pub fn parse(body: &str, at: &str) -> Result<Parsed, SourceError> {
    Ok(parse_page(body, at)?.0)
}

/// Also gives the address of the next page.
fn parse_page(body: &str, at: &str) -> Result<(Parsed, Option<Url>), SourceError> {
    let feed =
        parse_json(body).map_err(|problem| not_json(&format!("Teamtailor site {at}"), &problem))?;
    let Some(records) = feed.get("items").and_then(Value::as_array) else {
        let message = format!(
            "The answer for Teamtailor site {at} holds no list \"items\". Check that the address is a career site of Teamtailor."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut parsed = Parsed {
        whole: true,
        name: text(&feed, "/title"),
        ..Parsed::default()
    };
    let mut postings = Vec::with_capacity(records.len());
    for (index, record) in records.iter().enumerate() {
        match posting(record) {
            Ok(posting) => postings.push(posting),
            Err(missing) => parsed.lose(format!("items[{index}]"), missing),
        }
    }
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    let next = text(&feed, "/next_url").and_then(|next| Url::parse(at).ok()?.join(&next).ok());
    Ok((parsed, next))
}

fn posting(item: &Value) -> Result<RawPosting, &'static str> {
    let url = web_address(first_text(item, &["/url", "/_jobposting/url"]))
        .ok_or("the item has no address")?;
    let mut posting = item
        .get("_jobposting")
        .filter(|record| record.is_object())
        .and_then(|record| jsonld::embedded(record, &url))
        .unwrap_or_default();
    let number = number_in(&url).or_else(|| text(item, "/_jobposting/identifier/value"));
    posting.external_id = number
        .or_else(|| text(item, "/id"))
        .ok_or("the item has no id")?;
    // The identifier is the board's own number and no requisition of the employer.
    posting.requisition = None;
    if let Some(title) = text(item, "/title") {
        posting.title = markup::plain(&title);
    }
    if posting.title.is_empty() {
        return Err("the item has no title");
    }
    posting.posted = posting.posted.or_else(|| date(item, "/date_published"));
    posting.updated = posting.updated.or_else(|| date(item, "/date_modified"));
    posting.description = posting.description.or_else(|| {
        first_text(item, &["/content_html", "/content_text"])
            .and_then(|text| markup::description(&text))
    });
    posting.url = url;
    posting.raw = without(item, &["content_html", "content_text", "_jobposting"]);
    Ok(posting)
}

/// The number in `/jobs/7167985-backend-intern`, by which other sources know the posting; the feed's own ids are others.
fn number_in(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let segment = url
        .path_segments()?
        .skip_while(|segment| *segment != "jobs")
        .nth(1)?;
    let digits: String = segment.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

#[cfg(test)]
mod tests;
