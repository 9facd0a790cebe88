//! Identity: how many addresses of known boards give a key that names the board's posting.

use anyhow::{Context, Result};
use cadet::postings::dedup;
use cadet::postings::sources::model::{SourceAddress, SourceKind};
use serde::Deserialize;

use super::data::{self, Data};
use super::report::Report;

const FILES: &str = "simplify_listings*.json";

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

/// Measures the keys of the addresses in lists, each file for itself.
pub fn measure(data: &Data, report: &mut Report) -> Result<()> {
    let files = data.files(FILES)?;
    if files.is_empty() {
        report.left_out("keys", FILES);
    }
    for file in files {
        let rows: Vec<Row> = serde_json::from_str(&data::read(&file)?)
            .with_context(|| format!("{} is not a list of rows", file.display()))?;
        measure_rows(&data::name(&file), &rows, report);
    }
    Ok(())
}

fn measure_rows(file: &str, rows: &[Row], report: &mut Report) {
    let list = SourceAddress {
        kind: SourceKind::Simplify,
        address: "list".into(),
    };
    let known: Vec<&Row> = rows
        .iter()
        .filter(|row| BOARDS.iter().any(|board| row.url.contains(board)))
        .collect();
    let mut keyed = 0_usize;
    for row in &known {
        if dedup::keys(&row.url, "", &list, &row.id)
            .iter()
            .any(|key| dedup::is_board_key(key))
        {
            keyed += 1;
        } else {
            report.mistake(|| format!("no board's key: {}", row.url));
        }
    }
    report.at_least(
        &format!("addresses of known boards, keyed ({file})"),
        keyed as f64 / known.len().max(1) as f64,
        0.95,
    );
}
