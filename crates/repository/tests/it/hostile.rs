//! Repositories that are none, are broken, or are made to do harm.

use std::ops::ControlFlow;

use repository::{Author, Error, Limits, Note};
use tempfile::TempDir;

use crate::support::{ADA, Repo, scan, scan_with};

#[test]
fn what_is_no_repository_is_told_apart_from_what_is_damaged_or_empty() {
    let folder = TempDir::new().unwrap();
    assert!(matches!(
        scan(&folder.path().join("none")),
        Err(Error::NotFound(_))
    ));
    assert!(matches!(scan(folder.path()), Err(Error::NotARepository(_))));
    let empty = Repo::new();
    assert!(matches!(scan(&empty.path), Err(Error::Empty(_))));
    std::fs::write(empty.path.join(".git/HEAD"), b"\xff\xfe").unwrap();
    assert!(matches!(scan(&empty.path), Err(Error::Damaged { .. })));
}

#[test]
fn a_missing_object_is_noted_and_the_rest_is_told() {
    let mut repo = Repo::new();
    repo.commit(
        ADA,
        "One",
        &[("a.rs", "fn a() {}\n"), ("b.rs", "fn b() {}\n")],
    );
    let blob = repo.git(&["rev-parse", "HEAD:a.rs"]);
    let (folder, file) = blob.split_at(2);
    std::fs::remove_file(repo.path.join(".git/objects").join(folder).join(file)).unwrap();
    let facts = scan(&repo.path).unwrap();
    assert_eq!(facts.languages["Rust"].added, 1);
    assert!(matches!(
        facts.notes.as_slice(),
        [Note::Damaged { objects: 1 }]
    ));
    assert!(!facts.is_whole());
}

