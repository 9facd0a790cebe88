//! Correspondence: drafts as links, files and over a mail server; answers of employers as proposals, from files and folders.

mod replies;
mod server;

use cadet::accounts::model::{AccountId, Role};
use cadet::applications::actions::{actions_due, application_add};
use cadet::applications::model::{Details, Stage};
use cadet::clock::Timestamp;
use cadet::config::Secret;
use cadet::contacts::actions::{contact_add, contact_show};
use cadet::contacts::input::ContactInput;
use cadet::correspondence::actions::{self, DraftAbout};
use cadet::correspondence::draft::DraftInput;
use cadet::correspondence::model::{Attachment, Draft, DraftId, DraftState};
use cadet::error::Error;
use cadet::state::Ctx;
use mail_parser::{MessageParser, MimeHeaders as _};
use reqwest::StatusCode;
use serde_json::json;

use crate::support::TestApp;
use server::MailServer;

pub use replies::reply;

fn owner(app: &TestApp) -> Ctx {
    app.person(AccountId::LOCAL, Role::Admin)
}

/// A Cadet that sends over a server of the test's own.
async fn sending(server: &MailServer) -> TestApp {
    let url = server.url.clone();
    TestApp::start_with(|config| {
        config.mail.smtp_url = Some(Secret(url));
        config.mail.from = Some("Cadet <ada@example.org>".into());
    })
    .await
}

fn input(to: &str) -> DraftInput {
    DraftInput {
        to: to.into(),
        cc: "jon@brookline.example".into(),
        subject: "Grüße aus Köln".into(),
        body: "Hi Mira,\n\nthank you for the talk. Zoë\n".into(),
    }
}

fn pdf(name: &str) -> Attachment {
    Attachment {
        name: name.into(),
        media_type: String::new(),
        origin: "your file".into(),
        bytes: b"%PDF-1.7 not really".to_vec(),
    }
}

async fn add(ctx: &Ctx, to: &str) -> Draft {
    let about = DraftAbout::default();
    actions::draft_add(ctx, &about, &input(to))
        .await
        .expect("a draft")
}

/// A mail of the owner's for a route with parameters.
pub async fn draft(ctx: &Ctx, path: &str) -> String {
    let draft = add(ctx, "mira@northlight.example").await;
    if path.ends_with("/restore") {
        actions::draft_remove(ctx, draft.id).await.expect("it goes");
    }
    draft.id.to_string()
}

async fn work(app: &TestApp) {
    let worker = cadet::work::worker(&app.app).expect("a worker");
    worker.drain().await.expect("no outage");
}

#[tokio::test]
async fn a_draft_is_a_file_that_mail_programs_open_with_every_name_and_byte() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let draft = add(&ctx, "\"Okafor, Mira\" <mira@northlight.example>").await;
    actions::draft_attach(&ctx, draft.id, pdf("Lebenslauf Zoë – 2026.pdf"))
        .await
        .unwrap();
    let bytes = actions::draft_eml(&ctx, draft.id).await.unwrap();
    let text = String::from_utf8(bytes.clone()).expect("mail is ASCII");
    assert!(
        text.starts_with("X-Unsent: 1\r\n") || text.contains("\r\nX-Unsent: 1\r\n"),
        "{text}"
    );
    assert!(
        !text.contains("\r\nFrom:"),
        "the mail program fills the sender in: {text}"
    );
    let mail = MessageParser::default().parse(&bytes[..]).unwrap();
    let to = mail.to().and_then(|to| to.first()).unwrap();
    assert_eq!(
        (to.name(), to.address()),
        (Some("Okafor, Mira"), Some("mira@northlight.example"))
    );
    assert_eq!(mail.subject(), Some("Grüße aus Köln"));
    assert!(
        mail.body_text(0)
            .unwrap()
            .contains("thank you for the talk. Zoë")
    );
    let file = mail.attachments().next().unwrap();
    assert_eq!(file.attachment_name(), Some("Lebenslauf Zoë – 2026.pdf"));
    assert_eq!(file.contents(), b"%PDF-1.7 not really");
    assert_eq!(mail.message_id(), Some(draft.message_id.as_str()));
}

#[tokio::test]
async fn nothing_is_sent_unasked_and_only_what_was_looked_at() {
    let server = MailServer::start().await;
    let app = sending(&server).await;
    let ctx = owner(&app);
    let draft = add(&ctx, "mira@northlight.example").await;
    let look = actions::draft_look(&ctx, draft.id).await.unwrap();
    assert_eq!(look.hindrance, None);
    work(&app).await;
    assert!(server.mails().is_empty(), "a draft alone sends nothing");
    let changed = DraftInput {
        body: "Another text".into(),
        ..input("mira@northlight.example")
    };
    actions::draft_update(&ctx, draft.id, &changed)
        .await
        .unwrap();
    let refused = actions::draft_send(&ctx, draft.id, &look.digest).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    work(&app).await;
    assert!(server.mails().is_empty());
    let look = actions::draft_look(&ctx, draft.id).await.unwrap();
    actions::draft_attach(&ctx, draft.id, pdf("a.pdf"))
        .await
        .unwrap();
    assert!(
        actions::draft_send(&ctx, draft.id, &look.digest)
            .await
            .is_err(),
        "a file came along"
    );
}

