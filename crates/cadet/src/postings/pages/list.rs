//! `/postings`: the list with query and facets.

use askama::Template;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::filters::{self, Chip, Group, address};
use super::row::Row;
use super::words::{SourceNames, counted, grouped, value_label, within};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::postings::actions::{Browsed, Relaxation, posting_browse};
use crate::postings::fit::UNIT;
use crate::postings::query::{PostingQuery, SortOrder};
use crate::postings::record::Status;
use crate::postings::search::Correction;
use crate::postings::sources::actions::source_notices;
use crate::state::Ctx;
use crate::web::{Layout, Routes, View, access};

/// Days of "posted within" that one can choose.
const WITHIN: [&str; 4] = ["1", "7", "30", "90"];

/// Least scores that one can choose, in thousandths.
const FITS: [u16; 3] = [400, 600, 800];

/// What the list and its parts show.
struct Finder {
    query: PostingQuery,
    total: u64,
    rows: Vec<Row>,
    /// The address of the next page.
    next: Option<String>,
    groups: Vec<Group>,
    chips: Vec<Chip>,
    corrections: Vec<Correction>,
    warnings: Vec<String>,
    internships: u64,
    paid: u64,
    rolling: u64,
    within: Vec<(&'static str, String, u64)>,
    /// Where the search becomes an alert.
    alert: Option<String>,
    /// The address of this page.
    address: String,
    /// Nothing was found: what would help.
    relaxations: Vec<Relief>,
    /// There is nothing to search in yet.
    no_sources: bool,
}

/// A condition to drop, in words.
struct Relief {
    label: String,
    count: String,
    address: String,
}

impl Finder {
    /// The orders to choose from: name, label, whether it is chosen. Without words the newest come first anyway.
    fn sorts(&self) -> Vec<(&'static str, &'static str, bool)> {
        let wordless = self.query.q.is_empty();
        let told = |order: SortOrder| match order {
            SortOrder::Relevance if wordless => SortOrder::Posted.label(),
            order => order.label(),
        };
        SortOrder::ALL
            .into_iter()
            .filter(|order| !wordless || *order != SortOrder::Posted || self.query.sort == *order)
            .map(|order| (order.name(), told(order), order == self.query.sort))
            .collect()
    }

    /// The least scores to choose from: value, label, whether it is chosen.
    fn fits(&self) -> Vec<(String, String, bool)> {
        let mut offered = FITS.to_vec();
        offered.extend(self.query.fit.filter(|fit| !FITS.contains(fit)));
        let choice = |fit: u16| {
            let score = f32::from(fit) / UNIT;
            let label = format!("At least {:.0} %", score * 100.0);
            (score.to_string(), label, self.query.fit == Some(fit))
        };
        offered.into_iter().map(choice).collect()
    }

    fn is_status(&self, name: &str) -> bool {
        let have = match self.query.status {
            Some(Status::Open) => "open",
            Some(Status::Closed) => "closed",
            None => "any",
        };
        have == name
    }

    fn is_within(&self, days: &str) -> bool {
        self.query
            .within
            .is_some_and(|have| have.to_string() == days)
    }

    fn is_listed(&self, days: &u32) -> bool {
        WITHIN.contains(&days.to_string().as_str())
    }

    fn count(&self) -> String {
        let kind = match self.query.status {
            Some(Status::Open) => "open ",
            Some(Status::Closed) => "closed ",
            None => "",
        };
        counted(
            self.total,
            &format!("{kind}posting"),
            &format!("{kind}postings"),
        )
    }

    fn figure(&self, count: &u64) -> String {
        grouped(*count)
    }

