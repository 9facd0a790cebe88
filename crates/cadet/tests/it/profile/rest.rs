//! The profile in the REST interface.

use cadet::accounts::model::{AccountId, Role, Scope};
use cadet::profile::actions::{profile_current, profile_save};
use cadet::profile::sample::sample_person;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_profile_is_read_changed_and_sent_back_with_its_validator() {
    let app = TestApp::start().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    profile_save(&ctx, sample_person().unwrap(), "")
        .await
        .unwrap();
    let program = app
        .with_token(AccountId::LOCAL, &[Scope::Read, Scope::Write])
        .await;
    let read = program.get("/api/v1/profile").await;
    let tag = read.header("etag").to_owned();
    assert!(tag.starts_with("\"r"), "{tag}");
    let same = program.clone().with_header("if-none-match", &tag);
    assert_eq!(
        same.get("/api/v1/profile").await.status,
        StatusCode::NOT_MODIFIED
    );
    let mut document = read.json();
    assert_eq!(document["x-aims"]["graduation"], "2027-06");
    document["basics"]["label"] = "Student".into();
    let first = program.clone().with_header("if-match", &tag);
    let saved = first
        .send_json(Method::PUT, "/api/v1/profile", &document)
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
    let mut expected = sample_person().unwrap();
    expected.resume.basics.label = "Student".into();
    assert_eq!(profile_current(&ctx).await.unwrap(), expected);
    document["basics"]["label"] = "Other".into();
    let late = first
        .send_json(Method::PUT, "/api/v1/profile", &document)
        .await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(profile_current(&ctx).await.unwrap(), expected);
    let history = program.get("/api/v1/profile/history?limit=1").await.json();
    assert_eq!(history["items"][0]["aside"], true);
    let kept = format!("/api/v1/profile/history/{}", history["items"][0]["id"]);
    let kept_text = program.get(&kept).await.json();
    assert_eq!(kept_text["document"]["basics"]["label"], "Other");
    assert_eq!(kept_text["differences"][0]["after"], "Other");
    let next = program
        .get(&format!(
            "/api/v1/profile/history?limit=1&cursor={}",
            history["next"].as_str().unwrap()
        ))
        .await
        .json();
    assert_eq!(next["items"][0]["aside"], false);
    let restored = program
        .send(Method::POST, &format!("{kept}/restore"), None)
        .await;
    assert_eq!(restored.json()["origin"], "restore");
    assert_eq!(
        profile_current(&ctx).await.unwrap().resume.basics.label,
        "Other"
    );
}

#[tokio::test]
async fn a_document_that_cannot_be_used_is_refused_with_what_to_do() {
    let app = TestApp::start().await;
    let program = app.with_token(AccountId::LOCAL, &[Scope::Write]).await;
    let bad = program
        .send_json(Method::PUT, "/api/v1/profile", &json!({"x-aims": 7}))
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let odd = program.clone().with_header("if-match", "x");
    let odd = odd
        .send_json(
            Method::PUT,
            "/api/v1/profile",
            &json!({"basics": {"name": "x"}}),
        )
        .await;
    assert!(odd.text.contains("If-Match"), "{}", odd.text);
}

#[tokio::test]
async fn a_file_is_read_over_the_interface_and_waits_or_is_taken_over() {
    let app = TestApp::start().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    let program = app
        .with_token(AccountId::LOCAL, &[Scope::Read, Scope::Write])
        .await;
    let file = br#"{"basics": {"name": "Mira Holm"}, "work": [{"company": "Northwind Trains"}]}"#;
    let send = async |query: &str| {
        let path = format!("/api/v1/profile/import?name=mira.json{query}");
        let kind = "application/octet-stream";
        program
            .send_bytes(Method::POST, &path, kind, file.to_vec())
            .await
            .json()
    };
    let waits = send("").await;
    assert_eq!(
        (&waits["stage"], &waits["understood"]["work"][0]["name"]),
        (&"read".into(), &"Northwind Trains".into())
    );
    assert!(
        waits["notes"]
            .as_array()
            .is_some_and(|notes| !notes.is_empty())
    );
    assert_eq!(profile_current(&ctx).await.unwrap().resume.work.len(), 0);
    assert_eq!(
        program
            .get(&format!("/api/v1/profile/import/{}", waits["id"]))
            .await
            .json(),
        waits
    );
    assert_eq!(send("&how=merge").await["stage"], "taken");
    assert_eq!(
        profile_current(&ctx).await.unwrap().resume.work[0].name,
        "Northwind Trains"
    );
}
