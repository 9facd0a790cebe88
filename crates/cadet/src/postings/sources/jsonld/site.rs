//! The postings' pages of a site by its sitemaps alone, with when each was changed.

use std::collections::{HashSet, VecDeque};

use url::Url;

use super::crawl::text_of;
use super::links::{looks_like_posting, same_site};
use super::sitemap::{self, SitePage};
use crate::fetch::{Accept, Request};
use crate::postings::sources::connector::{FetchContext, error};
use crate::postings::sources::model::{RecordProblem, SourceError, SourceErrorKind};

/// Pages of one site that are listed at all; a site with more is no employer's.
const MAX_LISTED: usize = 20_000;
/// Sitemaps read in one poll.
const MAX_SITEMAPS: usize = 50;

/// The postings' pages of a site.
#[derive(Debug)]
pub(in crate::postings::sources) struct SitePages {
    /// The address from which they were found.
    pub(in crate::postings::sources) start: Url,
    /// The pages, each once.
    pub(in crate::postings::sources) pages: Vec<SitePage>,
    /// All sitemaps were read, and all of each.
    pub(in crate::postings::sources) whole: bool,
    /// What could not be read.
    pub(in crate::postings::sources) problems: Vec<RecordProblem>,
    /// Bytes received.
    pub(in crate::postings::sources) bytes: u64,
}

/// Finds the postings' pages of a site. `start` is a sitemap, or a page of a site whose robots.txt names them.
///
/// # Errors
/// If it can neither be read nor leads to a sitemap, or if no page that is listed looks like a posting.
pub(in crate::postings::sources) async fn pages_of_sitemaps(
    ctx: &FetchContext,
    start: &Url,
) -> Result<SitePages, SourceError> {
    let mut walk = Walk::new(start);
    let answer = ctx
        .client
        .get(&Request::new(start.clone(), Accept::Xml))
        .await;
    match answer {
        Ok(answer) => {
            let text = text_of(ctx, &answer);
            walk.site.bytes += answer.bytes();
            match sitemap::is_sitemap(&text) {
                true => walk.take(sitemap::parse(&text, &answer.final_url), start),
                false => walk.queue.extend(of_robots(ctx, start).await),
            }
        }
        // A site may keep programs from its pages and yet tell them its sitemaps.
        Err(failure) if start.path().len() <= 1 => {
            walk.queue.extend(ctx.client.sitemaps(start).await);
            if walk.queue.is_empty() {
                return Err(failure.into());
            }
        }
        Err(failure) => return Err(failure.into()),
    }
    walk.follow(ctx).await;
    let site = walk.site;
    if site.pages.is_empty() {
        let why = site.problems.first().map(|problem| &problem.message);
        let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
        let message = format!(
            "No sitemap at {start} lists a page that looks like a posting{why}. Give the address of the site's sitemap, or the employer's job board."
        );
        return Err(error(
            SourceErrorKind::Malformed,
            Some(start.as_str()),
            message,
        ));
    }
    Ok(site)
}

/// The sitemaps that robots.txt names, else the one at the usual place.
async fn of_robots(ctx: &FetchContext, start: &Url) -> Vec<Url> {
    let mut sitemaps = ctx.client.sitemaps(start).await;
    if sitemaps.is_empty() {
        sitemaps.extend(start.join("/sitemap.xml"));
    }
    sitemaps
}

/// Sitemaps on the way from one to the next.
struct Walk {
    site: SitePages,
    queue: VecDeque<Url>,
    known: HashSet<String>,
}

impl Walk {
    fn new(start: &Url) -> Self {
        Self {
            site: SitePages {
                start: start.clone(),
                pages: Vec::new(),
                whole: true,
                problems: Vec::new(),
                bytes: 0,
            },
            queue: VecDeque::new(),
            known: HashSet::new(),
        }
    }

    fn fail(&mut self, at: &Url, message: String) {
        self.site.whole = false;
        self.site.problems.push(RecordProblem {
            at: at.to_string(),
            message,
        });
    }

    /// Takes in what one sitemap lists. One that speaks of jobs lists nothing else, whatever its addresses look like.
    fn take(&mut self, found: sitemap::Sitemap, at: &Url) {
        let all_of_it = speaks_of_jobs(at);
        for page in found.pages {
            let start = &self.site.start;
            let belongs =
                same_site(&page.url, start) && (all_of_it || looks_like_posting(&page.url, start));
            if !belongs || !self.known.insert(page.url.to_string()) {
                continue;
            }
            if self.site.pages.len() >= MAX_LISTED {
                let message = format!(
                    "the site lists more than {MAX_LISTED} pages that look like postings; the rest was left out"
                );
                let start = start.clone();
                self.fail(&start, message);
                return;
            }
            self.site.pages.push(page);
        }
        self.queue.extend(found.sitemaps);
    }

    async fn follow(&mut self, ctx: &FetchContext) {
        let mut seen = HashSet::from([self.site.start.to_string()]);
        while let Some(url) = self.queue.pop_front() {
            if !same_site(&url, &self.site.start) || !seen.insert(url.to_string()) {
                continue;
            }
            if seen.len() > MAX_SITEMAPS {
                let message = format!(
                    "the site has more than {MAX_SITEMAPS} sitemaps; the rest was not read"
                );
                self.fail(&url, message);
                return;
            }
            match ctx
                .client
                .get(&Request::new(url.clone(), Accept::Xml))
                .await
            {
                Ok(answer) => {
                    self.site.bytes += answer.bytes();
                    let found = sitemap::parse(&text_of(ctx, &answer), &answer.final_url);
                    self.take(found, &url);
                }
                Err(failure) => {
                    let whole_host = failure.kind.concerns_whole_host();
                    self.fail(&url, failure.message);
                    if whole_host {
                        return;
                    }
                }
            }
        }
    }
}

/// Whether a sitemap's own address says that it lists postings: `job-sitemap.xml`, `sitemap_careers.xml.gz`.
fn speaks_of_jobs(sitemap: &Url) -> bool {
    let path = sitemap.path().to_ascii_lowercase();
    let file = path.rsplit('/').next().unwrap_or_default();
    let words = ["job", "career", "vacanc", "posting", "position", "stelle"];
    words.iter().any(|word| file.contains(word))
}
