//! The life of postings: what closes them, what is only doubted, deadlines, and what their history keeps.

use cadet::postings::actions::source_remove;
use cadet::postings::ingest::Completeness;
use cadet::postings::lifecycle::{
    postings_close_gone, postings_close_overdue, postings_confirm_doubts,
};
use cadet::postings::merge::Change;
use cadet::postings::model::PostingId;
use cadet::postings::record::{HistoryEntry, PostingRecord, Status};
use cadet::postings::sources::model::{Listing, RawDate, RawPosting, RawText, Source, SourceKind};
use serde_json::json;

use crate::ingest::{HOUR_MS, PART, Scene, WHOLE, opening, openings, text};
use crate::support::TestApp;

const DAY_MS: i64 = 24 * HOUR_MS;

/// A list that others keep.
async fn list(scene: &Scene) -> Source {
    scene
        .source(SourceKind::Simplify, "https://lists.example/listings.json")
        .await
}

fn closed(record: RawPosting) -> RawPosting {
    RawPosting {
        listing: Listing::Closed,
        ..record
    }
}

async fn only(scene: &Scene) -> PostingRecord {
    scene.postings().await.pop().expect("a posting")
}

/// What happened, oldest first, in one word each.
async fn story(scene: &Scene, id: PostingId) -> Vec<&'static str> {
    let history = scene.history(id).await;
    let told = history.iter().rev().map(|entry| match entry {
        HistoryEntry::Changed { .. } => "changed",
        HistoryEntry::Suspected { .. } => "suspected",
        HistoryEntry::ListedAgain { .. } => "listed again",
        HistoryEntry::Closed { .. } => "closed",
        HistoryEntry::Reopened { .. } => "reopened",
    });
    told.collect()
}

#[tokio::test]
async fn a_partial_poll_closes_and_doubts_nothing() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    scene.poll(&page, &openings(0..5), WHOLE).await;
    for _ in 0..3 {
        let done = scene.poll(&page, &openings(0..2), PART).await;
        assert_eq!(done.counts.closed, 0);
        assert!(!done.believed);
    }
    let postings = scene.postings().await;
    assert!(postings.iter().all(|one| one.status == Status::Open));
    assert!(postings.iter().all(|one| one.suspect_since.is_none()));
}

#[tokio::test]
async fn absence_is_confirmed_by_a_second_complete_poll_and_what_returns_is_open_again() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    scene.poll(&page, &openings(0..5), WHOLE).await;
    let done = scene.poll(&page, &openings(0..4), WHOLE).await;
    assert_eq!(done.counts.closed, 0);
    let suspect = only(&scene).await;
    assert_eq!(suspect.status, Status::Open);
    assert!(suspect.suspect_since.is_some());
    assert_eq!(suspect.sightings[0].standing, "suspect");

    let done = scene.poll(&page, &openings(0..4), WHOLE).await;
    assert_eq!(done.counts.closed, 1);
    let gone = only(&scene).await;
    assert_eq!(gone.status, Status::Closed);
    assert!(gone.closed_at.is_some() && gone.sightings[0].gone_at.is_some());
    assert!(gone.suspect_since.is_none());

    let done = scene.poll(&page, &openings(0..5), WHOLE).await;
    assert_eq!((done.counts.added, done.counts.reopened), (0, 1));
    assert_eq!(scene.open().await, 5);
    assert_eq!(
        story(&scene, gone.id).await,
        ["suspected", "closed", "reopened"]
    );
}

#[tokio::test]
async fn what_is_missing_once_and_there_again_was_never_closed() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    for records in [openings(0..3), openings(0..2), openings(0..3)] {
        let done = scene.poll(&page, &records, WHOLE).await;
        assert_eq!((done.counts.closed, done.counts.reopened), (0, 0));
    }
    let posting = only(&scene).await;
    assert_eq!(posting.suspect_since, None);
    assert_eq!(
        story(&scene, posting.id).await,
        ["suspected", "listed again"]
    );
}

