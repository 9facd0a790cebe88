//! What holds for every page: headers, protection against other sites, errors, health.

use cadet::accounts::model::{AccountId, Role, Scope};
use reqwest::{Method, StatusCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::TestApp;

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_it() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    for path in [
        "/settings",
        "/login",
        "/nothing",
        "/api/v1/me",
        "/healthz",
        "/assets/none.js",
    ] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
        assert_eq!(
            answer.header("strict-transport-security"),
            "",
            "{path}: this is no HTTPS"
        );
    }
    assert_eq!(
        browser.get("/settings").await.header("cache-control"),
        "no-store"
    );
    assert_eq!(
        browser.get("/api/v1/me").await.header("cache-control"),
        "private, no-cache"
    );
}

#[tokio::test]
async fn pages_hold_no_inline_script_and_no_inline_style() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    for path in ["/settings", "/login", "/api", "/nothing"] {
        let page = browser.get(path).await.text;
        assert!(
            !page.contains("<style") && !page.contains(" style="),
            "{path}"
        );
        let inline = page
            .split("<script")
            .skip(1)
            .any(|rest| !rest.contains(" src="));
        assert!(!inline && !page.contains(" onclick="), "{path}");
    }
}

#[tokio::test]
async fn behind_https_cookies_are_bound_to_it() {
    let app = TestApp::start_with(|config| {
        config.server.public_url = Some("https://cadet.example.org".into());
    })
    .await;
    let ctx = app.system();
    let link = cadet::accounts::actions::login_link_create(&ctx)
        .await
        .expect("a link");
    let browser = app.nobody();
    let answer = browser
        .post_form(&format!("/login/{}", link.token.0), &[])
        .await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-cadet=") && cookie.contains("Secure"),
        "{cookie}"
    );
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
    assert_eq!(browser.get("/settings").await.status, StatusCode::OK);
    let other_name = app
        .nobody()
        .with_cookie("cadet", &browser.cookies()["__Host-cadet"]);
    assert_eq!(
        other_name.get("/settings").await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn what_another_site_sends_changes_nothing() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let name = [("name", "Changed")];
    for site in ["cross-site", "same-site", ""] {
        let tricked = owner.clone().with_header("sec-fetch-site", site);
        let answer = tricked.post_form("/settings/profile", &name).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{site}");
        assert!(answer.text.contains("nothing was changed"));
    }
    assert!(!owner.get("/settings").await.text.contains("Changed"));
    let own = owner.with_header("sec-fetch-site", "same-origin");
    assert_eq!(
        own.post_form("/settings/profile", &name).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn without_fetch_metadata_the_origin_decides() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let cookie = format!("cadet={}", owner.cookies()["cadet"]);
    let post = |origin: Option<String>| {
        let mut request = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        request = request.user_agent("an old browser");
        let mut request = request
            .build()
            .expect("a client")
            .post(format!("{}/settings/profile", app.url))
            .header("cookie", cookie.clone())
            .header("content-type", "application/x-www-form-urlencoded")
            .body("name=Ada");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        async move { request.send().await.expect("an answer").status() }
    };
    assert_eq!(post(Some(app.url.clone())).await, 303);
    assert_eq!(post(Some("https://evil.example".into())).await, 403);
    assert_eq!(post(Some("null".into())).await, 403);
    assert_eq!(post(None).await, 403);
}

#[tokio::test]
async fn a_token_needs_no_origin() {
    let app = TestApp::start().await;
    let program = app.with_token(AccountId::LOCAL, &Scope::ALL).await;
    let program = program.with_header("sec-fetch-site", "cross-site");
    let body = serde_json::json!({ "name": "a", "scopes": ["read"] });
    assert_eq!(program.post_json("/api/v1/tokens", &body).await.status, 201);
}

#[tokio::test]
async fn a_single_user_cadet_answers_under_its_own_names_only() {
    let app = TestApp::start().await;
    for (host, status) in [
        ("localhost:7878", 200),
        ("127.0.0.1", 200),
        ("rebound.evil.example", 421),
    ] {
        let answer = app.nobody().with_header("host", host).get("/login").await;
        assert_eq!(answer.status, status, "{host}");
    }
    let several = TestApp::start_multi_user().await;
    let answer = several
        .nobody()
        .with_header("host", "cadet.school.example")
        .get("/login")
        .await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn an_error_on_a_page_is_a_page() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let missing = browser.get("/nothing/here").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.header("content-type").starts_with("text/html"));
    assert!(missing.text.contains("There is nothing at this address."));
    assert!(missing.text.contains("<nav"), "the way on is there");
    let wrong = browser.send(Method::PUT, "/settings", None).await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.header("allow")),
        (405, "GET, HEAD")
    );
    let incomplete = browser.post_form("/settings/appearance", &[]).await;
    assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        incomplete.text.contains("missing field `theme`"),
        "{}",
        incomplete.text
    );
}

