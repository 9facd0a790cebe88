//! `cadet contact`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::actions::{self, ContactDetail, ContactQuery, EntryInput, PromiseInput};
use super::input::{ContactInput, EventInput};
use super::model::{Contact, ContactId, MergeId, PromiseId};
use super::timeline::OwedBy;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

/// People whom you know.
#[derive(Debug, Subcommand)]
pub enum ContactCommand {
    /// List the contacts, a page of 100 at a time
    #[command(
        visible_alias = "ls",
        after_help = "Example: cadet contact list northlight --sort next"
    )]
    List {
        /// Words that all stand in name, company, role or notes
        words: Vec<String>,
        /// Only those met so: event, community, alumni, referral, recruiter, work, school, online, other
        #[arg(long, default_value = "")]
        met: String,
        /// The order: name, company, next, last, added
        #[arg(long, default_value = "name")]
        sort: String,
        /// The page
        #[arg(long, default_value_t = 1)]
        page: u64,
    },
    /// Write a person down
    #[command(
        after_help = "Example: cadet contact add \"Mira Okafor\" --mail mira@example.org --company Northlight --met event"
    )]
    Add(Box<AddArgs>),
    /// Show a contact with conversations, promises and what is open at their company
    #[command(after_help = "Example: cadet contact show 1")]
    Show {
        /// The contact's number
        id: i64,
    },
    /// Write a conversation down
    #[command(
        after_help = "Example: cadet contact note 1 \"They hire two interns for the summer\" --kind call"
    )]
    Note {
        /// The contact's number
        id: i64,
        /// What was said
        text: String,
        /// What it was: meeting, call, message, mail-out, mail-in, note
        #[arg(long, default_value = "note")]
        kind: String,
        /// When, in your time zone; now if absent
        #[arg(long, default_value = "", value_name = "TIME")]
        at: String,
    },
    /// Note a promise, or with --done that one was kept
    #[command(
        after_help = "Example: cadet contact promise 1 \"Send the link to my project\" --due 2026-12-01"
    )]
    Promise {
        /// The contact's number; with --done the promise's
        id: i64,
        /// What was promised
        #[arg(required_unless_present = "done", default_value = "")]
        text: String,
        /// They promised it, not you
        #[arg(long)]
        theirs: bool,
        /// By when
        #[arg(long, default_value = "", value_name = "DAY")]
        due: String,
        /// It was kept
        #[arg(long)]
        done: bool,
    },
    /// Set when to be in touch again
    #[command(
        after_help = "Example: cadet contact touch 1 2026-12-10 \"Ask how the release went\""
    )]
    Touch {
        /// The contact's number
        id: i64,
        /// The day; without one, no day is set any more
        #[arg(default_value = "")]
        on: String,
        /// Why
        #[arg(default_value = "")]
        reason: String,
    },
    /// Import a vCard file or LinkedIn's Connections.csv
    #[command(after_help = "Example: cadet contact import contacts.vcf")]
    Import {
        /// The file
        file: PathBuf,
    },
    /// Write contacts as a vCard file to the standard output
    #[command(after_help = "Example: cadet contact export > contacts.vcf")]
    Export {
        /// One contact's number; without one, all
        id: Option<i64>,
        /// Only those that have these words
        #[arg(long, default_value = "")]
        search: String,
        /// The version: 4.0, or 3.0 for old address books
        #[arg(long, default_value = "4.0")]
        vcard: String,
    },
    /// Join two contacts that are one person, or undo a joining
    #[command(after_help = "Example: cadet contact merge 1 12")]
    Merge {
        /// The contact that stays; with --undo the joining's number
        id: i64,
        /// The contact that goes into it
        #[arg(required_unless_present = "undo")]
        other: Option<i64>,
        /// Undo a joining
        #[arg(long)]
        undo: bool,
    },
    /// Remove a contact, or bring it back with --restore
    #[command(visible_alias = "rm", after_help = "Example: cadet contact remove 12")]
    Remove {
        /// The contact's number
        id: i64,
        /// Bring it back
        #[arg(long)]
        restore: bool,
    },
    /// List events to come and past, or write one down with --add
    #[command(
        after_help = "Example: cadet contact events --add \"Backend evening\" --starts \"2026-12-03 18:30\" --time-zone Europe/Zurich"
    )]
    Events(EventArgs),
}

/// Whom to write down.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The name
    pub name: String,
    /// A mail address; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    pub mail: Vec<String>,
    /// A telephone number; may be given several times
    #[arg(long, value_name = "NUMBER")]
    pub phone: Vec<String>,
    /// A page on the web; may be given several times
    #[arg(long, value_name = "URL")]
    pub link: Vec<String>,
    /// Where they work
    #[arg(long, default_value = "")]
    pub company: String,
    /// What they do
    #[arg(long, default_value = "")]
    pub role: String,
    /// Where you met: event, community, alumni, referral, recruiter, work, school, online, other
    #[arg(long, default_value = "")]
    pub met: String,
    /// More on that
    #[arg(long, default_value = "")]
    pub met_note: String,
    /// Anything else
    #[arg(long, default_value = "")]
    pub notes: String,
}

