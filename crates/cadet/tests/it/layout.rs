//! The design's invariants, checked over the source tree. A failure says file, line, rule and what to do.

mod allowed;
mod engines;
mod files;
mod handlers;
mod imports;
mod source;

use source::{SourceFile, Violation, tree};

fn expect_none(violations: &[Violation]) {
    let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "\n{}\n", told.join("\n"));
}

/// Every check over the whole tree, each with a small example that it must refuse.
macro_rules! rule {
    ($name:ident, $check:path, $path:expr, $bad:expr) => {
        mod $name {
            use super::*;

            #[test]
            fn holds() {
                let violations: Vec<Violation> = tree().iter().flat_map($check).collect();
                expect_none(&violations);
            }

            #[test]
            fn can_fail() {
                let violations: Vec<Violation> =
                    $check(&SourceFile::new($path, $bad)).into_iter().collect();
                assert!(!violations.is_empty(), "the check let its bad example pass");
            }
        }
    };
}

rule!(
    only_stores_touch_the_orm,
    allowed::orm,
    "crates/cadet/src/alerts/actions.rs",
    "//! Doc.\nuse sea_orm::EntityTrait;\n"
);
rule!(
    only_pages_api_and_web_know_http,
    allowed::http,
    "crates/cadet/src/alerts/actions.rs",
    "//! Doc.\nuse axum::Json;\n"
);
rule!(
    only_fetch_sends_requests,
    allowed::requests,
    "crates/cadet/src/alerts/pages.rs",
    "//! Doc.\nlet client = reqwest::Client::new();\n"
);
rule!(
    only_the_mail_session_speaks_imap,
    allowed::mailboxes,
    "crates/cadet/src/postings/sources/watch.rs",
    "//! Doc.\nuse async_imap::Client;\n"
);
rule!(
    models_scores_and_schedules_do_no_io,
    allowed::io,
    "crates/cadet/src/matching/score.rs",
    "//! Doc.\nlet text = std::fs::read_to_string(path);\n"
);
rule!(
    features_import_only_what_the_table_allows,
    imports::features,
    "crates/cadet/src/skills/actions.rs",
    "//! Doc.\nuse crate::{clock::Timestamp, postings::model::PostingId};\n"
);
rule!(
    foundations_import_no_feature,
    imports::foundations,
    "crates/cadet/src/clock.rs",
    "//! Doc.\nuse crate::alerts::model::AlertId;\n"
);
rule!(
    actions_and_stores_know_nothing_of_the_web,
    imports::web,
    "crates/cadet/src/alerts/actions.rs",
    "//! Doc.\nuse crate::web::Flash;\n"
);
rule!(
    engines_use_no_word_of_the_product,
    engines::words,
    "crates/search/src/index.rs",
    "//! Doc.\nstruct InternshipFilter;\n"
);
rule!(
    files_end_before_line_500,
    files::length,
    "ui/src/app.ts",
    &"const x = 1;\n".repeat(501)
);
rule!(
    names_say_what_is_in_a_file,
    files::name,
    "crates/cadet/src/alerts/utils.rs",
    "//! Doc.\n"
);
rule!(
    every_module_says_its_purpose,
    files::purpose,
    "crates/cadet/src/alerts/model.rs",
    "use std::fmt;\n"
);
rule!(
    handlers_are_short,
    handlers::length,
    "crates/cadet/src/alerts/pages.rs",
    &format!(
        "//! Doc.\nasync fn show() {{\n{}}}\n",
        "    work();\n".repeat(16)
    )
);

#[test]
fn engines_depend_on_no_crate_of_the_workspace() {
    expect_none(&engines::dependencies());
    let bad = "[dependencies]\nsearch.workspace = true\n";
    assert_eq!(
        engines::dependencies_of("crates/jobs/Cargo.toml", bad).len(),
        1
    );
}

#[test]
fn the_table_of_imports_has_no_cycle() {
    assert_eq!(imports::cycle(imports::TABLE), None);
    let bad = [("a", &["b"][..]), ("b", &["c"]), ("c", &["a"])];
    assert!(
        imports::cycle(&bad).is_some(),
        "the check let its bad example pass"
    );
}

#[test]
fn the_tree_is_where_the_checks_look() {
    let tree = tree();
    for path in [
        "crates/cadet/src/lib.rs",
        "crates/jobs/src/lib.rs",
        "crates/search/src/lib.rs",
    ] {
        assert!(
            tree.iter().any(|file| file.path == path),
            "{path} is not found"
        );
    }
}

#[test]
fn words_in_comments_and_strings_are_no_code() {
    let file = SourceFile::new(
        "crates/cadet/src/a.rs",
        "// sea_orm\nlet a = \"sea_orm // \\\" \"; /* sea_orm\nsea_orm */ let c = '\"'; let r = r#\"sea_orm \" \"#;\nlet l: &'static str = x;\n#[cfg(test)]\nmod tests {\n    use sea_orm;\n}\n",
    );
    assert!(
        !file.code.iter().any(|line| line.contains("sea_orm")),
        "{:?}",
        file.code
    );
    assert!(
        file.code[3].contains("&'static str = x;"),
        "{:?}",
        file.code
    );
}
