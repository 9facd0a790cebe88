//! What one can do with applications. Each acts on the caller's own.

mod alike;
mod begin;
mod bulk;
mod details;
mod due;
mod moves;
mod read;
mod recording;
mod rounds;

pub use alike::application_alike;
pub use begin::{application_add, application_begin};
pub use bulk::{BulkChange, BulkDone, application_bulk, application_bulk_undo};
pub use details::{
    application_archive, application_choices, application_choices_set, application_details_set,
    application_note_set, application_person_remove, application_person_set, application_review,
    application_snooze, application_task_remove, application_task_set,
};
pub use due::{action_done, actions_due, actions_due_count, mail_sent};
pub use moves::{
    MovedTo, application_correct, application_file, application_freeze, application_move,
    application_undo,
};
pub use read::{
    Board, BoardColumn, ListPage, application_board, application_list, application_log_page,
    application_of_posting, application_offers, application_owned, application_rebuild,
    application_show, application_stages, application_summaries,
};
pub use rounds::{
    application_offer_set, application_round_cancel, application_round_outcome,
    application_round_set,
};

use crate::accounts::actions::account_get;
use crate::error::Result;
use crate::state::Ctx;

/// The IANA time zone of the caller's settings.
///
/// # Errors
/// From the database.
pub async fn time_zone(ctx: &Ctx) -> Result<String> {
    Ok(account_get(ctx).await?.settings.time_zone)
}
