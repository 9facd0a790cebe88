//! The log, what it says, and what follows from it.

use cadet::applications::actions::{
    self, BulkChange, action_done, actions_due, actions_due_count, application_begin,
    application_bulk, application_bulk_undo, application_rebuild, application_show,
    application_undo,
};
use cadet::applications::freeze::{NewFile, sha256};
use cadet::applications::list::{ListQuery, Order};
use cadet::applications::model::{ApplicationId, FileId, Review, Stage, Task};
use cadet::applications::next::ActionKind;
use cadet::applications::offers::model::Offer;
use cadet::applications::round::{LocalTime, Round};
use cadet::clock::Timestamp;
use cadet::error::Error;

use super::{application, details, me, moved, stage};
use crate::support::{TestApp, sample};

#[tokio::test]
async fn windows_that_begin_the_same_application_at_once_share_it() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let (_, posting) = sample::posting(&app).await;
    let begun = (0..8).map(|_| application_begin(&ctx, posting));
    let begun = futures::future::try_join_all(begun).await.unwrap();
    assert!(begun.iter().all(|id| *id == begun[0]), "{begun:?}");
}

#[tokio::test]
async fn a_posting_is_tracked_once_and_its_text_is_frozen_when_it_is_sent() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let (_, posting) = sample::posting(&app).await;
    let id = application_begin(&ctx, posting).await.unwrap();
    assert_eq!(application_begin(&ctx, posting).await.unwrap(), id);
    moved(&ctx, id, Stage::Applied, None).await;
    let before = application_show(&ctx, id).await.unwrap();
    assert_eq!(before.application.company, "Northlight");
    let file = &before.state.files[0];
    assert_eq!(file.role, "posting");
    // The posting changes; what was frozen does not.
    let source = sample::board(&app).await;
    let mut changed = sample::opening(4_012_345, "Backend Intern (Rust)");
    changed.description = Some(cadet::postings::sources::model::RawText::Plain(
        "Other.".into(),
    ));
    sample::ingest(&app, &source, vec![changed]).await;
    let kept = actions::application_file(&ctx, id, file.id).await.unwrap();
    let text = String::from_utf8(kept.2.clone()).unwrap();
    assert!(text.contains("You build REST services in Java"), "{text}");
    assert_eq!(sha256(&kept.2), file.sha256);
    // Moving again freezes nothing twice.
    moved(&ctx, id, Stage::Screen, None).await;
    let after = application_show(&ctx, id).await.unwrap();
    assert_eq!(after.state.files.len(), 1);
}

#[tokio::test]
async fn a_rejection_keeps_rounds_notes_and_offers_that_came_before() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let id = application(&ctx, "Northlight", Stage::Applied, 20).await;
    let round = Round {
        starts: Some(LocalTime::parse("starts", "2026-11-10 10:00", "Europe/Berlin").unwrap()),
        ..Round::default()
    };
    actions::application_round_set(&ctx, id, round)
        .await
        .unwrap();
    actions::application_note_set(&ctx, id, None, "They use Kafka.")
        .await
        .unwrap();
    let offer = Offer {
        amount: Some(1_500.0),
        currency: "EUR".into(),
        ..Offer::default()
    };
    actions::application_offer_set(&ctx, id, offer)
        .await
        .unwrap();
    moved(&ctx, id, Stage::Rejected, None).await;
    let review = Review {
        to_learn: "Partitions".into(),
        keep_contact: true,
        apply_again: Some(ctx.now().plus_days(180)),
        ..Review::default()
    };
    actions::application_review(&ctx, id, review).await.unwrap();
    let shown = application_show(&ctx, id).await.unwrap();
    assert_eq!(shown.application.stage, Stage::Rejected);
    assert_eq!(shown.state.rounds.len(), 1);
    assert_eq!(shown.state.notes[0].text, "They use Kafka.");
    assert!(shown.state.offer.is_some());
    assert_eq!(shown.log.len(), 6);
}

#[tokio::test]
async fn rows_are_rebuilt_from_logs_as_they_were() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let first = application(&ctx, "Northlight", Stage::Interview, 9).await;
    let second = application(&ctx, "Fernhill", Stage::Rejected, 3).await;
    application_undo(&ctx, first, None).await.unwrap();
    let shown = [first, second].map(|id| application_show(&ctx, id));
    let before = futures::future::try_join_all(shown).await.unwrap();
    let due = actions_due(&ctx, ctx.now()).await.unwrap();
    assert_eq!(application_rebuild(&ctx).await.unwrap(), 0);
    for record in before {
        let after = application_show(&ctx, record.application.id).await.unwrap();
        assert_eq!(after.state, record.state);
        assert_eq!(after.application, record.application);
    }
    assert_eq!(actions_due(&ctx, ctx.now()).await.unwrap(), due);
}

