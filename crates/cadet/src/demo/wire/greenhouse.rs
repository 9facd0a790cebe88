//! A Greenhouse job board: all jobs in one answer, descriptions as escaped HTML.

use serde_json::{Value, json};

use super::{
    View, deadline, iso,
    markup::{escape, html},
    places, published,
};
use crate::demo::model::{Employer, Level, Oddity, Opening, Workplace};

/// Greenhouse dates its American boards in Eastern time.
const OFFSET_HOURS: i8 = -5;

/// `GET /v1/boards/{token}`
pub fn board(employer: &Employer) -> Value {
    let about = employer
        .about
        .values()
        .next()
        .map(|about| format!("<p>{}</p>", escape(about)));
    json!({ "name": employer.name, "content": about.map(|html| escape(&html)) })
}

/// `GET /v1/boards/{token}/jobs`, with `content=true` or without.
pub fn jobs(view: View, employer: &Employer, content: bool) -> Value {
    let jobs: Vec<Value> = sightings(view, employer)
        .map(|(opening, city)| job(view, employer, opening, city, content))
        .collect();
    json!({ "meta": { "total": jobs.len() }, "jobs": jobs })
}

/// `GET /v1/boards/{token}/jobs/{id}`
pub fn single(view: View, employer: &Employer, id: u64) -> Option<Value> {
    let (opening, city) = find(view, employer, id)?;
    Some(job(view, employer, opening, city, true))
}

/// The opening behind a job's id, and which repetition of it.
pub fn find<'a>(view: View<'a>, employer: &'a Employer, id: u64) -> Option<(&'a Opening, usize)> {
    sightings(view, employer).find(|(opening, city)| opening.number + *city as u64 == id)
}

/// One per opening; one per opening and city where the employer publishes so.
fn sightings<'a>(
    view: View<'a>,
    employer: &'a Employer,
) -> impl Iterator<Item = (&'a Opening, usize)> + 'a {
    view.world
        .open_at(&employer.id, view.poll)
        .flat_map(|opening| {
            let repetitions = if employer.repeats_cities {
                opening.places.len()
            } else {
                1
            };
            (0..repetitions).map(move |city| (opening, city))
        })
}

fn job(view: View, employer: &Employer, opening: &Opening, city: usize, content: bool) -> Value {
    let mut job = json!({
        "absolute_url": view.posting_url(opening, city),
        "data_compliance": [{
            "type": "gdpr",
            "requires_consent": false,
            "requires_processing_consent": false,
            "requires_retention_consent": false,
            "retention_period": null,
            "demographic_data_consent_applies": false,
        }],
        "internal_job_id": opening.number / 10 + 3,
        "location": { "name": location(view, employer, opening, city) },
        "metadata": metadata(opening),
        "id": opening.number + city as u64,
        "updated_at": iso(view.updated_ms(opening), OFFSET_HOURS),
        "requisition_id": opening.requisition,
        "title": opening.title,
        "company_name": employer.name,
        "first_published": published(opening, OFFSET_HOURS),
        "language": opening.language,
        "application_deadline": deadline(opening),
    });
    if content {
        job["content"] = json!(escape(&html(opening, view.poll)));
        job["departments"] = json!([{
            "id": department_id(employer, &opening.department),
            "name": opening.department,
            "child_ids": [],
            "parent_id": null,
        }]);
        job["offices"] = json!(offices(view, employer, opening, city));
    }
    job
}

fn location(view: View, employer: &Employer, opening: &Opening, city: usize) -> String {
    if opening.oddity == Some(Oddity::PlaceSaysHybrid) {
        return "Hybrid".to_owned();
    }
    if employer.repeats_cities {
        return places::short(view.world, &opening.places[city]);
    }
    match opening.workplace {
        Workplace::Remote => format!(
            "Remote - {}",
            places::country_name(view.world, &opening.places[0])
        ),
        _ => {
            let names: Vec<String> = opening
                .places
                .iter()
                .map(|place| places::short(view.world, place))
                .collect();
            names.join("; ")
        }
    }
}

fn offices(view: View, employer: &Employer, opening: &Opening, city: usize) -> Vec<Value> {
    let chosen = if employer.repeats_cities {
        &opening.places[city..=city]
    } else {
        &opening.places[..]
    };
    chosen
        .iter()
        .map(|place| {
            json!({
                "id": 4_000_000_000_u64 + (employer.name.len() * 1_000 + place.city.len()) as u64,
                "name": place.city,
                "location": format!("{}, {}, {}", place.city, place.region, places::country_name(view.world, place)),
                "child_ids": [],
                "parent_id": null,
            })
        })
        .collect()
}

fn metadata(opening: &Opening) -> Value {
    let employment = match opening.level {
        Level::Intern => "Intern",
        Level::Student => "Part Time",
        _ => "Regular",
    };
    let workplace = match opening.workplace {
        Workplace::OnSite => "On-site",
        Workplace::Hybrid => "Hybrid",
        Workplace::Remote => "Remote",
    };
    json!([
        { "id": 4_095_122_u64, "name": "Employment Type", "value": employment, "value_type": "single_select" },
        { "id": 4_095_123_u64, "name": "Workplace", "value": workplace, "value_type": "single_select" },
    ])
}

fn department_id(employer: &Employer, department: &str) -> u64 {
    4_030_000_000 + (employer.id.len() * 10_000 + department.len() * 7) as u64
}
