//! Openings: which postings are one opening, why, and what people decided about it.
//!
//! An opening is named by the number of its first posting; a posting that is alike no other is an opening of its own.
//! What is compared (`opening_feature`) and how candidates are found (`opening_band`) is derived from the postings and
//! may be deleted at any time; `opening_decision` is what people said and is kept.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean, double, integer, text};

/// Adds openings.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        opening_of_posting(manager).await?;
        comparing(manager).await?;
        judgements(manager).await?;
        progress(manager).await
    }
}

async fn opening_of_posting(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let column = Table::alter()
        .table("posting")
        .add_column(big_integer("opening_id").default(0))
        .take();
    manager.alter_table(column).await?;
    manager
        .get_connection()
        .execute_unprepared("UPDATE posting SET opening_id = id")
        .await?;
    index(manager, "posting", &["opening_id"], false).await
}

/// What is compared of a posting, and the keys under which alike ones are found.
async fn comparing(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let feature = table("opening_feature")
        .col(big_integer("posting_id").primary_key())
        .col(text("features"))
        .foreign_key(&mut owned_by_posting("opening_feature", "posting_id"))
        .take();
    manager.create_table(feature).await?;
    let band = table("opening_band")
        .col(big_integer("band"))
        .col(big_integer("posting_id"))
        .primary_key(Index::create().col("band").col("posting_id"))
        .foreign_key(&mut owned_by_posting("opening_band", "posting_id"))
        .take();
    manager.create_table(band).await?;
    index(manager, "opening_band", &["posting_id"], false).await
}

/// What the rules found alike, and what people decided; a pair's smaller number stands in `first_id`.
async fn judgements(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let link = table("opening_link")
        .col(big_integer("id").auto_increment().primary_key())
        .col(big_integer("first_id"))
        .col(big_integer("second_id"))
        .col(double("score"))
        .col(text("reasons"))
        .col(big_integer("at"))
        .foreign_key(&mut owned_by_posting("opening_link", "first_id"))
        .foreign_key(&mut owned_by_posting("opening_link", "second_id"))
        .take();
    manager.create_table(link).await?;
    index(manager, "opening_link", &["first_id", "second_id"], true).await?;
    index(manager, "opening_link", &["second_id"], false).await?;
    let decision = table("opening_decision")
        .col(big_integer("id").auto_increment().primary_key())
        .col(big_integer("first_id"))
        .col(big_integer("second_id"))
        .col(big_integer("about_id"))
        .col(boolean("same"))
        .col(big_integer_null("account_id"))
        .col(big_integer("at"))
        .col(big_integer_null("undone_at"))
        .foreign_key(&mut owned_by_posting("opening_decision", "first_id"))
        .foreign_key(&mut owned_by_posting("opening_decision", "second_id"))
        .take();
    manager.create_table(decision).await?;
    index(
        manager,
        "opening_decision",
        &["first_id", "second_id"],
        false,
    )
    .await?;
    index(manager, "opening_decision", &["second_id"], false).await
}

/// How far in the event log postings were compared: one row.
async fn progress(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let progress = table("opening_progress")
        .col(integer("id").primary_key())
        .col(big_integer("event_id"))
        .take();
    manager.create_table(progress).await?;
    manager
        .get_connection()
        .execute_unprepared("INSERT INTO opening_progress (id, event_id) VALUES (1, 0)")
        .await?;
    Ok(())
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).if_not_exists().take()
}

/// A column that points to a posting; the row goes with the posting.
fn owned_by_posting(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to("posting", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut statement = Index::create();
    let prefix = if unique { "uq" } else { "ix" };
    statement
        .name(format!("{prefix}_{table}_{}", columns.join("_")))
        .table(table)
        .if_not_exists();
    for column in columns {
        statement.col(*column);
    }
    if unique {
        statement.unique();
    }
    manager.create_index(statement).await
}
