//! The queue's tables as statements for the program's own migrator.
//!
//! Whether a job is finished is `finished_at`, so that the partial indexes need no state's name: `NULL` is queued or running.

use sea_orm::sea_query::{
    ColumnDef, ConditionalStatement, Expr, ExprTrait, Index, IndexCreateStatement, Table,
    TableCreateStatement, TableDropStatement,
};
use sea_orm::{ConnectionTrait, DbErr, DeriveIden};

/// The columns of a job.
#[derive(Clone, Copy, DeriveIden)]
pub(crate) enum Job {
    Table,
    Id,
    Kind,
    Payload,
    State,
    UniqueKey,
    Priority,
    RunAt,
    ClaimAt,
    ClaimedBy,
    Fence,
    Attempts,
    MaxAttempts,
    LastError,
    CreatedAt,
    FinishedAt,
}

/// The columns of a schedule.
#[derive(Clone, Copy, DeriveIden)]
pub(crate) enum JobSchedule {
    Table,
    Name,
    Cron,
    NextAt,
    LastAt,
}

/// Creates the tables and indexes. They must not be there yet; run it once, inside the migrator's transaction.
///
/// # Errors
/// What the database says.
pub async fn up<C: ConnectionTrait>(conn: &C) -> Result<(), DbErr> {
    for table in create_tables() {
        conn.execute(&table).await?;
    }
    for index in create_indexes() {
        conn.execute(&index).await?;
    }
    Ok(())
}

/// Drops the tables with all jobs.
///
/// # Errors
/// What the database says.
pub async fn down<C: ConnectionTrait>(conn: &C) -> Result<(), DbErr> {
    for table in drop_tables() {
        conn.execute(&table).await?;
    }
    Ok(())
}

/// The `CREATE TABLE` statements.
pub fn create_tables() -> Vec<TableCreateStatement> {
    vec![job_table(), schedule_table()]
}

/// The `CREATE INDEX` statements.
pub fn create_indexes() -> Vec<IndexCreateStatement> {
    vec![claim_index(), unique_index(), finished_index()]
}

/// The `DROP TABLE` statements.
pub fn drop_tables() -> Vec<TableDropStatement> {
    vec![
        Table::drop().table(Job::Table).take(),
        Table::drop().table(JobSchedule::Table).take(),
    ]
}

fn job_table() -> TableCreateStatement {
    let mut id = ColumnDef::new(Job::Id);
    id.big_integer().not_null().auto_increment().primary_key();
    Table::create()
        .table(Job::Table)
        .col(&mut id)
        .col(ColumnDef::new(Job::Kind).text().not_null())
        // Text and not jsonb, which refuses the escape \u0000 that a string may hold.
        .col(ColumnDef::new(Job::Payload).text().not_null())
        .col(ColumnDef::new(Job::State).text().not_null())
        .col(ColumnDef::new(Job::UniqueKey).text())
        .col(ColumnDef::new(Job::Priority).small_integer().not_null())
        .col(ColumnDef::new(Job::RunAt).big_integer().not_null())
        .col(ColumnDef::new(Job::ClaimAt).big_integer().not_null())
        .col(ColumnDef::new(Job::ClaimedBy).text())
        .col(ColumnDef::new(Job::Fence).big_integer().not_null())
        .col(ColumnDef::new(Job::Attempts).integer().not_null())
        .col(ColumnDef::new(Job::MaxAttempts).integer().not_null())
        .col(ColumnDef::new(Job::LastError).text())
        .col(ColumnDef::new(Job::CreatedAt).big_integer().not_null())
        .col(ColumnDef::new(Job::FinishedAt).big_integer())
        .take()
}

fn schedule_table() -> TableCreateStatement {
    let mut name = ColumnDef::new(JobSchedule::Name);
    name.text().not_null().primary_key();
    Table::create()
        .table(JobSchedule::Table)
        .col(&mut name)
        .col(ColumnDef::new(JobSchedule::Cron).text().not_null())
        .col(ColumnDef::new(JobSchedule::NextAt).big_integer().not_null())
        .col(ColumnDef::new(JobSchedule::LastAt).big_integer())
        .take()
}

/// Leads to the next job of a kind and priority without a look at finished ones or those of other kinds.
fn claim_index() -> IndexCreateStatement {
    Index::create()
        .name("job_claim")
        .table(Job::Table)
        .col(Job::Kind)
        .col(Job::Priority)
        .col(Job::ClaimAt)
        .col(Job::Id)
        .and_where(Expr::col(Job::FinishedAt).is_null())
        .take()
}

/// Lets one unfinished job of a kind have a unique key, however many nodes enqueue it at once.
fn unique_index() -> IndexCreateStatement {
    Index::create()
        .name("job_unique")
        .table(Job::Table)
        .unique()
        .col(Job::Kind)
        .col(Job::UniqueKey)
        .and_where(Expr::col(Job::FinishedAt).is_null())
        .and_where(Expr::col(Job::UniqueKey).is_not_null())
        .take()
}

/// Serves the list of dead jobs and the purge.
fn finished_index() -> IndexCreateStatement {
    Index::create()
        .name("job_finished")
        .table(Job::Table)
        .col(Job::State)
        .col(Job::FinishedAt)
        .col(Job::Id)
        .and_where(Expr::col(Job::FinishedAt).is_not_null())
        .take()
}
