//! Configuration: defaults, file, environment and flags, resolved once into plain values.
//!
//! The environment names each value `CADET_` plus its path with `__` between: `CADET_SERVER__BIND`. Three have short
//! names, since everybody sets them: `CADET_DATA_DIR`, `CADET_DATABASE_URL` and `CADET_CONFIG` (the file's path).

mod endpoints;
mod health;
mod keys;
mod lifecycle;
mod log;
mod mailbox;
mod model;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use etcetera::{AppStrategy as _, AppStrategyArgs, choose_app_strategy};
use figment::providers::{Env, Format as _, Serialized, Toml};
use figment::{Figment, Metadata};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

pub use endpoints::Endpoints;
pub use health::Health;
pub use keys::Keys;
use keys::PlainKeys;
pub use lifecycle::Lifecycle;
pub use log::{Log, LogFormat};
pub use mailbox::Mailbox;
pub use model::Model;

/// All that can be configured.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The folder that holds the database, the search index and backups.
    pub data_dir: PathBuf,
    /// `postgres://...`; without it a SQLite file in the data folder is used.
    pub database_url: Option<Secret>,
    /// The web server.
    pub server: Server,
    /// Requests to the outside.
    pub fetch: Fetch,
    /// Where the boards' interfaces are.
    pub endpoints: Endpoints,
    /// Keys for interfaces that ask for one.
    pub keys: Keys,
    /// The outgoing mail server.
    pub mail: Mail,
    /// Mailboxes whose alert mails are read.
    pub mailbox: Mailbox,
    /// Background work.
    pub work: Work,
    /// When postings are held to be closed.
    pub lifecycle: Lifecycle,
    /// Who is told when a source needs a look.
    pub health: Health,
    /// The language model that may propose wordings.
    pub model: Model,
    /// What is logged.
    pub log: Log,
}

/// The web server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port to listen on.
    pub bind: SocketAddr,
    /// The address under which people reach it, if it is not the one bound: `https://cadet.example.org`.
    pub public_url: Option<String>,
    /// Accounts with sign-in instead of one person on this machine.
    pub multi_user: bool,
    /// Requests a minute for one token or address on `/api`.
    pub api_requests_per_minute: u32,
}

/// Requests to the outside.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fetch {
    /// A mail address or page that sites can turn to; part of the user agent.
    pub contact: Option<String>,
    /// Hosts (`host` or `host:port`) with private addresses that may be reached all the same.
    pub allow_private: Vec<String>,
    /// `http://`, `https://` or `socks5://` proxy.
    pub proxy: Option<String>,
    /// Seconds for a whole answer.
    pub timeout_seconds: u64,
    /// Seconds without a single byte.
    pub idle_seconds: u64,
    /// Largest answer after decompression, in MiB.
    pub max_body_mib: u64,
    /// Requests under way at one host.
    pub per_host_concurrency: usize,
    /// Requests a second to one host.
    pub per_host_per_second: u32,
    /// Further tries after 429, 5xx and broken connections.
    pub retries: u32,
    /// Asks the interface of SmartRecruiters instead of reading its career pages. Its robots.txt keeps crawlers out, so it is the
    /// operator who decides that this program may ask it.
    pub smartrecruiters_api: bool,
}

/// The outgoing mail server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtp://user:password@host:port` (STARTTLS when offered), `smtps://...` (TLS from the start).
    pub smtp_url: Option<Secret>,
    /// The sender: `Cadet <cadet@example.org>`.
    pub from: Option<String>,
}

/// Background work.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// Jobs under way at once in one process.
    pub concurrency: usize,
    /// Minutes between two polls of a source, unless the source says otherwise.
    pub poll_minutes: u32,
}

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(secret)")
    }
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str("(secret)")
    }
}

/// What the command line overrides.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// `--config`.
    pub config: Option<PathBuf>,
    /// Any further value by its path: (`server.bind`, value).
    pub values: Vec<(String, serde_json::Value)>,
}

/// The resolved configuration and where each value came from.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The values.
    pub config: Config,
    /// Path of a value and its origin (`default`, the file, `environment`, `command line`), in order of path.
    pub origins: Vec<(String, String)>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::new(),
            database_url: None,
            server: Server {
                bind: SocketAddr::from(([127, 0, 0, 1], 7878)),
                public_url: None,
                multi_user: false,
                api_requests_per_minute: 600,
            },
            fetch: Fetch {
                contact: None,
                allow_private: Vec::new(),
                proxy: None,
                timeout_seconds: 60,
                idle_seconds: 15,
                max_body_mib: 32,
                per_host_concurrency: 2,
                per_host_per_second: 2,
                retries: 3,
                smartrecruiters_api: false,
            },
            endpoints: Endpoints::default(),
            keys: Keys::default(),
            mail: Mail {
                smtp_url: None,
                from: None,
            },
            mailbox: Mailbox::default(),
            work: Work {
                concurrency: 4,
                poll_minutes: 60,
            },
            lifecycle: Lifecycle::default(),
            health: Health::default(),
            model: Model::default(),
            log: Log {
                filter: "warn,cadet=info".into(),
                format: LogFormat::Text,
            },
        }
    }
}

