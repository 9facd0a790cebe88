//! The profile in the REST interface.

use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use resume::Note;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::UtoipaMethodRouterExt as _;
use utoipa_axum::routes;

use super::actions::{profile_now, profile_revise, revision_get, revision_list, revision_restore};
use super::checks::{Problem as Check, problems};
use super::differences::{Difference, differences};
use super::export::{document, read_value};
use super::imports::actions::{import_get, import_read, import_take};
use super::imports::model::{Import, ImportId, Stage};
use super::merge::{How, merge};
use super::model::{Profile, RevisionId};
use super::revision::{Change, Origin, Revision, Saved};
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::paging::ListParams;
use crate::web::{Json, Page, Path, Problem, Query, Routes};

/// The largest file of an import, in bytes.
const FILE_BYTES: usize = resume::limits::FILE_BYTES + 1;

/// The validator of a revision: what `If-Match` names.
fn tag(revision: Option<RevisionId>) -> String {
    format!("\"r{}\"", revision.unwrap_or(RevisionId::EMPTY))
}

/// The revision that a caller changes, as `If-Match` names it; none: whatever it is now.
fn base(headers: &HeaderMap) -> Result<Option<RevisionId>> {
    let Some(given) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let text = given.to_str().unwrap_or("").trim();
    if text == "*" {
        return Ok(None);
    }
    let number = text
        .trim_start_matches("W/")
        .trim_matches('"')
        .strip_prefix('r');
    let number = number
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| {
            Error::invalid(
                "`If-Match` must be the `ETag` of your profile as you read it, such as \"r12\".",
            )
        })?;
    Ok(Some(RevisionId(number)))
}

fn tagged(revision: Option<RevisionId>, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    if let Ok(value) = HeaderValue::from_str(&tag(revision)) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response
}

/// Your profile as a JSON Resume document, with the aims under `x-aims`. Its `ETag` names the revision.
#[utoipa::path(get, path = "/api/v1/profile", tag = "profile", operation_id = "profileShow",
    responses((status = 200, description = "The document; `{}` and little more before anything was written.", body = Value)))]
async fn show(ctx: Ctx) -> Result<Response> {
    let (revision, profile) = profile_now(&ctx).await?;
    let id = revision.map(|revision| revision.id);
    Ok(tagged(id, Json(document(&profile)?)))
}

/// What became of a profile that was sent.
#[derive(Debug, Serialize, ToSchema)]
struct ProfileSaved {
    /// The revision that is your profile now; 0 before anything was written.
    revision: RevisionId,
    /// What was changed on the way: keys with other names, dates written differently.
    notes: Vec<String>,
    /// What seems wrong or left over.
    problems: Vec<Check>,
}

/// Make a JSON Resume document your profile. With `If-Match` it is refused (412) when the profile changed since, and what was
/// sent is kept beside it as a revision.
#[utoipa::path(put, path = "/api/v1/profile", tag = "profile", operation_id = "profileReplace",
    params(("If-Match" = Option<String>, Header, description = "The `ETag` of the profile that you changed.")),
    request_body(content = Value, description = "A JSON Resume document."),
    responses((status = 200, description = "It is your profile.", body = ProfileSaved),
        (status = 412, description = "The profile changed since; what was sent is kept beside it.", body = Problem)))]
async fn replace(ctx: Ctx, headers: HeaderMap, Json(sent): Json<Value>) -> Result<Response> {
    let base = base(&headers)?;
    let read = read_value(&sent)?;
    let (_, current) = profile_now(&ctx).await?;
    let (profile, _) = merge(&current, (&read.profile, read.own), How::Replace)?;
    let mut change = Change::new(Origin::Api, "");
    change.base = base;
    match profile_revise(&ctx, profile.clone(), change).await? {
        Saved::Aside { kept, .. } => Ok(refused(kept.id)),
        Saved::Stored(revision) => saved(Some(&revision), &profile, read.notes),
        Saved::Unchanged(revision) => saved(revision.as_ref(), &profile, read.notes),
    }
}

fn saved(revision: Option<&Revision>, profile: &Profile, notes: Vec<Note>) -> Result<Response> {
    let revision = revision.map_or(RevisionId::EMPTY, |revision| revision.id);
    let body = ProfileSaved {
        revision,
        notes: notes.into_iter().map(|note| note.message).collect(),
        problems: problems(profile)?,
    };
    Ok(tagged(Some(revision), Json(body)))
}

fn refused(kept: RevisionId) -> Response {
    let detail = format!(
        "The profile changed since you read it. What you sent is kept beside it as revision {kept}: look at /api/v1/profile/history/{kept}, read the profile again and repeat your change."
    );
    Problem::new(StatusCode::PRECONDITION_FAILED, "changed-meanwhile", detail).into_response()
}

/// The revisions of your profile, the newest first; changes within a few minutes are one.
#[utoipa::path(get, path = "/api/v1/profile/history", tag = "profile", operation_id = "profileHistory", params(ListParams),
    responses((status = 200, description = "A page of revisions.", body = Page<Revision>)))]
