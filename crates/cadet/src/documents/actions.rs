//! What one can do with documents. Each acts on the caller's own.

use resume::EntryId;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::consistency::{self, Note};
use super::entries::entries;
use super::gate::{self, Refusal};
use super::inputs::Inputs;
use super::make::{self, Making};
use super::model::{
    Content, Document, DocumentId, DocumentKind, DocumentOptions, DocumentSummary, PaperSize,
};
use super::overview::{EntryLines, overview};
use super::paragraphs::paragraphs_usable;
use super::print::{self, Readback};
use super::spelling;
use super::store::documents::{Listed, NewDocument};
use super::store::{decisions, documents};
use super::tailor::{Decision, Length};
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::profile::actions::profile_current;
use crate::state::Ctx;

/// Documents on a page of the list at the most.
const LIST_MOST: u64 = 200;

/// What was found when a document was looked over.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DocumentChecked)]
pub struct Checked {
    /// What the gate refuses, by the profile as it is now. Empty: everything is held by its sources.
    pub refusals: Vec<Refusal>,
    /// Spelling, dates, tense, length, contact data.
    pub notes: Vec<Note>,
    /// What reading the PDF again gave; none when it cannot be set.
    pub readback: Option<Readback>,
}

/// Makes a document and stores it as a new version. What the gate refuses stays out of files until it is put right.
///
/// # Errors
/// [`Error::Invalid`] for options that cannot be used, or an empty profile; [`Error::NotFound`] for a posting that is not there;
/// from the database.
pub async fn document_make(
    ctx: &Ctx,
    posting: Option<PostingId>,
    kind: DocumentKind,
    options: DocumentOptions,
) -> Result<Document> {
    let owner = ctx.owner()?;
    let inputs = Inputs::gather(ctx, posting).await?;
    if inputs.profile.resume.basics.name.trim().is_empty()
        && entries(&inputs.profile.resume).is_empty()
    {
        return Err(Error::invalid(
            "Your profile is empty, so there is nothing to make a document of. Write it under You, or import a resume.",
        ));
    }
    let template = print::template(kind, options.template.as_deref())?;
    let language = checked_language(&options, &inputs)?;
    let decided = decisions::decided(&ctx.db, owner, posting).await?;
    let paragraphs = match kind.is_letter() {
        true => paragraphs_usable(ctx, kind, &language).await?,
        false => Vec::new(),
    };
    let options = DocumentOptions {
        language: Some(language),
        ..options
    };
    let making = Making {
        kind,
        options: &options,
        decisions: &decided,
        paragraphs: &paragraphs,
        now: ctx.now(),
    };
    let (mut content, _) = make::content(&inputs, &making);
    let now = ctx.now();
    let (content, refused) = blocking(move || {
        let refused = gate::check(&content.sentences, &inputs.ground(&content, now));
        content.refused.clone_from(&refused);
        (content, refused)
    })
    .await?;
    if !refused.is_empty() {
        tracing::debug!(
            refused = refused.len(),
            "the gate refuses sentences of a document"
        );
    }
    let paper = options.paper.unwrap_or_else(|| usual_paper(&content));
    store(ctx, posting, kind, (&template, paper), &content).await
}

/// Writes a version.
async fn store(
    ctx: &Ctx,
    posting: Option<PostingId>,
    kind: DocumentKind,
    (template, paper): (&str, PaperSize),
    content: &Content,
) -> Result<Document> {
    let json = serde_json::to_string(content).map_err(Error::internal)?;
    let title = title(kind, content);
    let company = content
        .posting
        .as_ref()
        .map_or("", |posting| posting.company.as_str());
    let transaction = ctx.db.begin().await?;
    let new = NewDocument {
        posting,
        kind,
        search_text: &format!("{title} {company} {}", kind.label()),
        title: &title,
        template,
        paper,
        content,
        sha256: hexadecimal(&Sha256::digest(json.as_bytes())),
        json,
    };
    let document = documents::insert(&transaction, ctx.owner()?, ctx.now(), new).await?;
    transaction.commit().await?;
    Ok(document)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn title(kind: DocumentKind, content: &Content) -> String {
    match &content.posting {
        Some(posting) => format!("{}: {} at {}", kind.label(), posting.title, posting.company),
        None => kind.label().to_owned(),
    }
}

/// Paper as it is usual where the company is.
fn usual_paper(content: &Content) -> PaperSize {
    let countries = content
        .posting
        .iter()
        .flat_map(|posting| &posting.countries);
    let mut countries = countries.chain(std::iter::once(
        &content.resume.basics.location.country_code,
    ));
    match countries.find(|code| !code.is_empty()).map(String::as_str) {
        Some("US" | "CA" | "MX" | "PH" | "CL" | "CO") => PaperSize::UsLetter,
        _ => PaperSize::A4,
    }
}

fn checked_language(options: &DocumentOptions, inputs: &Inputs) -> Result<String> {
    let language = match options.language.as_deref().map(str::trim) {
        None | Some("") => inputs.language(),
        Some(language) => language.to_lowercase(),
    };
    if language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase()) {
        return Ok(language);
    }
    Err(Error::invalid_field(
        "language",
        format!("`{language}` is no language in two letters, such as en or de."),
    ))
}

/// One document.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn document_show(ctx: &Ctx, id: DocumentId) -> Result<Document> {
    documents::get(ctx.db.pool(), ctx.owner()?, id).await
}

