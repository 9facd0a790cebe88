//! Pages of drafts and answers. Plain forms without a script.

mod form;
mod list;
mod look;
mod panel;
mod replies;

pub use panel::MailSection;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;

use crate::web::Routes;

/// Bytes of a form with a file; a little more than all files of a mail may have.
const UPLOAD_LIMIT: usize = 24 * 1024 * 1024;

/// The pages and what their forms send to.
#[must_use]
pub fn routes() -> Routes {
    let upload = DefaultBodyLimit::max(UPLOAD_LIMIT);
    Routes::new()
        .get("/mail", list::list)
        .post("/mail", form::add)
        .get("/mail/new", form::new)
        .get("/mail/replies", replies::list)
        .post("/mail/replies/read", replies::read.layer(upload))
        .post("/mail/replies/check", replies::check)
        .post("/mail/replies/mailbox", replies::set_mailbox)
        .post("/mail/replies/mailbox/remove", replies::remove_mailbox)
        .post("/mail/replies/{id}/accept", replies::accept)
        .post("/mail/replies/{id}/dismiss", replies::dismiss)
        .post("/mail/replies/{id}/restore", replies::restore)
        .get("/mail/{id}", look::show)
        .post("/mail/{id}", form::update)
        .get("/mail/{id}/edit", form::edit)
        .get("/mail/{id}/message.eml", look::eml)
        .post("/mail/{id}/attach", look::attach.layer(upload))
        .post("/mail/{id}/detach", look::detach)
        .post("/mail/{id}/send", look::send)
        .post("/mail/{id}/sent", look::mark_sent)
        .post("/mail/{id}/remove", look::remove)
        .post("/mail/{id}/restore", look::restore)
}
