//! Statistics as they are read: on the page, as files, without names.

use cadet::applications::actions;
use cadet::applications::model::Stage;
use cadet::applications::statistics::actions::application_statistics;
use reqwest::StatusCode;

use super::{application, me, moved};
use crate::support::TestApp;

#[tokio::test]
async fn everything_that_was_recorded_is_counted_once() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let sent = application(&ctx, "Northlight", Stage::Applied, 20).await;
    moved(&ctx, sent, Stage::Interview, Some(ctx.now().plus_days(-10))).await;
    moved(&ctx, sent, Stage::Rejected, None).await;
    application(&ctx, "Fernhill", Stage::Applied, 5).await;
    let away = application(&ctx, "Ostwerk", Stage::Interested, 1).await;
    actions::application_archive(&ctx, away, true)
        .await
        .unwrap();
    let told = application_statistics(&ctx).await.unwrap();
    assert_eq!((told.total, told.sent, told.answered), (3, 2, 1));
    let stays: u64 = told.flows.nodes.iter().map(|node| node.stays).sum();
    assert_eq!(stays, 3);
    assert_eq!((told.until_answer.cases, told.until_answer.open), (2, 1));
    assert_eq!(told.until_answer.median, Some(10.0));
    assert_eq!(told.answers.by_source[0].label, "a fair");
    assert!(told.answers.by_source[0].few);
}

#[tokio::test]
async fn the_page_has_charts_with_tables_and_both_as_files() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let browser = app.owner().await;
    let empty = browser.get("/applications/statistics").await;
    assert!(empty.text.contains("There is nothing to count yet"));
    let id = application(&ctx, "Northlight", Stage::Applied, 20).await;
    moved(&ctx, id, Stage::Screen, None).await;
    let page = browser.get("/applications/statistics").await;
    for expected in [
        "flows-chart-title",
        "Table of flows",
        "Table of times",
        "few cases",
    ] {
        assert!(page.text.contains(expected), "{expected}: {}", page.text);
    }
    let svg = browser.get("/applications/statistics/flows.svg").await;
    assert!(svg.text.contains("<style>") && svg.header("content-type") == "image/svg+xml");
    let png = browser.get("/applications/statistics/flows.png").await;
    assert_eq!(
        (png.status, png.header("content-type")),
        (StatusCode::OK, "image/png")
    );
    let csv = browser.get("/applications/statistics/flows.csv").await;
    assert_eq!(csv.text, "from,to,applications\nApplied,Screen,1\n");
    let shared = browser.get("/applications/statistics/share.html").await;
    assert!(shared.text.contains("1 applications") && !shared.text.contains("Northlight"));
    assert!(!shared.text.contains("a fair"));
    let none = browser.get("/applications/statistics/secrets.csv").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
