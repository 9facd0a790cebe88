//! The source tree as the checks see it: each file with its text, and with its code alone.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Folders that hold nothing of ours.
const SKIPPED: [&str; 6] = ["target", "node_modules", "dist", ".git", "shared", "corpus"];
/// Endings of files that are looked at.
const KINDS: [&str; 4] = ["rs", "ts", "css", "html"];

/// A file.
#[derive(Debug)]
pub struct SourceFile {
    /// Its path from the root of the repository, with `/`.
    pub path: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// The same lines without comments, the content of strings, and tests within the file. For Rust only.
    pub code: Vec<String>,
}

/// A line that breaks a rule.
#[derive(Debug)]
pub struct Violation {
    path: String,
    line: usize,
    rule: &'static str,
    remedy: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            rule,
            remedy,
        } = self;
        write!(f, "{path}:{line}: {rule}. {remedy}")
    }
}

impl SourceFile {
    /// A file with this text.
    pub fn new(path: &str, text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let code = if path.ends_with(".rs") {
            without_tests(code_of(text).lines().map(str::to_owned).collect())
        } else {
            Vec::new()
        };
        Self {
            path: path.to_owned(),
            lines,
            code,
        }
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or("")
    }

    /// Whether it is code of the product that runs, and no test.
    pub fn is_product(&self) -> bool {
        self.path.starts_with("crates/cadet/src/") && !self.is_test()
    }

    /// Whether it only serves tests.
    pub fn is_test(&self) -> bool {
        let name = self.name();
        self.path.contains("/tests/") || name == "tests.rs" || name == "testing.rs"
    }

    /// Whether it is in the folder or the file `name` of the product.
    pub fn is_in(&self, name: &str) -> bool {
        let inner = self.path.strip_prefix("crates/cadet/src/").unwrap_or("");
        inner
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
    }

    /// Whether a folder of its path, or the file itself, is called `name`.
    pub fn has_part(&self, name: &str) -> bool {
        let parts = self.path.split('/');
        parts
            .map(|part| part.trim_end_matches(".rs"))
            .any(|part| part == name)
    }

    /// A violation at `index` of the lines.
    pub fn violation(
        &self,
        index: usize,
        rule: &'static str,
        remedy: impl Into<String>,
    ) -> Violation {
        Violation {
            path: self.path.clone(),
            line: index + 1,
            rule,
            remedy: remedy.into(),
        }
    }

    /// Violations at all lines of code for which `breaks` says so.
    pub fn violations(
        &self,
        breaks: impl Fn(&str) -> bool,
        rule: &'static str,
        remedy: &str,
    ) -> Vec<Violation> {
        let lines = self.code.iter().enumerate();
        lines
            .filter(|(_, line)| breaks(line))
            .map(|(index, _)| self.violation(index, rule, remedy))
            .collect()
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files, read once.
pub fn tree() -> &'static [SourceFile] {
    static TREE: OnceLock<Vec<SourceFile>> = OnceLock::new();
    TREE.get_or_init(|| {
        let mut files = Vec::new();
        for folder in ["crates", "ui", "xtask", "content"] {
            walk(&root().join(folder), folder, &mut files);
        }
        files
    })
}

fn walk(folder: &Path, path: &str, files: &mut Vec<SourceFile>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let inner = format!("{path}/{name}");
        let at = entry.path();
        if at.is_dir() && !SKIPPED.contains(&name.as_str()) {
            walk(&at, &inner, files);
        } else if KINDS.iter().any(|kind| name.ends_with(&format!(".{kind}"))) && at.is_file() {
            let text = std::fs::read_to_string(&at).expect("sources are UTF-8");
            files.push(SourceFile::new(&inner, &text));
        }
    }
}

/// Rust without comments and the content of strings; lines stay lines.
fn code_of(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = token_end(&chars, at);
        if end == at + 1 {
            code.push(chars[at]);
        } else {
            let lines = chars[at..end].iter().filter(|c| **c == '\n');
            code.push(' ');
            code.extend(lines);
        }
        at = end;
    }
    code
}

/// Where the comment, string or character that begins at `at` ends; `at + 1` when none begins there.
fn token_end(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    let identifier = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match rest {
        ['/', '/', ..] => at + rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
        ['/', '*', ..] => at + find(rest, 2, &['*', '/']),
        ['r', '"' | '#', ..] if !identifier => raw_end(rest).map_or(at + 1, |end| at + end),
        ['"', ..] => at + quoted_end(rest, '"'),
        ['\'', '\\', ..] => at + quoted_end(rest, '\''),
        ['\'', _, '\'', ..] => at + 3,
        _ => at + 1,
    }
}

fn find(chars: &[char], from: usize, what: &[char]) -> usize {
    let found = (from..chars.len()).find(|at| chars[*at..].starts_with(what));
    found.map_or(chars.len(), |at| at + what.len())
}

fn raw_end(chars: &[char]) -> Option<usize> {
    let hashes = chars[1..].iter().take_while(|c| **c == '#').count();
    if chars.get(1 + hashes) != Some(&'"') {
        return None;
    }
    let mut close = vec!['"'];
    close.extend(std::iter::repeat_n('#', hashes));
    Some(find(chars, 2 + hashes, &close))
}

fn quoted_end(chars: &[char], quote: char) -> usize {
    let mut at = 1;
    while at < chars.len() && chars[at] != quote {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// Drops what follows the tests at the end of a file.
fn without_tests(mut code: Vec<String>) -> Vec<String> {
    let tests = code.windows(2).position(|pair| {
        pair[0].trim() == "#[cfg(test)]" && pair[1].trim_start().starts_with("mod tests {")
    });
    if let Some(start) = tests {
        code.truncate(start);
    }
    code
}
