//! A mail as bytes to what is read of it: sender, subject, day, and its texts. By mail-parser, which undoes transfer
//! encodings, charsets and encoded headers, and never fails on a broken part.

use mail_parser::{HeaderName, MessageParser, PartType};

use crate::clock::Timestamp;

/// Texts read of one mail; a forwarded digest holds a few, a hostile one thousands.
const MOST_PARTS: usize = 40;
/// Bytes of one text that are read.
const LONGEST_PART: usize = 4 * 1024 * 1024;
/// Mails within mails.
const DEEPEST: u8 = 4;

/// What is read of a mail.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// The sender's address, in lower case; empty when there is none.
    pub from: String,
    /// The subject, and those of forwarded mails.
    pub subjects: Vec<String>,
    /// When it was sent.
    pub sent: Option<Timestamp>,
    /// Its texts in their order.
    pub texts: Vec<Text>,
}

/// One text of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// `text/plain`.
    Plain(String),
    /// `text/html`.
    Html(String),
}

impl Letter {
    /// Reads a mail; `None` if the bytes are none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(bytes)?;
        let mut letter = Self::default();
        letter.take(&message, 0);
        let is_mail =
            !letter.from.is_empty() || letter.sent.is_some() || !letter.subjects.is_empty();
        is_mail.then_some(letter)
    }

    fn take(&mut self, message: &mail_parser::Message<'_>, depth: u8) {
        let from = message
            .from()
            .and_then(|from| from.first())
            .and_then(|from| from.address())
            .map(str::to_ascii_lowercase);
        // The inner one is who wrote the alert; the outer one only forwarded it.
        self.from = from.unwrap_or_else(|| std::mem::take(&mut self.from));
        self.subjects
            .extend(message.subject().map(|subject| subject.trim().to_owned()));
        let sent = message
            .header(HeaderName::Date)
            .and_then(|date| date.as_datetime())
            .map(mail_parser::DateTime::to_timestamp)
            .and_then(|seconds| seconds.checked_mul(1000))
            .map(Timestamp);
        self.sent = sent.or(self.sent);
        for part in &message.parts {
            if self.texts.len() >= MOST_PARTS {
                return;
            }
            match &part.body {
                PartType::Text(text) => self.texts.push(Text::Plain(cut(text))),
                PartType::Html(text) => self.texts.push(Text::Html(cut(text))),
                PartType::Message(inner) if depth < DEEPEST => self.take(inner, depth + 1),
                _ => {}
            }
        }
    }
}

fn cut(text: &str) -> String {
    text[..text.floor_char_boundary(LONGEST_PART)].to_owned()
}
