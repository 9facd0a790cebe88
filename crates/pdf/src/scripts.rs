//! Which writing systems a text needs, so that a missing font can be named.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value;
use unicode_script::UnicodeScript;

/// A writing system that no font at hand can show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Script {
    /// Its name in Unicode, such as `Han` or `Arabic`; `Common` holds symbols and emoji.
    pub name: &'static str,
    /// The characters of it that cannot be shown, each once, at most 20.
    pub characters: String,
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.characters)
    }
}

/// Every character of every text in `value`, each once.
pub fn characters(value: &Value) -> Vec<char> {
    let mut found = Vec::new();
    collect(value, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn collect(value: &Value, found: &mut Vec<char>) {
    match value {
        Value::String(text) => found.extend(text.chars().filter(|character| !character.is_ascii())),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => fields.values().for_each(|item| collect(item, found)),
        _ => {}
    }
}

/// `characters` by their writing systems.
pub fn group(characters: &[char]) -> Vec<Script> {
    let mut scripts: BTreeMap<&'static str, String> = BTreeMap::new();
    for character in characters {
        let text = scripts.entry(character.script().full_name()).or_default();
        if text.chars().count() < 20 {
            text.push(*character);
        }
    }
    let scripts = scripts.into_iter();
    scripts
        .map(|(name, characters)| Script { name, characters })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn characters_are_grouped_by_their_writing_system() {
        let characters = super::characters(&json!({"a": ["你好 Ω", "你"]}));
        let scripts = super::group(&characters);
        let names: Vec<&str> = scripts.iter().map(|script| script.name).collect();
        assert_eq!(names, ["Greek", "Han"]);
        assert_eq!(scripts[1].to_string(), "Han (你好)");
    }
}
