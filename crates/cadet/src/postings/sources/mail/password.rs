//! The password of a mailbox, which never stands in an address or in the database.

use std::time::Duration;

use super::address::MailboxAddress;
use crate::postings::sources::connector::{FetchContext, error};
use crate::postings::sources::model::{SourceError, SourceErrorKind};

/// A command for the password may take so long; it may ask a person.
const COMMAND_PATIENCE: Duration = Duration::from_secs(60);

/// The password as configured, or as the configured command tells it.
pub(super) async fn password(
    ctx: &FetchContext,
    mailbox: &MailboxAddress,
) -> Result<String, SourceError> {
    let denied =
        |message: String| error(SourceErrorKind::Denied, Some(&mailbox.to_string()), message);
    if let Some(password) = &ctx.mailbox.password {
        return Ok(password.0.clone());
    }
    let Some(command) = &ctx.mailbox.password_command else {
        return Err(denied(
            "No password for mailboxes is configured. Set mailbox.password (CADET_MAILBOX__PASSWORD) or mailbox.password_command.".to_owned(),
        ));
    };
    let (shell, flag) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let running = tokio::process::Command::new(shell)
        .args([flag, command])
        .env("CADET_MAILBOX_USER", &mailbox.user)
        .env("CADET_MAILBOX_HOST", &mailbox.host)
        .stdin(std::process::Stdio::null())
        .kill_on_drop(true)
        .output();
    let failed = |why: String| {
        denied(format!(
            "mailbox.password_command gives no password: {why}. Run it by hand to see why."
        ))
    };
    let output = tokio::time::timeout(COMMAND_PATIENCE, running)
        .await
        .map_err(|_| {
            failed(format!(
                "it took longer than {} seconds",
                COMMAND_PATIENCE.as_secs()
            ))
        })?
        .map_err(|why| failed(why.to_string()))?;
    if !output.status.success() {
        return Err(failed(format!("it ended with {}", output.status)));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    match said
        .lines()
        .next()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
    {
        Some(password) => Ok(password.to_owned()),
        None => Err(failed("it printed nothing".to_owned())),
    }
}
