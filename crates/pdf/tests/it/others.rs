//! The same files, read by the programs of other people: `PDF_TEST_PYTHON` names a Python that has them, `PDF_TEST_PDFTOTEXT`
//! poppler's program. `cargo xtask test --only readers` sets both.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use pdf::readback::{Field, compare};
use pdf::{Engine, Paper, view};

use crate::samples::SAMPLES;

/// What is expected of each file in the folder, by its name without ending.
fn write_all(folder: &Path) -> BTreeMap<String, Vec<Field>> {
    let engine = Engine::new(Vec::new());
    let mut expected = BTreeMap::new();
    for sample in &SAMPLES {
        for (template, paper) in sample
            .templates()
            .flat_map(|template| Paper::ALL.map(|paper| (template, paper)))
        {
            let data = sample.data();
            let rendered = pdf::render(&engine, template, paper, &data, &[], &sample.meta())
                .expect("samples can be set");
            let name = format!("{}-{}-{}", template.name, sample.name, paper.name());
            std::fs::write(folder.join(format!("{name}.pdf")), rendered.bytes)
                .expect("the folder can be written");
            expected.insert(
                name,
                view::expected(template, &data).expect("samples have a view"),
            );
        }
    }
    expected
}

#[test]
fn read_back_by_the_programs_of_others() {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    let (Some(python), Some(pdftotext)) =
        (variable("PDF_TEST_PYTHON"), variable("PDF_TEST_PDFTOTEXT"))
    else {
        eprintln!("skipped: PDF_TEST_PYTHON and PDF_TEST_PDFTOTEXT name no programs");
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shipped");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let expected = write_all(&folder);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read_pdf.py");
    let status = Command::new(python)
        .arg(script)
        .arg(pdftotext)
        .arg(&folder)
        .status()
        .unwrap();
    assert!(
        status.success(),
        "the script that reads the files failed: {status}"
    );
    let (mut readings, mut complaints) = (0, Vec::new());
    for (name, fields) in &expected {
        let text = std::fs::read_to_string(folder.join(format!("{name}.readings.json"))).unwrap();
        let read: BTreeMap<String, Vec<String>> = serde_json::from_str(&text).unwrap();
        assert_eq!(read.len(), 5, "five readers");
        for (reader, pages) in read {
            let report = compare(fields, &pages);
            readings += 1;
            if !report.is_clean() {
                complaints.push(format!("{name} by {reader}: {report:?}"));
            }
        }
    }
    println!("{} files, {readings} readings", expected.len());
    assert!(
        complaints.is_empty(),
        "{} complaints:\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}
