//! `cadet application` and `cadet calendar`.

mod calendar;
mod changes;
mod files;
mod reading;

use std::path::PathBuf;

use clap::{Args, Subcommand};

pub use calendar::{CalendarCommand, run_calendar};

use super::exports::ExportFormat;
use super::list::Order;
use super::model::{ApplicationId, Stage};
use super::round::{RoundKind, RoundOutcome};
use crate::error::Result;
use crate::state::Ctx;
use crate::terminal::Terminal;

/// Applications: where each stands, what to do next, what became of them.
#[derive(Debug, Subcommand)]
pub enum ApplicationCommand {
    /// List applications
    #[command(
        visible_alias = "ls",
        after_help = "Example: cadet application list --stage applied --sort waiting"
    )]
    List(ListArgs),
    /// Show one application with its rounds, notes and timeline
    #[command(after_help = "Example: cadet application show 3")]
    Show {
        /// The application's number
        id: i64,
    },
    /// Begin an application: for a posting, or by company and title
    #[command(
        after_help = "Example: cadet application add --posting 42\n         cadet application add --company Northlight --title \"Backend Intern\" --stage applied --on 2026-11-02"
    )]
    Add(AddArgs),
    /// Move an application to another stage
    #[command(after_help = "Example: cadet application move 3 interview --on 2026-11-20")]
    Move {
        /// The application's number
        id: i64,
        /// The stage
        #[arg(value_enum)]
        stage: Stage,
        /// The day on which it happened; now if absent
        #[arg(long, value_name = "DAY", default_value = "")]
        on: String,
        /// Why
        #[arg(long, default_value = "")]
        why: String,
    },
    /// Undo the last step, or one entry of the timeline
    #[command(after_help = "Example: cadet application undo 3")]
    Undo {
        /// The application's number
        id: i64,
        /// The entry's number, as `show` tells it
        #[arg(long)]
        event: Option<i64>,
    },
    /// Correct when an entry of the timeline happened
    #[command(after_help = "Example: cadet application correct 3 17 2026-11-02")]
    Correct {
        /// The application's number
        id: i64,
        /// The entry's number, as `show` tells it
        event: i64,
        /// The day
        day: String,
    },
    /// Write a note, or one that is there anew
    #[command(after_help = "Example: cadet application note 3 \"They use Kafka\"")]
    Note {
        /// The application's number
        id: i64,
        /// Its text; empty with --note: it is removed
        text: String,
        /// The note to write anew
        #[arg(long)]
        note: Option<u32>,
    },
    /// Add an interview or assessment, or change one
    #[command(
        after_help = "Example: cadet application round 3 --kind technical --starts \"2026-12-01 10:00\" --zone Europe/Berlin --people \"Ada Brandt\""
    )]
    Round(Box<RoundArgs>),
    /// Add something to do, or tick it off
    #[command(after_help = "Example: cadet application task 3 \"Read their blog\" --round 2")]
    Task(TaskArgs),
    /// Keep what an employer offers
    #[command(
        after_help = "Example: cadet application offer 3 --amount 2100 --currency EUR --per month --answer-by 2026-12-10"
    )]
    Offer(Box<OfferArgs>),
    /// Compare offers side by side
    #[command(after_help = "Example: cadet application compare")]
    Compare,
    /// Say what to do next, with reasons
    #[command(after_help = "Example: cadet application due")]
    Due,
    /// Tick a next action off, or let it go
    #[command(after_help = "Example: cadet application done 3 follow-up-applied-1")]
    Done {
        /// The application's number
        id: i64,
        /// The action's key, as `due` tells it
        action: String,
    },
    /// Let an application sleep until a day; without one it wakes
    #[command(after_help = "Example: cadet application snooze 3 2026-12-01")]
    Snooze {
        /// The application's number
        id: i64,
        /// The day
        #[arg(default_value = "")]
        until: String,
    },
    /// Put an application away, or take it back with --restore
    #[command(after_help = "Example: cadet application archive 3")]
    Archive {
        /// The application's number
        id: i64,
        /// Take it back
        #[arg(long)]
        restore: bool,
    },
    /// Look back at an application that has ended
    #[command(
        after_help = "Example: cadet application review 3 --to-learn \"Partitions of Kafka\" --apply-again 2027-05-01"
    )]
    Review(ReviewArgs),
    /// Freeze a file with an application; without one, what would be sent now
    #[command(after_help = "Example: cadet application freeze 3 resume.pdf --role resume")]
    Freeze {
        /// The application's number
        id: i64,
        /// The file
        file: Option<PathBuf>,
        /// What it is: resume, letter, other
        #[arg(long, default_value = "other")]
        role: String,
    },
    /// Bring a table of another tool
    #[command(
        after_help = "Example: cadet application import huntr.csv --dry-run\n         cadet application import tabelle.csv --map Stelle=title --map 7="
    )]
    Import(ImportArgs),
    /// Take everything out: csv, jsonl or zip
    #[command(after_help = "Example: cadet application export zip applications.zip")]
    Export {
        /// In which form
        #[arg(value_enum)]
        format: ExportFormat,
        /// The file to write; to the standard output if absent
        file: Option<PathBuf>,
    },
    /// Where applications went, how long things take, who answers
    #[command(
        after_help = "Example: cadet application stats\n         cadet application stats --save flows.png"
    )]
    Stats {
        /// Write one of flows, funnel, answer, weeks as .svg or .png, a table as .csv, or share.html into the current folder
        #[arg(long, value_name = "FILE")]
        save: Option<String>,
    },
    /// Write all rows anew from the logs
    #[command(after_help = "Example: cadet application rebuild")]
    Rebuild,
}

