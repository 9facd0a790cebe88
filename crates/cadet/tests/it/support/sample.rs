//! A source and postings for tests that are about something else.

use cadet::postings::ingest::{Completeness, postings_ingest};
use cadet::postings::model::PostingId;
use cadet::postings::sources::model::{
    RawDate, RawLocation, RawPosting, RawText, Source, SourceAddress, SourceId, SourceKind,
};
use cadet::postings::sources::store;

use super::TestApp;

/// The board `northlight`, which nobody polls unless asked to.
pub async fn board(app: &TestApp) -> Source {
    let address = SourceAddress {
        kind: SourceKind::Greenhouse,
        address: "northlight".into(),
    };
    let transaction = app.app.db.begin().await.unwrap();
    let now = app.app.now();
    let (id, _) = store::insert(&transaction, now, &address, "Northlight", None, 60)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    store::get(&app.app.db, id).await.unwrap()
}

/// A backend internship of that board.
pub fn opening(number: u32, title: &str) -> RawPosting {
    RawPosting {
        external_id: number.to_string(),
        url: format!("https://boards.greenhouse.io/northlight/jobs/{number}?utm_source=list"),
        title: title.into(),
        company: Some("Northlight".into()),
        locations: vec![RawLocation {
            text: Some("Berlin, Germany".into()),
            ..RawLocation::default()
        }],
        description: Some(RawText::Html(format!(
            "<p>You build REST services in Java with PostgreSQL, as an intern, from June 2027 for six months.</p>
             <p>We pay 2.100 EUR a month. <script>alert(1)</script></p><p>Reference {number}.</p>"
        ))),
        employment_type: Some("Intern".into()),
        posted: Some(RawDate::Text("2026-11-20T09:00:00Z".into())),
        ..RawPosting::default()
    }
}

/// Stores a complete poll of the board with these postings, and makes them searchable.
pub async fn ingest(app: &TestApp, source: &Source, postings: Vec<RawPosting>) {
    let whole = Completeness {
        complete: true,
        doubted_before: None,
    };
    let done = postings_ingest(&app.system(), source, postings.into_iter(), whole, &|_| ()).await;
    assert!(done.unwrap().problems.is_empty());
    app.app.index.catch_up(&app.app.db, &|_| ()).await.unwrap();
}

/// The board with one posting.
pub async fn posting(app: &TestApp) -> (SourceId, PostingId) {
    let source = board(app).await;
    ingest(
        app,
        &source,
        vec![opening(4_012_345, "Backend Intern (Java)")],
    )
    .await;
    let all = cadet::postings::actions::posting_export(&app.system(), PostingId(0), 1).await;
    (source.id, all.unwrap()[0].id)
}

/// A revision of somebody's profile.
pub async fn revision(ctx: &cadet::state::Ctx) -> cadet::profile::model::RevisionId {
    let mut profile = cadet::profile::actions::profile_current(ctx).await.unwrap();
    profile.resume.basics.name.push('x');
    let saved = cadet::profile::actions::profile_save(ctx, profile, "").await;
    saved.unwrap().id
}

/// A JSON Resume that was read and waits.
pub async fn import(ctx: &cadet::state::Ctx) -> cadet::profile::imports::model::ImportId {
    let file = br#"{"basics": {"name": "Mira Holm", "email": "mira@example.org"}}"#.to_vec();
    let read = cadet::profile::imports::actions::import_read(ctx, "resume.json", file).await;
    read.unwrap().id
}
