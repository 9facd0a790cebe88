//! What a document is made from, gathered in one place: the profile, the evidence, and what the posting says and asks for.

use super::entries::{Section, entries};
use super::gate::Ground;
use super::model::{Content, PostingFacts};
use super::tailor::{Wanted, WantedSkill};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::matching::actions::match_of;
use crate::matching::model::{Asked, Match, Need};
use crate::postings::actions::posting_record;
use crate::postings::model::PostingId;
use crate::postings::normalise::gazetteer::gazetteer;
use crate::postings::record::PostingRecord;
use crate::profile::actions::profile_current;
use crate::profile::model::Profile;
use crate::skills::evidence::Evidence;
use crate::skills::evidence::actions::evidence_of;
use crate::skills::{SkillId, Taxonomy, mentions};
use crate::state::Ctx;

/// Words of titles that say nothing of the work.
const EMPTY_WORDS: [&str; 12] = [
    "and",
    "the",
    "for",
    "with",
    "intern",
    "internship",
    "junior",
    "working",
    "student",
    "und",
    "praktikum",
    "engineer",
];
/// What a skill counts that the posting insists on.
const MUST_WEIGHT: f32 = 1.0;
/// What one counts that would be welcome.
const NICE_WEIGHT: f32 = 0.7;
/// What the first other skill counts that the posting names, and the last.
const WEIGHTS: (f32, f32) = (0.6, 0.3);
/// What a skill of the title counts.
const TITLE_WEIGHT: f32 = 1.2;

/// Everything that documents of a person for a posting rest on.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The profile.
    pub profile: Profile,
    /// The evidence.
    pub evidence: Vec<Evidence>,
    /// What the posting says.
    pub posting: Option<PostingFacts>,
    /// What it asks for.
    pub wanted: Wanted,
}

impl Inputs {
    /// Gathers them for the caller.
    ///
    /// # Errors
    /// [`crate::error::Error::NotFound`] for a posting that is not there; from the database.
    pub async fn gather(ctx: &Ctx, posting: Option<PostingId>) -> Result<Self> {
        let profile = profile_current(ctx).await?;
        let evidence = evidence_of(ctx).await?;
        let (record, fit) = match posting {
            Some(id) => (
                Some(posting_record(ctx, id).await?),
                Some(match_of(ctx, id).await?),
            ),
            None => (None, None),
        };
        let wanted = (record.as_ref().zip(fit.as_ref())).map(|(record, fit)| wanted(record, fit));
        let wanted = wanted.unwrap_or_default();
        Ok(Self {
            posting: record.as_ref().map(|record| facts(record, &wanted)),
            wanted,
            profile,
            evidence,
        })
    }

    /// The ground for checking a document.
    #[must_use]
    pub fn ground<'a>(&'a self, content: &'a Content, now: Timestamp) -> Ground<'a> {
        let english: Option<&(dyn Fn(&str) -> bool + Sync)> = match content.language.as_str() {
            "en" => Some(&super::spelling::is_everyday),
            _ => None,
        };
        Ground {
            profile: &self.profile,
            evidence: &self.evidence,
            posting: content.posting.as_ref(),
            given: &content.given,
            paragraphs: &content.paragraphs,
            language: &content.language,
            is_ordinary: english,
            today: now,
        }
    }

    /// The language of a document unless one is asked for: that of the posting, if letters can be begun in it, else English.
    #[must_use]
    pub fn language(&self) -> String {
        let of_posting = self
            .posting
            .as_ref()
            .map(|posting| posting.language.clone());
        of_posting
            .filter(|language| !language.is_empty())
            .unwrap_or_else(|| "en".to_owned())
    }

    /// Pages that suit: one, unless there is so much paid work that two are usual.
    #[must_use]
    pub fn pages(&self) -> u8 {
        let all = entries(&self.profile.resume);
        let jobs = all
            .iter()
            .filter(|entry| entry.section == Section::Work)
            .count();
        let years = self.profile.aims.years_of_work.unwrap_or(0);
        if years >= 8 && jobs > 3 { 2 } else { 1 }
    }
}

fn facts(record: &PostingRecord, wanted: &Wanted) -> PostingFacts {
    let places = record.locations.iter().map(|place| {
        let country = place
            .country
            .as_deref()
            .and_then(|code| gazetteer().country_name(code));
        let parts = [place.city.as_deref(), country];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            place.text.clone()
        } else {
            parts.join(", ")
        }
    });
    PostingFacts {
        title: record.title.clone(),
        company: record.company.clone(),
        places: places.collect(),
        countries: record
            .locations
            .iter()
            .filter_map(|place| place.country.clone())
            .collect(),
        department: record.department.clone().unwrap_or_default(),
        skills: (wanted.skills.iter())
            .map(|one| one.skill.to_string())
            .collect(),
        language: record.language.clone().unwrap_or_default(),
        internship: record
            .facts
            .internship
            .as_ref()
            .is_some_and(|fact| fact.value),
    }
}

/// What a posting asks for: the skills of its title, those that it insists on, those that would be welcome, then others that
/// its text names, those that it names first before later ones.
fn wanted(record: &PostingRecord, fit: &Match) -> Wanted {
    let mut skills: Vec<WantedSkill> = Vec::new();
    let mut add = |skill: &SkillId, weight: f32| {
        if !skills.iter().any(|known| known.skill == *skill) {
            let skill = skill.clone();
            skills.push(WantedSkill { skill, weight });
        }
    };
    for span in mentions(Taxonomy::bundled(), &record.title) {
        add(&span.skill, TITLE_WEIGHT);
    }
    for need in [Need::Must, Need::Nice] {
        let weight = if need == Need::Must {
            MUST_WEIGHT
        } else {
            NICE_WEIGHT
        };
        for one in fit.requirements.iter().map(|one| &one.requirement) {
            if let (Asked::Skill { any_of }, true) = (&one.asked, one.need == need) {
                any_of.iter().for_each(|skill| add(skill, weight));
            }
        }
    }
    let last = record.skills.len().saturating_sub(1).max(1);
    for (at, mention) in record.skills.iter().enumerate() {
        let share = at as f32 / last as f32;
        add(&mention.skill, WEIGHTS.0 + (WEIGHTS.1 - WEIGHTS.0) * share);
    }
    let words = record.title.to_lowercase();
    let words = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2);
    Wanted {
        skills,
        keywords: words
            .filter(|word| !EMPTY_WORDS.contains(word))
            .map(str::to_owned)
            .collect(),
    }
}
