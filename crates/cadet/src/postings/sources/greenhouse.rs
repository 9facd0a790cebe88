//! Greenhouse job boards: one call gives the whole board.
//!
//! `GET {base}/v1/boards/{token}/jobs?content=true`. No paging; `meta.total` counts the jobs.

use async_trait::async_trait;
use serde_json::Value;

use super::connector::{
    BoardToken, FetchContext, Parsed, Source, address_of, error, moved_board, not_json,
    removed_board,
};
use super::markup;
use super::model::{
    Fetched, Listing, RawLocation, RawPay, RawPosting, RawText, SourceAddress, SourceError,
    SourceErrorKind, SourceKind,
};
use super::one_call;
use super::record::{date, first_text, items, number, text, web_address, without};
use crate::fetch::parse_json;

/// The connector.
pub struct Greenhouse;

#[async_trait]
impl Source for Greenhouse {
    fn kind(&self) -> SourceKind {
        SourceKind::Greenhouse
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let board = BoardToken::parse(&address.address)?;
        let base = if board.eu {
            &ctx.endpoints.greenhouse_eu
        } else {
            &ctx.endpoints.greenhouse
        };
        let url = address_of(
            base,
            &["v1", "boards", &board.token, "jobs"],
            &[("content", "true")],
        )?;
        // The job board interface is public and documented for programs to build career pages from.
        let answer = one_call::ask(ctx, url, validators)
            .await
            .map_err(|error| removed_board(error.into(), "Greenhouse", &board))?;
        let moved_to = moved_board(
            base,
            answer.moved_permanently_to.as_ref(),
            "boards",
            &board,
            SourceKind::Greenhouse,
        );
        let read = one_call::read_answer(answer, |text| parse(text, &board.token))?;
        Ok(Fetched { moved_to, ..read })
    }

    fn shorthand(&self, board: &str) -> Option<Result<String, SourceError>> {
        Some(BoardToken::parse(board).map(|board| board.to_string()))
    }
}

