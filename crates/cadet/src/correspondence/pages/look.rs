//! A draft's page: exactly what will go, and the ways in which it can.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::actions::{self, Look};
use super::super::model::{Attachment, DraftId, DraftState};
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Path, Problem, Redirect, Upload, View};

#[derive(Template)]
#[template(path = "correspondence/pages/look.html")]
pub(super) struct LookPage {
    layout: Layout,
    look: Look,
}

impl LookPage {
    fn is_queued(&self) -> bool {
        self.look.draft.state == DraftState::Queued
    }

    fn is_sent(&self) -> bool {
        self.look.draft.state == DraftState::Sent
    }

    fn size(&self) -> String {
        format!("{} KB", self.look.size.div_ceil(1_000))
    }
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<DraftId>,
) -> Result<View<LookPage>> {
    let look = actions::draft_look(&ctx, id).await?;
    let layout = layout.titled(look.draft.title().to_owned());
    Ok(View(LookPage { layout, look }))
}

fn page(id: DraftId) -> String {
    format!("/mail/{id}")
}

pub(super) async fn eml(ctx: Ctx, Path(id): Path<DraftId>) -> Result<Response> {
    let bytes = actions::draft_eml(&ctx, id).await?;
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"mail-{id}.eml\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}

pub(super) async fn attach(
    ctx: Ctx,
    Path(id): Path<DraftId>,
    upload: std::result::Result<Upload, Problem>,
) -> Result<Redirect> {
    // Whose mail it is comes before what is wrong with the form.
    actions::draft_get(&ctx, id).await?;
    let done = match file_of(upload) {
        Ok(file) => actions::draft_attach(&ctx, id, file).await,
        Err(error) => Err(error),
    };
    Redirect::after(done, &page(id), "The file goes along.")
}

fn file_of(upload: std::result::Result<Upload, Problem>) -> Result<Attachment> {
    let upload = upload.map_err(|problem| Error::invalid(problem.detail))?;
    let Some(file) = upload.file else {
        return Err(Error::invalid_field("file", "Choose a file first."));
    };
    Ok(Attachment {
        name: file.name,
        media_type: String::new(),
        origin: "your file".into(),
        bytes: file.bytes.to_vec(),
    })
}

/// Which file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DetachForm {
    file: i64,
}

pub(super) async fn detach(
    ctx: Ctx,
    Path(id): Path<DraftId>,
    Form(form): Form<DetachForm>,
) -> Result<Redirect> {
    let done = match actions::draft_detach(&ctx, id, form.file).await {
        Err(Error::NotFound { what: "file", .. }) => Err(Error::invalid("There is no such file.")),
        other => other,
    };
    Redirect::after(done, &page(id), "The file does not go along any more.")
}

/// What was looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SendForm {
    digest: String,
}

pub(super) async fn send(
    ctx: Ctx,
    Path(id): Path<DraftId>,
    Form(form): Form<SendForm>,
) -> Result<Redirect> {
    let done = actions::draft_send(&ctx, id, &form.digest).await;
    Redirect::after(done, &page(id), "It is on its way. See below how it ends.")
}

pub(super) async fn mark_sent(ctx: Ctx, Path(id): Path<DraftId>) -> Result<Redirect> {
    let done = actions::draft_mark_sent(&ctx, id).await;
    Redirect::after(done, &page(id), "Noted as sent.")
}

pub(super) async fn remove(ctx: Ctx, Path(id): Path<DraftId>) -> Result<Redirect> {
    let done = actions::draft_remove(&ctx, id).await;
    match done {
        Ok(()) => Ok(Redirect::to(format!("/mail?removed={id}"))),
        failed => Redirect::after(failed, &page(id), ""),
    }
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<DraftId>) -> Result<Redirect> {
    actions::draft_restore(&ctx, id).await?;
    Ok(Redirect::to(page(id)).with(Flash::ok("The mail is back.")))
}
