//! Requirements in a compact form, which one profile is compared with by the hundred thousand.
//!
//! The form is a sequence of bytes without padding: a head (how much backend work, whether an internship), then the items in the
//! order of the requirements. A skill is its place in the taxonomy, so the form belongs to one taxonomy; [`rules`] names it
//! together with the rules by which requirements are read, and what is stored under other rules is made anew.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use super::model::{Asked, Need, Requirement};
use crate::postings::model::{BackendGrade, Degree, NormalPosting, Sponsorship};
use crate::skills::{SkillId, Taxonomy};

/// Raised when requirements are read otherwise, or when the form changes.
const VERSION: u32 = 1;

/// A country in two letters as a number.
pub type Country = u16;

/// Under which rules stored requirements were read.
#[must_use]
pub fn rules() -> &'static str {
    static RULES: LazyLock<String> = LazyLock::new(|| {
        let mut hash = Sha256::new();
        hash.update(VERSION.to_le_bytes());
        for skill in Taxonomy::bundled().skills() {
            hash.update(skill.id.as_str());
            hash.update([0]);
        }
        let digest = hash.finalize();
        digest[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    });
    &RULES
}

/// The place of a skill in the taxonomy.
#[must_use]
pub fn place_of(skill: &SkillId) -> Option<u16> {
    let skills = Taxonomy::bundled().skills();
    let at = skills.binary_search_by(|one| one.id.cmp(skill)).ok()?;
    u16::try_from(at).ok()
}

/// Two letters as a number.
#[must_use]
pub fn country(code: &str) -> Option<Country> {
    match code.to_ascii_uppercase().as_bytes() {
        [one, two] if one.is_ascii_uppercase() && two.is_ascii_uppercase() => {
            Some(u16::from_be_bytes([*one, *two]))
        }
        _ => None,
    }
}

/// A number as two letters.
#[must_use]
pub fn country_code(country: Country) -> String {
    country.to_be_bytes().map(char::from).iter().collect()
}

/// What kind of work it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How much backend work.
    pub backend: BackendGrade,
    /// Whether it is an internship.
    pub internship: bool,
}

/// One item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item<'n> {
    /// One of these skills.
    Skills(Need, Places<'n>),
    /// So many years at least.
    Years(Need, u8),
    /// At least this degree, as its rank.
    Degree(u8),
    /// Graduating between two months, each the number of months since the year 0; 0 and the largest number where none is named.
    Graduation(u16, u16),
    /// The right to work in one of these countries.
    Authorisation(Option<Sponsorship>, Countries<'n>),
    /// A clearance.
    Clearance,
    /// Being in one of these countries; whether it is remote work.
    Place(bool, Countries<'n>),
}

/// Numbers in a sequence of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers<'n>(&'n [u8]);
/// Places of skills in the taxonomy.
pub type Places<'n> = Numbers<'n>;
/// Countries.
pub type Countries<'n> = Numbers<'n>;

impl<'n> Numbers<'n> {
    /// The numbers.
    pub fn iter(self) -> impl Iterator<Item = u16> + 'n {
        self.0
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

/// A degree's rank, from 1; the same scale for what is asked for and what is held.
#[must_use]
pub const fn rank(degree: Degree) -> u8 {
    match degree {
        Degree::None => 0,
        Degree::Vocational => 1,
        Degree::Associate => 2,
        Degree::Bachelor => 3,
        Degree::Master => 4,
        Degree::Doctorate => 5,
    }
}

/// `2027-06` as a number of months.
#[must_use]
pub fn month(text: &str) -> Option<u16> {
    let (year, month) = text.split_once('-')?;
    let (year, month): (u16, u16) = (year.parse().ok()?, month.get(..2)?.parse().ok()?);
    (year < 5_000 && (1..=12).contains(&month)).then(|| year * 12 + month)
}

/// The compact form of a posting's requirements, in their order.
#[must_use]
pub fn encode(posting: &NormalPosting, requirements: &[Requirement]) -> Vec<u8> {
    let grade = match posting.backend_grade() {
        BackendGrade::No => 0,
        BackendGrade::Plausible => 1,
        BackendGrade::Explicit => 2,
    };
    let mut bytes = vec![1 | grade << 1 | u8::from(posting.is_internship()) << 3];
    for one in requirements {
        item(&one.asked, one.need, &mut bytes);
    }
    bytes
}

const TAG_SKILLS: u8 = 0;
const TAG_YEARS: u8 = 1;
const TAG_DEGREE: u8 = 2;
const TAG_GRADUATION: u8 = 3;
const TAG_AUTHORISATION: u8 = 4;
const TAG_CLEARANCE: u8 = 5;
const TAG_PLACE: u8 = 6;
/// Beside a tag: it is only welcome.
const NICE: u8 = 0x80;

fn item(asked: &Asked, need: Need, bytes: &mut Vec<u8>) {
    let nice = if need == Need::Nice { NICE } else { 0 };
    match asked {
        Asked::Skill { any_of } => {
            bytes.push(TAG_SKILLS | nice);
            numbers(any_of.iter().filter_map(place_of), bytes);
        }
        Asked::Years { at_least } => bytes.extend([TAG_YEARS | nice, *at_least]),
        Asked::Degree { at_least } => bytes.extend([TAG_DEGREE, rank(*at_least)]),
        Asked::Graduation { from, to } => {
            let end = |named: &Option<String>, none: u16| {
                named.as_deref().and_then(month).unwrap_or(none)
            };
            bytes.push(TAG_GRADUATION);
            bytes.extend(end(from, 0).to_le_bytes());
            bytes.extend(end(to, u16::MAX).to_le_bytes());
        }
        Asked::Authorisation { countries, said } => {
            bytes.extend([TAG_AUTHORISATION, said_code(*said)]);
            numbers(countries.iter().filter_map(|code| country(code)), bytes);
        }
        Asked::Clearance => bytes.push(TAG_CLEARANCE),
        Asked::Place { countries, remote } => {
            bytes.extend([TAG_PLACE, u8::from(*remote)]);
            numbers(countries.iter().filter_map(|code| country(code)), bytes);
        }
    }
}

fn numbers(all: impl Iterator<Item = u16>, bytes: &mut Vec<u8>) {
    let at = bytes.len();
    bytes.push(0);
    let mut count = 0_u8;
    for number in all.take(usize::from(u8::MAX)) {
        bytes.extend(number.to_le_bytes());
        count += 1;
    }
    bytes[at] = count;
}

const fn said_code(said: Option<Sponsorship>) -> u8 {
    match said {
        None => 0,
        Some(Sponsorship::Offered) => 1,
        Some(Sponsorship::NotOffered) => 2,
        Some(Sponsorship::CitizensOnly) => 3,
        Some(Sponsorship::AuthorisationRequired) => 4,
    }
}

/// The head, and the items behind it; nothing for a posting that is not open, which has no bytes.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<(Head, Items<'_>)> {
    let (head, rest) = bytes.split_first()?;
    let backend = match head >> 1 & 0b11 {
        0 => BackendGrade::No,
        1 => BackendGrade::Plausible,
        _ => BackendGrade::Explicit,
    };
    let internship = head >> 3 & 1 == 1;
    Some((
        Head {
            backend,
            internship,
        },
        Items(rest),
    ))
}

/// Reads items one after another; bytes that are none end it.
#[derive(Clone, Copy, Debug)]
pub struct Items<'n>(&'n [u8]);

impl<'n> Items<'n> {
    fn take(&mut self, count: usize) -> Option<&'n [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u16> {
        let pair = self.take(2)?;
        Some(u16::from_le_bytes([pair[0], pair[1]]))
    }

    fn list(&mut self) -> Option<Numbers<'n>> {
        let count = self.byte()?;
        self.take(usize::from(count) * 2).map(Numbers)
    }
}

