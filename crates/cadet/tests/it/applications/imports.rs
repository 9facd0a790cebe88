//! Tables of other tools: nothing is lost, nothing comes twice.

use std::collections::BTreeMap;
use std::io::Read as _;

use cadet::applications::actions::{application_board, application_log_page, application_show};
use cadet::applications::exports::{ExportFormat, application_export};
use cadet::applications::freeze::{NewFile, sha256};
use cadet::applications::imports::actions::{ImportInput, import_preview, import_run, import_undo};
use cadet::applications::model::{ApplicationId, Stage};
use reqwest::StatusCode;

use super::{application, me};
use crate::support::TestApp;

/// As a board for applications exports its columns; names and rows are invented.
const BOARD: &str = "Job Title,Company,List,Location,Job URL,Date Applied,Color,Notes\n\
    Backend Intern,Northlight,Interviewing,Berlin,https://northlight.example/1,2026-10-05,teal,\"Kind people, two rounds\"\n\
    Platform Intern,Fernhill,Rejected,Remote,https://fernhill.example/2,2026-09-30,,\n\
    Data Intern,Ostwerk,Wishlist,Wien,,,,\n\
    ,,,,,,red,\n";

fn input(text: &str) -> ImportInput {
    ImportInput {
        bytes: text.as_bytes().to_vec(),
        ..ImportInput::default()
    }
}

#[tokio::test]
async fn a_table_becomes_applications_and_comes_only_once() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let preview = import_preview(&ctx, &input(BOARD)).await.unwrap();
    assert_eq!((preview.lines, preview.to_add, preview.known), (4, 3, 0));
    assert_eq!(preview.problems[0].line, 5);
    assert_eq!(
        application_board(&ctx).await.unwrap().total(),
        0,
        "a preview writes nothing"
    );
    let done = import_run(&ctx, &input(BOARD)).await.unwrap();
    assert_eq!(done.added, 3);
    let all = application_log_page(&ctx, ApplicationId(0), 10)
        .await
        .unwrap();
    let first = &all[0].0;
    assert_eq!(first.summary.stage, Stage::Interview);
    assert_eq!(
        first.summary.applied_at.unwrap().date_string(),
        "2026-10-05"
    );
    assert_eq!(
        first.state.notes[0].text,
        "Kind people, two rounds\nColor: teal"
    );
    assert_eq!(all[1].0.summary.stage, Stage::Rejected);
    assert_eq!(all[2].0.summary.stage, Stage::Interested);
    let again = import_run(&ctx, &input(BOARD)).await.unwrap();
    assert_eq!((again.added, again.known), (0, 3));
    assert_eq!(import_undo(&ctx, &done.batch).await.unwrap(), 3);
    assert_eq!(application_board(&ctx).await.unwrap().total(), 0);
    let kept = application_show(&ctx, first.summary.id).await.unwrap();
    assert_eq!(
        kept.state.notes.len(),
        1,
        "what is taken back is put away, not lost"
    );
}

#[tokio::test]
async fn a_german_table_with_semicolons_and_latin_letters_is_understood_and_corrected() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let bytes = b"Firma;Stelle;Stand;Beworben am;Wo\nM\xfchlhof;Praktikum Backend;Absage;03.11.2026;K\xf6ln\n".to_vec();
    let input = ImportInput {
        bytes,
        map: BTreeMap::from([("Wo".to_owned(), "place".to_owned())]),
        ..ImportInput::default()
    };
    import_run(&ctx, &input).await.unwrap();
    let all = application_log_page(&ctx, ApplicationId(0), 10)
        .await
        .unwrap();
    let summary = &all[0].0.summary;
    assert_eq!(
        (summary.company.as_str(), summary.place.as_str()),
        ("Mühlhof", "Köln")
    );
    assert_eq!(summary.stage, Stage::Rejected);
    assert_eq!(summary.applied_at.unwrap().date_string(), "2026-11-03");
}

