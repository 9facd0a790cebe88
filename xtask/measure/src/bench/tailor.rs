//! A resume for a posting, from what was gathered to pages that two readers have read back.

use std::time::Instant;

use anyhow::{Result, ensure};
use cadet::clock::Timestamp;
use cadet::documents::gate;
use cadet::documents::make::{self, Making};
use cadet::documents::model::{Document, DocumentId, DocumentKind, DocumentOptions, PaperSize};
use cadet::documents::print::read_again;
use cadet::documents::tailor::Decisions;
use cadet::printer::Printer;

use crate::table::{Bar, Table, percentile};
use crate::trial;

/// Documents that are timed once everything is warm.
const ROUNDS: u64 = 60;
/// The instant of all documents: 2026-11-26.
const NOW: Timestamp = Timestamp(1_795_694_400_000);

/// Milliseconds for one document: choosing, gate, setting, reading back twice.
fn round(printer: &Printer, seed: u64) -> Result<f64> {
    let inputs = trial::sample(seed);
    let options = DocumentOptions {
        language: Some("en".into()),
        ..DocumentOptions::default()
    };
    let decisions = Decisions::new();
    let begun = Instant::now();
    let making = Making {
        kind: DocumentKind::Resume,
        options: &options,
        decisions: &decisions,
        paragraphs: &[],
        now: NOW,
    };
    let (content, _) = make::content(&inputs, &making);
    let refused = gate::check(&content.sentences, &inputs.ground(&content, NOW));
    ensure!(
        refused.is_empty(),
        "the gate refuses a true document: {refused:?}"
    );
    let document = Document {
        id: DocumentId(1),
        posting: None,
        kind: DocumentKind::Resume,
        version: 1,
        title: "Resume".into(),
        template: "classic".into(),
        paper: PaperSize::A4,
        made_at: NOW,
        sha256: String::new(),
        content,
    };
    let readback = read_again(&printer.engine(), &document);
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    ensure!(
        readback.is_some_and(|read| read.clean),
        "a document does not read back"
    );
    Ok(took)
}

/// Times documents of invented people, each another one.
pub fn measure(table: &mut Table) -> Result<()> {
    let printer = Printer::default();
    table.add(
        "tailoring with gate and read-back, the first",
        round(&printer, 0)?,
        "ms",
        Bar::None,
    );
    let mut times = (1..=ROUNDS)
        .map(|seed| round(&printer, seed))
        .collect::<Result<Vec<f64>>>()?;
    times.sort_by(f64::total_cmp);
    table.add(
        "tailoring with gate and read-back, warm, median",
        percentile(&times, 0.5),
        "ms",
        Bar::AtMost(150.0),
    );
    table.add(
        "tailoring with gate and read-back, warm, 95th percentile",
        percentile(&times, 0.95),
        "ms",
        Bar::None,
    );
    Ok(())
}
