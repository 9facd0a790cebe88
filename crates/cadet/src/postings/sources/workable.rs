//! Workable job boards: one call gives the whole board.
//!
//! `GET {base}/api/v1/widget/accounts/{account}?details=true`. No paging and no count. A job stands there once for each of its
//! places. The host counts requests over all accounts and bars for long, so there is one at a time; when it bars, the board's
//! Markdown page `/{account}/jobs.md` still shows the first thirty jobs.

mod markdown;

use std::collections::HashMap;

use async_trait::async_trait;
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

use super::connector::{
    BoardToken, FetchContext, Parsed, Source, address_of, error, no_such_board, not_json,
};
use super::model::{
    Fetched, RawLocation, RawPosting, RawText, RecordProblem, SourceAddress, SourceError,
    SourceErrorKind, SourceKind,
};
use super::record::{date, first_text, items, text, web_address, with_unique_ids, without};
use super::tenant::captured;
use crate::config::Endpoints;
use crate::fetch::{Accept, Answer, Request, parse_json};

pub use markdown::parse as parse_markdown;

/// Held during a request, since the host bars who asks for several boards at once.
static TURN: Mutex<()> = Mutex::const_new(());

/// The connector.
pub struct Workable;

#[async_trait]
impl Source for Workable {
    fn kind(&self) -> SourceKind {
        SourceKind::Workable
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let account = account(&address.address)?;
        let base = &ctx.endpoints.workable;
        let url = address_of(
            base,
            &["api", "v1", "widget", "accounts", &account],
            &[("details", "true")],
        )?;
        // The widget's interface is public and made for other sites to show the board with.
        let request = Request::new(url, Accept::Json)
            .validated_by(validators)
            .to_documented_api();
        let answer = match one_at_a_time(ctx, &request).await {
            Ok(answer) => answer,
            Err(failure) if is_barred(failure.kind) => {
                return first_thirty(ctx, &account, failure).await;
            }
            Err(failure) => return Err(no_such_board(failure, "Workable", address)),
        };
        let fetched = match answer.not_modified {
            true => Fetched {
                unchanged: true,
                complete: true,
                ..Fetched::default()
            },
            false => parse(&answer.text(), &account)?.into_fetched(),
        };
        Ok(Fetched {
            bytes: answer.bytes(),
            validators: answer.validators.filter(|_| fetched.complete),
            ..fetched
        })
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        let account = match captured(url, &endpoints.workable) {
            Some(found) => in_path(&found.rest)?,
            None => captured(url, "https://{tenant}.workable.com")?
                .employer()
                .filter(|tenant| {
                    !matches!(tenant.as_str(), "apply" | "jobs" | "careers" | "resources")
                })?
                .as_str()
                .to_owned(),
        };
        Some(SourceAddress {
            kind: SourceKind::Workable,
            address: self::account(&account).ok()?,
        })
    }

    fn shorthand(&self, board: &str) -> Option<Result<String, SourceError>> {
        Some(account(board))
    }
}

fn account(address: &str) -> Result<String, SourceError> {
    BoardToken::parse(address).map(|board| board.token.to_lowercase())
}

/// `/{account}/j/{code}`, `/api/v1/widget/accounts/{account}`; `/j/{code}` alone tells no account.
fn in_path(segments: &[String]) -> Option<String> {
    match segments.first()?.as_str() {
        "api" => {
            let at = segments.iter().position(|segment| segment == "accounts")?;
            segments.get(at + 1).cloned()
        }
        "j" | "jobs" | "assets" | "static" => None,
        _ => segments.first().cloned(),
    }
}

async fn one_at_a_time(ctx: &FetchContext, request: &Request) -> Result<Answer, SourceError> {
    let _turn = TURN.lock().await;
    Ok(ctx.client.get(request).await?)
}

fn is_barred(kind: SourceErrorKind) -> bool {
    matches!(kind, SourceErrorKind::RateLimited | SourceErrorKind::Denied)
}

