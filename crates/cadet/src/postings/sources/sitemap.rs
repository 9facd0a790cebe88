//! Sitemaps of career sites: from robots.txt or a sitemap to the postings' pages, and to their JSON-LD.
//!
//! The address is a sitemap, an index of sitemaps, or any page of the site, whose robots.txt then says where its sitemaps are. A
//! page that was read and whose `lastmod` did not change since is not read again, and one without `lastmod` once a week. At most
//! `AT_MOST` pages are read in one poll; the next polls read on. A poll is complete when each listed page is known.

mod memory;

use async_trait::async_trait;
use futures::StreamExt as _;
use serde_json::Value;
use url::Url;

use self::memory::{Memory, Stamp};
use super::connector::{FetchContext, Source, error, web_url};
use super::jsonld::{self, SitePages};
use super::model::{
    Fetched, RawPosting, RecordProblem, SourceAddress, SourceError, SourceErrorKind, SourceKind,
};
use super::record::{digest, hex};
use crate::fetch::{Accept, Request};

/// Pages read in one poll. At two requests a second it takes four minutes.
pub(super) const AT_MOST: usize = 500;
/// Pages under way at once; the client holds each host to its own pace besides.
const AT_ONCE: usize = 4;

/// The connector.
pub struct Sitemap;

#[async_trait]
impl Source for Sitemap {
    fn kind(&self) -> SourceKind {
        SourceKind::Sitemap
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let start = web_url(&address.address)?;
        let site = jsonld::pages_of_sitemaps(ctx, &start).await?;
        let mut poll = Poll::begin(ctx, &site, Memory::of(validators));
        poll.read(ctx, &site).await;
        poll.finish(site)
    }

    fn shorthand(&self, address: &str) -> Option<Result<String, SourceError>> {
        let address = match address.contains("://") {
            true => address.to_owned(),
            false => format!("https://{address}"),
        };
        Some(web_url(&address).map(String::from))
    }
}

/// A poll under way.
struct Poll {
    /// What was known before, and is added to.
    memory: Memory,
    /// The stamp of each listed page.
    stamps: Vec<Stamp>,
    /// What each listed page gave: nothing yet, or its postings.
    read: Vec<Option<Vec<RawPosting>>>,
    fetched: Fetched,
    last_error: Option<SourceError>,
    partial: bool,
}

impl Poll {
    fn begin(ctx: &FetchContext, site: &SitePages, memory: Memory) -> Self {
        let now = ctx.clock.now();
        Self {
            stamps: site
                .pages
                .iter()
                .map(|page| memory::stamp(page.url.as_str(), page.modified.as_deref(), now))
                .collect(),
            read: vec![None; site.pages.len()],
            memory,
            fetched: Fetched::default(),
            last_error: None,
            partial: false,
        }
    }

    /// Reads the pages that are new or changed, as many as one poll may.
    async fn read(&mut self, ctx: &FetchContext, site: &SitePages) {
        let due: Vec<usize> = (0..site.pages.len())
            .filter(|at| !self.memory.knows(self.stamps[*at]))
            .collect();
        let most = if ctx.outlines_only { 3 } else { AT_MOST };
        if due.len() > most {
            self.partial = true;
            if !ctx.outlines_only {
                self.note("sitemap".to_owned(), format!("{} pages are still to be read; {AT_MOST} are read in one poll, and the next polls read on", due.len()));
            }
        }
        let mut answers = futures::stream::iter(due.into_iter().take(most))
            .map(|at| {
                let url = site.pages[at].url.clone();
                async move {
                    let request = Request::new(url, Accept::Html);
                    (at, ctx.client.get(&request).await)
                }
            })
            .buffered(AT_ONCE);
        while let Some((at, answer)) = answers.next().await {
            let failed = match answer {
                Ok(answer) => {
                    self.fetched.bytes += answer.bytes();
                    self.take(at, &site.pages[at].url, &answer.text(), &answer.final_url);
                    continue;
                }
                Err(failed) => failed,
            };
            let whole_host = failed.kind.concerns_whole_host();
            let failed = SourceError::from(failed);
            // A page that is listed and not there is a posting that is gone.
            if failed.kind == SourceErrorKind::NotFound {
                self.read[at] = Some(Vec::new());
                continue;
            }
            self.partial = true;
            self.note(site.pages[at].url.to_string(), failed.message.clone());
            self.last_error = Some(failed);
            if whole_host {
                break;
            }
        }
    }

    /// Takes in what one page gave.
    fn take(&mut self, at: usize, page: &Url, html: &str, read_at: &Url) {
        let parsed = jsonld::parse(html, read_at.as_str());
        self.fetched.problems.extend(parsed.problems);
        self.fetched.name = self.fetched.name.take().or(parsed.name);
        if !parsed.whole {
            // It is read again at the next poll, which may find it mended.
            self.partial = true;
        }
        let postings = of_page(page, parsed.postings);
        if parsed.whole {
            self.memory.keep(self.stamps[at], postings.len());
        }
        self.read[at] = Some(postings);
    }

    fn note(&mut self, at: String, message: String) {
        self.fetched.problems.push(RecordProblem { at, message });
    }

    /// All that is known now: what was read, and outlines of what did not change.
    fn finish(mut self, site: SitePages) -> Result<Fetched, SourceError> {
        let known = std::mem::take(&mut self.read);
        for (at, read) in known.into_iter().enumerate() {
            match read {
                Some(postings) => self.fetched.postings.extend(postings),
                None if self.memory.has_posting(self.stamps[at]) => {
                    self.fetched.postings.push(outline(&site.pages[at].url));
                }
                None => {}
            }
        }
        if self.fetched.postings.is_empty() {
            return Err(self.last_error.unwrap_or_else(|| nothing(&site)));
        }
        self.fetched.bytes += site.bytes;
        self.fetched.problems.extend(site.problems);
        self.fetched.complete = !self.partial && site.whole;
        self.fetched.validators = Some(self.memory.of_pages(&self.stamps));
        Ok(self.fetched)
    }
}

fn nothing(site: &SitePages) -> SourceError {
    let message = format!(
        "The sitemaps of {} list {} pages that look like postings, and none of those that were read carries JobPosting data. \
         Give a posting's page, the employer's job board, or a feed.",
        site.start,
        site.pages.len()
    );
    error(
        SourceErrorKind::Malformed,
        Some(site.start.as_str()),
        message,
    )
}

/// The postings of a page. Each is known by the page, whatever number it has, since one number may stand on the pages of several
/// languages; of several on one page, the further ones by the page and their own number.
fn of_page(page: &Url, postings: Vec<RawPosting>) -> Vec<RawPosting> {
    let named = |index: usize, posting: RawPosting| RawPosting {
        external_id: match index {
            0 => page.to_string(),
            _ => format!("{page}#{}", hex(&digest(&[&posting.external_id]))),
        },
        ..posting
    };
    let postings = postings.into_iter().enumerate();
    postings
        .map(|(index, posting)| named(index, posting))
        .collect()
}

/// A posting whose page did not change, of which all is known.
fn outline(page: &Url) -> RawPosting {
    RawPosting {
        external_id: page.to_string(),
        url: page.to_string(),
        outline: true,
        ..RawPosting::default()
    }
}

#[cfg(test)]
mod tests;
