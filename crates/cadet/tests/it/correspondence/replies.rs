//! Answers of employers: only proposals, with the sentence and the reasons, for the right application or for none.

use cadet::applications::actions::{application_add, application_show};
use cadet::applications::model::{ApplicationId, Details, Stage};
use cadet::config::Secret;
use cadet::correspondence::actions::{
    mailbox_check, mailbox_get, mailbox_set, replies_open, replies_read, reply_accept,
    reply_dismiss, reply_list, reply_restore,
};
use cadet::correspondence::model::{ReplyKind, ReplyState};
use cadet::error::Error;
use cadet::state::Ctx;

use super::owner;
use crate::mailbox::server::Mailbox;
use crate::support::TestApp;

async fn applied(ctx: &Ctx, company: &str, title: &str) -> ApplicationId {
    let details = Details {
        company: company.into(),
        title: title.into(),
        ..Details::default()
    };
    application_add(ctx, details, Stage::Applied, None)
        .await
        .expect("an application")
}

fn mail(id: u32, from: &str, subject: &str, text: &str) -> String {
    format!(
        "From: {from}\r\nTo: ada@example.org\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <{id}@mail.example>\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
}

fn rejection(id: u32) -> String {
    mail(
        id,
        "Talent Team <jobs@northlight.example>",
        "Your application",
        "Dear Ada,\r\n\r\nwe have decided not to move forward with your application. See https://northlight.example/f?token=s3cr3tt0k3n\r\n",
    )
}

fn invitation(id: u32) -> String {
    mail(
        id,
        "Brookline <no-reply@hire.lever.co>",
        "Backend Intern at Brookline",
        "We would like to invite you to an interview: https://cal.example/x?token=abcdef123456\r\n",
    )
}

/// An answer of the owner's for a route with parameters.
pub async fn reply(ctx: &Ctx, path: &str) -> String {
    applied(ctx, "Northlight", "Backend Intern").await;
    // Another route may have decided the last one, so that each is a mail of its own.
    let number = u32::try_from(
        reply_list(ctx, None, i64::MAX, 1_000)
            .await
            .expect("answers")
            .len(),
    )
    .expect("few");
    let application = applied(ctx, &format!("Fernway{number}"), "Platform Intern").await;
    let from = format!("Fernway <jobs@fernway{number}.example>");
    let text = "We have decided not to move forward with your application.";
    replies_read(
        ctx,
        mail(1_000 + number, &from, "Platform Intern", text).as_bytes(),
    )
    .await
    .expect("it is read");
    let open = replies_open(ctx, 100).await.expect("answers");
    let found = open
        .iter()
        .find(|one| one.application == Some(application.0))
        .expect("a proposal");
    if path.ends_with("/restore") {
        reply_dismiss(ctx, found.id).await.expect("it goes");
    }
    found.id.to_string()
}

#[tokio::test]
async fn an_answer_proposes_and_only_the_person_moves() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let id = applied(&ctx, "Northlight GmbH", "Backend Intern").await;
    let report = replies_read(&ctx, rejection(1).as_bytes()).await.unwrap();
    assert_eq!((report.mails, report.proposals), (1, 1), "{report:?}");
    let open = replies_open(&ctx, 10).await.unwrap();
    assert_eq!(
        (open[0].kind, open[0].application),
        (ReplyKind::Rejection, Some(id.0))
    );
    assert_eq!(
        open[0].quote,
        "we have decided not to move forward with your application."
    );
    assert!(
        open[0]
            .why
            .iter()
            .any(|why| why.contains("northlight.example")),
        "{:?}",
        open[0].why
    );
    let stage = application_show(&ctx, id).await.unwrap().application.stage;
    assert_eq!(stage, Stage::Applied, "nothing moves by itself");
    reply_accept(&ctx, open[0].id, None).await.unwrap();
    let moved = application_show(&ctx, id).await.unwrap();
    assert_eq!(moved.application.stage, Stage::Rejected);
    assert!(
        serde_json::to_string(&moved.log)
            .unwrap()
            .contains("not to move forward")
    );
    assert!(replies_open(&ctx, 10).await.unwrap().is_empty());
    let twice = reply_accept(&ctx, open[0].id, None).await;
    assert!(matches!(twice, Err(Error::Conflict(_))));
    let again = replies_read(&ctx, rejection(1).as_bytes()).await.unwrap();
    assert_eq!(
        (again.proposals, again.known),
        (0, 1),
        "a mail is read once"
    );
}

#[tokio::test]
async fn what_is_kept_of_a_mail_holds_no_link_and_no_code() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    applied(&ctx, "Brookline", "Backend Intern").await;
    replies_read(&ctx, invitation(2).as_bytes()).await.unwrap();
    let all = serde_json::to_string(&reply_list(&ctx, None, i64::MAX, 10).await.unwrap()).unwrap();
    assert!(all.contains("invite you to an interview: [link]"), "{all}");
    assert!(
        !all.contains("abcdef123456") && !all.contains("cal.example"),
        "{all}"
    );
}

