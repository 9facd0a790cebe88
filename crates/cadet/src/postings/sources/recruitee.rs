//! Recruitee career sites: one call gives all offers.
//!
//! `GET https://{tenant}.recruitee.com/api/offers/`, also on a domain of the employer's own. No paging and no count.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Parsed, Source, address_of, error, not_json};
use super::model::{
    Fetched, Listing, RawLocation, RawPay, RawPosting, RawText, SourceAddress, SourceError,
    SourceErrorKind, SourceKind,
};
use super::one_call;
use super::record::{date, first_text, items, number, text, web_address, with_unique_ids, without};
use super::tenant::{CareerSite, captured};
use crate::config::Endpoints;
use crate::fetch::parse_json;

/// The connector.
pub struct Recruitee;

#[async_trait]
impl Source for Recruitee {
    fn kind(&self) -> SourceKind {
        SourceKind::Recruitee
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let site = CareerSite::parse(&address.address)?;
        let base = site.base(&ctx.endpoints.recruitee);
        let url = address_of(&base, &["api", "offers", ""], &[])?;
        // The careers site interface is public and documented for programs to build career pages from.
        one_call::read(ctx, url, ("Recruitee", address), validators, |text| {
            parse(text, &base)
        })
        .await
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        let site = captured(url, &endpoints.recruitee)?;
        Some(SourceAddress {
            kind: SourceKind::Recruitee,
            address: site.employer()?.as_str().to_owned(),
        })
    }

    fn shorthand(&self, board: &str) -> Option<Result<String, SourceError>> {
        Some(CareerSite::parse(board).map(|site| site.to_string()))
    }

    fn branded(&self, html: &str, at: &Url) -> Option<SourceAddress> {
        // Pages on an employer's domain load their scripts and pictures from Recruitee's hosts.
        let marks = [
            "recruiteecdn.com",
            "recruitee-careers",
            "careers-analytics.recruitee.com",
        ];
        marks
            .iter()
            .any(|mark| html.contains(mark))
            .then(|| SourceAddress {
                kind: SourceKind::Recruitee,
                address: at.origin().ascii_serialization(),
            })
    }
}

/// Reads a site's answer; `base` is the site's address, for offers that do not give their own.
///
/// # Errors
/// If it is not JSON, or holds no list of offers.
pub fn parse(body: &str, base: &str) -> Result<Parsed, SourceError> {
    let answer = parse_json(body)
        .map_err(|problem| not_json(&format!("Recruitee site {base}"), &problem))?;
    let Some(offers) = answer.get("offers").and_then(Value::as_array) else {
        let message = format!(
            "The answer for Recruitee site {base} holds no list \"offers\". Check that the address is a career site of Recruitee."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut parsed = Parsed {
        whole: true,
        ..Parsed::default()
    };
    let mut postings = Vec::with_capacity(offers.len());
    for (index, offer) in offers.iter().enumerate() {
        match posting(offer, base) {
            Ok(posting) => postings.push(posting),
            Err(missing) => parsed.lose(format!("offers[{index}]"), missing),
        }
    }
    parsed.name = postings.iter().find_map(|posting| posting.company.clone());
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    Ok(parsed)
}

fn posting(offer: &Value, base: &str) -> Result<RawPosting, &'static str> {
    // The slug stands in every address of the offer, so it is what other sources can know it by.
    let id = first_text(offer, &["/slug", "/id"]).ok_or("the offer has neither slug nor id")?;
    let title = text(offer, "/title").ok_or("the offer has no title")?;
    Ok(RawPosting {
        url: match web_address(text(offer, "/careers_url")) {
            Some(url) => url,
            None => address_of(base, &["o", &id], &[])
                .map(String::from)
                .unwrap_or_default(),
        },
        apply_url: web_address(text(offer, "/careers_apply_url")),
        language: language(offer, &title),
        external_id: id,
        title,
        company: text(offer, "/company_name"),
        locations: places(offer),
        workplace: workplace(offer),
        description: description(offer),
        pay: pay(offer),
        employment_type: text(offer, "/employment_type_code").map(|code| code.replace('_', " ")),
        department: text(offer, "/department"),
        posted: date(offer, "/published_at").or_else(|| date(offer, "/created_at")),
        updated: date(offer, "/updated_at"),
        deadline: date(offer, "/close_at"),
        listing: listing(offer),
        raw: without(
            offer,
            &[
                "description",
                "requirements",
                "translations",
                "open_questions",
                "sharing_description",
                "mailbox_email",
            ],
        ),
        ..RawPosting::default()
    })
}

/// Only what is published is an opening; other states come where a site lists its drafts or what it has closed.
fn listing(offer: &Value) -> Listing {
    match text(offer, "/status").as_deref() {
        None | Some("published") => Listing::Open,
        Some("closed" | "archived") => Listing::Closed,
        Some(_) => Listing::Hidden,
    }
}

/// The text is in two parts.
fn description(offer: &Value) -> Option<RawText> {
    let parts: Vec<String> = ["/description", "/requirements"]
        .iter()
        .filter_map(|part| text(offer, part))
        .collect();
    (!parts.is_empty()).then(|| RawText::Html(parts.join("\n")))
}

/// The language of the translation whose title is the offer's own.
fn language(offer: &Value, title: &str) -> Option<String> {
    offer
        .get("translations")?
        .as_object()?
        .iter()
        .find(|(_, translation)| text(translation, "/title").as_deref() == Some(title))
        .map(|(language, _)| language.clone())
}

fn places(offer: &Value) -> Vec<RawLocation> {
    let mut places: Vec<RawLocation> = Vec::new();
    for place in items(offer, "/locations").iter().map(place) {
        if place != RawLocation::default() && !places.contains(&place) {
            places.push(place);
        }
    }
    if places.is_empty() {
        let alone = RawLocation {
            text: text(offer, "/location"),
            city: text(offer, "/city"),
            region: text(offer, "/state_name"),
            country: first_text(offer, &["/country", "/country_code"]),
        };
        places.extend(Some(alone).filter(|place| *place != RawLocation::default()));
    }
    places
}

fn place(location: &Value) -> RawLocation {
    let city = text(location, "/city");
    RawLocation {
        // The name is often an office's nickname, so it only stands in where there is no city.
        text: text(location, "/name").filter(|_| city.is_none()),
        city,
        region: text(location, "/state"),
        country: first_text(location, &["/country", "/country_code"]),
    }
}

/// Three flags, of which several may be set: then people may choose, which is hybrid.
fn workplace(offer: &Value) -> Option<String> {
    let is = |flag: &str| offer.get(flag) == Some(&Value::Bool(true));
    let found = match (is("remote"), is("hybrid"), is("on_site")) {
        (_, true, _) | (true, false, true) => "hybrid",
        (true, false, false) => "remote",
        (false, false, true) => "on-site",
        (false, false, false) => return None,
    };
    Some(found.to_owned())
}

fn pay(offer: &Value) -> Option<RawPay> {
    let (min, max) = (number(offer, "/salary/min"), number(offer, "/salary/max"));
    (min.is_some() || max.is_some()).then(|| RawPay {
        min,
        max,
        currency: text(offer, "/salary/currency"),
        period: text(offer, "/salary/period"),
        text: None,
    })
}

#[cfg(test)]
mod tests;
