//! The table of answers that are kept for repeated requests.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose request.
    pub account_id: i64,
    /// The key that its caller chose.
    pub key: String,
    /// Hash of method, address and body.
    pub fingerprint: String,
    /// The answer's status; 0 while it is under way, negative when the answer is withheld.
    pub status: i32,
    /// The answer's headers that are kept, as JSON.
    #[sea_orm(column_type = "Text")]
    pub headers: String,
    /// The answer's body.
    pub body: Vec<u8>,
    /// In ms since the epoch.
    pub created_at: i64,
}

/// Nothing is reached from here.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
