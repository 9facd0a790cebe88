//! How much each bullet and entry says to what is asked for.

use std::collections::HashMap;

use resume::{EntryId, Highlight};

use super::{Ask, Reason};
use crate::documents::entries::{EntryView, Section, entries, wordings};
use crate::skills::evidence::Evidence;
use crate::skills::{SkillId, Taxonomy, mentions};

/// What a skill that is near counts, against the skill itself.
const NEAR: f32 = 0.4;
/// What each year that something lies back takes from what it says, at most half of it.
const YEAR: f32 = 0.08;
/// What a result in numbers adds.
const RESULT: f32 = 0.15;
/// What evidence adds, by its strength.
const EVIDENCE: f32 = 0.3;
/// What a tag adds that the posting's title has.
const TAG: f32 = 0.3;

/// A bullet as it was judged.
#[derive(Clone, Debug)]
pub(super) struct ScoredBullet {
    pub id: EntryId,
    /// Which wording is the best, and its words.
    pub wording: usize,
    pub text: String,
    pub own: String,
    pub score: f32,
    /// Skills that are asked for and that it shows, with their weight.
    pub shows: Vec<(SkillId, f32)>,
    pub reasons: Vec<Reason>,
}

/// An entry as it was judged.
#[derive(Clone, Debug)]
pub(super) struct ScoredEntry {
    pub id: EntryId,
    pub section: Section,
    pub called: String,
    /// Lines without bullets.
    pub lines: usize,
    /// Of itself, without its bullets.
    pub score: f32,
    pub reasons: Vec<Reason>,
    pub bullets: Vec<ScoredBullet>,
    pub last_year: Option<i16>,
}

/// The asked skills, looked up.
struct Asked<'a> {
    weights: HashMap<&'a str, f32>,
    keywords: &'a [String],
    this_year: i16,
}

/// Judges everything.
pub(super) fn scored(ask: &Ask) -> Vec<ScoredEntry> {
    let weights = ask.wanted.skills.iter();
    let asked = Asked {
        weights: weights
            .map(|one| (one.skill.as_str(), one.weight))
            .collect(),
        keywords: &ask.wanted.keywords,
        this_year: jiff::tz::TimeZone::UTC
            .to_datetime(ask.today.to_jiff())
            .year(),
    };
    entries(&ask.profile.resume)
        .iter()
        .map(|entry| asked.entry(ask, entry))
        .collect()
}

