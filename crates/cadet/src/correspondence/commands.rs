//! `cadet mail` and `cadet replies`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::actions::{self, DraftAbout, ReadReport};
use super::draft::DraftInput;
use super::model::{Attachment, Draft, DraftId, DraftState, Reply, ReplyId};
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

/// Rows that the command line lists.
const SHOWN: u64 = 100;

/// Mail that you write.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// List drafts and sent mails, those changed last first
    #[command(visible_alias = "ls", after_help = "Example: cadet mail list --json")]
    List,
    /// Write a draft; nothing is sent
    #[command(
        after_help = "Example: cadet mail new --contact 1 --subject \"Thank you\" --text-file note.txt --attach resume.pdf"
    )]
    New(Box<NewArgs>),
    /// Show exactly what would be sent
    #[command(after_help = "Example: cadet mail show 1")]
    Show {
        /// The mail's number
        id: i64,
    },
    /// Write a mail as an .eml file to the standard output; mail programs open it to be sent
    #[command(after_help = "Example: cadet mail eml 1 > thanks.eml")]
    Eml {
        /// The mail's number
        id: i64,
    },
    /// Send a mail over the configured server, after a look with `cadet mail show`
    #[command(after_help = "Example: cadet mail send 1 --digest 5f0c2a9d")]
    Send {
        /// The mail's number
        id: i64,
        /// The digest that `cadet mail show` told, or its beginning of eight letters at least
        #[arg(long)]
        digest: String,
    },
    /// Note that you sent a mail from your own program
    #[command(after_help = "Example: cadet mail sent 1")]
    Sent {
        /// The mail's number
        id: i64,
    },
    /// Remove a mail here, or bring it back with --restore
    #[command(visible_alias = "rm", after_help = "Example: cadet mail remove 1")]
    Remove {
        /// The mail's number
        id: i64,
        /// Bring it back
        #[arg(long)]
        restore: bool,
    },
}

/// A new mail.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// To whom, separated by commas; the contact's address if absent
    #[arg(long)]
    pub to: Option<String>,
    /// Who gets a copy
    #[arg(long, default_value = "")]
    pub cc: String,
    /// The subject
    #[arg(long)]
    pub subject: Option<String>,
    /// The text
    #[arg(long, conflicts_with = "text_file")]
    pub text: Option<String>,
    /// A file with the text
    #[arg(long, value_name = "FILE")]
    pub text_file: Option<PathBuf>,
    /// The contact that it is to
    #[arg(long, value_name = "NUMBER")]
    pub contact: Option<i64>,
    /// The application that it is about
    #[arg(long, value_name = "NUMBER")]
    pub application: Option<i64>,
    /// A document that goes with it, or is its text
    #[arg(long, value_name = "NUMBER")]
    pub document: Option<i64>,
    /// A file that goes with it; may be given several times
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
}

/// What employers answer.
#[derive(Debug, Subcommand)]
pub enum RepliesCommand {
    /// List what waits for your decision, with the sentence that says it
    #[command(visible_alias = "ls", after_help = "Example: cadet replies list --all")]
    List {
        /// Those that were decided, too
        #[arg(long)]
        all: bool,
    },
    /// Read a saved mail (.eml) or an mbox
    #[command(after_help = "Example: cadet replies read answers.mbox")]
    Read {
        /// The file
        file: PathBuf,
    },
    /// Say which folder is read for answers, or with --remove that none is
    #[command(after_help = "Example: cadet replies mailbox imaps://you@mail.example.org/INBOX")]
    Mailbox {
        /// The folder's address, without the password; without it, says which is read
        address: Option<String>,
        /// Read none
        #[arg(long, conflicts_with = "address")]
        remove: bool,
    },
    /// Read what is new in the folder now
    #[command(after_help = "Example: cadet replies check")]
    Check,
    /// Accept a proposal: the application is moved
    #[command(after_help = "Example: cadet replies accept 3")]
    Accept {
        /// The answer's number
        id: i64,
        /// The application, where the proposal names none
        #[arg(long, value_name = "NUMBER")]
        application: Option<i64>,
    },
    /// Let a proposal go, or bring it back with --restore
    #[command(after_help = "Example: cadet replies dismiss 3")]
    Dismiss {
        /// The answer's number
        id: i64,
        /// Bring it back
        #[arg(long)]
        restore: bool,
    },
}

