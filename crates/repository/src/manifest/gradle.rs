//! Gradle's build files, in Groovy or Kotlin, and its catalogues of versions.

use super::{Ecosystem, Named};

/// Words that put a dependency into a configuration.
const CONFIGURATIONS: [&str; 12] = [
    "implementation",
    "api",
    "compileOnly",
    "runtimeOnly",
    "annotationProcessor",
    "kapt",
    "ksp",
    "developmentOnly",
    "testImplementation",
    "testRuntimeOnly",
    "testCompileOnly",
    "classpath",
];

/// Coordinates in quotes and ids of plugins.
pub(super) fn build(text: &str) -> Vec<Named> {
    let mut named = vec![Named::tool("gradle")];
    for line in text.lines() {
        let line = line.trim_start();
        if line.starts_with("//") {
            continue;
        }
        let word: String = line.chars().take_while(|c| c.is_alphanumeric()).collect();
        if CONFIGURATIONS.contains(&word.as_str()) {
            let test = word.starts_with("test");
            named.extend(coordinates(line).map(|one| one.for_development(test)));
        } else if word == "id" || line.starts_with("apply plugin") {
            named
                .extend(quoted(line).map(|id| Named::new(Ecosystem::Java, format!("plugin:{id}"))));
        } else if line.starts_with("kotlin(") {
            named.push(Named::new(
                Ecosystem::Java,
                "plugin:org.jetbrains.kotlin.jvm",
            ));
        }
    }
    named
}

/// The texts in quotes of a line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split(['"', '\'']).skip(1).step_by(2)
}

/// `"group:artifact:version"`, or `group: 'a', name: 'b'`.
fn coordinates(line: &str) -> impl Iterator<Item = Named> {
    let apart = line.contains("group:").then(|| {
        let mut parts = quoted(line);
        Some(format!("{}:{}", parts.next()?, parts.next()?))
    });
    let together = quoted(line).filter_map(|text| {
        let mut parts = text.split(':');
        let (group, artifact) = (parts.next()?, parts.next()?);
        (!group.is_empty() && !artifact.is_empty()).then(|| format!("{group}:{artifact}"))
    });
    let names: Vec<String> = match apart.flatten() {
        Some(name) => vec![name],
        None => together.collect(),
    };
    names
        .into_iter()
        .map(|name| Named::new(Ecosystem::Java, name))
}

/// The libraries and plugins of `libs.versions.toml`.
pub(super) fn catalog(text: &str) -> Vec<Named> {
    let Ok(table) = text.parse::<toml::Table>() else {
        return Vec::new();
    };
    let of = |section: &str| table.get(section).and_then(toml::Value::as_table).cloned();
    let libraries = of("libraries").unwrap_or_default();
    let plugins = of("plugins").unwrap_or_default();
    let library = |value: &toml::Value| {
        let text = |key: &str| value.get(key).and_then(toml::Value::as_str);
        let module = match (text("module"), text("group"), text("name"), value.as_str()) {
            (Some(module), ..) => module.to_owned(),
            (None, Some(group), Some(name), _) => format!("{group}:{name}"),
            (None, _, _, Some(whole)) => whole.rsplitn(2, ':').last()?.to_owned(),
            _ => return None,
        };
        Some(Named::new(Ecosystem::Java, module))
    };
    let plugin = |value: &toml::Value| {
        let id = value.get("id").and_then(toml::Value::as_str)?;
        Some(Named::new(Ecosystem::Java, format!("plugin:{id}")))
    };
    let named = libraries.values().filter_map(library);
    named.chain(plugins.values().filter_map(plugin)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(named: Vec<Named>) -> Vec<String> {
        named.into_iter().map(|one| one.name).collect()
    }

    #[test]
    fn both_languages_of_build_files_are_read() {
        let groovy = "plugins { \n id 'org.springframework.boot' version '3.2.0'\n}\ndependencies {\n  implementation 'org.postgresql:postgresql:42.7'\n  testImplementation group: 'org.mockito', name: 'mockito-core'\n // implementation 'no:no'\n}";
        assert_eq!(
            names(build(groovy)),
            [
                "gradle",
                "plugin:org.springframework.boot",
                "plugin:3.2.0",
                "org.postgresql:postgresql",
                "org.mockito:mockito-core"
            ]
        );
        let kotlin = "dependencies {\n    implementation(\"io.ktor:ktor-server-core:2.3\")\n}";
        assert_eq!(names(build(kotlin)), ["gradle", "io.ktor:ktor-server-core"]);
    }

    #[test]
    fn a_catalogue_names_libraries_and_plugins() {
        let text = "[libraries]\npg = { module = \"org.postgresql:postgresql\", version = \"42\" }\njunit = \"org.junit.jupiter:junit-jupiter:5.10\"\n[plugins]\nboot = { id = \"org.springframework.boot\" }";
        let mut told = names(catalog(text));
        told.sort();
        assert_eq!(
            told,
            [
                "org.junit.jupiter:junit-jupiter",
                "org.postgresql:postgresql",
                "plugin:org.springframework.boot"
            ]
        );
        assert!(catalog("[[[").is_empty());
    }
}
