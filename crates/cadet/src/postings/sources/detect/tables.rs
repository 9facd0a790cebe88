//! Lists that are tables in a Markdown file: in a repository on GitHub, at any other address, or on this machine.

use std::path::Path;

use url::Url;

use super::{Candidate, count};
use crate::config::Endpoints;
use crate::postings::sources::connector::FetchContext;
use crate::postings::sources::markdown;
use crate::postings::sources::model::{SourceAddress, SourceError, SourceKind};

/// What a file of a list is mostly called in its repository.
const README: [&str; 2] = ["README.md", "readme.md"];

/// What an address means that names a Markdown file by itself; `None` for any other, and for a page of a repository, of which
/// the list may be in another file.
pub(super) async fn detect(
    ctx: &FetchContext,
    url: &Url,
) -> Option<Result<Candidate, SourceError>> {
    let is_page = matches!(url.host_str(), Some("github.com" | "www.github.com"));
    if is_page || !markdown::is_markdown_name(url.path()) {
        return None;
    }
    Some(read(ctx, url).await)
}

/// The list in the Markdown file of a repository: the one that a page shows, else its README.
pub(super) async fn of_repository(ctx: &FetchContext, page: &Url) -> Option<Candidate> {
    for file in files(page, &ctx.endpoints) {
        if let Ok(found) = read(ctx, &file).await {
            return Some(found);
        }
    }
    None
}

/// The list in a file of this machine.
pub(super) fn of_file(
    ctx: &FetchContext,
    path: &Path,
    text: &str,
) -> Result<Candidate, SourceError> {
    candidate(ctx, &path.display().to_string(), text)
}

async fn read(ctx: &FetchContext, url: &Url) -> Result<Candidate, SourceError> {
    let document = markdown::read(ctx, url.as_str(), None).await?;
    candidate(ctx, url.as_str(), &document.text())
}

fn candidate(ctx: &FetchContext, at: &str, text: &str) -> Result<Candidate, SourceError> {
    let parsed = markdown::parse(text, at, ctx.clock.now())?;
    Ok(Candidate {
        address: SourceAddress {
            kind: SourceKind::Markdown,
            address: at.to_owned(),
        },
        name: markdown::name_of(at).or(parsed.name),
        why: format!("a list of tables with {}", count(parsed.postings.len())),
    })
}

/// The raw files that may hold the list of a repository's page.
fn files(page: &Url, endpoints: &Endpoints) -> Vec<Url> {
    let segments: Vec<&str> = page
        .path_segments()
        .into_iter()
        .flatten()
        .filter(|segment| !segment.is_empty())
        .collect();
    let [owner, repository, rest @ ..] = segments.as_slice() else {
        return Vec::new();
    };
    let repository = repository.trim_end_matches(".git");
    let (branch, shown) = match rest {
        ["blob" | "raw", branch, path @ ..] => (*branch, Some(path.join("/"))),
        ["tree", branch, ..] => (*branch, None),
        _ => ("HEAD", None),
    };
    let shown = shown.filter(|path| markdown::is_markdown_name(path));
    let names = shown.into_iter().chain(README.map(str::to_owned));
    let mut files: Vec<Url> = Vec::new();
    for name in names {
        let raw = format!(
            "{}/{owner}/{repository}/{branch}/{name}",
            endpoints.github_raw
        );
        files.extend(Url::parse(&raw).ok().filter(|file| !files.contains(file)));
    }
    files
}
