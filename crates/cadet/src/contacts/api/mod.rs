//! Contacts in the REST interface.

mod events;
mod people;

use crate::web::Routes;

/// The operations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .merge(people::routes())
        .merge(events::routes())
}
