//! The list of documents, and making one.

use askama::Template;
use serde::Deserialize;

use super::super::actions::{document_list, document_make};
use super::super::model::{
    DocumentId, DocumentKind, DocumentOptions, DocumentSummary, Given, PaperSize,
};
use super::super::print::{TemplateChoice, templates};
use super::super::store::documents::Listed;
use super::super::wording::{Proposal, proposals_waiting};
use crate::error::Result;
use crate::postings::model::PostingId;
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Query, Redirect, View};

/// Documents on a page of the list.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "documents/pages/list.html")]
pub(super) struct ListPage {
    layout: Layout,
    documents: Vec<DocumentSummary>,
    params: ListParams,
    next: Option<DocumentId>,
    templates: Vec<TemplateChoice>,
    proposals: Vec<Proposal>,
}

impl ListPage {
    fn kinds(&self) -> [DocumentKind; 6] {
        DocumentKind::ALL
    }

    fn papers(&self) -> [PaperSize; 2] {
        PaperSize::ALL
    }

    fn is_kind(&self, kind: &DocumentKind) -> bool {
        self.params.kind == kind.name()
    }

    fn is_filtered(&self) -> bool {
        !self.params.q.is_empty() || !self.params.kind.is_empty() || self.params.before > 0
    }

    fn next_address(&self) -> Option<String> {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("q", &self.params.q)
            .append_pair("kind", &self.params.kind);
        query.append_pair("before", &self.next?.to_string());
        Some(format!("/documents?{}", query.finish()))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ListParams {
    q: String,
    kind: String,
    before: i64,
    /// A document that was just removed.
    removed: Option<DocumentId>,
}

pub(super) async fn list(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<ListParams>,
) -> Result<View<ListPage>> {
    let listed = Listed {
        before: params.before,
        limit: ROWS as u64 + 1,
        words: &params.q,
        kind: params.kind.parse().ok(),
        posting: None,
    };
    let documents = document_list(&ctx, &listed).await?;
    let proposals = proposals_waiting(&ctx).await?;
    Ok(View(page(layout, params, documents, proposals)))
}

fn page(
    layout: Layout,
    params: ListParams,
    mut documents: Vec<DocumentSummary>,
    proposals: Vec<Proposal>,
) -> ListPage {
    let more = documents.len() > ROWS;
    documents.truncate(ROWS);
    ListPage {
        layout: layout.titled("Documents"),
        next: documents
            .last()
            .filter(|_| more)
            .map(|document| document.id),
        documents,
        params,
        templates: templates(DocumentKind::Resume),
        proposals,
    }
}

/// What a form says of a document to be made; what is empty is not given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MakeForm {
    pub(super) posting: String,
    pub(super) kind: String,
    pub(super) template: String,
    pub(super) paper: String,
    pub(super) language: String,
    pub(super) pages: String,
    pub(super) contact: String,
    pub(super) contact_title: String,
    pub(super) day: String,
    pub(super) topic: String,
}

impl MakeForm {
    pub(super) fn options(&self) -> Result<DocumentOptions> {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        Ok(DocumentOptions {
            template: given(&self.template),
            paper: given(&self.paper).map(|paper| paper.parse()).transpose()?,
            language: given(&self.language),
            pages: given(&self.pages).and_then(|pages| pages.parse().ok()),
            given: Given {
                contact: self.contact.trim().to_owned(),
                contact_title: self.contact_title.trim().to_owned(),
                day: self.day.trim().to_owned(),
                topic: self.topic.trim().to_owned(),
                date: String::new(),
            },
        })
    }
}

pub(super) async fn make(ctx: Ctx, Form(form): Form<MakeForm>) -> Result<Redirect> {
    let posting = form.posting.trim().parse().ok().map(PostingId);
    let document = document_make(&ctx, posting, form.kind.parse()?, form.options()?).await?;
    let to = Redirect::to(format!("/documents/{}", document.id));
    Ok(to.with(Flash::ok("Made. Look it over before you send it.")))
}
