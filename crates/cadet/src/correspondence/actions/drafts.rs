//! Writing a draft, and what goes with it.

use serde::Deserialize;

use super::super::draft::{DraftInput, mailbox, written};
use super::super::model::{Attachment, Draft, DraftId};
use super::super::pursuits::{self, Enclosed};
use super::super::store::drafts::{self, About};
use crate::contacts::actions::contact_get;
use crate::contacts::model::ContactId;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Bytes of all files of one mail; most servers take no more.
const FILES_MOST: u64 = 20 * 1024 * 1024;
/// Files of one mail.
const FILES_COUNT: usize = 20;

/// What a new draft is about, by numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DraftAbout {
    /// The contact that it is to.
    pub contact: Option<i64>,
    /// The application.
    pub application: Option<i64>,
    /// The document that goes with it, or is its text.
    pub document: Option<i64>,
    /// A subject to begin with.
    pub subject: Option<String>,
    /// An address to begin with.
    pub to: Option<String>,
}

/// The caller's drafts, those changed last first.
///
/// # Errors
/// From the database.
pub async fn draft_list(ctx: &Ctx, skip: u64, limit: u64) -> Result<Vec<Draft>> {
    drafts::list(&ctx.db, ctx.owner()?, skip, limit).await
}

/// Drafts about an application.
///
/// # Errors
/// From the database.
pub async fn drafts_of_application(ctx: &Ctx, application: i64) -> Result<Vec<Draft>> {
    drafts::of_application(&ctx.db, ctx.owner()?, application).await
}

/// One draft.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn draft_get(ctx: &Ctx, id: DraftId) -> Result<Draft> {
    drafts::get(ctx.db.pool(), ctx.owner()?, id).await
}

/// What a new draft begins with: the contact's address, the text of a letter. Nothing is stored.
///
/// # Errors
/// [`Error::NotFound`] for what is not the caller's; from the database.
pub async fn draft_begin(ctx: &Ctx, about: &DraftAbout) -> Result<DraftInput> {
    ctx.owner()?;
    let mut input = DraftInput {
        subject: about.subject.clone().unwrap_or_default(),
        to: about.to.clone().unwrap_or_default(),
        ..DraftInput::default()
    };
    if let Some(id) = about.contact {
        let contact = contact_get(ctx, ContactId(id)).await?;
        let to = contact.mails.first().map(|mail| format!("<{mail}>"));
        let to = to.and_then(|to| mailbox(&to).ok());
        if let Some(mut to) = to {
            to.name = Some(contact.name);
            input.to = written(&to);
        }
    }
    if let Some(id) = about.application
        && input.subject.is_empty()
    {
        input.subject = pursuits::pursuit(ctx, id).await?.0.title;
    }
    if let Some(id) = about.document
        && let Enclosed::Text(text) = pursuits::document(ctx, id).await?
    {
        input.body = text;
    }
    Ok(input)
}

/// Writes a new draft; a document that it names goes with it as a file.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be used; [`Error::NotFound`] for what is not the caller's; from the database.
pub async fn draft_add(ctx: &Ctx, about: &DraftAbout, input: &DraftInput) -> Result<Draft> {
    let owner = ctx.owner()?;
    let parts = input.parse()?;
    let (stored, file) = what_about(ctx, about).await?;
    let host = url::Url::parse(&ctx.config.server.url("")).ok();
    let host = host
        .as_ref()
        .and_then(url::Url::host_str)
        .unwrap_or("localhost");
    let message_id = format!("cadet.{}@{host}", ctx.entropy.secret());
    let transaction = ctx.db.begin().await?;
    let ids = (message_id, None);
    let id = drafts::insert(&transaction, owner, ctx.now(), &parts, stored, ids).await?;
    if let Some(file) = file {
        drafts::attach(&transaction, id, file).await?;
    }
    transaction.commit().await?;
    draft_get(ctx, id).await
}

async fn what_about(ctx: &Ctx, about: &DraftAbout) -> Result<(About, Option<Attachment>)> {
    let mut stored = About::default();
    if let Some(id) = about.contact {
        stored.contact = Some(contact_get(ctx, ContactId(id)).await?.id);
    }
    if let Some(id) = about.application {
        let (pursuit, posting) = pursuits::pursuit(ctx, id).await?;
        (stored.application, stored.posting) = (Some(pursuit.id), posting);
    }
    let file = match about.document {
        Some(id) => match pursuits::document(ctx, id).await? {
            Enclosed::File(file) => Some(file),
            Enclosed::Text(_) => None,
        },
        None => None,
    };
    Ok((stored, file))
}

