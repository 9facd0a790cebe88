//! `/sources/directory`: employers to choose from, by country, size and field.

use askama::Template;
use axum::http::request::Parts;

use super::actions::{
    directory_add, directory_add_fitting, directory_choose, directory_fields, directory_query,
};
use super::model::{Chosen, Count, DirectoryQuery, Listed, PAGE, Size};
use crate::accounts::model::Role;
use crate::error::Result;
use crate::postings::normalise::gazetteer::gazetteer;
use crate::postings::sources::intake::pages::{about, progress_page};
use crate::state::{Actor, Ctx};
use crate::web::{Form, Layout, Redirect, Routes, View};

/// The pairs of a form whose fields may stand several times, as ticked boxes do.
type Pairs = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "postings/sources/directory/list.html")]
struct DirectoryPage {
    layout: Layout,
    query: DirectoryQuery,
    chosen: Chosen,
    may_change: bool,
}

/// A value of a filter, to be ticked.
struct Choice {
    value: String,
    label: String,
    count: usize,
    ticked: bool,
}

/// A filter with its values.
struct Group {
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
}

impl DirectoryPage {
    fn groups(&self) -> Vec<Group> {
        let facets = &self.chosen.facets;
        vec![
            group(
                "country",
                "Country",
                &facets.country,
                &self.query.countries,
                country,
            ),
            group("size", "Size", &facets.size, &self.sizes(), size),
            group("field", "Field", &facets.field, &self.query.fields, field),
        ]
    }

    fn sizes(&self) -> Vec<String> {
        let names = self.query.sizes.iter().map(|size| size.name().to_owned());
        names.collect()
    }

    /// What is chosen, each with the address of the choice without it.
    fn chips(&self) -> Vec<(String, String)> {
        let pairs = self.query.pairs();
        let chip = |(at, (name, value)): (usize, &(&'static str, String))| {
            let mut others = pairs.clone();
            others.remove(at);
            (word(name, value), address(&others))
        };
        pairs.iter().enumerate().map(chip).collect()
    }

    /// The chosen values, to be sent with the button that adds all.
    fn hidden(&self) -> Vec<(&'static str, String)> {
        self.query.pairs()
    }

    /// How many of the rows of this page can be ticked.
    fn tickable(&self) -> usize {
        let rows = self.chosen.items.iter();
        rows.filter(|row| row.source.is_none()).count()
    }

    fn countries(&self, row: &Listed) -> String {
        let names = row.employer.countries.iter().map(|code| country(code));
        names.collect::<Vec<_>>().join(", ")
    }

    fn fields(&self, row: &Listed) -> String {
        let labels = row.employer.fields.iter().map(|id| field(id));
        labels.collect::<Vec<_>>().join(", ")
    }

    fn about(&self) -> String {
        about(self.chosen.seconds)
    }

    fn page(&self) -> usize {
        self.query.page.max(1)
    }

    fn first(&self) -> usize {
        (self.page() - 1) * PAGE + 1
    }

    fn last(&self) -> usize {
        self.first() + self.chosen.items.len() - 1
    }

    fn previous(&self) -> Option<String> {
        (self.page() > 1).then(|| self.address(self.page() - 1))
    }

    fn next(&self) -> Option<String> {
        (self.last() < self.chosen.total).then(|| self.address(self.page() + 1))
    }

    fn address(&self, page: usize) -> String {
        let mut pairs = self.query.pairs();
        if page > 1 {
            pairs.push(("page", page.to_string()));
        }
        address(&pairs)
    }
}

/// A value of a filter in words.
fn word(name: &str, value: &str) -> String {
    match name {
        "country" => country(value),
        "size" => size(value),
        "field" => field(value),
        _ => format!("\u{201c}{value}\u{201d}"),
    }
}

fn address(pairs: &[(&'static str, String)]) -> String {
    if pairs.is_empty() {
        return "/sources/directory".to_owned();
    }
    let text = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("/sources/directory?{text}")
}

fn group(
    name: &'static str,
    label: &'static str,
    counts: &[Count],
    ticked: &[String],
    word: fn(&str) -> String,
) -> Group {
    let choice = |count: &Count| Choice {
        label: word(&count.value),
        count: count.count,
        ticked: ticked.contains(&count.value),
        value: count.value.clone(),
    };
    Group {
        name,
        label,
        choices: counts.iter().map(choice).collect(),
    }
}

/// A country's name by its code.
pub(crate) fn country(code: &str) -> String {
    gazetteer().country_name(code).unwrap_or(code).to_owned()
}

/// A size in words by its name.
pub(crate) fn size(name: &str) -> String {
    Size::parse(name).map_or_else(|| name.to_owned(), |size| size.label().to_owned())
}

/// A field's label by its id.
pub(crate) fn field(id: &str) -> String {
    let known = directory_fields().iter().find(|field| field.id == id);
    known.map_or(id, |field| field.label).to_owned()
}

/// Whether the reader may add sources.
pub(crate) fn may_change(ctx: &Ctx) -> bool {
    let admin = Role::Admin;
    matches!(ctx.actor(), Actor::Person { role, .. } if *role == admin)
}

async fn list(ctx: Ctx, layout: Layout, parts: Parts) -> Result<View<DirectoryPage>> {
    let pairs: Pairs = decoded(parts.uri.query().unwrap_or_default());
    let query = directory_query(borrowed(&pairs))?;
    Ok(View(DirectoryPage {
        layout: layout.titled("Employers to choose from"),
        chosen: directory_choose(&ctx, &query).await?,
        may_change: may_change(&ctx),
        query,
    }))
}

fn decoded(query: &str) -> Pairs {
    url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

fn borrowed(pairs: &Pairs) -> impl Iterator<Item = (&str, &str)> {
    pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
}

/// Adds the ticked employers.
async fn add(ctx: Ctx, Form(pairs): Form<Pairs>) -> Result<Redirect> {
    let ticked: Vec<String> = pairs
        .into_iter()
        .filter(|(name, _)| name == "employer")
        .map(|(_, key)| key)
        .collect();
    progress_page(directory_add(&ctx, &ticked).await, "/sources/directory")
}

/// Adds all employers that fit the filters.
async fn add_fitting(ctx: Ctx, Form(pairs): Form<Pairs>) -> Result<Redirect> {
    let query = directory_query(borrowed(&pairs))?;
    progress_page(
        directory_add_fitting(&ctx, &query).await,
        "/sources/directory",
    )
}

/// The page and what its forms send to.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/sources/directory", list)
        .post("/sources/directory", add)
        .post("/sources/directory/all", add_fitting)
}
