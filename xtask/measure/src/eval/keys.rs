//! Identity: how many addresses of known boards give a key that names the board's posting.

use std::path::Path;

use anyhow::{Context, Result};
use cadet::postings::dedup;
use cadet::postings::sources::model::{SourceAddress, SourceKind};
use serde::Deserialize;

use crate::table::{Bar, Table};

/// Hosts of boards that number their postings.
const BOARDS: [&str; 9] = [
    "greenhouse.io",
    "lever.co",
    "ashbyhq.com",
    "myworkdayjobs.com",
    "smartrecruiters.com",
    "workable.com",
    "icims.com",
    "oraclecloud.com",
    "jobvite.com",
];

/// A row of a list.
#[derive(Deserialize)]
struct Row {
    id: String,
    url: String,
}

/// Measures the keys of the addresses in the list at `path`.
pub fn measure(path: &Path, table: &mut Table) -> Result<()> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let rows: Vec<Row> = serde_json::from_str(&text)?;
    let list = SourceAddress {
        kind: SourceKind::Simplify,
        address: "list".into(),
    };
    let known: Vec<&Row> = rows
        .iter()
        .filter(|row| BOARDS.iter().any(|board| row.url.contains(board)))
        .collect();
    let keyed = known
        .iter()
        .filter(|row| {
            dedup::keys(&row.url, "", &list, &row.id)
                .iter()
                .any(|key| dedup::is_board_key(key))
        })
        .count();
    table.add(
        "addresses of known boards, keyed",
        keyed as f64 / known.len().max(1) as f64,
        "",
        Bar::AtLeast(0.95),
    );
    Ok(())
}
