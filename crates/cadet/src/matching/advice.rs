//! A judgement in words: what it rests on, and what can be done about a gap. Pure.

use super::model::{Asked, Need, Requirement, Standing};
use super::score::{Met, Reason};
use crate::postings::facts;
use crate::postings::model::Sponsorship;
use crate::postings::normalise::gazetteer::gazetteer;
use crate::skills::Taxonomy;
use crate::skills::evidence::Evidence;

/// The name of the skill at a place of the taxonomy.
fn name_at(place: u16) -> &'static str {
    let skills = Taxonomy::bundled().skills();
    skills
        .get(usize::from(place))
        .map_or("a skill", |skill| skill.name.as_str())
}

/// Countries in words: `Germany or Austria`.
fn countries(codes: &[String]) -> String {
    let names = codes
        .iter()
        .map(|code| gazetteer().country_name(code).unwrap_or(code));
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [] => "the country".to_owned(),
        [.., _] if names.len() > 3 => format!(
            "{} and {} more countries",
            names[..2].join(", "),
            names.len() - 2
        ),
        _ => names.join(" or "),
    }
}

/// A requirement in a few words: `PostgreSQL`, `Java or Kotlin`, `2 years of work`.
#[must_use]
pub fn label(asked: &Asked) -> String {
    match asked {
        Asked::Skill { any_of } => {
            let name = |skill: &crate::skills::SkillId| {
                let known = Taxonomy::bundled().get(skill);
                known.map_or_else(|| skill.to_string(), |known| known.name.clone())
            };
            any_of.iter().map(name).collect::<Vec<_>>().join(" or ")
        }
        Asked::Years { at_least: 1 } => "1 year of work".to_owned(),
        Asked::Years { at_least } => format!("{at_least} years of work"),
        Asked::Degree { at_least } => format!("Degree: {}", facts::degree(*at_least)),
        Asked::Graduation { from, to } => match (from, to) {
            (Some(from), Some(to)) if from == to => format!("Graduation in {from}"),
            (Some(from), Some(to)) => format!("Graduation from {from} to {to}"),
            (Some(from), None) => format!("Graduation from {from}"),
            (None, Some(to)) => format!("Graduation until {to}"),
            (None, None) => "Graduation".to_owned(),
        },
        Asked::Authorisation {
            said: Some(Sponsorship::CitizensOnly),
            countries: codes,
        } => {
            format!("Citizens or residents of {}", countries(codes))
        }
        Asked::Authorisation {
            countries: codes, ..
        } => format!("Right to work in {}", countries(codes)),
        Asked::Clearance => "Security clearance".to_owned(),
        Asked::Place {
            countries: codes,
            remote: true,
        } => format!("Remote from {}", countries(codes)),
        Asked::Place {
            countries: codes,
            remote: false,
        } => format!("Work in {}", countries(codes)),
    }
}

/// What a judgement rests on.
#[must_use]
pub fn because(requirement: &Requirement, met: &Met, evidence: &[Evidence]) -> String {
    match met.reason {
        Reason::Skill { place, through } => of_skill(met.standing, place, through, evidence),
        Reason::Met => match &requirement.asked {
            Asked::Years { .. } => "Your profile says that you have worked so long.".to_owned(),
            Asked::Degree { .. } => {
                "Your profile says that you study or studied for it.".to_owned()
            }
            Asked::Graduation { .. } => "Your studies end in time.".to_owned(),
            Asked::Authorisation { .. } => "Your profile says that you may work there.".to_owned(),
            _ => "It is among the countries of your profile.".to_owned(),
        },
        Reason::Open => match &requirement.asked {
            Asked::Authorisation { .. } => "A visa is sponsored.".to_owned(),
            _ => "Your profile names no countries, so any will do.".to_owned(),
        },
        Reason::Less => match &requirement.asked {
            Asked::Years { .. } => "Your profile tells of fewer years.".to_owned(),
            Asked::Degree { .. } => "Your profile tells of a lower degree.".to_owned(),
            Asked::Graduation { .. } => "Your studies end at another time.".to_owned(),
            Asked::Authorisation { .. } => {
                "You may not work there without a sponsor, and none is offered.".to_owned()
            }
            _ => "It is not among the countries of your profile.".to_owned(),
        },
        Reason::Ask => {
            "You need a sponsor, and the posting does not say whether there is one.".to_owned()
        }
        Reason::Unknown if requirement.asked == Asked::Clearance => {
            "Whether you can get one is not known here.".to_owned()
        }
        Reason::Unknown => "Your profile does not say.".to_owned(),
    }
}

fn of_skill(standing: Standing, place: u16, through: Option<u16>, evidence: &[Evidence]) -> String {
    let pieces = match evidence.len() {
        1 => "one piece of evidence".to_owned(),
        many => format!("{many} pieces of evidence"),
    };
    match (standing, through) {
        (Standing::Gap, Some(related)) => {
            format!(
                "Nothing shows it, but you have {}, which is related and counts in part.",
                name_at(related)
            )
        }
        (Standing::Gap, None) => "Nothing in your profile or evidence shows it.".to_owned(),
        (Standing::Proven, Some(narrower)) => {
            format!("Proven by {}, which is a part of it.", name_at(narrower))
        }
        (_, Some(narrower)) => format!(
            "You say that you know {}, which is a part of it.",
            name_at(narrower)
        ),
        (Standing::Proven, None) => format!("{} is proven by {pieces}.", name_at(place)),
        (_, None) => format!(
            "{} is claimed, with {pieces} too weak to prove it.",
            name_at(place)
        ),
    }
}

/// What can be done about what is not proven; nothing where there is nothing to do.
#[must_use]
pub fn advice(requirement: &Requirement, met: &Met) -> Option<String> {
    match (&requirement.asked, met.standing, met.reason) {
        (_, Standing::Proven, _) => None,
        (Asked::Skill { .. }, Standing::Claimed, _) => {
            Some("Prove it: scan a repository where you use it, or add a certificate.".to_owned())
        }
        (
            Asked::Skill { .. },
            _,
            Reason::Skill {
                place,
                through: Some(related),
            },
        ) => Some(format!(
            "Write a small project with {} and scan it. In a letter, say how {} carries over.",
            name_at(place),
            name_at(related)
        )),
        (Asked::Skill { .. }, _, Reason::Skill { place, .. }) => Some(match requirement.need {
            Need::Must => format!(
                "Write a small project with {} and scan it, or add what you already did with it to your profile.",
                name_at(place)
            ),
            Need::Nice => format!(
                "It is only welcome: mention it if you know {} from a course.",
                name_at(place)
            ),
        }),
        (Asked::Years { .. }, Standing::Gap, Reason::Less) => Some(
            "For an internship, years are often negotiable: apply with projects that show as much."
                .to_owned(),
        ),
        (Asked::Authorisation { .. }, Standing::Gap, Reason::Ask) => {
            Some("Ask before you apply whether a visa can be sponsored.".to_owned())
        }
        (Asked::Clearance, ..) => {
            Some("Read what it needs; often citizenship and years of residence.".to_owned())
        }
        (_, Standing::Gap, Reason::Unknown) => {
            Some("Say so in your profile under Aims.".to_owned())
        }
        (_, Standing::Knockout, _) => Some(
            "Look for postings without this, or correct your profile if it is not so.".to_owned(),
        ),
        _ => None,
    }
}
