//! The mail server that Cadet sends with: the configured sender, and handing a message over. Used by alerts and by letters.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use url::Url;

use crate::config::{Mail, Secret};

/// Longest time for each answer of the mail server.
const PATIENCE: Duration = Duration::from_secs(30);
/// Characters of the server's answer that are told.
const TOLD: usize = 500;

/// Why a mail did not go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailError {
    /// Trying again does not help; says what to do.
    Permanent(String),
    /// Trying again may help.
    Transient(String),
}

/// The sender as configured.
///
/// # Errors
/// [`MailError::Permanent`] when there is none, or it is no address.
pub fn sender(mail: &Mail) -> Result<Mailbox, MailError> {
    let Some(from) = &mail.from else {
        return Err(MailError::Permanent("No sender is configured. Set mail.from (CADET_MAIL__FROM), for example \"Cadet <cadet@example.org>\".".into()));
    };
    from.parse().map_err(|_| {
        MailError::Permanent(format!("The sender \"{from}\" is no mail address. Set mail.from (CADET_MAIL__FROM) to something like \"Cadet <cadet@example.org>\"."))
    })
}

/// Hands a message to the configured mail server.
///
/// # Errors
/// [`MailError`] says whether trying again may help.
pub async fn send(mail: &Mail, message: Message) -> Result<(), MailError> {
    let Some(Secret(url)) = &mail.smtp_url else {
        return Err(MailError::Permanent("No mail server is configured. Set mail.smtp_url (CADET_MAIL__SMTP_URL) and mail.from, restart Cadet, then send again what failed.".into()));
    };
    // The library's message could repeat the address with its password.
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&with_starttls(url))
        .map_err(|_| MailError::Permanent("The mail server's address cannot be used. Set mail.smtp_url to something like smtps://user:password@mail.example.org.".into()))?
        .timeout(Some(PATIENCE))
        .build();
    match transport.send(message).await {
        Ok(_) => Ok(()),
        Err(error) if error.is_permanent() => Err(MailError::Permanent(format!(
            "The mail server refuses this mail ({}). Check the address, mail.from and the server's login.",
            causes(&error)
        ))),
        Err(error) => Err(MailError::Transient(format!(
            "The mail server could not take the mail ({}). It is tried again; check mail.smtp_url if this lasts.",
            causes(&error)
        ))),
    }
}

/// `smtp://` means STARTTLS where it is offered, unless the address says otherwise.
fn with_starttls(url: &str) -> String {
    match Url::parse(url) {
        Ok(mut parsed) if parsed.scheme() == "smtp" && !url.contains("tls=") => {
            parsed.query_pairs_mut().append_pair("tls", "opportunistic");
            parsed.into()
        }
        _ => url.to_owned(),
    }
}

/// The error with what caused it, on one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let told = cause.to_string();
        if !text.contains(&told) {
            text = format!("{text}: {told}");
        }
        next = cause.source();
    }
    let line = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(TOLD) {
        Some((end, _)) => format!("{}\u{2026}", &line[..end]),
        None => line,
    }
}
