//! Which feature may import which.

use super::source::{SourceFile, Violation};

/// Each feature with the features that it may import. A new feature gets a line; a new arrow must not close a cycle:
/// what would becomes an event.
pub const TABLE: &[(&str, &[&str])] = &[
    ("accounts", &[]),
    ("skills", &["accounts"]),
    ("postings", &["accounts", "skills"]),
    ("alerts", &["accounts", "postings", "skills"]),
    ("market", &["postings", "skills"]),
    ("operations", &["accounts", "alerts", "postings", "skills"]),
    ("profile", &["accounts", "skills"]),
    (
        "matching",
        &["accounts", "alerts", "postings", "profile", "skills"],
    ),
    ("contacts", &["accounts", "postings"]),
    (
        "documents",
        &["accounts", "matching", "postings", "profile", "skills"],
    ),
    (
        "applications",
        &[
            "accounts",
            "contacts",
            "documents",
            "market",
            "matching",
            "postings",
            "profile",
            "skills",
        ],
    ),
    (
        "correspondence",
        &[
            "accounts",
            "applications",
            "contacts",
            "documents",
            "postings",
            "profile",
        ],
    ),
    (
        "today",
        &[
            "accounts",
            "alerts",
            "applications",
            "contacts",
            "correspondence",
            "documents",
            "market",
            "matching",
            "postings",
            "profile",
            "skills",
        ],
    ),
    (
        "demo",
        &[
            "accounts",
            "alerts",
            "applications",
            "contacts",
            "documents",
            "matching",
            "postings",
            "profile",
            "skills",
        ],
    ),
];

/// Parts on which everything stands. They import no feature.
const FOUNDATIONS: [&str; 10] = [
    "row_id", "clock", "config", "db", "entropy", "fetch", "printer", "smtp", "terminal", "cadet",
];

/// Parts that put the program together or carry the features' words: they may import any feature.
const ASSEMBLY: [&str; 12] = [
    "cli", "error", "events", "flow", "lib", "main", "run", "startup", "state", "web", "work",
    "bin",
];

/// The feature or part that a file of the product belongs to.
fn part_of(file: &SourceFile) -> &str {
    let inner = file.path.strip_prefix("crates/cadet/src/").unwrap_or("");
    inner
        .split('/')
        .next()
        .unwrap_or("")
        .trim_end_matches(".rs")
}

/// Parts of this crate that each line of code names: those after `crate::`, also in braces.
fn imported(file: &SourceFile) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in file.code.iter().enumerate() {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            // The formatter may break braces over lines; the lines up to their end belong to them.
            let rest = if rest.starts_with('{') {
                file.code[index + 1..]
                    .iter()
                    .fold(rest.to_owned(), |all, next| {
                        if balanced(&all) { all } else { all + next }
                    })
            } else {
                rest.to_owned()
            };
            found.extend(first_names(&rest).into_iter().map(|name| (index, name)));
        }
    }
    found
}

fn balanced(text: &str) -> bool {
    text.matches('{').count() <= text.matches('}').count()
}

fn first_names(rest: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        let text = text.trim_start();
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(inner) = rest.strip_prefix('{') else {
        return vec![word(rest)];
    };
    let mut depth = 0;
    let mut names = vec![word(inner)];
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(word(&inner[at + 1..])),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// A feature imports itself, the parts below, and the features that the table names.
pub fn features(file: &SourceFile) -> Vec<Violation> {
    let part = part_of(file);
    if !file.is_product() || FOUNDATIONS.contains(&part) || ASSEMBLY.contains(&part) {
        return Vec::new();
    }
    let rule = "a feature imports only what the table of tests/it/layout/imports.rs allows";
    let Some((_, allowed)) = TABLE.iter().find(|(feature, _)| *feature == part) else {
        return vec![file.violation(0, rule, format!("Add a line for `{part}` to the table."))];
    };
    let is_feature = |name: &str| TABLE.iter().any(|(feature, _)| *feature == name);
    imported(file)
        .into_iter()
        .filter(|(_, name)| is_feature(name) && name != part && !allowed.contains(&name.as_str()))
        .map(|(line, name)| {
            let remedy = format!("`{part}` imports `{name}`: let an event carry it, or add the arrow to the table if it closes no cycle.");
            file.violation(line, rule, remedy)
        })
        .collect()
}

/// The foundations import no feature.
pub fn foundations(file: &SourceFile) -> Vec<Violation> {
    if !file.is_product() || !FOUNDATIONS.contains(&part_of(file)) {
        return Vec::new();
    }
    let above = |name: &str| {
        TABLE.iter().any(|(feature, _)| *feature == name)
            || ASSEMBLY.contains(&name) && !["error", "state"].contains(&name)
    };
    let imports = imported(file).into_iter().filter(|(_, name)| above(name));
    imports
        .map(|(line, name)| {
            let remedy = format!("Pass in what is needed instead of importing `{name}`.");
            file.violation(line, "the foundations import no feature", remedy)
        })
        .collect()
}

/// Only what shows something to a browser or a program imports the web server.
pub fn web(file: &SourceFile) -> Vec<Violation> {
    let shows = ["pages", "api", "mod"]
        .iter()
        .any(|name| file.has_part(name));
    if !file.is_product() || shows || ASSEMBLY.contains(&part_of(file)) {
        return Vec::new();
    }
    let imports = imported(file).into_iter().filter(|(_, name)| name == "web");
    imports
        .map(|(line, _)| {
            let remedy =
                "Return plain data from here and turn it into an answer in pages.rs or api.rs.";
            file.violation(line, "only pages.rs, api.rs and mod.rs import web", remedy)
        })
        .collect()
}

/// The features of a cycle in a table, if there is one.
pub fn cycle(table: &[(&str, &[&str])]) -> Option<Vec<String>> {
    fn visit(table: &[(&str, &[&str])], path: &mut Vec<String>, at: &str) -> bool {
        if path.iter().any(|seen| seen == at) {
            path.push(at.to_owned());
            return true;
        }
        path.push(at.to_owned());
        let next = table.iter().find(|(feature, _)| *feature == at);
        let found = next.is_some_and(|(_, all)| all.iter().any(|next| visit(table, path, next)));
        if !found {
            path.pop();
        }
        found
    }
    table.iter().find_map(|(feature, _)| {
        let mut path = Vec::new();
        visit(table, &mut path, feature).then_some(path)
    })
}
