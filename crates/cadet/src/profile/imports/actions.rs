//! What one can do with imports. Each acts on the caller's own.

use std::time::Duration;

use tokio::task::JoinHandle;

use super::model::{
    Import, ImportId, READING_SECONDS, Stage, Understood, WAITING_MOST, understand,
};
use super::store::{self, Listed};
use crate::error::{Error, Result};
use crate::profile::actions::{profile_now, profile_revise};
use crate::profile::form::{Action, Fields};
use crate::profile::merge::{How, Merged, merge};
use crate::profile::model::RevisionId;
use crate::profile::revision::{Change, Origin, Revision, Saved};
use crate::state::Ctx;

/// How long whoever brings a file waits for it before being shown that it is being read.
const PATIENCE: Duration = Duration::from_secs(1);
/// Imports that a list shows.
const LISTED: u64 = 100;
/// The longest name of a file that is kept, in characters.
const NAME_CHARACTERS: usize = 200;

/// Keeps a file and reads it. Answers after a second at the latest; the import says how far it is.
///
/// # Errors
/// [`Error::Invalid`] for a file that is too large; [`Error::Conflict`] when too many imports wait; from the database.
pub async fn import_begin(ctx: &Ctx, name: &str, bytes: Vec<u8>) -> Result<Import> {
    let (id, reading) = begin(ctx, name, bytes).await?;
    // Who does not want to wait longer finds it on its page.
    let _ = tokio::time::timeout(PATIENCE, reading).await;
    import_get(ctx, id).await
}

/// The same, for a caller that waits until the file is read.
///
/// # Errors
/// As [`import_begin`].
pub async fn import_read(ctx: &Ctx, name: &str, bytes: Vec<u8>) -> Result<Import> {
    let (id, reading) = begin(ctx, name, bytes).await?;
    reading.await.map_err(Error::internal)?;
    import_get(ctx, id).await
}

async fn begin(ctx: &Ctx, name: &str, bytes: Vec<u8>) -> Result<(ImportId, JoinHandle<()>)> {
    let owner = ctx.owner()?;
    if bytes.len() > resume::limits::FILE_BYTES {
        let most = resume::limits::FILE_BYTES / (1024 * 1024);
        let message = format!(
            "The file is larger than {most} MiB, which no resume needs. Choose a smaller one."
        );
        return Err(Error::invalid_field("file", message));
    }
    if store::count_waiting(&ctx.db, owner).await? >= WAITING_MOST {
        return Err(Error::Conflict(format!(
            "{WAITING_MOST} imports wait already, which is the most. Take one over or discard it first."
        )));
    }
    let name: String = name
        .chars()
        .filter(|c| !c.is_control())
        .take(NAME_CHARACTERS)
        .collect();
    let id = store::insert(&ctx.db, owner, ctx.now(), (&name, &bytes)).await?;
    Ok((id, read_in_background(ctx, id, name, bytes)))
}

/// Reads a file and writes what came of it, whoever waits for it.
fn read_in_background(ctx: &Ctx, id: ImportId, name: String, bytes: Vec<u8>) -> JoinHandle<()> {
    let ctx = ctx.clone();
    tokio::spawn(async move {
        let limit = Duration::from_secs(READING_SECONDS);
        let reading = tokio::task::spawn_blocking(move || understand(&name, &bytes));
        let read = match tokio::time::timeout(limit, reading).await {
            Ok(Ok(read)) => read.map_err(|error| error.to_string()),
            Ok(Err(_)) => {
                Err("The file cannot be read: it is damaged. Export it again.".to_owned())
            }
            Err(_) => Err(format!(
                "Reading took longer than {READING_SECONDS} seconds, which no resume needs. Print its pages to a new file and bring that."
            )),
        };
        if let Err(error) = finish(&ctx, id, read).await {
            tracing::error!(%error, import = id.0, "what was read from a file could not be written");
        }
    })
}

async fn finish(ctx: &Ctx, id: ImportId, read: Result<Understood, String>) -> Result<()> {
    store::set_read(&ctx.db, ctx.owner()?, (id, ctx.now()), read).await
}

/// Reads the file of an import again, as when the program was stopped while it was read. What was corrected is lost.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn import_again(ctx: &Ctx, id: ImportId) -> Result<Import> {
    let owner = ctx.owner()?;
    let (name, bytes) = store::file(&ctx.db, owner, id).await?;
    store::set_stage(&ctx.db, owner, (id, ctx.now()), Stage::Reading).await?;
    let reading = read_in_background(ctx, id, name, bytes);
    let _ = tokio::time::timeout(PATIENCE, reading).await;
    import_get(ctx, id).await
}

/// One import.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn import_get(ctx: &Ctx, id: ImportId) -> Result<Import> {
    store::get(&ctx.db, ctx.owner()?, id).await
}

