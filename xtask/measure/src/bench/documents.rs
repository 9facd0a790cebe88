//! Generated postings as the index holds them, through the product's own normalising, without its database.

use anyhow::Result;
use cadet::clock::Timestamp;
use cadet::postings::fields::document;
use cadet::postings::model::PostingId;
use cadet::postings::normalise::{SourceInfo, normalise};
use cadet::postings::record::Stored;
use cadet::postings::sources::model::{Listing, SourceAddress, SourceKind};
use cadet::skills::{Taxonomy, extract};
use search::{Document, Value};

use crate::generate::{Generated, TODAY};

/// When everything is read, in milliseconds.
pub const NOW: i64 = TODAY * 1_000;
/// Threads that read, since the bars are for two cores.
pub const THREADS: usize = 2;

/// A generated posting as searches see it.
pub fn read(generated: &Generated) -> Result<Document> {
    let address = SourceAddress {
        kind: SourceKind::Simplify,
        address: "https://lists.example/generated.json".into(),
    };
    let source = SourceInfo {
        address: &address,
        name: "Generated",
    };
    let find = |text: &str| {
        let found = extract(Taxonomy::bundled(), text).into_iter();
        found
            .map(|span| (span.skill, span.start, span.end))
            .collect()
    };
    let at = Timestamp(NOW);
    let id = PostingId(i64::try_from(generated.number)? + 1);
    let stored = Stored {
        id,
        opening: id,
        posting: normalise(&generated.raw, source, at, &find)?,
        first_seen_at: at,
        last_seen_at: at,
        changed_at: at,
        closed_at: (generated.raw.listing == Listing::Closed).then_some(at),
        suspect_since: None,
    };
    Ok(document(&stored, &[1]))
}

/// Several, on as many threads as the bars are for.
pub fn read_all(generated: &[Generated]) -> Result<Vec<Document>> {
    let part = generated.len().div_ceil(THREADS).max(1);
    let parts = std::thread::scope(|scope| {
        let running: Vec<_> = generated
            .chunks(part)
            .map(|part| scope.spawn(|| part.iter().map(read).collect::<Result<Vec<_>>>()))
            .collect();
        let joined = running.into_iter().map(|thread| {
            let ended = thread.join();
            ended.map_err(|_| anyhow::anyhow!("a thread panicked"))?
        });
        joined.collect::<Result<Vec<_>>>()
    })?;
    Ok(parts.into_iter().flatten().collect())
}

/// The plain text of a document, in bytes: its words, without the values that filters look at.
pub fn text_bytes(document: &Document) -> u64 {
    const TEXTS: [&str; 5] = ["title", "company", "skills", "place", "description"];
    let texts = document
        .fields
        .iter()
        .filter_map(|(name, value)| match value {
            Value::Text(text) if TEXTS.contains(&&**name) => Some(text.len() as u64),
            _ => None,
        });
    texts.sum()
}
