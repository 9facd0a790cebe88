//! Workday: one page of the list, dates in words, counted places, requisitions, and what a posting's own call adds.

mod addresses;
mod listing;

use proptest::prelude::*;

use super::*;
use crate::clock::Timestamp;
use crate::postings::dedup;
use crate::postings::sources::model::{Listing, RawDate, SourceErrorKind};
use crate::postings::sources::testing::{by_id, damaged, fixture, shared};

/// 2026-11-18 in UTC.
const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn page() -> Url {
    Url::parse("https://northmoor.wd5.myworkdayjobs.com/Careers").unwrap()
}

fn jobs() -> Vec<RawPosting> {
    let parsed = parse(&fixture("workday/jobs.json"), &page(), NOW).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

fn posted(id: &str) -> Option<String> {
    match by_id(&jobs(), id).posted.clone() {
        Some(RawDate::Text(day)) => Some(day),
        None => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn relative_dates_become_days_of_the_clock() {
    assert_eq!(NOW.date_string(), "2026-11-18");
    assert_eq!(posted("R-204990").as_deref(), Some("2026-11-18"));
    assert_eq!(posted("R-205000").as_deref(), Some("2026-11-17"));
    assert_eq!(posted("R-204417-1").as_deref(), Some("2026-11-13"));
}

#[test]
fn at_least_thirty_days_ago_is_no_date_nor_are_words_of_other_languages() {
    assert_eq!(posted("R-199001"), None);
    assert_eq!(posted("R-204417-2"), None);
    for words in [
        "Posted 30+ Days Ago",
        "30+ days ago",
        "",
        "Posted",
        "Posted 5 Weeks Ago",
    ] {
        assert_eq!(record::posted_on(words, NOW), None, "{words}");
    }
}

#[test]
fn a_count_of_locations_is_no_place() {
    let jobs = jobs();
    assert!(by_id(&jobs, "R-204417-1").locations.is_empty());
    assert!(by_id(&jobs, "R-205000").locations.is_empty(), "2 Standorte");
    assert_eq!(
        by_id(&jobs, "R-204990").locations[0].text.as_deref(),
        Some("Dublin, Ireland")
    );
    for text in ["75008 Paris", "1 Infinite Loop", "Building 3 Dublin"] {
        assert!(record::place(text.to_owned()).is_some(), "{text}");
    }
}

#[test]
fn a_requisition_with_numeric_suffixes_is_one_requisition() {
    let jobs = jobs();
    for id in ["R-204417-1", "R-204417-2"] {
        assert_eq!(
            by_id(&jobs, id).requisition.as_deref(),
            Some("R-204417"),
            "{id}"
        );
    }
    let of = |id: &str, stated: &[&str]| {
        let stated: Vec<String> = stated.iter().map(|one| (*one).to_owned()).collect();
        record::requisition(id, &stated)
    };
    assert_eq!(of("R-123-1", &["R-123"]).as_deref(), Some("R-123"));
    assert_eq!(of("JR1000123-2", &[]).as_deref(), Some("JR1000123"));
    assert_eq!(of("2024-12", &[]).as_deref(), Some("2024-12"));
    assert_eq!(of("Engineer", &["Berlin"]), None);
}

#[test]
fn the_words_for_the_date_are_not_kept_since_they_change_every_day() {
    assert!(
        jobs()
            .iter()
            .all(|job| !job.raw.to_string().contains("Ago"))
    );
}

#[test]
fn the_detail_gives_the_text_all_places_and_exact_dates() {
    let mut posting = by_id(&jobs(), "R-204417-1").clone();
    merge_detail(&mut posting, &fixture("workday/detail.json"), NOW).unwrap();
    let places: Vec<_> = posting
        .locations
        .iter()
        .map(|place| place.text.clone().unwrap())
        .collect();
    assert_eq!(places, ["Austin, TX", "Boulder, CO", "Remote - US"]);
    assert_eq!(
        posting.locations[0].country.as_deref(),
        Some("United States of America")
    );
    assert!(posting.description.is_some());
    assert_eq!(posting.posted, Some(RawDate::Text("2026-11-13".to_owned())));
    assert_eq!(
        posting.deadline,
        Some(RawDate::Text("2026-12-31".to_owned()))
    );
    assert_eq!(posting.requisition.as_deref(), Some("R-204417"));
    assert_eq!(posting.external_id, "R-204417-1");
    assert_eq!(posting.workplace.as_deref(), Some("Hybrid"));
}

#[test]
fn a_start_date_in_the_future_is_not_when_it_was_posted() {
    let mut posting = by_id(&jobs(), "R-204417-1").clone();
    let body = fixture("workday/detail.json").replace("2026-11-13", "2027-06-01");
    merge_detail(&mut posting, &body, NOW).unwrap();
    assert_eq!(
        posting.posted,
        Some(RawDate::Text("2026-11-13".to_owned())),
        "what the list's words say stays"
    );
}

#[test]
fn a_posting_that_was_taken_back_is_closed() {
    let mut posting = RawPosting::default();
    let body = fixture("workday/detail.json").replace("\"posted\": true", "\"posted\": false");
    merge_detail(&mut posting, &body, NOW).unwrap();
    assert_eq!(posting.listing, Listing::Closed);
    for body in ["{}", "[]", "<html>", r#"{"jobPostingInfo": null}"#] {
        assert!(merge_detail(&mut posting, body, NOW).is_err(), "{body}");
    }
}

#[test]
fn an_answer_without_a_count_is_no_empty_site() {
    assert!(
        parse(r#"{"total": 0, "jobPostings": []}"#, &page(), NOW)
            .unwrap()
            .whole
    );
    for body in [
        r#"{"jobPostings": []}"#,
        r#"{"total": 5}"#,
        "[]",
        "<!doctype html><title>Workday is currently unavailable.</title>",
    ] {
        let error = parse(body, &page(), NOW).unwrap_err();
        assert_eq!(error.kind, SourceErrorKind::Malformed, "{body}");
    }
}

#[test]
fn the_key_of_a_posting_is_the_same_on_every_site_and_in_lists() {
    let source = |site: &str| SourceAddress {
        kind: SourceKind::Workday,
        address: format!("northmoor/wd5/{site}"),
    };
    let expected = "workday:northmoor:r-204417".to_owned();
    for posting in jobs().iter().filter(|one| one.title.contains("Intern")) {
        for site in ["Careers", "University"] {
            let keys = dedup::keys(&posting.url, "", &source(site), &posting.external_id);
            assert_eq!(keys, std::slice::from_ref(&expected), "{}", posting.url);
        }
    }
    let listed = dedup::keys(
        "https://northmoor.wd5.myworkdayjobs.com/en-US/University/job/Austin-TX/X_R-204417/apply",
        "",
        &SourceAddress {
            kind: SourceKind::Simplify,
            address: "https://lists.example/listings.json".to_owned(),
        },
        "1",
    );
    assert_eq!(listed, [expected]);
}

#[test]
fn a_real_answer_is_read_in_full() {
    let Some(body) = shared("ats/workday.json") else {
        return;
    };
    let parsed = parse(&body, &page(), NOW).unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (2, true));
    assert!(
        parsed
            .postings
            .iter()
            .all(|one| one.locations.is_empty() && one.posted.is_some())
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, &page(), NOW).err().is_none_or(|error| !error.message.is_empty()));
        prop_assert!(merge_detail(&mut RawPosting::default(), &body, NOW).is_err());
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("workday/jobs.json"), rule, seed), &page(), NOW) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
        let _ = merge_detail(&mut RawPosting::default(), &damaged(&fixture("workday/detail.json"), rule, seed), NOW);
    }

    #[test]
    fn any_words_and_ids_are_taken(words in any::<String>(), days in 0..2000_u32) {
        let _ = record::posted_on(&words, NOW);
        let _ = record::posted_on(&format!("Posted {days} Days Ago"), NOW);
        let _ = record::requisition(&words, std::slice::from_ref(&words));
        let _ = record::id_in(&words);
    }
}
