//! Arbeitnow: openings of many employers, most of them in Germany, in pages.
//!
//! `GET {base}/api/job-board-api?page=N` until a page is empty. The pages' own `links.next` is not followed: it adds a search word.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Parsed, Source, address_of, error, not_json};
use super::markup;
use super::model::{
    Fetched, RawLocation, RawPosting, SourceAddress, SourceError, SourceErrorKind, SourceKind,
};
use super::paged::{Page, Paged, read_pages};
use super::record::{epoch, items, number, scalar, text, web_address, without};
use crate::config::Endpoints;
use crate::fetch::{Accept, Request, parse_json};

/// Pages of a hundred read in one poll.
const MAX_PAGES: usize = 50;
/// There is but one list.
const ALL: &str = "all";

/// The connector.
pub struct Arbeitnow;

#[async_trait]
impl Source for Arbeitnow {
    fn kind(&self) -> SourceKind {
        SourceKind::Arbeitnow
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        _: &SourceAddress,
        _: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let fetched = read_pages(ctx, &List { ctx }, 1..=MAX_PAGES).await?;
        Ok(Fetched {
            name: Some("Arbeitnow".to_owned()),
            ..fetched
        })
    }

    fn board_of(&self, url: &Url, _: &Endpoints) -> Option<SourceAddress> {
        let host = url.host_str()?.trim_start_matches("www.");
        (host == "arbeitnow.com").then(|| SourceAddress {
            kind: SourceKind::Arbeitnow,
            address: ALL.to_owned(),
        })
    }

    fn shorthand(&self, words: &str) -> Option<Result<String, SourceError>> {
        Some(match words {
            "" | ALL => Ok(ALL.to_owned()),
            _ => {
                let message = "Arbeitnow has one list and takes no words. Give arbeitnow: alone; searching is for saved searches.";
                Err(error(SourceErrorKind::BadAddress, None, message))
            }
        })
    }
}

struct List<'a> {
    ctx: &'a FetchContext,
}

#[async_trait]
impl Paged for List<'_> {
    async fn page(&self, number: usize) -> Result<Page, SourceError> {
        let page = number.to_string();
        let url = address_of(
            &self.ctx.endpoints.arbeitnow,
            &["api", "job-board-api"],
            &[("page", &page)],
        )?;
        // The interface is public and documented for programs.
        let request = Request::new(url, Accept::Json).to_documented_api();
        let answer = self.ctx.client.get(&request).await?;
        let (parsed, records) = parse_counted(&answer.text())?;
        Ok(Page {
            parsed,
            is_last: records == 0,
            total: None,
            bytes: answer.bytes(),
        })
    }
}

/// Reads one page.
///
/// # Errors
/// If it is not JSON, or holds no list of jobs.
pub fn parse(body: &str) -> Result<Parsed, SourceError> {
    Ok(parse_counted(body)?.0)
}

/// Also tells how many records the page had.
fn parse_counted(body: &str) -> Result<(Parsed, usize), SourceError> {
    let answer = parse_json(body).map_err(|problem| not_json("Arbeitnow", &problem))?;
    let Some(jobs) = answer.get("data").and_then(Value::as_array) else {
        let message = "The answer of Arbeitnow holds no list \"data\".";
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    Ok((Parsed::of_records(jobs, "data", posting), jobs.len()))
}

fn posting(job: &Value) -> Result<RawPosting, &'static str> {
    let slug = text(job, "/slug").ok_or("the job has no slug")?;
    let title = text(job, "/title").ok_or("the job has no title")?;
    let words = |pointer: &str| {
        let words: Vec<String> = items(job, pointer).iter().filter_map(scalar).collect();
        (!words.is_empty()).then(|| words.join(", "))
    };
    Ok(RawPosting {
        url: web_address(text(job, "/url")).ok_or("the job has no address")?,
        external_id: slug,
        title: markup::plain(&title),
        company: text(job, "/company_name").map(|name| markup::plain(&name)),
        locations: text(job, "/location")
            .map(|place| RawLocation {
                text: Some(place),
                ..RawLocation::default()
            })
            .into_iter()
            .collect(),
        workplace: (job.get("remote") == Some(&Value::Bool(true))).then(|| "remote".to_owned()),
        // Its tags are escaped once more.
        description: text(job, "/description").and_then(|text| markup::description(&text)),
        employment_type: words("/job_types"),
        department: words("/tags"),
        posted: number(job, "/created_at").and_then(epoch),
        raw: without(job, &["description"]),
        ..RawPosting::default()
    })
}

#[cfg(test)]
mod tests;
