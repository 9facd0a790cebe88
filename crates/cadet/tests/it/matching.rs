//! How postings fit a person: on a posting's page, in lists, in alerts, and the gap.

use cadet::accounts::model::{AccountId, Role};
use cadet::matching::actions::match_of;
use cadet::matching::model::Standing;
use cadet::postings::model::PostingId;
use cadet::postings::sources::model::{Listing, RawLocation, RawPosting, RawText, Source};
use cadet::profile::actions::{profile_current, profile_save};
use cadet::skills::SkillId;
use cadet::skills::evidence::{EvidenceKind, NewEvidence, evidence_add};
use cadet::state::Ctx;
use serde_json::Value;

use crate::support::{Browser, TestApp, sample};

fn opening(number: u32, place: &str, skills: &[&str]) -> RawPosting {
    let lines: Vec<String> = skills.iter().map(|skill| format!("* {skill}")).collect();
    RawPosting {
        locations: vec![RawLocation {
            text: Some(place.into()),
            ..RawLocation::default()
        }],
        description: Some(RawText::Plain(format!(
            "You work in team {number}.\nRequirements\n{}",
            lines.join("\n")
        ))),
        ..sample::opening(number, &format!("Backend Intern, team {number}"))
    }
}

const BERLIN: &str = "Berlin, Germany";

/// Five openings, of which the third fits somebody who knows Java and PostgreSQL best.
async fn with_openings(app: &TestApp) -> Source {
    let source = sample::board(app).await;
    let postings = vec![
        opening(1, BERLIN, &["Rust", "Kafka"]),
        opening(2, BERLIN, &["Java", "Kafka"]),
        opening(3, BERLIN, &["Java", "PostgreSQL"]),
        opening(4, "Paris, France", &["Java", "PostgreSQL", "Kafka"]),
        opening(5, BERLIN, &["Elixir"]),
    ];
    sample::ingest(app, &source, postings).await;
    drain(app).await;
    source
}

async fn drain(app: &TestApp) {
    let worker = cadet::work::worker(&app.app).unwrap();
    worker.drain().await.unwrap();
}

async fn knows(ctx: &Ctx, skill: &str, strength: f32) {
    let id = SkillId::parse(skill).unwrap();
    let piece = NewEvidence {
        strength,
        kind: EvidenceKind::Repository,
        ..NewEvidence::statement(id, format!("Wrote {skill}."), ctx.now())
    };
    evidence_add(ctx, piece).await.unwrap();
}

/// The owner knows Java and PostgreSQL.
async fn with_evidence(app: &TestApp) -> Ctx {
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    knows(&ctx, "java", 0.8).await;
    knows(&ctx, "postgresql", 0.7).await;
    drain(app).await;
    ctx
}

/// The teams of the postings that a search gives, in their order.
async fn teams(browser: &Browser, query: &str) -> Vec<u32> {
    let page = browser
        .get(&format!("/api/v1/postings?{query}"))
        .await
        .json();
    let team = |item: &Value| {
        let title = item["title"].as_str().unwrap();
        title.rsplit(' ').next().unwrap().parse().unwrap()
    };
    page["items"]
        .as_array()
        .unwrap_or_else(|| panic!("{page}"))
        .iter()
        .map(team)
        .collect()
}

async fn id_of(app: &TestApp, team: u32) -> PostingId {
    let all = cadet::postings::actions::posting_export(&app.system(), PostingId(0), 50)
        .await
        .unwrap();
    let named = all
        .into_iter()
        .find(|one| one.title.ends_with(&format!(" {team}")));
    named.unwrap().id
}

#[tokio::test]
async fn a_posting_is_compared_requirement_by_requirement() {
    let app = TestApp::start().await;
    with_openings(&app).await;
    let ctx = with_evidence(&app).await;
    let found = match_of(&ctx, id_of(&app, 4).await).await.unwrap();
    let of = |label: &str| {
        found
            .requirements
            .iter()
            .find(|one| one.label == label)
            .unwrap()
    };
    assert_eq!(of("Java").standing, Standing::Proven);
    assert_eq!(of("Java").requirement.sentence, "Java");
    assert_eq!(of("Java").evidence[0].statement, "Wrote java.");
    assert_eq!(of("Apache Kafka").standing, Standing::Gap);
    let browser = app.owner().await;
    let id = id_of(&app, 4).await;
    let told = browser
        .get(&format!("/api/v1/postings/{id}/match"))
        .await
        .json();
    assert_eq!(
        told["requirements"].as_array().unwrap().len(),
        found.requirements.len()
    );
    let page = browser.get(&format!("/postings/{id}")).await.text;
    assert!(
        page.contains("How it fits you") && page.contains("Wrote java."),
        "{page}"
    );
    assert!(page.contains("Write a small project with"), "{page}");
}

