//! The health of sources through real polls: what is noticed, where it is told, and when it is over.

use std::path::PathBuf;

use cadet::alerts::health::health_tell;
use cadet::config::{Config, Secret};
use cadet::error::Error;
use cadet::operations::checks;
use cadet::operations::model::State;
use cadet::postings::actions::posting_export;
use cadet::postings::model::PostingId;
use cadet::postings::record::Status;
use cadet::postings::sources::actions::{source_add_candidate, source_check, source_show};
use cadet::postings::sources::detect::Candidate;
use cadet::postings::sources::health::NoticeKind;
use cadet::postings::sources::model::{Poll, PollOutcome, SourceAddress, SourceId, SourceKind};
use cadet::postings::sources::store;
use cadet::postings::sync::source_poll;
use serde_json::{Value, json};

use crate::alerts::mail::mail_server;
use crate::support::TestApp;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A Cadet with one source, a list in a file that the test rewrites.
struct Scene {
    app: TestApp,
    id: SourceId,
    file: PathBuf,
}

impl Scene {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let app = TestApp::start_with(change).await;
        let file = app.app.config.data_dir.join("listings.json");
        let candidate = Candidate {
            address: SourceAddress {
                kind: SourceKind::Simplify,
                address: file.display().to_string(),
            },
            name: Some("A list".into()),
            why: "a test".into(),
        };
        let added = source_add_candidate(&app.system(), candidate, None, Vec::new()).await;
        let id = added.expect("a source").source.id;
        Self { app, id, file }
    }

    /// A poll an hour later, of a list with these records.
    async fn poll(&self, records: &[Value]) -> Poll {
        std::fs::write(&self.file, json!(records).to_string()).expect("the folder is writable");
        self.look().await
    }

    async fn look(&self) -> Poll {
        self.app.clock.advance_millis(HOUR_MS);
        let ctx = self.app.system();
        let source = store::get(&ctx.db, self.id).await.expect("the source");
        let poll = source_poll(&ctx, &source, &|_| ()).await;
        poll.expect("the poll is stored")
            .expect("nobody else polls")
    }

    /// What is wrong now.
    async fn kinds(&self) -> Vec<NoticeKind> {
        let detail = source_show(&self.app.system(), self.id).await;
        let notices = detail.expect("the source").notices;
        let open = notices.iter().filter(|one| one.ended_at.is_none());
        open.map(|one| one.kind).collect()
    }

    async fn page(&self) -> String {
        let browser = self.app.owner().await;
        browser.get(&format!("/sources/{}", self.id)).await.text
    }

    /// Four polls of forty records, after which that is usual.
    async fn usual(&self) {
        for edition in 0..4 {
            let poll = self.poll(&records(40, edition)).await;
            assert_eq!(poll.outcome, PollOutcome::Complete, "{poll:?}");
        }
        assert_eq!(self.kinds().await, []);
    }
}

/// Records of a list; each edition differs in the first one.
fn records(count: usize, edition: usize) -> Vec<Value> {
    let record = |number: usize| {
        let note = if number == 0 { edition } else { 0 };
        json!({
            "id": format!("a{number}"), "title": format!("Backend Intern {number}"), "company_name": format!("Employer {number}, edition {note}"),
            "url": format!("https://employer{number}.example/jobs/{number}"), "locations": ["Berlin, Germany"], "terms": ["Summer 2027"],
            "active": true, "is_visible": true, "date_posted": 1_794_000_000, "date_updated": 1_795_000_000, "sponsorship": "Other",
        })
    };
    (0..count).map(record).collect()
}

#[tokio::test]
async fn a_drop_of_the_yield_is_told_on_every_page_that_matters_and_by_the_doctor() {
    let scene = Scene::new().await;
    scene.usual().await;
    scene.poll(&records(15, 9)).await;
    assert_eq!(scene.kinds().await, [NoticeKind::YieldDrop]);

    let page = scene.page().await;
    for words in [
        "Far fewer records than usual",
        "It brought 15 records; usual are 40.",
        "What it means",
        "What to do",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let browser = scene.app.owner().await;
    let list = browser.get("/sources").await.text;
    assert!(list.contains("One source needs a look"), "{list}");
    let first = browser.get("/postings").await.text;
    assert!(first.contains("One source needs a look"));

    let checks = checks::run(&scene.app.system()).await.expect("the checks");
    let check = checks.iter().find(|check| check.name == "source-health");
    let check = check.expect("the check");
    assert_eq!(check.state, State::Warning);
    assert!(check.advice.as_ref().unwrap().contains("A list (number 1)"));

    let shown = scene.app.command(&["source", "show", "1"], "").await;
    assert!(shown.text.contains("Far fewer records than usual since"));
    let told = browser.get("/api/v1/sources/1").await.json();
    assert_eq!(told["notices"][0]["kind"], json!("yield-drop"));
}

#[tokio::test]
async fn a_notice_is_over_when_the_source_is_well_again_and_is_remembered() {
    let scene = Scene::new().await;
    scene.usual().await;
    scene.poll(&records(15, 9)).await;
    scene.poll(&records(40, 10)).await;
    assert_eq!(scene.kinds().await, []);
    let page = scene.page().await;
    assert!(page.contains("What was wrong before"), "{page}");
    let browser = scene.app.owner().await;
    let first = browser.get("/postings").await.text;
    assert!(!first.contains("needs a look"));
}

#[tokio::test]
async fn a_notice_keeps_its_beginning_while_it_lasts() {
    let scene = Scene::new().await;
    scene.usual().await;
    scene.poll(&records(15, 9)).await;
    let ctx = scene.app.system();
    let since = source_show(&ctx, scene.id).await.unwrap().notices[0].since;
    scene.poll(&records(14, 10)).await;
    let notices = source_show(&ctx, scene.id).await.unwrap().notices;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].since, since);
    assert!(notices[0].seen_at > since && notices[0].seen.contains("14"));
}

