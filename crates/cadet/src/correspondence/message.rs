//! A draft as a message: what goes over the server, and the file that a mail program opens to be sent from there. Pure.

use std::time::{Duration, SystemTime};

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as Part, Mailbox, MultiPart, SinglePart};
use sha2::{Digest as _, Sha256};

use super::draft::mailbox;
use super::model::{Attachment, Draft};
use crate::clock::Timestamp;
use crate::error::{Error, Result};

/// A sender that stands in where none is known; the file is written without it.
const NOBODY: &str = "nobody@invalid.example";

/// Who sends, and when.
#[derive(Clone, Debug)]
pub struct Sender {
    /// `Name <address>`; none: the mail program fills it in.
    pub from: Option<Mailbox>,
    /// Where answers go, if not there.
    pub reply_to: Option<Mailbox>,
    /// The mail's date.
    pub at: Timestamp,
}

/// The message. The same draft, attachments and sender give the same bytes.
///
/// # Errors
/// [`Error::Invalid`] when there is nobody to send it to, or a part cannot be written.
pub fn message(draft: &Draft, attachments: &[Attachment], sender: &Sender) -> Result<Message> {
    let unwritable = |cause: &dyn std::fmt::Display| {
        Error::invalid(format!("The mail cannot be written: {cause}."))
    };
    let millis = u64::try_from(sender.at.0).unwrap_or(0);
    let from = match &sender.from {
        Some(from) => from.clone(),
        None => mailbox(NOBODY)?,
    };
    let mut builder = Message::builder()
        .from(from)
        .subject(draft.subject.clone())
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
        .message_id(Some(format!("<{}>", draft.message_id)));
    if let Some(reply_to) = &sender.reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    for to in &draft.to {
        builder = builder.to(mailbox(to)?);
    }
    for cc in &draft.cc {
        builder = builder.cc(mailbox(cc)?);
    }
    if let Some(id) = &draft.in_reply_to {
        builder = builder
            .in_reply_to(format!("<{id}>"))
            .references(format!("<{id}>"));
    }
    if draft.to.is_empty() {
        // The library wants somebody to send to; the file of a draft may still lack that.
        builder = builder.to(mailbox(NOBODY)?);
    }
    let text = SinglePart::plain(draft.body.clone());
    let built = if attachments.is_empty() {
        builder.singlepart(text)
    } else {
        let mut parts = MultiPart::mixed()
            .boundary(format!(
                "cadet-mail-{}",
                draft.message_id.replace(['@', '.'], "-")
            ))
            .singlepart(text);
        for one in attachments {
            let kind = ContentType::parse(&one.media_type).map_err(|cause| unwritable(&cause))?;
            parts = parts.singlepart(Part::new(one.name.clone()).body(one.bytes.clone(), kind));
        }
        builder.multipart(parts)
    };
    let mut message = built.map_err(|cause| unwritable(&cause))?;
    if draft.to.is_empty() {
        message.headers_mut().remove_raw("To");
    }
    if sender.from.is_none() {
        message.headers_mut().remove_raw("From");
    }
    Ok(message)
}

/// The same as a file that mail programs open as a draft to be sent.
///
/// # Errors
/// [`Error::Invalid`] when a part cannot be written.
pub fn unsent(draft: &Draft, attachments: &[Attachment], sender: &Sender) -> Result<Vec<u8>> {
    let mut message = message(draft, attachments, sender)?;
    let name = HeaderName::new_from_ascii_str("X-Unsent");
    message
        .headers_mut()
        .insert_raw(HeaderValue::new(name, "1".to_owned()));
    Ok(message.formatted())
}

/// The headers as they go, each with its value in plain letters; for the look before sending.
#[must_use]
pub fn headers(message: &Message) -> Vec<(String, String)> {
    let bytes = message.formatted();
    let parsed = mail_parser::MessageParser::default().parse(&bytes[..]);
    let Some(parsed) = parsed else {
        return Vec::new();
    };
    parsed
        .headers_raw()
        .map(|(name, raw)| {
            let value = match name.to_ascii_lowercase().as_str() {
                "from" => told(parsed.from()),
                "to" => told(parsed.to()),
                "cc" => told(parsed.cc()),
                "reply-to" => told(parsed.reply_to()),
                "subject" => parsed.subject().unwrap_or("").to_owned(),
                _ => raw.split_whitespace().collect::<Vec<_>>().join(" "),
            };
            (name.to_owned(), value)
        })
        .collect()
}

fn told(address: Option<&mail_parser::Address<'_>>) -> String {
    let all = address.into_iter().flat_map(mail_parser::Address::iter);
    let one = |addr: &mail_parser::Addr<'_>| match (addr.name(), addr.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (_, address) => address.unwrap_or("").to_owned(),
    };
    all.map(one).collect::<Vec<_>>().join(", ")
}

/// What was looked at, in a few characters: who sends, people, subject, text and every byte of the attachments. Sending asks
/// for it, so that nothing goes that was not shown.
#[must_use]
pub fn digest(draft: &Draft, attachments: &[Attachment], sender: &Sender) -> String {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    for one in [&sender.from, &sender.reply_to] {
        add(one
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
            .as_bytes());
    }
    for text in draft
        .to
        .iter()
        .chain([&String::from("cc")])
        .chain(&draft.cc)
    {
        add(text.as_bytes());
    }
    add(draft.subject.as_bytes());
    add(draft.body.as_bytes());
    add(draft.in_reply_to.as_deref().unwrap_or("").as_bytes());
    for one in attachments {
        add(one.name.as_bytes());
        add(one.media_type.as_bytes());
        add(&one.bytes);
    }
    let all = hash.finalize();
    all.iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
