//! One poll of a mailbox: the mails since the last one, each read once.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Told;
use super::address::MailboxAddress;
use super::folder::LARGEST_MAIL;
use super::session::Session;
use crate::clock::Timestamp;
use crate::postings::sources::connector::FetchContext;
use crate::postings::sources::model::{Fetched, SourceError};

/// Mails read in one poll; the next poll goes on where this one ended.
const MOST_MAILS: usize = 2_000;
/// Mails asked for at once.
const AT_ONCE: usize = 40;

/// How far a folder was read; kept with the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// The server's numbering of the folder; the number below means nothing in another one.
    pub(super) uid_validity: u32,
    /// The last mail that was read.
    pub(super) last_uid: u32,
}

impl Mark {
    pub(super) fn read(validators: Option<&Value>) -> Option<Self> {
        validators.and_then(|kept| Self::deserialize(kept).ok())
    }
}

/// Reads what is new in a mailbox's folder.
pub(super) async fn mailbox(
    ctx: &FetchContext,
    mailbox: &MailboxAddress,
    validators: Option<&Value>,
) -> Result<Fetched, SourceError> {
    let mut session = Session::open(ctx, mailbox).await?;
    let mark = Mark::read(validators).filter(|mark| mark.uid_validity == session.uid_validity);
    let nothing_new = mark
        .zip(session.uid_next)
        .is_some_and(|(mark, next)| next <= mark.last_uid.saturating_add(1));
    let mut uids = match mark {
        _ if nothing_new || session.exists == 0 => Vec::new(),
        // `n:*` always holds the last mail, even if its number is smaller.
        Some(mark) => {
            let mut uids = session
                .search(&format!("UID {}:*", mark.last_uid.saturating_add(1)))
                .await?;
            uids.retain(|uid| *uid > mark.last_uid);
            uids
        }
        None => session.search(&since(ctx)).await?,
    };
    uids.truncate(MOST_MAILS);
    let whole = uids.len() < MOST_MAILS;
    let before = mark.map_or(0, |mark| mark.last_uid);
    let mut last_uid = uids.last().copied().unwrap_or(before);
    if whole {
        // What is older than the first look goes back is passed over for good.
        last_uid = last_uid.max(newest(&mut session).await?);
    }
    let (told, bytes) = read(ctx, &mut session, &uids).await?;
    let kept = Mark {
        uid_validity: session.uid_validity,
        last_uid,
    };
    session.close().await;
    Ok(Fetched {
        unchanged: mark == Some(kept),
        incremental: true,
        name: Some(format!("{} of {}", mailbox.folder, mailbox.user)),
        validators: serde_json::to_value(kept).ok(),
        bytes,
        ..told.into_parsed().into_fetched()
    })
}

/// The number of the folder's last mail, as it was when the folder was opened.
async fn newest(session: &mut Session) -> Result<u32, SourceError> {
    match session.uid_next {
        Some(next) => Ok(next.saturating_sub(1)),
        None if session.exists == 0 => Ok(0),
        None => Ok(session.search("UID *").await?.last().copied().unwrap_or(0)),
    }
}

async fn read(
    ctx: &FetchContext,
    session: &mut Session,
    uids: &[u32],
) -> Result<(Told, u64), SourceError> {
    let (mut told, mut bytes) = (Told::default(), 0);
    for some in uids.chunks(AT_ONCE) {
        let mails = session
            .read(some, LARGEST_MAIL, ctx.client.settings().total_timeout)
            .await?;
        bytes += mails
            .iter()
            .filter_map(|mail| mail.body.as_ref())
            .map(|body| body.len() as u64)
            .sum::<u64>();
        let work = move || {
            let mut read = told;
            for mail in mails {
                let at = format!("mail with UID {}", mail.uid);
                match mail.body {
                    Some(body) => read.add(&body, mail.received.map(Timestamp), &at),
                    None => read.lose(
                        at,
                        format!(
                            "is larger than {} MiB, so it is left out",
                            LARGEST_MAIL / 1024 / 1024
                        ),
                    ),
                }
            }
            read
        };
        told = tokio::task::spawn_blocking(work).await.unwrap_or_default();
    }
    Ok((told, bytes))
}

/// A search for the mails of the last days, as IMAP writes dates.
fn since(ctx: &FetchContext) -> String {
    let day = ctx
        .clock
        .now()
        .plus_days(-i64::from(ctx.mailbox.days))
        .to_jiff();
    format!("SINCE {}", day.strftime("%-d-%b-%Y"))
}