/// The caller's imports, the newest first.
///
/// # Errors
/// From the database.
pub async fn import_list(ctx: &Ctx) -> Result<Vec<Listed>> {
    store::list(&ctx.db, ctx.owner()?, LISTED).await
}

/// Corrects what was understood: what was typed into the fields, and what a button did.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for one that does not wait; from the database.
pub async fn import_correct(
    ctx: &Ctx,
    id: ImportId,
    fields: &Fields,
    action: &Action,
) -> Result<Import> {
    let mut import = waiting(ctx, id).await?;
    import.understood.resume = fields.apply(&import.understood.resume, action)?;
    store::set_corrected(&ctx.db, ctx.owner()?, ctx.now(), &import).await?;
    Ok(import)
}

/// Corrects what was understood and does what the form's button says: `accept N` takes the offer of a note, `take` takes the
/// import over as the field `how` says, and tells what that did; the others are those of the editor.
///
/// # Errors
/// [`Error::Invalid`] for what no button says; as [`import_correct`], [`import_accept`] and [`import_take`].
pub async fn import_press(ctx: &Ctx, id: ImportId, fields: &Fields) -> Result<Option<Merged>> {
    let pressed = fields.get("do").unwrap_or("save");
    if let Some(note) = pressed.strip_prefix("accept ") {
        let note = note.parse().map_err(|_| Error::not_found("offer", note))?;
        import_correct(ctx, id, fields, &Action::Save).await?;
        import_accept(ctx, id, note).await?;
        return Ok(None);
    }
    if pressed != "take" {
        import_correct(ctx, id, fields, &Action::parse(pressed)?).await?;
        return Ok(None);
    }
    let how = match fields.get("how") {
        Some("replace") => How::Replace,
        _ => How::Merge,
    };
    import_correct(ctx, id, fields, &Action::Save).await?;
    Ok(Some(import_take(ctx, id, how).await?.1))
}

/// Accepts what a note of the report offers.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for one that does not wait; from the database.
pub async fn import_accept(ctx: &Ctx, id: ImportId, note: usize) -> Result<Import> {
    let mut import = waiting(ctx, id).await?;
    import.accept(note)?;
    store::set_corrected(&ctx.db, ctx.owner()?, ctx.now(), &import).await?;
    Ok(import)
}

async fn waiting(ctx: &Ctx, id: ImportId) -> Result<Import> {
    let import = import_get(ctx, id).await?;
    match import.stage {
        Stage::Read => Ok(import),
        Stage::Failed => Err(Error::Conflict(import.error.unwrap_or_default())),
        stage => Err(Error::Conflict(format!(
            "This import is {}.",
            stage.words()
        ))),
    }
}

/// What taking an import over would do, without doing it.
///
/// # Errors
/// From the database.
pub async fn import_foresee(ctx: &Ctx, import: &Import) -> Result<Merged> {
    let (_, profile) = profile_now(ctx).await?;
    Ok(merge(
        &profile,
        (&import.understood, import.report.own),
        How::Merge,
    )?
    .1)
}

/// Takes an import over into the profile. Undoing brings the profile back, and the import can be opened again.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for one that does not wait, or when the profile changes at this moment; from the
/// database.
pub async fn import_take(ctx: &Ctx, id: ImportId, how: How) -> Result<(Option<Revision>, Merged)> {
    let import = waiting(ctx, id).await?;
    let (current, profile) = profile_now(ctx).await?;
    let (merged, told) = merge(&profile, (&import.understood, import.report.own), how)?;
    let base = current.map_or(RevisionId::EMPTY, |revision| revision.id);
    let change = Change::new(Origin::Import, import.file_name).from_base(base);
    let revision = match profile_revise(ctx, merged, change).await? {
        Saved::Stored(revision) => Some(revision),
        Saved::Unchanged(revision) => revision,
        Saved::Aside { kept, .. } => {
            let message = format!(
                "Your profile changed at this moment, so that the import is kept beside it as revision {}.",
                kept.id
            );
            return Err(Error::Conflict(message));
        }
    };
    store::set_stage(&ctx.db, ctx.owner()?, (id, ctx.now()), Stage::Taken).await?;
    Ok((revision, told))
}

/// Throws an import away. It can be brought back for some days.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn import_discard(ctx: &Ctx, id: ImportId) -> Result<()> {
    store::set_stage(&ctx.db, ctx.owner()?, (id, ctx.now()), Stage::Discarded).await
}

/// Opens an import again that was taken over or discarded.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for one that was never read; from the database.
pub async fn import_reopen(ctx: &Ctx, id: ImportId) -> Result<()> {
    let import = import_get(ctx, id).await?;
    let stage = match import.error {
        Some(_) => Stage::Failed,
        None if import.kind.is_empty() => Stage::Reading,
        None => Stage::Read,
    };
    store::set_stage(&ctx.db, ctx.owner()?, (id, ctx.now()), stage).await
}
