//! Public data that the person hands over: a page's text, or the list of repositories that a code host's interface exports.
//! Nothing is fetched.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::actions::evidence_renew;
use super::model::{EvidenceKind, NewEvidence, Proof};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::skills::{SkillId, Taxonomy, mentions};
use crate::state::Ctx;

/// Longest text, in bytes.
const LONGEST: usize = 1_500_000;
/// Longest address, in bytes; the origin holds it.
const ADDRESS_LONGEST: usize = 200;

/// Reads public data, and makes evidence of it: what an earlier reading of the same address told is superseded. Gives how many
/// rows were written.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be used, or names no skill; from the database.
pub async fn evidence_read(ctx: &Ctx, link: &str, content: &str) -> Result<u64> {
    let link = link.trim();
    let is_address = url::Url::parse(link)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !is_address || link.len() > ADDRESS_LONGEST {
        return Err(Error::invalid_field(
            "link",
            "Give the address of the page, as https://example.org/ada, so that others can look at it.",
        ));
    }
    if content.len() > LONGEST {
        return Err(Error::invalid_field(
            "content",
            format!(
                "This is {} kB; at most {} kB are read.",
                content.len() / 1_000,
                LONGEST / 1_000
            ),
        ));
    }
    let told = pieces(link, content, ctx.now());
    if told.is_empty() {
        return Err(Error::invalid_field(
            "content",
            "No skill is named there that the taxonomy knows. Paste the page's text, or the JSON that lists your repositories.",
        ));
    }
    evidence_renew(ctx, &format!("public:{link}"), told).await
}

/// What public data is evidence of.
#[must_use]
pub fn pieces(link: &str, content: &str, now: Timestamp) -> Vec<NewEvidence> {
    let sha256: String = Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let found = match serde_json::from_str::<Value>(content) {
        Ok(json) => of_export(&json),
        Err(_) => of_text(content),
    };
    found
        .into_iter()
        .map(|(skill, (strength, statement))| NewEvidence {
            skill,
            kind: EvidenceKind::PublicPage,
            strength,
            at: now,
            statement,
            check: format!("Open {link} and look for it."),
            link: Some(link.to_owned()),
            entry: None,
            origin: format!("public:{link}"),
            proof: Some(Proof::Document {
                sha256: sha256.clone(),
            }),
        })
        .collect()
}

type Found = BTreeMap<SkillId, (f32, String)>;

/// A page's text: it names skills, and little more is known.
fn of_text(text: &str) -> Found {
    let spans = mentions(Taxonomy::bundled(), text).into_iter();
    let mut found = Found::new();
    for span in spans {
        let words = text.get(span.start..span.end).unwrap_or_default();
        let statement = format!("The page names {}.", words.trim());
        found.entry(span.skill).or_insert((0.2, statement));
    }
    found
}

/// A list of repositories, or an object that holds one: languages and topics of those that are no forks, by how many there are.
fn of_export(json: &Value) -> Found {
    let mut counts: BTreeMap<SkillId, u32> = BTreeMap::new();
    for project in projects(json) {
        let own =
            project["fork"].as_bool() != Some(true) && project["forked_from_project"].is_null();
        if !own {
            continue;
        }
        let mut skills: Vec<SkillId> = words(project).into_iter().filter_map(skill_of).collect();
        skills.sort();
        skills.dedup();
        for skill in skills {
            *counts.entry(skill).or_default() += 1;
        }
    }
    let told = |(skill, count): (SkillId, u32)| {
        // More repositories say more, and never as much as their commits would.
        let strength = 0.25 + 0.15 * count as f32 / (count as f32 + 3.0);
        let plural = if count == 1 {
            "repository"
        } else {
            "repositories"
        };
        let name = Taxonomy::bundled()
            .name_of(skill.as_str())
            .unwrap_or(skill.as_str());
        let statement = format!("{count} public {plural} of yours: {name}.");
        (skill, (strength, statement))
    };
    counts.into_iter().map(told).collect()
}

/// The repositories of an export.
fn projects(json: &Value) -> Vec<&Value> {
    let list = match json {
        Value::Array(list) => list.as_slice(),
        Value::Object(map) => {
            let lists = ["items", "repositories", "projects", "nodes"];
            let held = lists.iter().find_map(|key| map.get(*key)?.as_array());
            held.map_or(std::slice::from_ref(json), Vec::as_slice)
        }
        _ => &[],
    };
    list.iter().filter(|one| one.is_object()).collect()
}

/// The names of languages and topics of a repository.
fn words(project: &Value) -> Vec<&str> {
    let mut words = Vec::new();
    words.extend(project["language"].as_str());
    words.extend(project["primaryLanguage"]["name"].as_str());
    for key in ["topics", "tag_list"] {
        words.extend(
            project[key]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str),
        );
    }
    if let Some(languages) = project["languages"].as_object() {
        words.extend(languages.keys().map(String::as_str));
    }
    words
}

fn skill_of(word: &str) -> Option<SkillId> {
    let spaced = word.replace(['-', '_'], " ");
    let found = Taxonomy::bundled().by_alias(word);
    let found = if found.is_empty() {
        Taxonomy::bundled().by_alias(&spaced)
    } else {
        found
    };
    match found.as_slice() {
        [skill] => Some(skill.id.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(content: &str) -> Vec<(String, f32)> {
        let all = pieces("https://code.example.org/ada", content, Timestamp(0)).into_iter();
        all.map(|one| (one.skill.to_string(), one.strength))
            .collect()
    }

    #[test]
    fn an_export_counts_languages_and_topics_of_own_repositories() {
        let json = r#"[
            {"name": "shop", "fork": false, "language": "Java", "topics": ["spring-boot", "no-such-topic"]},
            {"name": "tool", "language": "Java"},
            {"name": "other", "fork": true, "language": "Rust"}]"#;
        let found = told(json);
        let names: Vec<&str> = found.iter().map(|(skill, _)| skill.as_str()).collect();
        assert_eq!(names, ["java", "spring-boot"]);
        assert!(found[0].1 > found[1].1 && found[0].1 < 0.4);
    }

    #[test]
    fn a_text_names_skills_weakly_and_odd_json_names_none() {
        let found = told("I write services in Java with PostgreSQL.");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().all(|(_, strength)| *strength < 0.3));
        for odd in ["{}", "[]", "7", "[[[]]]", "{\"items\": 7}", "null"] {
            assert!(told(odd).is_empty(), "{odd}");
        }
    }
}
