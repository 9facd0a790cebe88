//! Searching postings: from a [`PostingQuery`] to a page of rows with counts, snippets and what was corrected.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use search::{Cursor, FacetRequest, Filter, RangeBucket, Request, Sort};
use serde::Serialize;
use utoipa::ToSchema;

use super::fields::query_options;
use super::fit::{FitColumn, none_fits};
use super::model::PostingId;
use super::openings::shown::Groups;
use super::query::{FLAGS, LISTS, PostingQuery, SortOrder};
use super::record::{PostingSummary, Status};
use super::store::read;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::skills::Taxonomy;
use crate::state::Ctx;

/// Values counted for each facet.
const FACET_VALUES: usize = 12;
/// Days of the ranges of "posted within".
const WITHIN_DAYS: [i64; 4] = [1, 7, 30, 90];

/// A page of postings.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct PostingPage {
    /// The rows.
    pub items: Vec<PostingHit>,
    /// How many there are on all pages together.
    pub total: u64,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// Counts by filter: for each value, how many there would be with it chosen too.
    #[schema(value_type = Object)]
    pub facets: BTreeMap<String, Vec<FacetValue>>,
    /// Words that were searched instead of what was typed.
    pub corrections: Vec<Correction>,
    /// What was not taken as it may have been meant.
    pub warnings: Vec<String>,
}

/// A row with a passage of its text.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PostingHit {
    /// The row.
    #[serde(flatten)]
    pub posting: PostingSummary,
    /// A passage with the words searched for in `<mark>`; HTML, escaped.
    pub snippet: Option<String>,
}

/// A value of a filter and how many postings have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// How many.
    pub count: u64,
}

/// A word and what was searched instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Correction {
    /// As typed.
    pub typed: String,
    /// As searched.
    pub searched: String,
}

/// Searches postings.
///
/// # Errors
/// [`Error::Invalid`] for a cursor of another search; from the database and the index.
pub async fn posting_search(ctx: &Ctx, query: &PostingQuery) -> Result<PostingPage> {
    let fits = ctx.fit.column(ctx).await?;
    let mut page = match query.is_personal() {
        true => answer(ctx, query, fits.clone()).await?,
        false => PostingPage::clone(&*for_everybody(ctx, query).await?),
    };
    for hit in &mut page.items {
        let fit = |fits: &FitColumn| fits.fit(hit.posting.id);
        hit.posting.fit = fits.as_ref().and_then(fit);
    }
    if let Ok(owner) = ctx.owner() {
        let ids: Vec<PostingId> = page.items.iter().map(|hit| hit.posting.id).collect();
        let saved = read::saved_among(&ctx.db, owner, &ids).await?;
        for hit in &mut page.items {
            hit.posting.saved = saved.contains(&hit.posting.id);
        }
    }
    Ok(page)
}

/// The page of a search that gives everybody the same, perhaps as it was just answered.
async fn for_everybody(ctx: &Ctx, query: &PostingQuery) -> Result<Arc<PostingPage>> {
    let (now, generation) = (ctx.now(), ctx.index.engine().generation());
    let recent = ctx.index.recent();
    if let Some(page) = recent.get(query, generation, now) {
        return Ok(page);
    }
    let page = Arc::new(answer(ctx, query, None).await?);
    recent.hold(query.clone(), &page, generation, now);
    Ok(page)
}

/// The page without what only concerns the reader's rows.
async fn answer(ctx: &Ctx, query: &PostingQuery, fits: Option<FitColumn>) -> Result<PostingPage> {
    let words = query.clone();
    let (found, warnings) =
        searching(ctx, move |ctx| posting_find(ctx, &words, fits.as_ref())).await?;
    let ids: Vec<PostingId> = found
        .hits
        .iter()
        .filter_map(|hit| i64::try_from(hit.id).ok().map(PostingId))
        .collect();
    let rows = read::summaries(&ctx.db, &ids).await?;
    let openings = rows.iter().map(|row| row.opening_id).collect();
    let groups = Groups::of(&ctx.db, &openings).await?;
    let texts = if query.q.is_empty() {
        HashMap::new()
    } else {
        read::texts(&ctx.db, &ids).await?
    };
    let engine = ctx.index.engine();
    let snippet = |text: &String| engine.snippet(&found.query, "description", text);
    let items = rows
        .into_iter()
        .map(|posting| PostingHit {
            snippet: texts.get(&posting.id).and_then(snippet),
            posting: groups.complete_row(posting),
        })
        .collect();
    let corrections = found.corrections.into_iter();
    Ok(PostingPage {
        items,
        total: found.total,
        next: found.next.map(|cursor| cursor.to_string()),
        facets: facets(found.facets),
        corrections: corrections
            .map(|(typed, searched)| Correction { typed, searched })
            .collect(),
        warnings,
    })
}