#[tokio::test]
async fn undo_takes_back_step_by_step_but_never_what_was_sent() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let (_, posting) = sample::posting(&app).await;
    let id = application_begin(&ctx, posting).await.unwrap();
    moved(&ctx, id, Stage::Applied, None).await;
    moved(&ctx, id, Stage::Screen, None).await;
    application_undo(&ctx, id, None).await.unwrap();
    assert_eq!(stage(&ctx, id).await, Stage::Applied);
    application_undo(&ctx, id, None).await.unwrap();
    assert_eq!(stage(&ctx, id).await, Stage::Interested);
    let nothing = application_undo(&ctx, id, None).await.unwrap_err();
    assert!(matches!(nothing, Error::Conflict(_)), "{nothing}");
    let shown = application_show(&ctx, id).await.unwrap();
    assert_eq!(shown.state.files.len(), 1);
}

#[tokio::test]
async fn a_date_is_corrected_and_the_old_one_stays_in_the_log() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let id = application(&ctx, "Northlight", Stage::Applied, 0).await;
    let event = application_show(&ctx, id).await.unwrap().log[0].id;
    let to = ctx.now().plus_days(-12);
    actions::application_correct(&ctx, id, event, to)
        .await
        .unwrap();
    let shown = application_show(&ctx, id).await.unwrap();
    assert_eq!(shown.application.applied_at, Some(to));
    assert_eq!(shown.log[0].at, ctx.now());
    let future = actions::application_correct(&ctx, id, event, ctx.now().plus_days(1)).await;
    assert!(future.unwrap_err().to_string().contains("future"));
}

#[tokio::test]
async fn what_is_due_has_reasons_and_is_told_until_it_is_done() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let waits = application(&ctx, "Northlight", Stage::Applied, 8).await;
    let talks = application(&ctx, "Fernhill", Stage::Interview, 1).await;
    let round = Round {
        starts: Some(LocalTime::parse("starts", "2026-11-24 10:00", "Europe/Berlin").unwrap()),
        ..Round::default()
    };
    let round = actions::application_round_set(&ctx, talks, round)
        .await
        .unwrap();
    let task = Task {
        text: "Read their blog".into(),
        round: Some(round),
        ..Task::default()
    };
    actions::application_task_set(&ctx, talks, task)
        .await
        .unwrap();
    let due = actions_due(&ctx, ctx.now()).await.unwrap();
    let told: Vec<_> = due.iter().map(|one| (one.application, one.kind)).collect();
    assert_eq!(
        told,
        [(talks, ActionKind::Prepare), (waits, ActionKind::FollowUp)]
    );
    assert_eq!(due[0].title, "Prepare 1 item");
    assert!(
        due[1]
            .reason
            .starts_with("applied 8 days ago, no answer: write to")
    );
    action_done(&ctx, waits, &due[1].key).await.unwrap();
    assert_eq!(actions_due_count(&ctx, ctx.now()).await.unwrap(), 1);
    // What ends with its day is told no more, without anybody writing anything.
    assert_eq!(
        actions_due(&ctx, ctx.now().plus_days(30))
            .await
            .unwrap()
            .len(),
        3,
        "asking again at both, and the outcome of the round"
    );
}

#[tokio::test]
async fn what_sleeps_is_silent_until_its_day() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let id = application(&ctx, "Northlight", Stage::Applied, 8).await;
    let until = ctx.now().plus_days(3);
    actions::application_snooze(&ctx, id, Some(until))
        .await
        .unwrap();
    assert!(actions_due(&ctx, ctx.now()).await.unwrap().is_empty());
    assert_eq!(actions_due(&ctx, until).await.unwrap().len(), 1);
    let passed = actions::application_snooze(&ctx, id, Some(ctx.now())).await;
    assert!(passed.is_err());
}

