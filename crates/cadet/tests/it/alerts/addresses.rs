//! Pages, the REST interface, and the addresses that work by their secret.

use cadet::accounts::model::Role;
use cadet::alerts::actions::{alert_add, alert_feed_renew};
use cadet::alerts::model::AlertInput;
use cadet::postings::sources::model::SourceKind;

use super::{add, ingest, java, me, opening, shown, source, start, work};
use crate::support::TestApp;

async fn with_one_match(app: &TestApp) -> cadet::alerts::model::SavedSearch {
    let search = add(app, java()).await.search;
    let board = source(app, SourceKind::Greenhouse, "northlight").await;
    let odd = "Java <script>alert(1)</script> & \u{202e}Intern \u{1f680}";
    ingest(
        app,
        &board,
        vec![opening(1, odd), opening(2, "Java Intern")],
    )
    .await;
    work(app).await;
    search
}

#[tokio::test]
async fn both_feeds_are_feeds_with_stable_entries() {
    let app = start().await;
    let search = with_one_match(&app).await;
    let mut ids = Vec::new();
    for (path, kind) in [
        (search.atom_path(), "application/atom+xml"),
        (search.json_feed_path(), "application/feed+json"),
    ] {
        let answer = app.nobody().get(&path).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(answer.header("content-type").starts_with(kind));
        let feed = feed_rs::parser::parse(answer.text.as_bytes()).expect("a feed");
        assert_eq!(feed.title.expect("a title").content, "Java");
        assert_eq!(feed.entries.len(), 2);
        // A title in JSON Feed is plain text; in Atom it must be escaped.
        let is_json = kind.ends_with("json");
        assert!(
            is_json || !answer.text.contains("<script>alert"),
            "{}",
            answer.text
        );
        ids.push(
            feed.entries
                .into_iter()
                .map(|entry| entry.id)
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(ids[0], ids[1]);
    let renewed = alert_feed_renew(&me(&app), search.id).await.unwrap();
    let answer = app.nobody().get(&renewed.atom_path()).await;
    let feed = feed_rs::parser::parse(answer.text.as_bytes()).expect("a feed");
    let again: Vec<String> = feed.entries.into_iter().map(|entry| entry.id).collect();
    assert_eq!(again, ids[0]);
    assert_eq!(app.nobody().get(&search.atom_path()).await.status, 404);
    assert_eq!(app.nobody().get("/feeds/nothing.rss").await.status, 404);
}

#[tokio::test]
async fn a_reader_that_has_the_feed_gets_no_body() {
    let app = start().await;
    let search = with_one_match(&app).await;
    let first = app.nobody().get(&search.atom_path()).await;
    for (name, value) in [
        ("if-none-match", first.header("etag").to_owned()),
        (
            "if-modified-since",
            first.header("last-modified").to_owned(),
        ),
    ] {
        let reader = app.nobody().with_header(name, &value);
        let answer = reader.get(&search.atom_path()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.text.as_str()),
            (304, ""),
            "{name}: {value}"
        );
    }
    let stale = app.nobody().with_header("if-none-match", "\"other\"");
    assert_eq!(stale.get(&search.atom_path()).await.status, 200);
}

#[tokio::test]
async fn one_click_turns_mail_off_and_opening_the_address_does_not() {
    let app = start().await;
    let input = AlertInput {
        mail: "ada@example.org".into(),
        ..java()
    };
    let search = add(&app, input).await.search;
    let path = format!("/unsubscribe/{}", search.unsubscribe_token);
    let asked = app.nobody().get(&path).await;
    assert_eq!(asked.status, 200);
    assert!(asked.text.contains("Turn mail off"));
    assert!(shown(&app, search.id).await.alert.search.mail().is_some());
    // As mail programs send it: from elsewhere, without a cookie.
    let program = app.nobody().with_header("sec-fetch-site", "cross-site");
    for _ in 0..2 {
        let answer = program
            .post_form(&path, &[("List-Unsubscribe", "One-Click")])
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    let search = shown(&app, search.id).await.alert.search;
    assert_eq!(search.mail(), None);
    assert!(search.channels[0].off().unwrap().contains("Unsubscribed"));
    let wrong = app.nobody().post_form("/unsubscribe/wrong", &[]).await;
    assert_eq!(wrong.status, 404);
}

#[tokio::test]
async fn the_form_keeps_what_was_typed_and_says_what_is_wrong() {
    let app = start().await;
    let browser = app.owner().await;
    let page = browser.get("/alerts/new?q=java&internship=yes").await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(
        page.text.contains("internships \u{b7} with the words"),
        "{}",
        page.text
    );
    let fields = [
        ("name", "My <Java>"),
        ("query", "q=java&internship=yes"),
        ("schedule", "weekly"),
        ("weekday", "friday"),
        ("hour", "7"),
        ("time_zone", "Europe/Zurich"),
        ("mail", "not an address"),
    ];
    let refused = browser.post_form("/alerts", &fields).await;
    assert_eq!(refused.status, 422);
    for kept in [
        "My &#60;Java&#62;",
        "not an address",
        "This is not a mail address",
    ] {
        assert!(refused.text.contains(kept), "{kept}: {}", refused.text);
    }
    let mut right = fields;
    right[6].1 = "ada@example.org";
    let made = browser.post_form("/alerts", &right).await;
    assert_eq!(
        (made.status.as_u16(), made.header("location")),
        (303, "/alerts/1")
    );
    let page = browser.get("/alerts/1").await.text;
    assert!(
        page.contains("every Friday at 07:00 (Europe/Zurich)"),
        "{page}"
    );
}

#[tokio::test]
async fn a_removed_alert_is_brought_back_by_undo() {
    let app = start().await;
    let search = with_one_match(&app).await;
    let browser = app.owner().await;
    let removed = browser
        .post_form(&format!("{}/remove", search.path()), &[])
        .await;
    assert_eq!(removed.header("location"), "/alerts?removed=1");
    let list = browser.get("/alerts?removed=1").await.text;
    assert!(
        list.contains("/alerts/1/restore") && list.contains("You have no alerts"),
        "{list}"
    );
    assert_eq!(app.nobody().get(&search.atom_path()).await.status, 404);
    browser.post_form("/alerts/1/restore", &[]).await;
    let page = browser.get("/alerts/1").await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    assert_eq!(shown(&app, search.id).await.alert.found, 2);
}

#[tokio::test]
async fn the_rest_interface_makes_changes_lists_and_removes() {
    let app = start().await;
    let browser = app.owner().await;
    let body = serde_json::json!({ "name": "Java", "query": "q=java", "schedule": { "kind": "daily", "hour": 8 } });
    let made = browser.post_json("/api/v1/alerts", &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let patch = serde_json::json!({ "name": "Java!", "paused": true });
    let patched = browser
        .send_json(reqwest::Method::PATCH, "/api/v1/alerts/1", &patch)
        .await;
    assert_eq!(patched.status, 200, "{}", patched.text);
    let record = browser.get("/api/v1/alerts/1").await.json();
    assert_eq!(
        (&record["name"], &record["query"]),
        (&"Java!".into(), &"q=java".into())
    );
    assert_eq!(
        record["schedule"],
        serde_json::json!({ "kind": "daily", "hour": 8 })
    );
    assert!(record["paused_at"].is_string());
    assert_eq!(
        browser
            .post_json("/api/v1/alerts/1/run", &body)
            .await
            .status,
        409
    );
    let wrong =
        serde_json::json!({ "name": "", "mail": "x", "schedule": { "kind": "daily", "hour": 99 } });
    let refused = browser.post_json("/api/v1/alerts", &wrong).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.json()["fields"].as_array().map(Vec::len),
        Some(3),
        "{}",
        refused.text
    );
    assert_eq!(browser.delete("/api/v1/alerts/1").await.status, 204);
    assert_eq!(
        browser.get("/api/v1/alerts").await.json()["items"],
        serde_json::json!([])
    );
}

#[tokio::test]
async fn matches_come_in_pages_the_newest_first() {
    let app = start().await;
    with_one_match(&app).await;
    let browser = app.owner().await;
    let first = browser.get("/api/v1/alerts/1/matches?limit=1").await.json();
    assert_eq!(first["items"][0]["title"], "Java Intern");
    let next = format!(
        "/api/v1/alerts/1/matches?limit=1&cursor={}",
        first["next"].as_str().unwrap()
    );
    let second = browser.get(&next).await.json();
    assert_eq!(second["items"].as_array().map(Vec::len), Some(1));
    assert!(second["next"].is_null());
    assert_ne!(first["items"][0]["id"], second["items"][0]["id"]);
}

#[tokio::test]
async fn another_accounts_alert_is_not_there() {
    let app = TestApp::start_multi_user().await;
    let ada = app.account("ada@example.org", Role::Candidate).await;
    let bob = app.account("bob@example.org", Role::Candidate).await;
    let ctx = app.person(ada, Role::Candidate);
    let id = alert_add(&ctx, java(), false).await.unwrap().search.id;
    let browser = app.signed_in(bob).await;
    for path in ["", "/matches"] {
        let answer = browser.get(&format!("/api/v1/alerts/{id}{path}")).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    for button in ["/remove", "/restore", "/pause", "/run", "/test", "/feed"] {
        let answer = browser
            .post_form(&format!("/alerts/{id}{button}"), &[])
            .await;
        assert_eq!(answer.status, 404, "{button}");
    }
    assert_eq!(
        browser.get("/api/v1/alerts").await.json()["items"],
        serde_json::json!([])
    );
}

#[tokio::test]
async fn the_command_line_adds_lists_and_removes() {
    let app = start().await;
    let added = app
        .command(
            &[
                "--json",
                "alert",
                "add",
                "Java",
                "java",
                "--internship",
                "--weekly",
                "fri",
                "--hour",
                "7",
            ],
            "",
        )
        .await;
    assert_eq!(added.code, Some(0), "{}", added.errors);
    let added: serde_json::Value = serde_json::from_str(&added.text).unwrap();
    assert_eq!(added["alert"]["schedule"]["weekday"], "friday");
    let list = app.command(&["alert", "list"], "").await;
    assert!(list.text.contains("every Friday at 07:00"), "{}", list.text);
    let run = app
        .command(&["--json", "alert", "run", "--dry-run"], "")
        .await;
    assert!(run.text.contains("\"matching\": 0"), "{}", run.text);
    let export = app.command(&["export", "alerts"], "").await;
    assert_eq!(export.text.lines().count(), 1, "{}", export.text);
    assert_eq!(
        app.command(&["alert", "remove", "1"], "").await.code,
        Some(0)
    );
    assert_eq!(app.command(&["alert", "show", "1"], "").await.code, Some(3));
}

#[tokio::test]
async fn many_alerts_are_listed_in_pages() {
    let app = start().await;
    for number in 1..=51 {
        let name = format!("Java {number}");
        add(&app, AlertInput { name, ..java() }).await;
    }
    let browser = app.owner().await;
    let first = browser.get("/alerts").await.text;
    assert!(first.contains("/alerts?after=50") && first.contains("Java 50"));
    assert!(!first.contains("Java 51") && !first.contains("First alerts"));
    let second = browser.get("/alerts?after=50").await.text;
    assert!(second.contains("Java 51") && second.contains("First alerts"));
    assert!(!second.contains("Next alerts") && !second.contains("Java 50"));
    let beyond = browser.get("/alerts?after=51").await.text;
    assert!(beyond.contains("There are no further alerts"));
}
