//! Mail: a message that says what is new, cannot be misused, and reaches a real mail server.

use cadet::alerts::digest::{Digest, MatchRecord};
use cadet::alerts::mail::{MailError, PlainMail, message, plain_message};
use cadet::alerts::model::{AlertInput, DeliveryState};
use cadet::clock::Timestamp;
use cadet::config::{Mail, Secret};
use cadet::postings::model::PostingId;
use cadet::postings::record::Status;
use cadet::postings::sources::model::SourceKind;

use super::{add, ingest, java, opening, shown, source, start, work};
use crate::support::{START, TestApp};

fn settings() -> Mail {
    Mail {
        smtp_url: None,
        from: Some("Cadet <cadet@example.org>".into()),
    }
}

fn record(title: &str) -> MatchRecord {
    MatchRecord {
        id: 1,
        posting_id: PostingId(42),
        title: title.into(),
        company: "Northlight & Söhne".into(),
        place: "Berlin".into(),
        term: "Summer 2027".into(),
        pay: "EUR 1500 a month".into(),
        status: Status::Open,
        deadline: Some(Timestamp(START.0 + 86_400_000)),
        reasons: vec!["\"java\" in the title".into()],
        matched_at: START,
        handed_over: true,
        url: "https://cadet.example.org/postings/42".into(),
        apply_url: "https://example.org/apply".into(),
    }
}

fn digest(total: u64, items: Vec<MatchRecord>) -> Digest {
    Digest {
        name: "Java".into(),
        words: "postings with the words java".into(),
        url: "https://cadet.example.org/alerts/1".into(),
        total,
        items,
        unsubscribe_url: "https://cadet.example.org/unsubscribe/secret".into(),
        number: 7,
        created_at: START,
    }
}

fn written(digest: &Digest) -> String {
    let message = message(digest, &settings(), "ada@example.org").expect("a message");
    let mail = String::from_utf8(message.formatted()).expect("mail is ASCII");
    assert!(
        mail.lines().all(|line| line.len() <= 998),
        "a line is too long"
    );
    // Soft line breaks of quoted-printable are not part of the text.
    mail.replace("=\r\n", "")
}

/// The headers of the whole message, unfolded.
fn head(mail: &str) -> Vec<String> {
    let head = mail.split("\r\n\r\n").next().unwrap_or("");
    head.replace("\r\n ", " ")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_mail_says_what_where_when_and_why_in_text_and_html() {
    let mail = written(&digest(1, vec![record("Java Intern")]));
    let head = head(&mail);
    for line in [
        "From: Cadet <cadet@example.org>",
        "To: ada@example.org",
        "List-Unsubscribe: <https://cadet.example.org/unsubscribe/secret>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Auto-Submitted: auto-generated",
    ] {
        assert!(head.iter().any(|one| one == line), "{line}: {head:#?}");
    }
    let id = format!(
        "Message-ID: <cadet-delivery-7-{}@cadet.example.org>",
        START.0
    );
    assert!(head.contains(&id), "{head:#?}");
    for words in [
        "text/plain",
        "text/html",
        "Summer 2027",
        "EUR 1500 a month",
        "Why: ",
        "apply until 2026-11-24",
    ] {
        assert!(mail.contains(words), "{words}: {mail}");
    }
}

#[test]
fn a_mail_that_is_no_alert_is_plain_and_has_nothing_to_unsubscribe_from() {
    let plain = PlainMail {
        id: "cadet-health-3-7",
        subject: "A source of Cadet needs a look",
        text: "It brought 12 records; usual are 80.",
        home: "https://cadet.example.org/sources",
        written_at: START,
    };
    let message = plain_message(&plain, &settings(), "ops@example.org").expect("a message");
    let mail = String::from_utf8(message.formatted()).expect("mail is ASCII");
    let head = head(&mail);
    assert!(head.contains(&"Message-ID: <cadet-health-3-7@cadet.example.org>".to_owned()));
    assert!(head.contains(&"Auto-Submitted: auto-generated".to_owned()));
    assert!(!mail.contains("List-Unsubscribe") && mail.contains("usual are 80."));
    assert!(plain_message(&plain, &settings(), "nobody").is_err());
}

#[test]
fn a_mail_that_is_written_again_is_the_same_mail() {
    let one = digest(1, vec![record("Java Intern")]);
    assert_eq!(written(&one), written(&one));
}

#[test]
fn no_title_can_write_headers_or_html() {
    let nasty = [
        "Intern\r\nBcc: everybody@example.org\r\n\r\nbody",
        "\u{1f680} Stagiaire d\u{e9}veloppement \u{202e}\u{5de}\u{5ea}\u{5de}\u{5d7}\u{5d4}",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        &"very long ".repeat(2_000),
    ];
    for title in nasty {
        let mut alert = digest(1, vec![record(title)]);
        alert.name = title.into();
        let mail = written(&alert);
        let names: Vec<String> = head(&mail)
            .iter()
            .map(|line| line.split(':').next().unwrap_or("").to_lowercase())
            .collect();
        assert!(
            !names.iter().any(|name| name == "bcc" || name == "body"),
            "{names:?}"
        );
        let html = mail.split("text/html").nth(1).expect("a part for browsers");
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{html}"
        );
        assert!(mail.is_ascii());
    }
}

