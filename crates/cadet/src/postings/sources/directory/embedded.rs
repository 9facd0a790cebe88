//! The directory as it is embedded into the program: reading its lines, once.

use std::sync::OnceLock;

use serde::Deserialize;

use super::model::{Employer, Evidence, Field, Size};
use crate::postings::sources::model::{SourceAddress, SourceKind};

pub(super) const EMPLOYERS: &str =
    include_str!("../../../../../../content/sources/directory.jsonl");
const FIELDS: &str = include_str!("../../../../../../content/sources/fields.tsv");

/// A line of `directory.jsonl`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub name: String,
    pub kind: String,
    pub board: String,
    pub countries: Vec<String>,
    pub size: Size,
    pub fields: Vec<String>,
    pub evidence: Evidence,
}

/// The employers whose boards this program can read, in order of name.
#[must_use]
pub fn employers() -> &'static [Employer] {
    static ALL: OnceLock<Vec<Employer>> = OnceLock::new();
    ALL.get_or_init(|| {
        EMPLOYERS
            .lines()
            .filter_map(|line| serde_json::from_str::<Line>(line).ok())
            .filter_map(employer)
            .collect()
    })
}

/// The fields of work, in order of id.
#[must_use]
pub fn fields() -> &'static [Field] {
    static ALL: OnceLock<Vec<Field>> = OnceLock::new();
    ALL.get_or_init(|| {
        FIELDS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .map(|(id, label)| Field { id, label })
            .collect()
    })
}

/// The employer of a line; nothing when its board is of a kind that this program does not read.
fn employer(line: Line) -> Option<Employer> {
    Some(Employer {
        board: SourceAddress {
            kind: SourceKind::parse(&line.kind)?,
            address: line.board,
        },
        name: line.name,
        countries: line.countries,
        size: line.size,
        fields: line.fields,
        evidence: line.evidence,
    })
}
