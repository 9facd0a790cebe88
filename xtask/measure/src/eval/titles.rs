//! What titles alone say: internship or not, backend work or not; on titles labelled by hand.

use std::path::Path;

use anyhow::{Context, Result};
use cadet::postings::classify;
use cadet::postings::model::BackendGrade;
use serde::Deserialize;

use crate::table::{Bar, Table};

/// A labelled title.
#[derive(Deserialize)]
struct Labelled {
    title: String,
    intern: u8,
    backend_tier: u8,
}

/// How often a judgement was right.
#[derive(Default)]
struct Score {
    hits: f64,
    false_alarms: f64,
    misses: f64,
}

impl Score {
    fn add(&mut self, said: bool, is: bool) {
        match (said, is) {
            (true, true) => self.hits += 1.0,
            (true, false) => self.false_alarms += 1.0,
            (false, true) => self.misses += 1.0,
            (false, false) => {}
        }
    }

    fn precision(&self) -> f64 {
        self.hits / (self.hits + self.false_alarms).max(1.0)
    }

    fn recall(&self) -> f64 {
        self.hits / (self.hits + self.misses).max(1.0)
    }

    fn f1(&self) -> f64 {
        2.0 * self.hits / (2.0 * self.hits + self.false_alarms + self.misses).max(1.0)
    }
}

/// Measures the title rules on the file at `path`.
pub fn measure(path: &Path, table: &mut Table) -> Result<()> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (mut internship, mut backend) = (Score::default(), Score::default());
    for line in text.lines() {
        let row: Labelled = serde_json::from_str(line)?;
        let judged = classify::title(&row.title);
        internship.add(judged.internship, row.intern == 1);
        backend.add(judged.backend != BackendGrade::No, row.backend_tier > 0);
    }
    table.add(
        "internship flag, precision",
        internship.precision(),
        "",
        Bar::AtLeast(0.99),
    );
    table.add(
        "internship flag, recall",
        internship.recall(),
        "",
        Bar::AtLeast(0.98),
    );
    table.add(
        "backend, yes or maybe, F1",
        backend.f1(),
        "",
        Bar::AtLeast(0.95),
    );
    Ok(())
}
