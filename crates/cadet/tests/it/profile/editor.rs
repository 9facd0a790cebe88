//! The editor: a form that saves whatever is typed, with and without a script.

use cadet::accounts::model::{AccountId, Role};
use cadet::profile::actions::{profile_current, profile_now, profile_save, revision_list};
use cadet::profile::model::{Profile, RevisionId};
use cadet::profile::sample::sample_person;
use cadet::state::Ctx;
use reqwest::StatusCode;

use crate::support::{Answer, Browser, TestApp};

async fn started() -> (TestApp, Browser, Ctx) {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    (app, browser, ctx)
}

async fn with_sample() -> (TestApp, Browser, Ctx) {
    let (app, browser, ctx) = started().await;
    profile_save(&ctx, sample_person().unwrap(), "")
        .await
        .unwrap();
    (app, browser, ctx)
}

async fn now(ctx: &Ctx) -> Profile {
    profile_current(ctx).await.unwrap()
}

async fn base(ctx: &Ctx) -> String {
    let (revision, _) = profile_now(ctx).await.unwrap();
    revision.map_or(0, |revision| revision.id.0).to_string()
}

/// A form of the page `session`, begun from what is the profile now.
async fn post(browser: &Browser, ctx: &Ctx, session: &str, fields: &[(&str, &str)]) -> Answer {
    let base = base(ctx).await;
    let mut all = vec![("base", base.as_str()), ("session", session)];
    all.extend(fields);
    browser.post_form("/profile", &all).await
}

/// What a script's save answers.
fn scripted(browser: &Browser) -> Browser {
    browser.clone().with_header("hx-request", "true")
}

#[tokio::test]
async fn an_empty_profile_offers_three_ways_to_begin() {
    let (_app, browser, ctx) = started().await;
    let page = browser.get("/profile").await.text;
    for way in ["/profile/import", "/profile?begin=yes", "/profile/sample"] {
        assert!(page.contains(&format!("href=\"{way}\"")), "{way}");
    }
    let form = browser.get("/profile?begin=yes").await.text;
    assert!(form.contains("name=\"basics.name\""));
    let sample = browser.get("/profile/sample").await.text;
    assert!(sample.contains("Mira Holm"));
    assert_eq!(now(&ctx).await, Profile::default());
    let begun = browser.post_form("/profile/sample", &[]).await;
    assert_eq!(begun.header("location"), "/profile");
    assert_eq!(now(&ctx).await, sample_person().unwrap());
}

