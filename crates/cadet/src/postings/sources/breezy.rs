//! Breezy career sites: one call gives the list, each posting's page its text as JSON-LD.
//!
//! `GET https://{tenant}.breezy.hr/json`, a list without paging and without text, then `GET /p/{friendly_id}`.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Parsed, Source, address_of, error, no_such_board, not_json};
use super::details::{Calls, Listed, fill_in};
use super::jsonld;
use super::model::{
    Fetched, RawLocation, RawPay, RawPosting, SourceAddress, SourceError, SourceErrorKind,
    SourceKind,
};
use super::record::{date, first_text, items, text, web_address};
use super::tenant::{Label, captured, filled};
use crate::config::Endpoints;
use crate::fetch::{Accept, Request, parse_json};

/// The connector.
pub struct Breezy;

#[async_trait]
impl Source for Breezy {
    fn kind(&self) -> SourceKind {
        SourceKind::Breezy
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let tenant = Label::parse(&address.address)?;
        let base = filled(&ctx.endpoints.breezy, &[("tenant", &tenant)]);
        // Breezy describes the list as meant for career pages that others build.
        let request =
            Request::new(address_of(&base, &["json"], &[])?, Accept::Json).to_documented_api();
        let answer = ctx
            .client
            .get(&request)
            .await
            .map_err(|error| no_such_board(error.into(), "Breezy", address))?;
        let mut fetched = parse(&answer.text(), &base)?.into_fetched();
        fetched.bytes = answer.bytes();
        let listed = Listed::taken_out(&mut fetched, |posting| {
            let page = text(&posting.raw, "/friendly_id");
            let page = page.as_deref().unwrap_or(&posting.external_id);
            address_of(&base, &["p", page], &[])
        })?;
        let calls = Calls {
            accept: Accept::Html,
            documented: false,
        };
        fill_in(ctx, &mut fetched, listed, validators, calls, merge_page).await;
        Ok(fetched)
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        let site = captured(url, &endpoints.breezy)?;
        Some(SourceAddress {
            kind: SourceKind::Breezy,
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
/// If it is not JSON, or not a list.
pub fn parse(body: &str, base: &str) -> Result<Parsed, SourceError> {
    let answer =
        parse_json(body).map_err(|problem| not_json(&format!("Breezy site {base}"), &problem))?;
    let Some(records) = answer.as_array() else {
        let message = format!(
            "The answer for Breezy site {base} is not a list of postings. Check the site's name."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut parsed = Parsed::of_records(records, "", |record| posting(record, base));
    parsed.name = records
        .iter()
        .find_map(|record| text(record, "/company/name"));
    Ok(parsed)
}

fn posting(record: &Value, base: &str) -> Result<RawPosting, &'static str> {
    let friendly = text(record, "/friendly_id");
    let id = text(record, "/id")
        .or_else(|| friendly.as_ref()?.split('-').next().map(str::to_owned))
        .ok_or("the posting has no id")?;
    let title = text(record, "/name").ok_or("the posting has no title (name)")?;
    let page = || {
        let page = friendly.as_deref().unwrap_or(&id);
        address_of(base, &["p", page], &[]).map(String::from)
    };
    Ok(RawPosting {
        url: web_address(text(record, "/url"))
            .or_else(|| page().ok())
            .unwrap_or_default(),
        external_id: id,
        title,
        company: text(record, "/company/name"),
        locations: places(record),
        workplace: workplace(record),
        pay: text(record, "/salary").map(|text| RawPay {
            text: Some(text),
            ..RawPay::default()
        }),
        employment_type: first_text(record, &["/type/name", "/type/id", "/type"]),
        department: first_text(record, &["/department", "/department/name"]),
        posted: date(record, "/published_date"),
        raw: record.clone(),
        ..RawPosting::default()
    })
}

/// All places; `locations` repeats the main one where it is there at all.
fn places(record: &Value) -> Vec<RawLocation> {
    let all = items(record, "/locations");
    let all = if all.is_empty() {
        items(record, "/location")
    } else {
        all
    };
    let mut places: Vec<RawLocation> = Vec::new();
    for place in all.iter().filter_map(place) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

fn place(value: &Value) -> Option<RawLocation> {
    let city = text(value, "/city");
    let region = first_text(value, &["/state/name", "/state/id", "/state"]);
    let country = first_text(value, &["/country/name", "/country/id", "/country"]);
    let is_told_apart = city.is_some() || region.is_some() || country.is_some();
    let place = RawLocation {
        text: text(value, "/name").filter(|_| !is_told_apart),
        city,
        region,
        country,
    };
    (place != RawLocation::default()).then_some(place)
}

fn workplace(record: &Value) -> Option<String> {
    let remote = |place: &Value| place.get("is_remote") == Some(&Value::Bool(true));
    first_text(record, &["/location/remote_details/label"]).or_else(|| {
        record
            .get("location")
            .is_some_and(remote)
            .then(|| "Remote".to_owned())
    })
}

/// Puts what a posting's page tells as JSON-LD into it. What the list says of the same stays, for it is told apart better.
///
/// # Errors
/// If the page carries no posting.
pub fn merge_page(posting: &mut RawPosting, page: &str, at: &Url) -> Result<(), String> {
    let parsed = jsonld::parse(page, at.as_str());
    let why = parsed.problems.first().map(|problem| &problem.message);
    let Some(found) = parsed.postings.into_iter().next() else {
        let why = why.map(|why| format!(": {why}")).unwrap_or_default();
        return Err(format!("the page carries no JobPosting data{why}"));
    };
    posting.description = found.description;
    posting.deadline = found.deadline;
    posting.pay = found.pay.or_else(|| posting.pay.take());
    posting.posted = posting.posted.take().or(found.posted);
    posting.language = found.language;
    if posting.locations.is_empty() {
        posting.locations = found.locations;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
