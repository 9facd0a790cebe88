//! What is told of, and that it is told of once.

use cadet::accounts::model::Role;
use cadet::alerts::actions::{
    alert_add, alert_pause, alert_preview, alert_remove, alert_restore, alert_run, alert_update,
};
use cadet::alerts::matching::alerts_match;
use cadet::alerts::model::AlertInput;
use cadet::error::Error;
use cadet::postings::query::PostingQuery;
use cadet::postings::sources::model::SourceKind;

use super::{add, ingest, java, me, opening, place, shown, source, start, titles, work};
use crate::support::TestApp;

#[tokio::test]
async fn an_alert_tells_of_what_appears_and_why_but_not_of_what_was_there() {
    let app = start().await;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Backend Intern")]).await;
    work(&app).await;
    let id = add(&app, java()).await.search.id;
    let mut cook = opening(2, "Pastry Cook Intern");
    cook.description = None;
    ingest(
        &app,
        &board,
        vec![
            opening(1, "Backend Intern"),
            cook,
            opening(3, "Java Intern"),
        ],
    )
    .await;
    work(&app).await;
    assert_eq!(titles(&app, id).await, ["Java Intern"]);
    let detail = shown(&app, id).await;
    let reasons = &detail.matches[0].reasons;
    assert!(
        reasons.contains(&"\"java\" in the title".to_owned()),
        "{reasons:?}"
    );
    assert_eq!(detail.alert.waiting, 0);
    assert_eq!(
        (
            detail.deliveries.len(),
            detail.deliveries[0].channel.as_str()
        ),
        (1, "feed")
    );
}

#[tokio::test]
async fn reasons_quote_the_posting_and_name_only_what_fits() {
    let app = start().await;
    let query = PostingQuery::parse_str(
        "q=java&internship=yes&backend=explicit&backend=plausible&country=DE&country=AT&skill=postgresql&status=open",
    );
    let query = query.unwrap();
    let id = add(&app, AlertInput { query, ..java() }).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Backend Intern")]).await;
    work(&app).await;
    let reasons = shown(&app, id).await.matches.remove(0).reasons;
    for told in ["\"java\" in the title", "country: DE", "skill: PostgreSQL"] {
        assert!(reasons.contains(&told.to_owned()), "{told}: {reasons:?}");
    }
    assert!(
        reasons.iter().any(|one| one.starts_with("internship: \"")),
        "{reasons:?}"
    );
    assert_eq!(
        reasons
            .iter()
            .filter(|one| one.starts_with("backend: "))
            .count(),
        1
    );
    assert!(
        !reasons
            .iter()
            .any(|one| one.contains("AT") || one.contains("open")),
        "{reasons:?}"
    );
}

#[tokio::test]
async fn what_is_there_is_told_of_when_asked() {
    let app = start().await;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(
        &app,
        &board,
        vec![opening(1, "Java Intern"), opening(2, "Gone Java Intern")],
    )
    .await;
    // What is missing is closed when a second look confirms it.
    for _ in 0..2 {
        app.clock.advance_millis(3_600_000);
        ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    }
    work(&app).await;
    let id = alert_add(&me(&app), java(), true).await.unwrap().search.id;
    assert_eq!(titles(&app, id).await, ["Java Intern"]);
    ingest(
        &app,
        &board,
        vec![opening(1, "Java Intern"), opening(3, "Other Java Intern")],
    )
    .await;
    work(&app).await;
    assert_eq!(titles(&app, id).await, ["Java Intern", "Other Java Intern"]);
    assert_eq!(shown(&app, id).await.deliveries.len(), 2);
}

#[tokio::test]
async fn one_opening_in_three_sources_and_more_cities_alerts_once() {
    let app = start().await;
    let id = add(&app, java()).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    let lists = [
        source(&app, SourceKind::Simplify, "https://lists.example/one.json").await,
        source(&app, SourceKind::Simplify, "https://lists.example/two.json").await,
    ];
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    for (number, list) in lists.iter().enumerate() {
        let mut listed = opening(1, "Java Intern");
        listed.external_id = format!("list-{number}");
        ingest(&app, list, vec![listed]).await;
    }
    work(&app).await;
    let mut moved = opening(1, "Java Intern");
    moved.locations.push(place("Munich, Germany"));
    ingest(&app, &board, vec![moved]).await;
    work(&app).await;
    assert_eq!(titles(&app, id).await, ["Java Intern"]);
    assert_eq!(shown(&app, id).await.deliveries.len(), 1);
}

#[tokio::test]
async fn what_closes_and_opens_again_does_not_alert_twice() {
    let app = start().await;
    let id = add(&app, java()).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    let (first, second) = (opening(1, "Java Intern"), opening(2, "Java Intern II"));
    ingest(&app, &board, vec![first.clone(), second.clone()]).await;
    work(&app).await;
    app.clock.advance_millis(3_600_000);
    ingest(&app, &board, vec![second.clone()]).await;
    work(&app).await;
    app.clock.advance_millis(3_600_000);
    ingest(&app, &board, vec![first, second]).await;
    work(&app).await;
    assert_eq!(titles(&app, id).await, ["Java Intern", "Java Intern II"]);
    assert_eq!(shown(&app, id).await.deliveries.len(), 1);
}

