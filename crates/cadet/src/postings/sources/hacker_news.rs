//! "Who is hiring?" of Hacker News: each comment at the top of the month's thread is an employer's, and may hold many openings.
//!
//! The thread is found by its author, never by words, which would find other people's threads: `GET
//! {base}/api/v1/search_by_date?tags=story,author_whoishiring`; then `GET {base}/api/v1/items/{id}` gives all of it. The source's
//! address is `latest` or a thread's number. In a thread's first week the one before is read too, since its openings are not
//! closed by the calendar.

mod header;
mod roles;

use async_trait::async_trait;
use serde_json::{Value, json};
use url::Url;

use self::header::Header;
use super::connector::{FetchContext, Parsed, Source, address_of, error, not_json};
use super::markup;
use super::model::{
    Fetched, RawDate, RawLocation, RawPay, RawPosting, RawText, SourceAddress, SourceError,
    SourceErrorKind, SourceKind,
};
use super::record::{date, items, number, text};
use crate::clock::Timestamp;
use crate::config::Endpoints;
use crate::fetch::{Accept, Request, parse_json};

/// The address that means the newest thread.
const LATEST: &str = "latest";
/// Days of a thread in which the one before still counts.
const DAYS_OF_BOTH: i64 = 7;

/// The connector.
pub struct HackerNews;

#[async_trait]
impl Source for HackerNews {
    fn kind(&self) -> SourceKind {
        SourceKind::HackerNews
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        _: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        match thread_of(&address.address)? {
            Some(id) => one_thread(ctx, id).await,
            None => newest(ctx).await,
        }
    }

    fn board_of(&self, url: &Url, _: &Endpoints) -> Option<SourceAddress> {
        let of_site = url.host_str() == Some("news.ycombinator.com");
        let (_, id) = url.query_pairs().find(|(key, _)| key == "id")?;
        let address = match url.path() {
            "/item" => thread_of(&id).ok()??.to_string(),
            "/user" | "/submitted" if id == "whoishiring" => LATEST.to_owned(),
            _ => return None,
        };
        of_site.then_some(SourceAddress {
            kind: SourceKind::HackerNews,
            address,
        })
    }

    fn shorthand(&self, thread: &str) -> Option<Result<String, SourceError>> {
        let thread = thread_of(thread);
        Some(thread.map(|id| id.map_or_else(|| LATEST.to_owned(), |id| id.to_string())))
    }
}

/// The thread's number; `None` for the newest.
fn thread_of(address: &str) -> Result<Option<u64>, SourceError> {
    match address.trim() {
        "" | LATEST => Ok(None),
        id => id.parse().map(Some).map_err(|_| {
            let message = "That is no thread of Hacker News. Give hacker-news:latest, or the number behind item?id= in the thread's address.";
            error(SourceErrorKind::BadAddress, None, message)
        }),
    }
}

async fn newest(ctx: &FetchContext) -> Result<Fetched, SourceError> {
    let query = [("tags", "story,author_whoishiring"), ("hitsPerPage", "20")];
    let (found, bytes) = call(ctx, &["search_by_date"], &query).await?;
    let threads = parse_threads(&found)?;
    let recent = |thread: &Thread| {
        ctx.clock.now() < thread.posted.plus_millis(DAYS_OF_BOTH * Timestamp::DAY_MS)
    };
    let read = if threads.first().is_some_and(recent) {
        2
    } else {
        1
    };
    let mut all = Fetched {
        complete: true,
        bytes,
        name: Some("Hacker News: Who is hiring?".to_owned()),
        ..Fetched::default()
    };
    for thread in threads.iter().take(read) {
        let (body, bytes) = item(ctx, thread.id).await?;
        let parsed = parse(&body)?;
        all.bytes += bytes;
        all.complete &= parsed.whole;
        all.problems.extend(parsed.problems);
        all.postings.extend(parsed.postings);
    }
    Ok(all)
}

async fn one_thread(ctx: &FetchContext, id: u64) -> Result<Fetched, SourceError> {
    let (body, bytes) = item(ctx, id).await?;
    // The address of a single comment means the thread that it stands in.
    let (body, moved_to) = match story_of(&body).filter(|story| *story != id) {
        Some(story) => (item(ctx, story).await?.0, Some(story)),
        None => (body, None),
    };
    Ok(Fetched {
        bytes,
        moved_to: moved_to.map(|story| SourceAddress {
            kind: SourceKind::HackerNews,
            address: story.to_string(),
        }),
        ..parse(&body)?.into_fetched()
    })
}

async fn item(ctx: &FetchContext, id: u64) -> Result<(String, u64), SourceError> {
    call(ctx, &["items", &id.to_string()], &[]).await
}

async fn call(
    ctx: &FetchContext,
    path: &[&str],
    query: &[(&str, &str)],
) -> Result<(String, u64), SourceError> {
    let path = [&["api", "v1"], path].concat();
    let url = address_of(&ctx.endpoints.hacker_news, &path, query)?;
    // The search interface of Hacker News is public and documented for programs.
    let request = Request::new(url, Accept::Json).to_documented_api();
    let answer = ctx.client.get(&request).await?;
    Ok((answer.text(), answer.bytes()))
}