#[tokio::test]
async fn polls_within_a_minute_do_not_confirm_each_other() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    scene.poll(&page, &openings(0..3), WHOLE).await;
    scene.poll(&page, &openings(0..2), WHOLE).await;
    scene.app.clock.advance_millis(60_000 - HOUR_MS);
    let again = scene.poll(&page, &openings(0..2), WHOLE).await;
    assert_eq!(again.counts.closed, 0);
    assert!(only(&scene).await.suspect_since.is_some());
    let later = scene.poll(&page, &openings(0..2), WHOLE).await;
    assert_eq!(later.counts.closed, 1);
}

#[tokio::test]
async fn the_spacing_of_a_kind_of_source_is_kept() {
    let slow = |config: &mut cadet::config::Config| {
        let spacing = &mut config.lifecycle.confirm_minutes_for;
        spacing.insert("json-ld".into(), 180);
    };
    let scene = Scene::of(TestApp::start_with(slow).await);
    let page = scene.page().await;
    scene.poll(&page, &openings(0..3), WHOLE).await;
    let mut closed = Vec::new();
    for _ in 0..4 {
        let done = scene.poll(&page, &openings(0..2), WHOLE).await;
        closed.push(done.counts.closed);
    }
    assert_eq!(closed, [0, 0, 0, 1]);
}

#[tokio::test]
async fn a_poll_that_says_that_nothing_changed_confirms_what_the_last_one_missed() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    scene.poll(&page, &openings(0..3), WHOLE).await;
    scene.poll(&page, &openings(0..2), WHOLE).await;
    let ctx = scene.app.system();
    assert_eq!(
        postings_confirm_doubts(&ctx, &page).await.expect("a look"),
        0
    );
    scene.app.clock.advance_millis(HOUR_MS);
    assert_eq!(
        postings_confirm_doubts(&ctx, &page).await.expect("a look"),
        1
    );
    assert_eq!(scene.open().await, 2);
}

#[tokio::test]
async fn a_posting_that_another_source_still_lists_is_not_in_doubt() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let feed = scene
        .source(SourceKind::Feed, "https://northlight.example/jobs.rss")
        .await;
    scene.poll(&page, &openings(0..2), WHOLE).await;
    scene.poll(&feed, &openings(0..2), WHOLE).await;
    for _ in 0..2 {
        scene.poll(&page, &openings(0..1), WHOLE).await;
    }
    let posting = only(&scene).await;
    assert_eq!(posting.status, Status::Open);
    assert_eq!(posting.suspect_since, None);
    let standings: Vec<&str> = posting
        .sightings
        .iter()
        .map(|sighting| sighting.standing.as_str())
        .collect();
    assert_eq!(standings, ["closed", "open"]);
}

#[tokio::test]
async fn what_the_employer_calls_closed_closes_at_once() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    scene.poll(&page, &openings(0..2), WHOLE).await;
    let records = [opening(0), closed(opening(1))];
    // An explicit word counts in a partial poll too.
    let done = scene.poll(&page, &records, PART).await;
    assert_eq!(done.counts.closed, 1);
    assert_eq!(scene.open().await, 1);
}

#[tokio::test]
async fn a_posting_whose_own_page_is_gone_closes_at_once() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    scene.poll(&page, &openings(0..3), WHOLE).await;
    let gone = ["https://northlight.example/jobs/req-1".to_owned()];
    let ctx = scene.app.system();
    let done = postings_close_gone(&ctx, &page, &gone).await;
    assert_eq!(done.expect("closing"), 1);
    assert_eq!(scene.open().await, 2);
    assert_eq!(
        scene
            .poll(&page, &openings(0..3), WHOLE)
            .await
            .counts
            .reopened,
        1
    );
}

