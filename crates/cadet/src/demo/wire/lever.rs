//! A Lever site: an array of postings, paged by `skip` and `limit`, whose description is cut into parts.

use serde_json::{Value, json};

use super::{
    View,
    markup::{items, parts_html, parts_plain},
    places,
};
use crate::demo::model::{Employer, Level, Opening, Part, Pay, Period, Workplace};

const INTRODUCTION: [Part; 2] = [Part::About, Part::Role];
const LISTS: [Part; 4] = [Part::Tasks, Part::Must, Part::Nice, Part::Benefits];
const CLOSING: [Part; 2] = [Part::Facts, Part::Process];

/// `GET /v0/postings/{site}?skip=&limit=`
pub fn postings(view: View, employer: &Employer, skip: usize, limit: usize) -> Value {
    view.open(employer)
        .skip(skip)
        .take(limit.min(100))
        .map(|opening| posting(view, opening))
        .collect()
}

/// `GET /v0/postings/{site}/{id}`
pub fn single(view: View, employer: &Employer, id: &str) -> Option<Value> {
    view.open(employer)
        .find(|opening| opening.uuid == id)
        .map(|opening| posting(view, opening))
}

fn posting(view: View, opening: &Opening) -> Value {
    let url = view.posting_url(opening, 0);
    let poll = view.poll;
    let places: Vec<String> = opening
        .places
        .iter()
        .map(|place| places::short(view.world, place))
        .collect();
    let mut posting = json!({
        "additionalPlain": parts_plain(opening, poll, &CLOSING),
        "additional": parts_html(opening, poll, &CLOSING),
        "categories": {
            "commitment": commitment(opening.level),
            "location": places[0],
            "team": team(opening),
            "department": opening.department,
            "allLocations": places,
        },
        "createdAt": opening.published_ms,
        "descriptionPlain": parts_plain(opening, poll, &INTRODUCTION),
        "description": parts_html(opening, poll, &INTRODUCTION),
        "opening": parts_html(opening, poll, &[Part::About]),
        "openingPlain": parts_plain(opening, poll, &[Part::About]),
        "descriptionBody": parts_html(opening, poll, &[Part::Role]),
        "descriptionBodyPlain": parts_plain(opening, poll, &[Part::Role]),
        "id": opening.uuid,
        "lists": lists(view, opening),
        "text": opening.title,
        "country": opening.places[0].country,
        "workplaceType": match opening.workplace {
            Workplace::OnSite => "onsite",
            Workplace::Hybrid => "hybrid",
            Workplace::Remote => "remote",
        },
        "hostedUrl": url,
        "applyUrl": format!("{url}/apply"),
    });
    if let Some(pay) = &opening.pay {
        posting["salaryRange"] = salary(pay);
    }
    posting
}

fn lists(view: View, opening: &Opening) -> Vec<Value> {
    let text = opening.text_at(view.poll);
    text.iter()
        .filter(|section| LISTS.contains(&section.part))
        .map(|section| json!({ "text": section.heading, "content": format!("\n{}", items(section)) }))
        .collect()
}

fn commitment(level: Level) -> &'static str {
    match level {
        Level::Intern => "Internship",
        Level::Student => "Part-time",
        _ => "Full-time",
    }
}

fn team(opening: &Opening) -> String {
    match opening.family.as_str() {
        "data" => format!("{} - Data", opening.department),
        "sre" => format!("{} - Platform", opening.department),
        _ => opening.department.clone(),
    }
}

fn salary(pay: &Pay) -> Value {
    let interval = match pay.period {
        Period::Hour => "per-hour-wage",
        Period::Month => "per-month-salary",
        Period::Year => "per-year-salary",
    };
    json!({ "min": pay.min, "max": pay.max, "currency": pay.currency, "interval": interval })
}
