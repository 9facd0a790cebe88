//! Queries on profiles: those on revisions are here, those on imports in a file of their own.
//!
//! Whoever acts for a person gives the owner.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};

use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::profile::entity::profile;
use crate::profile::entity::profile_revision::{ActiveModel, Column, Entity, Model};
use crate::profile::model::{Profile, RevisionId};
use crate::profile::revision::{Change, Revision};

/// States within a sitting are kept for so many days.
const PASSING_DAYS: i64 = 7;

/// A revision with its content.
pub type Whole = (Revision, Profile);

/// Where a revision to be written stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The revision that it is made from.
    pub parent: Option<RevisionId>,
    /// After undoing and redoing: whose content it is.
    pub shows: Option<RevisionId>,
    /// After undoing: where redoing leads in the end.
    pub redo: Option<RevisionId>,
    /// When its sitting began.
    pub begun_at: Timestamp,
    /// Whether it is kept beside the profile.
    pub aside: bool,
}

fn owned(owner: AccountId) -> Select<Entity> {
    Entity::find().filter(Column::AccountId.eq(owner.0))
}

fn to_revision(row: &Model) -> Result<Revision> {
    Ok(Revision {
        id: RevisionId(row.id),
        parent: row.parent_id.map(RevisionId),
        origin: row.origin.parse()?,
        note: row.note.clone(),
        at: Timestamp(row.created_at),
        aside: row.is_aside,
        begun_at: Timestamp(row.begun_at),
        session: row.session.clone(),
        shows: row.shows_id.map(RevisionId),
        redo: row.redo_id.map(RevisionId),
    })
}

fn to_whole(row: &Model) -> Result<Whole> {
    let profile = serde_json::from_str(&row.content).map_err(Error::internal)?;
    Ok((to_revision(row)?, profile))
}

/// The current revision with the profile; none before the first one.
///
/// # Errors
/// From the database.
pub async fn current<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
) -> Result<Option<Whole>> {
    let pointer = profile::Entity::find_by_id(owner.0).one(connection).await?;
    let Some(id) = pointer.and_then(|pointer| pointer.revision_id) else {
        return Ok(None);
    };
    get(connection, owner, RevisionId(id)).await.map(Some)
}

/// The same, locked: nobody else changes the profile until the transaction ends.
///
/// # Errors
/// From the database.
pub async fn current_locked(transaction: &Transaction, owner: AccountId) -> Result<Option<Whole>> {
    let row = profile::ActiveModel {
        account_id: Set(owner.0),
        revision_id: Set(None),
    };
    let once = OnConflict::column(profile::Column::AccountId)
        .do_nothing()
        .to_owned();
    profile::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(transaction)
        .await?;
    profile::Entity::find_by_id(owner.0)
        .lock_exclusive()
        .one(transaction)
        .await?;
    current(transaction, owner).await
}

/// One revision of an account.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    id: RevisionId,
) -> Result<Whole> {
    let row = owned(owner)
        .filter(Column::Id.eq(id.0))
        .one(connection)
        .await?;
    to_whole(&row.ok_or_else(|| Error::not_found("revision", id))?)
}

/// Writes a revision and, unless it is kept aside, makes it the profile.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    (profile, change): (&Profile, &Change),
    place: Place,
) -> Result<Revision> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        parent_id: Set(place.parent.map(|id| id.0)),
        shows_id: Set(place.shows.map(|id| id.0)),
        redo_id: Set(place.redo.map(|id| id.0)),
        origin: Set(change.origin.name().to_owned()),
        session: Set(change.session.clone()),
        note: Set(change.note.clone()),
        content: Set(serde_json::to_string(profile).map_err(Error::internal)?),
        is_aside: Set(place.aside),
        is_passing: Set(false),
        begun_at: Set(place.begun_at.0),
        created_at: Set(now.0),
        ..Default::default()
    };
    let row = Entity::insert(row).exec_with_returning(transaction).await?;
    if !place.aside {
        profile::Entity::update_many()
            .col_expr(profile::Column::RevisionId, Expr::value(row.id))
            .filter(profile::Column::AccountId.eq(owner.0))
            .exec(transaction)
            .await?;
    }
    to_revision(&row)
}

/// Marks a revision as one that a later one of the same sitting stands for, and deletes such that are old.
///
/// # Errors
/// From the database.
pub async fn pass(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    id: RevisionId,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::IsPassing, Expr::value(true))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Id.eq(id.0))
        .exec(transaction)
        .await?;
    Entity::delete_many()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::IsPassing.eq(true))
        .filter(Column::CreatedAt.lt(now.plus_days(-PASSING_DAYS).0))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Revisions before number `before`, the newest first, at most `limit`. Those within a sitting are left out.
///
/// # Errors
/// From the database.
pub async fn list(db: &Db, owner: AccountId, before: RevisionId, limit: u64) -> Result<Vec<Whole>> {
    let rows = owned(owner)
        .filter(Column::IsPassing.eq(false))
        .filter(Column::Id.lt(before.0))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.iter().map(to_whole).collect()
}

/// Revisions of the profile after number `base`, in order, with the page that made each; those kept aside are left out.
///
/// # Errors
/// From the database.
pub async fn since(
    transaction: &Transaction,
    owner: AccountId,
    base: RevisionId,
) -> Result<Vec<(RevisionId, Option<String>)>> {
    let rows: Vec<(i64, Option<String>)> = owned(owner)
        .select_only()
        .columns([Column::Id, Column::Session])
        .filter(Column::Id.gt(base.0))
        .filter(Column::IsAside.eq(false))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(transaction)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(id, session)| (RevisionId(id), session))
        .collect())
}

/// The last revision that was kept aside for a page.
///
/// # Errors
/// From the database.
pub async fn aside_of(
    transaction: &Transaction,
    owner: AccountId,
    session: Option<&str>,
) -> Result<Option<RevisionId>> {
    let Some(session) = session else {
        return Ok(None);
    };
    let row = owned(owner)
        .filter(Column::IsAside.eq(true))
        .filter(Column::IsPassing.eq(false))
        .filter(Column::Session.eq(session))
        .order_by_desc(Column::Id)
        .one(transaction)
        .await?;
    Ok(row.map(|row| RevisionId(row.id)))
}
