//! One row of a table as a posting.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::json;
use url::Url;

use super::columns::{Columns, Meaning};
use super::dates;
use super::tables::{Cell, Link};
use crate::clock::Timestamp;
use crate::postings::sources::model::{Listing, RawDate, RawLocation, RawPay, RawPosting};
use crate::postings::sources::record::{digest, hex};

/// What the headings above a table say of all its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Above {
    /// `Summer 2027`.
    terms: Vec<String>,
    /// The nearest heading, which is mostly a field of work.
    category: Option<String>,
    /// What is listed here is closed.
    closed: bool,
}

impl Above {
    /// Reads the headings, of which the last is the nearest.
    pub(super) fn of(headings: &[String]) -> Self {
        static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)\b(?:inactive|closed|archived?|expired|past|no longer)\b")
                .expect("the pattern is constant")
        });
        let terms = headings
            .iter()
            .rev()
            .map(|heading| terms_in(heading))
            .find(|terms| !terms.is_empty());
        Self {
            terms: terms.unwrap_or_default(),
            category: headings
                .last()
                .map(|heading| plain(heading))
                .filter(|heading| !heading.is_empty() && headings.len() > 1),
            closed: headings.iter().any(|heading| CLOSED.is_match(heading)),
        }
    }
}

/// Seasons with a year that a line names.
fn terms_in(line: &str) -> Vec<String> {
    static TERM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(spring|summer|fall|autumn|winter)\s*(?:of\s+)?['’]?(20\d\d|\d\d)\b")
            .expect("the pattern is constant")
    });
    let mut terms = Vec::new();
    for found in TERM.captures_iter(line) {
        let year = match &found[2] {
            year if year.len() == 2 => format!("20{year}"),
            year => year.to_owned(),
        };
        let (head, rest) = found[1].split_at(1);
        let term = format!("{}{} {year}", head.to_uppercase(), rest.to_lowercase());
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// Reads the rows of a document one after the other, since one may say "the same company as above".
pub(super) struct Rows<'a> {
    base: Option<&'a Url>,
    now: Timestamp,
    company: Option<String>,
}

impl<'a> Rows<'a> {
    /// `base` is where the document stands, `now` the day on which it is read.
    pub(super) fn new(base: Option<&'a Url>, now: Timestamp) -> Self {
        Self {
            base,
            now,
            company: None,
        }
    }

    /// "Above" does not reach into another table.
    pub(super) fn begin_table(&mut self) {
        self.company = None;
    }

    /// The posting of a row; `None` for a row that holds nothing, as those between groups.
    pub(super) fn posting(
        &mut self,
        cells: &[Cell],
        columns: &Columns,
        above: &Above,
    ) -> Result<Option<RawPosting>, &'static str> {
        if cells
            .iter()
            .all(|cell| cell.text.is_empty() && cell.links.is_empty())
        {
            return Ok(None);
        }
        let cell = |meaning: Meaning| columns.cell(cells, meaning);
        let company = self.company_of(cell(Meaning::Company))?;
        let link = self.link(cells, columns);
        let role = cell(Meaning::Role).map(|cell| plain(&cell.text));
        let title = role
            .filter(|title| !title.is_empty())
            .or_else(|| link.as_ref().and_then(Link::title))
            .or_else(|| {
                above
                    .category
                    .clone()
                    .filter(|_| cell(Meaning::Role).is_none())
            })
            .ok_or("the row names no role")?;
        let url = link.map(|link| link.href).unwrap_or_default();
        let flags = Flags::of(cells);
        let text_of = |meaning: Meaning| {
            let text = plain(&cell(meaning)?.text);
            (!text.is_empty() && text.chars().any(char::is_alphanumeric)).then_some(text)
        };
        let listing = match above.closed
            || flags.closed
            || text_of(Meaning::Status).is_some_and(|status| is_closed(&status))
        {
            true => Listing::Closed,
            false => Listing::Open,
        };
        let terms = cell(Meaning::Term)
            .map(|cell| terms_in(&cell.text))
            .filter(|terms| !terms.is_empty());
        Ok(Some(RawPosting {
            external_id: hex(&digest(&[&url, &company, &title])),
            url,
            locations: places(cell(Meaning::Place)),
            workplace: text_of(Meaning::Workplace),
            pay: text_of(Meaning::Pay).map(|text| RawPay {
                text: Some(text),
                ..RawPay::default()
            }),
            department: above.category.clone().filter(|category| *category != title),
            terms: terms.unwrap_or_else(|| above.terms.clone()),
            sponsorship: text_of(Meaning::Sponsorship).or(flags.sponsorship),
            posted: self.posted(columns, cells),
            deadline: text_of(Meaning::Deadline).map(RawDate::Text),
            listing,
            raw: raw(columns, cells),
            title,
            company: Some(company),
            ..RawPosting::default()
        }))
    }

    /// The company, or the one above where a sign says so.
    fn company_of(&mut self, cell: Option<&Cell>) -> Result<String, &'static str> {
        let named = cell.map(|cell| cell.text.trim()).unwrap_or_default();
        if matches!(named, "↳" | "⤷" | "↪" | "└" | "\"" | "〃" | "-") {
            return self
                .company
                .clone()
                .ok_or("the row refers to a company above, and there is none");
        }
        let name = plain(named);
        if name.is_empty() {
            return Err("the row names no company");
        }
        self.company = Some(name.clone());
        Ok(name)
    }

    /// The link by which one applies: of its own column, else of the role, else of whatever else but the company.
    fn link(&self, cells: &[Cell], columns: &Columns) -> Option<Link> {
        let of = |meaning: Meaning| {
            let cell = columns.cell(cells, meaning)?;
            cell.links.iter().find_map(|link| self.resolved(link))
        };
        of(Meaning::Link)
            .or_else(|| of(Meaning::Role))
            .or_else(|| {
                columns
                    .each(cells)
                    .filter(|(meaning, _)| !matches!(meaning, Meaning::Company | Meaning::Link))
                    .flat_map(|(_, cell)| &cell.links)
                    .find_map(|link| self.resolved(link))
            })
            .or_else(|| {
                of(Meaning::Company).filter(|_| columns.cell(cells, Meaning::Link).is_none())
            })
    }

    /// A link as a web address. Buttons beside the real link lead to the list keeper's own service.
    fn resolved(&self, link: &Link) -> Option<Link> {
        const SERVICES: [&str; 3] = ["simplify.jobs", "imgur.com", "img.shields.io"];
        let url = match self.base {
            Some(base) => base.join(&link.href).ok()?,
            None => Url::parse(&link.href).ok()?,
        };
        let host = url.host_str()?.trim_start_matches("www.");
        let is_service = SERVICES
            .iter()
            .any(|service| host == *service || host.ends_with(&format!(".{service}")));
        let is_web = matches!(url.scheme(), "http" | "https");
        (is_web && !is_service && !link.href.starts_with('#')).then(|| Link {
            href: url.into(),
            text: link.text.clone(),
        })
    }

    fn posted(&self, columns: &Columns, cells: &[Cell]) -> Option<RawDate> {
        let text = |meaning: Meaning| Some(plain(&columns.cell(cells, meaning)?.text));
        let age = || dates::of_age(&text(Meaning::Age)?, self.now);
        text(Meaning::Date)
            .and_then(|text| dates::posted(&text, self.now))
            .or_else(|| Some(RawDate::Text(age()?.to_string())))
    }
}

