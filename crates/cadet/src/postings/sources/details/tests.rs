//! What is read in full, what is not, and what is remembered of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;

use super::*;
use crate::clock::ManualClock;
use crate::fetch::testing::Site;
use crate::postings::sources::model::RawText;
use crate::postings::sources::testing::site;

const CALLS: Calls = Calls {
    accept: Accept::Any,
    documented: false,
};

fn posting(number: usize, title: &str) -> RawPosting {
    RawPosting {
        external_id: number.to_string(),
        title: title.to_owned(),
        ..RawPosting::default()
    }
}

fn take(posting: &mut RawPosting, body: &str, _: &Url) -> Result<(), String> {
    posting.description = Some(RawText::Plain(body.to_owned()));
    match body {
        "bad" => Err("the answer is bad".to_owned()),
        _ => Ok(()),
    }
}

struct World {
    site: Site,
    ctx: FetchContext,
    calls: Arc<AtomicUsize>,
}

/// A site whose posting 7 is gone, whose 8 answers badly and whose 9 is barred.
async fn world() -> World {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = calls.clone();
    let detail = move |Path(number): Path<usize>| async move {
        count.fetch_add(1, Ordering::SeqCst);
        match number {
            7 => StatusCode::NOT_FOUND.into_response(),
            8 => "bad".into_response(),
            9 => StatusCode::FORBIDDEN.into_response(),
            _ => "text".into_response(),
        }
    };
    let (site, ctx) = site(Router::new().route("/{number}", get(detail))).await;
    World { site, ctx, calls }
}

impl World {
    async fn poll(&self, postings: Vec<RawPosting>, validators: Option<&Value>) -> Fetched {
        let listed = postings
            .into_iter()
            .map(|posting| Listed {
                call: self.site.url(&format!("/{}", posting.external_id)),
                posting,
            })
            .collect();
        let mut fetched = Fetched {
            complete: true,
            ..Fetched::default()
        };
        fill_in(&self.ctx, &mut fetched, listed, validators, CALLS, take).await;
        fetched
    }

    fn calls(&self) -> usize {
        self.calls.swap(0, Ordering::SeqCst)
    }
}

fn many(count: usize) -> Vec<RawPosting> {
    (100..100 + count).map(|n| posting(n, "Work")).collect()
}

#[tokio::test]
async fn only_new_and_changed_postings_are_read_again() {
    let world = world().await;
    let first = world
        .poll(vec![posting(1, "A"), posting(2, "B")], None)
        .await;
    assert_eq!(world.calls(), 2);
    let postings = vec![
        posting(1, "A"),
        posting(2, "B, now elsewhere"),
        posting(3, "C"),
    ];
    let second = world.poll(postings, first.validators.as_ref()).await;
    assert_eq!(world.calls(), 2);
    let outlines: Vec<_> = second.postings.iter().map(|one| one.outline).collect();
    assert_eq!(outlines, [true, false, false]);
}

#[tokio::test]
async fn a_poll_reads_so_many_and_the_next_ones_read_on_without_being_partial() {
    let world = world().await;
    let first = world.poll(many(AT_MOST + 50), None).await;
    assert_eq!(world.calls(), AT_MOST);
    assert!(first.complete, "the list was whole");
    assert!(first.problems[0].message.contains("the next polls read on"));
    let second = world
        .poll(many(AT_MOST + 50), first.validators.as_ref())
        .await;
    assert_eq!((world.calls(), second.problems.len()), (50, 0));
    world
        .poll(many(AT_MOST + 50), second.validators.as_ref())
        .await;
    assert_eq!(world.calls(), 0);
}

#[tokio::test]
async fn every_posting_is_read_again_once_a_week() {
    let mut world = world().await;
    let clock = Arc::new(ManualClock::new(Timestamp(1_795_000_000_000)));
    world.ctx.clock = clock.clone();
    let mut validators = world.poll(many(20), None).await.validators;
    world.calls();
    for _ in 0..7 {
        clock.advance_millis(Timestamp::DAY_MS);
        validators = world.poll(many(20), validators.as_ref()).await.validators;
    }
    assert_eq!(world.calls(), 20);
}

#[tokio::test]
async fn a_text_that_cannot_be_read_leaves_an_outline_and_is_tried_again() {
    let world = world().await;
    let postings = || vec![posting(1, "A"), posting(7, "gone"), posting(8, "bad")];
    let first = world.poll(postings(), None).await;
    let outlines: Vec<_> = first.postings.iter().map(|one| one.outline).collect();
    assert_eq!(outlines, [false, true, true]);
    assert_eq!(first.postings[2].description, None);
    assert_eq!(first.problems.len(), 1, "one that is gone is no problem");
    world.calls();
    world.poll(postings(), first.validators.as_ref()).await;
    assert_eq!(world.calls(), 2);
}

#[tokio::test]
async fn a_host_that_bars_is_left_alone() {
    let world = world().await;
    let mut postings = vec![posting(9, "barred")];
    postings.extend(many(100));
    let fetched = world.poll(postings, None).await;
    assert!(world.calls() <= AT_ONCE, "only what was under way");
    assert!(fetched.postings.iter().all(|one| one.outline));
    assert!(fetched.problems[0].message.contains("No further posting"));
}

#[tokio::test]
async fn to_see_whether_a_board_works_no_posting_is_read() {
    let mut world = world().await;
    world.ctx.outlines_only = true;
    let fetched = world.poll(many(3), None).await;
    assert_eq!((world.calls(), fetched.postings.len()), (0, 3));
    assert!(fetched.problems.is_empty());
}

#[test]
fn a_partial_poll_keeps_the_memory_and_nothing_else() {
    let validators = json!({ "etag": "x", KEY: "AAAAAAAA" });
    assert_eq!(
        memory_alone(Some(&validators)),
        Some(json!({ KEY: "AAAAAAAA" }))
    );
    assert_eq!(memory_alone(Some(&json!({ "etag": "x" }))), None);
    assert_eq!(memory_alone(None), None);
    for damaged in [json!({ KEY: "?" }), json!({ KEY: 7 }), json!([])] {
        assert!(remembered(Some(&damaged)).is_empty());
    }
}
