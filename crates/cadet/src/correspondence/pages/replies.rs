//! Answers of employers: proposals, and the folder that is read.

use askama::Template;
use serde::Deserialize;

use super::super::actions::{self, ReadReport};
use super::super::attribute::Pursuit;
use super::super::model::{Reply, ReplyId, ReplyMailbox, ReplyState};
use super::super::pursuits;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::flash::local_path;
use crate::web::{Flash, Form, Layout, Path, Problem, Redirect, Upload, View};

/// Answers shown of each kind.
const SHOWN: u64 = 100;
const PAGE: &str = "/mail/replies";

#[derive(Template)]
#[template(path = "correspondence/pages/replies.html")]
pub(super) struct RepliesPage {
    layout: Layout,
    proposed: Vec<Reply>,
    decided: Vec<Reply>,
    pursuits: Vec<Pursuit>,
    mailbox: Option<ReplyMailbox>,
    may_name: bool,
    back: &'static str,
}

impl RepliesPage {
    /// The application that a proposal is about, in words.
    fn about(&self, reply: &Reply) -> Option<String> {
        let found = self
            .pursuits
            .iter()
            .find(|one| Some(one.id) == reply.application);
        found.map(Pursuit::name)
    }

    fn stage(&self, reply: &Reply) -> &'static str {
        pursuits::stage_after(reply.kind).label()
    }

    fn is_dismissed(&self, reply: &Reply) -> bool {
        reply.state == ReplyState::Dismissed
    }
}

pub(super) async fn list(ctx: Ctx, layout: Layout) -> Result<View<RepliesPage>> {
    let all = actions::reply_list(&ctx, None, i64::MAX, SHOWN).await?;
    let waits = |reply: &Reply| reply.state == ReplyState::Proposed;
    Ok(View(RepliesPage {
        layout: layout.titled("Answers of employers"),
        proposed: actions::replies_open(&ctx, SHOWN).await?,
        decided: all.into_iter().filter(|reply| !waits(reply)).collect(),
        pursuits: pursuits::pursuits(&ctx).await?,
        mailbox: actions::mailbox_get(&ctx).await?,
        may_name: ctx.require_admin().is_ok(),
        back: PAGE,
    }))
}

/// Which application, and where to go on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DecisionForm {
    application: String,
    back: String,
}

impl DecisionForm {
    fn back(&self) -> &str {
        if self.back.is_empty() {
            PAGE
        } else {
            local_path(&self.back)
        }
    }
}

pub(super) async fn accept(
    ctx: Ctx,
    Path(id): Path<ReplyId>,
    Form(form): Form<DecisionForm>,
) -> Result<Redirect> {
    let application = form.application.trim().parse().ok();
    let done = actions::reply_accept(&ctx, id, application).await;
    Redirect::after(
        done,
        form.back(),
        "The application is moved. Undo is on its page.",
    )
}

pub(super) async fn dismiss(
    ctx: Ctx,
    Path(id): Path<ReplyId>,
    Form(form): Form<DecisionForm>,
) -> Result<Redirect> {
    let done = actions::reply_dismiss(&ctx, id).await;
    Redirect::after(
        done,
        form.back(),
        "The proposal is let go. It can be brought back under Answers.",
    )
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<ReplyId>) -> Result<Redirect> {
    let done = actions::reply_restore(&ctx, id).await;
    Redirect::after(done, PAGE, "The proposal is back.")
}

/// The folder's address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MailboxForm {
    address: String,
}

pub(super) async fn set_mailbox(ctx: Ctx, Form(form): Form<MailboxForm>) -> Result<Redirect> {
    match actions::mailbox_set(&ctx, &form.address).await {
        Err(Error::Source(error)) => Ok(Redirect::to(PAGE).with(Flash::error(error.message))),
        done => Redirect::after(
            done,
            PAGE,
            "The folder is read every five minutes from now on.",
        ),
    }
}

pub(super) async fn remove_mailbox(ctx: Ctx) -> Result<Redirect> {
    let done = actions::mailbox_remove(&ctx).await;
    Redirect::after(done, PAGE, "The folder is read no more.")
}

pub(super) async fn check(ctx: Ctx) -> Result<Redirect> {
    match actions::mailbox_check(&ctx).await {
        Ok(report) => Ok(Redirect::to(PAGE).with(Flash::ok(report.words()))),
        Err(Error::Source(error)) => Ok(Redirect::to(PAGE).with(Flash::error(error.message))),
        Err(error) => Redirect::after(Err::<(), _>(error), PAGE, ""),
    }
}

pub(super) async fn read(
    ctx: Ctx,
    upload: std::result::Result<Upload, Problem>,
) -> Result<Redirect> {
    let upload = upload.map_err(|problem| Error::invalid(problem.detail))?;
    let bytes = upload.file.map(|file| file.bytes).unwrap_or_default();
    let done = actions::replies_read(&ctx, &bytes).await;
    let words = done.as_ref().map(ReadReport::words).unwrap_or_default();
    Redirect::after(done, PAGE, &words)
}
