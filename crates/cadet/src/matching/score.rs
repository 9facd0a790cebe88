//! The score of a posting for a person: how each requirement is met, what that counts, and the sum. Pure, and quick: a hundred
//! thousand postings are a few million looks into a table.
//!
//! `docs/matching.md` has the formula with its reasons. It never falls when evidence is added, and the order of evidence and of
//! requirements makes no difference.

use super::basis::{Basis, Person};
use super::model::{Need, Standing};
use super::needs::{Countries, Head, Item, Items, Places, decode};
use crate::postings::model::{BackendGrade, Sponsorship};
use crate::profile::model::Authorisation;

/// What weighs how much.
pub mod weight {
    /// A skill that must be.
    pub const MUST: f32 = 1.0;
    /// A skill that is welcome.
    pub const NICE: f32 = 0.3;
    /// Years of work.
    pub const YEARS: f32 = 0.6;
    /// Studies, graduation, the right to work: one each.
    pub const CONDITION: f32 = 0.5;
    /// A clearance, of which nothing can be known.
    pub const CLEARANCE: f32 = 0.3;
    /// The place of work.
    pub const PLACE: f32 = 0.3;
    /// What a posting weighs that asks for nothing: with it, a long list that is met counts more than a short one.
    pub const PRIOR: f32 = 1.0;
}

/// What a posting is worth of which nothing is known.
const PRIOR: f32 = 0.3;
/// What is left of the score of a posting that is no backend work and no internship.
const ROLE_LEAST: f32 = 0.6;
/// What each of the two adds.
const ROLE_SHARE: f32 = 0.2;
/// What is left of the score where something rules the person out.
const KNOCKED_OUT: f32 = 0.2;
/// What a condition counts that is met, by what the person says.
const MET: f32 = 0.9;
/// What a condition counts of which the profile says nothing.
const UNKNOWN: f32 = 0.4;

/// The score's unit: scores are whole thousandths.
pub const UNIT: f32 = 1_000.0;

/// Why a condition stands as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A skill, by itself or by the related one at this place of the taxonomy.
    Skill {
        /// The one of the alternatives that counts.
        place: u16,
        /// The related one.
        through: Option<u16>,
    },
    /// The profile says what is asked for.
    Met,
    /// The profile says less.
    Less,
    /// The profile does not say.
    Unknown,
    /// A visa would be needed, and nothing is said of one.
    Ask,
    /// Nothing is asked that could fail.
    Open,
}

/// How one item is met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Met {
    /// How.
    pub standing: Standing,
    /// From 0 to 1.
    pub credit: f32,
    /// How much it weighs.
    pub weight: f32,
    /// Why.
    pub reason: Reason,
}

/// A posting's score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// In thousandths.
    pub thousandths: u16,
    /// How many requirements are proven, at most 255.
    pub proven: u8,
    /// How many are claimed.
    pub claimed: u8,
    /// How many are gaps.
    pub gaps: u8,
    /// Whether something rules the person out.
    pub knocked_out: bool,
}

/// The score of the compact form of a posting's requirements; none for a posting that is not open.
#[must_use]
pub fn score(needs: &[u8], basis: &Basis) -> Option<Score> {
    let (head, items) = decode(needs)?;
    Some(sum(head, items.map(|item| judge(item, basis))))
}

/// The sum of what the items count. In whole numbers, so that their order makes no difference.
#[must_use]
pub fn sum(head: Head, all: impl Iterator<Item = Met>) -> Score {
    let mut score = Score::default();
    let (mut gained, mut weights) = (scaled(weight::PRIOR * PRIOR), scaled(weight::PRIOR));
    for one in all {
        gained += scaled(one.weight * one.credit);
        weights += scaled(one.weight);
        let count = match one.standing {
            Standing::Proven => &mut score.proven,
            Standing::Claimed => &mut score.claimed,
            Standing::Gap => &mut score.gaps,
            Standing::Knockout => {
                score.knocked_out = true;
                continue;
            }
        };
        *count = count.saturating_add(1);
    }
    let met = gained as f32 / weights as f32;
    let left = if score.knocked_out { KNOCKED_OUT } else { 1.0 };
    let total = (met * role(head) * left).clamp(0.0, 1.0);
    score.thousandths = (total * UNIT).round() as u16;
    score
}

fn scaled(value: f32) -> u64 {
    (value * 10_000.0).round() as u64
}

/// What kind of work it is: backend work and internships are what is looked for here.
#[must_use]
pub fn role(head: Head) -> f32 {
    let backend = match head.backend {
        BackendGrade::Explicit => 1.0,
        BackendGrade::Plausible => 0.6,
        BackendGrade::No => 0.0,
    };
    let internship = if head.internship { 1.0 } else { 0.0 };
    ROLE_LEAST + ROLE_SHARE * backend + ROLE_SHARE * internship
}

/// How the person meets each of the items, in their order.
pub fn judge_all<'n>(items: Items<'n>, basis: &'n Basis) -> impl Iterator<Item = Met> + 'n {
    items.map(|item| judge(item, basis))
}

