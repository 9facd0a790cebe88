//! ZIP files of any origin, read within bounds of parts, size and ratio.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::report::Kind;
use crate::{ReadError, limits};

/// A ZIP whose parts are read one after the other, with one account of what they expand to.
pub struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    expanded: u64,
}

impl<'b> Archive<'b> {
    /// Opens a ZIP.
    ///
    /// # Errors
    ///
    /// [`ReadError::Damaged`], or [`ReadError::Bomb`] for too many parts.
    pub fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if zip.len() > limits::PARTS {
            return Err(ReadError::Bomb {
                what: format!("{} parts in one ZIP", zip.len()),
            });
        }
        Ok(Self { zip, expanded: 0 })
    }

    /// The names of the parts, in the order of the file.
    pub fn names(&self) -> Vec<String> {
        let names = self.zip.file_names().filter_map(Result::ok);
        names.map(std::borrow::Cow::into_owned).collect()
    }

    /// The content of a part; none when there is none of this name.
    ///
    /// # Errors
    ///
    /// [`ReadError::Bomb`] when it expands out of proportion, [`ReadError::Encrypted`] and [`ReadError::Damaged`].
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&error)),
        };
        if part.encrypted() {
            return Err(ReadError::Encrypted);
        }
        let packed = part.compressed_size().max(1);
        let left = limits::EXPANDED_BYTES.saturating_sub(self.expanded);
        let most = left.min(packed.saturating_mul(limits::RATIO).max(limits::RATIO_FROM));
        let mut content = Vec::new();
        let read = part.take(most + 1).read_to_end(&mut content);
        read.map_err(|error| ReadError::Damaged {
            kind: "ZIP",
            problem: format!("{name}: {error}"),
        })?;
        let size = content.len() as u64;
        if size > most {
            return Err(ReadError::Bomb {
                what: name.to_owned(),
            });
        }
        self.expanded += size;
        Ok(Some(content))
    }
}

fn damaged(error: &ZipError) -> ReadError {
    ReadError::Damaged {
        kind: "ZIP",
        problem: error.to_string(),
    }
}

/// What a ZIP is: a Word document or a LinkedIn export.
///
/// # Errors
///
/// [`ReadError::Unsupported`] naming what it is, and those of [`Archive::open`].
pub fn kind(bytes: &[u8]) -> Result<Kind, ReadError> {
    let names = Archive::open(bytes)?.names();
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    let unsupported = |found: &str| {
        Err(ReadError::Unsupported {
            found: found.to_owned(),
        })
    };
    if has("word/document") {
        return Ok(Kind::Docx);
    }
    if names.iter().any(|name| crate::linkedin::is_known(name)) {
        return Ok(Kind::LinkedIn);
    }
    if has("xl/") {
        return unsupported("an Excel workbook");
    }
    if has("ppt/") {
        return unsupported("a PowerPoint presentation");
    }
    if has("META-INF/manifest.xml") || has("mimetype") {
        return unsupported("an OpenDocument or EPUB file: save it as DOCX");
    }
    if has("[Content_Types].xml") {
        return Ok(Kind::Docx);
    }
    unsupported("a ZIP without the tables of a LinkedIn data export in it")
}
