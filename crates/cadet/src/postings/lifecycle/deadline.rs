//! When a last day to apply is over: at its end, in the zone of the posting, and never too early. Pure.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::tz::{Offset, TimeZone};

use crate::clock::Timestamp;
use crate::postings::model::{Dated, Location, NormalPosting};

const ZONES: &str = include_str!("../../../../../content/places/zones.tsv");

/// Country and region (empty: the country as a whole) to the zone in which its day ends last.
static TABLE: LazyLock<HashMap<(&'static str, &'static str), &'static str>> = LazyLock::new(|| {
    ZONES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some(((fields.next()?, fields.next()?), fields.next()?))
        })
        .collect()
});

impl NormalPosting {
    /// The instant at which applications end, if a last day is known.
    #[must_use]
    pub fn closes_at(&self) -> Option<Timestamp> {
        Some(closes_at(self.deadline?, &self.locations))
    }
}

/// The instant at which applications end.
///
/// A deadline whose source stated the offset stands as it is. One without is read on the clocks of the posting's places:
/// of several places, or of a country with several zones, the one where it comes last. Where nothing is known of the
/// place it holds until the day is over everywhere on earth.
#[must_use]
pub fn closes_at(deadline: Dated, places: &[Location]) -> Timestamp {
    if deadline.zone_known {
        return deadline.at;
    }
    let local = TimeZone::UTC.to_datetime(deadline.at.to_jiff());
    let instant = |zone: TimeZone| local.to_zoned_datetime(zone).ok();
    places
        .iter()
        .filter_map(zone_of)
        .filter_map(instant)
        .max()
        .or_else(|| instant(last_on_earth()))
        .map_or(deadline.at, |zoned| zoned.timestamp().into())
}

/// The zone of a place in which its day ends last.
fn zone_of(place: &Location) -> Option<TimeZone> {
    let country = place.country.as_deref()?;
    let region = place.region.as_deref().unwrap_or("");
    let name = TABLE
        .get(&(country, region))
        .or_else(|| TABLE.get(&(country, "")))?;
    // Without the system's table of zones the day is held open rather than closed too early.
    Some(TimeZone::get(name).unwrap_or_else(|_| last_on_earth()))
}

/// Twelve hours behind UTC, where a day is over last.
fn last_on_earth() -> TimeZone {
    TimeZone::fixed(Offset::constant(-12))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(zone_known: bool) -> Dated {
        Dated {
            at: at("2027-01-15T23:59:59.999Z"),
            zone_known,
            day_only: true,
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse::<jiff::Timestamp>().expect("an instant").into()
    }

    fn place(country: &str, region: &str) -> Location {
        Location {
            text: country.into(),
            city: None,
            region: (!region.is_empty()).then(|| region.into()),
            country: (!country.is_empty()).then(|| country.into()),
        }
    }

    #[test]
    fn a_day_ends_at_midnight_of_the_place() {
        let closes = closes_at(day(false), &[place("DE", "")]);
        assert_eq!(closes, at("2027-01-15T22:59:59.999Z"));
        let closes = closes_at(day(false), &[place("IN", "")]);
        assert_eq!(closes, at("2027-01-15T18:29:59.999Z"));
    }

    #[test]
    fn a_country_with_several_zones_ends_its_day_in_the_last_of_them() {
        let closes = closes_at(day(false), &[place("US", "")]);
        assert_eq!(closes, at("2027-01-16T09:59:59.999Z"));
    }

    #[test]
    fn a_known_region_narrows_the_zone() {
        let closes = closes_at(day(false), &[place("US", "NY")]);
        assert_eq!(closes, at("2027-01-16T04:59:59.999Z"));
    }

    #[test]
    fn of_several_places_the_last_one_counts() {
        let closes = closes_at(
            day(false),
            &[place("DE", ""), place("US", "CA"), place("", "")],
        );
        assert_eq!(closes, at("2027-01-16T07:59:59.999Z"));
    }

    #[test]
    fn without_a_place_it_holds_until_the_day_is_over_everywhere() {
        assert_eq!(closes_at(day(false), &[]), at("2027-01-16T11:59:59.999Z"));
        let remote = [place("", "")];
        assert_eq!(
            closes_at(day(false), &remote),
            at("2027-01-16T11:59:59.999Z")
        );
    }

    #[test]
    fn a_stated_offset_is_kept() {
        assert_eq!(
            closes_at(day(true), &[place("US", "")]),
            at("2027-01-15T23:59:59.999Z")
        );
    }

    #[test]
    fn a_time_that_does_not_exist_where_clocks_go_forward_is_no_panic() {
        let deadline = Dated {
            at: at("2027-03-28T02:30:00Z"),
            zone_known: false,
            day_only: false,
        };
        assert_eq!(
            closes_at(deadline, &[place("DE", "")]),
            at("2027-03-28T01:30:00Z")
        );
        let never = Dated {
            at: Timestamp(i64::MAX),
            ..deadline
        };
        let _ = closes_at(never, &[place("DE", "")]);
    }

    #[test]
    fn every_zone_of_the_table_exists() {
        assert!(TABLE.len() > 200);
        for ((country, region), zone) in TABLE.iter() {
            assert!(TimeZone::get(zone).is_ok(), "{country} {region}: {zone}");
        }
    }
}
