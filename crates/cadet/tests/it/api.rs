//! The REST interface: description, problems, pages, validators, limits and repeated requests.

use cadet::accounts::model::{AccountId, Role, Scope};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Browser, TestApp};

async fn program(app: &TestApp) -> Browser {
    app.with_token(AccountId::LOCAL, &Scope::ALL).await
}

#[tokio::test]
async fn the_description_is_openapi_3_1_and_as_reviewed() {
    let app = TestApp::start().await;
    let answer = program(&app).await.get("/api/v1/openapi.json").await;
    let description = answer.json();
    assert_eq!(description["openapi"], "3.1.0");
    insta::with_settings!({ prepend_module_to_snapshot => false }, {
        insta::assert_json_snapshot!("openapi", description);
    });
}

#[tokio::test]
async fn the_reference_page_shows_every_operation_and_needs_no_other_host() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let description = owner.get("/api/v1/openapi.json").await.json();
    let page = owner.get("/api").await;
    for (path, item) in description["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let id = operation["operationId"]
                .as_str()
                .expect("every operation has an id");
            assert!(
                page.text.contains(&format!("data-operation=\"{id}\"")),
                "{id}"
            );
            assert!(
                page.text.contains(&format!("data-path=\"{path}\"")),
                "{path}"
            );
            assert!(page.text.contains(&method.to_uppercase()));
        }
    }
    assert!(!page.text.contains("https://"));
}

