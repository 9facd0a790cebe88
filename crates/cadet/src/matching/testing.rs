//! Postings and people for the tests of this feature.

use crate::clock::Timestamp;
use crate::postings::model::NormalPosting;
use crate::postings::normalise::{SourceInfo, normalise};
use crate::postings::sources::model::{
    RawLocation, RawPosting, RawText, SourceAddress, SourceKind,
};
use crate::skills::evidence::{Evidence, EvidenceId, EvidenceKind};
use crate::skills::{SkillId, Taxonomy, extract};

/// 2026-11-23.
pub const NOW: Timestamp = Timestamp(1_795_435_200_000);

/// A skill's id.
pub fn skill(id: &str) -> SkillId {
    let id = SkillId::parse(id).unwrap();
    assert!(Taxonomy::bundled().get(&id).is_some(), "{id}");
    id
}

/// A backend internship in Berlin with this text.
pub fn posting(text: &str) -> NormalPosting {
    posting_at("Backend Engineering Intern", "Berlin, Germany", text)
}

/// A posting with this title, place and text.
pub fn posting_at(title: &str, place: &str, text: &str) -> NormalPosting {
    let raw = RawPosting {
        external_id: "1".into(),
        url: "https://northlight.example/jobs/1".into(),
        title: title.into(),
        company: Some("Northlight".into()),
        locations: vec![RawLocation {
            text: Some(place.into()),
            ..RawLocation::default()
        }],
        description: Some(RawText::Plain(text.into())),
        employment_type: Some("Intern".into()),
        ..RawPosting::default()
    };
    let address = SourceAddress {
        kind: SourceKind::Greenhouse,
        address: "northlight".into(),
    };
    let source = SourceInfo {
        address: &address,
        name: "Northlight",
    };
    let find = |text: &str| {
        let spans = extract(Taxonomy::bundled(), text).into_iter();
        spans
            .map(|span| (span.skill, span.start, span.end))
            .collect()
    };
    normalise(&raw, source, NOW, &find).unwrap()
}

/// A piece of evidence.
pub fn evidence(id: i64, skill_id: &str, strength: f32) -> Evidence {
    Evidence {
        id: EvidenceId(id),
        skill: skill(skill_id),
        kind: EvidenceKind::Repository,
        strength,
        at: NOW,
        recorded_at: NOW,
        statement: format!("Piece {id}"),
        check: "Look at it.".into(),
        link: None,
        entry: None,
        supersedes: None,
    }
}