/// Runs `cadet mail`.
///
/// # Errors
/// Whatever the action says.
pub async fn run_mail(ctx: &Ctx, command: MailCommand, out: &Terminal) -> Result<()> {
    match command {
        MailCommand::List => list(ctx, out).await,
        MailCommand::New(args) => new(ctx, *args, out).await,
        MailCommand::Show { id } => show(ctx, DraftId(id), out).await,
        MailCommand::Eml { id } => out.bytes(&actions::draft_eml(ctx, DraftId(id)).await?),
        MailCommand::Send { id, digest } => send(ctx, DraftId(id), &digest, out).await,
        MailCommand::Sent { id } => {
            let draft = actions::draft_mark_sent(ctx, DraftId(id)).await?;
            out.answer(&draft, || format!("Mail {id} is noted as sent."))
        }
        MailCommand::Remove { id, restore: true } => {
            actions::draft_restore(ctx, DraftId(id)).await?;
            out.answer(&serde_json::json!({ "restored": id }), || {
                format!("Mail {id} is back.")
            })
        }
        MailCommand::Remove { id, restore: false } => {
            actions::draft_remove(ctx, DraftId(id)).await?;
            out.answer(&serde_json::json!({ "removed": id }), || {
                format!("Mail {id} is removed.")
            })
        }
    }
}

async fn list(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let drafts = actions::draft_list(ctx, 0, SHOWN).await?;
    if out.wants_json() {
        return out.json(&drafts);
    }
    if drafts.is_empty() {
        return out.line("There is no mail. Write one: cadet mail new --to mira@example.org --subject \"Hello\" --text \"...\"");
    }
    let columns = [
        ("#", Align::Right),
        ("Subject", Align::Left),
        ("To", Align::Left),
        ("State", Align::Left),
    ];
    let row = |draft: &Draft| {
        vec![
            draft.id.to_string(),
            draft.title().to_owned(),
            draft.to.join(", "),
            draft.state.label().to_owned(),
        ]
    };
    out.table(&columns, drafts.iter().map(row).collect())
}

fn file(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => Error::not_found("file", path.display()),
        _ => Error::unavailable(
            format!("The file {} cannot be read: {cause}.", path.display()),
            cause,
        ),
    })
}

async fn new(ctx: &Ctx, args: NewArgs, out: &Terminal) -> Result<()> {
    let about = DraftAbout {
        contact: args.contact,
        application: args.application,
        document: args.document,
        subject: args.subject,
        to: args.to.clone(),
    };
    let begun = actions::draft_begin(ctx, &about).await?;
    let text = match (args.text, args.text_file) {
        (Some(text), _) => text,
        (None, Some(path)) => String::from_utf8_lossy(&file(&path)?).into_owned(),
        (None, None) => begun.body,
    };
    let to = args.to.unwrap_or(begun.to);
    let input = DraftInput {
        to,
        cc: args.cc,
        subject: begun.subject,
        body: text,
    };
    let files: Vec<(PathBuf, Vec<u8>)> = args
        .attach
        .into_iter()
        .map(|path| file(&path).map(|bytes| (path, bytes)))
        .collect::<Result<_>>()?;
    let mut draft = actions::draft_add(ctx, &about, &input).await?;
    for (path, bytes) in files {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let file = Attachment {
            name: name.unwrap_or_default(),
            media_type: String::new(),
            origin: "your file".into(),
            bytes,
        };
        draft = actions::draft_attach(ctx, draft.id, file).await?;
    }
    out.answer(&draft, || {
        format!(
            "Draft {} is kept. Look at it with: cadet mail show {}",
            draft.id, draft.id
        )
    })
}

async fn show(ctx: &Ctx, id: DraftId, out: &Terminal) -> Result<()> {
    let look = actions::draft_look(ctx, id).await?;
    if out.wants_json() {
        return out.json(&look);
    }
    for (name, value) in &look.headers {
        out.line(format!("{name}: {value}"))?;
    }
    out.line("")?;
    out.line(&look.draft.body)?;
    out.line("")?;
    for file in &look.draft.attachments {
        out.line(format!(
            "File: {} ({}, {})",
            file.name,
            file.size_words(),
            file.media_type
        ))?;
    }
    out.line(format!(
        "{} bytes in all. State: {}.",
        look.size,
        look.draft.state.label()
    ))?;
    match look.hindrance {
        Some(why) => out.line(why),
        None if look.draft.state.is_open() => out.line(format!(
            "To send exactly this: cadet mail send {id} --digest {}",
            look.digest
        )),
        None => Ok(()),
    }
}

