//! Why a file could not be read: what was wrong and what to do about it.

use crate::limits;

/// Why a file could not be read. Each error says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it.
    #[error("the file is empty: save it again and choose it once more")]
    Empty,
    /// More bytes than are read.
    #[error(
        "the file has {size} bytes, and resumes of up to {} bytes are read: leave out pictures and save it again",
        limits::FILE_BYTES
    )]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// A document with too many pages.
    #[error(
        "the document has {pages} pages, and up to {} are read: print the pages of the resume to a file of their own",
        limits::PAGES
    )]
    TooManyPages {
        /// How many pages it has.
        pages: usize,
    },
    /// It needs a password.
    #[error("the file is encrypted: save a copy without a password and choose that one")]
    Encrypted,
    /// What it expands to is out of proportion.
    #[error(
        "the file expands to far more than it holds ({what}), which resumes do not: it is not read"
    )]
    Bomb {
        /// Which part.
        what: String,
    },
    /// A document without text: pictures of pages.
    #[error(
        "the pages hold pictures and no text, as after scanning: export the resume from the program that wrote it, or recognise its text first"
    )]
    NoText,
    /// Damaged or cut off.
    #[error(
        "the {kind} file is damaged ({problem}): export it again from the program that wrote it"
    )]
    Damaged {
        /// The kind of file.
        kind: &'static str,
        /// What is wrong, and where.
        problem: String,
    },
    /// A JSON file that is no JSON Resume.
    #[error("{0}")]
    NotJsonResume(String),
    /// A file of a kind that is not read.
    #[error(
        "this is {found}, and no resume can be read from that: bring {}",
        "JSON Resume, PDF, DOCX, a LinkedIn data export, Europass XML or Markdown"
    )]
    Unsupported {
        /// What it is.
        found: String,
    },
    /// Text in which nothing of a resume was recognised.
    #[error(
        "nothing in the file looks like a resume ({kind}): no name, no mail address and no section was recognised"
    )]
    NotAResume {
        /// The kind of file.
        kind: &'static str,
    },
}
