//! Looking at exactly what will go, taking it as a file, and sending it.

use jobs::{NewJob, Running};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::draft::mailto;
use super::super::message::{self, Sender};
use super::super::model::{Attachment, Draft, DraftId, DraftState};
use super::super::store::drafts;
use super::drafts::open_draft;
use crate::accounts::actions::account_get;
use crate::accounts::model::{AccountId, Role};
use crate::applications::actions::mail_sent;
use crate::applications::model::ApplicationId;
use crate::clock::Timestamp;
use crate::contacts::actions::entry_record;
use crate::contacts::store::log::NewEntry;
use crate::contacts::timeline::EntryKind;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::profile::actions::profile_current;
use crate::smtp::{self, MailError};
use crate::state::{Actor, Ctx};

/// Exactly what will go.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Look {
    /// The draft.
    pub draft: Draft,
    /// Every header in plain letters.
    pub headers: Vec<(String, String)>,
    /// All bytes of the message.
    pub size: u64,
    /// What was looked at, in a few characters; sending asks for it.
    pub digest: String,
    /// The same as an address that a mail program opens, if it is short enough and has no files.
    pub mailto: Option<String>,
    /// Why it cannot be sent from here, if it cannot.
    pub hindrance: Option<String>,
}

/// Exactly what will go, before it is sent.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn draft_look(ctx: &Ctx, id: DraftId) -> Result<Look> {
    let owner = ctx.owner()?;
    let draft = drafts::get(ctx.db.pool(), owner, id).await?;
    let files = drafts::files(ctx.db.pool(), id).await?;
    let (sender, mut hindrance) = match server_sender(ctx, &draft).await {
        Ok(sender) => (sender, None),
        Err(why) => (file_sender(ctx, &draft).await?, Some(why)),
    };
    if draft.to.is_empty() {
        hindrance.get_or_insert("Write first to whom it goes.".into());
    }
    let written = message::message(&draft, &files, &sender)?;
    Ok(Look {
        headers: message::headers(&written),
        size: written.formatted().len() as u64,
        digest: message::digest(&draft, &files, &sender),
        mailto: mailto(&draft).filter(|_| files.is_empty()),
        hindrance,
        draft,
    })
}

/// Who sends over the configured server, or why nobody does.
async fn server_sender(ctx: &Ctx, draft: &Draft) -> std::result::Result<Sender, String> {
    // A server for many is not every account's to write to anybody with.
    if ctx.require_admin().is_err() {
        return Err("Only who runs this Cadet may send over its mail server. Open the mail in your mail program instead.".into());
    }
    if ctx.config.mail.smtp_url.is_none() {
        return Err("No mail server is configured. Open the mail in your mail program, or set mail.smtp_url and mail.from.".into());
    }
    let mut from = smtp::sender(&ctx.config.mail).map_err(|error| match error {
        MailError::Permanent(message) | MailError::Transient(message) => message,
    })?;
    let (name, own) = person(ctx).await.map_err(|error| error.to_string())?;
    let own = own.and_then(|own| own.parse().ok());
    let reply_to = own.filter(|own: &lettre::Address| *own != from.email);
    if let Some(name) = name {
        from.name = Some(name);
    }
    Ok(Sender {
        from: Some(from),
        reply_to: reply_to.map(|own| lettre::message::Mailbox::new(None, own)),
        at: date_of(ctx, draft),
    })
}

/// Who sends from a mail program: the person's own address, if it is known.
async fn file_sender(ctx: &Ctx, draft: &Draft) -> Result<Sender> {
    let (name, own) = person(ctx).await?;
    let own = own.and_then(|own| own.parse().ok());
    Ok(Sender {
        from: own.map(|own| lettre::message::Mailbox::new(name, own)),
        reply_to: None,
        at: date_of(ctx, draft),
    })
}

/// The day that the person said it shall go; before that, now.
fn date_of(ctx: &Ctx, draft: &Draft) -> Timestamp {
    draft
        .approved_at
        .filter(|_| !draft.state.is_open())
        .unwrap_or(ctx.now())
}

/// The person's name and mail address, from the profile and the account.
async fn person(ctx: &Ctx) -> Result<(Option<String>, Option<String>)> {
    let basics = profile_current(ctx).await?.resume.basics;
    let account = account_get(ctx).await?;
    let filled = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    let name = filled(basics.name);
    let mail = filled(basics.email).or(account.email.map(|email| email.as_str().to_owned()));
    Ok((name, mail))
}

/// The draft as a file that a mail program opens to be sent from there, or what was sent.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn draft_eml(ctx: &Ctx, id: DraftId) -> Result<Vec<u8>> {
    let draft = drafts::get(ctx.db.pool(), ctx.owner()?, id).await?;
    let files = drafts::files(ctx.db.pool(), id).await?;
    if draft.state == DraftState::Sent
        && let Ok(sender) = server_sender(ctx, &draft).await
    {
        return Ok(message::message(&draft, &files, &sender)?.formatted());
    }
    message::unsent(&draft, &files, &file_sender(ctx, &draft).await?)
}

