//! An Ashby job board: everything in one answer, unlisted jobs included, pay in its own structure.

use serde_json::{Value, json};

use super::{
    View,
    markup::{html, plain},
    places, published,
};
use crate::demo::model::{Employer, Level, Opening, Pay, Period, Place, Poll, Workplace};

/// `GET /posting-api/job-board/{name}?includeCompensation=`
///
/// What opens at the second poll is in the first answer already, as a job that is not listed.
pub fn board(view: View, employer: &Employer, compensation: bool) -> Value {
    let openings = view
        .world
        .openings
        .iter()
        .filter(|opening| view.world.employer_of(opening).id == employer.id);
    let jobs: Vec<Value> = openings
        .filter(|opening| opening.is_open(view.poll) || is_prepared(opening, view.poll))
        .map(|opening| job(view, opening, compensation))
        .collect();
    json!({ "jobs": jobs, "apiVersion": "1" })
}

fn is_prepared(opening: &Opening, poll: Poll) -> bool {
    poll == Poll::First && opening.open == (false, true)
}

fn job(view: View, opening: &Opening, compensation: bool) -> Value {
    let url = view.posting_url(opening, 0);
    let mut job = json!({
        "id": opening.uuid,
        "title": opening.title,
        "department": opening.department,
        "team": opening.department,
        "employmentType": match opening.level {
            Level::Intern => "Intern",
            Level::Student => "PartTime",
            _ => "FullTime",
        },
        "location": places::short(view.world, &opening.places[0]),
        "shouldDisplayCompensationOnJobPostings": opening.pay.is_some(),
        "secondaryLocations": opening.places[1..]
            .iter()
            .map(|place| json!({ "location": places::short(view.world, place), "address": address(view, place) }))
            .collect::<Vec<_>>(),
        "publishedAt": published(opening, 0),
        "isListed": opening.is_open(view.poll),
        // A board's own mistake, often seen: hybrid jobs are flagged as remote, too.
        "isRemote": opening.workplace != Workplace::OnSite,
        "workplaceType": match opening.workplace {
            Workplace::OnSite => "OnSite",
            Workplace::Hybrid => "Hybrid",
            Workplace::Remote => "Remote",
        },
        "address": address(view, &opening.places[0]),
        "jobUrl": url,
        "applyUrl": view.ashby_form_url(opening),
        "descriptionHtml": html(opening, view.poll),
        "descriptionPlain": plain(opening, view.poll),
    });
    if compensation {
        job["compensation"] = pay(opening.pay.as_ref(), &opening.uuid);
    }
    job
}

fn address(view: View, place: &Place) -> Value {
    json!({ "postalAddress": {
        "addressRegion": place.region,
        "addressCountry": places::country_name(view.world, place),
        "addressLocality": place.city,
    }})
}

fn pay(pay: Option<&Pay>, uuid: &str) -> Value {
    let Some(pay) = pay else {
        return json!({
            "compensationTierSummary": null,
            "scrapeableCompensationSalarySummary": null,
            "compensationTiers": [],
            "summaryComponents": [],
        });
    };
    let interval = match pay.period {
        Period::Hour => "1 HOUR",
        Period::Month => "1 MONTH",
        Period::Year => "1 YEAR",
    };
    let summary = format!("{0} {1} \u{2013} {0} {2}", pay.currency, pay.min, pay.max);
    let component = json!({
        "compensationType": "Salary",
        "interval": interval,
        "currencyCode": pay.currency,
        "minValue": pay.min,
        "maxValue": pay.max,
    });
    let mut detailed = component.clone();
    detailed["id"] = json!(uuid.replacen("-4", "-5", 1));
    detailed["summary"] = json!(summary);
    json!({
        "compensationTierSummary": summary,
        "scrapeableCompensationSalarySummary": summary.replace('\u{2013}', "-"),
        "compensationTiers": [{
            "id": uuid.replacen("-a", "-b", 1),
            "tierSummary": summary,
            "title": null,
            "additionalInformation": null,
            "components": [detailed],
        }],
        "summaryComponents": [component],
    })
}
