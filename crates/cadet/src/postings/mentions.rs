//! The skills that a posting names, and how they are written in its row: those of one text that follow each other as a
//! list that begins with the text's name and then has the skill, the begin and the end of each.
//!
//! They are the largest part of a row beside its texts, and as records with named fields, which rows of before have, they
//! took three times as much.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeSeq as _;
use serde::{Deserialize as _, Deserializer, Serialize, Serializer};

use super::model::SkillMention;

/// The skills of mentions, each once, in order of their first mention.
pub(super) fn distinct_skills(mentions: &[SkillMention]) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for mention in mentions {
        // A posting names a dozen skills, among which looking is quicker than hashing.
        let skill = mention.skill.as_str();
        if !distinct.iter().any(|known| known == skill) {
            distinct.push(skill.to_owned());
        }
    }
    distinct
}

/// Writes mentions, in order.
///
/// # Errors
/// From the serializer.
pub fn serialize<S: Serializer>(
    mentions: &[SkillMention],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let runs = mentions.chunk_by(|one, next| one.origin == next.origin);
    serializer.collect_seq(runs.map(Run))
}

/// Mentions of one origin.
struct Run<'m>(&'m [SkillMention]);

impl Serialize for Run<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(1 + 3 * self.0.len()))?;
        if let Some(first) = self.0.first() {
            list.serialize_element(&first.origin)?;
        }
        for mention in self.0 {
            list.serialize_element(mention.skill.as_str())?;
            list.serialize_element(&mention.start)?;
            list.serialize_element(&mention.end)?;
        }
        list.end()
    }
}

/// Reads mentions, written so or as records with named fields.
///
/// # Errors
/// When they are neither.
pub fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<SkillMention>, D::Error> {
    deserializer.deserialize_seq(Mentions)
}

struct Mentions;

impl<'de> Visitor<'de> for Mentions {
    type Value = Vec<SkillMention>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of skills that are named")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut mentions = Vec::new();
        while list.next_element_seed(Element(&mut mentions))?.is_some() {}
        Ok(mentions)
    }
}

/// Reads one element of the list, and adds what it holds.
struct Element<'m>(&'m mut Vec<SkillMention>);

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Element<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text's name with skills, begins and ends, or a record of one skill")
    }

    fn visit_map<A: MapAccess<'de>>(self, record: A) -> Result<(), A::Error> {
        let mention = SkillMention::deserialize(MapAccessDeserializer::new(record))?;
        self.0.push(mention);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut run: A) -> Result<(), A::Error> {
        let missing = |what: &str| A::Error::custom(format!("{what} is missing"));
        let origin = run.next_element()?.ok_or_else(|| missing("the text"))?;
        while let Some(skill) = run.next_element()? {
            self.0.push(SkillMention {
                skill,
                origin,
                start: run.next_element()?.ok_or_else(|| missing("a begin"))?,
                end: run.next_element()?.ok_or_else(|| missing("an end"))?,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::postings::model::Origin;
    use crate::skills::SkillId;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Row {
        #[serde(with = "super")]
        skills: Vec<SkillMention>,
    }

    fn mention(skill: &str, origin: Origin, start: usize) -> SkillMention {
        let skill = SkillId::parse(skill).unwrap();
        let end = start + skill.as_str().len();
        SkillMention {
            skill,
            origin,
            start,
            end,
        }
    }

    fn mentions() -> Vec<SkillMention> {
        vec![
            mention("go", Origin::Title, 8),
            mention("sql", Origin::Description, 40),
            mention("docker", Origin::Description, 60),
            mention("go", Origin::Title, 12),
        ]
    }

    #[test]
    fn mentions_come_back_in_their_order() {
        let row = Row { skills: mentions() };
        let text = serde_json::to_string(&row).unwrap();
        assert_eq!(
            text,
            r#"{"skills":[["title","go",8,10],["description","sql",40,43,"docker",60,66],["title","go",12,14]]}"#
        );
        assert_eq!(serde_json::from_str::<Row>(&text).unwrap(), row);
        let none = Row { skills: Vec::new() };
        let text = serde_json::to_string(&none).unwrap();
        assert_eq!(serde_json::from_str::<Row>(&text).unwrap(), none);
    }

    #[test]
    fn records_of_before_are_read() {
        let text = serde_json::json!({ "skills": mentions() }).to_string();
        let row: Row = serde_json::from_str(&text).unwrap();
        assert_eq!(row.skills, mentions());
    }

    #[test]
    fn what_is_neither_is_refused() {
        for (skills, reason) in [
            (r#"[["description","sql",40]]"#, "an end is missing"),
            (r#"[["description","sql"]]"#, "a begin is missing"),
            ("[[]]", "the text is missing"),
            (r#"[["nowhere","sql",1,2]]"#, "nowhere"),
            (r#"[["title","S Q L",1,2]]"#, "not a skill id"),
            (r#"[{"skill":"sql"}]"#, "missing field"),
            ("[7]", "a record of one skill"),
            ("7", "a list of skills"),
        ] {
            let error = serde_json::from_str::<Row>(&format!(r#"{{"skills":{skills}}}"#));
            let error = error.unwrap_err().to_string();
            assert!(error.contains(reason), "{skills}: {error}");
        }
    }
}
