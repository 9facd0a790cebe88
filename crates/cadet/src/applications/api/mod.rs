//! Applications in the REST interface.

mod changes;
mod reading;

use crate::web::Routes;

/// All operations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .merge(reading::routes())
        .merge(changes::routes())
}
