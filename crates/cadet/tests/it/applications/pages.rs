//! Pages of applications: every form works without a script.

use cadet::applications::actions;
use cadet::applications::model::Stage;
use reqwest::StatusCode;

use super::{application, me, stage};
use crate::support::{TestApp, sample};

#[tokio::test]
async fn from_a_posting_to_a_rejection_by_forms_alone() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let browser = app.owner().await;
    let (_, posting) = sample::posting(&app).await;
    let page = browser.get(&format!("/postings/{posting}")).await;
    assert!(page.text.contains("Track this"), "{}", page.text);
    let number = posting.to_string();
    let begun = browser
        .post_form("/applications/begin", &[("posting", &number)])
        .await;
    let address = begun.header("location").to_owned();
    let fields = [("to", "applied"), ("at", "2026-11-20"), ("why", "")];
    browser.post_form(&format!("{address}/move"), &fields).await;
    let round = [
        ("kind", "technical"),
        ("starts", "2026-11-24T10:00"),
        ("zone", "Europe/Berlin"),
        ("people", "Ada Brandt, Bo Lind"),
    ];
    browser
        .post_form(&format!("{address}/rounds"), &round)
        .await;
    browser
        .post_form(&format!("{address}/notes"), &[("text", "<b>bold</b>")])
        .await;
    let page = browser.get(&address).await;
    for expected in [
        "Tue 24 November 2026, 10:00 Berlin time",
        "Ada Brandt, Bo Lind",
        "&#60;b&#62;bold",
        "Frozen with the application",
    ] {
        assert!(page.text.contains(expected), "{expected}: {}", page.text);
    }
    browser
        .post_form(&format!("{address}/move"), &[("to", "rejected")])
        .await;
    let page = browser.get(&address).await;
    assert!(page.text.contains("You did the work, and it stays yours"));
    assert!(page.text.contains("Ada Brandt, Bo Lind"));
    let review = [
        ("to_learn", "Partitions"),
        ("apply_again", "2027-05-01"),
        ("keep_contact", "yes"),
    ];
    let kept = browser
        .post_form(&format!("{address}/review"), &review)
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let id = address.rsplit('/').next().unwrap().parse().unwrap();
    let shown =
        actions::application_show(&ctx, cadet::applications::model::ApplicationId(id)).await;
    assert_eq!(shown.unwrap().state.review.unwrap().to_learn, "Partitions");
    let page = browser.get(&format!("/postings/{posting}")).await;
    assert!(page.text.contains("Apply again"), "{}", page.text);
}

#[tokio::test]
async fn the_board_moves_a_card_and_takes_it_back() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let browser = app.owner().await;
    let empty = browser.get("/applications").await;
    assert!(empty.text.contains("You have no applications"));
    let id = application(&ctx, "Northlight", Stage::Applied, 2).await;
    let fields = [("to", "screen"), ("back", "/applications")];
    let moved = browser
        .post_form(&format!("/applications/{id}/move"), &fields)
        .await;
    assert_eq!(
        moved.header("location"),
        format!("/applications?moved={id}")
    );
    let board = browser.get(moved.header("location")).await;
    assert!(board.text.contains("Moved."), "{}", board.text);
    let back = [("back", "/applications")];
    browser
        .post_form(&format!("/applications/{id}/undo"), &back)
        .await;
    assert_eq!(stage(&ctx, id).await, Stage::Applied);
}

#[tokio::test]
async fn the_list_has_pages_and_changes_many() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let browser = app.owner().await;
    let mut ids = Vec::new();
    for number in 0..53 {
        ids.push(application(&ctx, &format!("Company {number}"), Stage::Applied, 1).await);
    }
    let first = browser.get("/applications/list?sort=company").await;
    assert!(first.text.contains("53 in all"), "{}", first.text);
    assert!(first.text.contains("page=2"));
    let second = browser.get("/applications/list?sort=company&page=2").await;
    assert_eq!(second.text.matches("data-item").count(), 3);
    let (one, two) = (ids[0].to_string(), ids[1].to_string());
    let fields = [
        ("id", one.as_str()),
        ("id", two.as_str()),
        ("what", "move"),
        ("to", "offer"),
    ];
    let done = browser.post_form("/applications/bulk", &fields).await;
    assert_eq!(stage(&ctx, ids[1]).await, Stage::Offer);
    let listed = browser.get(done.header("location")).await;
    assert!(listed.text.contains("2 changed."), "{}", listed.text);
    let none = browser
        .post_form("/applications/bulk", &[("what", "archive")])
        .await;
    let told = browser.get(none.header("location")).await;
    assert!(told.text.contains("Choose applications first"));
}

#[tokio::test]
async fn what_cannot_be_used_is_told_with_what_was_typed() {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let fields = [
        ("company", ""),
        ("title", ""),
        ("place", "Utopia"),
        ("stage", "applied"),
    ];
    let refused = browser.post_form("/applications", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Say at least which company"));
    assert!(refused.text.contains("Utopia"));
    let nowhere = browser.get("/applications/4711").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn stages_are_called_as_their_owner_likes() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let browser = app.owner().await;
    application(&ctx, "Northlight", Stage::Screen, 1).await;
    let fields = [("label-screen", "Phone call"), ("weekly_goal", "5")];
    browser.post_form("/applications/settings", &fields).await;
    let board = browser.get("/applications").await;
    assert!(board.text.contains("Phone call"), "{}", board.text);
    let goal = [("weekly_goal", "many")];
    let refused = browser.post_form("/applications/settings", &goal).await;
    let told = browser.get(refused.header("location")).await;
    assert!(told.text.contains("Aim at 0 to 100"));
}
