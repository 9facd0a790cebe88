//! Moving an application on, taking that back, correcting when it happened, and freezing what was sent.

use super::super::freeze::{NewFile, posting_file};
use super::super::log::Change;
use super::super::model::{ApplicationId, EventId, FileId, FrozenFile, Sent, Stage, text};
use super::super::record::ApplicationSummary;
use super::super::state::{Counted, State, last_undoable};
use super::super::store::{files, rows};
use super::recording::{Changes, Recording, record};
use crate::clock::Timestamp;
use crate::documents::actions::documents_of;
use crate::documents::files::document_file;
use crate::documents::model::{DocumentKind, Format};
use crate::error::{Error, Result};
use crate::matching::actions::match_of;
use crate::postings::actions::posting_record;
use crate::postings::model::PostingId;
use crate::state::Ctx;

/// What became of a move.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct MovedTo {
    /// The application.
    pub application: ApplicationSummary,
    /// Whether it stands where it was moved to; a move that is remembered later may lie before one that is known.
    pub is_current: bool,
    /// How many files were frozen with it.
    pub frozen: usize,
}

/// Moves an application to a stage, now or at an earlier time. When it is thereby sent, what it is sent with is frozen.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for a time in the future; [`Error::Conflict`] when it stands there already; from the database.
pub async fn application_move(
    ctx: &Ctx,
    id: ApplicationId,
    to: Stage,
    at: Option<Timestamp>,
    why: &str,
) -> Result<MovedTo> {
    let before = rows::get(ctx.db.pool(), ctx.owner()?, id).await?;
    let why = text("why", why)?;
    let at = past(ctx, at)?.unwrap_or(ctx.now());
    let sending = to.is_sent() && before.state.applied_at.is_none();
    let to_freeze = match sending {
        true => what_is_sent(ctx, &before.state).await?,
        false => ToFreeze::default(),
    };
    let transaction = ctx.db.begin().await?;
    let mut recording = Recording::of(ctx, &transaction, id).await?;
    if recording.state.stage() == to && at >= recording.state.stage_since() {
        return Err(Error::Conflict(format!(
            "The application stands at \"{}\" already.",
            to.label()
        )));
    }
    recording
        .add(vec![(at, Change::Moved { to, why })], None)
        .await?;
    let frozen = freeze(&mut recording, to_freeze).await?;
    let stored = rows::get(&transaction, recording.owner, id).await?;
    transaction.commit().await?;
    Ok(MovedTo {
        is_current: stored.summary.stage == to,
        application: stored.summary,
        frozen,
    })
}

/// An instant that has passed.
fn past(ctx: &Ctx, at: Option<Timestamp>) -> Result<Option<Timestamp>> {
    if at.is_some_and(|at| at > ctx.now()) {
        return Err(Error::invalid_field(
            "at",
            "That is in the future. Give the day on which it happened, or none for now.",
        ));
    }
    Ok(at)
}

/// What is frozen when an application is sent.
#[derive(Default)]
pub(super) struct ToFreeze {
    files: Vec<NewFile>,
    sent: Option<Sent>,
}

/// Gathers what an application is sent with: the posting's text, and the documents that were made for it.
pub(super) async fn what_is_sent(ctx: &Ctx, state: &State) -> Result<ToFreeze> {
    let Some(posting) = state.details.posting else {
        return Ok(ToFreeze::default());
    };
    // A posting that is no longer kept has no text to freeze.
    let record = match posting_record(ctx, posting).await {
        Ok(record) => record,
        Err(Error::NotFound { .. }) => return Ok(ToFreeze::default()),
        Err(other) => return Err(other),
    };
    let mut what = documents_for(ctx, posting).await?;
    what.files.push(posting_file(&record));
    let fit = match_of(ctx, posting).await?;
    // Of a person of whom nothing is known, a score says nothing.
    if !fit.blank {
        what.sent.get_or_insert_default().score = Some(f64::from(fit.score));
    }
    Ok(what)
}

/// The newest resume and the newest letter that were made for a posting, as PDF.
async fn documents_for(ctx: &Ctx, posting: PostingId) -> Result<ToFreeze> {
    let made = documents_of(ctx, posting).await?;
    let mut what = ToFreeze::default();
    for kind in [DocumentKind::Resume, DocumentKind::Letter] {
        let Some(newest) = made.iter().find(|one| one.kind == kind) else {
            continue;
        };
        let file = match document_file(ctx, newest.id, Format::Pdf).await {
            Ok(file) => file,
            // It states what the profile does not hold, so that it was not given out and not sent.
            Err(Error::Conflict(_)) => continue,
            Err(other) => return Err(other),
        };
        what.files.push(NewFile {
            role: kind.name().to_owned(),
            name: file.name,
            media_type: file.mime.to_owned(),
            content: file.bytes,
        });
        if kind == DocumentKind::Resume {
            what.sent = Some(Sent {
                document: format!("{}, version {}", newest.template, newest.version),
                score: None,
            });
        }
    }
    Ok(what)
}

