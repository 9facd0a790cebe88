//! Mailboxes: alert mails read over IMAP from a real server, which finds nothing changed afterwards.

pub mod server;

use std::time::Duration;

use cadet::config::Secret;
use cadet::error::Error;
use cadet::postings::sources::actions::{source_add, source_check};
use cadet::postings::sources::model::{PollOutcome, Source, SourceErrorKind, SourceKind};
use cadet::postings::sources::store as sources;
use cadet::postings::sources::watch;
use cadet::postings::sync::source_poll;
use tokio_util::sync::CancellationToken;

use crate::support::TestApp;
use server::{Mailbox, alert};

/// A Cadet that may read the test's mailbox.
async fn app(mailbox: &Mailbox) -> TestApp {
    let (password, certificate) = (mailbox.password.clone(), mailbox.certificate.clone());
    TestApp::start_with(|config| {
        config.mailbox.password = Some(Secret(password));
        config.mailbox.certificate = Some(certificate.into());
        config.fetch.allow_private = vec!["127.0.0.1".into()];
    })
    .await
}

async fn add(app: &TestApp, address: &str) -> Source {
    source_add(&app.system(), address, None)
        .await
        .expect("the mailbox is added")
        .source
}

/// Polls a source as it now is, and gives it as it is then.
async fn poll(app: &TestApp, source: &Source) -> (PollOutcome, u64, Source) {
    let ctx = app.system();
    let now = sources::get(&app.app.db, source.id).await.unwrap();
    let poll = source_poll(&ctx, &now, &|_| ())
        .await
        .unwrap()
        .expect("nobody else polls");
    assert_eq!(poll.error, None);
    let after = sources::get(&app.app.db, source.id).await.unwrap();
    (poll.outcome, poll.counts.added, after)
}

/// Why an address is refused.
async fn refused(app: &TestApp, address: &str) -> (SourceErrorKind, String) {
    match source_add(&app.system(), address, None).await {
        Err(Error::Source(error)) => (error.kind, error.message),
        other => panic!("{address} should be refused: {other:?}"),
    }
}

#[tokio::test]
async fn each_mail_is_read_once_over_tls_and_over_starttls_and_nothing_is_changed() {
    let Some(mailbox) = Mailbox::new("reading").await else {
        return;
    };
    let app = app(&mailbox).await;
    mailbox.create("Jobs").await;
    mailbox.append("Jobs", &alert(1)).await;
    mailbox.append("Jobs", &alert(2)).await;
    mailbox.append("INBOX", &alert(9)).await;
    let flags = mailbox.flags("Jobs").await;
    for scheme in ["imaps", "imap"] {
        let source = add(&app, &mailbox.address(scheme, "Jobs")).await;
        assert_eq!(source.address.kind, SourceKind::Mail);
        assert!(!format!("{source:?}").contains(&mailbox.password));
        let (outcome, _, _) = poll(&app, &source).await;
        assert_eq!(outcome, PollOutcome::Partial, "mails never tell all");
        let (outcome, added, _) = poll(&app, &source).await;
        assert_eq!((outcome, added), (PollOutcome::Unchanged, 0));
    }
    // The other folder was not touched, and two sources told of the same two jobs.
    assert_eq!(
        postings(&app).await,
        ["Backend Intern 1", "Backend Intern 2"]
    );
    assert_eq!(mailbox.flags("Jobs").await, flags, "no flag was set");
    mailbox.append("Jobs", &alert(3)).await;
    let source = sources::list(&app.app.db).await.unwrap().remove(0);
    let (_, added, after) = poll(&app, &source).await;
    assert_eq!(added, 1);
    assert!(after.validators.is_some());
    assert_eq!(postings(&app).await.len(), 3);
}

