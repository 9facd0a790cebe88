//! What the buttons of a posting's page send: it is not the same opening, it is the same as another, undo.

use serde::Deserialize;

use super::actions::{opening_join, opening_split, opening_undo, posting_named};
use super::model::DecisionId;
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::state::Ctx;
use crate::web::flash::local_path;
use crate::web::{Flash, Form, Path, Redirect, Routes};

#[derive(Debug, Deserialize)]
struct BackForm {
    #[serde(default)]
    back: String,
}

#[derive(Debug, Deserialize)]
struct JoinForm {
    posting: String,
}

async fn split(
    ctx: Ctx,
    Path(id): Path<PostingId>,
    Form(form): Form<BackForm>,
) -> Result<Redirect> {
    let done = "They are kept apart from now on. You can undo that below.";
    Redirect::after(opening_split(&ctx, id).await, local_path(&form.back), done)
}

async fn join(ctx: Ctx, Path(id): Path<PostingId>, Form(form): Form<JoinForm>) -> Result<Redirect> {
    let page = format!("/postings/{id}");
    let joined = match posting_named(&ctx, &form.posting).await {
        Ok(other) => opening_join(&ctx, id, other).await,
        Err(error) => Err(error),
    };
    if let Err(Error::NotFound { .. }) = joined {
        let text = "There is no posting of that number or address here.";
        return Ok(Redirect::to(page).with(Flash::error(text)));
    }
    Redirect::after(
        joined,
        &page,
        "They are one opening now. You can undo that below.",
    )
}

async fn undo(
    ctx: Ctx,
    Path(id): Path<DecisionId>,
    Form(form): Form<BackForm>,
) -> Result<Redirect> {
    let done = "That is undone. The rules say again what belongs together.";
    Redirect::after(opening_undo(&ctx, id).await, local_path(&form.back), done)
}

/// What the forms send to.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .post("/openings/{id}/split", split)
        .post("/openings/{id}/join", join)
        .post("/openings/decisions/{id}/undo", undo)
}
