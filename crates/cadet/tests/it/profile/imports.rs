//! Imports: looked at beside the original, corrected, and only then taken over.

use cadet::accounts::model::{AccountId, Role};
use cadet::profile::actions::{profile_current, profile_save};
use cadet::profile::export::{Format, profile_file};
use cadet::profile::imports::actions::{import_list, import_read};
use cadet::profile::imports::model::Stage;
use cadet::profile::model::Profile;
use cadet::profile::sample::sample_person;
use cadet::state::Ctx;
use reqwest::StatusCode;

use crate::support::{Browser, TestApp};

/// A resume as an old program writes it.
const OLD: &str = r#"{
    "basics": {"name": "Mira Holm", "email": "mira.holm@example.org", "website": "https://mira.example.org", "shoe": 39},
    "work": [{"company": "Northwind Trains", "position": "Tester", "startDate": "2024-06-01", "highlights": ["Wrote tests"]}],
    "projects": [{"name": "Miss Direction"}]
}"#;

async fn started() -> (TestApp, Browser, Ctx) {
    let app = TestApp::start().await;
    let browser = app.owner().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    (app, browser, ctx)
}

async fn now(ctx: &Ctx) -> Profile {
    profile_current(ctx).await.unwrap()
}

/// Uploads a file; its page's address.
async fn upload(browser: &Browser, name: &str, bytes: &[u8]) -> String {
    let answer = browser.post_file("/profile/import", name, bytes).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.header("location").to_owned()
}

#[tokio::test]
async fn a_file_is_shown_beside_its_original_corrected_and_then_taken_over() {
    let (_app, browser, ctx) = started().await;
    let page = upload(&browser, "old.json", OLD.as_bytes()).await;
    let shown = browser.get(&page).await.text;
    assert!(
        shown.contains("value=\"Northwind Trains\""),
        "what was understood"
    );
    assert!(
        shown.contains("class=\"original\"") && shown.contains("shoe"),
        "the original"
    );
    assert!(shown.contains("/work/0/company"), "where it came from");
    assert!(
        shown.contains("left over"),
        "the template's sample project is pointed out"
    );
    assert_eq!(now(&ctx).await, Profile::default(), "nothing is saved yet");
    let corrected = browser
        .post_form(
            &page,
            &[("work-1.position", "Student tester"), ("do", "save")],
        )
        .await;
    assert_eq!(corrected.header("location"), page);
    let fields = [
        ("basics.label", "Student"),
        ("how", "merge"),
        ("do", "take"),
    ];
    let taken = browser.post_form(&page, &fields).await;
    assert_eq!(taken.header("location"), "/profile");
    let resume = now(&ctx).await.resume;
    assert_eq!(resume.work[0].position, "Student tester");
    assert_eq!(resume.basics.label, "Student");
    assert_eq!(resume.basics.extra["shoe"], 39);
    assert_eq!(import_list(&ctx).await.unwrap()[0].stage, Stage::Taken);
    let twice = browser.post_form(&page, &fields).await;
    assert_eq!(
        twice.header("location"),
        page,
        "what is taken over is not taken twice"
    );
    browser.post_form("/profile/undo", &[]).await;
    assert_eq!(now(&ctx).await.resume.work.len(), 0);
}

#[tokio::test]
async fn merging_sees_what_is_there_and_replacing_puts_the_file_in_its_place() {
    let (_app, browser, ctx) = started().await;
    profile_save(&ctx, sample_person().unwrap(), "")
        .await
        .unwrap();
    let page = upload(&browser, "old.json", OLD.as_bytes()).await;
    let shown = browser.get(&page).await.text;
    assert!(shown.contains("2 new"), "{shown}");
    browser
        .post_form(&page, &[("how", "merge"), ("do", "take")])
        .await;
    let merged = now(&ctx).await;
    assert_eq!(merged.resume.work.len(), 3);
    assert_eq!(merged.resume.basics.name, "Mira Holm");
    let again = upload(&browser, "old.json", OLD.as_bytes()).await;
    assert!(
        browser
            .get(&again)
            .await
            .text
            .contains("0 new, 2 there already")
    );
    browser
        .post_form(&again, &[("how", "replace"), ("do", "take")])
        .await;
    let replaced = now(&ctx).await;
    assert_eq!(replaced.resume.work.len(), 1);
    assert_eq!(
        replaced.aims, merged.aims,
        "a file without aims leaves them"
    );
}