/// Which applications.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// With all of these words in company, title, place or source
    pub words: Vec<String>,
    /// Only those at this stage; may be given several times
    #[arg(long, value_enum)]
    pub stage: Vec<Stage>,
    /// Those that are archived instead
    #[arg(long)]
    pub archived: bool,
    /// In which order
    #[arg(long, value_enum, default_value_t)]
    pub sort: Order,
    /// At most so many
    #[arg(long, default_value_t = 50)]
    pub limit: u64,
    /// After so many
    #[arg(long, default_value_t = 0)]
    pub offset: u64,
}

/// What to apply for.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The number of a posting in Cadet
    #[arg(long, conflicts_with_all = ["company", "title"])]
    pub posting: Option<i64>,
    /// The employer
    #[arg(long, default_value = "")]
    pub company: String,
    /// The position
    #[arg(long, default_value = "")]
    pub title: String,
    /// Its page
    #[arg(long, default_value = "")]
    pub url: String,
    /// Where
    #[arg(long, default_value = "")]
    pub place: String,
    /// How it was found
    #[arg(long, default_value = "")]
    pub source: String,
    /// The last day to apply
    #[arg(long, value_name = "DAY", default_value = "")]
    pub deadline: String,
    /// Where it stands already
    #[arg(long, value_enum)]
    pub stage: Option<Stage>,
    /// Since when it stands there
    #[arg(long, value_name = "DAY", default_value = "")]
    pub on: String,
}

/// A round.
#[derive(Debug, Args)]
pub struct RoundArgs {
    /// The application's number
    pub id: i64,
    /// The round to change; a new one if absent
    #[arg(long)]
    pub round: Option<u32>,
    /// What happens in it
    #[arg(long, value_enum)]
    pub kind: Option<RoundKind>,
    /// What it is called
    #[arg(long)]
    pub name: Option<String>,
    /// When it begins, by the clock there: "2026-12-01 10:00"
    #[arg(long, value_name = "TIME")]
    pub starts: Option<String>,
    /// Until when it has to be done: an assessment
    #[arg(long, value_name = "TIME")]
    pub due: Option<String>,
    /// The time zone of these times; that of your settings if absent
    #[arg(long)]
    pub zone: Option<String>,
    /// How many minutes it takes
    #[arg(long)]
    pub minutes: Option<u32>,
    /// Where
    #[arg(long)]
    pub place: Option<String>,
    /// The link of the call or the test
    #[arg(long)]
    pub link: Option<String>,
    /// Somebody who is there; may be given several times
    #[arg(long)]
    pub people: Vec<String>,
    /// Notes on it
    #[arg(long)]
    pub notes: Option<String>,
    /// How it ended
    #[arg(long, value_enum)]
    pub outcome: Option<RoundOutcome>,
    /// It is off
    #[arg(long, requires = "round")]
    pub cancel: bool,
}

