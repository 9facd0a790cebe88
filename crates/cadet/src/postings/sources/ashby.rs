//! Ashby job boards: one call gives the whole board.
//!
//! `GET {base}/posting-api/job-board/{name}?includeCompensation=true`. No paging and no count. The name may hold dots and
//! spaces. Slow: about ten seconds before the first byte are usual.

use async_trait::async_trait;
use serde_json::Value;

use super::connector::{
    BoardToken, FetchContext, Parsed, Source, address_of, error, moved_board, not_json,
    removed_board,
};
use super::model::{
    Fetched, Listing, RawLocation, RawPay, RawPosting, RawText, SourceAddress, SourceError,
    SourceErrorKind, SourceKind,
};
use super::one_call;
use super::record::{date, first_text, items, number, text, web_address, without};
use crate::fetch::parse_json;

/// The connector.
pub struct Ashby;

#[async_trait]
impl Source for Ashby {
    fn kind(&self) -> SourceKind {
        SourceKind::Ashby
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let board = BoardToken::parse(&address.address)?;
        let url = address_of(
            &ctx.endpoints.ashby,
            &["posting-api", "job-board", &board.token],
            &[("includeCompensation", "true")],
        )?;
        // The posting interface is public and documented for programs to build career pages from.
        let answer = one_call::ask(ctx, url, validators)
            .await
            .map_err(|error| removed_board(error.into(), "Ashby", &board))?;
        let moved_to = moved_board(
            &ctx.endpoints.ashby,
            answer.moved_permanently_to.as_ref(),
            "job-board",
            &board,
            SourceKind::Ashby,
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
pub fn parse(body: &str, name: &str) -> Result<Parsed, SourceError> {
    let answer =
        parse_json(body).map_err(|problem| not_json(&format!("Ashby board {name}"), &problem))?;
    let Some(jobs) = answer.get("jobs").and_then(Value::as_array) else {
        let message = format!(
            "The answer for Ashby board {name} holds no list \"jobs\". Check the board's name."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    Ok(Parsed::of_records(jobs, "jobs", |job| posting(job, name)))
}

fn posting(job: &Value, board: &str) -> Result<RawPosting, &'static str> {
    let url = web_address(text(job, "/jobUrl"));
    // Some boards leave the id out; it is then the last part of the job's address.
    let in_url = || {
        url.as_deref()?
            .split(['?', '#'])
            .next()?
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .map(str::to_owned)
    };
    let id = text(job, "/id")
        .or_else(in_url)
        .ok_or("the job has no id")?;
    let title = text(job, "/title").ok_or("the job has no title")?;
    let html = text(job, "/descriptionHtml").map(RawText::Html);
    Ok(RawPosting {
        url: match url {
            Some(url) => url,
            None => page_of(board, &id),
        },
        apply_url: web_address(text(job, "/applyUrl")),
        external_id: id,
        title,
        locations: places(job),
        // workplaceType wins: isRemote is also true for hybrid jobs.
        workplace: text(job, "/workplaceType").or_else(|| {
            (job.get("isRemote") == Some(&Value::Bool(true))).then(|| "Remote".to_owned())
        }),
        description: html.or_else(|| text(job, "/descriptionPlain").map(RawText::Plain)),
        pay: pay(job),
        employment_type: text(job, "/employmentType"),
        department: first_text(job, &["/department", "/team"]),
        posted: first_date(job),
        updated: date(job, "/updatedAt"),
        // An unlisted job is reachable by its link alone and not meant to be found.
        listing: if job.get("isListed") == Some(&Value::Bool(false)) {
            Listing::Hidden
        } else {
            Listing::Open
        },
        raw: without(job, &["descriptionHtml", "descriptionPlain"]),
        ..RawPosting::default()
    })
}

fn page_of(board: &str, id: &str) -> String {
    address_of("https://jobs.ashbyhq.com", &[board, id], &[])
        .map(String::from)
        .unwrap_or_default()
}

fn first_date(job: &Value) -> Option<super::model::RawDate> {
    date(job, "/publishedAt").or_else(|| date(job, "/publishedDate"))
}

fn places(job: &Value) -> Vec<RawLocation> {
    let mut places: Vec<RawLocation> = Vec::new();
    for place in std::iter::once(job)
        .chain(items(job, "/secondaryLocations"))
        .filter_map(place)
    {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// A place with its address, which stands in `address.postalAddress` or right in `address`.
fn place(value: &Value) -> Option<RawLocation> {
    let part = |name: &str| {
        first_text(
            value,
            &[
                &format!("/address/postalAddress/{name}"),
                &format!("/address/{name}"),
            ],
        )
    };
    let place = RawLocation {
        text: super::record::scalar(value)
            .or_else(|| first_text(value, &["/location", "/locationName"])),
        city: part("addressLocality"),
        region: part("addressRegion"),
        country: part("addressCountry"),
    };
    (place != RawLocation::default()).then_some(place)
}

/// The salary over all tiers, if the board wants it shown. Equity and bonuses are no salary.
fn pay(job: &Value) -> Option<RawPay> {
    if job.get("shouldDisplayCompensationOnJobPostings") == Some(&Value::Bool(false)) {
        return None;
    }
    let summary = first_text(
        job,
        &[
            "/compensation/scrapeableCompensationSalarySummary",
            "/compensation/compensationTierSummary",
        ],
    );
    let in_summary = items(job, "/compensation/summaryComponents").iter();
    let in_tiers = items(job, "/compensation/compensationTiers")
        .iter()
        .flat_map(|tier| items(tier, "/components"));
    let mut salaries: Vec<&Value> = in_summary
        .filter(|component| is_salary(component))
        .collect();
    if salaries.is_empty() {
        salaries = in_tiers.filter(|component| is_salary(component)).collect();
    }
    let Some(first) = salaries.first() else {
        return summary.map(|text| RawPay {
            text: Some(text),
            ..RawPay::default()
        });
    };
    let (currency, period) = (text(first, "/currencyCode"), text(first, "/interval"));
    // Tiers in other currencies or intervals cannot be put into one range; the text still has them.
    salaries.retain(|salary| {
        text(salary, "/currencyCode") == currency && text(salary, "/interval") == period
    });
    Some(RawPay {
        min: salaries
            .iter()
            .filter_map(|salary| number(salary, "/minValue"))
            .reduce(f64::min),
        max: salaries
            .iter()
            .filter_map(|salary| number(salary, "/maxValue"))
            .reduce(f64::max),
        currency,
        period,
        text: summary,
    })
}

fn is_salary(component: &Value) -> bool {
    let amounts =
        number(component, "/minValue").is_some() || number(component, "/maxValue").is_some();
    amounts
        && text(component, "/compensationType")
            .is_none_or(|kind| kind.eq_ignore_ascii_case("salary"))
}

#[cfg(test)]
mod tests;
