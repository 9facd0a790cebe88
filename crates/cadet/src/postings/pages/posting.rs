//! `/postings/{id}`: one posting with everything that is known of it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;

use super::row::{Row, grade_class};
use super::words;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::actions::{
    PostingDetail, posting_others, posting_raw, posting_save, posting_show,
};
use crate::postings::facts::{self, FactLine};
use crate::postings::merge::{Change, Changes};
use crate::postings::model::{Dated, Location, Origin, Pay, PostingId};
use crate::postings::openings::model::{OpeningPosting, OpeningRecord};
use crate::postings::panels::sections;
use crate::postings::record::{HistoryEntry, PostingRecord, Status};
use crate::skills::{Kind, Skill, Taxonomy};
use crate::state::Ctx;
use crate::web::flash::local_path;
use crate::web::{Flash, Form, Layout, Path, Redirect, Routes, View};

#[derive(Template)]
#[template(path = "postings/pages/posting.html")]
struct PostingPage {
    layout: Layout,
    record: PostingRecord,
    saved: bool,
    opening: OpeningRecord,
    /// Whether the reader may say what is one opening.
    may_change: bool,
    places: Vec<String>,
    details: Vec<Detail>,
    facts: Vec<Told>,
    skills: Vec<(Kind, Vec<&'static Skill>)>,
    history: Vec<Entry>,
    others: Vec<Row>,
    /// What other features show.
    sections: Vec<String>,
}

/// A fact with its sentence, unless that was just shown.
struct Told {
    name: &'static str,
    value: String,
    quote: Option<String>,
    note: String,
}

/// A field with where it came from.
struct Detail {
    name: &'static str,
    value: String,
    /// When the value is an instant.
    at: Option<Timestamp>,
    origin: Option<&'static str>,
}

/// Something that happened to the posting.
struct Entry {
    at: Timestamp,
    what: String,
    changes: Vec<FieldChange>,
    /// The whole text before, as safe HTML, if it is the text that changed.
    earlier: Option<String>,
}

/// A field that changed; lines for a text, one line else.
struct FieldChange {
    name: String,
    removed: Vec<String>,
    added: Vec<String>,
}

impl PostingPage {
    fn is_closed(&self) -> bool {
        self.record.status == Status::Closed
    }

    fn is_open(&self, posting: &OpeningPosting) -> bool {
        posting.status == Status::Open
    }

    fn grade_class(&self) -> &'static str {
        self.record
            .facts
            .backend
            .as_ref()
            .map_or("grade grade-0", |fact| grade_class(fact.value))
    }

    fn grade(&self) -> &'static str {
        let grade = self.record.facts.backend.as_ref();
        grade.map_or("Not judged", |fact| words::grade(fact.value))
    }

    /// Where to apply is told apart from the posting's page only when they differ.
    fn page_differs(&self) -> bool {
        self.record.url != self.record.apply_url
    }

    fn company_address(&self) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("company", &self.record.company)
            .finish();
        format!("/postings?{query}")
    }
}

async fn show(ctx: Ctx, layout: Layout, Path(id): Path<PostingId>) -> Result<View<PostingPage>> {
    let detail = posting_show(&ctx, id).await?;
    let others = posting_others(&ctx, &detail.record).await?;
    let sections = sections(&ctx, &detail.record).await?;
    let now = ctx.now();
    let others = others
        .into_iter()
        .map(|other| Row::new(other, None, now))
        .collect();
    let may_change = ctx.require_admin().is_ok();
    Ok(View(PostingPage {
        may_change,
        sections,
        ..page(layout, detail, others)
    }))
}

fn page(layout: Layout, detail: PostingDetail, others: Vec<Row>) -> PostingPage {
    let record = detail.record;
    PostingPage {
        layout: layout.titled(format!("{} at {}", record.title, record.company)),
        saved: detail.saved,
        opening: detail.opening,
        may_change: false,
        places: record.locations.iter().map(words::place).collect(),
        details: details(&record),
        facts: told(&record),
        skills: skills_by_kind(&record),
        history: detail.history.into_iter().map(entry).collect(),
        others,
        sections: Vec::new(),
        record,
    }
}

fn told(record: &PostingRecord) -> Vec<Told> {
    let mut shown = record.title.clone();
    facts::told(&record.facts)
        .into_iter()
        .map(|fact| {
            let note = note(&fact, &shown);
            let is_new = !fact.quote.is_empty() && fact.quote != shown;
            if is_new && fact.origin != Origin::Title {
                shown.clone_from(&fact.quote);
            }
            Told {
                name: fact.name,
                value: fact.value,
                quote: is_new.then_some(fact.quote),
                note,
            }
        })
        .collect()
}

fn note(fact: &FactLine, shown: &str) -> String {
    let origin = words::origin(fact.origin);
    match fact.quote.as_str() {
        "" if matches!(
            fact.origin,
            Origin::Source | Origin::SourceName | Origin::Url
        ) =>
        {
            format!("from {origin}")
        }
        "" => "no words say otherwise".to_owned(),
        quote if quote == shown && fact.origin != Origin::Title => {
            format!("the same sentence in {origin}")
        }
        _ => format!("in {origin}"),
    }
}

