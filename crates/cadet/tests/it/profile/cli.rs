//! `cadet profile`.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use cadet::accounts::model::{AccountId, Role};
use cadet::profile::actions::{profile_current, profile_save};
use cadet::profile::sample::sample_person;
use serde_json::Value;

use crate::support::{Output, TestApp};

/// An editor that does this to the file.
fn editor(folder: &Path, script: &str) -> String {
    let path = folder.join("editor.sh");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

async fn edit(app: &TestApp, editor: &str) -> Output {
    let done = app
        .prepared(&["profile", "edit"])
        .env("VISUAL", editor)
        .output()
        .await
        .unwrap();
    Output {
        code: done.status.code(),
        text: String::from_utf8(done.stdout).unwrap(),
        errors: String::from_utf8(done.stderr).unwrap(),
    }
}

#[tokio::test]
async fn a_profile_is_imported_shown_exported_and_undone_by_commands() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mira.json");
    let path = file.display().to_string();
    std::fs::write(
        &file,
        r#"{"basics": {"name": "Mira Holm"}, "work": [{"company": "Northwind Trains"}]}"#,
    )
    .unwrap();
    let empty = app.command(&["profile", "show"], "").await;
    assert!(
        empty.text.contains("cadet profile import FILE"),
        "{}",
        empty.text
    );
    let waits = app
        .command(&["profile", "import", &path, "--wait"], "")
        .await;
    assert!(waits.text.contains("/profile/import/"), "{}", waits.text);
    let taken = app
        .command(&["profile", "import", &path, "--json"], "")
        .await;
    let taken: Value = serde_json::from_str(&taken.text).unwrap();
    assert_eq!(taken["merged"]["added"][0], "Northwind Trains");
    let shown = app.command(&["profile", "show"], "").await;
    assert!(shown.text.contains("Mira Holm") && shown.errors.contains("mail address is missing"));
    let whole = app.command(&["profile", "show", "--json"], "").await;
    let whole: Value = serde_json::from_str(&whole.text).unwrap();
    assert_eq!(whole["document"]["work"][0]["name"], "Northwind Trains");
    let written = folder.path().join("mira.md").display().to_string();
    let export = app
        .command(
            &["profile", "export", "--format", "md", "--output", &written],
            "",
        )
        .await;
    assert_eq!(export.code, Some(0), "{}", export.errors);
    assert!(
        std::fs::read_to_string(&written)
            .unwrap()
            .contains("Northwind Trains")
    );
    app.command(&["profile", "undo"], "").await;
    let history = app.command(&["profile", "history", "--json"], "").await;
    let history: Value = serde_json::from_str(&history.text).unwrap();
    assert_eq!(
        (&history[0]["origin"], &history[1]["origin"]),
        (&"undo".into(), &"import".into())
    );
    let id = history[1]["id"].to_string();
    let restored = app.command(&["profile", "restore", &id], "").await;
    assert!(
        restored.text.contains("Brought back"),
        "{}{}",
        restored.text,
        restored.errors
    );
    assert_eq!(
        app.command(&["profile", "restore", "999"], "").await.code,
        Some(3)
    );
    assert_eq!(app.command(&["profile", "redo"], "").await.code, Some(5));
    let missing = app
        .command(&["profile", "import", "/no/such/file"], "")
        .await;
    assert_eq!(missing.code, Some(2));
}

#[tokio::test]
async fn an_editor_changes_the_profile_and_keeps_every_id() {
    let app = TestApp::start().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    profile_save(&ctx, sample_person().unwrap(), "")
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let unchanged = edit(&app, &editor(folder.path(), "true")).await;
    assert!(
        unchanged.text.contains("Nothing was changed"),
        "{}",
        unchanged.errors
    );
    let changes = editor(folder.path(), r#"sed -i 's/Kafé Ljus/Kafé Mörker/' "$1""#);
    let done = edit(&app, &changes).await;
    assert_eq!(done.code, Some(0), "{}", done.errors);
    let mut expected = sample_person().unwrap();
    expected.resume.work[1].name = "Kafé Mörker".into();
    assert_eq!(profile_current(&ctx).await.unwrap(), expected);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_opened_again_and_never_lost() {
    let app = TestApp::start().await;
    let ctx = app.person(AccountId::LOCAL, Role::Admin);
    profile_save(&ctx, sample_person().unwrap(), "")
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let twice = editor(
        folder.path(),
        r#"if grep -q broken "$1"; then sed -i 's/broken{//' "$1"; else sed -i '1s/^/broken{/' "$1"; sed -i 's/Mira Holm/Mira H/' "$1"; fi"#,
    );
    let done = edit(&app, &twice).await;
    assert_eq!(done.code, Some(0), "{}", done.errors);
    assert!(done.errors.contains("opened again"), "{}", done.errors);
    assert_eq!(
        profile_current(&ctx).await.unwrap().resume.basics.name,
        "Mira H"
    );
    let never = editor(
        folder.path(),
        r#"grep -q mine "$1" || echo 'mine {' > "$1""#,
    );
    let given_up = edit(&app, &never).await;
    assert_eq!(given_up.code, Some(2));
    let (_, kept) = given_up.errors.split_once("Your text is in ").unwrap();
    let kept = kept.trim().trim_end_matches('.');
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "mine {\n");
    std::fs::remove_dir_all(Path::new(kept).parent().unwrap()).unwrap();
}
