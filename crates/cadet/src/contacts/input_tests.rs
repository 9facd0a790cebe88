//! What can be typed, and what is said of what cannot be used.

use super::*;

#[test]
fn a_contact_keeps_each_address_once_and_in_lower_case() {
    let input = ContactInput {
        name: "  Mira\u{7} Okafor ".into(),
        mails: vec![
            "Mira@Example.org".into(),
            "mira@example.org ".into(),
            String::new(),
        ],
        met: "alumni".into(),
        ..ContactInput::default()
    };
    let parts = input.parse().expect("it can be used");
    assert_eq!(parts.name, "Mira Okafor");
    assert_eq!(parts.mails, ["mira@example.org"]);
    assert_eq!(parts.met, Some(Met::Alumni));
}

#[test]
fn every_field_that_cannot_be_used_is_named_at_once() {
    let input = ContactInput {
        mails: vec!["mira at example".into()],
        met: "dreamt".into(),
        ..ContactInput::default()
    };
    let Err(Error::Invalid { fields, .. }) = input.parse() else {
        panic!("it cannot be used");
    };
    let names: Vec<&str> = fields.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(names, ["name", "mails", "met"]);
}

#[test]
fn an_event_is_told_by_the_clocks_of_its_place() {
    let input = EventInput {
        name: "Backend evening".into(),
        starts: "2026-12-03 18:30".into(),
        time_zone: "Europe/Zurich".into(),
        ..EventInput::default()
    };
    let parts = input.parse("UTC").expect("it can be used");
    assert_eq!(parts.starts_at.to_string(), "2026-12-03T17:30:00Z");
    let ends_early = EventInput {
        ends: "2026-12-03 18:00".into(),
        ..input
    };
    assert!(ends_early.parse("UTC").is_err());
}

#[test]
fn a_time_that_is_none_says_how_to_write_one() {
    let told = instant("starts", "tomorrow", "UTC")
        .expect_err("no time")
        .to_string();
    assert!(told.contains("2026-12-03 18:30"), "{told}");
    assert!(instant("starts", "2026-12-03", "Mars/Base").is_err());
}
