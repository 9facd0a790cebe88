//! What is known of a person, in the form in which postings are compared with it: for each skill of the taxonomy what it counts,
//! and what the profile says of studies, years and places. Pure.

use std::collections::BTreeMap;

use resume::{PartialDate, Resume};
use sha2::{Digest as _, Sha256};

use super::model::Standing;
use super::needs::{self, Country, place_of};
use crate::clock::Timestamp;
use crate::profile::model::{Authorisation, Profile, StudyDegree};
use crate::skills::evidence::Evidence;
use crate::skills::{Kind, Skill, SkillId, Taxonomy};

/// What remains of a narrower skill's strength for the broader one: a level up, and each further one.
const NARROWER: f32 = 0.9;
/// What a broader skill counts for a narrower one, of what it counts itself.
const BROADER: f32 = 0.35;
/// What a sibling counts, of what it counts itself.
const SIBLING: f32 = 0.4;

/// What a skill counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Credit {
    /// From 0 to 1.
    pub value: f32,
    /// How the skill stands.
    pub standing: Standing,
    /// The related skill by which it counts, if it is not the skill itself; its place in the taxonomy.
    pub through: Option<u16>,
}

impl Credit {
    const NONE: Self = Self {
        value: 0.0,
        standing: Standing::Gap,
        through: None,
    };
}

/// Years, studies and places of a person; what is not known is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// The degree, as its rank.
    pub degree: Option<u8>,
    /// The first and the last month in which the studies may end.
    pub graduation: Option<(u16, u16)>,
    /// Whole years of work.
    pub years: Option<u8>,
    /// Whether the person may work in a country.
    pub authorisation: BTreeMap<Country, Authorisation>,
    /// Countries to work in; none: anywhere.
    pub countries: Vec<Country>,
    /// Whether work from home is welcome.
    pub remote: bool,
    /// Where the person lives.
    pub home: Option<Country>,
}

/// All that postings are compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// By the place of the skill in the taxonomy.
    credits: Vec<Credit>,
    /// The person.
    pub person: Person,
    blank: bool,
}

impl Basis {
    /// What is known of a person now. The order of the evidence makes no difference.
    #[must_use]
    pub fn new(profile: &Profile, evidence: &[Evidence], now: Timestamp) -> Self {
        let mut strengths: BTreeMap<&SkillId, Vec<f32>> = BTreeMap::new();
        for one in evidence.iter().filter(|one| one.strength > 0.0) {
            strengths.entry(&one.skill).or_default().push(one.strength);
        }
        let taxonomy = Taxonomy::bundled();
        let mut direct = vec![0.0_f32; taxonomy.skills().len()];
        for (skill, strengths) in strengths {
            if let Some(place) = place_of(skill) {
                direct[usize::from(place)] = Evidence::together(strengths);
            }
        }
        Self {
            credits: credits(taxonomy, &direct),
            person: person(profile, now),
            blank: evidence.is_empty() && *profile == Profile::default(),
        }
    }

    /// What a skill counts.
    #[must_use]
    pub fn credit(&self, place: u16) -> Credit {
        let credit = self.credits.get(usize::from(place));
        credit.copied().unwrap_or(Credit::NONE)
    }

    /// Whether nothing is known of the person.
    #[must_use]
    pub const fn is_blank(&self) -> bool {
        self.blank
    }

