//! What the search index holds of a posting, and how the query language's fields are read. Pure.

use search::{Document, Field, QueryOptions, Schema};

use super::model::{NormalPosting, PostingId, Season, Sponsorship, Term, Workplace};
use super::query::{SPONSORSHIPS, grade_name};
use super::record::Stored;
use crate::clock::Timestamp;
use crate::skills::Taxonomy;

/// The fields of the index.
#[must_use]
pub fn schema() -> Schema {
    let fields = [
        Field::text("title", 6.0),
        Field::text("company", 3.0),
        Field::text("skills", 2.5),
        Field::text("place", 1.5),
        Field::text("description", 1.0),
        Field::keyword("employer").faceted(),
        Field::keyword("country").faceted().multi(),
        Field::keyword("city").faceted().multi(),
        Field::keyword("workplace").faceted(),
        Field::keyword("term").faceted().multi(),
        Field::keyword("skill").faceted().multi(),
        Field::keyword("source").faceted().multi(),
        Field::keyword("backend").faceted(),
        Field::keyword("language").faceted(),
        Field::boolean("open").faceted(),
        Field::boolean("internship").faceted(),
        Field::boolean("paid").faceted(),
        Field::boolean("rolling").faceted(),
        Field::keyword("start").faceted().multi(),
        Field::keyword("sponsorship").faceted(),
        Field::integer("posted"),
        Field::integer("seen"),
        Field::integer("deadline"),
        Field::integer("opening"),
        Field::boolean("primary"),
        Field::integer("closed"),
        Field::integer("hourly"),
        Field::keyword("currency").faceted(),
    ];
    Schema::new(fields).expect("the fields are named once and by the rules, as a test checks")
}

/// How the query language's fields are read; `now` is what `posted:7d` counts back from.
#[must_use]
pub fn query_options(schema: &Schema, now: Timestamp) -> QueryOptions {
    let mut options = QueryOptions::new(schema);
    for (alias, field) in [
        ("location", "place"),
        ("remote", "workplace"),
        ("closes", "deadline"),
        ("lang", "language"),
        ("visa", "sponsorship"),
    ] {
        options = options.alias(alias, field);
    }
    for field in ["posted", "seen", "deadline"] {
        options = options.integer(field, move |text| day_range(text, now));
    }
    options
}

/// What `2026-11-23`, `7d` (the last seven days) or `24h` stand for.
fn day_range(text: &str, now: Timestamp) -> Option<std::ops::RangeInclusive<i64>> {
    if let Some(days) = text
        .strip_suffix('d')
        .and_then(|days| days.parse::<i64>().ok())
    {
        return Some(now.plus_days(-days).0..=now.0);
    }
    if let Some(hours) = text
        .strip_suffix('h')
        .and_then(|hours| hours.parse::<i64>().ok())
    {
        return Some(now.plus_millis(hours.saturating_mul(-3_600_000)).0..=now.0);
    }
    let date: jiff::civil::Date = text.parse().ok()?;
    let start = date
        .to_datetime(jiff::civil::Time::midnight())
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .ok()?;
    let start = start.timestamp().as_millisecond();
    Some(start..=start + Timestamp::DAY_MS - 1)
}

/// The index's number of a posting.
#[must_use]
pub fn key(id: PostingId) -> u64 {
    u64::try_from(id.0).unwrap_or(0)
}

fn places_in_words(posting: &NormalPosting) -> String {
    let places = posting.locations.iter();
    let places: Vec<&str> = places.map(|place| place.text.as_str()).collect();
    places.join("; ")
}