impl<'n> Iterator for Items<'n> {
    type Item = Item<'n>;

    fn next(&mut self) -> Option<Item<'n>> {
        let tag = self.byte()?;
        let need = if tag & NICE == 0 {
            Need::Must
        } else {
            Need::Nice
        };
        Some(match tag & !NICE {
            TAG_SKILLS => Item::Skills(need, self.list()?),
            TAG_YEARS => Item::Years(need, self.byte()?),
            TAG_DEGREE => Item::Degree(self.byte()?),
            TAG_GRADUATION => Item::Graduation(self.number()?, self.number()?),
            TAG_AUTHORISATION => {
                let said = match self.byte()? {
                    1 => Some(Sponsorship::Offered),
                    2 => Some(Sponsorship::NotOffered),
                    3 => Some(Sponsorship::CitizensOnly),
                    4 => Some(Sponsorship::AuthorisationRequired),
                    _ => None,
                };
                Item::Authorisation(said, self.list()?)
            }
            TAG_CLEARANCE => Item::Clearance,
            TAG_PLACE => Item::Place(self.byte()? == 1, self.list()?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_have_their_place_in_the_taxonomy() {
        let skills = Taxonomy::bundled().skills();
        assert!(skills.is_sorted_by(|one, next| one.id < next.id));
        for (at, skill) in skills.iter().enumerate() {
            assert_eq!(place_of(&skill.id).map(usize::from), Some(at));
        }
    }

    #[test]
    fn countries_and_months_are_numbers_and_back() {
        assert_eq!(country("de").map(country_code).as_deref(), Some("DE"));
        assert_eq!(
            (country("D"), country("D1"), country("")),
            (None, None, None)
        );
        assert_eq!(month("2027-06"), Some(2027 * 12 + 6));
        assert_eq!(
            (month("2027"), month("2027-13"), month("x-01")),
            (None, None, None)
        );
    }

    #[test]
    fn bytes_that_are_no_items_end_the_reading() {
        for length in 0..6_usize {
            let bytes: Vec<u8> = (0..length).map(|at| [9, 0, 200, 1, 4, 3][at]).collect();
            let count = decode(&bytes).map_or(0, |(_, items)| items.count());
            assert!(count <= length);
        }
    }
}
