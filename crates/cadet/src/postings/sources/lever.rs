//! Lever sites: pages of a hundred postings, without a count.
//!
//! `GET {base}/v0/postings/{site}?mode=json&skip=&limit=100`, with `Accept: application/json` or a web page comes instead.

use std::collections::HashSet;

use async_trait::async_trait;
use serde_json::Value;

use super::connector::{
    BoardToken, FetchContext, Parsed, Source, address_of, error, moved_board, not_json,
    removed_board,
};
use super::markup::{self, escape};
use super::model::{
    Fetched, RawDate, RawLocation, RawPay, RawPosting, RawText, RecordProblem, SourceAddress,
    SourceError, SourceErrorKind, SourceKind,
};
use super::record::{
    first_text, items, number, scalar, text, web_address, with_unique_ids, without,
};
use crate::fetch::{Accept, Request, parse_json};

/// Postings asked for at once; the interface gives no more.
const PAGE: usize = 100;
/// Pages after which a board is not believed any more.
const MAX_PAGES: usize = 100;

/// The connector.
pub struct Lever;

#[async_trait]
impl Source for Lever {
    fn kind(&self) -> SourceKind {
        SourceKind::Lever
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let site = BoardToken::parse(&address.address)?;
        let mut all = Fetched::default();
        let mut seen = HashSet::new();
        for page in 0..MAX_PAGES {
            let mut read = match read_page(ctx, &site, page, validators.filter(|_| page == 0)).await
            {
                Ok(read) => read,
                Err(error) if page == 0 => return Err(error),
                // What was read so far is kept, and the poll is told as a partial one.
                Err(error) => {
                    all.complete = false;
                    all.problems.push(RecordProblem {
                        at: format!("page {}", page + 1),
                        message: error.message,
                    });
                    return Ok(all);
                }
            };
            if read.unchanged {
                return Ok(Fetched {
                    unchanged: true,
                    complete: true,
                    validators: read.validators,
                    ..all
                });
            }
            all.bytes += read.bytes;
            all.moved_to = all.moved_to.or(read.moved_to);
            all.problems.append(&mut read.parsed.problems);
            let before = seen.len();
            all.postings.extend(
                read.parsed
                    .postings
                    .into_iter()
                    .filter(|posting| seen.insert(posting.external_id.clone())),
            );
            all.complete = read.parsed.whole && (page == 0 || all.complete);
            if read.records < PAGE {
                // Validators speak of one page, so only a board of one page can be asked whether it changed.
                all.validators = read.validators.filter(|_| page == 0 && all.complete);
                return Ok(all);
            }
            if seen.len() == before {
                let message =
                    "the page repeats the ones before, so the rest of the board cannot be read"
                        .to_owned();
                all.problems.push(RecordProblem {
                    at: format!("page {}", page + 1),
                    message,
                });
                break;
            }
        }
        all.complete = false;
        Ok(all)
    }

    fn shorthand(&self, board: &str) -> Option<Result<String, SourceError>> {
        Some(BoardToken::parse(board).map(|board| board.to_string()))
    }
}

/// One page as it was read.
#[derive(Default)]
struct Page {
    parsed: Parsed,
    /// Records on the page, read or not: a full page means that there may be another.
    records: usize,
    bytes: u64,
    validators: Option<Value>,
    unchanged: bool,
    moved_to: Option<SourceAddress>,
}

async fn read_page(
    ctx: &FetchContext,
    site: &BoardToken,
    page: usize,
    validators: Option<&Value>,
) -> Result<Page, SourceError> {
    let base = if site.eu {
        &ctx.endpoints.lever_eu
    } else {
        &ctx.endpoints.lever
    };
    let skip = (page * PAGE).to_string();
    let query = [("mode", "json"), ("skip", skip.as_str()), ("limit", "100")];
    let url = address_of(base, &["v0", "postings", &site.token], &query)?;
    // The postings interface is public and documented for programs to build career pages from.
    let request = Request::new(url, Accept::Json)
        .validated_by(validators)
        .to_documented_api();
    let answer = ctx
        .client
        .get(&request)
        .await
        .map_err(|error| removed_board(error.into(), "Lever", site))?;
    if answer.not_modified {
        return Ok(Page {
            validators: answer.validators,
            unchanged: true,
            ..Page::default()
        });
    }
    let (parsed, records) = parse_counted(&answer.text(), &site.token)?;
    let moved_to = moved_board(
        base,
        answer.moved_permanently_to.as_ref(),
        "postings",
        site,
        SourceKind::Lever,
    );
    Ok(Page {
        parsed,
        records,
        bytes: answer.bytes(),
        validators: answer.validators,
        unchanged: false,
        moved_to,
    })
}

/// Reads one page.
///
/// # Errors
/// If it is not JSON, or not a list.
pub fn parse(body: &str, site: &str) -> Result<Parsed, SourceError> {
    Ok(parse_counted(body, site)?.0)
}

