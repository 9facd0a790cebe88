//! The Muse: openings of many employers by level of experience, twenty a page.
//!
//! `GET {base}/api/public/jobs?page=N&level=Internship&category=`. The source's address is the level, with a category behind a
//! slash if only one is wanted: `Internship/Software Engineering`. Without a key 500 calls an hour are granted, with one 3,600;
//! who asks more is told 403.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::budget::{Allowance, HOUR};
use super::connector::{FetchContext, Parsed, Source, address_of, error, not_json};
use super::markup;
use super::model::{
    Fetched, RawLocation, RawPosting, SourceAddress, SourceError, SourceErrorKind, SourceKind,
};
use super::paged::{Page, Paged, read_pages};
use super::record::{date, items, text, web_address, without};
use crate::config::Endpoints;
use crate::fetch::{Accept, Credentials, Request, parse_json};

/// The interface gives no page beyond this.
const MAX_PAGE: usize = 99;
/// The level that is meant when none is named.
const LEVEL: &str = "Internship";
/// Calls granted to everybody, less what the client may try again.
const GRANTED: Allowance = Allowance {
    name: "The Muse",
    spans: &[(400, HOUR)],
};
/// Calls granted to those who have a key.
const GRANTED_WITH_KEY: Allowance = Allowance {
    name: "The Muse (with a key)",
    spans: &[(3_000, HOUR)],
};
/// How long the interface is left alone after it said that it was asked too much.
const LIMITED_MS: i64 = HOUR;

/// The connector.
pub struct TheMuse;

#[async_trait]
impl Source for TheMuse {
    fn kind(&self) -> SourceKind {
        SourceKind::TheMuse
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        _: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let question = Question::parse(&address.address)?;
        let name = format!("The Muse: {question}");
        // Pages are counted from 0 there, though the documentation's examples begin with 1.
        let fetched = read_pages(ctx, &Pages { ctx, question }, 0..=MAX_PAGE).await?;
        Ok(Fetched {
            name: Some(name),
            ..fetched
        })
    }

    fn board_of(&self, url: &Url, _: &Endpoints) -> Option<SourceAddress> {
        let host = url.host_str()?.trim_start_matches("www.");
        let is_list = host == "themuse.com"
            && matches!(url.path_segments()?.next(), Some("search" | "jobs" | "api"));
        is_list.then(|| SourceAddress {
            kind: SourceKind::TheMuse,
            address: LEVEL.to_owned(),
        })
    }

    fn shorthand(&self, words: &str) -> Option<Result<String, SourceError>> {
        Some(Question::parse(words).map(|question| question.to_string()))
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Question {
    level: String,
    category: Option<String>,
}

impl Question {
    fn parse(words: &str) -> Result<Self, SourceError> {
        if words.len() > 120 || words.chars().any(char::is_control) {
            let message = "That is no level of The Muse. Give one such as the-muse:Internship, with a category behind a slash if only one is wanted.";
            return Err(error(SourceErrorKind::BadAddress, None, message));
        }
        let (level, category) = words.split_once('/').unwrap_or((words, ""));
        let named = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Self {
            level: named(level).unwrap_or_else(|| LEVEL.to_owned()),
            category: named(category),
        })
    }
}

impl std::fmt::Display for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.level)?;
        match &self.category {
            Some(category) => write!(f, "/{category}"),
            None => Ok(()),
        }
    }
}

struct Pages<'a> {
    ctx: &'a FetchContext,
    question: Question,
}