#[tokio::test]
async fn an_error_is_a_problem_that_says_what_to_do() {
    let app = TestApp::start().await;
    let program = program(&app).await;
    let answer = program
        .post_json(
            "/api/v1/tokens",
            &json!({ "name": " ", "scopes": ["read"] }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    insta::assert_json_snapshot!("problem_with_fields", answer.json());
}

#[tokio::test]
async fn unreadable_input_is_named_clearly() {
    let app = TestApp::start().await;
    let program = program(&app).await;
    let raw = |kind: &'static str, body: &str| Some((kind, body.to_owned()));
    let mut told = Vec::new();
    for (method, path, body) in [
        (Method::GET, "/api/v1/tokens?lmit=3", None),
        (Method::GET, "/api/v1/me?verbose", None),
        (Method::GET, "/api/v1/tokens?limit=many", None),
        (Method::GET, "/api/v1/tokens?limit=0", None),
        (Method::GET, "/api/v1/tokens?cursor=nonsense", None),
        (Method::DELETE, "/api/v1/tokens/nonsense", None),
        (Method::DELETE, "/api/v1/tokens/99", None),
        (Method::GET, "/api/v1/nothing", None),
        (Method::PUT, "/api/v1/tokens", None),
        (
            Method::POST,
            "/api/v1/tokens",
            raw("application/json", "{\"name\": "),
        ),
        (
            Method::POST,
            "/api/v1/tokens",
            raw("application/json", "{\"name\": 3, \"scopes\": []}"),
        ),
        (
            Method::POST,
            "/api/v1/tokens",
            raw(
                "application/json",
                "{\"name\": \"a\", \"scopes\": [\"all\"]}",
            ),
        ),
        (
            Method::POST,
            "/api/v1/tokens",
            raw("application/json", "{\"nme\": \"a\"}"),
        ),
        (
            Method::POST,
            "/api/v1/tokens",
            raw("application/json", "[\"a\", [\"read\"]]"),
        ),
        (Method::POST, "/api/v1/tokens", raw("text/plain", "{}")),
    ] {
        let shown = body.clone().map(|(_, text)| text).unwrap_or_default();
        let answer = program.send(method.clone(), path, body).await;
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
        let detail = answer.json()["detail"]
            .as_str()
            .expect("a detail")
            .to_owned();
        told.push(format!(
            "{method} {path} {shown}\n    {} {detail}",
            answer.status.as_u16()
        ));
    }
    insta::assert_snapshot!("unreadable_input", told.join("\n"));
}

#[tokio::test]
async fn a_list_comes_in_pages_that_join_without_gap_or_repetition() {
    let app = TestApp::start().await;
    let program = program(&app).await;
    for number in 0..4 {
        let body = json!({ "name": format!("number {number}"), "scopes": ["read"] });
        assert_eq!(program.post_json("/api/v1/tokens", &body).await.status, 201);
    }
    let mut names = Vec::new();
    let mut path = "/api/v1/tokens?limit=2".to_owned();
    loop {
        let answer = program.get(&path).await;
        for item in answer.json()["items"].as_array().expect("items") {
            names.push(item["name"].as_str().expect("a name").to_owned());
        }
        let link = answer.header("link");
        let Some(next) = link.strip_suffix(">; rel=\"next\"") else {
            assert_eq!(answer.json().get("next"), None);
            break;
        };
        path = next.trim_start_matches('<').to_owned();
    }
    assert_eq!(
        names,
        ["a test", "number 0", "number 1", "number 2", "number 3"]
    );
}

#[tokio::test]
async fn whoever_has_the_answer_already_is_told_so() {
    let app = TestApp::start().await;
    let program = program(&app).await;
    let first = program.get("/api/v1/me").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    let knowing = program.with_header("if-none-match", &format!("\"other\", {tag}"));
    let second = knowing.get("/api/v1/me").await;
    assert_eq!(second.status, StatusCode::NOT_MODIFIED);
    assert_eq!(
        (second.text.as_str(), second.header("etag")),
        ("", tag.as_str())
    );
    let owner = app.owner().await;
    owner
        .post_form("/settings/profile", &[("name", "Ada")])
        .await;
    let third = knowing.get("/api/v1/me").await;
    assert_eq!(third.status, StatusCode::OK);
    assert_ne!(third.header("etag"), tag);
}

#[tokio::test]
async fn too_many_requests_are_refused_until_the_bucket_fills() {
    let app = TestApp::start_with(|config| config.server.api_requests_per_minute = 2).await;
    let program = program(&app).await;
    let first = program.get("/api/v1/me").await;
    assert_eq!(first.header("ratelimit-policy"), "\"default\";q=2;w=60");
    assert_eq!(first.header("ratelimit"), "\"default\";r=1;t=30");
    program.get("/api/v1/me").await;
    let third = program.get("/api/v1/me").await;
    assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(third.header("retry-after"), "30");
    let unknown = app.nobody().get("/api/v1/me").await;
    assert_eq!(
        unknown.status,
        StatusCode::UNAUTHORIZED,
        "others are not held up"
    );
    app.clock.advance_millis(30_000);
    assert_eq!(program.get("/api/v1/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_repeated_post_is_carried_out_once() {
    let app = TestApp::start_multi_user().await;
    let owner = app.account("owner@example.org", Role::Admin).await;
    let plain = app.with_token(owner, &Scope::ALL).await;
    let keyed = plain.clone().with_header("idempotency-key", "6f1c");
    let body = json!({ "role": "mentor" });
    let before = plain.get("/api/v1/invitations").await.json()["items"]
        .as_array()
        .map(Vec::len);
    let first = keyed.post_json("/api/v1/invitations", &body).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let second = keyed.post_json("/api/v1/invitations", &body).await;
    assert_eq!(
        second.status,
        StatusCode::CONFLICT,
        "the answer held a secret, which is not kept"
    );
    let after = plain.get("/api/v1/invitations").await.json()["items"]
        .as_array()
        .map(Vec::len);
    assert_eq!(after, before.map(|count| count + 1));
    let third = keyed
        .post_json("/api/v1/invitations", &json!({ "role": "admin" }))
        .await;
    assert_eq!(
        third.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the key is another request's"
    );
    app.clock.advance_millis(24 * 3_600_000);
    let fourth = keyed.post_json("/api/v1/invitations", &body).await;
    assert_eq!(
        fourth.status,
        StatusCode::CREATED,
        "a day later the key is free"
    );
}

#[tokio::test]
async fn a_post_that_failed_may_be_repeated_with_its_key() {
    let app = TestApp::start().await;
    let keyed = program(&app).await.with_header("idempotency-key", "6f1c");
    let bad = json!({ "name": "", "scopes": ["read"] });
    for _ in 0..2 {
        let answer = keyed.post_json("/api/v1/tokens", &bad).await;
        assert_eq!(answer.json()["fields"][0]["field"], "name");
    }
}

#[tokio::test]
async fn of_many_equal_posts_at_once_one_is_carried_out() {
    let app = TestApp::start().await;
    let keyed = program(&app)
        .await
        .with_header("idempotency-key", "at once");
    let body = json!({ "name": "once", "scopes": ["read"] });
    let sent = (0..8).map(|_| keyed.post_json("/api/v1/tokens", &body));
    let answers = futures::future::join_all(sent).await;
    let created = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(created, 1);
    let listed = keyed.get("/api/v1/tokens").await.json();
    let named = |item: &&serde_json::Value| item["name"] == "once";
    assert_eq!(
        listed["items"]
            .as_array()
            .expect("items")
            .iter()
            .filter(named)
            .count(),
        1
    );
}

#[tokio::test]
async fn tokens_are_made_listed_used_and_revoked() {
    let app = TestApp::start().await;
    let program = program(&app).await;
    let body = json!({ "name": "reader", "scopes": ["read"], "expires_in_days": 2 });
    let made = program.post_json("/api/v1/tokens", &body).await;
    assert_eq!(made.header("cache-control"), "no-store");
    let (secret, id) = (
        made.json()["secret"].clone(),
        made.json()["token"]["id"].clone(),
    );
    let secret = secret.as_str().expect("a secret");
    assert!(secret.starts_with("cadet_"));
    let reader = app.nobody().with_bearer(secret);
    assert_eq!(reader.get("/api/v1/me").await.status, StatusCode::OK);
    let listed = program.get("/api/v1/tokens").await;
    assert!(!listed.text.contains(secret));
    assert!(listed.text.contains(&secret[..12]));
    app.clock.advance_millis(2 * 86_400_000);
    assert_eq!(
        reader.get("/api/v1/me").await.status,
        StatusCode::UNAUTHORIZED,
        "it has expired"
    );
    let made = program
        .post_json(
            "/api/v1/tokens",
            &json!({ "name": "b", "scopes": ["read"] }),
        )
        .await;
    let other = app
        .nobody()
        .with_bearer(made.json()["secret"].as_str().expect("a secret"));
    let path = format!("/api/v1/tokens/{}", made.json()["token"]["id"]);
    assert_eq!(program.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        other.get("/api/v1/me").await.status,
        StatusCode::UNAUTHORIZED,
        "it is revoked"
    );
    assert_ne!(id, made.json()["token"]["id"]);
}

#[tokio::test]
async fn a_token_makes_none_that_may_do_more_than_itself() {
    let app = TestApp::start().await;
    let writer = app.with_token(AccountId::LOCAL, &[Scope::Write]).await;
    let body = json!({ "name": "more", "scopes": ["write", "admin"] });
    let answer = writer.post_json("/api/v1/tokens", &body).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let app = TestApp::start_multi_user().await;
    let admin = program(&app).await;
    let demote = json!({ "role": "candidate" });
    let answer = admin
        .send_json(Method::PATCH, "/api/v1/accounts/1", &demote)
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    app.account("second@example.org", Role::Admin).await;
    let answer = admin
        .send_json(Method::PATCH, "/api/v1/accounts/1", &demote)
        .await;
    assert_eq!(answer.json()["role"], "candidate");
}
