//! Resumes as PDF: how much of what a person says that a document holds was understood, and how much of that is right.

use std::path::Path;

use anyhow::{Context, Result};
use resume::measure::Score;

use super::data;
use super::report::Report;

/// Measures every PDF of `folder` that has a `*.truth.json` beside it; the others are only counted when they can be read.
pub fn measure(folder: &Path, report: &mut Report) -> Result<()> {
    let mut total = Score::default();
    let (mut files, mut read) = (0_u32, 0_u32);
    for path in pdfs(folder)? {
        let bytes =
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = data::name(&path);
        files += 1;
        let imported = match resume::read(&name, &bytes) {
            Ok(imported) => imported,
            Err(error) => {
                report.mistake(|| format!("{name}: {error}"));
                continue;
            }
        };
        read += 1;
        let truth = path.with_extension("truth.json");
        if truth.is_file() {
            let score = resume::measure::measure(
                &imported.resume,
                &serde_json::from_str(&data::read(&truth)?)?,
            );
            for mistake in &score.mistakes {
                report.mistake(|| format!("{name}: {mistake}"));
            }
            total.add(score);
        }
    }
    report.at_least("resumes as PDF: field precision", total.precision(), 0.95);
    report.at_least("resumes as PDF: field recall", total.recall(), 0.90);
    report.at_least(
        "resumes as PDF: share that is read",
        f64::from(read) / f64::from(files.max(1)),
        1.0,
    );
    Ok(())
}

fn pdfs(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "pdf") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
