//! Which skills the names of languages and of dependencies stand for. `uses.txt` holds them: facts of the packages' own
//! registries.

use std::collections::HashMap;
use std::sync::LazyLock;

use repository::Ecosystem;

use crate::skills::{Kind, Taxonomy};

/// Names with the skills that they stand for, in the order of the file.
type Names = Vec<(&'static str, Vec<&'static str>)>;

static TABLE: LazyLock<HashMap<&'static str, Names>> =
    LazyLock::new(|| read(include_str!("uses.txt")));

fn read(text: &'static str) -> HashMap<&'static str, Names> {
    let mut table: HashMap<&str, Names> = HashMap::new();
    let mut section = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if let Some((name, skills)) = line.split_once(' ') {
            let skills = skills.split(' ').collect();
            table.entry(section).or_default().push((name, skills));
        }
    }
    table
}

fn section(name: &str) -> &'static [(&'static str, Vec<&'static str>)] {
    TABLE.get(name).map_or(&[], Vec::as_slice)
}

/// The skill of a language, by the name that a scan gives it.
pub(super) fn skill_of_language(name: &str) -> Option<&'static str> {
    let name = name.replace(' ', "_");
    let found = section("language").iter().find(|(known, _)| *known == name);
    found.and_then(|(_, skills)| skills.first().copied())
}

/// The languages from which an ecosystem's packages are used; none for what any language uses.
pub(super) const fn languages_of(ecosystem: Ecosystem) -> &'static [&'static str] {
    match ecosystem {
        Ecosystem::Java => &["Java", "Kotlin", "Scala", "Groovy"],
        Ecosystem::Node => &["JavaScript", "TypeScript", "Vue", "Svelte"],
        Ecosystem::Php => &["PHP"],
        Ecosystem::Ruby => &["Ruby"],
        Ecosystem::Python => &["Python", "Jupyter Notebook"],
        Ecosystem::Rust => &["Rust"],
        Ecosystem::Go => &["Go"],
        Ecosystem::DotNet => &["C#", "F#", "Visual Basic"],
        Ecosystem::Image | Ecosystem::Tool => &[],
    }
}

const fn section_of(ecosystem: Ecosystem) -> &'static str {
    match ecosystem {
        Ecosystem::Java => "java",
        Ecosystem::Node => "node",
        Ecosystem::Php => "php",
        Ecosystem::Ruby => "ruby",
        Ecosystem::Python => "python",
        Ecosystem::Rust => "rust",
        Ecosystem::Go => "go",
        Ecosystem::DotNet => "dotnet",
        Ecosystem::Image => "image",
        Ecosystem::Tool => "tool",
    }
}

/// Whether names of an ecosystem are hierarchies, of which a beginning says enough.
const fn is_hierarchy(ecosystem: Ecosystem) -> bool {
    matches!(
        ecosystem,
        Ecosystem::Java | Ecosystem::Go | Ecosystem::DotNet
    )
}

/// The skills that a name stands for; none for one that says nothing.
pub(super) fn skills_of(ecosystem: Ecosystem, name: &str) -> Vec<String> {
    let fits = |known: &str| {
        known == name
            || (is_hierarchy(ecosystem) && name.starts_with(known))
            || is_scope(known, name)
    };
    let mut names = section(section_of(ecosystem)).iter();
    names.find(|(known, _)| fits(known)).map_or_else(
        || by_taxonomy(ecosystem, name),
        |(_, skills)| skills.iter().map(|skill| (*skill).to_owned()).collect(),
    )
}

/// `@aws-sdk/client-s3` is of the kit `aws-sdk`.
fn is_scope(known: &str, name: &str) -> bool {
    name.strip_prefix('@')
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(scope, _)| scope == known)
}

/// A framework whose package bears its name.
fn by_taxonomy(ecosystem: Ecosystem, name: &str) -> Vec<String> {
    let other = matches!(ecosystem, Ecosystem::Tool | Ecosystem::Java | Ecosystem::Go);
    match Taxonomy::bundled().by_alias(name).as_slice() {
        [skill] if skill.kind == Kind::Framework && !other => vec![skill.id.to_string()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skills::SkillId;

    #[test]
    fn every_skill_named_is_in_the_taxonomy() {
        assert_eq!(TABLE.len(), 11);
        for (name, skills) in TABLE.values().flatten() {
            assert!(!skills.is_empty(), "{name}");
            for skill in skills {
                let id = SkillId::parse(skill).unwrap();
                assert!(Taxonomy::bundled().get(&id).is_some(), "{name}: {skill}");
            }
        }
        assert_eq!(skill_of_language("Protocol Buffers"), Some("protobuf"));
        assert_eq!(skill_of_language("Klingon"), None);
    }

    #[test]
    fn the_most_exact_beginning_counts() {
        let of = |name: &str| skills_of(Ecosystem::Java, name);
        let web = "org.springframework.boot:spring-boot-starter-webflux";
        assert_eq!(of(web)[0], "spring-webflux");
        let other = "org.springframework.boot:spring-boot-starter-actuator";
        assert_eq!(of(other)[0], "spring-boot");
        assert_eq!(of("org.example:thing"), Vec::<String>::new());
    }

    #[test]
    fn a_framework_is_known_by_the_taxonomys_name_too() {
        assert_eq!(skills_of(Ecosystem::Node, "@aws-sdk/client-s3"), ["aws"]);
        assert_eq!(skills_of(Ecosystem::Ruby, "rails"), ["rails"]);
        assert_eq!(skills_of(Ecosystem::Node, "left-pad"), Vec::<String>::new());
    }
}
