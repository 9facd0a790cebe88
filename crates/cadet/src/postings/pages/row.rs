//! A posting as a row of a list. Pure.

use super::words;
use crate::clock::Timestamp;
use crate::postings::facts::pay_short;
use crate::postings::fit::Fit;
use crate::postings::index::term_label;
use crate::postings::model::{BackendGrade, PostingId};
use crate::postings::record::{PostingSummary, Status};
use crate::postings::search::PostingHit;
use crate::skills::Taxonomy;

/// Skills named in a row.
const SKILLS_SHOWN: usize = 4;
/// Days before its last day from which on a row says so.
const CLOSING_DAYS: i64 = 14;

/// What a row shows.
#[derive(Debug)]
pub(super) struct Row {
    pub id: PostingId,
    pub title: String,
    pub company: String,
    /// The first place, and how many more there are.
    pub place: String,
    pub more_places: usize,
    pub workplace: Option<&'static str>,
    pub terms: String,
    pub pay: String,
    pub internship: bool,
    pub grade: &'static str,
    /// The grade's class in the style sheet.
    pub grade_class: &'static str,
    pub skills: Vec<String>,
    pub more_skills: usize,
    pub closed: bool,
    /// Not listed at the last look.
    pub suspect: bool,
    pub saved: bool,
    /// When it was posted, or first seen.
    pub at: Timestamp,
    /// Whether only the day is known.
    pub day_only: bool,
    /// Whether `at` is when it was first seen.
    pub seen: bool,
    /// Its last day, when that is near.
    pub closing: Option<Timestamp>,
    /// Whether only that day is known.
    pub closing_day_only: bool,
    /// A passage of its text as safe HTML.
    pub snippet: Option<String>,
    /// How it fits the reader.
    pub fit: Option<Fit>,
}

impl Row {
    /// A row for somebody who looks at it now.
    pub(super) fn new(posting: PostingSummary, snippet: Option<String>, now: Timestamp) -> Self {
        let names = |id: &String| Taxonomy::bundled().name_of(id).map(str::to_owned);
        let terms: Vec<String> = posting.terms.iter().map(term_label).collect();
        let places: Vec<String> = posting.locations.iter().map(words::place).collect();
        let deadline = posting.deadline.map(|deadline| deadline.at);
        let near = |at: &Timestamp| (now..now.plus_days(CLOSING_DAYS)).contains(at);
        Self {
            id: posting.id,
            place: places.first().cloned().unwrap_or_default(),
            more_places: places.len().saturating_sub(1),
            workplace: posting.workplace.map(words::workplace),
            terms: terms.join(", "),
            pay: posting.pay.as_ref().map(pay_short).unwrap_or_default(),
            internship: posting.internship,
            grade: words::grade(posting.backend),
            grade_class: grade_class(posting.backend),
            more_skills: posting.skills.len().saturating_sub(SKILLS_SHOWN),
            skills: posting
                .skills
                .iter()
                .take(SKILLS_SHOWN)
                .filter_map(names)
                .collect(),
            closed: posting.status == Status::Closed,
            suspect: posting.suspect_since.is_some(),
            saved: posting.saved,
            at: posting
                .posted
                .map_or(posting.first_seen_at, |posted| posted.at),
            day_only: posting.posted.is_some_and(|posted| posted.day_only),
            seen: posting.posted.is_none(),
            closing: deadline.filter(near),
            closing_day_only: posting.deadline.is_some_and(|deadline| deadline.day_only),
            fit: posting.fit,
            title: posting.title,
            company: posting.company,
            snippet,
        }
    }

    /// A row of a search.
    pub(super) fn of_hit(hit: PostingHit, now: Timestamp) -> Self {
        Self::new(hit.posting, hit.snippet, now)
    }
}

/// The class that draws a grade's rank: two chevrons, one, none.
pub(super) const fn grade_class(grade: BackendGrade) -> &'static str {
    match grade {
        BackendGrade::Explicit => "grade grade-2",
        BackendGrade::Plausible => "grade grade-1",
        BackendGrade::No => "grade grade-0",
    }
}
