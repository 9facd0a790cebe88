//! Community lists in the Simplify form: one JSON array of records, kept in a Git repository.
//!
//! The address is a web address, a file, or a Git checkout that holds `.github/scripts/listings.json`.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Parsed, Source, error, is_file, not_json};
use super::document::{Document, file_path};
use super::model::{
    Fetched, Listing, RawDate, RawLocation, RawPosting, SourceAddress, SourceError,
    SourceErrorKind, SourceKind,
};
use super::record::{
    digest, epoch, first_text, hex, items, number, scalar, text, web_address, with_unique_ids,
};
use crate::fetch::{Accept, Robots, parse_json};

/// Where such a list lies within its repository.
pub const IN_CHECKOUT: &str = ".github/scripts/listings.json";

/// The connector.
pub struct Simplify;

#[async_trait]
impl Source for Simplify {
    fn kind(&self) -> SourceKind {
        SourceKind::Simplify
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let document = read(ctx, &address.address, validators).await?;
        let mut fetched = Fetched::default();
        if !document.unchanged {
            fetched = parse(&document.text(), &document.at)?.into_fetched();
        }
        fetched.name = name_of(&address.address);
        let complete = fetched.complete;
        let mut sealed = document.seal(SourceKind::Simplify, fetched);
        sealed.validators = sealed.validators.filter(|_| complete || sealed.unchanged);
        Ok(sealed)
    }
}

async fn read(
    ctx: &FetchContext,
    address: &str,
    validators: Option<&Value>,
) -> Result<Document, SourceError> {
    if is_file(address) {
        let path = file_path(ctx, address)?;
        let path = if path.is_dir() {
            path.join(IN_CHECKOUT)
        } else {
            path
        };
        return Document::read_file(ctx, &path, validators).await;
    }
    // A raw file of a repository is published to be downloaded, often by exactly the programs that keep such lists.
    let robots = match Url::parse(address)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .as_deref()
    {
        Some("raw.githubusercontent.com") => Robots::ApiDocumented,
        _ => Robots::Obey,
    };
    Document::read(ctx, address, Accept::Json, robots, validators).await
}

/// The list's name: `owner/repository` of a file on GitHub, or the folder of a checkout.
pub(super) fn name_of(address: &str) -> Option<String> {
    if is_file(address) {
        let path = address
            .strip_suffix(IN_CHECKOUT)
            .unwrap_or(address)
            .trim_end_matches('/');
        return path
            .rsplit('/')
            .next()
            .filter(|name| !name.is_empty())
            .map(str::to_owned);
    }
    let url = Url::parse(address).ok()?;
    let mut segments = url.path_segments()?;
    match url.host_str()? {
        "raw.githubusercontent.com" => Some(format!("{}/{}", segments.next()?, segments.next()?)),
        host => Some(host.to_owned()),
    }
}

/// Reads a list; `at` says where it came from.
///
/// # Errors
/// If it is not JSON, or not a list.
pub fn parse(body: &str, at: &str) -> Result<Parsed, SourceError> {
    let list = parse_json(body).map_err(|problem| not_json(at, &problem))?;
    let Some(records) = list.as_array().or_else(|| list.get("listings")?.as_array()) else {
        let message = format!(
            "{at} is not a list of postings (a JSON array of records). Check that it is the list's listings.json."
        );
        return Err(error(SourceErrorKind::Malformed, Some(at), message));
    };
    let mut parsed = Parsed {
        whole: true,
        ..Parsed::default()
    };
    let mut postings = Vec::with_capacity(records.len());
    for (index, record) in records.iter().enumerate() {
        match posting(record) {
            Ok(posting) => postings.push(posting),
            Err(missing) => parsed.lose(format!("[{index}]"), missing),
        }
    }
    if postings.is_empty() && !records.is_empty() {
        let message = format!(
            "{at} is a list, but none of its {} records is a posting (id, title, company_name, url). Check that it is the list's listings.json.",
            records.len()
        );
        return Err(error(SourceErrorKind::Malformed, Some(at), message));
    }
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    Ok(parsed)
}

fn posting(record: &Value) -> Result<RawPosting, &'static str> {
    let title = text(record, "/title").ok_or("the record has no title")?;
    let company = text(record, "/company_name");
    // Old records that are closed have no address any more; the employer's page is then the nearest thing, if any.
    let url = web_address(text(record, "/url"))
        .or_else(|| web_address(text(record, "/company_url")))
        .unwrap_or_default();
    let from_content = || {
        hex(&digest(&[
            &url,
            company.as_deref().unwrap_or_default(),
            &title,
        ]))
    };
    if company.is_none() && url.is_empty() {
        return Err("the record has neither a company nor an address");
    }
    Ok(RawPosting {
        external_id: text(record, "/id").unwrap_or_else(from_content),
        url,
        title,
        company,
        locations: items(record, "/locations")
            .iter()
            .filter_map(scalar)
            .map(|text| RawLocation {
                text: Some(text),
                ..RawLocation::default()
            })
            .collect(),
        terms: terms(record),
        sponsorship: text(record, "/sponsorship"),
        posted: seconds(record, "/date_posted"),
        updated: seconds(record, "/date_updated"),
        listing: listing(record),
        raw: record.clone(),
        ..RawPosting::default()
    })
}

/// Terms; older lists have one `season` and perhaps a `year` instead.
fn terms(record: &Value) -> Vec<String> {
    let terms: Vec<String> = items(record, "/terms").iter().filter_map(scalar).collect();
    match first_text(record, &["/season", "/term"]) {
        Some(season) if terms.is_empty() => vec![
            [Some(season), text(record, "/year")]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
        ],
        _ => terms,
    }
}

fn seconds(record: &Value, pointer: &str) -> Option<RawDate> {
    match number(record, pointer) {
        Some(number) => epoch(number),
        None => super::record::date(record, pointer),
    }
}

/// `is_visible` false hides a record, whatever `active` says; both are true when absent.
fn listing(record: &Value) -> Listing {
    let denied = |key: &str| match record.get(key) {
        Some(Value::Bool(value)) => !value,
        Some(Value::String(value)) => value.eq_ignore_ascii_case("false"),
        Some(Value::Number(value)) => value.as_f64() == Some(0.0),
        _ => false,
    };
    if denied("is_visible") {
        Listing::Hidden
    } else if denied("active") {
        Listing::Closed
    } else {
        Listing::Open
    }
}

#[cfg(test)]
mod tests;
