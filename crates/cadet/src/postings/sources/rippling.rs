//! Rippling job boards: one call gives the list, one call for each posting its text, date and pay.
//!
//! `GET {base}/platform/api/ats/v1/board/{name}/jobs`, a list in which a job stands once for each of its places, then
//! `GET .../jobs/{uuid}`.

use std::collections::HashMap;

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{
    BoardToken, FetchContext, Parsed, Source, address_of, error, no_such_board, not_json,
};
use super::details::{Calls, Listed, fill_in};
use super::model::{
    Fetched, RawLocation, RawPay, RawPosting, RawText, SourceAddress, SourceError, SourceErrorKind,
    SourceKind,
};
use super::record::{date, first_text, items, number, scalar, text, web_address, without};
use crate::config::Endpoints;
use crate::fetch::{Accept, Request, parse_json};

/// Where the boards' interface begins.
const PATH: [&str; 5] = ["platform", "api", "ats", "v1", "board"];

/// The connector.
pub struct Rippling;

#[async_trait]
impl Source for Rippling {
    fn kind(&self) -> SourceKind {
        SourceKind::Rippling
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let board = board(&address.address)?;
        let base = &ctx.endpoints.rippling;
        let path = [&PATH[..], &[&board, "jobs"]].concat();
        // Rippling publishes this interface for career pages that employers build themselves.
        let request = Request::new(address_of(base, &path, &[])?, Accept::Json).to_documented_api();
        let answer = ctx
            .client
            .get(&request)
            .await
            .map_err(|error| no_such_board(error.into(), "Rippling", address))?;
        let mut fetched = parse(&answer.text(), &board)?.into_fetched();
        fetched.bytes = answer.bytes();
        let listed = Listed::taken_out(&mut fetched, |posting| {
            let path = [&path[..], &[&posting.external_id]].concat();
            address_of(base, &path, &[])
        })?;
        let calls = Calls {
            accept: Accept::Json,
            documented: true,
        };
        let merge = |posting: &mut RawPosting, body: &str, _: &Url| merge_detail(posting, body);
        fill_in(ctx, &mut fetched, listed, validators, calls, merge).await;
        fetched.name = fetched
            .postings
            .iter()
            .find_map(|posting| posting.company.clone());
        Ok(fetched)
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        let segments: Vec<&str> = url
            .path_segments()?
            .filter(|part| !part.is_empty())
            .collect();
        let of_api = || {
            let base = Url::parse(&endpoints.rippling).ok()?;
            let below = segments.windows(2).find(|pair| pair[0] == "board")?;
            (base.origin() == url.origin()).then_some(below[1])
        };
        let name = match url.host_str()? {
            // `/en-GB/northlight/jobs/...`: a language may stand in front.
            "ats.rippling.com" => *segments.iter().find(|part| !is_language(part))?,
            _ => of_api()?,
        };
        Some(SourceAddress {
            kind: SourceKind::Rippling,
            address: board(&super::connector::percent_decoded(name)).ok()?,
        })
    }

    fn shorthand(&self, name: &str) -> Option<Result<String, SourceError>> {
        Some(board(name))
    }
}

/// A board's name; there are no regions.
fn board(name: &str) -> Result<String, SourceError> {
    BoardToken::parse(name).map(|board| board.token)
}

fn is_language(part: &str) -> bool {
    let letters = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    part.split_once('-')
        .is_some_and(|(language, country)| letters(language) && letters(country))
}

