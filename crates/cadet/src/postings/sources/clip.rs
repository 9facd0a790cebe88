//! Clips as a source: one for the whole Cadet, whose records are what people sent from their browsers.
//!
//! Clips come in through [`crate::postings::clips`]; a poll finds nothing here, and nothing is ever gone.

use async_trait::async_trait;
use serde_json::{Value, json};
use url::Url;

use super::connector::{FetchContext, Source};
use super::model::{Fetched, RawPosting, RawText, SourceAddress, SourceError, SourceKind};
use super::record::{digest, hex};
use super::{jsonld, mail};
use crate::postings::dedup;
use crate::postings::normalise::address::clean_address;

/// The connector.
pub struct Clips;

/// The one source of clips.
#[must_use]
pub fn address() -> SourceAddress {
    SourceAddress {
        kind: SourceKind::Clip,
        address: "clips".to_owned(),
    }
}

#[async_trait]
impl Source for Clips {
    fn kind(&self) -> SourceKind {
        SourceKind::Clip
    }

    async fn fetch(
        &self,
        _ctx: &FetchContext,
        _address: &SourceAddress,
        _validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        Ok(Fetched {
            unchanged: true,
            ..Fetched::default()
        })
    }
}

/// A page that was clipped, as the record of the source. `posting` is the page's `JobPosting`. `None`: there is neither
/// usable data nor a text with a title.
#[must_use]
pub fn record(
    page: &Url,
    posting: Option<&Value>,
    title: Option<&str>,
    company: Option<&str>,
    text: Option<&str>,
) -> Option<RawPosting> {
    // The board's own address of a posting holds nothing of the reader's; other addresses lose what only tracks.
    let url = mail::known_job(page).map_or_else(|| clean_address(page.as_str()), |(_, url)| url);
    let read = posting.and_then(|posting| jsonld::embedded(posting, &url));
    let given = |text: Option<&str>| {
        text.map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let mut raw = match read {
        Some(raw) => raw,
        None => RawPosting {
            title: given(title)?,
            description: Some(RawText::Plain(given(text)?)),
            ..RawPosting::default()
        },
    };
    if raw.description.is_none() {
        raw.description = given(text).map(RawText::Plain);
    }
    raw.company = given(company).or(raw.company).or_else(|| {
        page.host_str()
            .map(|host| host.trim_start_matches("www.").to_owned())
    });
    raw.external_id = identity(&url);
    raw.url = url;
    raw.raw = json!({ "clipped": true });
    Some(raw)
}

/// The same for every address of the same posting: its board's number, or the address without what only tracks.
fn identity(url: &str) -> String {
    let keys = dedup::keys(url, "", &address(), "");
    hex(&digest(&[keys.first().map_or(url, String::as_str)]))
}
