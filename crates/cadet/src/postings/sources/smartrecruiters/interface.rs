//! The interface for postings: pages of a hundred, then a call for the text of each posting.
//!
//! `GET {base}/v1/companies/{company}/postings?limit=100&offset=`, then `GET .../postings/{id}`.

use std::collections::HashSet;

use serde_json::Value;
use url::Url;

use crate::fetch::{Accept, Request, parse_json};
use crate::postings::sources::connector::{FetchContext, Parsed, address_of, error, not_json};
use crate::postings::sources::details::{Calls, Listed, fill_in};
use crate::postings::sources::markup;
use crate::postings::sources::model::{
    Fetched, RawLocation, RawPosting, RawText, RecordProblem, SourceError, SourceErrorKind,
};
use crate::postings::sources::record::{
    date, first_text, items, text, web_address, with_unique_ids,
};

/// Postings asked for at once; a larger number is cut to this without a word.
const PAGE: usize = 100;
/// Pages after which a company is not believed any more.
const MAX_PAGES: usize = 200;

/// Reads the list, and the texts of postings that are new or changed.
pub(super) async fn fetch(
    ctx: &FetchContext,
    company: &str,
    validators: Option<&Value>,
) -> Result<Fetched, SourceError> {
    let mut fetched = read_list(ctx, company).await?;
    let base = &ctx.endpoints.smartrecruiters_api;
    let listed = Listed::taken_out(&mut fetched, |posting| {
        let path = ["v1", "companies", company, "postings", &posting.external_id];
        address_of(base, &path, &[])
    })?;
    let calls = Calls {
        accept: Accept::Json,
        documented: true,
    };
    let merge = |posting: &mut RawPosting, body: &str, _: &Url| merge_detail(posting, body);
    fill_in(ctx, &mut fetched, listed, validators, calls, merge).await;
    Ok(fetched)
}

async fn read_list(ctx: &FetchContext, company: &str) -> Result<Fetched, SourceError> {
    let base = &ctx.endpoints.smartrecruiters_api;
    let mut all = Fetched::default();
    let mut seen = HashSet::new();
    let (mut offset, mut expected) = (0, 0);
    for page in 0..MAX_PAGES {
        let at = offset.to_string();
        let url = address_of(
            base,
            &["v1", "companies", company, "postings"],
            &[("limit", "100"), ("offset", at.as_str())],
        )?;
        // The interface is documented for programs; the operator has decided that this one may ask it.
        let request = Request::new(url, Accept::Json).to_documented_api();
        let read = match ctx.client.get(&request).await {
            Ok(answer) => parse_counted(&answer.text(), company)
                .map(|(parsed, count)| (answer.bytes(), parsed, count)),
            Err(failure) => Err(failure.into()),
        };
        let (bytes, parsed, count) = match read {
            Ok(read) => read,
            Err(failure) if page == 0 => return Err(failure),
            Err(failure) => {
                all.problems.push(RecordProblem {
                    at: format!("offset {offset}"),
                    message: failure.message,
                });
                return Ok(all);
            }
        };
        all.bytes += bytes;
        all.problems.extend(parsed.problems);
        all.name = all.name.take().or(parsed.name);
        expected = expected.max(count.total);
        let before = seen.len();
        all.postings.extend(
            parsed
                .postings
                .into_iter()
                .filter(|posting| seen.insert(posting.external_id.clone())),
        );
        // The answer says how many it gives at once, which may be fewer than were asked for.
        offset += count.limit;
        if count.records < count.limit || seen.len() == before {
            break;
        }
    }
    all.complete = seen.len() == expected && expected > 0;
    if expected == 0 {
        // A company that does not exist is answered in the same way as one without postings.
        all.problems.push(RecordProblem {
            at: "totalFound".to_owned(),
            message: format!(
                "SmartRecruiters lists nothing for \"{company}\", which it also does for names that it does not know. Check the name."
            ),
        });
    } else if !all.complete {
        all.problems.push(RecordProblem {
            at: "totalFound".to_owned(),
            message: format!(
                "the board counts {expected} postings but lists {}",
                seen.len()
            ),
        });
    }
    Ok(all)
}

/// What an answer says of its own size.
#[derive(Clone, Copy)]
struct Count {
    total: usize,
    limit: usize,
    records: usize,
}

