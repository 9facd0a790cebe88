//! Profiles: the current revision of each account, the history of revisions, and imports that wait to be taken over.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, integer, string, string_null, text, text_null,
};

/// Adds the tables of profiles.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        revisions(manager).await?;
        current(manager).await?;
        imports(manager).await
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

async fn revisions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let revision = Table::create()
        .table("profile_revision")
        .if_not_exists()
        .col(id())
        .col(big_integer("account_id"))
        .col(big_integer_null("parent_id"))
        .col(big_integer_null("shows_id"))
        .col(big_integer_null("redo_id"))
        .col(string("origin"))
        .col(string_null("session"))
        .col(text("note"))
        .col(text("content"))
        .col(boolean("is_aside"))
        .col(boolean("is_passing"))
        .col(big_integer("begun_at"))
        .col(big_integer("created_at"))
        .foreign_key(&mut owned("profile_revision"))
        .take();
    manager.create_table(revision).await?;
    let listed = Index::create()
        .name("ix_profile_revision_account_id_is_passing_id")
        .table("profile_revision")
        .if_not_exists()
        .col("account_id")
        .col("is_passing")
        .col("id")
        .take();
    manager.create_index(listed).await
}

async fn current(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let profile = Table::create()
        .table("profile")
        .if_not_exists()
        .col(big_integer("account_id").primary_key())
        .col(big_integer_null("revision_id"))
        .foreign_key(&mut owned("profile"))
        .take();
    manager.create_table(profile).await
}

async fn imports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let import = Table::create()
        .table("profile_import")
        .if_not_exists()
        .col(id())
        .col(big_integer("account_id"))
        .col(text("file_name"))
        .col(binary("file"))
        .col(string("stage"))
        .col(string_null("kind"))
        .col(text("original"))
        .col(text_null("understood"))
        .col(text("report"))
        .col(text_null("error"))
        .col(integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer("changed_at"))
        .foreign_key(&mut owned("profile_import"))
        .take();
    manager.create_table(import).await?;
    let listed = Index::create()
        .name("ix_profile_import_account_id_id")
        .table("profile_import")
        .if_not_exists()
        .col("account_id")
        .col("id")
        .take();
    manager.create_index(listed).await
}
