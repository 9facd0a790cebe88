//! Gem job boards: one call gives the whole board.
//!
//! `GET {base}/job_board/v0/{name}/job_posts/`. No paging and no count.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{
    BoardToken, FetchContext, Parsed, Source, address_of, error, not_json, percent_decoded,
};
use super::markup;
use super::model::{
    Fetched, RawLocation, RawPay, RawPosting, RawText, SourceAddress, SourceError, SourceErrorKind,
    SourceKind,
};
use super::one_call;
use super::record::{date, first_text, items, number, text, web_address, without};
use crate::config::Endpoints;
use crate::fetch::parse_json;

/// The connector.
pub struct Gem;

#[async_trait]
impl Source for Gem {
    fn kind(&self) -> SourceKind {
        SourceKind::Gem
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let board = board(&address.address)?;
        // The empty segment at the end is the slash without which the interface redirects.
        let path = ["job_board", "v0", &board, "job_posts", ""];
        let url = address_of(&ctx.endpoints.gem, &path, &[])?;
        // The job board interface is public and documented for programs to build career pages from.
        one_call::read(ctx, url, ("Gem", address), validators, |text| {
            parse(text, &board)
        })
        .await
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        let segments: Vec<&str> = url
            .path_segments()?
            .filter(|part| !part.is_empty())
            .collect();
        let of_api = || {
            let base = Url::parse(&endpoints.gem).ok()?;
            let below = segments.windows(2).find(|pair| pair[0] == "v0")?;
            (base.origin() == url.origin()).then_some(below[1])
        };
        let name = match url.host_str()? {
            "jobs.gem.com" => *segments.first()?,
            _ => of_api()?,
        };
        Some(SourceAddress {
            kind: SourceKind::Gem,
            address: board(&percent_decoded(name)).ok()?,
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

/// Reads a board's answer.
///
/// # Errors
/// If it is not JSON, or not a list.
pub fn parse(body: &str, board: &str) -> Result<Parsed, SourceError> {
    let answer =
        parse_json(body).map_err(|problem| not_json(&format!("Gem board {board}"), &problem))?;
    let records = answer
        .as_array()
        .or_else(|| answer.get("job_posts").and_then(Value::as_array));
    let Some(records) = records else {
        let message = format!(
            "The answer for Gem board {board} is not a list of postings. Check the board's name."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    Ok(Parsed::of_records(records, "", |record| {
        posting(record, board)
    }))
}

fn posting(record: &Value, board: &str) -> Result<RawPosting, &'static str> {
    let id = text(record, "/id").ok_or("the posting has no id")?;
    let title = text(record, "/title").ok_or("the posting has no title")?;
    let page = || address_of("https://jobs.gem.com", &[board, &id], &[]);
    let departments: Vec<String> = items(record, "/departments")
        .iter()
        .filter_map(|department| text(department, "/name"))
        .collect();
    Ok(RawPosting {
        url: web_address(text(record, "/absolute_url"))
            .or_else(|| page().ok().map(String::from))
            .unwrap_or_default(),
        title,
        locations: places(record),
        workplace: text(record, "/location_type"),
        description: description(record),
        pay: pay(record),
        employment_type: text(record, "/employment_type"),
        department: (!departments.is_empty()).then(|| departments.join(", ")),
        requisition: text(record, "/requisition_id"),
        // A post may have been written long before it was published.
        posted: date(record, "/first_published_at").or_else(|| date(record, "/created_at")),
        updated: date(record, "/updated_at"),
        raw: without(record, &["content", "content_plain"]),
        external_id: id,
        ..RawPosting::default()
    })
}

fn description(record: &Value) -> Option<RawText> {
    let html = text(record, "/content").and_then(|content| markup::description(&content));
    html.or_else(|| text(record, "/content_plain").map(RawText::Plain))
}

/// The place that the post names, else those of its offices.
fn places(record: &Value) -> Vec<RawLocation> {
    let place = |text: String| RawLocation {
        text: Some(text),
        ..RawLocation::default()
    };
    if let Some(named) = text(record, "/location/name") {
        return vec![place(named)];
    }
    let mut places: Vec<RawLocation> = Vec::new();
    for office in items(record, "/offices") {
        let found = first_text(office, &["/location/name", "/name"]).map(place);
        places.extend(found.filter(|found| !places.contains(found)));
    }
    places
}

fn pay(record: &Value) -> Option<RawPay> {
    let pay = RawPay {
        min: number(record, "/compensation/min_amount"),
        max: number(record, "/compensation/max_amount"),
        currency: text(record, "/compensation/currency"),
        period: first_text(
            record,
            &["/compensation/frequency", "/compensation/interval"],
        ),
        text: first_text(record, &["/compensation/summary", "/compensation"]),
    };
    (pay.min.is_some() || pay.max.is_some() || pay.text.is_some()).then_some(pay)
}

#[cfg(test)]
mod tests;
