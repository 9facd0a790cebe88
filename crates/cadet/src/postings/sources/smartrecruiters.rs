//! SmartRecruiters: the company's career pages, or its interface where the operator allows that.
//!
//! Pages: `GET careers.smartrecruiters.com/{company}` and `/{company}/api/more?page=` list links to the postings' pages, which carry
//! schema.org data. The interface: see `interface`. Its robots.txt keeps all crawlers but one out, so it is only asked when the
//! operator sets `fetch.smartrecruiters_api`.

mod interface;
mod page;

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{BoardToken, FetchContext, Source};
use super::model::{Fetched, SourceAddress, SourceError, SourceKind};
use super::tenant::captured;
use crate::config::Endpoints;

pub use interface::{merge_detail, parse as parse_api};
pub use page::{merge_page, parse as parse_list};

/// The connector.
pub struct SmartRecruiters;

#[async_trait]
impl Source for SmartRecruiters {
    fn kind(&self) -> SourceKind {
        SourceKind::SmartRecruiters
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let company = company(&address.address)?;
        match ctx.smartrecruiters_api {
            true => interface::fetch(ctx, &company, validators).await,
            false => page::fetch(ctx, &company, address, validators).await,
        }
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        let templates = [
            endpoints.smartrecruiters.as_str(),
            "https://careers.smartrecruiters.com",
            "https://jobs.smartrecruiters.com",
            "https://www.smartrecruiters.com",
        ];
        let segments = match templates
            .into_iter()
            .find_map(|template| captured(url, template))
        {
            Some(found) => found.rest,
            None => captured(url, &endpoints.smartrecruiters_api)?.rest,
        };
        let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
        let company = match parts.as_slice() {
            ["v1", "companies", company, ..] | ["oneclick-ui" | "ni", "company", company, ..] => {
                company
            }
            [
                "v1" | "oneclick-ui" | "ni" | "api" | "static" | "assets" | "sr-jobs",
                ..,
            ]
            | [] => {
                return None;
            }
            // The product's own pages stand on the same host as companies' old addresses.
            [company, ..] if url.host_str() != Some("www.smartrecruiters.com") => company,
            [company, rest] if rest.chars().take_while(char::is_ascii_digit).count() >= 9 => {
                company
            }
            _ => return None,
        };
        Some(SourceAddress {
            kind: SourceKind::SmartRecruiters,
            address: self::company(company).ok()?,
        })
    }

    fn shorthand(&self, board: &str) -> Option<Result<String, SourceError>> {
        Some(company(board))
    }
}

/// A company's identifier; capitals are kept, since pages show them.
fn company(address: &str) -> Result<String, SourceError> {
    BoardToken::parse(address).map(|board| board.token)
}

#[cfg(test)]
mod tests;
