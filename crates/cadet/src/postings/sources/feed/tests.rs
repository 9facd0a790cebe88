//! Feeds: RSS, Atom and JSON Feed with what they add for jobs.

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::{RawLocation, RawText};
use crate::postings::sources::testing::{address, damaged, fixture, site};

const AT: &str = "https://feeds.example.com/all";

fn read(name: &str) -> Vec<RawPosting> {
    let parsed = parse(&fixture(name), AT).unwrap();
    assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    parsed.postings
}

fn companies(postings: &[RawPosting]) -> Vec<Option<&str>> {
    postings
        .iter()
        .map(|posting| posting.company.as_deref())
        .collect()
}

#[test]
fn rss_is_read_with_employers_before_the_colon() {
    let postings = read("feed/jobs.rss");
    assert_eq!(
        companies(&postings),
        [Some("Larkspur"), Some("Osprey & Sons")]
    );
    assert_eq!(
        postings
            .iter()
            .map(|posting| posting.title.as_str())
            .collect::<Vec<_>>(),
        ["Backend Intern & Friend", "Java Working Student"]
    );
    assert_eq!(postings[0].url, "https://feeds.example.com/jobs/1?a=1&b=2");
    assert_eq!(postings[0].external_id, "job-1");
    assert_eq!(postings[0].posted, Some(RawDate::Millis(1_794_812_400_000)));
}

#[test]
fn the_content_is_preferred_to_the_summary_and_unescaped() {
    let postings = read("feed/jobs.rss");
    assert_eq!(
        postings[0].description,
        Some(RawText::Html("<p>Long, with <b>Rust</b>.</p>".to_owned()))
    );
    assert_eq!(
        postings[1].description,
        Some(RawText::Html("<p>Escaped.</p>".to_owned()))
    );
}

#[test]
fn places_of_foreign_namespaces_are_read() {
    let postings = read("feed/jobs.rss");
    assert_eq!(
        postings[0].locations,
        [RawLocation {
            text: Some("Zürich, Switzerland".into()),
            ..RawLocation::default()
        }]
    );
    assert_eq!(
        postings[1].locations,
        [RawLocation {
            city: Some("Basel".into()),
            country: Some("CH".into()),
            ..RawLocation::default()
        }]
    );
    assert_eq!(postings[0].employment_type.as_deref(), Some("Internship"));
}

#[test]
fn atom_is_read_with_employers_after_at() {
    let postings = read("feed/jobs.atom");
    assert_eq!(companies(&postings), [Some("Larkspur"), Some("Osprey")]);
    assert_eq!(postings[0].title, "Backend Intern");
    assert_eq!(
        postings[0].url, "https://feeds.example.com/jobs/1",
        "links are resolved against the feed's address"
    );
    assert_eq!(
        postings[0].description,
        Some(RawText::Html("<p>Hello.</p>".to_owned()))
    );
    assert_eq!(
        postings[1].description,
        Some(RawText::Plain("Plain summary.".to_owned()))
    );
}

#[test]
fn a_json_feed_is_read_with_the_job_posting_in_it() {
    let postings = read("feed/jobs.json");
    let posting = &postings[0];
    assert_eq!(
        (posting.external_id.as_str(), posting.company.as_deref()),
        ("9f1", Some("Kestrel AB"))
    );
    assert_eq!(posting.employment_type.as_deref(), Some("INTERN"));
    assert_eq!(
        posting.locations,
        [RawLocation {
            city: Some("Malmö".into()),
            country: Some("SE".into()),
            ..RawLocation::default()
        }]
    );
}

#[test]
fn titles_without_a_common_convention_stay_whole() {
    let titles = |titles: &[&str]| {
        company::convention(
            &titles
                .iter()
                .map(|title| (*title).to_owned())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        titles(&["Internship: Backend", "New: Data Intern"]),
        None,
        "a role before the colon is no employer"
    );
    assert_eq!(
        titles(&["Backend Intern", "Acme: Data Intern", "Ops"]),
        None
    );
    assert_eq!(
        titles(&["A: x", "B: y", "C: z", "D: w", "Backend"]),
        Some(company::Convention::Before)
    );
    assert_eq!(
        company::split(
            "Intern at sea at Larkspur",
            Some(company::Convention::After)
        ),
        (Some("Larkspur".into()), "Intern at sea".into())
    );
}

#[test]
fn the_author_is_the_employer_only_where_it_is_a_name() {
    let feed = |creator: &str| {
        let body = format!(
            "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>F</title><item><title>Backend Intern</title><link>https://x.example/1</link><dc:creator>{creator}</dc:creator></item></channel></rss>"
        );
        parse(&body, AT).unwrap().postings.remove(0).company
    };
    assert_eq!(feed("Larkspur Ltd").as_deref(), Some("Larkspur Ltd"));
    assert_eq!(feed("admin"), None);
    assert_eq!(feed("jobs@x.example"), None);
}

#[test]
fn an_entry_without_title_or_link_loses_no_other() {
    let body = "<rss version=\"2.0\"><channel><title>F</title><item><title>No link</title></item><item><link>https://x.example/1</link></item><item><title>Good</title><link>https://x.example/2</link></item></channel></rss>";
    let parsed = parse(body, AT).unwrap();
    assert_eq!((parsed.postings.len(), parsed.problems.len()), (1, 2));
}

#[test]
fn what_is_no_feed_is_malformed_and_says_so() {
    for body in [
        "",
        "nonsense",
        "{}",
        "<xml/>",
        "{\"version\": \"https://jsonfeed.org/version/9\"}",
    ] {
        assert_eq!(
            parse(body, AT).unwrap_err().kind,
            SourceErrorKind::Malformed,
            "{body}"
        );
    }
    let error = parse("<!DOCTYPE html><title>Our blog</title>", AT).unwrap_err();
    assert!(
        error.message.contains("it is a web page (\"Our blog\")"),
        "{error}"
    );
}

#[tokio::test]
async fn a_feed_is_never_a_complete_list() {
    let poll = |headers: http::HeaderMap| async move {
        match headers.contains_key("if-none-match") {
            true => StatusCode::NOT_MODIFIED.into_response(),
            // The declaration says ISO-8859-1 and the bytes are that.
            false => (
                [("etag", "\"1\""), ("content-type", "application/rss+xml")],
                encoding_rs::WINDOWS_1252
                    .encode(&fixture("feed/jobs.rss"))
                    .0
                    .into_owned(),
            )
                .into_response(),
        }
    };
    let (site, ctx) = site(Router::new().route("/feed", get(poll))).await;
    let source = address(SourceKind::Feed, site.url("/feed").as_str());
    let first = Feed.fetch(&ctx, &source, None).await.unwrap();
    assert_eq!(
        (first.postings.len(), first.complete, first.name.as_deref()),
        (2, false, Some("Backend jobs weekly"))
    );
    assert_eq!(
        first.postings[0].locations[0].text.as_deref(),
        Some("Zürich, Switzerland")
    );
    let second = Feed
        .fetch(&ctx, &source, first.validators.as_ref())
        .await
        .unwrap();
    assert_eq!((second.unchanged, second.complete), (true, false));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, AT).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_feeds_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>(), which in 0..3_usize) {
        let name = ["feed/jobs.rss", "feed/jobs.atom", "feed/jobs.json"][which];
        if let Ok(parsed) = parse(&damaged(&fixture(name), rule, seed), AT) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
    }
}
