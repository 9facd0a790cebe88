//! Pages of documents: the list, a document with its preview and reasons, the paragraphs of letters, and the panel on a posting's
//! page. Plain forms that work without a script.

mod list;
mod panel;
mod paragraphs;
mod show;

pub use panel::DocumentPanel;
pub(super) use show::answer as file_answer;

use crate::web::Routes;

/// The pages and what their forms send to.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/documents", list::list)
        .post("/documents", list::make)
        .get("/documents/paragraphs", paragraphs::list)
        .post("/documents/paragraphs", paragraphs::add)
        .post("/documents/paragraphs/adopt", paragraphs::adopt)
        .post("/documents/paragraphs/{id}", paragraphs::change)
        .post("/documents/paragraphs/{id}/remove", paragraphs::remove)
        .post("/documents/paragraphs/{id}/restore", paragraphs::restore)
        .get("/documents/{id}", show::show)
        .post("/documents/{id}/again", show::again)
        .post("/documents/{id}/decide", show::decide)
        .post("/documents/{id}/propose", show::propose)
        .post("/documents/{id}/remove", show::remove)
        .post("/documents/{id}/restore", show::restore)
        .get("/documents/{id}/files/{file}", show::file)
        .post("/documents/proposals/{id}/approve", show::approve)
        .post("/documents/proposals/{id}/decline", show::decline)
}
