//! What a posting's page shows of documents: those that were made for it, and the form that makes one.

use askama::Template;
use async_trait::async_trait;

use super::super::actions::documents_of;
use super::super::model::{DocumentKind, DocumentSummary, PaperSize};
use super::super::print::{TemplateChoice, templates};
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::postings::panels::PostingPanel;
use crate::postings::record::PostingRecord;
use crate::state::Ctx;

/// The panel.
#[derive(Clone, Copy, Debug)]
pub struct DocumentPanel;

#[derive(Template)]
#[template(path = "documents/pages/panel.html")]
struct Section {
    posting: PostingId,
    documents: Vec<DocumentSummary>,
    templates: Vec<TemplateChoice>,
}

impl Section {
    fn kinds(&self) -> [DocumentKind; 6] {
        DocumentKind::ALL
    }

    fn papers(&self) -> [PaperSize; 2] {
        PaperSize::ALL
    }
}

#[async_trait]
impl PostingPanel for DocumentPanel {
    async fn section(&self, ctx: &Ctx, posting: &PostingRecord) -> Result<Option<String>> {
        if ctx.owner().is_err() {
            return Ok(None);
        }
        let section = Section {
            posting: posting.id,
            documents: documents_of(ctx, posting.id).await?,
            templates: templates(DocumentKind::Resume),
        };
        section.render().map(Some).map_err(Error::internal)
    }
}