#[tokio::test]
async fn a_new_record_that_a_list_calls_closed_is_confirmed_and_an_old_one_is_not_asked_twice() {
    let scene = Scene::new().await;
    let list = list(&scene).await;
    scene.poll(&list, &openings(0..2), WHOLE).await;
    let young = [opening(0), closed(opening(1))];
    assert_eq!(scene.poll(&list, &young, WHOLE).await.counts.closed, 0);
    assert!(only(&scene).await.suspect_since.is_some());
    assert_eq!(scene.poll(&list, &young, WHOLE).await.counts.closed, 1);

    scene.app.clock.advance_millis(4 * DAY_MS);
    let old = [closed(opening(0)), closed(opening(1))];
    assert_eq!(scene.poll(&list, &old, WHOLE).await.counts.closed, 1);
    assert_eq!(scene.open().await, 0);
}

#[tokio::test]
async fn a_list_whose_flag_flaps_is_damped() {
    let scene = Scene::new().await;
    let list = list(&scene).await;
    scene.poll(&list, &[opening(1)], WHOLE).await;
    scene.app.clock.advance_millis(4 * DAY_MS);
    let mut closings = Vec::new();
    for _ in 0..6 {
        for record in [closed(opening(1)), opening(1)] {
            closings.push(scene.poll(&list, &[record], WHOLE).await.counts.closed);
        }
    }
    assert_eq!(closings.iter().sum::<u64>(), 1, "{closings:?}");
    // What is closed for good is believed after a day.
    let mut hours = 0;
    while scene.open().await > 0 {
        scene.poll(&list, &[closed(opening(1))], WHOLE).await;
        hours += 1;
        assert!(hours < 30, "it is never closed");
    }
    assert_eq!(hours, 25);
}

#[tokio::test]
async fn a_poll_that_shrinks_suspiciously_is_doubted_until_the_next_ones_agree() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    scene.poll(&page, &openings(0..20), WHOLE).await;
    let doubted = scene.poll(&page, &openings(0..3), WHOLE).await;
    assert!(!doubted.believed);
    assert_eq!(doubted.counts.closed, 0);
    assert_eq!(doubted.problems.len(), 1, "{:?}", doubted.problems);
    let all = scene.postings().await;
    assert!(all.iter().all(|one| one.suspect_since.is_none()));

    let again = Completeness {
        complete: true,
        doubted_before: Some(3),
    };
    let believed = scene.poll(&page, &openings(0..3), again).await;
    assert!(believed.believed);
    assert_eq!(believed.counts.closed, 0);
    // The next one is judged by what is surely there.
    let confirmed = scene.poll(&page, &openings(0..3), WHOLE).await;
    assert!(confirmed.believed);
    assert_eq!(confirmed.counts.closed, 17);
    assert_eq!(scene.open().await, 3);
}

#[tokio::test]
async fn a_posting_closes_when_its_last_day_is_over_at_its_place() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let ending = RawPosting {
        deadline: Some(RawDate::Text("2026-11-25".into())),
        ..opening(1)
    };
    scene
        .poll(&page, &[opening(0), ending.clone()], WHOLE)
        .await;
    let system = scene.app.system();
    let close = async || postings_close_overdue(&system).await.expect("closing");
    // It is 13:00 UTC on the 23rd, and the day ends in Berlin at 23:00 UTC on the 25th.
    scene
        .app
        .clock
        .advance_millis(2 * DAY_MS + 10 * HOUR_MS - 1);
    assert_eq!(close().await, 0);
    scene.app.clock.advance_millis(2);
    assert_eq!(close().await, 1);
    assert_eq!(close().await, 0);
    assert_eq!(scene.open().await, 1);
    // That it is still listed does not open it again.
    let done = scene.poll(&page, &[opening(0), ending], WHOLE).await;
    assert_eq!(done.counts.reopened, 0);
    assert_eq!(scene.open().await, 1);
}

