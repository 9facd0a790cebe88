//! The profile as a file to keep.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::actions::profile_current;
use super::super::export::{Format, profile_file};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::Query;

/// What the address says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExportQuery {
    /// `json`, `pdf`, `docx`, `html`, `md` or `txt`.
    format: String,
}

pub(super) async fn download(ctx: Ctx, Query(query): Query<ExportQuery>) -> Result<Response> {
    let format: Format = query.format.parse()?;
    let bytes = profile_file(&ctx, profile_current(&ctx).await?, format).await?;
    let name = format!("attachment; filename=\"resume.{}\"", format.suffix());
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}
