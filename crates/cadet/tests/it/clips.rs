//! Clips: what the browser extension sends becomes a posting, once, and its token opens nothing else.

use cadet::accounts::model::{AccountId, Scope};
use cadet::postings::sources::model::SourceKind;
use cadet::postings::sources::store as sources;
use serde_json::{Value, json};

use crate::support::{Browser, TestApp};

async fn clipper(app: &TestApp) -> Browser {
    app.with_token(AccountId::LOCAL, &[Scope::Clip]).await
}

fn page(number: u32, title: &str) -> Value {
    json!({
        "url": format!("https://careers.example.org/jobs/{number}?utm_source=mail"),
        "title": title,
        "posting": {
            "@context": "https://schema.org", "@type": "JobPosting", "title": title,
            "description": "<p>You write services in Rust and keep PostgreSQL fast.</p>",
            "datePosted": "2026-11-20", "employmentType": "INTERN",
            "hiringOrganization": { "@type": "Organization", "name": "Fennwick Labs" },
            "jobLocation": { "@type": "Place", "address": { "addressLocality": "Berlin", "addressCountry": "DE" } }
        }
    })
}

#[tokio::test]
async fn a_clip_becomes_a_posting_that_is_kept_and_found() {
    let app = TestApp::start().await;
    let answer = clipper(&app)
        .await
        .post_json("/api/v1/clips", &page(7, "Backend Intern"))
        .await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let clipped = answer.json();
    assert_eq!(clipped["title"], "Backend Intern");
    assert_eq!(clipped["company"], "Fennwick Labs");
    assert_eq!(
        clipped["url"],
        json!(format!("{}/postings/{}", app.url, clipped["id"]))
    );
    let owner = app.owner().await;
    let posting = owner
        .get(&format!("/api/v1/postings/{}", clipped["id"]))
        .await
        .json();
    assert_eq!(posting["url"], "https://careers.example.org/jobs/7");
    assert_eq!(posting["locations"][0]["city"], "Berlin");
    let saved = owner.get("/api/v1/saved").await.json();
    assert_eq!(saved["items"][0]["id"], clipped["id"]);
    app.app.index.catch_up(&app.app.db, &|_| ()).await.unwrap();
    let found = owner.get("/api/v1/postings?q=rust").await.json();
    assert_eq!(found["items"][0]["id"], clipped["id"]);
}

#[tokio::test]
async fn the_same_address_again_is_the_same_posting_with_its_new_text() {
    let app = TestApp::start().await;
    let clipper = clipper(&app).await;
    let first = clipper
        .post_json("/api/v1/clips", &page(7, "Backend Intern"))
        .await
        .json();
    let again = clipper
        .post_json("/api/v1/clips", &page(7, "Backend Intern (Rust)"))
        .await;
    assert_eq!(again.status, 200);
    let again = again.json();
    assert_eq!((&again["id"], &again["new"]), (&first["id"], &json!(false)));
    assert_eq!(again["title"], "Backend Intern (Rust)");
    let other = clipper
        .post_json("/api/v1/clips", &page(8, "Data Intern"))
        .await
        .json();
    assert_ne!(other["id"], first["id"]);
    let of_clips: Vec<_> = sources::list(&app.app.db).await.unwrap();
    assert_eq!(of_clips.len(), 1);
    assert_eq!(of_clips[0].address.kind, SourceKind::Clip);
}

#[tokio::test]
async fn a_selected_text_is_enough() {
    let app = TestApp::start().await;
    let clip = json!({ "url": "https://www.linkedin.com/jobs/view/4100000001/?trackingId=SECRET", "title": "Platform Intern",
        "company": "Orrery", "text": "You will run Kubernetes with us in Vienna for three months." });
    let answer = clipper(&app).await.post_json("/api/v1/clips", &clip).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let path = format!("/api/v1/postings/{}", answer.json()["id"]);
    let posting = app.owner().await.get(&path).await.json();
    assert_eq!(
        posting["url"],
        "https://www.linkedin.com/jobs/view/4100000001"
    );
    assert_eq!(posting["company"], "Orrery");
}

#[tokio::test]
async fn what_is_no_posting_is_refused_and_stores_nothing() {
    let app = TestApp::start().await;
    let clipper = clipper(&app).await;
    for clip in [
        json!({ "url": "https://example.org/jobs/7" }),
        json!({ "url": "https://example.org/jobs/7", "title": "A title alone" }),
        json!({ "url": "file:///etc/passwd", "title": "x", "text": "y" }),
        json!({ "title": "x", "text": "y" }),
        json!({ "url": "https://example.org/jobs/7", "title": "x", "text": "y", "secret": 1 }),
        json!({ "url": "https://example.org/jobs/7", "posting": { "@type": "JobPosting" } }),
    ] {
        let answer = clipper.post_json("/api/v1/clips", &clip).await;
        assert!(answer.status.is_client_error(), "{clip}: {answer:?}");
        assert!(
            answer.header("content-type").contains("problem+json"),
            "{clip}"
        );
    }
    let saved = app.owner().await.get("/api/v1/saved").await.json();
    assert_eq!(saved["items"], json!([]));
}

#[tokio::test]
async fn its_token_clips_and_does_nothing_else_and_no_other_scope_clips() {
    let app = TestApp::start().await;
    let clipper = clipper(&app).await;
    for path in [
        "/api/v1/me",
        "/api/v1/postings",
        "/api/v1/saved",
        "/api/v1/tokens",
    ] {
        assert_eq!(clipper.get(path).await.status, 403, "{path}");
    }
    for scope in [Scope::Read, Scope::Write, Scope::Admin] {
        let other = app.with_token(AccountId::LOCAL, &[scope]).await;
        assert_eq!(
            other.post_json("/api/v1/clips", &page(7, "x")).await.status,
            403
        );
    }
    assert_eq!(
        app.nobody()
            .post_json("/api/v1/clips", &page(7, "x"))
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn the_settings_page_makes_a_clip_token_in_one_step() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let form = [
        ("name", "Clip"),
        ("clip", "yes"),
        ("expires_in_days", "365"),
    ];
    let shown = owner.post_form("/settings/tokens", &form).await;
    let secret = shown
        .text
        .split("value=\"cadet_")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let program = app
        .nobody()
        .with_bearer(&format!("cadet_{}", secret.expect("the token is shown")));
    assert_eq!(
        program
            .post_json("/api/v1/clips", &page(7, "Backend Intern"))
            .await
            .status,
        201
    );
}
