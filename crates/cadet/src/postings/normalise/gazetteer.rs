//! The table of places that ships with Cadet (`content/places/`): names of countries, regions and cities to codes.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::text::fold_words;

const COUNTRIES: &str = include_str!("../../../../../content/places/countries.tsv");
const REGIONS: &str = include_str!("../../../../../content/places/regions.tsv");
const CITIES: &str = include_str!("../../../../../content/places/cities.tsv");

/// A city and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct City {
    /// Name as Cadet stores it.
    pub name: &'static str,
    /// Region as Cadet stores it; empty where the table names none.
    pub region: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// Whether the name alone means this city.
    pub alone: bool,
}

/// A state or province.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Code or name as Cadet stores it.
    pub code: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
}

/// Names, folded by [`fold_words`], to what they name.
#[derive(Debug, Default)]
pub struct Gazetteer {
    countries: HashMap<String, &'static str>,
    names: HashMap<&'static str, &'static str>,
    regions: HashMap<String, Vec<Region>>,
    cities: HashMap<String, Vec<City>>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::read);

/// The table.
#[must_use]
pub fn gazetteer() -> &'static Gazetteer {
    &GAZETTEER
}

impl Gazetteer {
    fn read() -> Self {
        let mut table = Self::default();
        for row in rows(COUNTRIES) {
            let (Some(&code), Some(&names)) = (row.first(), row.get(1)) else {
                continue;
            };
            table.countries.insert(fold_words(code), code);
            table
                .names
                .extend(names.split('|').next().map(|name| (code, name)));
            for name in names.split('|') {
                table.countries.insert(fold_words(name), code);
                table
                    .countries
                    .insert(fold_words(&name.replace('&', "and")), code);
            }
        }
        for row in rows(REGIONS) {
            let (Some(&country), Some(&code), Some(&names)) = (row.first(), row.get(1), row.get(2))
            else {
                continue;
            };
            let region = Region { code, country };
            for name in std::iter::once(code).chain(names.split('|')) {
                let known = table.regions.entry(fold_words(name)).or_default();
                if !known.contains(&region) {
                    known.push(region);
                }
            }
        }
        for row in rows(CITIES) {
            let (Some(&country), Some(&region), Some(&name)) =
                (row.first(), row.get(1), row.get(2))
            else {
                continue;
            };
            let stored = name.trim_end_matches('?');
            for name in std::iter::once(name)
                .chain(row.get(3).into_iter().flat_map(|names| names.split('|')))
            {
                let alone = !name.ends_with('?');
                let city = City {
                    name: stored,
                    region,
                    country,
                    alone,
                };
                let known = table.cities.entry(fold_words(name)).or_default();
                if !known.contains(&city) {
                    known.push(city);
                }
            }
        }
        table
    }

    /// The English name of a country by its code.
    #[must_use]
    pub fn country_name(&self, code: &str) -> Option<&'static str> {
        self.names.get(code).copied()
    }

    /// The country of a folded name or code.
    #[must_use]
    pub fn country(&self, folded: &str) -> Option<&'static str> {
        self.countries.get(folded).copied()
    }

    /// The regions of a folded name or code: `wa` is one in the United States and one in Australia.
    #[must_use]
    pub fn regions(&self, folded: &str) -> &[Region] {
        self.regions.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The cities of a folded name.
    #[must_use]
    pub fn cities(&self, folded: &str) -> &[City] {
        self.cities.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The city that a folded name means without its country.
    #[must_use]
    pub fn city_alone(&self, folded: &str) -> Option<City> {
        match self.cities(folded) {
            [city] if city.alone => Some(*city),
            // `Melbourne` is one; the town of that name elsewhere is marked.
            many => {
                let mut alone = many.iter().filter(|city| city.alone);
                alone.next().filter(|_| alone.next().is_none()).copied()
            }
        }
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_in_five_languages_and_by_code() {
        for name in [
            "Germany",
            "Deutschland",
            "Allemagne",
            "Alemania",
            "Alemanha",
            "DE",
            "deu",
        ] {
            assert_eq!(gazetteer().country(&fold_words(name)), Some("DE"), "{name}");
        }
        assert_eq!(gazetteer().country(&fold_words("U.S.A.")), Some("US"));
        assert_eq!(gazetteer().country(&fold_words("UK")), Some("GB"));
        assert_eq!(gazetteer().country("nowhere"), None);
    }

    #[test]
    fn every_row_is_well_formed() {
        let codes: Vec<&str> = rows(COUNTRIES).map(|row| row[0]).collect();
        assert!(codes.len() > 200 && codes.iter().all(|code| code.len() == 2));
        assert!(rows(REGIONS).all(|row| row.len() == 3 && codes.contains(&row[0])));
        let mut cities = 0;
        for row in rows(CITIES) {
            cities += 1;
            assert!(
                (3..=4).contains(&row.len()) && codes.contains(&row[0]) && !row[2].is_empty(),
                "{row:?}"
            );
        }
        assert!(cities >= 400);
    }

    #[test]
    fn a_name_of_several_cities_means_none_alone() {
        assert_eq!(gazetteer().city_alone("cambridge"), None);
        assert_eq!(
            gazetteer().city_alone("munchen").map(|city| city.name),
            Some("Munich")
        );
    }
}
