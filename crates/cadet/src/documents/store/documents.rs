//! Queries on stored versions of documents.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};

use super::super::entity::document::{ActiveModel, Column, Entity, Model};
use super::super::model::{
    Content, Document, DocumentId, DocumentKind, DocumentSummary, PaperSize,
};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::model::PostingId;

/// A version to be written.
#[derive(Debug)]
pub struct NewDocument<'a> {
    /// For which posting.
    pub posting: Option<PostingId>,
    /// Its kind.
    pub kind: DocumentKind,
    /// What it is called.
    pub title: &'a str,
    /// What the list's search looks in.
    pub search_text: &'a str,
    /// The template.
    pub template: &'a str,
    /// The paper.
    pub paper: PaperSize,
    /// What it says.
    pub content: &'a Content,
    /// The content as it is stored.
    pub json: String,
    /// SHA-256 of that.
    pub sha256: String,
}

/// What of the list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Listed<'a> {
    /// Documents with a smaller number than this; 0: from the newest.
    pub before: i64,
    /// How many.
    pub limit: u64,
    /// Words that title or company hold.
    pub words: &'a str,
    /// Only this kind.
    pub kind: Option<DocumentKind>,
    /// Only those for this posting.
    pub posting: Option<PostingId>,
}

fn present(owner: AccountId) -> Select<Entity> {
    Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::RemovedAt.is_null())
}

fn number(posting: Option<PostingId>) -> i64 {
    posting.map_or(0, |posting| posting.0)
}

/// Writes the next version.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    new: NewDocument<'_>,
) -> Result<Document> {
    let last = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::PostingId.eq(number(new.posting)))
        .filter(Column::Kind.eq(new.kind.name()))
        .order_by_desc(Column::Version)
        .one(transaction)
        .await?;
    let row = ActiveModel {
        account_id: Set(owner.0),
        posting_id: Set(number(new.posting)),
        kind: Set(new.kind.name().to_owned()),
        version: Set(last.map_or(1, |row| row.version.saturating_add(1))),
        title: Set(new.title.to_owned()),
        search_text: Set(new.search_text.to_lowercase()),
        template: Set(new.template.to_owned()),
        paper: Set(new.paper.name().to_owned()),
        language: Set(new.content.language.clone()),
        content: Set(new.json),
        sha256: Set(new.sha256),
        made_at: Set(now.0),
        removed_at: Set(None),
        ..Default::default()
    };
    to_document(Entity::insert(row).exec_with_returning(transaction).await?)
}

/// One version of an account.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    id: DocumentId,
) -> Result<Document> {
    let row = present(owner)
        .filter(Column::Id.eq(id.0))
        .one(connection)
        .await?;
    row.map_or_else(|| Err(Error::not_found("document", id)), to_document)
}

/// Versions, the newest first.
///
/// # Errors
/// From the database.
pub async fn list(db: &Db, owner: AccountId, listed: &Listed<'_>) -> Result<Vec<DocumentSummary>> {
    let mut found = present(owner).order_by_desc(Column::Id).limit(listed.limit);
    if listed.before > 0 {
        found = found.filter(Column::Id.lt(listed.before));
    }
    for word in listed.words.to_lowercase().split_whitespace() {
        found = found.filter(Column::SearchText.contains(word));
    }
    if let Some(kind) = listed.kind {
        found = found.filter(Column::Kind.eq(kind.name()));
    }
    if let Some(posting) = listed.posting {
        found = found.filter(Column::PostingId.eq(posting.0));
    }
    // The content of a version is long, and a list does not show it.
    let rows: Vec<Row> = found
        .select_only()
        .columns([Column::Id, Column::PostingId, Column::Version])
        .columns([Column::Kind, Column::Title, Column::Template, Column::Paper])
        .column(Column::MadeAt)
        .into_tuple()
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_summary).collect()
}

/// Id, posting, version, kind, title, template, paper, made.
type Row = (i64, i64, i32, String, String, String, String, i64);

/// Removes a version, or brings it back.
///
/// # Errors
/// From the database.
pub async fn set_removed(
    db: &Db,
    owner: AccountId,
    id: DocumentId,
    at: Option<Timestamp>,
) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(at.map(|at| at.0)))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Id.eq(id.0))
        .exec(db.pool())
        .await?;
    Ok(done.rows_affected > 0)
}

fn posting(number: i64) -> Option<PostingId> {
    (number != 0).then_some(PostingId(number))
}

fn to_document(row: Model) -> Result<Document> {
    Ok(Document {
        id: DocumentId(row.id),
        posting: posting(row.posting_id),
        kind: row.kind.parse()?,
        version: row.version,
        title: row.title,
        template: row.template,
        paper: row.paper.parse()?,
        made_at: Timestamp(row.made_at),
        sha256: row.sha256,
        content: serde_json::from_str(&row.content).map_err(Error::internal)?,
    })
}

fn to_summary(
    (id, posting_id, version, kind, title, template, paper, made_at): Row,
) -> Result<DocumentSummary> {
    Ok(DocumentSummary {
        id: DocumentId(id),
        posting: posting(posting_id),
        kind: kind.parse()?,
        version,
        title,
        template,
        paper: paper.parse()?,
        made_at: Timestamp(made_at),
    })
}
