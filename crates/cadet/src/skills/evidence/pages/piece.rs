//! `/evidence/{id}`: one piece, what became of it, and its buttons.

use askama::Template;
use serde::Deserialize;

use super::super::actions::{evidence_restore, evidence_show, evidence_withdraw};
use super::super::check::{Outcome, evidence_check};
use super::super::model::{EvidenceId, Recorded};
use crate::error::Result;
use crate::skills::Taxonomy;
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Path, Redirect, View};

#[derive(Template)]
#[template(path = "skills/evidence/pages/piece.html")]
pub(super) struct PiecePage {
    layout: Layout,
    row: Recorded,
}

impl PiecePage {
    fn skill(&self) -> &str {
        let id = self.row.evidence.skill.as_str();
        Taxonomy::bundled().name_of(id).unwrap_or(id)
    }

    fn percent(&self) -> u8 {
        (self.row.evidence.strength * 100.0).round() as u8
    }

    fn origin(&self) -> &str {
        match self.row.origin.split_once(':') {
            Some(("repository", _)) => "a scan of a repository",
            Some(("public", address)) => address,
            _ if self.row.origin == "profile" => "your profile",
            _ => "your statement",
        }
    }
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<EvidenceId>,
) -> Result<View<PiecePage>> {
    let row = evidence_show(&ctx, id).await?;
    let layout = layout.titled("Evidence");
    Ok(View(PiecePage { layout, row }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WithdrawForm {
    why: String,
}

pub(super) async fn withdraw(
    ctx: Ctx,
    Path(id): Path<EvidenceId>,
    Form(form): Form<WithdrawForm>,
) -> Result<Redirect> {
    match evidence_withdraw(&ctx, id, &form.why).await {
        Ok(row) => Ok(Redirect::to(format!(
            "/evidence?withdrawn={}",
            row.evidence.id
        ))),
        failed => Redirect::after(failed, &format!("/evidence/{id}"), ""),
    }
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<EvidenceId>) -> Result<Redirect> {
    let done = evidence_restore(&ctx, id).await;
    Redirect::after(done, "/evidence", "It counts again.")
}

pub(super) async fn check(ctx: Ctx, Path(id): Path<EvidenceId>) -> Result<Redirect> {
    let checked = evidence_check(&ctx, id).await?;
    let told = match checked.outcome {
        Outcome::Fails => Flash::error(checked.detail),
        Outcome::Holds | Outcome::ByHand => Flash::ok(checked.detail),
    };
    Ok(Redirect::to(format!("/evidence/{id}")).with(told))
}