#[tokio::test]
async fn the_best_fit_comes_first_over_pages_and_with_filters() {
    let app = TestApp::start().await;
    with_openings(&app).await;
    with_evidence(&app).await;
    let browser = app.owner().await;
    let all = teams(&browser, "sort=fit&status=open").await;
    assert_eq!((all.len(), all[0]), (5, 3), "{all:?}");
    assert_eq!(teams(&browser, "sort=fit&country=FR").await, [4]);
    let mut walked = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = browser
            .get(&format!(
                "/api/v1/postings?sort=fit&status=open&limit=2{cursor}"
            ))
            .await
            .json();
        let items = page["items"].as_array().unwrap();
        let fits: Vec<f64> = items
            .iter()
            .map(|item| item["fit"]["score"].as_f64().unwrap())
            .collect();
        assert!(fits.is_sorted_by(|one, next| one >= next));
        walked.extend(items.iter().map(|item| {
            item["title"]
                .as_str()
                .unwrap()
                .rsplit(' ')
                .next()
                .unwrap()
                .parse::<u32>()
                .unwrap()
        }));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(walked, all);
    let page = browser.get("/postings?sort=fit").await.text;
    assert!(
        page.contains("fits ") && page.contains("Best fit for me"),
        "{page}"
    );
    let listed = app
        .command(&["search", "--sort", "fit", "--open", "--json"], "")
        .await;
    let listed: Value = serde_json::from_str(&listed.text).unwrap();
    assert!(
        listed["items"][0]["title"]
            .as_str()
            .unwrap()
            .ends_with("team 3")
    );
}

#[tokio::test]
async fn a_least_fit_leaves_out_what_fits_less() {
    let app = TestApp::start().await;
    with_openings(&app).await;
    with_evidence(&app).await;
    let browser = app.owner().await;
    let best = browser.get("/api/v1/matches?limit=1").await.json();
    let score = best["items"][0]["fit"]["score"].as_f64().unwrap();
    let mut most = teams(&browser, &format!("fit={score}")).await;
    most.sort_unstable();
    assert!(most.contains(&3) && most.len() < 5, "{most:?}");
    assert!(teams(&browser, "fit=1").await.is_empty());
    let bad = browser.get("/api/v1/postings?fit=7").await;
    assert!(bad.text.contains("from 0 to 1"), "{}", bad.text);
    let page = browser.get("/postings?fit=0.4").await.text;
    assert!(page.contains("Fits at least 40 %"), "{page}");
}

#[tokio::test]
async fn scores_follow_postings_evidence_and_profile_without_stale_rows() {
    let app = TestApp::start().await;
    let source = with_openings(&app).await;
    let ctx = with_evidence(&app).await;
    let browser = app.owner().await;
    sample::ingest(
        &app,
        &source,
        vec![opening(6, BERLIN, &["Java", "PostgreSQL"])],
    )
    .await;
    drain(&app).await;
    assert!(teams(&browser, "sort=fit&status=open").await[..2].contains(&6));
    let gone = RawPosting {
        listing: Listing::Closed,
        ..opening(3, BERLIN, &["Java", "PostgreSQL"])
    };
    app.clock.advance_millis(60_000);
    sample::ingest(&app, &source, vec![gone]).await;
    drain(&app).await;
    let closed = browser
        .get("/api/v1/postings?q=team&status=closed")
        .await
        .json();
    assert!(closed["items"][0]["fit"].is_null(), "{closed}");
    for _ in 0..3 {
        knows(&ctx, "elixir", 0.9).await;
    }
    drain(&app).await;
    let elixir = browser.get("/api/v1/postings?skill=elixir").await.json();
    assert_eq!(elixir["items"][0]["fit"]["proven"], 1, "{elixir}");
    let mut profile = profile_current(&ctx).await.unwrap();
    profile.aims.countries = vec!["FR".into()];
    profile_save(&ctx, profile, "a test").await.unwrap();
    drain(&app).await;
    assert_eq!(
        teams(&browser, "sort=fit&status=open").await[0],
        4,
        "Germany is ruled out"
    );
    let ruled = browser.get("/api/v1/postings?skill=elixir").await.json();
    assert_eq!(ruled["items"][0]["fit"]["knocked_out"], true);
}