#[tokio::test]
async fn a_record_that_says_its_time_is_over_closes_at_once() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    scene.poll(&page, &[opening(0), opening(1)], WHOLE).await;
    let expired = RawPosting {
        deadline: Some(RawDate::Text("2026-11-20T12:00:00+01:00".into())),
        ..opening(1)
    };
    let done = scene.poll(&page, &[opening(0), expired], WHOLE).await;
    assert_eq!(done.counts.closed, 1);
}

#[tokio::test]
async fn the_whole_text_before_each_change_can_be_read_again() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let texts: Vec<String> = (0..3)
        .map(|edit| text("team 1") + &format!("\nEdit {edit}.").repeat(edit))
        .collect();
    for text in &texts {
        let record = RawPosting {
            description: Some(RawText::Plain(text.clone())),
            ..opening(1)
        };
        scene.poll(&page, &[record], WHOLE).await;
    }
    let posting = only(&scene).await;
    let history = scene.history(posting.id).await;
    let mut kept = Vec::new();
    for entry in &history {
        let HistoryEntry::Changed {
            changes, earlier, ..
        } = entry
        else {
            panic!("only changes are expected: {history:?}");
        };
        let Some(Change::Text { removed, added }) = changes.get("description") else {
            panic!("the text's change is expected: {changes:?}");
        };
        assert!(!added.is_empty(), "{removed:?}");
        kept.push(earlier.clone().expect("the text before").text);
    }
    assert_eq!(kept, [texts[1].clone(), texts[0].clone()]);
}

#[tokio::test]
async fn of_a_text_that_changes_at_every_look_the_newest_are_kept() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    for edit in 0..25 {
        let record = RawPosting {
            description: Some(RawText::Plain(text(&format!("team {edit}")))),
            ..opening(1)
        };
        scene.poll(&page, &[record], WHOLE).await;
    }
    let posting = only(&scene).await;
    let history = scene.history(posting.id).await;
    let whole: Vec<_> = history
        .iter()
        .filter_map(|entry| match entry {
            HistoryEntry::Changed { earlier, .. } => earlier.as_ref(),
            _ => None,
        })
        .collect();
    assert_eq!((history.len(), whole.len()), (24, 20));
    assert!(whole[0].text.contains("team 23"));
}

#[tokio::test]
async fn the_history_is_told_on_the_page_by_the_interface_and_on_the_command_line() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    scene.poll(&page, &[opening(1)], WHOLE).await;
    let changed = RawPosting {
        description: Some(RawText::Plain(text("another team"))),
        ..opening(1)
    };
    scene.poll(&page, &[changed], WHOLE).await;
    scene.poll(&page, &[], WHOLE).await;
    let id = only(&scene).await.id;

    let browser = scene.app.owner().await;
    let shown = browser.get(&format!("/postings/{id}")).await.text;
    assert!(shown.contains("Not listed at the last look"));
    assert!(shown.contains("The whole text before"));

    let told = browser.get(&format!("/api/v1/postings/{id}/history")).await;
    let items = told.json()["items"].clone();
    assert_eq!(items[0]["kind"], json!("suspected"));
    let earlier = items[1]["earlier"]["text"].as_str().expect("a text");
    assert!(earlier.contains("You will join team 1"), "{earlier}");

    let id = id.to_string();
    let done = scene.app.command(&["show", &id, "--history"], "").await;
    assert!(
        done.text
            .contains("in doubt: it was not listed at the last look")
    );
    assert!(done.text.contains("You will join team 1"), "{}", done.text);
}

#[tokio::test]
async fn removing_a_source_closes_only_what_is_seen_nowhere_else() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let feed = scene
        .source(SourceKind::Feed, "https://northlight.example/jobs.rss")
        .await;
    scene.poll(&page, &openings(0..3), WHOLE).await;
    scene.poll(&feed, &openings(2..5), WHOLE).await;
    assert_eq!(scene.postings().await.len(), 5);
    let closed = source_remove(&scene.app.system(), page.id).await;
    assert_eq!(closed.expect("the source is removed"), 2);
    assert_eq!(scene.open().await, 3);
}