/// Says that a draft shall go as it was looked at: a job sends it.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it went already or is no longer what was looked at; [`Error::Invalid`] when
/// it cannot be sent; from the database.
pub async fn draft_send(ctx: &Ctx, id: DraftId, digest: &str) -> Result<Draft> {
    let draft = open_draft(ctx, id).await?;
    let look = draft_look(ctx, draft.id).await?;
    if let Some(why) = look.hindrance {
        return Err(Error::invalid(why));
    }
    if look.digest != digest {
        return Err(Error::Conflict(
            "This mail is no longer what you looked at. Look again, then send it.".into(),
        ));
    }
    let transaction = ctx.db.begin().await?;
    let from = [DraftState::Draft, DraftState::Failed];
    if !drafts::set_state(&transaction, id, &from, DraftState::Queued, ctx.now(), None).await? {
        return Err(Error::Conflict("This mail is on its way already.".into()));
    }
    let job = NewJob::new(kind::MAIL_SEND, &id).map_err(Error::internal)?;
    jobs::enqueue(&transaction, ctx.now().0, &job)
        .await
        .map_err(Error::from)?;
    transaction.commit().await?;
    ctx.queue.wake();
    drafts::get(ctx.db.pool(), ctx.owner()?, id).await
}

/// Notes that the person sent a draft from their own program.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] once it went; from the database.
pub async fn draft_mark_sent(ctx: &Ctx, id: DraftId) -> Result<Draft> {
    let draft = open_draft(ctx, id).await?;
    let transaction = ctx.db.begin().await?;
    let from = [DraftState::Draft, DraftState::Failed];
    drafts::set_state(&transaction, id, &from, DraftState::Sent, ctx.now(), None).await?;
    note_sent(ctx, &transaction, &draft).await?;
    transaction.commit().await?;
    drafts::get(ctx.db.pool(), ctx.owner()?, id).await
}

/// Tells the application that a mail about it went, and writes into the contact's log that it went to them.
async fn note_sent(ctx: &Ctx, transaction: &Transaction, draft: &Draft) -> Result<()> {
    if let Some(application) = draft.application {
        match mail_sent(ctx, transaction, ApplicationId(application)).await {
            // It may have been removed since.
            Ok(()) | Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let Some(contact) = draft.contact else {
        return Ok(());
    };
    let text = format!("{}\n\n{}", draft.title(), draft.body);
    let entry = NewEntry::now(EntryKind::MailOut, ctx.now(), text.trim().to_owned());
    match entry_record(ctx, transaction, contact, entry).await {
        // The contact may have been removed since.
        Ok(_) | Err(Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Sends a draft that is on its way; a second run after a crash sends the same message with the same identifier.
///
/// # Errors
/// What is to be tried again, as [`Error::Unavailable`]; from the database.
pub async fn send_run(ctx: &Ctx, id: DraftId, job: &Running) -> Result<()> {
    let Some((owner, draft)) = drafts::find(&ctx.db, id).await? else {
        return Ok(());
    };
    if draft.state != DraftState::Queued {
        return Ok(());
    }
    let ctx = &as_person(ctx, owner);
    let files = drafts::files(ctx.db.pool(), id).await?;
    let outcome = attempt(ctx, &draft, &files).await;
    let (state, error) = match outcome {
        Ok(()) => (DraftState::Sent, None),
        Err(MailError::Transient(message)) if job.attempt() < job.max_attempts() => {
            return Err(Error::Unavailable {
                message,
                cause: None,
            });
        }
        Err(MailError::Permanent(message) | MailError::Transient(message)) => {
            (DraftState::Failed, Some(message))
        }
    };
    let transaction = ctx.db.begin().await?;
    let queued = [DraftState::Queued];
    drafts::set_state(
        &transaction,
        id,
        &queued,
        state,
        ctx.now(),
        error.as_deref(),
    )
    .await?;
    if state == DraftState::Sent {
        note_sent(ctx, &transaction, &draft).await?;
    }
    job.complete_in(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

async fn attempt(
    ctx: &Ctx,
    draft: &Draft,
    files: &[Attachment],
) -> std::result::Result<(), MailError> {
    let sender = server_sender(ctx, draft)
        .await
        .map_err(MailError::Permanent)?;
    let message = message::message(draft, files, &sender)
        .map_err(|error| MailError::Permanent(error.to_string()))?;
    smtp::send(&ctx.config.mail, message).await
}

/// The context of whoever said that it shall go. That they may was checked when they said so.
pub(super) fn as_person(ctx: &Ctx, account: AccountId) -> Ctx {
    let actor = Actor::Person {
        account,
        role: Role::Admin,
        scopes: None,
    };
    Ctx::new(std::sync::Arc::clone(ctx.app()), actor)
}
