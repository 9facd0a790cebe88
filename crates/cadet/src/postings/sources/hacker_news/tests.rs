//! Hacker News: finding the thread, one comment with many roles, and first lines of every kind.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::clock::ManualClock;
use crate::postings::sources::testing::{address, by_id, damaged, fixture, site};

fn thread() -> Parsed {
    parse(&fixture("hacker-news/thread.json")).unwrap()
}

fn titles(parsed: &Parsed, comment: &str) -> Vec<String> {
    parsed
        .postings
        .iter()
        .filter(|posting| posting.raw["comment"] == comment)
        .map(|posting| posting.title.clone())
        .collect()
}

#[test]
fn a_comment_in_the_usual_form_is_read_with_all_its_fields() {
    let parsed = thread();
    let posting = by_id(&parsed.postings, "47000401");
    assert_eq!(posting.title, "Backend Intern");
    assert_eq!(posting.company.as_deref(), Some("Kelpline"));
    assert_eq!(
        posting.locations[0].text.as_deref(),
        Some("Galway, Ireland")
    );
    assert_eq!(posting.workplace.as_deref(), Some("ONSITE"));
    assert_eq!(posting.employment_type.as_deref(), Some("Internship"));
    assert_eq!(
        posting.pay.as_ref().unwrap().text.as_deref(),
        Some("€2,000/month"),
        "&#x2F; is a slash"
    );
    assert_eq!(posting.url, "https://news.ycombinator.com/item?id=47000401");
    assert_eq!(
        posting.apply_url.as_deref(),
        Some("https://jobs.ashbyhq.com/kelpline/2f9d1c44-5a6b-4c7d-8e9f-0a1b2c3d4e5f")
    );
    assert_eq!(posting.posted, Some(RawDate::Millis(1_793_635_500_000)));
}

#[test]
fn one_comment_with_many_roles_is_many_postings_with_stable_ids() {
    let parsed = thread();
    let ids: Vec<_> = parsed
        .postings
        .iter()
        .filter(|posting| posting.raw["comment"] == "47000410")
        .map(|posting| posting.external_id.as_str())
        .collect();
    assert_eq!(ids, ["47000410", "47000410:2", "47000410:3"]);
    assert_eq!(
        titles(&parsed, "47000410"),
        [
            "Backend Engineer",
            "Data Engineering Intern",
            "Product Designer"
        ]
    );
    let second = by_id(&parsed.postings, "47000410:2");
    assert_eq!(second.company.as_deref(), Some("Tin & Solder"));
    assert_eq!(second.locations[0].text.as_deref(), Some("REMOTE (EU)"));
    assert_eq!(
        second.apply_url.as_deref(),
        Some("https://tinsolder.example/careers"),
        "a list of all its jobs is no job's own page"
    );
}

#[test]
fn roles_listed_below_the_first_line_have_links_of_their_own() {
    let parsed = thread();
    assert_eq!(
        titles(&parsed, "47000420"),
        ["Senior Platform Engineer", "Software Engineering Intern"]
    );
    assert_eq!(
        by_id(&parsed.postings, "47000420:2").apply_url.as_deref(),
        Some("https://orchardrow.example/jobs/12")
    );
}

#[test]
fn a_comment_without_a_role_is_a_problem_and_not_a_lost_thread() {
    let parsed = thread();
    assert!(parsed.whole, "what is no opening was read all the same");
    let at: Vec<_> = parsed
        .problems
        .iter()
        .map(|problem| problem.at.as_str())
        .collect();
    assert_eq!(
        at,
        ["comment 47000440", "comment 47000460"],
        "a comment that was taken down is none"
    );
    assert!(
        parsed.problems[1].message.contains("no role"),
        "{:?}",
        parsed.problems
    );
}

#[test]
fn replies_are_no_openings() {
    assert!(
        thread()
            .postings
            .iter()
            .all(|posting| posting.raw["comment"] != "47000402")
    );
}