#[tokio::test]
async fn what_closed_before_anybody_looked_is_not_told_of() {
    let app = start().await;
    let id = add(&app, java()).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(
        &app,
        &board,
        vec![opening(1, "Java Intern"), opening(2, "Java Intern II")],
    )
    .await;
    // What is missing is closed when a second look confirms it.
    for _ in 0..2 {
        app.clock.advance_millis(3_600_000);
        ingest(&app, &board, vec![opening(2, "Java Intern II")]).await;
    }
    work(&app).await;
    assert_eq!(titles(&app, id).await, ["Java Intern II"]);
}

#[tokio::test]
async fn a_change_between_appearing_and_looking_loses_nothing() {
    let app = start().await;
    let id = add(&app, java()).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    app.app.index.catch_up(&app.app.db, &|_| ()).await.unwrap();
    ingest(&app, &board, vec![opening(1, "Java Intern, Payments")]).await;
    app.app.index.rebuild(&app.app.db, &|_| ()).await.unwrap();
    work(&app).await;
    assert_eq!(titles(&app, id).await, ["Java Intern, Payments"]);
}

#[tokio::test]
async fn a_word_that_resembles_another_finds_nothing() {
    let app = start().await;
    let query = PostingQuery::parse_str("q=rust").unwrap();
    let id = add(&app, AlertInput { query, ..java() }).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Trust and Safety Intern")]).await;
    work(&app).await;
    assert!(titles(&app, id).await.is_empty());
    let query = PostingQuery::parse_str("q=jawa").unwrap();
    let preview = alert_preview(&me(&app), &query).await.unwrap();
    assert_eq!(preview.total, 0);
    assert!(
        preview.warnings[0].contains("jawa"),
        "{:?}",
        preview.warnings
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_who_look_at_once_find_everything_once() {
    let app = start().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(add(&app, java()).await.search.id);
    }
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    let all: Vec<_> = (0..700)
        .map(|number| opening(number, &format!("Java Intern {number}")))
        .collect();
    ingest(&app, &board, all).await;
    let lookers: Vec<_> = (0..6)
        .map(|_| {
            let ctx = app.system();
            tokio::spawn(async move { alerts_match(&ctx, None).await })
        })
        .collect();
    let mut new = 0;
    for looker in lookers {
        new += looker.await.unwrap().unwrap();
    }
    assert_eq!(new, 3 * 700);
    work(&app).await;
    for id in ids {
        let detail = shown(&app, id).await;
        assert_eq!((detail.alert.found, detail.alert.waiting), (700, 0));
        let told: u32 = detail.deliveries.iter().map(|one| one.posting_count).sum();
        assert_eq!(told, 700);
    }
}

#[tokio::test]
async fn looking_again_after_a_crash_half_way_loses_and_doubles_nothing() {
    let app = start().await;
    let id = add(&app, java()).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    let all: Vec<_> = (0..1_300)
        .map(|number| opening(number, &format!("Java Intern {number}")))
        .collect();
    ingest(&app, &board, all).await;
    // Dropped at its awaiting points, as a process that is killed drops it, and begun anew.
    for steps in 1..40_u32 {
        let ctx = app.system();
        let looking = alerts_match(&ctx, None);
        tokio::pin!(looking);
        for _ in 0..steps {
            let step = std::future::poll_fn(|context| {
                let _ = looking.as_mut().poll(context);
                std::task::Poll::Ready(())
            });
            step.await;
            tokio::task::yield_now().await;
        }
    }
    work(&app).await;
    let detail = shown(&app, id).await;
    assert_eq!((detail.alert.found, detail.alert.waiting), (1_300, 0));
    let told: u32 = detail.deliveries.iter().map(|one| one.posting_count).sum();
    assert_eq!(told, 1_300);
}

#[tokio::test]
async fn what_appears_in_a_pause_is_not_told_of_and_what_appears_before_an_undo_is() {
    let app = start().await;
    let ctx = me(&app);
    let id = add(&app, java()).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    alert_pause(&ctx, id, true).await.unwrap();
    assert!(matches!(alert_run(&ctx, id).await, Err(Error::Conflict(_))));
    let mut all = vec![opening(1, "Java Intern One")];
    ingest(&app, &board, all.clone()).await;
    work(&app).await;
    alert_pause(&ctx, id, false).await.unwrap();
    alert_remove(&ctx, id).await.unwrap();
    assert!(matches!(
        alert_run(&ctx, id).await,
        Err(Error::NotFound { .. })
    ));
    all.push(opening(2, "Java Intern Two"));
    ingest(&app, &board, all.clone()).await;
    work(&app).await;
    alert_restore(&ctx, id).await.unwrap();
    assert_eq!(titles(&app, id).await, ["Java Intern Two"]);
    let query = PostingQuery::parse_str("q=golang").unwrap();
    alert_update(&ctx, id, AlertInput { query, ..java() })
        .await
        .unwrap();
    all.push(opening(3, "Java Intern Three"));
    ingest(&app, &board, all).await;
    work(&app).await;
    assert_eq!(titles(&app, id).await, ["Java Intern Two"]);
}

#[tokio::test]
async fn the_alerts_of_a_disabled_account_rest() {
    let app = TestApp::start_multi_user().await;
    let ada = app.account("ada@example.org", Role::Candidate).await;
    let ctx = app.person(ada, Role::Candidate);
    let id = alert_add(&ctx, java(), false).await.unwrap().search.id;
    let change = cadet::accounts::actions::AccountChange {
        role: None,
        disabled: Some(true),
    };
    let admin = me(&app);
    cadet::accounts::actions::account_update(&admin, ada, change)
        .await
        .unwrap();
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    work(&app).await;
    let detail = cadet::alerts::actions::alert_show(&ctx, id).await.unwrap();
    assert_eq!(detail.alert.found, 0);
}
