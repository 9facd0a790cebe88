//! The command line: what can be asked of Cadet, and where each command is done.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::alerts::commands::AlertCommand;
use crate::applications::commands::{ApplicationCommand, CalendarCommand};
use crate::contacts::commands::ContactCommand;
use crate::correspondence::commands::{MailCommand, RepliesCommand};
use crate::documents::commands::DocumentCommand;
use crate::market::commands::MarketArgs;
use crate::matching::commands::{GapArgs, MatchArgs};
use crate::postings::commands::{SearchArgs, SyncArgs};
use crate::postings::openings::commands::OpeningCommand;
use crate::postings::sources::commands::SourceCommand;
use crate::profile::commands::ProfileCommand;
use crate::skills::evidence::commands::EvidenceCommand;

/// From the first backend skill to a signed internship.
#[derive(Debug, Parser)]
#[command(
    name = "cadet",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
#[command(
    after_help = "Begin with: cadet demo\nExit codes: 0 done, 1 fault of Cadet, 2 unusable input, 3 not found, 4 not allowed, 5 conflict, 6 something outside does not work."
)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// What holds for every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The folder for Cadet's data
    #[arg(long, global = true, env = "CADET_DATA_DIR", value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    /// The configuration file
    #[arg(long, global = true, env = "CADET_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Write JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Show no progress and no remarks
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Log more: -v what happens, -vv every step
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open Cadet with sample career sites on this machine, and nothing from outside
    #[command(after_help = "Example: cadet demo --port 8080")]
    Demo(DemoArgs),
    /// Serve the browser interface, and do the background work
    #[command(after_help = "Example: cadet serve --bind 127.0.0.1:7878")]
    Serve(ServeArgs),
    /// Do background work only, beside other nodes that serve
    #[command(after_help = "Example: cadet work --concurrency 8")]
    Work {
        /// Jobs under way at once
        #[arg(long)]
        concurrency: Option<usize>,
    },
    /// Poll the sources now
    #[command(after_help = "Example: cadet sync 3 7")]
    Sync(SyncArgs),
    /// Add, list, check and remove sources
    #[command(
        subcommand,
        visible_alias = "sources",
        after_help = "Example: cadet source add https://example.org/careers"
    )]
    Source(SourceCommand),
    /// Search postings
    #[command(
        after_help = "Example: cadet search \"backend java\" --internship --open --country DE"
    )]
    Search(Box<SearchArgs>),
    /// Show one posting, or what happened to it with --history
    #[command(after_help = "Example: cadet show 42 --json")]
    Show(crate::postings::commands::show::ShowArgs),
    /// Keep a posting, or let it go with --remove
    #[command(after_help = "Example: cadet save 42")]
    Save {
        /// The posting's number
        id: i64,
        /// Let it go
        #[arg(long)]
        remove: bool,
    },
    /// Which postings are one opening, and why
    #[command(
        subcommand,
        visible_alias = "openings",
        after_help = "Example: cadet opening show 42"
    )]
    Opening(OpeningCommand),
    /// Saved searches that tell you what is new
    #[command(
        subcommand,
        visible_alias = "alerts",
        after_help = "Example: cadet alert add \"Java in Germany\" java --internship --country DE"
    )]
    Alert(AlertCommand),
    /// Your profile: show, edit, import, export, and go back
    #[command(subcommand, after_help = "Example: cadet profile import resume.pdf")]
    Profile(ProfileCommand),
    /// Make resumes, letters and notes that state only what your profile holds
    #[command(
        subcommand,
        visible_alias = "documents",
        after_help = "Example: cadet document make 42 --kind letter --out letter.pdf"
    )]
    Document(DocumentCommand),
    /// Applications: where each stands, what to do next, what became of them
    #[command(
        subcommand,
        visible_alias = "applications",
        after_help = "Example: cadet application add --posting 42"
    )]
    Application(ApplicationCommand),
    /// The calendar of interviews, deadlines and tasks
    #[command(subcommand, after_help = "Example: cadet calendar url")]
    Calendar(CalendarCommand),
    /// What to do next, with reasons; what is new; the week
    #[command(after_help = "Example: cadet today")]
    Today,
    /// People whom you know: conversations, promises, events, vCard files
    #[command(
        subcommand,
        visible_alias = "contacts",
        after_help = "Example: cadet contact add \"Mira Okafor\" --company Northlight --met event"
    )]
    Contact(ContactCommand),
    /// Mail that you write: drafts, files for your mail program, sending after a look
    #[command(
        subcommand,
        after_help = "Example: cadet mail new --contact 1 --subject \"Thank you\" --text \"Dear Mira, ...\""
    )]
    Mail(MailCommand),
    /// What employers answer, as proposals that you accept or let go
    #[command(
        subcommand,
        visible_alias = "reply",
        after_help = "Example: cadet replies read answer.eml"
    )]
    Replies(RepliesCommand),
    /// Read postings from a file once, without polling it again
    #[command(after_help = "Example: cadet import postings.jsonl")]
    Import {
        /// A list, a feed, a saved page, or an export of Cadet
        file: PathBuf,
    },
    /// Write data for other programs
    #[command(after_help = "Example: cadet export postings --json > postings.jsonl")]
    Export {
        /// What
        #[arg(value_enum)]
        what: Exported,
    },
    /// The taxonomy of skills
    #[command(after_help = "Example: cadet skills postgres")]
    Skills {
        /// Only skills whose name or alias contains this
        word: Option<String>,
    },
    /// What backend internships ask for, what they pay, and when they open and close
    #[command(after_help = "Example: cadet market --country DE")]
    Market(MarketArgs),
    /// How postings fit you: the best ones, or one with each requirement
    #[command(after_help = "Example: cadet match 42")]
    Match(MatchArgs),
    /// The fewest skills that would open the most postings to you
    #[command(after_help = "Example: cadet gap --country DE")]
    Gap(GapArgs),
    /// What proves your skills: scan repositories, add and check evidence
    #[command(
        subcommand,
        after_help = "Example: cadet evidence scan ~/code/shop --email ada@example.org"
    )]
    Evidence(EvidenceCommand),
    /// The search index
    #[command(subcommand, after_help = "Example: cadet index rebuild")]
    Index(IndexCommand),
    /// Back the database up while Cadet runs
    #[command(after_help = "Example: cadet backup cadet-2026-11-23.db")]
    Backup {
        /// The file to write; it must not exist
        file: PathBuf,
    },
    /// Put a backup in the place of the database
    #[command(after_help = "Example: cadet restore cadet-2026-11-23.db")]
    Restore {
        /// The backup
        file: PathBuf,
        /// Replace a database that holds data; it is kept beside as cadet.db.before-restore
        #[arg(long)]
        replace: bool,
    },
    /// Check database, index, disk, clock, mail and sources, and say what to do
    #[command(after_help = "Example: cadet doctor")]
    Doctor,
    /// Show the configuration and where each value comes from
    #[command(after_help = "Example: cadet config --json")]
    Config,
    /// Print a one-time link for signing in to the running server
    #[command(after_help = "Example: cadet login-link")]
    LoginLink,
    /// Personal access tokens for programs
    #[command(
        subcommand,
        visible_alias = "tokens",
        after_help = "Example: cadet token create laptop --scope read"
    )]
    Token(crate::accounts::commands::TokenCommand),
    /// Accounts, for a Cadet that serves many
    #[command(
        subcommand,
        visible_alias = "accounts",
        after_help = "Example: cadet account invite --role candidate"
    )]
    Account(crate::accounts::commands::AccountCommand),
    /// Background jobs that were given up on
    #[command(
        subcommand,
        visible_alias = "jobs",
        after_help = "Example: cadet job list"
    )]
    Job(crate::operations::commands::JobCommand),
    /// Write a completion script for a shell
    #[command(
        after_help = "Example: cadet completions bash > ~/.local/share/bash-completion/completions/cadet"
    )]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write the manual page
    #[command(after_help = "Example: cadet man > cadet.1")]
    Man,
}