#[tokio::test]
async fn a_plain_form_saves_adds_moves_and_removes_and_says_where_to_go_on() {
    let (_app, browser, ctx) = with_sample().await;
    let sent =
        |fields: &'static [(&'static str, &'static str)]| post(&browser, &ctx, "page", fields);
    let saved = sent(&[("basics.name", "Mira H. Holm"), ("do", "save")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(now(&ctx).await.resume.basics.name, "Mira H. Holm");
    let added = sent(&[("do", "add work")]).await;
    assert_eq!(
        added.header("location"),
        "/profile?focus=work-13.name#work-13.name"
    );
    let added = sent(&[
        ("work-13.name", "Northwind Trains"),
        ("do", "add-bullet work-13"),
    ])
    .await;
    assert_eq!(
        added.header("location"),
        "/profile?focus=bullet-14.text#bullet-14.text"
    );
    let page = browser.get("/profile?focus=bullet-14.text").await.text;
    let (_, field) = page.split_once("id=\"bullet-14.text\"").unwrap();
    assert!(field.split_once('>').unwrap().0.contains("autofocus"));
    let moved = sent(&[("do", "up work-13")]).await;
    assert_eq!(
        moved.header("location"),
        "/profile?focus=work-13.up#work-13.up"
    );
    let names: Vec<String> = now(&ctx)
        .await
        .resume
        .work
        .into_iter()
        .map(|one| one.name)
        .collect();
    assert_eq!(names, ["Aspvik Bibliotek", "Northwind Trains", "Kafé Ljus"]);
    sent(&[("do", "down bullet-2")]).await;
    sent(&[("do", "remove work-13")]).await;
    sent(&[("do", "remove link-0")]).await;
    let resume = now(&ctx).await.resume;
    assert_eq!(resume.work.len(), 2);
    assert_eq!(resume.work[0].highlights[1].id.0, "bullet-2");
    assert!(resume.basics.profiles.is_empty());
    let unknown = sent(&[("do", "remove work-99")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn bullets_keep_other_wordings_and_tags() {
    let (_app, browser, ctx) = with_sample().await;
    let fields = [
        ("bullet-2.text", "One"),
        ("bullet-2.variants", "Two\r\n\r\n Three "),
        ("bullet-2.tags", "rust, data ,"),
    ];
    post(&browser, &ctx, "page", &fields).await;
    let bullet = now(&ctx).await.resume.work[0].highlights[0].clone();
    assert_eq!(
        (bullet.id.0.as_str(), bullet.text.as_str()),
        ("bullet-2", "One")
    );
    assert_eq!(bullet.variants, ["Two", "Three"]);
    assert_eq!(bullet.tags, ["rust", "data"]);
}

#[tokio::test]
async fn what_is_wrong_is_told_and_saved_all_the_same() {
    let (_app, browser, ctx) = with_sample().await;
    let fields = [
        ("work-1.start_date", "last summer"),
        ("basics.email", "mira"),
    ];
    let told = post(&scripted(&browser), &ctx, "page", &fields).await;
    assert_eq!(told.status, StatusCode::OK);
    assert!(told.text.contains("id=\"beside\"") && told.text.contains("Everything is saved"));
    assert!(told.text.contains("`last summer` is no date") || told.text.contains("last summer"));
    assert!(told.text.contains("/profile#work-1.start_date"));
    let page = browser.get("/profile").await.text;
    assert!(
        page.contains("value=\"last summer\""),
        "what was typed is still there"
    );
    post(&browser, &ctx, "page", &[("work-1.start_date", "2025-02")]).await;
    let work = &now(&ctx).await.resume.work[0];
    assert!(work.extra.is_empty());
    assert_eq!(work.start_date.unwrap().to_string(), "2025-02");
}

#[tokio::test]
async fn what_a_script_saves_in_one_sitting_is_one_revision_and_the_preview_follows() {
    let (_app, browser, ctx) = with_sample().await;
    let start = base(&ctx).await;
    let script = scripted(&browser);
    for name in ["N", "No", "Nova"] {
        let fields = [
            ("base", start.as_str()),
            ("session", "page"),
            ("basics.name", name),
        ];
        let told = script.post_form("/profile", &fields).await.text;
        assert!(
            told.contains(&format!("<p class=\"resume-name\">{name}</p>")),
            "{told}"
        );
    }
    let all = revision_list(&ctx, RevisionId(i64::MAX), 10).await.unwrap();
    assert_eq!(all.len(), 2);
    post(&browser, &ctx, "page", &[("do", "undo")]).await;
    assert_eq!(now(&ctx).await.resume.basics.name, "Mira Holm");
    post(&browser, &ctx, "page", &[("do", "redo")]).await;
    assert_eq!(now(&ctx).await.resume.basics.name, "Nova");
}

#[tokio::test]
async fn two_pages_that_edit_different_sections_join_and_the_same_section_clashes_without_loss() {
    let (_app, browser, ctx) = with_sample().await;
    let start = base(&ctx).await;
    let script = scripted(&browser);
    let send = async |session: &str, field: &str, text: &str| {
        let fields = [
            ("base", start.as_str()),
            ("session", session),
            (field, text),
        ];
        script.post_form("/profile", &fields).await.text
    };
    send("one", "basics.label", "Student").await;
    send("two", "work-1.name", "Aspvik").await;
    let profile = now(&ctx).await;
    assert_eq!(profile.resume.basics.label, "Student");
    assert_eq!(profile.resume.work[0].name, "Aspvik");
    for text in ["O", "Other"] {
        let told = send("one", "work-1.name", text).await;
        assert!(told.contains("changed elsewhere"), "{told}");
    }
    assert_eq!(now(&ctx).await, profile);
    let aside: Vec<_> = revision_list(&ctx, RevisionId(i64::MAX), 10).await.unwrap();
    let aside: Vec<_> = aside.into_iter().filter(|(one, _)| one.aside).collect();
    assert_eq!(aside.len(), 1, "what one page types is kept once");
    assert_eq!(aside[0].1.resume.work[0].name, "Other");
    let page = browser
        .get(&format!("/profile/history/{}", aside[0].0.id))
        .await
        .text;
    assert!(page.contains("<ins>Other</ins>") && page.contains("Make it your profile"));
}

#[tokio::test]
async fn aims_are_typed_and_what_cannot_be_read_stays() {
    let (_app, browser, ctx) = with_sample().await;
    let fields = [
        ("targets", "Backend intern"),
        ("countries", "se"),
        ("graduation", "soon"),
        ("hours_per_week", "20"),
        ("country.0", "de"),
        ("may.0", "needs-sponsor"),
    ];
    let base = base(&ctx).await;
    let all: Vec<_> = [("base", base.as_str())]
        .into_iter()
        .chain(fields)
        .collect();
    let saved = browser.post_form("/profile/aims", &all).await;
    assert_eq!(saved.header("location"), "/profile/aims");
    let aims = now(&ctx).await.aims;
    assert!(!aims.remote && aims.countries == ["SE"] && aims.hours_per_week == Some(20));
    assert_eq!(aims.authorisation.len(), 1);
    let page = browser.get("/profile/aims").await.text;
    assert!(page.contains("value=\"soon\"") && page.contains("`soon` cannot be read"));
}

#[tokio::test]
async fn the_history_shows_what_changed_and_brings_it_back() {
    let (_app, browser, ctx) = with_sample().await;
    let first = base(&ctx).await;
    post(
        &browser,
        &ctx,
        "page",
        &[("basics.phone", "+46 70 111 11 11")],
    )
    .await;
    let list = browser.get("/profile/history").await.text;
    assert!(list.contains("<ins>+46 70 111 11 11</ins>"), "{list}");
    let restore = format!("/profile/history/{first}/restore");
    assert_eq!(
        browser.post_form(&restore, &[]).await.header("location"),
        "/profile"
    );
    assert_eq!(now(&ctx).await, sample_person().unwrap());
    browser.post_form("/profile/undo", &[]).await;
    assert_eq!(now(&ctx).await.resume.basics.phone, "+46 70 111 11 11");
}

#[tokio::test]
async fn a_long_history_comes_in_pages() {
    let (_app, browser, ctx) = started().await;
    for number in 0..35 {
        let mut profile = now(&ctx).await;
        profile.resume.basics.name = format!("Name {number}");
        profile_save(&ctx, profile, "").await.unwrap();
    }
    let page = browser.get("/profile/history").await.text;
    let (_, next) = page.split_once("href=\"/profile/history?before=").unwrap();
    let next = next.split_once('"').unwrap().0;
    let older = browser
        .get(&format!("/profile/history?before={next}"))
        .await
        .text;
    assert!(older.contains("Name 0") && !older.contains("Name 34"));
    assert!(!older.contains("?before="));
}

#[tokio::test]
async fn what_is_typed_in_a_page_whose_state_is_gone_is_kept_aside() {
    let (app, browser, ctx) = with_sample().await;
    let script = scripted(&browser);
    let send = async |base: &str, session: &str, name: &str| {
        let fields = [("base", base), ("session", session), ("basics.name", name)];
        script.post_form("/profile", &fields).await.text
    };
    send(&base(&ctx).await, "one", "A").await;
    let opened = base(&ctx).await;
    send(&opened, "one", "B").await;
    app.clock.advance_millis(8 * 24 * 60 * 60 * 1000);
    for name in ["C", "D"] {
        send(&base(&ctx).await, "two", name).await;
    }
    let told = send(&opened, "late", "E").await;
    assert!(told.contains("changed elsewhere"), "{told}");
    assert_eq!(now(&ctx).await.resume.basics.name, "D");
    let all = revision_list(&ctx, RevisionId(i64::MAX), 10).await.unwrap();
    assert_eq!(all[0].1.resume.basics.name, "E");
    assert!(all[0].0.aside);
}