/// For each skill, how many open postings ask for it; the most asked for first.
///
/// # Errors
/// From the index.
pub fn skill_demand(ctx: &Ctx) -> Result<Vec<FacetValue>> {
    let open = PostingQuery {
        status: Some(Status::Open),
        limit: 1,
        ..PostingQuery::default()
    };
    let (mut request, _) = request(ctx, &open, None)?;
    request.facets = vec![FacetRequest::Values {
        field: "skill".to_owned(),
        limit: Taxonomy::bundled().skills().len(),
    }];
    let found = ctx.index.engine().search(&request).map_err(refused)?;
    Ok(facets(found.facets).remove("skill").unwrap_or_default())
}

/// What an overview of postings asks of the index: no rows, but counts, or the numbers of one field.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// Conditions beside those of the query.
    pub filters: Vec<Filter>,
    /// What to count.
    pub facets: Vec<FacetRequest>,
    /// The integer field whose numbers are wanted, in rising order.
    pub numbers: Option<(&'static str, usize)>,
}

/// Counts over the postings that a query finds, and the numbers of a field, straight from the index. Whoever asks holds a
/// place for searching ([`searching`]).
///
/// # Errors
/// From the index.
pub fn posting_overview(
    ctx: &Ctx,
    query: &PostingQuery,
    overview: Overview,
) -> Result<search::Page> {
    let (mut request, _) = request(ctx, query, None)?;
    request.filters.extend(overview.filters);
    request.facets = overview.facets;
    request.limit = 0;
    if let Some((field, limit)) = overview.numbers {
        request.sort = Sort::Field {
            name: field.to_owned(),
            descending: false,
        };
        request.filters.push(Filter::Range {
            field: field.to_owned(),
            min: Some(i64::MIN + 1),
            max: None,
        });
        request.limit = limit;
    }
    ctx.index.engine().search(&request).map_err(refused)
}

/// Does `work`, which asks the index, on a thread of its own when there is a place for it.
///
/// # Errors
/// Those of the work.
pub async fn searching<T: Send + 'static>(
    ctx: &Ctx,
    work: impl FnOnce(&Ctx) -> Result<T> + Send + 'static,
) -> Result<T> {
    let asked = ctx.clone();
    let place = ctx.index.places().acquire().await;
    let place = place.map_err(Error::internal)?;
    let done = tokio::task::spawn_blocking(move || work(&asked)).await;
    drop(place);
    done.map_err(Error::internal)?
}

/// What the search index answers: ids, counts, and what was not taken as it may have been meant. `fits` are those of the
/// reader, for an order or a condition by them.
///
/// # Errors
/// [`Error::Invalid`] for a cursor of another search; from the index.
pub fn posting_find(
    ctx: &Ctx,
    query: &PostingQuery,
    fits: Option<&FitColumn>,
) -> Result<(search::Page, Vec<String>)> {
    let (mut request, mut warnings) = request(ctx, query, fits)?;
    let engine = ctx.index.engine();
    let found = engine.search(&request).map_err(refused)?;
    let Some(relaxed) = request.query.relaxed().filter(|_| found.total == 0) else {
        return Ok((found, warnings));
    };
    request.query = relaxed;
    let some = engine.search(&request).map_err(refused)?;
    if some.total > 0 {
        warnings.push(
            "No posting has all of these words; these have some of them, the best match first."
                .to_owned(),
        );
    }
    Ok((some, warnings))
}

fn request(
    ctx: &Ctx,
    query: &PostingQuery,
    fits: Option<&FitColumn>,
) -> Result<(Request, Vec<String>)> {
    let now = ctx.now();
    let (parsed, warnings) = query_of(ctx.index.engine().schema(), query, now);
    let wordless = parsed.root.is_none();
    let mut request = Request::new(parsed);
    request.filters = filters(query, now);
    request.facets = facet_requests(now);
    request.filters.extend(least_fit(query, fits));
    request.sort = sort(query.sort, wordless, fits);
    request.limit = query.page_size();
    if let Some(cursor) = &query.cursor {
        let parsed: Result<Cursor, _> = cursor.parse();
        request.cursor = Some(parsed.map_err(|_| {
            Error::invalid_field(
                "cursor",
                "The cursor does not belong to this search. Begin at the first page.",
            )
        })?);
    }
    if query.sort == SortOrder::Closing {
        // What has closed, or has no last day, is not "closing soon".
        request.filters.push(Filter::Range {
            field: "deadline".into(),
            min: Some(now.0),
            max: None,
        });
    }
    let mut warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    if query.is_personal() && fits.is_none() {
        warnings.push(NOT_KNOWN.to_owned());
    }
    Ok((request, warnings))
}

