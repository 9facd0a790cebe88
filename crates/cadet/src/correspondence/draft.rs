//! From what somebody types to a draft, and a draft as a `mailto:` address. Pure.

use lettre::Address;
use lettre::message::Mailbox;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::model::Draft;
use crate::error::{Error, FieldProblem, Result};

/// Most people that one mail goes to.
const PEOPLE_MOST: usize = 50;
/// Characters of a subject.
const SUBJECT_MOST: usize = 500;
/// Characters of a text.
const BODY_MOST: usize = 200_000;
/// Characters of a `mailto:` address that every mail program and browser takes.
const MAILTO_MOST: usize = 1_900;
/// What RFC 6068 lets stand as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A draft as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftInput {
    /// To whom, separated by commas.
    pub to: String,
    /// Who gets a copy.
    pub cc: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// What can be stored of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftParts {
    /// To whom, as `Name <address>`.
    pub to: Vec<String>,
    /// Who gets a copy.
    pub cc: Vec<String>,
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub body: String,
}

impl DraftInput {
    /// A draft as it is, to be changed.
    #[must_use]
    pub fn of(draft: &Draft) -> Self {
        Self {
            to: draft.to.join(", "),
            cc: draft.cc.join(", "),
            subject: draft.subject.clone(),
            body: draft.body.clone(),
        }
    }

    /// Checks every field. A draft may still lack everything; sending asks for more.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all that cannot be used.
    pub fn parse(&self) -> Result<DraftParts> {
        let mut problems = Vec::new();
        let parts = DraftParts {
            to: people("to", &self.to, &mut problems),
            cc: people("cc", &self.cc, &mut problems),
            subject: one_line(&self.subject),
            body: clean(&self.body),
        };
        for (field, text, most) in [
            ("subject", &parts.subject, SUBJECT_MOST),
            ("body", &parts.body, BODY_MOST),
        ] {
            let length = text.chars().count();
            if length > most {
                let message = format!("This has {length} characters, {most} are the most.");
                problems.push(FieldProblem {
                    field: field.into(),
                    message,
                });
            }
        }
        if problems.is_empty() {
            return Ok(parts);
        }
        let told: Vec<&str> = problems.iter().map(|one| one.message.as_str()).collect();
        Err(Error::Invalid {
            message: told.join(" "),
            fields: problems,
        })
    }
}

fn one_line(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    spaced
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.collect::<String>().trim_end().to_owned()
}

fn people(field: &str, text: &str, problems: &mut Vec<FieldProblem>) -> Vec<String> {
    let mut found = Vec::new();
    for one in separated(text) {
        match mailbox(&one) {
            Ok(mailbox) => {
                let written = written(&mailbox);
                if !found.contains(&written) {
                    found.push(written);
                }
            }
            Err(error) => problems.push(FieldProblem {
                field: field.into(),
                message: error.to_string(),
            }),
        }
    }
    if found.len() > PEOPLE_MOST {
        let message = format!(
            "These are {} people, {PEOPLE_MOST} are the most.",
            found.len()
        );
        problems.push(FieldProblem {
            field: field.into(),
            message,
        });
    }
    found
}

