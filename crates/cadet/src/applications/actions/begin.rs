//! Beginning an application: for a posting of Cadet, or for one that was typed in.

use super::super::log::Change;
use super::super::model::{ApplicationId, Details, Stage};
use super::super::store::rows;
use super::recording::Recording;
use crate::clock::Timestamp;
use crate::db::lock_event_log;
use crate::error::Result;
use crate::postings::actions::posting_record;
use crate::postings::model::PostingId;
use crate::postings::record::PostingRecord;
use crate::state::Ctx;

/// Begins an application for a posting, or gives the one that is there and has not ended.
///
/// # Errors
/// [`crate::error::Error::NotFound`] for a posting that there is not; from the database.
pub async fn application_begin(ctx: &Ctx, posting: PostingId) -> Result<ApplicationId> {
    let record = posting_record(ctx, posting).await?;
    let transaction = ctx.db.begin().await?;
    // Two windows that begin the same at once wait for one another; the second then finds what the first began.
    lock_event_log(&transaction).await?;
    let known = rows::of_posting(&transaction, ctx.owner()?, posting).await?;
    if let Some(open) = known.iter().find(|one| !one.summary.stage.is_end()) {
        return Ok(open.summary.id);
    }
    let details = details_of(&record).checked()?;
    let mut recording = Recording::new(ctx, &transaction).await?;
    let (now, stage) = (ctx.now(), Stage::Interested);
    recording
        .add(vec![(now, Change::Created { details, stage })], None)
        .await?;
    let id = recording.id;
    transaction.commit().await?;
    Ok(id)
}

/// Begins an application for something that Cadet has no posting of. Where it stands already, it is moved to at `at`.
///
/// # Errors
/// [`crate::error::Error::Invalid`] for details that cannot be used; from the database.
pub async fn application_add(
    ctx: &Ctx,
    details: Details,
    stage: Stage,
    at: Option<Timestamp>,
) -> Result<ApplicationId> {
    let details = details.checked()?;
    let at = at.unwrap_or(ctx.now());
    let transaction = ctx.db.begin().await?;
    let mut recording = Recording::new(ctx, &transaction).await?;
    recording.add(beginning(details, stage, at), None).await?;
    let id = recording.id;
    transaction.commit().await?;
    Ok(id)
}

/// The first entries of an application that stands somewhere already. What has ended or was answered was sent first.
pub(in super::super) fn beginning(
    details: Details,
    stage: Stage,
    at: Timestamp,
) -> Vec<(Timestamp, Change)> {
    let moved = |to: Stage| Change::Moved {
        to,
        why: String::new(),
    };
    let first = match stage {
        Stage::Interested | Stage::Preparing | Stage::Withdrawn => Stage::Interested,
        _ => Stage::Applied,
    };
    let created = Change::Created {
        details,
        stage: first,
    };
    let mut changes = vec![(at, created)];
    if stage != first {
        changes.push((at, moved(stage)));
    }
    changes
}

fn details_of(record: &PostingRecord) -> Details {
    let places: Vec<&str> = record
        .locations
        .iter()
        .map(|place| place.text.as_str())
        .take(3)
        .collect();
    let short = |text: &str| text.chars().take(super::super::model::LINE_MOST).collect();
    Details {
        posting: Some(record.id),
        company: short(&record.company),
        title: short(&record.title),
        url: match record.apply_url.chars().count() <= super::super::model::LINE_MOST {
            true => record.apply_url.clone(),
            false => String::new(),
        },
        place: short(&places.join("; ")),
        source: record
            .sightings
            .first()
            .map_or_else(String::new, |sighting| short(&sighting.source)),
        deadline: record.deadline.as_ref().map(|deadline| deadline.at),
    }
}
