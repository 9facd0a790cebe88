//! From a posting and its records to the boards that they lead to. Pure.

use std::collections::{BTreeMap, HashMap};

use url::Url;

use crate::config::Endpoints;
use crate::postings::model::PostingId;
use crate::postings::sources::detect::board_of;
use crate::postings::sources::model::{SourceAddress, SourceId};

/// A posting, as far as discovery looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Its number.
    pub id: PostingId,
    /// The employer.
    pub company: String,
    /// Its page.
    pub url: String,
    /// Where to apply.
    pub apply_url: String,
    /// Whether it is open.
    pub open: bool,
    /// Whether it is said or likely to be a backend internship.
    pub backend_internship: bool,
}

/// A record of a posting, as far as discovery looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Where it was seen.
    pub source: SourceId,
    /// Its address there.
    pub url: String,
}

/// That a posting leads to a board, as a source told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The board.
    pub board: SourceAddress,
    /// The employer as the posting names it.
    pub company: String,
    /// The posting.
    pub posting: PostingId,
    /// The source that told.
    pub source: SourceId,
    /// Whether the posting is open.
    pub open: bool,
    /// Whether it is said or likely to be a backend internship.
    pub backend_internship: bool,
}

/// The boards that a posting leads to. `sources` says what each source reads: a board's own records say nothing new of it.
#[must_use]
pub fn links(
    posting: &Noted,
    seen: &[Seen],
    sources: &HashMap<SourceId, SourceAddress>,
    endpoints: &Endpoints,
) -> Vec<Link> {
    let mut found: BTreeMap<(String, i64), Link> = BTreeMap::new();
    // Where to apply may be another address than the one at which a source shows the posting; all sources share it.
    let shared = [posting.url.as_str(), posting.apply_url.as_str()];
    for record in seen {
        let addresses = std::iter::once(record.url.as_str()).chain(shared);
        for board in addresses.filter_map(|address| board_at(address, endpoints)) {
            let key = board.key();
            let own = sources
                .get(&record.source)
                .is_some_and(|source| source.key() == key);
            if !own {
                found
                    .entry((key, record.source.0))
                    .or_insert_with(|| link(posting, record.source, board));
            }
        }
    }
    found.into_values().collect()
}

fn link(posting: &Noted, source: SourceId, board: SourceAddress) -> Link {
    Link {
        board,
        company: posting.company.clone(),
        posting: posting.id,
        source,
        open: posting.open,
        backend_internship: posting.backend_internship,
    }
}

fn board_at(address: &str, endpoints: &Endpoints) -> Option<SourceAddress> {
    let url = Url::parse(address).ok()?;
    board_of(&url, endpoints)
}