/// The caller's documents for a posting, the newest first.
///
/// # Errors
/// From the database.
pub async fn documents_of(ctx: &Ctx, posting: PostingId) -> Result<Vec<DocumentSummary>> {
    let listed = Listed {
        limit: LIST_MOST,
        posting: Some(posting),
        ..Listed::default()
    };
    documents::list(&ctx.db, ctx.owner()?, &listed).await
}

/// The caller's documents, the newest first.
///
/// # Errors
/// From the database.
pub async fn document_list(ctx: &Ctx, listed: &Listed<'_>) -> Result<Vec<DocumentSummary>> {
    documents::list(&ctx.db, ctx.owner()?, listed).await
}

/// What the gate refuses of a document by the profile as it is now.
///
/// # Errors
/// From the database.
pub async fn document_refusals(ctx: &Ctx, document: &Document) -> Result<Vec<Refusal>> {
    let inputs = Inputs::gather(ctx, None).await?;
    let (content, now) = (document.content.clone(), ctx.now());
    blocking(move || gate::check(&content.sentences, &inputs.ground(&content, now))).await
}

/// Looks a document over: the gate, the notes, and reading its PDF again.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn document_check(ctx: &Ctx, id: DocumentId) -> Result<Checked> {
    let document = document_show(ctx, id).await?;
    let refusals = document_refusals(ctx, &document).await?;
    let readback = print::readback(ctx, &document).await?;
    let now = ctx.now();
    let notes = blocking(move || {
        let content = &document.content;
        let length = content
            .letter
            .is_none()
            .then(|| Length::of(&content.resume, 1));
        let mut notes =
            consistency::notes(content, length.filter(|_| readback_is_long(&document)), now);
        notes.extend(spelling::notes(content));
        notes
    });
    Ok(Checked {
        refusals,
        notes: notes.await?,
        readback,
    })
}

/// The length is told when the document was made with a remark on it, so that a second page that was asked for is no fault.
fn readback_is_long(document: &Document) -> bool {
    document
        .content
        .remarks
        .iter()
        .any(|remark| remark.starts_with("It takes about"))
}

/// Runs what takes long on a thread where that is allowed.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)
}

/// Remembers what the person decided about an entry or a bullet: for one posting, or for all. An empty decision takes back
/// what was decided.
///
/// # Errors
/// [`Error::NotFound`] for an entry that the profile does not have; from the database.
pub async fn document_decide(
    ctx: &Ctx,
    posting: Option<PostingId>,
    entry: &EntryId,
    decision: &Decision,
) -> Result<()> {
    let owner = ctx.owner()?;
    let inputs = Inputs::gather(ctx, None).await?;
    let all = entries(&inputs.profile.resume);
    let known = all
        .iter()
        .any(|one| one.id == entry || one.bullets.iter().any(|bullet| bullet.id == *entry));
    if !known {
        return Err(Error::not_found("entry", entry));
    }
    decisions::decide(&ctx.db, owner, posting, entry, decision, ctx.now()).await
}

/// The document made again with what the person has decided since, in the same dress or another one: a new version.
///
/// # Errors
/// As [`document_make`].
pub async fn document_remake(
    ctx: &Ctx,
    id: DocumentId,
    options: DocumentOptions,
) -> Result<Document> {
    let before = document_show(ctx, id).await?;
    let given = match options.given == super::model::Given::default() {
        true => before.content.given.clone(),
        false => options.given,
    };
    let same_dress = options.template.or(Some(before.template));
    let options = DocumentOptions {
        template: same_dress,
        paper: options.paper.or(Some(before.paper)),
        language: options.language.or(Some(before.content.language)),
        pages: options.pages,
        given,
    };
    document_make(ctx, before.posting, before.kind, options).await
}

/// Removes a document from the lists. It can be brought back.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn document_remove(ctx: &Ctx, id: DocumentId) -> Result<()> {
    document_show(ctx, id).await?;
    documents::set_removed(&ctx.db, ctx.owner()?, id, Some(ctx.now())).await?;
    Ok(())
}

/// Brings a removed document back.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn document_restore(ctx: &Ctx, id: DocumentId) -> Result<()> {
    match documents::set_removed(&ctx.db, ctx.owner()?, id, None).await? {
        true => Ok(()),
        false => Err(Error::not_found("document", id)),
    }
}

/// A document with all that its page shows.
#[derive(Clone, Debug)]
pub struct DocumentDetail {
    /// The document.
    pub document: Document,
    /// What was found when it was looked over.
    pub checked: Checked,
    /// Entry by entry, what is shown and why.
    pub entries: Vec<EntryLines>,
    /// All versions of this kind for the same posting, the newest first.
    pub versions: Vec<DocumentSummary>,
    /// Whether a language model can be asked for wordings.
    pub has_model: bool,
}

/// A document with all that its page shows.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn document_detail(ctx: &Ctx, id: DocumentId) -> Result<DocumentDetail> {
    let owner = ctx.owner()?;
    let document = document_show(ctx, id).await?;
    let checked = document_check(ctx, id).await?;
    let profile = profile_current(ctx).await?;
    let decided = decisions::decided(&ctx.db, owner, document.posting).await?;
    let entries = match document.kind.is_letter() {
        true => Vec::new(),
        false => overview(&document.content, &profile, &decided),
    };
    let listed = Listed {
        limit: LIST_MOST,
        kind: Some(document.kind),
        posting: document.posting,
        ..Listed::default()
    };
    let mut versions = documents::list(&ctx.db, owner, &listed).await?;
    versions.retain(|version| version.posting == document.posting);
    Ok(DocumentDetail {
        document,
        checked,
        entries,
        versions,
        has_model: ctx.model.is_some(),
    })
}
