//! Every process asks its own percolator, and what is written is as if it had just loaded all saved searches.

use std::sync::Arc;

use cadet::accounts::actions::{AccountChange, account_update};
use cadet::alerts::actions::{
    alert_add, alert_list, alert_pause, alert_remove, alert_restore, alert_update,
};
use cadet::alerts::matching::alerts_match;
use cadet::postings::sources::model::RawDate;
use cadet::startup::{self, World};

use super::*;

/// Another process on the same database, with a percolator of its own.
async fn another(app: &TestApp) -> Ctx {
    let (one, world) = (&app.app, World::default());
    let world = World {
        clock: Arc::clone(&one.clock),
        ..world
    };
    let (config, db, index) = (one.config.clone(), one.db.clone(), one.index.clone());
    let other = startup::assemble(config, world, db, index).await;
    Ctx::system(other.expect("a second process"))
}

fn asking(query: &str) -> AlertInput {
    AlertInput {
        query: PostingQuery::parse_str(query).expect("a search"),
        ..java()
    }
}

#[tokio::test]
async fn a_process_sees_what_others_changed_since_it_last_looked() {
    let app = start().await;
    let other = another(&app).await;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    let kept = add(&app, java()).await.search.id;
    let removed = add(&app, java()).await.search.id;
    let mut all = vec![opening(1, "Java Intern One")];
    ingest(&app, &board, all.clone()).await;
    assert_eq!(alerts_match(&other, None).await.unwrap(), 2);
    // All of this happens at the first process.
    let added = add(&app, asking("q=java&country=DE")).await.search.id;
    alert_remove(&me(&app), removed).await.unwrap();
    alert_update(&me(&app), kept, asking("q=two"))
        .await
        .unwrap();
    for title in ["Java Intern Two", "Java Intern Three"] {
        all.push(opening(u32::try_from(all.len()).unwrap() + 1, title));
    }
    ingest(&app, &board, all).await;
    assert_eq!(alerts_match(&other, None).await.unwrap(), 3);
    assert_eq!(
        titles(&app, kept).await,
        ["Java Intern One", "Java Intern Two"]
    );
    assert_eq!(
        titles(&app, added).await,
        ["Java Intern Two", "Java Intern Three"]
    );
    alert_restore(&me(&app), removed).await.unwrap();
    assert_eq!(titles(&app, removed).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn alerts_made_and_changed_while_others_look_find_everything_once() {
    let app = start().await;
    let others = [another(&app).await, another(&app).await];
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    let everything = "q=java";
    let mut made = Vec::new();
    let mut all = Vec::new();
    for round in 0..8_u32 {
        for number in 0..6 {
            let number = round * 6 + number;
            all.push(opening(number, &format!("Java Intern {number}")));
        }
        ingest(&app, &board, all.clone()).await;
        let lookers = others.clone().map(|ctx| {
            tokio::spawn(async move { alerts_match(&ctx, None).await.expect("it looks") })
        });
        let mine = me(&app);
        let new = alert_add(&mine, asking(everything), true).await.unwrap();
        if let Some(before) = made.last() {
            // Away and back, and asking something else and the same again.
            alert_remove(&mine, *before).await.unwrap();
            alert_restore(&mine, *before).await.unwrap();
            alert_update(&mine, *before, asking("q=java&internship=yes"))
                .await
                .unwrap();
        }
        made.push(new.search.id);
        for looker in lookers {
            looker.await.unwrap();
        }
    }
    alerts_match(&others[0], None).await.unwrap();
    for id in made {
        let detail = shown(&app, id).await;
        assert_eq!(detail.alert.found, 48, "alert {id}");
        let told: u32 = detail.deliveries.iter().map(|one| one.posting_count).sum();
        assert_eq!(told, 48, "alert {id}");
    }
}

#[tokio::test]
async fn a_number_of_days_counts_back_from_when_a_posting_appears() {
    let app = start().await;
    let within = add(&app, asking("within=7")).await.search.id;
    let words = add(&app, asking("q=posted%3A7d")).await.search.id;
    let not = add(&app, asking("q=java%20-posted%3A%3E%3D7d"))
        .await
        .search
        .id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    let day = 86_400;
    let posted = |number: u32, title: &str, days_ago: i64| RawPosting {
        posted: Some(RawDate::Seconds(app.app.now().0 / 1_000 - days_ago * day)),
        ..opening(number, title)
    };
    let mut all = vec![posted(1, "Java Intern One", 3)];
    ingest(&app, &board, all.clone()).await;
    work(&app).await;
    // The percolator keeps what it has read nine days ago.
    app.clock.advance_millis(9 * day * 1_000);
    all.push(posted(2, "Java Intern Two", 1));
    all.push(posted(3, "Java Intern Three", 8));
    ingest(&app, &board, all).await;
    work(&app).await;
    for id in [within, words] {
        assert_eq!(
            titles(&app, id).await,
            ["Java Intern One", "Java Intern Two"]
        );
    }
    assert_eq!(titles(&app, not).await, ["Java Intern Three"]);
}

#[tokio::test]
async fn an_account_that_may_be_used_again_is_told_of_what_it_missed() {
    let app = TestApp::start_multi_user().await;
    let ada = app.account("ada@example.org", Role::Candidate).await;
    let ctx = app.person(ada, Role::Candidate);
    let id = alert_add(&ctx, java(), false).await.unwrap().search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    let mut all = Vec::new();
    for (number, disabled) in [(1, true), (2, true), (3, false)] {
        let change = AccountChange {
            role: None,
            disabled: Some(disabled),
        };
        account_update(&me(&app), ada, change).await.unwrap();
        all.push(opening(number, &format!("Java Intern {number}")));
        ingest(&app, &board, all.clone()).await;
        work(&app).await;
        let found = alert_list(&ctx, 0, 10).await.unwrap()[0].found;
        assert_eq!(found, if disabled { 0 } else { u64::from(number) });
    }
    let detail = alert_show(&ctx, id).await.unwrap();
    assert_eq!(detail.alert.waiting, 0);
}

#[tokio::test]
async fn an_alert_that_was_paused_at_another_process_rests_there_too() {
    let app = start().await;
    let other = another(&app).await;
    let id = add(&app, java()).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    alerts_match(&other, None).await.unwrap();
    alert_pause(&me(&app), id, true).await.unwrap();
    let two = vec![opening(1, "Java Intern"), opening(2, "Java Intern II")];
    ingest(&app, &board, two).await;
    assert_eq!(alerts_match(&other, None).await.unwrap(), 0);
    alert_pause(&me(&app), id, false).await.unwrap();
    assert_eq!(alerts_match(&other, None).await.unwrap(), 0);
    assert_eq!(titles(&app, id).await, ["Java Intern"]);
}