async fn history(ctx: Ctx, Query(params): Query<ListParams>) -> Result<Page<Revision>> {
    let limit = params.limit()?;
    let before = match params.after_id()? {
        0 => i64::MAX,
        id => id,
    };
    let found = revision_list(&ctx, RevisionId(before), u64::from(limit) + 1).await?;
    let revisions = found.into_iter().map(|(revision, _)| revision).collect();
    Ok(Page::cut(revisions, limit, |revision: &Revision| {
        revision.id
    }))
}

/// A revision with what it holds.
#[derive(Debug, Serialize, ToSchema)]
struct WholeRevision {
    /// The revision.
    revision: Revision,
    /// The profile as it was, as a JSON Resume document.
    document: Value,
    /// What would change if it became the profile again.
    differences: Vec<Difference>,
}

/// One revision, and how it differs from your profile.
#[utoipa::path(get, path = "/api/v1/profile/history/{id}", tag = "profile", operation_id = "profileRevision",
    params(("id" = RevisionId, Path, description = "The revision's number.")),
    responses((status = 200, description = "The revision.", body = WholeRevision)))]
async fn revision(ctx: Ctx, Path(id): Path<RevisionId>) -> Result<Json<WholeRevision>> {
    let (revision, profile) = revision_get(&ctx, id).await?;
    let (_, now) = profile_now(&ctx).await?;
    Ok(Json(WholeRevision {
        revision,
        document: document(&profile)?,
        differences: differences(&now, &profile)?,
    }))
}

/// Make a revision your profile again, as a new revision.
#[utoipa::path(post, path = "/api/v1/profile/history/{id}/restore", tag = "profile", operation_id = "profileRestore",
    params(("id" = RevisionId, Path, description = "The revision's number.")),
    responses((status = 200, description = "The current revision.", body = Revision)))]
async fn restore(ctx: Ctx, Path(id): Path<RevisionId>) -> Result<Json<Revision>> {
    match revision_restore(&ctx, id).await? {
        Saved::Stored(revision) | Saved::Unchanged(Some(revision)) => Ok(Json(revision)),
        Saved::Unchanged(None) | Saved::Aside { .. } => Err(Error::not_found("revision", id)),
    }
}

/// What to do with a file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ImportParams {
    /// The file's name; only its ending is looked at.
    #[param(example = "resume.json", max_length = 200)]
    name: Option<String>,
    /// Take it over at once: add what is not there yet, or put it in the place of the profile. Without it, the import waits.
    #[param(inline)]
    how: Option<How>,
}

/// A file that was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportRecord {
    /// Its number; its page is `/profile/import/NUMBER`.
    pub id: ImportId,
    /// How far it is.
    pub stage: Stage,
    /// The kind of file, in words.
    pub kind: String,
    /// What was understood, as a JSON Resume document.
    pub understood: Value,
    /// What was changed on the way.
    pub notes: Vec<String>,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl ImportRecord {
    /// The record of an import.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be written.
    pub fn of(import: &Import) -> Result<Self> {
        Ok(Self {
            id: import.id,
            stage: import.stage,
            kind: import.kind.clone(),
            understood: document(&import.understood)?,
            notes: import
                .report
                .notes
                .iter()
                .map(|note| note.message.clone())
                .collect(),
            error: import.error.clone(),
        })
    }
}

/// Read a resume of any kind. It waits to be looked at, unless `how` says to take it over at once.
#[utoipa::path(post, path = "/api/v1/profile/import", tag = "profile", operation_id = "profileImport", params(ImportParams),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file."),
    responses((status = 200, description = "What was understood.", body = ImportRecord)))]
async fn import(
    ctx: Ctx,
    Query(params): Query<ImportParams>,
    file: Bytes,
) -> Result<Json<ImportRecord>> {
    let name = params.name.as_deref().unwrap_or("");
    let mut import = import_read(&ctx, name, file.to_vec()).await?;
    if let Some(error) = import.error {
        return Err(Error::invalid(error));
    }
    if let Some(how) = params.how {
        import_take(&ctx, import.id, how).await?;
        import = import_get(&ctx, import.id).await?;
    }
    Ok(Json(ImportRecord::of(&import)?))
}

/// One import.
#[utoipa::path(get, path = "/api/v1/profile/import/{id}", tag = "profile", operation_id = "profileImportShow",
    params(("id" = ImportId, Path, description = "The import's number.")),
    responses((status = 200, description = "The import.", body = ImportRecord)))]
async fn import_show(ctx: Ctx, Path(id): Path<ImportId>) -> Result<Json<ImportRecord>> {
    Ok(Json(ImportRecord::of(&import_get(&ctx, id).await?)?))
}

/// The operations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .api(routes!(show, replace))
        .api(routes!(history))
        .api(routes!(revision))
        .api(routes!(restore))
        .api(routes!(import).layer(DefaultBodyLimit::max(FILE_BYTES)))
        .api(routes!(import_show))
}
