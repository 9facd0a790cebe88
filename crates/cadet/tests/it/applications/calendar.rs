//! The calendar, as a program reads it that knows nothing of Cadet.

use std::collections::BTreeMap;

use cadet::applications::actions;
use cadet::applications::calendar::actions::{calendar_renew, calendar_revoke};
use cadet::applications::model::{Stage, Task};
use cadet::applications::round::{LocalTime, Round};
use calcard::icalendar::{ICalendar, ICalendarComponentType};
use reqwest::StatusCode;

use super::{application, me, moved};
use crate::support::{Browser, TestApp};

/// A component that was read: what it is, and its properties as text.
type Component = (ICalendarComponentType, BTreeMap<String, String>);

/// Reads a calendar strictly; a line that the parser does not understand fails the test.
fn parsed(text: &str) -> Vec<Component> {
    let calendar = ICalendar::parse(text).unwrap_or_else(|wrong| panic!("{wrong:?}: {text}"));
    let of = |component: &calcard::icalendar::ICalendarComponent| {
        let entries = component.entries.iter().map(|entry| {
            let values: Vec<String> = entry
                .values
                .iter()
                .map(|value| format!("{value:?}"))
                .collect();
            (format!("{:?}", entry.name), values.join(","))
        });
        (component.component_type.clone(), entries.collect())
    };
    calendar.components.iter().map(of).collect()
}

fn of_kind(
    components: &[Component],
    kind: ICalendarComponentType,
) -> Vec<&BTreeMap<String, String>> {
    let found = components.iter().filter(|(one, _)| *one == kind);
    found.map(|(_, properties)| properties).collect()
}

fn path_of(url: &str) -> String {
    url::Url::parse(url).unwrap().path().to_owned()
}

fn round(local: &str) -> Round {
    Round {
        starts: Some(LocalTime::parse("starts", local, "Europe/Berlin").unwrap()),
        place: "Hall 2; first floor, left".into(),
        ..Round::default()
    }
}

async fn feed(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(answer.header("content-type").starts_with("text/calendar"));
    answer.text
}

#[tokio::test]
async fn a_subscribed_calendar_follows_what_moves_and_what_is_called_off() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let id = application(&ctx, "Northlight", Stage::Interview, 2).await;
    let number = actions::application_round_set(&ctx, id, round("2026-12-01 10:00"))
        .await
        .unwrap();
    let url = calendar_renew(&ctx, false).await.unwrap().0;
    let (browser, path) = (app.nobody(), path_of(&url));
    let first = feed(&browser, &path).await;
    let components = parsed(&first);
    let events = of_kind(&components, ICalendarComponentType::VEvent);
    assert_eq!(events.len(), 1, "{first}");
    assert_eq!(
        of_kind(&components, ICalendarComponentType::VAlarm).len(),
        2
    );
    let whole = of_kind(&components, ICalendarComponentType::VCalendar)[0];
    assert!(whole.contains_key("RefreshInterval"), "{whole:?}");
    assert!(
        first.contains("DTSTART:20261201T090000Z"),
        "ten in Berlin is nine in UTC: {first}"
    );
    assert!(first.contains("X-PUBLISHED-TTL:PT1H"));
    let uid = events[0]["Uid"].clone();
    let sequence = |text: &str| -> u32 {
        let line = text
            .lines()
            .find(|line| line.starts_with("SEQUENCE:"))
            .unwrap();
        line["SEQUENCE:".len()..].trim().parse().unwrap()
    };
    let before = sequence(&first);
    // It moves to another day.
    let later = Round {
        id: number,
        ..round("2026-12-03 14:00")
    };
    actions::application_round_set(&ctx, id, later)
        .await
        .unwrap();
    let second = feed(&browser, &path).await;
    let components = parsed(&second);
    let events = of_kind(&components, ICalendarComponentType::VEvent);
    assert_eq!(events[0]["Uid"], uid);
    assert!(
        sequence(&second) > before && second.contains("DTSTART:20261203T130000Z"),
        "{second}"
    );
    // It is called off, and stays as that.
    actions::application_round_cancel(&ctx, id, number, true)
        .await
        .unwrap();
    let third = feed(&browser, &path).await;
    assert!(
        third.contains("STATUS:CANCELLED") && sequence(&third) > sequence(&second),
        "{third}"
    );
    // Undoing everything that was said of it leaves it cancelled too.
    for _ in 0..3 {
        actions::application_undo(&ctx, id, None).await.unwrap();
    }
    let fourth = feed(&browser, &path).await;
    assert!(
        fourth.contains("STATUS:CANCELLED") && sequence(&fourth) > sequence(&third),
        "{fourth}"
    );
}

