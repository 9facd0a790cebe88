//! Mail: a digest as a message; [`crate::smtp`] hands it to the mail server.

use std::time::{Duration, SystemTime};

use askama::Template;
use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use url::Url;

use super::digest::Digest;
use crate::clock::Timestamp;
use crate::config::Mail;
pub use crate::smtp::{MailError, send, sender};

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