    fn is_later_page(&self) -> bool {
        self.query.cursor.is_some()
    }
}

#[derive(Template)]
#[template(path = "postings/pages/list.html")]
struct ListPage {
    layout: Layout,
    finder: Finder,
    /// Sources that need a look, told to those who may do something about it.
    ailing: usize,
}

#[derive(Template)]
#[template(path = "postings/pages/finder.html")]
struct FinderPart {
    layout: Layout,
    finder: Finder,
}

#[derive(Template)]
#[template(path = "postings/pages/rows.html")]
struct RowsPart {
    layout: Layout,
    finder: Finder,
}

/// How much of the page the browser's script wants.
#[derive(Clone, Copy)]
enum Wanted {
    Page,
    Finder,
    Rows,
}

impl Wanted {
    fn of(parts: &Parts) -> Self {
        let told = |name: &str| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let restores = parts.headers.contains_key("hx-history-restore-request");
        match (told("hx-request"), told("hx-target")) {
            (Some(_), Some(target)) if !restores && target.ends_with("#finder") => Self::Finder,
            (Some(_), Some(target)) if !restores && target.ends_with("#more") => Self::Rows,
            _ => Self::Page,
        }
    }
}

async fn show(ctx: Ctx, layout: Layout, parts: Parts) -> Result<Response> {
    let query = read(parts.uri.query().unwrap_or_default())?;
    let browsed = posting_browse(&ctx, &query).await?;
    let finder = finder(query, browsed, ctx.now());
    let wanted = Wanted::of(&parts);
    let ailing = match wanted {
        Wanted::Page => ailing(&ctx).await?,
        Wanted::Finder | Wanted::Rows => 0,
    };
    Ok(part(wanted, layout.titled("Find"), finder, ailing))
}

/// How many sources need a look by whoever looks at the page.
async fn ailing(ctx: &Ctx) -> Result<usize> {
    match ctx.require_admin() {
        Ok(()) => Ok(source_notices(ctx).await?.len()),
        Err(_) => Ok(0),
    }
}

/// As much of the page as is wanted. The address that the browser shows says only what is chosen.
fn part(wanted: Wanted, layout: Layout, finder: Finder, ailing: usize) -> Response {
    let address = HeaderValue::from_str(&finder.address).ok();
    let mut response = match wanted {
        Wanted::Page => View(ListPage {
            layout,
            finder,
            ailing,
        })
        .into_response(),
        Wanted::Rows => View(RowsPart { layout, finder }).into_response(),
        Wanted::Finder => View(FinderPart { layout, finder }).into_response(),
    };
    let headers = response.headers_mut();
    let vary = HeaderValue::from_static("hx-request, hx-target");
    headers.insert(header::VARY, vary);
    if let (Wanted::Finder, Some(address)) = (wanted, address) {
        headers.insert(HeaderName::from_static("hx-push-url"), address);
    }
    response
}

/// The query of an address. Without a status the list shows what is open.
fn read(text: &str) -> Result<PostingQuery> {
    let mut query = PostingQuery::parse_str(text)?;
    let told = url::form_urlencoded::parse(text.as_bytes())
        .any(|(name, value)| name == "status" && !value.trim().is_empty());
    if !told {
        query.status = Some(Status::Open);
    }
    Ok(query)
}

fn finder(query: PostingQuery, browsed: Browsed, now: Timestamp) -> Finder {
    let Browsed {
        page,
        sources,
        relaxations,
    } = browsed;
    let no_sources = sources.is_empty();
    let names = SourceNames::of(sources);
    let reliefs = relaxations
        .into_iter()
        .map(|one| relief(&query, one, &names));
    let alert = access::find("GET", "/alerts/new")
        .map(|_| format!("/alerts/new?{}", query.to_query_string()));
    let within = WITHIN.map(|days| (days, within(days), filters::count(&page, "within", days)));
    Finder {
        total: page.total,
        next: page.next.as_ref().map(|cursor| with_cursor(&query, cursor)),
        groups: filters::groups(&page, &query, &names),
        chips: filters::chips(&query, &names),
        internships: filters::count(&page, "internship", "yes"),
        paid: filters::count(&page, "paid", "yes"),
        rolling: filters::count(&page, "rolling", "yes"),
        within: within.into(),
        alert,
        address: address(&query),
        relaxations: reliefs.collect(),
        no_sources,
        rows: page
            .items
            .into_iter()
            .map(|hit| Row::of_hit(hit, now))
            .collect(),
        corrections: page.corrections,
        warnings: page.warnings,
        query,
    }
}

fn with_cursor(query: &PostingQuery, cursor: &str) -> String {
    let address = address(query);
    let sign = if address.contains('?') { '&' } else { '?' };
    let cursor = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("cursor", cursor)
        .finish();
    format!("{address}{sign}{cursor}")
}

fn relief(query: &PostingQuery, relaxation: Relaxation, names: &SourceNames) -> Relief {
    let conditions = relaxation.conditions;
    let labels: Vec<String> = conditions
        .iter()
        .map(|(name, value)| condition_label(name, value, names))
        .collect();
    let wider = conditions
        .iter()
        .fold(query.clone(), |query, (name, value)| {
            query.without(name, value)
        });
    Relief {
        label: labels.join(" and "),
        count: counted(relaxation.total, "posting", "postings"),
        address: address(&wider),
    }
}

fn condition_label(name: &str, value: &str, names: &SourceNames) -> String {
    match (name, value) {
        ("q", words) => format!("the words \u{201c}{words}\u{201d}"),
        ("status", "open") => "\u{201c}Open\u{201d}, so with closed ones".to_owned(),
        _ => format!("\u{201c}{}\u{201d}", value_label(name, value, names)),
    }
}

/// The page.
pub(super) fn routes() -> Routes {
    Routes::new().get("/postings", show)
}
