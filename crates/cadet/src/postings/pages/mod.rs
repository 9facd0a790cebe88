//! Pages of postings: the list with its facets, a posting, what one keeps, and what postings ask for.
//!
//! Every address holds the whole state of its page; each page works without a script, which only swaps parts of it.

mod filters;
mod guide;
mod list;
mod posting;
mod row;
mod saved;
mod skills;
mod words;

use crate::web::Routes;

/// The pages and what their forms send to.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(posting::routes())
        .merge(saved::routes())
        .merge(skills::routes())
        .merge(guide::routes())
}