/// Said where a search asks how postings fit somebody of whom nothing is known.
const NOT_KNOWN: &str = "Nothing is known of you yet that postings could be compared with. Fill in your profile, or scan a repository under Evidence.";

/// The condition of a least score, if there is one.
pub(super) fn least_fit(query: &PostingQuery, fits: Option<&FitColumn>) -> Option<Filter> {
    let least = query.fit?;
    Some(fits.map_or_else(none_fits, |fits| fits.at_least(least)))
}

/// The words of a search, parsed, and what was not taken as it may have been meant.
pub(super) fn query_of(
    schema: &search::Schema,
    query: &PostingQuery,
    now: Timestamp,
) -> (search::Query, Vec<search::Warning>) {
    search::parse(&query.q, &query_options(schema, now))
}

/// The field of the index behind a filter's name.
fn field(name: &str) -> &str {
    if name == "company" { "employer" } else { name }
}

pub(super) fn filters(query: &PostingQuery, now: Timestamp) -> Vec<Filter> {
    let mut filters: Vec<Filter> = LISTS
        .iter()
        .filter_map(|name| Some((name, query.list(name)?)))
        .filter(|(_, values)| !values.is_empty())
        .map(|(name, values)| Filter::AnyOf {
            field: field(name).to_owned(),
            values: values.clone(),
        })
        .collect();
    let yes_no = [
        ("open", query.status.map(|status| status == Status::Open)),
        // One row an opening.
        ("primary", Some(true)),
    ];
    let flags = FLAGS.map(|name| (name, query.flag(name)));
    let yes_no = yes_no.into_iter().chain(flags);
    filters.extend(yes_no.filter_map(|(name, value)| {
        Some(Filter::Bool {
            field: name.to_owned(),
            value: value?,
        })
    }));
    if let Some(days) = query.within {
        filters.push(Filter::Range {
            field: "posted".to_owned(),
            min: Some(now.plus_days(-i64::from(days)).0),
            max: None,
        });
    }
    filters
}

fn facet_requests(now: Timestamp) -> Vec<FacetRequest> {
    let values = LISTS.iter().copied().chain(["open"]).chain(FLAGS);
    let mut requests: Vec<FacetRequest> = values
        .map(|name| FacetRequest::Values {
            field: field(name).to_owned(),
            limit: FACET_VALUES,
        })
        .collect();
    let ranges = WITHIN_DAYS
        .iter()
        .map(|days| RangeBucket {
            label: days.to_string(),
            min: Some(now.plus_days(-days).0),
            max: None,
        })
        .collect();
    requests.push(FacetRequest::Ranges {
        field: "posted".to_owned(),
        ranges,
    });
    requests
}

fn sort(order: SortOrder, wordless: bool, fits: Option<&FitColumn>) -> Sort {
    let by = |name: &str, descending| Sort::Field {
        name: name.to_owned(),
        descending,
    };
    match order {
        SortOrder::Relevance if wordless => by("posted", true),
        SortOrder::Relevance => Sort::Relevance,
        SortOrder::Posted => by("posted", true),
        SortOrder::Seen => by("seen", true),
        SortOrder::Closing => by("deadline", false),
        SortOrder::Fit => fits.map_or_else(|| by("posted", true), FitColumn::sort),
    }
}

/// The counts under the names of the filters: `open` as `status`, `posted` as `within`.
fn facets(found: BTreeMap<String, Vec<(String, u64)>>) -> BTreeMap<String, Vec<FacetValue>> {
    let named = |(field, values): (String, Vec<(String, u64)>)| {
        let name = match field.as_str() {
            "employer" => "company".to_owned(),
            "open" => "status".to_owned(),
            "posted" => "within".to_owned(),
            _ => field,
        };
        let word = |value: String| match (name.as_str(), value.as_str()) {
            ("status", "true") => "open".to_owned(),
            ("status", "false") => "closed".to_owned(),
            (flag, "true") if FLAGS.contains(&flag) => "yes".to_owned(),
            (flag, "false") if FLAGS.contains(&flag) => "no".to_owned(),
            _ => value,
        };
        let values = values
            .into_iter()
            .map(|(value, count)| FacetValue {
                value: word(value),
                count,
            })
            .collect();
        (name.clone(), values)
    };
    found.into_iter().map(named).collect()
}

pub(super) fn refused(error: search::Error) -> Error {
    match error {
        search::Error::Cursor => Error::invalid_field(
            "cursor",
            "The cursor does not belong to this search. Begin at the first page.",
        ),
        other => Error::internal(other),
    }
}