/// `cadet demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// The port to serve on; 0: any free one
    #[arg(long, default_value_t = Self::USUAL_PORT)]
    pub port: u16,
    /// Keep the demo's data in this folder instead of a temporary one
    #[arg(long, value_name = "FOLDER")]
    pub keep: Option<PathBuf>,
    /// End when everything is ready instead of serving
    #[arg(long)]
    pub once: bool,
}

impl DemoArgs {
    /// The port that is tried unless another is asked for; when it is taken, any free one is used.
    pub const USUAL_PORT: u16 = 7878;
}

/// `cadet serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Address and port
    #[arg(long)]
    pub bind: Option<String>,
    /// The address under which people reach it
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Accounts with sign-in instead of one person
    #[arg(long)]
    pub multi_user: bool,
    /// Serve only; another node works
    #[arg(long)]
    pub no_worker: bool,
}

/// `cadet index`.
#[derive(Debug, Subcommand)]
pub enum IndexCommand {
    /// Empty the index and fill it again from the database
    #[command(after_help = "Example: cadet index rebuild")]
    Rebuild,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Exported {
    /// Every posting, one JSON object a line
    Postings,
    /// Your saved searches
    Alerts,
    /// The sources, one JSON object a line
    Sources,
}

/// The whole command line, for completions and the manual page.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}
