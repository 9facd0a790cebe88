//! Pages of contacts: people, companies, events, files, and the section on a posting's page. Plain forms without a script.

mod companies;
mod events;
mod files;
mod form;
mod list;
mod panel;
mod show;

pub use panel::PeoplePanel;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;

use crate::web::Routes;

/// Bytes of a file of contacts with the form around it; photographs may be among them.
const UPLOAD_LIMIT: usize = 34 * 1024 * 1024;

/// The pages and what their forms send to.
#[must_use]
pub fn routes() -> Routes {
    let upload = DefaultBodyLimit::max(UPLOAD_LIMIT);
    Routes::new()
        .get("/contacts", list::list)
        .post("/contacts", form::add)
        .get("/contacts/new", form::new)
        .get("/contacts/import", files::ask)
        .post("/contacts/import", files::import.layer(upload))
        .get("/contacts.vcf", files::all)
        .get("/contacts/companies", companies::list)
        .get("/contacts/companies/{name}", companies::show)
        .post("/contacts/companies/{name}", companies::save)
        .get("/contacts/events", events::list)
        .post("/contacts/events", events::add)
        .get("/contacts/events/{id}", events::show)
        .post("/contacts/events/{id}", events::update)
        .post("/contacts/events/{id}/remove", events::remove)
        .post("/contacts/events/{id}/restore", events::restore)
        .post("/contacts/events/{id}/people", events::add_person)
        .post("/contacts/events/{id}/people/remove", events::remove_person)
        .get("/contacts/{id}", show::show)
        .post("/contacts/{id}", form::update)
        .get("/contacts/{id}/edit", form::edit)
        .get("/contacts/{id}/card.vcf", files::one)
        .post("/contacts/{id}/entries", show::add_entry)
        .post("/contacts/{id}/entries/correct", show::correct_entry)
        .post("/contacts/{id}/promises", show::add_promise)
        .post("/contacts/{id}/touch", show::set_touch)
        .post("/contacts/{id}/merge", show::merge)
        .post("/contacts/{id}/remove", show::remove)
        .post("/contacts/{id}/restore", show::restore)
        .post("/contacts/promises/{id}/done", show::promise_done)
        .post("/contacts/promises/{id}/open", show::promise_open)
        .post("/contacts/promises/{id}/remove", show::promise_remove)
        .post("/contacts/merges/{id}/undo", show::merge_undo)
}
