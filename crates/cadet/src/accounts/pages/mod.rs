//! Pages of accounts: signing in and up, and settings. Plain forms that work without a script.

mod entry;
mod settings;

use crate::web::Routes;

/// The pages and what their forms send to.
#[must_use]
pub fn routes() -> Routes {
    entry::routes().merge(settings::routes())
}
