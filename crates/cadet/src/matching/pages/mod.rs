//! What a browser shows of matches: a section on a posting's page, and the page of the gap.

mod gap;
pub mod panel;

use crate::web::Routes;

/// The pages.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/gap", gap::show)
}