#[tokio::test]
async fn large_bodies_are_refused() {
    let app = TestApp::start().await;
    let program = app.with_token(AccountId::LOCAL, &Scope::ALL).await;
    let body = serde_json::json!({ "name": "a".repeat(3 << 20), "scopes": ["read"] });
    for program in [
        program.clone(),
        program.with_header("idempotency-key", "large"),
    ] {
        let answer = program.post_json("/api/v1/tokens", &body).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(
            answer.json()["detail"]
                .as_str()
                .expect("a detail")
                .contains("2 MiB")
        );
    }
}

#[tokio::test]
async fn who_sends_too_much_reads_why_instead_of_a_broken_connection() {
    let app = TestApp::start().await;
    let address = app.url.trim_start_matches("http://");
    let body = vec![b'a'; 24 << 20];
    let head = format!(
        "POST /login HTTP/1.1\r\nhost: {address}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.expect("a server");
    // As the plainest clients do it: all is sent before anything is read.
    for part in [head.as_bytes(), &body] {
        let sent = stream.write_all(part).await;
        sent.expect("the whole request is taken in");
    }
    let mut answer = String::new();
    let read = stream.read_to_string(&mut answer).await;
    read.expect("the whole answer");
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("larger than"), "{answer}");
}

#[tokio::test]
async fn answers_are_compressed_for_who_takes_it() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let client = reqwest::Client::builder()
        .no_proxy()
        .no_gzip()
        .no_brotli()
        .build()
        .expect("a client");
    let answer = client
        .get(format!("{}/settings", app.url))
        .header("cookie", format!("cadet={}", owner.cookies()["cadet"]))
        .header("accept-encoding", "br")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.headers()["content-encoding"], "br");
}

#[tokio::test]
async fn health_and_readiness_are_told_to_anybody() {
    let app = TestApp::start().await;
    assert_eq!(app.nobody().get("/healthz").await.text, "ok\n");
    let ready = app.nobody().get("/readyz").await.json();
    assert_eq!(
        ready,
        serde_json::json!({ "ready": true, "checks": [{ "name": "database", "ok": true }] })
    );
}

#[tokio::test]
async fn metrics_are_for_this_machine_and_administrators() {
    let app = TestApp::start_multi_user().await;
    app.nobody().get("/login").await;
    let local = app.nobody().get("/metrics").await;
    assert!(
        local
            .text
            .contains(r#"http_requests_total{method="GET",path="/login",status="200"}"#),
        "{}",
        local.text
    );
    let proxied = app.nobody().with_header("x-forwarded-for", "203.0.113.9");
    assert_eq!(proxied.get("/metrics").await.status, StatusCode::SEE_OTHER);
    let ada = app.account("ada@example.org", Role::Candidate).await;
    let candidate = app
        .signed_in(ada)
        .await
        .with_header("x-forwarded-for", "203.0.113.9");
    assert_eq!(
        candidate.get("/metrics").await.status,
        StatusCode::FORBIDDEN
    );
    let admin = app
        .owner()
        .await
        .with_header("x-forwarded-for", "203.0.113.9");
    assert_eq!(admin.get("/metrics").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_bar_shows_parts_that_work() {
    let app = TestApp::start().await;
    let page = app.owner().await.get("/settings").await.text;
    assert!(page.contains(r#"<a href="/settings" aria-current="page">Settings</a>"#));
    let nobody = app.nobody().get("/login").await.text;
    assert!(!nobody.contains("site-nav"));
}
