//! The ledger of evidence: what is added, superseded and withdrawn, scans of repositories, and what a profile tells.

use std::path::PathBuf;
use std::process::Command;

use cadet::accounts::model::{AccountId, Role};
use cadet::profile::actions::{profile_current, profile_save};
use cadet::skills::SkillId;
use cadet::skills::evidence::actions::{
    evidence_history, evidence_recorded, evidence_renew, evidence_restore, evidence_withdraw,
};
use cadet::skills::evidence::{EvidenceKind, NewEvidence, evidence_add, evidence_of};
use cadet::state::Ctx;
use reqwest::StatusCode;
use resume::{Highlight, Work};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::TestApp;

fn owner(app: &TestApp) -> Ctx {
    app.person(AccountId::LOCAL, Role::Admin)
}

fn statement(ctx: &Ctx, skill: &str, words: &str) -> NewEvidence {
    NewEvidence::statement(SkillId::parse(skill).unwrap(), words.into(), ctx.now())
}

async fn drain(app: &TestApp) {
    let worker = cadet::work::worker(&app.app).unwrap();
    worker.drain().await.unwrap();
}

/// A repository of Ada's in a temporary folder.
struct Repo {
    _folder: TempDir,
    path: PathBuf,
}

impl Repo {
    fn new() -> Self {
        let folder = TempDir::with_prefix("cadet-repository-").unwrap();
        let path = folder.path().join("shop");
        std::fs::create_dir(&path).unwrap();
        let repo = Self {
            _folder: folder,
            path,
        };
        repo.git(&["init", "-q", "-b", "main"]);
        repo
    }

    fn git(&self, arguments: &[&str]) {
        let done = Command::new("git")
            .current_dir(&self.path)
            .args(["-c", "commit.gpgsign=false"])
            .args(arguments)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .envs([("GIT_AUTHOR_NAME", "Ada"), ("GIT_COMMITTER_NAME", "Ada")])
            .env("GIT_AUTHOR_EMAIL", "ada@example.org")
            .env("GIT_COMMITTER_EMAIL", "ada@example.org")
            .envs([
                ("GIT_AUTHOR_DATE", "1767225600 +0000"),
                ("GIT_COMMITTER_DATE", "1767225600 +0000"),
            ])
            .output()
            .unwrap();
        assert!(done.status.success(), "{arguments:?}: {done:?}");
    }

    fn commit(&self, name: &str, lines: usize) {
        let text: String = (0..lines).map(|line| format!("int a{line};\n")).collect();
        std::fs::write(self.path.join(name), text).unwrap();
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", name]);
    }

    fn path(&self) -> String {
        self.path.display().to_string()
    }
}

#[tokio::test]
async fn a_row_is_never_changed_and_what_no_longer_holds_is_withdrawn_by_another() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let added = evidence_add(&ctx, statement(&ctx, "java", "I wrote a parser."))
        .await
        .unwrap();
    let row = evidence_withdraw(&ctx, added.id, "It was not mine.")
        .await
        .unwrap();
    assert!(row.withdrawn && row.evidence.supersedes == Some(added.id));
    assert!(evidence_of(&ctx).await.unwrap().is_empty());
    let history = evidence_history(&ctx, i64::MAX, 10).await.unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!(history[1].evidence, added, "the first row is as it was");
    assert_eq!(history[1].superseded_by, Some(row.evidence.id));
    let twice = evidence_withdraw(&ctx, added.id, "").await;
    assert_eq!(twice.unwrap_err().status(), 409);
    let again = evidence_restore(&ctx, row.evidence.id).await.unwrap();
    assert_eq!(again.statement, added.statement);
    assert_eq!(evidence_of(&ctx).await.unwrap(), [again]);
}

#[test]
fn no_query_changes_or_deletes_a_row_of_the_ledger() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/skills/evidence/store/ledger.rs"
    );
    let code = std::fs::read_to_string(path).unwrap();
    for verb in ["update", "delete_", "on_conflict", "execute"] {
        assert!(!code.contains(verb), "{verb}");
    }
}

#[tokio::test]
async fn what_one_origin_tells_anew_supersedes_what_it_told() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let told = |skill: &str, words: &str| NewEvidence {
        kind: EvidenceKind::Work,
        entry: Some("work-1".into()),
        origin: "profile".into(),
        ..statement(&ctx, skill, words)
    };
    let first = vec![
        told("java", "One"),
        told("kafka", "Two"),
        told("kafka", "Two again"),
    ];
    assert_eq!(
        evidence_renew(&ctx, "profile", first.clone())
            .await
            .unwrap(),
        2
    );
    assert_eq!(
        evidence_renew(&ctx, "profile", first).await.unwrap(),
        0,
        "nothing changed"
    );
    let next = vec![told("java", "One, and more"), told("git", "Three")];
    assert_eq!(evidence_renew(&ctx, "profile", next).await.unwrap(), 3);
    let now: Vec<String> = evidence_of(&ctx)
        .await
        .unwrap()
        .into_iter()
        .map(|one| one.statement)
        .collect();
    assert_eq!(
        now,
        ["Three", "One, and more"],
        "rows come in the order of the skills"
    );
    assert_eq!(evidence_history(&ctx, i64::MAX, 50).await.unwrap().len(), 5);
}

