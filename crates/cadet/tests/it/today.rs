//! Today: one list over all parts, in the order of doing, and useful when there is nothing.

use cadet::accounts::model::{AccountId, Role};
use cadet::applications::actions::application_add;
use cadet::applications::model::{Details, Stage};
use cadet::contacts::actions::{
    EntryInput, PromiseInput, contact_add, entry_add, event_save, promise_add, touch_set,
};
use cadet::contacts::input::{ContactInput, EventInput};
use cadet::correspondence::actions::replies_read;
use cadet::today::actions::today_show;
use cadet::today::model::{Origin, Urgency};

use crate::support::{START, TestApp, sample};

#[tokio::test]
async fn with_nothing_at_all_it_says_how_to_begin() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let page = browser.get("/today").await.text;
    for words in [
        "Nothing is due yet",
        "Choose employers",
        "Bring your resume in",
        "You have none yet",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let told = app.command(&["today"], "").await;
    assert!(
        told.text.contains("To begin: Choose employers."),
        "{}{}",
        told.text,
        told.errors
    );
}

#[tokio::test]
async fn promises_touches_answers_and_applications_are_one_list_with_reasons() {
    let app = TestApp::start().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    sample::posting(&app).await;
    let person = ContactInput {
        name: "Mira Okafor".into(),
        company: "Northlight".into(),
        ..ContactInput::default()
    };
    let mira = contact_add(&ctx, &person).await.unwrap();
    let call = EntryInput {
        kind: "call".into(),
        at: String::new(),
        text: "Spoke.".into(),
    };
    entry_add(&ctx, mira.id, &call).await.unwrap();
    let late = PromiseInput {
        owed_by: "me".into(),
        text: "send the talk".into(),
        due_on: "2026-11-20".into(),
    };
    promise_add(&ctx, mira.id, &late).await.unwrap();
    touch_set(&ctx, mira.id, "2026-11-23", "ask how it went")
        .await
        .unwrap();
    let evening = EventInput {
        name: "Backend evening".into(),
        starts: "2026-11-25 18:30".into(),
        time_zone: "Europe/Zurich".into(),
        ..EventInput::default()
    };
    event_save(&ctx, None, &evening).await.unwrap();
    let details = Details {
        company: "Brookline".into(),
        title: "Backend Intern".into(),
        ..Details::default()
    };
    application_add(&ctx, details, Stage::Applied, Some(START.plus_days(-9)))
        .await
        .unwrap();
    let answer = "From: jobs@brookline.example\r\nSubject: Backend Intern\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\nWe would like to invite you to an interview.\r\n";
    replies_read(&ctx, answer.as_bytes()).await.unwrap();

    let today = today_show(&ctx).await.unwrap();
    assert_eq!(today.day.to_string(), "2026-11-23");
    assert_eq!(
        (today.next[0].title.as_str(), today.next[0].urgency),
        ("send the talk", Urgency::Now)
    );
    for origin in [
        Origin::Reply,
        Origin::Application,
        Origin::Promise,
        Origin::Touch,
    ] {
        assert!(
            today.next.iter().any(|todo| todo.origin == origin),
            "{origin:?}: {:?}",
            today.next
        );
    }
    assert!(today.next.iter().all(|todo| !todo.reason.is_empty()));
    assert_eq!(today.week[0].title, "Backend evening");
    assert_eq!(today.week[0].time, "18:30 CET");
    assert!(today.fitting[0].knows_somebody, "Mira works there");
    let page = app.owner().await.get("/today").await.text;
    for words in [
        "Employers answered",
        "Move to Interview",
        "Backend evening",
        "you know somebody there",
        "<svg",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let told = app.owner().await.get("/api/v1/today").await.json();
    assert_eq!(told["next"][0]["title"], "send the talk");
}
