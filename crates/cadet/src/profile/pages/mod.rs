//! The pages of the profile.

mod aims;
pub(super) mod editor;
mod export;
mod history;
mod preview;

use crate::web::Routes;

/// The routes of the pages.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/profile", editor::show)
        .post("/profile", editor::save)
        .get("/profile/sample", editor::sample)
        .post("/profile/sample", editor::begin_with_sample)
        .get("/profile/aims", aims::show)
        .post("/profile/aims", aims::save)
        .get("/profile/export", export::download)
        .get("/profile/history", history::list)
        .get("/profile/history/{id}", history::show)
        .post("/profile/history/{id}/restore", history::restore)
        .post("/profile/undo", history::undo)
        .post("/profile/redo", history::redo)
}
