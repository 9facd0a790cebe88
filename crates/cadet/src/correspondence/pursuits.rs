//! Applications and documents as correspondence needs them: the one place that calls those features.

use super::attribute::Pursuit;
use super::model::{Attachment, ReplyKind};
use crate::applications::actions::{application_move, application_show, application_summaries};
use crate::applications::model::{ApplicationId, Stage};
use crate::clock::Timestamp;
use crate::documents::actions::document_show;
use crate::documents::files::document_file;
use crate::documents::model::{DocumentId, DocumentKind, Format};
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Applications read at once.
const CHUNK: u64 = 500;
/// Applications that answers are held against, the last begun first.
const PURSUITS_MOST: usize = 20_000;

/// Every application of the caller that is not put away.
///
/// # Errors
/// From the database.
pub async fn pursuits(ctx: &Ctx) -> Result<Vec<Pursuit>> {
    let mut found = Vec::new();
    let mut after = ApplicationId(0);
    loop {
        let some = application_summaries(ctx, after, CHUNK).await?;
        let Some(last) = some.last() else {
            break;
        };
        after = last.id;
        let live = some.into_iter().filter(|one| !one.archived);
        found.extend(live.map(|one| Pursuit {
            id: one.id.0,
            company: one.company,
            title: one.title,
            stage: one.stage,
        }));
    }
    let first = found.len().saturating_sub(PURSUITS_MOST);
    Ok(found.split_off(first))
}

/// One application, for its name and its posting.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn pursuit(ctx: &Ctx, id: i64) -> Result<(Pursuit, Option<i64>)> {
    let one = application_show(ctx, ApplicationId(id)).await?.application;
    let posting = one.posting.map(|posting| posting.0);
    let pursuit = Pursuit {
        id,
        company: one.company,
        title: one.title,
        stage: one.stage,
    };
    Ok((pursuit, posting))
}

/// The stage to which an answer moves an application.
#[must_use]
pub const fn stage_after(kind: ReplyKind) -> Stage {
    match kind {
        ReplyKind::Confirmation => Stage::Applied,
        ReplyKind::Assessment => Stage::Assessment,
        ReplyKind::Screen => Stage::Screen,
        ReplyKind::Interview => Stage::Interview,
        ReplyKind::Rejection => Stage::Rejected,
        ReplyKind::Offer => Stage::Offer,
    }
}

/// Whether an answer tells of an application anything that its stage does not.
#[must_use]
pub fn is_news(kind: ReplyKind, stage: Stage) -> bool {
    match (kind, stage) {
        (_, Stage::Accepted | Stage::Withdrawn | Stage::Rejected) => false,
        (ReplyKind::Rejection, _)
        | (ReplyKind::Confirmation, Stage::Interested | Stage::Preparing) => true,
        (ReplyKind::Confirmation, _) => false,
        (_, Stage::Ghosted) => true,
        (kind, stage) => stage < stage_after(kind),
    }
}

/// Moves an application on as an answer says. That it stands there already is as good.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn move_on(
    ctx: &Ctx,
    application: i64,
    kind: ReplyKind,
    at: Timestamp,
    why: &str,
) -> Result<()> {
    let id = ApplicationId(application);
    // An answer is no older than the step that it answers, whatever the clock of its sender says.
    let since = application_show(ctx, id).await?.application.stage_since;
    let at = Some(at.max(since).min(ctx.now()));
    let moved = application_move(ctx, id, stage_after(kind), at, why).await;
    match moved {
        Ok(_) | Err(Error::Conflict(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A document: a resume or a cover letter goes along as a PDF file, a note is the mail's text.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when the document states what the profile does not hold; from the database.
pub async fn document(ctx: &Ctx, id: i64) -> Result<Enclosed> {
    let id = DocumentId(id);
    let document = document_show(ctx, id).await?;
    let is_note = document.kind.is_letter() && document.kind != DocumentKind::Letter;
    if is_note {
        let file = document_file(ctx, id, Format::Text).await?;
        return Ok(Enclosed::Text(
            String::from_utf8_lossy(&file.bytes).into_owned(),
        ));
    }
    let file = document_file(ctx, id, Format::Pdf).await?;
    Ok(Enclosed::File(Attachment {
        name: file.name,
        media_type: file.mime.to_owned(),
        origin: format!("{}, version {}", document.kind.label(), document.version),
        bytes: file.bytes,
    }))
}

/// What a document gives to a mail.
#[derive(Clone, Debug)]
pub enum Enclosed {
    /// It goes along as a file.
    File(Attachment),
    /// It is the mail's text.
    Text(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_moves_an_application_on_is_news() {
        for (kind, stage, news) in [
            (ReplyKind::Confirmation, Stage::Preparing, true),
            (ReplyKind::Confirmation, Stage::Applied, false),
            (ReplyKind::Interview, Stage::Applied, true),
            (ReplyKind::Interview, Stage::Interview, false),
            (ReplyKind::Assessment, Stage::Interview, false),
            (ReplyKind::Rejection, Stage::Interview, true),
            (ReplyKind::Rejection, Stage::Rejected, false),
            (ReplyKind::Interview, Stage::Ghosted, true),
            (ReplyKind::Offer, Stage::Withdrawn, false),
        ] {
            assert_eq!(is_news(kind, stage), news, "{kind:?} at {stage:?}");
        }
    }
}