#[tokio::test]
async fn everybody_has_their_own_fits() {
    let app = TestApp::start_multi_user().await;
    let first = app.account("ada@example.org", Role::Admin).await;
    let second = app.account("bob@example.org", Role::Candidate).await;
    with_openings(&app).await;
    knows(&app.person(first, Role::Admin), "java", 0.9).await;
    knows(&app.person(second, Role::Candidate), "elixir", 0.9).await;
    drain(&app).await;
    let best = async |account: AccountId| {
        teams(&app.signed_in(account).await, "sort=fit&limit=1").await[0]
    };
    assert_ne!(best(first).await, 5);
    assert_eq!(best(second).await, 5);
}

#[tokio::test]
async fn an_alert_tells_only_of_what_fits_well_enough() {
    let app = TestApp::start().await;
    let source = sample::board(&app).await;
    let ctx = with_evidence(&app).await;
    let added = app
        .command(
            &["alert", "add", "For me", "--least-fit", "0.6", "--json"],
            "",
        )
        .await;
    assert_eq!(added.code, Some(0), "{}", added.errors);
    let id = serde_json::from_str::<Value>(&added.text).unwrap()["alert"]["id"]
        .as_i64()
        .unwrap();
    let postings = vec![
        opening(1, BERLIN, &["Rust", "Kafka"]),
        opening(2, BERLIN, &["Java", "PostgreSQL"]),
    ];
    sample::ingest(&app, &source, postings).await;
    drain(&app).await;
    let browser = app.owner().await;
    let matches = browser
        .get(&format!("/api/v1/alerts/{id}/matches"))
        .await
        .json();
    let items = matches["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{matches}");
    assert!(items[0]["title"].as_str().unwrap().ends_with("team 2"));
    let page = browser.get("/alerts").await.text;
    assert!(page.contains("fitting you at least 60 %"), "{page}");
    drop(ctx);
}

#[tokio::test]
async fn the_gap_names_the_skills_that_open_the_most() {
    let app = TestApp::start().await;
    with_openings(&app).await;
    with_evidence(&app).await;
    let browser = app.owner().await;
    let gap = browser.get("/api/v1/gap").await.json();
    assert_eq!(
        (&gap["postings"], &gap["open"]),
        (&5.into(), &1.into()),
        "{gap}"
    );
    assert_eq!(
        (&gap["steps"][0]["skill"], &gap["steps"][0]["opens"]),
        (&"kafka".into(), &2.into())
    );
    let french = browser.get("/api/v1/gap?country=fr").await.json();
    assert_eq!(french["postings"], 1);
    let bad = browser.get("/api/v1/gap?country=Germany").await;
    assert!(bad.text.contains("two letters"), "{}", bad.text);
    let page = browser.get("/gap?country=DE").await.text;
    assert!(
        page.contains("Learn these") && page.contains("Apache Kafka"),
        "{page}"
    );
    let told = app.command(&["gap", "--country", "DE"], "").await;
    assert!(
        told.text.contains("Apache Kafka"),
        "{}{}",
        told.text,
        told.errors
    );
}

#[tokio::test]
async fn commands_compute_what_they_need_by_themselves() {
    let app = TestApp::start().await;
    let source = sample::board(&app).await;
    sample::ingest(
        &app,
        &source,
        vec![opening(1, BERLIN, &["Java"]), opening(2, BERLIN, &["Rust"])],
    )
    .await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    knows(&ctx, "rust", 0.9).await;
    let best = app.command(&["match", "--json"], "").await;
    assert_eq!(best.code, Some(0), "{}", best.errors);
    let best: Value = serde_json::from_str(&best.text).unwrap();
    assert!(
        best["items"][0]["title"]
            .as_str()
            .unwrap()
            .ends_with("team 2"),
        "{best}"
    );
    let id = id_of(&app, 2).await.to_string();
    let one = app.command(&["match", &id], "").await;
    assert!(
        one.text.contains("proven") && one.text.contains("Rust"),
        "{}",
        one.text
    );
    let none = app.command(&["match", "999"], "").await;
    assert_eq!(none.code, Some(3));
}

#[tokio::test]
async fn whoever_is_not_known_yet_is_told_what_to_do() {
    let app = TestApp::start().await;
    with_openings(&app).await;
    let browser = app.owner().await;
    let page = browser.get("/api/v1/postings?sort=fit").await.json();
    assert!(
        page["warnings"][0]
            .as_str()
            .unwrap()
            .contains("Nothing is known of you"),
        "{page}"
    );
    assert!(page["items"][0]["fit"].is_null());
    assert!(
        browser
            .get("/gap")
            .await
            .text
            .contains("Nothing is known of you yet")
    );
    let id = id_of(&app, 1).await;
    let panel = browser.get(&format!("/postings/{id}")).await.text;
    assert!(panel.contains("Nothing is known of you yet"), "{panel}");
}
