//! Pages of applications. Plain forms that work without a script; the script adds dragging on the board.

mod board;
mod bulk;
mod calendar;
mod forms;
mod imports;
mod list;
mod new;
mod offers;
pub mod panel;
mod settings;
mod show;
mod statistics;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;

use super::freeze::FILE_MOST;
use super::imports::table::BYTES_MOST;
use crate::web::Routes;

/// Most bytes of a form that brings a table: the table three times over, since a form writes some letters with three signs.
const TABLE_FORM_MOST: usize = BYTES_MOST * 3;

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
        .get("/applications/calendar", calendar::show)
        .post("/applications/calendar", calendar::renew)
        .post("/applications/calendar/revoke", calendar::revoke)
        .get("/applications/calendar.ics", calendar::whole)
        .get("/calendar/{file}", calendar::feed)
        .get("/applications/statistics", statistics::show)
        .get("/applications/statistics/{file}", statistics::file)
        .get("/applications/import", imports::show)
        .post(
            "/applications/import",
            imports::preview.layer(DefaultBodyLimit::max(TABLE_FORM_MOST)),
        )
        .post(
            "/applications/import/run",
            imports::run.layer(DefaultBodyLimit::max(TABLE_FORM_MOST)),
        )
        .post("/applications/import/undo", imports::undo)
        .get("/applications/export", imports::export)
        .get("/applications/{id}/calendar/{file}", calendar::item)
        .get("/applications/{id}", show::show)
        .get("/applications/{id}/files/{file}", show::file)
        .post("/applications/{id}/move", forms::moves::go)
        .post("/applications/{id}/undo", forms::moves::undo)
        .post("/applications/{id}/correct", forms::moves::correct)
        .post("/applications/{id}/freeze", forms::moves::freeze)
        .post(
            "/applications/{id}/files",
            forms::moves::keep_file.layer(DefaultBodyLimit::max(FILE_MOST + TABLE_FORM_MOST / 10)),
        )
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
