//! Checks of the machine: room on the disk, and the clock.

use std::time::UNIX_EPOCH;

use crate::clock::Timestamp;
use crate::error::Result;
use crate::operations::model::{Check, size};
use crate::operations::store;
use crate::state::Ctx;

/// With less room than this the next sync may fail.
const NEEDED_BYTES: u64 = 200 * 1024 * 1024;
/// With less room than this it is time to look.
const COMFORTABLE_BYTES: u64 = 1024 * 1024 * 1024;
/// Clocks may differ by so much.
const CLOCK_TOLERANCE_MS: u64 = 60_000;
/// 2026-01-01 and 2100-01-01: this program was not there before, and will hardly be used after.
const SANE: std::ops::Range<i64> = 1_767_225_600_000..4_102_444_800_000;

/// Whether the data folder can be written and has room.
pub(super) fn disk(ctx: &Ctx) -> Check {
    const NAME: &str = "disk";
    let folder = &ctx.config.data_dir;
    let shown = folder.display();
    if let Err(cause) = tempfile::tempfile_in(folder) {
        return Check::failed(
            NAME,
            format!("Nothing can be written in {shown}: {cause}."),
            "Make the folder writable for the user that runs Cadet, or choose another with CADET_DATA_DIR.",
        );
    }
    let free = match fs4::available_space(folder) {
        Ok(free) => free,
        Err(cause) => {
            let seen = format!("The free room of {shown} is not known: {cause}.");
            return Check::warning(NAME, seen, "Look at it with the system's own tools.");
        }
    };
    let seen = format!("{} are free for {shown}.", size(free));
    let advice = "Free some room, or move the folder to a larger disk and set CADET_DATA_DIR.";
    match free {
        free if free < NEEDED_BYTES => Check::failed(NAME, seen, advice),
        free if free < COMFORTABLE_BYTES => Check::warning(NAME, seen, advice),
        _ => Check::ok(NAME, seen),
    }
}

/// Whether the clock is right, as far as the database server and the file system tell.
pub(super) async fn clock(ctx: &Ctx) -> Result<Check> {
    const NAME: &str = "clock";
    const ADVICE: &str = "Set the clock, and let the system keep it (NTP).";
    let now = ctx.now();
    if !SANE.contains(&now.0) {
        return Ok(Check::failed(NAME, format!("It says {now}."), ADVICE));
    }
    let others = [
        ("the database server", store::server_time(&ctx.db).await?),
        ("the file system", file_time(ctx)),
    ];
    for (who, time) in others {
        let apart = time.map_or(0, |time| time.0.abs_diff(ctx.now().0));
        if apart > CLOCK_TOLERANCE_MS {
            let seen = format!("It is {} seconds apart from that of {who}.", apart / 1_000);
            return Ok(Check::warning(NAME, seen, ADVICE));
        }
    }
    Ok(Check::ok(NAME, format!("It says {now}.")))
}

/// The time that a file written just now gets; a network file system has a clock of its own.
fn file_time(ctx: &Ctx) -> Option<Timestamp> {
    let file = tempfile::tempfile_in(&ctx.config.data_dir).ok()?;
    let written = file.metadata().and_then(|about| about.modified()).ok()?;
    let since = written.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(Timestamp)
}
