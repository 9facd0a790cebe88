//! A career site of its own: an index of postings, a page each with schema.org `JobPosting`, and a sitemap.

use serde_json::{Value, json};

use super::{
    View, deadline, iso,
    markup::{escape, html, page},
    places, published, slug,
};
use crate::demo::model::{Employer, Level, Opening, Pay, Period, Place, Workplace};

/// The site whose index also links to a page that robots.txt forbids.
pub const RESERVED_SITE: &str = "marrow-county";
/// The path that robots.txt forbids.
pub const RESERVED_PATH: &str = "/sites/marrow-county/internal/";

/// The page on which all openings of the employer are linked.
pub fn index(view: View, employer: &Employer) -> String {
    let mut rows = String::new();
    for opening in view.open(employer) {
        rows.push_str(&format!(
            "<li><a href=\"/sites/{}/jobs/{}\">{}</a><br><small>{} · {}</small></li>\n",
            employer.id,
            slug(opening),
            escape(&opening.title),
            escape(&opening.department),
            escape(&places::short(view.world, &opening.places[0])),
        ));
    }
    if employer.id == RESERVED_SITE {
        rows.push_str(&format!(
            "<li><a href=\"{RESERVED_PATH}drafts\">Drafts (staff only)</a></li>\n"
        ));
    }
    let (language, about) = employer
        .about
        .iter()
        .next()
        .map_or(("en", ""), |(code, text)| (code, text));
    let body = format!(
        "<nav><a href=\"/sites/{0}\">{1}</a></nav>\n<h1>{1}</h1>\n<p>{2}</p>\n<ul class=\"openings\">\n{rows}</ul>",
        employer.id,
        escape(&employer.name),
        escape(about)
    );
    let feed = format!(
        "<link rel=\"sitemap\" type=\"application/xml\" href=\"/sites/{}/sitemap.xml\">\n",
        employer.id
    );
    page(
        &format!("Careers - {}", employer.name),
        language,
        &feed,
        &body,
    )
}

/// The sitemap of the employer's site.
pub fn sitemap(view: View, employer: &Employer) -> String {
    let mut urls = format!(
        "  <url><loc>{}/sites/{}/careers</loc></url>\n",
        view.base, employer.id
    );
    for opening in view.open(employer) {
        urls.push_str(&format!(
            "  <url><loc>{}</loc><lastmod>{}</lastmod></url>\n",
            escape(&view.posting_url(opening, 0)),
            iso(view.updated_ms(opening), 0)
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
    )
}

/// The page of one opening, with its structured data in one of the shapes that are met in the wild.
pub fn posting(view: View, opening: &Opening) -> String {
    let employer = view.world.employer_of(opening);
    let data = job_posting(view, opening);
    let crumbs = json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": [
        { "@type": "ListItem", "position": 1, "name": "Careers", "item": format!("{}/sites/{}/careers", view.base, employer.id) },
    ]});
    let scripts = match opening.number / 10 % 4 {
        0 => script(&data.to_string()),
        1 => script(&json!([crumbs, data]).to_string()),
        2 => {
            let organisation =
                json!({ "@type": "Organization", "@id": "#employer", "name": employer.name });
            script(&json!({ "@context": "https://schema.org", "@graph": [organisation, crumbs, data] }).to_string())
        }
        // A hand-written block with a trailing comma before the good one.
        _ => format!(
            "{}{}",
            script(
                "{\"@context\": \"https://schema.org\", \"@type\": \"WebSite\", \"name\": \"Careers\",}"
            ),
            script(&serde_json::to_string_pretty(&data).unwrap_or_default())
        ),
    };
    let body = format!(
        "<nav><a href=\"/sites/{0}/careers\">{1}</a></nav>\n<h1>{2}</h1>\n{3}\n<p><a href=\"{4}/apply\">&#9654; {1}</a></p>",
        employer.id,
        escape(&employer.name),
        escape(&opening.title),
        html(opening, view.poll),
        escape(&view.posting_url(opening, 0)),
    );
    page(
        &format!("{} - {}", opening.title, employer.name),
        &opening.language,
        &scripts,
        &body,
    )
}

/// A closing tag inside a string would end the script.
fn script(json: &str) -> String {
    format!(
        "<script type=\"application/ld+json\">{}</script>\n",
        json.replace("</", "<\\/")
    )
}

fn job_posting(view: View, opening: &Opening) -> Value {
    let employer = view.world.employer_of(opening);
    let mut places: Vec<Value> = opening.places.iter().map(place).collect();
    let job_location = if places.len() == 1 {
        places.remove(0)
    } else {
        Value::Array(places)
    };
    let mut posting = json!({
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": opening.title,
        "url": view.posting_url(opening, 0),
        "identifier": { "@type": "PropertyValue", "name": employer.name, "value": opening.requisition },
        "description": html(opening, view.poll),
        "datePosted": published(opening, 1),
        "employmentType": match opening.level {
            Level::Intern if (opening.number / 10).is_multiple_of(3) => json!(["FULL_TIME", "INTERN"]),
            Level::Intern => json!("INTERN"),
            Level::Student => json!("PART_TIME"),
            _ => json!("FULL_TIME"),
        },
        "hiringOrganization": {
            "@type": "Organization",
            "name": employer.name,
            "sameAs": format!("{}/sites/{}", view.base, employer.id),
        },
        "industry": employer.industry,
        "inLanguage": opening.language,
        "jobLocation": job_location,
    });
    if opening.workplace == Workplace::Remote {
        posting["jobLocationType"] = json!("TELECOMMUTE");
        let country = places::country_name(view.world, &opening.places[0]);
        posting["applicantLocationRequirements"] = json!({ "@type": "Country", "name": country });
    }
    if let Some(until) = deadline(opening) {
        posting["validThrough"] = json!(until);
    }
    if let Some(pay) = &opening.pay {
        posting["baseSalary"] = salary(pay);
    }
    posting
}

fn place(place: &Place) -> Value {
    json!({ "@type": "Place", "address": {
        "@type": "PostalAddress",
        "addressLocality": place.city,
        "addressRegion": place.region,
        "addressCountry": place.country,
    }})
}

fn salary(pay: &Pay) -> Value {
    let unit = match pay.period {
        Period::Hour => "HOUR",
        Period::Month => "MONTH",
        Period::Year => "YEAR",
    };
    let mut value = json!({ "@type": "QuantitativeValue", "unitText": unit });
    if pay.min == pay.max {
        value["value"] = json!(pay.min);
    } else {
        value["minValue"] = json!(pay.min);
        value["maxValue"] = json!(pay.max);
    }
    json!({ "@type": "MonetaryAmount", "currency": pay.currency, "value": value })
}
