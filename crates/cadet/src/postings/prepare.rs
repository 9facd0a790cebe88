//! Prepare: from a raw record to what is stored, on all cores. Pure but for the clock's reading that it is given.

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::dedup::{page_key, same_opening_key};
use super::model::NormalPosting;
use super::normalise::{SourceInfo, normalise};
use super::packing::pack;
use super::sources::export::known_keys;
use super::sources::model::{RawPosting, RawText, RecordProblem, Source, SourceKind};
use super::store::sightings::KnownSighting;
use crate::clock::Timestamp;
use crate::skills::{SkillId, Taxonomy, extract};

/// A record with its hash and what is known of it.
#[derive(Clone, Debug)]
pub struct Record {
    /// As the connector gave it.
    pub raw: RawPosting,
    /// The record as JSON.
    pub json: Vec<u8>,
    /// Hash of the record, to see changes.
    pub content_hash: i64,
    /// The sighting, if it was seen before.
    pub known: Option<KnownSighting>,
}

impl Record {
    /// A record; its hash covers everything that the source said.
    #[must_use]
    pub fn new(raw: RawPosting, known: Option<KnownSighting>) -> Self {
        // A buffer that grows to some kilobytes is copied again and again.
        let text = match &raw.description {
            Some(RawText::Html(text) | RawText::Plain(text) | RawText::Excerpt(text)) => text.len(),
            None => 0,
        };
        let mut json = Vec::with_capacity(text + text / 8 + 1_024);
        if serde_json::to_writer(&mut json, &raw).is_err() {
            json.clear();
        }
        let digest = Sha256::digest(&json);
        let mut head = [0_u8; 8];
        head.copy_from_slice(&digest[..8]);
        Self {
            raw,
            json,
            content_hash: i64::from_le_bytes(head),
            known,
        }
    }
}

/// A record, normalised and ready to be written.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The record, without its text and its JSON.
    pub record: Record,
    /// What it means.
    pub posting: NormalPosting,
    /// The record's JSON, packed against the posting's text.
    pub packed: Vec<u8>,
}

/// Normalises records on all cores, in order. Those that cannot be are reported.
#[must_use]
pub fn prepare(
    source: &Source,
    records: Vec<Record>,
    now: Timestamp,
) -> (Vec<Prepared>, Vec<RecordProblem>) {
    let results: Vec<_> = records
        .into_par_iter()
        .map(|record| prepare_one(source, record, now))
        .collect();
    let mut prepared = Vec::with_capacity(results.len());
    let mut problems = Vec::new();
    for result in results {
        match result {
            Ok(one) => prepared.push(one),
            Err(problem) => problems.push(problem),
        }
    }
    (prepared, problems)
}

fn prepare_one(
    source: &Source,
    mut record: Record,
    now: Timestamp,
) -> Result<Prepared, RecordProblem> {
    let problem = |message: String| RecordProblem {
        at: record.raw.url.clone(),
        message,
    };
    let info = SourceInfo {
        address: &source.address,
        name: &source.name,
    };
    let mut posting = normalise(&record.raw, info, now, &find_skills)
        .map_err(|error| problem(error.to_string()))?;
    // A board's posting is also listed elsewhere under an address that does not look like the board's.
    let page =
        page_key(&posting.url, &record.raw.external_id).filter(|key| !posting.keys.contains(key));
    posting.keys.extend(page);
    posting.keys.extend(same_opening_key(
        &posting.company_key,
        &posting.title_key,
        &posting.description_text,
    ));
    if source.address.kind == SourceKind::Export {
        for key in known_keys(&record.raw) {
            if !posting.keys.iter().any(|known| known == key) {
                posting.keys.push(key.to_owned());
            }
        }
    }
    let packed = pack(&record.json, &posting.description_html)
        .map_err(|error| problem(error.to_string()))?;
    // Some batches wait to be written: what is only read from here on need not wait with them.
    record.json = Vec::new();
    record.raw.description = None;
    Ok(Prepared {
        record,
        posting,
        packed,
    })
}

/// The skills that a text asks for, in the form that normalising takes.
fn find_skills(text: &str) -> Vec<(SkillId, usize, usize)> {
    extract(Taxonomy::bundled(), text)
        .into_iter()
        .map(|span| (span.skill, span.start, span.end))
        .collect()
}
