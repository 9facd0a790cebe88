//! Drafts and answers in the REST interface.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::actions::{self, DraftAbout, Look, ReadReport};
use super::draft::DraftInput;
use super::model::{Attachment, Draft, DraftId, Reply, ReplyId};
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::paging::ListParams;
use crate::web::{Json, Page, Path, Query, Routes};

/// A draft as a program gives it; what is absent of a change stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct DraftBody {
    /// To whom, separated by commas.
    #[schema(example = "Mira Okafor <mira@example.org>")]
    to: Option<String>,
    /// Who gets a copy.
    cc: Option<String>,
    /// The subject.
    subject: Option<String>,
    /// The text.
    body: Option<String>,
    /// The contact that it is to; of a new one only.
    contact: Option<i64>,
    /// The application that it is about; of a new one only.
    application: Option<i64>,
    /// The document that goes with it; of a new one only.
    document: Option<i64>,
}

impl DraftBody {
    fn about(&self) -> DraftAbout {
        DraftAbout {
            contact: self.contact,
            application: self.application,
            document: self.document,
            ..DraftAbout::default()
        }
    }

    fn over(self, before: DraftInput) -> DraftInput {
        DraftInput {
            to: self.to.unwrap_or(before.to),
            cc: self.cc.unwrap_or(before.cc),
            subject: self.subject.unwrap_or(before.subject),
            body: self.body.unwrap_or(before.body),
        }
    }
}

/// Your drafts and sent mails, those changed last first.
#[utoipa::path(get, path = "/api/v1/mail", tag = "mail", operation_id = "mailList", params(ListParams),
    responses((status = 200, description = "A page of mails.", body = Page<Draft>)))]
async fn mail_list(ctx: Ctx, Query(params): Query<ListParams>) -> Result<Page<Draft>> {
    let limit = params.limit()?;
    let skip = u64::try_from(params.after_id()?).unwrap_or(0);
    let found = actions::draft_list(&ctx, skip, u64::from(limit) + 1).await?;
    let next = skip + u64::from(limit);
    Ok(Page::cut(found, limit, |_| next))
}

/// Write a draft. Nothing is sent.
#[utoipa::path(post, path = "/api/v1/mail", tag = "mail", operation_id = "mailAdd", request_body = DraftBody,
    responses((status = 201, description = "The draft.", body = Draft)))]
async fn mail_add(ctx: Ctx, Json(body): Json<DraftBody>) -> Result<Response> {
    let about = body.about();
    let input = body.over(actions::draft_begin(&ctx, &about).await?);
    let draft = actions::draft_add(&ctx, &about, &input).await?;
    Ok((StatusCode::CREATED, Json(draft)).into_response())
}

/// Exactly what one of your drafts would send.
#[utoipa::path(get, path = "/api/v1/mail/{id}", tag = "mail", operation_id = "mailGet",
    params(("id" = DraftId, Path, description = "The mail's number.")),
    responses((status = 200, description = "The draft with its headers.", body = Look)))]
async fn mail_get(ctx: Ctx, Path(id): Path<DraftId>) -> Result<Json<Look>> {
    Ok(Json(actions::draft_look(&ctx, id).await?))
}

/// Change one of your drafts.
#[utoipa::path(patch, path = "/api/v1/mail/{id}", tag = "mail", operation_id = "mailUpdate", request_body = DraftBody,
    params(("id" = DraftId, Path, description = "The mail's number.")),
    responses((status = 200, description = "The changed draft.", body = Draft)))]
async fn mail_update(
    ctx: Ctx,
    Path(id): Path<DraftId>,
    Json(body): Json<DraftBody>,
) -> Result<Json<Draft>> {
    let before = actions::draft_get(&ctx, id).await?;
    let input = body.over(DraftInput::of(&before));
    Ok(Json(actions::draft_update(&ctx, id, &input).await?))
}

/// Remove one of your mails.
#[utoipa::path(delete, path = "/api/v1/mail/{id}", tag = "mail", operation_id = "mailRemove",
    params(("id" = DraftId, Path, description = "The mail's number.")),
    responses((status = 204, description = "It is removed.")))]
async fn mail_remove(ctx: Ctx, Path(id): Path<DraftId>) -> Result<StatusCode> {
    actions::draft_remove(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One of your mails as a file that mail programs open.
#[utoipa::path(get, path = "/api/v1/mail/{id}/message", tag = "mail", operation_id = "mailMessage",
    params(("id" = DraftId, Path, description = "The mail's number.")),
    responses((status = 200, description = "The message.", content_type = "message/rfc822", body = String)))]
async fn mail_message(ctx: Ctx, Path(id): Path<DraftId>) -> Result<Response> {
    let bytes = actions::draft_eml(&ctx, id).await?;
    Ok(([(header::CONTENT_TYPE, "message/rfc822")], bytes).into_response())
}

