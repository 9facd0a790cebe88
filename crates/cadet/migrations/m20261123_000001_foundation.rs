//! The first schema: accounts, sources, postings, alerts, the event log and the job queue.
//!
//! Instants are milliseconds since the Unix epoch in `bigint`; structured values that no query looks into are JSON in
//! `text`. Rows that a person owns carry `account_id`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, integer, string, string_null, text, text_null,
};

/// The first schema.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        accounts(manager).await?;
        access(manager).await?;
        sources(manager).await?;
        postings(manager).await?;
        sightings(manager).await?;
        alerts(manager).await?;
        events(manager).await?;
        jobs::migrations::up(manager.get_connection()).await
    }
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).if_not_exists().take()
}

fn id() -> ColumnDef {
    big_integer("id").auto_increment().primary_key().take()
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
) -> Result<(), DbErr> {
    create_index(manager, table, columns, false).await
}

async fn unique(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    create_index(manager, table, columns, true).await
}

async fn create_index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut statement = Index::create();
    statement
        .name(format!(
            "{}_{}_{}",
            if unique { "uq" } else { "ix" },
            table,
            columns.join("_")
        ))
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

async fn accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let account = table("account")
        .col(id())
        .col(string_null("email"))
        .col(string("name"))
        .col(string("role"))
        .col(string_null("password_hash"))
        .col(text("settings"))
        .col(big_integer("created_at"))
        .col(big_integer_null("disabled_at"))
        .take();
    manager.create_table(account).await?;
    unique(manager, "account", &["email"]).await?;
    let session = table("session")
        .col(id())
        .col(big_integer("account_id"))
        .col(string("token_hash"))
        .col(string("user_agent"))
        .col(string("address"))
        .col(big_integer("created_at"))
        .col(big_integer("last_seen_at"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut owned_by("session", "account_id", "account"))
        .take();
    manager.create_table(session).await?;
    unique(manager, "session", &["token_hash"]).await?;
    index(manager, "session", &["account_id"]).await?;
    let login_link = table("login_link")
        .col(id())
        .col(big_integer("account_id"))
        .col(string("token_hash"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .foreign_key(&mut owned_by("login_link", "account_id", "account"))
        .take();
    manager.create_table(login_link).await?;
    unique(manager, "login_link", &["token_hash"]).await
}

async fn access(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let invitation = table("invitation")
        .col(id())
        .col(string("token_hash"))
        .col(string_null("email"))
        .col(string("role"))
        .col(big_integer("account_id"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("accepted_at"))
        .col(big_integer_null("accepted_by"))
        .foreign_key(&mut owned_by("invitation", "account_id", "account"))
        .take();
    manager.create_table(invitation).await?;
    unique(manager, "invitation", &["token_hash"]).await?;
    let api_token = table("api_token")
        .col(id())
        .col(big_integer("account_id"))
        .col(string("name"))
        .col(string("prefix"))
        .col(string("token_hash"))
        .col(string("scopes"))
        .col(big_integer("created_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("last_used_at"))
        .col(big_integer_null("revoked_at"))
        .foreign_key(&mut owned_by("api_token", "account_id", "account"))
        .take();
    manager.create_table(api_token).await?;
    unique(manager, "api_token", &["token_hash"]).await?;
    index(manager, "api_token", &["account_id"]).await?;
    let login_attempt = table("login_attempt")
        .col(id())
        .col(string("subject"))
        .col(big_integer("at"))
        .col(boolean("succeeded"))
        .take();
    manager.create_table(login_attempt).await?;
    index(manager, "login_attempt", &["subject", "at"]).await?;
    let idempotency_key = table("idempotency_key")
        .col(id())
        .col(big_integer("account_id"))
        .col(string("key"))
        .col(string("fingerprint"))
        .col(integer("status"))
        .col(text("headers"))
        .col(binary("body"))
        .col(big_integer("created_at"))
        .foreign_key(&mut owned_by("idempotency_key", "account_id", "account"))
        .take();
    manager.create_table(idempotency_key).await?;
    unique(manager, "idempotency_key", &["account_id", "key"]).await
}

async fn sources(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let source = table("source")
        .col(id())
        .col(string("kind"))
        .col(text("address"))
        .col(text("name"))
        .col(string("state"))
        .col(big_integer_null("added_by"))
        .col(big_integer("added_at"))
        .col(integer("poll_minutes"))
        .col(big_integer("next_poll_at"))
        .col(big_integer_null("last_polled_at"))
        .col(big_integer_null("last_ok_at"))
        .col(big_integer_null("polling_until"))
        .col(text_null("validators"))
        .col(integer("failures"))
        .col(text_null("last_error"))
        .col(big_integer("open_count"))
        .col(text_null("moved_to"))
        .take();
    manager.create_table(source).await?;
    unique(manager, "source", &["kind", "address"]).await?;
    index(manager, "source", &["state", "next_poll_at"]).await?;
    let poll = table("poll")
        .col(id())
        .col(big_integer("source_id"))
        .col(big_integer("started_at"))
        .col(big_integer("finished_at"))
        .col(string("outcome"))
        .col(integer("found"))
        .col(integer("added"))
        .col(integer("changed"))
        .col(integer("closed"))
        .col(integer("reopened"))
        .col(big_integer("bytes"))
        .col(text_null("error"))
        .col(text("problems"))
        .foreign_key(&mut owned_by("poll", "source_id", "source"))
        .take();
    manager.create_table(poll).await?;
    index(manager, "poll", &["source_id", "started_at"]).await
}

async fn postings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let posting = table("posting")
        .col(id())
        .col(text("title"))
        .col(text("company"))
        .col(text("company_key"))
        .col(text("data"))
        .col(text("description_html"))
        .col(text("description_text"))
        .col(integer("source_rank"))
        .col(big_integer_null("posted_at"))
        .col(big_integer_null("deadline_at"))
        .col(big_integer("first_seen_at"))
        .col(big_integer("last_seen_at"))
        .col(big_integer("changed_at"))
        .col(big_integer_null("closed_at"))
        .take();
    manager.create_table(posting).await?;
    index(manager, "posting", &["company_key"]).await?;
    index(manager, "posting", &["deadline_at"]).await?;
    let posting_key = table("posting_key")
        .col(text("key").primary_key())
        .col(big_integer("posting_id"))
        .foreign_key(&mut owned_by("posting_key", "posting_id", "posting"))
        .take();
    manager.create_table(posting_key).await?;
    index(manager, "posting_key", &["posting_id"]).await?;
    let posting_event = table("posting_event")
        .col(id())
        .col(big_integer("posting_id"))
        .col(big_integer("at"))
        .col(string("kind"))
        .col(text("detail"))
        .foreign_key(&mut owned_by("posting_event", "posting_id", "posting"))
        .take();
    manager.create_table(posting_event).await?;
    index(manager, "posting_event", &["posting_id", "id"]).await?;
    let saved_posting = table("saved_posting")
        .col(id())
        .col(big_integer("account_id"))
        .col(big_integer("posting_id"))
        .col(big_integer("saved_at"))
        .foreign_key(&mut owned_by("saved_posting", "account_id", "account"))
        .foreign_key(&mut owned_by("saved_posting", "posting_id", "posting"))
        .take();
    manager.create_table(saved_posting).await?;
    unique(manager, "saved_posting", &["account_id", "posting_id"]).await
}

async fn sightings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sighting = table("sighting")
        .col(id())
        .col(big_integer("source_id"))
        .col(text("external_id"))
        .col(big_integer("posting_id"))
        .col(text("url"))
        .col(text("title"))
        .col(text("company"))
        .col(text("locations"))
        .col(big_integer("content_hash"))
        .col(string("listing"))
        .col(binary("raw"))
        .col(big_integer("first_seen_at"))
        .col(big_integer("last_seen_at"))
        .col(big_integer_null("gone_at"))
        .foreign_key(&mut owned_by("sighting", "source_id", "source"))
        .foreign_key(&mut owned_by("sighting", "posting_id", "posting"))
        .take();
    manager.create_table(sighting).await?;
    unique(manager, "sighting", &["source_id", "external_id"]).await?;
    index(manager, "sighting", &["posting_id"]).await
}

async fn alerts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let saved_search = table("saved_search")
        .col(id())
        .col(big_integer("account_id"))
        .col(text("name"))
        .col(text("query"))
        .col(string("schedule"))
        .col(integer("hour"))
        .col(integer("weekday"))
        .col(string("time_zone"))
        .col(text("channels"))
        .col(string("feed_token"))
        .col(string("unsubscribe_token"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_event_id"))
        .col(big_integer_null("last_run_at"))
        .col(big_integer_null("next_due_at"))
        .col(big_integer_null("paused_at"))
        .col(big_integer_null("removed_at"))
        .foreign_key(&mut owned_by("saved_search", "account_id", "account"))
        .take();
    manager.create_table(saved_search).await?;
    index(manager, "saved_search", &["account_id"]).await?;
    index(manager, "saved_search", &["next_due_at"]).await?;
    unique(manager, "saved_search", &["feed_token"]).await?;
    unique(manager, "saved_search", &["unsubscribe_token"]).await?;
    let alert_match = table("alert_match")
        .col(id())
        .col(big_integer("account_id"))
        .col(big_integer("saved_search_id"))
        .col(big_integer("posting_id"))
        .col(big_integer("matched_at"))
        .col(text("reasons"))
        .col(big_integer_null("delivery_id"))
        .foreign_key(&mut owned_by(
            "alert_match",
            "saved_search_id",
            "saved_search",
        ))
        .foreign_key(&mut owned_by("alert_match", "posting_id", "posting"))
        .take();
    manager.create_table(alert_match).await?;
    index(manager, "alert_match", &["delivery_id"]).await?;
    unique(manager, "alert_match", &["saved_search_id", "posting_id"]).await?;
    index(manager, "alert_match", &["account_id", "matched_at"]).await?;
    let delivery = table("delivery")
        .col(id())
        .col(big_integer("account_id"))
        .col(big_integer("saved_search_id"))
        .col(big_integer_null("batch_id"))
        .col(string("channel"))
        .col(text("target"))
        .col(string("state"))
        .col(integer("attempts"))
        .col(integer("posting_count"))
        .col(text_null("error"))
        .col(big_integer("created_at"))
        .col(big_integer_null("finished_at"))
        .foreign_key(&mut owned_by("delivery", "saved_search_id", "saved_search"))
        .take();
    manager.create_table(delivery).await?;
    index(manager, "delivery", &["saved_search_id", "id"]).await
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let event = table("event")
        .col(id())
        .col(string("kind"))
        .col(text("payload"))
        .col(big_integer("at"))
        .take();
    manager.create_table(event).await
}