impl Config {
    /// The SQLite file, used when no database URL is set.
    #[must_use]
    pub fn sqlite_path(&self) -> PathBuf {
        self.data_dir.join("cadet.db")
    }

    /// The folder of the search index.
    #[must_use]
    pub fn index_dir(&self) -> PathBuf {
        self.data_dir.join("index")
    }
}

impl Server {
    /// The full address of `path` (which begins with `/`), as people reach it.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        match &self.public_url {
            Some(url) => format!("{}{path}", url.trim_end_matches('/')),
            None => format!("http://{}{path}", self.bind),
        }
    }
}

/// Resolves the configuration: defaults, then the file, then the environment, then the command line.
///
/// # Errors
/// [`Error::Invalid`] names the value, what was expected and where the value came from.
pub fn resolve(overrides: &Overrides) -> Result<Resolved> {
    let folders = choose_app_strategy(AppStrategyArgs {
        top_level_domain: "org".into(),
        author: "cadet".into(),
        app_name: "cadet".into(),
    })
    .map_err(|cause| {
        Error::unavailable(
            "Your home folder is not known. Set CADET_DATA_DIR to a folder for Cadet's data.",
            cause,
        )
    })?;
    let file = config_file(overrides, &folders.config_dir())?;
    let defaults = Config {
        data_dir: folders.data_dir(),
        ..Config::default()
    };
    let mut figment = Figment::from(Serialized::defaults(defaults))
        .merge(Toml::file(&file))
        .merge(environment())
        .merge(PlainKeys::of(Env::prefixed("CADET_KEYS__").iter()));
    if let Some(data_dir) = &overrides.data_dir {
        figment = figment.merge(Serialized::global("data_dir", data_dir));
    }
    for (path, value) in &overrides.values {
        figment = figment.merge(Serialized::global(path, value));
    }
    let mut config: Config = figment
        .extract()
        .map_err(|error| Error::invalid(describe(&error)))?;
    config.data_dir = std::path::absolute(&config.data_dir)
        .map_err(|cause| Error::unavailable("The data folder's path cannot be resolved.", cause))?;
    Ok(Resolved {
        origins: origins(&figment, &config),
        config,
    })
}

/// The environment's part. `CADET_CONFIG` names the file and the test suite's `CADET_TEST_*` are no configuration.
fn environment() -> Env {
    Env::prefixed("CADET_")
        .filter(|key| {
            !key.starts_with("test_")
                && !key.starts_with("keys__")
                && key != "config"
                && key != "log_dir"
        })
        .split("__")
}

fn config_file(overrides: &Overrides, config_dir: &Path) -> Result<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the environment"
    )]
    let named = overrides
        .config
        .clone()
        .or_else(|| std::env::var("CADET_CONFIG").ok().map(PathBuf::from));
    match named {
        Some(path) if !path.is_file() => Err(Error::invalid(format!(
            "There is no configuration file {}. Create it, or leave out --config / CADET_CONFIG.",
            path.display()
        ))),
        Some(path) => Ok(path),
        None => Ok(config_dir.join("cadet.toml")),
    }
}

fn describe(error: &figment::Error) -> String {
    let first = error
        .clone()
        .into_iter()
        .next()
        .unwrap_or_else(|| error.clone());
    let place = first
        .metadata
        .as_ref()
        .map_or_else(String::new, |metadata| {
            format!(" in {}", source_of(metadata))
        });
    format!(
        "The configuration{place} cannot be used: {}. Run `cadet config` to see every value and its origin.",
        first.kind.to_string().trim_end_matches('.')
    ) + &if first.path.is_empty() {
        String::new()
    } else {
        format!(" (value: {})", first.path.join("."))
    }
}

fn source_of(metadata: &Metadata) -> String {
    match &metadata.source {
        Some(figment::Source::File(path)) => path.display().to_string(),
        _ if metadata.name.contains("environment") => "the environment".into(),
        _ => metadata.name.to_string(),
    }
}

fn origins(figment: &Figment, config: &Config) -> Vec<(String, String)> {
    let value = serde_json::to_value(config).unwrap_or_default();
    let mut paths = Vec::new();
    leaves(&value, String::new(), &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let origin = figment.find_metadata(&path).map_or_else(
                || "default".into(),
                |metadata| match &metadata.source {
                    Some(figment::Source::File(file)) => file.display().to_string(),
                    _ if metadata.name.contains("environment") => "environment".into(),
                    Some(figment::Source::Code(_)) if overridden(figment, &path) => {
                        "command line".into()
                    }
                    _ => "default".into(),
                },
            );
            (path, origin)
        })
        .collect()
}

/// Whether the command line set this value: it is the only code that sets single values instead of the whole.
fn overridden(figment: &Figment, path: &str) -> bool {
    figment
        .metadata()
        .filter(|metadata| matches!(metadata.source, Some(figment::Source::Code(_))))
        .count()
        > 1
        && figment
            .find_metadata(path)
            .is_some_and(|found| !found.name.contains("cadet::config::Config"))
}

fn leaves(value: &serde_json::Value, path: String, out: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, inner) in map {
                leaves(
                    inner,
                    if path.is_empty() {
                        key.clone()
                    } else {
                        format!("{path}.{key}")
                    },
                    out,
                );
            }
        }
        _ => out.push(path),
    }
}
