//! What a project depends on, as its manifests say.
//!
//! Readers take the bytes of a file that may be anything: what cannot be read names nothing. Versions are left out.

mod container;
mod dotnet;
mod gradle;
mod maven;
mod node;
mod php;
mod pipeline;
mod python;
mod ruby;
mod rust;
mod source;

use serde::{Deserialize, Serialize};

/// In which world a dependency has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ecosystem {
    /// Maven and Gradle: `group:artifact`.
    Java,
    /// npm.
    Node,
    /// Composer.
    Php,
    /// RubyGems.
    Ruby,
    /// PyPI, names normalised.
    Python,
    /// Cargo.
    Rust,
    /// Go modules.
    Go,
    /// `NuGet`.
    DotNet,
    /// Images of containers, without registry and tag.
    Image,
    /// A tool that the project is built, tested or run with: `docker`, `github-actions`, `gradle`.
    Tool,
}

/// A name with whether it is only for development.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// In which world.
    pub ecosystem: Ecosystem,
    /// The name there.
    pub name: String,
    /// Whether only development and tests need it.
    pub development: bool,
}

impl Named {
    fn new(ecosystem: Ecosystem, name: impl Into<String>) -> Self {
        Self {
            ecosystem,
            name: name.into(),
            development: false,
        }
    }

    fn tool(name: &str) -> Self {
        Self::new(Ecosystem::Tool, name)
    }

    fn for_development(self, development: bool) -> Self {
        Self {
            development,
            ..self
        }
    }
}

/// Names in one manifest at most.
const MOST_NAMES: usize = 600;
/// The longest name, in bytes.
const LONGEST_NAME: usize = 200;

/// A reader of one kind of manifest.
type Reader = fn(&str) -> Vec<Named>;

/// The reader for a file at this path, if it is a manifest.
fn reader_of(path: &str) -> Option<Reader> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let lower = name.to_lowercase();
    let extension = lower
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension);
    Some(match lower.as_str() {
        "pom.xml" => maven::pom,
        "build.gradle" | "build.gradle.kts" => gradle::build,
        "libs.versions.toml" => gradle::catalog,
        "package.json" => node::package,
        "composer.json" => php::composer,
        "gemfile" | "gems.rb" => ruby::gemfile,
        "pyproject.toml" => python::pyproject,
        "pipfile" => python::pipfile,
        "cargo.toml" => rust::cargo,
        "go.mod" => source::go_mod,
        "docker-compose.yml" | "docker-compose.yaml" | "compose.yml" | "compose.yaml" => {
            container::compose
        }
        "chart.yaml" => |_| vec![Named::tool("helm"), Named::tool("kubernetes")],
        ".gitlab-ci.yml" => pipeline::gitlab,
        "jenkinsfile" => |_| vec![Named::tool("jenkins")],
        "azure-pipelines.yml" => |_| vec![Named::tool("azure-pipelines")],
        "bitbucket-pipelines.yml" => |_| vec![Named::tool("bitbucket-pipelines")],
        ".travis.yml" => |_| vec![Named::tool("travis-ci")],
        ".drone.yml" => |_| vec![Named::tool("drone")],
        "openapi.yaml" | "openapi.yml" | "openapi.json" | "swagger.yaml" | "swagger.json" => {
            |_| vec![Named::tool("openapi")]
        }
        "sonar-project.properties" => |_| vec![Named::tool("sonarqube")],
        "nginx.conf" => |_| vec![Named::tool("nginx")],
        "build.sbt" => |_| vec![Named::tool("sbt")],
        "makefile" => |_| vec![Named::tool("make")],
        "ansible.cfg" => |_| vec![Named::tool("ansible")],
        "serverless.yml" => |_| vec![Named::tool("serverless")],
        _ if lower == "dockerfile" || lower.starts_with("dockerfile.") => container::dockerfile,
        _ if lower.starts_with("requirements") && extension == "txt" => python::requirements,
        _ if matches!(extension, "csproj" | "fsproj" | "vbproj") => dotnet::project,
        _ if extension == "tf" => |_| vec![Named::tool("terraform")],
        _ if path.contains(".github/workflows/") && matches!(extension, "yml" | "yaml") => {
            pipeline::github
        }
        _ if path.contains(".circleci/") => |_| vec![Named::tool("circleci")],
        _ if matches!(extension, "yml" | "yaml") && source::is_cluster_folder(path) => {
            source::cluster
        }
        _ => return None,
    })
}

/// Whether a file at this path is a manifest.
pub(crate) fn is_manifest(path: &str) -> bool {
    reader_of(path).is_some()
}

/// What a manifest names, each once; nothing for a file that is none or cannot be read.
pub fn dependencies_of(path: &str, content: &[u8]) -> Vec<Named> {
    let Some(read) = reader_of(path) else {
        return Vec::new();
    };
    let text = String::from_utf8_lossy(content);
    let mut seen = std::collections::HashSet::new();
    let mut named = read(text.trim_start_matches('\u{feff}'));
    named.retain(|one| {
        let name = one.name.as_str();
        let sane = !name.is_empty()
            && name.len() <= LONGEST_NAME
            && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '$');
        sane && seen.insert((one.ecosystem, one.name.clone()))
    });
    named.truncate(MOST_NAMES);
    named
}
