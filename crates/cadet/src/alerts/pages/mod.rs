//! Pages of alerts, and the addresses that work by their secret: feeds and unsubscribing. Plain forms without a script.

mod feeds;
mod form;
mod show;
mod unsubscribe;

use crate::web::Routes;

/// The pages and what their forms send to.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/alerts", show::list)
        .post("/alerts", form::add)
        .get("/alerts/new", form::new)
        .get("/alerts/{id}", show::show)
        .post("/alerts/{id}", form::update)
        .get("/alerts/{id}/edit", form::edit)
        .post("/alerts/{id}/pause", show::pause)
        .post("/alerts/{id}/resume", show::resume)
        .post("/alerts/{id}/run", show::run)
        .post("/alerts/{id}/test", show::test)
        .post("/alerts/{id}/feed", show::renew_feed)
        .post("/alerts/{id}/remove", show::remove)
        .post("/alerts/{id}/restore", show::restore)
        .get("/feeds/{file}", feeds::feed)
        .get("/unsubscribe/{token}", unsubscribe::ask)
        .post("/unsubscribe/{token}", unsubscribe::unsubscribe)
}