/// An event to write down.
#[derive(Debug, Args)]
pub struct EventArgs {
    /// Write this event down
    #[arg(long, value_name = "NAME", requires = "starts")]
    pub add: Option<String>,
    /// When it begins, by the clocks of the place
    #[arg(long, default_value = "", value_name = "TIME")]
    pub starts: String,
    /// When it ends
    #[arg(long, default_value = "", value_name = "TIME")]
    pub ends: String,
    /// Its time zone; that of your settings if absent
    #[arg(long, default_value = "")]
    pub time_zone: String,
    /// Where
    #[arg(long, default_value = "")]
    pub place: String,
    /// Its page
    #[arg(long, default_value = "")]
    pub url: String,
}

/// Runs `cadet contact`.
///
/// # Errors
/// Whatever the action says.
pub async fn run(ctx: &Ctx, command: ContactCommand, out: &Terminal) -> Result<()> {
    match command {
        ContactCommand::List {
            words,
            met,
            sort,
            page,
        } => {
            let words = words.join(" ");
            list(
                ctx,
                &ContactQuery {
                    words,
                    met,
                    sort,
                    page,
                },
                out,
            )
            .await
        }
        ContactCommand::Add(args) => add(ctx, *args, out).await,
        ContactCommand::Show { id } => show(ctx, ContactId(id), out).await,
        ContactCommand::Note { id, text, kind, at } => {
            let input = EntryInput { kind, at, text };
            actions::entry_add(ctx, ContactId(id), &input).await?;
            show(ctx, ContactId(id), out).await
        }
        ContactCommand::Promise { id, done: true, .. } => {
            let promise = actions::promise_done(ctx, PromiseId(id), true).await?;
            show(ctx, promise.contact, out).await
        }
        ContactCommand::Promise {
            id,
            text,
            theirs,
            due,
            ..
        } => {
            let owed_by = if theirs { OwedBy::Them } else { OwedBy::Me };
            let input = PromiseInput {
                owed_by: owed_by.name().into(),
                text,
                due_on: due,
            };
            actions::promise_add(ctx, ContactId(id), &input).await?;
            show(ctx, ContactId(id), out).await
        }
        ContactCommand::Touch { id, on, reason } => {
            actions::touch_set(ctx, ContactId(id), &on, &reason).await?;
            show(ctx, ContactId(id), out).await
        }
        ContactCommand::Import { file } => import(ctx, &file, out).await,
        ContactCommand::Export { id, search, vcard } => {
            let text = actions::contact_export(ctx, id.map(ContactId), &search, &vcard).await?;
            out.bytes(text.as_bytes())
        }
        ContactCommand::Merge { id, other, undo } => {
            merge(ctx, id, other.filter(|_| !undo), out).await
        }
        ContactCommand::Remove { id, restore } => remove(ctx, ContactId(id), restore, out).await,
        ContactCommand::Events(args) => events(ctx, args, out).await,
    }
}

async fn list(ctx: &Ctx, query: &ContactQuery, out: &Terminal) -> Result<()> {
    let page = actions::contact_list(ctx, query).await?;
    if out.wants_json() {
        return out.json(&page.items);
    }
    if page.items.is_empty() {
        return out.line("There are no such contacts. Write one down: cadet contact add \"Mira Okafor\" --company Northlight");
    }
    let columns = [
        ("#", Align::Right),
        ("Name", Align::Left),
        ("Position", Align::Left),
        ("Met", Align::Left),
        ("Next touch", Align::Left),
    ];
    let row = |contact: &Contact| {
        let touch = contact.next_touch.as_ref();
        vec![
            contact.id.to_string(),
            contact.name.clone(),
            contact.position(),
            contact.met.map_or("", |met| met.label()).to_owned(),
            touch.map_or_else(String::new, |touch| {
                format!("{} {}", touch.on, touch.reason)
            }),
        ]
    };
    out.table(&columns, page.items.iter().map(row).collect())?;
    if page.pages > 1 {
        out.remark(format!(
            "Page {} of {}, {} contacts.",
            page.page, page.pages, page.total
        ));
    }
    Ok(())
}

async fn add(ctx: &Ctx, args: AddArgs, out: &Terminal) -> Result<()> {
    let input = ContactInput {
        name: args.name,
        mails: args.mail,
        phones: args.phone,
        links: args.link,
        role: args.role,
        company: args.company,
        met: args.met,
        met_note: args.met_note,
        notes: args.notes,
    };
    let contact = actions::contact_add(ctx, &input).await?;
    out.answer(&contact, || {
        format!("Contact {} is {}.", contact.id, contact.name)
    })
}

async fn show(ctx: &Ctx, id: ContactId, out: &Terminal) -> Result<()> {
    let detail = actions::contact_show(ctx, id).await?;
    if out.wants_json() {
        return out.json(&detail);
    }
    tell(&detail, out)
}

