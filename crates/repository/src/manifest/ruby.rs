//! Bundler's `Gemfile`.

use super::{Ecosystem, Named};

/// The names of all gems.
pub(super) fn gemfile(text: &str) -> Vec<Named> {
    let mut named = vec![Named::tool("bundler")];
    let mut development = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("group ") && line.ends_with("do") {
            development = line.contains(":test") || line.contains(":development");
        } else if line == "end" {
            development = false;
        } else if let Some(rest) = line.strip_prefix("gem ") {
            let name = rest.split(['"', '\'']).nth(1);
            named.extend(
                name.map(|name| Named::new(Ecosystem::Ruby, name).for_development(development)),
            );
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gems_of_a_group_for_tests_are_for_development() {
        let text = "source \"https://rubygems.org\"\ngem \"rails\", \"~> 7\"\n# gem 'no'\ngroup :development, :test do\n  gem 'rspec-rails'\nend\ngem 'pg'";
        let told: Vec<(String, bool)> = gemfile(text)
            .into_iter()
            .map(|one| (one.name, one.development))
            .collect();
        assert_eq!(
            told,
            [
                ("bundler".into(), false),
                ("rails".into(), false),
                ("rspec-rails".into(), true),
                ("pg".into(), false)
            ]
        );
    }
}