fn details(record: &PostingRecord) -> Vec<Detail> {
    let origin = |field: &str| {
        record
            .origins
            .get(field)
            .map(|origin| words::origin(*origin))
    };
    let mut details = Vec::new();
    let mut add = |name, field: &str, value: Option<String>, at| {
        details.extend(value.map(|value| Detail {
            name,
            value,
            at,
            origin: origin(field),
        }));
    };
    add(
        "Workplace",
        "workplace",
        record.workplace.map(|it| words::workplace(it).into()),
        None,
    );
    add(
        "Employment",
        "employment",
        record.employment.map(employment),
        None,
    );
    add("Department", "department", record.department.clone(), None);
    let stated_pay = record.pay.as_ref().filter(|_| record.facts.pay.is_none());
    add("Pay", "pay", stated_pay.map(facts::pay), None);
    let comparable = record.pay_rates.as_ref().map(facts::pay_rates);
    add("Pay, comparable", "pay_rates", comparable, None);
    let language = record.language.as_deref().map(words::language);
    add("Language", "language", language.map(str::to_owned), None);
    for (name, field, date) in [
        ("Posted", "posted", record.posted),
        ("Changed there", "updated", record.updated),
        ("Closes", "deadline", record.deadline),
    ] {
        add(
            name,
            field,
            date.map(dated),
            date.filter(|date| !date.day_only).map(|date| date.at),
        );
    }
    details
}

fn employment(employment: impl serde::Serialize) -> String {
    let name = serde_json::to_value(employment).unwrap_or_default();
    words::capitalised(&name.as_str().unwrap_or_default().replace('-', " "))
}

fn dated(date: Dated) -> String {
    date.at.date_string()
}

fn skills_by_kind(record: &PostingRecord) -> Vec<(Kind, Vec<&'static Skill>)> {
    let taxonomy = Taxonomy::bundled();
    let mut by_kind: BTreeMap<Kind, Vec<&'static Skill>> = BTreeMap::new();
    for mention in &record.skills {
        if let Some(skill) = taxonomy.get(&mention.skill) {
            let kind = by_kind.entry(skill.kind).or_default();
            if !kind.iter().any(|known| known.id == skill.id) {
                kind.push(skill);
            }
        }
    }
    let in_order = Kind::ALL.into_iter();
    in_order
        .filter_map(|kind| Some((kind, by_kind.remove(&kind)?)))
        .collect()
}

fn entry(entry: HistoryEntry) -> Entry {
    let told = |at, what: &str, reason: &str| Entry {
        at,
        what: format!("{what}: {reason}"),
        changes: Vec::new(),
        earlier: None,
    };
    match entry {
        HistoryEntry::Changed {
            at,
            changes,
            earlier,
        } => Entry {
            at,
            what: "Changed".into(),
            changes: field_changes(changes),
            earlier: earlier.map(|text| text.html),
        },
        HistoryEntry::Suspected { at, reason } => told(at, "In doubt", &reason),
        HistoryEntry::ListedAgain { at, reason } => told(at, "No longer in doubt", &reason),
        HistoryEntry::Closed { at, reason } => told(at, "Closed", &reason),
        HistoryEntry::Reopened { at, reason } => told(at, "Open again", &reason),
    }
}

fn field_changes(changes: Changes) -> Vec<FieldChange> {
    let told = |value: &Value| value_lines(value);
    changes
        .into_iter()
        .map(|(name, change)| {
            let (removed, added) = match change {
                Change::Value { before, after } => (told(&before), told(&after)),
                Change::Text { removed, added } => (removed, added),
            };
            FieldChange {
                name: words::capitalised(&name.replace('_', " ")),
                removed,
                added,
            }
        })
        .collect()
}

/// A value of a field as it was stored, in words.
fn value_lines(value: &Value) -> Vec<String> {
    let parsed = || serde_json::from_value(value.clone());
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.replace('-', " ")],
        Value::Array(_) => {
            let places: Vec<Location> = parsed_or_default(value);
            places.iter().map(words::place).collect()
        }
        Value::Object(fields) if fields.contains_key("currency") => parsed().map_or_else(
            |_| vec![value.to_string()],
            |pay: Pay| vec![facts::pay(&pay)],
        ),
        Value::Object(_) => serde_json::from_value(value.clone())
            .map_or_else(|_| vec![value.to_string()], |date: Dated| vec![dated(date)]),
        other => vec![other.to_string()],
    }
}

fn parsed_or_default<T: serde::de::DeserializeOwned + Default>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

async fn raw(ctx: Ctx, Path(id): Path<PostingId>) -> Result<Response> {
    let records = posting_raw(&ctx, id).await?;
    let text = serde_json::to_string_pretty(&records).map_err(Error::internal)?;
    let kind = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

#[derive(Debug, Deserialize)]
struct SaveForm {
    saved: String,
    #[serde(default)]
    back: String,
}

/// Whether the bundle's script asks, which needs no page for an answer.
struct ByScript(bool);

impl<S: Send + Sync> FromRequestParts<S> for ByScript {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Ok(Self(parts.headers.contains_key("hx-request")))
    }
}

async fn save(
    ctx: Ctx,
    Path(id): Path<PostingId>,
    ByScript(by_script): ByScript,
    Form(form): Form<SaveForm>,
) -> Result<Response> {
    let saved = form.saved == "yes";
    posting_save(&ctx, id, saved).await?;
    if by_script {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let done = if saved { "Saved." } else { "No longer saved." };
    let back = Redirect::to(local_path(&form.back)).with(Flash::ok(done));
    Ok(back.into_response())
}

/// The page, the raw records and the button.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/postings/{id}", show)
        .get("/postings/{id}/raw", raw)
        .post("/postings/{id}/save", save)
}
