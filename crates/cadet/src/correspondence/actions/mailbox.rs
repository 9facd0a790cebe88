//! The folder that is read for answers: only if the person names one, and only read.

use super::super::letter::Letter;
use super::super::model::ReplyMailbox;
use super::super::store::mailboxes::{self, Mark};
use super::replies::{ReadReport, letters_take};
use super::sending::as_person;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::sources::mail::address::MailboxAddress;
use crate::postings::sources::mail::session::Session;
use crate::state::Ctx;

/// Bytes of a mail that is read; answers of employers are small.
const LARGEST_MAIL: u64 = 5 * 1024 * 1024;
/// Mails read in one look.
const MAILS_MOST: usize = 1_000;
/// Mails asked for at once.
const AT_ONCE: usize = 40;

/// The caller's folder, if they named one.
///
/// # Errors
/// From the database.
pub async fn mailbox_get(ctx: &Ctx) -> Result<Option<ReplyMailbox>> {
    Ok(mailboxes::find(&ctx.db, ctx.owner()?)
        .await?
        .map(|(mailbox, _)| mailbox))
}

/// Names the folder that is read for answers, after a look whether it can be.
///
/// # Errors
/// [`Error::Forbidden`] for whoever may not use the configured password; [`Error::Source`] says why the folder cannot be read;
/// from the database.
pub async fn mailbox_set(ctx: &Ctx, address: &str) -> Result<ReplyMailbox> {
    let owner = ctx.owner()?;
    // The configured password is sent to the host that the address names.
    ctx.require_admin()?;
    let parsed = MailboxAddress::parse(address).map_err(Box::new)?;
    let session = Session::open(&ctx.fetch, &parsed).await.map_err(Box::new)?;
    session.close().await;
    let transaction = ctx.db.begin().await?;
    mailboxes::set(&transaction, owner, ctx.now(), &parsed.to_string()).await?;
    transaction.commit().await?;
    mailbox_get(ctx)
        .await?
        .ok_or_else(|| Error::internal("the mailbox was lost"))
}

/// Forgets the folder; what was read stays.
///
/// # Errors
/// From the database.
pub async fn mailbox_remove(ctx: &Ctx) -> Result<()> {
    let transaction = ctx.db.begin().await?;
    mailboxes::remove(&transaction, ctx.owner()?).await?;
    transaction.commit().await?;
    Ok(())
}

/// Reads what is new in the caller's folder.
///
/// # Errors
/// [`Error::Conflict`] when none is named; [`Error::Source`] says why it cannot be read; from the database.
pub async fn mailbox_check(ctx: &Ctx) -> Result<ReadReport> {
    let owner = ctx.owner()?;
    let Some((mailbox, mark)) = mailboxes::find(&ctx.db, owner).await? else {
        return Err(Error::Conflict("No folder is named yet. Name one: cadet replies mailbox imaps://you@mail.example.org/INBOX".into()));
    };
    match read(ctx, &mailbox.address, mark).await {
        Ok((letters, mark)) => {
            let report = letters_take(ctx, letters, None).await?;
            note(ctx, Ok(mark)).await?;
            Ok(report)
        }
        Err(error) => {
            note(ctx, Err(&error.to_string())).await?;
            Err(error)
        }
    }
}

async fn note(ctx: &Ctx, outcome: std::result::Result<Mark, &str>) -> Result<()> {
    let transaction = ctx.db.begin().await?;
    mailboxes::checked(&transaction, ctx.owner()?, ctx.now(), outcome).await?;
    transaction.commit().await?;
    Ok(())
}

/// The mails since the last look, the oldest first.
async fn read(ctx: &Ctx, address: &str, mark: Option<Mark>) -> Result<(Vec<Letter>, Mark)> {
    let address = MailboxAddress::parse(address).map_err(Box::new)?;
    let mut session = Session::open(&ctx.fetch, &address)
        .await
        .map_err(Box::new)?;
    let mark = mark.filter(|mark| mark.uid_validity == session.uid_validity);
    let last = mark.map_or(0, |mark| mark.last_uid);
    let nothing_new = session.exists == 0
        || mark.is_some()
            && session
                .uid_next
                .is_some_and(|next| next <= last.saturating_add(1));
    let mut uids = match nothing_new {
        true => Vec::new(),
        false => {
            let query = match mark {
                Some(_) => format!("UID {}:*", last.saturating_add(1)),
                None => since(ctx),
            };
            session.search(&query).await.map_err(Box::new)?
        }
    };
    // `n:*` always holds the last mail, even if its number is smaller.
    uids.retain(|uid| *uid > last);
    uids.truncate(MAILS_MOST);
    let whole = uids.len() < MAILS_MOST;
    let mut last_uid = uids.last().copied().unwrap_or(last);
    if whole {
        // What is older than the first look goes back is passed over for good.
        last_uid = last_uid.max(session.uid_next.unwrap_or(0).saturating_sub(1));
    }
    let mut letters = Vec::new();
    let patience = ctx.fetch.client.settings().total_timeout;
    for some in uids.chunks(AT_ONCE) {
        let mails = session
            .read(some, LARGEST_MAIL, patience)
            .await
            .map_err(Box::new)?;
        for mail in mails {
            let letter = mail.body.as_deref().and_then(Letter::read);
            letters.extend(letter.map(|letter| Letter {
                sent: letter.sent.or(mail.received.map(Timestamp)),
                ..letter
            }));
        }
    }
    let mark = Mark {
        uid_validity: session.uid_validity,
        last_uid,
    };
    session.close().await;
    Ok((letters, mark))
}

/// A search for the mails of the last days, as IMAP writes dates.
fn since(ctx: &Ctx) -> String {
    let days = i64::from(ctx.config.mailbox.days);
    let day = ctx.now().plus_days(-days).to_jiff();
    format!("SINCE {}", day.strftime("%-d-%b-%Y"))
}

/// Reads every folder that somebody named. One that cannot be read keeps no other from being read.
///
/// # Errors
/// From the database.
pub async fn mailboxes_due(ctx: &Ctx) -> Result<()> {
    for owner in mailboxes::owners(&ctx.db).await? {
        if let Err(error) = mailbox_check(&as_person(ctx, owner)).await {
            tracing::warn!(error = %error, "a folder cannot be read for answers");
        }
    }
    Ok(())
}