    /// A name of all of it: the same if and only if every posting would be judged alike, under the rules of today.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(needs::rules());
        for credit in &self.credits {
            hash.update(credit.value.to_bits().to_le_bytes());
        }
        hash.update(format!("{:?}", self.person));
        let digest = hash.finalize();
        digest[..12]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// What a strength counts: a claim from 0.5 to 0.8, what is proven from there to 1.
fn value_of(strength: f32) -> f32 {
    let proves = Evidence::PROVES;
    if strength <= 0.0 {
        0.0
    } else if strength < proves {
        0.5 + 0.3 * strength / proves
    } else {
        0.8 + 0.2 * (strength - proves) / (1.0 - proves)
    }
}

fn standing_of(strength: f32) -> Standing {
    if strength >= Evidence::PROVES {
        Standing::Proven
    } else if strength > 0.0 {
        Standing::Claimed
    } else {
        Standing::Gap
    }
}

/// What each skill counts: by itself or by what is narrower; else, in part, by what is broader or beside it.
fn credits(taxonomy: &Taxonomy, direct: &[f32]) -> Vec<Credit> {
    let skills = taxonomy.skills();
    let strengths = with_narrower(taxonomy, direct);
    let counted = |place: usize| {
        let (strength, through) = strengths[place];
        Credit {
            value: value_of(strength),
            standing: standing_of(strength),
            through,
        }
    };
    skills
        .iter()
        .enumerate()
        .map(|(place, skill)| {
            let own = counted(place);
            if own.standing == Standing::Gap {
                related(taxonomy, skill, direct)
            } else {
                own
            }
        })
        .collect()
}

/// The strength of each skill, with that of what is narrower, and by which it is.
fn with_narrower(taxonomy: &Taxonomy, direct: &[f32]) -> Vec<(f32, Option<u16>)> {
    let mut strengths: Vec<(f32, Option<u16>)> = direct.iter().map(|own| (*own, None)).collect();
    for (place, skill) in taxonomy.skills().iter().enumerate() {
        if direct[place] <= 0.0 {
            continue;
        }
        // Nearest first, so that what is known of a level is not overtaken by a farther one.
        for (level, above) in levels_above(taxonomy, skill) {
            let passed = direct[place] * NARROWER.powi(level);
            let at = usize::from(above);
            if passed > strengths[at].0 {
                strengths[at] = (passed, u16::try_from(place).ok());
            }
        }
    }
    strengths
}

/// The skills above one, each with how many levels it is away.
fn levels_above(taxonomy: &Taxonomy, skill: &Skill) -> Vec<(i32, u16)> {
    let mut found: Vec<(i32, u16)> = Vec::new();
    let mut level: Vec<&SkillId> = skill.parents.iter().collect();
    let mut away = 1;
    while !level.is_empty() {
        let mut next = Vec::new();
        for id in level {
            let Some(place) = place_of(id) else { continue };
            if !found.iter().any(|(_, known)| *known == place) {
                found.push((away, place));
                next.extend(taxonomy.get(id).into_iter().flat_map(|one| &one.parents));
            }
        }
        level = next;
        away += 1;
    }
    found
}

/// What the skills beside and above one count for it.
fn related(taxonomy: &Taxonomy, skill: &Skill, direct: &[f32]) -> Credit {
    let mut best = Credit::NONE;
    let mut offer = |id: &SkillId, share: f32| {
        let Some(place) = place_of(id) else { return };
        let value = share * value_of(direct[usize::from(place)]);
        if value > best.value {
            best = Credit {
                value,
                standing: Standing::Gap,
                through: Some(place),
            };
        }
    };
    for parent in &skill.parents {
        offer(parent, BROADER);
        // Only things of one kind stand beside each other: two databases, and not a database and the theory of it.
        for sibling in taxonomy.children(parent) {
            if sibling.id != skill.id
                && sibling.kind == skill.kind
                && skill.kind != Kind::SpokenLanguage
            {
                offer(&sibling.id, SIBLING);
            }
        }
    }
    best
}

fn person(profile: &Profile, now: Timestamp) -> Person {
    let aims = &profile.aims;
    let resume = &profile.resume;
    let country = |code: &String| needs::country(code);
    Person {
        degree: aims.degree.map(rank_of).or_else(|| degree_of(resume)),
        graduation: aims
            .graduation
            .or_else(|| last_of_studies(resume))
            .map(months_of),
        years: aims.years_of_work.or_else(|| years_of(resume, now)),
        authorisation: aims
            .authorisation
            .iter()
            .filter_map(|(code, may)| Some((country(code)?, *may)))
            .collect(),
        countries: aims.countries.iter().filter_map(country).collect(),
        remote: aims.remote,
        home: needs::country(&resume.basics.location.country_code),
    }
}

const fn rank_of(degree: StudyDegree) -> u8 {
    match degree {
        StudyDegree::Vocational => 1,
        StudyDegree::Associate => 2,
        StudyDegree::Bachelor => 3,
        StudyDegree::Master => 4,
        StudyDegree::Doctorate => 5,
    }
}

/// Words of degrees in several languages, the highest first.
const DEGREES: [(u8, &[&str]); 5] = [
    (
        5,
        &["phd", "ph.d", "doctor", "doktor", "promotion", "dottorato"],
    ),
    (
        4,
        &[
            "master",
            "msc",
            "m.sc",
            "m.s.",
            "diplom-ing",
            "diplôme d'ingénieur",
            "ingénieur",
            "máster",
            "mestrado",
            "laurea magistrale",
            "mba",
        ],
    ),
    (
        3,
        &[
            "bachelor",
            "bsc",
            "b.sc",
            "b.s.",
            "b.a.",
            "licence",
            "licenciatura",
            "grado",
            "graduação",
            "laurea",
            "but ",
            "undergraduate",
        ],
    ),
    (2, &["associate", "bts", "dut", "foundation degree"]),
    (
        1,
        &[
            "ausbildung",
            "bootcamp",
            "boot camp",
            "vocational",
            "certificate",
            "formación profesional",
            "técnico",
            "apprentice",
        ],
    ),
];

/// The highest degree that the schools of a resume name.
fn degree_of(resume: &Resume) -> Option<u8> {
    let ranks = resume.education.iter().filter_map(|school| {
        let words = format!("{} {}", school.study_type, school.area).to_lowercase();
        let named = |(_, names): &&(u8, &[&str])| names.iter().any(|name| words.contains(name));
        DEGREES.iter().find(named).map(|(rank, _)| *rank)
    });
    ranks.max()
}

/// The last day of the studies that end last.
fn last_of_studies(resume: &Resume) -> Option<PartialDate> {
    resume
        .education
        .iter()
        .filter_map(|school| school.end_date)
        .max()
}

/// The months that a date may mean.
fn months_of(date: PartialDate) -> (u16, u16) {
    let year = u16::try_from(date.year()).unwrap_or_default() * 12;
    match date.month().and_then(|month| u16::try_from(month).ok()) {
        Some(month) => (year + month, year + month),
        None => (year + 1, year + 12),
    }
}

/// Whole years of work: months in which there was a job, each counted once. None where no job has a date.
fn years_of(resume: &Resume, now: Timestamp) -> Option<u8> {
    let today = needs::month(&now.date_string())?;
    let mut worked = std::collections::BTreeSet::new();
    for job in &resume.work {
        let Some(start) = job.start_date else {
            continue;
        };
        let from = months_of(start).0;
        let to = job.end_date.map_or(today, |end| months_of(end).1);
        worked.extend(from..=to.min(today));
    }
    (!worked.is_empty()).then(|| u8::try_from(worked.len() / 12).unwrap_or(u8::MAX))
}

#[cfg(test)]
#[path = "basis_tests.rs"]
mod tests;
