//! Stages of a run: a heading for each, its duration, a table at the end, and one line that counts all tests.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::counts::Counts;

/// What became of the stages so far.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

struct Row {
    name: String,
    took: Duration,
    counts: Counts,
    outcome: Outcome,
}

enum Outcome {
    Passed,
    Failed,
    Skipped(String),
}

impl Report {
    /// Runs a stage: prints its heading, and its error if it fails. A failure is kept for the end and stops nothing.
    pub fn stage(&mut self, name: &str, run: impl FnOnce(&mut Counts) -> Result<()>) {
        println!("\n==> {name}");
        let start = Instant::now();
        let mut counts = Counts::default();
        let outcome = match run(&mut counts) {
            Ok(()) if counts.failed == 0 => Outcome::Passed,
            Ok(()) => Outcome::Failed,
            Err(error) => {
                println!("{name} failed: {error:#}");
                // A stage that broke before any test could fail must still show in the closing line.
                counts.failed = counts.failed.max(1);
                Outcome::Failed
            }
        };
        let took = start.elapsed();
        println!("<== {name}: {}", seconds(took));
        self.rows.push(Row {
            name: name.to_owned(),
            took,
            counts,
            outcome,
        });
    }

    /// Notes that a stage was left out, and why.
    pub fn skip(&mut self, name: &str, reason: &str) {
        println!("\n==> {name}\nskipped: {reason}");
        let outcome = Outcome::Skipped(reason.to_owned());
        self.rows.push(Row {
            name: name.to_owned(),
            took: Duration::ZERO,
            counts: Counts::default(),
            outcome,
        });
    }

    /// Prints the table and the closing line; fails when a stage did.
    pub fn finish(self) -> Result<()> {
        let width = self
            .rows
            .iter()
            .map(|row| row.name.chars().count())
            .max()
            .unwrap_or(0)
            .max(5);
        println!(
            "\n{:width$}  {:>8}  {:>7}  {:>7}  {:>7}  outcome",
            "stage", "time", "passed", "failed", "skipped"
        );
        let mut all = Counts::default();
        let mut took = Duration::ZERO;
        for row in &self.rows {
            let Counts {
                passed,
                failed,
                skipped,
            } = row.counts;
            let outcome = match &row.outcome {
                Outcome::Passed => "ok".to_owned(),
                Outcome::Failed => "FAILED".to_owned(),
                Outcome::Skipped(reason) => format!("skipped: {reason}"),
            };
            println!(
                "{:width$}  {:>8}  {passed:>7}  {failed:>7}  {skipped:>7}  {outcome}",
                row.name,
                seconds(row.took)
            );
            all += row.counts;
            took += row.took;
        }
        println!("{:width$}  {:>8}", "all", seconds(took));
        println!("\n{} passed, {} failed", all.passed, all.failed);
        let failed: Vec<&str> = self
            .rows
            .iter()
            .filter(|row| matches!(row.outcome, Outcome::Failed))
            .map(|row| row.name.as_str())
            .collect();
        if failed.is_empty() {
            return Ok(());
        }
        bail!("failed: {}", failed.join(", "))
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn a_failing_stage_fails_the_run_after_the_later_stages_ran() {
        let mut report = Report::default();
        let mut ran = false;
        report.stage("first", |_| Err(anyhow!("broken")));
        report.stage("second", |counts| {
            counts.passed = 3;
            ran = true;
            Ok(())
        });
        report.skip("third", "nothing to do");
        let error = report.finish().expect_err("the first stage failed");
        assert!(ran);
        assert_eq!(error.to_string(), "failed: first");
    }

    #[test]
    fn counted_failures_fail_a_stage_whose_program_said_all_was_well() {
        let mut report = Report::default();
        report.stage("only", |counts| {
            counts.failed = 1;
            Ok(())
        });
        assert!(report.finish().is_err());
    }
}
