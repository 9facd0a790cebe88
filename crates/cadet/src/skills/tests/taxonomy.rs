//! The taxonomy: what it holds, how it is looked up, and which mistakes in its files are named.

use std::collections::HashSet;

use crate::skills::{Kind, SkillId, Taxonomy, TaxonomyError, mentions};

fn id(text: &str) -> SkillId {
    SkillId::parse(text).expect("the test writes ids")
}

fn ids(skills: &[&crate::skills::Skill]) -> Vec<String> {
    skills.iter().map(|s| s.id.to_string()).collect()
}

fn read(text: &str) -> Result<Taxonomy, TaxonomyError> {
    Taxonomy::from_files(&[("things.toml".to_owned(), text.to_owned())])
}

#[track_caller]
fn problem(text: &str) -> String {
    match read(text) {
        Ok(_) => panic!("{text} was accepted"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_bundled_taxonomy_covers_backend_work() {
    let taxonomy = Taxonomy::bundled();
    assert!(
        taxonomy.skills().len() >= 450,
        "{}",
        taxonomy.skills().len()
    );
    let kinds: HashSet<Kind> = taxonomy.skills().iter().map(|s| s.kind).collect();
    assert_eq!(kinds.len(), 16, "every kind is in use");
}

#[test]
fn every_skill_is_found_by_each_unambiguous_alias() {
    let taxonomy = Taxonomy::bundled();
    for skill in taxonomy.skills() {
        for alias in &skill.aliases {
            let named = taxonomy.by_alias(alias);
            assert!(
                named.iter().any(|s| s.id == skill.id),
                "{} by {alias}",
                skill.id
            );
        }
        let text = format!("experience with {}, Java, PostgreSQL", skill.name);
        let found = mentions(taxonomy, &text);
        let display_only = !skill
            .aliases
            .iter()
            .any(|a| a.eq_ignore_ascii_case(&skill.name));
        assert!(
            display_only || found.iter().any(|s| s.skill == skill.id),
            "{} in {text:?}: {found:?}",
            skill.id
        );
    }
}

#[test]
fn aliases_are_looked_up_in_any_case_and_without_accents() {
    let taxonomy = Taxonomy::bundled();
    for alias in ["postgres", "POSTGRES", " PostgreSQL "] {
        assert_eq!(ids(&taxonomy.by_alias(alias)), ["postgresql"], "{alias}");
    }
    assert_eq!(ids(&taxonomy.by_alias("Bases de donnees")), ["databases"]);
    assert!(taxonomy.by_alias("no such thing").is_empty());
}

#[test]
fn the_hierarchy_is_walked_up_and_down() {
    let taxonomy = Taxonomy::bundled();
    let above = ids(&taxonomy.ancestors(&id("spring-boot")));
    assert_eq!(above[0], "spring");
    for ancestor in ["java", "web-frameworks", "jvm", "programming"] {
        assert!(
            above.iter().any(|a| a == ancestor),
            "{ancestor} in {above:?}"
        );
    }
    assert_eq!(
        above.len(),
        above.iter().collect::<HashSet<_>>().len(),
        "each once"
    );
    assert!(ids(&taxonomy.children(&id("spring"))).contains(&"spring-boot".to_owned()));
    assert!(taxonomy.children(&id("spring-boot")).is_empty());
    assert!(taxonomy.ancestors(&id("no-such-skill")).is_empty());
    assert!(taxonomy.get(&id("no-such-skill")).is_none());
    assert_eq!(taxonomy.name_of("postgresql"), Some("PostgreSQL"));
    assert_eq!(taxonomy.name_of("No Id"), None);
}

#[test]
fn ids_are_kebab_case() {
    for good in ["go", "rest-api-design", "ec2", "12-factor"] {
        assert_eq!(SkillId::parse(good).expect(good).as_str(), good);
    }
    for bad in [
        "",
        "-",
        "Go",
        "a--b",
        "a-",
        "-a",
        "c++",
        "ä",
        "a b",
        &"a".repeat(65),
    ] {
        let error = SkillId::parse(bad).expect_err(bad).to_string();
        assert!(error.contains("rest-api-design"), "{error}");
    }
}

#[test]
fn mistakes_are_named_with_file_entry_and_remedy() {
    let broken = problem("kind = \"tool\"\n[skill]\na = { nam = \"A\" }");
    assert!(
        broken.contains("things.toml") && broken.contains("line 3"),
        "{broken}"
    );
    let bad_id = problem("kind = \"tool\"\n[skill]\nBad_Id = { name = \"A\" }");
    assert!(
        bad_id.contains("things.toml") && bad_id.contains("Bad_Id"),
        "{bad_id}"
    );
    let parent = problem("kind = \"tool\"\n[skill]\na = { name = \"A\", parents = [\"b\"] }");
    assert!(parent.contains("skill `a` has the parent `b`"), "{parent}");
    let context = problem("kind = \"tool\"\n[skill]\na = { name = \"A\", contexts = [\"x\"] }");
    assert!(
        context.contains("context `x`") && context.contains("contexts.toml"),
        "{context}"
    );
    let alias = problem("kind = \"tool\"\n[skill]\na = { name = \"A\", aliases = [\"\"] }");
    assert!(alias.contains("skill `a` has the alias \"\""), "{alias}");
}

#[test]
fn a_circle_of_parents_is_refused() {
    let circle = problem(
        "kind = \"tool\"\n[skill]\na = { name = \"A\", parents = [\"b\"] }\nb = { name = \"B\", parents = [\"a\"] }",
    );
    assert!(
        circle.contains("`a` is its own ancestor, by way of `b`"),
        "{circle}"
    );
}

#[test]
fn an_id_in_two_files_is_refused() {
    let file = |name: &str| {
        (
            name.to_owned(),
            "kind = \"tool\"\n[skill]\na = { name = \"A\" }".to_owned(),
        )
    };
    let error = Taxonomy::from_files(&[file("one.toml"), file("two.toml")])
        .err()
        .expect("a repeated id is refused");
    assert!(
        error.to_string().starts_with("two.toml: the skill `a`"),
        "{error}"
    );
}

#[test]
fn a_name_of_two_skills_needs_contexts_that_decide() {
    let clash = problem(
        "kind = \"tool\"\n[skill]\na = { name = \"Ant\" }\nb = { name = \"Bee\", aliases = [\"ANT\"] }",
    );
    assert!(
        clash.contains("`b` claims the name \"ant\", as does `a`"),
        "{clash}"
    );
    let undecided = "kind = \"tool\"\n[skill]\na = { name = \"Ant\", ambiguous = [\"Ant\"] }\nb = { name = \"B\", ambiguous = [\"Ant\"] }";
    assert!(matches!(read(undecided), Err(TaxonomyError::Clash { .. })));
    let decided = read(
        "kind = \"tool\"\n[skill]\na = { name = \"Ant\", ambiguous = [\"Ant\"], only_when = { near = [\"maven\"] } }\n\
         b = { name = \"Army ant\", ambiguous = [\"Ant\"], only_when = { near = [\"jungle\"] } }",
    )
    .expect("contexts decide");
    assert_eq!(mentions(&decided, "maven and Ant")[0].skill, id("a"));
    assert_eq!(mentions(&decided, "an Ant of the jungle")[0].skill, id("b"));
    assert!(mentions(&decided, "an Ant").is_empty());
}
