//! The whole list of a site: pages of twenty, and parts by facets where it is longer than the site tells.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::json;
use url::Url;

use super::Door;
use super::facets::{self, Applied};
use super::record::{Page, read_page};
use crate::fetch::{Accept, Request};
use crate::postings::sources::connector::FetchContext;
use crate::postings::sources::model::{
    Fetched, RawPosting, RecordProblem, SourceError, SourceErrorKind,
};

/// Postings of one page; a site answers 400, or nothing at all, to more.
const PAGE: usize = 20;
/// Postings that a site tells for one question; behind them it begins anew.
const CAP: usize = 2000;
/// Calls for one list. At two a second they take ten minutes; the largest employers need half of them.
const MAX_CALLS: usize = 1200;

/// What was read of a list.
#[derive(Default)]
pub(super) struct List {
    /// Postings with their `externalPath`, each path once.
    pub(super) listed: Vec<(RawPosting, String)>,
    paths: HashSet<String>,
    /// Paths of the list as a whole, where it was cut into parts, and paths of the parts.
    sample: HashSet<String>,
    in_parts: HashSet<String>,
    problems: Vec<RecordProblem>,
    bytes: u64,
    calls: usize,
    partial: bool,
}

/// Whether reading goes on after a part.
enum Next {
    Part,
    Stop,
}

/// Reads the list.
///
/// # Errors
/// If its first page cannot be read.
pub(super) async fn read(ctx: &FetchContext, door: &Door) -> Result<List, SourceError> {
    let page = door.page()?;
    let mut list = List::default();
    let mut queue = VecDeque::from([Applied::default()]);
    let mut cut = false;
    while let Some(applied) = queue.pop_front() {
        let first = match list.ask(ctx, door, &page, &applied, 0).await {
            Ok(first) => first,
            Err(error) if applied.is_none() => return Err(error),
            Err(error) => {
                list.lose("part of the list", error.message);
                break;
            }
        };
        let total = first.total;
        let parts: Vec<Applied> = match total >= CAP {
            true => parts_of(&first, &applied),
            false => Vec::new(),
        };
        if total >= CAP && parts.is_empty() {
            let message = format!(
                "there are more than the {CAP} postings that the site tells for one question, and no facet by which to ask for fewer"
            );
            list.lose("list", message);
        }
        let is_cut = !parts.is_empty();
        cut |= is_cut;
        queue.extend(parts);
        let next = match (ctx.outlines_only, is_cut && !applied.is_none()) {
            (true, _) => {
                list.partial |= first.records < total;
                list.keep(first, &applied);
                Next::Stop
            }
            // The parts hold all of it.
            (false, true) => Next::Part,
            (false, false) => list.read_on(ctx, door, &page, &applied, first).await,
        };
        if matches!(next, Next::Stop) {
            break;
        }
    }
    if cut {
        list.check_parts();
    }
    list.tell_apart();
    Ok(list)
}

fn parts_of(first: &Page, applied: &Applied) -> Vec<Applied> {
    facets::best(&first.facets, applied, first.total, CAP)
        .map(|facet| {
            facet
                .values
                .iter()
                .filter(|(_, count)| *count > 0)
                .map(|(id, _)| applied.with(&facet.parameter, id))
                .collect()
        })
        .unwrap_or_default()
}

impl List {
    fn lose(&mut self, at: &str, message: impl Into<String>) {
        self.partial = true;
        self.problems.push(RecordProblem {
            at: at.to_owned(),
            message: message.into(),
        });
    }

    /// Asks for one page.
    async fn ask(
        &mut self,
        ctx: &FetchContext,
        door: &Door,
        page: &Url,
        applied: &Applied,
        offset: usize,
    ) -> Result<Page, SourceError> {
        self.calls += 1;
        let request = Request::new(door.jobs()?, Accept::Json);
        let question = json!({
            "appliedFacets": applied.question(),
            "limit": PAGE,
            "offset": offset,
            "searchText": "",
        });
        let answer = ctx
            .client
            .ask(&request, &question)
            .await
            .map_err(|error| no_such_site(error.into(), door))?;
        self.bytes += answer.bytes();
        read_page(&answer.text(), page, ctx.clock.now())
    }