/// A list of people taken apart at commas, semicolons and line ends that stand neither in quotes nor in brackets.
fn separated(text: &str) -> Vec<String> {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let (mut quoted, mut bracketed) = (false, false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '<' if !quoted => bracketed = true,
            '>' if !quoted => bracketed = false,
            _ => {}
        }
        if matches!(c, ',' | ';' | '\n') && !quoted && !bracketed {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    parts.push(part);
    let trimmed = parts.iter().map(|part| one_line(part));
    trimmed.filter(|part| !part.is_empty()).collect()
}

/// One person: `Name <address>`, `"Name, with comma" <address>` or an address alone.
///
/// # Errors
/// [`Error::Invalid`] when the address is none.
pub fn mailbox(text: &str) -> Result<Mailbox> {
    let text = text.trim();
    let (name, address) = match text
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once('<'))
    {
        Some((name, address)) => (name.trim(), address.trim()),
        None => ("", text),
    };
    let address: Address = address.parse().map_err(|_| {
        let start: String = text.chars().take(80).collect();
        Error::invalid(format!("\"{start}\" is not a mail address. Write it as name@example.org or Name <name@example.org>."))
    })?;
    let name = name
        .trim_matches('"')
        .replace("\\\"", "\"")
        .replace("\\\\", "\\");
    let name = one_line(&name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

/// A person as a draft holds it and a form shows it; the name stands in quotes where a list would misread it.
#[must_use]
pub fn written(mailbox: &Mailbox) -> String {
    match &mailbox.name {
        None => mailbox.email.to_string(),
        Some(name) if name.contains([',', ';', '<', '>', '"', '@']) => {
            let name = name.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{name}\" <{}>", mailbox.email)
        }
        Some(name) => format!("{name} <{}>", mailbox.email),
    }
}

/// The draft as a `mailto:` address (RFC 6068), or none where it would be longer than programs take. Attachments cannot go
/// that way.
#[must_use]
pub fn mailto(draft: &Draft) -> Option<String> {
    let address = |text: &String| {
        let mailbox = mailbox(text).ok()?;
        let encoded = utf8_percent_encode(mailbox.email.as_ref(), PLAIN).to_string();
        Some(encoded.replace("%40", "@"))
    };
    let list = |all: &[String]| all.iter().filter_map(address).collect::<Vec<_>>().join(",");
    let body = draft.body.replace('\n', "\r\n");
    let mut fields = Vec::new();
    for (name, value) in [
        ("cc", list(&draft.cc)),
        (
            "subject",
            utf8_percent_encode(&draft.subject, PLAIN).to_string(),
        ),
        (
            "in-reply-to",
            draft
                .in_reply_to
                .iter()
                .map(|id| utf8_percent_encode(&format!("<{id}>"), PLAIN).to_string())
                .collect(),
        ),
        ("body", utf8_percent_encode(&body, PLAIN).to_string()),
    ] {
        if !value.is_empty() {
            fields.push(format!("{name}={value}"));
        }
    }
    let mut address = format!("mailto:{}", list(&draft.to));
    if !fields.is_empty() {
        address = format!("{address}?{}", fields.join("&"));
    }
    (address.len() <= MAILTO_MOST).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::super::model::{DraftId, DraftState};
    use super::*;
    use crate::clock::Timestamp;

    fn draft(input: &DraftInput) -> Draft {
        let parts = input.parse().expect("it can be used");
        Draft {
            id: DraftId(1),
            contact: None,
            application: None,
            posting: None,
            to: parts.to,
            cc: parts.cc,
            subject: parts.subject,
            body: parts.body,
            message_id: "x@localhost".into(),
            in_reply_to: None,
            state: DraftState::Draft,
            error: None,
            attachments: Vec::new(),
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
            approved_at: None,
            sent_at: None,
        }
    }

    #[test]
    fn people_are_told_apart_whatever_their_names_hold() {
        let input = DraftInput {
            to: "\"Okafor, Mira\" <mira@northlight.example>; jon@brookline.example\nZoë Αλεξίου <zoe@brookline.example>".into(),
            ..DraftInput::default()
        };
        let parts = input.parse().expect("it can be used");
        assert_eq!(
            parts.to,
            [
                "\"Okafor, Mira\" <mira@northlight.example>",
                "jon@brookline.example",
                "Zoë Αλεξίου <zoe@brookline.example>"
            ]
        );
        let again = DraftInput {
            to: parts.to.join(", "),
            ..DraftInput::default()
        };
        assert_eq!(again.parse().expect("it can be used").to, parts.to);
    }

    #[test]
    fn nothing_typed_becomes_a_header_of_its_own() {
        let input = DraftInput {
            to: "Mira\r\nBcc: all@example.org <mira@northlight.example>".into(),
            subject: "Hello\r\nBcc: all@example.org".into(),
            ..DraftInput::default()
        };
        // A line end separates people, and the first line is no address.
        assert!(input.parse().is_err());
        let input = DraftInput {
            to: "mira@northlight.example".into(),
            ..input
        };
        assert_eq!(
            input.parse().expect("it can be used").subject,
            "Hello Bcc: all@example.org"
        );
        assert!(mailbox("mira@northlight.example garbage").is_err());
    }

    #[test]
    fn a_mailto_address_holds_every_character_safely() {
        let input = DraftInput {
            to: "Mira <mira+jobs@northlight.example>".into(),
            cc: "jon@brookline.example".into(),
            subject: "Thanks & see you? 100 %".into(),
            body: "Hi Mira,\n\nGrüße = &body=x\n".into(),
        };
        assert_eq!(
            mailto(&draft(&input)).expect("it is short"),
            "mailto:mira%2Bjobs@northlight.example?cc=jon@brookline.example&subject=Thanks%20%26%20see%20you%3F%20100%20%25&body=Hi%20Mira%2C%0D%0A%0D%0AGr%C3%BC%C3%9Fe%20%3D%20%26body%3Dx"
        );
    }

    #[test]
    fn a_text_too_long_for_an_address_gives_none_instead_of_losing_its_end() {
        let input = DraftInput {
            to: "mira@northlight.example".into(),
            body: "word ".repeat(500),
            ..DraftInput::default()
        };
        assert_eq!(mailto(&draft(&input)), None);
    }
}
