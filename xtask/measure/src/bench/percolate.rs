//! Percolation: many saved searches asked of what appears, beside brute force on a sample.

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use anyhow::Result;
use cadet::clock::Timestamp;
use cadet::postings::fields::schema;
use cadet::postings::fresh::alert_reading;
use cadet::postings::query::PostingQuery;
use search::{Document, Index, Percolator, Request};

use super::documents::{NOW, THREADS, read_all};
use crate::generate::{Generated, Generator};
use crate::machine;
use crate::searches::Searches;
use crate::table::{Bar, Table, percentile};

/// Documents from which the percolator learns, beside those that are measured.
const LEARNT: usize = 300;
/// Openings that are asked of every saved search for the check.
const SCANNED: usize = 200;
/// Saved searches that the index is asked for, for the check.
const SEARCHED: usize = 300;

/// Measures `searches` saved searches against `openings`.
pub fn measure(searches: usize, openings: usize, table: &mut Table) -> Result<()> {
    println!("percolation: {searches} saved searches, {openings} openings");
    let generator = Generator::new(crate::SEED);
    let documents: Vec<Generated> = generator.take(openings + LEARNT).collect();
    let documents = read_all(&documents)?;
    let (learnt, documents) = documents.split_at(LEARNT);
    let mut composer = Searches::new(crate::SEED)?;
    let asked = (0..searches)
        .map(|_| composer.search())
        .collect::<Result<Vec<_>>>()?;
    let percolator = build(&asked, learnt, table)?;
    let (sampled, twice) = ask(&percolator, documents, searches, table)?;
    table.add(
        "percolation: found twice",
        twice as f64,
        "",
        Bar::AtMost(0.0),
    );
    let by_scan = compare_scan(&percolator, documents)?;
    let by_index = compare_index(&asked, documents, &sampled)?;
    for (name, differs) in [
        ("every search asked", by_scan),
        ("the index asked", by_index),
    ] {
        let what = format!("percolation: missed or wrong beside {name}");
        table.add(&what, differs as f64, "", Bar::AtMost(0.0));
    }
    Ok(())
}

fn build(asked: &[PostingQuery], learnt: &[Document], table: &mut Table) -> Result<Percolator> {
    let before = held();
    let start = Instant::now();
    let mut percolator = Percolator::new(schema());
    for document in learnt {
        percolator.learn(document)?;
    }
    let schema = schema();
    for (id, query) in (0..).zip(asked) {
        percolator.insert(id, NOW, |at| alert_reading(&schema, query, Timestamp(at)))?;
    }
    let rate = asked.len() as f64 / start.elapsed().as_secs_f64();
    table.add(
        "percolation: searches taken in",
        rate,
        "searches/s",
        Bar::None,
    );
    table.add(
        "percolation: memory of the searches",
        held() - before,
        "MiB",
        Bar::None,
    );
    Ok(percolator)
}

fn held() -> f64 {
    machine::memory_of(std::process::id()).unwrap_or(0.0)
}

/// What one thread found.
#[derive(Default)]
struct Asked {
    times: Vec<f64>,
    matches: usize,
    twice: usize,
    sampled: HashMap<u64, BTreeSet<u64>>,
}

/// Asks all saved searches of every opening. Gives what those of the sample found, and how often one found an opening
/// more than once.
fn ask(
    percolator: &Percolator,
    documents: &[Document],
    searches: usize,
    table: &mut Table,
) -> Result<(HashMap<u64, BTreeSet<u64>>, usize)> {
    let sample = sample(searches);
    let ask = |part: &[Document]| -> Result<Asked> {
        let mut asked = Asked::default();
        for document in part {
            let start = Instant::now();
            let found = percolator.matches(document, NOW)?;
            asked.times.push(start.elapsed().as_secs_f64() * 1_000.0);
            asked.matches += found.len();
            asked.twice += found.windows(2).filter(|pair| pair[0] >= pair[1]).count();
            for id in found.iter().filter(|id| sample.contains(id)) {
                asked.sampled.entry(*id).or_default().insert(document.id);
            }
        }
        Ok(asked)
    };
    let start = Instant::now();
    let parts = std::thread::scope(|scope| {
        let running: Vec<_> = documents
            .chunks(documents.len().div_ceil(THREADS).max(1))
            .map(|part| scope.spawn(move || ask(part)))
            .collect();
        let joined = running.into_iter().map(|thread| {
            let ended = thread
                .join()
                .map_err(|_| anyhow::anyhow!("a thread panicked"));
            ended.and_then(|asked| asked)
        });
        joined.collect::<Result<Vec<_>>>()
    })?;
    let rate = documents.len() as f64 / start.elapsed().as_secs_f64();
    table.add(
        "percolation: openings asked, 2 threads",
        rate,
        "openings/s",
        Bar::AtLeast(2_000.0),
    );
    let mut all = Asked::default();
    for part in parts {
        all.times.extend(part.times);
        all.matches += part.matches;
        all.twice += part.twice;
        for (id, documents) in part.sampled {
            all.sampled.entry(id).or_default().extend(documents);
        }
    }
    all.times.sort_by(f64::total_cmp);
    let mean = all.matches as f64 / documents.len() as f64;
    table.add(
        "percolation: searches that find an opening, mean",
        mean,
        "",
        Bar::None,
    );
    table.add(
        "percolation: one opening, p99",
        percentile(&all.times, 0.99),
        "ms",
        Bar::None,
    );
    Ok((all.sampled, all.twice))
}

/// The saved searches that are checked against the index: spread over all.
fn sample(searches: usize) -> BTreeSet<u64> {
    let step = (searches / SEARCHED).max(1);
    (0..searches as u64).step_by(step).collect()
}

/// How many openings of a sample get another answer when every saved search is asked.
fn compare_scan(percolator: &Percolator, documents: &[Document]) -> Result<usize> {
    let step = (documents.len() / SCANNED).max(1);
    let mut differs = 0;
    for document in documents.iter().step_by(step) {
        let found = percolator.matches(document, NOW)?;
        differs += usize::from(found != percolator.matches_by_scan(document, NOW)?);
    }
    Ok(differs)
}

/// How many saved searches of the sample find other openings when the index is asked.
fn compare_index(
    asked: &[PostingQuery],
    documents: &[Document],
    sampled: &HashMap<u64, BTreeSet<u64>>,
) -> Result<usize> {
    let index = Index::in_memory(schema())?;
    for part in documents.chunks(1_000) {
        index.put(part.iter().cloned())?;
    }
    index.commit(1)?;
    let mut differs = 0;
    let none = BTreeSet::new();
    for id in sample(asked.len()) {
        let (query, filters) =
            alert_reading(index.schema(), &asked[usize::try_from(id)?], Timestamp(NOW));
        let mut request = Request::new(query);
        request.filters = filters;
        request.limit = documents.len();
        request.correct = false;
        let found: BTreeSet<u64> = index
            .search(&request)?
            .hits
            .iter()
            .map(|hit| hit.id)
            .collect();
        differs += usize::from(&found != sampled.get(&id).unwrap_or(&none));
    }
    Ok(differs)
}