#[test]
fn first_lines_of_many_kinds_are_read() {
    let read = |line: &str| {
        let header = Header::parse(line);
        (
            header.company.unwrap_or_default(),
            header.roles,
            header.places,
        )
    };
    let owned = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    for (line, company, roles, places) in [
        (
            "Acorn Bay|Senior/Staff Backend Engineer|Berlin, Germany|Hybrid",
            "Acorn Bay",
            &["Senior/Staff Backend Engineer"][..],
            &["Berlin, Germany"][..],
        ),
        (
            "REMOTE | Acorn Bay | Go Developer",
            "Acorn Bay",
            &["Go Developer"],
            &[],
        ),
        (
            "Acorn Bay (https://acornbay.example) | Full-time | Backend Engineer | Frontend Engineer",
            "Acorn Bay",
            &["Backend Engineer", "Frontend Engineer"],
            &[],
        ),
        (
            "Acorn Bay - Platform Engineer - Remote (US only) - $140k-$170k",
            "Acorn Bay",
            &["Platform Engineer"],
            &["Remote (US only)"],
        ),
        (
            "Acorn Bay • Rust Engineer • Oslo, Norway",
            "Acorn Bay",
            &["Rust Engineer"],
            &["Oslo, Norway"],
        ),
        (
            "Backend Intern at Acorn Bay | Dublin, Ireland | ONSITE",
            "Acorn Bay",
            &["Backend Intern"],
            &["Dublin, Ireland"],
        ),
        (
            "Acorn Bay is hiring a Backend Engineer and a Data Intern in Porto",
            "Acorn Bay",
            &["Backend Engineer", "Data Intern"],
            &[],
        ),
        (
            "Data Engineers (Berlin) | Software Engineer",
            "Data Engineers",
            &["Software Engineer"],
            &[],
        ),
        ("We are looking for friends", "", &[], &[]),
        ("", "", &[], &[]),
        ("|||", "", &[], &[]),
    ] {
        assert_eq!(
            read(line),
            (company.to_owned(), owned(roles), owned(places)),
            "{line}"
        );
    }
}

#[test]
fn fields_after_the_company_are_told_apart() {
    let header = Header::parse(
        "Acorn Bay | Visa sponsorship | 80k-95k EUR | Remote or Hybrid | acornbay.example/jobs | Internships | Part-time",
    );
    assert_eq!(header.visa.as_deref(), Some("Visa sponsorship"));
    assert_eq!(header.pay.as_deref(), Some("80k-95k EUR"));
    assert_eq!(header.workplace.as_deref(), Some("Remote or Hybrid"));
    assert_eq!(header.employment.as_deref(), Some("Internships"));
    assert!(header.places.is_empty() && header.roles.is_empty());
}

#[test]
fn an_internship_without_a_title_is_at_least_that() {
    let body = r#"{"title": "Ask HN: Who is hiring? (x)", "children": [{"id": 5, "text": "Acorn Bay | Internships | Remote"}]}"#;
    assert_eq!(titles(&parse(body).unwrap(), "5"), ["Internships"]);
}

