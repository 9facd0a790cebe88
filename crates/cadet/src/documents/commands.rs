//! `cadet document`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use resume::EntryId;
use serde::Serialize;

use super::actions::{
    document_check, document_decide, document_list, document_make, document_show,
};
use super::files::document_file;
use super::model::{Document, DocumentId, DocumentKind, DocumentOptions, Format, Given, PaperSize};
use super::paragraphs::{paragraphs_adopt, paragraphs_usable};
use super::store::documents::Listed;
use super::tailor::{Decision, Show};
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

/// Documents that the command line lists.
const LISTED: u64 = 200;

/// Resumes, letters and notes.
#[derive(Debug, Subcommand)]
pub enum DocumentCommand {
    /// Make a resume, a letter or a note, for a posting or for none in particular
    #[command(
        after_help = "Example: cadet document make 42 --kind letter --contact \"Mara Lindt\" --out letter.pdf"
    )]
    Make(Box<MakeArgs>),
    /// List your documents, the newest first
    #[command(
        visible_alias = "ls",
        after_help = "Example: cadet document list --kind resume"
    )]
    List {
        /// Words of the title or the company
        #[arg(default_value = "", hide_default_value = true)]
        words: String,
        /// Only this kind
        #[arg(long, value_enum)]
        kind: Option<DocumentKind>,
    },
    /// Show what a document says, and why
    #[command(after_help = "Example: cadet document show 3 --json")]
    Show {
        /// The document's number
        id: i64,
    },
    /// Look a document over: what it states, spelling, dates, and how programs read the PDF
    #[command(after_help = "Example: cadet document check 3")]
    Check {
        /// The document's number
        id: i64,
    },
    /// Write a document as a file
    #[command(after_help = "Example: cadet document export 3 --format docx --out resume.docx")]
    Export {
        /// The document's number
        id: i64,
        /// The format
        #[arg(long, value_enum, default_value = "pdf")]
        format: Format,
        /// The file to write; without it, one in this folder with the document's own name
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Decide about an entry or a bullet; without any choice, what was decided is taken back
    #[command(after_help = "Example: cadet document decide bullet-3 --show never --posting 42")]
    Decide(DecideArgs),
    /// Show the paragraphs of letters, or make the starters your own with --adopt
    #[command(after_help = "Example: cadet document paragraphs --kind letter --language en")]
    Paragraphs {
        /// The kind of letter
        #[arg(long, value_enum, default_value = "letter")]
        kind: DocumentKind,
        /// The language, two letters
        #[arg(long, default_value = "en")]
        language: String,
        /// Make the starters your own, to adapt them
        #[arg(long)]
        adopt: bool,
    },
}