#[tokio::test]
async fn a_mail_goes_as_it_was_shown_and_is_noted_with_the_contact() {
    let server = MailServer::start().await;
    let app = sending(&server).await;
    let ctx = owner(&app);
    let person = ContactInput {
        name: "Mira Okafor".into(),
        mails: vec!["mira@northlight.example".into()],
        ..ContactInput::default()
    };
    let contact = contact_add(&ctx, &person).await.unwrap();
    let about = DraftAbout {
        contact: Some(contact.id.0),
        ..DraftAbout::default()
    };
    let begun = actions::draft_begin(&ctx, &about).await.unwrap();
    assert_eq!(begun.to, "Mira Okafor <mira@northlight.example>");
    let draft = actions::draft_add(&ctx, &about, &input(&begun.to))
        .await
        .unwrap();
    actions::draft_attach(&ctx, draft.id, pdf("resume.pdf"))
        .await
        .unwrap();
    let look = actions::draft_look(&ctx, draft.id).await.unwrap();
    let shown = |name: &str| {
        look.headers
            .iter()
            .find(|(one, _)| one == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(shown("To"), Some("Mira Okafor <mira@northlight.example>"));
    assert_eq!(shown("Subject"), Some("Grüße aus Köln"));
    actions::draft_send(&ctx, draft.id, &look.digest)
        .await
        .unwrap();
    work(&app).await;
    let sent = actions::draft_get(&ctx, draft.id).await.unwrap();
    assert_eq!(
        (sent.state, sent.error.as_deref()),
        (DraftState::Sent, None)
    );
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(
        mails[0].to,
        ["mira@northlight.example", "jon@brookline.example"]
    );
    assert!(!mails[0].text.contains("X-Unsent") && mails[0].text.contains("resume.pdf"));
    let detail = contact_show(&ctx, contact.id).await.unwrap();
    assert!(detail.entries[0].text.contains("Grüße aus Köln"));
    assert!(detail.contact.last_touch_at.is_some());
    assert!(
        actions::draft_send(&ctx, draft.id, &look.digest)
            .await
            .is_err(),
        "it went already"
    );
    assert!(
        actions::draft_update(&ctx, draft.id, &input("x@y.example"))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_mail_about_an_application_ticks_what_it_was_time_to_write() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let details = Details {
        company: "Northlight".into(),
        title: "Backend Intern".into(),
        ..Details::default()
    };
    let sent = ctx.now().plus_days(-8);
    let application = application_add(&ctx, details, Stage::Applied, Some(sent)).await;
    let application = application.expect("an application");
    let due = async || {
        let told = actions_due(&ctx, ctx.now()).await.expect("the list");
        told.into_iter()
            .map(|action| action.key)
            .collect::<Vec<_>>()
    };
    assert_eq!(due().await, ["follow-up-applied-1"]);
    let about = DraftAbout {
        application: Some(application.0),
        ..DraftAbout::default()
    };
    let to = "mira@northlight.example";
    for left in [Vec::<String>::new(), Vec::new()] {
        let draft = actions::draft_add(&ctx, &about, &input(to)).await;
        let draft = draft.expect("a draft");
        actions::draft_mark_sent(&ctx, draft.id)
            .await
            .expect("it went");
        assert_eq!(due().await, left, "a second mail finds nothing to tick");
    }
    app.clock.advance_millis(11 * Timestamp::DAY_MS);
    assert_eq!(
        due().await,
        ["follow-up-applied-2"],
        "asking again has its own time"
    );
}

#[tokio::test]
async fn a_mail_that_is_sent_again_after_a_crash_is_the_same_one() {
    let server = MailServer::start().await;
    server.hang_up_after_taking(1);
    let app = sending(&server).await;
    let ctx = owner(&app);
    let draft = add(&ctx, "mira@northlight.example").await;
    let look = actions::draft_look(&ctx, draft.id).await.unwrap();
    actions::draft_send(&ctx, draft.id, &look.digest)
        .await
        .unwrap();
    work(&app).await;
    let waiting = actions::draft_get(&ctx, draft.id).await.unwrap();
    assert_eq!(
        waiting.state,
        DraftState::Queued,
        "the server hung up before it answered"
    );
    app.clock.advance_millis(3_600_000);
    work(&app).await;
    let sent = actions::draft_get(&ctx, draft.id).await.unwrap();
    assert_eq!(sent.state, DraftState::Sent);
    let mails = server.mails();
    assert_eq!(mails.len(), 2, "it was taken twice");
    assert_eq!(
        mails[0].text, mails[1].text,
        "and is the same to the last byte"
    );
}

#[tokio::test]
async fn a_refused_mail_says_why_and_can_be_corrected() {
    let server = MailServer::start().await;
    let app = sending(&server).await;
    let ctx = owner(&app);
    let draft = add(&ctx, "nobody@refused.example").await;
    let look = actions::draft_look(&ctx, draft.id).await.unwrap();
    actions::draft_send(&ctx, draft.id, &look.digest)
        .await
        .unwrap();
    work(&app).await;
    let failed = actions::draft_get(&ctx, draft.id).await.unwrap();
    assert_eq!(failed.state, DraftState::Failed);
    assert!(failed.error.unwrap().contains("refuses"));
    actions::draft_update(&ctx, draft.id, &input("mira@northlight.example"))
        .await
        .unwrap();
    let look = actions::draft_look(&ctx, draft.id).await.unwrap();
    actions::draft_send(&ctx, draft.id, &look.digest)
        .await
        .unwrap();
    work(&app).await;
    assert_eq!(
        actions::draft_get(&ctx, draft.id).await.unwrap().state,
        DraftState::Sent
    );
}

#[tokio::test]
async fn on_a_server_for_many_only_who_runs_it_sends_over_its_mail_server() {
    let server = MailServer::start().await;
    let url = server.url.clone();
    let app = TestApp::start_with(|config| {
        config.server.multi_user = true;
        config.mail.smtp_url = Some(Secret(url));
        config.mail.from = Some("Cadet <cadet@example.org>".into());
    })
    .await;
    let account = app.account("ada@example.org", Role::Candidate).await;
    let ctx = app.person(account, Role::Candidate);
    let draft = add(&ctx, "mira@northlight.example").await;
    let look = actions::draft_look(&ctx, draft.id).await.unwrap();
    assert!(look.hindrance.is_some());
    assert!(
        actions::draft_send(&ctx, draft.id, &look.digest)
            .await
            .is_err()
    );
    let eml = String::from_utf8(actions::draft_eml(&ctx, draft.id).await.unwrap()).unwrap();
    assert!(eml.contains("ada@example.org"), "{eml}");
}

#[tokio::test]
async fn pages_show_exactly_what_goes_and_offer_every_way() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    assert!(
        browser
            .get("/mail")
            .await
            .text
            .contains("You have written nothing yet")
    );
    let refused = browser
        .post_form("/mail", &[("to", "mira at northlight")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [
        ("to", "mira@northlight.example"),
        ("subject", "Thanks"),
        ("body", "Dear <Mira>"),
    ];
    let kept = browser.post_form("/mail", &fields).await;
    let page = kept.header("location").to_owned();
    let shown = browser.get(&page).await.text;
    assert!(
        shown.contains("Exactly what will go") && shown.contains("Dear &#60;Mira&#62;"),
        "{shown}"
    );
    assert!(shown.contains("mailto:mira@northlight.example?subject=Thanks"));
    assert!(
        shown.contains("No mail server is configured") && !shown.contains("Send exactly this now")
    );
    let eml = browser.get(&format!("{page}/message.eml")).await;
    assert_eq!(eml.header("content-type"), "message/rfc822");
    browser.post_form(&format!("{page}/sent"), &[]).await;
    assert!(browser.get(&page).await.text.contains("What went"));
    let gone = browser.post_form(&format!("{page}/remove"), &[]).await;
    assert!(
        browser
            .get(gone.header("location"))
            .await
            .text
            .contains("Undo")
    );
}

#[tokio::test]
async fn programs_and_the_command_line_write_mail_too() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let body = json!({ "to": "mira@northlight.example", "subject": "Hello", "body": "Text" });
    let added = browser.post_json("/api/v1/mail", &body).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text);
    let id = added.json()["id"].as_i64().unwrap();
    let file = json!({ "name": "a.pdf", "base64": "JVBERg==" });
    let with = browser
        .post_json(&format!("/api/v1/mail/{id}/files"), &file)
        .await
        .json();
    assert_eq!(with["attachments"][0]["media_type"], "application/pdf");
    let look = browser.get(&format!("/api/v1/mail/{id}")).await.json();
    assert!(look["digest"].as_str().unwrap().len() >= 16);
    let number = id.to_string();
    let shown = app.command(&["mail", "show", &number], "").await;
    assert!(
        shown.text.contains("Subject: Hello") && shown.text.contains("a.pdf"),
        "{}{}",
        shown.text,
        shown.errors
    );
    let eml = app.command(&["mail", "eml", &number], "").await;
    assert!(eml.text.contains("X-Unsent: 1"));
    let unsent = app
        .command(
            &[
                "mail",
                "send",
                &number,
                "--digest",
                look["digest"].as_str().unwrap(),
            ],
            "",
        )
        .await;
    assert_eq!(
        unsent.code,
        Some(2),
        "no server is configured: {}",
        unsent.errors
    );
    assert!(actions::draft_get(&owner(&app), DraftId(id)).await.is_ok());
}