#[tokio::test]
async fn a_command_scans_a_repository_and_goes_on_from_there() {
    let app = TestApp::start().await;
    let repo = Repo::new();
    for number in 0..6 {
        repo.commit(&format!("A{number}.java"), 120);
    }
    let path = repo.path();
    let done = app
        .command(
            &[
                "evidence",
                "scan",
                &path,
                "--email",
                "ADA@example.org",
                "--json",
            ],
            "",
        )
        .await;
    assert_eq!(done.code, Some(0), "{}", done.errors);
    let told: Value = serde_json::from_str(&done.text).unwrap();
    assert_eq!(told["scan"]["facts"]["commits"]["own"], 6);
    let listed = app
        .command(&["evidence", "list", "--skill", "java", "--json"], "")
        .await;
    let rows: Value = serde_json::from_str(&listed.text).unwrap();
    assert!(rows[0]["strength"].as_f64().unwrap() >= 0.5, "{rows}");
    assert!(
        rows[0]["statement"]
            .as_str()
            .unwrap()
            .contains("720 lines of Java in 6 commits")
    );
    repo.commit("B.java", 300);
    let done = app
        .command(
            &["evidence", "scan", &path, "--email", "ada@example.org"],
            "",
        )
        .await;
    assert!(
        done.text.contains("7 of 7 commits"),
        "{}{}",
        done.text,
        done.errors
    );
    let rows = evidence_recorded(&owner(&app)).await.unwrap();
    let java: Vec<_> = rows
        .iter()
        .filter(|row| row.evidence.skill.as_str() == "java")
        .collect();
    assert_eq!(java.len(), 1, "the newer scan replaces the older");
    assert!(java[0].evidence.supersedes.is_some());
    let checked = app.command(&["evidence", "check", "--json"], "").await;
    let checked: Value = serde_json::from_str(&checked.text).unwrap();
    assert_eq!(checked[0]["outcome"], "holds", "{checked}");
    std::fs::remove_dir_all(repo.path.join(".git")).unwrap();
    let id = java[0].evidence.id.to_string();
    let gone = app.command(&["evidence", "check", &id], "").await;
    assert!(gone.text.contains("no longer holds"), "{}", gone.text);
}

#[tokio::test]
async fn a_scan_that_finds_nothing_says_what_to_do() {
    let app = TestApp::start().await;
    let repo = Repo::new();
    repo.commit("A.java", 20);
    let other = app
        .command(
            &[
                "evidence",
                "scan",
                &repo.path(),
                "--email",
                "bob@example.org",
            ],
            "",
        )
        .await;
    assert_eq!(other.code, Some(2), "{}", other.text);
    assert!(other.errors.contains("ada@example.org"), "{}", other.errors);
    let folder = TempDir::new().unwrap();
    let path = folder.path().display().to_string();
    let none = app
        .command(&["evidence", "scan", &path, "--email", "a@example.org"], "")
        .await;
    assert_eq!(none.code, Some(2));
    assert!(
        none.errors.contains("is no Git repository"),
        "{}",
        none.errors
    );
    let bad = app
        .command(&["evidence", "scan", &path, "--email", "nobody"], "")
        .await;
    assert!(
        bad.errors.contains("git config user.email"),
        "{}",
        bad.errors
    );
}

#[tokio::test]
async fn a_page_scans_by_a_job_and_shows_how_it_goes() {
    let app = TestApp::start().await;
    let repo = Repo::new();
    repo.commit("A.java", 40);
    let browser = app.owner().await;
    let path = repo.path();
    let begun = browser
        .post_form(
            "/evidence/scans",
            &[
                ("path", &path),
                ("email", "ada@example.org, ada@school.example"),
            ],
        )
        .await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    let page = begun.header("location").to_owned();
    let before = browser.get(&page).await;
    assert!(before.text.contains("Under way"), "{}", before.text);
    drain(&app).await;
    let after = browser.get(&page).await;
    assert!(
        after.text.contains("1 of 1 commits are yours"),
        "{}",
        after.text
    );
    let ledger = browser.get("/evidence").await;
    assert!(ledger.text.contains("40 lines of Java"), "{}", ledger.text);
    let failed = browser
        .post_form(
            "/evidence/scans",
            &[("path", "/nowhere/at/all"), ("email", "a@example.org")],
        )
        .await;
    drain(&app).await;
    let told = browser.get(failed.header("location")).await;
    assert!(told.text.contains("There is no folder"), "{}", told.text);
}

