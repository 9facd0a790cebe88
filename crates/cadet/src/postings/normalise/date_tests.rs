//! Dates as sources write them.

use proptest::prelude::*;

use super::*;

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z"
        .parse::<jiff::Timestamp>()
        .unwrap()
        .into()
}

fn past(text: &str) -> Option<(String, bool, bool)> {
    dated(&RawDate::Text(text.to_owned()), Purpose::Past, now())
        .map(|dated| (dated.at.to_string(), dated.zone_known, dated.day_only))
}

#[test]
fn each_form_is_read_with_what_is_known_of_its_zone() {
    for (text, at, zone_known, day_only) in [
        ("2026-11-01", "2026-11-01T00:00:00Z", false, true),
        ("2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z", true, false),
        (
            "2026-07-29T08:50:01-04:00",
            "2026-07-29T12:50:01Z",
            true,
            false,
        ),
        (
            "2026-11-01T10:00:00+0100",
            "2026-11-01T09:00:00Z",
            true,
            false,
        ),
        (
            "2026-11-01 10:00:00 UTC",
            "2026-11-01T10:00:00Z",
            true,
            false,
        ),
        ("2026-11-01T10:00:00", "2026-11-01T10:00:00Z", false, false),
        ("2026-11-01 10:00:00", "2026-11-01T10:00:00Z", false, false),
        (
            "Sun, 01 Nov 2026 10:00:00 +0000",
            "2026-11-01T10:00:00Z",
            true,
            false,
        ),
        (
            "Sun, 01 Nov 2026 10:00:00 GMT",
            "2026-11-01T10:00:00Z",
            true,
            false,
        ),
        ("November 1, 2026", "2026-11-01T00:00:00Z", false, true),
        ("1. November 2026", "2026-11-01T00:00:00Z", false, true),
        (
            "1 de noviembre de 2026",
            "2026-11-01T00:00:00Z",
            false,
            true,
        ),
        ("01.11.2026", "2026-11-01T00:00:00Z", false, true),
        ("10/25/2026", "2026-10-25T00:00:00Z", false, true),
    ] {
        assert_eq!(
            past(text),
            Some((at.to_owned(), zone_known, day_only)),
            "{text}"
        );
    }
}

#[test]
fn dates_that_make_no_sense_are_none() {
    for text in [
        "9999-12-31",
        "0001-01-01T00:00:00Z",
        "1970-01-01",
        "soon",
        "",
        "2026-02-30",
        "03/04/2026",
        "9999-12-31T23:59:59Z",
        "2027-06-01",
    ] {
        assert_eq!(past(text), None, "{text}");
    }
    for raw in [
        RawDate::Seconds(0),
        RawDate::Millis(0),
        RawDate::Seconds(i64::MAX),
        RawDate::Millis(i64::MIN),
        RawDate::Seconds(-1),
    ] {
        assert_eq!(dated(&raw, Purpose::Past, now()), None, "{raw:?}");
        assert_eq!(dated(&raw, Purpose::Deadline, now()), None, "{raw:?}");
    }
}

#[test]
fn a_slightly_future_date_is_held_to_now() {
    assert_eq!(
        past("2026-11-24").map(|(at, ..)| at),
        Some(now().to_string())
    );
}

#[test]
fn seconds_and_milliseconds_are_told_apart_by_size() {
    let expected = dated(&RawDate::Seconds(1_790_000_000), Purpose::Past, now());
    assert!(expected.is_some());
    assert_eq!(
        dated(&RawDate::Millis(1_790_000_000), Purpose::Past, now()),
        expected
    );
    assert_eq!(
        dated(&RawDate::Seconds(1_790_000_000_000), Purpose::Past, now()),
        expected
    );
}

#[test]
fn a_deadline_stands_at_the_end_of_its_day() {
    let deadline = dated(
        &RawDate::Text("2027-01-15".to_owned()),
        Purpose::Deadline,
        now(),
    )
    .unwrap();
    assert_eq!(deadline.at.to_string(), "2027-01-15T23:59:59.999Z");
    assert_eq!(
        day_in_words("apply by 15 January 2027.", now()),
        Some(deadline)
    );
}

#[test]
fn a_last_day_written_as_its_first_instant_ends_with_that_day() {
    for (text, at, zone_known) in [
        (
            "2027-01-15T00:00:00+01:00",
            "2027-01-15T22:59:59.999Z",
            true,
        ),
        (
            "2027-01-15T00:00:00-08:00",
            "2027-01-16T07:59:59.999Z",
            true,
        ),
        ("2027-01-15T00:00:00Z", "2027-01-15T23:59:59.999Z", false),
        ("2027-01-15T00:00", "2027-01-15T23:59:59.999Z", false),
        ("2027-01-15T17:00:00+01:00", "2027-01-15T16:00:00Z", true),
    ] {
        let raw = RawDate::Text(text.to_owned());
        let deadline = dated(&raw, Purpose::Deadline, now()).unwrap();
        let told = (deadline.at.to_string(), deadline.zone_known);
        assert_eq!(told, (at.to_owned(), zone_known), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "([0-9]{1,4}|[-/.: T+Z]|Jan|de|\\PC){0,14}") {
        let _ = past(&text);
        let _ = day_in_words(&text, now());
    }
}
