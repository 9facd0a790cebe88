//! What holds for every file: length, name, purpose.

use super::source::{SourceFile, Violation};

/// Most lines of a file.
const LONGEST: usize = 500;
/// Names that say nothing of the content.
const EMPTY_NAMES: [&str; 11] = [
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "misc",
    "manager",
    "managers",
    "stuff",
    "shared_utils",
    "lib_utils",
];

/// No file goes beyond 500 lines.
pub fn length(file: &SourceFile) -> Vec<Violation> {
    if file.lines.len() <= LONGEST {
        return Vec::new();
    }
    let remedy = format!("It has {} lines. Split it by purpose.", file.lines.len());
    vec![file.violation(LONGEST, "a file ends before line 500", remedy)]
}

/// Names of files and folders say what is in them.
pub fn name(file: &SourceFile) -> Vec<Violation> {
    let mut parts = file.path.split('/');
    let empty = parts.find(|part| {
        let stem = part.split('.').next().unwrap_or("");
        EMPTY_NAMES.contains(&stem)
    });
    let violation = |part| {
        let remedy = format!(
            "`{part}` says nothing. Name it for the concept that it holds, or move its parts to their owners."
        );
        file.violation(0, "names say what is in a file", remedy)
    };
    empty.map(violation).into_iter().collect()
}

/// Every module begins with its purpose.
pub fn purpose(file: &SourceFile) -> Vec<Violation> {
    let first = file.lines.first().map_or("", String::as_str);
    if !file.path.ends_with(".rs") || first.starts_with("//!") || first.starts_with("#![") {
        return Vec::new();
    }
    let remedy = "Begin it with `//!` and a sentence on what it is for.";
    vec![file.violation(0, "every module says its purpose", remedy)]
}
