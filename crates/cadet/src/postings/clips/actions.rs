//! Storing a clip.

use super::model::{Clip, Clipped};
use crate::error::{Error, Result};
use crate::postings::actions::{posting_record, posting_save};
use crate::postings::ingest::{Completeness, postings_ingest};
use crate::postings::sources::clip;
use crate::postings::sources::model::Source;
use crate::postings::sources::store as sources;
use crate::postings::store::sightings::{KnownSighting, known_sightings};
use crate::state::Ctx;

/// Nothing is polled here, so the poll that a source must have may be rare.
const POLL_MINUTES: u32 = 7 * 24 * 60;

/// Makes a posting of a clip, or finds the one that it is, and keeps it for the person.
///
/// # Errors
/// [`Error::Invalid`] when there is no posting in it; [`Error::Unauthorised`] for nobody; from the database.
pub async fn clip_add(ctx: &Ctx, clip: Clip) -> Result<Clipped> {
    ctx.owner()?;
    let raw = clip.into_raw()?;
    let external_id = raw.external_id.clone();
    let source = source_of_clips(ctx).await?;
    let before = sighting(ctx, &source, &external_id).await?;
    let one = Completeness {
        complete: false,
        doubted_before: None,
    };
    let ingested = postings_ingest(ctx, &source, std::iter::once(raw), one, &|_| ()).await?;
    ctx.index.nudge();
    ctx.queue.wake();
    let Some(stored) = sighting(ctx, &source, &external_id).await? else {
        let why = ingested.problems.into_iter().next();
        let why = why.map_or_else(
            || "it could not be read".to_owned(),
            |problem| problem.message,
        );
        return Err(Error::invalid_field(
            "posting",
            format!("The posting was not taken: {why}."),
        ));
    };
    posting_save(ctx, stored.posting, true).await?;
    let record = posting_record(ctx, stored.posting).await?;
    Ok(Clipped {
        id: stored.posting,
        url: ctx
            .config
            .server
            .url(&format!("/postings/{}", stored.posting)),
        title: record.title,
        company: record.company,
        new: before.is_none(),
    })
}

async fn sighting(ctx: &Ctx, source: &Source, external_id: &str) -> Result<Option<KnownSighting>> {
    let ids = [external_id.to_owned()];
    Ok(known_sightings(&ctx.db, source.id, &ids)
        .await?
        .remove(external_id))
}

/// The one source of clips, made with the first clip.
async fn source_of_clips(ctx: &Ctx) -> Result<Source> {
    let address = clip::address();
    let transaction = ctx.db.begin().await?;
    let name = address.kind.label();
    let (id, _) =
        sources::insert(&transaction, ctx.now(), &address, name, None, POLL_MINUTES).await?;
    transaction.commit().await?;
    sources::get(&ctx.db, id).await
}
