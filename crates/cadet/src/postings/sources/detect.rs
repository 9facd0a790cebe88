//! From whatever a person has to the sources it means: what `source add` uses.
//!
//! A file or folder, `greenhouse:token`, a company's name, any posting's address on the boards that Cadet knows, a career page,
//! a feed, a community list or its repository. Every candidate was read once, so that it is known to work.

pub(super) mod address;
mod boards;
mod file;
mod mail;
mod page;
mod tables;

use url::Url;

use super::connector::{FetchContext, connector, error};
use super::document::Document;
use super::jsonld;
use super::mail::address::MailboxAddress;
use super::model::{Fetched, SourceAddress, SourceError, SourceErrorKind, SourceKind};
use crate::config::Endpoints;
use crate::fetch::{Accept, Robots};

/// A source that the input may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The source.
    pub address: SourceAddress,
    /// The employer's or list's name, if it can be known.
    pub name: Option<String>,
    /// Why it is proposed, for the person to choose by.
    pub why: String,
}

/// Works out what the input means; the likeliest candidate first, never none.
///
/// # Errors
/// If nothing was found; says what was tried and what to give instead.
pub async fn detect(ctx: &FetchContext, input: &str) -> Result<Vec<Candidate>, SourceError> {
    let input = input.trim();
    if input.is_empty() || input.len() > 4096 || input.chars().any(char::is_control) {
        let message = "That is no address of a source. Give a career page, a posting's address, a board such as greenhouse:northlight, a feed, or a file.";
        return Err(error(SourceErrorKind::BadAddress, None, message));
    }
    if let Some(board) = shorthand(input) {
        return boards::read(ctx, board?, "as you named it")
            .await
            .map(|candidate| vec![candidate]);
    }
    if MailboxAddress::is_one(input) {
        return mail::mailbox(ctx, input)
            .await
            .map(|candidate| vec![candidate]);
    }
    if ctx.local_files
        && let Some(path) = file::existing(input).await
    {
        return file::detect(ctx, &path).await;
    }
    match as_url(input) {
        Some((url, certain)) => match of_url(ctx, &url).await {
            Err(error) if !certain => boards::of_name(ctx, input).await.map_err(|_| error),
            found => found,
        },
        None if looks_like_path(input) => {
            let message = match ctx.local_files {
                true => format!("There is no file or folder {input}. Check the path."),
                false => {
                    "Files of the server cannot be sources here. Give a web address.".to_owned()
                }
            };
            Err(error(SourceErrorKind::File, Some(input), message))
        }
        None => boards::of_name(ctx, input).await,
    }
}

/// The board to which an address belongs, told from the address alone.
pub(super) fn board_of(url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
    address::board(url, endpoints)
}

/// `greenhouse:token`, `workable:account`, `personio:de:tenant`: a kind's name and what its connector makes of the rest.
fn shorthand(input: &str) -> Option<Result<SourceAddress, SourceError>> {
    let (system, board) = input.split_once(':')?;
    let kind = SourceKind::parse(&system.trim().to_ascii_lowercase())?;
    let address = connector(kind).shorthand(board.trim())?;
    Some(address.map(|address| SourceAddress { kind, address }))
}

/// The input as a web address, and whether it is surely meant as one: `northlight.example` may also be a board's name.
fn as_url(input: &str) -> Option<(Url, bool)> {
    let lower = input.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Url::parse(input).ok().map(|url| (url, true));
    }
    let host = input.split(['/', '?']).next().unwrap_or_default();
    let is_host = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !input.contains([' ', '\\'])
        && !input.contains("..");
    let url = Url::parse(&format!("https://{input}"))
        .ok()
        .filter(|_| is_host)?;
    Some((url, lower.starts_with("www.") || input.contains('/')))
}

fn looks_like_path(input: &str) -> bool {
    input.contains(['/', '\\'])
        || input.starts_with('~')
        || [
            ".json",
            ".html",
            ".htm",
            ".xml",
            ".rss",
            ".atom",
            ".md",
            ".markdown",
            ".eml",
            ".mbox",
        ]
        .iter()
        .any(|ending| input.to_ascii_lowercase().ends_with(ending))
}

