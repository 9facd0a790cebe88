//! Webhooks: signed, tried again, turned off when they want no more.

use cadet::accounts::model::AccountId;
use cadet::alerts::actions::{alert_test_delivery, alert_update};
use cadet::alerts::model::{AlertInput, DeliveryState};
use cadet::error::Error;
use cadet::postings::sources::model::SourceKind;
use serde_json::Value;
use standardwebhooks::Webhook;

use super::{Receiver, add, ingest, java, me, opening, shown, source, start, work};
use crate::support::TestApp;

/// Longer than any wait between two tries.
const PATIENCE: i64 = 3_700_000;

fn with_webhook(url: &str) -> AlertInput {
    AlertInput {
        webhook: url.into(),
        ..java()
    }
}

fn header<'a>(headers: &'a http::HeaderMap, name: &str) -> &'a str {
    headers[name].to_str().unwrap()
}

#[tokio::test]
async fn a_webhook_is_signed_and_tried_again_as_the_same_delivery() {
    let app = start().await;
    let hook = Receiver::answering(&[500, 200]).await;
    let added = add(&app, with_webhook(&hook.url)).await;
    let secret = added.secret.expect("a new webhook shows its secret").0;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java <b>Intern</b>")]).await;
    work(&app).await;
    let detail = shown(&app, added.search.id).await;
    let delivery = &detail.deliveries[0];
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Pending, 1)
    );
    let error = delivery.error.clone().unwrap();
    assert!(error.contains("500: said the hook"), "{error}");
    app.clock.advance_millis(PATIENCE);
    work(&app).await;
    let detail = shown(&app, added.search.id).await;
    let delivery = &detail.deliveries[0];
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Delivered, 2)
    );
    assert_eq!(delivery.error, None);
    let got = hook.got();
    assert_eq!(got.len(), 2);
    assert_eq!(
        header(&got[0].0, "webhook-id"),
        header(&got[1].0, "webhook-id")
    );
    for (headers, body) in &got {
        let seconds = header(headers, "webhook-timestamp").parse().unwrap();
        let signer = Webhook::new(&secret).unwrap();
        let signature = signer.sign(header(headers, "webhook-id"), seconds, body.as_bytes());
        assert_eq!(header(headers, "webhook-signature"), signature.unwrap());
    }
    let body: Value = serde_json::from_str(&got[1].1).unwrap();
    assert_eq!(body["type"], "alert.matched");
    assert_eq!(body["data"]["alert"]["name"], "Java");
    assert_eq!(body["data"]["total"], 1);
    let posting = &body["data"]["postings"][0];
    assert_eq!(posting["company"], "Northlight");
    assert!(
        posting["url"].as_str().unwrap().starts_with(&app.url),
        "{posting}"
    );
}

#[tokio::test]
async fn a_webhook_that_answers_gone_is_turned_off_until_it_is_written_again() {
    let app = start().await;
    let hook = Receiver::answering(&[410]).await;
    let id = add(&app, with_webhook(&hook.url)).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    work(&app).await;
    let detail = shown(&app, id).await;
    assert_eq!(detail.deliveries[0].state, DeliveryState::Failed);
    assert!(
        detail.alert.search.channels[0]
            .off()
            .unwrap()
            .contains("410")
    );
    assert_eq!(detail.alert.search.webhook(), None);
    ingest(
        &app,
        &board,
        vec![opening(1, "Java Intern"), opening(2, "Java Intern II")],
    )
    .await;
    work(&app).await;
    assert_eq!(hook.got().len(), 1);
    assert_eq!(shown(&app, id).await.deliveries[0].channel, "feed");
    let on = alert_update(&me(&app), id, with_webhook(&hook.url))
        .await
        .unwrap();
    assert_eq!(on.search.webhook(), Some(hook.url.as_str()));
    assert!(
        on.secret.is_none(),
        "the secret stays the one that was shown"
    );
}

#[tokio::test]
async fn a_webhook_that_never_answers_well_is_given_up_with_its_reason() {
    let app = start().await;
    let hook = Receiver::answering(&[503]).await;
    let id = add(&app, with_webhook(&hook.url)).await.search.id;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    ingest(&app, &board, vec![opening(1, "Java Intern")]).await;
    for _ in 0..12 {
        work(&app).await;
        app.clock.advance_millis(PATIENCE);
    }
    let delivery = shown(&app, id).await.deliveries[0].clone();
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Failed, 10)
    );
    assert!(delivery.error.unwrap().contains("503"));
    assert_eq!(hook.got().len(), 10);
}

#[tokio::test]
async fn a_webhook_on_a_private_address_fails_at_once_unless_the_operator_allows_it() {
    let app = TestApp::start().await;
    let hook = Receiver::answering(&[200]).await;
    let id = add(&app, with_webhook(&hook.url)).await.search.id;
    alert_test_delivery(&me(&app), id).await.unwrap();
    work(&app).await;
    let delivery = shown(&app, id).await.deliveries[0].clone();
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Failed, 1)
    );
    assert!(delivery.error.unwrap().contains("private"));
    assert!(hook.got().is_empty());
}

#[tokio::test]
async fn a_test_reaches_every_channel_and_an_alert_without_any_says_so() {
    let app = start().await;
    let hook = Receiver::answering(&[204]).await;
    let id = add(&app, with_webhook(&hook.url)).await.search.id;
    assert_eq!(alert_test_delivery(&me(&app), id).await.unwrap(), 1);
    work(&app).await;
    assert!(hook.got()[0].1.contains("alert.test"));
    let bare = add(&app, java()).await.search.id;
    let refused = alert_test_delivery(&me(&app), bare).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn at_most_fifty_postings_are_listed_and_all_are_counted() {
    let app = start().await;
    let hook = Receiver::answering(&[200]).await;
    add(&app, with_webhook(&hook.url)).await;
    let board = source(&app, SourceKind::Greenhouse, "northlight").await;
    let all = (0..60)
        .map(|number| opening(number, &format!("Java Intern {number}")))
        .collect();
    ingest(&app, &board, all).await;
    work(&app).await;
    let body: Value = serde_json::from_str(&hook.got()[0].1).unwrap();
    assert_eq!(body["data"]["total"], 60);
    assert_eq!(body["data"]["postings"].as_array().unwrap().len(), 50);
}

#[tokio::test]
async fn the_secret_is_shown_once_and_by_no_other_answer() {
    let app = start().await;
    let browser = app.signed_in(AccountId::LOCAL).await;
    let body = serde_json::json!({ "name": "Java", "query": "q=java", "webhook": "https://example.org/hook" });
    let made = browser.post_json("/api/v1/alerts", &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert!(
        made.json()["webhook_secret"]
            .as_str()
            .unwrap()
            .starts_with("whsec_")
    );
    for path in [
        "/api/v1/alerts",
        "/api/v1/alerts/1",
        "/alerts/1",
        "/alerts",
        "/alerts/1/edit",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.text.contains("whsec_"), "{path}");
    }
}