/// A task.
#[derive(Debug, Args)]
pub struct TaskArgs {
    /// The application's number
    pub id: i64,
    /// What to do
    #[arg(default_value = "")]
    pub text: String,
    /// The task to change; a new one if absent
    #[arg(long)]
    pub task: Option<u32>,
    /// Until when
    #[arg(long, value_name = "DAY", default_value = "")]
    pub due: String,
    /// For the preparation of this round
    #[arg(long)]
    pub round: Option<u32>,
    /// It is done
    #[arg(long)]
    pub done: bool,
}

/// An offer.
#[derive(Debug, Args)]
pub struct OfferArgs {
    /// The application's number
    pub id: i64,
    /// What is paid
    #[arg(long)]
    pub amount: Option<f64>,
    /// In which currency
    #[arg(long, default_value = "")]
    pub currency: String,
    /// Per hour, day, week, month, year, once
    #[arg(long, default_value = "month")]
    pub per: String,
    /// Hours a week
    #[arg(long)]
    pub hours: Option<u8>,
    /// Weeks in all
    #[arg(long)]
    pub weeks: Option<u16>,
    /// From when
    #[arg(long, default_value = "")]
    pub begins: String,
    /// Where
    #[arg(long, default_value = "")]
    pub place: String,
    /// Until when they want an answer
    #[arg(long, value_name = "DAY", default_value = "")]
    pub answer_by: String,
    /// What else belongs to it
    #[arg(long, default_value = "")]
    pub notes: String,
    /// A mark of yours, 0 to 5: learning=4; may be given several times
    #[arg(long, value_name = "CRITERION=MARK")]
    pub mark: Vec<String>,
}

/// What somebody thinks of an application that has ended.
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// The application's number
    pub id: i64,
    /// What went well
    #[arg(long, default_value = "")]
    pub went_well: String,
    /// What to do otherwise
    #[arg(long, default_value = "")]
    pub otherwise: String,
    /// What to learn
    #[arg(long, default_value = "")]
    pub to_learn: String,
    /// Do not stay in touch with the people met
    #[arg(long)]
    pub no_contact: bool,
    /// The day on which to be told to apply there again
    #[arg(long, value_name = "DAY", default_value = "")]
    pub apply_again: String,
}

/// A table to bring.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The CSV file
    pub file: PathBuf,
    /// What a column holds, by its name or number: COLUMN=FIELD; an empty field lets it go into the note
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// Only say what would become of it
    #[arg(long)]
    pub dry_run: bool,
    /// Add those that are there already once more
    #[arg(long)]
    pub with_known: bool,
}

/// Runs `cadet application`.
///
/// # Errors
/// Whatever the action says.
pub async fn run(ctx: &Ctx, command: ApplicationCommand, out: &Terminal) -> Result<()> {
    use ApplicationCommand as Command;
    match command {
        Command::List(args) => reading::list(ctx, &args, out).await,
        Command::Show { id } => reading::show(ctx, ApplicationId(id), out).await,
        Command::Compare => reading::compare(ctx, out).await,
        Command::Due => reading::due(ctx, out).await,
        Command::Stats { save } => reading::stats(ctx, save.as_deref(), out).await,
        Command::Import(args) => files::import(ctx, &args, out).await,
        Command::Export { format, file } => files::export(ctx, format, file.as_deref(), out).await,
        Command::Freeze { id, file, role } => {
            files::freeze(ctx, ApplicationId(id), file.as_deref(), role, out).await
        }
        Command::Rebuild => files::rebuild(ctx, out).await,
        other => changes::run(ctx, other, out).await,
    }
}
