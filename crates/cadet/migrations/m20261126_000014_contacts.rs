//! People whom a person knows, what was said with them, and mail to and from them.
//!
//! Instants are milliseconds since the Unix epoch, days are ISO text, lists that no query looks into are JSON in `text`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, string, string_null, text, text_null,
};

/// Adds the tables of contacts, drafts and replies.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        people(manager).await?;
        timeline(manager).await?;
        companies(manager).await?;
        events(manager).await?;
        merges(manager).await?;
        drafts(manager).await?;
        replies(manager).await
    }
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create()
        .table(name)
        .if_not_exists()
        .col(big_integer("id").auto_increment().primary_key())
        .take()
}

/// A column that points to another table's `id`; the row goes with what it points to.
fn owned_by(
    table: &'static str,
    column: &'static str,
    owner: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(owner, "id")
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
    manager.create_index(statement).await
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let contact = table("contact")
        .col(big_integer("account_id"))
        .col(string("uid"))
        .col(text("name"))
        .col(text("sort_name"))
        .col(text("company"))
        .col(text("company_key"))
        .col(text("role"))
        .col(string_null("met"))
        .col(text("met_note"))
        .col(text("notes"))
        .col(text("mails"))
        .col(text("phones"))
        .col(text("links"))
        .col(text("other"))
        .col(text("search"))
        .col(string_null("next_touch_on"))
        .col(text("next_touch_reason"))
        .col(big_integer_null("last_touch_at"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .col(big_integer_null("removed_at"))
        .col(big_integer_null("merged_into"))
        .foreign_key(&mut owned_by("contact", "account_id", "account"))
        .take();
    manager.create_table(contact).await?;
    index(
        manager,
        "contact",
        &["account_id", "sort_name", "id"],
        false,
    )
    .await?;
    index(manager, "contact", &["account_id", "company_key"], false).await?;
    index(manager, "contact", &["account_id", "next_touch_on"], false).await
}

async fn timeline(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let entry = table("contact_entry")
        .col(big_integer("account_id"))
        .col(big_integer("contact_id"))
        .col(string("kind"))
        .col(big_integer("happened_at"))
        .col(text("text"))
        .col(big_integer_null("corrects"))
        .col(boolean("withdrawn"))
        .col(big_integer("created_at"))
        .foreign_key(&mut owned_by("contact_entry", "contact_id", "contact"))
        .take();
    manager.create_table(entry).await?;
    index(
        manager,
        "contact_entry",
        &["contact_id", "happened_at"],
        false,
    )
    .await?;
    let promise = table("contact_promise")
        .col(big_integer("account_id"))
        .col(big_integer("contact_id"))
        .col(string("owed_by"))
        .col(text("text"))
        .col(string_null("due_on"))
        .col(big_integer("created_at"))
        .col(big_integer_null("done_at"))
        .col(big_integer_null("removed_at"))
        .foreign_key(&mut owned_by("contact_promise", "contact_id", "contact"))
        .take();
    manager.create_table(promise).await?;
    index(manager, "contact_promise", &["contact_id"], false).await?;
    index(
        manager,
        "contact_promise",
        &["account_id", "done_at", "due_on"],
        false,
    )
    .await
}

async fn companies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let company = table("contact_company")
        .col(big_integer("account_id"))
        .col(text("company_key"))
        .col(text("name"))
        .col(text("notes"))
        .col(text("links"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut owned_by("contact_company", "account_id", "account"))
        .take();
    manager.create_table(company).await?;
    index(
        manager,
        "contact_company",
        &["account_id", "company_key"],
        true,
    )
    .await
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let event = table("contact_event")
        .col(big_integer("account_id"))
        .col(text("name"))
        .col(text("place"))
        .col(text("url"))
        .col(big_integer("starts_at"))
        .col(big_integer_null("ends_at"))
        .col(string("time_zone"))
        .col(text("notes"))
        .col(big_integer("created_at"))
        .col(big_integer_null("removed_at"))
        .foreign_key(&mut owned_by("contact_event", "account_id", "account"))
        .take();
    manager.create_table(event).await?;
    index(
        manager,
        "contact_event",
        &["account_id", "starts_at"],
        false,
    )
    .await?;
    let person = table("contact_event_person")
        .col(big_integer("event_id"))
        .col(big_integer("contact_id"))
        .foreign_key(&mut owned_by(
            "contact_event_person",
            "event_id",
            "contact_event",
        ))
        .foreign_key(&mut owned_by(
            "contact_event_person",
            "contact_id",
            "contact",
        ))
        .take();
    manager.create_table(person).await?;
    index(
        manager,
        "contact_event_person",
        &["event_id", "contact_id"],
        true,
    )
    .await?;
    index(manager, "contact_event_person", &["contact_id"], false).await
}

async fn merges(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let merge = table("contact_merge")
        .col(big_integer("account_id"))
        .col(big_integer("kept_id"))
        .col(big_integer_null("gone_id"))
        .col(text("before"))
        .col(big_integer("created_at"))
        .col(big_integer_null("undone_at"))
        .foreign_key(&mut owned_by("contact_merge", "account_id", "account"))
        .take();
    manager.create_table(merge).await?;
    index(manager, "contact_merge", &["account_id", "kept_id"], false).await
}

async fn drafts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let draft = table("mail_draft")
        .col(big_integer("account_id"))
        .col(big_integer_null("contact_id"))
        .col(big_integer_null("application_id"))
        .col(big_integer_null("posting_id"))
        .col(text("to_list"))
        .col(text("cc_list"))
        .col(text("subject"))
        .col(text("body"))
        .col(string("message_id"))
        .col(text_null("in_reply_to"))
        .col(string("state"))
        .col(text_null("error"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .col(big_integer_null("approved_at"))
        .col(big_integer_null("sent_at"))
        .col(big_integer_null("removed_at"))
        .foreign_key(&mut owned_by("mail_draft", "account_id", "account"))
        .take();
    manager.create_table(draft).await?;
    index(manager, "mail_draft", &["account_id", "updated_at"], false).await?;
    index(manager, "mail_draft", &["message_id"], true).await?;
    let attachment = table("mail_attachment")
        .col(big_integer("draft_id"))
        .col(text("name"))
        .col(string("media_type"))
        .col(big_integer("size"))
        .col(text("origin"))
        .col(binary("bytes"))
        .foreign_key(&mut owned_by("mail_attachment", "draft_id", "mail_draft"))
        .take();
    manager.create_table(attachment).await?;
    index(manager, "mail_attachment", &["draft_id"], false).await
}

async fn replies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mailbox = table("reply_mailbox")
        .col(big_integer("account_id"))
        .col(text("address"))
        .col(text_null("mark"))
        .col(big_integer("created_at"))
        .col(big_integer_null("checked_at"))
        .col(text_null("error"))
        .foreign_key(&mut owned_by("reply_mailbox", "account_id", "account"))
        .take();
    manager.create_table(mailbox).await?;
    index(manager, "reply_mailbox", &["account_id"], true).await?;
    let reply = table("mail_reply")
        .col(big_integer("account_id"))
        .col(string("message_key"))
        .col(text("from_name"))
        .col(text("from_address"))
        .col(text("subject"))
        .col(big_integer("received_at"))
        .col(string("kind"))
        .col(text("quote"))
        .col(text("why"))
        .col(big_integer_null("application_id"))
        .col(big_integer_null("contact_id"))
        .col(string("state"))
        .col(big_integer("created_at"))
        .col(big_integer_null("decided_at"))
        .foreign_key(&mut owned_by("mail_reply", "account_id", "account"))
        .take();
    manager.create_table(reply).await?;
    index(manager, "mail_reply", &["account_id", "message_key"], true).await?;
    index(
        manager,
        "mail_reply",
        &["account_id", "state", "received_at"],
        false,
    )
    .await
}
