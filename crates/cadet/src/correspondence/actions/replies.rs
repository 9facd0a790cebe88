//! Answers of employers: reading mails, proposals, and what the person does with them.

use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use mail_parser::mailbox::mbox::MessageIterator;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::attribute::{Attribution, Known, attribute};
use super::super::classify::{Verdict, classify};
use super::super::letter::Letter;
use super::super::model::{Reply, ReplyId, ReplyState};
use super::super::pursuits::{self, is_news, move_on};
use super::super::redact::redacted;
use super::super::store::replies::NewReply;
use super::super::store::{drafts, replies};
use crate::accounts::actions::account_get;
use crate::clock::Timestamp;
use crate::contacts::actions::{contact_by_mail, entry_record};
use crate::contacts::model::Contact;
use crate::contacts::store::log::NewEntry;
use crate::contacts::timeline::EntryKind;
use crate::error::{Error, Result};
use crate::profile::actions::profile_current;
use crate::state::Ctx;

/// Mails of one file.
const MAILS_MOST: usize = 20_000;
/// Bytes of one file.
const LARGEST: usize = 256 * 1024 * 1024;

/// What reading mails brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadReport {
    /// Mails looked at.
    pub mails: usize,
    /// Proposals that are new.
    pub proposals: usize,
    /// Mails that were read before.
    pub known: usize,
    /// Mails that say nothing sure of an application.
    pub unsaid: usize,
    /// Mails that say what Cadet knows already.
    pub nothing_new: usize,
    /// Parts of a file that are no mails.
    pub unreadable: usize,
}

impl ReadReport {
    /// In a sentence.
    #[must_use]
    pub fn words(&self) -> String {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        format!(
            "{} mail{} looked at: {} new proposal{}, {} that say nothing sure of an application, {} that say nothing new.",
            self.mails,
            plural(self.mails),
            self.proposals,
            plural(self.proposals),
            self.unsaid,
            self.nothing_new + self.known
        )
    }
}

/// Reads an `.eml` file or an mbox.
///
/// # Errors
/// [`Error::Invalid`] for a file that holds no mail; from the database.
pub async fn replies_read(ctx: &Ctx, bytes: &[u8]) -> Result<ReadReport> {
    ctx.owner()?;
    if bytes.len() > LARGEST {
        return Err(Error::invalid("The file is larger than 256 MB. Split it."));
    }
    let is_mbox = bytes.starts_with(b"From ");
    let letters: Vec<Option<Letter>> = if is_mbox {
        let mails = MessageIterator::new(BufReader::new(Cursor::new(bytes)));
        mails
            .flatten()
            .take(MAILS_MOST)
            .map(|mail| Letter::read(mail.contents()))
            .collect()
    } else {
        vec![Letter::read(bytes)]
    };
    let unreadable = letters.iter().filter(|letter| letter.is_none()).count();
    let letters: Vec<Letter> = letters.into_iter().flatten().collect();
    if letters.is_empty() {
        return Err(Error::invalid(
            "The file holds no mail. Give an .eml file or an mbox.",
        ));
    }
    let report = letters_take(ctx, letters, None).await?;
    Ok(ReadReport {
        unreadable,
        ..report
    })
}

/// Takes what letters say; `received` stands in where one has no date.
pub(super) async fn letters_take(
    ctx: &Ctx,
    letters: Vec<Letter>,
    received: Option<Timestamp>,
) -> Result<ReadReport> {
    let mut report = ReadReport {
        mails: letters.len(),
        ..ReadReport::default()
    };
    let mut known = known(ctx).await?;
    for letter in letters {
        let at = letter.sent.or(received).unwrap_or(ctx.now()).min(ctx.now());
        take(ctx, letter, at, &mut known, &mut report).await?;
    }
    Ok(report)
}

/// What is known before mails are read. People and threads are looked up for each mail.
async fn known(ctx: &Ctx) -> Result<Known> {
    let basics = profile_current(ctx).await?.resume.basics;
    let account = account_get(ctx).await?.email;
    let own = [
        Some(basics.email),
        account.map(|email| email.as_str().to_owned()),
    ];
    let own = own.into_iter().flatten().map(|mail| mail.to_lowercase());
    Ok(Known {
        pursuits: pursuits::pursuits(ctx).await?,
        threads: HashMap::new(),
        people: HashMap::new(),
        own: own.filter(|mail| !mail.is_empty()).collect(),
    })
}

