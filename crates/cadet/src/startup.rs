//! Startup: from a configuration to the running program's parts.

use std::sync::Arc;
use std::time::Duration;

use crate::accounts;
use crate::alerts::percolate::Percolation;
use crate::applications::pages::panel::ApplicationPanel;
use crate::applications::recent::Recent;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::contacts;
use crate::correspondence::pages::MailSection;
use crate::db::Db;
use crate::documents::pages::DocumentPanel;
use crate::entropy::{Entropy, SystemEntropy};
use crate::error::{Error, Result};
use crate::fetch::{Client, Settings};
use crate::matching::memory::Matching;
use crate::postings::index::PostingIndex;
use crate::postings::panels::Panels;
use crate::postings::sources::connector::FetchContext;
use crate::printer::Printer;
use crate::state::{Actor, App, Ctx};

/// How long a language model may take for an answer.
const MODEL_PATIENCE: Duration = Duration::from_secs(25);

/// Parts that a test chooses instead of the operating system's.
#[derive(Clone)]
pub struct World {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives random bytes.
    pub entropy: Arc<dyn Entropy>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

impl Default for World {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy::default()),
        }
    }
}

/// The job queue's view of the program's clock.
struct QueueClock(Arc<dyn Clock>);

impl jobs::Clock for QueueClock {
    fn now_ms(&self) -> i64 {
        self.0.now().0
    }
}

/// Opens the database (migrating it) and the search index, and puts the program together.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] when the database, the data folder or the index cannot be used.
pub async fn open(config: Config, world: World) -> Result<Arc<App>> {
    let db = Db::open(&config).await?;
    let index = PostingIndex::open(&config)?;
    assemble(config, world, db, index).await
}

/// Puts the program together from an open database and index.
///
/// # Errors
/// From the database.
pub async fn assemble(
    config: Config,
    world: World,
    db: Db,
    index: PostingIndex,
) -> Result<Arc<App>> {
    let queue = jobs::Queue::new(
        db.pool().clone(),
        Arc::new(QueueClock(Arc::clone(&world.clock))),
    );
    let fetch = fetch_context(&config, &world)?;
    let model = model_client(&config, &world)?;
    Ok(Arc::new(App {
        config,
        db,
        clock: world.clock,
        entropy: world.entropy,
        fetch,
        index,
        percolation: Percolation::default(),
        panels: panels(),
        fit: Box::new(crate::matching::fit::Fitting),
        matching: Matching::default(),
        application_sections: vec![Box::new(MailSection)],
        recent_applications: Recent::default(),
        queue,
        printer: Printer::default(),
        model,
    }))
}

/// What each feature shows on a posting's page, in order.
fn panels() -> Panels {
    vec![
        Box::new(crate::matching::pages::panel::MatchPanel),
        Box::new(DocumentPanel),
        Box::new(ApplicationPanel),
        Box::new(contacts::pages::PeoplePanel),
    ]
}

/// The client and the boards' addresses, as configured.
fn fetch_context(config: &Config, world: &World) -> Result<FetchContext> {
    let fetch = &config.fetch;
    let settings = Settings {
        user_agent: Settings::user_agent_for(fetch.contact.as_deref()),
        allow_private: fetch.allow_private.clone(),
        proxy: fetch.proxy.clone(),
        read_timeout: Duration::from_secs(fetch.idle_seconds),
        total_timeout: Duration::from_secs(fetch.timeout_seconds),
        max_body_bytes: fetch.max_body_mib.saturating_mul(1024 * 1024),
        per_host_concurrency: fetch.per_host_concurrency,
        per_host_rate: f64::from(fetch.per_host_per_second),
        retries: fetch.retries,
        ..Settings::default()
    };
    let entropy = Arc::clone(&world.entropy);
    let client = Client::new(settings, Arc::clone(&world.clock), Arc::new(move || entropy.unit()))
        .map_err(|cause| Error::unavailable("Requests to the outside cannot be made as configured. Look at `fetch` in `cadet config`.", cause))?;
    // On a server for many, files of the machine are not everybody's to read.
    Ok(FetchContext {
        mailbox: config.mailbox.clone(),
        local_files: !config.server.multi_user,
        smartrecruiters_api: fetch.smartrecruiters_api,
        keys: config.keys.clone(),
        ..FetchContext::new(client, config.endpoints.clone(), Arc::clone(&world.clock))
    })
}

/// The client for the language model that the operator configured: it may reach that address and no other private one.
fn model_client(config: &Config, world: &World) -> Result<Option<Client>> {
    let Some(address) = &config.model.url else {
        return Ok(None);
    };
    let wrong = || {
        Error::invalid(format!(
            "model.url is no address: {address}. Write it like http://127.0.0.1:11434/v1."
        ))
    };
    let url = url::Url::parse(address).map_err(|_| wrong())?;
    let host = url.host_str().ok_or_else(wrong)?;
    let port = url.port_or_known_default().ok_or_else(wrong)?;
    let settings = Settings {
        user_agent: Settings::user_agent_for(config.fetch.contact.as_deref()),
        allow_private: vec![format!("{host}:{port}")],
        proxy: config.fetch.proxy.clone(),
        // A model on a small machine thinks for a while before the first byte.
        read_timeout: MODEL_PATIENCE,
        total_timeout: MODEL_PATIENCE,
        max_body_bytes: 1024 * 1024,
        retries: 0,
        ..Settings::default()
    };
    let entropy = Arc::clone(&world.entropy);
    let clock = Arc::clone(&world.clock);
    let client = Client::new(settings, clock, Arc::new(move || entropy.unit())).map_err(|cause| {
        Error::unavailable("The language model cannot be asked as configured. Look at `model` in `cadet config`.", cause)
    })?;
    Ok(Some(client))
}

/// The context of whoever sits at the machine: the first account, an administrator, made when it is not there yet.
///
/// # Errors
/// From the database.
pub async fn operator(app: &Arc<App>) -> Result<Ctx> {
    let account = accounts::actions::local_account_ensure(&Ctx::system(Arc::clone(app))).await?;
    let actor = Actor::Person {
        account: account.id,
        role: account.role,
        scopes: None,
    };
    Ok(Ctx::new(Arc::clone(app), actor))
}