#[tokio::test]
async fn a_calendar_that_is_known_is_not_sent_again() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let id = application(&ctx, "Northlight", Stage::Interview, 2).await;
    actions::application_round_set(&ctx, id, round("2026-12-01 10:00"))
        .await
        .unwrap();
    let path = path_of(&calendar_renew(&ctx, false).await.unwrap().0);
    let first = app.nobody().get(&path).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    app.clock.advance_millis(3_600_000);
    let reader = app.nobody().with_header("if-none-match", &tag);
    let again = reader.get(&path).await;
    assert_eq!(
        (again.status, again.text.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    moved(&ctx, id, Stage::Offer, None).await;
    actions::application_round_cancel(&ctx, id, 1, true)
        .await
        .unwrap();
    assert_eq!(reader.get(&path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_address_that_was_renewed_or_taken_away_no_longer_works() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let first = path_of(&calendar_renew(&ctx, false).await.unwrap().0);
    let second = path_of(&calendar_renew(&ctx, false).await.unwrap().0);
    let browser = app.nobody();
    let gone = browser.get(&first).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(
        !gone.text.contains(
            first
                .trim_start_matches("/calendar/")
                .trim_end_matches(".ics")
        )
    );
    feed(&browser, &second).await;
    calendar_revoke(&ctx).await.unwrap();
    assert_eq!(browser.get(&second).await.status, StatusCode::NOT_FOUND);
    assert!(calendar_revoke(&ctx).await.is_err());
    assert_eq!(
        browser.get("/calendar/guess.ics").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn tasks_and_last_days_are_in_it_and_one_item_can_be_had_alone() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let details = cadet::applications::model::Details {
        deadline: Some(ctx.now().plus_days(5)),
        ..super::details("Fernhill, \u{201c}GmbH\u{201d}")
    };
    let id = actions::application_add(&ctx, details, Stage::Preparing, None)
        .await
        .unwrap();
    let task = Task {
        text: "Write the letter".into(),
        due: Some(ctx.now().plus_days(3)),
        ..Task::default()
    };
    actions::application_task_set(&ctx, id, task).await.unwrap();
    let with = path_of(&calendar_renew(&ctx, true).await.unwrap().0);
    let text = feed(&app.nobody(), &with).await;
    let components = parsed(&text);
    assert_eq!(
        of_kind(&components, ICalendarComponentType::VTodo).len(),
        1,
        "{text}"
    );
    assert_eq!(
        of_kind(&components, ICalendarComponentType::VEvent).len(),
        1
    );
    let browser = app.owner().await;
    let one = browser
        .get(&format!("/applications/{id}/calendar/deadline.ics"))
        .await;
    assert_eq!(
        parsed(&one.text).len(),
        3,
        "calendar, event, alarm: {}",
        one.text
    );
    assert!(one.header("content-disposition").contains("deadline"));
    let none = browser
        .get(&format!("/applications/{id}/calendar/round-9.ics"))
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    // Once it is sent, the last day no longer counts.
    moved(&ctx, id, Stage::Applied, None).await;
    let sent = feed(&app.nobody(), &with).await;
    assert!(sent.contains("STATUS:CANCELLED"), "{sent}");
}

#[tokio::test]
async fn the_page_shows_the_address_once() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let made = browser
        .post_form("/applications/calendar", &[("tasks", "yes")])
        .await;
    assert!(
        made.text.contains("shown this once") && made.text.contains("webcal://"),
        "{}",
        made.text
    );
    assert_eq!(made.header("cache-control"), "no-store");
    let again = browser.get("/applications/calendar").await;
    assert!(again.text.contains("with tasks") && !again.text.contains("webcal://"));
}
