//! The company's career pages: pages of links, then each posting's own page.

use std::collections::HashMap;

use serde_json::Value;
use url::Url;

use crate::fetch::html;
use crate::fetch::{Accept, Request};
use crate::postings::sources::connector::{FetchContext, Parsed, address_of, no_such_board};
use crate::postings::sources::details::{Calls, Listed, fill_in};
use crate::postings::sources::model::{
    Fetched, RawPosting, RecordProblem, SourceAddress, SourceError,
};
use crate::postings::sources::{jsonld, markup, microdata};

/// Pages of the list after which a company is not believed any more; the largest have five thousand postings.
const MAX_PAGES: usize = 300;
/// Digits that a posting's number has at least.
const SHORTEST_NUMBER: usize = 9;

/// Reads the list, and the pages of postings that are new or changed.
pub(super) async fn fetch(
    ctx: &FetchContext,
    company: &str,
    address: &SourceAddress,
    validators: Option<&Value>,
) -> Result<Fetched, SourceError> {
    let mut fetched = Fetched::default();
    let listed = read_list(ctx, company, address, &mut fetched).await?;
    let mut calls = Vec::with_capacity(listed.len());
    for posting in listed {
        match Url::parse(&posting.url) {
            Ok(call) => calls.push(Listed { posting, call }),
            Err(_) => fetched.complete = false,
        }
    }
    let how = Calls {
        accept: Accept::Html,
        documented: false,
    };
    let merge = |posting: &mut RawPosting, page: &str, at: &Url| merge_page(posting, page, at);
    fill_in(ctx, &mut fetched, calls, validators, how, merge).await;
    fetched.name = fetched.name.take().or_else(|| {
        fetched
            .postings
            .iter()
            .find_map(|posting| posting.company.clone())
    });
    Ok(fetched)
}

/// The company's page, then further pages of the list until one is empty. Only an empty page says that the list is at its end.
async fn read_list(
    ctx: &FetchContext,
    company: &str,
    address: &SourceAddress,
    fetched: &mut Fetched,
) -> Result<Vec<RawPosting>, SourceError> {
    let base = &ctx.endpoints.smartrecruiters;
    let mut found: Vec<RawPosting> = Vec::new();
    let mut seen: HashMap<String, ()> = HashMap::new();
    let mut add = |parsed: Parsed, found: &mut Vec<RawPosting>| {
        let before = found.len();
        found.extend(
            parsed
                .postings
                .into_iter()
                .filter(|posting| seen.insert(posting.external_id.clone(), ()).is_none()),
        );
        found.len() - before
    };
    let first = Request::new(address_of(base, &[company], &[])?, Accept::Html);
    let answer = ctx
        .client
        .get(&first)
        .await
        .map_err(|error| no_such_board(error.into(), "SmartRecruiters", address))?;
    fetched.bytes += answer.bytes();
    let parsed = parse(&answer.text(), &answer.final_url, company);
    fetched.name.clone_from(&parsed.name);
    add(parsed, &mut found);
    for page in 0..MAX_PAGES {
        let number = page.to_string();
        let url = address_of(
            base,
            &[company, "api", "more"],
            &[("page", number.as_str())],
        )?;
        let answer = match ctx.client.get(&Request::new(url, Accept::Html)).await {
            Ok(answer) => answer,
            Err(error) => {
                fetched.problems.push(RecordProblem {
                    at: format!("page {page}"),
                    message: error.message,
                });
                return Ok(found);
            }
        };
        fetched.bytes += answer.bytes();
        let parsed = parse(&answer.text(), &answer.final_url, company);
        if parsed.postings.is_empty() {
            fetched.complete = true;
            return Ok(found);
        }
        // The company's own page may hold the whole of the first page of the list already.
        if add(parsed, &mut found) == 0 && page > 0 {
            break;
        }
    }
    fetched.problems.push(RecordProblem {
        at: "list".to_owned(),
        message: "the list's pages repeat or do not end, so it may not be whole".to_owned(),
    });
    Ok(found)
}

/// Reads a page of the list, read from `at`: the links to postings of the company.
#[must_use]
pub fn parse(page: &str, at: &Url, company: &str) -> Parsed {
    let mut parsed = Parsed {
        whole: true,
        ..Parsed::default()
    };
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut last: Option<usize> = None;
    for element in html::elements(page, &["a", "h1", "h2", "h3", "h4", "meta"]) {
        match element.name.as_str() {
            "meta" => {
                if element.attr("property") == Some("og:site_name") {
                    parsed.name = element
                        .attr("content")
                        .map(markup::plain)
                        .filter(|name| !name.is_empty());
                }
            }
            "a" => {
                last = element
                    .attr("href")
                    .and_then(|href| at.join(href.trim()).ok())
                    .and_then(|url| posting(&url, at, company))
                    .map(|posting| {
                        *known.entry(posting.external_id.clone()).or_insert_with(|| {
                            parsed.postings.push(posting);
                            parsed.postings.len() - 1
                        })
                    });
                let text = markup::plain(&element.text);
                if let (Some(index), false) = (last, text.is_empty()) {
                    parsed.postings[index].title = text;
                }
            }
            // The title is the heading within the link.
            _ => {
                let text = markup::plain(&element.text);
                if let (Some(index), false) = (last.take(), text.is_empty()) {
                    parsed.postings[index].title = text;
                }
            }
        }
    }
    parsed
}

/// `/{company}/{number}-{words}` on the pages' own host, or on the host of postings' pages.
fn posting(url: &Url, at: &Url, company: &str) -> Option<RawPosting> {
    let is_home = url.origin() == at.origin()
        || (url.scheme() == "https" && url.host_str() == Some("jobs.smartrecruiters.com"));
    let mut segments = url.path_segments()?.filter(|part| !part.is_empty()).rev();
    let (last, before) = (segments.next()?, segments.next()?);
    let number: String = last.chars().take_while(char::is_ascii_digit).collect();
    let is_posting =
        is_home && number.len() >= SHORTEST_NUMBER && before.eq_ignore_ascii_case(company);
    if !is_posting {
        return None;
    }
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    let words = last[number.len()..].replace('-', " ").trim().to_owned();
    Some(RawPosting {
        title: if words.is_empty() {
            format!("Posting {number}")
        } else {
            words
        },
        external_id: number,
        url: url.into(),
        ..RawPosting::default()
    })
}

/// Puts what a posting's page says into it: its JSON-LD, or its microdata, which most pages have instead.
///
/// # Errors
/// If the page carries no posting, as that of an expired one.
pub fn merge_page(posting: &mut RawPosting, page: &str, at: &Url) -> Result<(), String> {
    let told = jsonld::parse(page, at.as_str())
        .postings
        .into_iter()
        .next()
        .or_else(|| jsonld::embedded(&microdata::job_posting(page)?, at.as_str()))
        .ok_or("the page carries no JobPosting data; the posting may have expired")?;
    *posting = RawPosting {
        external_id: std::mem::take(&mut posting.external_id),
        url: std::mem::take(&mut posting.url),
        ..told
    };
    Ok(())
}
