//! All queries of discovery: [`noting`] the boards that postings lead to, and [`proposals`] made of them.

pub mod noting;
pub mod proposals;

use sea_orm::sea_query::Expr;

/// Values of one statement that are bound at most; SQLite's limit is 32,766.
const BIND_LIMIT: usize = 20_000;

/// Postings, distinct, and those of them that are open, and open backend internships.
fn distinct_postings() -> Expr {
    Expr::cust("COUNT(DISTINCT posting_id)")
}

fn distinct_open() -> Expr {
    Expr::cust("COUNT(DISTINCT CASE WHEN is_open THEN posting_id END)")
}

fn distinct_backend() -> Expr {
    Expr::cust("COUNT(DISTINCT CASE WHEN is_open AND is_backend THEN posting_id END)")
}
