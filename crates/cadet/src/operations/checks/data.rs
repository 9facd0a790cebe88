//! Checks of what is stored: the database, its schema and its log, the search index.

use crate::db::sqlite::write_ahead_log_of;
use crate::error::{Error, Result};
use crate::events;
use crate::operations::model::{Check, size};
use crate::operations::store;
use crate::postings::store::read;
use crate::state::Ctx;

/// A write-ahead log beyond this size says that a reader has been holding it open for long.
const LARGE_LOG_BYTES: u64 = 256 * 1024 * 1024;
/// Events that the index may be behind a busy sync.
const USUAL_LAG: i64 = 200;

/// Whether it answers and is whole.
pub(super) async fn database(ctx: &Ctx) -> Result<Check> {
    const NAME: &str = "database";
    ctx.db.ping().await?;
    let kind = if ctx.config.database_url.is_some() {
        "The configured database"
    } else {
        "The SQLite file"
    };
    let damage = store::damage(&ctx.db).await?;
    if let Some(first) = damage.first() {
        return Ok(Check::failed(
            NAME,
            format!("{kind} is damaged: {first}"),
            "Stop Cadet, keep the file, and restore the last backup: cadet restore FILE --replace",
        ));
    }
    let postings = read::count(&ctx.db).await?;
    let bytes = size(store::size(&ctx.db).await?);
    Ok(Check::ok(
        NAME,
        format!("{kind} answers, is whole, and holds {postings} postings in {bytes}."),
    ))
}

/// Whether this program and the database agree on the schema.
pub(super) async fn schema(ctx: &Ctx) -> Result<Check> {
    const NAME: &str = "schema";
    let schema = ctx.db.schema().await?;
    let newest = schema.applied.last().cloned().unwrap_or_default();
    if schema.is_newer() {
        return Ok(Check::failed(
            NAME,
            format!("A newer Cadet has changed the database ({newest})."),
            "Use that version of Cadet, or restore a backup made by this one.",
        ));
    }
    let missing = schema.known.len().saturating_sub(schema.applied.len());
    if missing > 0 {
        return Ok(Check::failed(
            NAME,
            format!("{missing} changes of the schema are missing."),
            "Start `cadet serve` once; it makes them.",
        ));
    }
    Ok(Check::ok(NAME, format!("The newest, {newest}.")))
}

/// Whether SQLite folds its log into the file.
pub(super) fn write_ahead_log(ctx: &Ctx) -> Check {
    const NAME: &str = "write-ahead-log";
    if ctx.config.database_url.is_some() {
        return Check::ok(NAME, "It is the database server's own.");
    }
    let log = write_ahead_log_of(&ctx.config.sqlite_path());
    let bytes = std::fs::metadata(log).map_or(0, |file| file.len());
    if bytes > LARGE_LOG_BYTES {
        return Check::warning(
            NAME,
            format!("It has {}.", size(bytes)),
            "Something has been reading for long. Restart Cadet and whatever else has the file open.",
        );
    }
    Check::ok(NAME, format!("It has {}.", size(bytes)))
}

/// Whether the index is whole and follows the database.
pub(super) async fn search_index(ctx: &Ctx) -> Result<Check> {
    const NAME: &str = "search-index";
    const REBUILD: &str = "Stop Cadet and run `cadet index rebuild`.";
    let index = ctx.index.engine().clone();
    let damaged = tokio::task::spawn_blocking(move || index.damaged_files())
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    if let Some(first) = damaged.first() {
        let seen = format!("{} files are damaged, the first is {first}.", damaged.len());
        return Ok(Check::failed(NAME, seen, REBUILD));
    }
    let lag = events::last_id(&ctx.db).await? - ctx.index.position()?;
    let found = ctx.index.document_count();
    let stored = read::count(&ctx.db).await?;
    let seen = format!("{found} of {stored} postings can be found; {lag} events are to be read.");
    if ctx.index.is_writable() {
        // Nobody else has it open, so the next command that searches brings it up to date.
        return Ok(if lag <= 0 && found != stored {
            Check::warning(NAME, seen, REBUILD)
        } else {
            Check::ok(NAME, seen)
        });
    }
    Ok(if lag > USUAL_LAG {
        let advice = "The running Cadet does not keep up. Look into its log; restart it.";
        Check::warning(NAME, seen, advice)
    } else {
        Check::ok(NAME, seen)
    })
}