impl Link {
    /// The link's text, where it is a title and not only an invitation to press it.
    fn title(&self) -> Option<String> {
        let text = plain(&self.text);
        let invitation = text.split_whitespace().all(|word| {
            let word = word.to_ascii_lowercase();
            matches!(
                word.trim_matches(|c: char| !c.is_alphanumeric()),
                "" | "apply"
                    | "here"
                    | "link"
                    | "now"
                    | "application"
                    | "apply!"
                    | "job"
                    | "posting"
                    | "view"
                    | "open"
                    | "button"
            )
        });
        (!invitation).then_some(text)
    }
}

/// What signs beside the texts of a row say.
#[derive(Debug, Default, PartialEq, Eq)]
struct Flags {
    closed: bool,
    sponsorship: Option<String>,
}

impl Flags {
    fn of(cells: &[Cell]) -> Self {
        let shows = |sign: &str| {
            cells.iter().any(|cell| {
                cell.text.contains(sign) || cell.links.iter().any(|link| link.text.contains(sign))
            })
        };
        let sponsorship = if shows("🇺🇸") {
            Some("U.S. Citizenship is Required")
        } else if shows("🛂") {
            Some("Does Not Offer Sponsorship")
        } else {
            None
        };
        Self {
            closed: shows("🔒") || cells.iter().any(|cell| cell.crossed_out),
            sponsorship: sponsorship.map(str::to_owned),
        }
    }
}

fn is_closed(status: &str) -> bool {
    let status = status.to_ascii_lowercase();
    ["closed", "filled", "expired", "inactive", "not open"]
        .iter()
        .any(|word| status.contains(word))
}

/// The places, a line or a part between semicolons each; a line that only counts them is none.
fn places(cell: Option<&Cell>) -> Vec<RawLocation> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\d+\s+(?:more\s+)?(?:locations?|places|offices|cities)$")
            .expect("the pattern is constant")
    });
    let mut places: Vec<RawLocation> = Vec::new();
    for part in cell
        .map(|cell| cell.text.as_str())
        .unwrap_or_default()
        .split(['\n', ';'])
    {
        let text = plain(part);
        if text.is_empty() || COUNT.is_match(&text) {
            continue;
        }
        let place = RawLocation {
            text: Some(text),
            ..RawLocation::default()
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// A text on one line without the pictures that lists put beside it. Letters of any language, digits and usual signs stay.
fn plain(text: &str) -> String {
    let is_picture = |c: char| {
        matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}')
            || matches!(u32::from(c), 0x2190..=0x21ff | 0x2300..=0x23ff | 0x2460..=0x27bf | 0x2900..=0x297f | 0x2b00..=0x2bff | 0x1f000..=0x1faff | 0xe0020..=0xe007f)
    };
    let kept: String = text
        .chars()
        .map(|c| if is_picture(c) { ' ' } else { c })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The row as it stands there, without what changes from day to day.
fn raw(columns: &Columns, cells: &[Cell]) -> serde_json::Value {
    let kept = columns
        .each(cells)
        .filter(|(meaning, _)| *meaning != Meaning::Age)
        .map(|(_, cell)| {
            let links: Vec<&str> = cell.links.iter().map(|link| link.href.as_str()).collect();
            match links.is_empty() {
                true => json!(cell.text),
                false => json!({ "text": cell.text, "links": links }),
            }
        });
    json!({ "cells": kept.collect::<Vec<_>>() })
}
