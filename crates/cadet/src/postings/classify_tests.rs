//! Titles and texts judged, and the measures on the evaluation data.

use std::path::Path;

use super::*;

fn rows(name: &str) -> Option<Vec<serde_json::Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/postings").join(name);
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: the evaluation data is absent");
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect())
}

#[derive(Default)]
struct Counts {
    hits: u32,
    false_alarms: u32,
    misses: u32,
}

impl Counts {
    fn add(&mut self, said: bool, is: bool) {
        match (said, is) {
            (true, true) => self.hits += 1,
            (true, false) => self.false_alarms += 1,
            (false, true) => self.misses += 1,
            (false, false) => {}
        }
    }

    fn precision(&self) -> f64 {
        f64::from(self.hits) / f64::from((self.hits + self.false_alarms).max(1))
    }

    fn recall(&self) -> f64 {
        f64::from(self.hits) / f64::from((self.hits + self.misses).max(1))
    }

    fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    }
}

#[test]
fn labelled_titles_are_judged_well_enough() {
    let Some(rows) = rows("titles_labelled_200.jsonl") else { return };
    let (mut internship, mut backend, mut explicit) = (Counts::default(), Counts::default(), Counts::default());
    for row in &rows {
        let text = row["title"].as_str().unwrap_or_default();
        let judged = title(text);
        let (intern, tier) = (row["intern"] == 1, row["backend_tier"].as_i64().unwrap_or_default());
        internship.add(judged.internship, intern);
        backend.add(judged.backend >= BackendGrade::Plausible, tier >= 1);
        explicit.add(judged.backend == BackendGrade::Explicit, tier == 2);
        if std::env::args().any(|arg| arg == "--nocapture") && (judged.internship != intern || (judged.backend >= BackendGrade::Plausible) != (tier >= 1) || (judged.backend == BackendGrade::Explicit) != (tier == 2)) {
            eprintln!("  differs: intern {intern} tier {tier}, judged {judged:?}: {text}");
        }
    }
    eprintln!("internship: precision {:.3} (bar .99), recall {:.3} (bar .98)", internship.precision(), internship.recall());
    eprintln!("backend, plausible or explicit: F1 {:.3} (bar .95), explicit alone: F1 {:.3}", backend.f1(), explicit.f1());
    assert!(internship.precision() >= 0.99 && internship.recall() >= 0.98);
    assert!(backend.f1() >= 0.95);
}
