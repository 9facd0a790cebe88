//! Composer's `composer.json`.

use serde_json::Value;

use super::{Ecosystem, Named};

/// The names of all packages; the language itself and its extensions (`ext-pdo`) are none.
pub(super) fn composer(text: &str) -> Vec<Named> {
    let Ok(root) = serde_json::from_str::<Value>(text) else {
        return Vec::new();
    };
    let of = |key: &str, development: bool| {
        let map = root.get(key).and_then(Value::as_object);
        let names = map.into_iter().flat_map(serde_json::Map::keys);
        let packages = names.filter(|name| name.contains('/'));
        packages
            .map(|name| {
                Named::new(Ecosystem::Php, name.to_lowercase()).for_development(development)
            })
            .collect::<Vec<_>>()
    };
    let mut named = vec![Named::tool("composer")];
    named.extend(of("require", false));
    named.extend(of("require-dev", true));
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_named_and_extensions_are_not() {
        let text = r#"{"require": {"php": ">=8.2", "ext-pdo": "*", "Laravel/framework": "^11"}, "require-dev": {"phpunit/phpunit": "^11"}}"#;
        let told: Vec<String> = composer(text).into_iter().map(|one| one.name).collect();
        assert_eq!(told, ["composer", "laravel/framework", "phpunit/phpunit"]);
    }
}
