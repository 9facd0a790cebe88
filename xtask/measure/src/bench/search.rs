//! Faceted search: the query mix on the product, SQLite FTS5 and PostgreSQL, one after the other in one run.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use super::{Engine, fill, postgres, sqlite};
use crate::queries::{self, Query};
use crate::table::{Bar, Table, percentile};

/// Measures the engines that are there; `product` holds the corpus already.
pub async fn compare(
    product: Option<&mut (dyn Engine + 'static)>,
    count: usize,
    folder: &Path,
    table: &mut Table,
) -> Result<()> {
    let mix = queries::committed()?;
    match product {
        Some(product) => {
            measure(product, &mix, table, [Bar::AtMost(3.0), Bar::AtMost(20.0)]).await?
        }
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
    engine: &mut dyn Engine,
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
