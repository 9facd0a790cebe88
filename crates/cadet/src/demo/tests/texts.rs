//! Counts, texts and what changes between the polls.

use std::collections::{BTreeMap, BTreeSet};

use super::{TODAY_MS, is_backend_internship, open_at, world};
use crate::demo::{
    World,
    content::Content,
    model::{Level, Part, Poll, Venue},
    openings::Hire,
    wire::markup::plain,
};

#[test]
fn there_are_enough_employers_openings_and_backend_internships() {
    let world = world();
    let open = open_at(&world, Poll::First);
    let internships = open
        .iter()
        .filter(|opening| is_backend_internship(opening))
        .count();
    let countries: BTreeSet<&str> = world
        .employers
        .iter()
        .flat_map(|employer| &employer.cities)
        .map(|place| place.country.as_str())
        .collect();
    assert!(
        world.employers.len() >= 45,
        "{} employers",
        world.employers.len()
    );
    assert!(countries.len() >= 14, "{countries:?}");
    assert!(open.len() >= 650, "{} openings", open.len());
    assert!(internships >= 170, "{internships} backend internships");
}

#[test]
fn backend_internships_come_in_seven_languages_and_many_countries() {
    let world = world();
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    let mut countries = BTreeSet::new();
    for opening in open_at(&world, Poll::First)
        .into_iter()
        .filter(|opening| is_backend_internship(opening))
    {
        *languages.entry(&opening.language).or_default() += 1;
        countries.insert(opening.places[0].country.clone());
    }
    assert_eq!(
        languages.keys().copied().collect::<Vec<_>>(),
        ["de", "en", "es", "fr", "nl", "pl", "pt"]
    );
    assert!(
        ["de", "es", "fr", "pt"]
            .iter()
            .all(|language| languages[language] >= 12),
        "{languages:?}"
    );
    assert!(countries.len() >= 20, "{countries:?}");
}

#[test]
fn every_text_is_in_the_language_that_it_claims() {
    let world = world();
    for opening in &world.openings {
        let text = plain(opening, Poll::First);
        let found = whatlang::detect_lang(&text)
            .and_then(|lang| isolang::Language::from_639_3(lang.code()));
        let found = found.and_then(|language| language.to_639_1());
        assert_eq!(
            found,
            Some(opening.language.as_str()),
            "{}:\n{text}",
            opening.key
        );
    }
}

#[test]
fn every_description_is_long_enough_and_has_no_empty_slot() {
    let world = world();
    for opening in &world.openings {
        for poll in [Poll::First, Poll::Second] {
            let text = plain(opening, poll);
            assert!(
                text.chars().count() >= 700,
                "{}: {} characters",
                opening.key,
                text.chars().count()
            );
            assert!(!text.contains(['{', '}']), "{}: {text}", opening.key);
            assert!(
                !text.contains("\n\n\n") && !text.contains("- \n"),
                "{}: {text}",
                opening.key
            );
        }
        assert!(
            !opening.title.contains(['{', '}']) && opening.title.trim() == opening.title,
            "{}",
            opening.title
        );
    }
}

#[test]
fn no_text_repeats_between_employers_even_without_the_part_about_the_employer() {
    let world = world();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for opening in &world.openings {
        let body: Vec<_> = opening
            .text
            .iter()
            .filter(|section| {
                matches!(
                    section.part,
                    Part::Role | Part::Tasks | Part::Must | Part::Nice
                )
            })
            .map(|section| (&section.paragraphs, &section.bullets))
            .collect();
        let other = seen.entry(format!("{body:?}")).or_insert(opening.employer);
        assert_eq!(
            *other, opening.employer,
            "{} repeats another employer's text",
            opening.key
        );
    }
}

