//! Any bytes are read as any manifest, without a panic.
#![no_main]

const NAMES: [&str; 14] = [
    "pom.xml",
    "build.gradle",
    "libs.versions.toml",
    "package.json",
    "composer.json",
    "Gemfile",
    "pyproject.toml",
    "requirements.txt",
    "Cargo.toml",
    "go.mod",
    "app.csproj",
    "Dockerfile",
    "compose.yaml",
    ".github/workflows/ci.yml",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in NAMES {
        let _ = repository::dependencies_of(name, bytes);
        let _ = repository::language_of(name, bytes);
    }
});
