//! USAJobs: openings of the federal government of the United States, by words and for students.
//!
//! `GET {base}/api/Search?Keyword=&HiringPath=student&ResultsPerPage=500&Page=N` with a key and the mail address for which it was
//! given, both in headers. No question brings more than 10,000 results. The source's address is the words.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Parsed, Source, address_of, error, not_json};
use super::markup::escape;
use super::model::{
    Fetched, RawLocation, RawPay, RawPosting, RawText, SourceAddress, SourceError, SourceErrorKind,
    SourceKind,
};
use super::paged::{Page, Paged, read_pages};
use super::record::{date, first_text, items, number, scalar, text, web_address, without};
use crate::config::Endpoints;
use crate::fetch::{Accept, Credentials, HeaderName, Request, parse_json};

/// Results asked for at once; the interface gives no more.
const PER_PAGE: usize = 500;
/// Results beyond which no question reaches.
const MOST: u64 = 10_000;
/// Pages that hold so many.
const MAX_PAGES: usize = 20;
/// What is asked of students and recent graduates: the programme for interns among others.
const PATH: &str = "student";

/// The connector.
pub struct UsaJobs;

#[async_trait]
impl Source for UsaJobs {
    fn kind(&self) -> SourceKind {
        SourceKind::UsaJobs
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        _: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let search = Search {
            ctx,
            words: words(&address.address)?,
            credentials: credentials(ctx)?,
        };
        let fetched = read_pages(ctx, &search, 1..=MAX_PAGES).await?;
        Ok(Fetched {
            name: Some(format!("USAJobs: {}", search.words)),
            ..fetched
        })
    }

    fn board_of(&self, url: &Url, _: &Endpoints) -> Option<SourceAddress> {
        let host = url.host_str()?.trim_start_matches("www.");
        let (_, asked) = url
            .query_pairs()
            .find(|(key, _)| key == "k" || key.eq_ignore_ascii_case("keyword"))?;
        let is_search = host == "usajobs.gov" && url.path().to_ascii_lowercase().contains("search");
        is_search.then_some(())?;
        Some(SourceAddress {
            kind: SourceKind::UsaJobs,
            address: words(&asked).ok()?,
        })
    }

    fn shorthand(&self, asked: &str) -> Option<Result<String, SourceError>> {
        Some(words(asked))
    }
}

fn words(asked: &str) -> Result<String, SourceError> {
    let words = asked.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() || words.len() > 200 || words.chars().any(char::is_control) {
        let message = "A search of USAJobs needs words, such as usajobs:software intern.";
        return Err(error(SourceErrorKind::BadAddress, None, message));
    }
    Ok(words)
}

/// The key and the mail address, which USAJobs wants as the name of the program.
fn credentials(ctx: &FetchContext) -> Result<Credentials, SourceError> {
    let (Some(key), Some(email)) = (&ctx.keys.usajobs_key, &ctx.keys.usajobs_email) else {
        let message = "USAJobs answers only with a key. Ask for one at developer.usajobs.gov, then set keys.usajobs_key and keys.usajobs_email \
                       (CADET_KEYS__USAJOBS_KEY and CADET_KEYS__USAJOBS_EMAIL).";
        return Err(error(SourceErrorKind::Denied, None, message));
    };
    let credentials = Credentials::default()
        .in_header(HeaderName::from_static("authorization-key"), &key.0)?
        .in_header(HeaderName::from_static("user-agent"), &email.0)?;
    Ok(credentials)
}

struct Search<'a> {
    ctx: &'a FetchContext,
    words: String,
    credentials: Credentials,
}

#[async_trait]
impl Paged for Search<'_> {
    async fn page(&self, number: usize) -> Result<Page, SourceError> {
        let (page, results) = (number.to_string(), PER_PAGE.to_string());
        let query = [
            ("Keyword", self.words.as_str()),
            ("HiringPath", PATH),
            ("ResultsPerPage", &results),
            ("Page", &page),
        ];
        let url = address_of(&self.ctx.endpoints.usajobs, &["api", "Search"], &query)?;
        // The interface is documented for programs that have a key.
        let request = Request::new(url, Accept::Json)
            .to_documented_api()
            .with(self.credentials.clone());
        let answer = self.ctx.client.get(&request).await;
        let answer = answer.map_err(|failed| refused(failed.into()))?;
        let (mut parsed, count) = parse_counted(&answer.text())?;
        let is_last = count.records < PER_PAGE || count.pages.is_some_and(|all| number >= all);
        if is_last && count.total.is_some_and(|total| total >= MOST) {
            parsed.lose(
                "SearchResultCountAll".to_owned(),
                "USAJobs gives at most 10,000 results for one question, so there may be more; ask with narrower words",
            );
        }
        Ok(Page {
            parsed,
            is_last,
            total: count.total,
            bytes: answer.bytes(),
        })
    }
}

/// Says of a refusal what it means here.
fn refused(failed: SourceError) -> SourceError {
    match failed.kind {
        SourceErrorKind::Denied => SourceError {
            message: "USAJobs refuses the key. Check keys.usajobs_key and keys.usajobs_email: the address must be the one for which the key was given.".to_owned(),
            ..failed
        },
        _ => failed,
    }
}

/// What a page says of the whole answer.
struct Count {
    records: usize,
    total: Option<u64>,
    pages: Option<usize>,
}

/// Reads one page.
///
/// # Errors
/// If it is not JSON, or holds no results.
pub fn parse(body: &str) -> Result<Parsed, SourceError> {
    Ok(parse_counted(body)?.0)
}

