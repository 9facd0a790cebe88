//! The command line as an interface: help, exit codes, and the shapes that other programs are built on.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cadet::cli::{self, Cli};
use cadet::config::Config;
use cadet::operations::import::postings_import;
use cadet::postings::actions::posting_export;
use cadet::postings::model::PostingId;
use cadet::postings::record::PostingRecord;
use clap::Parser as _;
use clap::error::ErrorKind;
use serde_json::Value;
use utoipa::{PartialSchema as _, ToSchema as _};

use crate::support::TestApp;

/// Every command with its path: `source add`. Groups of commands are not among them.
fn commands() -> Vec<(String, clap::Command)> {
    fn walk(path: &str, command: &clap::Command, found: &mut Vec<(String, clap::Command)>) {
        for inner in command.get_subcommands() {
            let path = format!("{path} {}", inner.get_name()).trim().to_owned();
            if inner.has_subcommands() {
                walk(&path, inner, found);
            } else {
                found.push((path, inner.clone()));
            }
        }
    }
    let mut found = Vec::new();
    walk("", &cli::command(), &mut found);
    found
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document(name: &str) -> String {
    let path = repository().join("docs").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

#[test]
fn the_command_line_is_free_of_contradictions() {
    cli::command().debug_assert();
}

#[test]
fn every_command_says_what_it_does_and_gives_an_example_that_is_one() {
    for (path, command) in commands() {
        assert!(
            command.get_about().is_some(),
            "`{path}` does not say what it does"
        );
        let help = command.get_after_help().map(ToString::to_string);
        let help = help.unwrap_or_default();
        let example = help.strip_prefix("Example: cadet ");
        let example = example.unwrap_or_else(|| panic!("`{path}` has no example"));
        let name = path.split(' ').next().expect("a name");
        assert!(
            example.starts_with(name),
            "the example of `{path}` is one of another command"
        );
    }
}

#[test]
fn every_command_has_help_and_takes_json() {
    for (path, _) in commands() {
        let words = std::iter::once("cadet").chain(path.split(' '));
        let asked = Cli::try_parse_from(words.chain(["--json", "--help"]));
        let error = asked.expect_err("help is no command");
        assert_eq!(error.kind(), ErrorKind::DisplayHelp, "{path}: {error}");
    }
}

#[test]
fn the_documentation_names_every_command() {
    let text = document("commands.md");
    for (path, _) in commands() {
        assert!(
            text.contains(&format!("cadet {path}")),
            "docs/commands.md does not name `cadet {path}`"
        );
    }
}

#[test]
fn the_documentation_names_every_setting() {
    fn leaves(path: &str, value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    leaves(
                        format!("{path}.{name}").trim_start_matches('.'),
                        inner,
                        found,
                    );
                }
            }
            _ => found.push(path.to_owned()),
        }
    }
    let text = document("configuration.md");
    let mut found = Vec::new();
    let config = serde_json::to_value(Config::default()).expect("JSON");
    leaves("", &config, &mut found);
    assert!(found.len() > 20);
    for name in found {
        assert!(
            text.contains(&format!("`{name}`")),
            "docs/configuration.md does not name `{name}`"
        );
    }
}

/// Names of all fields in a described shape.
fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                found.extend(properties.keys().cloned());
            }
            map.values().for_each(|inner| fields(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| fields(inner, found)),
        _ => {}
    }
}

#[test]
fn the_documentation_names_every_field_of_an_exported_posting() {
    let mut shapes = vec![(String::new(), PostingRecord::schema())];
    PostingRecord::schemas(&mut shapes);
    let mut found = BTreeSet::new();
    for (_, shape) in shapes {
        fields(&serde_json::to_value(shape).expect("JSON"), &mut found);
    }
    assert!(
        found.contains("facts") && found.contains("zone_known"),
        "{found:?}"
    );
    let text = document("interfaces.md");
    for name in found {
        assert!(
            text.contains(&format!("`{name}`")),
            "docs/interfaces.md does not name `{name}`"
        );
    }
}

#[tokio::test]
async fn an_exported_posting_has_the_documented_shape() {
    let app = TestApp::start().await;
    let list = app.app.config.data_dir.join("list.json");
    let records = r#"[{"id": "a1", "title": "Backend Engineering Intern (Java)", "company_name": "Northlight, Inc.", "active": true, "is_visible": true,
        "url": "https://northlight.example/jobs/4012345?utm_source=list", "locations": ["Berlin, Germany", "Remote in Germany"], "terms": ["Summer 2027"],
        "date_posted": 1794000000, "date_updated": 1795000000, "sponsorship": "Offers Sponsorship"}]"#;
    std::fs::write(&list, records).expect("the folder is writable");
    let ctx = app.system();
    let imported = postings_import(&ctx, &list, &|_| ())
        .await
        .expect("an import");
    assert_eq!(imported.counts.added, 1);
    let records = posting_export(&ctx, PostingId(0), 10)
        .await
        .expect("the postings");
    insta::assert_json_snapshot!("export_postings", records);
}

#[tokio::test]
async fn commands_end_with_the_documented_exit_codes() {
    let app = TestApp::start().await;
    let missing = app.app.config.data_dir.join("missing.db");
    let missing = missing.display().to_string();
    for (arguments, code) in [
        (&["skills", "postgres"][..], 0),
        (&["nonsense"], 2),
        (&["search", "--sort", "colour"], 2),
        (&["show", "999"], 3),
        (&["import", &missing], 3),
        (&["job", "retry", "999"], 3),
    ] {
        let done = app.command(arguments, "").await;
        assert_eq!(
            done.code,
            Some(code),
            "{arguments:?}: {}{}",
            done.text,
            done.errors
        );
    }
    let done = app.command(&["show", "999", "--json"], "").await;
    let told: Value = serde_json::from_str(&done.errors).expect("an error is JSON too");
    assert_eq!(told["error"]["code"], "not-found");
}

#[tokio::test]
async fn a_log_that_is_no_terminal_has_no_colours() {
    let app = TestApp::start().await;
    let done = app.command(&["-vv", "doctor"], "").await;
    assert!(done.errors.contains("DEBUG"), "{}", done.errors);
    assert!(!done.errors.contains('\u{1b}'), "{}", done.errors);
}

#[tokio::test]
async fn completions_and_the_manual_page_are_written() {
    let app = TestApp::start().await;
    for shell in ["bash", "zsh", "fish"] {
        let done = app.command(&["completions", shell], "").await;
        assert_eq!(done.code, Some(0), "{}", done.errors);
        assert!(
            done.text.contains("backup"),
            "{shell} does not complete `backup`"
        );
    }
    let done = app.command(&["man"], "").await;
    assert!(done.text.contains(".TH cadet 1"), "{}", done.text);
}
