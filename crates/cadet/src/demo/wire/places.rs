//! How places are written: in full, in the manner of American lists, and in English.

use super::super::{model::Place, world::World};

/// Regions that are usually abbreviated.
const REGIONS: [(&str, &str); 22] = [
    ("Alberta", "AB"),
    ("Arizona", "AZ"),
    ("British Columbia", "BC"),
    ("California", "CA"),
    ("Colorado", "CO"),
    ("Georgia", "GA"),
    ("Illinois", "IL"),
    ("Massachusetts", "MA"),
    ("Minnesota", "MN"),
    ("Missouri", "MO"),
    ("Nebraska", "NE"),
    ("New South Wales", "NSW"),
    ("New York", "NY"),
    ("North Carolina", "NC"),
    ("Ohio", "OH"),
    ("Ontario", "ON"),
    ("Oregon", "OR"),
    ("Québec", "QC"),
    ("Texas", "TX"),
    ("Victoria", "VIC"),
    ("Washington", "WA"),
    ("Tennessee", "TN"),
];

/// Cities that English texts call by another name.
const ENGLISH: [(&str, &str); 16] = [
    ("Bruxelles", "Brussels"),
    ("Ciudad de México", "Mexico City"),
    ("Gdańsk", "Gdansk"),
    ("Gent", "Ghent"),
    ("Göteborg", "Gothenburg"),
    ("Kraków", "Krakow"),
    ("Köln", "Cologne"),
    ("Lisboa", "Lisbon"),
    ("Montréal", "Montreal"),
    ("München", "Munich"),
    ("Málaga", "Malaga"),
    ("São Paulo", "Sao Paulo"),
    ("Warszawa", "Warsaw"),
    ("Wien", "Vienna"),
    ("Wrocław", "Wroclaw"),
    ("Zürich", "Zurich"),
];

/// The region's usual abbreviation, or the region.
pub fn region_code(place: &Place) -> &str {
    REGIONS
        .iter()
        .find(|(name, _)| *name == place.region)
        .map_or(&place.region, |(_, code)| code)
}

/// The English name of the country, or its code.
pub fn country_name<'a>(world: &'a World, place: &'a Place) -> &'a str {
    world
        .countries
        .get(&place.country)
        .unwrap_or(&place.country)
}

/// As boards write it: `Boston, MA` or `München, Germany`.
pub fn short(world: &World, place: &Place) -> String {
    match place.country.as_str() {
        "US" => format!("{}, {}", place.city, region_code(place)),
        "CA" | "AU" => format!(
            "{}, {}, {}",
            place.city,
            region_code(place),
            country_name(world, place)
        ),
        "SG" => place.city.clone(),
        _ => format!("{}, {}", place.city, country_name(world, place)),
    }
}

/// As English lists write it: `Boston, MA`, `London, UK`, `Munich, Germany`.
pub fn listed(world: &World, place: &Place) -> String {
    let city = ENGLISH
        .iter()
        .find(|(name, _)| *name == place.city)
        .map_or(place.city.as_str(), |(_, english)| english);
    if place.country == "GB" {
        return format!("{city}, UK");
    }
    short(
        world,
        &Place {
            city: city.to_owned(),
            ..place.clone()
        },
    )
}
