//! Correspondence: mail that a person writes to people, and what employers answer.
//!
//! Input: drafts with attachments; mails of a folder that the person names. Output: a draft as `mailto:`, as a file or sent over
//! the configured server after a look at exactly what goes; and proposals to move applications on.
//! Invariants: nothing is sent unasked, and only what was looked at; a mail that is sent again after a crash is the same one
//! (`Message-ID`, date and every byte); a mailbox is only read; of a mail nothing is kept but who wrote, the subject, the sentence
//! that says something, and why, without addresses of links and codes; an answer only proposes, and the person moves.

pub mod actions;
pub mod api;
pub mod attribute;
pub mod classify;
pub mod commands;
pub mod draft;
pub mod entity;
pub mod jobs;
pub mod letter;
pub mod message;
pub mod model;
pub mod pages;
mod phrases;
pub mod pursuits;
pub mod redact;
pub mod store;

use crate::web::Routes;

/// All routes of this feature.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(pages::routes()).merge(api::routes())
}
