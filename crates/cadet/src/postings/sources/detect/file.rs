//! What a file or folder of this machine means.

use std::path::{Path, PathBuf};

use url::Url;

use super::{Candidate, count, kind_of, mail, of_text, tables};
use crate::postings::sources::connector::{FetchContext, error};
use crate::postings::sources::document::Document;
use crate::postings::sources::model::{SourceAddress, SourceError, SourceErrorKind, SourceKind};
use crate::postings::sources::{export, jsonld, markdown, simplify};

/// The absolute path of what the input names, if there is such a file, or such a folder that could be meant.
pub(super) async fn existing(input: &str) -> Option<PathBuf> {
    let named = if input.starts_with("file://") {
        Url::parse(input).ok()?.to_file_path().ok()?
    } else {
        PathBuf::from(input)
    };
    let path = tokio::fs::canonicalize(&named).await.ok()?;
    // A folder by chance called like a company must not stand in the company's way.
    let could_be_name = !input.contains(['/', '\\', '.']);
    (!could_be_name
        || path.is_file()
        || mail::holds_mails(&path)
        || path.join(simplify::IN_CHECKOUT).is_file())
    .then_some(path)
}

/// Reads the file, or the list in a checkout.
pub(super) async fn detect(ctx: &FetchContext, path: &Path) -> Result<Vec<Candidate>, SourceError> {
    let at = path.display().to_string();
    if mail::holds_mails(path) {
        return mail::of_path(ctx, path)
            .await
            .map(|candidate| vec![candidate]);
    }
    if path.is_dir() {
        return checkout(ctx, path, &at)
            .await
            .map(|candidate| vec![candidate]);
    }
    let text = Document::read_file(ctx, path, None).await?.text();
    if export::is_export(&text) {
        let parsed = export::parse(&text);
        return Ok(vec![Candidate {
            address: SourceAddress {
                kind: SourceKind::Export,
                address: at,
            },
            name: parsed.name,
            why: format!("an export of Cadet with {}", count(parsed.postings.len())),
        }]);
    }
    if let Some(kind) = kind_of(&text) {
        return of_text(kind, &text, &at).map(|candidate| vec![candidate]);
    }
    if markdown::is_markdown_name(&at) {
        return tables::of_file(ctx, path, &text).map(|candidate| vec![candidate]);
    }
    let parsed = jsonld::parse(&text, &at);
    if parsed.postings.is_empty() {
        let message = format!(
            "{at} is neither a list of postings (JSON), nor a feed, nor a saved page with JobPosting data. Save the page of a posting, or give the employer's job board."
        );
        return Err(error(SourceErrorKind::Malformed, Some(&at), message));
    }
    let why = format!("a saved page with {}", count(parsed.postings.len()));
    Ok(vec![Candidate {
        address: SourceAddress {
            kind: SourceKind::JsonLd,
            address: at,
        },
        name: parsed.name,
        why,
    }])
}

async fn checkout(ctx: &FetchContext, path: &Path, at: &str) -> Result<Candidate, SourceError> {
    let list = path.join(simplify::IN_CHECKOUT);
    if !list.is_file() {
        let message = format!(
            "The folder {at} holds no {}, so it is no checkout of a community list. Give the list's file itself.",
            simplify::IN_CHECKOUT
        );
        return Err(error(SourceErrorKind::File, Some(at), message));
    }
    let text = Document::read_file(ctx, &list, None).await?.text();
    let parsed = simplify::parse(&text, at)?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let why = format!(
        "a checkout of a community list with {}",
        count(parsed.postings.len())
    );
    Ok(Candidate {
        address: SourceAddress {
            kind: SourceKind::Simplify,
            address: at.to_owned(),
        },
        name,
        why,
    })
}
