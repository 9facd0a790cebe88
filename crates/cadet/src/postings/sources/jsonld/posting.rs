//! From one `JobPosting` object to a posting.

use serde_json::Value;
use url::Url;

use crate::postings::sources::markup;
use crate::postings::sources::model::{RawLocation, RawPay, RawPosting};
use crate::postings::sources::record::{
    date, digest, first_text, hex, items, number, scalar, text, without,
};

/// Reads one object that stands on the page `at`; `alone` tells whether it is the page's only one.
pub(super) fn posting(
    record: &Value,
    base: Option<&Url>,
    at: &str,
    alone: bool,
) -> Result<RawPosting, &'static str> {
    let title = first_text(record, &["/title", "/name"]).ok_or("the posting has no title")?;
    // A title that is nothing but markup is still a title.
    let title = Some(markup::plain(&title))
        .filter(|plain| !plain.is_empty())
        .unwrap_or(title);
    let company = employer(record);
    let own_url = first_text(
        record,
        &["/url", "/mainEntityOfPage", "/mainEntityOfPage/@id", "/@id"],
    )
    .and_then(|url| posting_url(&url, base));
    let url = own_url.clone().unwrap_or_else(|| at.to_owned());
    let identifier = identifier(record, company.as_deref());
    // An id of the source's own is best; then the page, if it is this posting's alone; else what it says.
    let external_id = identifier
        .clone()
        .unwrap_or_else(|| match own_url.is_some() || alone {
            true => without_fragment(&url),
            false => hex(&digest(&[
                &url,
                company.as_deref().unwrap_or_default(),
                &title,
                &text(record, "/datePosted").unwrap_or_default(),
            ])),
        });
    let description = record
        .get("description")
        .and_then(Value::as_str)
        .and_then(markup::description);
    Ok(RawPosting {
        external_id,
        url,
        title,
        company,
        locations: places(record),
        workplace: text(record, "/jobLocationType"),
        description,
        pay: pay(record),
        employment_type: words(record, "/employmentType"),
        department: first_text(
            record,
            &[
                "/hiringOrganization/department/name",
                "/department",
                "/occupationalCategory/name",
            ],
        ),
        requisition: identifier,
        posted: date(record, "/datePosted"),
        updated: date(record, "/dateModified"),
        deadline: date(record, "/validThrough"),
        language: text(record, "/inLanguage"),
        // directApply and everything else stays here for those who want to read it.
        raw: without(record, &["description"]),
        ..RawPosting::default()
    })
}

/// The posting's address. A site's front page is none, though many templates put it there.
fn posting_url(url: &str, base: Option<&Url>) -> Option<String> {
    let url = match base {
        Some(base) => base.join(url).ok()?,
        None => Url::parse(url).ok()?,
    };
    let is_page =
        matches!(url.scheme(), "http" | "https") && (url.path().len() > 1 || url.query().is_some());
    is_page.then(|| url.to_string())
}

fn without_fragment(url: &str) -> String {
    url.split('#').next().unwrap_or(url).to_owned()
}

/// `identifier` as text, number or PropertyValue. Templates that put the employer's name there identify nothing.
fn identifier(record: &Value, company: Option<&str>) -> Option<String> {
    let found = items(record, "/identifier")
        .iter()
        .find_map(|item| scalar(item).or_else(|| first_text(item, &["/value", "/@id"])));
    let found = found.or_else(|| text(record, "/identifier"));
    found.filter(|found| Some(found.as_str()) != company && found.len() <= 200)
}

fn employer(record: &Value) -> Option<String> {
    let organization = items(record, "/hiringOrganization").first()?;
    let name = scalar(organization)
        .or_else(|| first_text(organization, &["/name", "/legalName", "/alternateName"]))?;
    let name = markup::plain(&name);
    // Some templates write the organization's address in place of its name.
    (!name.is_empty() && !name.starts_with("http")).then_some(name)
}

