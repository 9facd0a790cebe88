//! Images of containers: `Dockerfile` and Compose files.

use super::{Ecosystem, Named};

/// An image without registry, owner of a library, tag and digest: `docker.io/library/postgres:16-alpine` is `postgres`.
fn image(reference: &str) -> Option<Named> {
    let reference = reference.trim().trim_matches(['"', '\'']);
    let reference = reference.split('@').next().unwrap_or(reference);
    let last = reference.rsplit('/').next().unwrap_or(reference);
    let name = last.split(':').next().unwrap_or(last);
    let plain = !name.is_empty()
        && name != "scratch"
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    plain.then(|| Named::new(Ecosystem::Image, name.to_lowercase()))
}

/// Docker itself and the images that stages build upon; names of earlier stages are none.
pub(super) fn dockerfile(text: &str) -> Vec<Named> {
    let mut named = vec![Named::tool("docker")];
    let mut stages: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        let mut words = line.split_whitespace();
        if !words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("from"))
        {
            continue;
        }
        let words: Vec<&str> = words.filter(|word| !word.starts_with("--")).collect();
        if let [_, word, stage, ..] = words.as_slice()
            && word.eq_ignore_ascii_case("as")
        {
            stages.push(stage.to_lowercase());
        }
        let base = words.first().copied().unwrap_or_default();
        if !stages.contains(&base.to_lowercase()) {
            named.extend(image(base));
        }
    }
    named
}

/// Docker, Compose, and the images of the services.
pub(super) fn compose(text: &str) -> Vec<Named> {
    let mut named = vec![Named::tool("docker"), Named::tool("docker-compose")];
    let images = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("image:"));
    named.extend(images.filter_map(image));
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(named: Vec<Named>) -> Vec<String> {
        named.into_iter().map(|one| one.name).collect()
    }

    #[test]
    fn images_are_named_without_registry_and_tag_and_stages_are_not() {
        let text = "FROM --platform=linux/amd64 maven:3.9-eclipse AS build\nRUN mvn package\nFROM build AS test\nFROM ghcr.io/x/eclipse-temurin:21@sha256:abc\nFROM scratch";
        assert_eq!(
            names(dockerfile(text)),
            ["docker", "maven", "eclipse-temurin"]
        );
    }

    #[test]
    fn services_are_named_by_their_images() {
        let text = "services:\n  db:\n    image: \"postgres:16\"\n  queue:\n    image: bitnami/kafka:3\n  own:\n    build: .\n    image: ${NAME}\n";
        assert_eq!(
            names(compose(text)),
            ["docker", "docker-compose", "postgres", "kafka"]
        );
    }
}
