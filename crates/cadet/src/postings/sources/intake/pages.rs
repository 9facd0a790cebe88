//! `/sources/intake/{id}`: how far the boards are that were added together, and which could not be read.

use askama::Template;

use super::actions::{BoardProgress, IntakeDetail, intake_retry, intake_show};
use super::model::{Intake, IntakeId, Origin, Stage};
use crate::error::Result;
use crate::postings::sources::directory::pages::may_change;
use crate::state::Ctx;
use crate::web::{Flash, Layout, Path, Redirect, Routes, View};

#[derive(Template)]
#[template(path = "postings/sources/intake/show.html")]
struct IntakePage {
    layout: Layout,
    intake: Intake,
    failed: Vec<BoardProgress>,
    added: Vec<BoardProgress>,
    may_change: bool,
}

impl IntakePage {
    fn of(layout: Layout, ctx: &Ctx, detail: IntakeDetail) -> Self {
        let boards = |stage: Stage| -> Vec<BoardProgress> {
            let found = detail.boards.iter();
            found
                .filter(|board| board.item.stage == stage)
                .cloned()
                .collect()
        };
        let mut added = boards(Stage::Added);
        added.sort_by_key(|board| std::cmp::Reverse(board.item.found));
        Self {
            layout: layout.titled("Adding sources"),
            failed: boards(Stage::Failed),
            added,
            intake: detail.intake,
            may_change: may_change(ctx),
        }
    }

    fn about(&self) -> String {
        about(self.intake.seconds)
    }

    /// Where the boards were chosen.
    fn back(&self) -> (&'static str, &'static str) {
        match self.intake.origin {
            Origin::Directory => ("/sources/directory", "Employers to choose from"),
            Origin::Discovery => ("/sources/discover", "Boards found in your postings"),
        }
    }
}

/// A length of time in words, as rough as its estimate.
pub(crate) fn about(seconds: u64) -> String {
    match seconds {
        0..=20 => "a few seconds".to_owned(),
        21..=89 => "about a minute".to_owned(),
        90..=5_399 => format!("about {} minutes", seconds.div_ceil(60)),
        _ => format!("about {} hours", (seconds + 1_800) / 3_600),
    }
}

/// The answer to a form that adds boards: the page of their progress, or back with what was wrong.
///
/// # Errors
/// Those that are not about the input.
pub(crate) fn progress_page(started: Result<Intake>, back: &str) -> Result<Redirect> {
    match started {
        Ok(intake) => Ok(Redirect::to(format!("/sources/intake/{}", intake.id))),
        Err(problem) => Redirect::after::<()>(Err(problem), back, ""),
    }
}

async fn show(ctx: Ctx, layout: Layout, Path(id): Path<IntakeId>) -> Result<View<IntakePage>> {
    let detail = intake_show(&ctx, id).await?;
    Ok(View(IntakePage::of(layout, &ctx, detail)))
}

async fn retry(ctx: Ctx, Path(id): Path<IntakeId>) -> Result<Redirect> {
    intake_retry(&ctx, id).await?;
    let told = Flash::ok("Those that could not be read are tried again.");
    Ok(Redirect::to(format!("/sources/intake/{id}")).with(told))
}

/// The page and what its form sends to.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/sources/intake/{id}", show)
        .post("/sources/intake/{id}/retry", retry)
}
