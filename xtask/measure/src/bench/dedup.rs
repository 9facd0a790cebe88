//! Identity at scale: sightings of fewer openings go through the product's own pipeline, and each is to find its opening.
//!
//! An opening is on its employer's board, once for each of some cities, and may stand in two lists: in one under the board's
//! address, in the other without a text, under another spelling. What is timed is the comparing that follows the log
//! (`openings_match`): describing, finding candidates, judging, storing. What storing the postings takes is told beside it.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cadet::config::Config;
use cadet::postings::ingest::{Completeness, postings_ingest};
use cadet::postings::openings::matching::openings_match;
use cadet::postings::openings::store::groups::openings_of;
use cadet::postings::sources::actions::source_add_candidate;
use cadet::postings::sources::detect::Candidate;
use cadet::postings::sources::model::{RawLocation, RawPosting, Source, SourceAddress, SourceKind};
use cadet::postings::store::sightings::known_sightings;
use cadet::startup::{self, World};
use cadet::state::Ctx;

use crate::generate::Generator;
use crate::machine;
use crate::names::PLACES;
use crate::random::Random;
use crate::table::{Bar, Table};

/// Sightings that are stored before the log is compared.
const BATCH: usize = 5_000;
/// Sightings whose openings are checked.
const CHECKED: usize = 20_000;

/// A sighting, and the opening that it is of.
struct Sighting {
    opening: usize,
    source: usize,
    raw: RawPosting,
}

/// Sightings of fewer openings, without end.
struct Sightings {
    openings: Generator,
    random: Random,
    waiting: Vec<Sighting>,
}

impl Iterator for Sightings {
    type Item = Sighting;

    fn next(&mut self) -> Option<Sighting> {
        while self.waiting.is_empty() {
            self.see()?;
        }
        self.waiting.pop()
    }
}

impl Sightings {
    /// All sightings of the next opening.
    fn see(&mut self) -> Option<()> {
        let opening = self.openings.next()?;
        let cities = [1, 1, 1, 2, 2, 4][self.random.below(6)];
        for city in 0..cities {
            let mut raw = opening.raw.clone();
            raw.external_id = format!("{}-{city}", opening.number);
            raw.url = format!("{}-{city}", raw.url);
            raw.apply_url = None;
            if city > 0 {
                let place = PLACES[self.random.below(PLACES.len())];
                raw.locations = vec![written(&format!("{}, {}", place.0, place.3))];
            }
            let listed = self.random.chance(30);
            let elsewhere = listed.then(|| (1, raw.clone()));
            let spelled = (city == 0 && self.random.chance(30)).then(|| (2, respelled(&raw)));
            let all = std::iter::once((0, raw)).chain(elsewhere).chain(spelled);
            self.waiting.extend(all.map(|(source, raw)| Sighting {
                opening: opening.number,
                source,
                raw,
            }));
        }
        Some(())
    }
}

fn written(text: &str) -> RawLocation {
    RawLocation {
        text: Some(text.to_owned()),
        ..RawLocation::default()
    }
}

/// As a list writes it: no text, its own address, the title turned round.
fn respelled(raw: &RawPosting) -> RawPosting {
    RawPosting {
        external_id: format!("list-{}", raw.external_id),
        url: format!("https://lists.example/go/{}", raw.external_id),
        title: format!("{} ", raw.title.replace("Engineer", "Engineering")),
        description: None,
        department: None,
        ..raw.clone()
    }
}

/// Stores and compares `count` sightings in `folder`.
pub async fn measure(folder: &Path, count: usize, table: &mut Table) -> Result<()> {
    let config = Config {
        data_dir: folder.to_owned(),
        ..Config::default()
    };
    let app = startup::open(config, World::default()).await?;
    let ctx = startup::operator(&app).await?;
    let sources = [
        source(&ctx, "board").await?,
        source(&ctx, "list").await?,
        source(&ctx, "other").await?,
    ];
    let mut sightings = Sightings {
        openings: Generator::new(crate::SEED),
        random: Random::new(crate::SEED),
        waiting: Vec::new(),
    };
    let (mut storing, mut comparing) = (Duration::ZERO, Duration::ZERO);
    let mut truth: Vec<(usize, usize, String)> = Vec::new();
    let mut left = count;
    while left > 0 {
        let batch: Vec<Sighting> = sightings.by_ref().take(left.min(BATCH)).collect();
        left -= batch.len();
        for one in batch.iter().take(CHECKED.saturating_sub(truth.len())) {
            truth.push((one.opening, one.source, one.raw.external_id.clone()));
        }
        let start = Instant::now();
        store(&ctx, &sources, batch).await?;
        storing += start.elapsed();
        let start = Instant::now();
        openings_match(&ctx).await?;
        comparing += start.elapsed();
    }
    report(count, storing, comparing, table);
    check(&ctx, &sources, &truth, table).await
}

