//! Revisions: nothing that was saved is lost, and going back is a step forward.

use cadet::accounts::model::{AccountId, Role};
use cadet::error::Error;
use cadet::events::{self, Event};
use cadet::profile::actions::{
    profile_current, profile_now, profile_redo, profile_revise, profile_save, profile_undo,
    revision_get, revision_list, revision_restore,
};
use cadet::profile::model::{Profile, RevisionId};
use cadet::profile::revision::{Change, Origin, Revision, Saved};
use cadet::state::Ctx;
use resume::{Highlight, Work};

use crate::support::TestApp;

const MINUTE_MS: i64 = 60_000;

/// A profile of this name.
fn named(name: &str) -> Profile {
    let mut profile = Profile::default();
    profile.resume.basics.name = name.into();
    profile
}

async fn name(ctx: &Ctx) -> String {
    profile_current(ctx).await.unwrap().resume.basics.name
}

/// The numbers of the history, the newest first.
async fn listed(ctx: &Ctx) -> Vec<RevisionId> {
    let all = revision_list(ctx, RevisionId(i64::MAX), 100).await;
    all.unwrap().into_iter().map(|(one, _)| one.id).collect()
}

async fn save(ctx: &Ctx, name: &str) -> Revision {
    profile_save(ctx, named(name), "").await.unwrap()
}

/// A save of the editor's page `session`, begun from `base`.
async fn edit(ctx: &Ctx, name: &str, base: RevisionId, session: &str) -> Saved {
    let change = Change::new(Origin::Editor, "")
        .from_base(base)
        .in_session(session);
    profile_revise(ctx, named(name), change).await.unwrap()
}

fn stored(saved: Saved) -> Revision {
    match saved {
        Saved::Stored(revision) => revision,
        other => panic!("not stored: {other:?}"),
    }
}

#[tokio::test]
async fn a_profile_is_empty_until_it_is_saved_and_each_person_has_their_own() {
    let app = TestApp::start_multi_user().await;
    let other = app.account("ada@example.org", Role::Candidate).await;
    let (mine, theirs) = (
        app.person(AccountId::LOCAL, Role::Admin),
        app.person(other, Role::Candidate),
    );
    assert_eq!(
        profile_now(&mine).await.unwrap(),
        (None, Profile::default())
    );
    let revision = save(&mine, "Mira Example").await;
    assert_eq!(name(&mine).await, "Mira Example");
    assert_eq!(profile_current(&theirs).await.unwrap(), Profile::default());
    let refused = revision_get(&theirs, revision.id).await;
    assert!(matches!(refused, Err(Error::NotFound { .. })));
    assert!(profile_current(&app.nobody_ctx()).await.is_err());
}

#[tokio::test]
async fn saving_numbers_entries_tells_of_it_and_the_same_again_is_no_revision() {
    let app = TestApp::start().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    let mut profile = named("Mira Example");
    profile.resume.work.push(Work {
        highlights: vec![Highlight::default()],
        ..Work::default()
    });
    let revision = profile_save(&ctx, profile, "first").await.unwrap();
    let kept = profile_current(&ctx).await.unwrap();
    assert_eq!(kept.resume.work[0].id.0, "work-1");
    assert_eq!(kept.resume.work[0].highlights[0].id.0, "bullet-2");
    let told = events::read_after(&app.app.db, 0, 10).await.unwrap();
    let expected = Event::ProfileSaved {
        account: AccountId::LOCAL,
        revision: revision.id,
    };
    assert_eq!(told.last().map(|one| &one.event), Some(&expected));
    let again = profile_save(&ctx, kept, "again").await.unwrap();
    assert_eq!((again.id, again.note.as_str()), (revision.id, "first"));
    // What was removed does not give its id to what comes later.
    let mut without = profile_current(&ctx).await.unwrap();
    without.resume.work.clear();
    profile_save(&ctx, without, "").await.unwrap();
    let mut with = named("Mira Example");
    with.resume.work.push(Work::default());
    profile_save(&ctx, with, "").await.unwrap();
    let now = profile_current(&ctx).await.unwrap();
    assert_eq!(now.resume.work[0].id.0, "work-3");
}

