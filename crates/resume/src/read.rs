//! One way in for all files.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::report::{Change, Imported, Kind, Note};
use crate::{ReadError, detect, docx, europass, json, limits, linkedin, markdown, pdf};

/// Reads a resume from a file of any kind that is known. The kind is worked out from the bytes; `name` is the file's name, of
/// which only the ending is looked at.
///
/// Everything is bounded by [`crate::limits`]; no input makes it panic.
///
/// # Errors
///
/// A [`ReadError`], which says what was wrong with the file and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Imported, ReadError> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len() });
    }
    let detected = detect::detect(name, bytes)?;
    let mut imported = match detected.kind {
        Kind::Json => json::read(bytes),
        Kind::Pdf => pdf::read(bytes),
        Kind::Docx => docx::read(bytes),
        Kind::LinkedIn => linkedin::read(name, bytes),
        Kind::Europass => europass::read(bytes),
        Kind::Markdown => markdown::read(bytes),
    }?;
    if detected.misnamed {
        let message = format!(
            "the name ends in `.{}`, but the file is {}; it was read as that",
            detect::suffix(name),
            detected.kind.name()
        );
        imported
            .report
            .insert(0, Note::new(Change::File, "", None, message));
    }
    Ok(imported)
}

/// Runs a reader whose libraries may panic or recurse on hostile bytes: a panic is a damaged file, and the stack is a large one.
pub(crate) fn guarded<T: Send>(
    kind: &'static str,
    read: impl FnOnce() -> Result<T, ReadError> + Send,
) -> Result<T, ReadError> {
    let damaged = |problem: &str| ReadError::Damaged {
        kind,
        problem: problem.to_owned(),
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(limits::STACK_BYTES);
        // The closure owns what it changes, so nothing half changed is seen afterwards.
        let guard = || {
            catch_unwind(AssertUnwindSafe(read))
                .unwrap_or_else(|_| Err(damaged("it cannot be parsed")))
        };
        match thread.spawn_scoped(scope, guard) {
            Ok(running) => running
                .join()
                .unwrap_or_else(|_| Err(damaged("it cannot be parsed"))),
            Err(error) => Err(damaged(&format!("there is no memory to read it: {error}"))),
        }
    })
}