/// A posting as the index holds it; `sources` are the ids of those that list it.
#[must_use]
pub fn document(stored: &Stored, sources: &[i64]) -> Document {
    let posting = &stored.posting;
    let taxonomy = Taxonomy::bundled();
    let skills = posting.distinct_skills();
    let names: Vec<&str> = skills
        .iter()
        .filter_map(|id| taxonomy.name_of(id))
        .collect();
    let mut document = Document::new(key(stored.id))
        .with("title", posting.title.as_str())
        .with("company", posting.company.as_str())
        .with("skills", names.join(", "))
        .with("place", places_in_words(posting))
        .with("description", posting.description_text.as_str())
        .with("employer", posting.company.as_str())
        .with("backend", grade_name(posting.backend_grade()))
        .with("open", stored.closed_at.is_none())
        .with("internship", posting.is_internship())
        .with("seen", stored.first_seen_at.0)
        .with("opening", stored.opening.0)
        // As long as nothing else is known of its opening, a posting stands for it.
        .with("primary", true);
    for place in &posting.locations {
        for (field, value) in [("country", &place.country), ("city", &place.city)] {
            if let Some(value) = value {
                document = document.with(field, value.as_str());
            }
        }
    }
    if let Some(workplace) = posting.workplace {
        document = document.with("workplace", workplace_name(workplace));
    }
    for term in &posting.facts.terms {
        document = document.with("term", term_label(&term.value));
    }
    for skill in skills {
        document = document.with("skill", skill);
    }
    for source in sources {
        document = document.with("source", source.to_string());
    }
    if let Some(language) = &posting.language {
        document = document.with("language", language.as_str());
    }
    if let Some(paid) = posting
        .facts
        .paid
        .as_ref()
        .map(|fact| fact.value)
        .or(posting.pay.as_ref().map(|_| true))
    {
        document = document.with("paid", paid);
    }
    if let Some(rolling) = &posting.facts.rolling {
        document = document.with("rolling", rolling.value);
    }
    if let Some(said) = &posting.facts.sponsorship {
        let named = |(_, sponsorship): &&(&str, Sponsorship)| *sponsorship == said.value;
        if let Some((name, _)) = SPONSORSHIPS.iter().find(named) {
            document = document.with("sponsorship", *name);
        }
    }
    if let Some(closed) = stored.closed_at {
        document = document.with("closed", closed.0);
    }
    if let Some(rates) = posting.pay_rates() {
        let middle = (rates.hourly_min + rates.hourly_max) / 2.0;
        // Hundredths, so that the index holds a whole number; no pay comes near the end of the range.
        document = document
            .with("hourly", (middle * 100.0).round() as i64)
            .with("currency", rates.currency);
    }
    for value in starts(posting) {
        document = document.with("start", value);
    }
    if let Some(posted) = posting.posted {
        document = document.with("posted", posted.at.0);
    }
    if let Some(deadline) = posting.deadline {
        document = document.with("deadline", deadline.at.0);
    }
    document
}

/// What `start:` finds a posting by: the day, its month and its year, or `now`.
fn starts(posting: &NormalPosting) -> Vec<String> {
    let Some(start) = &posting.facts.start else {
        return Vec::new();
    };
    let Some(date) = &start.value.date else {
        return vec!["now".to_owned()];
    };
    let mut values: Vec<String> = [4, 7, date.len()]
        .into_iter()
        .filter_map(|end| date.get(..end).map(str::to_owned))
        .collect();
    values.dedup();
    values
}

/// A place of work's name in addresses and in the index.
#[must_use]
pub const fn workplace_name(workplace: Workplace) -> &'static str {
    match workplace {
        Workplace::Remote => "remote",
        Workplace::Hybrid => "hybrid",
        Workplace::OnSite => "on-site",
    }
}

/// A term as people write it: `Summer 2027`, `March 2027`, `2027`.
#[must_use]
pub fn term_label(term: &Term) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let season = term.season.map(|season| match season {
        Season::Winter => "Winter",
        Season::Spring => "Spring",
        Season::Summer => "Summer",
        Season::Fall => "Fall",
    });
    let month = term.month.and_then(|month| {
        MONTHS
            .get(usize::try_from(month).ok()?.checked_sub(1)?)
            .copied()
    });
    let year = term.year.map(|year| year.to_string());
    let parts: Vec<String> = season
        .or(month)
        .map(str::to_owned)
        .into_iter()
        .chain(year)
        .collect();
    parts.join(" ")
}
