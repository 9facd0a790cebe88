//! Addresses of mailboxes: `imaps://user@host:993/Folder`. Pure.

use url::Url;

use crate::postings::sources::connector::{error, percent_decoded};
use crate::postings::sources::model::{SourceError, SourceErrorKind};

/// How the connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte (`imaps`).
    Tls,
    /// STARTTLS before the login (`imap`).
    StartTls,
    /// None: only to this machine itself.
    None,
}

/// A folder of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxAddress {
    /// Whose mailbox.
    pub user: String,
    /// The mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The folder that is read; no other one is.
    pub folder: String,
    /// Whether the connection begins encrypted.
    pub implicit_tls: bool,
}

impl MailboxAddress {
    /// Whether a text is meant as a mailbox's address.
    #[must_use]
    pub fn is_one(text: &str) -> bool {
        let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        start.starts_with("imap://") || start == "imaps://"
    }

    /// Reads an address. Without a folder, `INBOX` is meant.
    ///
    /// # Errors
    /// Says what is missing; never repeats a password.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let bad = |what: &str| {
            let message = format!(
                "The mailbox's address {what}. Write it as imaps://user@mail.example.org/Folder, without the password."
            );
            error(SourceErrorKind::BadAddress, None, message)
        };
        let url = Url::parse(text.trim()).map_err(|_| bad("cannot be read"))?;
        if url.password().is_some() {
            return Err(bad(
                "holds a password, which would be stored readably. Set it as mailbox.password (CADET_MAILBOX__PASSWORD) or mailbox.password_command instead",
            ));
        }
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or_else(|| bad("names no mail server"))?;
        let user = percent_decoded(url.username());
        if user.is_empty() {
            return Err(bad("names no user"));
        }
        let folder = percent_decoded(url.path().trim_start_matches('/'));
        if user.chars().chain(folder.chars()).any(char::is_control) {
            return Err(bad("has control characters"));
        }
        let implicit_tls = match url.scheme() {
            "imaps" => true,
            "imap" => false,
            _ => return Err(bad("does not begin with imaps:// or imap://")),
        };
        Ok(Self {
            user,
            host: host
                .trim_matches(['[', ']'])
                .trim_end_matches('.')
                .to_ascii_lowercase(),
            port: url.port().unwrap_or(if implicit_tls { 993 } else { 143 }),
            folder: match folder.trim_end_matches('/') {
                "" => "INBOX".to_owned(),
                folder if folder.eq_ignore_ascii_case("inbox") => "INBOX".to_owned(),
                folder => folder.to_owned(),
            },
            implicit_tls,
        })
    }
}

impl std::fmt::Display for MailboxAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
        const PART: &AsciiSet = &CONTROLS
            .add(b' ')
            .add(b'"')
            .add(b'#')
            .add(b'%')
            .add(b'/')
            .add(b':')
            .add(b'<')
            .add(b'>')
            .add(b'?')
            .add(b'@')
            .add(b'[')
            .add(b']')
            .add(b'\\');
        let scheme = if self.implicit_tls { "imaps" } else { "imap" };
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        };
        let folder: Vec<String> = self
            .folder
            .split('/')
            .map(|part| utf8_percent_encode(part, PART).to_string())
            .collect();
        write!(
            f,
            "{scheme}://{}@{host}:{}/{}",
            utf8_percent_encode(&self.user, PART),
            self.port,
            folder.join("/")
        )
    }
}

/// A folder's name as IMAP writes it: UTF-7 with `&` and `,` (RFC 3501, 5.1.3).
#[must_use]
pub fn encoded_folder(name: &str) -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD_NO_PAD;
    let mut encoded = String::new();
    let mut waiting: Vec<u8> = Vec::new();
    let flush = |waiting: &mut Vec<u8>, encoded: &mut String| {
        if !waiting.is_empty() {
            let text = STANDARD_NO_PAD.encode(&*waiting).replace('/', ",");
            encoded.push_str(&format!("&{text}-"));
            waiting.clear();
        }
    };
    for c in name.chars() {
        match c {
            ' '..='~' => {
                flush(&mut waiting, &mut encoded);
                encoded.push(c);
                if c == '&' {
                    encoded.push('-');
                }
            }
            _ => {
                let mut units = [0; 2];
                waiting.extend(
                    c.encode_utf16(&mut units)
                        .iter()
                        .flat_map(|unit| unit.to_be_bytes()),
                );
            }
        }
    }
    flush(&mut waiting, &mut encoded);
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written_in_one_way() {
        for (text, written) in [
            (
                "imaps://ada@mail.example.org",
                "imaps://ada@mail.example.org:993/INBOX",
            ),
            (
                "imaps://ada%40example.org@Mail.Example.org:993/Job%20alerts",
                "imaps://ada%40example.org@mail.example.org:993/Job%20alerts",
            ),
            (
                "imaps://ada@example.org@mail.example.org/inbox/",
                "imaps://ada%40example.org@mail.example.org:993/INBOX",
            ),
            (
                "imap://ada@127.0.0.1:1143/Jobs/Alerts",
                "imap://ada@127.0.0.1:1143/Jobs/Alerts",
            ),
        ] {
            let address = MailboxAddress::parse(text).unwrap();
            assert_eq!(address.to_string(), written, "{text}");
            assert_eq!(MailboxAddress::parse(written).unwrap(), address);
        }
    }

    #[test]
    fn a_password_in_the_address_is_refused_and_not_repeated() {
        let error = MailboxAddress::parse("imaps://ada:hunter2@mail.example.org/").unwrap_err();
        assert!(
            error.message.contains("mailbox.password"),
            "{}",
            error.message
        );
        assert!(!error.message.contains("hunter2"), "{}", error.message);
        assert_eq!(error.url, None);
    }

    #[test]
    fn what_is_missing_is_said() {
        for (text, missing) in [
            ("imaps://mail.example.org/", "user"),
            ("imaps:///Folder", "no mail server"),
            ("pop3://ada@mail.example.org", "imaps://"),
        ] {
            let error = MailboxAddress::parse(text).unwrap_err();
            assert!(error.message.contains(missing), "{text}: {}", error.message);
        }
    }

    #[test]
    fn folder_names_beyond_ascii_are_encoded_for_the_server() {
        assert_eq!(encoded_folder("Entwürfe"), "Entw&APw-rfe");
        assert_eq!(encoded_folder("R&D"), "R&-D");
        assert_eq!(encoded_folder("台北"), "&U,BTFw-");
        assert_eq!(encoded_folder("INBOX"), "INBOX");
    }
}