fn tell(detail: &ContactDetail, out: &Terminal) -> Result<()> {
    let contact = &detail.contact;
    out.line(format!("{} (contact {})", contact.name, contact.id))?;
    for (label, value) in [
        ("", contact.position()),
        ("Mail: ", contact.mails.join(", ")),
        ("Telephone: ", contact.phones.join(", ")),
        ("Pages: ", contact.links.join(", ")),
        (
            "Met: ",
            contact.met.map_or_else(String::new, |met| {
                format!("{} {}", met.label(), contact.met_note)
            }),
        ),
        ("", contact.notes.clone()),
    ] {
        if !value.trim().is_empty() {
            out.line(format!("{label}{}", value.trim()))?;
        }
    }
    match (&contact.next_touch, &detail.suggestion) {
        (Some(touch), _) => out.line(format!("Next touch {}: {}", touch.on, touch.reason))?,
        (None, Some(touch)) => out.line(format!(
            "Suggested next touch {}: {}",
            touch.on, touch.reason
        ))?,
        (None, None) => {}
    }
    for promise in &detail.promises {
        let who = if promise.owed_by == OwedBy::Me {
            "You promised"
        } else {
            "They promised"
        };
        let due = promise
            .due_on
            .map_or_else(String::new, |due| format!(" by {due}"));
        let state = if promise.done_at.is_some() {
            " (kept)"
        } else {
            ""
        };
        out.line(format!(
            "  {}. {who}: {}{due}{state}",
            promise.id, promise.text
        ))?;
    }
    for entry in &detail.entries {
        let state = if entry.withdrawn { " (taken back)" } else { "" };
        let day = entry.happened_at.date_string();
        out.line(format!(
            "  {day} {}{state}: {}",
            entry.kind.label(),
            entry.text
        ))?;
    }
    if detail.open_postings > 0 {
        out.line(format!(
            "{} open at {}.",
            detail.open_postings, contact.company
        ))?;
    }
    Ok(())
}

async fn import(ctx: &Ctx, file: &std::path::Path, out: &Terminal) -> Result<()> {
    let bytes = std::fs::read(file).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => Error::not_found("file", file.display()),
        _ => Error::unavailable(
            format!("The file {} cannot be read: {cause}.", file.display()),
            cause,
        ),
    })?;
    let done = actions::contact_import(ctx, &bytes).await?;
    for problem in &done.problems {
        out.remark(problem);
    }
    out.answer(&done, || {
        format!(
            "{} new, {} joined to contacts that were there, {} with nothing new.",
            done.added, done.joined, done.unchanged
        )
    })
}

async fn merge(ctx: &Ctx, id: i64, other: Option<i64>, out: &Terminal) -> Result<()> {
    let Some(other) = other else {
        let kept = actions::merge_undo(ctx, MergeId(id)).await?;
        return out.answer(&serde_json::json!({ "undone": id, "kept": kept }), || {
            "They are two contacts again.".to_owned()
        });
    };
    let joining = actions::contact_merge(ctx, ContactId(id), ContactId(other)).await?;
    out.answer(&serde_json::json!({ "joining": joining, "kept": id, "gone": other }), || {
        format!("Contact {other} went into contact {id}. Undo it with: cadet contact merge --undo {joining}")
    })
}

async fn remove(ctx: &Ctx, id: ContactId, restore: bool, out: &Terminal) -> Result<()> {
    if restore {
        actions::contact_restore(ctx, id).await?;
        return out.answer(&serde_json::json!({ "restored": id }), || {
            format!("Contact {id} is back.")
        });
    }
    actions::contact_remove(ctx, id).await?;
    out.answer(&serde_json::json!({ "removed": id }), || {
        format!("Contact {id} is removed. Bring it back with: cadet contact remove {id} --restore")
    })
}

async fn events(ctx: &Ctx, args: EventArgs, out: &Terminal) -> Result<()> {
    if let Some(name) = args.add {
        let input = EventInput {
            name,
            place: args.place,
            url: args.url,
            starts: args.starts,
            ends: args.ends,
            time_zone: args.time_zone,
            notes: String::new(),
        };
        let event = actions::event_save(ctx, None, &input).await?;
        return out.answer(&event, || {
            format!(
                "Event {} is {}, {}.",
                event.id,
                event.name,
                event.local_start()
            )
        });
    }
    let lists = actions::event_list(ctx).await?;
    if out.wants_json() {
        return out.json(&lists);
    }
    if lists.coming.is_empty() && lists.past.is_empty() {
        return out.line("There are no events. Write one down with --add.");
    }
    let columns = [
        ("#", Align::Right),
        ("Event", Align::Left),
        ("When", Align::Left),
        ("Where", Align::Left),
        ("People", Align::Right),
    ];
    let rows = lists.coming.iter().chain(&lists.past).map(|event| {
        vec![
            event.id.to_string(),
            event.name.clone(),
            event.local_start(),
            event.place.clone(),
            event.people.len().to_string(),
        ]
    });
    out.table(&columns, rows.collect())
}
