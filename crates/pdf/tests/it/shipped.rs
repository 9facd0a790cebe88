//! Every shipped template on every paper is read back whole and in order by both readers.

use pdf::{Engine, Paper, Template, readback, view};

use crate::samples::{SAMPLES, Sample};

/// Renders, reads back, and says what is wrong.
fn complaints(engine: &Engine, sample: &Sample, template: Template, paper: Paper) -> Vec<String> {
    let data = sample.data();
    let what = format!("{} {} on {}", template.name, sample.name, paper.name());
    let attachments = [sample.attachment()];
    let rendered = match pdf::render(engine, template, paper, &data, &attachments, &sample.meta()) {
        Ok(rendered) => rendered,
        Err(error) => return vec![format!("{what}: {error}")],
    };
    let expected = view::expected(template, &data).expect("samples have a view");
    let mut complaints = Vec::new();
    if !rendered.warnings.is_empty() || !rendered.missing.is_empty() {
        complaints.push(format!(
            "{what}: {:?} {:?}",
            rendered.warnings, rendered.missing
        ));
    }
    for reading in readback::check(&rendered.bytes, &expected).expect("both readers read our files")
    {
        if !reading.report.is_clean() {
            complaints.push(format!("{what}: {reading:?}"));
        }
    }
    complaints
}

fn try_all(names: &[&str]) {
    let engine = Engine::new(Vec::new());
    let mut found = Vec::new();
    for sample in SAMPLES.iter().filter(|sample| names.contains(&sample.name)) {
        for template in sample.templates() {
            for paper in Paper::ALL {
                found.extend(complaints(&engine, sample, template, paper));
            }
        }
    }
    assert!(
        found.is_empty(),
        "{} complaints:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn short_and_full_resumes_are_read_back_whole_and_in_order() {
    try_all(&["short", "full"]);
}

#[test]
fn latin_cyrillic_and_greek_are_read_back_whole_and_in_order() {
    try_all(&["scripts"]);
}

#[test]
fn resumes_of_several_pages_are_read_back_whole_and_in_order() {
    try_all(&["long"]);
}

#[test]
fn letters_are_read_back_whole_and_in_order() {
    try_all(&["letter", "letter-long"]);
}