fn report(count: usize, storing: Duration, comparing: Duration, table: &mut Table) {
    let rate = |took: Duration| count as f64 / took.as_secs_f64();
    table.add(
        "dedup: sightings compared",
        rate(comparing),
        "sightings/s",
        Bar::AtLeast(5_000.0),
    );
    table.add(
        "dedup: stored and compared",
        rate(storing + comparing),
        "sightings/s",
        Bar::None,
    );
    match machine::peak_memory() {
        Some(peak) => table.add("dedup: peak memory", peak, "MiB", Bar::AtMost(1_024.0)),
        None => table.fail("dedup: peak memory", "this system does not tell"),
    }
}

async fn source(ctx: &Ctx, name: &str) -> Result<Source> {
    let address = SourceAddress {
        kind: SourceKind::Simplify,
        address: format!("https://lists.example/{name}.json"),
    };
    let candidate = Candidate {
        address,
        name: Some(name.to_owned()),
        why: "to be measured".into(),
    };
    let added = source_add_candidate(ctx, candidate, None, Vec::new()).await?;
    Ok(added.source)
}

async fn store(ctx: &Ctx, sources: &[Source; 3], batch: Vec<Sighting>) -> Result<()> {
    let mut by_source: [Vec<RawPosting>; 3] = Default::default();
    for one in batch {
        by_source[one.source].push(one.raw);
    }
    let part = Completeness {
        complete: false,
        doubted_before: None,
    };
    for (source, records) in sources.iter().zip(by_source) {
        let done = postings_ingest(ctx, source, records.into_iter(), part, &|_| ()).await?;
        anyhow::ensure!(done.problems.is_empty(), "records were refused");
    }
    Ok(())
}

/// How many of the pairs that are one opening were found, and how many that were found are.
async fn check(
    ctx: &Ctx,
    sources: &[Source; 3],
    truth: &[(usize, usize, String)],
    table: &mut Table,
) -> Result<()> {
    let mut postings = Vec::with_capacity(truth.len());
    for (number, source) in sources.iter().enumerate() {
        let own = truth.iter().filter(|(_, source, _)| *source == number);
        let ids: Vec<String> = own.clone().map(|(_, _, id)| id.clone()).collect();
        let known = known_sightings(&ctx.db, source.id, &ids).await?;
        for (opening, _, id) in own {
            let known = known.get(id).context("a sighting is gone")?;
            postings.push((*opening, known.posting));
        }
    }
    let ids: Vec<_> = postings.iter().map(|(_, posting)| *posting).collect();
    let found = openings_of(ctx.db.pool(), &ids).await?;
    let mut cells: HashMap<(usize, i64), u64> = HashMap::new();
    for (opening, posting) in &postings {
        let told = found.get(posting).context("a posting is gone")?;
        *cells.entry((*opening, told.0)).or_default() += 1;
    }
    let pairs = |count: &u64| (count * count.saturating_sub(1) / 2) as f64;
    let sum = |key: &dyn Fn(&(usize, i64)) -> i64| -> f64 {
        let mut sizes: HashMap<i64, u64> = HashMap::new();
        for (cell, count) in &cells {
            *sizes.entry(key(cell)).or_default() += count;
        }
        sizes.values().map(pairs).sum()
    };
    let both: f64 = cells.values().map(pairs).sum();
    let told = sum(&|(_, told)| *told);
    let real = sum(&|(opening, _)| i64::try_from(*opening).unwrap_or(0));
    table.add(
        "dedup: pairs found that are one opening",
        both / told.max(1.0),
        "",
        Bar::None,
    );
    table.add(
        "dedup: pairs of one opening found",
        both / real.max(1.0),
        "",
        Bar::None,
    );
    Ok(())
}
