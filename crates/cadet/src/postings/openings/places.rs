//! The places of a posting for comparison, and how those of two go together. Pure.

use serde::{Deserialize, Serialize};

use crate::postings::model::{Location, Workplace};
use crate::postings::normalise::text::fold_words;

/// Where a posting is. Lists are sorted and without repetition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// Cities, folded; where no city is named, the region or what was written.
    pub spots: Vec<String>,
    /// Regions with their country: `US-MA`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    /// Countries, ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Whether the work is done at home.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub remote: bool,
    /// Whether it only says that there are several: `Multiple locations`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub several: bool,
    /// As written, folded.
    pub written: String,
}

/// How the places of two postings go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same.
    Same,
    /// Some are the same.
    Overlap,
    /// Both at home.
    Remote,
    /// One says only that there are several.
    Several,
    /// One says no more than a country, or nothing.
    Unknown,
    /// One place each, in one region.
    Near,
    /// Others.
    Apart,
}

impl Places {
    /// The places of a posting.
    #[must_use]
    pub fn of(locations: &[Location], workplace: Option<Workplace>) -> Self {
        let mut places = Self {
            remote: workplace == Some(Workplace::Remote),
            ..Self::default()
        };
        let mut written = Vec::new();
        for location in locations {
            let text = fold_words(&location.text);
            places.add(location, &text);
            written.push(text);
        }
        places.written = written.join("; ");
        for list in [
            &mut places.spots,
            &mut places.regions,
            &mut places.countries,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        places
    }

    fn add(&mut self, location: &Location, text: &str) {
        let country = location.country.clone().unwrap_or_default();
        self.countries.extend(location.country.clone());
        if let Some(region) = &location.region {
            self.regions.push(format!("{country}-{region}"));
        }
        let words = || text.split(' ');
        if let Some(city) = &location.city {
            self.spots.push(fold_words(city));
        } else if words().any(|word| word == "remote") {
            self.remote = true;
        } else if words().any(|word| ["multiple", "various", "several"].contains(&word)) {
            self.several = true;
        } else if let Some(region) = &location.region {
            self.spots.push(format!("{country}-{region}"));
        } else if location.country.is_none() && !text.is_empty() {
            self.spots.push(text.to_owned());
        }
    }

    /// Whether `word` is part of a place's name.
    #[must_use]
    pub fn name(&self, word: &str) -> bool {
        self.spots
            .iter()
            .any(|spot| spot.split(' ').any(|part| part == word))
            || self.written.split([' ', ';']).any(|part| part == word)
    }

    /// How the places of two postings go together.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Relation {
        let shared = |one: &[String], two: &[String]| one.iter().any(|part| two.contains(part));
        let countries_agree = self.countries.is_empty()
            || other.countries.is_empty()
            || shared(&self.countries, &other.countries);
        if !self.spots.is_empty() && self.spots == other.spots {
            return Relation::Same;
        }
        if shared(&self.spots, &other.spots) {
            return Relation::Overlap;
        }
        if !countries_agree {
            return Relation::Apart;
        }
        if self.several || other.several {
            return Relation::Several;
        }
        if self.remote && other.remote {
            return Relation::Remote;
        }
        if self.spots.is_empty() || other.spots.is_empty() {
            return Relation::Unknown;
        }
        let one_each = self.spots.len() == 1 && other.spots.len() == 1;
        if one_each && shared(&self.regions, &other.regions) {
            return Relation::Near;
        }
        Relation::Apart
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postings::normalise::place::places;
    use crate::postings::sources::model::RawLocation;

    fn relation(one: &str, two: &str) -> Relation {
        let read = |text: &str| {
            let raw = RawLocation {
                text: Some(text.to_owned()),
                ..RawLocation::default()
            };
            Places::of(&places(&[raw]), None)
        };
        assert_eq!(
            read(one).compare(&read(two)),
            read(two).compare(&read(one)),
            "{one} / {two} is told both ways"
        );
        read(one).compare(&read(two))
    }

    #[test]
    fn spellings_of_one_place_are_the_same() {
        assert_eq!(relation("NYC", "New York, NY"), Relation::Same);
        assert_eq!(relation("Berlin", "Berlin, Germany"), Relation::Same);
        assert_eq!(
            relation("Austin, TX; Boston, MA", "Boston, MA; Austin, TX"),
            Relation::Same
        );
    }

    #[test]
    fn what_is_shared_and_what_is_not_is_told() {
        assert_eq!(
            relation("Austin, TX; Boston, MA", "Boston, MA"),
            Relation::Overlap
        );
        assert_eq!(relation("Boston, MA", "Cambridge, MA"), Relation::Near);
        assert_eq!(relation("Boston, MA", "Austin, TX"), Relation::Apart);
        assert_eq!(
            relation("Boston, MA", "Multiple Locations"),
            Relation::Several
        );
        assert_eq!(relation("Boston, MA", "United States"), Relation::Unknown);
        assert_eq!(relation("Boston, MA", "Germany"), Relation::Apart);
        assert_eq!(relation("Remote in USA", "Remote"), Relation::Remote);
    }
}
