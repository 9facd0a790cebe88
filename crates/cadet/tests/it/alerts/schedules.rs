//! Digests: once a day or a week, never empty, once at each hour.

use cadet::alerts::actions::{alert_run, alert_update};
use cadet::alerts::matching::alerts_due;
use cadet::alerts::model::AlertInput;
use cadet::alerts::schedule::Schedule;
use cadet::postings::sources::model::SourceKind;

use super::{Receiver, add, ingest, java, me, opening, shown, source, start, work};

const HOUR: i64 = 3_600_000;

fn daily(hook: &Receiver) -> AlertInput {
    AlertInput {
        schedule: Schedule::Daily { hour: 8 },
        time_zone: "Europe/Berlin".into(),
        webhook: hook.url.clone(),
        ..java()
    }
}

#[tokio::test]
async fn a_daily_alert_gathers_and_tells_once_a_day_and_never_of_nothing() {
    let app = start().await;
    let hook = Receiver::answering(&[200]).await;
    let id = add(&app, daily(&hook)).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    work(&app).await;
    ingest(
        &app,
        &board,
        vec![opening(1, "Java Intern"), opening(2, "Java Intern II")],
    )
    .await;
    work(&app).await;
    assert_eq!(shown(&app, id).await.alert.waiting, 2);
    assert!(hook.got().is_empty());
    // From 13:00 to 08:00 in Berlin.
    app.clock.advance_millis(19 * HOUR - 1);
    assert_eq!(alerts_due(&app.system()).await.unwrap(), 0);
    app.clock.advance_millis(1);
    let (one, other) = (app.system(), app.system());
    let (one, other) = tokio::join!(alerts_due(&one), alerts_due(&other));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    work(&app).await;
    assert_eq!(hook.got().len(), 1);
    assert!(
        hook.got()[0].1.contains("\"total\":2"),
        "{}",
        hook.got()[0].1
    );
    app.clock.advance_millis(24 * HOUR);
    assert_eq!(alerts_due(&app.system()).await.unwrap(), 1);
    work(&app).await;
    let detail = shown(&app, id).await;
    assert_eq!(
        (
            hook.got().len(),
            detail.alert.waiting,
            detail.deliveries.len()
        ),
        (1, 0, 1)
    );
}

#[tokio::test]
async fn what_was_stored_before_the_hour_belongs_to_it() {
    let app = start().await;
    let hook = Receiver::answering(&[200]).await;
    add(&app, daily(&hook)).await;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    app.clock.advance_millis(19 * HOUR);
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    assert_eq!(alerts_due(&app.system()).await.unwrap(), 1);
    work(&app).await;
    assert_eq!(hook.got().len(), 1);
}

#[tokio::test]
async fn what_waits_is_delivered_when_asked_for_or_when_the_schedule_becomes_at_once() {
    let app = start().await;
    let hook = Receiver::answering(&[200]).await;
    let id = add(&app, daily(&hook)).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    let run = alert_run(&me(&app), id).await.unwrap();
    assert_eq!((run.found, run.handed_over), (1, 1));
    let run = alert_run(&me(&app), id).await.unwrap();
    assert_eq!((run.found, run.handed_over), (0, 0));
    ingest(
        &app,
        &board,
        vec![opening(1, "Java Intern"), opening(2, "Java Intern II")],
    )
    .await;
    work(&app).await;
    let at_once = AlertInput {
        schedule: Schedule::AtOnce,
        ..daily(&hook)
    };
    alert_update(&me(&app), id, at_once).await.unwrap();
    work(&app).await;
    assert_eq!(
        (hook.got().len(), shown(&app, id).await.alert.waiting),
        (2, 0)
    );
}
