//! A mail as bytes to what is read of it: who, when, which mails it answers, and the words that were written new. Pure.

use mail_parser::{MessageParser, PartType};

use crate::clock::Timestamp;
use crate::postings::normalise::html::describe;
use crate::postings::normalise::text::cut_bytes;
use crate::postings::sources::model::RawText;

/// Bytes of a text that are read.
const TEXT_MOST: usize = 256 * 1024;
/// Mails that one answers; a long thread names many.
const ANSWERED_MOST: usize = 50;

/// What is read of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// The sender's name; empty when there is none.
    pub from_name: String,
    /// The sender's address in lower case.
    pub from_address: String,
    /// The subject.
    pub subject: String,
    /// When it was sent.
    pub sent: Option<Timestamp>,
    /// Its identifier, without brackets.
    pub message_id: String,
    /// Identifiers of the mails that it answers.
    pub answers: Vec<String>,
    /// The text, without what it quotes.
    pub text: String,
}

impl Letter {
    /// Reads a mail; `None` if the bytes are none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(bytes)?;
        let from = message.from().and_then(|from| from.first());
        let address = from.and_then(|from| from.address()).unwrap_or("");
        let sent = message
            .date()
            .and_then(|date| date.to_timestamp().checked_mul(1000))
            .map(Timestamp);
        if address.is_empty() && sent.is_none() && message.subject().is_none() {
            return None;
        }
        let mut answers = Vec::new();
        for header in [message.in_reply_to(), message.references()] {
            let ids = header.as_text_list().unwrap_or_default();
            answers.extend(ids.iter().map(|id| id.trim_matches(['<', '>']).to_owned()));
        }
        answers.dedup();
        answers.truncate(ANSWERED_MOST);
        Some(Self {
            from_name: from
                .and_then(|from| from.name())
                .unwrap_or("")
                .trim()
                .to_owned(),
            from_address: address.to_lowercase(),
            subject: message.subject().unwrap_or("").trim().to_owned(),
            sent,
            message_id: message.message_id().unwrap_or("").to_owned(),
            answers,
            text: without_quotes(&text_of(&message)),
        })
    }

    /// What tells it from other mails: its identifier, or what it says.
    #[must_use]
    pub fn key(&self) -> String {
        use sha2::Digest as _;
        let mut hash = sha2::Sha256::new();
        let parts: &[&String] = match self.message_id.as_str() {
            "" => &[&self.from_address, &self.subject, &self.text],
            _ => &[&self.message_id],
        };
        for part in parts {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let all = hash.finalize();
        all.iter()
            .take(20)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The part of the sender's address behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.from_address.rsplit('@').next().unwrap_or("")
    }
}

/// The plain text, or the HTML one as text where there is no plain one worth the name.
fn text_of(message: &mail_parser::Message<'_>) -> String {
    let mut plain = String::new();
    let mut html = String::new();
    for part in &message.parts {
        match &part.body {
            PartType::Text(text) => {
                plain.push_str(cut_bytes(text, TEXT_MOST));
                plain.push('\n');
            }
            PartType::Html(text) if html.is_empty() => {
                html = cut_bytes(text, TEXT_MOST * 4).to_owned()
            }
            _ => {}
        }
    }
    if plain.trim().len() >= 40 || html.is_empty() {
        return cut_bytes(&plain, TEXT_MOST).to_owned();
    }
    describe(&RawText::Html(html)).text
}

/// Words that begin the line above what an answer quotes, folded at their start.
const WROTE: [&str; 5] = ["wrote:", "schrieb:", "a écrit", "escribió:", "escreveu:"];
/// Lines that begin an older mail.
const OLDER: [&str; 5] = [
    "-----original message-----",
    "-----ursprüngliche nachricht-----",
    "-----message d'origine-----",
    "-----mensaje original-----",
    "-----mensagem original-----",
];