/// A file.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct FileBody {
    /// Its name.
    #[schema(example = "resume.pdf")]
    name: String,
    /// The media type; by the name's suffix if absent.
    media_type: String,
    /// What is in it, in Base64.
    base64: String,
}

/// Add a file to one of your drafts.
#[utoipa::path(post, path = "/api/v1/mail/{id}/files", tag = "mail", operation_id = "mailAttach", request_body = FileBody,
    params(("id" = DraftId, Path, description = "The mail's number.")),
    responses((status = 200, description = "The draft.", body = Draft)))]
async fn mail_attach(
    ctx: Ctx,
    Path(id): Path<DraftId>,
    Json(body): Json<FileBody>,
) -> Result<Json<Draft>> {
    actions::draft_get(&ctx, id).await?;
    let bytes = STANDARD.decode(body.base64.as_bytes());
    let bytes = bytes.map_err(|_| Error::invalid_field("base64", "This is not Base64."))?;
    let (name, media_type, origin) = (body.name, body.media_type, "your file".into());
    let file = Attachment {
        name,
        media_type,
        origin,
        bytes,
    };
    Ok(Json(actions::draft_attach(&ctx, id, file).await?))
}

/// What was looked at.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct SendBody {
    /// `digest` of what was looked at, so that nothing else is sent.
    digest: String,
}

/// Send one of your drafts over the configured mail server.
#[utoipa::path(post, path = "/api/v1/mail/{id}/send", tag = "mail", operation_id = "mailSend", request_body = SendBody,
    params(("id" = DraftId, Path, description = "The mail's number.")),
    responses((status = 200, description = "The mail, on its way.", body = Draft)))]
async fn mail_send(
    ctx: Ctx,
    Path(id): Path<DraftId>,
    Json(body): Json<SendBody>,
) -> Result<Json<Draft>> {
    Ok(Json(actions::draft_send(&ctx, id, &body.digest).await?))
}

/// What employers answered, the last first.
#[utoipa::path(get, path = "/api/v1/replies", tag = "mail", operation_id = "replyList", params(ListParams),
    responses((status = 200, description = "A page of answers with what they propose.", body = Page<Reply>)))]
async fn reply_list(ctx: Ctx, Query(params): Query<ListParams>) -> Result<Page<Reply>> {
    let limit = params.limit()?;
    let before = match params.after_id()? {
        0 => i64::MAX,
        id => id,
    };
    let found = actions::reply_list(&ctx, None, before, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |reply: &Reply| reply.id))
}

/// Which application.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct AcceptBody {
    /// The application, where the proposal names none.
    application: Option<i64>,
}

/// What was moved.
#[derive(Debug, Serialize, ToSchema)]
struct Accepted {
    /// The application.
    application: i64,
}

/// Accept a proposal: the application is moved.
#[utoipa::path(post, path = "/api/v1/replies/{id}/accept", tag = "mail", operation_id = "replyAccept", request_body = AcceptBody,
    params(("id" = ReplyId, Path, description = "The answer's number.")),
    responses((status = 200, description = "The application that was moved.", body = Accepted)))]
async fn reply_accept(
    ctx: Ctx,
    Path(id): Path<ReplyId>,
    Json(body): Json<AcceptBody>,
) -> Result<Json<Accepted>> {
    let application = actions::reply_accept(&ctx, id, body.application).await?;
    Ok(Json(Accepted { application }))
}

/// Let a proposal go.
#[utoipa::path(post, path = "/api/v1/replies/{id}/dismiss", tag = "mail", operation_id = "replyDismiss",
    params(("id" = ReplyId, Path, description = "The answer's number.")),
    responses((status = 204, description = "It is let go.")))]
async fn reply_dismiss(ctx: Ctx, Path(id): Path<ReplyId>) -> Result<StatusCode> {
    actions::reply_dismiss(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A mail.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct MailBody {
    /// The message, or an mbox, as text.
    #[schema(
        example = "From: jobs@example.org\nSubject: Your application\n\nWe received your application.\n"
    )]
    message: String,
}

/// Read a mail for what it says of your applications.
#[utoipa::path(post, path = "/api/v1/replies", tag = "mail", operation_id = "replyRead", request_body = MailBody,
    responses((status = 200, description = "What it brought.", body = ReadReport)))]
async fn reply_read(ctx: Ctx, Json(body): Json<MailBody>) -> Result<Json<ReadReport>> {
    Ok(Json(
        actions::replies_read(&ctx, body.message.as_bytes()).await?,
    ))
}

/// The operations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .api(routes!(mail_list, mail_add))
        .api(routes!(mail_get, mail_update, mail_remove))
        .api(routes!(mail_message))
        .api(routes!(mail_attach))
        .api(routes!(mail_send))
        .api(routes!(reply_list, reply_read))
        .api(routes!(reply_accept))
        .api(routes!(reply_dismiss))
}