#[tokio::test]
async fn on_a_cadet_for_several_no_page_reads_folders_of_the_machine() {
    let app = TestApp::start_multi_user().await;
    let account = app.account("ada@example.org", Role::Candidate).await;
    let browser = app.signed_in(account).await;
    let refused = browser
        .post_form("/evidence/scans", &[("path", "/home/ada/shop")])
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let page = browser.get("/evidence").await;
    assert!(!page.text.contains("Folder of a Git repository"));
}

#[tokio::test]
async fn the_profile_is_evidence_and_what_is_removed_from_it_is_withdrawn() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let mut profile = profile_current(&ctx).await.unwrap();
    profile.resume.work.push(Work {
        name: "Northlight".into(),
        highlights: vec![Highlight {
            text: "Wrote services in Java with PostgreSQL.".into(),
            ..Highlight::default()
        }],
        ..Work::default()
    });
    profile_save(&ctx, profile, "a test").await.unwrap();
    drain(&app).await;
    let skills = |all: Vec<cadet::skills::evidence::Evidence>| -> Vec<String> {
        all.into_iter().map(|one| one.skill.to_string()).collect()
    };
    let known = evidence_of(&ctx).await.unwrap();
    assert_eq!(known[0].entry.as_deref(), Some("work-1"));
    assert_eq!(skills(known), ["java", "postgresql"]);
    let mut profile = profile_current(&ctx).await.unwrap();
    profile.resume.work[0].highlights[0].text = "Wrote services in Java.".into();
    profile_save(&ctx, profile, "a test").await.unwrap();
    drain(&app).await;
    let known = evidence_of(&ctx).await.unwrap();
    assert_eq!(skills(known), ["java"]);
    let rows = evidence_history(&ctx, i64::MAX, 50).await.unwrap();
    assert!(
        rows.iter()
            .any(|row| row.withdrawn && row.evidence.skill.as_str() == "postgresql")
    );
}

#[tokio::test]
async fn public_data_is_read_as_it_is_handed_over() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let content = r#"[{"name": "shop", "language": "Java", "topics": ["docker"]}]"#;
    let fields = [
        ("link", "https://code.example.org/ada"),
        ("content", content),
    ];
    let read = browser.post_form("/evidence/read", &fields).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER);
    let page = browser.get("/evidence").await;
    assert!(
        page.text.contains("1 public repository of yours: Java."),
        "{}",
        page.text
    );
    let file = app.app.config.data_dir.join("page.txt");
    std::fs::write(&file, "I work with Rust, Kafka and PostgreSQL.").unwrap();
    let file = file.display().to_string();
    let done = app
        .command(
            &[
                "evidence",
                "read",
                &file,
                "--link",
                "https://ada.example.org",
            ],
            "",
        )
        .await;
    assert_eq!(done.code, Some(0), "{}", done.errors);
    let bad = app
        .command(&["evidence", "read", &file, "--link", "nowhere"], "")
        .await;
    assert_eq!(bad.code, Some(2));
}

#[tokio::test]
async fn programs_and_forms_write_statements_and_withdraw_them() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let made = browser
        .post_json(
            "/api/v1/evidence",
            &json!({ "skill": "kafka", "statement": "I ran a cluster." }),
        )
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let id = made.json()["id"].as_i64().unwrap();
    let bad = browser
        .post_json(
            "/api/v1/evidence",
            &json!({ "skill": "no-such", "statement": "x" }),
        )
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [
        ("skill", "PostgreSQL"),
        ("statement", "I tuned queries."),
        ("link", ""),
    ];
    browser.post_form("/evidence", &form).await;
    let page = browser.get("/evidence").await;
    assert!(
        page.text.contains("I tuned queries.") && page.text.contains("Claimed"),
        "{}",
        page.text
    );
    let piece = browser.get(&format!("/evidence/{id}")).await;
    assert!(piece.text.contains("I ran a cluster."));
    let withdrawn = browser
        .post_form(&format!("/evidence/{id}/withdraw"), &[("why", "No")])
        .await;
    let page = browser.get(withdrawn.header("location")).await;
    assert!(page.text.contains("counts no longer"), "{}", page.text);
    let listed = browser.get("/api/v1/evidence?limit=1").await;
    assert_eq!(listed.json()["items"][0]["withdrawn"], true);
    assert!(listed.header("link").contains("rel=\"next\""));
    let all = app.command(&["evidence", "list", "--all"], "").await;
    assert!(all.text.contains("Withdrawn: No"), "{}", all.text);
}

#[tokio::test]
async fn an_empty_ledger_says_what_to_do_next() {
    let app = TestApp::start().await;
    let page = app.owner().await.get("/evidence").await;
    assert!(page.text.contains("Scan a repository that you worked on"));
    let listed = app.command(&["evidence", "list"], "").await;
    assert!(
        listed.text.contains("cadet evidence scan"),
        "{}",
        listed.text
    );
}