impl Asked<'_> {
    fn entry(&self, ask: &Ask, entry: &EntryView) -> ScoredEntry {
        let last_year = entry.end.map(|end| end.year());
        let last_year = last_year.or_else(|| entry.goes_on().then_some(self.this_year));
        let around: Vec<&Evidence> = ask
            .evidence
            .iter()
            .filter(|one| one.entry.as_deref() == Some(entry.id.0.as_str()))
            .collect();
        let fields: Vec<&str> = entry
            .fields
            .iter()
            .map(|(_, text)| text.as_str())
            .chain(
                entry
                    .lists
                    .iter()
                    .flat_map(|(_, list)| list.iter().map(String::as_str)),
            )
            .collect();
        let (score, reasons) = self.whole(&fields, &around, last_year);
        let bullets = entry.bullets.iter();
        ScoredEntry {
            id: entry.id.clone(),
            section: entry.section,
            called: entry.called(),
            lines: super::length::of_entry(entry),
            score,
            reasons,
            bullets: bullets
                .map(|bullet| self.bullet(ask, bullet, &around, last_year))
                .collect(),
            last_year,
        }
    }

    fn whole(
        &self,
        texts: &[&str],
        around: &[&Evidence],
        last_year: Option<i16>,
    ) -> (f32, Vec<Reason>) {
        let mut shows = Vec::new();
        for text in texts {
            self.add_shown(text, &mut shows);
        }
        for evidence in around {
            self.add_skill(&evidence.skill, &mut shows);
        }
        let mut reasons = told(&shows, self);
        let mut score: f32 = shows.iter().map(|(_, weight)| weight).sum();
        score *= self.recency(last_year);
        if let Some(year) = last_year.filter(|year| *year + 1 >= self.this_year) {
            reasons.push(Reason::Recent { year });
        }
        (score, reasons)
    }

    fn bullet(
        &self,
        ask: &Ask,
        bullet: &Highlight,
        around: &[&Evidence],
        last_year: Option<i16>,
    ) -> ScoredBullet {
        let decided = ask
            .decisions
            .get(&bullet.id)
            .and_then(|one| one.wording.as_deref());
        let all: Vec<&str> = wordings(bullet).collect();
        let judged: Vec<Vec<(SkillId, f32)>> = all.iter().map(|text| self.shown(text)).collect();
        let sum = |at: usize| judged[at].iter().map(|(_, weight)| weight).sum::<f32>();
        let decided = decided.and_then(|text| all.iter().position(|one| *one == text));
        // The person's own wording stays unless another one says more to what is asked for.
        let best = decided.unwrap_or_else(|| {
            (1..all.len()).fold(0, |best, at| {
                if sum(at) > sum(best) + 0.001 {
                    at
                } else {
                    best
                }
            })
        });
        let shows = judged[best].clone();
        let mut reasons = told(&shows, self);
        if best > 0
            && decided.is_none()
            && let Some((skill, _)) = shows.first()
        {
            reasons.push(Reason::WordedFor { skill: name(skill) });
        }
        let mut score = sum(best);
        let proof = around
            .iter()
            .filter(|one| shows.iter().any(|(skill, _)| *skill == one.skill))
            .max_by(|a, b| a.strength.total_cmp(&b.strength));
        if let Some(proof) = proof {
            score += EVIDENCE * proof.strength;
            reasons.push(Reason::Evidence {
                id: proof.id,
                strength: proof.strength,
            });
        }
        if all[best].chars().any(|c| c.is_ascii_digit()) {
            score += RESULT;
            reasons.push(Reason::Result);
        }
        let tag = bullet
            .tags
            .iter()
            .find(|tag| self.keywords.contains(&tag.to_lowercase()));
        if let Some(tag) = tag {
            score += TAG;
            reasons.push(Reason::Tagged { tag: tag.clone() });
        }
        ScoredBullet {
            id: bullet.id.clone(),
            wording: best,
            text: all[best].to_owned(),
            own: bullet.text.clone(),
            score: score * self.recency(last_year),
            shows,
            reasons,
        }
    }

    fn shown(&self, text: &str) -> Vec<(SkillId, f32)> {
        let mut shows = Vec::new();
        self.add_shown(text, &mut shows);
        shows.sort_by(|a, b| b.1.total_cmp(&a.1));
        shows
    }

    fn add_shown(&self, text: &str, shows: &mut Vec<(SkillId, f32)>) {
        let taxonomy = Taxonomy::bundled();
        for span in mentions(taxonomy, text) {
            self.add_skill(&span.skill, shows);
        }
        // A name that stands alone needs no neighbours to be sure of.
        if let [skill] = taxonomy.by_alias(text.trim()).as_slice() {
            self.add_skill(&skill.id, shows);
        }
    }

    /// Adds the asked skill that this one is, or the nearest above it that is asked for.
    fn add_skill(&self, skill: &SkillId, shows: &mut Vec<(SkillId, f32)>) {
        let mut add =
            |id: &SkillId, weight: f32| match shows.iter_mut().find(|(known, _)| known == id) {
                Some((_, known)) => *known = known.max(weight),
                None => shows.push((id.clone(), weight)),
            };
        if let Some(weight) = self.weights.get(skill.as_str()) {
            add(skill, *weight);
            return;
        }
        for above in Taxonomy::bundled().ancestors(skill) {
            if let Some(weight) = self.weights.get(above.id.as_str()) {
                add(&above.id, weight * NEAR);
                return;
            }
        }
    }

    fn recency(&self, last_year: Option<i16>) -> f32 {
        let years = last_year.map_or(3, |year| (self.this_year - year).max(0));
        (1.0 - YEAR * f32::from(years)).max(0.5)
    }
}

fn name(skill: &SkillId) -> String {
    let known = Taxonomy::bundled().get(skill);
    known.map_or_else(|| skill.to_string(), |skill| skill.name.clone())
}

fn told(shows: &[(SkillId, f32)], asked: &Asked) -> Vec<Reason> {
    shows
        .iter()
        .map(|(skill, weight)| {
            let whole = asked
                .weights
                .get(skill.as_str())
                .is_some_and(|full| *weight >= full * 0.99);
            let skill = name(skill);
            if whole {
                Reason::Shows { skill }
            } else {
                Reason::Near { skill }
            }
        })
        .collect()
}
