//! What one can do with contacts. Each acts on the caller's own.

mod companies;
mod events;
mod exchange;
mod joining;
mod log;
mod people;

pub use companies::{
    CompanyDetail, companies_known, company_list, company_save, company_show, people_at,
};
pub use events::{
    EventLists, event_get, event_list, event_person_add, event_person_named, event_person_remove,
    event_remove, event_restore, event_save, events_between,
};
pub use exchange::{FileKind, Imported, contact_export, contact_import};
pub use joining::{contact_merge, merge_undo};
pub use log::{
    EntryInput, PromiseInput, entry_add, entry_correct, entry_record, promise_add, promise_done,
    promise_remove, promise_restore, promises_due, touch_set, touches_due,
};
pub use people::{
    ContactDetail, ContactPage, ContactQuery, contact_add, contact_after, contact_by_mail,
    contact_get, contact_list, contact_remove, contact_restore, contact_show, contact_update,
};

use jiff::civil::Date;

use crate::accounts::actions::account_get;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::state::Ctx;

/// The time zone of the caller's settings.
async fn time_zone(ctx: &Ctx) -> Result<String> {
    Ok(account_get(ctx).await?.settings.time_zone)
}

/// The day that it is for somebody in a time zone.
fn day_in(zone: &str, at: Timestamp) -> Date {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    at.to_jiff().to_zoned_datetime(zone).date()
}

/// The day that it is for the caller.
///
/// # Errors
/// From the database.
pub async fn today(ctx: &Ctx) -> Result<Date> {
    Ok(day_in(&time_zone(ctx).await?, ctx.now()))
}
