//! Faceted search: the query mix on the product, SQLite FTS5 and PostgreSQL, one after the other in one run.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use super::product::Direct;
use super::{Engine, fill, postgres, sqlite};
use crate::machine;
use crate::queries::{self, Query};
use crate::table::{Bar, Table, percentile};

/// The bars in milliseconds: postings up to which they hold, median, 99th percentile.
const BARS: [(usize, f64, f64); 2] = [(100_000, 3.0, 20.0), (usize::MAX, 5.0, 40.0)];
/// How large the index may be beside the plain text.
const SIZE: f64 = 1.2;

fn bars(count: usize) -> [Bar; 2] {
    let of = BARS.iter().find(|(most, ..)| count <= *most);
    of.map_or([Bar::None; 2], |(_, median, p99)| {
        [Bar::AtMost(*median), Bar::AtMost(*p99)]
    })
}

/// Measures the product's index alone, filled without the database; postings are made and taken in batch by batch.
pub async fn alone(count: usize, folder: &Path, table: &mut Table) -> Result<()> {
    let mix = queries::committed()?;
    let mut engine = Direct::open(&folder.join("index")).await?;
    let took = fill(&mut engine, count).await?;
    let rate = count as f64 / took.as_secs_f64();
    table.add(
        "load: normalised and indexed",
        rate,
        "postings/s",
        Bar::None,
    );
    table.add(
        "index: size beside the plain text",
        engine.size_ratio()?,
        "",
        Bar::AtMost(SIZE),
    );
    measure(&engine, &mix, table, bars(count)).await?;
    if let Some(peak) = machine::peak_memory() {
        table.add("search: peak memory", peak, "MiB", Bar::None);
    }
    Ok(())
}

/// Measures the engines that are there; `product` holds the corpus already.
pub async fn compare(
    product: Option<&mut (dyn Engine + 'static)>,
    count: usize,
    folder: &Path,
    table: &mut Table,
) -> Result<()> {
    let mix = queries::committed()?;
    match product {
        Some(product) => measure(product, &mix, table, bars(count)).await?,
        None => table.fail("search: Cadet", "the product holds no postings"),
    }
    let mut sqlite = sqlite::Sqlite::create(folder).await?;
    beside(&mut sqlite, count, &mix, table).await?;
    match std::env::var_os("CADET_TEST_POSTGRES") {
        Some(url) => {
            let mut postgres = postgres::Postgres::create(&url.to_string_lossy()).await?;
            beside(&mut postgres, count, &mix, table).await
        }
        None => {
            println!("PostgreSQL is left out: CADET_TEST_POSTGRES does not name a server");
            Ok(())
        }
    }
}

/// Fills an engine that the product is compared with, and measures it.
async fn beside(
    engine: &mut dyn Engine,
    count: usize,
    mix: &[Query],
    table: &mut Table,
) -> Result<()> {
    let took = fill(engine, count).await?;
    table.add(
        &format!("load: {}", engine.name()),
        count as f64 / took.as_secs_f64(),
        "postings/s",
        Bar::None,
    );
    measure(engine, mix, table, [Bar::None, Bar::None]).await
}

/// Asks every query twice, and counts the second time, when caches are warm.
async fn measure(
    engine: &dyn Engine,
    mix: &[Query],
    table: &mut Table,
    bars: [Bar; 2],
) -> Result<()> {
    let mut found = 0;
    for query in mix {
        found += engine.search(query).await?.total;
    }
    let mut times = Vec::with_capacity(mix.len());
    for query in mix {
        let start = Instant::now();
        engine.search(query).await?;
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    let name = engine.name();
    table.add(
        &format!("search: {name}, median"),
        percentile(&times, 0.5),
        "ms",
        bars[0],
    );
    table.add(
        &format!("search: {name}, p99"),
        percentile(&times, 0.99),
        "ms",
        bars[1],
    );
    table.add(
        &format!("search: {name}, postings found by all queries"),
        found as f64,
        "",
        Bar::None,
    );
    Ok(())
}
