//! A document: its preview, its reasons, what was found, and the forms that change it.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use resume::EntryId;
use serde::Deserialize;

use super::super::actions::{
    DocumentDetail, document_decide, document_detail, document_remake, document_remove,
    document_restore, document_show,
};
use super::super::files::document_file;
use super::super::model::{DocumentId, File, Format, PaperSize};
use super::super::overview::EntryLines;
use super::super::print::{TemplateChoice, templates};
use super::super::tailor::{Decision, Show};
use super::super::wording::{ProposalId, proposal_approve, proposal_decline, wording_propose};
use super::list::MakeForm;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Path, Query, Redirect, View};

#[derive(Template)]
#[template(path = "documents/pages/show.html")]
pub(super) struct ShowPage {
    layout: Layout,
    detail: DocumentDetail,
    templates: Vec<TemplateChoice>,
}

impl ShowPage {
    fn formats(&self) -> Vec<(&'static str, String)> {
        let id = self.detail.document.id;
        let kind = self.detail.document.kind.name();
        let all = Format::ALL.into_iter();
        all.map(|format| {
            (
                format.label(),
                format!("/documents/{id}/files/{kind}.{}", format.suffix()),
            )
        })
        .collect()
    }

    fn papers(&self) -> [PaperSize; 2] {
        PaperSize::ALL
    }

    fn is_template(&self, name: &str) -> bool {
        self.detail.document.template == name
    }

    fn is_paper(&self, paper: &PaperSize) -> bool {
        self.detail.document.paper == *paper
    }

    fn shown(&self) -> Vec<&EntryLines> {
        self.detail
            .entries
            .iter()
            .filter(|one| one.entry.shown)
            .collect()
    }

    fn left_out(&self) -> Vec<&EntryLines> {
        self.detail
            .entries
            .iter()
            .filter(|one| !one.entry.shown)
            .collect()
    }

    /// The words that a note is about.
    fn words(&self, text: &str, start: &usize, end: &usize) -> String {
        text.get(*start..*end).unwrap_or("").to_owned()
    }
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<DocumentId>,
) -> Result<View<ShowPage>> {
    let detail = document_detail(&ctx, id).await?;
    Ok(View(ShowPage {
        layout: layout.titled(detail.document.title.clone()),
        templates: templates(detail.document.kind),
        detail,
    }))
}

pub(super) async fn again(
    ctx: Ctx,
    Path(id): Path<DocumentId>,
    Form(form): Form<MakeForm>,
) -> Result<Redirect> {
    let made = document_remake(&ctx, id, form.options()?).await?;
    let to = Redirect::to(format!("/documents/{}", made.id));
    Ok(to.with(Flash::ok(format!(
        "Made again as version {}. The one before stays.",
        made.version
    ))))
}

/// What the person decided about an entry or a bullet.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DecideForm {
    entry: String,
    show: String,
    order: String,
    wording: String,
    /// `posting` for this posting alone.
    scope: String,
}

impl DecideForm {
    fn decision(&self) -> Result<Decision> {
        if self.entry.is_empty() {
            return Err(Error::invalid_field(
                "entry",
                "Say which entry or bullet it is about.",
            ));
        }
        let show = match self.show.as_str() {
            "" => None,
            "always" => Some(Show::Always),
            "never" => Some(Show::Never),
            other => {
                return Err(Error::invalid_field(
                    "show",
                    format!("`{other}` is none of always and never."),
                ));
            }
        };
        let order = match self.order.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| {
                Error::invalid_field("order", "Give the place as a number, 1 for the first.")
            })?),
        };
        let wording = (!self.wording.is_empty()).then(|| self.wording.clone());
        Ok(Decision {
            show,
            order,
            wording,
        })
    }
}

pub(super) async fn decide(
    ctx: Ctx,
    Path(id): Path<DocumentId>,
    Form(form): Form<DecideForm>,
) -> Result<Redirect> {
    let document = document_show(&ctx, id).await?;
    let posting = document.posting.filter(|_| form.scope == "posting");
    let (entry, decision) = (EntryId(form.entry.clone()), form.decision()?);
    document_decide(&ctx, posting, &entry, &decision).await?;
    let made = document_remake(&ctx, id, Default::default()).await?;
    let to = Redirect::to(format!("/documents/{}#reasons", made.id));
    Ok(to.with(Flash::ok(format!(
        "Remembered, and made again as version {}.",
        made.version
    ))))
}

/// A wish for another wording.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProposeForm {
    entry: String,
    wish: String,
}

pub(super) async fn propose(
    ctx: Ctx,
    Path(id): Path<DocumentId>,
    Form(form): Form<ProposeForm>,
) -> Result<Redirect> {
    document_show(&ctx, id).await?;
    wording_propose(&ctx, &EntryId(form.entry), &form.wish).await?;
    Ok(Redirect::to("/documents").with(Flash::ok("A wording is proposed. It waits for you here.")))
}

pub(super) async fn approve(ctx: Ctx, Path(id): Path<ProposalId>) -> Result<Redirect> {
    proposal_approve(&ctx, id).await?;
    Ok(Redirect::to("/documents").with(Flash::ok("Approved. It is a variant of the bullet now.")))
}

pub(super) async fn decline(ctx: Ctx, Path(id): Path<ProposalId>) -> Result<Redirect> {
    proposal_decline(&ctx, id).await?;
    Ok(Redirect::to("/documents").with(Flash::ok("Declined.")))
}

pub(super) async fn remove(ctx: Ctx, Path(id): Path<DocumentId>) -> Result<Redirect> {
    document_remove(&ctx, id).await?;
    Ok(Redirect::to(format!("/documents?removed={id}")))
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<DocumentId>) -> Result<Redirect> {
    document_restore(&ctx, id).await?;
    Ok(Redirect::to(format!("/documents/{id}")).with(Flash::ok("Back again.")))
}

/// How a file is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FileParams {
    /// `1`: to be shown within the page.
    view: Option<u8>,
}

pub(super) async fn file(
    ctx: Ctx,
    Path((id, name)): Path<(DocumentId, String)>,
    Query(params): Query<FileParams>,
) -> Result<Response> {
    let suffix = name.rsplit('.').next().unwrap_or_default();
    let file = document_file(&ctx, id, suffix.parse()?).await?;
    // Only a PDF is shown in place; the others could run as pages of this site.
    let within = params.view.is_some() && file.mime == Format::Pdf.media_type();
    Ok(answer(file, within))
}

/// The file for a browser: to keep, or to be shown within a page of this server.
pub(in super::super) fn answer(file: File, within: bool) -> Response {
    let how = if within { "inline" } else { "attachment" };
    // The name is made of letters, digits and hyphens.
    let disposition = HeaderValue::from_str(&format!("{how}; filename=\"{}\"", file.name));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(file.mime);
    let mut response = (
        [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        file.bytes,
    )
        .into_response();
    if within {
        let framed = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(framed),
        );
        headers.insert(
            header::X_FRAME_OPTIONS,
            HeaderValue::from_static("SAMEORIGIN"),
        );
    }
    response
}
