//! Discovery of boards, and boards that are added together.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean, string, text, text_null};

/// Adds the tables of discovery and of intakes.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        boards(manager).await?;
        links(manager).await?;
        intakes(manager).await
    }
}

fn id() -> ColumnDef {
    big_integer("id").auto_increment().primary_key().take()
}

async fn boards(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let board = Table::create()
        .table("discovered_board")
        .if_not_exists()
        .col(id())
        .col(text("board_key"))
        .col(string("kind"))
        .col(text("address"))
        .col(text("name"))
        .col(big_integer("postings"))
        .col(big_integer("open_postings"))
        .col(big_integer("open_backend"))
        .col(big_integer("first_seen_at"))
        .col(big_integer("counted_at"))
        .col(big_integer_null("dismissed_at"))
        .take();
    manager.create_table(board).await?;
    let key = Index::create()
        .name("uq_discovered_board_board_key")
        .table("discovered_board")
        .if_not_exists()
        .col("board_key")
        .unique()
        .take();
    manager.create_index(key).await?;
    let rank = Index::create()
        .name("ix_discovered_board_rank")
        .table("discovered_board")
        .if_not_exists()
        .col("open_backend")
        .col("open_postings")
        .col("id")
        .take();
    manager.create_index(rank).await?;
    let scan = Table::create()
        .table("discovery_scan")
        .if_not_exists()
        .col(string("kinds").primary_key())
        .col(big_integer("after_posting"))
        .col(big_integer_null("done_at"))
        .take();
    manager.create_table(scan).await
}

async fn links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let link = Table::create()
        .table("discovered_link")
        .if_not_exists()
        .col(id())
        .col(big_integer("board_id"))
        .col(big_integer("posting_id"))
        .col(big_integer("source_id"))
        .col(boolean("is_open"))
        .col(boolean("is_backend"))
        .foreign_key(
            &mut ForeignKey::create()
                .from("discovered_link", "board_id")
                .to("discovered_board", "id")
                .on_delete(ForeignKeyAction::Cascade)
                .take(),
        )
        .take();
    manager.create_table(link).await?;
    let unique = Index::create()
        .name("uq_discovered_link_board_id_posting_id_source_id")
        .table("discovered_link")
        .if_not_exists()
        .col("board_id")
        .col("posting_id")
        .col("source_id")
        .unique()
        .take();
    manager.create_index(unique).await?;
    let posting = Index::create()
        .name("ix_discovered_link_posting_id")
        .table("discovered_link")
        .if_not_exists()
        .col("posting_id")
        .take();
    manager.create_index(posting).await
}

async fn intakes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let intake = Table::create()
        .table("source_intake")
        .if_not_exists()
        .col(id())
        .col(big_integer_null("added_by"))
        .col(string("origin"))
        .col(big_integer("started_at"))
        .take();
    manager.create_table(intake).await?;
    let item = Table::create()
        .table("source_intake_item")
        .if_not_exists()
        .col(id())
        .col(big_integer("intake_id"))
        .col(string("kind"))
        .col(text("address"))
        .col(text("name"))
        .col(string("stage"))
        .col(big_integer_null("source_id"))
        .col(big_integer("found"))
        .col(text_null("error"))
        .foreign_key(
            &mut ForeignKey::create()
                .from("source_intake_item", "intake_id")
                .to("source_intake", "id")
                .on_delete(ForeignKeyAction::Cascade)
                .take(),
        )
        .take();
    manager.create_table(item).await?;
    let index = Index::create()
        .name("ix_source_intake_item_intake_id_stage")
        .table("source_intake_item")
        .if_not_exists()
        .col("intake_id")
        .col("stage")
        .take();
    manager.create_index(index).await
}