/// What to make.
#[derive(Debug, Args)]
pub struct MakeArgs {
    /// The posting's number; without one, for none in particular
    pub posting: Option<i64>,
    /// What to make
    #[arg(long, value_enum, default_value_t)]
    pub kind: DocumentKind,
    /// The template, such as classic
    #[arg(long)]
    pub template: Option<String>,
    /// The paper; without it, what is usual there
    #[arg(long, value_enum)]
    pub paper: Option<PaperSize>,
    /// The language, two letters; without it, that of the posting
    #[arg(long)]
    pub language: Option<String>,
    /// Pages that a resume aims at
    #[arg(long)]
    pub pages: Option<u8>,
    /// To whom a letter is written
    #[arg(long, default_value = "")]
    pub contact: String,
    /// Their role
    #[arg(long, default_value = "")]
    pub contact_title: String,
    /// The day of the conversation or application that a note is about, as 2026-11-24
    #[arg(long, default_value = "")]
    pub day: String,
    /// What the conversation was about
    #[arg(long, default_value = "")]
    pub topic: String,
    /// Write it as a file, too; the suffix says the format
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// What to decide.
#[derive(Debug, Args)]
pub struct DecideArgs {
    /// The id of the entry or bullet
    pub entry: String,
    /// Show it always or never
    #[arg(long, value_enum)]
    pub show: Option<Show>,
    /// Its place among its neighbours, 1 for the first
    #[arg(long)]
    pub order: Option<i32>,
    /// The wording to use, one of those that you approved
    #[arg(long)]
    pub wording: Option<String>,
    /// For this posting alone
    #[arg(long)]
    pub posting: Option<i64>,
}

/// Runs `cadet document`.
///
/// # Errors
/// From the action; when the output is closed or a file cannot be written.
pub async fn run(ctx: &Ctx, command: DocumentCommand, out: &Terminal) -> Result<()> {
    match command {
        DocumentCommand::Make(args) => make(ctx, *args, out).await,
        DocumentCommand::List { words, kind } => list(ctx, &words, kind, out).await,
        DocumentCommand::Show { id } => {
            let document = document_show(ctx, DocumentId(id)).await?;
            out.answer(&document, || told(&document))
        }
        DocumentCommand::Check { id } => check(ctx, DocumentId(id), out).await,
        DocumentCommand::Export {
            id,
            format,
            out: file,
        } => {
            let written = write(ctx, DocumentId(id), format, file.as_deref()).await?;
            out.answer(&written, || {
                format!("Wrote {} ({} bytes).", written.file, written.bytes)
            })
        }
        DocumentCommand::Decide(args) => decide(ctx, args, out).await,
        DocumentCommand::Paragraphs {
            kind,
            language,
            adopt,
        } => paragraphs(ctx, kind, &language, adopt, out).await,
    }
}

/// A file that was written.
#[derive(Debug, Serialize)]
struct Written {
    file: String,
    bytes: usize,
}

async fn make(ctx: &Ctx, args: MakeArgs, out: &Terminal) -> Result<()> {
    let options = DocumentOptions {
        template: args.template,
        paper: args.paper,
        language: args.language,
        pages: args.pages,
        given: Given {
            contact: args.contact,
            contact_title: args.contact_title,
            day: args.day,
            topic: args.topic,
            date: String::new(),
        },
    };
    let document = document_make(ctx, args.posting.map(PostingId), args.kind, options).await?;
    out.answer(&document, || told(&document))?;
    if let Some(file) = args.out {
        let suffix = file
            .extension()
            .and_then(|suffix| suffix.to_str())
            .unwrap_or("pdf");
        let written = write(ctx, document.id, suffix.parse()?, Some(&file)).await?;
        out.remark(format!("Wrote {} ({} bytes).", written.file, written.bytes));
    }
    Ok(())
}

async fn write(ctx: &Ctx, id: DocumentId, format: Format, path: Option<&Path>) -> Result<Written> {
    let file = document_file(ctx, id, format).await?;
    let path = path.map_or_else(|| PathBuf::from(&file.name), Path::to_path_buf);
    tokio::fs::write(&path, &file.bytes)
        .await
        .map_err(|cause| {
            Error::unavailable(
                format!("The file {} cannot be written.", path.display()),
                cause,
            )
        })?;
    Ok(Written {
        file: path.display().to_string(),
        bytes: file.bytes.len(),
    })
}

async fn list(ctx: &Ctx, words: &str, kind: Option<DocumentKind>, out: &Terminal) -> Result<()> {
    let listed = Listed {
        limit: LISTED,
        words,
        kind,
        ..Listed::default()
    };
    let found = document_list(ctx, &listed).await?;
    if out.wants_json() {
        return out.json(&found);
    }
    if found.is_empty() {
        return out.line("No document. `cadet document make POSTING` makes one.");
    }
    let columns = [
        ("No.", Align::Right),
        ("Title", Align::Left),
        ("Version", Align::Right),
        ("Template", Align::Left),
        ("Made", Align::Left),
    ];
    let rows = found.into_iter().map(|one| {
        vec![
            one.id.to_string(),
            one.title,
            one.version.to_string(),
            one.template,
            one.made_at.date_string(),
        ]
    });
    out.table(&columns, rows.collect())
}

/// The document in words: what it says, what was chosen and why, what the gate refuses.
fn told(document: &Document) -> String {
    let content = &document.content;
    let mut lines = vec![format!(
        "{}, version {} (number {}), {} on {}, {}",
        document.title,
        document.version,
        document.id,
        document.template,
        document.paper.label(),
        content.language
    )];
    if let Some(letter) = &content.letter {
        lines.push(format!(
            "\n{}",
            super::letters::write::text(letter).trim_end()
        ));
    }
    for choice in &content.chosen {
        let reasons: Vec<String> = choice
            .reasons
            .iter()
            .map(super::tailor::Reason::words)
            .collect();
        let indent = if choice.id == choice.entry {
            "\n"
        } else {
            "  - "
        };
        lines.push(format!(
            "{indent}{} [{}]: {}",
            choice.text,
            choice.id,
            reasons.join("; ")
        ));
    }
    if !content.left_out.is_empty() {
        lines.push("\nLeft out:".to_owned());
    }
    lines.extend(
        content
            .left_out
            .iter()
            .map(|one| format!("  - {} [{}]: {}", one.text, one.id, one.reason.words())),
    );
    lines.extend(
        content
            .remarks
            .iter()
            .map(|remark| format!("\nNote: {remark}")),
    );
    lines.extend(
        content
            .refused
            .iter()
            .map(|one| format!("\nRefused: {} {}", one.sentence, one.message)),
    );
    lines.join("\n")
}

async fn check(ctx: &Ctx, id: DocumentId, out: &Terminal) -> Result<()> {
    let checked = document_check(ctx, id).await?;
    out.answer(&checked, || {
        let mut lines = vec![match checked.refusals.len() {
            0 => "It states only what your profile holds.".to_owned(),
            count => format!("The gate refuses {count} things:"),
        }];
        lines.extend(
            checked
                .refusals
                .iter()
                .map(|one| format!("  {}: {}", one.place, one.message)),
        );
        match &checked.readback {
            Some(read) if read.clean => lines.push(format!(
                "{} pages; two readers find every field, in order.",
                read.pages
            )),
            Some(read) => lines.extend(read.readings.iter().map(|one| {
                format!(
                    "{}: {} missing, {} out of order, {} odd characters",
                    one.reader,
                    one.missing.len(),
                    one.out_of_order.len(),
                    one.odd_characters
                )
            })),
            None => lines.push("The PDF could not be set or read again.".to_owned()),
        }
        lines.extend(checked.notes.iter().map(|note| {
            let instead = if note.suggestions.is_empty() {
                String::new()
            } else {
                format!(" Instead: {}.", note.suggestions.join(", "))
            };
            format!(
                "  {}: {}{instead}",
                if note.place.is_empty() {
                    "whole"
                } else {
                    &note.place
                },
                note.message
            )
        }));
        lines.join("\n")
    })
}

async fn decide(ctx: &Ctx, args: DecideArgs, out: &Terminal) -> Result<()> {
    let decision = Decision {
        show: args.show,
        order: args.order,
        wording: args.wording,
    };
    document_decide(
        ctx,
        args.posting.map(PostingId),
        &EntryId(args.entry.clone()),
        &decision,
    )
    .await?;
    out.answer(&decision, || match decision == Decision::default() {
        true => format!("What was decided about {} is taken back.", args.entry),
        false => format!(
            "Remembered for {}. It counts in the next document.",
            args.entry
        ),
    })
}

async fn paragraphs(
    ctx: &Ctx,
    kind: DocumentKind,
    language: &str,
    adopt: bool,
    out: &Terminal,
) -> Result<()> {
    let found = match adopt {
        true => paragraphs_adopt(ctx, kind, language).await?,
        false => paragraphs_usable(ctx, kind, language).await?,
    };
    out.answer(&found, || {
        let line = |one: &super::letters::Paragraph| {
            let when = super::letters::conditions_text(&one.conditions);
            let when = if when.is_empty() {
                String::new()
            } else {
                format!(" (when {when})")
            };
            format!("{:10} {}{when}", one.part.name(), one.text)
        };
        found.iter().map(line).collect::<Vec<_>>().join("\n")
    })
}
