//! Which files are tests, by the conventions of the languages.

/// Folders that hold tests.
const FOLDERS: [&str; 10] = [
    "test",
    "tests",
    "testing",
    "__tests__",
    "spec",
    "specs",
    "e2e",
    "integration-tests",
    "unittests",
    "features",
];

/// Whether a file at this path is a test, or belongs to tests.
pub(crate) fn is_test(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let in_folder = folders
        .split('/')
        .any(|folder| FOLDERS.contains(&folder.to_lowercase().as_str()));
    in_folder || is_test_name(name)
}

fn is_test_name(name: &str) -> bool {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    match extension {
        "go" | "py" | "rs" | "rb" | "ex" | "exs" | "c" | "cc" | "cpp" | "dart" | "php"
            if stem.ends_with("_test") =>
        {
            true
        }
        "py" => stem.starts_with("test_") || stem == "conftest",
        "rb" => stem.ends_with("_spec"),
        "java" | "kt" | "kts" | "groovy" | "scala" | "cs" | "fs" | "vb" | "swift" | "php" => {
            let ends = ["Test", "Tests", "Spec", "TestCase", "IT"];
            ends.iter()
                .any(|end| stem.len() > end.len() && stem.ends_with(end))
        }
        "js" | "jsx" | "ts" | "tsx" | "mjs" | "cjs" | "mts" | "cts" => {
            stem.ends_with(".test") || stem.ends_with(".spec") || stem.ends_with(".cy")
        }
        "feature" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_test;

    #[test]
    fn tests_are_known_by_folder_and_by_name() {
        for path in [
            "src/test/java/AppTest.java",
            "app/UserServiceTests.cs",
            "pkg/store_test.go",
            "tests/it/main.rs",
            "test_api.py",
            "web/cart.spec.ts",
            "spec/models/user_spec.rb",
        ] {
            assert!(is_test(path), "{path}");
        }
        for path in [
            "src/main.rs",
            "Test.java",
            "latest.py",
            "src/contest.go",
            "attest/a.rs",
        ] {
            assert!(!is_test(path), "{path}");
        }
    }
}