fn parse_counted(body: &str) -> Result<(Parsed, Count), SourceError> {
    let answer = parse_json(body).map_err(|problem| not_json("USAJobs", &problem))?;
    let Some(records) = answer
        .pointer("/SearchResult/SearchResultItems")
        .and_then(Value::as_array)
    else {
        let message = "The answer of USAJobs holds no list \"SearchResult.SearchResultItems\".";
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let count = Count {
        records: records.len(),
        total: answer
            .pointer("/SearchResult/SearchResultCountAll")
            .and_then(Value::as_u64),
        pages: text(&answer, "/SearchResult/UserArea/NumberOfPages")
            .and_then(|pages| pages.parse().ok()),
    };
    let parsed = Parsed::of_records(records, "SearchResultItems", posting);
    Ok((parsed, count))
}

fn posting(record: &Value) -> Result<RawPosting, &'static str> {
    let job = record
        .get("MatchedObjectDescriptor")
        .ok_or("the result holds no MatchedObjectDescriptor")?;
    let id = text(record, "/MatchedObjectId")
        .or_else(|| text(job, "/PositionID"))
        .ok_or("the result has no id")?;
    let title = text(job, "/PositionTitle").ok_or("the result has no title")?;
    let page = || format!("https://www.usajobs.gov/job/{id}");
    let names = |pointer: &str| {
        let names: Vec<String> = items(job, pointer)
            .iter()
            .filter_map(|item| text(item, "/Name"))
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    Ok(RawPosting {
        url: web_address(text(job, "/PositionURI")).unwrap_or_else(page),
        external_id: id,
        title,
        company: first_text(job, &["/OrganizationName", "/DepartmentName"]),
        locations: places(job),
        workplace: workplace(job),
        description: description(job),
        pay: pay(job),
        employment_type: [names("/PositionOfferingType"), names("/PositionSchedule")]
            .into_iter()
            .flatten()
            .reduce(|offering, schedule| format!("{offering}, {schedule}")),
        department: text(job, "/DepartmentName"),
        requisition: text(job, "/PositionID"),
        posted: date(job, "/PublicationStartDate"),
        deadline: date(job, "/ApplicationCloseDate"),
        raw: without(
            job,
            &[
                "UserArea",
                "QualificationSummary",
                "PositionFormattedDescription",
            ],
        ),
        ..RawPosting::default()
    })
}

fn places(job: &Value) -> Vec<RawLocation> {
    let mut places: Vec<RawLocation> = Vec::new();
    for place in items(job, "/PositionLocation") {
        let name = text(place, "/LocationName");
        // The city's name repeats the state: `Denver, Colorado`.
        let city = text(place, "/CityName")
            .map(|city| city.split(',').next().unwrap_or(&city).trim().to_owned());
        let found = RawLocation {
            text: name,
            city,
            region: text(place, "/CountrySubDivisionCode"),
            country: text(place, "/CountryCode"),
        };
        if found != RawLocation::default() && !places.contains(&found) {
            places.push(found);
        }
    }
    places
}

fn workplace(job: &Value) -> Option<String> {
    let flag = |name: &str| {
        let value = job.pointer(&format!("/UserArea/Details/{name}"))?;
        value
            .as_bool()
            .or_else(|| scalar(value).map(|text| text.eq_ignore_ascii_case("true")))
    };
    (flag("RemoteIndicator") == Some(true)).then(|| "remote".to_owned())
}

/// The text, which is plain and in parts; each part under its heading.
fn description(job: &Value) -> Option<RawText> {
    const PARTS: [(&str, &str); 5] = [
        ("", "/UserArea/Details/JobSummary"),
        ("Duties", "/UserArea/Details/MajorDuties"),
        ("Requirements", "/UserArea/Details/Requirements"),
        ("Qualifications", "/QualificationSummary"),
        ("Education", "/UserArea/Details/Education"),
    ];
    let part = |(heading, pointer): &(&str, &str)| {
        let values = match job.pointer(pointer)? {
            Value::Array(values) => values.iter().filter_map(scalar).collect(),
            value => vec![scalar(value)?],
        };
        let paragraphs: String = values
            .iter()
            .map(|text| match text.contains("</") {
                true => text.clone(),
                false => format!("<p>{}</p>", escape(text).replace('\n', "<br>")),
            })
            .collect();
        (!paragraphs.is_empty()).then(|| match heading.is_empty() {
            true => paragraphs,
            false => format!("<h3>{heading}</h3>\n{paragraphs}"),
        })
    };
    let parts: Vec<String> = PARTS.iter().filter_map(part).collect();
    (!parts.is_empty()).then(|| RawText::Html(parts.join("\n")))
}

/// Pay with its period, which is a code. `WC` means "without compensation".
fn pay(job: &Value) -> Option<RawPay> {
    let pay = items(job, "/PositionRemuneration").first()?;
    let code = text(pay, "/RateIntervalCode").unwrap_or_default();
    let period = match code.as_str() {
        "PA" | "Per Year" => "year",
        "PM" | "Per Month" => "month",
        "PD" | "Per Day" => "day",
        "PH" | "Per Hour" => "hour",
        // Without compensation, by the piece, fees, a school year, a fortnight: no range of any period that is compared here.
        _ => return None,
    };
    Some(RawPay {
        min: number(pay, "/MinimumRange"),
        max: number(pay, "/MaximumRange"),
        currency: Some("USD".to_owned()),
        period: Some(period.to_owned()),
        text: None,
    })
}

#[cfg(test)]
mod tests;
