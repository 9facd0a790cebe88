//! A posting's HTML packed against its plain text, which says nearly all of it.
//!
//! Rows of before keep theirs in `description_html` until they are written again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::binary_null;

/// Adds the column.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = binary_null("description_markup").take();
        manager
            .alter_table(Table::alter().table("posting").add_column(column).take())
            .await
    }
}
