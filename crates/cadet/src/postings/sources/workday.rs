//! Workday career sites: the list in pages of twenty, then a call for each posting's text.
//!
//! `POST https://{tenant}.{pod}.myworkdayjobs.com/wday/cxs/{tenant}/{site}/jobs`, then `GET /wday/cxs/{tenant}/{site}{externalPath}`.
//! The address is `tenant/pod/site`: `northlight/wd5/Careers`. What the calls answer is made for the sites' own pages and documented
//! nowhere, so robots.txt is obeyed.

mod address;
mod detail;
mod facets;
mod list;
mod record;

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Source, address_of};
use super::details::{Calls, Listed, fill_in};
use super::model::{Fetched, RawPosting, SourceAddress, SourceError, SourceKind};
use super::tenant::filled;
use crate::config::Endpoints;
use crate::fetch::Accept;

pub use address::CareerSite;
pub use detail::merge as merge_detail;
pub use record::parse;

/// The connector.
pub struct Workday;

#[async_trait]
impl Source for Workday {
    fn kind(&self) -> SourceKind {
        SourceKind::Workday
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let site = CareerSite::parse(&address.address)?;
        let door = Door::of(ctx, site);
        let mut list = list::read(ctx, &door).await?;
        let mut listed = Vec::with_capacity(list.listed.len());
        for (posting, path) in std::mem::take(&mut list.listed) {
            let call = door.detail(&path)?;
            listed.push(Listed { posting, call });
        }
        let calls = Calls {
            accept: Accept::Json,
            documented: false,
        };
        let now = ctx.clock.now();
        let merge =
            |posting: &mut RawPosting, body: &str, _: &Url| merge_detail(posting, body, now);
        let mut result = list.into_fetched();
        fill_in(ctx, &mut result, listed, validators, calls, merge).await;
        Ok(result)
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        CareerSite::of_url(url, endpoints).map(|site| site.source())
    }

    fn shorthand(&self, board: &str) -> Option<Result<String, SourceError>> {
        Some(CareerSite::parse(board).map(|site| site.to_string()))
    }

    /// A host alone does not tell its sites; the sitemaps that its robots.txt lists do.
    async fn boards_at(&self, ctx: &FetchContext, url: &Url) -> Vec<SourceAddress> {
        if !CareerSite::is_host(url, &ctx.endpoints) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for sitemap in ctx.client.sitemaps(url).await {
            let board = self.board_of(&sitemap, &ctx.endpoints);
            found.extend(board.filter(|board| !found.contains(board)));
        }
        found
    }
}

/// Where a site's calls go.
pub(super) struct Door {
    base: String,
    site: CareerSite,
}

impl Door {
    fn of(ctx: &FetchContext, site: CareerSite) -> Self {
        let parts = [("tenant", &site.tenant), ("pod", &site.pod)];
        Self {
            base: filled(&ctx.endpoints.workday, &parts),
            site,
        }
    }

    /// The address under which people see the site.
    fn page(&self) -> Result<Url, SourceError> {
        address_of(&self.base, &[&self.site.site], &[])
    }

    /// The call for the list.
    fn jobs(&self) -> Result<Url, SourceError> {
        let (tenant, site) = (self.site.tenant.as_str(), self.site.site.as_str());
        address_of(&self.base, &["wday", "cxs", tenant, site, "jobs"], &[])
    }

    /// The call for one posting; `path` is its `externalPath`.
    fn detail(&self, path: &str) -> Result<Url, SourceError> {
        let mut segments = vec![
            "wday",
            "cxs",
            self.site.tenant.as_str(),
            self.site.site.as_str(),
        ];
        segments.extend(path.split('/').filter(|segment| !segment.is_empty()));
        address_of(&self.base, &segments, &[])
    }
}

#[cfg(test)]
mod tests;