#[test]
fn a_mail_of_many_says_how_many_more_there_are() {
    let items: Vec<_> = (0..50).map(|_| record("Java Intern")).collect();
    let mail = written(&digest(73, items));
    assert!(mail.contains("and 23 more"), "{mail}");
    assert!(head(&mail).contains(&"Subject: 73 new: Java".to_owned()));
}

#[test]
fn a_sender_that_is_none_is_told_with_advice() {
    let mail = Mail {
        smtp_url: None,
        from: Some("nobody".into()),
    };
    let refused = message(&digest(0, Vec::new()), &mail, "ada@example.org");
    assert!(matches!(refused, Err(MailError::Permanent(advice)) if advice.contains("mail.from")));
}

fn by_mail(to: &str) -> AlertInput {
    AlertInput {
        mail: to.into(),
        ..java()
    }
}

#[tokio::test]
async fn without_a_mail_server_a_delivery_fails_once_with_advice() {
    let app = start().await;
    let id = add(&app, by_mail("ada@example.org")).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    work(&app).await;
    let delivery = shown(&app, id).await.deliveries[0].clone();
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Failed, 1)
    );
    assert!(delivery.error.unwrap().contains("CADET_MAIL__"));
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_tried_again() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let app = TestApp::start_with(|config| {
        config.mail = settings();
        config.mail.smtp_url = Some(Secret(format!("smtp://ada:geheim@{address}")));
    })
    .await;
    let id = add(&app, by_mail("ada@example.org")).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    work(&app).await;
    let delivery = shown(&app, id).await.deliveries[0].clone();
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Pending, 1)
    );
    let error = delivery.error.unwrap();
    assert!(
        error.contains("tried again") && !error.contains("geheim"),
        "{error}"
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test suite's own settings are no part of the program's configuration"
)]
pub fn mail_server() -> Option<(String, std::path::PathBuf)> {
    let url = std::env::var("CADET_TEST_SMTP").ok()?;
    let folder = std::env::var("CADET_TEST_SMTP_DIR").ok()?;
    Some((url, folder.into()))
}

/// The message in the mail server's folder that has these words.
fn kept(folder: &std::path::Path, words: &str) -> Option<String> {
    let files = std::fs::read_dir(folder).ok()?;
    files
        .filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok())
        .find(|text| text.contains(words))
}

#[tokio::test]
async fn a_real_mail_server_takes_the_mail_or_refuses_it_for_good() {
    let Some((url, folder)) = mail_server() else {
        eprintln!("skipped: CADET_TEST_SMTP is not set; `cargo xtask test` starts a mail server");
        return;
    };
    let app = TestApp::start_with(|config| {
        config.mail = settings();
        config.mail.smtp_url = Some(Secret(url));
    })
    .await;
    let taken = add(&app, by_mail("ada@example.org")).await.search;
    let refused = add(&app, by_mail("ada@refused.example")).await.search;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    work(&app).await;
    let delivery = shown(&app, taken.id).await.deliveries[0].clone();
    assert_eq!(
        delivery.state,
        DeliveryState::Delivered,
        "{:?}",
        delivery.error
    );
    let id = format!("<cadet-delivery-{}-{}@127.0.0.1>", delivery.id, START.0);
    let mail = kept(&folder, &id).expect("the server kept it");
    assert!(
        mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
        "{mail}"
    );
    let delivery = shown(&app, refused.id).await.deliveries[0].clone();
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Failed, 1)
    );
    assert!(delivery.error.unwrap().contains("mailbox unavailable"));
}
