//! Import: postings from a file, read once, under a source of their own that is never polled.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::model::Imported;
use crate::error::{Error, Result};
use crate::postings::ingest::{Completeness, Ingested, postings_ingest};
use crate::postings::sources::connector::connector;
use crate::postings::sources::detect::detect;
use crate::postings::sources::export;
use crate::postings::sources::model::{
    Poll, PollOutcome, RawPosting, RecordProblem, Source, SourceAddress, SourceKind, SourceState,
};
use crate::postings::sources::store::{self as sources, PollResult};
use crate::state::{Actor, Ctx};

/// Nothing is closed by an import: what a file does not hold may well be open.
const NEVER_COMPLETE: Completeness = Completeness {
    complete: false,
    doubted_before: None,
};
/// Bytes of a line beyond which it is no posting.
const LONGEST_LINE: u64 = 4 * 1024 * 1024;

/// Reads the postings of `file`: a list, a feed, a saved page, or an export of Cadet. `progress` is told records done.
///
/// # Errors
/// [`Error::NotFound`] without such a file; [`Error::Source`] when it holds no postings; from the database.
pub async fn postings_import(
    ctx: &Ctx,
    file: &Path,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Imported> {
    ctx.require_admin()?;
    let path = file
        .canonicalize()
        .map_err(|_| Error::not_found("file", file.display()))?;
    let started_at = ctx.now();
    let (source, ingested) = if begins_like_an_export(&path) {
        import_export(ctx, &path, progress).await?
    } else {
        import_other(ctx, &path, progress).await?
    };
    let finished_at = ctx.now();
    let result = PollResult {
        poll: Poll {
            source: source.id,
            started_at,
            finished_at,
            outcome: PollOutcome::Partial,
            counts: ingested.counts,
            bytes: path.metadata().map_or(0, |about| about.len()),
            error: None,
            problems: ingested.problems.clone(),
        },
        next_poll_at: source.next_poll_at,
        name: None,
        validators: None,
        open_count: Some(ingested.counts.found),
        moved_to: None,
    };
    let transaction = ctx.db.begin().await?;
    sources::record_poll(&transaction, &source, &result).await?;
    transaction.commit().await?;
    ctx.index.catch_up(&ctx.db, &|_| ()).await?;
    ctx.queue.wake();
    Ok(Imported {
        source: sources::get(&ctx.db, source.id).await?,
        counts: ingested.counts,
        problems: ingested.problems,
    })
}

/// An export is read line by line, so that its size does not matter.
async fn import_export(
    ctx: &Ctx,
    path: &Path,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(Source, Ingested)> {
    let opened = File::open(path).map_err(|cause| {
        Error::unavailable(
            format!("{} cannot be read: {cause}.", path.display()),
            cause,
        )
    })?;
    let address = SourceAddress {
        kind: SourceKind::Export,
        address: path.display().to_string(),
    };
    let source = add_paused(ctx, &address, None).await?;
    let problems = Arc::new(Mutex::new(Vec::new()));
    let lines = Lines {
        reader: BufReader::new(opened),
        number: 0,
        problems: Arc::clone(&problems),
    };
    let mut ingested = postings_ingest(ctx, &source, lines, NEVER_COMPLETE, progress).await?;
    let unread = std::mem::take(&mut *problems.lock().unwrap_or_else(PoisonError::into_inner));
    ingested.problems.splice(0..0, unread);
    Ok((source, ingested))
}

async fn import_other(
    ctx: &Ctx,
    path: &Path,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(Source, Ingested)> {
    let input = path.display().to_string();
    let candidate = detect(&ctx.fetch, &input)
        .await
        .map_err(Box::new)?
        .into_iter()
        .next()
        .ok_or_else(|| Error::invalid(format!("{input} holds no postings.")))?;
    let fetched = connector(candidate.address.kind)
        .fetch(&ctx.fetch, &candidate.address, None)
        .await
        .map_err(Box::new)?;
    let source = add_paused(ctx, &candidate.address, candidate.name).await?;
    let records = fetched.postings.into_iter();
    let mut ingested = postings_ingest(ctx, &source, records, NEVER_COMPLETE, progress).await?;
    ingested.problems.splice(0..0, fetched.problems);
    Ok((source, ingested))
}

/// The source of the file. A new one is paused at once; one that somebody added before stays as it is.
async fn add_paused(ctx: &Ctx, address: &SourceAddress, name: Option<String>) -> Result<Source> {
    let now = ctx.now();
    let added_by = match ctx.actor() {
        Actor::Person { account, .. } => Some(account.0),
        Actor::System | Actor::Nobody => None,
    };
    let file = Path::new(&address.address).file_name();
    let name = name
        .or_else(|| file.map(|file| file.to_string_lossy().into_owned()))
        .unwrap_or_else(|| address.address.clone());
    let minutes = ctx.config.work.poll_minutes;
    let transaction = ctx.db.begin().await?;
    let (id, new) = sources::insert(&transaction, now, address, &name, added_by, minutes).await?;
    if new {
        sources::set_state(&transaction, now, id, SourceState::Paused).await?;
    }
    transaction.commit().await?;
    sources::get(&ctx.db, id).await
}

/// Whether the first line of a file is one of an export. A file that cannot be read is none.
fn begins_like_an_export(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    while let Ok(Some(())) = next_line(&mut reader, &mut line) {
        let text = String::from_utf8_lossy(&line);
        if !text.trim_start_matches('\u{feff}').trim().is_empty() {
            return export::is_export(&text);
        }
    }
    false
}

/// The postings of an export, line by line. What cannot be read is noted and left out.
struct Lines {
    reader: BufReader<File>,
    number: u64,
    problems: Arc<Mutex<Vec<RecordProblem>>>,
}

impl Iterator for Lines {
    type Item = RawPosting;

    fn next(&mut self) -> Option<RawPosting> {
        let mut line = Vec::new();
        loop {
            self.number += 1;
            match next_line(&mut self.reader, &mut line) {
                Ok(Some(())) => {}
                Ok(None) => return None,
                Err(cause) => {
                    self.note(format!("the file cannot be read any further: {cause}"));
                    return None;
                }
            }
            let text = String::from_utf8_lossy(&line);
            if text.trim().is_empty() {
                continue;
            }
            match export::posting(&text) {
                Ok(posting) => return Some(posting),
                Err(why) => self.note(why),
            }
        }
    }
}

impl Lines {
    fn note(&self, message: String) {
        let at = format!("line {}", self.number);
        let mut problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        problems.push(RecordProblem { at, message });
    }
}

/// Reads the next line into `line`; `None` at the end. Of a line that is too long only the beginning is kept, which is
/// then no posting.
fn next_line(reader: &mut BufReader<File>, line: &mut Vec<u8>) -> std::io::Result<Option<()>> {
    line.clear();
    let mut limited = std::io::Read::take(&mut *reader, LONGEST_LINE);
    if limited.read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() as u64 == LONGEST_LINE {
        reader.skip_until(b'\n')?;
    }
    Ok(Some(()))
}