/// A string, or an array of strings, as one text.
fn words(record: &Value, pointer: &str) -> Option<String> {
    let words: Vec<String> = items(record, pointer).iter().filter_map(scalar).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Places of work; for remote work without one, where applicants may live.
fn places(record: &Value) -> Vec<RawLocation> {
    let mut places = Vec::new();
    for place in items(record, "/jobLocation").iter().filter_map(place) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if places.is_empty() {
        places.extend(
            items(record, "/applicantLocationRequirements")
                .iter()
                .filter_map(requirement),
        );
    }
    places
}

fn place(value: &Value) -> Option<RawLocation> {
    let whole = |text: String| RawLocation {
        text: Some(markup::plain(&text)),
        ..RawLocation::default()
    };
    if let Some(text) = scalar(value).or_else(|| text(value, "/address")) {
        return Some(whole(text));
    }
    let address = value
        .get("address")
        .and_then(|address| {
            address
                .as_array()
                .map_or(Some(address), |list| list.first())
        })
        .unwrap_or(value);
    let part = |name: &str| {
        first_text(address, &[&format!("/{name}"), &format!("/{name}/name")])
            .map(|text| markup::plain(&text))
    };
    let (city, region, country) = (
        part("addressLocality"),
        part("addressRegion"),
        part("addressCountry"),
    );
    if city.is_none() && region.is_none() && country.is_none() {
        return first_text(value, &["/name", "/address/name", "/address/streetAddress"]).map(whole);
    }
    Some(RawLocation {
        text: None,
        city,
        region,
        country,
    })
}

/// A country, state or city in which applicants must live.
fn requirement(value: &Value) -> Option<RawLocation> {
    let name =
        scalar(value).or_else(|| first_text(value, &["/name", "/address/addressCountry"]))?;
    Some(match value.get("@type").and_then(Value::as_str) {
        Some("Country") => RawLocation {
            country: Some(name),
            ..RawLocation::default()
        },
        Some("State") => RawLocation {
            region: Some(name),
            ..RawLocation::default()
        },
        Some("City") => RawLocation {
            city: Some(name),
            ..RawLocation::default()
        },
        _ => RawLocation {
            text: Some(name),
            ..RawLocation::default()
        },
    })
}

/// `baseSalary`: a MonetaryAmount around a QuantitativeValue or a number, a PriceSpecification, or just a number or text.
fn pay(record: &Value) -> Option<RawPay> {
    let salary = items(record, "/baseSalary")
        .first()
        .or_else(|| record.get("baseSalary"))?;
    let amount = |pointers: &[&str]| pointers.iter().find_map(|pointer| number(salary, pointer));
    let exact = amount(&["/value/value", "/value", "/price", ""]);
    let pay = RawPay {
        min: amount(&["/value/minValue", "/minValue", "/minPrice"]).or(exact),
        max: amount(&["/value/maxValue", "/maxValue", "/maxPrice"]).or(exact),
        currency: first_text(salary, &["/currency", "/value/currency", "/priceCurrency"])
            .or_else(|| text(record, "/salaryCurrency")),
        period: first_text(
            salary,
            &[
                "/value/unitText",
                "/unitText",
                "/value/unitCode",
                "/unitCode",
            ],
        ),
        text: None,
    };
    // Zero is what templates write when the employer gave nothing.
    let stated = |amount: Option<f64>| amount.is_some_and(|amount| amount > 0.0);
    if stated(pay.min) || stated(pay.max) {
        return Some(RawPay {
            min: pay.min.filter(|min| *min > 0.0),
            max: pay.max.filter(|max| *max > 0.0),
            ..pay
        });
    }
    first_text(salary, &["", "/value", "/value/value"])
        .filter(|text| text.parse::<f64>().is_err())
        .map(|text| RawPay {
            text: Some(text),
            ..RawPay {
                min: None,
                max: None,
                ..pay
            }
        })
}
