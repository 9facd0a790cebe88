//! What lists and the search index show of an opening: one posting for all, with the places and sources of all.

use std::collections::{BTreeSet, HashMap, HashSet};

use search::{Document, Value};

use super::model::{Member, primary};
use super::store::groups;
use crate::db::Db;
use crate::error::Result;
use crate::postings::merge::union;
use crate::postings::model::PostingId;
use crate::postings::record::{PostingSummary, Stored};
use crate::postings::store::read;

/// Some openings, those that have several postings.
#[derive(Debug, Default)]
pub struct Groups {
    members: HashMap<PostingId, Vec<Member>>,
    /// The postings of these openings, without their texts.
    lean: HashMap<PostingId, Stored>,
    /// Where they are listed.
    sources: HashMap<PostingId, Vec<i64>>,
}

impl Groups {
    /// These openings.
    ///
    /// # Errors
    /// From the database.
    pub async fn of(db: &Db, openings: &BTreeSet<PostingId>) -> Result<Self> {
        let members = several(db, openings).await?;
        let ids: Vec<PostingId> = members.values().flatten().map(|member| member.id).collect();
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let lean = read::lean(db, &ids).await?;
        Ok(Self {
            sources: read::listed_in(db, &ids).await?,
            lean: lean.into_iter().map(|one| (one.id, one)).collect(),
            members,
        })
    }

    /// A posting's document as one of its opening: whether it stands for all, and if so, with the places and sources of all.
    #[must_use]
    pub fn complete(&self, mut document: Document, stored: &Stored) -> Document {
        let Some(members) = self.members.get(&stored.opening) else {
            return document;
        };
        let leads = primary(members) == Some(stored.id);
        for (name, value) in &mut document.fields {
            if name == "primary" {
                *value = Value::Bool(leads);
            }
        }
        if !leads {
            return document;
        }
        for other in members.iter().filter(|member| member.id != stored.id) {
            let sources = self.sources.get(&other.id).into_iter().flatten();
            for source in sources {
                document = with_once(document, "source", source.to_string());
            }
            let places = self.lean.get(&other.id).map(|one| &one.posting.locations);
            for place in places.into_iter().flatten() {
                document = with_once(document, "place", place.text.clone());
                for (field, value) in [("country", &place.country), ("city", &place.city)] {
                    if let Some(value) = value {
                        document = with_once(document, field, value.clone());
                    }
                }
            }
        }
        document
    }

    /// The row of a list, with the places of all postings of its opening and how many there are.
    #[must_use]
    pub fn complete_row(&self, mut row: PostingSummary) -> PostingSummary {
        let members = self
            .members
            .get(&row.opening_id)
            .map_or(&[][..], Vec::as_slice);
        row.opening_postings = members.len().max(1);
        for other in members.iter().filter(|member| member.id != row.id) {
            if let Some(other) = self.lean.get(&other.id) {
                row.locations = union(&row.locations, &other.posting.locations);
            }
        }
        row
    }
}

/// These postings and the others of their openings, whole: what an index writes anew when they change.
///
/// # Errors
/// From the database.
pub async fn with_siblings(db: &Db, mut stored: Vec<Stored>) -> Result<Vec<Stored>> {
    let openings = stored.iter().map(|one| one.opening).collect();
    let members = several(db, &openings).await?;
    let there: HashSet<PostingId> = stored.iter().map(|one| one.id).collect();
    let missing = members.values().flatten().map(|member| member.id);
    let missing: Vec<PostingId> = missing.filter(|id| !there.contains(id)).collect();
    if !missing.is_empty() {
        stored.extend(read::whole(db, &missing).await?);
    }
    Ok(stored)
}

/// The postings of those of these openings that have several.
async fn several(
    db: &Db,
    openings: &BTreeSet<PostingId>,
) -> Result<HashMap<PostingId, Vec<Member>>> {
    let mut members: HashMap<PostingId, Vec<Member>> = HashMap::new();
    for member in groups::members(db.pool(), openings).await? {
        members.entry(member.opening).or_default().push(member);
    }
    members.retain(|_, members| members.len() > 1);
    Ok(members)
}

/// Adds a value that the document does not have yet.
fn with_once(document: Document, field: &'static str, value: String) -> Document {
    let known = document
        .fields
        .iter()
        .any(|(name, have)| name == field && *have == Value::Text(value.clone()));
    if known {
        document
    } else {
        document.with(field, value)
    }
}