#[tokio::test]
async fn a_change_that_was_begun_from_another_state_is_kept_aside_and_overwrites_nothing() {
    let app = TestApp::start().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    let first = save(&ctx, "First").await;
    let second = stored(edit(&ctx, "Second", first.id, "tab one").await);
    let Saved::Aside { kept, current } = edit(&ctx, "Other", first.id, "tab two").await else {
        panic!("the change clashes");
    };
    assert_eq!(
        (name(&ctx).await.as_str(), current),
        ("Second", Some(second.id))
    );
    assert!(kept.aside);
    assert_eq!(listed(&ctx).await, [kept.id, second.id, first.id]);
    let restored = stored(revision_restore(&ctx, kept.id).await.unwrap());
    assert_eq!(name(&ctx).await, "Other");
    assert_eq!(restored.origin, Origin::Restore);
    profile_undo(&ctx).await.unwrap();
    assert_eq!(name(&ctx).await, "Second");
}

#[tokio::test]
async fn saves_of_one_sitting_are_one_revision_and_each_is_kept_for_a_week() {
    let app = TestApp::start().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    let before = save(&ctx, "Before").await;
    let first = stored(edit(&ctx, "M", before.id, "tab").await);
    app.clock.advance_millis(MINUTE_MS);
    // The page may not know yet what its last save became.
    let second = stored(edit(&ctx, "Mi", before.id, "tab").await);
    app.clock.advance_millis(MINUTE_MS);
    let third = stored(edit(&ctx, "Mira", second.id, "tab").await);
    assert_eq!(listed(&ctx).await, [third.id, before.id]);
    assert_eq!(revision_get(&ctx, first.id).await.unwrap().1, named("M"));
    app.clock.advance_millis(6 * MINUTE_MS);
    let later = stored(edit(&ctx, "Mira E", third.id, "tab").await);
    assert_eq!(listed(&ctx).await, [later.id, third.id, before.id]);
    profile_undo(&ctx).await.unwrap();
    profile_undo(&ctx).await.unwrap();
    assert_eq!(name(&ctx).await, "Before");
    app.clock.advance_millis(8 * 24 * 60 * MINUTE_MS);
    let now = profile_now(&ctx).await.unwrap().0.unwrap();
    let one = stored(edit(&ctx, "One", now.id, "tab").await);
    stored(edit(&ctx, "Two", one.id, "tab").await);
    assert!(revision_get(&ctx, first.id).await.is_err());
    assert!(revision_get(&ctx, third.id).await.is_ok());
}

#[tokio::test]
async fn undo_and_redo_walk_the_changes_back_and_forth_and_a_change_ends_redoing() {
    let app = TestApp::start().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    assert!(matches!(profile_undo(&ctx).await, Err(Error::Conflict(_))));
    for one in ["One", "Two", "Three"] {
        save(&ctx, one).await;
    }
    for expected in ["Two", "One", ""] {
        profile_undo(&ctx).await.unwrap();
        assert_eq!(name(&ctx).await, expected);
    }
    assert!(matches!(profile_undo(&ctx).await, Err(Error::Conflict(_))));
    for expected in ["One", "Two", "Three"] {
        profile_redo(&ctx).await.unwrap();
        assert_eq!(name(&ctx).await, expected);
    }
    assert!(matches!(profile_redo(&ctx).await, Err(Error::Conflict(_))));
    profile_undo(&ctx).await.unwrap();
    save(&ctx, "Four").await;
    assert!(matches!(profile_redo(&ctx).await, Err(Error::Conflict(_))));
    profile_undo(&ctx).await.unwrap();
    assert_eq!(name(&ctx).await, "Two");
    profile_undo(&ctx).await.unwrap();
    assert_eq!(name(&ctx).await, "One");
    // Every step is a revision of its own.
    assert_eq!(listed(&ctx).await.len(), 13);
}

#[tokio::test]
async fn changes_at_once_are_all_kept() {
    let app = TestApp::start().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    let base = save(&ctx, "Base").await.id;
    let names = ["a", "b", "c", "d"];
    let saves = names.map(|one| edit(&ctx, one, base, one));
    let done = futures::future::join_all(saves).await;
    let kept = done.iter().filter(|one| matches!(one, Saved::Stored(_)));
    assert_eq!(kept.count(), 1);
    assert_eq!(listed(&ctx).await.len(), 5);
}