#[tokio::test]
async fn what_is_exported_comes_back_the_same() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    application(&ctx, "Northlight", Stage::Interview, 9).await;
    application(&ctx, "=cmd()", Stage::Rejected, 30).await;
    let table = application_export(&ctx, ExportFormat::Csv).await.unwrap();
    let text = String::from_utf8(table.clone()).unwrap();
    assert!(text.contains("'=cmd()"), "no cell is a formula: {text}");
    let other = TestApp::start().await;
    let there = me(&other);
    let back = ImportInput {
        bytes: table,
        map: BTreeMap::from([
            ("stage".to_owned(), String::new()),
            ("stage_name".to_owned(), "stage".to_owned()),
        ]),
        ..ImportInput::default()
    };
    assert_eq!(import_run(&there, &back).await.unwrap().added, 2);
    let all = application_log_page(&there, ApplicationId(0), 10)
        .await
        .unwrap();
    let stages: Vec<Stage> = all.iter().map(|(one, _)| one.summary.stage).collect();
    assert_eq!(stages, [Stage::Interview, Stage::Rejected]);
}

#[tokio::test]
async fn a_zip_holds_every_log_and_every_frozen_byte() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let id = application(&ctx, "Northlight", Stage::Applied, 1).await;
    let file = NewFile {
        role: "resume".into(),
        name: "../resume.pdf".into(),
        media_type: "application/pdf".into(),
        content: vec![1, 2, 3, 255],
    };
    cadet::applications::actions::application_freeze(&ctx, id, Some(file))
        .await
        .unwrap();
    let bytes = application_export(&ctx, ExportFormat::Zip).await.unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    assert!(names.contains(&"applications.csv".to_owned()), "{names:?}");
    let frozen = names
        .iter()
        .find(|name| name.starts_with("files/"))
        .unwrap()
        .clone();
    assert!(frozen.ends_with("resume.pdf") && !frozen.contains(".."));
    let mut content = Vec::new();
    zip.by_name(&frozen)
        .unwrap()
        .read_to_end(&mut content)
        .unwrap();
    assert_eq!(content, [1, 2, 3, 255]);
    let mut lines = String::new();
    zip.by_name("applications.jsonl")
        .unwrap()
        .read_to_string(&mut lines)
        .unwrap();
    let line: serde_json::Value = serde_json::from_str(lines.trim()).unwrap();
    assert_eq!(line["log"][0]["change"]["kind"], "created");
    assert_eq!(line["state"]["files"][0]["sha256"], sha256(&[1, 2, 3, 255]));
}

#[tokio::test]
async fn the_page_shows_what_was_understood_before_anything_is_written() {
    let app = TestApp::start().await;
    let ctx = me(&app);
    let browser = app.owner().await;
    let body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"board.csv\"\r\ncontent-type: text/csv\r\n\r\n{BOARD}\r\n--x--\r\n"
    );
    let kind = "multipart/form-data; boundary=x";
    let shown = browser
        .send(
            reqwest::Method::POST,
            "/applications/import",
            Some((kind, body)),
        )
        .await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    assert!(
        shown.text.contains("Take 3 over") && shown.text.contains("Line 5:"),
        "{}",
        shown.text
    );
    assert_eq!(application_board(&ctx).await.unwrap().total(), 0);
    let fields = [("text", BOARD), ("column-7", "source"), ("what", "run")];
    let done = browser.post_form("/applications/import/run", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let all = application_log_page(&ctx, ApplicationId(0), 10)
        .await
        .unwrap();
    assert_eq!(all[0].0.summary.source, "teal");
    let page = browser.get(done.header("location")).await;
    assert!(
        page.text.contains("3 added") && page.text.contains("Undo"),
        "{}",
        page.text
    );
    let exported = browser.get("/applications/export?format=csv").await;
    assert!(exported.text.starts_with("id,company,title,stage"));
    let wrong = browser
        .post_form(
            "/applications/import/run",
            &[("text", "PK\u{3}\u{4}"), ("what", "preview")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}
