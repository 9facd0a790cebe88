//! Documents: stored versions, what people decided about their entries, paragraphs of letters, proposed wordings.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, integer_null, string, string_null, text,
    text_null,
};

/// Adds the tables of documents.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        documents(manager).await?;
        decisions(manager).await?;
        paragraphs(manager).await?;
        proposals(manager).await
    }
}

fn id() -> ColumnDef {
    big_integer("id").auto_increment().primary_key().take()
}

/// The rows of an account go with it.
fn owned(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "account_id")
        .to("account", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

async fn documents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let document = Table::create()
        .table("document")
        .if_not_exists()
        .col(id())
        .col(big_integer("account_id"))
        .col(big_integer("posting_id"))
        .col(string("kind"))
        .col(integer("version"))
        .col(text("title"))
        .col(text("search_text"))
        .col(string("template"))
        .col(string("paper"))
        .col(string("language"))
        .col(text("content"))
        .col(string("sha256"))
        .col(big_integer("made_at"))
        .col(big_integer_null("removed_at"))
        .foreign_key(&mut owned("document"))
        .take();
    manager.create_table(document).await?;
    let version = Index::create()
        .name("uq_document_account_id_posting_id_kind_version")
        .table("document")
        .if_not_exists()
        .col("account_id")
        .col("posting_id")
        .col("kind")
        .col("version")
        .unique()
        .take();
    manager.create_index(version).await?;
    let listed = Index::create()
        .name("ix_document_account_id_id")
        .table("document")
        .if_not_exists()
        .col("account_id")
        .col("id")
        .take();
    manager.create_index(listed).await
}

async fn decisions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let decision = Table::create()
        .table("document_decision")
        .if_not_exists()
        .col(id())
        .col(big_integer("account_id"))
        .col(big_integer("posting_id"))
        .col(string("entry_id"))
        .col(string_null("show"))
        .col(integer_null("place"))
        .col(text_null("wording"))
        .col(big_integer("decided_at"))
        .foreign_key(&mut owned("document_decision"))
        .take();
    manager.create_table(decision).await?;
    let one = Index::create()
        .name("uq_document_decision_account_id_posting_id_entry_id")
        .table("document_decision")
        .if_not_exists()
        .col("account_id")
        .col("posting_id")
        .col("entry_id")
        .unique()
        .take();
    manager.create_index(one).await
}

async fn paragraphs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let paragraph = Table::create()
        .table("letter_paragraph")
        .if_not_exists()
        .col(id())
        .col(big_integer("account_id"))
        .col(string("kind"))
        .col(string("language"))
        .col(string("part"))
        .col(integer("position"))
        .col(text("conditions"))
        .col(text("text"))
        .col(text("sources"))
        .col(boolean("is_starter"))
        .col(big_integer("changed_at"))
        .col(big_integer_null("removed_at"))
        .foreign_key(&mut owned("letter_paragraph"))
        .take();
    manager.create_table(paragraph).await?;
    let listed = Index::create()
        .name("ix_letter_paragraph_account_id_kind_language")
        .table("letter_paragraph")
        .if_not_exists()
        .col("account_id")
        .col("kind")
        .col("language")
        .take();
    manager.create_index(listed).await
}

async fn proposals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let proposal = Table::create()
        .table("wording_proposal")
        .if_not_exists()
        .col(id())
        .col(big_integer("account_id"))
        .col(string("entry_id"))
        .col(text("text"))
        .col(text("model"))
        .col(text("refusals"))
        .col(big_integer("proposed_at"))
        .col(big_integer_null("decided_at"))
        .col(boolean("is_approved"))
        .foreign_key(&mut owned("wording_proposal"))
        .take();
    manager.create_table(proposal).await?;
    let open = Index::create()
        .name("ix_wording_proposal_account_id_decided_at")
        .table("wording_proposal")
        .if_not_exists()
        .col("account_id")
        .col("decided_at")
        .take();
    manager.create_index(open).await
}
