//! From one page of the list to postings, facets and the count. Pure.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use url::Url;

use super::facets::{self, Facet};
use crate::clock::Timestamp;
use crate::fetch::parse_json;
use crate::postings::dedup::without_repost_suffix;
use crate::postings::sources::connector::{Parsed, error, not_json};
use crate::postings::sources::markup;
use crate::postings::sources::model::{
    RawDate, RawLocation, RawPosting, RecordProblem, SourceError, SourceErrorKind,
};
use crate::postings::sources::record::{items, scalar, text, with_unique_ids, without};

/// One page of the list.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Postings with their `externalPath`.
    pub(super) postings: Vec<(RawPosting, String)>,
    pub(super) problems: Vec<RecordProblem>,
    /// Records, read or not.
    pub(super) records: usize,
    /// How many postings there are. Only the first page's is to be believed; later ones may say 0.
    pub(super) total: usize,
    pub(super) facets: Vec<Facet>,
}

/// Reads a page of the list as a parser's result; `page` is the address of the site as people see it.
///
/// # Errors
/// If it is not JSON, or holds no list of postings.
pub fn parse(body: &str, page: &Url, now: Timestamp) -> Result<Parsed, SourceError> {
    let read = read_page(body, page, now)?;
    let mut parsed = Parsed {
        whole: read.problems.is_empty() && read.total == read.records,
        problems: read.problems,
        ..Parsed::default()
    };
    let postings = read.postings.into_iter().map(|(posting, _)| posting);
    parsed.postings = with_unique_ids(postings.collect(), &mut parsed.problems);
    Ok(parsed)
}

pub(super) fn read_page(body: &str, page: &Url, now: Timestamp) -> Result<Page, SourceError> {
    let answer =
        parse_json(body).map_err(|problem| not_json(&format!("Workday site {page}"), &problem))?;
    let total = answer.get("total").and_then(Value::as_u64);
    let records = answer.get("jobPostings").and_then(Value::as_array);
    // Some tenants answer what they do not understand with 200 and an object without these; that is no empty site.
    let (Some(total), Some(records)) = (total, records) else {
        let message = format!(
            "The answer for Workday site {page} holds no \"total\" or no list \"jobPostings\". Check that the address is a career site of Workday."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut read = Page {
        records: records.len(),
        total: usize::try_from(total).unwrap_or(usize::MAX),
        facets: facets::of(&answer),
        ..Page::default()
    };
    for (index, record) in records.iter().enumerate() {
        match posting(record, page, now) {
            Ok(posting) => read.postings.push(posting),
            Err(missing) => read.problems.push(RecordProblem {
                at: format!("jobPostings[{index}]"),
                message: missing.to_owned(),
            }),
        }
    }
    Ok(read)
}

fn posting(
    record: &Value,
    page: &Url,
    now: Timestamp,
) -> Result<(RawPosting, String), &'static str> {
    let path = text(record, "/externalPath").ok_or("the posting has no externalPath")?;
    let title = text(record, "/title").ok_or("the posting has no title")?;
    let id = id_in(&path).ok_or("the posting's externalPath names nothing")?;
    let mut url = page.clone();
    url.path_segments_mut()
        .map_err(|()| "the site's address has no path")?
        .extend(path.split('/').filter(|segment| !segment.is_empty()));
    let bullets: Vec<String> = items(record, "/bulletFields")
        .iter()
        .filter_map(scalar)
        .collect();
    let posting = RawPosting {
        url: url.into(),
        requisition: requisition(&id, &bullets),
        external_id: id,
        title: markup::plain(&title),
        locations: text(record, "/locationsText")
            .and_then(place)
            .into_iter()
            .collect(),
        workplace: text(record, "/remoteType"),
        employment_type: text(record, "/timeType"),
        posted: text(record, "/postedOn").and_then(|words| posted_on(&words, now)),
        // The words for the date change from day to day though the posting does not.
        raw: without(record, &["postedOn"]),
        ..RawPosting::default()
    };
    Ok((posting, path))
}

/// What stands behind the last `_` of the path: the requisition, perhaps with a number for a further posting of it.
pub(super) fn id_in(path: &str) -> Option<String> {
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    let id = match last.rsplit_once('_') {
        Some((_, id)) if id.contains(|c: char| c.is_ascii_digit()) => id,
        _ => last,
    };
    (!id.is_empty()).then(|| id.to_owned())
}

/// The employer's number of the opening, the same on every site and for each further posting (`R-1234-1`, `R-1234-2`). One of the
/// fields beside the title usually is it, and then the path's id begins with it.
pub(super) fn requisition(id: &str, stated: &[String]) -> Option<String> {
    let is_it = |stated: &&String| {
        id.strip_prefix(stated.as_str())
            .is_some_and(|rest| rest.is_empty() || is_number_of_posting(rest))
    };
    let found = stated.iter().find(is_it).map_or(id, String::as_str);
    found
        .contains(|c: char| c.is_ascii_digit())
        .then(|| without_repost_suffix(found).to_owned())
}

/// `-1`, `-12`
fn is_number_of_posting(rest: &str) -> bool {
    rest.strip_prefix('-').is_some_and(|number| {
        matches!(number.len(), 1..=3) && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// A place, unless the text only counts them: `3 Locations`, `2 Standorte`.
pub(super) fn place(text: String) -> Option<RawLocation> {
    static COUNT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\d{1,3}\s+\p{L}+$").expect("the pattern is well-formed"));
    (!COUNT.is_match(&text)).then(|| RawLocation {
        text: Some(text),
        ..RawLocation::default()
    })
}

/// The day that the words mean, seen from now: `Posted Today`, `Posted Yesterday`, `Posted 5 Days Ago`. `Posted 30+ Days Ago` only
/// means at least thirty, and no date is better than a false one.
pub(super) fn posted_on(words: &str, now: Timestamp) -> Option<RawDate> {
    static DAYS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(\d{1,3}) days? ago$").expect("the pattern is well-formed"));
    let words = words.trim().to_lowercase();
    let words = words.strip_prefix("posted").unwrap_or(&words).trim();
    let days = match words {
        "today" => 0,
        "yesterday" => 1,
        _ => DAYS.captures(words)?[1].parse().ok()?,
    };
    Some(RawDate::Text(now.plus_days(-days).date_string()))
}