/// What the Markdown page shows when the interface bars. It ends after thirty jobs, so it is never the whole board.
async fn first_thirty(
    ctx: &FetchContext,
    account: &str,
    barred: SourceError,
) -> Result<Fetched, SourceError> {
    let url = address_of(&ctx.endpoints.workable, &[account, "jobs.md"], &[])?;
    let request = Request::new(url, Accept::Any);
    let Ok(answer) = one_at_a_time(ctx, &request).await else {
        return Err(barred);
    };
    let mut fetched = parse_markdown(&answer.text(), account).into_fetched();
    if fetched.postings.is_empty() {
        return Err(barred);
    }
    // The page has neither texts nor all places, so it only says that a known job is still there.
    for posting in &mut fetched.postings {
        posting.outline = true;
    }
    fetched.problems.push(RecordProblem {
        at: "jobs.md".to_owned(),
        message: format!(
            "the board's interface bars ({}), so only the first jobs were read, from the board's Markdown page",
            barred.message
        ),
    });
    fetched.bytes = answer.bytes();
    fetched.complete = false;
    Ok(fetched)
}

/// Reads a board's answer.
///
/// # Errors
/// If it is not JSON, or holds no list of jobs.
pub fn parse(body: &str, account: &str) -> Result<Parsed, SourceError> {
    let answer = parse_json(body)
        .map_err(|problem| not_json(&format!("Workable board {account}"), &problem))?;
    let Some(jobs) = answer.get("jobs").and_then(Value::as_array) else {
        let message = format!(
            "The answer for Workable board {account} holds no list \"jobs\". Check the account's name."
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut parsed = Parsed {
        whole: true,
        name: text(&answer, "/name"),
        ..Parsed::default()
    };
    let mut postings: Vec<RawPosting> = Vec::with_capacity(jobs.len());
    let mut by_code: HashMap<String, usize> = HashMap::new();
    for (index, job) in jobs.iter().enumerate() {
        match posting(job, account) {
            Ok(posting) => match by_code.get(&posting.external_id) {
                Some(known) => add_places(&mut postings[*known], posting.locations),
                None => {
                    by_code.insert(posting.external_id.clone(), postings.len());
                    postings.push(posting);
                }
            },
            Err(missing) => parsed.lose(format!("jobs[{index}]"), missing),
        }
    }
    for posting in &mut postings {
        posting.company.clone_from(&parsed.name);
    }
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    Ok(parsed)
}

/// The same job in a further place.
fn add_places(posting: &mut RawPosting, places: Vec<RawLocation>) {
    for place in places {
        if !posting.locations.contains(&place) {
            posting.locations.push(place);
        }
    }
}

fn posting(job: &Value, account: &str) -> Result<RawPosting, &'static str> {
    let code = text(job, "/shortcode").ok_or("the job has no shortcode")?;
    let title = text(job, "/title").ok_or("the job has no title")?;
    let remote = job.get("telecommuting") == Some(&Value::Bool(true));
    Ok(RawPosting {
        url: web_address(first_text(job, &["/url", "/shortlink"]))
            .unwrap_or_else(|| page_of(account, &code)),
        apply_url: web_address(text(job, "/application_url")),
        external_id: code,
        title,
        locations: places(job),
        // A job that is not remote may still be hybrid, so `false` says nothing.
        workplace: first_text(job, &["/workplace_type", "/workplace"])
            .or_else(|| remote.then(|| "remote".to_owned())),
        description: text(job, "/description").map(RawText::Html),
        employment_type: text(job, "/employment_type"),
        department: first_text(job, &["/department", "/function"]),
        requisition: text(job, "/code"),
        posted: date(job, "/published_on").or_else(|| date(job, "/created_at")),
        // Each repetition of the job names one place, so the record as a whole would change with their order.
        raw: without(
            job,
            &["description", "locations", "city", "state", "country"],
        ),
        ..RawPosting::default()
    })
}

fn page_of(account: &str, code: &str) -> String {
    address_of("https://apply.workable.com", &[account, "j", code], &[])
        .map(String::from)
        .unwrap_or_default()
}

fn places(job: &Value) -> Vec<RawLocation> {
    let mut places: Vec<RawLocation> = Vec::new();
    let shown = items(job, "/locations")
        .iter()
        .filter(|place| place.get("hidden") != Some(&Value::Bool(true)));
    for place in shown {
        let place = RawLocation {
            text: None,
            city: text(place, "/city"),
            region: first_text(place, &["/region", "/state"]),
            country: first_text(place, &["/country", "/countryCode"]),
        };
        if place != RawLocation::default() && !places.contains(&place) {
            places.push(place);
        }
    }
    if places.is_empty() {
        let alone = RawLocation {
            text: None,
            city: text(job, "/city"),
            region: text(job, "/state"),
            country: text(job, "/country"),
        };
        places.extend(Some(alone).filter(|place| *place != RawLocation::default()));
    }
    places
}

#[cfg(test)]
mod tests;
