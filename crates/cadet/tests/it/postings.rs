//! Postings and sources over the REST interface.

use cadet::accounts::model::{AccountId, Scope};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Browser, TestApp, sample};

async fn program(app: &TestApp) -> Browser {
    app.with_token(AccountId::LOCAL, &Scope::ALL).await
}

#[tokio::test]
async fn a_search_gives_rows_counts_and_the_words_that_were_found() {
    let app = TestApp::start().await;
    let source = sample::board(&app).await;
    let postings = (1..=3).map(|n| sample::opening(4_000_000 + n, &format!("Backend Intern {n}")));
    sample::ingest(&app, &source, postings.collect()).await;
    let program = program(&app).await;
    let page = program
        .get("/api/v1/postings?q=java&internship=yes&status=open&limit=2")
        .await
        .json();
    assert_eq!(page["total"], 3);
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    assert_eq!(page["items"][0]["backend"], "explicit");
    assert!(
        page["items"][0]["snippet"]
            .as_str()
            .unwrap()
            .contains("<mark>Java</mark>")
    );
    assert_eq!(
        page["facets"]["country"],
        json!([{ "value": "DE", "count": 3 }])
    );
    let next = page["next"].as_str().unwrap();
    let rest = program
        .get(&format!(
            "/api/v1/postings?q=java&internship=yes&status=open&limit=2&cursor={next}"
        ))
        .await
        .json();
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert_eq!(rest["next"], json!(null));
}

#[tokio::test]
async fn a_parameter_that_is_unknown_or_senseless_is_refused_by_name() {
    let app = TestApp::start().await;
    let program = program(&app).await;
    let unknown = program.get("/api/v1/postings?colour=red").await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert!(unknown.text.contains("colour"));
    for query in [
        "within=soon",
        "within=3651",
        "sort=random",
        "limit=0",
        "internship=maybe",
        "cursor=x",
        "backend=very",
    ] {
        let answer = program.get(&format!("/api/v1/postings?{query}")).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{query}: {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn a_posting_is_told_whole_and_cleaned() {
    let app = TestApp::start().await;
    let (_, id) = sample::posting(&app).await;
    let program = program(&app).await;
    let answer = program.get(&format!("/api/v1/postings/{id}")).await;
    let posting = answer.json();
    assert_eq!(
        posting["url"],
        "https://boards.greenhouse.io/northlight/jobs/4012345"
    );
    assert_eq!(posting["facts"]["internship"]["value"], true);
    assert_eq!(posting["facts"]["backend"]["value"], "explicit");
    assert!(
        !posting["description_html"]
            .as_str()
            .unwrap()
            .contains("script")
    );
    assert_eq!(posting["sightings"][0]["source"], "Northlight");
    let text = posting["description_text"].as_str().unwrap();
    let java = posting["skills"]
        .as_array()
        .unwrap()
        .iter()
        .find(|skill| skill["skill"] == "java" && skill["origin"] == "description")
        .unwrap();
    let span = java["start"].as_u64().unwrap() as usize..java["end"].as_u64().unwrap() as usize;
    assert_eq!(&text[span], "Java");
    let missing = program.get("/api/v1/postings/999999").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_kept_is_ones_own_and_keeping_twice_changes_nothing() {
    let app = TestApp::start().await;
    let (_, id) = sample::posting(&app).await;
    let program = program(&app).await;
    let kept = format!("/api/v1/postings/{id}/saved");
    for _ in 0..2 {
        assert_eq!(
            program.send(Method::PUT, &kept, None).await.status,
            StatusCode::NO_CONTENT
        );
    }
    assert_eq!(
        program.get("/api/v1/saved").await.json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(program.delete(&kept).await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        program.get("/api/v1/saved").await.json()["items"],
        json!([])
    );
}

#[tokio::test]
async fn a_source_is_paused_resumed_polled_and_removed() {
    let app = TestApp::start().await;
    let (source, posting) = sample::posting(&app).await;
    let program = program(&app).await;
    let path = format!("/api/v1/sources/{source}");
    let change = |paused: bool| json!({ "paused": paused });
    assert_eq!(
        program
            .send_json(Method::PATCH, &path, &change(true))
            .await
            .json()["health"],
        "paused"
    );
    let refused = program.post_json(&format!("{path}/poll"), &json!({})).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(
        program
            .send_json(Method::PATCH, &path, &change(false))
            .await
            .json()["state"],
        "active"
    );
    let accepted = program.post_json(&format!("{path}/poll"), &json!({})).await;
    assert_eq!(accepted.status, StatusCode::ACCEPTED);
    assert_eq!(program.delete(&path).await.json()["closed"], 1);
    assert_eq!(program.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        program
            .get(&format!("/api/v1/postings/{posting}"))
            .await
            .json()["status"],
        "closed"
    );
    let history = program
        .get(&format!("/api/v1/postings/{posting}/history"))
        .await
        .json();
    assert_eq!(history["items"][0]["reason"], "its source was removed");
}

#[tokio::test]
async fn an_address_on_a_private_network_is_no_source() {
    let app = TestApp::start().await;
    let answer = program(&app)
        .await
        .post_json(
            "/api/v1/sources",
            &json!({ "address": "http://127.0.0.1:9/careers" }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(answer.text.contains("private"), "{}", answer.text);
}

#[tokio::test]
async fn skills_are_listed_and_told() {
    let app = TestApp::start().await;
    let program = program(&app).await;
    let all = program.get("/api/v1/skills").await.json();
    assert!(all["items"].as_array().unwrap().len() >= 400);
    let skill = program.get("/api/v1/skills/postgresql").await.json();
    assert_eq!(skill["name"], "PostgreSQL");
    assert_eq!(
        program.get("/api/v1/skills/nothing").await.status,
        StatusCode::NOT_FOUND
    );
}
