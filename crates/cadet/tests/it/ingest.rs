//! What polls do to postings: joining, closing, reopening, history; on whichever database the suite runs.

use std::collections::BTreeSet;

use cadet::postings::actions::{posting_export, posting_show};
use cadet::postings::ingest::{Completeness, Ingested, postings_ingest};
use cadet::postings::model::PostingId;
use cadet::postings::record::{HistoryEntry, PostingRecord, Status};
use cadet::postings::sources::actions::source_add_candidate;
use cadet::postings::sources::detect::Candidate;
use cadet::postings::sources::model::{
    RawLocation, RawPosting, RawText, Source, SourceAddress, SourceKind,
};
use cadet::postings::sources::store;

use crate::support::TestApp;

pub const HOUR_MS: i64 = 3_600_000;
pub const WHOLE: Completeness = Completeness {
    complete: true,
    doubted_before: None,
};
pub const PART: Completeness = Completeness {
    complete: false,
    doubted_before: None,
};

/// A Cadet whose sources tell what the test makes up.
pub struct Scene {
    pub app: TestApp,
}

impl Scene {
    pub async fn new() -> Self {
        Self::of(TestApp::start().await)
    }

    pub fn of(app: TestApp) -> Self {
        Self { app }
    }

    pub async fn source(&self, kind: SourceKind, address: &str) -> Source {
        let candidate = Candidate {
            address: SourceAddress {
                kind,
                address: address.into(),
            },
            name: Some("Northlight".into()),
            why: "a test".into(),
        };
        let added = source_add_candidate(&self.app.system(), candidate, None, Vec::new()).await;
        added.expect("a source").source
    }

    pub async fn page(&self) -> Source {
        self.source(SourceKind::JsonLd, "https://northlight.example/careers")
            .await
    }

    /// A poll an hour later.
    pub async fn poll(
        &self,
        source: &Source,
        records: &[RawPosting],
        completeness: Completeness,
    ) -> Ingested {
        self.app.clock.advance_millis(HOUR_MS);
        let records = records.iter().cloned();
        postings_ingest(&self.app.system(), source, records, completeness, &|_| ())
            .await
            .expect("the poll is ingested")
    }

    pub async fn postings(&self) -> Vec<PostingRecord> {
        posting_export(&self.app.system(), PostingId(0), 10_000)
            .await
            .expect("the postings")
    }

    pub async fn open(&self) -> usize {
        let postings = self.postings().await;
        postings
            .iter()
            .filter(|posting| posting.status == Status::Open)
            .count()
    }

    pub async fn history(&self, id: PostingId) -> Vec<HistoryEntry> {
        let detail = posting_show(&self.app.system(), id).await;
        detail.expect("the posting").history
    }
}

/// An opening of its own: address and text are those of no other number.
pub fn opening(number: usize) -> RawPosting {
    RawPosting {
        external_id: format!("req-{number}"),
        url: format!("https://northlight.example/jobs/req-{number}"),
        title: "Backend Engineering Intern".into(),
        company: Some("Northlight".into()),
        locations: vec![place("Berlin, Germany")],
        description: Some(RawText::Plain(text(&format!("team {number}")))),
        ..RawPosting::default()
    }
}

pub fn openings(numbers: std::ops::Range<usize>) -> Vec<RawPosting> {
    numbers.map(opening).collect()
}

/// The same as a list tells them, without a text: what the large tests need is their number.
fn listed(numbers: std::ops::Range<usize>) -> Vec<RawPosting> {
    let listed = |number| RawPosting {
        description: None,
        ..opening(number)
    };
    numbers.map(listed).collect()
}

fn place(text: &str) -> RawLocation {
    RawLocation {
        text: Some(text.into()),
        ..RawLocation::default()
    }
}

/// A text long enough to be known by.
pub fn text(team: &str) -> String {
    format!(
        "You will join {team} and build services in Java with PostgreSQL that other teams rely on every day.\nYou learn how to design an interface, how to test it, and how to run it.\nYou study computer science or something like it and like to read other people's code."
    )
}

#[tokio::test]
async fn the_same_opening_in_three_sources_is_one_posting_with_three_sightings() {
    let scene = Scene::new().await;
    let board = scene.source(SourceKind::Greenhouse, "northlight").await;
    let list = scene
        .source(SourceKind::Simplify, "https://lists.example/listings.json")
        .await;
    let page = scene.page().await;
    let link = "https://boards.greenhouse.io/northlight/jobs/4012345";
    let on_board = RawPosting {
        external_id: "4012345".into(),
        url: link.into(),
        ..opening(1)
    };
    let on_list = RawPosting {
        external_id: "a-list-id".into(),
        url: format!("{link}?utm_source=list"),
        title: "Backend Intern".into(),
        description: None,
        ..opening(1)
    };
    let on_page = RawPosting {
        apply_url: Some(link.into()),
        ..opening(1)
    };
    assert_eq!(scene.poll(&list, &[on_list], PART).await.counts.added, 1);
    assert_eq!(
        scene.poll(&board, &[on_board], WHOLE).await.counts.joined,
        1
    );
    assert_eq!(scene.poll(&page, &[on_page], PART).await.counts.joined, 1);
    let postings = scene.postings().await;
    assert_eq!(postings.len(), 1);
    assert_eq!(postings[0].sightings.len(), 3);
    assert_eq!(
        postings[0].title, "Backend Engineering Intern",
        "the board's own words win"
    );
}

