//! Today: what to do next, with reasons, over all parts of Cadet; what is new; the week; one picture of the funnel.
//!
//! Input: what is due of applications, promises, touches and answers, new matches of alerts and of the profile, events. Output:
//! one ordered list and a page that begins with it. Invariants: it only reads; every line says why it is there and leads to
//! where it is done; with nothing at all it says how to begin.

pub mod actions;
pub mod api;
pub mod commands;
pub mod fits;
pub mod model;
pub mod pages;

use crate::web::Routes;

/// All routes of this feature.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().merge(api::routes())
}
