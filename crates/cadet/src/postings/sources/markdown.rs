//! Community lists as tables in a Markdown file: the other common form beside `listings.json`.
//!
//! The address is a web address or a file. Tables may be Markdown or HTML, their columns in any order and under many names. A
//! table's heading says the term, and whether what it lists is closed.

mod columns;
mod dates;
mod row;
mod tables;

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use self::columns::Columns;
use self::row::{Above, Rows};
use self::tables::Table;
use super::connector::{FetchContext, Parsed, Source, error, is_file};
use super::document::Document;
use super::model::{Fetched, SourceAddress, SourceError, SourceErrorKind, SourceKind};
use super::record::with_unique_ids;
use super::simplify;
use crate::clock::Timestamp;
use crate::fetch::{Accept, Robots};

/// The connector.
pub struct Markdown;

#[async_trait]
impl Source for Markdown {
    fn kind(&self) -> SourceKind {
        SourceKind::Markdown
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let document = read(ctx, &address.address, validators).await?;
        let mut fetched = Fetched::default();
        if !document.unchanged {
            fetched = parse(&document.text(), &document.at, ctx.clock.now())?.into_fetched();
        }
        fetched.name = name_of(&address.address).or(fetched.name);
        let complete = fetched.complete;
        let mut sealed = document.seal(SourceKind::Markdown, fetched);
        sealed.validators = sealed.validators.filter(|_| complete || sealed.unchanged);
        Ok(sealed)
    }
}

/// Reads the file; see [`simplify`] for why raw files of repositories may be read.
pub(super) async fn read(
    ctx: &FetchContext,
    address: &str,
    validators: Option<&Value>,
) -> Result<Document, SourceError> {
    let is_raw_file =
        Url::parse(address).is_ok_and(|url| url.host_str() == Some("raw.githubusercontent.com"));
    let robots = match is_raw_file {
        true => Robots::ApiDocumented,
        false => Robots::Obey,
    };
    Document::read(ctx, address, Accept::Any, robots, validators).await
}

/// `owner/repository` of a file on GitHub; the folder and name of a file here.
pub(super) fn name_of(address: &str) -> Option<String> {
    if !is_file(address) {
        return simplify::name_of(address);
    }
    let mut parts = address.rsplit(['/', '\\']).filter(|part| !part.is_empty());
    let file = parts.next()?;
    Some(match parts.next() {
        Some(folder) if file.to_ascii_lowercase().starts_with("readme") => folder.to_owned(),
        _ => file.to_owned(),
    })
}

/// Whether a file's name says that it is Markdown.
pub(super) fn is_markdown_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".md", ".markdown", ".mdown"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Reads a list; `at` says where it came from, `now` which year a day without one belongs to.
///
/// # Errors
/// If it holds no table of postings.
pub fn parse(body: &str, at: &str, now: Timestamp) -> Result<Parsed, SourceError> {
    let page = tables::of_document(body);
    let base = Url::parse(at).ok();
    let mut rows = Rows::new(base.as_ref(), now);
    let mut parsed = Parsed {
        whole: true,
        name: page.title.clone(),
        ..Parsed::default()
    };
    let mut is_list = false;
    for (number, table) in page.tables.iter().enumerate() {
        let Some(columns) = Columns::of(table) else {
            continue;
        };
        is_list = true;
        read_table(number, table, &columns, &mut rows, &mut parsed);
    }
    if !is_list {
        let message = format!(
            "{at} holds no table with a column for the company and one for the role or a link. Check that it is the list's own file."
        );
        return Err(error(SourceErrorKind::Malformed, Some(at), message));
    }
    parsed.postings = with_unique_ids(std::mem::take(&mut parsed.postings), &mut parsed.problems);
    Ok(parsed)
}

fn read_table(
    number: usize,
    table: &Table,
    columns: &Columns,
    rows: &mut Rows<'_>,
    parsed: &mut Parsed,
) {
    let above = Above::of(&table.headings);
    rows.begin_table();
    for (index, cells) in table.rows.iter().enumerate().skip(columns.header_rows) {
        match rows.posting(cells, columns, &above) {
            Ok(Some(posting)) => parsed.postings.push(posting),
            Ok(None) => {}
            Err(missing) => parsed.lose(format!("table {} row {}", number + 1, index + 1), missing),
        }
    }
}

#[cfg(test)]
mod tests;
