//! schema.org `JobPosting` as JSON-LD: on one page, or on the pages that a career page or a sitemap leads to.
//!
//! The address is a page (also a saved one). A page that carries postings itself is read alone. Otherwise the links of the
//! same site that look like postings are followed, further index pages too; without such links, the site's sitemaps.

mod crawl;
mod extract;
pub(super) mod links;
mod posting;
mod site;
mod sitemap;

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Parsed, Source, error};
use super::document::Document;
use super::model::{Fetched, SourceAddress, SourceError, SourceErrorKind, SourceKind};
use super::record::with_unique_ids;
use crate::fetch::{Accept, Robots};

pub(super) use site::{SitePages, pages_of_sitemaps};
pub(super) use sitemap::is_sitemap;
pub use sitemap::parse as parse_sitemap;

/// The connector.
pub struct JsonLd;

#[async_trait]
impl Source for JsonLd {
    fn kind(&self) -> SourceKind {
        SourceKind::JsonLd
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let document = Document::read(
            ctx,
            &address.address,
            Accept::Html,
            Robots::Obey,
            validators,
        )
        .await?;
        if document.unchanged {
            return Ok(document.seal(SourceKind::JsonLd, Fetched::default()));
        }
        let html = document.text();
        let parsed = parse(&html, &document.at);
        if !parsed.postings.is_empty() {
            let mut sealed = document.seal(SourceKind::JsonLd, parsed.into_fetched());
            sealed.validators = sealed.validators.filter(|_| sealed.complete);
            return Ok(sealed);
        }
        let Ok(start) = Url::parse(&document.at) else {
            let why = parsed
                .problems
                .first()
                .map(|problem| format!(" ({}: {})", problem.at, problem.message))
                .unwrap_or_default();
            return Err(nothing_found(
                &document.at,
                &format!("the file carries no JobPosting data{why}"),
            ));
        };
        let fetched = crawl::crawl(ctx, &start, &html, parsed).await?;
        let moved_to = document.moved_to.map(|url| SourceAddress {
            kind: SourceKind::JsonLd,
            address: url.into(),
        });
        // The other pages can change without the first one, so there is nothing by which to ask for changes.
        Ok(Fetched {
            bytes: fetched.bytes + document.body.len() as u64,
            moved_to,
            validators: None,
            ..fetched
        })
    }
}

/// Reads the postings of one page; `at` is its address, against which links are resolved.
#[must_use]
pub fn parse(html: &str, at: &str) -> Parsed {
    let base = Url::parse(at).ok();
    let mut parsed = Parsed {
        whole: true,
        ..Parsed::default()
    };
    let records = extract::records(html, &mut parsed);
    let alone = records.len() == 1;
    let mut postings = Vec::with_capacity(records.len());
    for (index, record) in records.iter().enumerate() {
        match posting::posting(record, base.as_ref(), at, alone) {
            Ok(posting) => postings.push(posting),
            Err(missing) => parsed.lose(format!("{at} JobPosting[{index}]"), missing),
        }
    }
    parsed.name = postings.iter().find_map(|posting| posting.company.clone());
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    parsed
}

/// One `JobPosting` object that stands in another document, such as a JSON Feed.
pub(super) fn embedded(record: &Value, at: &str) -> Option<super::model::RawPosting> {
    posting::posting(record, Url::parse(at).ok().as_ref(), at, true).ok()
}

/// How many pages that look like postings an index page leads to, and the employer's name, if the first of them carry postings.
pub(super) async fn probe(
    ctx: &FetchContext,
    start: &Url,
    html: &str,
) -> Result<(usize, Option<String>), SourceError> {
    crawl::probe(ctx, start, html).await
}

fn nothing_found(at: &str, tried: &str) -> SourceError {
    let message = format!(
        "No postings were found at {at}: {tried}. Give a posting's page, the employer's job board, or a feed."
    );
    error(SourceErrorKind::Malformed, Some(at), message)
}

#[cfg(test)]
mod tests;
