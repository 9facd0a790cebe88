//! The pages, the interface for programs and the commands of documents.

use cadet::documents::model::DocumentKind;
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{made, prepared};
use crate::support::TestApp;

#[tokio::test]
async fn a_document_is_made_from_a_posting_s_page_and_shown_with_its_reasons() {
    let app = TestApp::start().await;
    let (_, posting) = prepared(&app).await;
    let browser = app.owner().await;
    let page = browser.get(&format!("/postings/{posting}")).await.text;
    assert!(page.contains("Your documents for it"), "{page}");
    let id = posting.to_string();
    let answer = browser
        .post_form(
            "/documents",
            &[
                ("posting", &id),
                ("kind", "resume"),
                ("template", "modern"),
                ("paper", "us-letter"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let address = answer.header("location").to_owned();
    let page = browser.get(&address).await.text;
    for told in [
        "state only what your profile",
        "Two readers find every field",
        "shows PostgreSQL, which is asked for",
        "modern on US Letter",
        "Answered the telephone",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let decided = browser
        .post_form(
            &format!("{address}/decide"),
            &[
                ("entry", "bullet-4"),
                ("show", "never"),
                ("scope", "posting"),
            ],
        )
        .await;
    let second = browser
        .get(decided.header("location").split('#').next().unwrap())
        .await
        .text;
    assert!(
        second.contains("Version 2") && second.contains("you want it never"),
        "{second}"
    );
    let list = browser
        .get("/documents?q=northlight&kind=resume")
        .await
        .text;
    assert_eq!(
        list.matches("Resume: Backend Intern (Java) at Northlight")
            .count(),
        2,
        "{list}"
    );
    let removed = browser.post_form(&format!("{address}/remove"), &[]).await;
    assert!(
        browser
            .get(removed.header("location"))
            .await
            .text
            .contains("The document is removed.")
    );
    assert_eq!(browser.get(&address).await.status, StatusCode::NOT_FOUND);
    browser.post_form(&format!("{address}/restore"), &[]).await;
    assert_eq!(browser.get(&address).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_preview_may_stand_in_our_own_page_and_files_are_kept() {
    let app = TestApp::start().await;
    let (ctx, posting) = prepared(&app).await;
    let document = made(&ctx, Some(posting), DocumentKind::Resume).await;
    let browser = app.owner().await;
    let preview = browser
        .get(&format!(
            "/documents/{}/files/resume.html?view=1",
            document.id
        ))
        .await;
    assert!(
        preview
            .header("content-disposition")
            .starts_with("attachment"),
        "a page of its own is never shown in place"
    );
    let head = browser
        .send(
            Method::HEAD,
            &format!("/documents/{}/files/resume.pdf?view=1", document.id),
            None,
        )
        .await;
    assert_eq!(head.header("x-frame-options"), "SAMEORIGIN");
    assert!(
        head.header("content-security-policy")
            .contains("frame-ancestors 'self'")
    );
    assert_eq!(
        head.header("content-disposition"),
        "inline; filename=\"resume-northlight-1.pdf\""
    );
    let page = browser.get(&format!("/documents/{}", document.id)).await;
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert_eq!(
        browser
            .get(&format!("/documents/{}/files/resume.exe", document.id))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn paragraphs_are_adopted_changed_and_removed_on_their_page() {
    let app = TestApp::start().await;
    prepared(&app).await;
    let browser = app.owner().await;
    let page = browser
        .get("/documents/paragraphs?kind=thanks&language=en")
        .await
        .text;
    assert!(
        page.contains("Make them mine") && page.contains("{bullet.best}"),
        "{page}"
    );
    browser
        .post_form(
            "/documents/paragraphs/adopt",
            &[("kind", "thanks"), ("language", "en")],
        )
        .await;
    let page = browser
        .get("/documents/paragraphs?kind=thanks&language=en")
        .await
        .text;
    assert!(
        !page.contains("Make them mine") && page.contains("Change it"),
        "{page}"
    );
    let fields = [
        ("kind", "thanks"),
        ("language", "en"),
        ("part", "body"),
        ("position", "9"),
        ("conditions", "day"),
        ("text", "It was good to talk."),
    ];
    let added = browser.post_form("/documents/paragraphs", &fields).await;
    assert!(
        browser
            .get(added.header("location"))
            .await
            .text
            .contains("It was good to talk.")
    );
    let odd = browser
        .post_form(
            "/documents/paragraphs",
            &[
                ("kind", "thanks"),
                ("language", "en"),
                ("part", "body"),
                ("position", "1"),
                ("text", "{moon}"),
            ],
        )
        .await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.text.contains("There is no slot {moon}"), "{}", odd.text);
}

#[tokio::test]
async fn programs_make_check_and_fetch_documents() {
    let app = TestApp::start().await;
    let (_, posting) = prepared(&app).await;
    let browser = app.owner().await;
    let body = json!({ "posting": posting.0, "kind": "resume", "options": { "template": "compact", "paper": "a4" } });
    let document = browser.post_json("/api/v1/documents", &body).await;
    assert_eq!(document.status, StatusCode::CREATED, "{}", document.text);
    let document = document.json();
    assert_eq!(
        (&document["template"], &document["version"]),
        (&"compact".into(), &1.into())
    );
    let sentences = document["content"]["sentences"].as_array().unwrap();
    assert!(
        sentences
            .iter()
            .all(|sentence| !sentence["cites"].as_array().unwrap().is_empty())
    );
    let id = &document["id"];
    let checked = browser
        .get(&format!("/api/v1/documents/{id}/check"))
        .await
        .json();
    assert_eq!(
        (&checked["refusals"], &checked["readback"]["clean"]),
        (&json!([]), &json!(true)),
        "{checked}"
    );
    let text = browser
        .get(&format!("/api/v1/documents/{id}/files/txt"))
        .await
        .text;
    assert!(text.contains("Tideline Freight"), "{text}");
    let decided = browser
        .send_json(
            Method::PUT,
            "/api/v1/documents/decisions/bullet-4",
            &json!({ "decision": { "show": "never" } }),
        )
        .await;
    assert_eq!(decided.status, StatusCode::NO_CONTENT, "{}", decided.text);
    let page = browser.get("/api/v1/documents?limit=1").await.json();
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    let removed = browser.delete(&format!("/api/v1/documents/{id}")).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn the_command_line_makes_shows_checks_and_writes_documents() {
    let app = TestApp::start().await;
    let (_, posting) = prepared(&app).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.txt");
    let number = posting.to_string();
    let path = file.display().to_string();
    let made = app
        .command(
            &[
                "document",
                "make",
                &number,
                "--kind",
                "letter",
                "--language",
                "en",
                "--contact",
                "Mara Lindt",
                "--out",
                &path,
            ],
            "",
        )
        .await;
    assert_eq!(made.code, Some(0), "{}", made.errors);
    assert!(made.text.contains("Dear Mara Lindt,"), "{}", made.text);
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("Dear Mara Lindt,")
    );
    let listed = app.command(&["document", "list", "--json"], "").await;
    assert!(
        listed
            .text
            .contains("Cover letter: Backend Intern (Java) at Northlight"),
        "{}",
        listed.text
    );
    let checked = app.command(&["document", "check", "1"], "").await;
    assert!(
        checked
            .text
            .contains("It states only what your profile holds."),
        "{}",
        checked.text
    );
    let missing = app.command(&["document", "show", "99"], "").await;
    assert_eq!(missing.code, Some(3), "{}", missing.errors);
}