/// What a web address means: by itself, or by what is found there.
async fn of_url(ctx: &FetchContext, url: &Url) -> Result<Vec<Candidate>, SourceError> {
    if let Some(board) = address::board(url, &ctx.endpoints) {
        return boards::read(ctx, board, "the address belongs to it")
            .await
            .map(|candidate| vec![candidate]);
    }
    if let Some(found) = boards::at_host(ctx, url).await {
        return Ok(found);
    }
    if let Some(found) = tables::detect(ctx, url).await {
        return found.map(|candidate| vec![candidate]);
    }
    if let Some(list) = address::community_list(url, &ctx.endpoints) {
        let address = SourceAddress {
            kind: SourceKind::Simplify,
            address: list.into(),
        };
        let failure = match read(ctx, address, "the community list of that repository").await {
            Ok(candidate) => return Ok(vec![candidate]),
            Err(failure) => failure,
        };
        if failure.kind == SourceErrorKind::NotFound
            && let Some(found) = tables::of_repository(ctx, url).await
        {
            return Ok(vec![found]);
        }
        return Err(match failure.kind {
            SourceErrorKind::NotFound => {
                let message = format!(
                    "{url} holds no {}, and its README no table of postings, so it is no community list. Give the address of the list's own file.",
                    super::simplify::IN_CHECKOUT
                );
                error(SourceErrorKind::NotFound, Some(url.as_str()), message)
            }
            _ => failure,
        });
    }
    let document = match Document::read(ctx, url.as_str(), Accept::Any, Robots::Obey, None).await {
        Ok(document) => document,
        Err(failure) => return page::without_page(ctx, url, failure).await,
    };
    let at = Url::parse(&document.at).unwrap_or_else(|_| url.clone());
    // Career pages often lead straight to the board.
    if let Some(board) = address::board(&at, &ctx.endpoints) {
        return boards::read(ctx, board, "the address leads to it")
            .await
            .map(|candidate| vec![candidate]);
    }
    let text = document.text();
    if jsonld::is_sitemap(&text) {
        let address = SourceAddress {
            kind: SourceKind::Sitemap,
            address: url.to_string(),
        };
        return read(ctx, address, "the sitemap of a career site")
            .await
            .map(|candidate| vec![candidate]);
    }
    match kind_of(&text) {
        Some(kind) => of_text(
            kind,
            &text,
            document.moved_to.as_ref().map_or(url.as_str(), Url::as_str),
        )
        .map(|candidate| vec![candidate]),
        None => page::detect(ctx, url, &at, &text).await,
    }
}

/// Which kind of source a text is, if it says so itself; a web page does not.
fn kind_of(text: &str) -> Option<SourceKind> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let head: String = start.chars().take(1000).collect();
    if start.starts_with('[') {
        Some(SourceKind::Simplify)
    } else if start.starts_with('{') {
        Some(if is_json_feed(start) {
            SourceKind::Feed
        } else {
            SourceKind::Simplify
        })
    } else if ["<rss", "<feed", "<rdf:RDF"]
        .iter()
        .any(|root| head.contains(root))
    {
        Some(SourceKind::Feed)
    } else {
        None
    }
}

/// A JSON Feed says so in its `version`, which may stand anywhere in the object.
fn is_json_feed(text: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Head {
        version: Option<String>,
    }
    let head: Result<Head, _> = serde_json::from_str(text);
    head.is_ok_and(|head| {
        head.version
            .is_some_and(|version| version.contains("jsonfeed.org"))
    })
}

/// A candidate from a text that was already read.
fn of_text(kind: SourceKind, text: &str, at: &str) -> Result<Candidate, SourceError> {
    let (parsed, what) = match kind {
        SourceKind::Feed => (super::feed::parse(text, at)?, "a feed"),
        _ => (super::simplify::parse(text, at)?, "a list"),
    };
    let why = format!("{what} with {}", count(parsed.postings.len()));
    Ok(Candidate {
        address: SourceAddress {
            kind,
            address: at.to_owned(),
        },
        name: parsed.name,
        why,
    })
}

/// A candidate that is read by its connector.
async fn read(
    ctx: &FetchContext,
    address: SourceAddress,
    what: &str,
) -> Result<Candidate, SourceError> {
    let outlines = FetchContext {
        outlines_only: true,
        ..ctx.clone()
    };
    let Fetched {
        postings,
        name,
        moved_to,
        complete,
        ..
    } = connector(address.kind)
        .fetch(&outlines, &address, None)
        .await?;
    let at_least = if complete { "" } else { "at least " };
    let why = format!("{what}; it has {at_least}{}", count(postings.len()));
    Ok(Candidate {
        address: moved_to.unwrap_or(address),
        name,
        why,
    })
}

fn count(postings: usize) -> String {
    match postings {
        0 => "no postings now".to_owned(),
        1 => "1 posting".to_owned(),
        many => format!("{many} postings"),
    }
}

#[cfg(test)]
mod tests;