/// Also tells how many records the page had.
fn parse_counted(body: &str, site: &str) -> Result<(Parsed, usize), SourceError> {
    let answer =
        parse_json(body).map_err(|problem| not_json(&format!("Lever site {site}"), &problem))?;
    let Some(records) = answer.as_array() else {
        let said = first_text(&answer, &["/error", "/message"])
            .map(|said| format!(" (it says: {})", said.chars().take(120).collect::<String>()));
        let message = format!(
            "The answer for Lever site {site} is not a list of postings{}. Check the site's name.",
            said.unwrap_or_default()
        );
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let mut parsed = Parsed {
        whole: true,
        ..Parsed::default()
    };
    let mut postings = Vec::with_capacity(records.len());
    for (index, record) in records.iter().enumerate() {
        match posting(record, site) {
            Ok(posting) => postings.push(posting),
            Err(missing) => parsed.lose(format!("[{index}]"), missing),
        }
    }
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    Ok((parsed, records.len()))
}

fn posting(record: &Value, site: &str) -> Result<RawPosting, &'static str> {
    let id = text(record, "/id").ok_or("the posting has no id")?;
    let title = text(record, "/text").ok_or("the posting has no title (text)")?;
    Ok(RawPosting {
        url: web_address(text(record, "/hostedUrl"))
            .unwrap_or_else(|| format!("https://jobs.lever.co/{site}/{id}")),
        apply_url: web_address(text(record, "/applyUrl")),
        external_id: id,
        title,
        locations: places(record),
        workplace: text(record, "/workplaceType")
            .filter(|workplace| !workplace.eq_ignore_ascii_case("unspecified")),
        description: description(record),
        pay: pay(record),
        employment_type: text(record, "/categories/commitment"),
        department: first_text(record, &["/categories/department", "/categories/team"]),
        // There is no updatedAt; createdAt is in milliseconds.
        posted: created(record),
        raw: without(
            record,
            &[
                "description",
                "descriptionPlain",
                "descriptionBody",
                "descriptionBodyPlain",
                "opening",
                "openingPlain",
                "additional",
                "additionalPlain",
                "lists",
            ],
        ),
        ..RawPosting::default()
    })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float outside of i64 is held to its ends"
)]
fn created(record: &Value) -> Option<RawDate> {
    match record.get("createdAt") {
        Some(Value::Number(millis)) => millis.as_f64().map(|millis| RawDate::Millis(millis as i64)),
        _ => super::record::date(record, "/createdAt"),
    }
}

/// All locations; the country stands with the main one, of which alone it is told.
fn places(record: &Value) -> Vec<RawLocation> {
    let main = text(record, "/categories/location");
    let country = text(record, "/country");
    let mut names: Vec<String> = items(record, "/categories/allLocations")
        .iter()
        .filter_map(scalar)
        .collect();
    if let Some(main) = &main
        && !names.contains(main)
    {
        names.insert(0, main.clone());
    }
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    if names.is_empty() {
        return country
            .map(|country| RawLocation {
                country: Some(country),
                ..RawLocation::default()
            })
            .into_iter()
            .collect();
    }
    let alone = names.len() == 1;
    let of = |name: String| RawLocation {
        country: country
            .clone()
            .filter(|_| alone || Some(&name) == main.as_ref()),
        text: Some(name),
        ..RawLocation::default()
    };
    names.into_iter().map(of).collect()
}

/// The full text is the description, then each list under its heading, then the closing.
fn description(record: &Value) -> Option<RawText> {
    let opening = text(record, "/description")
        .or_else(|| joined(record, &["/opening", "/descriptionBody"], "\n"));
    let lists = items(record, "/lists").iter().filter_map(list);
    let parts: Vec<String> = opening
        .into_iter()
        .chain(lists)
        .chain(text(record, "/additional"))
        .collect();
    if !parts.is_empty() {
        return Some(RawText::Html(parts.join("\n")));
    }
    let plain = text(record, "/descriptionPlain")
        .or_else(|| joined(record, &["/openingPlain", "/descriptionBodyPlain"], "\n\n"));
    let parts: Vec<String> = plain
        .into_iter()
        .chain(text(record, "/additionalPlain"))
        .collect();
    (!parts.is_empty()).then(|| RawText::Plain(parts.join("\n\n")))
}

fn joined(record: &Value, pointers: &[&str], between: &str) -> Option<String> {
    let parts: Vec<String> = pointers
        .iter()
        .filter_map(|pointer| text(record, pointer))
        .collect();
    (!parts.is_empty()).then(|| parts.join(between))
}

fn list(list: &Value) -> Option<String> {
    let heading =
        text(list, "/text").map(|heading| format!("<h3>{}</h3>", escape(&markup::plain(&heading))));
    let content = text(list, "/content").map(|content| match content.starts_with("<li") {
        true => format!("<ul>{content}</ul>"),
        false => content,
    });
    (heading.is_some() || content.is_some()).then(|| {
        [heading, content]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("\n")
    })
}

fn pay(record: &Value) -> Option<RawPay> {
    let (min, max) = (
        number(record, "/salaryRange/min"),
        number(record, "/salaryRange/max"),
    );
    let described = first_text(record, &["/salaryDescriptionPlain", "/salaryDescription"])
        .map(|text| markup::plain(&text));
    (min.is_some() || max.is_some() || described.is_some()).then(|| RawPay {
        min,
        max,
        currency: text(record, "/salaryRange/currency"),
        period: text(record, "/salaryRange/interval"),
        text: described,
    })
}

#[cfg(test)]
mod tests;
