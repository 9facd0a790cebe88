//! Texts that were replaced: kept whole and compressed, the newest for each posting.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::entity::posting_text;
use crate::postings::model::PostingId;
use crate::postings::record::EarlierText;

/// Earlier texts kept for each posting: enough for years of honest edits, few enough that a page whose text changes at
/// every look costs little.
pub const TEXTS_KEPT: u64 = 20;
/// zstd's fastest ordinary level.
const COMPRESSION_LEVEL: i32 = 1;

/// A text that is being replaced.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// Whose.
    pub posting: PostingId,
    /// The text as safe HTML.
    pub html: String,
    /// The text, plain.
    pub text: String,
}

#[derive(Serialize, Deserialize)]
struct Body {
    html: String,
    text: String,
}

/// Keeps texts that are replaced now; beyond [`TEXTS_KEPT`] of one posting the oldest go.
///
/// # Errors
/// From the database.
pub async fn keep_texts(
    transaction: &Transaction,
    now: Timestamp,
    replaced: Vec<Replaced>,
) -> Result<()> {
    for one in replaced {
        let posting = one.posting;
        let body = Body {
            html: one.html,
            text: one.text,
        };
        let json = serde_json::to_vec(&body).map_err(Error::internal)?;
        let row = posting_text::ActiveModel {
            posting_id: Set(posting.0),
            replaced_at: Set(now.0),
            body: Set(
                zstd::encode_all(json.as_slice(), COMPRESSION_LEVEL).map_err(Error::internal)?
            ),
            ..Default::default()
        };
        posting_text::Entity::insert(row)
            .exec_without_returning(transaction)
            .await?;
        forget_oldest(transaction, posting).await?;
    }
    Ok(())
}

async fn forget_oldest(transaction: &Transaction, posting: PostingId) -> Result<()> {
    let oldest_kept = posting_text::Entity::find()
        .filter(posting_text::Column::PostingId.eq(posting.0))
        .order_by_desc(posting_text::Column::Id)
        .offset(TEXTS_KEPT - 1)
        .limit(1)
        .select_only()
        .column(posting_text::Column::Id)
        .into_tuple::<i64>()
        .one(transaction)
        .await?;
    if let Some(id) = oldest_kept {
        posting_text::Entity::delete_many()
            .filter(posting_text::Column::PostingId.eq(posting.0))
            .filter(posting_text::Column::Id.lt(id))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// The earlier texts of a posting with when each was replaced, newest first.
///
/// # Errors
/// From the database; [`Error::Internal`] when a stored text is damaged.
pub async fn earlier_texts(db: &Db, posting: PostingId) -> Result<Vec<(Timestamp, EarlierText)>> {
    let rows = posting_text::Entity::find()
        .filter(posting_text::Column::PostingId.eq(posting.0))
        .order_by_desc(posting_text::Column::Id)
        .all(db.pool())
        .await?;
    rows.into_iter()
        .map(|row| {
            let json = zstd::decode_all(row.body.as_slice()).map_err(Error::internal)?;
            let Body { html, text } = serde_json::from_slice(&json).map_err(Error::internal)?;
            Ok((Timestamp(row.replaced_at), EarlierText { html, text }))
        })
        .collect()
}
