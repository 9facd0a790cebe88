//! Applications from a table: an export of another tool, or somebody's own spreadsheet.
//!
//! Input: bytes of a CSV file. Output: what each line would become, and then applications. Invariants: encoding, delimiter and
//! columns are guessed and can be corrected; nothing is lost: what no column takes becomes a note; a line that cannot be read is
//! told with its number and takes no other line with it; what is there already is not added twice.

pub mod actions;
pub mod columns;
pub mod days;
pub mod headings;
pub mod plan;
pub mod stages;
pub mod table;
