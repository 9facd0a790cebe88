//! Europass XML: the SkillsPassport of version 3, and the newer Candidate, which follows HR Open.
//!
//! What no field holds is kept under `europass` with its path, and told of.

mod candidate;
mod passport;
mod tree;

pub use tree::entity;

use serde_json::json;

use crate::ReadError;
use crate::report::{Change, Imported, Kind};
use tree::Node;

/// Reads Europass XML.
///
/// # Errors
///
/// [`ReadError::Damaged`] for what is no XML, [`ReadError::Bomb`] for one that nests or grows without end, and
/// [`ReadError::Unsupported`] for other XML.
pub fn read(bytes: &[u8]) -> Result<Imported, ReadError> {
    let text = crate::detect::decode(bytes);
    let root = tree::parse(&text)?;
    let mut imported = Imported::new(Kind::Europass);
    if let Some(learner) = root.find("LearnerInfo") {
        passport::read(&mut imported, learner);
    } else if root.name == "Candidate" || root.find("CandidatePerson").is_some() {
        candidate::read(&mut imported, &root);
    } else {
        return Err(ReadError::Unsupported {
            found: format!(
                "XML with the root `{}`, which is no Europass document",
                root.name
            ),
        });
    }
    keep_rest(&mut imported, &root);
    imported.resume.number();
    crate::json::offer_bullets(&mut imported);
    imported.text = root.lines().join("\n");
    Ok(imported)
}

/// Keeps what was not taken.
fn keep_rest(imported: &mut Imported, root: &Node) {
    let mut rest = Vec::new();
    root.rest(String::new(), &mut rest);
    if rest.is_empty() {
        return;
    }
    for (path, text) in &rest {
        let message = format!("`{text}` has no field in JSON Resume; it is kept under `europass`");
        imported.note(Change::Kept, path, Some("/europass"), message);
    }
    let kept: Vec<_> = rest
        .into_iter()
        .map(|(path, text)| json!({"path": path, "text": text}))
        .collect();
    imported.resume.extra.insert("europass".into(), kept.into());
}

#[cfg(test)]
mod tests;
