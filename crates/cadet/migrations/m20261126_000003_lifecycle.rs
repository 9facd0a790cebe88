//! The life of postings told in full, earlier texts, and the health of sources.
//!
//! A record in a source gets a standing of its own (`open`, `suspect`, `closed`) beside what the source says of it; a
//! posting knows since when nobody surely lists it; texts that were replaced are kept; a source keeps a profile of what
//! it delivers, its own interval, and notices of what is wrong with it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, integer_null, string, text, text_null,
};

/// Lifecycle and source health.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        lives(manager).await?;
        texts(manager).await?;
        health(manager).await
    }
}

/// SQLite alters a table by one column at a time.
async fn add_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: ColumnDef,
) -> Result<(), DbErr> {
    manager
        .alter_table(Table::alter().table(table).add_column(column).take())
        .await
}

async fn lives(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_column(manager, "posting", big_integer_null("suspect_since").take()).await?;
    add_column(
        manager,
        "sighting",
        string("standing").default("open").take(),
    )
    .await?;
    for name in ["doubted_since", "reopened_at", "reopened_before_at"] {
        add_column(manager, "sighting", big_integer_null(name).take()).await?;
    }
    let closed = Query::update()
        .table("sighting")
        .value("standing", "closed")
        .cond_where(
            Cond::any()
                .add(Expr::col("gone_at").is_not_null())
                .add(Expr::col("listing").ne("open")),
        )
        .take();
    manager.execute(closed).await
}

async fn texts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut owner = ForeignKey::create()
        .from("posting_text", "posting_id")
        .to("posting", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take();
    let posting_text = Table::create()
        .table("posting_text")
        .if_not_exists()
        .col(big_integer("id").auto_increment().primary_key().take())
        .col(big_integer("posting_id"))
        .col(big_integer("replaced_at"))
        .col(binary("body"))
        .foreign_key(&mut owner)
        .take();
    manager.create_table(posting_text).await?;
    index(manager, "posting_text", &["posting_id", "id"]).await
}

async fn health(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_column(manager, "source", text_null("profile").take()).await?;
    add_column(manager, "source", integer_null("interval_minutes").take()).await?;
    let mut owner = ForeignKey::create()
        .from("source_notice", "source_id")
        .to("source", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take();
    let notice = Table::create()
        .table("source_notice")
        .if_not_exists()
        .col(big_integer("id").auto_increment().primary_key().take())
        .col(big_integer("source_id"))
        .col(string("kind"))
        .col(text("detail"))
        .col(big_integer("since"))
        .col(big_integer("seen_at"))
        .col(big_integer_null("ended_at"))
        .col(big_integer_null("told_at"))
        .foreign_key(&mut owner)
        .take();
    manager.create_table(notice).await?;
    index(manager, "source_notice", &["source_id", "ended_at"]).await
}

async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut statement = Index::create();
    statement
        .name(format!("ix_{table}_{}", columns.join("_")))
        .table(table)
        .if_not_exists();
    for column in columns {
        statement.col(*column);
    }
    manager.create_index(statement.take()).await
}
