//! Identity: how many addresses of known boards give a key that names the board's posting, and whether what such keys
//! alone join belongs together.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use cadet::postings::dedup;
use cadet::postings::normalise::company::company_key;
use cadet::postings::openings::employer::{self, Employers};
use cadet::postings::openings::title::Title;
use cadet::postings::sources::model::{SourceAddress, SourceKind};
use serde::Deserialize;

use super::report::Report;
use crate::table::{Bar, Table};

/// Hosts of boards that number their postings.
const BOARDS: [&str; 29] = [
    "greenhouse.io",
    "lever.co",
    "ashbyhq.com",
    "myworkdayjobs.com",
    "myworkdaysite.com",
    "smartrecruiters.com",
    "workable.com",
    "icims.com",
    "oraclecloud.com",
    "jobvite.com",
    "taleo.net",
    "successfactors.com",
    "bamboohr.com",
    "breezy.hr",
    "recruitee.com",
    "personio.",
    "teamtailor.com",
    "pinpointhq.com",
    "rippling.com",
    "gem.com",
    "ultipro.com",
    "adp.com",
    "paylocity.com",
    "paycomonline.net",
    "eightfold.ai",
    "avature.net",
    "jobscore.com",
    "applytojob.com",
    "amazon.jobs",
];
/// Merges that are audited at most.
const AUDITED: usize = 500;

/// A row of a list.
#[derive(Deserialize)]
struct Row {
    id: String,
    url: String,
    title: String,
    company_name: String,
}

/// Measures the keys of the addresses in the list at `path`; `explain` prints what has no key, and the merges to look at.
pub fn measure(path: &Path, report: &mut Report) -> Result<()> {
    let explain = report.shows_mistakes();
    let table = &mut report.table;
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let rows: Vec<Row> = serde_json::from_str(&text)?;
    let known: Vec<&Row> = rows
        .iter()
        .filter(|row| BOARDS.iter().any(|board| host(&row.url).contains(board)))
        .collect();
    let (keyed, bare): (Vec<&Row>, Vec<&Row>) =
        known.iter().partition(|row| !board_keys(row).is_empty());
    if explain {
        for row in bare {
            println!("no key: {}", row.url);
        }
    }
    table.add(
        "addresses of known boards, keyed",
        keyed.len() as f64 / known.len().max(1) as f64,
        "",
        Bar::AtLeast(0.95),
    );
    audit(&rows, explain, table);
    Ok(())
}

/// Compares employer and title of what keys alone join. A merge is suspicious when neither the employers nor the titles
/// have a word in common: one hand may write either differently, and `explain` prints them to be looked at.
fn audit(rows: &[Row], explain: bool, table: &mut Table) {
    let mut joined: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        for key in board_keys(row) {
            joined.entry(key).or_default().push(row);
        }
    }
    let merges = joined.iter().flat_map(|(key, rows)| {
        let others = rows.iter().skip(1);
        others.map(move |row| (key, rows[0], *row))
    });
    let audited: Vec<_> = merges.take(AUDITED).collect();
    let (mut suspicious, mut differing) = (0, 0);
    for (key, one, two) in &audited {
        let (employers, titles) = (same_employer(one, two), same_work(one, two));
        suspicious += usize::from(!employers && !titles);
        differing += usize::from(!employers || !titles);
        if explain && !(employers && titles) {
            println!(
                "merged by {key}: {} | {}\n   {} | {}",
                one.company_name, one.title, two.company_name, two.title
            );
        }
    }
    table.add(
        "merges by keys alone, audited",
        audited.len() as f64,
        "",
        Bar::None,
    );
    table.add(
        "of these, employer or title differ",
        differing as f64,
        "",
        Bar::None,
    );
    table.add(
        "of these, both differ",
        suspicious as f64,
        "",
        Bar::AtMost(0.0),
    );
}

fn same_employer(one: &Row, two: &Row) -> bool {
    let (one, two) = (
        company_key(&one.company_name),
        company_key(&two.company_name),
    );
    employer::compare(&one, &two) != Employers::Different
        || one
            .split(' ')
            .any(|word| word.len() > 3 && two.split(' ').any(|other| other == word))
}

fn same_work(one: &Row, two: &Row) -> bool {
    let words = |row: &Row| Title::of(&row.title, &company_key(&row.company_name)).core;
    let (one, two) = (words(one), words(two));
    one.is_empty() || two.is_empty() || one.iter().any(|word| two.contains(word))
}

fn board_keys(row: &Row) -> Vec<String> {
    let list = SourceAddress {
        kind: SourceKind::Simplify,
        address: "list".into(),
    };
    let mut keys = dedup::keys(&row.url, "", &list, &row.id);
    keys.retain(|key| dedup::is_board_key(key));
    keys
}

/// The host of an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}