/// An open draft, or why it is none.
pub(super) async fn open_draft(ctx: &Ctx, id: DraftId) -> Result<Draft> {
    let draft = draft_get(ctx, id).await?;
    if draft.state.is_open() {
        return Ok(draft);
    }
    Err(Error::Conflict(format!(
        "This mail is \"{}\" and can no longer be changed. Write another one.",
        draft.state.label().to_lowercase()
    )))
}

/// Changes a draft.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for what cannot be used; [`Error::Conflict`] once it went; from the database.
pub async fn draft_update(ctx: &Ctx, id: DraftId, input: &DraftInput) -> Result<Draft> {
    open_draft(ctx, id).await?;
    let parts = input.parse()?;
    let transaction = ctx.db.begin().await?;
    drafts::update(&transaction, id, ctx.now(), &parts).await?;
    transaction.commit().await?;
    draft_get(ctx, id).await
}

/// Adds a file: one of the person's own, or a document of Cadet's.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is too large; [`Error::Conflict`] once it went; from the database.
pub async fn draft_attach(ctx: &Ctx, id: DraftId, file: Attachment) -> Result<Draft> {
    let draft = open_draft(ctx, id).await?;
    let there: u64 = draft.attachments.iter().map(|one| one.size).sum();
    if there + file.bytes.len() as u64 > FILES_MOST || draft.attachments.len() >= FILES_COUNT {
        return Err(Error::invalid_field(
            "file",
            "Together the files would be larger than 20 MB or more than 20, which many mail servers refuse. Send a link instead.",
        ));
    }
    if file.bytes.is_empty() {
        return Err(Error::invalid_field(
            "file",
            "Choose a file that is not empty.",
        ));
    }
    let file = Attachment {
        name: file_name(&file.name),
        media_type: media_type(&file.media_type, &file.name),
        ..file
    };
    let transaction = ctx.db.begin().await?;
    drafts::attach(&transaction, id, file).await?;
    transaction.commit().await?;
    draft_get(ctx, id).await
}

/// A name without folders and control characters.
fn file_name(name: &str) -> String {
    let bare = name.rsplit(['/', '\\']).next().unwrap_or("");
    let clean: String = bare.chars().filter(|c| !c.is_control()).take(120).collect();
    match clean.trim() {
        "" => "file".to_owned(),
        name => name.to_owned(),
    }
}

/// The media type as told, or by the suffix.
fn media_type(told: &str, name: &str) -> String {
    let suffix = name.rsplit('.').next().unwrap_or("").to_lowercase();
    let known = match suffix.as_str() {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "odt" => "application/vnd.oasis.opendocument.text",
        "txt" => "text/plain",
        "md" => "text/markdown",
        "html" | "htm" => "text/html",
        "json" => "application/json",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    };
    let usable = lettre::message::header::ContentType::parse(told).is_ok();
    if usable && !told.is_empty() {
        told.to_owned()
    } else {
        known.to_owned()
    }
}

/// Takes a file off a draft.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] once it went; from the database.
pub async fn draft_detach(ctx: &Ctx, id: DraftId, file: i64) -> Result<()> {
    open_draft(ctx, id).await?;
    let transaction = ctx.db.begin().await?;
    if !drafts::detach(&transaction, id, file).await? {
        return Err(Error::not_found("file", file));
    }
    transaction.commit().await?;
    Ok(())
}

/// Removes a draft; it can be brought back. One that is on its way cannot.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] while it is on its way; from the database.
pub async fn draft_remove(ctx: &Ctx, id: DraftId) -> Result<()> {
    let draft = draft_get(ctx, id).await?;
    let transaction = ctx.db.begin().await?;
    if !drafts::set_removed(&transaction, ctx.owner()?, id, Some(ctx.now())).await? {
        return Err(Error::Conflict(format!(
            "\"{}\" is on its way. Wait until it went.",
            draft.title()
        )));
    }
    transaction.commit().await?;
    Ok(())
}

/// Brings a removed draft back.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn draft_restore(ctx: &Ctx, id: DraftId) -> Result<()> {
    let transaction = ctx.db.begin().await?;
    if !drafts::set_removed(&transaction, ctx.owner()?, id, None).await? {
        return Err(Error::not_found("mail", id));
    }
    transaction.commit().await?;
    Ok(())
}
