//! How well the gate before documents tells true ones from false ones.
//!
//! It needs no labelled data: a seeded program makes invented people, true documents of them, and false ones of those by changing
//! one number, date, employer, school, skill, degree or rank in a sentence. The same program tries the gate in the test suite, on
//! fewer people.

use anyhow::Result;

use super::data::Data;
use super::report::Report;
use crate::trial;

/// Invented people.
const PEOPLE: u64 = 150;
/// False documents that there must be at least, so that the share means something.
const LEAST: f64 = 500.0;

/// Tries the gate.
pub fn measure(_: &Data, report: &mut Report) -> Result<()> {
    let outcome = trial::run(PEOPLE);
    for line in &outcome.mistakes {
        report.mistake(|| line.clone());
    }
    for (kind, (made, passed)) in &outcome.mutations {
        println!("gate: {kind}: {made} made, {passed} passed");
    }
    let (made, passed) = outcome.false_ones();
    report.at_least("gate, false sentences tried", made as f64, LEAST);
    report.at_least(
        "gate, false sentences refused",
        share(made - passed, made),
        1.0,
    );
    let (made, refused) = outcome.documents;
    report.tell("gate, true documents tried", made as f64);
    report.at_least(
        "gate, true documents let through",
        share(made - refused, made),
        0.99,
    );
    let (made, refused) = outcome.rewordings;
    report.tell("gate, true rewordings tried", made as f64);
    report.at_least(
        "gate, true rewordings let through",
        share(made - refused, made),
        0.99,
    );
    Ok(())
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
