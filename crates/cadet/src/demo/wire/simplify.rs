//! A community list in the form of Simplify's `listings.json`: one row per link that somebody has sent in.

use serde_json::{Value, json};

use super::{View, places};
use crate::demo::model::{Opening, Venue, Workplace};

/// What rows say of visas; most say nothing.
const SPONSORSHIP: [&str; 4] = [
    "Other",
    "Other",
    "Offers Sponsorship",
    "Does Not Offer Sponsorship",
];

/// The rows of a list: those of openings that are or were open, old ones that nobody has removed, hidden ones, and two
/// rows that are there twice.
pub fn listings(view: View, venue: Venue) -> Value {
    let mut rows: Vec<Value> = Vec::new();
    for opening in view.world.seen_in(venue) {
        if !opening.open.0 && !opening.is_open(view.poll) {
            continue;
        }
        rows.push(row(view, opening));
        if (opening.number / 10).is_multiple_of(19) {
            rows.push(last_years(view, opening));
        }
        if (opening.number / 10).is_multiple_of(23) {
            rows.push(hidden(view, opening));
        }
    }
    let twice: Vec<Value> = rows.iter().take(2).cloned().collect();
    rows.extend(twice);
    Value::Array(rows)
}

fn row(view: View, opening: &Opening) -> Value {
    let employer = view.world.employer_of(opening);
    let choice = (opening.number / 10) as usize;
    // Half of those who send in a link copy the name from the page, the others write it from memory.
    let company = match choice % 4 {
        0 | 1 => &employer.name,
        other => &employer.spellings[other % employer.spellings.len()],
    };
    json!({
        "company_name": company,
        "locations": locations(view, opening),
        "title": opening.title,
        "date_posted": opening.published_ms / 1_000,
        "terms": terms(opening),
        "active": opening.is_open(view.poll),
        "url": tracked(&view.posting_url(opening, 0), choice),
        "is_visible": true,
        "source": if choice.is_multiple_of(3) { "Simplify" } else { "community" },
        "company_url": format!("{}/sites/{}", view.base, employer.id),
        "date_updated": view.updated_ms(opening) / 1_000,
        "id": list_id(opening, "aa"),
        "sponsorship": SPONSORSHIP[choice % SPONSORSHIP.len()],
    })
}

/// The same position of the year before, long filled.
fn last_years(view: View, opening: &Opening) -> Value {
    let mut old = row(view, opening);
    let year_ms: i64 = 365 * 24 * 3_600_000;
    old["id"] = json!(list_id(opening, "bb"));
    old["active"] = json!(false);
    old["url"] = json!(format!(
        "{}/sites/{}/jobs/filled",
        view.base,
        view.world.employer_of(opening).id
    ));
    old["date_posted"] = json!((opening.published_ms - year_ms) / 1_000);
    old["date_updated"] = json!((opening.published_ms - year_ms / 2) / 1_000);
    old["terms"] = json!(
        opening
            .term
            .map(|term| format!("Summer {}", term.start.year() - 1))
            .as_slice()
    );
    old
}

/// A row that a maintainer has hidden.
fn hidden(view: View, opening: &Opening) -> Value {
    let mut hidden = row(view, opening);
    hidden["id"] = json!(list_id(opening, "cc"));
    hidden["is_visible"] = json!(false);
    hidden["title"] = json!("TEST please ignore");
    hidden["url"] = json!(format!(
        "{}/sites/{}/jobs/hidden",
        view.base,
        view.world.employer_of(opening).id
    ));
    hidden
}

fn list_id(opening: &Opening, prefix: &str) -> String {
    format!("{prefix}{}", &opening.uuid[2..])
}

fn locations(view: View, opening: &Opening) -> Vec<String> {
    if opening.workplace == Workplace::Remote {
        let country = places::country_name(view.world, &opening.places[0]);
        return vec![if country == "United States" {
            "Remote in USA".to_owned()
        } else {
            format!("Remote in {country}")
        }];
    }
    opening
        .places
        .iter()
        .map(|place| places::listed(view.world, place))
        .collect()
}

fn terms(opening: &Opening) -> Vec<String> {
    let Some(term) = opening.term else {
        return Vec::new();
    };
    let season = match term.start.month() {
        1 | 2 | 12 => "Winter",
        3..=4 => "Spring",
        5..=8 => "Summer",
        _ => "Fall",
    };
    vec![format!("{season} {}", term.start.year())]
}

/// What links look like after they have passed through a list, a newsletter and a browser extension.
fn tracked(url: &str, choice: usize) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    match choice % 3 {
        0 => format!("{url}{joint}utm_source=Simplify&ref=Simplify"),
        1 => format!(
            "{url}{joint}utm_source=community-list&utm_medium=referral&utm_campaign=internships"
        ),
        _ => format!("{url}{joint}ref=internship-list&gh_src=a1b2c3d4us"),
    }
}
