//! Remotive: remote openings of many employers, all in one call.
//!
//! `GET {base}/api/remote-jobs?category=`. Remotive asks for few calls (four a day are enough, it says) and for a link to its own
//! page with each posting, which therefore is the posting's address. The source's address is a category such as `software-dev`,
//! or `all`.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::budget::{Allowance, DAY};
use super::connector::{FetchContext, Parsed, Source, address_of, error, not_json};
use super::markup;
use super::model::{
    Fetched, RawLocation, RawPay, RawPosting, SourceAddress, SourceError, SourceErrorKind,
    SourceKind,
};
use super::record::{date, text, web_address, without};
use crate::config::Endpoints;
use crate::fetch::{Accept, Request, parse_json};

/// Several sources may each ask for a category, and a person may check one by hand now and then.
const GRANTED: Allowance = Allowance {
    name: "Remotive",
    spans: &[(24, DAY)],
};
/// The address that means every category.
const ALL: &str = "all";

/// The connector.
pub struct Remotive;

#[async_trait]
impl Source for Remotive {
    fn kind(&self) -> SourceKind {
        SourceKind::Remotive
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let category = category(&address.address)?;
        let query = [("category", category.as_str())];
        let query = if category == ALL { &[][..] } else { &query[..] };
        let url = address_of(&ctx.endpoints.remotive, &["api", "remote-jobs"], query)?;
        ctx.budget.take(GRANTED, ctx.clock.now())?;
        // The interface is public and documented for programs.
        let request = Request::new(url, Accept::Json)
            .validated_by(validators)
            .to_documented_api();
        let answer = ctx.client.get(&request).await?;
        let mut fetched = match answer.not_modified {
            true => Fetched {
                unchanged: true,
                complete: true,
                ..Fetched::default()
            },
            false => parse(&answer.text())?.into_fetched(),
        };
        fetched.name = Some(match category.as_str() {
            ALL => "Remotive".to_owned(),
            category => format!("Remotive: {category}"),
        });
        Ok(Fetched {
            bytes: answer.bytes(),
            validators: answer.validators.filter(|_| fetched.complete),
            ..fetched
        })
    }

    fn board_of(&self, url: &Url, _: &Endpoints) -> Option<SourceAddress> {
        let host = url.host_str()?.trim_start_matches("www.").to_owned();
        let mut segments = url.path_segments()?;
        let is_list = host == "remotive.com"
            && matches!(segments.next(), Some("remote-jobs" | "remote" | "api"));
        is_list.then(|| SourceAddress {
            kind: SourceKind::Remotive,
            address: segments
                .next()
                .and_then(|part| category(part).ok())
                .filter(|part| part != "remote-jobs")
                .unwrap_or_else(|| ALL.to_owned()),
        })
    }

    fn shorthand(&self, words: &str) -> Option<Result<String, SourceError>> {
        Some(category(words))
    }
}

/// A category as Remotive spells it in addresses.
fn category(words: &str) -> Result<String, SourceError> {
    let category = words.trim().to_ascii_lowercase().replace(' ', "-");
    let fits = category
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match category.as_str() {
        "" => Ok(ALL.to_owned()),
        _ if fits && category.len() <= 60 => Ok(category),
        _ => {
            let message = "That is no category of Remotive. Give one as its addresses spell it, such as remotive:software-dev, or remotive:all.";
            Err(error(SourceErrorKind::BadAddress, None, message))
        }
    }
}

/// Reads the answer.
///
/// # Errors
/// If it is not JSON, or holds no list of jobs.
pub fn parse(body: &str) -> Result<Parsed, SourceError> {
    let answer = parse_json(body).map_err(|problem| not_json("Remotive", &problem))?;
    let Some(jobs) = answer.get("jobs").and_then(Value::as_array) else {
        let message = "The answer of Remotive holds no list \"jobs\".";
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut parsed = Parsed::of_records(jobs, "jobs", posting);
    let total = answer.get("job-count").and_then(Value::as_u64);
    parsed.count("job-count", total, jobs.len());
    Ok(parsed)
}

fn posting(job: &Value) -> Result<RawPosting, &'static str> {
    let id = text(job, "/id").ok_or("the job has no id")?;
    let title = text(job, "/title").ok_or("the job has no title")?;
    Ok(RawPosting {
        external_id: id,
        url: web_address(text(job, "/url")).ok_or("the job has no address")?,
        title: markup::plain(&title),
        company: text(job, "/company_name").map(|name| markup::plain(&name)),
        // Where applicants may live: `Worldwide`, `USA Only`, `Europe, Brazil`.
        locations: text(job, "/candidate_required_location")
            .map(|place| RawLocation {
                text: Some(place),
                ..RawLocation::default()
            })
            .into_iter()
            .collect(),
        workplace: Some("remote".to_owned()),
        description: text(job, "/description").and_then(|text| markup::description(&text)),
        pay: text(job, "/salary").map(|text| RawPay {
            text: Some(text),
            ..RawPay::default()
        }),
        employment_type: text(job, "/job_type"),
        department: text(job, "/category"),
        // Without a zone, and kept so: what the zone might be is not for a connector to guess.
        posted: date(job, "/publication_date"),
        raw: without(job, &["description"]),
        ..RawPosting::default()
    })
}

#[cfg(test)]
mod tests;
