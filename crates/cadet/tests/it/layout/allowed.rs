//! Who may touch the database's mapper, HTTP, and the outside.

use super::source::{SourceFile, Violation};

/// Whether a line of code names one of these crates or modules.
fn names(line: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        line.match_indices(word).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + word.len()..].chars().next();
            let joins = |c: char| c.is_alphanumeric() || c == '_';
            !before.is_some_and(|c| joins(c) || c == ':') && !after.is_some_and(joins)
        })
    })
}

/// Only stores, entities, the database's own file and the migrations know the ORM. The crate of the queue is a store.
pub fn orm(file: &SourceFile) -> Vec<Violation> {
    let store = file.has_part("store") || file.has_part("entity") || file.is_in("db");
    let engine_store = file.path.starts_with("crates/jobs/");
    if !file.path.starts_with("crates/")
        || store
        || engine_store
        || file.is_test()
        || file.path.contains("/migrations/")
    {
        return Vec::new();
    }
    file.violations(
        |line| names(line, &["sea_orm", "sea_orm_migration", "sqlx"]),
        "only stores touch the ORM",
        "Move the query into the feature's store.rs and call that.",
    )
}

/// Whether a file shows something to a browser or a program.
fn is_view(file: &SourceFile) -> bool {
    file.is_in("web") || file.has_part("pages") || file.has_part("api")
}

/// Only the web server, pages and API know HTTP; fetching speaks it as a client and the sample sites serve it.
pub fn http(file: &SourceFile) -> Vec<Violation> {
    let speaks = is_view(file) || file.is_in("fetch") || file.is_in("demo");
    if !file.is_product() || speaks {
        return Vec::new();
    }
    file.violations(
        |line| {
            names(line, &["axum", "http", "hyper", "tower", "tower_http"])
                && !line.contains("http =")
        },
        "only web/, pages.rs and api.rs know HTTP",
        "Return plain data from here and turn it into an answer in pages.rs or api.rs.",
    )
}

/// Only the polite client sends requests.
pub fn requests(file: &SourceFile) -> Vec<Violation> {
    if !file.is_product() || file.is_in("fetch") {
        return Vec::new();
    }
    file.violations(
        |line| names(line, &["reqwest"]),
        "only fetch/ sends requests",
        "Use fetch::Client, which keeps the rules of politeness and safety.",
    )
}

/// One file speaks IMAP, behind the same guard as every request, and only to read.
pub fn mailboxes(file: &SourceFile) -> Vec<Violation> {
    let speaks = file.path.ends_with("/sources/mail/session.rs");
    if !file.is_product() || speaks {
        return Vec::new();
    }
    file.violations(
        |line| names(line, &["async_imap"]),
        "only mail/session.rs speaks IMAP",
        "Add what is missing to Session, which can only read.",
    )
}

/// Pure files do no input and output.
pub fn io(file: &SourceFile) -> Vec<Violation> {
    let pure = ["model.rs", "score.rs", "schedule.rs"].contains(&file.name());
    if !file.is_product() || !pure {
        return Vec::new();
    }
    let words = [
        "std::fs",
        "std::io",
        "std::net",
        "std::process",
        "std::env",
        "tokio",
        "async fn",
        "sea_orm",
        "reqwest",
        "axum",
    ];
    file.violations(
        |line| names(line, &words),
        "model.rs, score.rs and schedule.rs do no input and output",
        "Do it in actions.rs, store.rs or jobs.rs and pass the data in.",
    )
}
