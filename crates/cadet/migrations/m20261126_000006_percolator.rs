//! Matching alerts by a percolator: one place in the event log for all saved searches, and the changes of saved searches
//! in an order that every process can follow.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null};

/// Adds `alert_position`, and to saved searches their last change and what they have still to be asked alone.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let position = Table::create()
            .table("alert_position")
            .if_not_exists()
            .col(big_integer("id").primary_key())
            .col(big_integer("event_id"))
            .col(big_integer("version"))
            .take();
        manager.create_table(position).await?;
        for column in [
            big_integer("version").default(0).take(),
            big_integer_null("lag_event_id"),
        ] {
            let added = Table::alter()
                .table("saved_search")
                .add_column(column)
                .take();
            manager.alter_table(added).await?;
        }
        for (table, columns) in [
            ("saved_search", &["version", "id"][..]),
            ("saved_search", &["lag_event_id"]),
            ("alert_match", &["posting_id"]),
        ] {
            let mut index = Index::create();
            index
                .name(format!("ix_{table}_{}", columns.join("_")))
                .table(table)
                .if_not_exists();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index.take()).await?;
        }
        start(manager).await
    }
}

/// Begins where the active saved search that is furthest behind had come to; what another has looked at already, its own
/// place passes over.
async fn start(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    connection
        .execute_unprepared(
            "INSERT INTO alert_position (id, event_id, version) \
             SELECT 1, COALESCE((SELECT MIN(seen_event_id) FROM saved_search \
                                 WHERE removed_at IS NULL AND paused_at IS NULL), \
                                (SELECT MAX(id) FROM event), 0), 0",
        )
        .await?;
    Ok(())
}
