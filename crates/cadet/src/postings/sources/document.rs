//! One document as a source: a web page or a file of this machine, with its validators.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::connector::{FetchContext, error, is_file, web_url};
use super::model::{Fetched, SourceAddress, SourceError, SourceErrorKind, SourceKind};
use super::record::hex;
use crate::fetch::{Accept, Answer, Request, Robots};

/// A document that was read.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Where it was read: the address after redirects, or the file.
    pub(super) at: String,
    /// Its bytes.
    pub(super) body: Vec<u8>,
    /// The `Content-Type`, if the web gave it.
    pub(super) content_type: Option<String>,
    /// Validators for the next poll.
    pub(super) validators: Option<Value>,
    /// It is as it was at the last poll; the body is then empty.
    pub(super) unchanged: bool,
    /// Where it moved for good.
    pub(super) moved_to: Option<Url>,
}

impl Document {
    /// Reads a web page or a file.
    pub(super) async fn read(
        ctx: &FetchContext,
        address: &str,
        accept: Accept,
        robots: Robots,
        validators: Option<&Value>,
    ) -> Result<Self, SourceError> {
        if is_file(address) {
            let path = file_path(ctx, address)?;
            return Self::read_file(ctx, &path, validators).await;
        }
        let mut request = Request::new(web_url(address)?, accept).validated_by(validators);
        request.robots = robots;
        Ok(ctx.client.get(&request).await?.into())
    }

    /// Reads a file. Its validator is a digest, since times of a Git checkout say nothing.
    pub(super) async fn read_file(
        ctx: &FetchContext,
        path: &Path,
        validators: Option<&Value>,
    ) -> Result<Self, SourceError> {
        let at = path.display().to_string();
        let failed = |why: &dyn std::fmt::Display| {
            error(
                SourceErrorKind::File,
                Some(&at),
                format!("{at} cannot be read: {why}. Check the path and its permissions."),
            )
        };
        let metadata = tokio::fs::metadata(path)
            .await
            .map_err(|why| failed(&why))?;
        if !metadata.is_file() {
            return Err(failed(&"it is not a regular file"));
        }
        let limit = ctx.client.settings().max_body_bytes;
        if metadata.len() > limit {
            let message = format!(
                "{at} has {} bytes, more than the {limit} that one source may have. Check that it is a list of postings.",
                metadata.len()
            );
            return Err(error(SourceErrorKind::TooLarge, Some(&at), message));
        }
        let body = tokio::fs::read(path).await.map_err(|why| failed(&why))?;
        let digest = json!({ "sha256": hex(&Sha256::digest(&body)) });
        let unchanged = validators == Some(&digest);
        let body = if unchanged { Vec::new() } else { body };
        Ok(Self {
            at,
            body,
            content_type: None,
            validators: Some(digest),
            unchanged,
            moved_to: None,
        })
    }

    /// The document as text; never fails.
    pub(super) fn text(&self) -> String {
        crate::fetch::decode(&self.body, self.content_type.as_deref())
    }

    /// Fills in what the poll's result tells of the document.
    pub(super) fn seal(self, kind: SourceKind, fetched: Fetched) -> Fetched {
        Fetched {
            unchanged: self.unchanged,
            bytes: self.body.len() as u64,
            validators: self.validators,
            moved_to: self.moved_to.map(|url| SourceAddress {
                kind,
                address: url.into(),
            }),
            // Nothing changed since a poll that kept its validators, and only whole answers keep theirs.
            complete: fetched.complete || self.unchanged,
            ..fetched
        }
    }
}

impl From<Answer> for Document {
    fn from(answer: Answer) -> Self {
        Self {
            at: answer.final_url.to_string(),
            body: answer.body.to_vec(),
            content_type: answer.content_type,
            validators: answer.validators,
            unchanged: answer.not_modified,
            moved_to: answer.moved_permanently_to,
        }
    }
}

/// The path that an address names, if files may be read at all.
pub(super) fn file_path(ctx: &FetchContext, address: &str) -> Result<PathBuf, SourceError> {
    if !ctx.local_files {
        let message = "Files of the server cannot be sources here. Give a web address, or ask the operator to add the file.";
        return Err(error(SourceErrorKind::File, None, message));
    }
    match address.strip_prefix("file://") {
        None => Ok(PathBuf::from(address)),
        Some(_) => Url::parse(address)
            .ok()
            .and_then(|url| url.to_file_path().ok())
            .ok_or_else(|| {
                error(
                    SourceErrorKind::BadAddress,
                    Some(address),
                    format!("{address} names no file of this machine. Give its path."),
                )
            }),
    }
}
