//! What a browser shows of evidence: the ledger by skill, one piece, and scans. Plain forms without a script.

mod ledger;
mod piece;
mod scan;

use crate::web::Routes;

/// The pages and what their forms send to.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/evidence", ledger::show)
        .post("/evidence", ledger::add)
        .get("/evidence/{id}", piece::show)
        .post("/evidence/{id}/withdraw", piece::withdraw)
        .post("/evidence/{id}/restore", piece::restore)
        .post("/evidence/{id}/check", piece::check)
        .post("/evidence/read", ledger::read)
        .post("/evidence/scans", scan::begin)
        .get("/evidence/scans/{id}", scan::show)
}