/// Freezes files whose bytes are not there yet. Gives how many.
pub(super) async fn freeze(recording: &mut Recording<'_>, what: ToFreeze) -> Result<usize> {
    let mut frozen: Vec<FrozenFile> = Vec::new();
    let place = (recording.owner, recording.id);
    for file in what.files {
        let sha256 = file.sha256();
        let mut known = recording.state.files.iter().chain(&frozen);
        if known.any(|known| known.sha256 == sha256) {
            continue;
        }
        frozen.push(files::insert(recording.transaction(), place, recording.now, file).await?);
    }
    let count = frozen.len();
    let mut changes: Changes = Vec::new();
    if !frozen.is_empty() {
        changes.push((recording.now, Change::Frozen { files: frozen }));
    }
    if let Some(sent) = what.sent {
        changes.push((recording.now, Change::SentWith { sent }));
    }
    recording.add(changes, None).await?;
    Ok(count)
}

/// Freezes a file of the person's own, or, without one, what the application would be sent with now.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for a file that cannot be kept; from the database.
pub async fn application_freeze(
    ctx: &Ctx,
    id: ApplicationId,
    file: Option<NewFile>,
) -> Result<usize> {
    let before = rows::get(ctx.db.pool(), ctx.owner()?, id).await?;
    let what = match file {
        Some(file) => ToFreeze {
            files: vec![file.checked()?],
            sent: None,
        },
        None => what_is_sent(ctx, &before.state).await?,
    };
    let transaction = ctx.db.begin().await?;
    let mut recording = Recording::of(ctx, &transaction, id).await?;
    let count = freeze(&mut recording, what).await?;
    transaction.commit().await?;
    Ok(count)
}

/// The name, media type and bytes of a frozen file.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn application_file(
    ctx: &Ctx,
    id: ApplicationId,
    file: FileId,
) -> Result<(String, String, Vec<u8>)> {
    files::content(&ctx.db, ctx.owner()?, id, file).await
}

/// Undoes an entry of the log; without one, the last that can be undone. Gives which it was. Undoing an undoing makes it
/// count again.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it cannot be undone; from the database.
pub async fn application_undo(
    ctx: &Ctx,
    id: ApplicationId,
    event: Option<EventId>,
) -> Result<EventId> {
    let now = ctx.now();
    let mut undone = None;
    record(ctx, id, |_, log| {
        let found = match event {
            Some(event) => log.iter().find(|entry| entry.id == event),
            None => last_undoable(log),
        };
        let entry = match (found, event) {
            (Some(entry), _) => entry,
            (None, Some(event)) => return Err(Error::not_found("entry", event)),
            (None, None) => return Err(Error::Conflict("There is nothing to undo.".into())),
        };
        if !entry.change.can_be_undone() {
            return Err(Error::Conflict(
                "This stays: an application keeps its beginning and what was sent. Archive it if you no longer want to see it.".into(),
            ));
        }
        if Counted::of(log).voided.contains(&entry.id) {
            return Err(Error::Conflict("This was undone already.".into()));
        }
        undone = Some(entry.id);
        Ok(vec![(now, Change::Undone { event: entry.id })])
    })
    .await?;
    undone.ok_or_else(|| Error::Conflict("There is nothing to undo.".into()))
}

/// Says that an entry happened at another time.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for a time in the future; from the database.
pub async fn application_correct(
    ctx: &Ctx,
    id: ApplicationId,
    event: EventId,
    to: Timestamp,
) -> Result<()> {
    let to = past(ctx, Some(to))?.unwrap_or(to);
    let now = ctx.now();
    record(ctx, id, |_, log| {
        let entry = log.iter().find(|entry| entry.id == event);
        let entry = entry.ok_or_else(|| Error::not_found("entry", event))?;
        if matches!(
            entry.change,
            Change::Undone { .. } | Change::Corrected { .. } | Change::Frozen { .. }
        ) {
            return Err(Error::Conflict(
                "The time of this entry is when it was recorded, and stays.".into(),
            ));
        }
        Ok(vec![(now, Change::Corrected { event, to })])
    })
    .await?;
    Ok(())
}
