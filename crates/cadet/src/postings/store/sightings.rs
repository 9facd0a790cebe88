//! Writing and asking for sightings: the records of postings in their sources.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::{BIND_LIMIT, html_of};
use crate::clock::Timestamp;
use crate::db::statements::sizes;
use crate::db::{Db, Transaction};
use crate::error::Result;
use crate::postings::entity::{posting, sighting};
use crate::postings::lifecycle::model::{Life, Standing};
use crate::postings::model::PostingId;
use crate::postings::packing::{alone, record};
use crate::postings::sources::model::{Listing, RawPosting, SourceId};

/// What is known of a record that was seen before.
#[derive(Clone, Copy, Debug)]
pub struct KnownSighting {
    /// Its row.
    pub id: i64,
    /// The posting that it belongs to.
    pub posting: PostingId,
    /// Hash of the record when it was last seen.
    pub content_hash: i64,
    /// Whether it was last said to be open.
    pub listed: bool,
    /// Its life so far.
    pub life: Life,
}

/// A record to be written.
#[derive(Clone, Debug)]
pub struct SightingRow {
    /// Its row, if it was seen before.
    pub known: Option<i64>,
    /// The posting that it belongs to.
    pub posting: PostingId,
    /// The source's id for it.
    pub external_id: String,
    /// Its page.
    pub url: String,
    /// Title there.
    pub title: String,
    /// Employer there.
    pub company: String,
    /// Places there, JSON.
    pub locations: String,
    /// Hash of the record.
    pub content_hash: i64,
    /// What the source says.
    pub listing: Listing,
    /// What is believed of it.
    pub life: Life,
    /// The record, packed alone or against the text of its posting.
    pub raw: Vec<u8>,
}

/// A text that a posting had.
#[derive(Clone, Debug)]
pub struct FormerText {
    /// Whose.
    pub posting: PostingId,
    /// The text as it was stored, HTML.
    pub html: String,
}

/// The records of a source that are known among these ids.
///
/// # Errors
/// From the database.
pub async fn known_sightings(
    db: &Db,
    source: SourceId,
    external_ids: &[String],
) -> Result<HashMap<String, KnownSighting>> {
    let mut known = HashMap::with_capacity(external_ids.len());
    for ids in external_ids.chunks(BIND_LIMIT) {
        let rows = sighting::Entity::find()
            .filter(sighting::Column::SourceId.eq(source.0))
            .filter(sighting::Column::ExternalId.is_in(ids))
            .select_only()
            .columns([
                sighting::Column::ExternalId,
                sighting::Column::Id,
                sighting::Column::PostingId,
                sighting::Column::ContentHash,
                sighting::Column::Listing,
                sighting::Column::Standing,
                sighting::Column::FirstSeenAt,
                sighting::Column::DoubtedSince,
                sighting::Column::ReopenedAt,
                sighting::Column::ReopenedBeforeAt,
            ])
            .into_model::<KnownRow>()
            .all(db.pool())
            .await?;
        known.extend(rows.into_iter().map(KnownRow::known));
    }
    Ok(known)
}

/// A record that was seen before, as its columns hold it.
#[derive(FromQueryResult)]
struct KnownRow {
    external_id: String,
    id: i64,
    posting_id: i64,
    content_hash: i64,
    listing: String,
    standing: String,
    first_seen_at: i64,
    doubted_since: Option<i64>,
    reopened_at: Option<i64>,
    reopened_before_at: Option<i64>,
}

impl KnownRow {
    fn known(self) -> (String, KnownSighting) {
        let life = Life {
            standing: Standing::parse(&self.standing),
            first_seen_at: Timestamp(self.first_seen_at),
            doubted_since: self.doubted_since.map(Timestamp),
            reopened_at: self.reopened_at.map(Timestamp),
            reopened_before_at: self.reopened_before_at.map(Timestamp),
        };
        let known = KnownSighting {
            id: self.id,
            posting: PostingId(self.posting_id),
            content_hash: self.content_hash,
            listed: self.listing == "open",
            life,
        };
        (self.external_id, known)
    }
}

