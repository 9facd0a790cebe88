//! Openings: of two postings, are they one, judged with the addresses hidden; on pairs labelled by the boards' own numbers.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;

use anyhow::{Context, Result};
use cadet::clock::Timestamp;
use cadet::postings::normalise::{SourceInfo, normalise};
use cadet::postings::openings::features::{Described, Features};
use cadet::postings::openings::score::judge;
use cadet::postings::sources::model::{RawLocation, RawPosting, SourceAddress, SourceKind};
use serde::Deserialize;

use super::report::Report;
use crate::table::Bar;

/// A labelled pair.
#[derive(Deserialize)]
struct Pair {
    label: u8,
    #[serde(default)]
    kind: String,
    a: Side,
    b: Side,
}

/// What a list says of a posting.
#[derive(Deserialize)]
struct Side {
    src: String,
    company: String,
    title: String,
    location: String,
    /// First seen, seconds since the epoch.
    first: i64,
}

impl Pair {
    /// Whether the pair stands in two lists.
    fn is_across(&self) -> bool {
        self.a.src != self.b.src || self.kind.contains("cross") || self.kind.contains("across")
    }
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

/// Measures the judgement on the file at `path`; `explain` prints each pair that was judged wrongly.
pub fn measure(path: &Path, report: &mut Report) -> Result<()> {
    let explain = report.shows_mistakes();
    let table = &mut report.table;
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (mut all, mut across) = (Score::default(), Score::default());
    let mut halves = [Score::default(), Score::default()];
    for (at, line) in text.lines().enumerate() {
        let pair: Pair = serde_json::from_str(line)?;
        let judged = judge(&features(&pair.a)?, &features(&pair.b)?);
        let is = pair.label == 1;
        all.add(judged.same, is);
        halves[at % 2].add(judged.same, is);
        if pair.is_across() {
            across.add(judged.same, is);
        }
        if explain && judged.same != is {
            let told = if is { "missed" } else { "wrong" };
            let side = |side: &Side| {
                let Side {
                    company,
                    title,
                    location,
                    ..
                } = side;
                format!("{company} | {title} | {location}")
            };
            println!(
                "{told}: {}\n   {}\n   {}",
                side(&pair.a),
                side(&pair.b),
                judged.reasons.join(", ")
            );
        }
    }
    table.add(
        "same opening, addresses hidden, F1",
        all.f1(),
        "",
        Bar::AtLeast(0.80),
    );
    table.add(
        "same opening, precision",
        all.precision(),
        "",
        Bar::AtLeast(0.85),
    );
    table.add("same opening, recall", all.recall(), "", Bar::None);
    for (name, half) in ["even", "odd"].iter().zip(&halves) {
        table.add(
            &format!("same opening, {name} lines, F1"),
            half.f1(),
            "",
            Bar::None,
        );
    }
    if across.hits + across.misses > 0.0 {
        table.add(
            "same opening, across lists, recall",
            across.recall(),
            "",
            Bar::AtLeast(0.60),
        );
    } else {
        println!(
            "left out: {} has no pair across lists that is one opening",
            path.display()
        );
    }
    Ok(())
}

/// What is compared of one side, through the product's own normalising; without an address.
fn features(side: &Side) -> Result<Features> {
    let raw = RawPosting {
        url: "https://hidden.example/".into(),
        title: side.title.clone(),
        company: Some(side.company.clone()),
        locations: vec![RawLocation {
            text: Some(side.location.clone()),
            ..RawLocation::default()
        }],
        ..RawPosting::default()
    };
    let address = SourceAddress {
        kind: SourceKind::Simplify,
        address: side.src.clone(),
    };
    let info = SourceInfo {
        address: &address,
        name: &side.src,
    };
    let seen = Timestamp(side.first * 1_000);
    let posting = normalise(&raw, info, seen, &|_| Vec::new())?;
    let mut list = DefaultHasher::new();
    side.src.hash(&mut list);
    let list = (list.finish() >> 1).cast_signed();
    Ok(Described::of(&posting, seen, vec![list]).features)
}
