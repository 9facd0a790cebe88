//! Places as sources write them.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Vec<(Option<String>, Option<String>, Option<String>)> {
    let raw = RawLocation {
        text: Some(text.to_owned()),
        ..RawLocation::default()
    };
    places(&[raw])
        .into_iter()
        .map(|place| (place.city, place.region, place.country))
        .collect()
}

fn assert_places(text: &str, expected: &[(&str, &str, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(city, region, country)| {
            let some = |part: &str| Some(part.to_owned()).filter(|part| !part.is_empty());
            (some(city), some(region), some(country))
        })
        .collect();
    assert_eq!(read(text), expected, "{text}");
}

#[test]
fn city_state_and_country_are_told_apart() {
    assert_places("San Francisco, CA", &[("San Francisco", "CA", "US")]);
    assert_places("Toronto, ON, Canada", &[("Toronto", "ON", "CA")]);
    assert_places("Berlin, Germany", &[("Berlin", "Berlin", "DE")]);
    assert_places("München", &[("Munich", "Bavaria", "DE")]);
    assert_places(
        "Bengaluru, Karnataka, India",
        &[("Bengaluru", "Karnataka", "IN")],
    );
    assert_places(
        "Seattle, Washington, United States",
        &[("Seattle", "WA", "US")],
    );
    assert_places(
        "Fort Collins, Colorado, United States of America",
        &[("Fort Collins", "CO", "US")],
    );
    assert_places("São Paulo, Brasil", &[("São Paulo", "SP", "BR")]);
    assert_places("Lyon, France", &[("Lyon", "Auvergne-Rhône-Alpes", "FR")]);
    assert_places("Poway,CA", &[("Poway", "CA", "US")]);
    assert_places("New York, New York", &[("New York", "NY", "US")]);
    assert_places("Springfield, IL", &[("Springfield", "IL", "US")]);
    assert_places("Washington, DC", &[("Washington", "DC", "US")]);
}

#[test]
fn short_names_of_cities_are_known() {
    assert_places("Sunnyvale CA", &[("Sunnyvale", "CA", "US")]);
    assert_places("San Jose US", &[("San Jose", "CA", "US")]);
    assert_places("NYC", &[("New York", "NY", "US")]);
    assert_places("SF", &[("San Francisco", "CA", "US")]);
    assert_places("SF, CA", &[("San Francisco", "CA", "US")]);
    assert_places("LA", &[("Los Angeles", "CA", "US")]);
    assert_places("Greater Boston Area", &[("Boston", "MA", "US")]);
}

#[test]
fn several_places_in_one_text_become_several() {
    assert_places(
        "SF / NYC",
        &[("San Francisco", "CA", "US"), ("New York", "NY", "US")],
    );
    assert_places(
        "Berlin; Paris; Remote",
        &[
            ("Berlin", "Berlin", "DE"),
            ("Paris", "Île-de-France", "FR"),
            ("", "", ""),
        ],
    );
    assert_places(
        "Dallas, TX or Scottsdale, AZ",
        &[("Dallas", "TX", "US"), ("Scottsdale", "AZ", "US")],
    );
    assert_places(
        "Indianapolis, IN Chicago, IL",
        &[("Indianapolis", "IN", "US"), ("Chicago", "IL", "US")],
    );
    assert_places("Trinidad and Tobago", &[("", "", "TT")]);
}

#[test]
fn a_code_of_two_meanings_is_read_by_its_city() {
    assert_places("Berlin, DE", &[("Berlin", "Berlin", "DE")]);
    assert_places("Wilmington, DE", &[("Wilmington", "DE", "US")]);
    assert_places("Bangalore, IN", &[("Bengaluru", "Karnataka", "IN")]);
    assert_places("Bloomington, IN", &[("Bloomington", "IN", "US")]);
    assert_places("Toronto, CA", &[("Toronto", "ON", "CA")]);
    assert_places("Tel Aviv, IL", &[("Tel Aviv", "", "IL")]);
    assert_places("Cambridge, MA", &[("Cambridge", "MA", "US")]);
    assert_places("Cambridge, UK", &[("Cambridge", "England", "GB")]);
    assert_places("Paris, TX", &[("Paris", "TX", "US")]);
    assert_places("London, ON", &[("London", "ON", "CA")]);
    assert_places("Vancouver, WA", &[("Vancouver", "WA", "US")]);
    assert_places("Perth, WA, Australia", &[("Perth", "WA", "AU")]);
    assert_places("Tbilisi, Georgia", &[("Tbilisi", "", "GE")]);
    assert_places("Atlanta, Georgia", &[("Atlanta", "GA", "US")]);
}

#[test]
fn nothing_is_guessed() {
    for text in [
        "Remote",
        "Georgia",
        "Cambridge",
        "Multiple Locations",
        "Hybrid",
        "3 Locations",
        "Anywhere",
        "Headquarters",
        "",
        "Various",
    ] {
        assert!(
            read(text).iter().all(|(_, _, country)| country.is_none()),
            "{text}: {:?}",
            read(text)
        );
    }
}

#[test]
fn remote_within_a_country_names_the_country() {
    for text in [
        "Remote - US",
        "Remote in USA",
        "US Remote",
        "Remote (United States)",
        "USA - Remote",
        "Remote, US",
        "Remote US",
        "United States (Remote)",
        "100% Remote - USA",
    ] {
        assert_places(text, &[("", "", "US")]);
    }
    assert_places("London, UK (Hybrid)", &[("London", "England", "GB")]);
    assert_places("Hybrid - Berlin", &[("Berlin", "Berlin", "DE")]);
    assert_places("Cary, NC Remote", &[("Cary", "NC", "US")]);
    assert_places("Remote, Canada", &[("", "", "CA")]);
    assert_places("California (Remote)", &[("", "CA", "US")]);
}

#[test]
fn country_first_forms_are_read() {
    assert_places("US, CA, Santa Clara", &[("Santa Clara", "CA", "US")]);
    assert_places("US-IL-Niles", &[("Niles", "IL", "US")]);
    assert_places("Germany - Berlin", &[("Berlin", "Berlin", "DE")]);
    assert_places("India, Bengaluru", &[("Bengaluru", "Karnataka", "IN")]);
}

#[test]
fn structured_parts_are_used_as_they_are_told() {
    let raw = RawLocation {
        text: None,
        city: Some("Munich".to_owned()),
        region: Some("Bayern".to_owned()),
        country: Some("Deutschland".to_owned()),
    };
    let place = places(&[raw]).remove(0);
    assert_eq!(
        (
            place.text.as_str(),
            place.city.as_deref(),
            place.region.as_deref(),
            place.country.as_deref()
        ),
        (
            "Munich, Bayern, Deutschland",
            Some("Munich"),
            Some("Bavaria"),
            Some("DE")
        )
    );
    let raw = RawLocation {
        city: Some("Nowhereville".to_owned()),
        country: Some("FR".to_owned()),
        ..RawLocation::default()
    };
    let place = places(&[raw]).remove(0);
    assert_eq!(
        (place.city.as_deref(), place.country.as_deref()),
        (Some("Nowhereville"), Some("FR"))
    );
}

#[test]
fn the_same_place_stands_once() {
    assert_places(
        "NYC; New York, NY; New York City",
        &[("New York", "NY", "US")],
    );
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,60}", parts in proptest::collection::vec("(US|CA|Berlin|Remote|Georgia|,|;| - |\\(|\\)|/| or |in|[A-Z]{2}|é){1}", 0..12)) {
        let joined = parts.join(" ");
        for text in [text, joined] {
            for place in read(&text) {
                prop_assert!(place.2.is_none_or(|country| country.len() == 2));
            }
        }
    }
}