#[test]
fn internships_state_their_term_and_most_of_them_their_pay() {
    let world = world();
    let internships: Vec<_> = world
        .openings
        .iter()
        .filter(|opening| opening.level == Level::Intern)
        .collect();
    assert!(internships.iter().all(|opening| opening.term.is_some()));
    let paid = internships
        .iter()
        .filter(|opening| opening.pay.is_some())
        .count();
    assert!(
        paid * 2 > internships.len(),
        "{paid} of {}",
        internships.len()
    );
    let dated = internships
        .iter()
        .filter(|opening| opening.deadline.is_some())
        .count();
    assert!(
        dated * 3 > internships.len(),
        "{dated} of {}",
        internships.len()
    );
    let unpaid = internships
        .iter()
        .filter(|opening| plain(opening, Poll::First).contains("unpaid"))
        .count();
    assert!(unpaid >= 3, "{unpaid} unpaid ones in English");
}

#[test]
fn titles_that_only_look_like_internships_or_backend_work_are_there() {
    let world = world();
    for title in [
        "Front End Associate",
        "Back End Stocker",
        "Internal Auditor",
        "International Sales Manager",
        "Intern Conversion Specialist",
        "Internship Programme Manager",
        "New Grad Software Engineer",
        "Senior Backend Engineer",
    ] {
        assert!(
            world.openings.iter().any(|opening| opening.title == title),
            "{title}"
        );
    }
}

#[test]
fn the_same_moment_gives_the_same_world_and_ids_are_unique() {
    let (one, two) = (World::build(TODAY_MS), World::build(TODAY_MS));
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
    let numbers: BTreeSet<u64> = one.openings.iter().map(|opening| opening.number).collect();
    let uuids: BTreeSet<&str> = one
        .openings
        .iter()
        .map(|opening| opening.uuid.as_str())
        .collect();
    assert_eq!(
        (numbers.len(), uuids.len()),
        (one.openings.len(), one.openings.len())
    );
    assert!(
        one.openings
            .iter()
            .all(|opening| opening.published_ms < TODAY_MS && opening.updated_ms < TODAY_MS)
    );
}

#[test]
fn the_second_poll_closes_opens_and_changes_openings() {
    let world = world();
    let count = |fate: fn(&&crate::demo::model::Opening) -> bool| {
        world.openings.iter().filter(fate).count()
    };
    assert!(count(|opening| opening.open == (true, false)) >= 20);
    assert!(count(|opening| opening.open == (false, true) && is_backend_internship(opening)) >= 5);
    let changed = count(|opening| plain(opening, Poll::First) != plain(opening, Poll::Second));
    assert!(changed >= 20, "{changed} texts change");
    assert!(open_at(&world, Poll::Second).len() >= 650);
}

#[test]
fn every_line_of_the_content_can_be_used() {
    let content = Content::load();
    for employer in &content.employers {
        for line in &employer.hires {
            let hire =
                Hire::parse(line, employer).unwrap_or_else(|| panic!("{}: {line}", employer.id));
            assert!(
                content.roles[hire.language.as_str()].contains_key(&hire.family),
                "{}: {line}",
                employer.id
            );
            assert!(
                employer.about.contains_key(&hire.language),
                "{}: no text in {}",
                employer.id,
                hire.language
            );
            assert!(
                employer.projects.contains_key(&hire.language),
                "{}: no project in {}",
                employer.id,
                hire.language
            );
        }
    }
}

#[test]
fn openings_are_seen_in_several_places() {
    let world = world();
    for (venue, least) in [
        (Venue::AmericasList, 80),
        (Venue::EuropeList, 60),
        (Venue::BackendFeed, 30),
        (Venue::RemoteFeed, 25),
        (Venue::CampusFeed, 10),
    ] {
        let count = world.seen_in(venue).count();
        assert!(count >= least, "{venue:?}: {count}");
    }
    let cities = world
        .openings
        .iter()
        .filter(|opening| opening.places.len() > 1)
        .count();
    assert!(cities >= 100, "{cities} openings in several cities");
}