#[tokio::test]
async fn our_own_export_is_read_again_leaf_by_leaf() {
    let (_app, browser, ctx) = started().await;
    let mut person = sample_person().unwrap();
    person.resume.extra.insert("shoe".into(), 39.into());
    person.resume.work[0]
        .extra
        .insert("startDate".into(), "long ago".into());
    profile_save(&ctx, person, "").await.unwrap();
    let before = now(&ctx).await;
    let written = browser.get("/profile/export?format=json").await;
    assert!(
        written
            .header("content-disposition")
            .contains("resume.json")
    );
    assert_eq!(
        written.text.as_bytes(),
        profile_file(&ctx, before.clone(), Format::Json)
            .await
            .unwrap()
    );
    browser.post_form("/profile/undo", &[]).await;
    assert_eq!(now(&ctx).await.resume.basics.name, "");
    for how in ["merge", "replace"] {
        let page = upload(&browser, "resume.json", written.text.as_bytes()).await;
        browser
            .post_form(&page, &[("how", how), ("do", "take")])
            .await;
        if how == "replace" {
            assert_eq!(now(&ctx).await, before);
        }
    }
    for format in ["html", "md", "txt"] {
        let answer = browser
            .get(&format!("/profile/export?format={format}"))
            .await;
        assert!(answer.text.contains("Aspvik Bibliotek"), "{format}");
    }
    let unknown = browser.get("/profile/export?format=exe").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn our_own_pages_and_word_files_are_read_again_leaf_by_leaf() {
    let (_app, browser, ctx) = started().await;
    let mut person = sample_person().unwrap();
    person.resume.extra.insert("shoe".into(), 39.into());
    profile_save(&ctx, person, "").await.unwrap();
    let before = now(&ctx).await;
    for format in [Format::Pdf, Format::Docx] {
        let written = profile_file(&ctx, before.clone(), format).await.unwrap();
        browser.post_form("/profile/undo", &[]).await;
        assert_eq!(now(&ctx).await.resume.basics.name, "");
        let name = format!("resume.{}", format.suffix());
        let page = upload(&browser, &name, &written).await;
        browser
            .post_form(&page, &[("how", "replace"), ("do", "take")])
            .await;
        assert_eq!(now(&ctx).await, before, "{name}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why_and_loses_nothing() {
    let (_app, browser, ctx) = started().await;
    let page = upload(&browser, "resume.pdf", b"\x00\x01\x02 no resume").await;
    let shown = browser.get(&page).await.text;
    assert!(shown.contains("notice-bad"), "{shown}");
    let taken = browser.post_form(&page, &[("do", "take")]).await;
    assert_eq!(taken.header("location"), page);
    assert_eq!(now(&ctx).await, Profile::default());
    let nothing = browser.post_file("/profile/import", "", b"").await;
    assert_eq!(nothing.header("location"), "/profile/import");
    let large = vec![b' '; resume::limits::FILE_BYTES + 2 * 1024 * 1024];
    let refused = browser
        .post_file("/profile/import", "large.json", &large)
        .await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.text.contains("larger than"), "{}", refused.text);
}

#[tokio::test]
async fn imports_wait_are_discarded_and_opened_again_and_are_nobody_elses() {
    let app = TestApp::start_multi_user().await;
    let other = app.account("ada@example.org", Role::Candidate).await;
    let theirs = app.person(other, Role::Candidate);
    let browser = app.signed_in(other).await;
    let read = import_read(&theirs, "old.json", OLD.into()).await.unwrap();
    let page = format!("/profile/import/{}", read.id);
    assert_eq!(
        app.owner().await.get(&page).await.status,
        StatusCode::NOT_FOUND
    );
    browser.post_form(&format!("{page}/discard"), &[]).await;
    assert_eq!(
        import_list(&theirs).await.unwrap()[0].stage,
        Stage::Discarded
    );
    browser.post_form(&format!("{page}/reopen"), &[]).await;
    assert!(browser.get(&page).await.text.contains("Northwind Trains"));
    let again = browser.post_form(&format!("{page}/again"), &[]).await;
    assert_eq!(again.header("location"), page);
}

#[tokio::test]
async fn pasted_text_is_read_like_a_file() {
    let (_app, browser, _ctx) = started().await;
    let edge = "edge";
    let body = format!(
        "--{edge}\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{OLD}\r\n--{edge}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={edge}");
    let answer = browser
        .send_bytes(
            reqwest::Method::POST,
            "/profile/import",
            &kind,
            body.into_bytes(),
        )
        .await;
    let page = answer.header("location").to_owned();
    assert!(browser.get(&page).await.text.contains("Northwind Trains"));
}
