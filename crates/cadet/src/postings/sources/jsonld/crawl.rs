//! From a career page to its postings' pages: links first, sitemaps where there are none.

use std::collections::{HashSet, VecDeque};

use futures::StreamExt;
use url::Url;

use super::links::{self, same_site};
use super::{nothing_found, parse, sitemap};
use crate::fetch::{Accept, Answer, Request};
use crate::postings::sources::connector::{FetchContext, Parsed};
use crate::postings::sources::model::{Fetched, RecordProblem, SourceError, SourceErrorKind};
use crate::postings::sources::record::with_unique_ids;

/// Postings' pages read in one poll.
const MAX_PAGES: usize = 500;
/// Pages of the list read in one poll.
const MAX_INDEX_PAGES: usize = 20;
/// Sitemaps read in one poll.
const MAX_SITEMAPS: usize = 30;
/// Postings' pages read to see whether a site has postings at all.
const PROBED: usize = 3;
/// Pages under way at once; the client holds each host to its own pace besides.
const AT_ONCE: usize = 4;

/// What a crawl has gathered.
#[derive(Default)]
struct Gathered {
    /// Postings' pages, each once, in the order in which they were found.
    pages: Vec<Url>,
    seen: HashSet<String>,
    fetched: Fetched,
    /// Something was left out: a cap, or a page that failed.
    partial: bool,
    /// There are more pages than are read in one poll.
    capped: bool,
}

impl Gathered {
    fn add(&mut self, url: Url) {
        if self.pages.len() >= MAX_PAGES {
            self.capped |= !self.seen.contains(url.as_str());
        } else if self.seen.insert(url.to_string()) {
            self.pages.push(url);
        }
    }

    fn fail(&mut self, at: &str, message: String) {
        self.partial = true;
        self.fetched.problems.push(RecordProblem {
            at: at.to_owned(),
            message,
        });
    }
}

/// Crawls from a page that carries no posting itself.
pub(super) async fn crawl(
    ctx: &FetchContext,
    start: &Url,
    html: &str,
    parsed: Parsed,
) -> Result<Fetched, SourceError> {
    let mut gathered = find_pages(ctx, start, html, parsed).await?;
    if gathered.capped {
        gathered.fail(start.as_str(), format!("the site has more than {MAX_PAGES} postings' pages; only the first {MAX_PAGES} were read"));
    }
    read_pages(ctx, start, gathered).await
}

/// Finds the postings' pages and reads only the first few, to see whether they carry postings.
pub(super) async fn probe(
    ctx: &FetchContext,
    start: &Url,
    html: &str,
) -> Result<(usize, Option<String>), SourceError> {
    let mut gathered = find_pages(
        ctx,
        start,
        html,
        Parsed {
            whole: true,
            ..Parsed::default()
        },
    )
    .await?;
    let count = gathered.pages.len();
    gathered.pages.truncate(PROBED);
    let fetched = read_pages(ctx, start, gathered).await?;
    Ok((count, fetched.name))
}

/// Finds the postings' pages: by links, else by sitemaps.
async fn find_pages(
    ctx: &FetchContext,
    start: &Url,
    html: &str,
    parsed: Parsed,
) -> Result<Gathered, SourceError> {
    let mut gathered = Gathered {
        partial: !parsed.whole,
        ..Gathered::default()
    };
    gathered.fetched.problems = parsed.problems;
    let tried = if sitemap::is_sitemap(html) {
        read_sitemap(ctx, start, html, &mut gathered).await;
        "the sitemap lists no page that looks like a posting"
    } else {
        read_index(ctx, start, html, &mut gathered).await;
        if gathered.pages.is_empty() {
            read_sitemaps(ctx, start, &mut gathered).await;
        }
        "it carries no JobPosting data, and neither its links nor the site's sitemaps lead to a page that looks like a posting"
    };
    if gathered.pages.is_empty() {
        return Err(nothing_found(start.as_str(), tried));
    }
    Ok(gathered)
}

/// Follows the list over its further pages.
async fn read_index(ctx: &FetchContext, start: &Url, html: &str, gathered: &mut Gathered) {
    let mut seen = HashSet::from([start.to_string()]);
    let mut queue = VecDeque::new();
    let first = links::of_page(html, start);
    first.postings.into_iter().for_each(|url| gathered.add(url));
    queue.extend(first.next);
    while let Some(url) = queue.pop_front() {
        if !seen.insert(url.to_string()) {
            continue;
        }
        if seen.len() > MAX_INDEX_PAGES {
            gathered.fail(
                start.as_str(),
                format!("the list has more than {MAX_INDEX_PAGES} pages; the rest was not read"),
            );
            return;
        }
        match ctx
            .client
            .get(&Request::new(url.clone(), Accept::Html))
            .await
        {
            Ok(answer) => {
                gathered.fetched.bytes += answer.bytes();
                let found = links::of_page(&answer.text(), &answer.final_url);
                found.postings.into_iter().for_each(|url| gathered.add(url));
                queue.extend(found.next);
            }
            Err(error) => {
                gathered.fail(url.as_str(), error.message);
                if error.kind.concerns_whole_host() {
                    return;
                }
            }
        }
    }
}