#[tokio::test]
async fn many_are_changed_at_once_or_none_and_taken_back_as_a_whole() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let mut ids = Vec::new();
    for company in ["Northlight", "Fernhill", "Ostwerk"] {
        ids.push(application(&ctx, company, Stage::Applied, 3).await);
    }
    moved(&ctx, ids[2], Stage::Screen, None).await;
    let change = BulkChange::Move(Stage::Screen);
    let done = application_bulk(&ctx, &ids, change).await.unwrap();
    assert_eq!(done.changed, 2);
    assert_eq!(stage(&ctx, ids[0]).await, Stage::Screen);
    assert_eq!(application_bulk_undo(&ctx, &done.batch).await.unwrap(), 2);
    assert_eq!(stage(&ctx, ids[0]).await, Stage::Applied);
    assert_eq!(stage(&ctx, ids[2]).await, Stage::Screen);
    ids.push(ApplicationId(4_711));
    let missing = application_bulk(&ctx, &ids, BulkChange::Archive).await;
    assert!(matches!(missing.unwrap_err(), Error::NotFound { .. }));
    assert!(
        !application_show(&ctx, ids[0])
            .await
            .unwrap()
            .application
            .archived
    );
}

#[tokio::test]
async fn the_list_finds_words_in_any_letters_and_orders_what_has_no_date_last() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    application(&ctx, "Çedilha Öl 100%", Stage::Applied, 2).await;
    application(&ctx, "Fernhill", Stage::Interested, 1).await;
    application(&ctx, "Northlight", Stage::Applied, 9).await;
    let names = async |query: ListQuery| -> Vec<String> {
        let page = actions::application_list(&ctx, &query, 0, 10)
            .await
            .unwrap();
        page.applications
            .into_iter()
            .map(|one| one.company)
            .collect()
    };
    let words = |words: &str| ListQuery {
        words: words.into(),
        ..ListQuery::default()
    };
    assert_eq!(names(words("öl INTERN")).await, ["Çedilha Öl 100%"]);
    assert_eq!(names(words("0%")).await, ["Çedilha Öl 100%"]);
    assert!(names(words("_")).await.is_empty());
    let order = ListQuery {
        order: Order::Applied,
        ..ListQuery::default()
    };
    assert_eq!(
        names(order).await,
        ["Çedilha Öl 100%", "Northlight", "Fernhill"]
    );
}

#[tokio::test]
async fn a_file_of_ones_own_is_kept_byte_by_byte() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let id = application(&ctx, "Northlight", Stage::Applied, 0).await;
    let file = NewFile {
        role: "resume".into(),
        name: "lebenslauf ä.pdf".into(),
        media_type: "application/pdf".into(),
        content: vec![0, 159, 146, 150, 255],
    };
    let frozen = actions::application_freeze(&ctx, id, Some(file.clone())).await;
    assert_eq!(frozen.unwrap(), 1);
    let again = actions::application_freeze(&ctx, id, Some(file.clone())).await;
    assert_eq!(again.unwrap(), 0, "the same bytes are there already");
    let number = application_show(&ctx, id).await.unwrap().state.files[0].id;
    let kept = actions::application_file(&ctx, id, number).await.unwrap();
    assert_eq!((kept.0, kept.2), (file.name, file.content));
    let none = actions::application_file(&ctx, id, FileId(number.0 + 1)).await;
    assert!(matches!(none.unwrap_err(), Error::NotFound { .. }));
}

#[tokio::test]
async fn a_move_remembered_later_goes_into_the_history_only() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let id = application(&ctx, "Northlight", Stage::Applied, 20).await;
    moved(&ctx, id, Stage::Offer, None).await;
    let at = Some(ctx.now().plus_days(-9));
    let done = actions::application_move(&ctx, id, Stage::Screen, at, "I forgot it").await;
    assert!(!done.unwrap().is_current);
    assert_eq!(stage(&ctx, id).await, Stage::Offer);
    let again = actions::application_move(&ctx, id, Stage::Offer, None, "").await;
    assert!(matches!(again.unwrap_err(), Error::Conflict(_)));
}

#[tokio::test]
async fn nobody_reaches_applications_of_another() {
    let app = TestApp::start_multi_user().await;
    use cadet::accounts::model::Role;
    let owner = app.account("owner@example.org", Role::Candidate).await;
    let other = app.account("other@example.org", Role::Candidate).await;
    let (mine, theirs) = (
        app.person(owner, Role::Candidate),
        app.person(other, Role::Candidate),
    );
    let id = actions::application_add(&mine, details("Northlight"), Stage::Applied, None)
        .await
        .unwrap();
    let moved = actions::application_move(&theirs, id, Stage::Offer, None, "").await;
    assert!(matches!(moved.unwrap_err(), Error::NotFound { .. }));
    assert!(
        application_bulk(&theirs, &[id], BulkChange::Archive)
            .await
            .is_err()
    );
    assert!(
        actions_due(&theirs, Timestamp(i64::MAX / 2))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        actions::application_board(&theirs).await.unwrap().total(),
        0
    );
}