#[tokio::test]
async fn a_changed_format_is_told_with_its_fields_by_polls_and_by_a_check() {
    let scene = Scene::new().await;
    scene.usual().await;
    let mut renamed = records(40, 9);
    for record in &mut renamed {
        let fields = record.as_object_mut().expect("an object");
        let places = fields.remove("locations").expect("the field");
        fields.insert("places".into(), places);
    }
    std::fs::write(&scene.file, json!(renamed).to_string()).expect("the folder is writable");
    let ctx = scene.app.system();
    let checked = source_check(&ctx, "1").await.expect("a check");
    assert_eq!(checked.findings[0].kind, NoticeKind::SchemaDrift);
    assert_eq!(scene.kinds().await, [], "a check stores nothing");

    scene.look().await;
    assert_eq!(scene.kinds().await, [NoticeKind::SchemaDrift]);
    let page = scene.page().await;
    assert!(
        page.contains("locations[]") && page.contains("places[]"),
        "{page}"
    );
}

#[tokio::test]
async fn a_source_that_cannot_be_read_is_told_and_closes_nothing() {
    let scene = Scene::new().await;
    scene.usual().await;
    std::fs::remove_file(&scene.file).expect("the file is there");
    for _ in 0..3 {
        assert_eq!(scene.look().await.outcome, PollOutcome::Failed);
    }
    assert_eq!(scene.kinds().await, [NoticeKind::Unreadable]);
    let all = posting_export(&scene.app.system(), PostingId(0), 100).await;
    let all = all.expect("the postings");
    assert!(
        all.iter()
            .all(|one| one.status == Status::Open && one.suspect_since.is_none())
    );
    // That it cannot be read does not end what was seen of its records.
    scene.poll(&records(40, 11)).await;
    assert_eq!(scene.kinds().await, []);
}

#[tokio::test]
async fn what_a_poll_missed_is_looked_for_again_soon() {
    let scene = Scene::new().await;
    scene.usual().await;
    let ctx = scene.app.system();
    let wait = async || {
        let source = store::get(&ctx.db, scene.id).await.expect("the source");
        source.next_poll_at.0 - ctx.now().0
    };
    assert!(wait().await >= HOUR_MS);
    scene.poll(&records(39, 9)).await;
    assert!((30 * MINUTE_MS..=33 * MINUTE_MS).contains(&wait().await));
}

#[tokio::test]
async fn a_source_is_looked_at_as_often_as_it_changes_and_says_so() {
    let scene = Scene::new().await;
    for hour in 0..37 {
        scene.poll(&records(40, hour / 12)).await;
    }
    let page = scene.page().await;
    assert!(
        page.contains("every 6 hours, because it changes about twice a day"),
        "{page}"
    );
    let ctx = scene.app.system();
    let source = store::get(&ctx.db, scene.id).await.expect("the source");
    assert_eq!(source.interval_minutes, Some(360));
    let wait = source.next_poll_at.0 - ctx.now().0;
    assert!((6 * HOUR_MS..7 * HOUR_MS).contains(&wait), "{wait}");
}

#[tokio::test]
async fn without_an_address_nobody_is_mailed() {
    let scene = Scene::new().await;
    scene.usual().await;
    scene.poll(&records(15, 9)).await;
    scene.app.clock.advance_millis(HOUR_MS);
    assert_eq!(health_tell(&scene.app.system()).await.expect("nothing"), 0);
}

#[tokio::test]
async fn a_mail_that_cannot_be_sent_says_why_and_is_not_taken_as_told() {
    let scene = Scene::with(|config| {
        config.health.mail_to = vec!["ops@example.org".into()];
        config.mail.from = Some("Cadet <cadet@example.org>".into());
    })
    .await;
    scene.usual().await;
    scene.poll(&records(15, 9)).await;
    let ctx = scene.app.system();
    assert_eq!(health_tell(&ctx).await.expect("too early"), 0);
    scene.app.clock.advance_millis(HOUR_MS);
    for _ in 0..2 {
        let refused = health_tell(&ctx).await;
        assert!(
            matches!(&refused, Err(Error::Invalid { .. })),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_mail_server_takes_one_mail_for_each_thing_that_is_wrong() {
    let Some((url, folder)) = mail_server() else {
        eprintln!("skipped: CADET_TEST_SMTP is not set; `cargo xtask test` starts a mail server");
        return;
    };
    // The folder keeps the mails of other runs of this test.
    let to = format!("health-{}@example.org", std::process::id());
    let scene = Scene::with(|config| {
        config.health.mail_to = vec![to.clone()];
        config.mail.from = Some("Cadet <cadet@example.org>".into());
        config.mail.smtp_url = Some(Secret(url));
    })
    .await;
    scene.usual().await;
    scene.poll(&records(15, 9)).await;
    scene.app.clock.advance_millis(HOUR_MS);
    let ctx = scene.app.system();
    assert_eq!(health_tell(&ctx).await.expect("a mail"), 1);
    assert_eq!(health_tell(&ctx).await.expect("no mail"), 0);
    let mails: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|kind| kind == "eml"))
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .filter(|mail| mail.contains(&to))
        .collect();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("Far fewer records than usual"));
}
