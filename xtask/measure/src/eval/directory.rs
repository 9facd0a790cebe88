//! The starter directory: how many of its boards the evaluation data confirms, and how many of its countries it spans.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result};
use reqwest::Url;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::report::Report;
use crate::table::Bar;

const DIRECTORY: &str = include_str!("../../../../content/sources/directory.jsonl");
/// Systems that give each employer a host of its own.
const BY_HOST: [(&str, &str); 3] = [
    ("bamboohr", ".bamboohr.com"),
    ("breezy", ".breezy.hr"),
    ("recruitee", ".recruitee.com"),
];

/// A line of the directory, as far as it is measured.
#[derive(Deserialize)]
struct Line {
    kind: String,
    board: String,
    countries: Vec<String>,
    evidence: String,
}

/// A board as `kind:name`, in lower case.
fn key(kind: &str, name: &str) -> String {
    format!("{kind}:{name}").to_lowercase()
}

/// Measures the directory against the data in the folder `postings`.
pub fn measure(postings: &Path, report: &mut Report) -> Result<()> {
    let table = &mut report.table;
    let lines = DIRECTORY
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<Vec<Line>, _>>()?;
    let listed = listed(&postings.join("simplify_listings.json"))?;
    let mut known = collected(&postings.join("boards"))?;
    known.extend(listed.iter().cloned());
    let confirmed = count(&lines, |line| known.contains(&key(&line.kind, &line.board)));
    let posted = count(&lines, |line| {
        listed.contains(&key(&line.kind, &line.board))
    });
    let told = count(&lines, |line| line.evidence == "posted");
    let countries: HashSet<&String> = lines.iter().flat_map(|line| &line.countries).collect();
    let total = lines.len() as f64;
    table.add("directory: employers", total, "", Bar::AtLeast(300.0));
    table.add(
        "directory: boards that the data confirms",
        confirmed / total.max(1.0),
        "",
        Bar::AtLeast(1.0),
    );
    table.add(
        "directory: employers said to have posted software internships",
        told,
        "",
        Bar::None,
    );
    table.add(
        "directory: boards with software internships in the list",
        posted,
        "",
        Bar::None,
    );
    table.add(
        "directory: countries",
        countries.len() as f64,
        "",
        Bar::AtLeast(14.0),
    );
    Ok(())
}

fn count(lines: &[Line], fits: impl Fn(&Line) -> bool) -> f64 {
    lines.iter().filter(|line| fits(line)).count() as f64
}

/// Boards to which the addresses of a list lead.
fn listed(path: &Path) -> Result<HashSet<String>> {
    let rows: Vec<Value> = read(path)?;
    let urls = rows.iter().filter_map(|row| row["url"].as_str());
    Ok(urls.filter_map(board_of).collect())
}

/// Boards that collections name.
fn collected(folder: &Path) -> Result<HashSet<String>> {
    let checked: Value = read(&folder.join("ats_jobs_mcp_directory.json"))?;
    let targets: Value = read(&folder.join("swe_internship_scraper_targets.json"))?;
    let checked = checked["boards"].as_array().into_iter().flatten();
    let mut known: HashSet<String> = checked
        .filter_map(|board| Some(key(board["ats"].as_str()?, board["board"].as_str()?)))
        .collect();
    for (kind, boards) in targets.as_object().into_iter().flatten() {
        let boards = boards.as_array().into_iter().flatten();
        known.extend(boards.filter_map(|board| target(kind, board)));
    }
    Ok(known)
}

fn target(kind: &str, board: &Value) -> Option<String> {
    let slug = board["slug"].as_str()?;
    if kind != "workday" {
        return Some(key(kind, slug));
    }
    let host = board["origin"].as_str()?.split('.').nth(1)?;
    let (tenant, site) = (board["tenant"].as_str()?, board["site"].as_str()?);
    Some(key(kind, &format!("{tenant}/{host}/{site}")))
}

/// The board of an address, told from the address alone and apart from the product's own way of doing so.
fn board_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.to_lowercase();
    let segments: Vec<&str> = url
        .path_segments()?
        .filter(|part| !part.is_empty())
        .collect();
    let first = segments.first().copied();
    if host.ends_with("greenhouse.io") {
        let told = url.query_pairs().find(|(name, _)| name == "for");
        let embedded = told.map(|(_, token)| token.into_owned());
        let token = embedded.or_else(|| first.map(str::to_owned))?;
        return Some(key("greenhouse", &token));
    }
    if let [tenant, pod, "myworkdayjobs", "com"] = host.split('.').collect::<Vec<_>>()[..] {
        let site = segments.iter().find(|part| !is_language(part))?;
        return Some(key("workday", &format!("{tenant}/{pod}/{site}")));
    }
    if let Some((kind, tenant)) = BY_HOST
        .iter()
        .find_map(|(kind, end)| Some((kind, host.strip_suffix(end)?)))
    {
        return Some(key(kind, tenant));
    }
    let kind = match host.as_str() {
        "jobs.lever.co" => "lever",
        "jobs.ashbyhq.com" => "ashby",
        "apply.workable.com" => "workable",
        "ats.rippling.com" => "rippling",
        _ if host.ends_with("smartrecruiters.com") => "smartrecruiters",
        _ => return None,
    };
    Some(key(kind, segments.iter().find(|part| !is_language(part))?))
}

/// `en-US`, with which some addresses begin.
fn is_language(part: &str) -> bool {
    let bytes = part.as_bytes();
    bytes.len() == 5 && bytes[2] == b'-' && bytes[..2].iter().all(u8::is_ascii_lowercase)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("cannot use {}", path.display()))
}