#[test]
fn the_thread_is_told_from_others_of_its_author_and_the_newest_is_first() {
    let threads = parse_threads(&fixture("hacker-news/threads.json")).unwrap();
    assert_eq!(
        threads.iter().map(|thread| thread.id).collect::<Vec<_>>(),
        [47_000_308, 46_600_200]
    );
    assert_eq!(
        parse_threads(r#"{"hits": []}"#).unwrap_err().kind,
        SourceErrorKind::NotFound
    );
    let other =
        fixture("hacker-news/thread.json").replace("Who is hiring?", "Who wants to be hired?");
    assert_eq!(parse(&other).unwrap_err().kind, SourceErrorKind::Malformed);
}

/// The search, two threads, and a comment of the newer one.
fn hacker_news() -> Router {
    let search = |Query(query): Query<Vec<(String, String)>>| async move {
        assert!(query.contains(&("tags".to_owned(), "story,author_whoishiring".to_owned())));
        assert!(
            query.iter().all(|(key, _)| key != "query"),
            "free text finds other people's threads"
        );
        fixture("hacker-news/threads.json")
    };
    let item = |Path(id): Path<u64>| async move {
        let thread = fixture("hacker-news/thread.json");
        match id {
            47_000_308 => thread.into_response(),
            46_600_200 => thread
                .replace("470004", "466004")
                .replace("47000308", "46600200")
                .into_response(),
            47_000_401 => {
                r#"{"id": 47000401, "type": "comment", "story_id": 47000308, "children": []}"#
                    .into_response()
            }
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    };
    Router::new()
        .route("/hacker-news/api/v1/search_by_date", get(search))
        .route("/hacker-news/api/v1/items/{id}", get(item))
}

async fn poll(thread: &str, day: i64) -> Result<Fetched, SourceError> {
    let (_site, mut ctx) = site(hacker_news()).await;
    ctx.clock = std::sync::Arc::new(ManualClock::new(Timestamp(
        1_793_631_660_000 + day * Timestamp::DAY_MS,
    )));
    HackerNews
        .fetch(&ctx, &address(SourceKind::HackerNews, thread), None)
        .await
}

#[tokio::test]
async fn the_thread_before_counts_for_the_first_week() {
    let first_week = poll("latest", 2).await.unwrap();
    let later = poll("latest", 20).await.unwrap();
    assert!(first_week.complete && later.complete);
    assert_eq!(first_week.postings.len(), 2 * later.postings.len());
    assert_eq!(later.postings.len(), thread().postings.len());
}

#[tokio::test]
async fn the_number_of_a_comment_means_its_thread() {
    let fetched = poll("47000401", 20).await.unwrap();
    assert_eq!(
        fetched.moved_to,
        Some(address(SourceKind::HackerNews, "47000308"))
    );
    assert_eq!(fetched.postings.len(), thread().postings.len());
    assert_eq!(
        poll("99", 20).await.unwrap_err().kind,
        SourceErrorKind::NotFound
    );
    assert_eq!(
        poll("x", 20).await.unwrap_err().kind,
        SourceErrorKind::BadAddress
    );
}

#[test]
fn its_addresses_and_shorthand_are_known() {
    let board = |url: &str| {
        let url = Url::parse(url).unwrap();
        HackerNews
            .board_of(&url, &Endpoints::default())
            .map(|board| board.address)
    };
    assert_eq!(
        board("https://news.ycombinator.com/item?id=47000308").as_deref(),
        Some("47000308")
    );
    assert_eq!(
        board("https://news.ycombinator.com/submitted?id=whoishiring").as_deref(),
        Some("latest")
    );
    assert_eq!(board("https://news.ycombinator.com/item?id=x"), None);
    assert_eq!(board("https://example.org/item?id=47000308"), None);
    assert_eq!(HackerNews.shorthand("").unwrap().unwrap(), "latest");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body).err().is_none_or(|error| !error.message.is_empty()));
        prop_assert!(parse_threads(&body).is_err());
    }

    #[test]
    fn any_comment_is_read(text in any::<String>(), lines in "[-|A-Za-z ,&;:()<>/p.•\n]{0,200}") {
        for text in [text, lines.clone(), format!("A | {lines}<p>- Engineer: {lines}")] {
            let body = json!({ "title": "Ask HN: Who is hiring?", "children": [{ "id": 1, "text": text }] }).to_string();
            let parsed = parse(&body).unwrap();
            prop_assert!(parsed.postings.iter().all(|posting| !posting.title.is_empty() && posting.company.is_some()));
        }
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("hacker-news/thread.json"), rule, seed)) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty()));
        }
    }
}
