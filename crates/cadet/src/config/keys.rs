//! Keys for interfaces that ask for one, and how the environment gives them.

use figment::value::{Dict, Map};
use figment::{Metadata, Profile, Provider};
use serde::{Deserialize, Serialize};

use super::Secret;

/// Keys that the operator got from the owners of interfaces that ask for one. Never shown, logged, or stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Key for USAJobs.
    pub usajobs_key: Option<Secret>,
    /// The mail address for which USAJobs gave the key; it wants it with each call.
    pub usajobs_email: Option<Secret>,
    /// The application's id at Adzuna.
    pub adzuna_app_id: Option<Secret>,
    /// The application's key at Adzuna.
    pub adzuna_app_key: Option<Secret>,
    /// Key for The Muse, which grants more calls to those who have one.
    pub the_muse_key: Option<Secret>,
}

/// The environment's keys, taken as they stand there: a key of nothing but digits is a text and no number.
pub(super) struct PlainKeys(Dict);

impl PlainKeys {
    pub(super) fn of<N: ToString>(variables: impl Iterator<Item = (N, String)>) -> Self {
        Self(
            variables
                .map(|(name, value)| (name.to_string().to_lowercase(), value.into()))
                .collect(),
        )
    }
}

impl Provider for PlainKeys {
    fn metadata(&self) -> Metadata {
        Metadata::named("`CADET_` environment variable(s)")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let mut all = Dict::new();
        if !self.0.is_empty() {
            all.insert("keys".to_owned(), self.0.clone().into());
        }
        Ok(Map::from([(Profile::Default, all)]))
    }
}

#[cfg(test)]
mod tests {
    use figment::Figment;
    use figment::providers::Serialized;

    use super::*;
    use crate::config::Config;

    fn with_keys(variables: &[(&str, &str)]) -> Result<Config, Box<figment::Error>> {
        let variables = variables
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        Figment::from(Serialized::defaults(Config::default()))
            .merge(PlainKeys::of(variables))
            .extract()
            .map_err(Box::new)
    }

    #[test]
    fn a_key_of_nothing_but_digits_is_taken_as_it_stands() {
        let config =
            with_keys(&[("adzuna_app_id", "00123e4"), ("ADZUNA_APP_KEY", "true")]).unwrap();
        assert_eq!(
            config.keys.adzuna_app_id,
            Some(Secret("00123e4".to_owned()))
        );
        assert_eq!(config.keys.adzuna_app_key, Some(Secret("true".to_owned())));
        assert_eq!(config.keys.the_muse_key, None);
    }

    #[test]
    fn a_key_that_does_not_exist_is_an_error() {
        assert!(with_keys(&[("adzuna", "x")]).is_err());
    }

    #[test]
    fn keys_are_never_shown() {
        let config = with_keys(&[
            ("usajobs_key", "geheim"),
            ("usajobs_email", "jo@example.org"),
        ])
        .unwrap();
        let shown = format!("{config:?} {}", serde_json::to_string(&config).unwrap());
        assert!(
            !shown.contains("geheim") && !shown.contains("jo@example.org"),
            "{shown}"
        );
    }
}