#[tokio::test]
async fn where_several_fit_the_person_says_which_and_where_none_does_nothing_is_proposed() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    let first = applied(&ctx, "Northlight", "Platform Intern").await;
    let second = applied(&ctx, "Northlight", "Data Intern").await;
    replies_read(&ctx, rejection(3).as_bytes()).await.unwrap();
    let open = replies_open(&ctx, 10).await.unwrap();
    assert_eq!(open[0].application, None);
    assert!(matches!(
        reply_accept(&ctx, open[0].id, None).await,
        Err(Error::Invalid { .. })
    ));
    reply_accept(&ctx, open[0].id, Some(second.0))
        .await
        .unwrap();
    let moved = application_show(&ctx, second).await.unwrap();
    assert_eq!(moved.application.stage, Stage::Rejected);
    let other = application_show(&ctx, first).await.unwrap();
    assert_eq!(other.application.stage, Stage::Applied);
    let foreign = mail(
        4,
        "hr@harbour.example",
        "Interview",
        "We would like to invite you to an interview.",
    );
    let report = replies_read(&ctx, foreign.as_bytes()).await.unwrap();
    assert_eq!((report.proposals, report.unsaid), (0, 1));
}

#[tokio::test]
async fn an_mbox_is_read_whole_and_says_what_it_brought() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    applied(&ctx, "Northlight", "Backend Intern").await;
    applied(&ctx, "Brookline", "Backend Intern").await;
    let folder = &app.app.config.data_dir;
    let lunch = mail(7, "jo@home.example", "Lunch?", "Are you free?");
    let thanks = mail(
        8,
        "jobs@northlight.example",
        "Thanks",
        "We have received your application.",
    );
    let mbox: String = [rejection(5), invitation(6), lunch, thanks]
        .iter()
        .map(|mail| {
            format!(
                "From x@y Mon Nov 23 09:00:00 2026\n{}\n",
                mail.replace("\r\n", "\n")
            )
        })
        .collect();
    let file = folder.join("answers.mbox");
    std::fs::write(&file, mbox).unwrap();
    let done = app
        .command(
            &["replies", "read", &file.display().to_string(), "--json"],
            "",
        )
        .await;
    let report: serde_json::Value =
        serde_json::from_str(&done.text).unwrap_or_else(|_| panic!("{}", done.errors));
    assert_eq!(
        (report["mails"].as_i64(), report["proposals"].as_i64()),
        (Some(4), Some(2)),
        "{report}"
    );
    assert_eq!(report["nothing_new"], 1, "the application was sent already");
    let listed = app.command(&["replies", "list"], "").await;
    assert!(
        listed.text.contains("not to move forward") && listed.text.contains("An interview"),
        "{}",
        listed.text
    );
    let nothing = replies_read(&ctx, b"\x00nothing").await;
    assert!(matches!(nothing, Err(Error::Invalid { .. })));
}

#[tokio::test]
async fn a_dismissed_proposal_can_be_brought_back_and_pages_show_both() {
    let app = TestApp::start().await;
    let ctx = owner(&app);
    applied(&ctx, "Northlight", "Backend Intern").await;
    replies_read(&ctx, rejection(9).as_bytes()).await.unwrap();
    let browser = app.owner().await;
    let page = browser.get("/mail/replies").await.text;
    assert!(
        page.contains("Move to Rejected") && page.contains("Backend Intern at Northlight"),
        "{page}"
    );
    let id = replies_open(&ctx, 1).await.unwrap()[0].id;
    browser
        .post_form(&format!("/mail/replies/{id}/dismiss"), &[])
        .await;
    assert!(
        browser
            .get("/mail/replies")
            .await
            .text
            .contains("Bring back")
    );
    reply_restore(&ctx, id).await.unwrap();
    let state = reply_list(&ctx, None, i64::MAX, 1).await.unwrap()[0].state;
    assert_eq!(state, ReplyState::Proposed);
    let back = browser
        .post_form(
            &format!("/mail/replies/{id}/accept"),
            &[("back", "//evil.example")],
        )
        .await;
    assert_eq!(back.header("location"), "/");
}

#[tokio::test]
async fn a_folder_is_read_only_if_it_is_named_and_is_never_changed() {
    let Some(mailbox) = Mailbox::new("replies").await else {
        return;
    };
    let (password, certificate) = (mailbox.password.clone(), mailbox.certificate.clone());
    let app = TestApp::start_with(|config| {
        config.mailbox.password = Some(Secret(password));
        config.mailbox.certificate = Some(certificate.into());
        config.fetch.allow_private = vec!["127.0.0.1".into()];
    })
    .await;
    let ctx = owner(&app);
    applied(&ctx, "Northlight", "Backend Intern").await;
    mailbox.append("INBOX", &rejection(10)).await;
    assert!(
        matches!(mailbox_check(&ctx).await, Err(Error::Conflict(_))),
        "none is named"
    );
    mailbox_set(&ctx, &mailbox.address("imaps", "INBOX"))
        .await
        .unwrap();
    let flags = mailbox.flags("INBOX").await;
    assert_eq!(mailbox_check(&ctx).await.unwrap().proposals, 1);
    assert_eq!(mailbox.flags("INBOX").await, flags);
    assert_eq!(
        mailbox_check(&ctx).await.unwrap().mails,
        0,
        "each mail is read once"
    );
    mailbox.append("INBOX", &invitation(11)).await;
    applied(&ctx, "Brookline", "Backend Intern").await;
    assert_eq!(mailbox_check(&ctx).await.unwrap().proposals, 1);
    assert!(
        mailbox_get(&ctx)
            .await
            .unwrap()
            .unwrap()
            .checked_at
            .is_some()
    );
}
