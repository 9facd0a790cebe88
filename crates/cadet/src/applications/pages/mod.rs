//! Pages of applications. Plain forms that work without a script; the script adds dragging on the board.

mod board;
mod bulk;
mod forms;
mod list;
mod new;
mod offers;
pub mod panel;
mod settings;
mod show;

use crate::web::Routes;

/// The pages and what their forms send to.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/applications", board::show)
        .post("/applications", new::add)
        .get("/applications/list", list::show)
        .get("/applications/new", new::show)
        .get("/applications/due", board::due)
        .get("/applications/offers", offers::show)
        .post("/applications/offers", offers::weigh)
        .get("/applications/settings", settings::show)
        .post("/applications/settings", settings::keep)
        .post("/applications/begin", new::begin)
        .post("/applications/bulk", bulk::change)
        .post("/applications/bulk/undo", bulk::undo)
        .get("/applications/{id}", show::show)
        .get("/applications/{id}/files/{file}", show::file)
        .post("/applications/{id}/move", forms::moves::go)
        .post("/applications/{id}/undo", forms::moves::undo)
        .post("/applications/{id}/correct", forms::moves::correct)
        .post("/applications/{id}/freeze", forms::moves::freeze)
        .post("/applications/{id}/archive", forms::moves::archive)
        .post("/applications/{id}/snooze", forms::moves::snooze)
        .post("/applications/{id}/done", forms::moves::done)
        .post("/applications/{id}/details", forms::details)
        .post("/applications/{id}/notes", forms::note)
        .post("/applications/{id}/tasks", forms::task)
        .post("/applications/{id}/people", forms::person)
        .post("/applications/{id}/review", forms::review)
        .post("/applications/{id}/rounds", forms::rounds::set)
        .post("/applications/{id}/offer", forms::rounds::offer)
}