/// The text up to what it quotes, and without quoted lines.
fn without_quotes(text: &str) -> String {
    let mut kept = Vec::new();
    for line in text.lines() {
        let lower = line.trim().to_lowercase();
        let quotes_next = WROTE.iter().any(|word| lower.ends_with(word)) && lower.len() < 200;
        if OLDER.contains(&lower.as_str()) || quotes_next && !kept.is_empty() {
            break;
        }
        if !lower.starts_with('>') {
            kept.push(line);
        }
    }
    kept.join("\n")
}

/// The sentences of a text: lines that were only wrapped are joined, and a sentence ends at its sign or its line.
#[must_use]
pub fn sentences(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut goes_on, mut open) = (false, false);
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            (goes_on, open) = (false, false);
            continue;
        }
        let is_item = line.starts_with(['-', '*', '•']);
        // A mail program breaks lines early too; what goes on with a small letter is no new sentence.
        let is_middle = line.starts_with(char::is_lowercase);
        match lines.last_mut() {
            Some(last) if (goes_on || open && is_middle) && !is_item => {
                last.push(' ');
                last.push_str(line);
            }
            _ => lines.push(line.to_owned()),
        }
        let ended = line.ends_with(['.', '!', '?', ':', ';']);
        goes_on = !ended && line.chars().count() >= 45;
        // A salutation ends with a comma, and what follows is a sentence of its own.
        open = !ended && !line.ends_with(',');
    }
    lines.iter().flat_map(|line| split(line)).collect()
}

fn split(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        // `5.` is a day in many languages, and no end.
        let is_number = c == '.' && line[begin..at].ends_with(|c: char| c.is_ascii_digit());
        let ends = matches!(c, '.' | '!' | '?' | '…')
            && !is_number
            && chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if ends {
            let end = at + c.len_utf8();
            found.push(line[begin..end].trim().to_owned());
            begin = end;
        }
    }
    found.push(line[begin..].trim().to_owned());
    found.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: =?utf-8?q?J=C3=B6rg_L=C3=BCdeke?= <Joerg@Nordlicht.example>\r\nSubject: =?utf-8?b?SWhyZSBCZXdlcmJ1bmc=?=\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <a1@nordlicht.example>\r\n\
In-Reply-To: <mine@localhost>\r\nReferences: <first@localhost> <mine@localhost>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag,\r\n\r\nvielen Dank f\u{fc}r Ihre Nachricht, die wir gerne gelesen haben und\r\nbeantworten. Bis bald!\r\n\r\nAm 22.11.2026 um 09:00 schrieb:\r\n> Wir laden ein\r\n";

    #[test]
    fn a_mail_is_read_without_what_it_quotes() {
        let letter = Letter::read(MAIL.as_bytes()).expect("a mail");
        assert_eq!(letter.from_name, "Jörg Lüdeke");
        assert_eq!(letter.from_address, "joerg@nordlicht.example");
        assert_eq!(letter.subject, "Ihre Bewerbung");
        assert_eq!(
            letter.answers,
            ["mine@localhost", "first@localhost", "mine@localhost"]
        );
        assert_eq!(
            letter.sent.expect("a date").to_string(),
            "2026-11-23T09:00:00Z"
        );
        assert!(!letter.text.contains("laden ein") && letter.text.contains("Bis bald"));
        assert_eq!(letter.domain(), "nordlicht.example");
    }

    #[test]
    fn a_wrapped_line_is_one_sentence_and_a_list_is_several() {
        let all = sentences(
            "Thank you for your message, which we have read\nwith joy. Bye!\n\n- one\n- two\n",
        );
        assert_eq!(
            all,
            [
                "Thank you for your message, which we have read with joy.",
                "Bye!",
                "- one",
                "- two"
            ]
        );
    }

    #[test]
    fn html_alone_is_read_as_text() {
        let mail = "From: a@b.example\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n<style>p{}</style><p>We received your application.</p><script>alert(1)</script>";
        let letter = Letter::read(mail.as_bytes()).expect("a mail");
        assert!(
            letter.text.contains("We received your application.") && !letter.text.contains("alert")
        );
    }

    #[test]
    fn bytes_that_are_no_mail_are_none() {
        assert_eq!(Letter::read(b"\x00\x01 nothing"), None);
    }
}