fn story_of(body: &str) -> Option<u64> {
    text(&parse_json(body).ok()?, "/story_id")?.parse().ok()
}

/// A thread of hiring employers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Its number.
    pub id: u64,
    /// When it began.
    pub posted: Timestamp,
}

/// Reads which threads of hiring employers the author began, the newest first. The same author begins those for people who want
/// to be hired.
///
/// # Errors
/// If it is not JSON, or names no such thread.
pub fn parse_threads(body: &str) -> Result<Vec<Thread>, SourceError> {
    let answer = parse_json(body).map_err(|problem| not_json("Hacker News", &problem))?;
    let mut threads: Vec<Thread> = items(&answer, "/hits")
        .iter()
        .filter(|hit| text(hit, "/title").is_some_and(|title| is_hiring(&title)))
        .filter_map(|hit| {
            Some(Thread {
                id: text(hit, "/objectID")?.parse().ok()?,
                posted: seconds(hit)?,
            })
        })
        .collect();
    threads.sort_by_key(|thread| std::cmp::Reverse((thread.posted, thread.id)));
    if threads.is_empty() {
        let message = "No thread \"Who is hiring?\" was found on Hacker News. Give the number of one, such as hacker-news:45438503.";
        return Err(error(SourceErrorKind::NotFound, None, message));
    }
    Ok(threads)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float outside of i64 is held to its ends"
)]
fn seconds(record: &Value) -> Option<Timestamp> {
    let seconds = number(record, "/created_at_i")?;
    Some(Timestamp((seconds as i64).saturating_mul(1_000)))
}

fn is_hiring(title: &str) -> bool {
    let title = title.to_ascii_lowercase();
    title.contains("who is hiring") || title.contains("who's hiring")
}

/// Reads a thread.
///
/// # Errors
/// If it is not JSON, or no thread of hiring employers.
pub fn parse(body: &str) -> Result<Parsed, SourceError> {
    let thread = parse_json(body).map_err(|problem| not_json("Hacker News", &problem))?;
    let title = text(&thread, "/title").unwrap_or_default();
    let children = thread.get("children").and_then(Value::as_array);
    let Some(children) = children.filter(|_| is_hiring(&title)) else {
        let message = "This is no thread \"Who is hiring?\" of Hacker News. Give hacker-news:latest, or the number of such a thread.";
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut parsed = Parsed {
        whole: true,
        name: Some(format!("Hacker News: {}", markup::plain(&title))),
        ..Parsed::default()
    };
    for comment in children {
        // A comment that was taken down has no text.
        let Some(html) = text(comment, "/text") else {
            continue;
        };
        let Some(id) = text(comment, "/id") else {
            parsed.lose("comment".to_owned(), "a comment has no id");
            continue;
        };
        match postings(comment, &id, &html) {
            Ok(postings) => parsed.postings.extend(postings),
            // People also ask and complain there, so what is no opening does not make the thread less whole.
            Err(why) => parsed.note(format!("comment {id}"), why),
        }
    }
    Ok(parsed)
}

/// The openings of one comment.
fn postings(comment: &Value, id: &str, html: &str) -> Result<Vec<RawPosting>, String> {
    let paragraphs = roles::paragraphs(html);
    let first = paragraphs.first().ok_or("the comment is empty")?;
    let header = Header::parse(&first.text);
    let shown: String = first.text.chars().take(100).collect();
    let company = header
        .company
        .clone()
        .ok_or_else(|| format!("no employer can be read in \"{shown}\""))?;
    let found = roles::of_comment(&header, &paragraphs);
    if found.is_empty() {
        return Err(format!("no role can be read in \"{shown}\""));
    }
    let alone = found.len() == 1;
    let shared = roles::apply_link(&paragraphs, alone);
    let postings = found
        .into_iter()
        .enumerate()
        .map(|(index, role)| RawPosting {
            external_id: match index {
                0 => id.to_owned(),
                _ => format!("{id}:{}", index + 1),
            },
            url: format!("https://news.ycombinator.com/item?id={id}"),
            apply_url: role.link.or_else(|| shared.clone()),
            title: role.title,
            company: Some(company.clone()),
            locations: header.places.iter().cloned().map(place).collect(),
            workplace: header.workplace.clone(),
            description: Some(RawText::Html(html.to_owned())),
            pay: header.pay.clone().map(|text| RawPay {
                text: Some(text),
                ..RawPay::default()
            }),
            employment_type: header.employment.clone(),
            sponsorship: header.visa.clone(),
            posted: seconds(comment)
                .map(|at| RawDate::Millis(at.0))
                .or_else(|| date(comment, "/created_at")),
            raw: json!({ "comment": id, "header": first.text }),
            ..RawPosting::default()
        });
    Ok(postings.collect())
}

fn place(text: String) -> RawLocation {
    RawLocation {
        text: Some(text),
        ..RawLocation::default()
    }
}

#[cfg(test)]
mod tests;
