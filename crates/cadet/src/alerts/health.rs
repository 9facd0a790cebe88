//! Telling those who look after this Cadet, by mail, which sources need a look.
//!
//! Each thing that is wrong with a source is told once. What is over within half an hour is not told at all.

use askama::Template;

use super::mail::{self, MailError};
use crate::error::{Error, Result};
use crate::postings::sources::actions::source_list;
use crate::postings::sources::health::Notice;
use crate::postings::sources::model::Source;
use crate::postings::sources::store::health::{StoredNotice, mark_told, untold_notices};
use crate::state::Ctx;

/// What lasts for less than this many milliseconds is not worth a mail.
const PATIENCE_MS: i64 = 30 * 60_000;

/// What a mail tells.
#[derive(Debug, Template)]
#[template(path = "alerts/health.txt")]
struct HealthMail {
    lines: Vec<Line>,
    /// The address of the list of sources.
    sources_url: String,
}

/// One notice.
#[derive(Debug)]
struct Line {
    source: String,
    url: String,
    notice: Notice,
}

/// Mails what was not told yet, if anybody wants to know. Gives how many notices that were.
///
/// # Errors
/// [`Error::Invalid`] when the mail cannot be sent as configured; [`Error::Unavailable`] when trying again may help; from
/// the database.
pub async fn health_tell(ctx: &Ctx) -> Result<usize> {
    let recipients = &ctx.config.health.mail_to;
    if recipients.is_empty() {
        return Ok(0);
    }
    let now = ctx.now();
    let untold = untold_notices(&ctx.db, now.plus_millis(-PATIENCE_MS)).await?;
    let Some(last) = untold.last() else {
        return Ok(0);
    };
    let sources = source_list(ctx).await?;
    let text = written(ctx, &untold, &sources)?;
    let subject = match untold.len() {
        1 => "A source of Cadet needs a look".to_owned(),
        many => format!("{many} things are wrong with sources of Cadet"),
    };
    let home = ctx.config.server.url("/sources");
    for to in recipients {
        let id = format!("cadet-health-{}-{}", last.id, last.notice.since.0);
        let notice = mail::PlainMail {
            id: &id,
            subject: &subject,
            text: &text,
            home: &home,
            written_at: now,
        };
        let message = mail::plain_message(&notice, &ctx.config.mail, to).map_err(failure)?;
        mail::send(&ctx.config.mail, message)
            .await
            .map_err(failure)?;
    }
    let ids: Vec<i64> = untold.iter().map(|stored| stored.id).collect();
    let transaction = ctx.db.begin().await?;
    mark_told(&transaction, now, &ids).await?;
    transaction.commit().await?;
    Ok(ids.len())
}

fn written(ctx: &Ctx, untold: &[StoredNotice], sources: &[Source]) -> Result<String> {
    let server = &ctx.config.server;
    let lines = untold.iter().map(|stored| {
        let source = sources.iter().find(|source| source.id == stored.source);
        Line {
            source: source.map_or_else(String::new, |source| source.name.clone()),
            url: server.url(&format!("/sources/{}", stored.source)),
            notice: stored.notice.clone(),
        }
    });
    let mail = HealthMail {
        lines: lines.collect(),
        sources_url: server.url("/sources"),
    };
    mail.render().map_err(Error::internal)
}

fn failure(error: MailError) -> Error {
    match error {
        MailError::Permanent(message) => Error::invalid(message),
        MailError::Transient(message) => Error::Unavailable {
            message,
            cause: None,
        },
    }
}
