//! How many tests ran: read from what cargo, Node's test runner and schemathesis print or write.

use std::ops::AddAssign;

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Ran and held.
    pub passed: u64,
    /// Ran and did not hold, or could not run.
    pub failed: u64,
    /// Left out on purpose.
    pub skipped: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl Counts {
    /// Adds what a line of cargo's test output tells: `test result: ok. 12 passed; 0 failed; 1 ignored; ...`.
    pub fn read_cargo(&mut self, line: &str) {
        let line = without_colour(line);
        let Some(result) = line.trim_start().strip_prefix("test result: ") else {
            return;
        };
        for part in result.split(['.', ';']) {
            let mut words = part.split_whitespace();
            let (Some(Ok(number)), Some(what)) =
                (words.next().map(str::parse::<u64>), words.next())
            else {
                continue;
            };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.skipped += number,
                _ => {}
            }
        }
    }

    /// Adds what a line of Node's `spec` reporter tells: `ℹ pass 12`.
    pub fn read_node(&mut self, line: &str) {
        let line = without_colour(line);
        let Some(rest) = line.strip_prefix("ℹ ") else {
            return;
        };
        let Some((what, number)) = rest.split_once(' ') else {
            return;
        };
        let Ok(number) = number.trim().parse::<u64>() else {
            return;
        };
        match what {
            "pass" => self.passed += number,
            "fail" | "cancelled" => self.failed += number,
            "skipped" | "todo" => self.skipped += number,
            _ => {}
        }
    }

    /// The numbers of a JUnit report, from the attributes of its outermost element.
    pub fn from_junit(report: &str) -> Self {
        let Some(start) = report
            .find("<testsuites")
            .or_else(|| report.find("<testsuite"))
        else {
            return Self::default();
        };
        let element = report[start..].split('>').next().unwrap_or_default();
        let number = |name: &str| {
            let value = element
                .split(&format!(" {name}=\""))
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            value.and_then(|text| text.parse::<u64>().ok()).unwrap_or(0)
        };
        let failed = number("failures") + number("errors");
        let skipped = number("skipped");
        Self {
            passed: number("tests").saturating_sub(failed + skipped),
            failed,
            skipped,
        }
    }
}

/// The line without the escape sequences that colour it.
fn without_colour(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_results_add_up_over_binaries() {
        let mut counts = Counts::default();
        counts.read_cargo("running 3 tests");
        counts.read_cargo("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.01s");
        counts.read_cargo(
            "test result: \u{1b}[31mFAILED\u{1b}[0m. 3 passed; 2 failed; 0 ignored; 0 measured",
        );
        assert_eq!(
            counts,
            Counts {
                passed: 15,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn node_counts_cancelled_tests_as_failed() {
        let mut counts = Counts::default();
        for line in [
            "✔ opens the list (12ms)",
            "ℹ tests 7",
            "\u{1b}[34mℹ pass 4\u{1b}[39m",
            "ℹ fail 1",
            "ℹ cancelled 1",
            "ℹ todo 1",
        ] {
            counts.read_node(line);
        }
        assert_eq!(
            counts,
            Counts {
                passed: 4,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn junit_attributes_give_the_counts() {
        let report = r#"<?xml version="1.0"?><testsuites disabled="0" errors="1" failures="2" tests="9" time="1.5"><testsuite tests="9"/>"#;
        assert_eq!(
            Counts::from_junit(report),
            Counts {
                passed: 6,
                failed: 3,
                skipped: 0
            }
        );
        assert_eq!(Counts::from_junit("not a report"), Counts::default());
    }
}
