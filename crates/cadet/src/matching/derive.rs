//! Evidence from the profile: what its entries tell, by the skills that their words mention.
//!
//! It runs after every change of the profile. What an entry no longer tells is withdrawn; what it tells otherwise is superseded.

use std::collections::HashMap;

use resume::{EntryId, Highlight, PartialDate, Resume};

use crate::clock::Timestamp;
use crate::error::Result;
use crate::profile::actions::profile_current;
use crate::skills::evidence::actions::{evidence_recorded, evidence_renew};
use crate::skills::evidence::{EvidenceKind, NewEvidence};
use crate::skills::{SkillId, Taxonomy, mentions};
use crate::state::Ctx;

/// The origin of what the profile tells.
pub const ORIGIN: &str = "profile";

/// Brings the caller's evidence to what their profile tells now. Gives how many rows were written.
///
/// # Errors
/// [`crate::error::Error::Unauthorised`] when nobody is signed in; from the database.
pub async fn evidence_derive(ctx: &Ctx) -> Result<u64> {
    let profile = profile_current(ctx).await?;
    let known: HashMap<(SkillId, Option<String>), Timestamp> = evidence_recorded(ctx)
        .await?
        .into_iter()
        .filter(|one| one.origin == ORIGIN)
        .map(|one| ((one.evidence.skill, one.evidence.entry), one.evidence.at))
        .collect();
    let mut told = pieces(&profile.resume);
    for (piece, dated) in &mut told {
        if !*dated {
            // An entry without a date keeps the instant at which it was first seen, so that it does not change by itself.
            let key = (piece.skill.clone(), piece.entry.clone());
            piece.at = known.get(&key).copied().unwrap_or_else(|| ctx.now());
        }
    }
    let told = told.into_iter().map(|(piece, _)| piece).collect();
    evidence_renew(ctx, ORIGIN, told).await
}

/// An entry of the profile, as evidence sees it.
struct Told<'r> {
    entry: &'r EntryId,
    kind: EvidenceKind,
    strength: f32,
    at: Option<PartialDate>,
    /// What it is: `Work at Northlight`.
    what: String,
    check: String,
    link: &'r str,
    words: Vec<&'r str>,
}

/// What a resume is evidence of, each with whether its date is known.
#[must_use]
pub fn pieces(resume: &Resume) -> Vec<(NewEvidence, bool)> {
    let all = work(resume)
        .chain(volunteering(resume))
        .chain(projects(resume))
        .chain(certificates(resume))
        .chain(schools(resume))
        .chain(groups(resume))
        .chain(languages(resume));
    all.flat_map(|told| of_entry(&told)).collect()
}

/// The skills that an entry's words mention, each with the words that do.
fn of_entry(told: &Told<'_>) -> Vec<(NewEvidence, bool)> {
    let mut found: Vec<(SkillId, &str)> = Vec::new();
    for words in &told.words {
        for span in mentions(Taxonomy::bundled(), words) {
            if !found.iter().any(|(skill, _)| *skill == span.skill) {
                found.push((span.skill, words));
            }
        }
        // A bare name, as lists of skills have them, needs no context to be one.
        if let [skill] = Taxonomy::bundled().by_alias(words.trim()).as_slice()
            && !found.iter().any(|(known, _)| *known == skill.id)
        {
            found.push((skill.id.clone(), words));
        }
    }
    let at = told.at.and_then(instant);
    found
        .into_iter()
        .map(|(skill, words)| {
            let piece = NewEvidence {
                skill,
                kind: told.kind,
                strength: told.strength,
                at: at.unwrap_or_default(),
                statement: statement(&told.what, words),
                check: told.check.clone(),
                link: Some(told.link)
                    .filter(|link| link.starts_with("http"))
                    .map(str::to_owned),
                entry: Some(told.entry.0.clone()).filter(|id| !id.is_empty()),
                origin: ORIGIN.to_owned(),
                proof: None,
            };
            (piece, at.is_some())
        })
        .collect()
}

/// `Work at Northlight: "Wrote services in Java."`, within what a statement may hold.
fn statement(what: &str, words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    let what = &what[..what.floor_char_boundary(200)];
    if words == what || what.ends_with(&words) {
        return what.to_owned();
    }
    let cut = words.floor_char_boundary(300);
    let more = if cut < words.len() { "\u{2026}" } else { "" };
    format!("{what}: \u{201c}{}{more}\u{201d}", words[..cut].trim_end())
}