/// Titles of all postings, in order.
async fn postings(app: &TestApp) -> Vec<String> {
    app.app.index.catch_up(&app.app.db, &|_| ()).await.unwrap();
    let answer = app.owner().await.get("/api/v1/postings?limit=100").await;
    let body: serde_json::Value = answer.json();
    let mut titles: Vec<String> = body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|posting| posting["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    titles
}

#[tokio::test]
async fn a_folder_that_is_numbered_anew_is_read_anew_and_doubles_nothing() {
    let Some(mailbox) = Mailbox::new("validity").await else {
        return;
    };
    let app = app(&mailbox).await;
    mailbox.create("Jobs").await;
    mailbox.append("Jobs", &alert(1)).await;
    let source = add(&app, &mailbox.address("imaps", "Jobs")).await;
    let (_, _, before) = poll(&app, &source).await;
    mailbox.delete("Jobs").await;
    mailbox.create("Jobs").await;
    mailbox.append("Jobs", &alert(1)).await;
    mailbox.append("Jobs", &alert(2)).await;
    let (_, added, after) = poll(&app, &source).await;
    assert_eq!(added, 1, "the first mail tells nothing new");
    assert_ne!(before.validators, after.validators);
    assert_eq!(postings(&app).await.len(), 2);
}

#[tokio::test]
async fn mail_from_before_the_days_looked_back_is_left_alone() {
    let Some(mailbox) = Mailbox::new("days").await else {
        return;
    };
    let app = app(&mailbox).await;
    mailbox
        .append_at("INBOX", &alert(1), "\"01-Jan-2026 08:00:00 +0000\"")
        .await;
    mailbox
        .append_at("INBOX", &alert(2), "\"20-Nov-2026 08:00:00 +0000\"")
        .await;
    let source = add(&app, &mailbox.address("imaps", "")).await;
    poll(&app, &source).await;
    assert_eq!(postings(&app).await, ["Backend Intern 2"]);
    let (outcome, _, _) = poll(&app, &source).await;
    assert_eq!(
        outcome,
        PollOutcome::Unchanged,
        "the old mail stays passed over"
    );
}

#[tokio::test]
async fn a_broken_mail_is_told_and_loses_nothing_else() {
    let Some(mailbox) = Mailbox::new("broken").await else {
        return;
    };
    let app = app(&mailbox).await;
    mailbox
        .append("INBOX", "\u{1}\u{2} no mail at all\r\n\r\n")
        .await;
    mailbox.append("INBOX", &alert(2)).await;
    let source = add(&app, &mailbox.address("imaps", "INBOX")).await;
    poll(&app, &source).await;
    let polls = sources::polls(&app.app.db, source.id, 1).await.unwrap();
    assert_eq!(polls[0].problems.len(), 1, "{:?}", polls[0].problems);
    assert_eq!(postings(&app).await, ["Backend Intern 2"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_mailbox_is_said_when_it_is_added() {
    let Some(mailbox) = Mailbox::new("refusals").await else {
        return;
    };
    let app = app(&mailbox).await;
    mailbox.create("Alerts").await;
    let (kind, message) = refused(&app, &mailbox.address("imaps", "Missing")).await;
    assert_eq!(kind, SourceErrorKind::NotFound);
    assert!(
        message.contains("Missing") && message.contains("Alerts"),
        "{message}"
    );

    let wrong = TestApp::start_with(|config| {
        config.mailbox.password = Some(Secret("wrong-password".into()));
        config.mailbox.certificate = Some(mailbox.certificate.clone().into());
        config.fetch.allow_private = vec!["127.0.0.1".into()];
    })
    .await;
    let (kind, message) = refused(&wrong, &mailbox.address("imaps", "INBOX")).await;
    assert_eq!(kind, SourceErrorKind::Denied);
    assert!(
        message.contains("mailbox.password") && !message.contains("wrong-password"),
        "{message}"
    );

    let untrusting = TestApp::start_with(|config| {
        config.mailbox.password = Some(Secret(mailbox.password.clone()));
        config.fetch.allow_private = vec!["127.0.0.1".into()];
    })
    .await;
    let (kind, message) = refused(&untrusting, &mailbox.address("imaps", "INBOX")).await;
    assert_eq!(kind, SourceErrorKind::Unreachable);
    assert!(message.contains("mailbox.certificate"), "{message}");

    let guarded = TestApp::start_with(|config| {
        config.mailbox.password = Some(Secret(mailbox.password.clone()));
    })
    .await;
    let (kind, message) = refused(&guarded, &mailbox.address("imaps", "INBOX")).await;
    assert_eq!(kind, SourceErrorKind::PrivateAddress);
    assert!(message.contains("fetch.allow_private"), "{message}");

    let without =
        TestApp::start_with(|config| config.fetch.allow_private = vec!["127.0.0.1".into()]).await;
    let (kind, message) = refused(&without, &mailbox.address("imaps", "INBOX")).await;
    assert_eq!(kind, SourceErrorKind::Denied);
    assert!(message.contains("mailbox.password_command"), "{message}");
}

#[cfg(unix)]
#[tokio::test]
async fn the_password_may_come_from_a_command_that_is_told_whose_it_is() {
    let Some(mailbox) = Mailbox::new("command").await else {
        return;
    };
    let password = mailbox.password.clone();
    let app = TestApp::start_with(|config| {
        config.mailbox.password_command = Some(format!(
            "test \"$CADET_MAILBOX_HOST\" = 127.0.0.1 && test -n \"$CADET_MAILBOX_USER\" && printf '%s\\n' {password}"
        ));
        config.mailbox.certificate = Some(mailbox.certificate.clone().into());
        config.fetch.allow_private = vec!["127.0.0.1".into()];
    })
    .await;
    mailbox.append("INBOX", &alert(1)).await;
    let checked = source_check(&app.system(), &mailbox.address("imaps", "INBOX"))
        .await
        .unwrap();
    assert_eq!((checked.found, checked.complete), (1, false));
}

#[tokio::test]
async fn new_mail_wakes_a_poll_while_the_mailbox_is_watched() {
    let Some(mailbox) = Mailbox::new("waking").await else {
        return;
    };
    let app = app(&mailbox).await;
    mailbox.append("INBOX", &alert(1)).await;
    let source = add(&app, &mailbox.address("imaps", "INBOX")).await;
    poll(&app, &source).await;
    let stop = CancellationToken::new();
    let _stopped_at_the_end = stop.clone().drop_guard();
    let watching = tokio::spawn(watch::mailboxes(app.app.clone(), stop.clone()));
    let worker = cadet::work::worker(&app.app).unwrap();
    let stopped = stop.clone();
    let work = tokio::spawn(async move { worker.run(stopped).await });
    mailbox.append("INBOX", &alert(2)).await;
    let brought = async {
        while postings(&app).await.len() < 2 {
            app.app.index.nudged().await;
        }
    };
    // The ordinary poll would come in an hour of the test's clock, which stands still.
    tokio::time::timeout(Duration::from_secs(60), brought)
        .await
        .expect("the new mail is read without being asked for");
    stop.cancel();
    watching.await.unwrap();
    work.await.unwrap().unwrap();
}
