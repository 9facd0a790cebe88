//! Mail: a digest as a message, and handing it to the mail server.

use std::time::{Duration, SystemTime};

use askama::Template;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use url::Url;

use super::digest::Digest;
use crate::clock::Timestamp;
use crate::config::{Mail, Secret};

/// Longest time for each answer of the mail server.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a mail did not go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailError {
    /// Trying again does not help; says what to do.
    Permanent(String),
    /// Trying again may help.
    Transient(String),
}

/// Defines a header that the library does not know.
macro_rules! header {
    ($(#[$doc:meta])* $name:ident, $text:literal) => {
        $(#[$doc])*
        #[derive(Clone)]
        struct $name(String);

        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($text)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

header!(
    /// Where to unsubscribe, RFC 2369.
    ListUnsubscribe,
    "List-Unsubscribe"
);
header!(
    /// That a POST there is enough, RFC 8058.
    ListUnsubscribePost,
    "List-Unsubscribe-Post"
);
header!(
    /// That a program wrote this, so that no other program answers, RFC 3834.
    AutoSubmitted,
    "Auto-Submitted"
);

#[derive(Template)]
#[template(path = "alerts/mail.html")]
struct HtmlPart<'a> {
    digest: &'a Digest,
}

#[derive(Template)]
#[template(path = "alerts/mail.txt")]
struct TextPart<'a> {
    digest: &'a Digest,
}

/// The sender as configured.
fn sender(mail: &Mail) -> Result<Mailbox, MailError> {
    let Some(from) = &mail.from else {
        return Err(MailError::Permanent("No sender is configured. Set mail.from (CADET_MAIL__FROM), for example \"Cadet <cadet@example.org>\".".into()));
    };
    from.parse().map_err(|_| {
        MailError::Permanent(format!("The sender \"{from}\" is no mail address. Set mail.from (CADET_MAIL__FROM) to something like \"Cadet <cadet@example.org>\"."))
    })
}

/// A digest as a message. The same delivery gives the same `Message-ID`, so that a mail that is sent twice is one.
///
/// # Errors
/// [`MailError::Permanent`] when sender or recipient cannot be used.
pub fn message(digest: &Digest, mail: &Mail, to: &str) -> Result<Message, MailError> {
    let permanent = |cause: &dyn std::fmt::Display| {
        MailError::Permanent(format!("The mail cannot be written: {cause}."))
    };
    let from = sender(mail)?;
    let to: lettre::Address = to.parse().map_err(|_| {
        MailError::Permanent(format!("\"{to}\" is no mail address. Edit the alert."))
    })?;
    let host = Url::parse(&digest.url).ok();
    let host = host.as_ref().and_then(Url::host_str).unwrap_or("localhost");
    let id = format!(
        "<cadet-delivery-{}-{}@{host}>",
        digest.number, digest.created_at.0
    );
    let html = HtmlPart { digest }
        .render()
        .map_err(|cause| permanent(&cause))?;
    let text = TextPart { digest }
        .render()
        .map_err(|cause| permanent(&cause))?;
    let millis = u64::try_from(digest.created_at.0).unwrap_or(0);
    let body = MultiPart::alternative()
        .boundary(format!("cadet-{}-{}", digest.number, digest.created_at.0))
        .singlepart(SinglePart::plain(text))
        .singlepart(SinglePart::html(html));
    Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(digest.subject())
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
        .message_id(Some(id))
        .header(ListUnsubscribe(format!("<{}>", digest.unsubscribe_url)))
        .header(ListUnsubscribePost("List-Unsubscribe=One-Click".into()))
        .header(AutoSubmitted("auto-generated".into()))
        .multipart(body)
        .map_err(|cause| permanent(&cause))
}

/// A mail of plain text that is no alert, so that there is nothing to unsubscribe from.
#[derive(Clone, Copy, Debug)]
pub struct PlainMail<'a> {
    /// The part of the `Message-ID` before the `@`: the same for the same mail.
    pub id: &'a str,
    /// The subject.
    pub subject: &'a str,
    /// The text.
    pub text: &'a str,
    /// An address of this Cadet, for its host.
    pub home: &'a str,
    /// When it is written.
    pub written_at: Timestamp,
}

/// A mail of plain text as a message.
///
/// # Errors
/// [`MailError::Permanent`] when sender or recipient cannot be used.
pub fn plain_message(plain: &PlainMail<'_>, mail: &Mail, to: &str) -> Result<Message, MailError> {
    let from = sender(mail)?;
    let to: lettre::Address = to
        .parse()
        .map_err(|_| MailError::Permanent(format!("\"{to}\" is no mail address.")))?;
    let host = Url::parse(plain.home).ok();
    let host = host.as_ref().and_then(Url::host_str).unwrap_or("localhost");
    let millis = u64::try_from(plain.written_at.0).unwrap_or(0);
    Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(plain.subject)
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
        .message_id(Some(format!("<{}@{host}>", plain.id)))
        .header(AutoSubmitted("auto-generated".into()))
        .singlepart(SinglePart::plain(plain.text.to_owned()))
        .map_err(|cause| MailError::Permanent(format!("The mail cannot be written: {cause}.")))
}

/// Hands a message to the configured mail server.
///
/// # Errors
/// [`MailError`] says whether trying again may help.
pub async fn send(mail: &Mail, message: Message) -> Result<(), MailError> {
    let Some(Secret(url)) = &mail.smtp_url else {
        return Err(MailError::Permanent("No mail server is configured. Set mail.smtp_url (CADET_MAIL__SMTP_URL) and mail.from, restart Cadet, then send again what failed on the alert's page.".into()));
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
    super::words::shortened(&super::words::one_line(&text), 500)
}