fn instant(date: PartialDate) -> Option<Timestamp> {
    let midnight = date.first_day().to_datetime(jiff::civil::Time::midnight());
    let zoned = midnight.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
    Some(zoned.timestamp().into())
}

fn texts<'r>(own: &[&'r str], highlights: &'r [Highlight]) -> Vec<&'r str> {
    let bullets = highlights.iter().map(|bullet| bullet.text.as_str());
    let all = own.iter().copied().chain(bullets);
    all.filter(|text| !text.trim().is_empty()).collect()
}

fn work(resume: &Resume) -> impl Iterator<Item = Told<'_>> {
    resume.work.iter().map(|job| Told {
        entry: &job.id,
        kind: EvidenceKind::Work,
        strength: 0.4,
        at: job.end_date.or(job.start_date),
        what: format!("Work at {}", job.name),
        check: format!("Ask {}, or see the reference that they wrote.", job.name),
        link: &job.url,
        words: texts(&[&job.position, &job.summary], &job.highlights),
    })
}

fn volunteering(resume: &Resume) -> impl Iterator<Item = Told<'_>> {
    resume.volunteer.iter().map(|job| Told {
        entry: &job.id,
        kind: EvidenceKind::Work,
        strength: 0.35,
        at: job.end_date.or(job.start_date),
        what: format!("Work for {}", job.organization),
        check: format!("Ask {}.", job.organization),
        link: &job.url,
        words: texts(&[&job.position, &job.summary], &job.highlights),
    })
}

fn projects(resume: &Resume) -> impl Iterator<Item = Told<'_>> {
    resume.projects.iter().map(|project| {
        let keywords = project.keywords.iter().map(String::as_str);
        let seen = project.url.starts_with("http");
        let own = texts(&[&project.description], &project.highlights);
        Told {
            entry: &project.id,
            kind: EvidenceKind::Work,
            strength: if seen { 0.4 } else { 0.35 },
            at: project.end_date.or(project.start_date),
            what: format!("Project {}", project.name),
            check: if seen {
                format!("Look at {}.", project.url)
            } else {
                "Scan its repository, which proves more.".to_owned()
            },
            link: &project.url,
            words: own.into_iter().chain(keywords).collect(),
        }
    })
}

fn certificates(resume: &Resume) -> impl Iterator<Item = Told<'_>> {
    resume.certificates.iter().map(|one| {
        let seen = one.url.starts_with("http");
        Told {
            entry: &one.id,
            kind: EvidenceKind::Certificate,
            strength: if seen { 0.6 } else { 0.45 },
            at: one.date,
            what: format!("Certificate by {}", one.issuer),
            check: if seen {
                format!("{} shows it.", one.url)
            } else {
                format!("Ask {}.", one.issuer)
            },
            link: &one.url,
            words: texts(&[&one.name], &[]),
        }
    })
}

fn schools(resume: &Resume) -> impl Iterator<Item = Told<'_>> {
    resume.education.iter().map(|school| {
        let courses = school.courses.iter().map(String::as_str);
        Told {
            entry: &school.id,
            kind: EvidenceKind::Course,
            strength: 0.3,
            at: school.end_date.or(school.start_date),
            what: format!("Studies at {}", school.institution),
            check: format!("The transcript of {} lists it.", school.institution),
            link: &school.url,
            words: texts(&[&school.area], &[])
                .into_iter()
                .chain(courses)
                .collect(),
        }
    })
}

fn groups(resume: &Resume) -> impl Iterator<Item = Told<'_>> {
    resume.skills.iter().map(|group| {
        let keywords = group.keywords.iter().map(String::as_str);
        Told {
            entry: &group.id,
            kind: EvidenceKind::Statement,
            strength: 0.2,
            at: None,
            what: "Listed among your skills".to_owned(),
            check: "Only you say so. A repository, a certificate or an exercise would prove it."
                .to_owned(),
            link: "",
            words: texts(&[&group.name], &[])
                .into_iter()
                .chain(keywords)
                .collect(),
        }
    })
}

fn languages(resume: &Resume) -> impl Iterator<Item = Told<'_>> {
    resume.languages.iter().map(|one| Told {
        entry: &one.id,
        kind: EvidenceKind::Statement,
        strength: 0.3,
        at: None,
        what: format!("You speak it: {}", one.fluency),
        check: "A talk in that language shows it.".to_owned(),
        link: "",
        words: texts(&[&one.language], &[]),
    })
}

#[cfg(test)]
#[path = "derive_tests.rs"]
mod tests;
