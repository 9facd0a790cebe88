//! Freezing: files whose bytes stay with an application as they were when it was sent. Pure.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::model::line;
use crate::error::{Error, Result};
use crate::postings::record::PostingRecord;

/// Most bytes of a file.
pub const FILE_MOST: usize = 10 * 1024 * 1024;

/// A file to be frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// What it is: `resume`, `letter`, `posting`, `other`.
    pub role: String,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl NewFile {
    /// The file, if it can be kept.
    ///
    /// # Errors
    /// [`Error::Invalid`] for one that is empty, too large or without a name.
    pub fn checked(mut self) -> Result<Self> {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        self.name = line("file", name)?;
        if self.name.is_empty() || self.content.is_empty() {
            return Err(Error::invalid_field(
                "file",
                "Choose a file that is not empty.",
            ));
        }
        if self.content.len() > FILE_MOST {
            return Err(Error::invalid_field(
                "file",
                format!(
                    "The file is larger than {} MiB. Keep a smaller one.",
                    FILE_MOST / 1024 / 1024
                ),
            ));
        }
        if !["resume", "letter", "posting", "other"].contains(&self.role.as_str()) {
            self.role = "other".into();
        }
        Ok(self)
    }

    /// SHA-256 of its bytes, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256(&self.content)
    }
}

/// The media type that the end of a file's name says.
#[must_use]
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "pdf" => "application/pdf",
        "txt" | "md" => "text/plain; charset=utf-8",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A posting's text as a file: what was asked for when the application was sent.
#[must_use]
pub fn posting_file(posting: &PostingRecord) -> NewFile {
    let places: Vec<&str> = posting
        .locations
        .iter()
        .map(|place| place.text.as_str())
        .collect();
    let head = format!(
        "{}\n{}\n{}\n{}\n\n",
        posting.title,
        posting.company,
        places.join("; "),
        posting.url
    );
    NewFile {
        role: "posting".into(),
        name: format!("posting-{}.txt", posting.id),
        media_type: "text/plain; charset=utf-8".into(),
        content: (head + &posting.description_text).into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, content: &[u8]) -> NewFile {
        NewFile {
            role: "resume".into(),
            name: name.into(),
            media_type: "application/pdf".into(),
            content: content.to_vec(),
        }
    }

    #[test]
    fn a_file_is_known_by_its_bytes() {
        assert_eq!(
            file("a.pdf", b"abc").sha256(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn folders_are_no_part_of_a_name_and_empty_files_are_refused() {
        let kept = file("C:\\Users\\ada\\resume.pdf", b"x").checked().unwrap();
        assert_eq!(kept.name, "resume.pdf");
        assert!(file("resume.pdf", b"").checked().is_err());
    }
}
