//! Engine crates know no word of the product and no other crate of the workspace.

use super::source::{SourceFile, Violation, root};

/// The engine crates.
const ENGINES: [&str; 6] = ["jobs", "search", "sandbox", "pdf", "repository", "resume"];
/// Beginnings of words of the product, in lower case.
const WORDS: [&str; 11] = [
    "cadet",
    "internship",
    "employer",
    "recruit",
    "vacanc",
    "applicant",
    "jobposting",
    "job_posting",
    "resume_",
    "taxonomy",
    "saved_search",
];

fn engine_of(path: &str) -> Option<&str> {
    let name = path.strip_prefix("crates/")?.split('/').next()?;
    ENGINES.into_iter().find(|engine| *engine == name)
}

/// No word of the product in names.
pub fn words(file: &SourceFile) -> Vec<Violation> {
    if engine_of(&file.path).is_none() || file.is_test() {
        return Vec::new();
    }
    file.violations(
        |line| {
            let line = line.to_lowercase();
            WORDS.iter().any(|word| line.contains(word))
        },
        "engine crates use no word of the product",
        "Name it by what the engine does; the product's crate gives it its meaning.",
    )
}

/// No dependency on another crate of the workspace, in all engines.
pub fn dependencies() -> Vec<Violation> {
    let manifests = ENGINES.iter().filter_map(|engine| {
        let path = format!("crates/{engine}/Cargo.toml");
        let text = std::fs::read_to_string(root().join(&path)).ok()?;
        Some((path, text))
    });
    manifests
        .flat_map(|(path, text)| dependencies_of(&path, &text))
        .collect()
}

/// The same for one manifest.
pub fn dependencies_of(path: &str, text: &str) -> Vec<Violation> {
    let own = engine_of(path);
    let file = SourceFile::new(path, text);
    let depends = |line: &str| {
        let name = line.split(['.', '=', ' ']).next().unwrap_or("");
        let other = ENGINES.contains(&name) || name == "cadet";
        (other && Some(name) != own) || line.contains("path =")
    };
    let from = file
        .lines
        .iter()
        .position(|line| line.contains("dependencies]"));
    let lines = file.lines.iter().enumerate().skip(from.unwrap_or(0));
    lines
        .filter(|(_, line)| depends(line))
        .map(|(index, _)| {
            let remedy = "Let the product's crate put the two together.";
            file.violation(
                index,
                "engine crates depend on no other crate of the workspace",
                remedy,
            )
        })
        .collect()
}
