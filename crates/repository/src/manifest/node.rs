//! npm's `package.json`.

use serde_json::Value;

use super::{Ecosystem, Named};

/// Keys that hold dependencies, with whether they are only for development.
const KEYS: [(&str, bool); 4] = [
    ("dependencies", false),
    ("peerDependencies", false),
    ("optionalDependencies", false),
    ("devDependencies", true),
];

/// The names of all packages.
pub(super) fn package(text: &str) -> Vec<Named> {
    let Ok(root) = serde_json::from_str::<Value>(text) else {
        return Vec::new();
    };
    let names = KEYS.iter().flat_map(|(key, development)| {
        let map = root.get(*key).and_then(Value::as_object);
        let names = map.into_iter().flat_map(serde_json::Map::keys);
        names.map(|name| Named::new(Ecosystem::Node, name.as_str()).for_development(*development))
    });
    std::iter::once(Named::tool("npm")).chain(names).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_for_development_are_told_apart() {
        let text = r#"{"dependencies": {"express": "^4"}, "devDependencies": {"jest": "29"}, "scripts": {"x": "y"}}"#;
        let told: Vec<(String, bool)> = package(text)
            .into_iter()
            .map(|one| (one.name, one.development))
            .collect();
        assert_eq!(
            told,
            [
                ("npm".into(), false),
                ("express".into(), false),
                ("jest".into(), true)
            ]
        );
        assert!(package("[").is_empty());
        assert_eq!(package(r#"{"dependencies": 7}"#).len(), 1);
    }
}
