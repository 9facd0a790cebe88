//! Remotive: dates without a zone, links back, few calls.

use axum::Router;
use axum::extract::Query;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::normalise::date::{Purpose, dated};
use crate::postings::sources::model::{RawDate, RawText};
use crate::postings::sources::testing::{address, damaged, fixture, site};

fn jobs() -> Vec<RawPosting> {
    let parsed = parse(&fixture("remotive/jobs.json")).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

#[test]
fn a_date_without_a_zone_is_not_given_one() {
    let job = &jobs()[0];
    assert_eq!(
        job.posted,
        Some(RawDate::Text("2026-11-18T14:50:27".to_owned()))
    );
    let now = crate::clock::Timestamp(1_795_700_000_000);
    let read = dated(job.posted.as_ref().unwrap(), Purpose::Past, now).unwrap();
    assert!(!read.zone_known && !read.day_only);
}

#[test]
fn the_address_is_the_page_to_which_it_asks_to_link_back() {
    let job = &jobs()[0];
    assert!(
        job.url.starts_with("https://remotive.com/remote-jobs/"),
        "{}",
        job.url
    );
    assert_eq!(job.apply_url, None);
    assert_eq!(job.company.as_deref(), Some("Quill & Harbor"));
    assert_eq!(job.employment_type.as_deref(), Some("internship"));
    assert_eq!(job.workplace.as_deref(), Some("remote"));
    assert_eq!(job.locations[0].text.as_deref(), Some("Europe, Brazil"));
    assert_eq!(
        job.description,
        Some(RawText::Html(
            "<p>Ship <em>small</em> services.</p>".to_owned()
        ))
    );
    assert_eq!(jobs()[1].pay, None, "an empty salary is none");
}

#[test]
fn few_polls_a_day_are_made_whatever_is_configured() {
    assert!(24 * 60 / SourceKind::Remotive.min_poll_minutes() <= 4);
}

#[test]
fn a_count_that_disagrees_makes_the_answer_not_whole() {
    let body = fixture("remotive/jobs.json").replace("\"job-count\": 2", "\"job-count\": 20");
    assert!(!parse(&body).unwrap().whole);
}

#[tokio::test]
async fn a_category_is_asked_for_and_the_calls_of_a_day_are_counted() {
    let jobs = |Query(query): Query<Vec<(String, String)>>| async move {
        assert_eq!(query, [("category".to_owned(), "software-dev".to_owned())]);
        fixture("remotive/jobs.json")
    };
    let (_site, ctx) = site(Router::new().route("/remotive/api/remote-jobs", get(jobs))).await;
    let source = address(SourceKind::Remotive, "software-dev");
    let fetched = Remotive.fetch(&ctx, &source, None).await.unwrap();
    assert!(fetched.complete);
    assert_eq!(fetched.name.as_deref(), Some("Remotive: software-dev"));
    let mut last = Ok(fetched);
    for _ in 0..GRANTED.spans[0].0 {
        last = Remotive.fetch(&ctx, &source, None).await;
    }
    let refused = last.unwrap_err();
    assert_eq!(refused.kind, SourceErrorKind::RateLimited);
    assert!(refused.retry_at.is_some());
}

#[test]
fn its_addresses_and_shorthand_are_known() {
    let board = |url: &str| {
        let url = Url::parse(url).unwrap();
        Remotive
            .board_of(&url, &Endpoints::default())
            .map(|board| board.address)
    };
    assert_eq!(
        board("https://remotive.com/remote-jobs/software-dev/backend-intern-1").as_deref(),
        Some("software-dev")
    );
    assert_eq!(
        board("https://remotive.com/api/remote-jobs").as_deref(),
        Some("all")
    );
    assert_eq!(board("https://remotive.com/blog/x"), None);
    assert_eq!(Remotive.shorthand("").unwrap().unwrap(), "all");
    assert_eq!(
        Remotive.shorthand("Software Dev").unwrap().unwrap(),
        "software-dev"
    );
    assert!(Remotive.shorthand("a/b").unwrap().is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("remotive/jobs.json"), rule, seed)) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty()));
        }
    }
}
