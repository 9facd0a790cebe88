//! What a check says, and what an import did.

use serde::Serialize;

use crate::postings::sources::model::{PollCounts, RecordProblem, Source};

/// How a part does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, but something should be done.
    Warning,
    /// It does not work.
    Failed,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was looked at: `database`, `search-index`, `disk`...
    pub name: &'static str,
    /// How it does.
    pub state: State,
    /// What was seen.
    pub seen: String,
    /// What to do, unless all is well.
    pub advice: Option<String>,
}

impl Check {
    /// All is well.
    pub fn ok(name: &'static str, seen: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Ok,
            seen: seen.into(),
            advice: None,
        }
    }

    /// It works, but `advice` should be followed.
    pub fn warning(name: &'static str, seen: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Warning,
            seen: seen.into(),
            advice: Some(advice.into()),
        }
    }

    /// It does not work until `advice` is followed.
    pub fn failed(name: &'static str, seen: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            state: State::Failed,
            ..Self::warning(name, seen, advice)
        }
    }
}

/// What an import did.
#[derive(Clone, Debug, Serialize)]
pub struct Imported {
    /// The source under which the postings stand; it is not polled.
    pub source: Source,
    /// Records counted.
    pub counts: PollCounts,
    /// Records that could not be read, with their places.
    pub problems: Vec<RecordProblem>,
}

/// A background job that was given up on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadJob {
    /// Its number.
    pub id: i64,
    /// What it was to do.
    pub kind: String,
    /// Attempts made.
    pub attempts: i32,
    /// Why the last one failed.
    pub reason: Option<String>,
    /// Since when it is given up.
    pub died_at: Option<crate::clock::Timestamp>,
}

/// One value of the configuration.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Setting {
    /// Its path in the configuration file: `server.bind`.
    pub name: String,
    /// The value; secrets are not shown.
    pub value: serde_json::Value,
    /// Where it comes from: `default`, a file, `environment`, `command line`.
    pub from: String,
    /// The environment variable that sets it.
    pub environment: String,
}

/// A size as people read it.
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut unit = 0;
    let mut rest = bytes;
    let mut tenths = 0;
    while rest >= 1024 && unit + 1 < UNITS.len() {
        tenths = rest % 1024 * 10 / 1024;
        rest /= 1024;
        unit += 1;
    }
    if unit == 0 {
        format!("{rest} {}", UNITS[unit])
    } else {
        format!("{rest}.{tenths} {}", UNITS[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_told_in_the_largest_unit_that_gives_a_whole_number() {
        assert_eq!(size(0), "0 B");
        assert_eq!(size(1_023), "1023 B");
        assert_eq!(size(1_536), "1.5 KiB");
        assert_eq!(size(5 * 1024 * 1024 * 1024), "5.0 GiB");
        assert_eq!(size(u64::MAX), "16777215.9 TiB");
    }
}
