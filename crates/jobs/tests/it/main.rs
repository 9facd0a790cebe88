//! The queue's behaviour on real databases: SQLite always, PostgreSQL where `CADET_TEST_POSTGRES` names a server.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by a panic"
)]

mod crash;
mod enqueue;
mod lease;
mod retry;
mod schedule;
mod stop;
mod support;
mod upkeep;
mod work;
