//! Maven's `pom.xml`.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Ecosystem, Named};

/// Elements in elements beyond this depth end the reading.
const DEEPEST: usize = 60;

/// What is gathered of a dependency, a plugin or the parent.
#[derive(Default)]
struct Artifact {
    group: String,
    artifact: String,
    test: bool,
}

/// Dependencies, plugins and the parent, as `group:artifact`.
pub(super) fn pom(text: &str) -> Vec<Named> {
    let mut named = vec![Named::tool("maven")];
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut gathered: Option<Artifact> = None;
    while path.len() < DEEPEST {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = start.local_name().as_ref().to_owned();
                if gathered.is_none() && is_artifact(&name, &path) {
                    gathered = Some(Artifact::default());
                }
                path.push(name);
            }
            Ok(Event::Text(words)) => {
                let words = words.trim().to_owned();
                gather(&path, words, gathered.as_mut());
            }
            Ok(Event::End(_)) => {
                let ended = path.pop().unwrap_or_default();
                if is_artifact(&ended, &path) {
                    named.extend(gathered.take().and_then(to_named));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    named
}

/// Whether an element of this name names an artifact where it stands. Exclusions name what is not used.
fn is_artifact(name: &str, path: &[String]) -> bool {
    matches!(name, "dependency" | "plugin" | "parent")
        && !path.iter().any(|outer| outer == "exclusions")
}

fn gather(path: &[String], words: String, gathered: Option<&mut Artifact>) {
    let (Some(artifact), [.., outer, name]) = (gathered, path) else {
        return;
    };
    if !matches!(outer.as_str(), "dependency" | "plugin" | "parent") {
        return;
    }
    match name.as_str() {
        "groupId" => artifact.group = words,
        "artifactId" => artifact.artifact = words,
        "scope" => artifact.test = words == "test",
        _ => {}
    }
}

fn to_named(artifact: Artifact) -> Option<Named> {
    if artifact.artifact.is_empty() {
        return None;
    }
    // Maven's own plugins may leave their group out.
    let group = if artifact.group.is_empty() {
        "org.apache.maven.plugins"
    } else {
        &artifact.group
    };
    let name = format!("{group}:{}", artifact.artifact);
    Some(Named::new(Ecosystem::Java, name).for_development(artifact.test))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pom_names_parent_dependencies_and_plugins_but_no_exclusions() {
        let text = "<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId></parent>
            <dependencies><dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId>
            <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions></dependency>
            <dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><scope>test</scope></dependency></dependencies>
            <build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId></plugin></plugins></build></project>";
        let told: Vec<(String, bool)> = pom(text)
            .into_iter()
            .map(|one| (one.name, one.development))
            .collect();
        let told: Vec<(&str, bool)> = told
            .iter()
            .map(|(name, dev)| (name.as_str(), *dev))
            .collect();
        assert_eq!(
            told,
            [
                ("maven", false),
                ("org.springframework.boot:spring-boot-starter-parent", false),
                ("org.postgresql:postgresql", false),
                ("org.junit.jupiter:junit-jupiter", true),
                ("org.apache.maven.plugins:maven-surefire-plugin", false),
            ]
        );
    }

    #[test]
    fn a_broken_or_endless_pom_names_what_was_read_so_far() {
        assert_eq!(pom("<project><dependency>").len(), 1);
        assert_eq!(pom(&"<a>".repeat(10_000)).len(), 1);
        assert_eq!(pom("no xml at all").len(), 1);
    }
}
