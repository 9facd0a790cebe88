//! How many lines differ between two versions of a file.

use gix::ObjectId;
use gix::Repository;
use gix::diff::blob::{Algorithm, Diff, InternedInput};

use crate::limits::Budget;

/// Lines of one file in one commit that count at most: what is longer was generated or brought from elsewhere.
const MOST_LINES: u64 = 2_000;
/// The head of a file in which a byte of zero says that it is no text.
const HEAD: usize = 8_000;

/// Lines added and removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    pub(crate) added: u64,
    pub(crate) removed: u64,
}

/// A file that was read.
pub(crate) enum Content {
    /// Its bytes.
    Read(Vec<u8>),
    /// It is larger than what may be read.
    TooLarge,
    /// It cannot be read.
    Damaged,
}

/// Reads a file within the budget.
pub(crate) fn read(repository: &Repository, id: ObjectId, budget: &mut Budget) -> Content {
    if !budget.take_object() {
        return Content::TooLarge;
    }
    // The size is known before anything is unpacked.
    let Ok(header) = repository.find_header(id) else {
        return Content::Damaged;
    };
    if !budget.take_bytes(header.size()) {
        return Content::TooLarge;
    }
    match repository.find_blob(id) {
        Ok(mut blob) => Content::Read(blob.take_data()),
        Err(_) => Content::Damaged,
    }
}

/// Whether these are the bytes of a text.
pub(crate) fn is_text(content: &[u8]) -> bool {
    !content[..content.len().min(HEAD)].contains(&0)
}

/// The lines that differ.
pub(crate) fn compare(old: &[u8], new: &[u8]) -> Lines {
    let input = InternedInput::new(old, new);
    let diff = Diff::compute(Algorithm::Myers, &input);
    Lines {
        added: u64::from(diff.count_additions()).min(MOST_LINES),
        removed: u64::from(diff.count_removals()).min(MOST_LINES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_added_and_removed() {
        let told = compare(b"a\nb\nc\n", b"a\nB\nc\nd\n");
        assert_eq!(
            told,
            Lines {
                added: 2,
                removed: 1
            }
        );
        assert_eq!(compare(b"", b""), Lines::default());
    }

    #[test]
    fn a_file_brought_from_elsewhere_counts_only_so_far() {
        let long: Vec<u8> = (0..9_000)
            .flat_map(|n| format!("{n}\n").into_bytes())
            .collect();
        assert_eq!(compare(b"", &long).added, MOST_LINES);
    }

    #[test]
    fn bytes_of_zero_are_no_text() {
        assert!(is_text(b"text"));
        assert!(!is_text(b"\x7fELF\0"));
    }
}