/// Writes records, new and changed.
///
/// # Errors
/// From the database.
pub async fn upsert_sightings(
    transaction: &Transaction,
    now: Timestamp,
    source: SourceId,
    rows: Vec<SightingRow>,
) -> Result<()> {
    let (changed, new): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.known.is_some());
    for row in changed {
        let Some(id) = row.known else { continue };
        let columns = sighting::ActiveModel {
            id: Set(id),
            ..sighting_columns(now, source, row)
        };
        sighting::Entity::update(columns).exec(transaction).await?;
    }
    let mut new = new.into_iter().map(|row| sighting::ActiveModel {
        first_seen_at: Set(now.0),
        ..sighting_columns(now, source, row)
    });
    for size in sizes(new.len(), 18) {
        let part: Vec<_> = new.by_ref().take(size).collect();
        sighting::Entity::insert_many(part)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// Notes that records were seen again just as they were.
///
/// # Errors
/// From the database.
pub async fn touch_sightings(
    transaction: &Transaction,
    now: Timestamp,
    known: &[KnownSighting],
) -> Result<()> {
    for part in known.chunks(BIND_LIMIT) {
        sighting::Entity::update_many()
            .col_expr(sighting::Column::LastSeenAt, Expr::value(now.0))
            .col_expr(sighting::Column::GoneAt, Expr::value(Option::<i64>::None))
            .filter(sighting::Column::Id.is_in(part.iter().map(|row| row.id)))
            .exec(transaction)
            .await?;
        posting::Entity::update_many()
            .col_expr(posting::Column::LastSeenAt, Expr::value(now.0))
            .filter(posting::Column::Id.is_in(part.iter().map(|row| row.posting.0)))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// Packs the stored records of postings alone that are packed against a text which is being replaced, but for those
/// that are `rewritten` anyway.
///
/// # Errors
/// From the database.
pub async fn outlive_texts(
    transaction: &Transaction,
    former: &[FormerText],
    rewritten: &[SightingRow],
) -> Result<()> {
    let rewritten: HashSet<i64> = rewritten.iter().filter_map(|row| row.known).collect();
    for part in former.chunks(BIND_LIMIT) {
        let texts: HashMap<i64, &str> = part
            .iter()
            .map(|text| (text.posting.0, text.html.as_str()))
            .collect();
        let rows = sighting::Entity::find()
            .filter(sighting::Column::PostingId.is_in(texts.keys().copied()))
            .select_only()
            .columns([
                sighting::Column::Id,
                sighting::Column::PostingId,
                sighting::Column::Raw,
            ])
            .into_tuple::<(i64, i64, Vec<u8>)>()
            .all(transaction)
            .await?;
        for (id, posting, raw) in rows {
            if rewritten.contains(&id) {
                continue;
            }
            let text = texts.get(&posting).copied().unwrap_or_default();
            match alone(&raw, text) {
                Ok(None) => {}
                Ok(Some(raw)) => {
                    let columns = sighting::ActiveModel {
                        id: Set(id),
                        raw: Set(raw),
                        ..Default::default()
                    };
                    sighting::Entity::update(columns).exec(transaction).await?;
                }
                // It could not be read before either, and must not keep the posting as it is for ever.
                Err(error) => {
                    tracing::warn!(sighting = id, %error, "a stored record is damaged");
                }
            }
        }
    }
    Ok(())
}

/// What each source told last of a posting.
///
/// # Errors
/// From the database; [`Error::Internal`](crate::error::Error::Internal) when a stored record is damaged.
pub async fn raw_records(db: &Db, id: PostingId) -> Result<Vec<(SourceId, RawPosting)>> {
    // In one statement: the text must be the one that the records are packed against.
    let of_posting = |column: posting::Column| {
        let query = Query::select()
            .column(column)
            .from(posting::Entity)
            .and_where(posting::Column::Id.eq(id.0))
            .to_owned();
        Expr::from(query)
    };
    let rows = sighting::Entity::find()
        .filter(sighting::Column::PostingId.eq(id.0))
        .order_by_asc(sighting::Column::Id)
        .select_only()
        .columns([sighting::Column::SourceId, sighting::Column::Raw])
        .expr_as(of_posting(posting::Column::DescriptionText), "text")
        .expr_as(of_posting(posting::Column::DescriptionMarkup), "markup")
        .expr_as(of_posting(posting::Column::DescriptionHtml), "html")
        .into_tuple::<(i64, Vec<u8>, String, Option<Vec<u8>>, String)>()
        .all(db.pool())
        .await?;
    rows.into_iter()
        .map(|(source, raw, text, packed, html)| {
            let html = html_of(html, packed.as_deref(), &text)?;
            Ok((SourceId(source), record(&raw, &html)?))
        })
        .collect()
}

fn sighting_columns(now: Timestamp, source: SourceId, row: SightingRow) -> sighting::ActiveModel {
    let listing = match row.listing {
        Listing::Open => "open",
        Listing::Closed => "closed",
        Listing::Hidden => "hidden",
    };
    sighting::ActiveModel {
        id: sea_orm::ActiveValue::NotSet,
        source_id: Set(source.0),
        external_id: Set(row.external_id),
        posting_id: Set(row.posting.0),
        url: Set(row.url),
        title: Set(row.title),
        company: Set(row.company),
        locations: Set(row.locations),
        content_hash: Set(row.content_hash),
        listing: Set(listing.to_owned()),
        raw: Set(row.raw),
        first_seen_at: sea_orm::ActiveValue::NotSet,
        last_seen_at: Set(now.0),
        gone_at: Set(None),
        standing: Set(row.life.standing.name().to_owned()),
        doubted_since: Set(row.life.doubted_since.map(|at| at.0)),
        reopened_at: Set(row.life.reopened_at.map(|at| at.0)),
        reopened_before_at: Set(row.life.reopened_before_at.map(|at| at.0)),
    }
}
