//! Forms that move an application, take that back, freeze files, and put it to sleep or away.

use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::super::super::actions::{
    MovedTo, action_done, application_archive, application_correct, application_freeze,
    application_move, application_owned, application_snooze, application_undo, time_zone,
};
use super::super::super::dates::{from_morning, happened};
use super::super::super::freeze::{NewFile, media_type};
use super::super::super::model::{ApplicationId, EventId};
use super::{back, page};
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::{Flash, Form, Path, Problem, Redirect, Upload};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct MoveForm {
    to: String,
    at: String,
    why: String,
    back: String,
}

async fn moved(ctx: &Ctx, id: ApplicationId, form: &MoveForm) -> Result<MovedTo> {
    application_owned(ctx, id).await?;
    let at = happened("at", &form.at, &time_zone(ctx).await?, ctx.now())?;
    application_move(ctx, id, form.to.parse()?, at, &form.why).await
}

pub(in super::super) async fn go(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<MoveForm>,
) -> Result<Redirect> {
    match moved(&ctx, id, &form).await {
        Ok(_) if form.back == "/applications" => {
            Ok(Redirect::to(format!("/applications?moved={id}")))
        }
        Ok(done) => Ok(Redirect::to(back(id, &form.back)).with(Flash::ok(told(&done)))),
        Err(problem) => Redirect::after::<()>(Err(problem), &back(id, &form.back), ""),
    }
}

/// What became of a move.
fn told(done: &MovedTo) -> String {
    let frozen = match done.frozen {
        0 => "",
        _ => " What you sent is frozen with it.",
    };
    match done.is_current {
        true => format!("Moved.{frozen}"),
        false => format!(
            "The step is in the history; the application stands where a later step took it.{frozen}"
        ),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct UndoForm {
    event: Option<EventId>,
    back: String,
}

pub(in super::super) async fn undo(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<UndoForm>,
) -> Result<Redirect> {
    let done = application_undo(&ctx, id, form.event).await;
    Redirect::after(done, &back(id, &form.back), "Undone.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct CorrectForm {
    event: i64,
    at: String,
}

async fn corrected(ctx: &Ctx, id: ApplicationId, form: &CorrectForm) -> Result<()> {
    application_owned(ctx, id).await?;
    let at = happened("at", &form.at, &time_zone(ctx).await?, ctx.now())?;
    let at = at.ok_or_else(|| Error::invalid_field("at", "Give the day on which it happened."))?;
    application_correct(ctx, id, EventId(form.event), at).await
}

pub(in super::super) async fn correct(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<CorrectForm>,
) -> Result<Redirect> {
    let done = corrected(&ctx, id, &form).await;
    Redirect::after(done, &page(id), "The date is corrected.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct ArchiveForm {
    archived: String,
}

pub(in super::super) async fn archive(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<ArchiveForm>,
) -> Result<Redirect> {
    let archived = form.archived != "no";
    let done = application_archive(&ctx, id, archived).await;
    let told = if archived {
        "Archived. Nothing of it is lost."
    } else {
        "It is back."
    };
    Redirect::after(done, &page(id), told)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct SnoozeForm {
    until: String,
    back: String,
}

pub(in super::super) async fn snooze(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<SnoozeForm>,
) -> Result<Redirect> {
    let until = from_morning("until", &form.until, &time_zone(&ctx).await?);
    let told = if form.until.is_empty() {
        "It is awake."
    } else {
        "It sleeps until then."
    };
    let done = match until {
        Ok(until) => application_snooze(&ctx, id, until).await,
        Err(problem) => Err(problem),
    };
    Redirect::after(done, &back(id, &form.back), told)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct DoneForm {
    action: String,
    back: String,
}

pub(in super::super) async fn done(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<DoneForm>,
) -> Result<Redirect> {
    let done = action_done(&ctx, id, &form.action).await;
    Redirect::after(done, &back(id, &form.back), "Done.")
}

pub(in super::super) async fn freeze(ctx: Ctx, Path(id): Path<ApplicationId>) -> Result<Redirect> {
    answer(id, application_freeze(&ctx, id, None).await)
}

fn answer(id: ApplicationId, done: Result<usize>) -> Result<Redirect> {
    let told = match &done {
        Ok(0) => "There is nothing new to freeze.".to_owned(),
        Ok(count) => format!("{count} frozen with the application."),
        Err(_) => String::new(),
    };
    Redirect::after(done, &page(id), &told)
}

/// The file or the text that was sent. What is neither has no bytes, which is told where it is looked at.
fn file_of(upload: Upload) -> NewFile {
    let role = upload.field("role").to_owned();
    match upload.file {
        Some(file) => NewFile {
            role,
            media_type: media_type(&file.name).to_owned(),
            name: file.name,
            content: file.bytes.to_vec(),
        },
        None => NewFile {
            name: format!("{role}.txt"),
            role,
            media_type: "text/plain; charset=utf-8".into(),
            content: upload.field("text").trim().as_bytes().to_vec(),
        },
    }
}

pub(in super::super) async fn keep_file(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    upload: Result<Upload, Problem>,
) -> Result<Response> {
    // Whose it is comes before what was sent.
    application_owned(&ctx, id).await?;
    match upload {
        Ok(upload) => {
            let done = application_freeze(&ctx, id, Some(file_of(upload))).await;
            Ok(answer(id, done)?.into_response())
        }
        Err(problem) => Ok(problem.into_response()),
    }
}
