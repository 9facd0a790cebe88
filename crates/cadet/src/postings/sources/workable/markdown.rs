//! The Markdown page of a board: its first thirty jobs, as rows of a table or as a list of links.

use std::sync::LazyLock;

use regex::Regex;

use crate::postings::sources::connector::Parsed;
use crate::postings::sources::markup;
use crate::postings::sources::model::{RawDate, RawLocation, RawPosting};
use crate::postings::sources::record::with_unique_ids;

/// Reads the page. What holds no link to a job of the board is passed over: the page is prose with a table in it.
#[must_use]
pub fn parse(text: &str, account: &str) -> Parsed {
    let postings: Vec<RawPosting> = text
        .lines()
        .filter_map(|line| posting(line, account))
        .collect();
    let mut parsed = Parsed {
        name: name(text),
        ..Parsed::default()
    };
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    for posting in &mut parsed.postings {
        posting.company.clone_from(&parsed.name);
    }
    parsed
}

/// `# Northlight - Current Openings`
fn name(text: &str) -> Option<String> {
    let heading = text.lines().find_map(|line| line.strip_prefix("# "))?;
    let (name, _) = heading
        .rsplit_once(" - ")
        .or_else(|| heading.rsplit_once(" – "))?;
    let name = markup::plain(name);
    (!name.is_empty()).then_some(name)
}

fn posting(line: &str, account: &str) -> Option<RawPosting> {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\[([^\]]+)\]\((https?://[^)\s]*/(?:j|jobs/view)/([A-Za-z0-9]{6,16})(?:\.md|/)?[^)\s]*)\)")
            .expect("the pattern is well-formed")
    });
    let found = LINK.captures(line)?;
    let (label, code) = (found[1].trim(), found[3].to_uppercase());
    let cells: Vec<&str> = line
        .trim()
        .trim_matches('|')
        .split(" | ")
        .map(str::trim)
        .collect();
    let said = |index: usize| {
        cells
            .get(index)
            .filter(|cell| !matches!(**cell, "" | "-" | "—" | "–"))
            .map(|cell| markup::plain(cell))
    };
    // Title, department, location, type, salary, day of posting, link; or a list of links, each before its place.
    let in_table = line.trim_start().starts_with('|') && cells.len() >= 3;
    let title = if in_table {
        said(0)?
    } else {
        markup::plain(label)
    };
    let place = if in_table {
        said(2)
    } else {
        let rest = &line[found.get(0)?.end()..];
        let place = markup::plain(rest.trim_start_matches([' ', '-', '–', '—']));
        (!place.is_empty()).then_some(place)
    };
    Some(RawPosting {
        url: super::page_of(account, &code),
        external_id: code,
        title,
        locations: place
            .into_iter()
            .map(|text| RawLocation {
                text: Some(text),
                ..RawLocation::default()
            })
            .collect(),
        department: said(1).filter(|_| in_table),
        employment_type: said(3).filter(|_| in_table && cells.len() >= 6),
        posted: said(5)
            .filter(|day| in_table && day.len() == 10 && day.starts_with("20"))
            .map(RawDate::Text),
        ..RawPosting::default()
    })
}