/// Reads a board's list.
///
/// # Errors
/// If it is not JSON, or not a list.
pub fn parse(body: &str, board: &str) -> Result<Parsed, SourceError> {
    let answer = parse_json(body)
        .map_err(|problem| not_json(&format!("Rippling board {board}"), &problem))?;
    let records = answer
        .as_array()
        .or_else(|| answer.get("items").and_then(Value::as_array));
    let Some(records) = records else {
        let message = format!(
            "The answer for Rippling board {board} is not a list of postings. Check the board's name."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut parsed = Parsed {
        whole: true,
        ..Parsed::default()
    };
    // The same job stands there once for each of its places.
    let mut at: HashMap<String, usize> = HashMap::new();
    for (index, record) in records.iter().enumerate() {
        let mut posting = match posting(record, board) {
            Ok(posting) => posting,
            Err(missing) => {
                parsed.lose(format!("[{index}]"), missing);
                continue;
            }
        };
        match at.get(&posting.external_id) {
            Some(known) => add_places(&mut parsed.postings[*known], posting.locations.drain(..)),
            None => {
                at.insert(posting.external_id.clone(), parsed.postings.len());
                parsed.postings.push(posting);
            }
        }
    }
    Ok(parsed)
}

fn posting(record: &Value, board: &str) -> Result<RawPosting, &'static str> {
    let id = first_text(record, &["/uuid", "/id"]).ok_or("the job has no uuid")?;
    let title = first_text(record, &["/name", "/title"]).ok_or("the job has no title (name)")?;
    let page = || address_of("https://ats.rippling.com", &[board, "jobs", &id], &[]);
    Ok(RawPosting {
        url: web_address(text(record, "/url"))
            .or_else(|| page().ok().map(String::from))
            .unwrap_or_default(),
        title,
        locations: first_text(record, &["/workLocation/label", "/workLocation/id"])
            .map(place)
            .into_iter()
            .collect(),
        department: first_text(record, &["/department/label", "/department/name"]),
        raw: without(record, &["workLocation"]),
        external_id: id,
        ..RawPosting::default()
    })
}

fn place(text: String) -> RawLocation {
    RawLocation {
        text: Some(text),
        ..RawLocation::default()
    }
}

fn add_places(posting: &mut RawPosting, places: impl Iterator<Item = RawLocation>) {
    for place in places {
        if !posting.locations.contains(&place) {
            posting.locations.push(place);
        }
    }
}

/// Puts what a posting's own call tells into it.
///
/// # Errors
/// If the answer is not what it should be.
pub fn merge_detail(posting: &mut RawPosting, body: &str) -> Result<(), String> {
    let detail = parse_json(body).map_err(|problem| problem.to_string())?;
    if text(&detail, "/uuid").is_none_or(|id| id != posting.external_id) {
        return Err("the answer is not about this job".to_owned());
    }
    posting.company = text(&detail, "/companyName").or(posting.company.take());
    posting.description = description(&detail);
    posting.employment_type = first_text(
        &detail,
        &[
            "/employmentType/id",
            "/employmentType/label",
            "/employmentType",
        ],
    );
    posting.posted = date(&detail, "/createdOn");
    posting.pay = pay(&detail);
    let places = items(&detail, "/workLocations").iter();
    add_places(posting, places.filter_map(scalar).map(place));
    Ok(())
}

/// What the employer says of the role, then of itself.
fn description(detail: &Value) -> Option<RawText> {
    let parts: Vec<String> = ["/description/role", "/description/company"]
        .iter()
        .filter_map(|part| text(detail, part))
        .collect();
    match parts.is_empty() {
        false => Some(RawText::Html(parts.join("\n"))),
        true => text(detail, "/description").map(RawText::Html),
    }
}

/// The range over all places with the currency and period of the first; others cannot be put into one range.
fn pay(detail: &Value) -> Option<RawPay> {
    let ranges = items(detail, "/payRangeDetails");
    let first = ranges.iter().find(|range| {
        number(range, "/rangeStart")
            .or(number(range, "/rangeEnd"))
            .is_some()
    })?;
    let kind = |range: &Value| (text(range, "/currency"), text(range, "/frequency"));
    let (currency, period) = kind(first);
    let same: Vec<&Value> = ranges
        .iter()
        .filter(|range| kind(range) == (currency.clone(), period.clone()))
        .collect();
    let amounts =
        |pointer: &'static str| same.iter().filter_map(move |range| number(range, pointer));
    Some(RawPay {
        min: amounts("/rangeStart").reduce(f64::min),
        max: amounts("/rangeEnd").reduce(f64::max),
        currency,
        period,
        text: None,
    })
}

#[cfg(test)]
mod tests;
