//! What every action gets: the program's parts ([`App`]) and who is acting ([`Ctx`]).

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::accounts::model::{AccountId, Role, Scope};
use crate::alerts::percolate::Percolation;
use crate::applications::panels::ApplicationSections;
use crate::applications::recent::Recent;
use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::db::Db;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::fetch::Client;
use crate::matching::memory::Matching;
use crate::postings::fit::PostingFit;
use crate::postings::index::PostingIndex;
use crate::postings::panels::Panels;
use crate::postings::sources::connector::FetchContext;
use crate::printer::Printer;

/// The running program: one for each process, shared by everything in it.
pub struct App {
    /// Configuration, resolved once.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// What connectors read sources with.
    pub fetch: FetchContext,
    /// The search index of this process.
    pub index: PostingIndex,
    /// The saved searches that this process asks of what appears.
    pub percolation: Percolation,
    /// What other features show on a posting's page.
    pub panels: Panels,
    /// How postings fit people.
    pub fit: Box<dyn PostingFit>,
    /// What postings ask for, as this process knows it, and the fits that it has read.
    pub matching: Matching,
    /// What other features show on an application's page.
    pub application_sections: ApplicationSections,
    /// Answers over all applications of a person that were just worked out.
    pub recent_applications: Recent,
    /// The queue of background work.
    pub queue: jobs::Queue,
    /// Sets documents on pages.
    pub printer: Printer,
    /// Asks the language model, if one is configured: the only client that may reach its address.
    pub model: Option<Client>,
}

impl App {
    /// The instant now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

/// The context of one action: the program and who acts. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ctx {
    app: Arc<App>,
    actor: Actor,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The program itself: jobs, schedules, and commands on its own machine that concern no single person.
    System,
    /// A person.
    Person {
        /// Whose rows they may touch.
        account: AccountId,
        /// What they are.
        role: Role,
        /// What the token they came with allows; `None`: a session or the command line, which may all.
        scopes: Option<Vec<Scope>>,
    },
    /// Somebody who is not signed in.
    Nobody,
}

impl Ctx {
    /// A context for `actor`.
    #[must_use]
    pub fn new(app: Arc<App>, actor: Actor) -> Self {
        Self { app, actor }
    }

    /// A context for the program itself.
    #[must_use]
    pub fn system(app: Arc<App>) -> Self {
        Self::new(app, Actor::System)
    }

    /// The program's parts, for what outlives this action.
    #[must_use]
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The account whose rows this action may touch.
    ///
    /// # Errors
    /// [`Error::Unauthorised`] when nobody is signed in, or the program itself acts.
    pub fn owner(&self) -> Result<AccountId> {
        match &self.actor {
            Actor::Person { account, .. } => Ok(*account),
            Actor::System | Actor::Nobody => {
                Err(Error::Unauthorised("this belongs to a person.".into()))
            }
        }
    }

    /// Allows the action to those who may change what all share: administrators, the program itself, and the one
    /// person of a single-user Cadet (who is an administrator).
    ///
    /// # Errors
    /// [`Error::Forbidden`] for anybody else.
    pub fn require_admin(&self) -> Result<()> {
        match &self.actor {
            Actor::System
            | Actor::Person {
                role: Role::Admin, ..
            } => Ok(()),
            Actor::Person { .. } => Err(Error::Forbidden(
                "Only an administrator may do this. Ask yours.".into(),
            )),
            Actor::Nobody => Err(Error::Unauthorised(
                "only an administrator may do this.".into(),
            )),
        }
    }
}

impl Deref for Ctx {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}
