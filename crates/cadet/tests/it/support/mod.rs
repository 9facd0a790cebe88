//! A running Cadet for one test: `TestApp::start().await`. It leaves nothing behind when it is dropped.

mod browser;
mod database;
pub mod sample;

use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::Arc;

use cadet::accounts::actions;
use cadet::accounts::model::{AccountId, Client, Role, Scope};
use cadet::clock::{ManualClock, Timestamp};
use cadet::config::{Config, Secret};
use cadet::entropy::SeededEntropy;
use cadet::postings::index::PostingIndex;
use cadet::startup::{self, World};
use cadet::state::{Actor, App, Ctx};
use cadet::web;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

pub use browser::{Answer, Browser};
use database::TestDatabase;

/// When every test begins: 2026-11-23T12:00:00Z.
pub const START: Timestamp = Timestamp(1_795_435_200_000);
/// The password of every account that [`TestApp::account`] makes.
pub const PASSWORD: &str = "correct horse battery";

/// What a command left behind.
#[derive(Debug)]
pub struct Output {
    /// Its exit code; none if it was killed.
    pub code: Option<i32>,
    /// What it printed.
    pub text: String,
    /// What it printed to the error output.
    pub errors: String,
}

/// A Cadet with its own database, clock, port and folder. Fields are dropped in order: the server stops, then the
/// database goes, then the folder.
pub struct TestApp {
    _stop: DropGuard,
    /// The program's parts.
    pub app: Arc<App>,
    /// Moves the time.
    pub clock: ManualClock,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    client: reqwest::Client,
    database: TestDatabase,
    _folder: TempDir,
}

impl TestApp {
    /// A Cadet for one person, who is account 1.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// A Cadet for several.
    pub async fn start_multi_user() -> Self {
        Self::start_with(|config| config.server.multi_user = true).await
    }

    /// A Cadet with a changed configuration.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = TempDir::with_prefix("cadet-test-").expect("a temporary folder");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address: SocketAddr = listener.local_addr().expect("a bound address");
        let mut config = Config {
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        config.server.bind = address;
        change(&mut config);
        let (database, db) = TestDatabase::create(folder.path()).await;
        let clock = ManualClock::new(START);
        let world = World {
            clock: Arc::new(clock.clone()),
            entropy: Arc::new(SeededEntropy::new(7)),
        };
        let index = PostingIndex::in_memory().expect("an index in memory");
        let app = startup::assemble(config, world, db, index).await;
        let app = app.expect("the parts fit together");
        let system = Ctx::system(app.clone());
        actions::local_account_ensure(&system)
            .await
            .expect("account 1");
        let stop = CancellationToken::new();
        tokio::spawn(web::serve(app.clone(), listener, stop.clone()));
        Self {
            _stop: stop.drop_guard(),
            app,
            clock,
            url: format!("http://{address}"),
            client: browser::client(),
            database,
            _folder: folder,
        }
    }

    /// What `cadet` with these arguments prints, on this Cadet's database. `input` is its standard input.
    pub async fn command(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self
            .prepared(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A command that reads nothing may have closed its end already.
        let _ = stdin.write_all(input.as_bytes()).await;
        drop(stdin);
        let done = child.wait_with_output().await.expect("it ends");
        Output {
            code: done.status.code(),
            text: String::from_utf8(done.stdout).expect("text"),
            errors: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    }

    /// `cadet` with these arguments on this Cadet's database, to be started by the test.
    pub fn prepared(&self, arguments: &[&str]) -> tokio::process::Command {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_cadet"));
        command
            .args(arguments)
            .env("CADET_DATA_DIR", &self.app.config.data_dir)
            .env(
                "CADET_SERVER__BIND",
                self.app.config.server.bind.to_string(),
            )
            .env(
                "CADET_SERVER__MULTI_USER",
                self.app.config.server.multi_user.to_string(),
            )
            .env_remove("CADET_DATABASE_URL")
            .kill_on_drop(true);
        if let Some(url) = self.database.url() {
            command.env("CADET_DATABASE_URL", url);
        }
        command
    }

    /// The context of the program itself.
    pub fn system(&self) -> Ctx {
        Ctx::system(self.app.clone())
    }

    /// The context of a person with a session.
    pub fn person(&self, account: AccountId, role: Role) -> Ctx {
        let actor = Actor::Person {
            account,
            role,
            scopes: None,
        };
        Ctx::new(self.app.clone(), actor)
    }

    /// The context of somebody who is not signed in.
    pub fn nobody_ctx(&self) -> Ctx {
        Ctx::new(self.app.clone(), Actor::Nobody)
    }

    /// Somebody who is not signed in.
    pub fn nobody(&self) -> Browser {
        Browser::new(self.client.clone(), self.url.clone())
    }

    /// Account 1, an administrator, signed in by a one-time link.
    pub async fn owner(&self) -> Browser {
        self.signed_in(AccountId::LOCAL).await
    }

    /// A new account with [`PASSWORD`], made by accepting an invitation; needs a Cadet for several.
    pub async fn account(&self, email: &str, role: Role) -> AccountId {
        let ctx = self.system();
        let invited = actions::invitation_create(&ctx, role, None)
            .await
            .expect("an invitation");
        let acceptance = actions::Acceptance {
            name: email.split('@').next().unwrap_or("x").to_owned(),
            email: email.to_owned(),
            password: Secret(PASSWORD.to_owned()),
        };
        let client = Client::default();
        let session =
            actions::invitation_accept(&ctx, &invited.secret.0, acceptance, &client).await;
        session.expect("an account").account
    }

    /// A browser that is signed in as `account`.
    pub async fn signed_in(&self, account: AccountId) -> Browser {
        let ctx = self.system();
        let link = actions::login_link_create_for(&ctx, account)
            .await
            .expect("a link");
        let client = Client::default();
        let session = actions::login_link_consume(&ctx, &link.token.0, &client).await;
        let secret = session.expect("a session").secret.0;
        self.nobody().with_cookie("cadet", &secret)
    }

    /// A program with a token of `account` that allows `scopes`.
    pub async fn with_token(&self, account: AccountId, scopes: &[Scope]) -> Browser {
        let request = actions::TokenRequest {
            name: "a test".into(),
            scopes: scopes.to_vec(),
            expires_in_days: None,
        };
        let created = actions::token_create(&self.person(account, Role::Admin), request).await;
        self.nobody()
            .with_bearer(&created.expect("a token").secret.0)
    }
}