#[tokio::test]
async fn one_opening_told_once_for_each_city_is_one_posting_with_all_places() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let hamburg = RawPosting {
        locations: vec![place("Hamburg, Germany")],
        description: opening(1).description,
        ..opening(2)
    };
    let done = scene.poll(&page, &[opening(1), hamburg], WHOLE).await;
    assert_eq!((done.counts.added, done.counts.joined), (1, 1));
    let postings = scene.postings().await;
    assert_eq!(postings.len(), 1);
    let places = postings[0].locations.iter();
    let cities: BTreeSet<_> = places.filter_map(|place| place.city.as_deref()).collect();
    assert_eq!(cities, BTreeSet::from(["Berlin", "Hamburg"]));
}

#[tokio::test]
async fn an_outline_of_a_known_posting_says_that_it_is_there_and_keeps_its_text() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let outline = |number| RawPosting {
        outline: true,
        description: None,
        ..opening(number)
    };
    scene.poll(&page, &[opening(0)], WHOLE).await;
    let done = scene.poll(&page, &[outline(0), outline(1)], WHOLE).await;
    assert_eq!(
        (done.counts.found, done.counts.added, done.counts.changed),
        (2, 1, 0)
    );
    let texts = |postings: Vec<PostingRecord>| -> Vec<bool> {
        postings
            .iter()
            .map(|posting| !posting.description_text.is_empty())
            .collect()
    };
    assert_eq!(texts(scene.postings().await), [true, false]);
    let done = scene.poll(&page, &[outline(0), opening(1)], WHOLE).await;
    assert_eq!((done.counts.added, done.counts.closed), (0, 0));
    assert_eq!(texts(scene.postings().await), [true, true]);
    assert_eq!(scene.open().await, 2);
}

#[tokio::test]
async fn of_many_records_only_the_changed_ones_are_written() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let first = scene.poll(&page, &listed(0..1_100), WHOLE).await;
    assert_eq!(first.counts.added, 1_100);
    let mut again = listed(0..1_100);
    for record in &mut again[600..] {
        record.department = Some("Platform".into());
    }
    let second = scene.poll(&page, &again, WHOLE).await;
    let counts = second.counts;
    assert_eq!((counts.found, counts.added), (1_100, 0));
    assert_eq!((counts.changed, counts.closed), (500, 0));
    let changed = scene.postings().await;
    let platform = changed
        .iter()
        .filter(|posting| posting.department.as_deref() == Some("Platform"));
    assert_eq!(platform.count(), 500);
}

#[tokio::test]
async fn a_record_told_twice_in_one_poll_counts_once_however_often_it_is_polled() {
    let scene = Scene::new().await;
    let source = scene.page().await;
    let twice = [opening(1), opening(1), opening(2)];
    for _ in 0..2 {
        scene.poll(&source, &twice, WHOLE).await;
        assert_eq!(scene.postings().await.len(), 2);
    }
}

#[tokio::test]
async fn a_source_is_polled_by_one_process_at_a_time_and_is_free_again_soon_after_a_crash() {
    let scene = Scene::new().await;
    let source = scene.page().await;
    let (db, id) = (&scene.app.app.db, source.id);
    let now = scene.app.app.now();
    let until = now.plus_millis(30_000);
    assert!(store::claim(db, now, id, until).await.unwrap());
    assert!(
        !store::claim(db, now.plus_millis(29_000), id, until)
            .await
            .unwrap()
    );
    store::renew_claim(db, id, now.plus_millis(60_000))
        .await
        .unwrap();
    assert!(
        !store::claim(db, now.plus_millis(59_000), id, until)
            .await
            .unwrap()
    );
    assert!(
        store::claim(db, now.plus_millis(61_000), id, until)
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn one_unusable_record_loses_nothing_else() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let mut records = openings(0..3);
    records[1] = RawPosting {
        external_id: "nothing".into(),
        ..RawPosting::default()
    };
    let done = scene.poll(&page, &records, WHOLE).await;
    assert_eq!((done.counts.added, done.problems.len()), (2, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_sources_ingested_at_once_with_the_same_openings_make_one_posting_of_each() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let feed = scene
        .source(SourceKind::Feed, "https://northlight.example/jobs.rss")
        .await;
    let (one, other) = (scene.app.system(), scene.app.system());
    let silent = |_| ();
    let (first, second) = tokio::join!(
        postings_ingest(&one, &page, listed(0..520).into_iter(), WHOLE, &silent),
        postings_ingest(&other, &feed, listed(0..520).into_iter(), WHOLE, &silent),
    );
    let (first, second) = (first.expect("the first"), second.expect("the second"));
    assert_eq!(first.counts.added + second.counts.added, 520);
    let postings = scene.postings().await;
    assert_eq!(postings.len(), 520);
    assert!(postings.iter().all(|posting| posting.sightings.len() == 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ingest_that_ends_in_the_middle_leaves_whole_batches_and_the_next_completes_it() {
    let scene = Scene::new().await;
    let page = scene.page().await;
    let ctx = scene.app.system();
    let (source, stop) = (page.clone(), tokio_util::sync::CancellationToken::new());
    let told = stop.clone();
    let ingest = tokio::spawn(async move {
        let records = listed(0..1_200).into_iter();
        let stop_after_first = move |_| told.cancel();
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            _ = postings_ingest(&ctx, &source, records, WHOLE, &stop_after_first) => {}
        }
    });
    ingest.await.expect("it ends");
    let stored = scene.postings().await.len();
    assert!(
        stored > 0 && stored < 1_200 && stored % 500 == 0,
        "{stored} postings are stored"
    );

    let done = scene.poll(&page, &listed(0..1_200), WHOLE).await;
    assert_eq!(done.counts.added as usize, 1_200 - stored);
    assert!(done.believed);
    assert_eq!(scene.open().await, 1_200);
    let app = &scene.app.app;
    app.index
        .catch_up(&app.db, &|_| ())
        .await
        .expect("the index follows");
    assert_eq!(app.index.document_count(), 1_200);
}