/// Reads the sitemaps that robots.txt lists, or else the one at the usual place.
async fn read_sitemaps(ctx: &FetchContext, start: &Url, gathered: &mut Gathered) {
    let mut sitemaps = ctx.client.sitemaps(start).await;
    let listed = !sitemaps.is_empty();
    if !listed {
        sitemaps.extend(start.join("/sitemap.xml"));
    }
    follow_sitemaps(ctx, start, sitemaps, gathered, listed).await;
}

async fn read_sitemap(ctx: &FetchContext, start: &Url, text: &str, gathered: &mut Gathered) {
    let found = sitemap::parse(text, start);
    keep_pages(found.pages, start, gathered);
    follow_sitemaps(ctx, start, found.sitemaps, gathered, true).await;
}

/// Reads sitemaps and those they lead to. A site that merely might have one (`expected` false) may well have none.
async fn follow_sitemaps(
    ctx: &FetchContext,
    start: &Url,
    first: Vec<Url>,
    gathered: &mut Gathered,
    expected: bool,
) {
    let mut queue = VecDeque::from(first);
    let mut seen = HashSet::new();
    while let Some(url) = queue.pop_front() {
        if !same_site(&url, start) || !seen.insert(url.to_string()) {
            continue;
        }
        if seen.len() > MAX_SITEMAPS {
            gathered.fail(
                start.as_str(),
                format!("the site has more than {MAX_SITEMAPS} sitemaps; the rest was not read"),
            );
            return;
        }
        match ctx
            .client
            .get(&Request::new(url.clone(), Accept::Xml))
            .await
        {
            Ok(answer) => {
                gathered.fetched.bytes += answer.bytes();
                let found = sitemap::parse(&text_of(ctx, &answer), &answer.final_url);
                keep_pages(found.pages, start, gathered);
                queue.extend(found.sitemaps);
            }
            Err(error) if expected => gathered.fail(url.as_str(), error.message),
            Err(_) => {}
        }
    }
}

pub(super) fn text_of(ctx: &FetchContext, answer: &Answer) -> String {
    let body = sitemap::uncompressed(&answer.body, ctx.client.settings().max_body_bytes);
    crate::fetch::decode(&body, None)
}

fn keep_pages(pages: Vec<sitemap::SitePage>, start: &Url, gathered: &mut Gathered) {
    for sitemap::SitePage { url: page, .. } in pages {
        if same_site(&page, start) && links::looks_like_posting(&page, start) {
            gathered.add(page);
        }
    }
}

/// Reads the postings' pages, a few at once, in order.
async fn read_pages(
    ctx: &FetchContext,
    start: &Url,
    mut gathered: Gathered,
) -> Result<Fetched, SourceError> {
    let pages = std::mem::take(&mut gathered.pages);
    let count = pages.len();
    let mut answers = futures::stream::iter(pages)
        .map(|url| async move {
            let answer = ctx
                .client
                .get(&Request::new(url.clone(), Accept::Html))
                .await;
            (url, answer)
        })
        .buffered(AT_ONCE);
    let mut postings = Vec::new();
    let mut last_error = None;
    while let Some((url, answer)) = answers.next().await {
        let error: SourceError = match answer {
            Ok(answer) => {
                gathered.fetched.bytes += answer.bytes();
                let parsed = parse(&answer.text(), answer.final_url.as_str());
                gathered.partial |= !parsed.whole;
                gathered.fetched.problems.extend(parsed.problems);
                gathered.fetched.name = gathered.fetched.name.or(parsed.name);
                postings.extend(parsed.postings);
                continue;
            }
            Err(error) => {
                let whole_host = error.kind.concerns_whole_host();
                let error = SourceError::from(error);
                // A link whose page is gone is a posting that is gone.
                if error.kind == SourceErrorKind::NotFound {
                    gathered.fetched.gone.push(url.into());
                    continue;
                }
                gathered.fail(url.as_str(), error.message.clone());
                if !whole_host {
                    last_error = Some(error);
                    continue;
                }
                error
            }
        };
        last_error = Some(error);
        break;
    }
    drop(answers);
    if postings.is_empty() {
        let tried = format!(
            "{count} linked pages look like postings, but none of them carries JobPosting data"
        );
        return Err(last_error.unwrap_or_else(|| nothing_found(start.as_str(), &tried)));
    }
    gathered.fetched.postings = with_unique_ids(postings, &mut gathered.fetched.problems);
    gathered.fetched.complete = !gathered.partial;
    Ok(gathered.fetched)
}
