//! Mails that lie on this machine: one in a file, many in an mbox, a Maildir, or a folder of files.

use std::io::{BufReader, Cursor};
use std::path::{Path, PathBuf};

use mail_parser::mailbox::mbox::MessageIterator;
use serde_json::{Value, json};

use super::Told;
use crate::clock::Timestamp;
use crate::postings::sources::connector::{FetchContext, error};
use crate::postings::sources::document::file_path;
use crate::postings::sources::model::{Fetched, SourceError, SourceErrorKind};
use crate::postings::sources::record::{digest, hex};

/// Mails read of one folder.
const MOST_MAILS: usize = 20_000;
/// Bytes of one mail; more than any alert has, and a limit to what one file may take of the memory.
pub(super) const LARGEST_MAIL: u64 = 16 * 1024 * 1024;

/// Whether the head of a file is that of a mail or an mbox.
#[must_use]
pub fn is_mail(head: &[u8], name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    if lower.ends_with(".eml") || lower.ends_with(".mbox") {
        return true;
    }
    let head = String::from_utf8_lossy(&head[..head.len().min(4096)]).into_owned();
    let mut lines = head.lines().filter(|line| !line.starts_with([' ', '\t']));
    let is_header = |line: &str| {
        [
            "From:",
            "Received:",
            "Return-Path:",
            "Delivered-To:",
            "Message-ID:",
            "MIME-Version:",
            "Date:",
            "Subject:",
            "To:",
            "X-",
            "DKIM-Signature:",
            "ARC-",
        ]
        .iter()
        .any(|name| {
            line.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        })
    };
    let first = lines.next().unwrap_or_default();
    (first.starts_with("From ") || is_header(first)) && lines.next().is_some_and(is_header)
}

/// Whether a folder is a Maildir, or holds files with mails.
#[must_use]
pub fn is_mail_folder(path: &Path) -> bool {
    is_maildir(path) || !files_in(path, MOST_MAILS).is_empty()
}

fn is_maildir(path: &Path) -> bool {
    path.join("cur").is_dir() && path.join("new").is_dir()
}

/// The mails of a folder in a stable order: those of a Maildir, or the files that are named like mails.
fn files_in(path: &Path, limit: usize) -> Vec<PathBuf> {
    let list = |dir: PathBuf| -> Vec<PathBuf> {
        std::fs::read_dir(dir)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_file())
            .collect()
    };
    let hidden = |path: &PathBuf| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'))
    };
    let mut files = match is_maildir(path) {
        true => [list(path.join("new")), list(path.join("cur"))].concat(),
        false => {
            let mut files = list(path.to_owned());
            files.retain(|file| {
                let name = file.to_string_lossy().to_ascii_lowercase();
                name.ends_with(".eml") || name.ends_with(".mbox")
            });
            files
        }
    };
    files.retain(|file| !hidden(file));
    files.sort();
    files.truncate(limit);
    files
}

/// Tells each mail of a file with a word for where it is: the file is one mail, or an mbox.
pub(super) fn each_in(bytes: &[u8], mut tell: impl FnMut(&[u8], &str)) {
    let is_mbox = bytes.starts_with(b"From ") && bytes.iter().take(1000).any(|byte| *byte == b'\n');
    if !is_mbox {
        tell(bytes, "the mail");
        return;
    }
    let mails = MessageIterator::new(BufReader::new(Cursor::new(bytes)));
    // Reading from memory cannot fail.
    for (index, mail) in mails.flatten().enumerate().take(MOST_MAILS) {
        tell(mail.contents(), &format!("mail {}", index + 1));
    }
}

/// Reads what an address of this machine names.
pub(super) async fn read(
    ctx: &FetchContext,
    address: &str,
    validators: Option<&Value>,
) -> Result<Fetched, SourceError> {
    let path = file_path(ctx, address)?;
    let limit = ctx.client.settings().max_body_bytes;
    let validators = validators.cloned();
    let work = move || read_path(&path, limit, validators.as_ref());
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| {
        let message = format!("{address} could not be read to its end. Check its mails.");
        Err(error(SourceErrorKind::File, None, message))
    })
}

fn read_path(path: &Path, limit: u64, validators: Option<&Value>) -> Result<Fetched, SourceError> {
    let at = path.display().to_string();
    let failed = |why: &dyn std::fmt::Display| {
        error(
            SourceErrorKind::File,
            Some(&at),
            format!("{at} cannot be read: {why}. Check the path and its permissions."),
        )
    };
    let metadata = std::fs::metadata(path).map_err(|why| failed(&why))?;
    let files = match metadata.is_dir() {
        true => files_in(path, MOST_MAILS),
        false => vec![path.to_owned()],
    };
    let mark = json!({ "mails": mark_of(&files) });
    if validators == Some(&mark) {
        return Ok(Fetched {
            unchanged: true,
            incremental: true,
            validators: Some(mark),
            ..Fetched::default()
        });
    }
    let (mut told, mut bytes) = (Told::default(), 0);
    for file in &files {
        // One mail of a folder may be broken; a single file may not.
        match read_file(file, limit.max(LARGEST_MAIL)) {
            Ok(content) => {
                bytes += content.len() as u64;
                let received = modified(file).map(Timestamp);
                each_in(&content, |mail, at| {
                    told.add(mail, received, &format!("{}, {at}", name_of(file)));
                });
            }
            Err(why) if metadata.is_dir() => told.lose(name_of(file), why),
            Err(why) => return Err(failed(&why)),
        }
    }
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Ok(Fetched {
        bytes,
        name,
        incremental: true,
        validators: Some(mark),
        ..told.into_parsed().into_fetched()
    })
}

fn read_file(file: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let size = std::fs::metadata(file)
        .map_err(|why| why.to_string())?
        .len();
    if size > limit {
        return Err(format!(
            "it has {size} bytes, more than the {limit} that one file may have (fetch.max_body_mib)"
        ));
    }
    std::fs::read(file).map_err(|why| why.to_string())
}

/// What tells that the same mails lie there: names without Maildir's flags, sizes, and times of change.
fn mark_of(files: &[PathBuf]) -> String {
    let parts: Vec<String> = files
        .iter()
        .map(|file| {
            let size = std::fs::metadata(file).map(|data| data.len()).unwrap_or(0);
            let name = name_of(file);
            let name = name.split(":2,").next().unwrap_or_default();
            format!("{name} {size} {}", modified(file).unwrap_or(0))
        })
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    hex(&digest(&parts))
}

fn name_of(file: &Path) -> String {
    file.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// When a file was last changed, ms.
fn modified(file: &Path) -> Option<i64> {
    let changed = std::fs::metadata(file).ok()?.modified().ok()?;
    let since = changed.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}
