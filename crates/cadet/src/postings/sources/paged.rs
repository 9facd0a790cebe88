//! Interfaces that are read page by page: how many pages, when it is the last, and whether the whole was read.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use async_trait::async_trait;

use super::connector::{FetchContext, Parsed};
use super::model::{Fetched, RecordProblem, SourceError};

/// One page as it was read.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// What it holds.
    pub(super) parsed: Parsed,
    /// There is no page behind it.
    pub(super) is_last: bool,
    /// How many postings the interface counts on all pages, if it says so.
    pub(super) total: Option<u64>,
    /// Bytes received.
    pub(super) bytes: u64,
}

/// An interface, or a question to one, whose answer comes in pages.
#[async_trait]
pub(super) trait Paged: Sync {
    /// Reads one page.
    async fn page(&self, number: usize) -> Result<Page, SourceError>;
}

/// Reads the pages of these numbers, up to the last one there is. Only the first is read where outlines are enough.
///
/// # Errors
/// If the first page cannot be read. What was read before another one failed is kept, and the poll is told as partial.
pub(super) async fn read_pages(
    ctx: &FetchContext,
    paged: &dyn Paged,
    numbers: RangeInclusive<usize>,
) -> Result<Fetched, SourceError> {
    let (first, most) = (*numbers.start(), numbers.clone().count());
    let mut reading = Reading {
        whole: true,
        ..Reading::default()
    };
    let mut repeated = 0;
    for number in numbers {
        let page = match paged.page(number).await {
            Ok(page) => page,
            Err(error) if number == first => return Err(error),
            Err(error) => return Ok(reading.broken_off(format!("page {number}"), error.message)),
        };
        let (is_last, count) = (page.is_last, page.parsed.postings.len());
        let fresh = reading.add(page);
        if is_last {
            return Ok(reading.finish());
        }
        // One page may repeat another where pages are counted from 0 or from 1; a second one in a row has no excuse.
        repeated = if fresh == 0 && count > 0 {
            repeated + 1
        } else {
            0
        };
        if repeated > 1 {
            let message = "the page repeats the ones before, so the rest cannot be read";
            return Ok(reading.broken_off(format!("page {number}"), message.to_owned()));
        }
        if ctx.outlines_only {
            reading.whole = false;
            return Ok(reading.finish());
        }
    }
    let message = format!("there is more than the {most} pages that are read in one poll");
    Ok(reading.broken_off("pages".to_owned(), message))
}

/// What the pages gave so far.
#[derive(Default)]
struct Reading {
    fetched: Fetched,
    seen: HashSet<String>,
    whole: bool,
    total: Option<u64>,
}

impl Reading {
    /// Takes a page in; tells how many of its postings are new.
    fn add(&mut self, page: Page) -> usize {
        self.whole &= page.parsed.whole;
        self.total = page.total.or(self.total);
        self.fetched.bytes += page.bytes;
        self.fetched.problems.extend(page.parsed.problems);
        self.fetched.name = self.fetched.name.take().or(page.parsed.name);
        let before = self.seen.len();
        let fresh = page
            .parsed
            .postings
            .into_iter()
            .filter(|posting| self.seen.insert(posting.external_id.clone()));
        self.fetched.postings.extend(fresh);
        self.seen.len() - before
    }

    fn note(&mut self, at: String, message: String) {
        self.whole = false;
        self.fetched.problems.push(RecordProblem { at, message });
    }

    fn broken_off(mut self, at: String, message: String) -> Fetched {
        self.note(at, message);
        self.finish()
    }

    fn finish(mut self) -> Fetched {
        let read = self.seen.len() as u64;
        if let Some(total) = self.total.filter(|total| self.whole && *total > read) {
            self.note(
                "total".to_owned(),
                format!("the source counts {total} postings, of which {read} were read"),
            );
        }
        self.fetched.complete = self.whole;
        self.fetched
    }
}
