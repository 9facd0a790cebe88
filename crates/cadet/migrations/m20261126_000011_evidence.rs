//! The ledger of evidence, scans of repositories, and how postings fit people.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, double, string, string_null, text, text_null,
};

/// Adds the tables of evidence and of matching.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ledger(manager).await?;
        scans(manager).await?;
        requirements(manager).await?;
        matches(manager).await
    }
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).if_not_exists().take()
}

fn id() -> ColumnDef {
    big_integer("id").auto_increment().primary_key().take()
}

/// The row goes with its account.
fn of_account(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "account_id")
        .to("account", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let kind = if unique { "uq" } else { "ix" };
    let mut statement = Index::create();
    statement
        .name(format!("{kind}_{table}_{}", columns.join("_")))
        .table(table)
        .if_not_exists();
    for column in columns {
        statement.col(*column);
    }
    if unique {
        statement.unique();
    }
    manager.create_index(statement.take()).await
}

/// Rows are only ever added: what replaces a row names it, and each is replaced at most once.
async fn ledger(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let evidence = table("evidence")
        .col(id())
        .col(big_integer("account_id"))
        .col(string("skill"))
        .col(string("kind"))
        .col(double("strength"))
        .col(big_integer("at"))
        .col(big_integer("recorded_at"))
        .col(text("statement"))
        .col(text("check_again"))
        .col(text_null("link"))
        .col(string_null("entry"))
        .col(big_integer_null("supersedes_id"))
        .col(boolean("withdrawn"))
        .col(string("origin"))
        .col(text_null("proof"))
        .foreign_key(&mut of_account("evidence"))
        .take();
    manager.create_table(evidence).await?;
    index(manager, "evidence", &["supersedes_id"], true).await?;
    index(manager, "evidence", &["account_id", "id"], false).await?;
    index(manager, "evidence", &["account_id", "origin"], false).await
}

async fn scans(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let scan = table("evidence_scan")
        .col(id())
        .col(big_integer("account_id"))
        .col(text("path"))
        .col(text("emails"))
        .col(string("stage"))
        .col(big_integer("looked_at"))
        .col(big_integer("found"))
        .col(text_null("facts"))
        .col(text_null("error"))
        .col(big_integer("started_at"))
        .col(big_integer_null("finished_at"))
        .foreign_key(&mut of_account("evidence_scan"))
        .take();
    manager.create_table(scan).await?;
    index(manager, "evidence_scan", &["account_id", "id"], false).await
}

/// What each open posting asks for, in a compact form; derived from the posting and rewritten with it. The row of a posting
/// that is no longer open stays with empty data, so that every process learns of it by its version.
async fn requirements(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let requirement = table("posting_requirement")
        .col(big_integer("posting_id").primary_key())
        .col(big_integer("version"))
        .col(binary("needs"))
        .take();
    manager.create_table(requirement).await?;
    index(
        manager,
        "posting_requirement",
        &["version", "posting_id"],
        false,
    )
    .await?;
    let position = table("match_position")
        .col(big_integer("id").primary_key())
        .col(string("rules"))
        .col(big_integer("event_id"))
        .col(big_integer_null("filled_after"))
        .col(big_integer("version"))
        .take();
    manager.create_table(position).await?;
    // The rules of no version: the first run reads every posting.
    manager
        .get_connection()
        .execute_unprepared(
            "INSERT INTO match_position (id, rules, event_id, filled_after, version) VALUES (1, '', 0, 0, 0)",
        )
        .await?;
    Ok(())
}

/// Scores by account, many postings to a row.
async fn matches(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let state = table("match_state")
        .col(big_integer("account_id").primary_key())
        .col(string("basis"))
        .col(big_integer("requirement_version"))
        .col(big_integer("version"))
        .col(big_integer("computed_at"))
        .foreign_key(&mut of_account("match_state"))
        .take();
    manager.create_table(state).await?;
    let page = table("posting_match")
        .col(big_integer("account_id"))
        .col(big_integer("page"))
        .col(binary("entries"))
        .primary_key(Index::create().col("account_id").col("page"))
        .foreign_key(&mut of_account("posting_match"))
        .take();
    manager.create_table(page).await
}
