//! Cargo's `Cargo.toml`.

use toml::Table;

use super::{Ecosystem, Named};

/// The names of all packages, of a package and of a workspace.
pub(super) fn cargo(text: &str) -> Vec<Named> {
    let Ok(root) = text.parse::<Table>() else {
        return Vec::new();
    };
    let mut named = vec![Named::tool("cargo")];
    let workspace = root.get("workspace").and_then(toml::Value::as_table);
    for table in [Some(&root), workspace].into_iter().flatten() {
        for (key, development) in [
            ("dependencies", false),
            ("build-dependencies", false),
            ("dev-dependencies", true),
        ] {
            let names = table.get(key).and_then(toml::Value::as_table);
            let names = names.into_iter().flat_map(Table::keys);
            named.extend(names.map(|name| {
                Named::new(Ecosystem::Rust, name.as_str()).for_development(development)
            }));
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_a_workspace_are_read_too() {
        let text = "[dependencies]\naxum = \"0.8\"\n[dev-dependencies]\nproptest = \"1\"\n[workspace.dependencies]\ntokio = { version = \"1\" }";
        let told: Vec<String> = cargo(text).into_iter().map(|one| one.name).collect();
        assert_eq!(told, ["cargo", "axum", "proptest", "tokio"]);
    }
}
