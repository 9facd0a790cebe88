//! Checks that tell what is wrong, and dead jobs that can be handled.

use cadet::error::Error;
use cadet::flow::kind;
use cadet::operations::actions::{job_delete, job_list, job_retry};
use cadet::operations::checks;
use cadet::operations::model::{Check, State};
use jobs::NewJob;
use serde_json::Value;

use crate::support::TestApp;

fn check<'a>(checks: &'a [Check], name: &str) -> &'a Check {
    let found = checks.iter().find(|check| check.name == name);
    found.unwrap_or_else(|| panic!("there is no check {name}"))
}

#[tokio::test]
async fn the_doctor_finds_a_fresh_cadet_well() {
    let app = TestApp::start().await;
    let done = app.command(&["doctor", "--json"], "").await;
    assert_eq!(done.code, Some(0), "{}{}", done.text, done.errors);
    let checks: Vec<Value> = serde_json::from_str(&done.text).expect("JSON");
    for name in [
        "database",
        "schema",
        "search-index",
        "clock",
        "mail",
        "source-health",
        "polls",
        "jobs",
        "configuration",
    ] {
        let check = checks.iter().find(|check| check["name"] == name);
        let check = check.unwrap_or_else(|| panic!("there is no check {name}"));
        assert_eq!(check["state"], "ok", "{check}");
        assert_eq!(check["advice"], Value::Null);
    }
}

#[tokio::test]
async fn the_doctor_tells_of_a_mail_server_that_is_not_there_and_keeps_its_password() {
    let app = TestApp::start_with(|config| {
        // The port of a listener that is dropped at once, so that nobody listens there.
        let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = gone.local_addr().expect("a bound port").port();
        config.mail.smtp_url = Some(cadet::config::Secret(format!(
            "smtp://ada:geheim@127.0.0.1:{port}"
        )));
        config.mail.from = Some("Cadet <cadet@example.org>".into());
    })
    .await;
    let checks = checks::run(&app.system()).await.expect("the checks");
    let mail = check(&checks, "mail");
    assert_eq!(mail.state, State::Failed);
    assert!(!format!("{checks:?}").contains("geheim"), "{mail:?}");
}

#[tokio::test]
async fn the_doctor_tells_of_a_clock_that_is_wrong() {
    let app = TestApp::start().await;
    app.clock.advance_millis(400 * 86_400_000);
    let checks = checks::run(&app.system()).await.expect("the checks");
    assert_eq!(check(&checks, "clock").state, State::Warning);
    app.clock.advance_millis(100 * 365 * 86_400_000);
    let checks = checks::run(&app.system()).await.expect("the checks");
    assert_eq!(check(&checks, "clock").state, State::Failed);
}

#[tokio::test]
async fn a_dead_job_is_listed_with_its_reason_and_can_be_retried_and_deleted() {
    let app = TestApp::start().await;
    let ctx = app.system();
    let poll = NewJob::new(kind::SOURCE_POLL, &999_999).expect("a job");
    jobs::enqueue(app.app.db.pool(), ctx.now().0, &poll)
        .await
        .expect("it is enqueued");
    let worker = cadet::work::worker(&app.app).expect("a worker");
    worker.drain().await.expect("it works");
    let dead = job_list(&ctx).await.expect("the list");
    assert_eq!(dead.len(), 1);
    assert_eq!(
        dead[0].reason.as_deref(),
        Some("There is no source 999999.")
    );
    let checks = checks::run(&ctx).await.expect("the checks");
    assert_eq!(check(&checks, "jobs").state, State::Warning);

    job_retry(&ctx, dead[0].id).await.expect("it is due again");
    let twice = job_retry(&ctx, dead[0].id).await;
    assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
    worker.drain().await.expect("it works");
    job_delete(&ctx, dead[0].id).await.expect("it is deleted");
    let gone = job_delete(&ctx, dead[0].id).await;
    assert!(matches!(gone, Err(Error::NotFound { .. })), "{gone:?}");
    assert_eq!(job_list(&ctx).await.expect("the list"), []);
}