/// Reads one page of the list.
///
/// # Errors
/// If it is not JSON, or holds no list of postings.
pub fn parse(body: &str, company: &str) -> Result<Parsed, SourceError> {
    Ok(parse_counted(body, company)?.0)
}

fn parse_counted(body: &str, company: &str) -> Result<(Parsed, Count), SourceError> {
    let answer = parse_json(body)
        .map_err(|problem| not_json(&format!("SmartRecruiters company {company}"), &problem))?;
    let Some(records) = answer.get("content").and_then(Value::as_array) else {
        let message = format!(
            "The answer for SmartRecruiters company {company} holds no list \"content\". Check the company's name."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let number = |name: &str| {
        let number = answer.get(name).and_then(Value::as_u64);
        number.and_then(|number| usize::try_from(number).ok())
    };
    let mut parsed = Parsed {
        whole: true,
        ..Parsed::default()
    };
    let mut postings = Vec::with_capacity(records.len());
    for (index, record) in records.iter().enumerate() {
        match posting(record, company) {
            Ok(posting) => postings.push(posting),
            Err(missing) => parsed.lose(format!("content[{index}]"), missing),
        }
    }
    parsed.name = postings.iter().find_map(|posting| posting.company.clone());
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    let count = Count {
        total: number("totalFound").unwrap_or(0),
        limit: number("limit").filter(|limit| *limit > 0).unwrap_or(PAGE),
        records: records.len(),
    };
    Ok((parsed, count))
}

fn posting(record: &Value, company: &str) -> Result<RawPosting, &'static str> {
    let id = text(record, "/id").ok_or("the posting has no id")?;
    let title = text(record, "/name").ok_or("the posting has no name")?;
    let company = text(record, "/company/identifier").unwrap_or_else(|| company.to_owned());
    let url = address_of("https://jobs.smartrecruiters.com", &[&company, &id], &[])
        .map(String::from)
        .unwrap_or_default();
    Ok(RawPosting {
        url,
        external_id: id,
        title: markup::plain(&title),
        company: text(record, "/company/name"),
        locations: place(record).into_iter().collect(),
        workplace: workplace(record),
        employment_type: text(record, "/typeOfEmployment/label"),
        department: first_text(record, &["/department/label", "/function/label"]),
        requisition: text(record, "/refNumber"),
        posted: date(record, "/releasedDate"),
        language: text(record, "/language/code"),
        raw: record.clone(),
        ..RawPosting::default()
    })
}

fn place(record: &Value) -> Option<RawLocation> {
    let place = RawLocation {
        text: text(record, "/location/fullLocation"),
        city: text(record, "/location/city"),
        region: text(record, "/location/region"),
        // The code is in lower case.
        country: text(record, "/location/country").map(|country| country.to_uppercase()),
    };
    (place != RawLocation::default()).then_some(place)
}

fn workplace(record: &Value) -> Option<String> {
    let is = |pointer: &str| record.pointer(pointer) == Some(&Value::Bool(true));
    if is("/location/hybrid") {
        Some("hybrid".to_owned())
    } else {
        is("/location/remote").then(|| "remote".to_owned())
    }
}

/// Puts a posting's text into it.
///
/// # Errors
/// If the answer is not what it should be.
pub fn merge_detail(posting: &mut RawPosting, body: &str) -> Result<(), String> {
    let answer = parse_json(body).map_err(|problem| problem.to_string())?;
    let sections = answer
        .pointer("/jobAd/sections")
        .ok_or("the answer holds no \"jobAd.sections\"")?;
    let parts: Vec<String> = [
        "jobDescription",
        "qualifications",
        "additionalInformation",
        "companyDescription",
    ]
    .iter()
    .filter_map(|name| {
        let section = items(sections, &format!("/{name}")).first()?;
        let text = text(section, "/text")?;
        let heading = self::text(section, "/title")
            .map(|title| format!("<h3>{}</h3>\n", markup::escape(&markup::plain(&title))));
        Some(heading.unwrap_or_default() + &text)
    })
    .collect();
    posting.description = (!parts.is_empty()).then(|| RawText::Html(parts.join("\n")));
    posting.apply_url = web_address(text(&answer, "/applyUrl"));
    if let Some(url) = web_address(text(&answer, "/postingUrl")) {
        posting.url = url;
    }
    Ok(())
}
