//! The editor of paragraphs.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::super::letters::{
    Paragraph, ParagraphId, Part, SLOTS, STARTER_LANGUAGES, conditions_text,
};
use super::super::model::DocumentKind;
use super::super::paragraphs::{
    ParagraphInput, paragraph_add, paragraph_change, paragraph_remove, paragraph_restore,
    paragraphs_adopt, paragraphs_usable,
};
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Path, Query, Redirect, View};

#[derive(Template)]
#[template(path = "documents/pages/paragraphs.html")]
pub(super) struct ParagraphsPage {
    layout: Layout,
    params: Params,
    kind: DocumentKind,
    paragraphs: Vec<Paragraph>,
    /// What was typed and cannot be used: nothing of it is lost.
    typed: Option<Typed>,
}

/// What was typed, for which paragraph, and what is wrong with it.
struct Typed {
    id: Option<ParagraphId>,
    input: ParagraphInput,
    problem: String,
}

impl ParagraphsPage {
    fn kinds(&self) -> impl Iterator<Item = DocumentKind> {
        DocumentKind::ALL
            .into_iter()
            .filter(|kind| kind.is_letter())
    }

    fn parts(&self) -> [Part; 4] {
        Part::ALL
    }

    fn slots(&self) -> &'static [(&'static str, &'static str)] {
        &SLOTS
    }

    /// A slot as it is written.
    fn slot(&self, name: &str) -> String {
        format!("{{{name}}}")
    }

    fn conditions(&self, paragraph: &Paragraph) -> String {
        conditions_text(&paragraph.conditions)
    }

    fn sources(&self, paragraph: &Paragraph) -> String {
        let ids: Vec<&str> = paragraph.sources.iter().map(|id| id.0.as_str()).collect();
        ids.join(", ")
    }

    /// What stands in the form of a paragraph: what was typed, else what it is.
    fn form(&self, paragraph: &Paragraph) -> ParagraphInput {
        let typed = self.typed.as_ref().filter(|typed| typed.id == paragraph.id);
        typed.map_or_else(
            || ParagraphInput {
                part: paragraph.part.name().to_owned(),
                position: paragraph.position,
                conditions: self.conditions(paragraph),
                text: paragraph.text.clone(),
                sources: self.sources(paragraph),
                ..ParagraphInput::default()
            },
            |typed| typed.input.clone(),
        )
    }

    /// What stands in the form of a new paragraph.
    fn new_form(&self) -> ParagraphInput {
        let typed = self.typed.as_ref().filter(|typed| typed.id.is_none());
        typed.map_or_else(
            || ParagraphInput {
                part: "body".into(),
                position: 1,
                ..ParagraphInput::default()
            },
            |typed| typed.input.clone(),
        )
    }

    fn is_typed(&self, id: &ParagraphId) -> bool {
        self.typed
            .as_ref()
            .is_some_and(|typed| typed.id == Some(*id))
    }

    fn are_starters(&self) -> bool {
        self.paragraphs.iter().any(|one| one.id.is_none())
    }

    fn languages(&self) -> [&'static str; 2] {
        STARTER_LANGUAGES
    }
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    kind: String,
    language: String,
    /// A paragraph that was just removed.
    removed: Option<ParagraphId>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            kind: "letter".into(),
            language: "en".into(),
            removed: None,
        }
    }
}

fn address(kind: DocumentKind, language: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("kind", kind.name())
        .append_pair("language", language);
    format!("/documents/paragraphs?{}", query.finish())
}

fn back_to(paragraph: &Paragraph, told: &str) -> Redirect {
    Redirect::to(address(paragraph.kind, &paragraph.language)).with(Flash::ok(told))
}

pub(super) async fn list(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<Params>,
) -> Result<View<ParagraphsPage>> {
    page(&ctx, layout, params, None).await.map(View)
}

async fn page(
    ctx: &Ctx,
    layout: Layout,
    params: Params,
    typed: Option<Typed>,
) -> Result<ParagraphsPage> {
    let kind = params.kind.parse()?;
    let paragraphs = paragraphs_usable(ctx, kind, &params.language).await?;
    Ok(ParagraphsPage {
        layout: layout.titled("Paragraphs of letters"),
        params,
        kind,
        paragraphs,
        typed,
    })
}

/// The page for what was done; for what cannot be used, with what was typed and what is wrong with it.
async fn answer(
    ctx: &Ctx,
    layout: Layout,
    (id, input): (Option<ParagraphId>, ParagraphInput),
    done: Result<Paragraph>,
) -> Result<Response> {
    let problem = match done {
        Ok(paragraph) => return Ok(back_to(&paragraph, "The paragraph is saved.").into_response()),
        Err(Error::Invalid { message, .. }) => message,
        Err(other) => return Err(other),
    };
    let (kind, language) = (input.kind.clone(), input.language.clone());
    let params = Params {
        kind,
        language,
        removed: None,
    };
    let typed = Some(Typed { id, input, problem });
    let page = page(ctx, layout, params, typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
}

#[derive(Debug, Deserialize)]
pub(super) struct AdoptForm {
    kind: String,
    language: String,
}

pub(super) async fn adopt(ctx: Ctx, Form(form): Form<AdoptForm>) -> Result<Redirect> {
    let kind = form.kind.parse()?;
    paragraphs_adopt(&ctx, kind, &form.language).await?;
    let to = Redirect::to(address(kind, &form.language));
    Ok(to.with(Flash::ok(
        "The starters are yours now. Adapt them, so that they are your own words.",
    )))
}

pub(super) async fn add(
    ctx: Ctx,
    layout: Layout,
    Form(form): Form<ParagraphInput>,
) -> Result<Response> {
    let done = paragraph_add(&ctx, form.clone()).await;
    answer(&ctx, layout, (None, form), done).await
}

pub(super) async fn change(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<ParagraphId>,
    Form(form): Form<ParagraphInput>,
) -> Result<Response> {
    let done = paragraph_change(&ctx, id, form.clone()).await;
    answer(&ctx, layout, (Some(id), form), done).await
}

pub(super) async fn remove(ctx: Ctx, Path(id): Path<ParagraphId>) -> Result<Redirect> {
    let paragraph = paragraph_remove(&ctx, id).await?;
    let address = address(paragraph.kind, &paragraph.language);
    Ok(Redirect::to(format!("{address}&removed={id}")))
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<ParagraphId>) -> Result<Redirect> {
    let paragraph = paragraph_restore(&ctx, id).await?;
    Ok(back_to(&paragraph, "The paragraph is back."))
}
