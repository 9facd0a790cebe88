//! BambooHR careers sites: one call gives the list, one call for each posting its text, date and pay.
//!
//! `GET https://{tenant}.bamboohr.com/careers/list` with `meta.totalCount`, then `GET /careers/{id}/detail`.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Parsed, Source, address_of, error, no_such_board, not_json};
use super::details::{Calls, Listed, fill_in};
use super::markup;
use super::model::{
    Fetched, Listing, RawLocation, RawPay, RawPosting, SourceAddress, SourceError, SourceErrorKind,
    SourceKind,
};
use super::record::{date, first_text, text, web_address, without};
use super::tenant::{Label, captured, filled};
use crate::config::Endpoints;
use crate::fetch::{Accept, Request, parse_json};

/// The connector.
pub struct BambooHr;

#[async_trait]
impl Source for BambooHr {
    fn kind(&self) -> SourceKind {
        SourceKind::BambooHr
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let tenant = Label::parse(&address.address)?;
        let base = filled(&ctx.endpoints.bamboohr, &[("tenant", &tenant)]);
        let url = address_of(&base, &["careers", "list"], &[])?;
        // What the careers page itself asks; nobody documents it for programs, so robots.txt is obeyed.
        let answer = ctx
            .client
            .get(&Request::new(url, Accept::Json))
            .await
            .map_err(|error| no_such_board(error.into(), "BambooHR", address))?;
        let mut fetched = parse(&answer.text(), &base)?.into_fetched();
        fetched.bytes = answer.bytes();
        let listed = Listed::taken_out(&mut fetched, |posting| {
            address_of(&base, &["careers", &posting.external_id, "detail"], &[])
        })?;
        let calls = Calls {
            accept: Accept::Json,
            documented: false,
        };
        let merge = |posting: &mut RawPosting, body: &str, _: &Url| merge_detail(posting, body);
        fill_in(ctx, &mut fetched, listed, validators, calls, merge).await;
        Ok(fetched)
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        let site = captured(url, &endpoints.bamboohr)?;
        Some(SourceAddress {
            kind: SourceKind::BambooHr,
            address: site.employer()?.as_str().to_owned(),
        })
    }

    fn shorthand(&self, board: &str) -> Option<Result<String, SourceError>> {
        Some(Label::parse(board).map(|tenant| tenant.as_str().to_owned()))
    }
}

/// Reads a site's list; `base` is the site's address.
///
/// # Errors
/// If it is not JSON, or holds no list of postings.
pub fn parse(body: &str, base: &str) -> Result<Parsed, SourceError> {
    let answer =
        parse_json(body).map_err(|problem| not_json(&format!("BambooHR site {base}"), &problem))?;
    let Some(records) = answer.get("result").and_then(Value::as_array) else {
        let message = format!(
            "The answer for BambooHR site {base} holds no list \"result\". Check that the address is a careers site of BambooHR."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut parsed = Parsed::of_records(records, "result", |record| posting(record, base));
    let told = answer.pointer("/meta/totalCount").and_then(Value::as_u64);
    parsed.count("meta.totalCount", told, records.len());
    Ok(parsed)
}

fn posting(record: &Value, base: &str) -> Result<RawPosting, &'static str> {
    let id = text(record, "/id").ok_or("the posting has no id")?;
    let title = text(record, "/jobOpeningName").ok_or("the posting has no title")?;
    let url = address_of(base, &["careers", &id], &[])
        .map(String::from)
        .unwrap_or_default();
    Ok(RawPosting {
        url,
        external_id: id,
        title,
        locations: places(record),
        workplace: workplace(record),
        employment_type: text(record, "/employmentStatusLabel"),
        department: text(record, "/departmentLabel"),
        listing: listing(record),
        raw: record.clone(),
        ..RawPosting::default()
    })
}

/// `locationType` is a code in a string. `isRemote` is mostly null and stands in where the code is not known.
fn workplace(record: &Value) -> Option<String> {
    let found = match text(record, "/locationType").as_deref() {
        Some("0") => "on-site",
        Some("1") => "remote",
        Some("2") => "hybrid",
        _ if record.get("isRemote") == Some(&Value::Bool(true)) => "remote",
        _ => return None,
    };
    Some(found.to_owned())
}

fn listing(record: &Value) -> Listing {
    match text(record, "/jobOpeningStatus").as_deref() {
        None | Some("Open" | "open") => Listing::Open,
        Some(_) => Listing::Closed,
    }
}

/// `location` is the employer's own office; `atsLocation` is where the opening is, when it has no office.
fn places(record: &Value) -> Vec<RawLocation> {
    let office = RawLocation {
        text: None,
        city: text(record, "/location/city"),
        region: text(record, "/location/state"),
        country: first_text(record, &["/location/addressCountry", "/location/country"]),
    };
    let elsewhere = RawLocation {
        text: None,
        city: text(record, "/atsLocation/city"),
        region: first_text(record, &["/atsLocation/state", "/atsLocation/province"]),
        country: text(record, "/atsLocation/country"),
    };
    [office, elsewhere]
        .into_iter()
        .find(|place| *place != RawLocation::default())
        .into_iter()
        .collect()
}

/// Puts what a posting's own call tells into it.
///
/// # Errors
/// If the answer is not what it should be.
pub fn merge_detail(posting: &mut RawPosting, body: &str) -> Result<(), String> {
    let answer = parse_json(body).map_err(|problem| problem.to_string())?;
    let detail = answer
        .pointer("/result/jobOpening")
        .filter(|detail| detail.is_object())
        .ok_or("the answer holds no \"result.jobOpening\"")?;
    posting.description = text(detail, "/description").and_then(|text| markup::description(&text));
    posting.posted = date(detail, "/datePosted");
    posting.pay = text(detail, "/compensation").map(|text| RawPay {
        text: Some(text),
        ..RawPay::default()
    });
    if let Some(url) = web_address(text(detail, "/jobOpeningShareUrl")) {
        posting.url = url;
    }
    // The list leaves the country out.
    let places = places(detail);
    if !places.is_empty() {
        posting.locations = places;
    }
    posting.workplace = workplace(detail).or(posting.workplace.take());
    posting.employment_type =
        text(detail, "/employmentStatusLabel").or(posting.employment_type.take());
    posting.listing = listing(detail);
    posting.raw = without(detail, &["description", "formFields"]);
    Ok(())
}

#[cfg(test)]
mod tests;
