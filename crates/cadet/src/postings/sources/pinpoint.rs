//! Pinpoint career sites: one call gives all, with the text in four parts and without any date of posting.
//!
//! `GET https://{tenant}.pinpointhq.com/postings.json`. No paging and no count. `deadline_at` is the last day to apply; it says
//! nothing of when a posting was posted, and nothing else does.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Parsed, Source, address_of, error, not_json};
use super::markup::{self, escape};
use super::model::{
    Fetched, RawLocation, RawPay, RawPosting, RawText, SourceAddress, SourceError, SourceErrorKind,
    SourceKind,
};
use super::one_call;
use super::record::{date, first_text, number, text, web_address, without};
use super::tenant::{Label, captured, filled};
use crate::config::Endpoints;
use crate::fetch::parse_json;

/// The parts of the text in the order of the page, each with the heading that stands above it there.
const PARTS: [&str; 4] = [
    "description",
    "key_responsibilities",
    "skills_knowledge_expertise",
    "benefits",
];

/// The connector.
pub struct Pinpoint;

#[async_trait]
impl Source for Pinpoint {
    fn kind(&self) -> SourceKind {
        SourceKind::Pinpoint
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let tenant = Label::parse(&address.address)?;
        let base = filled(&ctx.endpoints.pinpoint, &[("tenant", &tenant)]);
        let url = address_of(&base, &["postings.json"], &[])?;
        // Pinpoint documents the list for career pages that employers build themselves.
        one_call::read(ctx, url, ("Pinpoint", address), validators, |text| {
            parse(text, &base)
        })
        .await
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        let site = captured(url, &endpoints.pinpoint)?;
        Some(SourceAddress {
            kind: SourceKind::Pinpoint,
            address: site.employer()?.as_str().to_owned(),
        })
    }

    fn shorthand(&self, board: &str) -> Option<Result<String, SourceError>> {
        Some(Label::parse(board).map(|tenant| tenant.as_str().to_owned()))
    }
}

/// Reads a site's answer; `base` is the site's address.
///
/// # Errors
/// If it is not JSON, or holds no list of postings.
pub fn parse(body: &str, base: &str) -> Result<Parsed, SourceError> {
    let answer =
        parse_json(body).map_err(|problem| not_json(&format!("Pinpoint site {base}"), &problem))?;
    let Some(records) = answer.get("data").and_then(Value::as_array) else {
        let message = format!(
            "The answer for Pinpoint site {base} holds no list \"data\". Check the site's name."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    Ok(Parsed::of_records(records, "data", |record| {
        posting(record, base)
    }))
}

fn posting(record: &Value, base: &str) -> Result<RawPosting, &'static str> {
    let url = page(record, base);
    // The address names a posting by an id of its own, by which it is known everywhere else; the record's is a number.
    let id = url
        .as_ref()
        .and_then(id_in_page)
        .or_else(|| text(record, "/id"))
        .ok_or("the posting has no id")?;
    let title = text(record, "/title").ok_or("the posting has no title")?;
    Ok(RawPosting {
        external_id: id,
        url: url.map(String::from).unwrap_or_default(),
        title,
        locations: place(record).into_iter().collect(),
        workplace: first_text(record, &["/workplace_type", "/workplace_type_text"]),
        description: description(record),
        pay: pay(record),
        employment_type: first_text(record, &["/employment_type", "/employment_type_text"]),
        department: first_text(record, &["/job/department/name", "/department/name"]),
        requisition: text(record, "/job/requisition_id"),
        // There is no date of posting, and the deadline must not stand in for one.
        posted: None,
        deadline: date(record, "/deadline_at"),
        raw: without(record, &PARTS),
        ..RawPosting::default()
    })
}

/// The posting's page; older records have its path alone.
fn page(record: &Value, base: &str) -> Option<Url> {
    let whole = web_address(text(record, "/url")).and_then(|url| Url::parse(&url).ok());
    whole.or_else(|| {
        let path = text(record, "/path").filter(|path| path.starts_with('/'))?;
        Url::parse(&format!("{}{path}", base.trim_end_matches('/'))).ok()
    })
}

fn id_in_page(page: &Url) -> Option<String> {
    let mut segments = page.path_segments()?;
    segments.find(|segment| *segment == "postings")?;
    segments
        .next()
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
}

fn place(record: &Value) -> Option<RawLocation> {
    let place = RawLocation {
        text: first_text(record, &["/location/name", "/location"]),
        city: text(record, "/location/city"),
        region: first_text(record, &["/location/province", "/location/state"]),
        country: None,
    };
    (place != RawLocation::default()).then_some(place)
}

/// The parts that are there, each under its heading if it has one.
fn description(record: &Value) -> Option<RawText> {
    let parts: Vec<String> = PARTS
        .iter()
        .filter_map(|part| {
            let body = text(record, &format!("/{part}"))?;
            let heading = text(record, &format!("/{part}_header"))
                .map(|heading| format!("<h3>{}</h3>\n", escape(&markup::plain(&heading))))
                .unwrap_or_default();
            Some(format!("{heading}{body}"))
        })
        .collect();
    (!parts.is_empty()).then(|| RawText::Html(parts.join("\n")))
}

/// Pay, only if the employer wants it shown.
fn pay(record: &Value) -> Option<RawPay> {
    if record.get("compensation_visible") != Some(&Value::Bool(true)) {
        return None;
    }
    let pay = RawPay {
        min: number(record, "/compensation_minimum"),
        max: number(record, "/compensation_maximum"),
        currency: text(record, "/compensation_currency"),
        period: text(record, "/compensation_frequency"),
        text: text(record, "/compensation"),
    };
    (pay.min.is_some() || pay.max.is_some() || pay.text.is_some()).then_some(pay)
}

#[cfg(test)]
mod tests;