/// Reads a board's answer.
///
/// # Errors
/// If it is not JSON, or holds no list of jobs.
pub fn parse(body: &str, token: &str) -> Result<Parsed, SourceError> {
    let answer = parse_json(body)
        .map_err(|problem| not_json(&format!("Greenhouse board {token}"), &problem))?;
    let Some(jobs) = answer.get("jobs").and_then(Value::as_array) else {
        let message = format!(
            "The answer for Greenhouse board {token} holds no list \"jobs\". Check that the address is a job board."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut parsed = Parsed::of_records(jobs, "jobs", |job| posting(job, token));
    let companies = parsed.postings.iter().map(|posting| &posting.company);
    parsed.name = companies.flatten().next().cloned();
    let told = answer.pointer("/meta/total").and_then(Value::as_u64);
    parsed.count("meta.total", told, jobs.len());
    Ok(parsed)
}

fn posting(job: &Value, token: &str) -> Result<RawPosting, &'static str> {
    let id = text(job, "/id").ok_or("the job has no id")?;
    let title = text(job, "/title").ok_or("the job has no title")?;
    let (locations, workplace) = places(job);
    let departments: Vec<String> = items(job, "/departments")
        .iter()
        .filter_map(|item| text(item, "/name"))
        .collect();
    Ok(RawPosting {
        url: web_address(text(job, "/absolute_url"))
            .unwrap_or_else(|| format!("https://job-boards.greenhouse.io/{token}/jobs/{id}")),
        external_id: id,
        title,
        company: text(job, "/company_name"),
        locations,
        workplace: workplace.or_else(|| {
            metadata(
                job,
                &[
                    "workplace",
                    "work place",
                    "location type",
                    "remote",
                    "work model",
                ],
            )
        }),
        description: job.get("content").and_then(Value::as_str).and_then(content),
        pay: pay(job),
        employment_type: metadata(
            job,
            &["employment type", "job type", "time type", "contract type"],
        ),
        department: (!departments.is_empty()).then(|| departments.join(", ")),
        requisition: text(job, "/requisition_id"),
        // updated_at changes with every edit of the board, so only first_published says when it was posted.
        posted: date(job, "/first_published"),
        updated: date(job, "/updated_at"),
        deadline: date(job, "/application_deadline"),
        language: text(job, "/language"),
        listing: listing(job),
        raw: without(
            job,
            &[
                "content",
                "data_compliance",
                "questions",
                "location_questions",
                "compliance",
                "demographic_questions",
            ],
        ),
        ..RawPosting::default()
    })
}

/// Boards carry "prospect" posts (talent communities, career days) that are no openings: those have no internal job.
fn listing(job: &Value) -> Listing {
    match job.get("internal_job_id") {
        Some(Value::Null) => Listing::Hidden,
        _ => Listing::Open,
    }
}

/// `content` is HTML whose entities are escaped once more.
fn content(content: &str) -> Option<RawText> {
    markup::description(content)
}

/// The location; where it names only a way of working ("Hybrid"), the offices say where.
fn places(job: &Value) -> (Vec<RawLocation>, Option<String>) {
    let place = |text: String| RawLocation {
        text: Some(text),
        ..RawLocation::default()
    };
    let named = text(job, "/location/name");
    let workplace = named.clone().filter(|name| is_workplace_only(name));
    if let (Some(name), None) = (&named, &workplace) {
        return (vec![place(name.clone())], None);
    }
    let mut offices: Vec<RawLocation> = Vec::new();
    for office in items(job, "/offices") {
        let found = first_text(office, &["/location", "/name"]).map(place);
        offices.extend(found.filter(|found| !offices.contains(found)));
    }
    if offices.is_empty() {
        offices.extend(named.map(place));
    }
    (offices, workplace)
}

fn is_workplace_only(name: &str) -> bool {
    let name = name.trim().to_lowercase().replace(['-', '_'], " ");
    matches!(
        name.as_str(),
        "hybrid"
            | "remote"
            | "fully remote"
            | "on site"
            | "onsite"
            | "in office"
            | "office"
            | "in person"
            | "flexible"
            | "distributed"
            | "multiple locations"
            | "various"
            | "various locations"
    )
}

/// The value of the first custom field whose name holds one of the words.
fn metadata(job: &Value, names: &[&str]) -> Option<String> {
    let field = items(job, "/metadata").iter().find(|field| {
        let name = text(field, "/name").unwrap_or_default().to_lowercase();
        names.iter().any(|wanted| name.contains(wanted))
            && field
                .get("value")
                .is_some_and(|value| value.is_string() || value.is_array())
    })?;
    let values: Vec<String> = items(field, "/value")
        .iter()
        .filter_map(super::record::scalar)
        .collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// Pay from a custom field that is a range or an amount of money, or from the board's pay transparency ranges.
fn pay(job: &Value) -> Option<RawPay> {
    let from_metadata = items(job, "/metadata").iter().find_map(|field| {
        let period = text(field, "/name")
            .map(|name| name.to_lowercase())
            .and_then(|name| period_in(&name));
        let (min, max) = match field.get("value_type").and_then(Value::as_str)? {
            "currency_range" => (
                number(field, "/value/min_value"),
                number(field, "/value/max_value"),
            ),
            "currency" => (
                number(field, "/value/amount"),
                number(field, "/value/amount"),
            ),
            _ => return None,
        };
        (min.is_some() || max.is_some()).then(|| RawPay {
            min,
            max,
            currency: text(field, "/value/unit"),
            period,
            text: None,
        })
    });
    from_metadata.or_else(|| {
        items(job, "/pay_input_ranges").iter().find_map(|range| {
            let amount = |pointer: &str| number(range, pointer).map(|cents| cents / 100.0);
            let (min, max) = (amount("/min_cents"), amount("/max_cents"));
            let title = text(range, "/title");
            let period = title
                .as_deref()
                .and_then(|title| period_in(&title.to_lowercase()));
            (min.is_some() || max.is_some()).then(|| RawPay {
                min,
                max,
                currency: text(range, "/currency_type"),
                period,
                text: title,
            })
        })
    })
}

fn period_in(name: &str) -> Option<String> {
    let periods = [
        ("hour", "hour"),
        ("month", "month"),
        ("annual", "year"),
        ("year", "year"),
        ("week", "week"),
        ("day", "day"),
        ("daily", "day"),
    ];
    periods
        .iter()
        .find(|(word, _)| name.contains(word))
        .map(|(_, period)| (*period).to_owned())
}

#[cfg(test)]
mod tests;