    /// Reads the further pages of a part. It is whole if as many postings came as its first page counts.
    async fn read_on(
        &mut self,
        ctx: &FetchContext,
        door: &Door,
        page: &Url,
        applied: &Applied,
        first: Page,
    ) -> Next {
        let expected = first.total;
        // A first page that counts nothing but lists something leaves it open where the list ends.
        let end = if expected == 0 {
            CAP
        } else {
            expected.min(CAP)
        };
        let mut records = first.records;
        let mut known: HashSet<String> = paths_of(&first);
        self.keep(first, applied);
        let mut offset = PAGE;
        while offset < end && records > 0 {
            if self.calls >= MAX_CALLS {
                self.lose(
                    "list",
                    format!("the list takes more than {MAX_CALLS} calls; the rest was not read"),
                );
                return Next::Stop;
            }
            let next = match self.ask(ctx, door, page, applied, offset).await {
                Ok(next) => next,
                Err(error) => {
                    self.lose(&format!("offset {offset}"), error.message);
                    return Next::Stop;
                }
            };
            let found = paths_of(&next);
            let short = next.records < PAGE;
            // Behind its end a list begins anew.
            if found.is_subset(&known) && next.records > 0 {
                break;
            }
            records += next.records;
            known.extend(found);
            self.keep(next, applied);
            if short {
                break;
            }
            offset += PAGE;
        }
        let whole = expected > 0 && known.len() == expected || expected == 0 && records == 0;
        if !whole && expected < CAP {
            self.lose(
                "total",
                format!(
                    "the site counts {expected} postings but lists {}; it may have changed while it was read",
                    known.len()
                ),
            );
        }
        Next::Part
    }

    /// Takes over the postings of a page.
    fn keep(&mut self, page: Page, applied: &Applied) {
        self.partial |= !page.problems.is_empty();
        self.problems.extend(page.problems);
        for (posting, path) in page.postings {
            let seen_in = match applied.is_none() {
                true => &mut self.sample,
                false => &mut self.in_parts,
            };
            seen_in.insert(path.clone());
            if !self.paths.insert(path.clone()) {
                continue;
            }
            self.listed.push((posting, path));
        }
    }

    /// The id is the requisition with its suffix; where several postings share it, each has its path for an id, so that no id
    /// depends on the order of the list.
    fn tell_apart(&mut self) {
        let mut count: HashMap<String, usize> = HashMap::new();
        for (posting, _) in &self.listed {
            *count.entry(posting.external_id.clone()).or_default() += 1;
        }
        for (posting, path) in &mut self.listed {
            if count
                .get(&posting.external_id)
                .is_some_and(|count| *count > 1)
            {
                posting.external_id.clone_from(path);
            }
        }
    }

    /// The parts must hold whatever the list as a whole told: else the facet does not cover all postings.
    fn check_parts(&mut self) {
        let missing = self.sample.difference(&self.in_parts).count();
        if missing > 0 {
            self.lose(
                "facets",
                format!(
                    "{missing} postings are in no part of the list, so others may be missing too"
                ),
            );
        }
    }

    /// As the result of a poll, without the postings, which are still to be read in full.
    pub(super) fn into_fetched(self) -> Fetched {
        Fetched {
            complete: !self.partial,
            problems: self.problems,
            bytes: self.bytes,
            ..Fetched::default()
        }
    }
}

fn paths_of(page: &Page) -> HashSet<String> {
    page.postings.iter().map(|(_, path)| path.clone()).collect()
}

/// Says what it means that the site's name is not known: 404, or 422 from most tenants.
fn no_such_site(mut error: SourceError, door: &Door) -> SourceError {
    if matches!(error.status, Some(404 | 410 | 422)) {
        error.kind = SourceErrorKind::NotFound;
        error.message = format!(
            "Workday has no career site \"{}\": it was removed or renamed, or the name is mistyped (capitals matter). Look up the employer's career page and add that.",
            door.site
        );
    }
    error
}