#[test]
fn garbage_in_the_place_of_objects_ends_in_an_error() {
    let mut repo = Repo::new();
    repo.commit(ADA, "One", &[("a.rs", "fn a() {}\n")]);
    let commit = repo.git(&["rev-parse", "HEAD"]);
    let (folder, file) = commit.split_at(2);
    let path = repo.path.join(".git/objects").join(folder).join(file);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, [0x78, 0x9c, 1, 2, 3, 4, 5, 6]).unwrap();
    assert!(matches!(scan(&repo.path), Err(Error::Damaged { .. })));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_tree_is_not_followed_and_submodules_are_noted() {
    let mut repo = Repo::new();
    let outside = TempDir::new().unwrap();
    let secret = outside.path().join("package.json");
    std::fs::write(&secret, r#"{"dependencies": {"secret": "1"}}"#).unwrap();
    std::os::unix::fs::symlink(&secret, repo.path.join("package.json")).unwrap();
    std::os::unix::fs::symlink(&secret, repo.path.join(".mailmap")).unwrap();
    let other = {
        let mut other = Repo::new();
        other.commit(ADA, "Inner", &[("x.rs", "fn x() {}\n")]);
        other
    };
    let inner = other.path.display().to_string();
    repo.git(&["submodule", "add", "-q", &inner, "inner"]);
    repo.commit(ADA, "Add", &[("a.rs", "fn a() {}\n")]);
    let facts = scan(&repo.path).unwrap();
    assert!(facts.dependencies.is_empty(), "{:?}", facts.dependencies);
    assert_eq!(facts.languages["Rust"].added, 1);
    assert_eq!(facts.notes, [Note::Submodules { count: 1 }]);
}

#[test]
fn settings_of_the_repository_run_nothing() {
    let mut repo = Repo::new();
    repo.commit(
        ADA,
        "One",
        &[
            ("a.rs", "fn a() {}\n"),
            (".gitattributes", "*.rs diff=evil filter=evil\n"),
        ],
    );
    let trace = repo.path.join("ran");
    let evil = format!("touch {}", trace.display());
    for key in [
        "core.fsmonitor",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.smudge",
        "filter.evil.clean",
        "diff.external",
    ] {
        repo.git(&["config", key, &evil]);
    }
    let facts = scan(&repo.path).unwrap();
    assert_eq!(facts.languages["Rust"].added, 1);
    assert!(!trace.exists());
}

#[test]
fn limits_cut_and_say_so() {
    let mut repo = Repo::new();
    let large = "x = 1\n".repeat(100);
    repo.commit(ADA, "One", &[("a.py", "a = 1\n")]);
    repo.commit(ADA, "Two", &[("b.py", "b = 1\n")]);
    repo.commit(ADA, "Three", &[("c.py", &large)]);
    let emails = ["ada@example.org"];
    let few = Limits {
        commits: 2,
        file_bytes: 100,
        ..Limits::default()
    };
    let facts = scan_with(&repo.path, &emails, &few, None).unwrap();
    assert_eq!((facts.commits.all, facts.languages["Python"].added), (2, 1));
    assert_eq!(
        facts.notes,
        [Note::HistoryCut, Note::LargeFiles { files: 1 }]
    );
    let one = Limits {
        compared: 1,
        ..Limits::default()
    };
    let facts = scan_with(&repo.path, &emails, &one, None).unwrap();
    assert_eq!((facts.commits.own, facts.commits.compared), (3, 1));
    assert_eq!(facts.notes, [Note::ComparingCut]);
    let nothing = Limits {
        objects: 0,
        ..Limits::default()
    };
    let facts = scan_with(&repo.path, &emails, &nothing, None).unwrap();
    assert!(facts.languages.is_empty());
}

#[test]
fn deep_folders_and_many_entries_end() {
    let mut repo = Repo::new();
    let deep = format!("{}a.py", "d/".repeat(80));
    repo.commit(ADA, "One", &[(&deep, "a = 1\n"), ("b.py", "b = 1\n")]);
    let facts = scan(&repo.path).unwrap();
    assert_eq!(facts.languages["Python"].added, 1);
}

#[test]
fn whoever_watches_can_stop() {
    let mut repo = Repo::new();
    repo.commit(ADA, "One", &[("a.py", "a = 1\n")]);
    let author = Author::new(["ada@example.org"]);
    let stopped = repository::scan(&repo.path, &author, &Limits::default(), None, &mut |_| {
        ControlFlow::Break(())
    });
    assert!(matches!(stopped, Err(Error::Stopped)));
}

#[test]
fn odd_times_and_names_of_commits_are_taken_as_they_are() {
    let mut repo = Repo::new();
    repo.commit(ADA, "One", &[("a.py", "a = 1\n")]);
    let tree = repo.git(&["rev-parse", "HEAD^{tree}"]);
    let raw = format!(
        "tree {tree}\nauthor \u{1f600} <ada@example.org> 99999999999999 +9999\ncommitter  <> -1 +0000\n\n"
    );
    repo.write(&[("raw", &raw)]);
    let commit = repo.git(&["hash-object", "-t", "commit", "-w", "--literally", "raw"]);
    repo.git(&["update-ref", "HEAD", &commit]);
    let facts = scan(&repo.path).unwrap();
    assert_eq!(facts.commits.own, 1);
    assert!(
        facts
            .last
            .is_some_and(|last| (0..=4_102_444_800).contains(&last))
    );
}

#[test]
fn a_manifest_that_is_cut_or_turned_anywhere_names_only_sane_names() {
    let samples = [
        (
            "pom.xml",
            "<project><dependencies><dependency><groupId>a.b</groupId><artifactId>c</artifactId></dependency></dependencies></project>",
        ),
        (
            "build.gradle.kts",
            "dependencies {\n implementation(\"a:b:1\")\n id(\"x\") \n}",
        ),
        (
            "libs.versions.toml",
            "[libraries]\na = { module = \"a:b\" }\n[plugins]\nb = { id = \"c\" }",
        ),
        (
            "package.json",
            "{\"dependencies\": {\"express\": \"4\", \"\u{e9}\": 7}}",
        ),
        ("composer.json", "{\"require\": {\"a/b\": \"*\"}}"),
        ("Gemfile", "group :test do\n  gem 'rspec'\nend"),
        (
            "pyproject.toml",
            "[project]\ndependencies = [\"a[b]>1\"]\n[tool.poetry.group.x.dependencies]\ny = \"*\"",
        ),
        ("requirements.txt", "a==1\n-r b\nc_d ; x"),
        (
            "Cargo.toml",
            "[dependencies]\na = \"1\"\n[workspace.dependencies]\nb = \"1\"",
        ),
        ("go.mod", "require (\n\ta.b/c v1\n)\nrequire d v1"),
        (
            "x.csproj",
            "<Project Sdk=\"S\"><PackageReference Include=\"N\"/></Project>",
        ),
        ("Dockerfile", "FROM a/b:1 AS c\nFROM c"),
        (
            "compose.yaml",
            "services:\n x:\n  image: \"a/b:1@sha256:0\"",
        ),
        ("k8s/a.yaml", "apiVersion: v1\nkind: X"),
    ];
    for (path, text) in samples {
        let bytes = text.as_bytes();
        assert!(
            !repository::dependencies_of(path, bytes).is_empty(),
            "{path}"
        );
        for at in 0..bytes.len() {
            let mut turned = bytes.to_vec();
            turned[at] ^= 0x55;
            for content in [&bytes[..at], &bytes[at..], &turned] {
                for one in repository::dependencies_of(path, content) {
                    assert!(
                        !one.name.is_empty() && !one.name.contains(char::is_whitespace),
                        "{path}: {one:?}"
                    );
                }
            }
        }
    }
}