async fn take(
    ctx: &Ctx,
    letter: Letter,
    at: Timestamp,
    known: &mut Known,
    report: &mut ReadReport,
) -> Result<()> {
    let owner = ctx.owner()?;
    let Some(verdict) = classify(&letter.subject, &letter.text) else {
        report.unsaid += 1;
        return Ok(());
    };
    let key = letter.key();
    if replies::is_known(&ctx.db, owner, &key).await? {
        report.known += 1;
        return Ok(());
    }
    let contact = contact_by_mail(ctx, &letter.from_address).await?;
    known.people = contact
        .iter()
        .map(|one| (letter.from_address.clone(), one.company_key.clone()))
        .collect();
    known.threads = drafts::threads(&ctx.db, owner, &letter.answers).await?;
    let Some(about) = attribute(&letter, known) else {
        report.unsaid += 1;
        return Ok(());
    };
    let stage = known
        .pursuits
        .iter()
        .find(|one| Some(one.id) == about.application);
    if stage.is_some_and(|one| !is_news(verdict.kind, one.stage)) {
        report.nothing_new += 1;
        return Ok(());
    }
    let new = new_reply(&letter, key, at, &verdict, about, contact.as_ref());
    let transaction = ctx.db.begin().await?;
    replies::insert(&transaction, owner, ctx.now(), new).await?;
    transaction.commit().await?;
    report.proposals += 1;
    Ok(())
}

fn new_reply(
    letter: &Letter,
    key: String,
    at: Timestamp,
    verdict: &Verdict,
    about: Attribution,
    contact: Option<&Contact>,
) -> NewReply {
    let place = if verdict.in_subject {
        "The subject says so too"
    } else {
        "The text says so"
    };
    let mut why = vec![format!("{place}, in {}.", verdict.language)];
    why.extend(about.why);
    NewReply {
        key,
        from_name: redacted(&letter.from_name),
        from_address: letter.from_address.clone(),
        subject: redacted(&letter.subject),
        received_at: at,
        kind: verdict.kind,
        quote: redacted(&verdict.sentence),
        why,
        application: about.application,
        contact: contact.map(|one| one.id),
    }
}

/// Answers in a state or in any, the last first.
///
/// # Errors
/// From the database.
pub async fn reply_list(
    ctx: &Ctx,
    state: Option<ReplyState>,
    before: i64,
    limit: u64,
) -> Result<Vec<Reply>> {
    replies::list(&ctx.db, ctx.owner()?, state, before, limit).await
}

/// Proposals that wait, the last first.
///
/// # Errors
/// From the database.
pub async fn replies_open(ctx: &Ctx, limit: u64) -> Result<Vec<Reply>> {
    reply_list(ctx, Some(ReplyState::Proposed), i64::MAX, limit).await
}

/// Proposals that wait for one application.
///
/// # Errors
/// From the database.
pub async fn replies_proposed_for(ctx: &Ctx, application: i64) -> Result<Vec<Reply>> {
    replies::proposed_for(&ctx.db, ctx.owner()?, application).await
}

/// Accepts a proposal: the application is moved, with the sentence as the reason. `application` says which, where several fit.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is not said which application; [`Error::Conflict`] when it was decided
/// already; from the database.
pub async fn reply_accept(ctx: &Ctx, id: ReplyId, application: Option<i64>) -> Result<i64> {
    let owner = ctx.owner()?;
    let reply = replies::get(ctx.db.pool(), owner, id).await?;
    if reply.state != ReplyState::Proposed {
        return Err(Error::Conflict("This was decided already.".into()));
    }
    let Some(application) = application.or(reply.application) else {
        return Err(Error::invalid_field(
            "application",
            "Say which application it is about.",
        ));
    };
    let why = format!("{} wrote: \u{201c}{}\u{201d}", sender(&reply), reply.quote);
    // Moving comes first: should the program end here, accepting again finds the application moved, which is as good.
    move_on(ctx, application, reply.kind, reply.received_at, &why).await?;
    let transaction = ctx.db.begin().await?;
    let (from, to) = (ReplyState::Proposed, ReplyState::Accepted);
    let decided = replies::decide(&transaction, id, from, to, ctx.now(), Some(application)).await?;
    if let (true, Some(contact)) = (decided, reply.contact) {
        let text = format!("{}\n\n\u{201c}{}\u{201d}", reply.subject, reply.quote);
        let entry = NewEntry::now(EntryKind::MailIn, reply.received_at, text);
        match entry_record(ctx, &transaction, contact, entry).await {
            Ok(_) | Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    transaction.commit().await?;
    Ok(application)
}

fn sender(reply: &Reply) -> &str {
    if reply.from_name.is_empty() {
        &reply.from_address
    } else {
        &reply.from_name
    }
}

/// Lets a proposal go; it can be brought back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it was decided already; from the database.
pub async fn reply_dismiss(ctx: &Ctx, id: ReplyId) -> Result<()> {
    decide(ctx, id, ReplyState::Proposed, ReplyState::Dismissed).await
}

/// Brings a dismissed proposal back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it was not dismissed; from the database.
pub async fn reply_restore(ctx: &Ctx, id: ReplyId) -> Result<()> {
    decide(ctx, id, ReplyState::Dismissed, ReplyState::Proposed).await
}

async fn decide(ctx: &Ctx, id: ReplyId, from: ReplyState, to: ReplyState) -> Result<()> {
    let reply = replies::get(ctx.db.pool(), ctx.owner()?, id).await?;
    let transaction = ctx.db.begin().await?;
    if !replies::decide(&transaction, id, from, to, ctx.now(), reply.application).await? {
        return Err(Error::Conflict("This was decided already.".into()));
    }
    transaction.commit().await?;
    Ok(())
}
