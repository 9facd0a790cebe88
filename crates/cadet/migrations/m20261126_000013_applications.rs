//! Applications: their log, what the log says now, what is due, the files frozen with them, choices, the calendar.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, double_null, integer, string, string_null, text,
    text_null,
};

/// Adds the tables of applications.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        applications(manager).await?;
        log(manager).await?;
        due(manager).await?;
        files(manager).await?;
        choices(manager).await
    }
}

fn id() -> ColumnDef {
    big_integer("id").auto_increment().primary_key().take()
}

fn of_application(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "application_id")
        .to("application", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

async fn index(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table).if_not_exists();
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index.take()).await
}

async fn applications(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("application")
        .if_not_exists()
        .col(id())
        .col(big_integer("account_id"))
        .col(big_integer_null("posting_id"))
        .col(text("company"))
        .col(text("title"))
        .col(text("place"))
        .col(text("source"))
        .col(text("search"))
        .col(string("stage"))
        .col(big_integer("stage_since"))
        .col(big_integer_null("applied_at"))
        .col(big_integer_null("answered_at"))
        .col(big_integer("created_at"))
        .col(big_integer("changed_at"))
        .col(boolean("archived"))
        .col(big_integer_null("snoozed_until"))
        .col(big_integer_null("deadline_at"))
        .col(big_integer_null("last_date_at"))
        .col(double_null("score"))
        .col(string_null("document"))
        .col(integer("events"))
        .col(text("path"))
        .take();
    manager.create_table(table).await?;
    // The states stand apart, so that lists of many read short rows.
    let state = Table::create()
        .table("application_state")
        .if_not_exists()
        .col(big_integer("application_id").primary_key())
        .col(text("state"))
        .foreign_key(&mut of_application("application_state"))
        .take();
    manager.create_table(state).await?;
    let lists: [(&str, &[&str]); 6] = [
        (
            "ix_application_board",
            &["account_id", "archived", "stage", "changed_at", "id"],
        ),
        (
            "ix_application_changed",
            &["account_id", "archived", "changed_at", "id"],
        ),
        (
            "ix_application_applied",
            &["account_id", "archived", "applied_at", "id"],
        ),
        (
            "ix_application_company",
            &["account_id", "archived", "company", "id"],
        ),
        ("ix_application_posting", &["account_id", "posting_id"]),
        ("ix_application_dates", &["account_id", "last_date_at"]),
    ];
    for (name, columns) in lists {
        index(manager, name, "application", columns).await?;
    }
    Ok(())
}

async fn log(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("application_event")
        .if_not_exists()
        .col(id())
        .col(big_integer("account_id"))
        .col(big_integer("application_id"))
        .col(string("kind"))
        .col(big_integer("at"))
        .col(big_integer("recorded_at"))
        .col(string_null("batch"))
        .col(text("change"))
        .foreign_key(&mut of_application("application_event"))
        .take();
    manager.create_table(table).await?;
    let (name, table) = ("ix_application_event_application", "application_event");
    index(manager, name, table, &["application_id", "id"]).await?;
    let name = "ix_application_event_batch";
    index(manager, name, table, &["account_id", "batch"]).await
}

async fn due(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("application_due")
        .if_not_exists()
        .col(id())
        .col(big_integer("account_id"))
        .col(big_integer("application_id"))
        .col(string("key"))
        .col(big_integer("from_at"))
        .col(big_integer("due_at"))
        .col(big_integer("until_at"))
        .foreign_key(&mut of_application("application_due"))
        .take();
    manager.create_table(table).await?;
    let table = "application_due";
    let columns = ["account_id", "due_at", "from_at", "id"];
    index(manager, "ix_application_due_order", table, &columns).await?;
    let columns = ["application_id"];
    index(manager, "ix_application_due_application", table, &columns).await
}

async fn files(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("application_file")
        .if_not_exists()
        .col(id())
        .col(big_integer("account_id"))
        .col(big_integer("application_id"))
        .col(string("role"))
        .col(text("name"))
        .col(string("media_type"))
        .col(string("sha256"))
        .col(big_integer("bytes"))
        .col(big_integer("frozen_at"))
        .col(ColumnDef::new("content").blob().not_null())
        .foreign_key(&mut of_application("application_file"))
        .take();
    manager.create_table(table).await?;
    let name = "ix_application_file_application";
    index(manager, name, "application_file", &["application_id", "id"]).await
}

async fn choices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("application_choice")
        .if_not_exists()
        .col(big_integer("account_id").primary_key())
        .col(text("labels"))
        .col(text("weights"))
        .col(integer("weekly_goal"))
        .take();
    manager.create_table(table).await?;
    let table = Table::create()
        .table("calendar_feed")
        .if_not_exists()
        .col(big_integer("account_id").primary_key())
        .col(string("secret_hash"))
        .col(boolean("tasks"))
        .col(big_integer("created_at"))
        .col(big_integer_null("read_at"))
        .col(text_null("note"))
        .take();
    manager.create_table(table).await?;
    let hash = Index::create()
        .name("uq_calendar_feed_secret_hash")
        .table("calendar_feed")
        .if_not_exists()
        .col("secret_hash")
        .unique()
        .take();
    manager.create_index(hash).await
}