#[async_trait]
impl Paged for Pages<'_> {
    async fn page(&self, number: usize) -> Result<Page, SourceError> {
        let ctx = self.ctx;
        let page = number.to_string();
        let mut query = vec![("page", page.as_str()), ("level", &self.question.level)];
        if let Some(category) = &self.question.category {
            query.push(("category", category));
        }
        let url = address_of(&ctx.endpoints.the_muse, &["api", "public", "jobs"], &query)?;
        // The interface is public and documented for programs.
        let mut request = Request::new(url, Accept::Json).to_documented_api();
        let mut granted = GRANTED;
        if let Some(key) = &ctx.keys.the_muse_key {
            request = request.with(Credentials::default().in_query("api_key", &key.0));
            granted = GRANTED_WITH_KEY;
        }
        ctx.budget.take(granted, ctx.clock.now())?;
        let answer = ctx.client.get(&request).await;
        let answer = answer.map_err(|failed| limited(failed.into(), ctx))?;
        let (parsed, count) = parse_counted(&answer.text())?;
        Ok(Page {
            parsed,
            is_last: count.is_last(number),
            total: count.total,
            bytes: answer.bytes(),
        })
    }
}

/// 403 says there that too much was asked, not that one may not ask.
fn limited(failed: SourceError, ctx: &FetchContext) -> SourceError {
    if failed.status != Some(403) {
        return failed;
    }
    let advice = match ctx.keys.the_muse_key {
        None => {
            " Or set keys.the_muse_key (CADET_KEYS__THE_MUSE_KEY) to a key of your own, for which it grants more calls."
        }
        Some(_) => "",
    };
    SourceError {
        kind: SourceErrorKind::RateLimited,
        message: format!(
            "The Muse grants no more calls for now (status 403); it is asked again in an hour.{advice}"
        ),
        retry_at: Some(ctx.clock.now().plus_millis(LIMITED_MS)),
        ..failed
    }
}

/// What a page says of the whole answer.
struct Count {
    records: usize,
    total: Option<u64>,
    pages: Option<u64>,
}

impl Count {
    fn is_last(&self, number: usize) -> bool {
        self.records == 0
            || self
                .pages
                .is_some_and(|pages| (number as u64).saturating_add(1) >= pages)
    }
}

/// Reads one page.
///
/// # Errors
/// If it is not JSON, or holds no list of results.
pub fn parse(body: &str) -> Result<Parsed, SourceError> {
    Ok(parse_counted(body)?.0)
}

fn parse_counted(body: &str) -> Result<(Parsed, Count), SourceError> {
    let answer = parse_json(body).map_err(|problem| not_json("The Muse", &problem))?;
    let Some(results) = answer.get("results").and_then(Value::as_array) else {
        let message = "The answer of The Muse holds no list \"results\".";
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let count = Count {
        records: results.len(),
        total: answer.get("total").and_then(Value::as_u64),
        pages: answer.get("page_count").and_then(Value::as_u64),
    };
    Ok((Parsed::of_records(results, "results", posting), count))
}

fn posting(record: &Value) -> Result<RawPosting, &'static str> {
    let id = text(record, "/id").ok_or("the posting has no id")?;
    let title = text(record, "/name").ok_or("the posting has no title (name)")?;
    let names = |pointer: &str| -> Vec<String> {
        items(record, pointer)
            .iter()
            .filter_map(|item| text(item, "/name"))
            .collect()
    };
    let joined = |names: Vec<String>| (!names.is_empty()).then(|| names.join(", "));
    let places = names("/locations");
    Ok(RawPosting {
        external_id: id,
        url: web_address(text(record, "/refs/landing_page")).ok_or("the posting has no address")?,
        title,
        company: text(record, "/company/name"),
        // `Flexible / Remote` stands among the places and is none.
        workplace: places
            .iter()
            .any(|place| is_remote(place))
            .then(|| "Remote".to_owned()),
        locations: places
            .into_iter()
            .filter(|place| !is_remote(place))
            .map(|place| RawLocation {
                text: Some(place),
                ..RawLocation::default()
            })
            .collect(),
        description: text(record, "/contents").and_then(|text| markup::description(&text)),
        employment_type: joined(names("/levels")),
        department: joined(names("/categories")),
        posted: date(record, "/publication_date"),
        raw: without(record, &["contents"]),
        ..RawPosting::default()
    })
}

fn is_remote(place: &str) -> bool {
    place.to_ascii_lowercase().contains("remote")
}

#[cfg(test)]
mod tests;