/// How the person meets one item.
#[must_use]
pub fn judge(item: Item<'_>, basis: &Basis) -> Met {
    let person = &basis.person;
    match item {
        Item::Skills(need, places) => skills(need, places, basis),
        Item::Years(need, at_least) => years(need, at_least, person),
        Item::Degree(at_least) => degree(at_least, person),
        Item::Graduation(from, to) => graduation(from, to, person),
        Item::Authorisation(said, countries) => authorisation(said, countries, person),
        Item::Clearance => Met {
            standing: Standing::Gap,
            credit: UNKNOWN,
            weight: weight::CLEARANCE,
            reason: Reason::Unknown,
        },
        Item::Place(remote, countries) => place(remote, countries, person),
    }
}

/// The alternative that counts the most.
fn skills(need: Need, places: Places<'_>, basis: &Basis) -> Met {
    let credits = places.iter().map(|place| (place, basis.credit(place)));
    let best = credits.max_by(|(_, one), (_, other)| one.value.total_cmp(&other.value));
    let weight = match need {
        Need::Must => weight::MUST,
        Need::Nice => weight::NICE,
    };
    match best {
        Some((place, credit)) => Met {
            standing: credit.standing,
            credit: credit.value,
            weight,
            reason: Reason::Skill {
                place,
                through: credit.through,
            },
        },
        // A skill that the taxonomy no longer has asks for nothing.
        None => met(0.0),
    }
}

fn met(weight: f32) -> Met {
    Met {
        standing: Standing::Claimed,
        credit: MET,
        weight,
        reason: Reason::Met,
    }
}

fn unknown(weight: f32) -> Met {
    Met {
        standing: Standing::Gap,
        credit: UNKNOWN,
        weight,
        reason: Reason::Unknown,
    }
}

fn knockout(weight: f32) -> Met {
    Met {
        standing: Standing::Knockout,
        credit: 0.0,
        weight,
        reason: Reason::Less,
    }
}

fn years(need: Need, at_least: u8, person: &Person) -> Met {
    let weight = match need {
        Need::Must => weight::YEARS,
        Need::Nice => weight::YEARS * weight::NICE,
    };
    match person.years {
        None => unknown(weight),
        Some(years) if years >= at_least => met(weight),
        Some(years) => Met {
            standing: Standing::Gap,
            credit: UNKNOWN * f32::from(years) / f32::from(at_least.max(1)),
            weight,
            reason: Reason::Less,
        },
    }
}

fn degree(at_least: u8, person: &Person) -> Met {
    match person.degree {
        None => unknown(weight::CONDITION),
        Some(degree) if degree >= at_least => met(weight::CONDITION),
        Some(_) => knockout(weight::CONDITION),
    }
}

/// A date known only by its year fits if any of its months does.
fn graduation(from: u16, to: u16, person: &Person) -> Met {
    match person.graduation {
        None => unknown(weight::CONDITION),
        Some((first, last)) if first <= to && last >= from => met(weight::CONDITION),
        Some(_) => knockout(weight::CONDITION),
    }
}

/// It is enough to be allowed in one of the countries.
fn authorisation(said: Option<Sponsorship>, countries: Countries<'_>, person: &Person) -> Met {
    let may = countries
        .iter()
        .filter_map(|country| person.authorisation.get(&country));
    let best = may.copied().min_by_key(|may| match may {
        Authorisation::Unlimited => 0,
        Authorisation::Permit => 1,
        Authorisation::NeedsSponsor => 2,
    });
    let weight = weight::CONDITION;
    match (said, best) {
        (Some(Sponsorship::Offered), _) => Met {
            reason: Reason::Open,
            ..met(weight)
        },
        (_, None) => unknown(weight),
        (_, Some(Authorisation::Unlimited)) => met(weight),
        (Some(Sponsorship::CitizensOnly), Some(_)) => knockout(weight),
        (_, Some(Authorisation::Permit)) => met(weight),
        (Some(_), Some(Authorisation::NeedsSponsor)) => knockout(weight),
        (None, Some(Authorisation::NeedsSponsor)) => Met {
            reason: Reason::Ask,
            ..unknown(weight)
        },
    }
}

/// Work on site must be in a country that the person aims at; remote work must be open to where the person lives.
fn place(remote: bool, countries: Countries<'_>, person: &Person) -> Met {
    let weight = weight::PLACE;
    let among = |wanted: &[u16]| countries.iter().any(|country| wanted.contains(&country));
    if remote {
        return match person.home {
            Some(home) if among(&[home]) => met(weight),
            _ if among(&person.countries) => met(weight),
            // Where remote work is not welcome, or done from elsewhere, one may still move.
            _ => unknown(weight),
        };
    }
    if person.countries.is_empty() {
        return Met {
            reason: Reason::Open,
            ..met(weight)
        };
    }
    if among(&person.countries) {
        met(weight)
    } else {
        knockout(weight)
    }
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