async fn send(ctx: &Ctx, id: DraftId, digest: &str, out: &Terminal) -> Result<()> {
    let look = actions::draft_look(ctx, id).await?;
    // Somebody types eight letters rather than thirty-two.
    let whole = if digest.len() >= 8 && look.digest.starts_with(digest) {
        &look.digest
    } else {
        digest
    };
    actions::draft_send(ctx, id, whole).await?;
    crate::work::worker(ctx.app())?.drain().await?;
    let draft = actions::draft_get(ctx, id).await?;
    if draft.state == DraftState::Failed {
        let message = draft.error.unwrap_or_default();
        return Err(Error::Unavailable {
            message,
            cause: None,
        });
    }
    out.answer(&draft, || {
        format!("Mail {id}: {}.", draft.state.label().to_lowercase())
    })
}

/// Runs `cadet replies`.
///
/// # Errors
/// Whatever the action says.
pub async fn run_replies(ctx: &Ctx, command: RepliesCommand, out: &Terminal) -> Result<()> {
    match command {
        RepliesCommand::List { all } => replies(ctx, all, out).await,
        RepliesCommand::Read { file: path } => {
            let report = actions::replies_read(ctx, &file(&path)?).await?;
            report_told(ctx, &report, out).await
        }
        RepliesCommand::Mailbox { address, remove } => {
            mailbox(ctx, address.as_deref(), remove, out).await
        }
        RepliesCommand::Check => {
            let report = actions::mailbox_check(ctx).await?;
            report_told(ctx, &report, out).await
        }
        RepliesCommand::Accept { id, application } => {
            let moved = actions::reply_accept(ctx, ReplyId(id), application).await?;
            out.answer(&serde_json::json!({ "application": moved }), || {
                format!("Application {moved} is moved.")
            })
        }
        RepliesCommand::Dismiss { id, restore: false } => {
            actions::reply_dismiss(ctx, ReplyId(id)).await?;
            out.answer(&serde_json::json!({ "dismissed": id }), || {
                format!("Proposal {id} is let go.")
            })
        }
        RepliesCommand::Dismiss { id, restore: true } => {
            actions::reply_restore(ctx, ReplyId(id)).await?;
            out.answer(&serde_json::json!({ "restored": id }), || {
                format!("Proposal {id} is back.")
            })
        }
    }
}

async fn replies(ctx: &Ctx, all: bool, out: &Terminal) -> Result<()> {
    let found = match all {
        true => actions::reply_list(ctx, None, i64::MAX, SHOWN).await?,
        false => actions::replies_open(ctx, SHOWN).await?,
    };
    if out.wants_json() {
        return out.json(&found);
    }
    if found.is_empty() {
        return out.line("Nothing waits for your decision.");
    }
    found.iter().try_for_each(|reply| tell(reply, out))
}

fn tell(reply: &Reply, out: &Terminal) -> Result<()> {
    let about = reply.application.map_or_else(
        || "of which application is not sure".to_owned(),
        |application| format!("application {application}"),
    );
    let day = reply.received_at.date_string();
    out.line(format!(
        "{}. {day} {}, {about}, {}",
        reply.id,
        reply.kind.label(),
        reply.state.name()
    ))?;
    out.line(format!(
        "   \"{}\" ({}, {})",
        reply.quote, reply.from_address, reply.subject
    ))?;
    out.line(format!("   {}", reply.why.join(" ")))
}

async fn report_told(ctx: &Ctx, report: &ReadReport, out: &Terminal) -> Result<()> {
    if out.wants_json() {
        return out.json(report);
    }
    out.line(report.words())?;
    if report.proposals == 0 {
        return Ok(());
    }
    replies(ctx, false, out).await
}

async fn mailbox(ctx: &Ctx, address: Option<&str>, remove: bool, out: &Terminal) -> Result<()> {
    if remove {
        actions::mailbox_remove(ctx).await?;
    }
    let mailbox = match address {
        Some(address) => Some(actions::mailbox_set(ctx, address).await?),
        None => actions::mailbox_get(ctx).await?,
    };
    out.answer(&mailbox, || match &mailbox {
        Some(mailbox) => format!(
            "{} is read for answers, and never changed.",
            mailbox.address
        ),
        None => "No folder is read for answers.".to_owned(),
    })
}
